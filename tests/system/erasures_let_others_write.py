# SPDX-License-Identifier: Apache-2.0
"""Many erasures are due, each of which takes its time: other processes write
between them, and none waits in vain. Each syncs on a slow disk: all together
take longer than anybody waits (STORE_WAIT_MS).

ERASED in the environment: how many; SLOW: how slow, in milliseconds."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from world import BIN, World, until  # noqa: E402

SLOWSYNC = str(BIN.parent / "tests/slowsync.so")
ERASED = int(os.environ.get("ERASED", "100"))
# Of waiting, not of work, for each sync inside a transaction.
SLOW = os.environ.get("SLOW", "60")
WAITED = 10     # STORE_WAIT_MS


def people(path):
    path.write_text(
        "Order #,First Name,Last Name,Email,Quantity,Attendee Status,"
        "Barcode #,Company,Age\n" + "".join(
            f"1,Numbat{i:04},Walker,n{i:04}@many.example,1,Attending,"
            f"66{i:08},Termite Ltd,34\n" for i in range(ERASED + 1)))
    return path


def database(world):
    return closing(sqlite3.connect(world.host_dir / "host.db", timeout=60))


def due(world):
    """All but the last are due."""
    was = int(time.time()) - 9
    with database(world) as db, db:
        db.execute("INSERT INTO barrier (registration, erase_due, "
                   "erase_planned) SELECT id, ?, ? FROM registration "
                   "WHERE id <= ?", (was, was - 9, ERASED))
        db.execute("UPDATE registration SET status = 2 WHERE id <= ?",
                   (ERASED,))


def left(world):
    with database(world) as db:
        return db.execute("SELECT count(*) FROM barrier "
                          "WHERE erase_due <> 0").fetchone()[0]


with World(registrations=None) as world:
    world.cli("import", "eventbrite", people(world.dir / "people.csv"))
    due(world)
    begun = time.monotonic()
    with open(world.log("purge"), "w") as out:
        purge = subprocess.Popen([BIN / "badgeward", "-C", world.host_dir,
                                  "purge", "--apply"], stdout=out, stderr=out,
                                 env={**os.environ, "SLOWSYNC": SLOW,
                                      "LD_PRELOAD": SLOWSYNC})
    until(lambda: left(world) < ERASED, 60, "the first is erased")
    took = []
    while left(world) != 0:
        start = time.monotonic()
        act = "lift" if len(took) % 2 else "restrict"
        world.cli("right", act, str(ERASED + 1))
        took.append(time.monotonic() - start)
    assert purge.wait(600) == 0, world.log("purge").read_text()
    assert time.monotonic() - begun > 2 * WAITED
    print(f"{ERASED} erased in {time.monotonic() - begun:.1f} s; "
          f"{len(took)} commands beside, longest {max(took):.2f} s")
    with database(world) as db:
        assert db.execute("SELECT count(*) FROM registration WHERE "
                          "status = 4").fetchone() == (ERASED,)
    assert took
    print("ok")
