# SPDX-License-Identifier: Apache-2.0
"""What is made behind uploads (the index of receipts, the counts) is made
without anybody's asking, after an upload and at the host's start; a page that
is asked for before that does not wait for it."""

import os
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled, until  # noqa: E402
from portal import joined  # noqa: E402

MANY = 2000     # more than a page takes along


def ask(w, sql):
    with sqlite3.connect(f"file:{w.host_dir}/host.db?mode=ro", uri=True) as c:
        return c.execute(sql).fetchone()[0]


def settled(w):
    return (ask(w, "SELECT count(*) FROM log WHERE settled < size") == 0 and
            ask(w, "SELECT count(*) FROM receipt") == 2 and
            ask(w, "SELECT sum(k2) FROM tally") == MANY)


def after_an_upload(w):
    k01 = enrolled(w, "k01")
    for badge in badges(w, 2):
        k01.share(badge, [1, 2])
    for _ in range(MANY):
        k01.decline()
    assert k01.upload(1).status == 200
    until(lambda: settled(w), 20, "all is settled")


def at_the_start(w):
    w.host.stop()
    with sqlite3.connect(w.host_dir / "host.db") as c:
        for sql in ("UPDATE log SET settled = 0", "DELETE FROM receipt",
                    "DELETE FROM tally"):
            c.execute(sql)
    assert not settled(w)
    w.start_host()
    until(lambda: settled(w), 20, "all is settled again")


def seen(w):
    mia = joined(w, "mia@corp.example", "sponsor-manager", "example-corp")
    assert mia.get("/leads").text.count('<tr id="lead-') == 2


with World() as world:
    world.start_host()
    after_an_upload(world)
    at_the_start(world)
    seen(world)
