# SPDX-License-Identifier: Apache-2.0
"""Two "deleted setup" at once: one after the other is done, and waits for
whoever writes to the store."""

import os
import pathlib
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World  # noqa: E402
from opened import opened  # noqa: E402
from world import BIN, until  # noqa: E402


def start(world, key):
    return subprocess.Popen(
        [BIN / "badgeward", "-C", world.host_dir, "deleted", "setup", key],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def files(world):
    return {p.name for p in world.host_dir.iterdir()
            if not p.name.startswith("host.db-")}


with World() as world:
    keys = [world.dir / f"key{i}" for i in range(2)]
    for key in keys:
        world.cli_raw("deleted", "key", key)
    pub = [pathlib.Path(f"{key}.pub") for key in keys]
    before = files(world)
    with closing(sqlite3.connect(world.host_dir / "host.db",
                                 isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        both = [start(world, key) for key in pub]
        for p in both:
            until(lambda: str(world.host_dir / "host.db-wal") in
                  opened(p.pid), 20, "it has the store open")
        time.sleep(0.5)  # for what it must not do yet
        assert files(world) == before, files(world)
        db.execute("ROLLBACK")
    for p in both:
        out, err = p.communicate(timeout=30)
        assert p.returncode == 0 and not err, (p.returncode, err)
        assert out.startswith("Who is erased from now on"), out
    # The later one counts.
    new, = files(world) - before
    assert (world.host_dir / new).read_bytes() in \
        [key.read_bytes() for key in pub], new
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db:
        assert db.execute("SELECT count(*) FROM audit WHERE act = "
                          "'deleted.setup'").fetchone() == (2,)
