# SPDX-License-Identifier: Apache-2.0
"""`export leads` in each of its formats, as staff run it beside a host that
runs: each file opens as what it is, with what was agreed to and no more, is
recorded with its SHA-256, and --since has the new ones alone."""

import csv
import hashlib
import io
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from cells import cells  # noqa: E402
from hosting import attending, badges, enrolled  # noqa: E402
from world import World  # noqa: E402


def export(world, fmt, *more):
    out = world.dir / f"leads.{fmt}"
    world.cli("export", "leads", "--sponsor", "example-corp", "--format", fmt,
              "--out", out, "--force", *more)
    data = out.read_bytes()
    assert hashlib.sha256(data).hexdigest() in world.cli("export", "list"), fmt
    assert out.stat().st_mode & 0o777 == 0o600
    return data


with World() as world:
    world.start_host()
    device = enrolled(world)
    first, second = attending(world)[:2]
    one, two = badges(world, 2)
    device.share(one, [1, 2, 3])
    device.share(two, [2])
    assert device.upload(1).status == 200
    hidden = [second["name"].encode(), second["company"].encode()]

    rows = cells(export(world, "xlsx"))
    assert [r["name"] for r in rows] == [first["name"], None], rows
    assert [r["company"] for r in rows] == [first["company"], None]
    assert [r["email"] for r in rows] == [first["email"], second["email"]]
    text = export(world, "csv").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [r["name"] for r in rows] == [first["name"], ""], rows
    rows = json.loads(export(world, "json"))
    assert [r["company"] for r in rows] == [first["company"], None], rows
    card = export(world, "vcard").replace(b"\r\n ", b"").decode()
    assert card.count("BEGIN:VCARD\r\nVERSION:4.0\r\n") == 2, card
    assert f"FN:{first['name']}\r\n" in card, card
    assert f"FN:{second['email']}\r\n" in card, card
    text = export(world, "csv-notes").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [r["email"] for r in rows] == [first["email"], second["email"]]
    assert list(rows[0])[-4:] == ["rating", "tags", "answers", "note"]
    text = export(world, "salesforce").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [r["Last Name"] for r in rows] == \
        [first["name"].split()[-1], "[not provided]"], rows
    assert [r["Company"] for r in rows] == \
        [first["company"], "[not provided]"], rows
    for fmt in ("xlsx", "csv", "csv-notes", "json", "vcard", "salesforce"):
        data = (world.dir / f"leads.{fmt}").read_bytes()
        assert not any(h in data for h in hidden), fmt
    since = ("--since", "2999-01-01")
    assert cells(export(world, "xlsx", *since)) == []
    assert json.loads(export(world, "json", *since)) == []
    assert export(world, "vcard", *since) == b""
    for fmt in ("csv", "salesforce"):
        assert export(world, fmt, *since).count(b"\r\n") == 1, fmt
    print("ok")
