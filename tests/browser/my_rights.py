# SPDX-License-Identifier: Apache-2.0
"""/my/ in a browser: somebody opens the mailed link, looks, corrects, takes a
copy, withdraws, objects, restricts, plans an erasure and calls it off; once
without any script. A sponsor's leads follow. axe finds nothing on any page, in
four languages."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed  # noqa: E402
from hosting import World, attending, badges, enrolled  # noqa: E402
from mine import link  # noqa: E402
from portal import invite  # noqa: E402

LANGUAGES = ("en", "de", "ar", "ja")

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
                 plain=link(world, who), mail=people[0]["email"],
                 name=people[0]["name"],
                 mia=invite(world, "mia@example.com", "sponsor-manager",
                            "example-corp")))
