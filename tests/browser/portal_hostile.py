# SPDX-License-Identifier: Apache-2.0
"""In a browser: the pages of a summit full of hostile names. No dialog, nothing
that the page's policy had to stop, no element or attribute that came from a
value; and after logging out Back shows nothing."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import hostile  # noqa: E402
from browsing import browse, needed  # noqa: E402
from hosting import enrolled  # noqa: E402
from portal import joined  # noqa: E402
from routes import FOREIGN, OWN, filled, table  # noqa: E402

needed()
with hostile.prepare() as world:
    world.start_host()
    devices = [(enrolled(world, "k01", OWN), [1, 2]),
               (enrolled(world, "k02", FOREIGN), [1])]
    people = {role: joined(world, f"{role}@summit.example", role,
                           OWN if role.startswith("sponsor") else None)
              for role in ("organiser", "sponsor-manager")}
    hostile.fill(world, people, devices)
    print(browse(world, "portal_hostile.mjs", mark=hostile.MARK, roles=[
        {"role": role, "cookies": p.cookies, "paths": [
            filled(r) for r in table() if r.method == "GET" and
            r.path not in ("/events", "/login") and r.need == "page" and
            r.reach[role] != "-"]}
        for role, p in people.items()]))
