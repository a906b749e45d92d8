# SPDX-License-Identifier: Apache-2.0
"""People log in: invitation, password, second factor, own account, out. The
cookie's id changes at each step, an ended login opens nothing, changes need
their form's secret and a page of this host, and unknown accounts look like
known ones."""

import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from portal import PASSWORD, Person, invite, joined, qr_on  # noqa: E402
from world import World  # noqa: E402

MAIL = "olga@summit.example"


def cookie(p):
    return next(iter(p.cookies.values()))


def scanned(text):
    """A telephone takes from the picture what stands beside it."""
    at = urllib.parse.urlsplit(qr_on(text))
    assert (at.scheme, at.netloc) == ("otpauth", "totp"), at
    secret = re.search(r'class="secret">([A-Z2-7]+)<', text).group(1)
    assert urllib.parse.parse_qs(at.query, strict_parsing=True) == {
        "secret": [secret], "issuer": ["Summit 2026"], "algorithm": ["SHA1"],
        "digits": ["6"], "period": ["30"]}
    assert urllib.parse.unquote(at.path) == f"/Summit 2026:{MAIL}", at


def the_way_in(w):
    link = invite(w, MAIL, "organiser")
    p = Person(w)
    assert p.ask("GET", "/people").location == "/login"
    # Looking at the link does not use it up; two that differ do neither.
    assert p.get(link).status == 200 and MAIL in p.page.text
    assert p.post(link, password=PASSWORD, again="x").status == 422
    assert p.accept(link, "short").status == 422
    assert p.accept(link).status == 200 and p.at == "/login?done=accepted"
    assert p.get(link).status == 404
    # An organiser has to set up a second factor before anything else.
    p.get("/login")
    a = p.ask("POST", "/login", f"mail={MAIL}&password=wrong+wrong+wrong")
    b = p.ask("POST", "/login", "mail=no@one.example&password=wrong+wrong+wr")
    assert a.status == b.status == 403
    assert a.text.replace(MAIL, "") == b.text.replace("no@one.example", "")
    p.post("/login", mail=MAIL, password=PASSWORD)
    assert p.at == "/login/enrol", p.at
    half = cookie(p)
    assert p.ask("GET", "/people").location == "/login/enrol"
    scanned(p.get("/login/enrol").text)
    p.enrol("/login/enrol")
    assert len(p.recovery) == 10 and cookie(p) != half
    assert p.get("/people").status == 200
    # The id of before is good for nothing.
    old = Person(w)
    old.cookies = {next(iter(p.cookies)): half}
    assert old.ask("GET", "/people").location == "/login"
    return p


def second_factor(w, p):
    q = Person(w)
    q.secret, q.used, q.recovery = p.secret, p.used, p.recovery
    q.get("/login")
    q.post("/login", mail=MAIL, password=PASSWORD)
    assert q.at == "/login/second", q.at
    assert q.ask("GET", "/me").location == "/login/second"
    half = cookie(q)
    assert q.post("/login/second", code="000000").status == 422
    code = q.recovery.pop()
    assert q.post("/login/second", code=code).status == 200
    assert cookie(q) != half
    # Once each.
    r = Person(w)
    r.get("/login")
    r.post("/login", mail=MAIL, password=PASSWORD)
    assert r.post("/login/second", code=code).status == 422
    return q


def last_used(p):
    """Whether the page says when the only token was used."""
    row, = [r for r in p.get("/me").text.split("<tr")
            if "prometheus" in r]
    cell = row[row.index('data-head="Last used"'):].split("<td")[0]
    return "<time" in cell


def own_account(w, p, q):
    p.get("/me")
    ends = re.findall(r'action="(/me/logins/\d+/end)"', p.page.text)
    assert len(ends) == 2, ends      # q, and r half-way
    for end in ends:
        assert p.post(end).status == 200
        p.get("/me")
    assert q.ask("GET", "/me").location == "/login"
    p.post("/me/profile", name="Olga <b>", language="de")
    assert "Olga &lt;b&gt;" in p.page.text and 'lang="de"' in p.page.text
    assert "Gespeichert." in p.page.text
    p.post("/me/profile", name="Olga", language="")
    # What has no room is refused, not forgotten; so is what is not seen.
    for name in ("ä" * 100, "x" * 161, "Ol\u202ega", "Ol\x07ga"):
        p.get("/me")
        a = p.post("/me/profile", name=name, language="")
        assert a.status == 422 and "too long or no clean" in a.text, name
    assert ' value="Olga">' in p.get("/me").text, p.page.text
    assert p.post("/me/password", proof="wrong", password=PASSWORD + "2",
                  again=PASSWORD + "2").status == 422
    token = p.make_token("prometheus", "metrics:read")
    assert token, p.page.text
    assert not last_used(p)
    a = q.ask("GET", "/metrics", headers={"Authorization": f"Bearer {token}"})
    assert a.status == 200 and last_used(p)
    to = re.search(r"/me/tokens/\d+/revoke", p.page.text).group(0)
    word = re.search(r"bw_[\w-]{6}", p.page.text).group(0)
    for wrong in ("", "bw_", word.swapcase()):
        p.post(to, confirm=wrong)
        assert p.at == f"/me?done=word&open={to}" and word in p.page.text
        assert '<details class="danger" open>' in p.page.text
    p.post(to, confirm=word)
    assert p.at == "/me?done=revoked"


