# SPDX-License-Identifier: Apache-2.0
"""Who objects, or has the own data restricted, is refused at every booth after
its next sync, politely, and vanishes from what sponsors have; somebody else is
not. When the person takes it back the badge is good again, and so are the leads,
after an objection if the person says so."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import attending  # noqa: E402
from world import World, until  # noqa: E402

POLITE = ("Nothing was shared", "This badge cannot be used here.",
          "Please ask at the badge desk.")


def opened(world, name, sponsor):
    device = world.device(name, sponsor)
    device.enrol()
    device.uplink.stop()
    device.start_uplink(("--every", "1"))
    device.start_kiosk()
    device.kiosk.wait("idle", 30000)
    return device


def visit(device, tag, then="done"):
    """What the booth says to this badge: "shared" or "unread"."""
    kiosk = device.kiosk
    kiosk.tap("start")
    kiosk.tap("share")
    kiosk.wait("hold")
    device.sim.do(f"tag present {tag}")
    until(lambda: kiosk.state() not in ("hold", "reading"), 30, "an answer")
    if kiosk.state() == "ask":  # shared here before: asked once more
        kiosk.tap("share")
        kiosk.shared()
    state, text = kiosk.state(), kiosk.text()
    device.sim.do(f"tag remove {tag}")
    kiosk.tap("undo" if state == "shared" and then == "undo" else "done")
    if kiosk.state() == "declined":
        kiosk.tap("done")
    kiosk.wait("idle")
    if state == "unread":
        for line in POLITE:
            assert line in text, text
    return state


def becomes(device, tag, state):
    """Each try that comes too early is undone."""
    until(lambda: visit(device, tag, "undo") == state, 60,
          f"{device.name} says {state}")


def names(world, sponsor):
    return sorted(r["name"] for r in world.leads(sponsor))


def main():
    with World() as world:
        world.start_host()
        ada, bob, other = people = attending(world)[:3]
        booths = [opened(world, "k07", "example-corp"),
                  opened(world, "k08", "acme")]
        tags = [[d.badge(p["id"], f"04e10cda993c{8 + i}{k}")
                 for k, p in enumerate(people)]
                for i, d in enumerate(booths)]
        for d, (hers, his, _) in zip(booths, tags):
            for tag in hers, his:
                assert visit(d, tag) == "shared"
            d.synced()
        for sponsor in ("example-corp", "acme"):
            assert len(world.leads(sponsor)) == 2

        world.cli("right", "object", ada["id"])
        world.cli("right", "restrict", bob["id"])
        assert world.leads() == [] and world.leads("acme") == []
        for d, (hers, his, theirs) in zip(booths, tags):
            for tag in hers, his:
                becomes(d, tag, "unread")
            assert visit(d, theirs) == "shared"
            d.synced()
        for sponsor in ("example-corp", "acme"):
            until(lambda s=sponsor: names(world, s) == [other["name"]], 30,
                  "the other's alone")

        world.cli("right", "lift", ada["id"], "--objection", "--leads")
        world.cli("right", "lift", bob["id"])
        for sponsor in ("example-corp", "acme"):
            assert {ada["name"], bob["name"]} < set(names(world, sponsor))
        for d, (hers, his, _) in zip(booths, tags):
            for tag in hers, his:
                becomes(d, tag, "shared")
        for device in booths:
            print(world.verify(device.name).strip())


main()
