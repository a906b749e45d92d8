# SPDX-License-Identifier: Apache-2.0
"""Staff write the policy in forms: from nothing to a version that devices get,
and from one version to the next. Faults stand beside their fields, whatever
is typed is a value and never a key, two who change at once are told, and
nothing counts before it is installed, and earlier versions stay to be read; one that
was lost over a backup is not made anew with another logo."""

import html
import json
import os
import re
import struct
import sys
import zlib

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import enrolled  # noqa: E402
from portal import joined  # noqa: E402
from wire import Client, open_jws  # noqa: E402
from world import BIN, LANGUAGES, World  # noqa: E402

EVENT = {"valid_from": "2025-01-01", "valid_until": "2035-12-31",
         "retention_days": "90", "first": "de", "language": ["en", "de"]}
FIELDS = ("name", "email", "company", "job_title", "work_phone", "location")
SPONSOR = {"name": "Gizmo & Söhne", "country": "DE",
           "privacy_url": "https://gizmo.example/p",
           "contact": "privacy@gizmo.example", "retention_days": "",
           "purpose_en": "call you", "purpose_de": "Sie anrufen",
           "field_name": "required", "field_email": "optional"}


def rev(p):
    return re.search(r'name="rev" value="(\d+)"', p.page.text).group(1)


def save(p, path, **fields):
    """As a browser does: the form of the page that is open there."""
    if p.at != path:
        p.get(path)
    assert p.page.status == 200, (path, p.page.status)
    return p.post(path, rev=rev(p), **fields)


def beside(p, field):
    """The error beside a field; None: there is none."""
    m = re.search(rf'id="{field}-error">([^<]*)<', p.page.text)
    return html.unescape(m.group(1)) if m else None


def text(p):
    return p.ask("GET", "/policy/draft/download").text


def check(w, p):
    """What `badgeward policy check` says of the draft."""
    path = w.dir / "draft.conf"
    path.write_text(text(p))
    return w.run(BIN / "badgeward", "-C", w.host_dir, "policy", "check", path)


def multipart(p, path, field, data, **fields):
    fields = {"csrf": p.csrf(), "rev": rev(p), **fields}
    body = b"".join(
        f'--B\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
        .encode() for k, v in fields.items())
    body += (f'--B\r\nContent-Disposition: form-data; name="{field}"; '
             'filename="x"\r\n\r\n').encode() + data + b"\r\n--B--\r\n"
    p.page = p.ask("POST", path, body,
                   type_="multipart/form-data; boundary=B")
    return p.get(p.page.location) if p.page.status == 303 else p.page


