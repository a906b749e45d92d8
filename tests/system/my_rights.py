# SPDX-License-Identifier: Apache-2.0
"""/my/: a person sees everything that the event has about him, and uses each
right, over real HTTP: access and transfer, correction, withdrawal of one share
and of all, restriction, objection."""

import csv
import datetime
import html
import io
import json
import os
import re
import sys
import time
import zipfile

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, leads  # noqa: E402
from mailing import mailer, setup  # noqa: E402
from mine import Mine, database, rows, words  # noqa: E402
from portal import joined  # noqa: E402
from smtpsink import Sink  # noqa: E402
from world import SRC, until  # noqa: E402

ACME = "acme"


def shares(w):
    """The first person shares at two sponsors, another one at one."""
    out = {}
    mine, other = badges(w, 2)
    for name, sponsor in (("k01", "example-corp"), ("k02", ACME)):
        d = enrolled(w, name, sponsor)
        d.booth_badges = mine
        out[name] = d.share(mine, [1, 2, 3] if sponsor == ACME else [1, 2],
                            rc=os.urandom(16))
        out[name + "-other"] = d.share(other, [1, 2], rc=os.urandom(16))
        assert d.upload(1).status == 200
    return out


def cases(w, person):
    return rows(w, "SELECT type, proof, state FROM casefile WHERE "
                "registration = ? ORDER BY num", person["id"])


def through_the_mail(w, person):
    """Asks for a link, in German, and opens it from the mail."""
    me = Mine(w, "de")
    with Sink() as sink:
        setup(w, sink)
        # Into the field for the code, which is taken for what it is.
        answer = me.post(code=" " + person["email"])
        assert answer.status == 200, answer.status
        assert answer.text == me.post("/my/ask", mail="no@example.com").text
        until(lambda: rows(w, "SELECT 1 FROM mail WHERE kind = 1"), 20,
              "the mail is queued")
        mailer(w, "--daily")
        mails = [m for m in sink.take() if "/my/#" in m.text]
    assert [m.to for m in mails] == [[person["email"]]]
    address = re.search(r"https?://\S+/my/#[A-Z2-7]{26}", mails[0].text)
    assert me.open(address[0]).status == 200
    assert me.open(address[0]).status == 404, "it works once"
    me.lang = "en"
    return me


def sees_everything(w, me, person):
    answer = me.page()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    seen = words(answer.text)
    for name in ("name", "email", "company", "work_phone", "location"):
        assert not person[name] or person[name] in seen, (name, seen)
    assert "Example Corp" in seen and "Acme" in seen, seen
    assert seen.count("The sponsor can fetch it") == 2, seen
    # Nobody else's.
    other = attending(w)[1]
    assert other["email"] not in answer.text
    assert other["name"] not in answer.text


def disclosed(w, person, asked, *more, reason="the first"):
    """To an authority, as staff record it."""
    w.cli("disclosure", "add", "--basis", "court", "--asked", asked,
          "--decided", "the officer", "--registration", person["id"],
          "--fields", "name", "--reason", reason, *more)


def noted(w, seqs):
    """What the sponsor's people say of the share."""
    m = joined(w, "m@example.com", "sponsor-manager", "example-corp")
    path = f"/leads/k01.{seqs['k01']}"
    assert m.get(path).status == 200
    assert "Saved." in m.post(path, version="0", rating="4", tags="hot",
                              text="＝call back").text


def held(w, person):
    """One of his, and one of another's, which he does not see."""
    for who, reason in ((person["id"], "7 O 12"),
                        (attending(w)[1]["id"], "9 O 99")):
        w.cli("hold", "add", "--registration", who, "--reason", reason,
              "--reviewer", "officer")


