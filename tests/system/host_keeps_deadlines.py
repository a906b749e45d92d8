# SPDX-License-Identifier: Apache-2.0
"""Slow, large, many and idle clients; and the end on a signal."""

import hashlib
import os
import pathlib
import re
import signal
import socket
import sqlite3
import struct
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, everything, raw, until  # noqa: E402
from portal import joined  # noqa: E402

HEAD, BODY = 2, 4	# seconds
LIMITS = ["--head-seconds", HEAD, "--body-seconds", BODY, "--per-address", 8]


def dribble(s, piece, seconds):
    """A byte at a time until the host hangs up; how long that took."""
    begun = time.monotonic()
    s.settimeout(0.05)
    while time.monotonic() - begun < seconds:
        try:
            s.send(piece)
            if s.recv(1) == b"":
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - begun


def connect(w):
    return socket.create_connection(("127.0.0.1", w.port), 20)


def slow_head(w):
    with connect(w) as s:
        s.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\nX-A: ")
        took = dribble(s, b"a", 30)
    assert HEAD - 0.5 < took < HEAD + 5, took


def slow_body(w):
    with connect(w) as s:
        s.sendall(b"POST /r/ HTTP/1.1\r\nHost: h\r\n"
                  b"Content-Length: 5000\r\n\r\n")
        took = dribble(s, b"a", 30)
    assert BODY - 0.5 < took < BODY + 5, took


def audit_of(w, rows):
    """A file of some MiB to download: more of what AUDIT.md says."""
    db = sqlite3.connect(w.host_dir / "host.db")
    n, before = db.execute("SELECT id, hash FROM audit ORDER BY id DESC"
                           ).fetchone()
    texts = ("host", "x", "y", 200 * "z")
    tail = b"".join(struct.pack(">I", len(t)) + t.encode() for t in texts)
    with db:
        for i in range(n + 1, n + 1 + rows):
            before = hashlib.sha256(
                b"\0badgeward/1 audit\0" + before +
                struct.pack(">QQ", i, 1) + tail).digest()
            db.execute("INSERT INTO audit VALUES (?, 1, ?, ?, ?, ?, ?)",
                       (i, *texts, before))
    db.close()


def sent(p, path, body, kind):
    """A form on its way: the socket, and what is left to send."""
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    s.settimeout(20)
    s.connect(("127.0.0.1", p.world.listen))
    cookie = "; ".join(f"{k}={v}" for k, v in p.cookies.items())
    s.sendall((f"POST {path} HTTP/1.1\r\nHost: {p.host}\r\nCookie: {cookie}"
               f"\r\nContent-Type: {kind}\r\nConnection: close\r\n"
               f"Content-Length: {len(body)}\r\n\r\n").encode())
    return s, body


def slow_but_steady(w):
    """A line that needs several times --body-seconds, up and down: all of it
    arrives. Who stops reading is closed, and his place is free again."""
    w.host.stop()
    audit_of(w, 40000)
    w.start_host([*LIMITS[:4], "--per-address", 3])
    p = joined(w, "olga@summit.example", "organiser")
    p.get("/registrations/import")
    edge = "an-edge"
    head = "".join(f'--{edge}\r\nContent-Disposition: form-data; name="{k}"'
                   f"{more}\r\n\r\n{v}" for k, v, more in (
                       ("csrf", f"{p.csrf()}\r\n", ""),
                       ("file", "", '; filename="a.csv"')))
    file = b"x" * 400000        # no report; it is read and then refused
    s, body = sent(p, "/registrations/import", head.encode() + file +
                   f"\r\n--{edge}--\r\n".encode(),
                   f"multipart/form-data; boundary={edge}")
    begun = time.monotonic()
    for at in range(0, len(body), 16384):
        s.sendall(body[at:at + 16384])
        time.sleep(0.4)         # the line is as slow as that
    assert time.monotonic() - begun > 2 * BODY
    got = everything(s)
    assert got.startswith((b"HTTP/1.1 422 ", b"HTTP/1.1 303 ")), got[:300]

    p.get("/exports")
    form = f"csrf={p.csrf()}".encode()
    kind = "application/x-www-form-urlencoded"
    s, body = sent(p, "/exports/audit", form, kind)
    s.sendall(body)
    got, begun = b"", time.monotonic()
    while time.monotonic() - begun < 3 * BODY:
        got += s.recv(32768)
        time.sleep(0.1)
    got += everything(s)
    head, _, file = got.partition(b"\r\n\r\n")
    length = re.search(rb"Content-Length: (\d+)", head)
    assert head.startswith(b"HTTP/1.1 200 "), head
    assert len(file) == int(length.group(1)) > 8 << 20, (head, len(file))
    held = []
    for _ in range(3):
        s, body = sent(p, "/exports/audit", form, kind)
        s.sendall(body)
        s.recv(1000)
        held.append(s)
    until(w.healthy, 30, "those that do not read have lost their places")
    for s in held:
        s.close()
    w.host.stop()
    w.start_host(LIMITS)


