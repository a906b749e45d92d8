# SPDX-License-Identifier: Apache-2.0
"""Who shares with a sponsor at two booths is two leads and one person: the list
and the leads' pages say so, and so do the files and the API, by a key that
another sponsor does not have. A scanner is told nothing of it."""

import csv
import io
import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import badges, enrolled  # noqa: E402
from portal import joined  # noqa: E402
from program import DOCUMENT, Program, token  # noqa: E402
from world import World  # noqa: E402

OTHER = "1 other share of this person"


def people(world, sponsor):
    """share_id: the person's key, as a spreadsheet has it."""
    rows = csv.DictReader(io.StringIO(world.leads_csv(sponsor), newline=""))
    return {r["share_id"]: r["person"] for r in rows}


def marked(page):
    """The leads of a list that have another of the same person."""
    rows = re.findall(r'<tr id="lead-([^"]+)".*?</th>', page.text, re.S)
    heads = re.findall(r'<tr id="lead-[^"]+".*?</th>', page.text, re.S)
    return {row for row, head in zip(rows, heads) if OTHER in head}


def linked(page):
    found = re.search(r'<ul id="others">(.*?)</ul>', page.text, re.S)
    return re.findall(r'href="/leads/([^"]+)"', found[1]) if found else []


with World() as world:
    world.start_host()
    m = joined(world, "m@example.com", "sponsor-manager", "example-corp")
    s = joined(world, "s@example.com", "sponsor-scanner", "example-corp")
    first, second = enrolled(world, "hall.1"), enrolled(world, "hall.2")
    foreign = enrolled(world, "acme.1", "acme")
    ada, bo = badges(world, 2)
    first.share(ada, [1, 2])
    first.share(bo, [1, 2])
    second.share(ada, [1, 2, 3])
    foreign.share(ada, [1, 2])
    for device in (first, second, foreign):
        assert device.upload(1).status == 200
    keys = people(world, "example-corp")
    assert keys["hall.1-1"] == keys["hall.2-1"] != keys["hall.1-2"], keys
    for key in keys.values():
        assert re.fullmatch("p[0-9a-f]{12}", key), keys
    assert people(world, "acme")["acme.1-1"] not in keys.values()
    program = Program(world, token(world, "crm", "leads:read", "example-corp"))
    program.document = program.get(DOCUMENT).json
    items = program.get("/api/v1/sponsors/example-corp/leads").json["items"]
    assert {i["id"]: i["person"] for i in items} == keys, items
    for query in ("", "?sort=name"):
        assert marked(m.get("/leads" + query)) == {"hall.1.1", "hall.2.1"}
    assert linked(m.get("/leads/hall.1.1")) == ["hall.2.1"]
    assert linked(m.get("/leads/hall.1.2")) == []
    assert OTHER not in s.get("/leads").text
    assert linked(s.get("/leads/hall.1.1")) == []
    # What was taken back is no share any more.
    second.undo(1)
    assert second.upload(second.size()).status == 200
    assert marked(m.get("/leads")) == set() == set(
        linked(m.get("/leads/hall.1.1")))
    assert people(world, "example-corp")["hall.1-1"] == keys["hall.1-1"]
    print("ok")
