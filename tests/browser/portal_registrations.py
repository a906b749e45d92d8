# SPDX-License-Identifier: Apache-2.0
"""In a browser, in English and German: the badge desk uploads a report and looks
at what is new, finds somebody, withholds and releases him, and writes his badge
at a station, whose progress the page shows by itself. axe finds nothing on any
page. A first import is in summit.py."""

import os
import sys
import threading

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from badgedesk import station, token  # noqa: E402
from browsing import browse, needed  # noqa: E402
from portal import joined  # noqa: E402
from sim import Sim  # noqa: E402
from world import REGISTRATIONS, World, until  # noqa: E402

needed()


def lay_tags(world, sim, ended):
    """The browser's test says when a tag is laid on the writer, and taken."""
    for name in ("en", "de"):
        for signal, do in (("lay", "present"), ("take", "remove")):
            told = world.dir / f"{signal}-{name}"
            until(lambda: told.exists() or ended.is_set(), 500, "a signal")
            if ended.is_set():
                return
            sim.do(f"tag {do} {name}")


with World() as world, Sim() as sim:
    world.start_host()
    sim.do("tag add en ntag216 04e10cda993c80")
    sim.do("tag add de ntag213 04e10cda993c81")
    desk = {lang: joined(world, f"{lang}@summit.example", "badge-desk",
                         language=lang) for lang in ("en", "de")}
    boss = joined(world, "o@summit.example", "organiser")
    station(world, sim, token(desk["en"]))
    ended = threading.Event()
    hand = threading.Thread(target=lay_tags, args=(world, sim, ended))
    hand.start()
    try:
        print(browse(world, "portal_registrations.mjs",
                     desk={k: p.cookies for k, p in desk.items()},
                     boss=boss.cookies, report=str(REGISTRATIONS),
                     dir=str(world.dir)))
    finally:
        ended.set()
        hand.join()
