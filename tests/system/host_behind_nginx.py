# SPDX-License-Identifier: Apache-2.0
"""board/nginx/badgeward.conf with a real nginx: a booth enrols and uploads
through it with TLS verified, an attendee sees and withdraws a share, the
host's limits and refusals hold, and no log has a code in it."""

import base64
import os
import re
import socket
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import nginx  # noqa: E402
from hosting import (World, badges, enrolled, everything,  # noqa: E402
                     leads, until)
from portal import joined, listen  # noqa: E402
from smuggle import CASES, HIDDEN, LENGTH, post, statuses  # noqa: E402
from wire import Client, Wire  # noqa: E402

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CODES = []  # every code that was ever sent


def code_text(rc):
    CODES.append(base64.b32encode(rc).decode().rstrip("="))
    return CODES[-1]


def ask(c, rc, act=None, headers=None):
    body = f"code={code_text(rc)}" + (f"&act={act}" if act else "")
    return c.ask("POST", "/r/", body, dict(FORM, **(headers or {})))


def secure(w, n):
    s = socket.create_connection(("127.0.0.1", w.port), 20)
    return n.tls.wrap_socket(s, server_hostname="127.0.0.1")


def a_booth(w, n):
    """A real kiosk and uplink: enrolled, a share, and its lead is there."""
    device = w.device("k01")
    address = device.add()
    device.state.mkdir()
    # Nobody vouches for the certificate: not a word to the host.
    device.start_uplink()
    with subprocess.Popen(
            [os.path.join(os.environ["BIN"], "badgeward-kiosk"), "-C",
             device.state, "enrol", address, "--yes"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as p:
        until(lambda: "certificate" in device.uplink.log.read_text(), 30,
              "the uplink trusts nobody")
        p.kill()
    device.uplink.stop()
    device.start_uplink(["--ca", n.crt])
    device.enrol(address)
    ada = next(r for r in w.registrations() if r["status"] == "attending")
    tag = device.badge(ada["id"], "04e10cda993c80")
    kiosk = device.start_kiosk()
    kiosk.wait("idle")
    kiosk.tap("start")
    kiosk.tap("share")
    kiosk.wait("hold")
    device.sim.do(f"tag present {tag}")
    kiosk.shared()
    device.sim.do(f"tag remove {tag}")
    kiosk.tap("done")
    device.synced()
    rows = leads(w)
    assert [r["email"] for r in rows.values()] == [ada["email"]], rows
    w.verify("k01")


def an_attendee(w, d, c):
    """The receipt's page, its headers once each, and a withdrawal."""
    rc = os.urandom(16)
    share = f"{d.device}-{d.share(badges(w, 2)[1], [1, 2], rc=rc)}"
    assert d.upload(1).status == 200
    answer = ask(c, rc)
    assert answer.status == 200 and "Example Corp" in answer.text
    for name in ("Content-Security-Policy", "X-Content-Type-Options",
                 "Referrer-Policy", "Cache-Control", "Content-Type", "Date",
                 "Strict-Transport-Security", "Cross-Origin-Opener-Policy"):
        assert len(answer.headers.get_all(name) or []) == 1, name
    assert answer.headers["Cache-Control"] == "no-store"
    zipped = c.ask("GET", "/r/", headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] is None, "codes and gzip"
    assert share in leads(w)
    assert ask(c, rc, "withdraw").status == 200
    assert share not in leads(w)
    # Typed behind /r/ instead of "#": nothing is there, and no log has it.
    assert c.ask("GET", f"/r/{CODES[-1]}").status == 404
    assert c.ask("GET", f"/r/?code={CODES[-1]}").status == 200


def the_second_http(w, n):
    """HTTP/2, and people's pages under the name that was typed, port and
    all."""
    done = subprocess.run(
        ["curl", "--silent", "--http2", "--cacert", n.crt, "--output",
         w.dir / "page", "--write-out", "%{http_version} %{http_code}",
         f"{w.url}/login"], capture_output=True, text=True, check=True)
    assert done.stdout == "2 200", done.stdout
    assert "<form" in (w.dir / "page").read_text()


def bounds(w, d, n):
    """4 MiB and no more; and no body at all without a good token."""
    at = len(d.log)
    whole = d.upload(at, data=b"\xff" * (4 * 1024 * 1024))
    assert whole.status == 422, whole.body
    d.close()
    target = f"/v1/device/log?from={at}"
    for length, token, want in (
            (4 * 1024 * 1024 + 1, d.token("POST", target, b""), 413),
            (4 * 1024 * 1024, "x", 401)):
        with secure(w, n) as s:
            s.sendall((f"POST {target} HTTP/1.1\r\nHost: h\r\n"
                       f"Content-Length: {length}\r\n"
                       f"Authorization: Bearer {token}\r\n\r\n").encode())
            got = s.recv(65536)
        assert got.startswith(b"HTTP/1.1 %d " % want), (want, got)
    # Staff's file may have more; who is not logged in is told at once.
    for length, want in ((64 << 20, 303), ((64 << 20) + 1, 413)):
        with secure(w, n) as s:
            s.sendall(("POST /registrations/import HTTP/1.1\r\n"
                       f"Host: 127.0.0.1:{w.port}\r\n"
                       f"Content-Length: {length}\r\n\r\n").encode())
            got = s.recv(65536)
        assert got.startswith(b"HTTP/1.1 %d " % want), (want, got)
    # A whole upload with a bad token is told why, not just cut off.
    bad = d.upload(at, data=b"\xff" * (4 * 1024 * 1024), token="x")
    assert bad.status == 401, bad.status
    d.close()


def smuggling(w, n):
    """Nothing hidden in a request is answered."""
    last = b"GET /style.css HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    with secure(w, n) as s:
        s.sendall(HIDDEN + post(LENGTH) + last)
        assert statuses(everything(s)) == [200, 404, 200]
    for name, request in CASES.items():
        if name in ("version 0.9", "two blanks"):
            continue  # nginx reads it in the one way there is
        with secure(w, n) as s:
            try:
                s.sendall(request + last)
                got = everything(s)
            except OSError:
                continue
        assert b'"status":"ok"' not in got, (name, got)
        codes = statuses(got)
        # What nginx takes for a sound one has its own answer, and so has
        # what follows it.
        assert all(400 <= c < 600 for c in codes[:1]), (name, got)
        assert len(codes) <= 2 and codes[1:] in ([], [200]), (name, got)


def who_asks(w, c):
    """A client cannot say that it is someone else."""
    codes = [c.ask("GET", f"/v1/device/enrol?id={i:016x}", None,
                   {"X-Forwarded-For": f"192.0.2.{i}",
                    "X-Real-IP": f"192.0.2.{i}"}).status for i in range(20)]
    assert codes[0] == 404 and codes[-1] == 429, codes


def plain_is_sent_on(n):
    c = Client(f"http://127.0.0.1:{n.plain}")
    c.tls = None
    answer = c.ask("GET", "/r/?lang=de")
    assert answer.status == 308, answer.status
    assert answer.headers["Location"] == "https://127.0.0.1/r/?lang=de"
    c.close()


def logs_are_silent(n):
    text = (n.dir / "badgeward.access.log").read_text()
    assert "/v1/device/log" in text and '"/r/..."' in text, text
    assert "?" not in text and "from=" not in text
    for log in n.dir.glob("*.log"):
        said = log.read_text()
        assert not any(code in said for code in CODES), log
        assert "?id=" not in said and "from=" not in said, log
    # What a large body was kept in: nothing was.
    assert not list((n.dir / "client_body").rglob("*"))


def connections_by_64(w, n):
    """One /64 has its share of connections, another its own."""
    def begin(peer):
        s = secure(w, n)
        s.sendall(b"POST /r/ HTTP/1.1\r\nHost: h\r\nX-Test: " + peer +
                  b"\r\n" + LENGTH + b"\r\n\r\ncode")
        return s

    def answer(peer):
        with secure(w, n) as s:
            s.sendall(b"GET /style.css HTTP/1.1\r\nHost: h\r\nX-Test: " +
                      peer + b"\r\nConnection: close\r\n\r\n")
            return statuses(everything(s))
    held = [begin(b"2001:db8:0:1::%d" % i) for i in range(2)]
    try:
        assert answer(b"2001:db8:0:1:ffff::a0a") == [429]
        assert answer(b"2001:db8:0:2::1") == [200]
        assert answer(b"192.0.2.1") == [200]
    finally:
        for s in held:
            s.close()


def open_pages(w, n):
    """What listens keeps nobody out who shares its address."""
    olga = joined(w, "olga@summit.example", "organiser")
    held = [listen(olga) for _ in range(3)]
    assert [r.status for _, r in held] == [200, 200, 429]
    for _ in range(3):
        assert olga.get("/me").status == 200
    for c, _ in held:
        c.close()


LANGUAGES = {"en": "Nothing is lost", "de": "Nichts ist verloren",
             "fr": "Rien n’est perdu", "es": "No se ha perdido nada",
             "ja": "失われていません", "zh": "没有任何数据丢失",
             "ar": "لم يُفقد شيء", "hi": "कुछ भी खोया नहीं है"}


def names_no_version(front):
    """Nor does what answers in the clear, and only leads on."""
    with socket.create_connection(("127.0.0.1", front.plain), 20) as s:
        s.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        said = everything(s)
    assert said.startswith(b"HTTP/1.1 308 "), said
    assert b"Server: nginx\r\n" in said and b"nginx/" not in said, said


def the_host_is_away(w):
    """A page of its own, in every language, that is kept by nobody; then the
    host is there again."""
    w.host.stop()
    c = Client(w.url)
    for method, path in (("GET", "/r/"), ("POST", "/r/"), ("GET", "/my/"),
                         ("GET", "/v1/device/policy")):
        answer = c.ask(method, path, b"code=x" if method == "POST" else None,
                       FORM if method == "POST" else {})
        assert answer.status == 502, (method, path, answer.status)
        assert "nginx" not in answer.text, answer.text
        for lang, words in LANGUAGES.items():
            assert re.search(rf'lang="{lang}"[^§]*{words}', answer.text), lang
        assert answer.headers["Retry-After"] == "60"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Strict-Transport-Security"]
    w.start_host(["--proxy", "127.0.0.1"])
    assert c.ask("GET", "/r/").status == 200
    # What the host itself refuses is its own to say.
    assert "does not exist" in c.ask("GET", "/nothing").text
    c.close()


if nginx.NGINX is None:
    print("no nginx here")
    sys.exit(77)
with World(listen_apart=True, scheme="https") as world:
    world.start_host(["--proxy", "127.0.0.1"])
    front = nginx.Nginx(world)
    Client.tls = front.tls
    names_no_version(front)
    a_booth(world, front)
    device = enrolled(world, "k02")
    client = Client(world.url)
    an_attendee(world, device, client)
    the_second_http(world, front)
    bounds(world, device, front)
    smuggling(world, front)
    who_asks(world, client)
    plain_is_sent_on(front)
    logs_are_silent(front)
    the_host_is_away(world)
    front.end()
    other = nginx.Nginx(world, {
        "limit_conn badgeward 100;":
        "limit_conn badgeward 2;\n\tset_real_ip_from 127.0.0.1;\n"
        "\treal_ip_header X-Test;"}, "nginx2")
    connections_by_64(world, other)
    other.end()
    world.tls = (last := nginx.Nginx(world, {
        "limit_conn badgeward 100;": "limit_conn badgeward 1;",
        "badgeward_streams 300;": "badgeward_streams 2;"}, "nginx3")).tls
    open_pages(world, last)
    print("ok")
