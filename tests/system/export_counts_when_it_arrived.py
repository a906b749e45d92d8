# SPDX-License-Identifier: Apache-2.0
"""A file of leads whose download broke off, because the client has gone or the
host was killed, is recorded as such and does not count as the last one: the
next file of what is new has everything. One that arrived counts."""

import hashlib
import json
import os
import socket
import sqlite3
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import badges, enrolled  # noqa: E402
from many import fill  # noqa: E402
from portal import joined  # noqa: E402
from world import World, until  # noqa: E402

PEOPLE = 2000
NEW = "new or changed since your last file"


def last(w):
    return json.loads(w.cli("export", "list", "--json"))[0]


def begin(p, which):
    """The answer, of which little comes before it is read."""
    p.get("/downloads")
    c = p.connect()
    c.connect()
    c.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    body = urllib.parse.urlencode({**p.hidden(), "format": "json",
                                   "which": which})
    c.request("POST", "/downloads", body, {
        "Host": p.host, "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{k}={v}" for k, v in p.cookies.items())})
    r = c.getresponse()
    assert r.status == 200, r.status
    return c, r


def arrives(w, p, which):
    """To its end; the leads in it."""
    c, r = begin(p, which)
    body = r.read()
    c.close()
    until(lambda: last(w)["download"] == "complete", 20, "it is complete")
    assert last(w)["sha256"] == hashlib.sha256(body).hexdigest()
    return json.loads(body)


def hangs_up(w, p):
    c, r = begin(p, "new")
    assert r.read(1000)
    assert last(w)["download"] == "sending", last(w)
    r.close()
    c.close()
    until(lambda: last(w)["download"] != "sending", 20, "it has ended")


def is_killed(w, p):
    c, r = begin(p, "new")
    assert r.read(1000)
    assert last(w)["download"] == "sending", last(w)
    w.host.kill()
    w.start_host()
    c.close()


def later(w):
    """Very many come after the first file."""
    w.host.stop()
    with sqlite3.connect(w.host_dir / "host.db") as db:
        had, = db.execute("SELECT max(id) FROM lead").fetchone()
    db.close()
    fill(w, PEOPLE)
    at = int(time.time())
    with sqlite3.connect(w.host_dir / "host.db") as db:
        db.execute("INSERT INTO arrival (id, at) VALUES (?, ?)", (had + 1, at))
    db.close()
    w.start_host()
    until(lambda: time.time() >= at + 1, 20, "their second is over")


with World() as world:
    world.start_host()
    k01 = enrolled(world, "k01")
    k01.share(badges(world, 1)[0], [1, 2])
    assert k01.upload(1).status == 200
    olga = joined(world, "olga@summit.example", "organiser")
    mia = joined(world, "mia@sponsor.example", "sponsor-manager",
                 "example-corp")
    assert NEW not in mia.get("/downloads").text
    assert len(arrives(world, mia, "all")) == 1
    assert NEW in mia.get("/downloads").text
    later(world)
    for breaks in (hangs_up, is_killed):
        breaks(world, mia)
        said = last(world)
        assert said["download"] == "broke-off", (breaks, said)
        assert said["n"] == PEOPLE and len(said["sha256"]) == 64, said
        for who, path in ((mia, "/downloads"), (olga, "/exports")):
            assert "broke off" in who.get(path).text, path
    assert len(arrives(world, mia, "new")) == PEOPLE
    assert arrives(world, mia, "new") == []
