# SPDX-License-Identifier: Apache-2.0
"""A thousand connections that say nothing, log-ins that trickle in, pages whose
reader has stopped reading and uploads that are too large: staff still work
meanwhile."""

import os
import socket
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from portal import joined  # noqa: E402
from world import World, until  # noqa: E402

CROWD = 1000


def connect(w, last=None):
    port = w.port if w.tls else w.listen
    return socket.create_connection(("127.0.0.1", port), 60,
                                    (last, 0) if last else None)


def cookie(p):
    return "; ".join(f"{k}={v}" for k, v in p.cookies.items())


def works(p, again=None):
    """Somebody looks at pages and changes something, by new connections."""
    for n in range(3):
        assert p.get("/me").status == 200
        p.post("/me/profile", name=f"Olga {again} {n}", language="")
        assert f"Olga {again} {n}" in p.page.text


def idle(w, p):
    held = []
    try:
        for i in range(CROWD):
            # Without nginx, from one more address each hundred.
            last = f"127.0.1.{1 + i // 90}" if not w.tls else None
            s = connect(w, last)
            held.append(s)
            if w.tls:
                continue
            if i % 3 == 1:
                s.sendall(b"POST /login HTTP/1.1\r\nHo")
            elif i % 3 == 2:
                s.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
        works(p, "idle")
        assert len(held) == CROWD
    finally:
        for s in held:
            s.close()


def trickle(w, p):
    """Half a log-in from many, each byte of it late."""
    if w.tls:
        return
    held = []
    try:
        for i in range(200):
            s = connect(w, f"127.0.2.{1 + i // 50}")
            s.sendall(b"POST /login HTTP/1.1\r\nHost: %s\r\n"
                      b"Content-Length: 500\r\n\r\nmail=" %
                      p.host.encode())
            held.append(s)
        works(p, "trickle")
        for s in held:
            try:
                s.send(b"x")
            except OSError:
                pass
        works(p, "trickle on")
    finally:
        for s in held:
            s.close()


def deaf(w, p):
    """Streams and pages that nobody takes."""
    if w.tls:
        return
    held = []
    try:
        for i in range(40):
            s = connect(w)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            what = b"/events" if i % 5 == 0 else b"/people"
            s.sendall((b"GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n" %
                       (what, p.host.encode(), cookie(p).encode())) * 8)
            held.append(s)
        works(p, "deaf")
    finally:
        for s in held:
            s.close()
    # Their places are free again.
    c = p.connect()

    def again():
        c.close()
        c.request("GET", "/events", headers={"Host": p.host,
                                             "Cookie": cookie(p)})
        return c.getresponse().status == 200
    until(again, 60, "a place for a page that listens")
    c.close()


def too_large(w, p):
    """Refused by what it says it is, before it is there."""
    for path in ("/login", "/me/profile", "/people", "/registrations/import",
                 "/leads/k01.1"):
        for size in (8193 if path == "/me/profile" else 64 * 1024 * 1024 + 1,
                     1 << 29):
            c = p.connect()
            c.putrequest("POST", path, skip_host=True)
            for name, value in (("Host", p.host), ("Cookie", cookie(p)),
                                ("Content-Length", str(size))):
                c.putheader(name, value)
            c.endheaders()
            if size == 8193:    # so little is taken, and dropped
                c.send(b"x" * size)
            status = c.getresponse().status
            assert status in (404, 413), (path, size, status)
            c.close()


with World() as world:
    world.start_host()
    olga = joined(world, "olga@summit.example", "organiser")
    for part in (idle, trickle, deaf, too_large):
        part(world, olga)
        print("ok", part.__name__)
    assert world.host.alive()
