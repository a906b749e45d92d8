# SPDX-License-Identifier: Apache-2.0
"""Once a day each attendee is told what was shared since the last mail: who,
which fields, when, where, and never a value. The link in it shows the shares,
withdraws them, takes "that was not me"; another ends the mails."""

import html
import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, leads  # noqa: E402
from mailing import database, due, mailer, queue, setup  # noqa: E402
from portal import joined  # noqa: E402
from smtpsink import Sink  # noqa: E402
from wire import Client  # noqa: E402
from world import POLICY  # noqa: E402

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LANGS = {  # what a mail, its page, and its end say
    "en": ("What you shared: ", "What was shared", "Stop these mails"),
    "de": ("Was Sie weitergegeben haben: ", "Was weitergegeben wurde",
           "Diese Mails beenden"),
    "fr": ("Ce que vous avez partagé\u00a0: ", "Ce qui a été partagé",
           "Arrêter ces messages"),
    "es": ("Lo que ha compartido: ", "Lo que se ha compartido",
           "No recibir más estos correos"),
    "ja": ("共有された内容: ", "共有された内容", "メールを停止する"),
    "zh": ("您分享的内容：", "已分享的内容", "停止发送这些邮件"),
    "ar": ("ما شاركته: ", "ما جرت مشاركته", "إيقاف هذه الرسائل"),
    "hi": ("आपने क्या साझा किया: ", "क्या साझा किया गया", "ये मेल बंद करें"),
}


def words(page):
    text = re.sub(r"<(style|script|title).*?</\1>", "", page, flags=re.S)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def daily(w, sink, code=0):
    """The mails of this day, by recipient."""
    log = mailer(w, "--daily", code=code)
    assert "@" not in log, log
    return {m.to[0]: m for m in sink.take()}


def links(mail, w):
    code = re.search(re.escape(w.url) + r"/my/shares/#([A-Z2-7]{26})\n",
                     mail.text).group(1)
    stop = re.search(re.escape(w.url) + r"(/my/stop/[A-Z2-7]{26})\n",
                     mail.text).group(1)
    return code, stop


def post(w, code, **more):
    body = urllib.parse.urlencode({"code": code, **more})
    return Client(w.url).ask("POST", "/my/shares/", body, FORM)


def says_what_and_no_value(w, sink, people, device, pair):
    device.share(pair[0], [1, 2], lang="de")
    device.share(pair[0], [1, 2, 3], lang="fr")
    device.share(pair[1], [1], lang="ja")
    assert device.upload(1).status == 200
    w.cli("device", "booth", "k01", "Hall 2")
    # First started after its hour it waits for the next; what that told once is
    # not told again when it was stopped at the hour.
    mailer(w)
    assert not sink.take(), "a mail about a day that has hardly begun"
    with database(w) as db:
        db.execute("UPDATE meta SET value = value - 1 WHERE key = 'daily'")
    mailer(w)
    got = {m.to[0]: m for m in sink.take()}
    assert set(got) == {p["email"] for p in people[:2]}, got.keys()
    ada = got[people[0]["email"]]
    assert ada.subject == LANGS["fr"][0] + "Summit 2026", ada.subject
    assert ada.text.count("- Example Corp (stand Hall 2)\n") == 2, ada.text
    assert "E-mail, Société" in ada.text
    for value in (people[0]["company"], people[0]["email"],
                  people[0]["work_phone"]):
        assert value not in ada.text, value
    assert ada.message["List-Unsubscribe-Post"] == \
        "List-Unsubscribe=One-Click"
    assert ada.message["List-Unsubscribe"] == \
        "<" + w.url + links(ada, w)[1] + ">"
    # Once: the same day, and the next.
    assert daily(w, sink) == {}
    return got


def tells_only_what_is_new(w, sink, people, device, pair):
    size = len(device.log)
    device.share(pair[0], [1], lang="de")
    assert device.upload(size).status == 200
    got = daily(w, sink)
    (mail,) = got.values()
    assert mail.text.count("- Example Corp") == 1
    assert mail.subject.startswith(LANGS["de"][0])


def page_withdraws(w, mail):
    code, _ = links(mail, w)
    c = Client(w.url)
    box = c.ask("GET", "/my/shares/")
    assert box.status == 200 and "/receipt.js" in box.text
    wrong = post(w, "A" * 26)
    assert wrong.status == 404 and "not good any more" in wrong.text
    page = post(w, code, lang="en")
    assert page.status == 200 and page.headers["Cache-Control"] == "no-store"
    assert words(page.text).count("Example Corp") == 2
    shares = re.findall(r'name="share" value="(k01-\d+)"', page.text)
    first = shares[0]
    assert first in leads(w)
    # A share that this mail did not tell is not its business.
    assert post(w, code, act="withdraw", share="k01-3").status == 404
    assert post(w, code, act="withdraw", share="k99-1").status == 404
    assert post(w, code, act="nonsense", share=first).status == 404
    done = post(w, code, lang="en", act="withdraw", share=first)
    assert done.status == 200 and "Withdrawn" in done.text
    assert first not in leads(w) and len(leads(w)) >= 1
    return code, shares[-1]


