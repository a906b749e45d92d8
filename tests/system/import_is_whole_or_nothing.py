# SPDX-License-Identifier: Apache-2.0
"""An import that is killed has added everybody or nobody, and one with a row that
cannot be read nobody; the next one adds who is missing, once.

ROUNDS, ROWS and SEED in the environment."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from world import BIN, World  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "5"))
ROWS = int(os.environ.get("ROWS", "3000"))
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
rng = random.Random(SEED)
HEAD = ("Order #,First Name,Last Name,Email,Quantity,Attendee Status,Barcode #,"
        "Company,Age\n")


def row(i):
    return (f"1,Quokka{i:05},Walker,q{i:05}@many.example,1,Attending,"
            f"77{i:08},Burrow{i:05} Ltd,34\n")


def report(path, n, bad=None):
    path.write_text(HEAD + "".join(
        row(i) if i != bad else '1,"Quokka\n' for i in range(n)))
    return path


def count(world):
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db:
        return db.execute("SELECT count(*), count(DISTINCT key) "
                          "FROM registration").fetchone()


def killed(world, path, after):
    p = subprocess.Popen([BIN / "badgeward", "-C", world.host_dir, "import",
                          "eventbrite", path], stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    try:
        p.wait(after)
    except subprocess.TimeoutExpired:
        p.send_signal(signal.SIGKILL)
        p.wait()
    return p.returncode != 0


print(f"SEED={SEED} ROUNDS={ROUNDS} ROWS={ROWS}")
with World(registrations=None) as world:
    path = world.dir / "report.csv"
    start = time.monotonic()
    world.cli("import", "eventbrite", report(path, ROWS))
    longest = time.monotonic() - start
    assert count(world) == (ROWS, ROWS)
    kills = 0
    for n in range(1, ROUNDS + 1):
        had = n * ROWS
        report(path, had + ROWS)
        kills += killed(world, path, rng.uniform(0, longest))
        found = count(world)
        assert found in ((had, had), (had + ROWS, had + ROWS)), (SEED, found)
        world.cli("import", "eventbrite", path)
        assert count(world) == (had + ROWS, had + ROWS), SEED
    had += ROWS
    world.refused("import", "eventbrite",
                  report(path, had + ROWS, bad=had + ROWS // 2))
    assert count(world) == (had, had)
    assert kills > 0 or ROUNDS < 4, kills
    print(f"{kills} kills, ok")
