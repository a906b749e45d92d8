# SPDX-License-Identifier: Apache-2.0
"""The pages under Duties: what goes when, incidents with their clock and
letters, disclosures, counts for anybody; each for its roles alone."""

import csv
import datetime
import hashlib
import html
import io
import json
import os
import re
import sqlite3
import sys
import time
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled  # noqa: E402
from portal import joined  # noqa: E402


def rows(world, sql):
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return db.execute(sql).fetchall()


def retention(p):
    page = p.get("/duties")
    assert page.status == 200 and "What goes when" in page.text
    assert "Registrations, and their values on badges" in page.text


TEXT = {"happened": "A device <was> lost.", "likely": "Who finds it can read.",
        "done": "It is revoked.", "advice": "Ask for a new badge."}


def goes_to(p, to):
    """Where the open page's form goes, which says what the page showed."""
    return html.unescape(re.search(rf'action="([^"]*/{to}\?seen=[^"]*)"',
                                   p.page.text)[1])


def save(p, **fields):
    return p.post(goes_to(p, "letter"), **fields)


def in_its_language(p, here):
    """All read English: its text is enough, and a German one tells nobody."""
    p.get(here + "?lang=de")
    page = save(p, lang="de", **TEXT)
    assert "lang=de" in p.at and "It is revoked.</textarea>" in page.text, p.at
    assert page.text.count('<article class="letter"') == 1, page.text
    assert "missing for whoever reads: <bdi>English<" in page.text, page.text
    assert "/tell" not in page.text
    save(p, lang="de", **dict.fromkeys(TEXT, ""))
    p.get(here + "?lang=en")
    page = save(p, lang="en", **TEXT)
    assert 'href="/duties/incidents/1/letter?lang=en" aria-current="page"' in \
        page.text, page.text
    assert page.text.count('<article class="letter"') == 1, page.text
    assert "A text is missing" not in page.text
    # A wrong number stays there too.
    no = p.post(goes_to(p, "tell"), confirm="3")
    assert no.status == 422 and "It is revoked.</textarea>" in no.text
    page = p.get(here)
    assert "/tell" in page.text and "How it goes out" in page.text, page.text
    page = p.get(here + "?lang=en")
    page = save(p, lang="en", **dict.fromkeys(TEXT, ""))
    assert "/tell" not in page.text


def letter(p, other):
    """What staff write, and how it goes out: looked at by language."""
    here = "/duties/incidents/1/letter"
    page = p.get(here)
    assert "It goes to 2 people" in page.text, page.text
    assert "How it goes out" not in page.text
    assert "/tell" not in page.text
    assert "missing for whoever reads: <bdi>English<" in page.text, page.text
    in_its_language(p, here)
    bad = save(p, lang="", **{**TEXT, "advice": " "})
    assert bad.status == 422 and "a few sentences" in bad.text
    assert "Who finds it can read." in bad.text
    # What is too long comes back.
    long = "日" * 1500
    p.get(here)
    bad = save(p, lang="", **dict.fromkeys(TEXT, long))
    assert bad.status == 422 and bad.text.count(f"\n{long}</textarea>") == 4
    p.get(here)
    other.get(here)
    page = save(p, lang="", **TEXT)
    assert page.status == 200 and "/tell" in page.text, page.text
    assert "A text is missing" not in page.text
    assert page.text.count('<article class="letter"') == 1
    assert re.search("At which booth: \\W?Example Corp", page.text), page.text
    for said in ("What happened:\nA device &lt;was&gt; lost.",
                 "What may come of it:\nWho finds it can read.",
                 "What we have done and are doing:\nIt is revoked.",
                 "What you can do:\nAsk for a new badge.",
                 "Which of your data: Name, Email"):
        assert said in page.text, (said, page.text)
    # Of two who write at once, the second sees what the first has written.
    late = save(other, lang="", **{**TEXT, "likely": "Nothing at all."})
    assert late.status == 409 and "Somebody else has changed" in late.text
    assert "\nNothing at all.</textarea>" in late.text
    assert "What may come of it:\nWho finds it can read." in late.text
    # When staff knew of it is not when it happened.
    assert "When: not known\n" in page.text, page.text
    german = p.get(here + "?lang=de").text
    assert "Wann: nicht bekannt\n" in german, german
    assert "Was geschehen ist:\nA device &lt;was&gt; lost." in german, german
    save(p, lang="de", **{**TEXT, "happened": "Ein Gerät\r\n\r\n\r\nist weg."})
    german = p.get(here + "?lang=de").text
    assert "Was geschehen ist:\nEin Gerät\n\nist weg.\n\n" in german, german
    assert ">\nEin Gerät\n\nist weg.</textarea>" in german, german
    save(p, lang="de", **dict.fromkeys(TEXT, ""))
    german = p.get(here + "?lang=de").text
    assert "Was geschehen ist:\nA device &lt;was&gt; lost." in german, german


