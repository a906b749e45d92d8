# SPDX-License-Identifier: Apache-2.0
"""A sponsor's pages: a manager sees what was released and nothing else, a
scanner no value at all, another sponsor nothing; notes are kept once, also when
two write at a time; what was withdrawn, corrected or is to be erased is on top
until it is acknowledged; files are counted, hashed and recorded; the team is
its manager's."""

import csv
import datetime
import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from urllib.parse import quote

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from cells import cells  # noqa: E402
from hosting import attending, badges, enrolled  # noqa: E402
from portal import Person, joined  # noqa: E402
from program import DOCUMENT, Program, token  # noqa: E402
from world import BIN, World, until  # noqa: E402

OWN = "/api/v1/sponsors/example-corp"

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json",
         "csv-notes": "text/csv; charset=utf-8",
         "vcard": "text/vcard; charset=utf-8",
         "salesforce": "text/csv; charset=utf-8",
         "xlsx": "application/vnd.openxmlformats-officedocument."
                 "spreadsheetml.sheet"}


def plain(page):
    """Its words: no marks of direction, no times' seconds."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def rows(page):
    return re.findall(r'<tr id="lead-([^"]+)"', page.text)


def version(page):
    return re.search(r'name="version" value="(\d+)"', page.text).group(1)


def empty(p):
    for path, todo in (("/leads", "See how your booth is"),
                       ("/withdrawals", "Nothing waits for you"),
                       ("/downloads", "None yet"),
                       ("/booths", "You have no device yet")):
        assert todo in p.get(path).text, path
    assert rows(p.get("/leads?device=none")) == []
    assert "No lead is like that" in p.page.text


def lists(m, s, people):
    """people: who shared, the newest last."""
    page = m.get("/leads")
    assert rows(page) == ["hall.1.3", "hall.1.2", "hall.1.1"], rows(page)
    for one in people[:2]:
        assert one["name"] in page.text, one
    # Of the third one's values the mail address alone was agreed to.
    third = people[2]
    assert third["email"] in page.text and third["name"] not in page.text
    for query, want in ((f"q={quote(people[0]['name'].split()[-1].upper())}", 1),
                        ("q=nobody-is-called-so", 0), ("device=hall.1", 3),
                        ("device=other", 0), ("since=2020-01-01", 3),
                        ("since=2999-01-01", 0), ("rating=1", 0),
                        ("sort=name", 3), ("cursor=OB", 0),
                        (f"q={quote(third['name'].split()[-1])}&sort=company", 0)):
        assert len(rows(m.get("/leads?" + query))) == want, (query, rows(m.page))
    assert m.get("/leads?since=tomorrow").status == 422
    assert "Give a day" in m.page.text
    m.get("/leads?cursor=x.y")
    assert m.at == "/leads" and len(rows(m.page)) == 3
    # How many there are, and where the device stands.
    for query, said in (("", "3 leads."), ("?limit=1", "3 leads."),
                        ("?device=hall.1", "3 leads match."),
                        ("?q=" + quote(people[0]["name"].split()[-1]),
                         "1 lead matches.")):
        assert f'id="total">{said}<' in m.get("/leads" + query).text, query
    assert 'id="total"' not in m.get("/leads?tag=none").text
    assert ">Hall 2, B14 (hall.1)</option>" in m.page.text
    assert m.get("/leads").text.count("Hall 2, B14 (hall.1)") == 4
    assert "Hall 2, B14 (hall.1)" in plain(m.get("/leads/hall.1.1"))
    # The scanner: that they are there, where, when; and no value.
    page = s.get("/leads?q=" + people[0]["name"].split()[0])
    assert len(rows(page)) == 3
    one = s.get("/leads/hall.1.1")
    for text in (page.text, one.text, s.get("/leads?sort=name").text):
        for person in people:
            for value in (person["name"], person["email"]):
                assert value not in text, value
    assert s.get("/downloads").status == 403


def one_lead(m, s, people):
    page = m.get("/leads/hall.1.1")
    first, third = people[0], people[2]
    assert f'href="mailto:{first["email"]}"' in page.text, page.text
    words = plain(page)
    assert "Agreed to Name, Email" in words, words
    assert re.search(r"When .{6,40} May be kept until .{6,40} Booth device",
                     words), words
    assert "hall.1-1" in words, words
    # Which one it is stands before all that can be written of it.
    for who, name in ((m, f"<strong><bdi>{first['name']}</bdi></strong><br>"),
                      (s, "")):
        top = who.get("/leads/hall.1.1").text.split("<textarea")[0]
        assert re.search(rf'<p id="which">{name}<bdi>hall\.1-1</bdi>, <time '
                         r'datetime="[^"]+:(\d\d)Z">[^<]+, \d\d:\d\d:\1 ',
                         top), top
    page = m.get("/leads/hall.1.3")
    assert third["email"] in page.text and third["name"] not in page.text
    # Nobody ticks the language that was chosen on the screen.
    assert "read in" not in plain(page)
    for path in ("/leads/hall.1.9", "/leads/hall.1", "/leads/other.1",
                 "/leads/hall.1.-1", "/leads/hall.1.x", "/leads/x"):
        assert m.get(path).status == 404, path
    assert "What was withdrawn or erased stays away." in \
        m.get("/leads/hall.1.9").text


def notes(m, s):
    """Two at a time; what is wrong; whose part counts."""
    m.get("/leads/hall.1.1")
    s.get("/leads/hall.1.1")
    was = version(m.page)
    assert m.post("/leads/hall.1.1", version=was, rating="4", text="call her",
                  tags="hot, =1+1,hot", **{"answer-interest": "Board B"}
                  ).status == 200, m.page.text
    assert "Saved." in m.page.text
    assert ">call her</textarea>" in m.page.text.replace("\n", "")
    assert 'value="hot, =1+1"' in m.page.text
    assert "m@example.com" in plain(m.page)
    now = s.post("/leads/hall.1.1", version=was, rating="1", tags="cold",
                 text="mine")
    assert now.status == 409, now.status
    words = plain(now)
    assert "Somebody else has changed this lead" in words
    assert "call her" in words and "mine" in words and 'value="cold"' in \
        now.text
    s.post("/leads/hall.1.1", version=version(now), rating="1", tags="cold",
           text="mine\r\nagain <b>")
    assert s.page.status == 200 and "mine\nagain &lt;b&gt;" in s.page.text
    # Board B was not in the second form: it stays.
    page = m.get("/leads/hall.1.1")
    assert '"Board B" selected' in page.text
    assert "Somebody else has changed" not in plain(page)
    for wrong in ({"rating": "6"}, {"tags": "x" * 41},
                  {"tags": ",".join(f"t{i}" for i in range(17))},
                  {"text": "ä" * 501}, {"text": "x" * 5000},
                  {"answer-interest": "y" * 201},
                  {"answer-interest": "Board Q"}):
        m.get("/leads/hall.1.1")
        a = m.post("/leads/hall.1.1", version=version(m.page), **wrong)
        assert a.status == 422 and 'class="error"' in a.text, wrong
    m.get("/leads/hall.1.1")
    assert m.post("/leads/hall.1.1", rating="2").status == 409
    # What a form lacks stays as it is.
    m.get("/leads/hall.1.1")
    m.post("/leads/hall.1.1", version=version(m.page), rating="1")
    assert 'value="cold"' in m.page.text and "mine\nagain" in m.page.text
    assert "mine\nagain" in m.get("/leads/hall.1.1").text
    assert [len(rows(m.get("/leads?" + q))) for q in
            ("rating=1", "rating=2", "tag=cold", "tag=hot", "q=AGAIN")] == \
        [1, 0, 1, 0, 1]
    # What is kept of a part that nobody wrote is a dash.
    m.get("/leads/hall.1.3")
    s.get("/leads/hall.1.3")
    was = version(m.page)
    m.post("/leads/hall.1.3", version=was, rating="", text="kept", tags="")
    now = s.post("/leads/hall.1.3", version=was, rating="1", text="mine")
    assert now.status == 409, now.status
    kept = now.text.split('id="kept"')[1].split("</dl>")[0]
    assert kept.count("–") == 2, kept


def foreign(f):
    """Another sponsor's manager finds nothing of it, by any id."""
    assert rows(f.get("/leads")) == []
    csrf = f.get("/leads") and f.csrf()
    for path in ("/leads/hall.1.1", "/withdrawals/1", "/team/1/disable",
                 "/team/2/link", "/team/2/logins", "/team/2/enable"):
        a = f.ask("POST", path, f"csrf={csrf}&version=0&rating=5")
        assert a.status == 404, (path, a.status)
    assert f.get("/leads/hall.1.1").status == 404