def png(w=64, h=32):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    rows = b"".join(b"\0" + b"\x20\x40\x80" * w for _ in range(h))
    return (b"\x89PNG\r\n\x1a\n" +
            chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def install(p, version):
    p.get("/policy/draft/changes")
    assert f"It becomes version <bdi>{version}</bdi>" in p.page.text
    return p.post("/policy/draft/install", rev=rev(p), confirm=version)


# ---- from nothing

def from_nothing(w, p):
    assert "There is no policy yet" in p.get("/policy").text
    assert "There is no sponsor yet" in p.get("/sponsors").text
    assert p.get("/policy/draft").text and p.at == "/policy"
    p.post("/policy/draft")
    assert p.at == "/policy/draft" and "no sponsor yet" in p.page.text
    p.get("/policy/draft/event")
    assert beside(p, "valid_from") == '"valid_from" is missing'
    for odd in "soon", "1.6.35", "31.6.2035":
        save(p, "/policy/draft/event", **{**EVENT, "valid_until": odd})
        assert "must be a date like" in beside(p, "valid_until")
        assert beside(p, "valid_from") is None
        assert f'value="{odd}"' in p.page.text, "it is there as it was typed"
    for name in "valid_from", "valid_until":
        hint = p.page.text.split(f'id="{name}-hint"')[1].split("</")[0]
        assert "ike 2026-06-0" in hint, hint
    save(p, "/policy/draft/event", **{**EVENT, "valid_until": "31.12.2035"})
    assert beside(p, "valid_until") is None
    assert 'value="2035-12-31"' in p.get("/policy/draft/event").text
    save(p, "/policy/draft/event", **EVENT, controller="Fair & Co, Berlin",
         contact="dpo@fair.example", complaint="")
    assert 'controller = "Fair & Co, Berlin"' in text(p), text(p)
    assert 'contact = "dpo@fair.example"' in text(p)
    assert "complaint" not in text(p)
    days_at_the_host(p)
    p.get("/policy/draft/event")
    save(p, "/policy/draft/event", **EVENT)
    assert beside(p, "valid_until") is None
    assert "languages = { de, en }" in text(p)
    for bad in ("", "Gizmo", "../x", "a" * 33, "a b", "-a"):
        p.get("/policy/draft")
        a = p.post("/policy/draft/sponsors", rev=rev(p), sponsor=bad)
        assert a.status == 422 and beside(p, "sponsor"), bad
    p.get("/policy/draft")
    p.post("/policy/draft/sponsors", rev=rev(p), sponsor="gizmo")
    assert p.at == "/policy/draft/sponsors/gizmo?done=draft"
    assert beside(p, "name") == '"name" is missing'
    assert beside(p, "purpose_de") == '"de" is missing'
    p.at = "/policy/draft/sponsors/gizmo"
    save(p, p.at, **{**SPONSOR, "country": "XX", "purpose_en": "",
                     "field_name": "never", "field_email": "never"})
    assert "two capital" in beside(p, "country")
    assert beside(p, "purpose_en") == '"en" is missing'
    assert "at least one field" in beside(p, "field_name")
    a = p.get("/policy/draft/changes")
    assert "cannot be compared" in a.text
    p.get("/policy/draft")
    a = p.post("/policy/draft/install", rev=rev(p), confirm="1")
    assert a.status == 422 and "cannot be compared" in a.text
    save(p, "/policy/draft/sponsors/gizmo", **SPONSOR)
    assert not re.findall(r'class="error"', p.page.text), p.page.text
    assert check(w, p).returncode == 0, check(w, p).stderr
    install(p, "1")
    assert p.at == "/policy?done=installed", (p.at, p.page.text)
    assert "Version <bdi>1</bdi>" in p.page.text
    # What comes next, as long as it is to be done.
    assert "Add a device for each booth" in p.page.text
    assert "olga@summit.example" in p.page.text
    assert (w.host_dir / "policy/1.conf").read_text() == \
        p.ask("GET", "/policy/versions/1/download").text
    assert "Gizmo &amp; Söhne" in p.get("/policy/versions/1").text
    # The command line finds it to be the very same.
    assert "nothing was changed" in w.cli("policy", "install",
                                          w.host_dir / "policy/1.conf")


# ---- whatever is typed is a value

HOSTILE = [
    'A "q" \\ ${HOME} $x', "'; } sponsor evil { name = x }", "# not a comment",
    "// nor this", "/* nor */ this", "\\\\n \\x41 \\101 \\", '"', "{sponsor",
    "<script>alert(1)</script>", "日本語 العربية हिन्दी 😀", "a = { b, c }",
    "+= (1)", "&lt;b&gt;", '" }\\" {',
]


def hostile(w, p):
    p.get("/policy")
    p.post("/policy/draft")
    # Texts in all languages.
    save(p, "/policy/draft/event",
         **{**EVENT, "first": "en", "language": LANGUAGES})
    for i, value in enumerate(HOSTILE):
        p.get("/policy/draft/sponsors/gizmo")
        form = {**SPONSOR, "name": value,
                "contact": HOSTILE[-1 - i], "field_email": "required"}
        form.update({f"purpose_{lang}": f"{value} {lang}"
                     for lang in LANGUAGES})
        save(p, "/policy/draft/sponsors/gizmo", **form)
        assert "<script>alert" not in p.page.text
        assert f'value="{html.escape(value, quote=True)}"' in \
            p.page.text.replace("&#34;", "&quot;").replace(
                "&#39;", "&#x27;"), (value, p.page.text)
        done = check(w, p)
        assert done.returncode == 0, (value, done.stderr)
        assert f"gizmo: {value}, established in Germany" in done.stdout, value
        assert "evil:" not in done.stdout
    for value, said in (("‮gnp.exe", "turn the direction"),
                        ("x" * 200, "bytes of UTF-8")):
        p.get("/policy/draft/sponsors/gizmo")
        save(p, "/policy/draft/sponsors/gizmo", **{**SPONSOR, "name": value})
        assert said in beside(p, "name"), (value, beside(p, "name"))
        assert check(w, p).returncode == 1
    before = text(p)
    for value in ("x" * 10000, "a\nb", "a\rname = evil", "\x1b[0m", "a\0b"):
        p.get("/policy/draft/sponsors/gizmo")
        a = save(p, "/policy/draft/sponsors/gizmo",
                 **{**SPONSOR, "name": value})
        assert a.status == 422 and beside(p, "name"), value
        assert text(p) == before
    p.get("/policy/draft/sponsors/gizmo")
    a = save(p, "/policy/draft/sponsors/gizmo",
             **{**SPONSOR, "name": "x" * 300000})
    assert a.status == 413
    for path in ("nobody", "..", "%2e%2e", "'", "gizmo%00"):
        for more in ("", "/texts", "/screen", "/screen/1"):
            a = p.ask("GET", f"/policy/draft/sponsors/{path}{more}")
            assert a.status in (400, 404), (path, more, a.status)


# ---- notices, questions, logo, PIN, screens

def texts(w, p):
    where = "/policy/draft/sponsors/gizmo/texts"
    save(p, "/policy/draft/event", **EVENT)
    save(p, "/policy/draft/sponsors/gizmo", **SPONSOR)
    p.get(where)
    save(p, where, notice_en_title="Hello", q0_id="size", q0_en="Size?",
         q0_de="Größe?", q0_choices="S\r\nM\r\n\r\nL, XL\r\n")
    assert "{sponsor}" in beside(p, "notice_en_title"), p.page.text
    p.at = where
    save(p, where, notice_en_title="{sponsor} asks", q0_id="size",
         q0_en="Size?", q0_de="Größe?", q0_choices="S\r\nM\r\nL, XL")
    assert not re.findall(r'class="error"', p.page.text), p.page.text
    said = check(w, p).stdout
    assert "Gizmo & Söhne asks" in said
    assert "Größe? (S, M, L, XL)" in said or "Size? (S, M, L, XL)" in said
    p.at = where
    a = save(p, where, q0_id="Not an id", q1_id="b", q1_en="B", q1_de="B")
    assert a.status == 422 and beside(p, "q0_id")
    p.at = None
    a = save(p, where, q0_id="b", q0_en="B", q0_de="B", q1_id="b")
    assert a.status == 422 and "already" in beside(p, "q1_id")
    assert "Size?" in text(p)
    p.at = None
    save(p, "/policy/draft/texts", notice_de_silence="Nichts heißt nein.",
         q0_id="")
    assert "Nichts heißt nein." in check(w, p).stdout


def in_language(p, language):
    p.get("/me")
    p.post("/me/profile", name="", language=language)


def says_it_in_german(p, sponsor):
    """Also what is said of a picture, and of a notice behind its name."""
    in_language(p, "de")
    for data, says in ((b"GIF89a", "ist weder eine PNG- noch eine SVG-Datei"),
                       (b"", "fehlt: Wählen Sie eine Datei")):
        p.get(sponsor)
        a = multipart(p, sponsor + "/logo", "file", data)
        assert a.status == 422 and "Das Bild" in a.text, a.text
        assert says in a.text and 'lang="en"' not in a.text, a.text
    p.at = None
    save(p, sponsor + "/texts", notice_en_title="Us")
    error = beside(p, "notice_en_title")
    assert error and "muss {sponsor} nennen" in error, p.page.text
    p.at = None
    save(p, sponsor + "/texts", notice_en_title="{sponsor} asks")
    in_language(p, "en")


def days_at_the_host(p):
    """What the host keeps for how long: empty is its own number."""
    where = "/policy/draft/event"
    save(p, where, **EVENT, keep_logins="14", keep_cases="9999")
    assert "from 0 to 3650" in beside(p, "keep_cases"), p.page.text
    assert beside(p, "keep_logins") is None
    save(p, where, **EVENT, keep_logins="14", keep_cases="")
    assert beside(p, "keep_cases") is None
    assert re.search(r"retention \{\s+logins = 14\s+\}", text(p)), text(p)
    p.get(where)
    assert re.search(r'name="keep_logins" value="14"', p.page.text)
    save(p, where, **EVENT)
    assert "logins = 14" in text(p)
    p.get(where)
    save(p, where, **EVENT, keep_logins="", keep_cases="")
    assert "retention {" not in text(p)


def secrets_and_pictures(w, p):
    sponsor = "/policy/draft/sponsors/gizmo"
    p.get(sponsor)
    a = p.post(sponsor + "/pin", rev=rev(p), pin="12a456")
    assert a.status == 422 and "6 to 12 digits" in beside(p, "pin")
    assert "12a456" not in a.text
    p.get(sponsor)
    p.post(sponsor + "/pin", rev=rev(p), pin="271828")
    assert 'staff_pin = "pbkdf2-sha256:' in text(p)
    assert "271828" not in text(p) and "pbkdf2" not in p.page.text
    p.get(sponsor)
    a = multipart(p, sponsor + "/logo", "file", b"GIF89a")
    assert a.status == 422 and "no PNG and no SVG" in a.text
    p.get(sponsor)
    a = multipart(p, sponsor + "/logo", "file", b"")
    assert a.status == 422
    says_it_in_german(p, sponsor)
    p.get(sponsor)
    multipart(p, sponsor + "/logo", "file", png())
    assert "gizmo.png" in p.page.text and "gizmo.png" in text(p)
    a = p.get(sponsor + "/screen?in=de&size=800x480")
    # Of the screen alone.
    assert '<html lang="en">' in a.text and "Screens under" in a.text
    assert a.status == 200
    pictures = [html.unescape(s) for s in
                re.findall(r'class="screen" src="([^"]+)"', a.text)]
    assert pictures
    for path in pictures:
        b = p.ask("GET", path)
        assert b.headers["Content-Type"] == "image/png", b.text
        assert b.body[16:24] == struct.pack(">II", 800, 480)
    assert p.ask("GET", sponsor + "/screen/99").status == 404
    p.get(sponsor)
    p.post(sponsor + "/pin", rev=rev(p), pin="", remove="pin")
    assert "staff_pin" not in text(p)


# ---- text

def the_text(w, p):
    good = text(p)
    p.get("/policy/draft/text")
    wrong = good.replace("country = ", "contry = ") + "# a comment\n"
    save(p, "/policy/draft/text", source=wrong.replace("\n", "\r\n"))
    line = 1 + wrong[:wrong.index("contry")].count("\n")
    assert f"Line <bdi>{line}</bdi>: " in p.page.text, p.page.text
    assert "is near" in p.page.text
    assert text(p) == wrong
    # Without a form to show, its pages lead to the text.
    assert p.get("/policy/draft/event") and p.at == "/policy/draft/text"
    assert "cannot be read" in p.get("/policy/draft").text
    p.get("/policy/draft/text")
    multipart(p, "/policy/draft/upload", "text",
              (good + "# kept <b>\n").encode())
    assert text(p) == good + "# kept <b>\n"
    assert "# kept &lt;b&gt;" in p.page.text
    assert "takes them out" in p.get("/policy/draft").text
    for bad in (b"\xff\xfe", b"", b"x" * 300000):
        p.get("/policy/draft/text")
        a = multipart(p, "/policy/draft/upload", "text", bad)
        assert a.status == 422, (bad[:8], a.status)
        # What stands there, which the next press would save.
        assert "# kept &lt;b&gt;\n</textarea>" in a.text, bad[:8]
    assert text(p) == good + "# kept <b>\n"


# ---- two at once, and what is installed

def in_german(world, p):
    """What is wrong with the text, and beside a field."""
    p.get("/me")
    p.post("/me/profile", name="", language="de")
    p.get("/policy/draft/text")
    source = html.unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>",
                                     p.page.text, re.S).group(1))
    wrong = re.sub(r'(?m)^country = .*|^\s+country = .*', 'country = "xx"',
                   source, count=1) + "\nnothing_known = 1\n"
    save(p, "/policy/draft/text", source=wrong.replace("\n", "\r\n"))
    p.get("/policy/draft/text")
    text = html.unescape(p.page.text)
    assert 'hier gibt es keinen Schlüssel "nothing_known"' in text, text
    assert '"country" besteht aus den zwei Großbuchstaben' in text, text
    assert 'lang="en"' not in p.page.text
    p.get("/policy/draft/text")
    save(p, "/policy/draft/text", source=source.replace("\n", "\r\n"))
    p.get("/me")
    p.post("/me/profile", name="", language="")


