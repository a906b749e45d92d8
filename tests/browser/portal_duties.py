# SPDX-License-Identifier: Apache-2.0
"""In a browser: what goes when, an incident from its opening to its people, a
disclosure, and counts for anybody."""

import os
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed  # noqa: E402
from hosting import badges, enrolled  # noqa: E402
from portal import invite  # noqa: E402
from world import World  # noqa: E402

needed()
with World() as world:
    world.start_host()
    device = enrolled(world, "k01")
    for badge in badges(world, 2):
        device.share(badge, [1, 2])
    assert device.upload(1).status == 200
    world.cli("aggregates")
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        for day in (20600, 20601):
            for what, n in ((0, 1230), (1, 40), (4, 1230), (6, 300)):
                db.execute("INSERT INTO aggregate VALUES "
                           "(?, 'example-corp', ?, ?)", (day, what, n))
    aware = time.strftime("%Y-%m-%dT%H:%M:%SZ",
                          time.gmtime(time.time() - 3600))
    print(browse(world, "portal_duties.mjs", aware=aware, people={
        "en": invite(world, "en@summit.example", "privacy-officer"),
        "de": invite(world, "de@summit.example", "privacy-officer")}))
