# SPDX-License-Identifier: Apache-2.0
"""In a browser: what goes when, an incident from its opening to its people, a
disclosure, and counts for anybody; and a clock that is in doubt."""

import os
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, in_german, needed, printed, serve  # noqa: E402
from hosting import badges, enrolled  # noqa: E402
from portal import invite  # noqa: E402
from world import World, clock_env  # noqa: E402

needed()
with World() as world:
    clock = world.dir / "clock"
    clock.write_text("0")
    world.start_host(env=clock_env(clock))
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
    print(browse(world, "portal_duties.mjs", aware=aware, control=serve(
        {"doubt": lambda: clock.write_text("1200")}), people={
        "en": invite(world, "en@summit.example", "privacy-officer"),
        "de": invite(world, "de@summit.example", "privacy-officer")}))
    printed("incident-en", ("33(3)", "Nature of the breach", "k01",
                            "Aware since"),
            ("Log out", "Audit", "Close the incident", "What is to be done"))
    if in_german("portal_duties"):
        printed("incident-de", ("33 Abs. 3", "k01", "Bekannt seit"),
                ("Ausloggen", "Was zu tun"))
