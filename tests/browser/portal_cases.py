# SPDX-License-Identifier: Apache-2.0
"""In a browser: a privacy officer takes a request in, finds the person, does
what was asked for, looks at the letter and sends it; the queue with one that is
over-due; holds. In English and German."""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed  # noqa: E402
from hosting import attending, badges, enrolled  # noqa: E402
from portal import invite  # noqa: E402
from world import World  # noqa: E402


def day(ahead):
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() +
                                                 ahead * 86400))


needed()
with World() as world:
    world.start_host()
    device, side = enrolled(world, "k01"), enrolled(world, "side", "acme")
    badge, = badges(world, 1)
    device.share(badge, [1, 2])
    side.share(badge, [1])
    assert device.upload(1).status == 200 and side.upload(1).status == 200
    who = attending(world)[0]
    print(browse(world, "portal_cases.mjs", who=who, late=day(-45),
                 soon=day(-26), review=day(30), people={
                     "en": invite(world, "en@summit.example",
                                  "privacy-officer"),
                     "de": invite(world, "de@summit.example",
                                  "privacy-officer")}))
