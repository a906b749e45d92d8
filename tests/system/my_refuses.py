# SPDX-License-Identifier: Apache-2.0
"""/my/ gives nothing to whoever has no right to it: guessed, used and old
links, ended sessions, another person's number, a foreign page; and the form
for an address says the same to everybody, and queues a mail to those alone
whom the event knows. Erasure can be called off until it takes effect."""

import base64
import os
import re
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, leads  # noqa: E402
from mine import Mine, database, link, rows, words  # noqa: E402
from portal import joined  # noqa: E402
from world import until  # noqa: E402


def queued(w):
    return rows(w, "SELECT registration, language FROM mail WHERE kind = 1 "
                "ORDER BY id")


def an_address_is_nobodys_business(w, people):
    """The bytes are the same; in the queue are those that are known."""
    me = Mine(w, "de")
    known = people[0]["email"]
    answers = [me.post("/my/ask", mail=mail) for mail in (
        known, "nobody@nowhere.example", "  " + known.upper() + " ")]
    assert len({a.body for a in answers}) == 1
    assert [a.status for a in answers] == [200] * 3
    heads = [{k: v for k, v in a.headers.items() if k != "Date"}
             for a in answers]
    assert heads[0] == heads[1] == heads[2]
    until(lambda: len(queued(w)) == 2, 20, "two mails are queued")
    assert queued(w) == [(people[0]["id"], "de")] * 2
    # Nothing of what was typed is anywhere, and no value in the queue.
    for wrong in ("", "nobody", "@x.example", "a@", "a b@x.example",
                  "a@x.example\r\nBcc: b@x.example", "a@x.example\n",
                  "x" * 300 + "@x.example", "a\u0000@x.example"):
        answer = me.post("/my/ask", mail=wrong)
        assert answer.status in (422, 400), (wrong, answer.status)
    # Unicode in it is compared like any other.
    hanako = [p for p in people if "例え" in p["email"]][0]
    other = Mine(w)
    assert other.post("/my/ask", mail=hanako["email"].upper()).body == \
        other.post("/my/ask", mail="ünknown@例え.example").body
    until(lambda: (hanako["id"], "en") in queued(w), 20, "hanako's mail")
    # No more than three for one address, without a word.
    for _ in range(5):
        assert me.post("/my/ask", mail=hanako["email"]).status == 200
    after_it(w, people[3])
    assert len([q for q in queued(w) if q[0] == hanako["id"]]) == 3


def a_crowd_behind_one_address(w, people):
    """Who is asked for counts, not who asks: a venue has one address. Nor do
    mails to many that the event does not know make room for one more to one
    that it does."""
    me = Mine(w)
    before = queued(w).count((people[0]["id"], "en"))
    for _ in range(3):
        assert me.post("/my/ask", mail=people[0]["email"]).status == 200
    for n in range(300):
        answer = me.post("/my/ask", mail=f"visitor-{n}@venue.example")
        assert answer.status == 200, (n, answer.status)
    for who in people[4:8]:
        assert me.post("/my/ask", mail=who["email"]).status == 200
    assert me.post("/my/ask", mail=people[0]["email"]).status == 200
    until(lambda: all((who["id"], "en") in queued(w) for who in people[4:8]),
          20, "each has a mail")
    after_it(w, people[3])
    assert queued(w).count((people[0]["id"], "en")) <= before + 1


