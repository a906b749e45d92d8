# SPDX-License-Identifier: Apache-2.0
"""A backup, and putting it back, take no more memory for large files than for
small ones: of the store, and of what stands beside it."""

import os
import shutil
import sqlite3
import sys
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from peak import run  # noqa: E402
from world import BIN, World  # noqa: E402

MOST = 16 * 1024        # KiB
STORE = 48 << 20
RECORD = 272 << 20


def peak(w, *args):
    most, _, _ = run([BIN / "badgeward", "-C", w.host_dir, *args])
    return most


def there_and_back(w, name):
    """KiB at most, of each."""
    there = peak(w, "backup", w.dir / name)
    kept = (w.dir / name / "rights-done").stat().st_size
    shutil.rmtree(w.host_dir)
    back = peak(w, "restore", w.dir / name)
    assert (w.host_dir / "rights-done").stat().st_size == kept
    shutil.rmtree(w.dir / name)
    return there, back


def pad(w):
    """What the log of a large event takes; and a record's last line alone."""
    with closing(sqlite3.connect(w.host_dir / "host.db")) as db, db:
        db.executemany("INSERT INTO entry (id, entry, body) VALUES (?, ?, ?)",
                       ((1 << 32 | i, bytes(100), os.urandom(900))
                        for i in range(STORE >> 10)))
    record = w.host_dir / "rights-done"
    text = record.read_bytes()
    with record.open("r+b") as f:
        f.truncate(RECORD)
        f.seek(0, os.SEEK_END)
        f.write(b"\n" + text)


with World() as world:
    world.cli("device", "add", "k01", "--sponsor", "example-corp")
    small = there_and_back(world, "small")
    pad(world)
    large = there_and_back(world, "large")
    print(small, large)
    for was, now in zip(small, large):
        assert now - was < MOST, (small, large)
    print("ok")
