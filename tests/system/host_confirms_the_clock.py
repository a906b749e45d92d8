# SPDX-License-Identifier: Apache-2.0
"""A device in a network that lets nothing but the host through: its booth opens
by the host's cosignature, made over an entry that the closed booth wrote for
it. With a clock that is wrong it stays closed, and opens when it is set."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import attending, leads  # noqa: E402
from world import World, clock_env, until  # noqa: E402

UID = "04e10cda993c80"


def main():
    with World() as world:
        world.start_host()
        device = world.device()
        tag = device.badge(attending(world)[0]["id"], UID)
        device.enrol()
        device.uplink.kill()
        clock = world.dir / "clock"

        def put(seconds):
            new = clock.with_suffix(".new")
            new.write_text(str(seconds))
            new.rename(clock)

        def log():
            return world.log(f"kiosk-{device.name}").read_text()

        def share():
            kiosk.wait("idle", 30000)
            kiosk.tap("start")
            kiosk.tap("share")
            device.sim.do(f"tag present {tag}")
            kiosk.shared(30000)
            device.sim.do(f"tag remove {tag}")
            kiosk.tap("done")

        put(0)
        kiosk = device.start_kiosk(env=clock_env(clock))
        kiosk.wait("trouble", 30000)
        until(lambda: len(device.outbox()) > 0 and "trouble: clock" in log(),
              30, "it waits for the host")
        device.start_uplink()
        share()
        until(lambda: len(leads(world)) == 1, 30, "the share is there")
        put(7200)
        kiosk.wait("trouble", 30000)
        until(lambda: "another than" in log(), 60, "the host says no")
        device.synced()
        assert kiosk.state() == "trouble"
        put(0)
        share()
        until(lambda: len(leads(world)) == 2, 30, "and the next")
        device.synced()
        assert re.findall(r"the clock: (\w+)", log()) == [
            "host", "unknown", "host"], log()
        kiosk.do("quit")
        print(world.verify().strip().splitlines()[0])


main()
