# SPDX-License-Identifier: Apache-2.0
"""Once the host has revoked a device, its booth closes and stays closed over a
restart; what it had recorded before still reaches the host. So does the booth
of a device that goes on from a copy of itself: the host takes nothing of it any
more."""

import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from world import World, until  # noqa: E402


def closed(device):
    """At the start the reader may be the first trouble."""
    until(lambda: "was revoked" in str(device.kiosk.text()), 30, "closed")
    assert not device.kiosk.ask("tap start").startswith("ok")


def visit(device, tag):
    device.start_kiosk()
    device.kiosk.wait("idle", 30000)
    device.kiosk.tap("start")
    device.kiosk.tap("share")
    device.sim.do(f"tag present {tag}")
    device.kiosk.wait("shared", 30000)
    device.sim.do(f"tag remove {tag}")
    device.kiosk.tap("done")


def forked(world):
    """The copy was made before the other one went on."""
    device = world.device("k08")
    device.enrol()
    device.uplink.stop()
    tag = device.badge(world.registrations()[0]["id"], "04a10cda993c80")
    copy = world.dir / "copy"
    shutil.copytree(device.state, copy)
    for n in range(2):
        visit(device, tag)
        if n == 0:
            device.start_uplink(("--every", "1"))
            device.synced()
            device.uplink.stop()
            device.kiosk.kill()
            shutil.rmtree(device.state)
            copy.rename(device.state)
    device.start_uplink(("--every", "1"))
    closed(device)
    assert "k08" in world.cli("device", "list")
    assert len(world.leads()) == 1


def main():
    with World() as world:
        world.start_host()
        forked(world)
        device = world.device()
        device.enrol()
        device.uplink.stop()
        device.start_kiosk()
        device.kiosk.wait("idle", 30000)
        device.kiosk.tap("start")
        device.kiosk.tap("decline")
        device.kiosk.tap("done")
        world.cli("device", "revoke", "k07")
        device.start_uplink(("--every", "1"))
        closed(device)
        device.kiosk.do("quit")
        device.kiosk.p.wait(20)
        device.uplink.stop()
        device.start_kiosk()
        closed(device)
        assert (device.state / "kiosk/seal.key").exists()
        device.start_uplink(("--every", "1"))
        until(lambda: not device.outbox(), 30, "the host takes what there is")
        closed(device)


main()