def from_elsewhere(w, p):
    p.get("/me")
    good = p.csrf()
    form = f"name=Mallory&language=&csrf={good}"
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"},
                    {"Sec-Fetch-Site": "cross-site"},
                    {"Sec-Fetch-Site": "same-site"}):
        assert p.ask("POST", "/me/profile", form, headers).status == 403
    for csrf in ("", "x", good[:-1], good[:-1] + "!"):
        a = p.ask("POST", "/me/profile",
                  f"name=Mallory&language=&csrf={csrf}")
        assert a.status == 403, a.status
    assert "Mallory" not in p.get("/me").text
    for host in ("evil.example", "127.0.0.1", "localhost:1", None):
        a = p.ask("GET", "/me", headers={"Host": host or ""})
        assert a.status in (400, 421), a.status
    a = p.ask("GET", "/me")
    assert a.headers["Cache-Control"] == "no-store"
    policy = a.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "connect-src 'self'" in policy


def refused_in_words(w, p):
    """A browser gets a page in its language, a program the sentence."""
    html = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "de"}
    for method, path, headers, status, says in (
            ("POST", "/b", {}, 405, "laden Sie die Seite neu"),
            ("BREW", "/", {}, 405, "laden Sie die Seite neu"),
            ("GET", "/%zz", {}, 400, "laden Sie die Seite neu"),
            ("GET", "/me", {"Host": "evil.example"}, 421, w.url)):
        if w.nginx and status == 400:
            continue            # it answers that by itself
        body = "x=1" if method == "POST" else None
        a = p.ask(method, path, body, headers={**html, **headers})
        assert a.status == status, (path, a.status)
        assert '<html lang="de"' in a.text and says in a.text, a.text
        assert a.headers["Content-Security-Policy"], path
        a = p.ask(method, path, body, headers={**headers, "Accept": "*/*"})
        assert a.status == status, (path, a.status)
        assert a.text.startswith('{"error":'), a.text
    a = p.ask("PATCH", "/api/v1/openapi.json", headers=html)
    assert a.status >= 400 and "<html" not in a.text, a.text


def too_much(w, p):
    """More than a form takes: a page, in the reader's language."""
    for who, path, words in (
            (p, "/me/profile", "Nothing was changed: here at most <bdi>8 KiB<"),
            (Person(w, "de"), "/login", "Hier werden höchstens <bdi>8 KiB<")):
        a = who.ask("POST", path, "x=" + 9000 * "y")
        assert a.status == 413 and words in a.text, (a.status, a.text)
        assert a.headers["Content-Type"].startswith("text/html")


def people(w, p):
    p.get("/people")
    p.post("/people", mail="not an address", role="badge-desk")
    assert p.page.status == 422
    for wrong, why in (({"name": "x" * 161}, "This name is too long"),
                       ({"name": "Mi\u202ea"}, "This name is too long"),
                       ({"mail": "m" * 161 + "@x"}, "no mail address"),
                       ({"sponsor": "acme"}, "roles need a sponsor"),
                       ({"role": "king"}, "roles need a sponsor")):
        p.get("/people")
        a = p.post("/people", **{"mail": "mia@acme.example",
                                 "role": "badge-desk"} | wrong)
        assert a.status == 422 and a.text.count('class="error"') == 1, wrong
        assert why in a.text, (wrong, why)
    p.get("/people")
    p.post("/people", mail="mia@acme.example", role="sponsor-manager",
           sponsor="nobody", **p.proof())
    assert "There is no such sponsor" in p.page.text, p.page.text
    p.get("/people")
    p.post("/people", mail="mia@acme.example", role="sponsor-manager",
           sponsor="example-corp", **p.proof())
    link = re.search(r"(/invite/[^<]+)<", p.page.text).group(1)
    m = Person(w)
    m.accept(link)
    m.log_in("mia@acme.example")
    assert m.get("/people").status == 403
    p.get("/people")
    page = re.search(r'href="(/people/\d+)"><bdi>mia@', p.page.text).group(1)
    # What cannot be uses up no code.
    proof = p.proof()
    for wrong in ({"role": "badge-desk", "sponsor": "acme"},
                  {"role": "sponsor-scanner", "sponsor": ""},
                  {"role": "king"}):
        p.get(page)
        a = p.post(page + "/role", **{**proof, "proof": "not mine", **wrong})
        assert a.status == 422 and a.text.count('class="error"') == 1, wrong
        assert "roles need a sponsor" in a.text, wrong
    p.get(page)
    p.post(page + "/role", role="sponsor-scanner", sponsor="acme", **proof)
    assert p.at.endswith("?done=role"), p.at
    p.get(page)
    p.post(page + "/disable")
    assert m.ask("GET", "/me").location == "/login"
    mine = re.search(r'href="(/people/\d+)"><bdi>olga@',
                     p.get("/people").text).group(1)
    p.get(mine)
    assert p.post(mine + "/disable").status == 403
    assert p.get("/people/99").status == 404


def out(w, p):
    p.get("/me")
    kept = dict(p.cookies)
    p.post("/logout")
    assert p.at == "/login?done=out" and not p.cookies
    p.cookies = kept
    assert p.ask("GET", "/me").location == "/login"


with World() as world:
    world.start_host()
    person = the_way_in(world)
    other = second_factor(world, person)
    own_account(world, person, other)
    from_elsewhere(world, person)
    refused_in_words(world, person)
    too_much(world, person)
    people(world, person)
    desk = joined(world, "dan@summit.example", "badge-desk", language="de")
    assert "Mein Konto" in desk.get("/me").text
    out(world, person)
    logged = world.log("host").read_text()
    assert MAIL not in logged and PASSWORD not in logged
    print("ok")
