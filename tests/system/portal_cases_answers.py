# SPDX-License-Identifier: Apache-2.0
"""How a case is answered: the letter is looked at before it goes, and goes
with the step; extended once and in time; a fee; done, refused, dropped with a
reason; and a closed case shows nothing of its person any more."""

import os
import re
import sqlite3
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from casing import (audit, dropped, mails, opened, plain,  # noqa: E402
                    rows)
from hosting import attending, badges, enrolled  # noqa: E402
from portal import joined  # noqa: E402
from world import World  # noqa: E402

SECRET = "Reason-no-audit-has"


def asked(officer, who):
    """An access, of which the copy was made."""
    num = opened(officer, type="access", registration=who["id"])
    assert "hall.1-1" in officer.get(f"/cases/{num}").text
    a = officer.ask("POST", f"/cases/{num}/copy", urllib.parse.urlencode(
        {"csrf": officer.csrf()}))
    assert a.status == 200, (a.status, a.text[:400])
    return num


def answered(world, officer, num, who):
    """The letter first; extended once; a fee; done; then no data any more."""
    officer.get(f"/cases/{num}")
    assert officer.post(f"/cases/{num}/answer", do="extend",
                        why_longer="").status == 422
    officer.get(f"/cases/{num}")
    page = officer.post(f"/cases/{num}/answer", do="extend",
                        why_longer="日" * 1400)
    assert page.status == 422, page.status
    assert f'\n{"日" * 1400}</textarea>' in page.text, "to be made shorter"
    officer.get(f"/cases/{num}")
    page = officer.post(f"/cases/{num}/answer", do="extend",
                        why_longer=f"{SECRET}\r\n\r\n\r\nand more <b>")
    assert f"\n{SECRET}\n\nand more &lt;b&gt;\n\n" in page.text, page.text
    assert "It goes to" in plain(page) and who["email"] in page.text
    assert 4 not in mails(world, num), "only looked at"
    assert rows(world, "SELECT state FROM casefile WHERE num = ?",
                num) == [(0,)]
    page = officer.post(f"/cases/{num}/answer", do="extend", send="1",
                        why_longer=f"{SECRET}\r\n\r\nand more <b>")
    assert "The case is extended" in plain(page), plain(page)
    assert mails(world, num)[-1] == 4
    assert "Extend it" not in page.text
    a = officer.post(f"/cases/{num}/answer", do="extend", send="1",
                     why_longer="again")
    assert "has changed meanwhile" in plain(a)
    assert mails(world, num).count(4) == 1, "no letter without its step"
    assert "No letter goes: tell the person yourself" in plain(
        officer.get(f"/cases/{num}")), "of a fee"
    officer.post(f"/cases/{num}/answer", do="fee", fee="Fifth time this week")
    officer.get(f"/cases/{num}")
    page = officer.post(f"/cases/{num}/answer", do="done",
                        outcome="All was sent")
    assert "No copy was made" not in plain(page), "one was"
    page = officer.post(f"/cases/{num}/answer", do="done", send="1",
                        outcome="All was sent")
    assert "The case is closed: done" in plain(page)
    # Nobody has a letter that waits, or that came back.
    words = plain(page)
    assert re.search(r"That it is done not sent yet", words), words
    for state, says in ((2, "sent"), (3, "told nobody : taken, and sent back "
                                         "later")):
        with sqlite3.connect(world.host_dir / "host.db") as db:
            db.execute("UPDATE mail SET state = ?, answer = 3 WHERE letter = 6 "
                       "AND num = ?", (state, num))
        words = plain(officer.get(f"/cases/{num}"))
        assert f"That it is done {says}" in words, words
    said = world.cli("case", "show", num)
    assert re.search(r"letter: .*  done  failed: ", said), said
    assert mails(world, num)[-1] == 6
    for value in (who["name"], who["email"], "hall.1-1"):
        assert value not in page.text, value
    looks = audit(world, num).count("case.look")
    officer.get(f"/cases/{num}")
    assert audit(world, num).count("case.look") == looks
    officer.get("/holds")
    for to, fields in (("act", {"do": "restrict"}), ("find", {"search": "a"}),
                       ("match", {"registration": who["id"]}),
                       ("correct", {"field": "1", "value": "X"}),
                       ("share", {"share": "hall.1-1", "do": "withdraw"}),
                       ("answer", {"do": "refuse", "why_refused": "x",
                                   "send": "1"})):
        officer.get("/holds")
        a = officer.post(f"/cases/{num}/{to}", **fields)
        assert "has changed meanwhile" in plain(a), to
        assert who["email"] not in a.text
    assert SECRET not in str(rows(world, "SELECT * FROM audit"))
    assert f"{SECRET}\n\nand more <b>" in [r[0] for r in rows(
        world, "SELECT t0 FROM casefile")]


def no_copy(world, officer, who):
    """The letter that an access is answered, with no copy made: it is said."""
    num = opened(officer, type="access", registration=who["id"])
    officer.get(f"/cases/{num}")
    page = officer.post(f"/cases/{num}/answer", do="done", outcome="Sent")
    assert "No copy was made in this case" in plain(page), plain(page)
    officer.post(f"/cases/{num}/answer", do="done", outcome="Sent", send="1")
    assert "The case is closed: done" in plain(officer.page)


def refused_late(world, officer, who):
    num = opened(officer, type="objection", registration=who["id"],
                 received=time.strftime("%Y-%m-%d", time.gmtime(
                     time.time() - 50 * 86400)))
    page = officer.get("/cases")
    assert "over-due: day" in plain(page) and "1 case is over-due" in \
        plain(page)
    first = re.search(r'<th scope="row"><a href="/cases/(\d+)"', page.text)
    assert first.group(1) == str(num), "trouble is on top"
    page = officer.get(f"/cases/{num}")
    assert "no longer be extended" in plain(page)
    a = officer.post(f"/cases/{num}/answer", do="extend", send="1",
                     why_longer="too late")
    assert "its first month is over" in plain(a)
    assert mails(world, num) == [3]
    officer.get(f"/cases/{num}")
    page = officer.post(f"/cases/{num}/answer", do="refuse",
                        why_refused="Not this one")
    assert "Not this one" in page.text
    officer.post(f"/cases/{num}/answer", do="refuse", send="1",
                 why_refused="Not this one")
    assert "closed: refused" in plain(officer.page)
    assert mails(world, num) == [3, 5]
    num = opened(officer, type="other")
    dropped(world, officer, num)
    assert "closed: dropped" in plain(officer.page)


with World() as world:
    world.start_host()
    officer = joined(world, "p@example.com", "privacy-officer")
    who, other = attending(world)[:2]
    device = enrolled(world, "hall.1")
    device.share(badges(world, 1)[0], [1, 2])
    assert device.upload(1).status == 200
    answered(world, officer, asked(officer, who), who)
    no_copy(world, officer, other)
    refused_late(world, officer, other)
    print("ok")