def copies(w, me, person, seqs):
    disclosed(w, person, "a court")
    disclosed(w, person, "a secret court", "--secret-until", "2099-01-01")
    held(w, person)
    noted(w, seqs)
    answer = me.act("json")
    told = answer.json["disclosures"]
    assert [t["to"] for t in told] == ["a court"], told
    assert told[0]["basis"] == "court" and told[0]["fields"] == ["name"]
    # One that was told does not go by another that is secret: only by one of
    # the same line that may be told as well.
    disclosed(w, person, "a court", "--corrects", "1", "--secret-until",
              "2099-01-01", reason="the second")
    assert [t["reason"] for t in me.act("json").json["disclosures"]] == \
        [told[0]["reason"]]
    disclosed(w, person, "a court", "--corrects", "3", "--force",
              reason="the third")
    assert [t["reason"] for t in me.act("json").json["disclosures"]] == \
        ["the third"]
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    copy = answer.json
    # Of his hold that it stands, not what staff noted of it.
    assert [h["on"] for h in copy["holds"]] == ["person"], copy["holds"]
    assert "7 O 12" not in answer.text and "9 O 99" not in answer.text
    periods = {c["class"]: c["days"] for c in copy["periods"]}
    assert periods["mail"] == 30 and len(periods) > 10, periods
    # In words of the format, which are the same in every language.
    assert all(set(c) == {"class", "days"} for c in copy["periods"])
    assert copy["format"] == "badgeward-my-1"
    document = (SRC / "host/MY.md").read_text()
    assert [k for k in copy if f"`{k}`" not in document] == []
    assert copy["registration"]["values"]["email"] == person["email"]
    assert [b["values"]["name"] for b in copy["badges"]] == [person["name"]]
    ids = {s["id"]: s for s in copy["shares"]}
    assert set(ids) == {f"k01-{seqs['k01']}", f"k02-{seqs['k02']}"}, ids
    one = ids[f"k01-{seqs['k01']}"]
    assert one["values"] == {"name": person["name"],
                             "email": person["email"]}
    assert one["sponsor"]["name"] == "Example Corp"
    assert one["remarks"] == {"rating": 4, "tags": ["hot"], "answers": {},
                              "text": "＝call back"}, one["remarks"]
    assert one["notice"]["purpose"] and one["policy"]
    assert one["receipt"]["dct:conformsTo"].endswith("receipt-eu-gdpr")
    assert one["proof"].startswith("c2sp.org/tlog-proof@v1\n")
    # The file that the sponsor fetched meanwhile.
    assert [e["sponsor"] for e in copy["exports"]] == ["example-corp"]
    # The page says the sponsor's name.
    made = me.act("read").text.split("What sponsors fetched")[1]
    assert "<dt>Example Corp</dt>" in made.split("</dl>")[0], made
    # The same as files.
    answer = me.act("zip")
    assert answer.headers["Content-Type"] == "application/zip"
    files = zipfile.ZipFile(io.BytesIO(answer.body))
    assert files.testzip() is None
    names = set(files.namelist())
    assert {"about-me.json", "index.html", "registration.csv", "badges.csv",
            "shares.csv", "exports.csv", "holds.csv",
            "periods.csv"} <= names, names
    inside = json.loads(files.read("about-me.json"))
    # Receipts say when they were made; the copies may be a second apart.
    for s in inside["shares"] + copy["shares"]:
        assert s["receipt"].pop("dct:created")["@type"] == "xsd:dateTime"
    assert inside["shares"] == copy["shares"], (inside, copy)
    got = list(csv.DictReader(io.StringIO(
        files.read("shares.csv").decode(), newline="")))
    assert [r["id"] for r in got] == [s["id"] for s in copy["shares"]]
    assert got[0]["sponsor.name"] == copy["shares"][0]["sponsor"]["name"]
    assert got[0]["fields"] == "name; email"
    reg = list(csv.DictReader(io.StringIO(
        files.read("registration.csv").decode(), newline="")))
    assert reg[0]["values.email"] == person["email"]
    # A spreadsheet runs nothing, wide signs too.
    assert got[0]["remarks.text"] == "'＝call back", got[0]
    assert reg[0]["values.work_phone"] == "'" + person["work_phone"]
    page = files.read("index.html").decode()
    assert person["email"] in page and "http" not in re.sub(
        r"<bdi>.*?</bdi>", "", page)
    # And to read.
    seen = words(me.act("read").text)
    assert "Country Germany" in seen, seen
    assert person["email"] in seen and "What the sponsor noted nothing" in seen
    assert "Given to authorities and others" in seen and "a court" in seen
    # The event gave it, and on what basis; not the person.
    given = seen.split("Given to authorities and others")[1][:200]
    assert "What was given Name To whom a court On what basis An order of a" \
        in given, given
    assert "a secret court" not in seen and "call back" in seen
    assert "Something has to be kept for now" in seen
    assert (6, 2, 2) in cases(w, person) and (1, 2, 2) in cases(w, person)