def withdrawn(world, m, s, device, gone):
    """On top of every page until the manager has acknowledged it."""
    device.undo(gone)
    assert device.upload(device.size()).status == 200
    for p in (m, s):
        for path in ("/leads", "/me", "/booths", "/ours"):
            assert "1 lead was withdrawn. See" in plain(p.get(path)), path
    assert m.get(f"/leads/hall.1.{gone}").status == 404
    assert "Show what to do" in plain(m.get("/leads"))
    words = plain(m.get("/withdrawals"))
    assert "Show what to do" not in words, "it leads to where one is"
    assert f"hall.1-{gone}" in words and "Taken back at the booth" in words
    assert "Delete what you have of this share" in words
    num = re.search(r'action="/withdrawals/(\d+)"', m.page.text)[1]
    assert "/withdrawals/" not in s.get("/withdrawals").text
    assert s.post(f"/withdrawals/{num}").status == 403
    # Each is told what his role may do.
    for p, says in ((m, "and acknowledge it."),
                    (s, "your manager acknowledges it.")):
        assert "See what to do" in plain(p.get("/leads"))
        assert says in plain(p.page), says
    assert "Your manager acknowledges it" in plain(s.get("/withdrawals"))
    assert "/me/tokens" not in s.get("/me").text
    assert s.get("/me/tokens").status == 403
    m.get("/withdrawals")
    m.post(f"/withdrawals/{num}")
    words = plain(m.page)
    assert "Acknowledged." in words and "lead was withdrawn" not in words
    assert "Nothing waits for you" in words and "m@example.com" in words
    m.get("/withdrawals")
    assert m.post(f"/withdrawals/{num}").status == 200
    assert m.post("/withdrawals/77").status == 404
    assert "lead was withdrawn" not in plain(s.get("/leads"))
    audit = world.cli("export", "audit", "--out", "-")
    assert audit.count(f"\tnotice.acknowledge\tnotice {num}\t") == 1, audit