def draft(world, p):
    """What stands in brackets is filled in, and when it happened."""
    here = "/duties/incidents/1/draft"
    day = [datetime.datetime.now(datetime.timezone.utc) -
           datetime.timedelta(days=n) for n in (3, 2)]
    typed = {"from": f"{day[0]:%Y-%m-%d}", "to": f"{day[1]:%Y-%m-%d}",
             "consequences": "Nobody can <read> it.\n\nNothing.",
             "proposed": ""}
    assert "[Whoever holds" in p.get("/duties/incidents/1").text
    for wrong in ({"from": "2999-01-01"}, {"from": ""}, {"to": "2020-01-01"},
                  {"to": "some time"}, {"proposed": "日" * 1500}):
        p.get(here)
        page = p.post(here, **{**typed, **wrong})
        assert page.status == 422 and 'class="error"' in page.text, wrong
        assert "Nobody can &lt;read&gt; it." in page.text, wrong
    p.get(here)
    page = p.post(here, **typed)
    assert "Nobody can &lt;read&gt; it.\n\nNothing." in page.text, page.text
    assert "[Whoever holds" not in page.text and "[Badges" in page.text
    text = p.get(here).text
    assert f'value="{typed["from"]}"' in text, text
    assert f'value="{typed["to"]}"' in text, text
    when = " – ".join(f"{d.day} {d:%B} {d.year}" for d in day)
    text = p.get("/duties/incidents/1/letter").text
    assert f"When: {when}\n" in text, (when, text)
    said = world.cli("breach", "--incident", "1")
    for words in (f"It happened: {day[0]:%Y-%m-%d} 00:00 UTC to ",
                  "\n   Nobody can <read> it.\n\n   Nothing.\n", "[Badges"):
        assert words in said, (words, said)


def notified(world, p):
    """When that was is said; it was after staff knew of it."""
    here = "/duties/incidents/1/reported"
    for wrong in ("2999-01-01", "2020-01-01", "yesterday"):
        p.get(here)
        page = p.post(here, at=wrong)
        assert page.status == 422 and f'value="{wrong}"' in page.text, wrong
    at = int(time.time()) // 60 * 60 - 3600
    p.get(here)
    p.post(here, at=time.strftime("%Y-%m-%d %H:%M", time.gmtime(at)),
           unfilled="yes")
    assert rows(world, "SELECT reported_at FROM incident") == [(at,)]


def closes_with_letters_waiting(world, p, num, there):
    """Why nobody was told is kept, and what waits is said."""
    here = f"/duties/incidents/{num}"
    typed = {"no-notice": "No <risk>: all was encrypted.",
             "effects": "None.", "remedy": "A new key."}
    page = p.get(here + "/close")
    assert f"{there} letters to those concerned are not sent" in page.text
    assert 'name="no-letter"' not in page.text, page.text
    for wrong in ({}, {"no-notice": " ", "waiting": "yes"},
                  {"effects": "", "waiting": "yes"}):
        p.get(here + "/close")
        page = p.post(here + "/close", **{**typed, **wrong})
        assert page.status == 422 and 'class="error"' in page.text, wrong
        assert "A new key." in page.text, page.text
    assert rows(world, "SELECT closed_at FROM incident WHERE id = "
                f"{num}") == [(0,)]
    p.get(here + "/close")
    page = p.post(here + "/close", **typed, waiting="yes")
    for said in ("No &lt;risk&gt;: all was encrypted.", "A new key.",
                 "Closed, not notified"):
        assert said in page.text, (said, page.text)
    for to in ("/close", "/reported", "/draft"):
        assert f'href="{here}{to}"' not in page.text, to
        page = p.get(here + to)
        assert "it has changed meanwhile" in page.text, (to, page.text)
    assert "Closed, not notified" in p.get("/duties/incidents").text
    assert "name=\"happened\"" not in p.get(here + "/letter").text
    said = world.cli("breach", "--incident", str(num))
    assert "Closed: 2" in said and "closed, not notified" not in said, said
    assert "(GDPR 33(1))\n   No <risk>: all was encrypted.\n" in said, said


