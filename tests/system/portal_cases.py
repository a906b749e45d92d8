# SPDX-License-Identifier: Apache-2.0
"""Cases: the desk takes a request in and sees none; the privacy officer finds
the person, sees its data and its shares with all sponsors while the case is
open and never after, each look audited; each act has its whole effect and is a
step; the letter is looked at before it goes, and goes with the step; the
organiser sees that there are cases, and no person. Holds."""

import csv
import io
import os
import re
import sqlite3
import sys
import time
import urllib.parse
import urllib.request
import zipfile

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import attending, badges, enrolled, leads  # noqa: E402
from portal import joined  # noqa: E402
from world import World, until  # noqa: E402

SECRET = "Reason-no-audit-has"


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
    assert rows(world, "SELECT id, state FROM lead") == before
    assert [a for a in audit(world, num) if a != "case.look"] == steps
    a = act(p, num, confirm=word, **fields)
    assert "It is done" in plain(a), plain(a)


def taken_in(world, desk, who):
    """What the form refuses; what the desk cannot do."""
    for wrong in ({"type": ""}, {"type": "breach"},
                  {"type": "access", "registration": "9999"},
                  {"type": "access", "registration": "x"},
                  {"type": "not-me", "share": "k99-1"},
                  {"type": "not-me", "share": "hall.1-99"},
                  {"type": "access", "language": "%"},
                  # What cannot be read is not nothing.
                  {"type": "access", "registration": "1, but it may be 2 too"
                   " or 3"}, {"type": "not-me", "share": "x" * 60},
                  {"type": "access", "received": "2026-06-01, by the post"
                   " of the afternoon"},
                  {"type": "access", "received": "2999-01-01"}):
        wrong.setdefault("language", "en")
        desk.get("/requests")
        assert desk.post("/requests", **wrong).status == 422, wrong
        assert 'class="error"' in desk.page.text, wrong
    desk.get("/requests")
    a = desk.post("/requests", type="other", language="en", wish="é" * 2001)
    assert a.status == 422 and "too long by 1 character" in plain(a), plain(a)
    assert rows(world, "SELECT count(*) FROM casefile") == [(0,)]
    num = opened(desk, type="erasure", registration=who["id"], language="de")
    assert mails(world, num) == [3], "received"
    assert who["name"] not in desk.page.text
    for path in ("/cases", f"/cases/{num}", "/holds"):
        assert desk.get(path).status == 403, path
    desk.get("/requests")
    assert desk.post(f"/cases/{num}/act", do="restrict").status == 403
    assert audit(world, num) == ["case.open"]
    assert f'href="/cases/{num}"' not in desk.page.text
    return num


def wished(world, officer):
    """What the person wants is asked once, and stands in the case alone."""
    num = opened(officer, type="other", proof="none", wish=" Not \r\n<b>me ")
    assert f'href="/cases/{num}"' in officer.page.text
    assert "Not &lt;b&gt;me" not in officer.page.text
    assert re.search(r"What the person asked for</dt>\s*<dd>.*Not.*&lt;b&gt;me",
                     officer.get(f"/cases/{num}").text, re.S)
    assert audit(world, num)[:2] == ["case.open", "case.wish"]
    assert "me" not in rows(world, "SELECT group_concat(object || detail, '') "
                            "FROM audit WHERE act = 'case.wish'")[0][0]
    empty = opened(officer, type="other", proof="none", wish="")
    assert audit(world, empty) == ["case.open"]


def counted(org, num, who):
    """The organiser: that there is a case, and no person."""
    page = org.get("/cases")
    assert "Erasure" in plain(page) and "days left" in plain(page)
    assert f'href="/cases/{num}"' not in page.text
    for value in (who["name"], who["email"]):
        assert value not in page.text
    assert org.get(f"/cases/{num}").status == 403
    assert org.get("/holds").status == 403