def notices(page):
    """{share: the cells of its rows} to acknowledge, and of those that were."""
    found = []
    for part in page.text.split("<h2>Acknowledged</h2>"):
        found.append({})
        for share, cells_ in re.findall(
                r'<th scope="row"[^>]*>(.*?)</th>(.*?)(?=<tr>|</table>)',
                part, re.S):
            share = re.sub(r"<[^>]+>", "", share).strip()
            found[-1].setdefault(share, []).append(cells_)
    return found


def times(row):
    return [datetime.datetime.fromisoformat(t).timestamp() for t in
            re.findall(r'<time[^>]* datetime="([^"]+)"', row)]


BANNER = {"corrected": "1 lead was corrected.",
          "withheld": "1 lead is withheld for now.",
          "returned": "1 lead is passed on again.",
          "erased": "1 lead is to be erased."}


def told(world, m, s, program, seq, kind, said, todo):
    """On top of every page and in the list until it is acknowledged, to
    programs too; then among those that were, with both times."""
    share = f"hall.1-{seq}"
    for p in (m, s):
        assert BANNER[kind] + " See what" in plain(p.get("/booths")), kind
    waits, done = notices(m.get("/withdrawals"))
    assert set(waits) == {share}, (waits, done)
    (row,) = waits[share]
    for words in (said, todo, "Acknowledge</button>"):
        assert words in row, (words, waits)
    item, = program.get(f"{OWN}/notices").json["items"]
    assert (item["kind"], item["lead"], item["acknowledged_at"]) == \
        (kind, share, None), item
    at = datetime.datetime.fromisoformat(item["time"]).timestamp()
    assert times(row) == [at], (waits, item)
    assert at % 900 == 0 and -100 < time.time() - at < 1000, item
    m.post(f"/withdrawals/{item['id']}")
    waits, done = notices(m.page)
    assert waits == {} and BANNER[kind] not in plain(m.page)
    assert program.get(f"{OWN}/notices").json["items"] == []
    item, = (i for i in program.get(
        f"{OWN}/notices?state=acknowledged").json["items"]
        if i["id"] == item["id"])
    acked = datetime.datetime.fromisoformat(item["acknowledged_at"])
    assert (item["kind"], item["lead"]) == (kind, share), item
    assert [at, acked.timestamp()] in [
        times(r) for r in done[share] if said in r and "m@example.com" in r], (
        done, item)