def incident(world, officer, organiser):
    assert "There was none." in organiser.get("/duties/incidents").text
    typed = {"device": "k07", "sponsor": "", "since": "", "until": ""}
    bad = organiser.post("/duties/incidents", **typed, aware="2999-01-01")
    assert bad.status == 422 and "that is past" in bad.text
    # What is to come is told apart from what cannot be read; both stay typed.
    for name in "aware", "from", "until", "to":
        for odd in "27.11.26", "31.6.2026", "27.11.2026, 8 Uhr":
            bad = organiser.post("/duties/incidents", **{
                **typed, "aware": "2026-01-01", "from": "1.1.2026",
                name: odd})
            assert bad.status == 422 and \
                "Write it like 2026-06-01, or" in bad.text, (name, odd)
            assert "that is past" not in bad.text
            assert f'name="{name}"' in bad.text and \
                f'value="{odd}"' in bad.text, (name, odd)
        bad = organiser.post("/duties/incidents", **{
            **typed, "aware": "2026-01-01", "from": "1.1.2026",
            name: "01.06.2999"})
        assert bad.status == 422 and "that is past" in bad.text, name
        assert 'value="01.06.2999"' in bad.text
    typed["device"] = "k99"
    aware = time.strftime("%Y-%m-%dT%H:%M:%SZ",
                          time.gmtime(time.time() - 7 * 3600 - 60))
    bad = organiser.post("/duties/incidents", **typed, aware=aware)
    assert bad.status == 422 and "no such device" in bad.text
    typed["device"] = "k07"
    # What cannot be read is not nothing: all devices, of any time.
    for wrong in ({"device": "k07, which was left in the second hall"},
                  {"device": "k07\x07"}, {"sponsor": "x" * 40},
                  {"since": "since the doors were opened, or a bit later"}):
        organiser.get("/duties/incidents")
        bad = organiser.post("/duties/incidents", **{**typed, **wrong},
                             aware=aware)
        assert bad.status == 422 and 'class="error"' in bad.text, wrong
    organiser.get("/duties/incidents")
    bad = organiser.post("/duties/incidents", sponsor="acme", device="",
                         since="", until="", aware="")
    assert '<option value="acme" selected>' in bad.text
    assert rows(world, "SELECT count(*) FROM incident") == [(0,)]
    organiser.get("/duties/incidents")
    page = organiser.post("/duties/incidents", **typed, aware=aware)
    assert page.status == 200 and "64 hours left" in page.text, page.text
    assert "an organiser does that on its page" in page.text
    assert 'href="/devices/k07"' in page.text
    for said in ("Nature of the breach", "Device <bdi>k07</bdi>", "Contact point",
                 "10115 Berlin, Germany; privacy@summit.example</bdi>",
                 "name, email, company", "job title, work phone, location",
                 "The device is not revoked yet."):
        assert said in page.text, said
    # The list is the privacy officer's, and that it was looked at is noted.
    no = organiser.get("/duties/incidents/1/people")
    assert no.status == 403 and "it is for another role" in no.text, no.text
    assert "incidents/1/people" not in page.text
    people = officer.get("/duties/incidents/1/people")
    assert people.text.count('<th scope="row">') == 2, people.text
    assert '<a href="/duties/incidents/1">' in people.text, people.text
    assert rows(world, "SELECT count(*) FROM audit WHERE act = "
                "'breach.people' AND object = 'incident 1'") == [(1,)]
    # No letter before the number was typed, and one to each, once.
    organiser.get("/duties/incidents/1")
    booth = hashlib.sha256(b"Example Corp\0").hexdigest()[:32]
    for seen, said in (("", "has changed since you looked"),
                       (booth, "no text yet")):
        organiser.get("/duties/incidents/1")
        no = organiser.post(f"/duties/incidents/1/tell?seen={seen}",
                            confirm="2")
        assert no.status == 422 and said in no.text, (seen, no.text)
    letter(organiser, officer)
    draft(world, organiser)
    organiser.get("/duties/incidents/1/letter")
    tell = goes_to(organiser, "tell")
    number = "type the number of letters (<bdi>2</bdi>)"
    assert number in organiser.page.text, organiser.page.text
    no = organiser.post(tell, confirm="3")
    assert no.status == 422 and "Nothing was sent" in no.text
    assert number in no.text, no.text
    assert "How it goes out" in no.text and "Who finds it" in no.text, no.text
    tell = goes_to(organiser, "tell")
    # What goes is what was looked at.
    officer.get("/duties/incidents/1/letter")
    save(officer, lang="", **{**TEXT, "done": "We look for it."})
    no = organiser.post(tell, confirm="2")
    assert no.status == 422 and "has changed since you looked" in no.text
    organiser.get("/duties/incidents/1/letter")
    save(organiser, lang="", **TEXT)
    assert rows(world, "SELECT count(*) FROM mail WHERE kind = 4") == [(0,)]
    tell = goes_to(organiser, "tell")
    organiser.post(tell, confirm="2")
    organiser.post(tell, confirm="2")
    assert rows(world, "SELECT count(*) FROM mail WHERE kind = 4") == [(2,)]
    notified(world, organiser)
    page = organiser.get("/duties/incidents/1")
    assert "Notified in time" in page.text and "hours left" not in page.text
    told = re.search(r"The authority was notified</dt>\s*<dd[^>]*>(.*?)</dd>",
                     page.text, re.S)
    assert told and "<time" in told[1], page.text
    listed = organiser.get("/duties/incidents").text
    assert re.search(r"Notified in time, <time", listed), listed
    organiser.get("/duties/incidents/1")
    assert "not reached" not in page.text and "not sent yet" in page.text
    # Who has no address that the server takes was not told.
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE mail SET state = 2 WHERE kind = 4")
        db.execute("UPDATE mail SET state = 3, answer = 4 WHERE id = "
                   "(SELECT min(id) FROM mail WHERE kind = 4)")
    text = organiser.get("/duties/incidents/1").text
    assert re.search(r"Of them not reached</dt>\s*<dd[^>]*>1<", text), text
    assert "1 letter told nobody" in text and "34(3)(c)" in text, text
    assert "not sent yet" not in text, text
    # The authority reads it too.
    draft_text = world.cli("breach", "--incident", "1")
    assert re.search(r"Letters to those concerned .GDPR Art. 34.: \d+, "
                     r"written 2", draft_text), draft_text
    assert "Of them not reached: 1." in draft_text, draft_text
    assert text.split("Measures taken")[1].count(
        "Letters to those concerned") == 1, text
    # What is for staff alone is not on its paper.
    assert text.split("To be notified until")[0].count(
        '<dl class="no-paper">') == 1, text
    assert "1 not reached" in organiser.get("/duties/incidents").text
    # Which registration that is, and why, is for the privacy officer.
    people = officer.get("/duties/incidents/1/people").text
    assert people.count("told nobody") == 1 and ">sent<" in people, people
    assert "takes no such address" in people, people
    assert 'href="/mail?state=failed"' in people, people
    # It stays so when this person is erased, and how many it went to; whose
    # shares they were nobody can tell any more.
    (gone,), = rows(world, "SELECT registration FROM mail WHERE kind = 4 "
                    "AND state = 3")
    config = world.host_dir / "config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()),
                                  "erase_undo_hours": 0}))
    world.cli("right", "erase", gone, "--without-case", "law", "--force")
    assert rows(world, "SELECT * FROM mail WHERE state = 3") == []
    text = organiser.get("/duties/incidents/1").text
    assert re.search(r"Of them not reached</dt>\s*<dd[^>]*>1<", text), text
    assert "or the person was erased before it went out" in text, text
    people = officer.get("/duties/incidents/1/people").text
    assert f'"row">{gone}<' not in people, people
    assert '"row">not known<' in people and "told nobody" not in people, people
    text = organiser.get("/duties/incidents/1/letter").text
    assert "It went to 2 people" in text and "It goes" not in text, text
    # What they were told stays as it was.
    said = rows(world, "SELECT * FROM incident_text")
    organiser.get("/duties/incidents/1")
    organiser.post("/duties/incidents/1/letter", lang="", **TEXT)
    assert rows(world, "SELECT * FROM incident_text") == said
    assert "Who finds" in organiser.get("/duties/incidents/1/letter").text
    # Who was told and notified is not asked why not.
    page = organiser.get("/duties/incidents/1/close")
    assert 'name="no-' not in page.text and 'name="waiting"' not in page.text
    page = organiser.post("/duties/incidents/1/close", effects="None known.",
                          remedy="")
    assert page.status == 422 and "\nNone known.</textarea>" in page.text
    page = organiser.post("/duties/incidents/1/close", effects="None known.",
                          remedy="The device is revoked.")
    assert "Record of the incident" in page.text, page.text
    acts = [a for (a,) in rows(world, "SELECT act FROM audit ORDER BY id")
            if a.startswith("incident.")]
    assert acts == ["incident.open", *["incident.text"] * 7,
                    "incident.draft", "incident.text",
                    "incident.text", "incident.tell", "incident.reported",
                    "incident.closed"], acts
    assert organiser.get("/duties/incidents/7").status == 404


