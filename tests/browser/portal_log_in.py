# SPDX-License-Identifier: Apache-2.0
"""In a browser, in English and German: an organiser's invitation, second
factor, own account, a login revoked, the list of people, out. axe finds
nothing on any page."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed  # noqa: E402
from portal import invite  # noqa: E402
from world import World  # noqa: E402

needed()
with World() as world:
    world.start_host()
    print(browse(world, "portal_log_in.mjs", people={
        "en": ["anna@summit.example",
               invite(world, "anna@summit.example", "organiser")],
        "de": ["olga@summit.example",
               invite(world, "olga@summit.example", "organiser")]}))
