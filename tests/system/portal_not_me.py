# SPDX-License-Identifier: Apache-2.0
""""Not me": the desk is told what it holds before it does; what was held is
released or withdrawn, each or all, in this case and in no other; not while
another one holds it too; and the case outlives its share."""

import csv
import json
import os
import re
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from casing import (act, dropped, opened, plain, rows,  # noqa: E402
                    withdrawn)
from hosting import attending, badges, enrolled, leads  # noqa: E402
from mine import Mine  # noqa: E402
from portal import joined  # noqa: E402
from world import World, until  # noqa: E402


def shared_by(world, device, badge, n):
    """Shares of one quarter hour: numbers, and keys of the store."""
    seqs = [device.share(badge, [1, 2]) for _ in range(n)]
    assert device.upload(seqs[0]).status == 200
    (num,), = rows(world, "SELECT num FROM device WHERE name = 'hall.1'")
    key = [num << 32 | s for s in seqs]
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE lead SET time = ? WHERE id >= ?",
                   (900 * (int(time.time()) // 900), key[0]))
    return seqs, key


def at_once(world):
    """An erasure waits for nobody to undo it."""
    path = world.host_dir / "config.json"
    config = json.loads(path.read_text())
    config["erase_undo_hours"] = 0
    path.write_text(json.dumps(config))


def changed(world, since):
    """Share ids of what is new or changed for the sponsor since then."""
    out = world.dir / "since.csv"
    world.cli("export", "leads", "--sponsor", "example-corp", "--format",
              "csv", "--out", out, "--force", "--since", time.strftime(
                  "%Y-%m-%dT%H:%M:%SZ", time.gmtime(since)))
    with out.open(newline="") as f:
        return [row["share_id"] for row in csv.DictReader(f)]


def other_case(world, officer, shared, who):
    """What a "not me" holds is no other case's, though it names the share."""
    case = opened(officer, type="withdrawal", share=shared[0],
                  registration=who["id"])
    words = plain(officer.get(f"/cases/{case}"))
    assert "The share that it is about" in words, words
    assert "Held of the same quarter hour" not in words, words
    assert "Release all of these" not in words, words
    for act_, fields in (("act", {"do": "release-held"}),
                         ("act", {"do": "withdraw-held", "confirm": "4"})):
        officer.get(f"/cases/{case}")
        officer.post(f"/cases/{case}/{act_}", **fields)
    assert not set(shared) & set(leads(world)), "still held"
    dropped(world, officer, case)


def urgent(world, officer, case, who):
    """Before what is older, with how many leads; their sponsor is told too."""
    older = opened(officer, type="access", registration=who["id"])
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE casefile SET due = due - 86400 WHERE num = ?",
                   (older,))
    (n,), = rows(world, "SELECT count(*) FROM lead WHERE state = 3 AND "
                        "reason = 13")
    page = officer.get("/cases")
    order = re.findall(r'href="/cases/(\d+)"', page.text)
    assert order.index(str(case)) < order.index(str(older)), order
    assert plain(page).count(f"holds {n} leads: urgent") == 1, plain(page)
    words = plain(officer.get("/dashboard"))
    assert f"not theirs. {n} leads are held" in words, words
    mia = joined(world, "mia@sponsor.example", "sponsor-manager",
                 "example-corp")
    words = plain(mia.get("/leads"))
    assert f"{n} leads are held for review by the event" in words, words
    assert "appear here as soon as" not in words, words
    dropped(world, officer, older)


def held(world, officer, desk, seqs, who):
    """It is said before it is done; then none of them is the sponsor's."""
    shared = [f"hall.1-{s}" for s in seqs]
    assert set(shared) <= set(leads(world))
    officer.get("/requests")
    a = officer.post("/requests", language="en", proof="desk", type="not-me",
                     share=shared[0])
    assert a.status == 422 and 'class="error"' in a.text
    officer.get("/requests")
    fields = {"language": "en", "proof": "desk", "type": "not-me",
              "share": shared[0], "registration": who["id"]}
    for stale in ({}, {"beside": "1"}):
        words = plain(officer.post("/requests", **fields, **stale))
        beside = re.search(r"quarter hour is held: other shares, \D*(\d+)",
                           words).group(1)
        assert int(beside) >= 3, words
        assert "This is case" not in words, words
    assert set(shared) <= set(leads(world)), "said before it is done"
    case = opened(officer, beside=beside, **fields)
    assert not set(shared) & set(leads(world)), "held when it is taken in"
    # Asking once more, or of a share beside it, tells no more than before.
    for s in shared[:2]:
        assert asks_in_vain(desk, s, who) == beside, s
    page = officer.get(f"/cases/{case}")
    words = plain(page)
    assert "Held of the same quarter hour" in words, words
    for s in seqs:
        assert f"hall.1-{s}" in words, s
    other_case(world, officer, shared, who)
    urgent(world, officer, case, who)
    # It is not closed over what it holds, which would wait for ever.
    assert "Answer it: done" not in words and "Drop it" not in words, words
    a = officer.post(f"/cases/{case}/answer", do="drop", why_dropped="No.",
                     send="1")
    assert a.status == 422 and "release or withdraw each" in plain(a)
    text = world.dir / "outcome"
    text.write_text("Looked at.")
    said = world.refused("case", "done", case, "--outcome", text)
    assert "and for no other: release or withdraw them" in said, said
    return case


def asks(desk, **fields):
    """What is answered to whoever takes a request in, without numbers of a page
    or a case; and the case."""
    desk.get("/requests")
    a = desk.post("/requests", language="en", proof="desk", **fields)
    words = plain(a)
    num = re.search(r"This is case \D*(\d+)", words)
    words = re.sub(r"case \D*\d+", "case N", words)
    return a.status, words, int(num[1]) if num else 0


def asks_in_vain(desk, share, who):
    """Whose the share is or another's, the same is said and no case made: how
    many others it would hold."""
    fields = {"type": "not-me", "share": share}
    other = str(int(who["id"]) + 1)
    ours, theirs = (asks(desk, registration=r, **fields)
                    for r in (who["id"], other))
    assert ours[0] == theirs[0] == 200 and ours[2] == theirs[2] == 0, (
        ours, theirs)
    assert "quarter hour is held" in theirs[1], theirs
    assert ours[1] == theirs[1].replace(f'"{other}"', f'"{who["id"]}"')
    assert re.sub(r'value="\d+"', "", ours[1]) == re.sub(
        r'value="\d+"', "", theirs[1])
    return re.search(r"other shares, \D*(\d+)", theirs[1]).group(1)


def tells_nobody(world, officer, desk, seqs, who):
    """The desk does not learn whose a share is, and what it asks leaves a case;
    a slip of a digit takes nothing from a sponsor."""
    shared, other = [f"hall.1-{s}" for s in seqs], str(int(who["id"]) + 1)
    fields = {"type": "not-me", "share": shared[0]}
    beside = asks_in_vain(desk, shared[0], who)
    status, words, case = asks(desk, registration=other, beside=beside,
                               **fields)
    assert status == 200 and case != 0, words
    assert set(shared) <= set(leads(world))
    for type_ in ("withdrawal", "access"):
        ours, theirs = (asks(desk, type=type_, share=shared[0],
                             registration=r) for r in (who["id"], other))
        assert ours[:2] == theirs[:2] and theirs[2] != 0, type_
        assert ours[1] == words, type_
        for num in ours[2], theirs[2]:
            dropped(world, officer, num)
    # The officer reads that the two numbers are not one person's.
    page = officer.get(f"/cases/{case}")
    words = plain(page)
    assert re.search(rf"taken in for registration \D*{other}\D*, and the "
                     "share is not that person", words), words
    assert re.search(rf"held: other shares, \D*{beside}\D", words), words
    assert "The share that it is about" not in words, words
    a = act(officer, case, to="match", registration=other)
    assert "this case is about is not" in plain(a), plain(a)
    assert rows(world, "SELECT actor LIKE 'account:%', detail LIKE ? "
                "FROM audit WHERE act = 'case.open' AND object = ?",
                f"%registration 0, %, said {other}",
                f"case {case}") == [(1, 1)]
    slip_is_erased(world, officer, case, other)
    dropped(world, officer, case)


def slip_is_erased(world, officer, case, slip):
    """The share stays named when who was named by a slip is erased."""
    shown = world.cli("case", "show", str(case))
    assert f"taken in for registration {slip}, whose share it is not" in (
        shown), shown
    # The copy of whoever was named has neither the share nor the words.
    me = Mine(world).enter(slip)
    mine, = (c for c in me.act("json").json["cases"] if c["number"] == case)
    assert mine["matched"] is False and mine["type"] == "not-me", mine
    assert not {"share", "wish", "outcome"} & set(mine), mine
    assert "not known to be your request" in plain(me.act("read")), me
    world.cli("right", "erase", slip, "--without-case", "law", "--force")
    words = plain(officer.get(f"/cases/{case}"))
    assert "a registration that was erased since" in words, words
    assert "what was written in it went" in words, words
    assert re.search(r"held: other shares, \D*\d", words), words
    shown = world.cli("case", "show", str(case))
    assert "taken in for a registration that was erased since" in shown, shown
    assert "share: hall.1-" in shown, shown


def ended(world, officer, device, badge, case, seqs, key):
    """Released or withdrawn, each or all."""
    shared = [f"hall.1-{s}" for s in seqs]
    # Its sponsor has it again, and is told so where it asks what is new.
    since = int(time.time()) + 1
    until(lambda: time.time() > since + 0.1)
    assert changed(world, since) == []
    act(officer, case, to="share", do="release", share=f"hall.1-{seqs[1]}")
    assert f"hall.1-{seqs[1]}" in leads(world)
    assert f"hall.1-{seqs[1]}" in changed(world, since)
    # What is not of the case is not taken: another person's.
    officer.get(f"/cases/{case}")
    assert officer.post(f"/cases/{case}/share", do="withdraw",
                        share="hall.1-1").status == 404
    withdrawn(world, officer, case, shared[2], to="share", do="withdraw",
              share=shared[2])
    act(officer, case, do="release-held")
    withdrawn(world, officer, case, shared[0], to="share", do="withdraw",
              share=shared[0])
    now = [r[0] for r in rows(world, "SELECT state FROM lead WHERE id >= ? "
                              "AND id <= ? ORDER BY id", key[0], key[-1])]
    assert now == [2, 0, 2, 0], now
    # The audit's rows have its device's number; people know it by its name.
    told = plain(officer.get("/audit?act=lead.withdraw"))
    for s in seqs[2], seqs[0]:
        assert f"Share hall.1-{s} " in told, told
    a = act(officer, case, do="release-held")
    assert "has changed meanwhile" in plain(a)
    more, key = shared_by(world, device, badge, 2)
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE lead SET state = 3, reason = 13 WHERE id >= ?",
                   (key[0],))
    withdrawn(world, officer, case, "2", do="withdraw-held")
    assert not set(f"hall.1-{s}" for s in more) & set(leads(world))


