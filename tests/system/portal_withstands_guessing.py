# SPDX-License-Identifier: Apache-2.0
"""Guessing and racing: an unknown account costs the work of a known one and has
as many tries, codes are asked for a few times only, what is good once is good once though two come
together, an account that is disabled or has another role is out at once, also
where a page listens, and a token opens no more than it says."""

import concurrent.futures
import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from portal import (PASSWORD, Person, change, invite, joined,  # noqa: E402
                    listen)
from routes import FOREIGN, OWN, filled, somebody_of_each, table  # noqa: E402
from world import BIN, World  # noqa: E402

MAIL = "badge-desk@summit.example"
NOBODY = "no@one.example"


def hashed(w):
    path = w.dir / "argons"
    return path.stat().st_size if path.exists() else 0


def try_password(p, mail, password="wrong wrong wrong"):
    return p.ask("POST", "/login", urllib.parse.urlencode(
        {"mail": mail, "password": password}))


def same_work(w):
    """One hash for each, and the same words."""
    w.cli("account", "invite", "new@summit.example", "--role", "badge-desk")
    off = joined(w, "off@summit.example", "badge-desk")
    w.cli("account", "disable", "off@summit.example")
    assert off.ask("GET", "/me").location == "/login"
    p, said = Person(w), set()
    for mail, password in ((MAIL, "wrong wrong wrong"), (NOBODY, PASSWORD),
                           ("new@summit.example", PASSWORD),
                           ("off@summit.example", PASSWORD),
                           ("", PASSWORD), (MAIL, ""), (NOBODY, ""),
                           (MAIL, "x" * 500), (NOBODY, "x" * 500),
                           ("a" * 300 + "@x.example", "x"),
                           (MAIL, "\0"), (NOBODY, "\0")):
        before = hashed(w)
        a = try_password(p, mail, password)
        assert a.status == 403, (mail, a.status)
        assert hashed(w) - before == 1, (mail, hashed(w) - before)
        assert not a.headers.get_all("Set-Cookie"), mail
        said.add(re.sub(r' value="[^"]*"', "", a.text))
    assert len(said) == 1, said


def elsewhere(w):
    p = Person(w)

    def connect():
        c = w.connection()
        c.source_address = ("127.0.0.9", 0)
        return c
    p.connect = connect
    return p


def guesses_wait(w):
    """After a handful they wait, the same for an account that is not there, and
    the right password too; others are let in from there."""
    said = []
    for mail in (MAIL, "not@there.example"):
        p, tries = elsewhere(w), []
        while not tries or tries[-1].status == 403 and len(tries) < 20:
            tries.append(try_password(p, mail))
        last = tries[-1]
        assert last.status == 429 and len(tries) >= 7, (mail, len(tries))
        assert int(last.headers["Retry-After"]) >= 1
        said.append([re.sub(r' value="[^"]*"|\d+', "", a.text)
                     for a in (tries[0], last)])
        before = hashed(w)
        a = try_password(p, mail, PASSWORD)
        assert a.status == 429 and not a.headers.get_all("Set-Cookie")
        assert hashed(w) == before, "nothing is hashed for who must wait"
    assert said[0] == said[1]
    a = try_password(elsewhere(w), "sponsor-scanner@summit.example", PASSWORD)
    assert a.status == 303, a.status


def planted(w, people):
    """An id that somebody else chose is never a log-in's."""
    p = Person(w)
    name = "__Host-badgeward" if w.tls else "badgeward"
    for chosen in ("A" * 43, "", people["sponsor-scanner"].cookies[name]):
        p.cookies = {name: chosen}
        a = try_password(p, MAIL, PASSWORD)
        if a.status == 303:
            assert p.cookies[name] not in (chosen, ""), chosen
        else:   # somebody is logged in there: not without a form's secret
            assert a.status == 403 and "Nothing was changed" in a.text
    p.cookies = {name: "A" * 43}
    assert p.ask("GET", "/me").location == "/login"


def half_way(w, mail, password=PASSWORD):
    p = Person(w)
    p.get("/login")
    p.post("/login", mail=mail, password=password)
    assert p.at == "/login/second", (p.at, p.page.status)
    return p


def brute_force(w, people):
    """Six digits: after a handful the right ones do not help either, from a new
    log-in as little, nor for who says he is elsewhere."""
    mail = "organiser@summit.example"
    olga = people["organiser"]
    p, q = half_way(w, mail), half_way(w, mail)
    codes = [p.post("/login/second", code=f"{i:06}").status
             for i in range(12)]
    assert codes[0] == 422 and codes[-1] == 429, codes
    assert codes.count(422) <= 6, codes
    a = p.ask("POST", "/login/second", "code=123456", {
        "X-Forwarded-For": "192.0.2.1", "X-Real-IP": "192.0.2.1",
        "Forwarded": "for=192.0.2.1"})
    assert a.status in (403, 429), a.status
    a = q.post("/login/second", code=olga.recovery[0])
    assert a.status == 429 and int(a.headers["Retry-After"]) >= 1, a.status
    # Nobody else is held up, and who is in stays in.
    assert olga.get("/people").status == 200
    assert try_password(Person(w), MAIL, PASSWORD).status == 303


def at_once(work, n):
    with concurrent.futures.ThreadPoolExecutor(n) as pool:
        return list(pool.map(work, range(n)))