def corrects(w, me, person, seqs):
    answer = me.act("correct")
    assert f'value="{person["email"]}"' in answer.text
    answer = me.act("save", company="Correct & Co")
    assert "Corrected." in words(answer.text), words(answer.text)
    assert [r for r in w.registrations() if r["id"] == person["id"]][0][
        "company"] == "Correct & Co"
    assert cases(w, person)[-1] == (2, 2, 2)
    # Who was given the company has the right one, and is told; others are not.
    assert leads(w, ACME)[f"k02-{seqs['k02']}"]["company"] == "Correct & Co"
    assert rows(w, "SELECT sponsor, lead & 0xffffffff FROM ack WHERE kind = "
                "2") == [(ACME, seqs["k02"])]
    # Nothing new is no case.
    n = len(cases(w, person))
    assert me.act("save", company="Correct & Co").status == 200
    assert len(cases(w, person)) == n
    # What the form shows and the person leaves alone is no correction, though
    # an import says another thing meanwhile.
    form = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"',
                           html.unescape(me.act("correct").text)))
    with database(w) as db:
        db.execute("UPDATE registration SET v3 = 'Merged Ltd' WHERE id = ?",
                   (person["id"],))
    answer = me.act("save", **{k: v for k, v in form.items()
                               if k not in ("code", "reg", "act", "lang")} |
                    {"job_title": "Director"})
    assert "Corrected." in words(answer.text)
    now = [r for r in w.registrations() if r["id"] == person["id"]][0]
    assert (now["company"], now["job_title"]) == ("Merged Ltd", "Director")
    # A name and an address are for staff to decide.
    answer = me.act("save", name="Somebody Else", email="else@x.example")
    num, = rows(w, "SELECT max(num) FROM casefile")[0]
    assert "staff look at it" in words(answer.text)
    assert f"The number of your request: {num}" in words(answer.text)
    now = [r for r in w.registrations() if r["id"] == person["id"]][0]
    assert now["name"] == person["name"] and now["email"] == person["email"]
    assert cases(w, person)[-1] == (2, 2, 0)
    # It is said that it came (letter 3), and until when it is answered.
    assert rows(w, "SELECT letter, day = due FROM mail JOIN casefile ON "
                "casefile.num = mail.num WHERE kind = 3 ORDER BY id DESC "
                "LIMIT 1") == [(3, 1)]
    assert rows(w, "SELECT t4 FROM casefile ORDER BY num DESC LIMIT 1") == [
        ("name: Somebody Else; email: else@x.example",)]
    # Staff see it where they decide.
    officer = joined(w, "p@summit.example", "privacy-officer")
    num, = rows(w, "SELECT num FROM casefile ORDER BY num DESC LIMIT 1")[0]
    seen = words(officer.get(f"/cases/{num}").text)
    assert "What the person asked for name: Somebody Else" in seen, seen
    assert "Taken in by the attendee" in seen, seen
    # What cannot be stored is said, and stands there to be mended.
    for bad in ({"company": "x" * 200}, {"company": "a\nb"}, {"name": ""},
                {"email": "no address"}):
        answer = me.act("save", **bad)
        assert answer.status == 422, bad
        assert 'aria-invalid="true"' in answer.text


def said(seen):
    """What stands above everything else: what was done, and what comes next."""
    return seen[:seen.index("Open to you until")]


def restricts(w, me, person, seqs):
    id1 = f"k01-{seqs['k01']}"
    assert id1 in leads(w)
    seen = words(me.act("restrict").text)
    assert "Restricted since" in seen
    assert "Noted: your data is restricted." in said(seen), seen
    assert id1 not in leads(w) and f"k01-{seqs['k01-other']}" in leads(w)
    n = len(cases(w, person))
    seen = words(me.act("restrict").text)
    assert len(cases(w, person)) == n
    assert "Nothing was changed" in said(seen), seen
    assert "The number of your request" not in said(seen), seen
    assert "Restricted since" not in words(me.act("lift").text)
    assert id1 in leads(w)
    assert cases(w, person)[-1] == (4, 2, 2)
    assert len(cases(w, person)) == n, "its end stands with it"


def asked_for(page, what):
    """What stands on the page of the requests of a type."""
    rows = re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", page, re.S)
    return [words(dd) for dt, dd in rows if words(dt).strip() == what]


