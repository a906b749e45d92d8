# SPDX-License-Identifier: Apache-2.0
"""/my/ in a browser: somebody opens the mailed link, looks, corrects, takes a
copy, also as files, and opens it without the host, withdraws, objects, restricts,
plans an erasure and calls it off; once without any script. A sponsor's leads follow. axe finds nothing on any page, in
four languages."""

import csv
import io
import os
import pathlib
import sys
import zipfile

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed, serve  # noqa: E402
from hosting import World, attending, badges, enrolled  # noqa: E402
from mine import link  # noqa: E402
from portal import invite  # noqa: E402

LANGUAGES = ("en", "de", "ar", "ja")



def unpacked(path):
    """As a person does with what was downloaded."""
    with zipfile.ZipFile(path) as files:
        assert files.testzip() is None
        files.extractall(pathlib.Path(path).with_suffix(""))
        shares = list(csv.DictReader(io.StringIO(
            files.read("shares.csv").decode(), newline="")))
    assert sorted((s["sponsor.id"], s["state"]) for s in shares) == [
        ("acme", "live"), ("acme", "live"), ("example-corp", "live"),
        ("example-corp", "withdrawn")], shares


needed()
with World() as world:
    world.start_host()
    people = attending(world)
    for number, sponsor in (("k01", "example-corp"), ("k02", "acme")):
        d = enrolled(world, number, sponsor)
        for badge in badges(world, 1):
            d.share(badge, [1, 2], rc=os.urandom(16))
            d.share(badge, [1, 2], rc=os.urandom(16))
        assert d.upload(1).status == 200
    who = people[0]["id"]
    print(browse(world, "my_rights.mjs",
                 links={lang: link(world, who) for lang in LANGUAGES},
                 plain=link(world, who), copy=str(world.dir / "copy.zip"),
                 control=serve({"unpacked": unpacked}), mail=people[0]["email"],
                 name=people[0]["name"],
                 mia=invite(world, "mia@example.com", "sponsor-manager",
                            "example-corp")))