def found(world, officer, who):
    """Nobody is known at first."""
    num = opened(officer, type="access", proof="none")
    assert mails(world, num) == [], "to whom?"
    page = officer.get(f"/cases/{num}")
    assert "It is not known yet" in plain(page)
    page = officer.post(f"/cases/{num}/find", search=who["email"].upper())
    assert page.status == 200 and who["email"] in page.text, plain(page)
    for nobody in ("9999", "0", "x"):
        assert officer.post(f"/cases/{num}/match",
                            registration=nobody).status == 404, nobody
        officer.get(f"/cases/{num}")
    officer.get(f"/cases/{num}")
    page = officer.post(f"/cases/{num}/match", registration=who["id"])
    assert "It is noted whose case" in plain(page)
    assert who["name"] in page.text
    assert "case.match" in audit(world, num)
    # By whom and in what, in words.
    assert "Taken in by account:" not in plain(page)
    assert "Language of the answer English" in plain(page), plain(page)
    assert "Give nothing out before" in plain(page)
    first = re.search(r'<select[^>]*name="shown".*?<option value="(.*?)"',
                      page.text, re.S)
    assert first[1] == "", "nothing is chosen for whoever presses on"
    a = officer.post(f"/cases/{num}/copy", follow=False)
    assert a.status == 403, "nobody has proved who it is"
    officer.get(f"/cases/{num}")
    page = officer.post(f"/cases/{num}/match", registration=who["id"],
                        shown="mail")
    assert "Give nothing out" not in plain(page)
    assert "by a link sent by mail" in plain(page)
    return num


def found_by_share(officer, who, other):
    """Who asked about a share is the one whose share it is."""
    num = opened(officer, type="withdrawal", proof="none", share="hall.1-1")
    page = act(officer, num, to="match", registration=other["id"])
    assert "this case is about is not" in plain(page), plain(page)
    assert "It is not known yet" in plain(page), plain(page)
    page = act(officer, num, to="match", registration=who["id"])
    assert "It is noted whose case" in plain(page), plain(page)


def shares(world, officer, num, other):
    """All sponsors' on one page; only of this person."""
    page = officer.get(f"/cases/{num}")
    words = plain(page)
    assert "hall.1-1" in words and "side.1-1" in words, words
    assert "hall.1-2" not in words, "another's share"
    before = audit(world, num).count("case.look")
    officer.get(f"/cases/{num}")
    assert audit(world, num).count("case.look") == before + 1
    assert "case.look" not in officer.page.text
    # Another's share, by hand.
    a = officer.post(f"/cases/{num}/share", do="withdraw", share="hall.1-2")
    assert a.status == 404, a.status
    withdrawn(world, officer, num, "side.1-1", to="share", do="withdraw",
              share="side.1-1")
    assert "side.1-1" not in leads(world, "acme")
    assert "hall.1-1" in leads(world)
    a = act(officer, num, to="share", do="withdraw", share="side.1-1",
            confirm="side.1-1")
    assert "has changed meanwhile" in plain(a)
    assert audit(world, num)[-2:] == ["case.look", "case.look"]