def reminds(world, organiser, officer, desk):
    """An incident whose authority was not told stands where staff look, and
    in what watches the host; not for who may not see it."""
    said = "The authority was not notified of one incident."
    metric = "badgeward_incident_due_timestamp_seconds"

    def series():
        text = urllib.request.urlopen(
            f"http://127.0.0.1:{world.listen}/metrics").read().decode()
        return dict(line.split() for line in text.splitlines()
                    if line.startswith("badgeward_incident"))

    def look(want, *over):
        for p in (organiser, officer):
            for path in ("/start", "/dashboard", "/duties"):
                text = p.get(path).text
                assert (said in text) == want, (path, text)
                assert all(o in text for o in over), (path, over, text)

    look(False)
    assert series() == {"badgeward_incidents_untold": "0",
                        "badgeward_incidents_overdue": "0"}, series()
    organiser.get("/duties/incidents")
    organiser.post("/duties/incidents", device="k07", sponsor="", since="",
                   until="", aware=time.strftime(
                       "%Y-%m-%dT%H:%M:%SZ",
                       time.gmtime(time.time() - 7 * 3600 - 60)))
    (num, aware), = rows(world, "SELECT max(id), max(aware_at) FROM incident")
    look(True, "64 hours left")
    assert said not in desk.get("/dashboard").text
    assert series() == {"badgeward_incidents_untold": "1",
                        "badgeward_incidents_overdue": "0",
                        metric: str(aware + 72 * 3600)}, series()
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.execute("UPDATE incident SET aware_at = aware_at - 259200 "
                   "WHERE id = ?", (num,))
    look(True, "Over-due by 7 hours")
    assert series()["badgeward_incidents_overdue"] == "1", series()
    page = organiser.get(f"/duties/incidents/{num}/close")
    assert 'name="no-letter"' in page.text, page.text
    organiser.post(f"/duties/incidents/{num}/close", **dict.fromkeys(
        ("no-notice", "no-letter", "effects", "remedy"), "Nobody was there."))
    look(False)
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.execute("DELETE FROM incident_said WHERE incident = ?", (num,))
        db.execute("DELETE FROM incident WHERE id = ?", (num,))