def two_at_once(w, p, q):
    p.get("/policy/draft/event")
    old = rev(p)
    q.get("/policy/draft/event")
    q.post("/policy/draft/event", rev=rev(q),
           **{**EVENT, "retention_days": "60"})
    a = p.post("/policy/draft/event", rev=old,
               **{**EVENT, "retention_days": "30"})
    assert a.status == 409 and "Somebody else" in a.text
    assert 'value="30"' in a.text and "retention_days = 60" in text(p)
    assert "quinn@summit.example" in p.get("/policy/draft").text
    # The page that came back saves over it, as it says.
    a = p.post("/policy/draft/event", rev=old, **EVENT)
    assert a.status == 409
    p.post("/policy/draft/event", rev=rev(p), **EVENT)
    assert "retention_days = 90" in text(p)
    p.get("/policy/draft/changes")
    stale = rev(p)
    q.at = None
    save(q, "/policy/draft/event", **{**EVENT, "retention_days": "45"})
    p.get("/policy/draft/changes")
    a = p.post("/policy/draft/install", rev=stale, confirm="2")
    assert a.status == 409, a.status


def read(w):
    """What attendees read."""
    return [Client(w.url).ask("GET", path).body for path in
            ("/privacy", "/r/")]


def version(device):
    """What a device gets."""
    a = device.call("GET", "/v1/device/policy")
    return json.loads(open_jws(a.text, device.host_spki)[1])["version"]


