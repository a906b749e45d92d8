# SPDX-License-Identifier: Apache-2.0
"""Uploads that have to wait for the store, however many, hold up nobody who
only reads, whichever came first; they are taken when their turn comes. Nor does
a receipt that can be looked for only when they are done: it says so."""

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


def looks_for(rc, lang=b"en"):
    form = b"code=" + base64.b32encode(rc).rstrip(b"=")
    return (b"POST /r/ HTTP/1.1\r\nHost: h\r\nAccept-Language: %s\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\n" % (lang, len(form))) + form


def whole(s):
    """One answer with its body."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += s.recv(65536)
    head, body = got.split(b"\r\n\r\n", 1)
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += s.recv(65536)
    return head + b"\r\n\r\n" + body


with World() as world:
    world.start_host(["--threads", 2])
    badge = badges(world, 1)[0]
    wire = enrolled(world)
    rc = os.urandom(16)
    wire.share(badge, [1, 2], rc=rc)
    assert wire.upload(1).status == 200
    shows = looks_for(rc)
    assert len(world.leads()) == 1
    # In the store, and nobody has asked for it yet.
    news = os.urandom(16)
    wire.share(badge, [1], rc=news)
    assert wire.upload(2).status == 200
    wire.share(badge, [1])
    data = wire.bytes(3)
    # They are all there before the slow one begins.
    others = [connect(world) for _ in range(OTHERS)]
    db = sqlite3.connect(world.host_dir / "host.db", isolation_level=None,
                         timeout=0)
    db.execute("BEGIN IMMEDIATE")
    slow = [connect(world) for _ in range(SLOW)]
    for s in slow:
        token = wire.token("POST", "/v1/device/log?from=3", data)
        s.sendall(b"POST /v1/device/log?from=3 HTTP/1.1\r\nHost: h\r\n"
                  b"Authorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
                  % (token.encode(), len(data)) + data)
    for ask in (b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n",
                b"GET /r/ HTTP/1.1\r\nHost: h\r\n\r\n", shows):
        for s in others:
            s.sendall(ask)
            assert s.recv(65536).startswith(b"HTTP/1.1 200 "), ask
    for lang, sorry in (b"de", "Einen Moment bitte"), (b"ja", "少々お待ち"):
        for s in others[:4]:
            s.sendall(looks_for(news, lang))
            s.settimeout(9)  # less than one wait for the store
        for s in others[4:]:
            s.settimeout(9)
            s.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
        for s in others[:4]:
            got = whole(s)
            assert got.startswith(b"HTTP/1.1 503 "), got
            assert b"\r\nRetry-After: 5\r\n" in got, got
            assert b"\r\nContent-Language: " + lang in got, got
            assert sorry.encode() in got and b'value="show"' in got, got
        for s in others[4:]:
            assert s.recv(65536).startswith(b"HTTP/1.1 200 ")
    # An upload waits for ten seconds before it is told to come again.
    assert not select.select(slow, [], [], 0)[0], "they waited for uploads"
    db.execute("ROLLBACK")
    for s in slow:
        assert s.recv(65536).startswith(b"HTTP/1.1 200 ")
        s.close()
    for s in others:
        s.sendall(looks_for(news))
        assert whole(s).startswith(b"HTTP/1.1 200 ")
    assert len(world.leads()) == 3
    for s in others:
        s.close()
