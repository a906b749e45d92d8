# SPDX-License-Identifier: Apache-2.0
"""In a browser: a button that is pressed twice at once does what it says once,
with a script and without; the same form can be sent again later."""

import os
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed  # noqa: E402
from portal import invite  # noqa: E402
from world import World  # noqa: E402

needed()
with World() as world:
    world.start_host()
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 9 * 86400))
    said = browse(world, "portal_pressed_twice.mjs", review=day, people={
        "en": invite(world, "en@summit.example", "privacy-officer")})
    with sqlite3.connect(world.host_dir / "host.db") as db:
        # With the script and without it; the last with it alone.
        for table, made in (("casefile", 2), ("hold", 2), ("disclosure", 1)):
            n, = db.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert n == made, (table, n)
    print(said)