def reasons(world, organiser, officer):
    """After 72 hours the reasons are asked for, and stand in the draft (33.1); two
    who fill the draft in at once see what the other has written."""
    organiser.get("/duties/incidents")
    organiser.post("/duties/incidents", device="k07", sponsor="", since="",
                   until="", aware=time.strftime(
                       "%Y-%m-%dT%H:%M:%SZ",
                       time.gmtime(time.time() - 80 * 3600)))
    (num,), = rows(world, "SELECT max(id) FROM incident")
    here = f"/duties/incidents/{num}"
    must = "[Why it is notified later than 72 hours"
    assert must in organiser.get(here).text
    assert must in world.cli("breach", "--incident", str(num))

    typed = {"from": "", "to": "", "proposed": "", "late": ""}
    for p in (organiser, officer):
        assert 'name="late"' in p.get(here + "/draft").text
    officer.post(here + "/draft", **typed, consequences="The <officer>'s.")
    page = organiser.post(here + "/draft", **typed, consequences="Mine & mine.")
    assert page.status == 422, page.status
    for words in ("changed meanwhile by <bdi>p@summit.example<",
                  "The &lt;officer&gt;&#39;s.", "Mine &amp; mine.</textarea>"):
        assert words in page.text, (words, page.text)
    said = f"SELECT text FROM incident_said WHERE incident = {num} AND part = "
    assert rows(world, said + "0") == [("The <officer>'s.",)]
    # Seen, and meant: it is the one that stands.
    organiser.post(here + "/draft", **typed, consequences="Mine & mine.")
    assert rows(world, said + "0") == [("Mine & mine.",)]

    organiser.get(here + "/reported")
    page = organiser.post(here + "/reported", at="", late="")
    assert page.status == 422 and 'class="error"' in page.text, page.text
    # Its draft has places that nobody has filled in, and none can later.
    assert "in square brackets" in page.text, page.text
    late = {"at": "", "late": "Found on a <Monday>."}
    page = organiser.post(here + "/reported", **late)
    assert page.status == 422 and "Say that it was notified all" in page.text
    assert rows(world, "SELECT reported_at FROM incident "
                f"WHERE id = {num}") == [(0,)]
    assert "in square brackets" not in organiser.get(here + "/close").text
    organiser.get(here + "/reported")
    page = organiser.post(here + "/reported", **late, unfilled="yes")
    assert "in square brackets" in organiser.get(here + "/close").text
    page = organiser.get(here)
    assert page.status == 200 and must not in page.text, page.text
    assert "Found on a &lt;Monday&gt;." in page.text, page.text
    report = world.cli("breach", "--incident", str(num))
    assert "Reasons for the delay" in report and "on a <Monday>." in report
    assert 'name="late"' in organiser.get(here + "/draft").text
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.execute("DELETE FROM incident_said WHERE incident = ?", (num,))
        db.execute("DELETE FROM incident WHERE id = ?", (num,))


def whole_event(world, organiser):
    """What the host holds is everybody's, with a share or without."""
    there = rows(world, "SELECT count(*) FROM registration "
                 "WHERE status <> 4")[0][0]
    assert there > 2
    organiser.get("/duties/incidents")
    page = organiser.post("/duties/incidents", device="", sponsor="",
                          since="", until="", aware=time.strftime(
                              "%Y-%m-%d", time.gmtime()))
    assert "The whole event, the host and all devices" in page.text
    assert "Fields that the host holds" in page.text
    (num,), = rows(world, "SELECT max(id) FROM incident")
    here = f"/duties/incidents/{num}/letter"
    page = organiser.get(here)
    assert f"It goes to {there} people" in page.text, page.text
    page = save(organiser, lang="", **TEXT)
    assert "the fields that the host has of this person" in page.text
    assert "Which of your data: Name, Email, Company" in page.text, \
        page.text[page.text.find("Which of your"):][:200]
    organiser.post(goes_to(organiser, "tell"), confirm=str(there))
    assert rows(world, "SELECT count(DISTINCT registration) FROM mail "
                f"WHERE kind = 4 AND num = {num}") == [(there,)]
    closes_with_letters_waiting(world, organiser, num, there)
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.execute("DELETE FROM mail WHERE kind = 4 AND num = ?", (num,))
        db.execute("DELETE FROM incident_text WHERE incident = ?", (num,))
        db.execute("DELETE FROM incident_said WHERE incident = ?", (num,))
        db.execute("DELETE FROM incident WHERE id = ?", (num,))


def forgotten(world):
    """An incident whose time is over goes with what was written of it."""
    assert rows(world, "SELECT count(*) FROM incident_text") == [(1,)]
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.execute("UPDATE incident SET closed_at = 1000000000")
    world.cli("purge", "--apply")
    assert rows(world, "SELECT count(*) FROM incident") == [(0,)]
    assert rows(world, "SELECT count(*) FROM incident_text") == [(0,)]
    assert rows(world, "SELECT count(*) FROM incident_said") == [(0,)]