def page_takes_not_me(w, code, share):
    """It is withdrawn, a case is open, and what stands beside is held."""
    before = set(leads(w))
    assert share in before and len(before) > 1
    asked = post(w, code, lang="en", act="notme", share=share)
    assert "other people’s shares too" in asked.text, asked.text
    assert set(leads(w)) == before, "it is asked first"
    assert post(w, code, act="notme", share="k01-3").status == 404
    done = post(w, code, lang="en", act="notme-sure", share=share)
    assert done.status == 200 and "Thank you" in done.text
    assert "you told us that it was not you" in done.text, done.text
    mine = done.text.split(f'id="s-{share}"')[1].split("<h2")[0]
    assert 'value="notme"' not in mine, mine
    assert leads(w) == {}, leads(w)
    post(w, code, lang="en", act="notme-sure", share=share)
    with database(w) as db:
        cases = list(db.execute("SELECT * FROM casefile"))
    assert len(cases) == 1, [dict(x) for x in cases]
    assert "one beside it, is not theirs" in w.cli("odd", "list")
    # What staff have looked at and released is not held by saying it again.
    with database(w) as db:
        db.execute("UPDATE lead SET state = 0, reason = 0 WHERE state = 3")
        db.execute("DELETE FROM odd")
    assert set(leads(w)) == before - {share}
    post(w, code, lang="en", act="notme-sure", share=share)
    assert set(leads(w)) == before - {share}, leads(w)


def letters_say_what_staff_wrote(w, sink, people):
    """From the case as it is then, not from the queue."""
    person = people[0]["id"]
    with database(w) as db:
        db.execute("UPDATE casefile SET t0 = 'We wait for the sponsor.', "
                   "t3 = 'Nothing of yours was given.'")
    for letter, says in ((3, "a share that was not yours"),
                         (4, "We wait for the sponsor."),
                         (6, "Nothing of yours was given.")):
        queue(w, person, 3, letter, "en", 1, 1793664000)
        mailer(w)
        (mail,) = sink.take()
        text = mail.text.replace("\n", " ")
        assert says in text and "number" in text, mail.text
        assert letter == 6 or "3 November 2026" in text, mail.text


def breach_names_the_fields(w, sink, people, device):
    """Those that this person shared there, and no others; of a breach of the
    host all that it holds, without a share too."""
    mail = breach_mail(w, sink, people[1], device.device)
    assert "Which of your data: Name " in mail, mail
    shared = {r for (r,) in database(w).execute(
        "SELECT badge.registration FROM lead JOIN edition ON edition.id = "
        "lead.edition JOIN badge ON badge.badge_id = edition.badge_id")}
    held = next(r for r in w.registrations() if r["id"] not in shared and
                re.fullmatch(r"[!-~]+@[!-~]+", r["email"]))
    mail = breach_mail(w, sink, held, "")
    assert "Which of your data: Name, Email, Company" in mail, mail


def breach_mail(w, sink, person, device):
    with database(w) as db:
        num = db.execute(
            "INSERT INTO incident (device, sponsor, since, until, aware_at, "
            "opened_at, actor) VALUES (?, '', 0, 0, 1793664000, 1793664000, "
            "'test')", (device,)).lastrowid
        # Lines as they were written, however long, and one of a dot alone.
        what = f"A device is gone.\n\n{'It was lent. ' * 150}!\n.\n..\nYes"
        for lang, what in (("", "Ein Gerät ist weg."), ("en", what)):
            db.execute("INSERT INTO incident_text VALUES (?, ?, ?, ?, ?, ?)",
                       (num, lang, what, "Unwanted mail.", "It is revoked.",
                        "Beware of strangers."))
    queue(w, person["id"], 4, 0, "en", num)
    mailer(w)
    (mail,) = sink.take()
    assert f"\n{what}\n\n" in mail.text, mail.text
    text = mail.text.replace("\n", " ")
    for said in ("What happened: A device is gone.",
                 "What may come of it: Unwanted mail.",
                 "What we have done and are doing: It is revoked.",
                 "What you can do: Beware of strangers."):
        assert said in text, mail.text
    assert "privacy@summit.example" in text
    return text


