# SPDX-License-Identifier: Apache-2.0
"""Every route of people's pages, by its table: a change without its form's
secret or from elsewhere changes nothing; other methods, other spellings of a
path, other names of the host, other cookies open nothing; every answer has its
headers, once, and none that the asker wrote."""

import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from portal import Person, joined  # noqa: E402
from routes import ROLES, filled, may, somebody_of_each, table  # noqa: E402
from world import World  # noqa: E402

SAFE = ("GET", "HEAD")
EVIL = "%0d%0aX-Evil:%201%0d%0aSet-Cookie:%20evil=1"


def audited(w):
    with sqlite3.connect(w.host_dir / "host.db") as db:
        return db.execute("SELECT count(*) FROM audit").fetchone()[0]


def changes():
    return [r for r in table() if r.method not in SAFE]


def pages():
    return [r for r in table() if r.method == "GET" and
            r.path != "/events"]


def forged(w, people):
    """Each of these, and the answer says that nothing was changed."""
    other = joined(w, "olaf@summit.example", "organiser")
    foreign = other.get("/me") and other.csrf()
    before = audited(w)
    for r in changes():
        me = people[may(r)[0]] if may(r) else people["organiser"]
        me.get("/me")
        good, path = me.csrf(), filled(r)
        here = f"{'https' if me.world.tls else 'http'}://{me.host}"
        # The same name with the other scheme is another origin.
        other_way = f"{'http' if me.world.tls else 'https'}://{me.host}"
        for csrf, headers in (
                (None, {}), ("", {}), ("x" * 43, {}), (good[:-1], {}),
                (good + "x", {}), (foreign, {}), (None, {"Origin": here}),
                (good, {"Origin": "https://evil.example"}),
                (good, {"Origin": "null"}), (good, {"Origin": ""}),
                (good, {"Origin": here + ".evil.example"}),
                (good, {"Origin": here + "@evil.example"}),
                (good, {"Origin": here[:-1]}), (good, {"Origin": other_way}),
                (good, {"Sec-Fetch-Site": "cross-site"}),
                (good, {"Sec-Fetch-Site": "same-site"})):
            body = "x=y" + (f"&csrf={csrf}" if csrf is not None else "")
            a = me.ask(r.method, path, body, headers)
            told = (r.method, path, csrf, headers, a.status)
            # A role that the table lets in nowhere has no need of a secret.
            assert a.status == 403, told
            assert r.need == "api" or not may(r) or \
                "Nothing was changed" in a.text, told
        a = me.ask(r.method, f"{path}?csrf={good}", "x=y")
        # A program's route knows no such parameter, and looks at these first.
        assert a.status == (422 if r.need == "api" else 403), (
            r.method, path, "in the address", a.status)
    assert audited(w) == before, "something was changed"


def without_session(w, people):
    """Attendees' forms and devices' act by what is in them alone: a cookie, which
    a foreign page's request has too, opens nothing more, and none is set."""
    source = open(os.path.join(os.environ["SRC"], "host/route_device.c")).read()
    paths = re.findall(r'\bPOST\("([^"]+)"', source)
    assert {"/r/", "/my/", "/my/ask", "/my/shares/", "/my/stop/*"} < set(paths)
    me, nobody = people["organiser"], Person(w)
    me.get("/me")
    before = audited(w)
    for path in (p.replace("*", "A" * 26) for p in paths):
        for body in ("x=y", f"csrf={me.csrf()}", "code=" + "A" * 26,
                     f"act=withdraw&csrf={me.csrf()}"):
            answers = [one.ask("POST", path, body, headers)
                       for one in (me, nobody)
                       for headers in ({}, {"Origin": "https://evil.example"})]
            told = (path, body, [a.status for a in answers])
            assert len({(a.status, a.body) for a in answers}) == 1, told
            assert not any("Set-Cookie" in a.headers for a in answers), told
    assert audited(w) == before, "something was changed"


def other_methods(people):
    me = people["organiser"]
    have = {}
    for r in table():
        have.setdefault(filled(r), set()).add(r.method)
    for path, methods in have.items():
        for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE",
                       "PROPFIND", "get", "POST"):
            if method in methods:
                continue
            a = me.ask(method, path)
            told = (method, path, a.status)
            if method == "HEAD" and "GET" in methods:
                assert a.status in (200, 303, 403, 404), told
                assert a.body == b"", told
            elif method == "HEAD" and a.status == 303:
                # A form's address leads to its page, as for GET.
                assert "POST" in methods and a.body == b"", told
                assert path.startswith(a.location + "/"), (told, a.location)
            else:
                assert a.status in (400, 404, 405, 501), told


def spellings(path):
    first = path[1:2]
    yield from ("/" + path, "/." + path, "/x/.." + path, "/%2e%2e" + path,
                "/%2e" + path, "/%2f" + path[1:], "/..;" + path,
                path + "/", path + "//", path + ".", path + "..",
                path + "/.", path + "/..", path + "%2f", path + ";a=b",
                path + "%20", path + "%0a", path + ".html", path + "%3f",
                path + "%23", path.upper(), path[:1] + f"%{ord(first):02x}" +
                path[2:], path[:1] + f"%25{ord(first):02x}" + path[2:],
                path + "%00")


