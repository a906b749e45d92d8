# SPDX-License-Identifier: Apache-2.0
"""What a share costs an SD card is bounded: syncs and bytes, of the kiosk and
the uplink together, with its way to the host and the deleting after it."""

import os
import pathlib
import struct
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from world import World, until  # noqa: E402

SHARES = 12
COUNTER = pathlib.Path(os.environ["BUILD"]) / "bench/iocount.so"


def share(device, tag):
    kiosk = device.kiosk
    kiosk.wait("idle")
    kiosk.tap("start")
    kiosk.tap("share")
    kiosk.wait("hold")
    device.sim.do(f"tag present {tag}")
    kiosk.shared()
    device.sim.do(f"tag remove {tag}")
    kiosk.tap("done")
    kiosk.wait("idle")


def main():
    with World() as world:
        world.start_host()
        device = world.device()
        ada = next(r for r in world.registrations()
                   if r["status"] == "attending")
        tag = device.badge(ada["id"], "04e10cda993c80")
        device.enrol()
        path = world.dir / "iocount"
        path.write_bytes(bytes(6 * 8))
        env = {"LD_PRELOAD": str(COUNTER), "IOCOUNT": str(path),
               "ASAN_OPTIONS": "verify_asan_link_order=0"}
        device.uplink.kill()
        device.start_uplink(env=env)
        device.start_kiosk(env=env)

        def counts():
            return struct.unpack("=6Q", path.read_bytes())

        def one(n):
            share(device, tag)
            until(lambda: len(world.leads()) == n, 60, f"lead {n}")
            device.synced()
            device.kiosk.do("advance 60000")

        one(1)
        device.rested()
        start = counts()
        for n in range(SHARES):
            one(n + 2)
        device.rested()
        size, syncs = ((b - a) / SHARES for a, b in
                       zip(start[:2], counts()[:2]))
        print(f"a share: {syncs:.1f} syncs, {size:.0f} bytes")
        assert 2 <= syncs <= 4, "syncs"
        assert size <= 13000, "bytes"


main()