def acts(world, officer, num, who):
    act(officer, num, to="correct", field="3", value="Other Ltd")
    assert rows(world, "SELECT v3 FROM registration WHERE id = ?",
                who["id"]) == [("Other Ltd",)]
    page = officer.get(f"/cases/{num}")
    # Nothing is chosen for whoever presses on, and what it is is seen.
    first = re.search(r'<select[^>]*name="field".*?<option value="(.*?)"',
                      page.text, re.S)
    assert first[1] == "" and "Company: \u2068Other Ltd\u2069<" in page.text
    for wrong in ({"field": "3", "value": "Other Ltd"},
                  {"field": "2", "value": "x" * 160},
                  {"field": "", "value": ""}, {"field": "", "value": "x"},
                  {"field": "1", "value": ""}, {"field": "3", "value": ""},
                  {"field": "1", "value": "", "empty": "1"},
                  {"field": "2", "value": "", "empty": "1"},
                  {"field": "3", "value": "Some", "empty": "1"}):
        a = officer.post(f"/cases/{num}/correct", **wrong)
        assert a.status == 422 and 'class="error"' in a.text, wrong
        assert ("checked" in a.text) == ("empty" in wrong), wrong
        assert rows(world, "SELECT v1, v2, v3 FROM registration WHERE id = ?",
                    who["id"]) == [(who["name"], who["email"], "Other Ltd")]
        officer.get(f"/cases/{num}")
    # Another may be empty, where that is ticked.
    act(officer, num, to="correct", field="3", value="", empty="1")
    assert rows(world, "SELECT v3 FROM registration WHERE id = ?",
                who["id"]) == [(None,)]
    act(officer, num, to="correct", field="3", value="Other Ltd")
    # What cannot be kept takes nothing away, and is there to be mended.
    for wrong in ("日" * 60, "a\x07b"):
        officer.get(f"/cases/{num}")
        a = officer.post(f"/cases/{num}/correct", field="3", value=wrong)
        assert rows(world, "SELECT v3 FROM registration WHERE id = ?",
                    who["id"]) == [("Other Ltd",)], wrong
        assert a.status == 422 and '<option value="3" selected>' in a.text
    officer.get(f"/cases/{num}")
    a = officer.post(f"/cases/{num}/correct", field="3", value="日" * 60)
    assert f'value="{"日" * 60}"' in a.text
    act(officer, num, do="restrict")
    assert "Restricted since" in plain(officer.page)
    assert "hall.1-1" not in leads(world) and "hall.1-2" in leads(world)
    act(officer, num, do="lift")
    assert "hall.1-1" in leads(world)
    act(officer, num, do="object")
    assert "The person has objected" in plain(officer.page)
    act(officer, num, do="agree-leads")
    assert "hall.1-1" in leads(world)
    assert mails(world, num) == [11, 12, 10], mails(world, num)
    page = officer.get(f"/cases/{num}")
    a = officer.ask("POST", f"/cases/{num}/copy", urllib.parse.urlencode(
        {"csrf": officer.csrf()}))
    assert a.status == 200, (a.status, a.text[:400])
    with zipfile.ZipFile(io.BytesIO(a.body)) as z:
        assert who["email"] in z.read("all.json").decode()
    withdrawn(world, officer, num, "1", do="withdraw-all")
    assert "hall.1-1" not in leads(world)
    act(officer, num, do="object")
    withdrawn(world, officer, num, "0", do="agree")
    officer.get(f"/cases/{num}")
    assert officer.post(f"/cases/{num}/act", do="nothing").status == 404
    steps = [a for a in audit(world, num) if a != "case.look"]
    assert steps == ["case.open", "case.match", "case.match",
                     "case.act withdraw",
                     *["case.act correct company"] * 3,
                     "case.act restrict",
                     "case.act lift", "case.act object",
                     "case.act agree-leads", "case.act copy",
                     "case.act withdraw-all", "case.act object",
                     "case.act agree"], steps


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


def holds(world, officer, who):
    """Wrong ones; one of a person; the erasure is told of it; lifted."""
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 9 * 86400))
    good = {"scope": "person", "registration": who["id"], "reason": "7 O 12",
            "reviewer": "Officer", "review": day, "sponsor": ""}
    assert "Nothing is held" in plain(officer.get("/holds"))
    for wrong in ({"registration": ""}, {"registration": "9999"},
                  {"reason": ""}, {"reviewer": ""}, {"review": ""},
                  {"review": "2020-01-01"}, {"scope": "sponsor"},
                  {"reason": "日" * 300, "reviewer": "日" * 120}):
        officer.get("/holds")
        a = officer.post("/holds", **{**good, **wrong})
        assert a.status == 422, wrong
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
    assert "All is erased on" in plain(officer.page)
    assert mails(world, num) == [3, 8], mails(world, num)
    assert "hall.1-2" not in leads(world)
    a = act(officer, num, do="erase", **officer.proof())
    assert "has changed meanwhile" in plain(a)
    # Nobody is told that it is done before it is.
    words = plain(officer.get(f"/cases/{num}"))
    assert "is closed by itself as done" in words, words
    assert "Answer it: done" not in words, words
    for send in ({}, {"send": "1"}):
        a = officer.post(f"/cases/{num}/answer", do="done", outcome="Erased.",
                         **send)
        assert a.status == 422 and "closed by itself" in plain(a), plain(a)
        officer.get(f"/cases/{num}")
    assert mails(world, num) == [3, 8], mails(world, num)
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
    assert mails(world, num) == [3, 8, 9], mails(world, num)
    assert "hall.1-2" in leads(world)
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
    assert rows(world, "SELECT lifted_at FROM hold") == [(0,)]
    officer.post("/holds/1/lift", confirm="1")
    assert "The hold is lifted" in plain(officer.page)
    assert "A hold stands" not in plain(officer.get(f"/cases/{num}"))
    got = [r[0] for r in rows(world, "SELECT act FROM audit WHERE act LIKE "
                              "'hold.%' ORDER BY id")]
    assert got == ["hold.add", "hold.lift"], got


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


