# SPDX-License-Identifier: Apache-2.0
"""Cases on the portal's pages: what the tests of them share."""

import re
import sqlite3


def rows(world, sql, *args):
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return db.execute(sql, args).fetchall()


def audit(world, num):
    return [r[0] + (" " + r[1] if r[0] == "case.act" else "") for r in rows(
        world, "SELECT act, detail FROM audit WHERE object = ? ORDER BY id",
        f"case {num}")]


def mails(world, num):
    """The kinds of letters of a case (letter.h)."""
    return [r[0] for r in rows(world, "SELECT letter FROM mail WHERE kind = 3 "
                               "AND num = ? ORDER BY id", num)]


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def opened(p, **fields):
    p.get("/requests")
    a = p.post("/requests", **{"language": "en", "proof": "desk", **fields})
    assert a.status == 200, (a.status, plain(a))
    return int(re.search(r"This is case \D*(\d+)", plain(a)).group(1))


def act(p, num, **fields):
    p.get(f"/cases/{num}")
    a = p.post(f"/cases/{num}/{fields.pop('to', 'act')}", **fields)
    assert a.status == 200, (a.status, fields)
    return a


def dropped(world, p, num):
    """Only with a reason, which the person is told who was promised an answer."""
    before = mails(world, num)
    p.get(f"/cases/{num}")
    assert p.post(f"/cases/{num}/answer", do="drop").status == 422
    assert p.page.text.count('class="error"') == 1, "beside its own form"
    p.get(f"/cases/{num}")
    a = p.post(f"/cases/{num}/answer", do="drop", why_dropped="By mistake")
    assert "By mistake" in plain(a) and mails(world, num) == before
    assert rows(world, "SELECT closed_at FROM casefile WHERE num = ?",
                num) == [(0,)]
    p.post(f"/cases/{num}/answer", do="drop", why_dropped="By mistake",
           send="1")
    assert "closed: dropped" in plain(p.page), plain(p.page)
    assert mails(world, num) == before + [15] * bool(before), "as it began"


def withdrawn(world, p, num, word, **fields):
    """What will happen is said, and nothing does before the word is typed."""
    before = rows(world, "SELECT id, state FROM lead")
    steps = [a for a in audit(world, num) if a != "case.look"]
    words = plain(p.get(f"/cases/{num}"))
    assert "is told at once" in words or "are told at once" in words, words
    assert f"To do this, type {word}" in words, (word, words)
    for wrong in ({}, {"confirm": ""}, {"confirm": "99"}):
        a = act(p, num, **fields, **wrong)
        assert "the word was not typed" in plain(a), wrong
        assert a.text.count('<details class="danger" open>') > 0, (
            wrong, p.at)
    assert rows(world, "SELECT id, state FROM lead") == before
    assert [a for a in audit(world, num) if a != "case.look"] == steps
    a = act(p, num, confirm=word, **fields)
    assert "It is done" in plain(a), plain(a)