def stops(w, sink, people, device, pair, mail):
    _, stop = links(mail, w)
    c = Client(w.url)
    asked = c.ask("GET", stop + "?lang=en")
    assert asked.status == 200 and "Stop these mails" in asked.text
    assert c.ask("GET", "/my/stop/" + "A" * 26).status == 404
    assert c.ask("POST", "/my/stop/" + "A" * 26, "", FORM).status == 404
    with database(w) as db:
        assert not list(db.execute("SELECT * FROM optout"))
    # As mail programs do it; some of them twice, which is said once.
    for _ in range(3):
        done = c.ask("POST", stop, "List-Unsubscribe=One-Click", FORM)
        assert done.status == 200, done.status
    with database(w) as db:
        said = list(db.execute("SELECT count(*) FROM audit WHERE "
                               "act = 'mail.stop'"))
        assert [n for n, in said] == [1], [tuple(x) for x in said]
    size = len(device.log)
    device.share(pair[0], [1], lang="de")
    device.share(pair[1], [1], lang="de")
    assert device.upload(size).status == 200
    assert set(daily(w, sink)) == {people[1]["email"]}


def leaves_out(w, sink, people, device, pair):
    """Minors, who was erased, who has no address; and what was withdrawn
    before it was told."""
    person = people[1]
    for change in ("status = 3", "status = 4", "v2 = NULL"):
        with database(w) as db:
            had = db.execute("SELECT status, v2 FROM registration WHERE "
                             "id = ?", (person["id"],)).fetchone()
            db.execute(f"UPDATE registration SET {change} WHERE id = ?",
                       (person["id"],))
        size = len(device.log)
        device.share(pair[1], [1], lang="de")
        assert device.upload(size).status == 200
        assert daily(w, sink) == {}, change
        with database(w) as db:
            db.execute("UPDATE registration SET status = ?, v2 = ? WHERE "
                       "id = ?", (had["status"], had["v2"], person["id"]))
    # Told and not sent yet, then withdrawn: nothing is left to be told.
    size = len(device.log)
    device.share(pair[1], [1], lang="de")
    assert device.upload(size).status == 200
    sink.plan["greet"] = "554 no"
    daily(w, sink, code=1)
    with database(w) as db:
        db.execute("UPDATE lead SET state = 2 WHERE id IN (SELECT lead FROM "
                   "mail_share JOIN mail ON mail.id = mail WHERE state = 0)")
    sink.plan.clear()
    due(w)
    assert daily(w, sink) == {}
    with database(w) as db:
        assert not list(db.execute("SELECT * FROM mail WHERE state <> 2"))


def says_what_is_held(w, sink, people, device, pair):
    """Of a badge whose ticket was handed on, before the booth heard of it."""
    with database(w) as db:
        db.execute("UPDATE registration SET status = 5 WHERE id = ?",
                   (people[1]["id"],))
    size = len(device.log)
    device.share(pair[1], [1], lang="en")
    assert device.upload(size).status == 200
    (mail,) = daily(w, sink).values()
    assert mail.to == [people[1]["email"]], mail.to
    assert "This share is not passed on" in mail.text, mail.text
    with database(w) as db:
        db.execute("UPDATE registration SET status = 0 WHERE id = ?",
                   (people[1]["id"],))


def says_why_it_is_held(w, sink, people, device, pair):
    """The person's own wish, and not that something is to be checked."""
    for act, why, back in (
            ("object", "Sie haben widersprochen am ",
             ("--objection", "--leads")),
            ("restrict", "Eingeschränkt seit ", ())):
        size = len(device.log)
        device.share(pair[1], [1], lang="de")
        assert device.upload(size).status == 200
        w.cli("right", act, people[1]["id"])
        (mail,) = daily(w, sink).values()
        said = " ".join(mail.text.split())
        assert "Vorerst nicht weitergeleitet, wegen des Status" in said, said
        assert re.search(why + r"\d+\. \w+ \d{4}", said), said
        assert "geprüft" not in said, said
        page = post(w, links(mail, w)[0], lang="de").text
        assert "Vorerst nicht weitergeleitet, wegen des Status" in page, page
        assert "geprüft" not in page, page
        w.cli("right", "lift", people[1]["id"], *back)


def leaves_in_peace_who_is_erased(w, sink, people, device, pair):
    """Who asked for that was told that no mail about it follows."""
    size = len(device.log)
    device.share(pair[1], [1], lang="de")
    assert device.upload(size).status == 200
    w.cli("right", "erase", people[1]["id"], "--without-case",
          "law")
    assert all("weitergegeben haben" not in m.subject
               for m in daily(w, sink).values())
    w.cli("right", "undo", people[1]["id"])
    with database(w) as db:
        db.execute("DELETE FROM mail WHERE state = 0")