def disclosures(world, officer, organiser):
    here = "/duties/disclosures"
    assert organiser.get(here).status == 403
    assert "Nothing was disclosed." in officer.get(here).text
    for name in ("since", "until"):
        assert re.search(rf'<p class="hint" id="{name}-hint">A day, or like ',
                         officer.page.text), "how a time is typed"
    typed = {"basis": "court", "asked": "Amtsgericht <X>", "decided": "Y",
             "registration": "1", "sponsor": "", "field": "email", "at": "",
             "reason": "12 Js 3/26", "secret": "2035-01-01", "sure": "yes"}
    for wrong in ({"basis": ""}, {"asked": ""}, {"decided": ""},
                  {"registration": "999"}, {"registration": "x"},
                  {"at": "2999-01-01"}, {"secret": "never"},
                  {"secret": "2020-01-01"}, {"sure": ""}, {"field": []},
                  {"field": ["email", "none"]}, {"since": "2026-01-02",
                                                 "until": "2026-01-01"},
                  {"sponsor": "acme"}):
        officer.get(here)
        page = officer.post(here, **{**typed, **wrong})
        assert page.status == 422 and "Amtsgericht" in page.text or \
            "asked" in wrong, (wrong, page.status)
    # What cannot be read is not nothing: told at once, of the whole event.
    for wrong in ({"secret": "not before the order is lifted by that court"},
                  {"secret": "2035-01-01\x07"},
                  {"at": "at some time in the morning of that very day"},
                  {"registration": "1 and 2, and also 3 and 4"},
                  {"until": "the day after"}, {"until": "32.1.2026"},
                  {"reason": "日" * 600}, {"reason": "a\x07b"},
                  {"asked": "日" * 200}, {"sponsor": "x" * 40}):
        officer.get(here)
        page = officer.post(here, **{**typed, **wrong})
        assert page.status == 422 and 'class="error"' in page.text, wrong
        assert 'value="email" checked' in page.text, wrong
        assert "until" not in wrong or "A day like 2026-06-01.</" in \
            page.text and "after the beginning" not in page.text, page.text
    officer.get(here)
    page = officer.post(here, **{**typed, "registration": "", "basis": "",
                                 "sponsor": "acme", "asked": "日" * 200})
    assert '<option value="acme" selected>' in page.text
    assert f'value="{"日" * 200}"' in page.text, "it can be made shorter"
    assert rows(world, "SELECT count(*) FROM disclosure") == [(0,)]
    officer.get(here)
    page = officer.post(here, **typed)
    assert page.status == 200 and "The disclosure is recorded." in page.text
    assert "Amtsgericht &lt;X&gt;" in page.text, page.text
    assert rows(world, "SELECT registration, fields, actor FROM disclosure"
                ) == [(1, 4, "account:%d" % officer_id(world))]
    # It says the day that was typed.
    told, = re.findall(r"after the end of <time[^>]*>([^<]+)<", page.text)
    assert told == "1 January 2035", told
    corrected(world, officer, typed)


def corrected(world, officer, typed):
    """What was wrong is corrected once, by another that says so."""
    here = "/duties/disclosures"
    page = officer.get(here + "?corrects=1")
    assert 'name="corrects" value="1"' in page.text, page.text
    assert 'value="Amtsgericht &lt;X&gt;"' in page.text, page.text
    again = {**typed, "corrects": "1", "field": "none",
             "since": "2026-01-01", "until": "2026-01-02"}
    # What is secret is not told by correcting it.
    for sooner in "", "2034-12-31":
        page = officer.post(here, **{**again, "secret": sooner})
        assert page.status == 422 and "secret for longer" in page.text
    assert rows(world, "SELECT count(*) FROM disclosure") == [(1,)]
    page = officer.post(here, **again)
    assert "wrong: see number <bdi>2<" in page.text, page.text
    assert "corrects number <bdi>1<" in page.text, page.text
    assert page.text.count("?corrects=") == 1, page.text
    assert rows(world, "SELECT id, corrects, fields, until - since "
                "FROM disclosure ORDER BY id") == [
                    (1, 0, 4, 0), (2, 1, 0, 2 * 86400)]
    officer.get(here + "?corrects=2")
    page = officer.post(here, **again)
    assert "it has changed meanwhile" in page.text, page.text
    assert officer.get(here + "?corrects=9").status == 404
    assert rows(world, "SELECT count(*) FROM disclosure") == [(2,)]


