# SPDX-License-Identifier: Apache-2.0
"""A machine that starts anew with a clock by which the time to undo an erasure is
over: nothing is erased until the clock is set right, the system calls it
synchronised, or an officer says that it is right."""

import os
import sys
import uuid

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending  # noqa: E402
from mine import Mine, rows  # noqa: E402
from world import until  # noqa: E402

HOUR = 3600
DAY = 24 * HOUR
DELETED = 4
LOOK = 30       # the host looks every 10 s


def put(path, text):
    new = path.with_suffix(".new")
    new.write_text(text)
    new.rename(path)


with World() as world:
    clock, root = world.dir / "clock", world.dir / "root"
    boot = root / "proc/sys/kernel/random/boot_id"
    boot.parent.mkdir(parents=True)

    def start(at):
        if world.host is not None:
            world.host.stop()
        put(boot, f"{uuid.uuid4()}\n")
        put(clock, at)
        world.start_host()

    def status(person):
        return rows(world, "SELECT status FROM registration WHERE id = ?",
                    person["id"])[0][0]

    def said(text, times=1):
        until(lambda: world.log("host").read_text().count(text) >= times,
              LOOK, text)

    put(clock, "0")
    os.environ.update(LD_PRELOAD=os.environ["BUILD"] + "/tests/wallclock.so",
                      WALLCLOCK=str(clock), WALLCLOCK_ROOT=str(root),
                      ASAN_OPTIONS="verify_asan_link_order=0")
    start("0")
    first, second = attending(world)[:2]
    assert Mine(world).enter(first["id"]).act("erase-yes").status == 200
    withheld = status(first)

    # A night, which nobody has to confirm; four days.
    start(str(12 * HOUR))
    assert "may be ahead" not in world.cli("purge")
    start(str(4 * DAY))
    # What is due is done before anybody is served.
    assert status(first) == withheld
    said("was started anew")
    look = world.cli("purge")
    assert "was started anew" in look and "--clock-is-right" in look, look
    assert "may be ahead" in world.run(
        os.environ["BIN"] + "/badgeward", "-C", world.host_dir, "purge",
        "--apply").stdout
    assert status(first) == withheld

    # Set right, it is believed; it can be undone for as long as was said.
    put(clock, str(13 * HOUR))
    said("believed again")
    assert "will not be erased" in world.cli("right", "undo", first["id"])

    # A shorter time to undo counts: by two days an erasure for one.
    config = world.host_dir / "config.json"
    config.write_text(config.read_text().replace(
        '"erase_undo_hours": 72', '"erase_undo_hours": 24'))
    start(str(13 * HOUR))
    world.cli("right", "erase", second["id"], "--without-case", "law")
    start(str(2 * DAY))
    assert status(second) == withheld
    # The system knows better.
    put(clock, f"{2 * DAY} ntp")
    until(lambda: status(second) == DELETED, LOOK, "the erasure")
    print("ok")