def objects(w, me, person, seqs):
    id1 = f"k01-{seqs['k01']}"
    seen = words(me.act("object").text)
    assert "You have objected since" in seen
    assert "Noted: you have objected." in said(seen), seen
    assert re.search(r"The number of your request: \d", said(seen)), seen
    assert "because of the state of your registration" in seen
    assert "Noted" not in words(me.page().text), "it was said once"
    assert id1 not in leads(w)
    assert "Agree again" in seen
    assert "You have objected" not in words(me.act("agree").text)
    assert id1 in leads(w)
    assert [c[0] for c in cases(w, person)[-2:]] == [4, 5]
    # It stands there once, with both times; the next one has no end yet.
    me.act("object")
    rows = asked_for(me.page().text, "Objection")
    assert len(rows) == 2 and "ended" not in rows[0], rows
    assert rows[1].count("UTC") == 2 and "done; ended on" in rows[1], rows
    me.act("agree")
    copy = json.loads(me.act("json").body)
    mine = [c for c in copy["cases"] if c["type"] == "objection"]
    history = [h["at"] for h in copy["history"] if h["act"] == "right.agree"]
    assert all(h["said"] != h["act"] for h in copy["history"]), copy["history"]
    me.lang = "de"
    copy = me.act("json").json
    assert [h["said"] for h in copy["history"] if h["act"] == "right.agree"
            ] == ["Sie haben Ihren Widerspruch zurückgenommen"] * 2
    assert "Sie haben widersprochen" in words(me.act("read").text)
    me.lang = "en"
    assert [c["ended_at"] for c in mine] == history and len(history) == 2


def withdraws(w, me, person, seqs):
    one = f"k01-{seqs['k01']}"
    answer = me.act("withdraw", share=one)
    assert "Withdrawn." in words(answer.text)
    assert one not in leads(w)
    assert cases(w, person)[-1] == (7, 2, 2)
    n = len(cases(w, person))
    assert me.act("withdraw", share=one).status == 200
    assert len(cases(w, person)) == n, "once is enough"
    # Another person's share is none of his.
    other = f"k01-{seqs['k01-other']}"
    for wrong in (other, "k01-0", "k99-1", "", "x" * 500, "k01-1' OR 1"):
        assert me.act("withdraw", share=wrong).status >= 400, wrong
    assert other in leads(w) and len(cases(w, person)) == n
    assert f"k02-{seqs['k02']}" in leads(w, ACME)
    me.act("withdraw-all")
    assert f"k02-{seqs['k02']}" not in leads(w, ACME)
    assert f"k02-{seqs['k02-other']}" in leads(w, ACME)
    assert words(me.page().text).count("You have withdrawn it") == 2


def keeps(w, me, seqs):
    """What the share's own page gives, of each of his and no other's; he has
    withdrawn them by now."""
    n = rows(w, "SELECT count(*) FROM casefile")
    for name in ("k01", "k02"):
        one = f"{name}-{seqs[name]}"
        for act, kind, head in (
                ("paper", "application/pdf", b"%PDF-"),
                ("receipt", "application/ld+json", b"{"),
                ("proof", "text/plain", b"c2sp.org/tlog-proof@v1\n")):
            answer = me.act(act, share=one)
            assert answer.status == 200, (act, answer.status)
            assert answer.headers["Content-Type"].startswith(kind)
            assert answer.body.startswith(head), (act, answer.body[:60])
            assert "attachment" in answer.headers["Content-Disposition"]
            assert answer.headers["Cache-Control"] == "no-store"
            assert me.act(act, share=f"{name}-{seqs[name + '-other']}"
                          ).status >= 400
        assert one in json.dumps(me.act("receipt", share=one).json)
    seen = words(me.page().text)
    assert seen.count("Receipt (PDF)") == seen.count("Proof (tlog-proof)") == 2
    assert rows(w, "SELECT count(*) FROM casefile") == n, "it is no request"
    # Paper costs time.
    one = f"k01-{seqs['k01']}"
    slow = [me.act("paper", share=one).status for _ in range(30)]
    assert 429 in slow, slow


def next_second():
    now = int(time.time())
    until(lambda: time.time() >= now + 1, 5, "the next second")


def hears_of_every_file(w):
    """Also of those before a share that was made first and came last."""
    third, person = badges(w, 3)[2], attending(w)[2]
    late, soon = enrolled(w, "k03"), enrolled(w, "k04")
    late.share(third, [1, 2])
    next_second()
    soon.share(third, [1, 2])
    assert soon.upload(1).status == 200
    assert f"k04-{soon.size() - 1}" in leads(w)
    next_second()
    assert late.upload(1).status == 200
    made, = rows(w, "SELECT max(at) FROM export WHERE kind = 'leads'")[0]
    copy = Mine(w).enter(person["id"]).act("json").json
    assert [s["id"][:3] for s in copy["shares"]] == ["k03", "k04"]
    told = [datetime.datetime.fromisoformat(e["at"]).timestamp()
            for e in copy["exports"]]
    assert told and min(told) == made, (told, made)


