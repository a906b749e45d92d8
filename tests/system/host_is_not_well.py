# SPDX-License-Identifier: Apache-2.0
"""/healthz of a host whose disk is full, and of one whose store is damaged: 503,
with why; the log says it once, and a disk that has room again is well again."""

import os
import pathlib
import sqlite3
import sys
import tempfile
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import disk  # noqa: E402
from hosting import badges, enrolled, leads  # noqa: E402
from world import World, until  # noqa: E402

PAGE = 8192


def health(world):
    try:
        with urllib.request.urlopen(world.url + "/healthz", timeout=20) as a:
            return a.status, a.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def said(world, text):
    return world.log("host").read_text().count(text)


def full_disk(world, small):
    d = enrolled(world)
    badge = badges(world, 1)[0]
    d.share(badge, [1, 2])
    assert d.upload(1).status == 200
    small.fill()
    code, why = health(world)
    assert code == 503 and "no room" in why, (code, why)
    until(lambda: said(world, "no room is left on the disk:"), 30, "the log")
    small.free()
    until(lambda: health(world)[0] == 200, 30, "well again")
    until(lambda: said(world, "all is well again"), 30, "the log")
    d.share(badge, [1, 2])
    assert d.upload(len(d.log) - 1).status == 200
    assert len(leads(world)) == 2


def damaged_store(world):
    assert health(world)[0] == 200
    db = world.host_dir / "host.db"
    with sqlite3.connect(db) as look:
        page, = look.execute("SELECT rootpage FROM sqlite_master "
                             "WHERE name = 'lead'").fetchone()
    look.close()
    # All is in the file itself, and pages in memory are not good any more.
    world.cli("hold", "add", "--event", "--reason", "r", "--reviewer", "v",
              "--review-days", "1")
    wal = world.host_dir / "host.db-wal"
    until(lambda: wal.stat().st_size == 0, 30, "the host tidies")
    with open(db, "r+b") as f:
        f.seek((page - 1) * PAGE)
        f.write(b"\xff" * PAGE)
    world.cli("hold", "lift", "1", "--yes")
    code, why = health(world)
    assert code == 503 and "damaged" in why, (code, why)
    assert health(world)[0] == 503
    until(lambda: said(world, "the store is damaged:"), 30, "the log")


disk.own_mounts()
with disk.Disk(pathlib.Path(tempfile.mkdtemp()), "30m") as at:
    tempfile.tempdir = str(at.path)
    with World() as world:
        world.start_host()
        full_disk(world, at)
        damaged_store(world)
    print("ok")
