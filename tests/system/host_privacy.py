# SPDX-License-Identifier: Apache-2.0
"""/privacy: what the event collects, from the policy in force, in eight
languages, known by nobody; and no public page sets a cookie, asks another
host for anything, or holds a person's value."""

import html
import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, came, enrolled  # noqa: E402
from mailing import mailer, setup  # noqa: E402
from smtpsink import Sink  # noqa: E402
from wire import Client  # noqa: E402
from world import POLICY  # noqa: E402

LANGUAGES = ("en", "de", "fr", "es", "ja", "zh", "ar", "hi")
PAGES = ("/", "/b", "/r/", "/privacy", "/verify", "/nothing", "/my/",
         "/my/shares/")
CONTACTS = re.compile(r"^(controller|contact|complaint) .*\n", re.M)


def words(page):
    text = re.sub(r"<(style|script|title|template).*?</\1>", "", page,
                  flags=re.S)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def says_what_is_collected(w, c):
    answer = c.ask("GET", "/privacy")
    assert answer.status == 200
    seen = words(answer.text)
    for text in ("Summit 2026", "Summit Association, 2 Fair Street",
                 "privacy@summit.example", "Berliner Beauftragte",
                 "data protection authority",
                 # Each sponsor, what for, where, and how long.
                 "Example Corp", "contact you about its products", "Germany",
                 "180 days", "https://example-corp.example/privacy",
                 "Acme Instruments", "send you the slides of its talk",
                 "Ireland", "30 days", "https://acme.example/data-protection",
                 "31 December 2035",
                 # How long at the host, by the policy's `retention`.
                 "1095 days (from the answer)",
                 "30 days (from the end of the event or of the last "
                 "sponsor's period)", "30 days (from the sending)",
                 "365 days (from the export)",
                 "1825 days (from the closing of the report)",
                 "1825 days (from the giving out, or",
                 "Longer only while a dispute",
                 "1 January 2025", "withdraw", "no cookies"):
        assert text in seen, (text, seen)
    assert 'href="mailto:privacy@summit.example"' in answer.text
    # Who wants to see, correct or delete it, does it there.
    assert '<a href="/my/">' in answer.text.split("Your rights")[1]
    corp = words(re.search(r'<section id="example-corp">.*?</section>',
                           answer.text, re.S).group(0))
    always, ticked = corp.split("Always with a share")[1].split(
        "Only if you tick it")
    assert "Name" in always and "Email" in always, corp
    assert "Company" in ticked and "Work phone" not in corp


def in_every_language(w, c):
    seen = set()
    for lang in LANGUAGES:
        page = c.ask("GET", f"/privacy?lang={lang}").text
        assert f'<html lang="{lang}" dir="' \
            f'{"rtl" if lang == "ar" else "ltr"}"' in page
        # The purpose is in a language that the policy has.
        own = lang if lang == "de" else "en"
        assert f'<bdi lang="{own}">' in page, lang
        assert "%" not in words(page), lang
        seen.add(re.search("<h1>(.*?)</h1>", page).group(1))
        # A choice stays; every page leads here.
        for path in PAGES:
            shown = c.ask("GET", f"{path}?lang={lang}").text
            for other in ("/privacy", "/my/"):
                assert f'<a href="{other}?lang={lang}">' in shown, \
                    (path, lang, other)
    assert len(seen) == len(LANGUAGES)
    home = c.ask("GET", "/").text
    assert '<a href="/privacy">' in home and "Summit 2026" in home, home


def knows_nobody(w, c):
    person = attending(w)[0]
    for path in PAGES:
        answer = c.ask("GET", path, headers={"Cookie": "x=1"})
        assert "Set-Cookie" not in answer.headers, path
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "http" not in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        # What a browser would fetch by itself is here.
        for link in re.findall(r'<(?:link|script|img)[^>]* (?:src|href)="'
                               r'([^"]*)"', answer.text):
            assert re.match(r"/[a-z]|data:,", link), (path, link)
        for name in ("name", "email", "work_phone"):
            assert not person[name] or person[name] not in answer.text, path


def sets_no_cookie(w, c):
    """Nor does what a mail leads to, or an auditor's program asks for."""
    with Sink() as sink:
        setup(w, sink)
        mailer(w, "--daily")
        mail, = sink.take()
    stop = re.search(r"/my/stop/[A-Z2-7]{26}", mail.text)[0]
    log = "/log/k01/checkpoint"
    for method, path, status in (
            ("GET", log, 404), ("GET", stop, 200), ("POST", stop, 200),
            ("GET", stop[:-1] + "7", 404), ("GET", "/log/k99/checkpoint", 404),
            ("GET", "/healthz", 200), ("GET", "/style.css", 200)):
        answer = c.ask(method, path, headers={"Cookie": "x=1"})
        assert answer.status == status, (method, path, answer.status)
        assert "Set-Cookie" not in answer.headers, path
    came(w, -2)     # its quarter hour has ended
    answer = c.ask("GET", log, headers={"Cookie": "x=1"})
    assert answer.status == 200 and "Set-Cookie" not in answer.headers


def made_once(w, c):
    """What the policy says is made once for each language, whoever asks, and
    anew for another policy."""
    asked = {lang: c.ask("GET", f"/privacy?lang={lang}") for lang in LANGUAGES}
    with sqlite3.connect(w.host_dir / "host.db") as db:
        db.execute("UPDATE part SET payload = replace(payload, "
                   "'Example Corp', 'Exemplary Co')")
    for lang in LANGUAGES:
        again = c.ask("GET", f"/privacy?lang={lang}")
        assert again.body == asked[lang].body, lang
        assert "Set-Cookie" not in again.headers
    assert len({a.body for a in asked.values()}) == len(LANGUAGES)
    de = c.ask("GET", "/privacy", headers={"Accept-Language": "de-AT, en"})
    assert '<html lang="de"' in de.text and "Example Corp" in de.text
    path = w.dir / "next.conf"
    path.write_text(POLICY.read_text(encoding="utf-8").replace(
        "Example Corp", "Sample Corp"), encoding="utf-8")
    w.cli("policy", "install", "--same-company", path)
    for lang in LANGUAGES:
        seen = words(c.ask("GET", f"/privacy?lang={lang}").text)
        assert "Sample Corp" in seen and "Example Corp" not in seen, lang


def without_a_word_of_the_event(w, c):
    """No contact in the policy: no empty rows."""
    text = POLICY.read_text(encoding="utf-8")
    bare = w.dir / "bare.conf"
    bare.write_text(CONTACTS.sub("", text).replace(
        "Example Corp", "Sample Corp") + "retention { cases = 77 }\n",
                    encoding="utf-8")
    said = w.cli("policy", "check", bare)
    assert "Attendees are not told who answers for the event" in said
    w.cli("policy", "install", bare)
    seen = words(c.ask("GET", "/privacy").text)
    assert "Summit Association" not in seen and "Sample Corp" in seen
    assert "Data protection contact" not in seen
    assert "77 days (from the answer)" in seen, seen
    assert "<dd></dd>" not in c.ask("GET", "/privacy").text


with World() as world:
    world.start_host()
    client = Client(world.url)
    d = enrolled(world, "k01")
    d.share(badges(world, 1)[0], [1, 2])
    assert d.upload(1).status == 200
    for check in (says_what_is_collected, in_every_language, knows_nobody,
                  sets_no_cookie, made_once, without_a_word_of_the_event):
        check(world, client)
        print("ok", check.__name__)