def shows_without_proofs(w):
    """The page asks no log for proofs, which the copy alone has: whoever
    looks often costs little. Measured by itself, in one run."""
    person, badge = attending(w)[3], badges(w, 4)[3]
    d = enrolled(w, "k05")
    for _ in range(6):
        d.share(badge, [1, 2])
    for _ in range(8000):
        d.decline()
    assert d.upload(1).status == 200
    me = Mine(w).enter(person["id"])
    assert len(me.act("json").json["shares"]) == 6
    assert "proof" in me.act("json").json["shares"][0]

    def took(act):
        start = time.monotonic()
        assert me.act(act).status == 200
        return time.monotonic() - start

    page, copy = (min(took(act) for _ in range(5)) for act in ("", "json"))
    assert page * 3 < copy, (page, copy)


def in_every_language(w, me):
    for lang in ("en", "de", "fr", "es", "ja", "zh", "ar", "hi"):
        me.lang = lang
        for act in ("", "read", "correct", "erase"):
            text = me.act(act).text
            assert f'<html lang="{lang}" dir="' + (
                "rtl" if lang == "ar" else "ltr") in text, (lang, act)
            # Each page can be closed, and says why one should.
            assert text.count('value="end"') == 1, (lang, act)
            assert ("On a machine that others use too" in text) == (
                lang == "en"), (lang, act)
            assert act == "correct" or lang == "en" or not re.search(
                "Your registration|At once:", text), (lang, act)
    me.lang = "en"


def disowns(w):
    """As by the daily mail: withdrawn, a case that the link has proved, and what
    its device recorded beside it is held. Twice is once."""
    me_, other = badges(w, 7)[5:7]
    person = attending(w)[5]
    d = enrolled(w, "k06")
    mine, beside = d.share(me_, [1, 2]), d.share(other, [1, 2])
    assert d.upload(1).status == 200
    assert f"k06-{beside}" in leads(w)
    me = Mine(w).enter(person["id"])
    assert "That was not me" in words(me.page().text)
    # It is asked first, with what else it does; looking changes nothing.
    seen = words(me.act("notme", share=f"k06-{mine}").text)
    assert "other people’s shares too" in seen, seen
    assert cases(w, person) == [], cases(w, person)
    assert {f"k06-{mine}", f"k06-{beside}"} <= set(leads(w))
    page = me.act("notme-sure", share=f"k06-{mine}").text
    assert 'value="notme"' not in page, page
    seen = words(page)
    assert "the organisers look into it" in seen, seen
    assert "you told us that it was not you" in seen, seen
    num, = rows(w, "SELECT max(num) FROM casefile")[0]
    assert f"The number of your request: {num}" in seen, seen
    assert cases(w, person) == [(8, 2, 0)], cases(w, person)
    assert not {f"k06-{mine}", f"k06-{beside}"} & set(leads(w))
    me.act("notme-sure", share=f"k06-{mine}")
    assert cases(w, person) == [(8, 2, 0)], cases(w, person)
    for act in ("notme", "notme-sure"):
        assert me.act(act, share=f"k06-{beside}").status >= 400


def every_act_is_in_the_audit(w, person):
    acts = [a for a, in rows(w, "SELECT act FROM audit WHERE actor = "
                             "'attendee'")]
    for act in ("my.open", "case.open", "case.done"):
        assert act in acts, acts
    text = json.dumps(rows(w, "SELECT object, detail FROM audit"))
    assert person["email"] not in text and "Somebody Else" not in text


with World() as world:
    world.start_host()
    seqs = shares(world)
    person = attending(world)[0]
    leads(world)  # an export, and so a record of one
    me = through_the_mail(world, person)
    sees_everything(world, me, person)
    copies(world, me, person, seqs)
    corrects(world, me, person, seqs)
    restricts(world, me, person, seqs)
    objects(world, me, person, seqs)
    withdraws(world, me, person, seqs)
    keeps(world, me, seqs)
    hears_of_every_file(world)
    disowns(world)
    shows_without_proofs(world)
    in_every_language(world, me)
    every_act_is_in_the_audit(world, person)
    assert person["email"] not in world.log("host").read_text()
    print("ok")
