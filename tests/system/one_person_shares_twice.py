# SPDX-License-Identifier: Apache-2.0
"""Who shares with a sponsor at two booths is two leads and one person: the list
and the leads' pages say so, and so do the files and the API, by a key that
another sponsor does not have. A scanner is told nothing of it.

And what happens to leads says it of none that does not say it itself, neither
to one sponsor nor to two that lay their lists side by side: the numbers of
notices are drawn, their times are quarter hours, and so is what is asked since
a time."""

import csv
import datetime
import io
import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import attending, badges, enrolled  # noqa: E402
from portal import joined  # noqa: E402
from program import DOCUMENT, Program, token  # noqa: E402
from world import World, until  # noqa: E402

OTHER = "1 other share of this person"
QUARTER = 15 * 60


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


def when(text):
    return int(datetime.datetime.fromisoformat(text).timestamp())


def notices(program, sponsor):
    """All of them, one after the other, as its program reads them."""
    path, items = f"/api/v1/sponsors/{sponsor}/notices?limit=1", []
    while path:
        a = program.get(path).json
        items += a["items"]
        path = a["next"]
    whole = program.get(f"/api/v1/sponsors/{sponsor}/notices").json["items"]
    assert items == whole, (items, whole)
    return items


def stands(page):
    """The open ones of the page: share, number, time."""
    part = page.text.split("<h2>Acknowledged</h2>")[0]
    return [(re.sub(r"<[^>]+>", "", share).strip(), int(num), when(at))
            for share, at, num in re.findall(
                r'<th scope="row"[^>]*>(.*?)</th>.*?datetime="([^"]+)"'
                r'.*?action="/withdrawals/(\d+)"', part, re.S)]


def happens(world, m, own, unsaid):
    """Each person does something that makes a notice of all leads of theirs."""
    for act, who in zip(("object", "restrict", "withdraw"), unsaid.values()):
        world.cli("right", act, who["id"])
    lists = {s: notices(p, s) for s, p in own.items()}
    items = sum(lists.values(), [])
    assert set(list(unsaid)[:3]) < {i["lead"] for i in items}, items
    assert len(lists["acme"]) >= 3, lists
    # No two are neighbours, of whatever list.
    ids = sorted(i["id"] for i in items)
    assert all(b - a > 1000 for a, b in zip(ids, ids[1:])), ids
    assert all(when(i["time"]) % QUARTER == 0 for i in items), items
    for part in lists.values():
        order = [(i["time"], i["id"]) for i in part]
        assert order == sorted(order, reverse=True), order
    shown = stands(m.get("/withdrawals"))
    assert shown == [(i["lead"], i["id"], when(i["time"]))
                     for i in lists["example-corp"]], shown


def since(world, program, lead, who):
    """A correction is one of its whole quarter hour."""
    path = "/api/v1/sponsors/example-corp/"
    # Who has not had it yet hears of no correction.
    until(lambda: lead in [x["id"] for x in program.get(
        path + "leads").json["items"]], 20, "the lead is there")
    world.cli("right", "correct", who["id"], "company", "Another Ltd")
    item, = (i for i in program.get(path + "notices").json["items"]
             if (i["kind"], i["lead"]) == ("corrected", lead))
    for second, there in ((QUARTER - 1, True), (QUARTER, False)):
        at = datetime.datetime.fromtimestamp(
            when(item["time"]) + second, datetime.timezone.utc)
        at = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        leads = program.get(f"{path}leads?modified_since={at}").json["items"]
        assert (lead in [x["id"] for x in leads]) == there, (at, leads)


def acknowledged(world, m, program, who):
    """All that stood there, and none that came since, wherever it stands."""
    form = re.search(r'<form[^>]*action="/withdrawals">.*?</form>',
                     m.get("/withdrawals").text, re.S)[0]
    these = dict(re.findall(r'name="(\w+)" value="([^"]+)"', form))
    before = {num for _, num, _ in stands(m.page)}
    world.cli("right", "withdraw", who["id"])
    came = {i["id"] for i in notices(program, "example-corp")} - before
    assert came and len(before) > 1, (before, came)
    a = m.ask("POST", "/withdrawals", urllib.parse.urlencode(these))
    assert a.status == 303, a.text
    left = {i["id"] for i in notices(program, "example-corp")}
    assert left == came, (left, came)


with World() as world:
    world.start_host()
    m = joined(world, "m@example.com", "sponsor-manager", "example-corp")
    s = joined(world, "s@example.com", "sponsor-scanner", "example-corp")
    first, second = enrolled(world, "hall.1"), enrolled(world, "hall.2")
    foreign = enrolled(world, "acme.1", "acme")
    ada, bo, *more = badges(world, 4)
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
    # Who gives neither name nor address says of no lead whose it is.
    unsaid = {f"hall.1-{first.share(card, [3])}": who for card, who in
              zip((ada, bo, *more), attending(world))}
    for card in (*more, bo, ada):
        foreign.share(card, [3])
    for device in (first, foreign):
        assert device.upload(device.size()).status == 200
    own = {"example-corp": program, "acme": Program(world, token(
        world, "other", "leads:read", "acme"), program.document)}
    since(world, program, *list(unsaid.items())[0])
    happens(world, m, own, unsaid)
    acknowledged(world, m, program, list(unsaid.values())[3])
    print("ok")