def slow_second_request(w):
    with connect(w) as s:
        s.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
        assert b"200 OK" in s.recv(65536)
        s.sendall(b"GET /he")
        took = dribble(s, b"a", 30)
    assert HEAD - 0.5 < took < HEAD + 5, took


def silent_and_idle(w):
    for first in (b"", b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"):
        with connect(w) as s:
            begun = time.monotonic()
            s.sendall(first)
            everything(s)
            took = time.monotonic() - begun
        assert HEAD - 0.5 < took < HEAD + 5, took


def half_closed(w):
    """A client that sends no more still gets its answer."""
    got = raw(w, b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 200 "), got


def gone_again(w):
    """A client that closes with half a head sent leaves its place at once,
    not at its deadline."""
    w.host.stop()
    w.start_host(["--connections", 4, "--head-seconds", 600])
    for half in (b"GET /he", b"POST /r/ HTTP/1.1\r\nHost: h\r\n"
                 b"Content-Length: 10\r\n\r\nco"):
        for _ in range(8):
            with connect(w) as s:
                s.sendall(half)
    until(w.healthy, 20, "the places of those that have gone are free")
    w.host.stop()
    w.start_host(LIMITS)


def woken(pid):
    """How often the threads of a process went on after a wait."""
    return sum(int(line.split()[1])
               for task in pathlib.Path(f"/proc/{pid}/task").iterdir()
               for line in (task / "status").read_text().splitlines()
               if line.startswith("voluntary_ctxt_switches"))


def sleeps_meanwhile(w):
    """Connections that say nothing cost nothing until their deadlines."""
    w.host.stop()
    w.start_host(["--head-seconds", 600])
    with connect(w) as silent, connect(w) as idle:
        silent.sendall(b"GET /he")
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
        assert b"200 OK" in idle.recv(65536)
        before = woken(w.host.p.pid)
        time.sleep(3)  # that is what is measured
        n = woken(w.host.p.pid) - before
    assert n < 10, n
    w.host.stop()
    w.start_host(LIMITS)


def too_large(w):
    for path, size in ((b"/r/", 8193), (b"/v1/device/status", 4097),
                       (b"/v1/device/enrol", 16385),
                       (b"/v1/device/log?from=0", 4 * 1024 * 1024 + 1)):
        got = raw(w, b"POST " + path + b" HTTP/1.1\r\nHost: h\r\n"
                  b"Content-Length: %d\r\n\r\n" % size + b"x" * size)
        assert got.startswith(b"HTTP/1.1 413 "), (path, got[:200])
    # Far too large: told at once, before any of it is sent.
    with connect(w) as s:
        s.sendall(b"POST /r/ HTTP/1.1\r\nHost: h\r\n"
                  b"Content-Length: 1000000000\r\n\r\n")
        got = everything(s)
    assert got.startswith(b"HTTP/1.1 413 "), got[:200]
    # Asked first, as curl does: told to go on, or refused without the body.
    for head, code in ((b"POST /r/", b"100"),
                       (b"POST /v1/device/log?from=0", b"401"),
                       (b"POST /nothing", b"404")):
        with connect(w) as s:
            s.sendall(head + b" HTTP/1.1\r\nHost: h\r\n"
                      b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            got = s.recv(65536)
            assert got.startswith(b"HTTP/1.1 " + code), (head, got)


def one_address_has_its_share(w):
    """While some hold all their connections open, the limit holds, and the
    places are free again afterwards."""
    held = [connect(w) for _ in range(12)]
    try:
        open_ones = 0
        for s in held:
            s.settimeout(0.5)
            try:
                s.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
                open_ones += b"200 OK" in s.recv(65536)
            except OSError:
                pass
        # One may still be counted from before.
        assert 6 <= open_ones <= 8, open_ones
    finally:
        for s in held:
            s.close()
    until(w.healthy, 10, "a place is free again")


def connect_from(w, last):
    return socket.create_connection(("127.0.0.1", w.port), 20,
                                    (f"127.0.0.{last}", 0))


def idle_ones_give_way(w):
    """A crowd of addresses that only hold their connections keeps nobody out,
    nor does it end a request that has begun."""
    w.host.stop()
    w.start_host(["--connections", 40, "--per-address", 5,
                  "--head-seconds", 600, "--body-seconds", 600])
    held = []
    upload = connect_from(w, 200)
    upload.sendall(b"POST /r/ HTTP/1.1\r\nHost: h\r\n"
                   b"Expect: 100-continue\r\nContent-Length: 10\r\n\r\n")
    assert upload.recv(65536).startswith(b"HTTP/1.1 100 ")
    try:
        for i in range(60):
            s = connect_from(w, 2 + i // 5)
            held.append(s)
            if i % 3 == 1:  # some with half a head, some between two
                s.sendall(b"GET /he")
            elif i % 3 == 2:
                s.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
        for i in range(10):
            with connect_from(w, 100 + i) as s:
                s.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
                assert s.recv(65536).startswith(b"HTTP/1.1 200 "), i
        upload.sendall(b"code=12345")
        assert b" 422 " in upload.recv(65536)
        # Those that idle longest went first; the newest are still there.
        for s, gone in ((held[0], True), (held[1], True), (held[-3], False)):
            s.settimeout(0.2)
            try:
                assert s.recv(1) == b"" and gone, gone
            except ConnectionResetError:
                assert gone
            except TimeoutError:
                assert not gone
    finally:
        for s in (*held, upload):
            s.close()
    w.host.stop()
    w.start_host(LIMITS)


def ends_on_sigterm(w):
    """With a request half sent and a connection idle: at once, and clean."""
    with connect(w) as idle, connect(w) as half:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
        assert b"200 OK" in idle.recv(65536)
        half.sendall(b"POST /r/ HTTP/1.1\r\nHost: h\r\n"
                     b"Expect: 100-continue\r\n"
                     b"Content-Length: 10\r\n\r\n")
        assert half.recv(65536).startswith(b"HTTP/1.1 100 ")
        half.sendall(b"code")
        begun = time.monotonic()
        w.host.p.send_signal(signal.SIGTERM)
        # The half-sent request is let in within its deadline, no longer.
        half.sendall(b"=12345")
        assert b"422" in half.recv(65536)
        assert w.host.p.wait(20) == 0
        assert time.monotonic() - begun < 15


def one_at_a_time(w):
    w.start_host()
    second = w.run(os.path.join(os.environ["BIN"], "badgeward-host"), "-C",
                   w.host_dir, "--listen", "127.0.0.1:0")
    assert second.returncode == 1, second
    assert "another badgeward-host" in second.stderr
    # The port is taken; the directory is not a host's; bad usage.
    other = w.dir / "other"
    w.cli_raw("init", other, "--event-id", "e", "--event-name", "E",
              "--event-uri", "https://e.example", "--log-name", "l.example",
              "--base-url", "http://127.0.0.1:1")
    taken = w.run(os.path.join(os.environ["BIN"], "badgeward-host"), "-C",
                  other, "--listen", f"127.0.0.1:{w.port}")
    assert taken.returncode == 1 and "taken" in taken.stderr, taken
    nowhere = w.run(os.path.join(os.environ["BIN"], "badgeward-host"), "-C",
                    w.dir / "nowhere")
    assert nowhere.returncode == 1 and "badgeward init" in nowhere.stderr
    for args in ([], ["-C", w.host_dir, "x"], ["--no"],
                 ["-C", w.host_dir, "--threads", "0"]):
        usage = w.run(os.path.join(os.environ["BIN"], "badgeward-host"),
                      *args)
        assert usage.returncode == 2 and usage.stderr, usage
    bad = w.run(os.path.join(os.environ["BIN"], "badgeward-host"), "-C",
                other, "--listen", "localhost")
    assert bad.returncode == 2 and "--listen" in bad.stderr, bad


with World() as world:
    world.start_host(LIMITS)
    for check in (half_closed, gone_again, sleeps_meanwhile, too_large,
                  slow_head, slow_body, slow_but_steady,
                  slow_second_request, silent_and_idle,
                  one_address_has_its_share, idle_ones_give_way,
                  ends_on_sigterm,
                  one_at_a_time):
        check(world)
        print("ok", check.__name__)
