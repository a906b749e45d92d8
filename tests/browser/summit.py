# SPDX-License-Identifier: Apache-2.0
"""The one story, in a browser, from an empty directory: `init` and the first
invitation are typed; all else is done on pages. Staff import a report, write
the policy with a sponsor, add a device; a booth with its kiosk, reader and
uplink enrols with the address that the page gave and shares three leads, which
the open dashboard counts; the sponsor's manager sees the three, rates one and
takes an XLSX, whose cells are right. axe finds nothing on any page."""

import os
import pathlib
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed, serve  # noqa: E402
from cells import cells  # noqa: E402
from hosting import UIDS, attending  # noqa: E402
from portal import invite  # noqa: E402
from world import REGISTRATIONS, World  # noqa: E402


class Booth:
    """What happens there when the browser asks for it."""

    def __init__(self, world):
        self.world = world
        self.device = world.device("k07", "gizmo")

    def enrol(self, address):
        self.device.enrol(address)
        self.kiosk = self.device.start_kiosk()
        self.kiosk.wait("idle")

    def three(self):
        for who, uid in zip(attending(self.world), UIDS[:3]):
            self.share(self.device.badge(who["id"], uid, "ntag216"))
        self.device.synced()

    def share(self, tag):
        k, sim = self.kiosk, self.device.sim
        k.tap("start")
        k.tap("share")
        k.wait("hold")
        sim.do(f"tag present {tag}")
        k.shared()
        sim.do(f"tag remove {tag}")
        k.tap("done")
        k.wait("idle")


needed()
with World(policy=None, registrations=None) as world:
    world.start_host()
    booth = Booth(world)
    file = world.dir / "leads.xlsx"
    today = time.time()
    days = [time.strftime("%Y-%m-%d", time.gmtime(today + d * 86400))
            for d in (-1, 2)]
    print(browse(world, "summit.mjs", report=str(REGISTRATIONS),
                 people={"en": invite(world, "en@summit.example",
                                      "organiser")},
                 control=serve({"enrol": booth.enrol, "three": booth.three}),
                 days=days, file=str(file)))
    rows = cells(pathlib.Path(file).read_bytes())
    who = attending(world)[:3]
    assert sorted((r["name"], r["email"]) for r in rows) == sorted(
        (p["name"], p["email"]) for p in who), rows
    assert [r["rating"] for r in rows].count(5) == 1, rows
    assert all(r["company"] is None for r in rows), rows
    assert [r["note"] for r in rows].count("Call her\nin May") == 1, rows
