# SPDX-License-Identifier: Apache-2.0
"""The reader works over I2C and SPI as it does over a serial line: by the
unmodified drivers of libnfc, on a chip that answers as one on such a bus does
(support/busline.c). nfc-list, which is not ours, sees the same tag.
"""

import fcntl
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from drive import (ABSENT, NO_ANSWER, Drive, field_rule,  # noqa: E402
                   put_tag, some_message)
from sim import Sim  # noqa: E402

BUSLINE = {"LD_PRELOAD": os.path.join(os.environ["BUILD"],
                                      "tests/busline.so")}
LONG = 60   # seconds: a deadline, never a wait


class Bus:
    """A chip on a bus: .nfc is its connstring."""

    def __init__(self, driver, sim):
        self.sim, self.nfc = sim, f"{driver}:{sim.link}"

    def drive(self, **env):
        return Drive(self.nfc, env=dict(BUSLINE, **env))

    def off(self, **env):
        """What `badgeward-reader --off` says."""
        return subprocess.run(
            [os.environ["BIN"] + "/badgeward-reader", "--off", self.nfc],
            env=dict(os.environ, **BUSLINE, **env), text=True,
            capture_output=True, timeout=LONG)


def witness(bus, uid):
    """A program that is not ours lists the tag."""
    done = subprocess.run(
        ["nfc-list"], text=True, capture_output=True, timeout=LONG,
        env=dict(bus.sim.env(), LIBNFC_DEVICE=bus.nfc, **BUSLINE))
    shown = bytes.fromhex(uid).hex(" ").replace(" ", "  ")
    assert f"UID (NFCID1): {shown}" in done.stdout, done
    assert not bus.sim.field()


def every_length(bus, drive):
    """A badge as long as a tag can hold too: no driver cuts its answers."""
    for n in 30, 257, 860:
        uid, message = put_tag(bus.sim, f"n{n}", "04ffeeddccbb80",
                               "ntag216", some_message(n))
        drive.read()
        assert drive.badge() == (uid, message), n
        bus.sim.do(f"tag delete n{n}")


def unplugged(bus, drive):
    """In the middle of a read; and then nobody answers on the bus."""
    drive.read(60000)
    bus.sim.wait_field(True)
    bus.sim.do("unplug")
    words = drive.event(LONG)
    assert words[0] == "unread", words
    drive.expect("missing", ABSENT, seconds=LONG)
    bus.sim.do("fault silent")
    bus.sim.do("plug")
    drive.expect("missing", NO_ANSWER, seconds=LONG)
    bus.sim.do("fault clear")
    drive.expect("ready", seconds=LONG)


def taken(bus):
    """By another reader of ours; of an I2C bus, by the kernel's driver. And
    nobody at all is no garbage."""
    with open(bus.sim.link) as port:
        fcntl.flock(port, fcntl.LOCK_EX)
        said = bus.off()
    assert said.returncode == 1 and "another process" in said.stderr, said
    if "i2c" in bus.nfc:
        said = bus.off(BUSLINE_HELD="1")
        assert said.returncode == 1 and "pn533_i2c" in said.stderr, said
        said = bus.off(BUSLINE_EMPTY="1")
        assert said.returncode == 1 and "does not answer" in said.stderr, said


def one(driver):
    with Sim() as sim:
        bus = Bus(driver, sim)
        uid, message = put_tag(sim)
        witness(bus, uid)
        seen = len(sim.trace())
        with bus.drive() as drive:
            drive.expect("ready", seconds=LONG)
            assert not any(e.get("field") == "on" for e in sim.trace()[seen:])
            drive.read()
            assert drive.badge() == (uid, message)
            sim.do("tag remove ada")
            every_length(bus, drive)
            unplugged(bus, drive)
            sim.do("tag present ada")
            drive.read()
            assert drive.badge() == (uid, message)
            del sim.events[:seen]      # the witness's own
            assert field_rule(sim, drive) >= 5
        taken(bus)
    print("ok", driver, flush=True)


one("pn532_i2c")
one("pn532_spi")