def looked_for(world, officer, organiser):
    """What is shown is what the file has, and who took it is written down."""
    here = "/duties/disclosures"
    for more in (("--basis", "emergency", "--asked", "Notärztin ÄGIDIA",
                  "--sponsor", "acme", "--at", "2026-03-05", "--reason",
                  "=1+1"),
                 ("--basis", "law", "--asked", "Finanzamt", "--registration",
                  "2", "--at", "2026-03-06 23:59")):
        world.cli("disclosure", "add", "--decided", "Y", *more)
    for query, want in (
            ({}, "4321"), ({"text": "notärztin äg"}, "3"),
            ({"text": "1+1 agidia NOT"}, "3"), ({"text": "agidia js"}, ""),
            ({"text": "12 JS 3"}, "21"), ({"by": "law"}, "4"),
            ({"person": "1"}, "21"), ({"person": "2", "by": "court"}, ""),
            ({"first": "6.3.2026", "last": "2026-03-06"}, "4"),
            ({"first": "2026-03-05", "last": "05.03.2026"}, "3"),
            ({"last": "2026-03-04"}, ""), ({"text": "%"}, "")):
        page = officer.get(here + "?" + urllib.parse.urlencode(query))
        numbers = "".join(re.findall(
            r'<th scope="row"[^>]*>(\d+)', page.text))
        assert page.status == 200 and numbers == want, (query, numbers)
        assert ("No disclosure is like this." in page.text) == (want == "")
        options = [x for k, v in query.items() for x in (
            "--" + {"by": "basis", "person": "registration"}.get(k, k), v)]
        listed = world.cli("disclosure", "list", *options).splitlines()
        assert [x.split("\t")[0] for x in listed] == list(want), listed
        if not want:
            continue
        form = page.text.split(f'action="{here}/file"')[1].split("</form")[0]
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        a = officer.ask("POST", here + "/file", urllib.parse.urlencode(fields))
        assert a.status == 200, a.text
        assert "disclosures.csv" in a.headers["Content-Disposition"]
        table = list(csv.DictReader(io.StringIO(a.text, newline="")))
        assert [x["number"] for x in table] == list(want), (query, table)
        out = world.dir / "disclosures.csv"
        world.cli("export", "disclosures", *options, "--out", out, "--force")
        assert out.read_bytes().decode() == a.text
        assert rows(world, "SELECT act, object FROM audit "
                    "ORDER BY id DESC LIMIT 2") == [
            ("export.disclosures", str(len(want)))] * 2
    assert (table[0]["given"], table[0]["basis"], table[0]["sponsor"],
            table[0]["registration"], table[0]["reason"]) == (
        "2026-03-05T00:00:00Z", "emergency", "acme", "", "'=1+1"), table
    for query in ("person=x", "first=gestern", "last=31.6.2026",
                  "first=2026-03-02&last=2026-03-01", "person=0"):
        page = officer.get(f"{here}?{query}")
        assert page.status == 422 and 'class="error"' in page.text, query
        assert f'value="{query.split("=")[-1]}"' in page.text, query
        assert "<th scope" not in page.text, "nothing is shown then"
    assert 'href="/duties/incidents/1"' in officer.get(
        "/audit?act=incident").text, "the audit leads to the incident"
    assert 'href="/duties/incidents"' in officer.get(
        "/duties/incidents/1").text.split("<main")[1], "and back to all"
    n = rows(world, "SELECT count(*) FROM audit")
    assert organiser.ask("POST", here + "/file", "").status == 403
    assert rows(world, "SELECT count(*) FROM audit") == n
    assert "Disclosures" in organiser.get("/exports").text


def as_typed(world, officer, typed):
    """Days and times of a disclosure stand on the page, in the form that
    corrects it and on the command line as the event's clocks have them."""
    here = "/duties/disclosures"
    # 23:30:05 in UTC is the next day there.
    for at, shown, again in (
            ("2026-06-01", ">1 June 2026<", "2026-06-01"),
            ("2026-05-31T23:30:05Z", ">1 June 2026, 08:30 Asia/Tokyo<",
             "2026-06-01 08:30:05")):
        officer.get(here)
        page = officer.post(here, **typed, at=at, secret="2035-01-01",
                            since="2026-03-03", until="2026-03-04")
        assert page.status == 200, re.findall('class="error".*', page.text)
        (num,), = rows(world, "SELECT max(id) FROM disclosure")
        row, = [r for r in re.split("<tr[ >]", page.text)
                if re.search(rf"corrects={num}\b", r)]
        assert shown in row and "31 May 2026<" not in row, row
        assert ">3 March 2026<" in row and ">4 March 2026<" in row, row
        page = officer.get(f"{here}?corrects={num}")
        for name, value in (("at", again), ("since", "2026-03-03"),
                            ("until", "2026-03-04"), ("secret", "2035-01-01")):
            assert re.search(rf'name="{name}"[^>]*value="{value}"',
                             page.text), (name, value, page.text)
        (old,), = rows(world, f"SELECT at FROM disclosure WHERE id = {num}")
        officer.post(here, **typed, at=again, corrects=str(num))
        assert rows(world, "SELECT at FROM disclosure ORDER BY id DESC "
                    "LIMIT 1") == [(old,)], again
    listed = world.cli("disclosure", "list").splitlines()[1].split("\t")
    assert listed[8:] == [
        "from 2026-03-02T15:00:00Z (2026-03-03 00:00, Asia/Tokyo) "
        "to 2026-03-04T15:00:00Z (2026-03-05 00:00, Asia/Tokyo)",
        "secret until 2035-01-01T15:00:00Z (2035-01-02 00:00, Asia/Tokyo)"
        ], listed


