# SPDX-License-Identifier: Apache-2.0
"""An upload that has to wait for the store holds up no other connection,
whichever came first; it is taken when its turn comes."""

import os
import socket
import sqlite3
import sys
import threading

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled  # noqa: E402

OTHERS = 8


def connect(w):
    return socket.create_connection(("127.0.0.1", w.port), 20)


with World() as world:
    world.start_host(["--threads", 2])
    badge = badges(world, 1)[0]
    wire = enrolled(world)
    wire.share(badge, [1, 2])
    # They are all there before the slow one begins.
    others = [connect(world) for _ in range(OTHERS)]
    db = sqlite3.connect(world.host_dir / "host.db", isolation_level=None,
                         timeout=0)
    db.execute("BEGIN IMMEDIATE")
    answers = []
    slow = threading.Thread(
        target=lambda: answers.append(wire.upload(1)))
    slow.start()
    for _ in range(3):
        for s in others:
            s.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
            assert s.recv(65536).startswith(b"HTTP/1.1 200 ")
    assert not answers, "the upload did not wait for the store"
    db.execute("ROLLBACK")
    slow.join(20)
    assert answers and answers[0].status == 200, answers
    assert len(world.leads()) == 1
    for s in others:
        s.close()
