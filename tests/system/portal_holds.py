# SPDX-License-Identifier: Apache-2.0
"""Holds: wrong ones; one of a person, of which its cases tell; no erasure
beside it without a proof, none said to be done before it is; lifted."""

import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from casing import act, dropped, mails, opened, plain, rows  # noqa: E402
from hosting import attending, badges, enrolled, leads  # noqa: E402
from portal import joined  # noqa: E402
from world import World  # noqa: E402


def holds(world, officer, who):
    """Wrong ones; one of a person; the erasure is told of it; lifted."""
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 9 * 86400))
    good = {"scope": "person", "registration": who["id"], "reason": "7 O 12",
            "reviewer": "Officer", "review": day, "sponsor": ""}
    assert "Nothing is held" in plain(officer.get("/holds"))
    for wrong, at in (
            ({"registration": ""}, "registration"),
            ({"registration": "9999"}, "registration"),
            ({"reason": ""}, "reason"), ({"reviewer": ""}, "reviewer"),
            ({"review": ""}, "review"), ({"review": "2020-01-01"}, "review"),
            ({"scope": "sponsor"}, "registration sponsor"),
            ({"scope": "sponsor", "registration": ""}, "sponsor"),
            ({"scope": "event", "registration": "", "sponsor": "acme"},
             "sponsor"),
            ({"reason": "日" * 300, "reviewer": "日" * 120},
             "reason reviewer")):
        officer.get("/holds")
        a = officer.post("/holds", **{**good, **wrong})
        assert a.status == 422, wrong
        # It is said on top, and at the field that it is about.
        assert a.text.index("note-danger") < a.text.index("Nothing is"), wrong
        assert " ".join(re.findall(
            r'name="(\w+)"[^>]* aria-invalid="true"', a.text)) == at, (
                wrong, a.text)
        # What was typed is there to be mended.
        for name in ("reason", "reviewer"):
            value = {**good, **wrong}[name]
            assert not value or f'value="{value}"' in a.text, wrong
    assert rows(world, "SELECT count(*) FROM hold") == [(0,)]
    officer.get("/holds")
    officer.post("/holds", **good)
    assert "7 O 12" in officer.page.text, plain(officer.page)
    num = opened(officer, type="erasure", registration=who["id"])
    words = plain(officer.get(f"/cases/{num}"))
    assert "To the holds" in words, words
    assert "A hold stands" in words and re.search(
        r"Hold \D*1\D* stops it. 7 O 12", words), words
    # Not while nobody has shown who asks.
    blind = opened(officer, type="erasure", registration=who["id"],
                   proof="none")
    words = plain(officer.get(f"/cases/{blind}"))
    assert "An erasure can be planned when" in words, words
    assert "Plan the erasure" not in words, words
    a = act(officer, blind, do="erase", **officer.proof())
    assert "Nothing was changed: it was not shown yet" in plain(a), plain(a)
    assert rows(world, "SELECT count(*) FROM barrier") == [(0,)]
    act(officer, blind, to="match", registration=who["id"], shown="desk")
    assert "Plan the erasure" in plain(officer.page)
    dropped(world, officer, blind)
    officer.get(f"/cases/{num}")
    # Only with the password once more.
    a = officer.post(f"/cases/{num}/act", do="erase")
    assert a.status == 422 and "not your password" in plain(a), plain(a)
    assert rows(world, "SELECT count(*) FROM barrier") == [(0,)]
    act(officer, num, do="erase", **officer.proof())
    words = plain(officer.page)
    assert "and a hold stops it since" in words, words
    assert "the time of this case runs on" in words, words
    assert mails(world, num) == [3, 16], mails(world, num)
    assert "hall.1-1" not in leads(world)
    a = act(officer, num, do="erase", **officer.proof())
    assert "has changed meanwhile" in plain(a)
    # Nobody is told that it is done before it is.
    words = plain(officer.get(f"/cases/{num}"))
    assert "Answer it: done" not in words, words
    assert "Refuse it" in words and "Extend it" in words, words
    for send in ({}, {"send": "1"}):
        a = officer.post(f"/cases/{num}/answer", do="done", outcome="Erased.",
                         **send)
        assert a.status == 422 and "A hold stops the" in plain(a), plain(a)
        officer.get(f"/cases/{num}")
    assert mails(world, num) == [3, 16], mails(world, num)
    assert rows(world, "SELECT state FROM casefile WHERE num = ?",
                num) == [(0,)]
    for still in (True, False):
        officer.get(f"/cases/{num}")
        a = officer.post(f"/cases/{num}/answer", do="refuse",
                         why_refused="Not yet")
        assert ("will still be erased" in plain(a)) == still, plain(a)
        if still:
            act(officer, num, do="erase-undo")
            assert "Plan the erasure" in plain(officer.page)
    assert mails(world, num) == [3, 16, 9], mails(world, num)
    assert "hall.1-1" in leads(world)
    officer.get("/holds")
    for scope in ("person", "sponsor", "event"):
        a = officer.post("/holds", scope=scope, registration=who["id"],
                         sponsor="acme", reason="7 O 12", reviewer="anna",
                         review="2099-01-01")
        assert a.status == 422 and "give only what belongs" in plain(a)
    assert rows(world, "SELECT count(*) FROM hold") == [(1,)]
    officer.get("/holds")
    asked = plain(officer.page)
    assert "(optional)" not in asked, asked
    assert re.search(r'name="sponsor"[^>]*>\s*<option value=""',
                     officer.page.text), officer.page.text
    assert "A new hold brings nothing back" in asked, asked
    assert "To do this, type 1" in asked, asked
    for word in ({}, {"confirm": "2"}):
        a = officer.post("/holds/1/lift", **word)
        assert "Nothing was changed: the word" in plain(a), plain(a)
        assert a.text.count('<details class="danger" open>') == 1
    assert rows(world, "SELECT lifted_at FROM hold") == [(0,)]
    without_its_record(world, officer, who)
    officer.post("/holds/1/lift", confirm="1")
    assert "The hold is lifted" in plain(officer.page)
    assert "A hold stands" not in plain(officer.get(f"/cases/{num}"))
    act(officer, num, do="erase", **officer.proof())
    words = plain(officer.page)
    assert "All is erased on" in words, words
    assert "is closed by itself as done" in words, words
    got = [r[0] for r in rows(world, "SELECT act FROM audit WHERE act LIKE "
                              "'hold.%' ORDER BY id")]
    assert got == ["hold.add", "hold.lift"], got



def without_its_record(world, officer, who):
    """Whose erasure is final cannot be told: no hold is placed, and what is said
    is of that file, not of the store."""
    record = world.host_dir / "deleted-members"
    had = record.read_bytes() if record.exists() else None
    record.write_text("1 17 zz\n")
    said = world.refused("hold", "add", "--registration", who["id"],
                         "--reason", "7 O 13", "--reviewer", "anna")
    assert "no hold was added" in said and "deleted-members" in said, said
    assert "damaged" in said and "host.db" not in said, said
    a = officer.post("/holds", scope="person", registration=who["id"],
                     reason="7 O 13", reviewer="anna", review="2099-01-01")
    assert a.status == 422 and "No hold was placed" in plain(a), plain(a)
    assert rows(world, "SELECT count(*) FROM hold") == [(1,)]
    record.unlink()
    if had is not None:
        record.write_bytes(had)


with World() as world:
    world.start_host()
    officer = joined(world, "p@example.com", "privacy-officer")
    device = enrolled(world, "hall.1")
    device.share(badges(world, 1)[0], [1, 2])
    assert device.upload(1).status == 200
    holds(world, officer, attending(world)[0])
    print("ok")