def a_receipt_mails_a_link(w, people):
    """Its code opens nothing: the link goes to the registered address, as if
    that had been typed, and the answer tells nothing about the share."""
    person, badge = people[1], badges(w, 2)[1]
    d = enrolled(w, "k02")
    codes = [base64.b32encode(rc).decode().rstrip("=") for rc in
             (os.urandom(16) for _ in range(3))]
    for code in codes[:2]:
        d.share(badge, [1, 2], rc=base64.b32decode(code + "======"))
    assert d.upload(1).status == 200
    me = Mine(w, "de")
    page = me.post("/r/", code=codes[0]).text
    form, = re.findall(r'<form method="post" action="/my/ask">.*?</form>',
                       page, re.S)
    assert "Alles, was diese Veranstaltung über mich hat" in form
    assert dict(re.findall(r'name="(\w+)" value="(\w+)"', form))["code"] == \
        codes[0]
    assert me.post("/r/", code=codes[1], act="withdraw").status == 200

    def mails():
        return [q for q in queued(w) if q[0] == person["id"]]

    # Of nobody's share, of a live one, of one that was withdrawn; as the page
    # sends it, and typed as the booth's QR has it.
    answers = [me.post("/my/ask", code=codes[2]),
               me.post("/my/ask", code=codes[0]),
               me.post("/my/ask", mail=f" {w.url}/r/#{codes[1].lower()}")]
    assert [a.status for a in answers] == [200] * 3
    assert len({a.body for a in answers}) == 1
    heads = [{k: v for k, v in a.headers.items() if k != "Date"}
             for a in answers]
    assert heads[0] == heads[1] == heads[2] and "Set-Cookie" not in heads[0]
    assert person["email"] not in answers[1].text
    until(lambda: len(mails()) == 2, 20, "two mails are queued")
    assert mails() == [(person["id"], "de")] * 2
    # They count among the address's three: one more, by whichever way.
    for fields in ({"code": codes[0]}, {"code": codes[1]},
                   {"mail": person["email"]}):
        assert Mine(w).post("/my/ask", **fields).status == 200
    after_it(w, people[3])
    assert len(mails()) == 3, mails()
    # In every language, and in none that of another.
    said = [(words(me.post("/r/", code=codes[0]).text).split("proof")[-1],
             words(me.post("/my/ask", code=codes[2]).text),
             words(me.post("/my/ask", mail="nobody").text)) for me in (
                 Mine(w, lang) for lang in "en de fr es ja zh ar hi".split())]
    assert [len(set(each)) for each in zip(*said)] == [8] * 3
    for other in said[1:]:
        assert not any(re.search("this event has|receipt's code", t)
                       for t in other), other
    # It is no link, and neither is half of one or a receipt's other acts.
    assert Mine(w).open(codes[0]).status == 404
    for wrong in (codes[0][:-1], codes[0] + "A", ""):
        assert Mine(w).post("/my/ask", code=wrong).status == 422, wrong
    return codes[0]


def after_it(w, person):
    """What was put into the box before has been taken out of it."""
    n = queued(w).count((person["id"], "en"))
    assert Mine(w).post("/my/ask", mail=person["email"]).status == 200
    until(lambda: queued(w).count((person["id"], "en")) > n, 20,
          "the last is queued")


def the_form_has_no_store(w):
    """By structure: the route of the form is given none."""
    src = open(os.environ["SRC"] + "/host/route_device.c").read()
    assert re.search(r'POST\("/my/ask", MY_FORM_MAX, NOTHING,', src)