def the_next_version(w, p, before):
    device = enrolled(w, "k01", "gizmo")
    assert (version(device), read(w)) == ("1", before), "a draft has no effect"
    a = p.get("/policy/draft/changes")
    for said in ("Changed sponsor: <bdi>gizmo</bdi>", "Before:",
                 "for 45 days.", "From now on:", "for 90 days.",
                 "Its logo is shown in 64x32"):
        assert said in a.text, said
    a = p.post("/policy/draft/install", rev=rev(p), confirm="3")
    assert a.status == 422 and "Nothing was installed" in a.text
    assert not (w.host_dir / "policy/2.conf").exists()
    assert (version(device), read(w)) == ("1", before)
    install(p, "2")
    assert p.at == "/policy?done=installed"
    assert version(device) == "2" and read(w)[0] != before[0]
    # A draft begun from there has its logo, and nothing new.
    p.post("/policy/draft")
    assert "nothing to install" in p.get("/policy/draft/changes").text
    assert "logo" in text(p)
    p.get("/policy/draft/sponsors/gizmo")
    p.post("/policy/draft/sponsors/gizmo/remove", confirm="wrong")
    assert p.at == ("/policy/draft/sponsors/gizmo?done=word&open="
                    "/policy/draft/sponsors/gizmo/remove")
    assert '<details class="danger" open>' in p.page.text
    assert "gizmo" in text(p)
    p.get("/policy/draft")
    p.post("/policy/draft/sponsors", rev=rev(p), sponsor="other")
    p.at = None
    save(p, "/policy/draft/sponsors/other", **{**SPONSOR, "name": "Other"})
    p.get("/policy/draft/sponsors/gizmo")
    p.post("/policy/draft/sponsors/gizmo/remove", confirm="gizmo")
    a = p.get("/policy/draft/changes")
    assert "Sponsor that is gone: <bdi>gizmo</bdi>" in a.text
    assert "New sponsor: <bdi>other</bdi>" in a.text
    assert "Device <bdi>k01</bdi> is of a sponsor that is gone" in a.text
    p.get("/policy/draft")
    (w.dir / "without.conf").write_text(text(p))
    p.post("/policy/draft/discard", confirm="no")
    assert p.at == "/policy/draft?done=word&open=/policy/draft/discard"
    assert '<details class="danger" open>' in p.page.text
    p.post("/policy/draft/discard", confirm="draft")
    assert p.at == "/policy?done=discarded"
    assert p.get("/policy/draft") and p.at == "/policy"
    assert p.get("/policy/versions/9").status == 404