def not_me(world, officer, device, badge, who):
    """What was held beside it is released or withdrawn, each or all."""
    device.close()      # the host ends what nobody uses for so long
    seqs = [device.share(badge, [1, 2]) for _ in range(4)]
    assert device.upload(seqs[0]).status == 200
    (num,), = rows(world, "SELECT num FROM device WHERE name = 'hall.1'")
    key = [num << 32 | s for s in seqs]
    t = 900 * (int(time.time()) // 900)
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute(f"UPDATE lead SET time = {t} WHERE id IN "
                   f"({','.join(map(str, key))})")
    shared = [f"hall.1-{s}" for s in seqs]
    assert set(shared) <= set(leads(world))
    # Nobody takes another person's from its sponsor, by a slip of a digit.
    for wrong in ({}, {"registration": str(int(who["id"]) + 1)}):
        officer.get("/requests")
        a = officer.post("/requests", language="en", proof="desk",
                         type="not-me", share=shared[0], **wrong)
        assert a.status == 422 and 'class="error"' in a.text, wrong
    assert set(shared) <= set(leads(world))
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
    page = officer.get(f"/cases/{case}")
    words = plain(page)
    assert "Held of the same quarter hour" in words, words
    for s in seqs:
        assert f"hall.1-{s}" in words, s
    other_case(world, officer, shared, who)
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
    a = act(officer, case, do="release-held")
    assert "has changed meanwhile" in plain(a)
    more = [device.share(badge, [1, 2]) for _ in range(2)]
    assert device.upload(more[0]).status == 200
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute(f"UPDATE lead SET time = {t}, state = 3, reason = 13 "
                   f"WHERE id >= {num << 32 | more[0]}")
    withdrawn(world, officer, case, "2", do="withdraw-held")
    assert not set(f"hall.1-{s}" for s in more) & set(leads(world))


def metrics(world):
    text = urllib.request.urlopen(
        f"http://127.0.0.1:{world.listen}/metrics").read().decode()
    n = int(re.search(r"^badgeward_cases_open (\d+)$", text, re.M).group(1))
    assert (n,) == rows(world, "SELECT count(*) FROM casefile WHERE "
                        "closed_at = 0")[0]
    assert "badgeward_cases_overdue 0" in text
    due = re.search(r"^badgeward_case_due_timestamp_seconds (\d+)$", text,
                    re.M).group(1)
    assert int(due) > time.time()


with World() as world:
    world.start_host()
    desk = joined(world, "d@example.com", "badge-desk")
    org = joined(world, "o@example.com", "organiser")
    officer = joined(world, "p@example.com", "privacy-officer")
    assert "Nobody waits" in plain(officer.get("/cases"))
    who, other = attending(world)[:2]
    device, side = enrolled(world, "hall.1"), enrolled(world, "side.1", "acme")
    one, two = badges(world, 2)
    device.share(one, [1, 2])
    device.share(two, [1, 2])
    side.share(one, [1])
    assert device.upload(1).status == 200 and side.upload(1).status == 200
    first = taken_in(world, desk, who)
    counted(org, first, who)
    num = found(world, officer, who)
    found_by_share(officer, who, other)
    shares(world, officer, num, other)
    acts(world, officer, num, who)
    answered(world, officer, num, who)
    no_copy(world, officer, other)
    refused_late(world, officer, other)
    holds(world, officer, other)
    not_me(world, officer, device, two, other)
    metrics(world)
    wished(world, officer)
    print("ok")
