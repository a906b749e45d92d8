# SPDX-License-Identifier: Apache-2.0
"""Somebody shared with two sponsors. No page that any role may open tells of
both shares, or names the person beside what both sponsors have; only the open
case of the person does, to the privacy officer, and no more once it is closed,
whatever was done in it."""

import os
import re
import sqlite3
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled  # noqa: E402
from portal import joined  # noqa: E402
from routes import FOREIGN, OWN, ROLES, table  # noqa: E402

# What a first star is; of others there is nothing here, or nobody's.
THINGS = {"/registrations/": "registration", "/cases/": "case",
          "/devices/": "device", "/leads/": "lead", "/people/": "account",
          "/sponsors/": "sponsor", "/api/v1/sponsors/": "sponsor",
          "/log/": "device"}


def taken_in(desk, officer, who):
    """A case of this person's: its number."""
    desk.get("/requests")
    a = desk.post("/requests", language="en", type="access", proof="desk")
    num = re.search(r"This is case \D*(\d+)",
                    re.sub(r"<[^>]+>", " ", a.text)).group(1)
    officer.get(f"/cases/{num}")
    a = officer.post(f"/cases/{num}/match", registration=who["id"])
    assert a.status == 200, a.status
    return num


def close(officer, num):
    officer.get(f"/cases/{num}")
    officer.post(f"/cases/{num}/answer", do="drop",
                 why_dropped="By mistake", send="1")
    assert "is closed: the person" in officer.get(f"/cases/{num}").text


def withdrawn(world, desk, officer, who, shares):
    """Both shares, one after the other, in a case that is closed then: neither
    page nor command line has the two of them by it."""
    num = taken_in(desk, officer, who)
    for device, seq in shares:
        officer.get(f"/cases/{num}")
        a = officer.post(f"/cases/{num}/share", do="withdraw",
                         share=f"{device}-{seq}", confirm=f"{device}-{seq}")
        assert a.status == 200, a.status
    assert across(officer.get(f"/cases/{num}").text, who, shares)
    close(officer, num)
    audit = [r[0] for r in rows(
        world, "SELECT act || ' ' || detail FROM audit "
        f"WHERE object = 'case {num}'")]
    assert audit.count("case.act withdraw") == 2, audit
    for said in (officer.page.text, world.cli("case", "show", num),
                 world.cli("case", "list", "--all", "--json"),
                 "\n".join(audit)):
        for device, seq in shares:
            assert not re.search(rf"(?<!\w){device}[-.]{seq}(?!\w)", said), (
                said)


def rows(world, sql):
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return db.execute(sql).fetchall()


def addresses(route, things):
    first = next((t for p, t in THINGS.items() if route.path.startswith(p)),
                 None)
    for one in things.get(first, ["1"]):
        yield route.path.replace("*", one, 1).replace("**", "000").replace(
            "*", "1")


def across(text, who, shares):
    """Both shares, or the person beside both sponsors' devices."""
    spelled = [re.compile(rf"(?<!\w){d}[-.]{n}(?!\w)") for d, n in shares]
    if all(s.search(text) for s in spelled):
        return True
    named = any(v in text for v in (who["name"], who["email"]))
    return named and all(re.search(rf"(?<!\w){d}(?!\w)", text)
                         for d, _ in shares)


def walk(people, who, shares, things):
    """Where somebody is shown across sponsors, and what was opened."""
    shown, opened = set(), set()
    for r in table():
        # A stream, and pictures of screens.
        if r.method != "GET" or r.path == "/events" or "/screen" in r.path:
            continue
        for role in people:
            if r.reach[role] == "-":
                continue
            for path in addresses(r, things):
                find = "?" + urllib.parse.urlencode({"q": who["name"]})
                for query in ("",) if "*" in r.path else ("", find):
                    a = people[role].ask("GET", path + query)
                    if a.status == 200:
                        opened.add(r.path)
                    if across(a.text, who, shares):
                        shown.add((role, path))
    return shown, opened


with World() as world:
    world.start_host()
    near, far = enrolled(world, "k01", OWN), enrolled(world, "k02", FOREIGN)
    cards = badges(world, 2)
    who = attending(world)[0]
    near.share(cards[1], [1, 2])    # so that the two have no one number
    both = [(d.device, d.share(cards[0], [1, 2])) for d in (near, far)]
    assert near.upload(1).status == far.upload(1).status == 200
    roles = {role: joined(world, f"{role}@summit.example", role,
                          OWN if role.startswith("sponsor") else None)
             for role in ROLES}
    num = taken_in(roles["badge-desk"], roles["privacy-officer"], who)
    there = {"registration": [str(who["id"])], "case": [num],
             "device": ["k01", "k02"], "lead": [f"k01.{both[0][1]}"],
             "account": ["1", "4"], "sponsor": [OWN, FOREIGN]}
    shown, opened = walk(roles, who, both, there)
    assert shown == {("privacy-officer", f"/cases/{num}")}, shown
    assert {"/registrations/*", "/registrations", "/devices/*", "/leads/*",
            "/leads", "/cases", "/audit", "/sponsors/*/overview", "/people/*",
            "/dashboard", "/api/v1/sponsors/*/leads"} <= opened, opened
    officer = roles["privacy-officer"]
    close(officer, num)
    shown, opened = walk(roles, who, both, there)
    assert not shown, shown
    assert "/cases/*" in opened, opened
    withdrawn(world, roles["badge-desk"], officer, who, both)
    print("ok")