def corrected(world, m, s, program, person, seq):
    world.cli("right", "correct", person["id"], "email", "right@new.example")
    # Where it was corrected, the sponsor has it at once.
    assert "right@new.example" in m.get(f"/leads/hall.1.{seq}").text
    for path in ("/leads", f"/leads/hall.1.{seq}"):
        assert person["email"] not in m.get(path).text, path
    told(world, m, s, program, seq, "corrected", "Corrected",
         "Export the lead again and replace what you have.")


def away(m, seq):
    """What is not there now says so, and nothing of whom or why; the same where
    there never was one; its list says that some may come back."""
    pages = [m.get(f"/leads/hall.1.{n}") for n in (seq, 999)]
    assert [p.status for p in pages] == [404, 404]
    assert plain(pages[0]) == plain(pages[1])
    assert "comes back with what your people noted" in plain(pages[0])
    m.get("/leads")
    assert m.post(f"/leads/hall.1.{seq}", version="0", rating="3"
                  ).status == 404
    assert "comes back with your notes" in plain(m.get("/leads"))


def held(world, m, s, program, seq):
    """Held for review, until staff release it: its notes are there again."""
    m.get(f"/leads/hall.1.{seq}")
    m.post(f"/leads/hall.1.{seq}", version=version(m.page), rating="2",
           text="held back")
    with sqlite3.connect(world.host_dir / "host.db") as db:
        (of,), = db.execute("SELECT holder FROM lead JOIN edition ON "
                            "edition.id = lead.edition WHERE "
                            "lead.id & 4294967295 = ?", (seq,))
    world.cli("case", "open", "not-me", "--registration", str(of), "--share",
              f"hall.1-{seq}")
    assert f"hall.1.{seq}" not in rows(m.get("/leads"))
    away(m, seq)
    assert m.page.text.count("held back") == 0
    assert f"hall.1-{seq}" in notices(m.get("/withdrawals"))[0], plain(m.page)
    # It is told apart from what its attendee wants, also to programs.
    assert "No longer passed on: held for review" in plain(m.page)
    assert "Put what you have of this one aside" in plain(m.page)
    words = plain(m.get("/booths"))
    # Both of that quarter hour.
    assert "2 leads are held for review. See what to do" in words, words
    assert "withheld" not in words, words
    items = program.get(f"{OWN}/notices").json["items"]
    assert [(i["kind"], i["held"]) for i in items] == \
        [("withheld", True)] * 2, items
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE lead SET state = 0, reason = 0 WHERE reason = 13")
        db.execute("DELETE FROM ack WHERE kind = 4")
    assert "held back" in m.get(f"/leads/hall.1.{seq}").text


def withheld(world, m, s, program, person, seq):
    """An objection and a restriction; lifted, the lead is back as changed."""
    for act, lift in ((("object",), ("--objection", "--leads")),
                      (("restrict",), ())):
        world.cli("right", *act, person["id"])
        away(m, seq)
        told(world, m, s, program, seq, "withheld", "No longer passed on: "
             "withheld for its attendee", "Use nothing that you have of this share")
        at = datetime.datetime.now(datetime.timezone.utc).strftime(
            "%Y-%m-%dT%H:%M:%SZ")
        world.cli("right", "lift", person["id"], *lift)
        assert m.get(f"/leads/hall.1.{seq}").status == 200
        assert f"hall.1-{seq}" in [x["id"] for x in program.get(
            f"{OWN}/leads?modified_since={at}").json["items"]]
        told(world, m, s, program, seq, "returned", "Passed on again",
             "you may use it")
    # What was not acknowledged waits no longer when the lead is back.
    world.cli("right", "object", person["id"])
    assert notices(m.get("/withdrawals"))[0].keys() == {f"hall.1-{seq}"}
    world.cli("right", "lift", person["id"], "--objection", "--leads")
    assert notices(m.get("/withdrawals"))[0] == {}


