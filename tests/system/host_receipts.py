# SPDX-License-Identifier: Apache-2.0
"""/r/: an attendee sees what was shared with whom, and withdraws it."""

import base64
import datetime
import html
import json
import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import BIN, World, attending, badges, came  # noqa: E402
from hosting import enrolled, leads  # noqa: E402
from wire import Client, canonical, cosigned, root, sha  # noqa: E402

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def code_text(rc):
    return base64.b32encode(rc).decode().rstrip("=")


def ask(c, code, act=None, lang=None, headers=None):
    body = f"code={code}" + (f"&act={act}" if act else "") + \
        (f"&lang={lang}" if lang else "")
    return c.ask("POST", "/r/", body, dict(FORM, **(headers or {})))


def words(page):
    """What a reader of the page sees."""
    text = re.sub(r"<(style|script|title).*?</\1>", "", page, flags=re.S)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def headers_are_strict(w, c):
    for answer in (c.ask("GET", "/r/"), ask(c, code_text(bytes(16))),
                   ask(c, "short"), c.ask("GET", "/b"), c.ask("GET", "/"),
                   c.ask("GET", "/nothing")):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, policy
        assert "unsafe" not in policy and "http" not in policy
        assert "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        # No script or style inside, nothing from elsewhere.
        assert not re.search(r"<script(?! src=\"/)", answer.text)
        assert "<style" not in answer.text
        assert not re.search(r"(src|href|action)=\"(https?:)?//",
                             answer.text)
        assert not re.search(r" on[a-z]+=", answer.text)
    script = c.ask("GET", "/receipt.js")
    assert "javascript" in script.headers["Content-Type"]
    assert "replaceState" in script.text
    assert c.ask("GET", "/style.css").headers["Content-Type"].startswith(
        "text/css")


def shows_what_and_to_whom(w, c):
    d = enrolled(w, "k01")
    rc = os.urandom(16)
    seq = d.share(badges(w, 1)[0], [1, 2], rc=rc)
    assert d.upload(1).status == 200
    answer = ask(c, code_text(rc))
    assert answer.status == 200, answer.status
    seen = words(answer.text)
    for text in ("Example Corp", "Name", "Email", "180 days",
                 "privacy@example-corp.example",
                 "https://example-corp.example/privacy", "Summit 2026",
                 f"k01-{seq}", "Germany", "Withdraw this share",
                 "Whoever has this code"):
        assert text in seen, (text, seen)
    assert "Company" not in seen and "Work phone" not in seen
    # On a telephone, mail is a tap away.
    assert 'href="mailto:privacy@example-corp.example"' in answer.text
    # Never a value, for whoever has the code.
    person = attending(w)[0]
    for name in ("name", "email", "company", "work_phone"):
        if person[name]:
            assert person[name] not in answer.text, name
    assert d.device in seen and f"k01-{seq}" in leads(w)
    # As it may be typed: blanks, hyphens, lower case, a whole address.
    code = code_text(rc)
    for spelled in (code.lower(), f"{code[:5]}-{code[5:]}",
                    f"+{code[:9]}%20{code[9:]}+",
                    f"{w.url}/r/%23{code}"):
        assert ask(c, spelled).status == 200, spelled
    return d, rc, seq