def sponsors(w, p, q):
    a = p.get("/sponsors")
    assert "Gizmo &amp; Söhne" in a.text
    a = p.get("/sponsors/gizmo/overview")
    assert "k01" in a.text and "Nobody of this sponsor" in a.text
    link = html.unescape(re.search(r'href="(/people\?role=sponsor-manager[^"]+)"',
                                   a.text).group(1))
    a = p.get(link)
    assert '<option value="sponsor-manager" selected>' in a.text
    assert '<option value="gizmo" selected>' in a.text
    p.post("/people", mail="max@gizmo.example", role="sponsor-manager",
           sponsor="gizmo", **p.proof())
    assert "max@gizmo.example" in p.get("/sponsors/gizmo/overview").text
    # Who may not invite has no link.
    a = q.get("/sponsors/gizmo/overview")
    assert a.status == 200 and "/people?" not in a.text
    assert q.get("/sponsors/nobody/overview").status == 404


def earlier_versions(w, p):
    """Both stay as they were, also when their sponsor is gone."""
    w.cli("policy", "install", w.dir / "without.conf")
    assert "sponsor gizmo" not in (w.host_dir / "policy/3.conf").read_text()
    seen = []
    for n in (1, 2):
        a = p.get(f"/policy/versions/{n}")
        assert a.status == 200 and "Gizmo &amp; Söhne" in a.text, n
        seen.append(p.ask("GET", f"/policy/versions/{n}/download").text)
        assert seen[-1] == (w.host_dir / f"policy/{n}.conf").read_text(), n
    assert seen[0] != seen[1] and all("sponsor gizmo" in s for s in seen)
    assert "Gizmo" not in p.get("/policy/versions/3").text


