# SPDX-License-Identifier: Apache-2.0
"""Once the host has revoked a device, its booth closes and stays closed over a
restart; what it had recorded before still reaches the host."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from world import World, until  # noqa: E402


def closed(device):
    """At the start the reader may be the first trouble."""
    until(lambda: "was revoked" in str(device.kiosk.text()), 30, "closed")
    assert not device.kiosk.ask("tap start").startswith("ok")


def main():
    with World() as world:
        world.start_host()
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