def in_german(w, c, rc):
    for answer in (ask(c, code_text(rc), lang="de"),
                   ask(c, code_text(rc),
                       headers={"Accept-Language": "de-AT,de;q=0.9"})):
        assert answer.headers["Content-Language"] == "de"
        assert 'lang="de"' in answer.text
        seen = words(answer.text)
        assert "E-Mail" in seen and "widerrufen" in seen
        assert "über seine Produkte informieren" in seen
    for accept, lang in (("en;q=0.5, de;q=0.7", "de"), ("pt", "en"),
                         ("de;q=0.1,en", "en"), ("", "en")):
        answer = c.ask("GET", "/r/", headers={"Accept-Language": accept})
        assert answer.headers["Content-Language"] == lang, accept
    answer = c.ask("GET", "/b?lang=de", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "de"


def reads_what_was_shown(w, c):
    """The notice word for word, in the language of the screen, whatever that
    of the page is; of the policy's version that was in force then."""
    d = enrolled(w, "k10")
    badge = badges(w, 1)[0]
    shown = d.policy["notices"]["de"]
    for lang in ("de", "ar"):
        rc = os.urandom(16)
        # The device says "en" and shows German: the hash decides.
        d.share(badge, [1], rc=rc, lang="en" if lang == "ar" else "de",
                notice=sha(canonical(shown)))
        assert d.upload(len(d.log) - 1 if len(d.log) > 2 else 1).status == 200
        page = ask(c, code_text(rc), lang=lang).text
        quote = re.search(r"<blockquote lang=\"de\" dir=\"ltr\">(.*?)"
                          r"</blockquote>", page, re.S).group(1)
        assert [html.unescape(x) for x in re.findall(r"<p>(.*?)</p>", quote)
                ] == [shown[k] for k in ("title", "purpose", "retention",
                                         "withdraw", "silence")], quote
        assert f"<bdi>{d.policy['version']}</bdi>" in page
    # A notice that the policy has not: nobody claims to know it.
    rc = os.urandom(16)
    seq = d.share(badge, [1], rc=rc, notice=bytes(32))
    assert d.upload(seq).status == 200
    page = ask(c, code_text(rc)).text
    assert "<blockquote" not in page and "not kept any more" in page


TEXTS = {  # whom, a button, how long, the sponsor's country
    "en": ("You shared with %s", "Withdraw this share", "180 days, until",
           "Germany"),
    "de": ("Weitergegeben an %s", "Weitergabe widerrufen", "180 Tage, bis",
           "Deutschland"),
    "fr": ("Vous avez partagé avec %s", "Retirer ce partage", "180 jours",
           "Allemagne"),
    "es": ("Ha compartido con %s", "Retirar lo compartido", "180 días",
           "Alemania"),
    "ja": ("%sと共有した内容", "この共有を撤回する", "180日間", "ドイツ"),
    "zh": ("您已与%s分享", "撤回这次分享", "180天", "德国"),
    "ar": ("ما شاركته مع %s", "سحب هذه المشاركة", "180", "ألمانيا"),
    "hi": ("आपने %s के साथ साझा किया", "यह साझाकरण वापस लें", "180 दिन",
           "जर्मनी"),
}


def in_every_language(w, c, rc):
    for lang, (title, button, kept, country) in TEXTS.items():
        answer = ask(c, code_text(rc), headers={"Accept-Language": lang})
        assert answer.headers["Content-Language"] == lang
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}"'\
            in answer.text
        seen = words(answer.text)
        # The name keeps its own direction, and turns nothing around it.
        for text in (title % "\u2068Example Corp\u2069", button, kept,
                     country):
            assert text in seen, (lang, text, seen)
        assert "<bdi>Summit 2026</bdi>" in answer.text
        assert re.search(r'<a dir="ltr" [^>]*href="mailto:privacy@',
                         answer.text), lang
        for own in TEXTS:
            assert own == lang or f'value="{own}"' in answer.text, own
        # Nobody chose it, so it is not kept either.
        assert 'name="lang" value="' + lang not in answer.text
        for page in ("/", "/b", "/r/", "/nothing"):
            shown = c.ask("GET", page, headers={"Accept-Language": lang}).text
            assert f'<html lang="{lang}"' in shown and "%" not in shown, shown
    seen = words(ask(c, code_text(rc), lang="ja").text)
    assert re.search(r"20\d\d年\d+月\d+日 *まで", seen), seen
    # A choice stays, also with a button that acts.
    assert '<input type="hidden" name="lang" value="ja">' in ask(
        c, code_text(rc), lang="ja").text


def in_the_language_of_the_share(w, c):
    """When the browser says nothing that is known."""
    d = enrolled(w, "k09")
    rc = os.urandom(16)
    d.share(badges(w, 1)[0], [1], rc=rc, lang="de")
    assert d.upload(1).status == 200
    for headers, lang in (({}, "de"), ({"Accept-Language": "pt"}, "de"),
                          ({"Accept-Language": "fr, pt"}, "fr")):
        answer = ask(c, code_text(rc), headers=headers)
        assert answer.headers["Content-Language"] == lang, headers
        # The purpose as it was read then, where this language has none.
        assert '<bdi lang="de">Sie über' in answer.text, answer.text
    assert ask(c, code_text(rc), lang="hi").headers[
        "Content-Language"] == "hi"