def lost_with_another_logo(w, p):
    """Over a backup that was put back it is no new version, as the command has
    it (numbers_do_not_recur)."""
    p.get("/policy")
    p.post("/policy/draft")
    save(p, "/policy/draft/texts", notice_de_silence="Nichts.", q0_id="")
    folder = w.host_dir / "policy"
    (folder / "4.conf").write_text(text(p))
    (folder / "4.logos").write_text(f"other {'5f' * 32}\n")
    for language, says in ("de", "mit einem anderen Logo"), \
            ("en", "version <bdi>4</bdi>, which was lost over a backup, is"):
        in_language(p, language)
        a = p.get("/policy/draft/changes")
        assert says in a.text and 'name="confirm"' not in a.text, a.text
    for typed in "4", "5":
        p.get("/policy/draft")
        a = p.post("/policy/draft/install", rev=rev(p), confirm=typed)
        assert a.status == 422 and says in a.text, a.text
        assert "what you typed" not in a.text
    assert not (folder / "5.conf").exists()
    (folder / "4.logos").write_text("")
    install(p, "4")
    assert p.at == "/policy?done=installed"


with World(policy=None) as world:
    world.start_host()
    olga = joined(world, "olga@summit.example", "organiser")
    quinn = joined(world, "quinn@summit.example", "privacy-officer")
    from_nothing(world, olga)
    first = read(world)
    hostile(world, olga)
    texts(world, olga)
    in_german(world, olga)
    secrets_and_pictures(world, olga)
    the_text(world, olga)
    two_at_once(world, olga, quinn)
    the_next_version(world, olga, first)
    sponsors(world, olga, quinn)
    earlier_versions(world, olga)
    lost_with_another_logo(world, olga)
    acts = world.cli("export", "audit", "--out", world.dir / "audit")
    logged = world.log("host").read_text()
    assert "Gizmo" not in logged and "271828" not in logged
    audit = (world.dir / "audit").read_text(errors="replace")
    for act in ("draft.begin", "draft.save", "draft.discard",
                "policy.install"):
        assert act in audit, act
    assert "Gizmo" not in audit and "271828" not in audit
    print("ok")
