# SPDX-License-Identifier: Apache-2.0
"""Uploads that have to wait for the store, however many, hold up nobody who
only reads, whichever came first; they are taken when their turn comes."""

import base64
import os
import select
import socket
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled  # noqa: E402

OTHERS = 8
SLOW = 6


def connect(w):
    return socket.create_connection(("127.0.0.1", w.port), 20)


with World() as world:
    world.start_host(["--threads", 2])
    badge = badges(world, 1)[0]
    wire = enrolled(world)
    rc = os.urandom(16)
    wire.share(badge, [1, 2], rc=rc)
    assert wire.upload(1).status == 200
    code = base64.b32encode(rc).decode().rstrip("=")
    form = f"code={code}".encode()
    shows = (b"POST /r/ HTTP/1.1\r\nHost: h\r\nContent-Type: "
             b"application/x-www-form-urlencoded\r\nContent-Length: %d"
             b"\r\n\r\n" % len(form)) + form
    assert len(world.leads()) == 1
    wire.share(badge, [1])
    data = wire.bytes(2)
    # They are all there before the slow one begins.
    others = [connect(world) for _ in range(OTHERS)]
    db = sqlite3.connect(world.host_dir / "host.db", isolation_level=None,
                         timeout=0)
    db.execute("BEGIN IMMEDIATE")
    slow = [connect(world) for _ in range(SLOW)]
    for s in slow:
        token = wire.token("POST", "/v1/device/log?from=2", data)
        s.sendall(b"POST /v1/device/log?from=2 HTTP/1.1\r\nHost: h\r\n"
                  b"Authorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
                  % (token.encode(), len(data)) + data)
    for ask in (b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n",
                b"GET /r/ HTTP/1.1\r\nHost: h\r\n\r\n", shows):
        for s in others:
            s.sendall(ask)
            assert s.recv(65536).startswith(b"HTTP/1.1 200 "), ask
    # An upload waits for ten seconds before it is told to come again.
    assert not select.select(slow, [], [], 0)[0], "they waited for uploads"
    db.execute("ROLLBACK")
    for s in slow:
        assert s.recv(65536).startswith(b"HTTP/1.1 200 ")
        s.close()
    assert len(world.leads()) == 2
    for s in others:
        s.close()
