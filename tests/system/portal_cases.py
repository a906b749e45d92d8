# SPDX-License-Identifier: Apache-2.0
"""Cases: the desk takes a request in and sees none; the privacy officer finds
the person, sees its data and its shares with all sponsors while the case is
open, each look audited; each act has its whole effect and is a step; the
organiser sees that there are cases, and no person."""

import io
import os
import re
import sys
import time
import urllib.parse
import urllib.request
import zipfile

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from casing import (act, audit, mails, opened, plain, rows,  # noqa: E402
                    withdrawn)
from hosting import attending, badges, enrolled, leads  # noqa: E402
from portal import joined  # noqa: E402
from world import World  # noqa: E402


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


def told(world, kind):
    """The shares whose sponsors have such a notice (ack)."""
    return [f"{d}-{seq}" for d, seq in rows(
        world, "SELECT d.name, lead & 0xffffffff FROM ack JOIN device d ON "
        "d.num = lead >> 32 WHERE kind = ? ORDER BY lead", kind)]


def corrected(world, officer, num, who):
    """Who was given the field has the right value, and is told."""
    act(officer, num, to="correct", field="3", value="Other Ltd")
    assert rows(world, "SELECT v3 FROM registration WHERE id = ?",
                who["id"]) == [("Other Ltd",)]
    assert leads(world)["hall.1-1"]["company"] == "Other Ltd"
    assert told(world, 2) == ["hall.1-1"], told(world, 2)


def acts(world, officer, num, who):
    corrected(world, officer, num, who)
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
    assert "hall.1-1" not in leads(world) and "hall.1-2" in leads(world)
    act(officer, num, do="agree-leads")
    assert "hall.1-1" in leads(world)
    assert mails(world, num) == [11, 12, 10, 17], mails(world, num)
    page = officer.get(f"/cases/{num}")
    a = officer.ask("POST", f"/cases/{num}/copy", urllib.parse.urlencode(
        {"csrf": officer.csrf()}))
    assert a.status == 200, (a.status, a.text[:400])
    with zipfile.ZipFile(io.BytesIO(a.body)) as z:
        assert who["email"] in z.read("about-me.json").decode()
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
    device.share(one, [1, 2, 3])
    device.share(two, [1, 2])
    side.share(one, [1])
    assert device.upload(1).status == 200 and side.upload(1).status == 200
    counted(org, taken_in(world, desk, who), who)
    num = found(world, officer, who)
    found_by_share(officer, who, other)
    shares(world, officer, num, other)
    acts(world, officer, num, who)
    metrics(world)
    wished(world, officer)
    print("ok")
