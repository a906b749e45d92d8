# SPDX-License-Identifier: Apache-2.0
"""A clock that was set ahead is in doubt after the machine has started anew as
well: an erasure can be undone for as long as was said. It is believed again
when an officer says so."""

import os
import sys
import uuid

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending  # noqa: E402
from mine import Mine, rows  # noqa: E402
from world import until  # noqa: E402

DAY = 86400
LOOK = 30       # the host looks every 10 s


def put(path, text):
    new = path.with_suffix(".new")
    new.write_text(text)
    new.rename(path)


with World() as world:
    clock, root = world.dir / "clock", world.dir / "root"
    boot = root / "proc/sys/kernel/random/boot_id"
    boot.parent.mkdir(parents=True)

    def start():
        put(boot, f"{uuid.uuid4()}\n")
        world.start_host()

    def status():
        return rows(world, "SELECT status FROM registration WHERE id = ?",
                    person)[0][0]

    put(clock, "0")
    os.environ.update(LD_PRELOAD=os.environ["BUILD"] + "/tests/wallclock.so",
                      WALLCLOCK=str(clock), WALLCLOCK_ROOT=str(root),
                      ASAN_OPTIONS="verify_asan_link_order=0")
    start()
    person = attending(world)[0]["id"]
    assert Mine(world).enter(person).act("erase-yes").status == 200
    withheld = status()

    put(clock, str(20 * DAY))
    until(lambda: "was set while" in world.log("host").read_text(), LOOK,
          "the doubt")
    world.host.stop()
    start()
    # What is due is done before anybody is served.
    assert status() == withheld, status()
    assert "was set while" in world.cli("purge"), world.cli("purge")

    # It is set right, which nothing can show: somebody must say it.
    put(clock, "0")
    assert "was set while" in world.cli("purge")
    assert "was set while" not in world.cli("purge", "--clock-is-right")
    until(lambda: "believed again" in world.log("host").read_text(), LOOK,
          "that it is believed")
    assert status() == withheld
    put(clock, f"0 slept={4 * DAY}")
    until(lambda: status() == 4, LOOK, "the erasure")
    print("ok")