def files_to_keep(w, c, d, rc, seq):
    answer = ask(c, code_text(rc), "receipt")
    assert answer.status == 200, answer.body
    assert "attachment" in answer.headers["Content-Disposition"]
    receipt = answer.json
    assert receipt["dct:conformsTo"] == \
        "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr"
    text = json.dumps(receipt)
    assert "pd:EmailAddress" in text and "pd:Job" not in text
    assert "Example Corp" in text and "P180D" in text
    person = attending(w)[0]
    assert person["email"] not in text and person["name"] not in text
    # It is no proof, and says what is.
    file = w.dir / "receipt.jsonld"
    file.write_bytes(answer.body)
    said = w.refused("verify", "receipt", file, "--key", w.vkey("k01"))
    assert "JSON-LD receipt, which is not signed; verify the proof" in said
    # The proof leads from the entry to the signed root.
    proof = ask(c, code_text(rc), "proof").text
    first, extra, index, rest = proof.split("\n", 3)
    assert first == "c2sp.org/tlog-proof@v1" and index == f"index {seq}"
    hashes, note = rest.split("\n\n", 1)
    at = sha(b"\0", base64.b64decode(extra.split(" ")[1]))
    hashes = [base64.b64decode(h) for h in hashes.split("\n") if h]
    size = int(note.split("\n")[1])
    place = seq
    # Small trees only: walk up, a lone last node moves up as it is.
    last = size - 1
    while last > 0:
        if place % 2 == 1 or place < last:
            other = hashes.pop(0)
            at = sha(b"\1", other, at) if place % 2 else sha(b"\1", at, other)
        place, last = place // 2, last // 2
    assert not hashes
    assert base64.b64encode(at).decode() == note.split("\n")[2]
    verified_as_served(w, proof, seq)
    # Whoever has it does not learn from it what the device did since.
    came(w, 1)
    d.decline()
    assert d.upload(len(d.log) - 1).status == 200
    assert ask(c, code_text(rc), "proof").text == proof
    came(w, -1)


def verified_as_served(w, proof, seq):
    """By the command that whoever has it would use; nothing of it may be
    another's."""
    file = w.dir / "share.tlog-proof"
    file.write_text(proof)
    said = w.cli_raw("verify", "receipt", file, "--key", w.vkey("k01"))
    assert f"ok: entry {seq} (share) is in log.summit.example/ev26/k01" \
        in said, said
    lines = proof.split("\n")
    for n, line in enumerate(lines[:-2]):   # the last signature is the host's
        at = len(line) // 2
        if line:
            other = line[:at] + ("B" if line[at] != "B" else "C") + \
                line[at + 1:]
            file.write_text("\n".join([*lines[:n], other, *lines[n + 1:]]))
            w.refused("verify", "receipt", file, "--key", w.vkey("k01"))


def withdraws(w, c, rc, seq):
    answer = ask(c, code_text(rc), "withdraw")
    assert answer.status == 200
    seen = words(answer.text)
    assert "Withdrawn" in seen and "Withdraw this share" not in seen
    assert "Whoever has this code" not in seen, "there is nothing left to do"
    assert f"k01-{seq}" not in leads(w)
    # For ever, and again is harmless.
    again = ask(c, code_text(rc), "withdraw")
    assert again.status == 200 and "Withdrawn" in words(again.text)
    assert "You have withdrawn" in words(ask(c, code_text(rc)).text)
    assert "dpv:ConsentWithdrawn" in ask(c, code_text(rc), "receipt").text
    # The log still verifies: nothing in it was touched.
    w.verify("k01")


def undone_is_said(w, c):
    d = enrolled(w, "k02")
    rc = os.urandom(16)
    seq = d.share(badges(w, 1)[0], [1, 2], rc=rc)
    d.undo(seq)
    assert d.upload(1).status == 200
    seen = words(ask(c, code_text(rc)).text)
    assert "undid this share" in seen and "Withdraw this" not in seen


def held_is_said(w, c):
    d = enrolled(w, "k03")
    rc = os.urandom(16)
    d.share(badges(w, 1)[0], [1, 2, 5], rc=rc)
    assert d.upload(1).status == 200
    seen = words(ask(c, code_text(rc)).text)
    assert "not passed on" in seen and "Withdraw this share" in seen
    assert "Withdrawn" in words(ask(c, code_text(rc), "withdraw").text)


def barred_is_said(w, c):
    """While its holder is withheld or cancelled, the share is not passed on."""
    d = enrolled(w, "k05")
    rc = os.urandom(16)
    seq = d.share(badges(w, 1)[0], [1, 2], rc=rc)
    assert d.upload(1).status == 200
    person = attending(w)[0]["id"]
    fetch = "The sponsor can fetch"
    assert fetch in words(ask(c, code_text(rc)).text)
    for word, gone in (("restrict", True), ("lift", False)):
        w.cli("right", word, person)
        seen = words(ask(c, code_text(rc)).text)
        assert (fetch in seen) != gone, seen
        assert ("not passed on" in seen) == gone, seen
        assert "Withdraw this share" in seen
        assert (f"k05-{seq}" in leads(w)) != gone
        said = w.run(BIN / "badgeward", "-C", w.host_dir, "export", "leads",
                     "--sponsor", "example-corp", "--format", "csv", "--out",
                     "/dev/null").stderr
        assert bool(re.search(r"left out: \d+ of withheld reg", said)) == \
            gone, said


