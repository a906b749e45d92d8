# SPDX-License-Identifier: Apache-2.0
"""In a browser: the pages of a summit full of hostile names, each once by one of
the roles that may see it. No dialog, nothing that the page's policy had to stop,
no element or attribute that came from a value; and after logging out Back shows
nothing."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import hostile  # noqa: E402
from browsing import browse, needed  # noqa: E402
from hosting import enrolled  # noqa: E402
from hostile_places import places  # noqa: E402
from portal import joined  # noqa: E402
from routes import FOREIGN, OWN, ROLES, filled, may, table  # noqa: E402


def each_once(there):
    """{role: paths}: /start by all, which leads to each one's first page."""
    out = {role: ["/start"] for role in ROLES}
    for r in table():
        if r.method == "GET" and r.need == "page" and r.path not in (
                "/events", "/login", "/start"):
            # The last one that may: most of the organiser's others may, too.
            out[may(r)[-1]].append(there.get(r.path) or filled(r))
    return out


needed()
with hostile.prepare() as world:
    world.start_host()
    devices = [(enrolled(world, "k01", OWN), [1, 2]),
               (enrolled(world, "k02", FOREIGN), [1])]
    people = {role: joined(world, f"{role}@summit.example", role,
                           OWN if role.startswith("sponsor") else None)
              for role in ROLES}
    hostile.fill(world, people, devices)
    paths = each_once(places(world, people))
    print(browse(world, "portal_hostile.mjs", mark=hostile.MARK, roles=[
        {"role": role, "cookies": p.cookies, "paths": paths[role]}
        for role, p in people.items()]))