def erased(world, m, s, program, person, seq):
    key, config = world.dir / "officer.key", world.host_dir / "config.json"
    subprocess.run([BIN / "badgeward", "deleted", "key", key], check=True,
                   stdout=subprocess.DEVNULL)
    world.cli("deleted", "setup", f"{key}.pub")
    config.write_text(json.dumps({**json.loads(config.read_text()),
                                  "erase_undo_hours": 0}))
    world.cli("right", "erase", person["id"], "--without-case",
              "law", "--force")
    assert m.get(f"/leads/hall.1.{seq}").status == 404
    assert person["email"] not in m.get("/leads").text
    told(world, m, s, program, seq, "erased", "To be erased",
         "Erase what you have of this share, backups and exported files too.")


def made(m, which, fmt, **more):
    m.get("/downloads")
    a = m.post("/downloads", format=fmt, which=which, **more)
    assert a.status == 200 and a.headers["Content-Type"] == TYPES[fmt], \
        (fmt, a.status, a.headers)
    assert int(a.headers["Content-Length"]) == len(a.body) > 0
    assert a.headers["Content-Disposition"].startswith(
        'attachment; filename="leads-example-corp.'), a.headers
    assert a.headers["Cache-Control"] == "no-store", a.headers
    m.get("/downloads")
    assert hashlib.sha256(a.body).hexdigest() in m.page.text, fmt
    return a.body


def files(world, m, people):
    # A file that others have made is none that this one has.
    world.cli("export", "leads", "--sponsor", "example-corp", "--format",
              "csv", "--out", world.dir / "theirs.csv")
    assert 'value="new"' not in m.get("/downloads").text
    left = sorted(p.name for p in world.host_dir.rglob("*"))
    got = cells(made(m, "all", "xlsx"))
    assert [r["share_id"] for r in got] == ["hall.1-1", "hall.1-3"], got
    assert got[0]["name"] == people[0]["name"] and got[0]["rating"] == 1
    assert got[1]["name"] is None and got[1]["email"] == people[2]["email"]
    until(lambda: 'value="new"' in m.get("/downloads").text, 20,
          "it has arrived")
    text = made(m, "these", "csv", rating="1").decode()
    assert [r["share_id"] for r in csv.DictReader(io.StringIO(text))] == \
        ["hall.1-1"], text
    text = made(m, "these", "json", q=people[2]["email"].upper()).decode()
    assert [r["share_id"] for r in json.loads(text)] == ["hall.1-3"]
    # What is in which file is said, and so it is.
    words = plain(m.get("/downloads"))
    assert "CSV with notes each share yes" in words, words
    assert "CSV each share no" in words and "Contacts (vCard) each person" in \
        words, words
    text = made(m, "all", "csv-notes").decode()
    assert [(r["rating"], r["note"]) for r in
            csv.DictReader(io.StringIO(text, newline=""))] == \
        [("1", "mine\nagain <b>"), ("", "kept")], text
    assert b"BEGIN:VCARD" in made(m, "all", "vcard", rating="1")
    assert b"Last Name" in made(m, "new", "salesforce")
    assert sorted(p.name for p in world.host_dir.rglob("*")) == left
    assert m.post("/downloads", format="exe").status == 422
    until(lambda: "Being made now" not in m.get("/downloads").text, 20,
          "all have arrived")
    words = plain(m.page)
    assert words.count("m@example.com") == 7, words
    assert "export.leads" in world.cli("export", "audit", "--out", "-")