def links_work_once(w, people):
    code = link(w, people[0]["id"])
    me = Mine(w)
    assert me.client.ask("GET", "/my/?" + code).status == 200
    # As it was pasted.
    assert me.open(f" {w.url}/my/#{code[:9]} {code[9:].lower()} ").status \
        == 200
    for again in (code, code.lower()):
        answer = Mine(w).open(again)
        assert answer.status == 404 and people[0]["email"] not in answer.text
    # Two at once: one of them has it.
    code = link(w, people[0]["id"])
    got = []
    hands = [threading.Thread(target=lambda: got.append(
        Mine(w).open(code).status)) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(got) == [200, 404, 404, 404], got
    # One whose hour is over.
    assert Mine(w).open(link(w, people[0]["id"], -1)).status == 404
    return me


def sessions_end(w, me, people):
    # A session's secret is no link, and a link is no session.
    assert Mine(w).post(code=link(w, people[0]["id"]), act="json",
                        reg=people[0]["id"]).status == 403
    assert me.page().status == 200
    assert words(me.act("end").text).count("Closed") == 1
    for act in ("", "json", "withdraw-all", "erase-yes", "end"):
        answer = me.act(act)
        assert answer.status in (403, 404), (act, answer.status)
        assert people[0]["email"] not in answer.text
    # By its time.
    me = Mine(w).enter(people[0]["id"])
    with database(w) as db:
        db.execute("UPDATE link SET until = ? WHERE purpose = 4",
                   (int(time.time()),))
    assert me.act("json").status == 403


def others_are_none_of_his(w, people):
    me = Mine(w).enter(people[0]["id"])
    for reg in (people[1]["id"], 0, 99999, "1 OR 1", "-1", "x" * 100):
        answer = me.post(code=me.code, reg=reg, act="json")
        assert answer.status == 200
        assert answer.json["registration"]["number"] == people[0]["id"]
        assert people[1]["email"] not in answer.text
    # A foreign page has no cookie to use, and cannot know the secret.
    for headers in ({"Origin": "https://evil.example"},
                    {"Cookie": "code=" + me.code}):
        answer = me.post(headers=headers, reg=me.reg, act="withdraw-all")
        assert answer.status == 403, answer.status
    assert me.page().status == 200


def several_with_one_address(w, people):
    with database(w) as db:
        db.execute("UPDATE registration SET v2 = ? WHERE id = ?",
                   ("  " + people[1]["email"].upper(), people[2]["id"]))
    me = Mine(w)
    answer = me.open(link(w, people[1]["id"]))
    seen = words(answer.text)
    assert "More than one registration" in seen
    assert people[1]["name"] in seen and people[2]["name"] in seen
    assert people[0]["name"] not in seen
    for who in people[1:3]:
        me.reg = who["id"]
        copy = me.act("json").json
        assert copy["registration"]["number"] == who["id"]
    me.reg = people[0]["id"]
    assert people[0]["email"] not in me.act("json").text
    with database(w) as db:
        db.execute("UPDATE registration SET v2 = ? WHERE id = ?",
                   (people[2]["email"], people[2]["id"]))


def others_than_attending(w):
    """Cancelled ones and minors have the same rights; agreeing makes no minor
    grow up."""
    seen = set()
    with database(w) as db:
        db.execute("UPDATE registration SET status = 1, cancelled = 1 "
                   "WHERE id = ?", (attending(w)[-1]["id"],))
    for who in w.registrations():
        if who["status"] in ("cancelled", "minor") and who["email"] and \
                who["status"] not in seen:
            seen.add(who["status"])
            me = Mine(w).enter(who["id"])
            assert who["email"] in me.page().text
            for act in ("object", "agree", "restrict", "lift"):
                assert me.act(act).status == 200, (who["status"], act)
            now = [r for r in w.registrations() if r["id"] == who["id"]][0]
            assert now["status"] == who["status"]
    assert seen == {"cancelled", "minor"}, seen


def erasure(w, people):
    who = people[0]
    d = enrolled(w, "k01")
    rc = os.urandom(16)
    seq = d.share(badges(w, 1)[0], [1, 2], rc=rc)
    assert d.upload(1).status == 200
    me = Mine(w).enter(who["id"])
    seen = words(me.act("erase").text)
    assert "deleted for good" in seen and "stay in a sealed record" in seen
    assert re.search(r"Until this time you can call it off.*\d\d:\d\d UTC",
                     seen), seen
    assert f"k01-{seq}" in leads(w), "only shown so far"
    seen = words(me.act("erase-yes").text)
    assert "will be erased. Until then" in seen, seen
    above = seen[:seen.index("Open to you until")]
    assert "Noted: your data is to be erased." in above, seen
    assert "The number of your request" in above, seen
    assert "Status To be erased: no booth" in seen, seen
    assert f"k01-{seq}" not in leads(w)
    officer = joined(w, "p@summit.example", "privacy-officer")
    told = words(officer.get("/audit?act=right.erase").text)
    assert re.search(r" due \d+ \w+ 20\d\d, \d\d:\d\d UTC", told), told
    # Twice is once.
    n = rows(w, "SELECT count(*) FROM casefile")
    assert me.act("erase-yes").status == 200
    assert rows(w, "SELECT count(*) FROM casefile") == n
    assert me.act("json").json["registration"]["erasure_at"]
    assert "Called off" in words(me.act("undo").text)
    assert f"k01-{seq}" in leads(w)
    state = "SELECT state FROM casefile WHERE type = 3 ORDER BY num"
    assert rows(w, state) == [(4,)]
    # Letters tell of both: an erasure that somebody else began is noticed.
    assert [x for x, in rows(w, "SELECT letter FROM mail WHERE kind = 3 AND "
                             "registration = ? ORDER BY id", who["id"])
            ][-2:] == [8, 9]
    # What he asked for in his own words goes with him.
    assert me.act("save", name="Wish Ofmine").status == 200
    assert "Wish Ofmine" in str(rows(w, "SELECT * FROM casefile"))
    # Once it has taken effect nothing is left to be asked for.
    me.act("erase-yes")
    with database(w) as db:
        db.execute("UPDATE barrier SET erase_due = 1")
    code = link(w, who["id"])
    w.host.stop()
    w.start_host()  # which does what is due
    me.client, other = Mine(w).client, Mine(w)
    for answer in (me.act("json"), me.page(), other.open(code)):
        assert answer.status in (403, 404), answer.status
        assert who["email"] not in answer.text
    before = len(queued(w))
    # They are taken out of the box in turn.
    assert other.post("/my/ask", mail=who["email"]).status == 200
    assert other.post("/my/ask", mail=base64.b32encode(
        rc).rstrip(b"=")).status == 200
    assert other.post("/my/ask", mail=people[3]["email"]).status == 200
    until(lambda: len(queued(w)) > before, 20, "the second is queued")
    assert all(r != who["id"] for r, _ in queued(w))
    assert rows(w, state) == [(4,), (2,)], "its case is done"
    assert "Wish Ofmine" not in str(rows(w, "SELECT * FROM casefile"))


def too_late(w, who):
    """Its time has come: it is undone while a hold stops it, and once it has
    begun no more, also where it could not be done; the pages and the command
    agree."""
    officer = joined(w, "q@summit.example", "privacy-officer")
    me = Mine(w).enter(who["id"])
    with database(w) as db:
        db.execute("CREATE TRIGGER stuck BEFORE UPDATE ON registration "
                   "WHEN new.status = 4 BEGIN SELECT RAISE(ABORT, 'x'); END")

    def held():
        w.cli("hold", "add", "--registration", who["id"], "--reason",
              "Lawsuit 7 O 12", "--reviewer", "anna")
        return rows(w, "SELECT max(id) FROM hold")[0][0]

    def due():
        with database(w) as db:
            db.execute("UPDATE barrier SET erase_due = ? WHERE "
                       "registration = ?", (int(time.time()) - 9, who["id"]))

    def letters():
        return [x for x, in rows(w, "SELECT letter FROM mail WHERE kind = 3 "
                                 "AND registration = ? ORDER BY id",
                                 who["id"])]

    # Who asks while it is held hears why not, at once and by letter, with the
    # right to complain, but not what staff noted of it.
    hold = held()
    seen = words(me.act("erase-yes").text)
    assert "some of it has to be kept for now" in seen, seen
    assert "complain to the supervisory authority" in seen, seen
    assert "7 O 12" not in seen and "Until then you can call it" not in seen
    assert letters()[-1] == 16, letters()
    copy = me.act("json")
    assert copy.json["registration"]["erasure_held_at"], copy.text
    assert "7 O 12" not in copy.text
    due()
    assert "some of it has to be kept" in words(me.act("").text)
    assert "Called off" in words(me.act("undo").text)
    w.cli("hold", "lift", hold, "--yes")
    # A hold that comes later is told by itself, and so is the new day when it
    # is lifted: the time to call it off runs once more.
    me.act("erase-yes")
    assert letters()[-1] == 8, letters()
    hold = held()
    until(lambda: letters()[-1] == 16, 20, "the letter about the hold")
    due()
    w.cli("hold", "lift", hold, "--yes")
    until(lambda: letters()[-1] == 8, 20, "the letter with the new day")
    assert "will be erased. Until then" in words(me.act("").text)
    due()
    until(lambda: rows(w, "SELECT erase_begun <> 0 FROM barrier WHERE "
                       "registration = ?", who["id"]) == [(1,)], 30,
          "it begins")
    seen = words(me.act("").text)
    assert "time to call it off is over" in seen, seen
    assert "Do not erase" not in seen, seen
    seen = words(me.act("undo").text)
    assert "is over" in seen and "Called off" not in seen, seen
    said = w.refused("right", "undo", who["id"])
    assert "is being erased: that cannot be undone" in said, said
    num, = rows(w, "SELECT max(num) FROM casefile WHERE type = 3")[0]
    seen = words(officer.get(f"/cases/{num}").text)
    assert "It is being erased" in seen, seen
    assert "Undo the erasure" not in seen, seen
    with database(w) as db:
        db.execute("DROP TRIGGER stuck")


def nobody_buries_the_officer(w, person, other):
    """Each press of a button that makes a case makes one: so many, then one
    now and then. Nothing else waits for it, and nobody else."""
    me = Mine(w, "de").enter(person["id"])

    def made():
        return rows(w, "SELECT count(*) FROM casefile WHERE registration = ?",
                    person["id"])[0][0]

    before = made()
    for act in ("save", "withdraw-all", "json"):
        got = [me.act(act, name=f"Xaver {n}") for n in range(25)]
        assert [a.status for a in got[:20]] == [200] * 20, act
        assert got[-1].status == 429 and int(got[-1].headers["Retry-After"])
    # A try more may have come back on a slow machine.
    assert 60 <= made() - before <= 66, made() - before
    text = words(me.act("save", name="Yvo").text)
    assert "Zu viele Versuche" in text and "Zurück" in text, text
    for act in ("", "correct", "object", "erase", "erase-yes", "undo", "read"):
        assert me.act(act).status == 200, act
    assert Mine(w).enter(other["id"]).act("json").status == 200


def a_crowd_mistypes(w, person):
    """All of a venue are behind one address: others' mistakes close the page to
    nobody there, and wait for nobody who writes."""
    me = Mine(w)
    wrong = [base64.b32encode(os.urandom(16)).decode().rstrip("=")
             for _ in range(300)]
    assert {me.post(code=code).status for code in wrong} == {404}
    with database(w) as db:
        db.execute("BEGIN IMMEDIATE")
        assert me.post(code=wrong[0]).status == 404
        db.execute("ROLLBACK")
    assert me.enter(person["id"]).page().status == 200


def a_flood_is_slowed(w, person):
    me = Mine(w).enter(person["id"])
    fresh = link(w, person["id"])
    n = next(n for n in range(6000) if me.post(code="short").status == 429)
    assert n >= 3000, n
    # Whose code is good is never held up.
    assert me.page().status == 200
    assert me.open(fresh).status == 200
    assert me.page().status == 200


with World() as world:
    world.start_host()
    everybody = attending(world)
    an_address_is_nobodys_business(world, everybody)
    a_crowd_behind_one_address(world, everybody)
    a_receipt_mails_a_link(world, everybody)
    the_form_has_no_store(world)
    session = links_work_once(world, everybody)
    sessions_end(world, session, everybody)
    others_are_none_of_his(world, everybody)
    several_with_one_address(world, everybody)
    others_than_attending(world)
    erasure(world, everybody)
    nobody_buries_the_officer(world, everybody[3], everybody[1])
    too_late(world, everybody[-1])
    a_crowd_mistypes(world, everybody[1])
    a_flood_is_slowed(world, everybody[1])
    log = world.log("host").read_text()
    assert not any(p["email"] in log for p in everybody)
    print("ok")