def other_spellings(w, people):
    """Not to nobody, and not to whom the table keeps out."""
    nobody = Person(w).keep()
    known = {filled(r) for r in table()}
    for r in pages():
        if r.act in ("enter", "second", "enrol"):
            continue
        out = [role for role in ROLES if r.reach[role] == "-"]
        for path in spellings(filled(r)):
            for who in [nobody] + [people[role] for role in out[-1:]]:
                a = who.ask("GET", path)
                told = (path, a.status, a.location)
                assert a.status in (400, 401, 403, 404, 405, 414) or \
                    a.location == "/login" or path in known or \
                    a.location in known and path.startswith(
                        a.location + "/"), told  # which asks who it is
                assert "/etc/" not in a.text and "root:" not in a.text, told


def other_names(people):
    me = people["organiser"]
    name, port = me.host.split(":")
    for r in table():
        if r.path == "/events":
            continue
        for host in ("evil.example", f"evil.example:{port}", name,
                     f"{me.host}.evil.example", f"{name}.:{port}",
                     f"x@{me.host}", f"{me.host},evil.example"):
            a = me.ask(r.method, filled(r), headers={"Host": host})
            assert a.status in (400, 421), (r.path, host, a.status)
            assert "evil" not in str(a.headers), (r.path, host)


def other_cookies(w, people):
    me = people["badge-desk"]
    (name, good), = me.cookies.items()
    assert name == ("__Host-badgeward" if me.world.tls else "badgeward")
    who = Person(w)
    for cookie in (f"{name}={good}; {name}={good}", f"{name}=x; {name}={good}",
                   f"{name}={good};{name}=", f"{name}={good}x",
                   f"{name}=\"{good}\"", f"{name} ={good}",
                   f"{name.upper()}={good}", f"x{name}={good}",
                   f"{name}={good[:-1]}", f"{name}={'a' * 8000}", "=", ";;;",
                   f"{name}", f"$Version=1; {name}.x={good}",
                   # A sibling's cookie cannot have the prefix.
                   *([f"badgeward={good}"] if me.world.tls else [])):
        a = who.ask("GET", "/me", headers={"Cookie": cookie})
        assert (a.status == 303 and a.location == "/login") or \
            a.status in (400, 431), (cookie[:40], a.status)
    # As many as a browser keeps for a name do no harm; more are refused,
    # with a word or without, and cost nobody else anything.
    few = "; ".join(f"c{i}=1" for i in range(180))
    a = who.ask("GET", "/me", headers={"Cookie": f"{few}; {name}={good}"})
    assert a.status == 200, a.status
    for cookie in (*("a=" + "b" * n for n in (20000, 60000, 300000)),
                   "; ".join(f"c{i}=1" for i in range(2000))):
        try:
            a = who.ask("GET", "/me", headers={"Cookie": cookie})
            assert a.status in (303, 400, 413, 414, 431), a.status
        except OSError:
            pass
    assert me.get("/me").status == 200


def headers_of(a, tls, told):
    """Once each, and none that was smuggled in."""
    for name, value in a.headers.items():
        assert name.lower() != "x-evil" and "evil=" not in value, told
    for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options"):
        assert len(a.headers.get_all(name) or []) == 1, (name, told)
    assert a.headers["X-Content-Type-Options"] == "nosniff", told
    caches = a.headers["Cache-Control"]
    assert "no-store" in caches or caches == "private, no-cache", told
    if a.headers["Content-Type"].startswith("text/html"):
        policy, = a.headers.get_all("Content-Security-Policy")
        assert "default-src 'none'" in policy and "unsafe" not in policy, told
        assert "frame-ancestors 'none'" in policy, told
        assert "form-action 'self'" in policy, told
        assert a.headers["Referrer-Policy"] in ("same-origin",
                                                "no-referrer"), told
        assert a.headers["Cross-Origin-Opener-Policy"] == "same-origin", told
    for line in a.headers.get_all("Set-Cookie") or []:
        said = line.split("; ")[1:]
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(said), told
        assert ("Secure" in said) == bool(tls), told
        assert not any(a.startswith("Domain") for a in said), told
    assert a.location is None or (a.location[0] == "/" and
                                  a.location[1:2] not in ("/", "\\")), told


def every_answer(w, people):
    for r in pages():
        who = [Person(w)] + [people[role] for role in ROLES]
        for me in who:
            a = me.ask("GET", filled(r))
            headers_of(a, w.tls, (r.path, a.status))
        me = people[may(r)[0]] if may(r) else people["organiser"]
        for path in (filled(r, EVIL), filled(r) + "?" + "&".join(
                f"{k}={EVIL}" for k in ("done", "q", "sort", "after", "page",
                                        "next", "lang", "format"))):
            a = me.ask("GET", path)
            assert a.status < 500, (path, a.status)
            headers_of(a, w.tls, (path, a.status))


with World() as world:
    world.start_host()
    roles = {role: who.keep() for role, who in
             somebody_of_each(world).items()}
    forged(world, roles)
    without_session(world, roles)
    other_methods(roles)
    other_spellings(world, roles)
    other_names(roles)
    other_cookies(world, roles)
    every_answer(world, roles)
    assert world.host.alive()
    print("ok", len(list(table())), "routes")
