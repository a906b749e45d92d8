# SPDX-License-Identifier: Apache-2.0
"""A day of which counts were given out is not counted again over a backup that is
put back, whatever is in the store by then: two reports never differ in a cell,
and a day that was empty stays so. Days that were not counted yet still are."""

import os
import sys
import time
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, enrolled  # noqa: E402
from mailing import database  # noqa: E402

DAY = 86400


def declined(w, ago, n):
    """In an hour of the day that began so many days ago."""
    with closing(database(w)) as db:
        num, = db.execute("SELECT num FROM device").fetchone()
        db.execute("INSERT INTO tally VALUES (?, ?, 0, ?, 0, 0, 0) "
                   "ON CONFLICT DO UPDATE SET k2 = excluded.k2",
                   (num, (today - ago) * DAY, n))


def report(w):
    """Declines by day that begins so many days ago."""
    rows = [x.split(",") for x in w.cli("aggregates").splitlines()[1:]]
    days = {time.strftime("%Y-%m-%d", time.gmtime((today - n) * DAY)): n
            for n in range(9)}
    return {days[r[0]]: r[3] for r in rows if r[0] != "all"}


with World() as world:
    today = int(time.time()) // DAY
    world.start_host()
    enrolled(world).close()
    world.cli("backup", world.dir / "backup")
    declined(world, 5, 47)
    declined(world, 4, 9)
    given = report(world)
    assert given == {5: "40"}, given

    for _ in range(2):
        world.host.stop()
        world.cli("restore", world.dir / "backup")
        world.start_host()
        declined(world, 5, 33)
        declined(world, 4, 11)
        assert report(world) == given, report(world)

    # One that the store had not counted is, also without that file.
    world.host.stop()
    (world.host_dir / "rights-done").unlink()
    world.cli("restore", world.dir / "backup")
    world.start_host()
    declined(world, 4, 11)
    assert report(world) == {4: "10"}, report(world)
    print("ok")