def for_two(world, officer, device, badge, who):
    """What two cases hold is released when one of them is left; the case is
    answered though its share is gone."""
    seqs, key = shared_by(world, device, badge, 3)
    fields = {"type": "not-me", "registration": who["id"]}
    one = opened(officer, share=f"hall.1-{seqs[0]}", beside="2", **fields)
    two = opened(officer, share=f"hall.1-{seqs[1]}", beside="2", **fields)
    for mine, others in ((one, two), (two, one)):
        words = plain(officer.get(f"/cases/{mine}"))
        assert re.search(rf"Case \D*{others}\D* holds these too", words), words
        assert "Release all of these" not in words, words
        for to, do in (("act", {"do": "release-held"}),
                       ("share", {"do": "release",
                                  "share": f"hall.1-{seqs[2]}"})):
            a = act(officer, mine, to=to, **do)
            assert "another case that is open holds it too" in plain(a), do
    assert rows(world, "SELECT state FROM lead WHERE id >= ?",
                key[0]) == [(3,)] * 3
    dropped(world, officer, one)
    act(officer, two, do="release-held")
    assert f"hall.1-{seqs[2]}" in leads(world)
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("DELETE FROM lead WHERE id >= ?", (key[0],))
    words = plain(officer.get(f"/cases/{two}"))
    assert "This share is not stored any more" in words, words
    dropped(world, officer, two)


with World() as world:
    at_once(world)
    world.start_host()
    officer = joined(world, "p@example.com", "privacy-officer")
    who = attending(world)[1]
    device = enrolled(world, "hall.1")
    one, two = badges(world, 2)
    device.share(one, [1, 2])
    assert device.upload(1).status == 200
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE lead SET time = time - 900")
    device.close()      # the host ends what nobody uses for so long
    seqs, key = shared_by(world, device, two, 4)
    desk = joined(world, "d@example.com", "badge-desk")
    tells_nobody(world, officer, desk, seqs, who)
    case = held(world, officer, desk, seqs, who)
    ended(world, officer, device, two, case, seqs, key)
    dropped(world, officer, case)
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE lead SET time = time - 900")
    for_two(world, officer, device, two, who)
    print("ok")