def tells_what_is_checked(w, sink, people, device, pair):
    """It is held as one beside another that somebody disowns; the page of the
    mail says that it is passed on when it is."""
    size = len(device.log)
    device.share(pair[1], [1], lang="en")
    assert device.upload(size).status == 200
    with database(w) as db:
        db.execute("UPDATE lead SET state = 3, reason = 13 WHERE id = "
                   "(SELECT max(id) FROM lead)")
    (mail,) = daily(w, sink).values()
    said = " ".join(mail.text.split())
    assert "told not to use it until then" in said, said
    assert "What has become of it later is shown at the link below" in said, said
    assert "told not to use it" in post(w, links(mail, w)[0], lang="en").text
    with database(w) as db:
        db.execute("UPDATE lead SET state = 0, reason = 0 WHERE state = 3")
    assert "The sponsor can fetch" in post(w, links(mail, w)[0],
                                           lang="en").text


def tells_what_is_back(w, sink, people, device, pair):
    """One that waited for another's "not me" and is released: once, though it
    was told before; not who it was, and not to who wants none."""
    seqs = [device.share(pair[1], [1], lang="en") for _ in range(2)]
    assert device.upload(seqs[0]).status == 200
    with database(w) as db:
        # Of a quarter hour of their own: what another case holds too waits on.
        db.execute("UPDATE lead SET time = (SELECT max(time) FROM lead) - 1800 "
                   "WHERE (id & 4294967295) >= ?", (seqs[0],))
    (mail,) = daily(w, sink).values()
    assert "is passed on again." not in mail.text, mail.text
    officer = joined(w, "p@summit.example", "privacy-officer")
    said = w.cli("case", "open", "not-me", "--registration",
                 people[1]["id"], "--share", f"k01-{seqs[0]}")
    case = said.split()[1]
    daily(w, sink)
    officer.get(f"/cases/{case}")
    officer.post(f"/cases/{case}/act", do="release-held")
    assert f"k01-{seqs[1]}" in leads(w)
    (mail,) = daily(w, sink).values()
    assert mail.to == [people[1]["email"]], mail.to
    assert mail.text.count("It is passed on again.") == 1, mail.text
    assert mail.text.count("Example Corp") == 1, mail.text
    assert daily(w, sink) == {}, "once"


def every_language(w, sink, people, device, pair):
    for lang, (subject, title, button) in LANGS.items():
        size = len(device.log)
        device.share(pair[1], [1, 2], lang=lang)
        assert device.upload(size).status == 200
        (mail,) = daily(w, sink).values()
        plain = re.sub("[\u2068\u2069]", "", mail.subject)
        assert plain == subject + "Summit 2026", mail.subject
        code, stop = links(mail, w)
        assert title in words(post(w, code, lang=lang).text), lang
        asked = Client(w.url).ask("GET", f"{stop}?lang={lang}")
        assert button in words(asked.text), lang


def policy(w):
    """The example's, in every language."""
    text = POLICY.read_text().replace(
        "languages = { en, de }", "languages = { %s }" % ", ".join(LANGS))
    more = "".join(f'{x} = "news" ' for x in LANGS if x not in ("en", "de"))
    text = re.sub(r"^(\s*)(en\s*=)", rf"\1{more}\n\1\2", text, flags=re.M)
    path = w.dir / "policy.conf"
    path.write_text(text)
    w.cli("policy", "install", path)


with World(policy=None) as world, Sink() as post_box:
    policy(world)
    world.start_host()
    setup(world, post_box)
    two = badges(world, 2)
    folk = attending(world)[:2]
    booth = enrolled(world, "k01")
    first_day = says_what_and_no_value(world, post_box, folk, booth, two)
    tells_only_what_is_new(world, post_box, folk, booth, two)
    ada_mail = first_day[folk[0]["email"]]
    page_takes_not_me(world, *page_withdraws(world, ada_mail))
    letters_say_what_staff_wrote(world, post_box, folk)
    breach_names_the_fields(world, post_box, folk, booth)
    stops(world, post_box, folk, booth, two, ada_mail)
    leaves_out(world, post_box, folk, booth, two)
    says_what_is_held(world, post_box, folk, booth, two)
    other = enrolled(world, "k02")      # beside which nobody disowned any
    says_why_it_is_held(world, post_box, folk, other, two)
    leaves_in_peace_who_is_erased(world, post_box, folk, other, two)
    tells_what_is_checked(world, post_box, folk, booth, two)
    tells_what_is_back(world, post_box, folk, booth, two)
    every_language(world, post_box, folk, booth, two)