def one_recovery_code(w, people):
    mail = "privacy-officer@summit.example"
    code = people["privacy-officer"].recovery.pop()
    two = [half_way(w, mail) for _ in range(4)]
    for p in two:
        p.get("/login/second")
    said = at_once(lambda i: two[i].post("/login/second", follow=False,
                                         code=code).status, 4)
    assert sorted(said) == [303, 422, 422, 422], said


def one_invitation(w):
    link = invite(w, "race@summit.example", "badge-desk")
    said = at_once(lambda i: Person(w).ask(
        "POST", link, f"password=racer-number-{i}-wins&again="
        f"racer-number-{i}-wins"), 4)
    won = [i for i, a in enumerate(said) if a.status == 303]
    assert len(won) == 1 and {a.status for a in said} == {303, 404}, \
        [a.status for a in said]
    good = [i for i in range(4) if try_password(
        Person(w), "race@summit.example",
        f"racer-number-{i}-wins").status == 303]
    assert good == won, (good, won)
    assert Person(w).ask("GET", link).status == 404
    # Another link makes the first one worth nothing; so does disabling.
    first = invite(w, "race2@summit.example", "badge-desk")
    again = re.search(r"(/invite/\S+)", w.cli(
        "account", "reset", "race2@summit.example")).group(1)
    assert Person(w).ask("GET", first).status == 404
    w.cli("account", "disable", "race2@summit.example")
    assert Person(w).ask("GET", again).status == 404
    for path in (again.upper(), again[:-1], again + "a", "/invite/" + "a" * 26):
        assert Person(w).ask("GET", path).status == 404, path


def listening(p):
    r = listen(p)[1]
    change(r)
    return r


def out_at_once(w):
    """What ends a log-in ends its open page too, by itself."""
    for i, what in enumerate((("disable",), ("reset",), (
            "role", "--role", "sponsor-scanner", "--sponsor", FOREIGN))):
        mail = f"mo{i}@acme.example"
        p = joined(w, mail, "sponsor-manager", OWN)
        token = p.make_token("crm", "leads:read")
        r = listening(p)
        w.cli("account", what[0], mail, *what[1:])
        assert p.ask("GET", "/me").location == "/login", what
        assert b"secret" not in r.read()    # until its end
        state = re.search(rf"{token[:9]}\t(\w+)\t", w.cli("token", "list"))
        assert state.group(1) == "revoked", what
        if what[0] == "role":
            p.cookies = {}
            p.log_in(mail)
            assert p.get("/people").status == 403
            p.get("/me")
            assert "Sponsor scanner" in p.page.text
            p.post("/logout")


def tokens(w, people):
    """Only what was offered, and only where a token belongs."""
    for role, wanted in (
            ("sponsor-manager", ("logs:read", "metrics:read", "people",
                                 "leads:read,logs:read", "leads:read,", "*",
                                 "leads:read,leads:write,devices:read")),
            ("sponsor-scanner", ("leads:read", "devices:read")),
            ("badge-desk", ("logs:read", "leads:read")),
            # The table lets an organiser alone see metrics.
            ("privacy-officer", ("metrics:read", "badges:write")),
            ("organiser", ("leads:read", "leads:read,leads:write"))):
        p = people[role]
        for scopes in wanted:
            p.get("/me")
            p.post("/me/tokens", token="x", scopes=scopes, days="7",
                   sponsor=FOREIGN, account="1", **p.proof())
            assert p.page.status in (403, 422), (role, scopes)
            assert "bw_" not in p.page.text, (role, scopes)
    m = people["sponsor-manager"]
    token = m.make_token("crm", "leads:read,leads:write", sponsor=FOREIGN)
    devices = w.cli("token", "add", "booth", "--scope", "devices:read",
                    "--sponsor", OWN, "--days", "7").strip()
    nobody = Person(w)
    for r in table():
        path = filled(r)
        if r.method == "GET" and r.path != "/events" and \
                r.act not in ("enter", "second", "enrol"):
            for name in ("token", "access_token", "api_key"):
                a = nobody.ask("GET", f"{path}?{name}={token}")
                assert a.status in (401, 303), (path, a.status)
            a = nobody.ask("GET", path, headers={
                "Cookie": f"badgeward={token}; __Host-badgeward={token}"})
            assert a.status in (401, 303), (path, a.status)
        if r.need != "api":
            a = nobody.ask(r.method, path,
                           headers={"Authorization": f"Bearer {token}"})
            assert a.location == "/login" or r.act == "enter", path
            continue
        for t in (token, devices):
            headers = {"Authorization": f"Bearer {t}"}
            a = nobody.ask(r.method, path, headers=headers)
            if r.reach["sponsor-manager"] == "-":
                assert a.status == 403, (path, a.status)
            if r.of != "-":
                foreign = {"sponsor": FOREIGN, "device": "k02",
                           "lead": "k02.1"}[r.of]
                a = nobody.ask(r.method, filled(r, foreign), headers=headers)
                assert a.status in (403, 404), (path, a.status)


with World() as world:
    world.start_host(env={"ARGONS": str(world.dir / "argons"), "LD_PRELOAD":
                          str(BIN.parent / "tests/argons.so")})
    roles = somebody_of_each(world)
    same_work(world)
    planted(world, roles)
    one_recovery_code(world, roles)
    brute_force(world, roles)
    one_invitation(world)
    out_at_once(world)
    tokens(world, roles)
    guesses_wait(world)
    logged = world.log("host").read_text()
    assert "@" not in logged and PASSWORD not in logged
    print("ok")
