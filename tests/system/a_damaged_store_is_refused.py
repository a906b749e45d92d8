# SPDX-License-Identifier: Apache-2.0
"""Numbers in host.db that nobody wrote there: what reads them says so at once,
and takes neither gigabytes nor minutes."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled  # noqa: E402
from world import BIN  # noqa: E402

LEADS = ("export", "leads", "--sponsor", "example-corp", "--format", "json",
         "--out", "-")
ODD = "odd", "list"
COUNTS = "export", "counts", "--out", "-"
NUMBERS = "a log's numbers are not those of its entries"
EDITION = "an edition's number is out of range"
PART = "a policy part's number is out of range"
DAMAGE = [
    ("UPDATE edition SET id = 4000000000 WHERE id = 1", EDITION, [LEADS]),
    ("UPDATE edition SET id = -7 WHERE id = 1", EDITION, [LEADS]),
    ("UPDATE part SET id = 4000000000 WHERE sponsor = 'example-corp'", PART,
     [LEADS]),
    ("UPDATE part SET id = -7 WHERE sponsor = 'example-corp'", PART, [LEADS]),
    ("UPDATE log SET size = 9223372036854775807", NUMBERS,
     [LEADS, ODD, COUNTS]),
    ("UPDATE log SET size = 4294967296", NUMBERS, [LEADS, ODD, COUNTS]),
    ("UPDATE log SET settled = -5", NUMBERS, [LEADS, ODD, COUNTS]),
    ("UPDATE log SET settled = 9223372036854775807",
     "a log is settled beyond its end", [LEADS]),
]


def refused(world, args, what):
    done = subprocess.run([BIN / "badgeward", "-C", world.host_dir, *args],
                          capture_output=True, text=True, timeout=20)
    assert done.returncode == 1, (what, args, done)
    assert f"the store is damaged: {what}; restore a backup\n" in done.stderr,\
        (what, args, done.stderr)


with World() as world:
    world.start_host()
    device = enrolled(world)
    device.share(badges(world, 1)[0], [1, 2])
    assert device.upload(1).status == 200
    world.cli(*ODD)
    world.host.stop()
    db, good = world.host_dir / "host.db", world.dir / "good.db"
    shutil.copy(db, good)
    for sql, what, commands in DAMAGE:
        shutil.copy(good, db)
        with closing(sqlite3.connect(db)) as c, c:
            changed = c.execute(sql).rowcount
        assert changed > 0, sql
        for args in commands:
            refused(world, args, what)
    shutil.copy(good, db)
    assert "k07-1" in world.cli(*LEADS)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert most < 1 << 20, f"{most} KiB"