def by_the_events_clocks(world, officer):
    """A day begins at the event's midnight; its times are those of its clocks."""
    here = "/duties/disclosures"
    typed = {"registration": "1", "basis": "court", "sponsor": "",
             "field": "email", "asked": "A court", "decided": "DSB",
             "reason": "x", "sure": "yes"}
    assert "2035-01-01" in officer.get(here).text
    assert "2035-01-02" not in officer.page.text
    times = officer.get("/duties/incidents/1").text.count(" UTC</time>")
    assert times >= 6, officer.page.text
    world.cli("case", "zone", "Asia/Tokyo")
    for at, want in (("2026-06-01", "2026-05-31T15:00:00"),
                     ("2026-06-01 09:30", "2026-06-01T00:30:00"),
                     ("1.6.2026", "2026-05-31T15:00:00"),
                     ("01.06.2026 09:30", "2026-06-01T00:30:00"),
                     ("2026-06-01T09:30:00Z", "2026-06-01T09:30:00")):
        officer.get(here)
        page = officer.post(here, **typed, at=at, secret="2035-01-01")
        assert page.status == 200, page.text
        assert rows(world, "SELECT strftime('%Y-%m-%dT%H:%M:%S', at, "
                    "'unixepoch'), strftime('%Y-%m-%dT%H', secret_until, "
                    "'unixepoch') FROM disclosure ORDER BY id DESC LIMIT 1"
                    ) == [(want, "2035-01-01T15")], at
        assert re.search("after the end of <time[^>]*>1 January 2035<",
                         page.text), page.text
    as_typed(world, officer, typed)
    page = officer.get("/duties/incidents/1").text
    assert page.count(" Asia/Tokyo</time>") == times, page
    assert "UTC" not in page, page
    num = world.cli("case", "open", "other").split()[1]
    for path in ("/cases", f"/cases/{num}"):
        page = officer.get(path).text
        assert page.count(" Asia/Tokyo</time>") >= 2, page
        assert "UTC" not in page, page
    # The day on which a request came, and that on which a hold is looked at.
    officer.get("/requests")
    page = officer.post("/requests", type="other", proof="none", language="de",
                        received="11.5.2026")
    assert page.status == 200 and "opened=" in officer.at, page.text
    assert rows(world, "SELECT strftime('%Y-%m-%dT%H:%M:%S', received, "
                "'unixepoch'), strftime('%Y-%m-%dT%H:%M:%S', due, 'unixepoch')"
                " FROM casefile ORDER BY num DESC LIMIT 1") == [
        ("2026-05-10T15:00:00", "2026-06-11T14:59:59")]
    detail, = rows(world, "SELECT detail FROM audit WHERE act = 'case.open' "
                   "ORDER BY id DESC LIMIT 1")
    assert "received 2026-05-11, due 2026-06-11" in detail[0], detail
    officer.get("/holds")
    page = officer.post("/holds", scope="event", reason="7 O 12",
                        reviewer="Anna", review="1.6.2035")
    assert "2035-06-01" in page.text and "2035-05-31" not in page.text
    assert rows(world, "SELECT strftime('%Y-%m-%dT%H', review_at, "
                "'unixepoch') FROM hold ORDER BY id DESC LIMIT 1") == [
        ("2035-05-31T15",)]
    # The command line takes days as the pages do.
    shown = world.cli("case", "show", world.cli(
        "case", "open", "other", "--received", "2026-05-11").split()[1])
    assert ("received: 2026-05-10T15:00:00Z (2026-05-11 00:00, Asia/Tokyo)\n"
            "due: 2026-06-11T14:59:59Z (2026-06-11 23:59, Asia/Tokyo)"
            ) in shown, shown
    said = world.cli("breach", "--event", "--from", "2026-06-01 09:30")
    assert ", from 2026-06-01 00:30 UTC" in said, said
    officer.get("/holds")
    officer.post("/holds/1/lift", confirm="1")
    world.cli("case", "zone", "UTC")


def officer_id(world):
    return rows(world, "SELECT id FROM account WHERE mail LIKE 'p@%'")[0][0]


def aggregates(world, p):
    assert "No day has enough yet." in p.get("/duties/aggregates").text
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.execute("INSERT INTO aggregate VALUES (20000, 'acme', 0, 30)")
    page = p.get("/duties/aggregates?k=20")
    assert ' class="number">20' in page.text, page.text
    csv = p.get("/duties/aggregates/csv?k=20")
    assert csv.text.splitlines()[-1].startswith("all,all,20,,"), csv.text
    # What is no multiple of ten is ten.
    assert ",30," in p.get("/duties/aggregates/csv?k=7").text


with World() as world:
    world.start_host()
    d = enrolled(world)
    for badge in badges(world, 2):
        d.share(badge, [1, 2])
    assert d.upload(1).status == 200
    officer = joined(world, "p@summit.example", "privacy-officer")
    organiser = joined(world, "o@summit.example", "organiser")
    desk = joined(world, "d@summit.example", "badge-desk")
    no = desk.get("/duties")
    assert no.status == 403 and "An organiser can change" in no.text, no.text
    retention(officer)
    retention(organiser)
    incident(world, officer, organiser)
    whole_event(world, organiser)
    reasons(world, organiser, officer)
    reminds(world, organiser, officer, desk)
    disclosures(world, officer, organiser)
    looked_for(world, officer, organiser)
    by_the_events_clocks(world, officer)
    aggregates(world, organiser)
    forgotten(world)
    print("ok")