def withdrawn_before_it_arrives(w, c):
    d = enrolled(w, "k04")
    rc = os.urandom(16)
    answer = ask(c, code_text(rc))
    assert answer.status == 404
    assert "not arrived yet" in words(answer.text)
    assert "Withdraw it now" in words(answer.text)
    answer = ask(c, code_text(rc), "withdraw")
    assert answer.status == 200 and "30 days" in words(answer.text)
    seq = d.share(badges(w, 1)[0], [1, 2], rc=rc)
    assert d.upload(1).status == 200
    assert f"k04-{seq}" not in leads(w)
    assert "You have withdrawn" in words(ask(c, code_text(rc)).text)


def wrong_codes_are_explained(w, c):
    for code in ("", "short", "2CPVITK3J5TIYVLLVZBUFAHE7", "1" * 26,
                 "%00" * 26, "<script>alert(1)</script>", "%ff", "A" * 5000):
        answer = ask(c, code)
        assert answer.status == 422, (code, answer.status)
        assert 'role="alert"' in answer.text
        assert "<script>alert" not in answer.text
    # What was typed stands there again, to be mended; nothing else does.
    assert 'value="2CPV-3&quot;&lt;"' in ask(c, "2CPV-3%22%3C").text
    assert 'id="code"' in ask(c, "%e4" + "A" * 9).text
    assert "A" * 9 not in ask(c, "%e4" + "A" * 9).text
    assert "A" * 99 not in ask(c, "A" * 99).text
    assert c.ask("POST", "/r/", b"", FORM).status == 422
    assert c.ask("POST", "/r/", b"x=1", FORM).status == 422


def times_are_the_events(w, c, rc):
    """By its clocks, whose zone is named; for machines UTC."""
    w.cli("case", "zone", "Asia/Tokyo")
    answer = ask(c, code_text(rc))
    machine, seen = re.findall(r'<time datetime="(\S+Z)">([^<]*)</time>',
                               answer.text)[0]
    at = datetime.datetime.fromisoformat(machine.replace("Z", "+00:00"))
    there = at + datetime.timedelta(hours=9)
    assert seen.endswith(f", {there:%H:%M} Asia/Tokyo"), (seen, machine)
    assert seen.startswith(f"{there.day} "), (seen, machine)
    w.cli("case", "zone", "UTC")
    assert ", " + at.strftime("%H:%M UTC") in words(
        ask(c, code_text(rc)).text)


def disowned_by_its_code(w, c):
    """The same act as by the daily mail, proved by the code."""
    d, rc = enrolled(w, "k30"), os.urandom(16)
    mine = d.share(badges(w, 1)[0], [1, 2], rc=rc)
    beside = d.share(badges(w, 2)[1], [1, 2], rc=os.urandom(16))
    assert d.upload(1).status == 200
    assert "That was not me" in words(ask(c, code_text(rc)).text)
    asked = words(ask(c, code_text(rc), "notme").text)
    assert "other people’s shares too" in asked, asked
    assert {f"k30-{mine}", f"k30-{beside}"} <= set(leads(w))
    for _ in range(2):
        answer = ask(c, code_text(rc), "notme-sure")
        assert "Thank you for telling us" in words(answer.text), answer.text
    assert not {f"k30-{mine}", f"k30-{beside}"} & set(leads(w))
    shown = words(ask(c, code_text(rc)).text)
    assert "That was not me" not in shown, shown
    with sqlite3.connect(w.host_dir / "host.db") as db:
        assert db.execute("SELECT proof, registration FROM casefile WHERE "
                          "type = 8").fetchall() == [
                              (1, attending(w)[0]["id"])]


with World() as world:
    world.start_host()
    client = Client(world.url)
    headers_are_strict(world, client)
    device, rc, seq = shows_what_and_to_whom(world, client)
    in_german(world, client, rc)
    in_every_language(world, client, rc)
    in_the_language_of_the_share(world, client)
    reads_what_was_shown(world, client)
    files_to_keep(world, client, device, rc, seq)
    times_are_the_events(world, client, rc)
    withdraws(world, client, rc, seq)
    for check in (undone_is_said, held_is_said, barred_is_said,
                  withdrawn_before_it_arrives, wrong_codes_are_explained,
                  disowned_by_its_code):
        check(world, client)
        print("ok", check.__name__)
    # No code was ever written down.
    codes = [code_text(rc), rc.hex()]
    for path in [world.log("host"), *world.host_dir.rglob("*")]:
        data = path.read_bytes() if path.is_file() else b""
        assert rc not in data and code_text(rc).encode() not in data, path