def team(world, m, s):
    m.get("/team")
    assert "s@example.com" in m.page.text and "other" not in m.page.text
    second = re.findall(r'data-head="Second factor">([^<]*)<', m.page.text)
    assert second == ["no", "no"], second
    assert "What it noted on leads and acknowledged stays" in plain(m.page)
    for role in ("organiser", "badge-desk", "x"):
        m.get("/team")
        a = m.post("/team", mail="x@example.com", role=role)
        assert a.status == 422 and "Choose one" in a.text, role
    m.get("/team")
    assert m.post("/team", mail="s@example.com", role="sponsor-scanner",
                  **m.proof()).status == 422
    assert "has an account already" in m.page.text
    m.get("/team")
    m.post("/team", mail="new@example.com", name="New <b>",
           role="sponsor-scanner", **m.proof())
    link = re.search(r"(/invite/[^<]+)<", m.page.text).group(1)
    new = Person(world)
    new.accept(link)
    new.log_in("new@example.com")
    assert new.get("/leads").status == 200
    ids = dict(re.findall(r'action="/team/(\d+)/(disable|link)"',
                          m.get("/team").text))
    who = max(map(int, ids))
    assert m.post(f"/team/{who}/link").status == 403
    m.get("/team")
    m.post(f"/team/{who}/logins")
    assert new.ask("GET", "/leads").status == 303
    m.get("/team")
    m.post(f"/team/{who}/disable")
    assert "its logins and its tokens were ended" in m.page.text
    new.get("/login")
    assert "do not fit" in new.post("/login", mail="new@example.com",
                                    password="correct horse battery staple"
                                    ).text
    m.post(f"/team/{who}/enable")
    # What the organisers end a manager does not begin again.
    world.cli("account", "disable", "new@example.com")
    assert f"/team/{who}/enable" not in m.get("/team").text
    assert "by the organisers" in plain(m.page)
    assert m.post(f"/team/{who}/enable").status == 403
    assert "disabled" in m.get("/team").text
    world.cli("account", "enable", "new@example.com")
    # An organiser began anew with somebody: no manager takes the place.
    assert new.log_in("new@example.com").status == 200
    world.cli("account", "reset", "new@example.com")
    assert f"/team/{who}/link" not in m.get("/team").text
    assert m.get(f"/team/{who}/link").status == 403
    m.get("/team")
    assert m.post(f"/team/{who}/link", **m.proof()).status == 403
    assert s.get("/team").status == 403


def ours(m, f):
    words = plain(m.get("/ours"))
    assert "With each share: Name Email" in words, words
    assert "Only if the attendee ticks it: Company" in words
    assert "You may keep a share for 180 days" in words
    pictures = re.findall(r'src="(/ours/screen/[^"]+)"', m.page.text)
    assert pictures, m.page.text
    a = m.get(pictures[0].replace("&amp;", "&"))
    assert a.status == 200 and a.body.startswith(b"\x89PNG"), a.status
    # Of each sponsor another one is at this address: nothing may keep it.
    assert a.headers["Cache-Control"] == "no-store", a.headers
    assert f.get(pictures[0].replace("&amp;", "&")).body != a.body
    for path in ("/ours/screen/xx/1", "/ours/screen/en/0",
                 "/ours/screen/en/16", "/ours/screen/en/x",
                 "/ours/screen/" + "e" * 40 + "/1"):
        assert m.get(path).status == 404, path
    assert 'src="/ours/screen/de/1' in m.get("/ours?screen=de").text


with World() as world:
    world.start_host()
    m = joined(world, "m@example.com", "sponsor-manager", "example-corp")
    s = joined(world, "s@example.com", "sponsor-scanner", "example-corp")
    f = joined(world, "f@other.example", "sponsor-manager", "acme")
    empty(m)
    device = enrolled(world, "hall.1")
    world.cli("device", "booth", "hall.1", "Hall 2, B14")
    people = attending(world)[:3]
    for badge, fields, lang in zip(badges(world, 3), ([1, 2], [1, 2], [2]),
                                   ("en", "en", "de")):
        device.share(badge, fields, lang=lang)
    assert device.upload(1).status == 200
    lists(m, s, people)
    one_lead(m, s, people)
    notes(m, s)
    foreign(f)
    withdrawn(world, m, s, device, 2)
    files(world, m, people)
    team(world, m, s)
    ours(m, f)
    assert "It has never reported how it is." in plain(m.get("/booths"))
    program = Program(world, token(world, "crm", "leads:read,leads:write",
                                   "example-corp"))
    program.document = program.get(DOCUMENT).json
    corrected(world, m, s, program, people[0], 1)
    held(world, m, s, program, 3)
    withheld(world, m, s, program, people[2], 3)
    erased(world, m, s, program, people[2], 3)
    print("ok")
