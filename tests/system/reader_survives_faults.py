# SPDX-License-Identifier: Apache-2.0
"""What tag, chip and cable can do wrong, and what the reader makes of it.

One bad moment is forgiven within the read; what lasts ends the read with its
reason, and the reader says when the chip is missing and when it is back. In
all of it the field is on only during reads.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from drive import (ABSENT, GARBAGE, NO_ANSWER, READ_ERROR,  # noqa: E402
                   REMOVED, SECOND, Drive, field_rule, put_tag)
from sim import Sim, now  # noqa: E402

CHIP = ("garbage", "badsum", "error", "short", "mute")
TAG = ("nak", "crc", "timeout")


def good_read(sim, drive):
    sim.do("fault clear")
    drive.read()
    uid, _ = drive.badge()
    assert uid == sim.tag("ada")["uid"]


def test_one_bad_moment(sim, drive):
    """A single fault at any command of a read does not end it."""
    before = len(sim.commands())
    good_read(sim, drive)
    commands = len(sim.commands()) - before
    for kind in CHIP:
        slow = kind in ("mute", "short")  # each costs a time-out
        for at in range(1, commands + 1, 4 if slow else 1):
            sim.do(f"fault {kind} 1 at {at}")
            drive.read()
            assert drive.badge()[0] == sim.tag("ada")["uid"], (kind, at)
            sim.do("fault clear")
    for kind in TAG:
        for at in 1, 2:
            sim.do(f"fault {kind} 1 at {at}")
            drive.read()
            assert drive.badge()[0] == sim.tag("ada")["uid"], (kind, at)
            sim.do("fault clear")


def test_bad_tag(sim, drive):
    for kind in TAG:
        sim.do(f"fault {kind} all")
        drive.read()
        drive.unread(READ_ERROR)
        good_read(sim, drive)


def test_bad_chip(sim, drive):
    """Every answer broken: a read error, then missing, then back."""
    for kind, cause in (("garbage", GARBAGE), ("mute", NO_ANSWER),
                        ("silent", NO_ANSWER)):
        sim.do(f"fault {kind} all")
        drive.read()
        drive.unread(READ_ERROR)
        drive.expect("missing", cause)
        sim.do("fault clear")
        sim.do("chip reset")  # its field is dark for sure
        drive.expect("ready")
        good_read(sim, drive)


def test_reset(sim, drive):
    """The chip loses its power between reads and during one."""
    sim.do("chip reset")
    good_read(sim, drive)
    for at in 1, 3, 8, 12:
        sim.do(f"fault reset 1 at {at}")
        drive.read()
        assert drive.badge()[0] == sim.tag("ada")["uid"], at


def test_removed(sim, drive):
    """The badge goes after N commands of its reading."""
    for n in 0, 1:
        sim.do("tag present ada")
        sim.do(f"tag tear ada {n}")
        drive.read()
        drive.unread(REMOVED)
        assert not sim.tag("ada")["present"]
    sim.do("tag present ada")
    good_read(sim, drive)


def test_unplug(sim, drive):
    begin = now()
    sim.do("unplug")
    drive.expect("missing", ABSENT)
    assert drive.at() - begin < 5 * SECOND, drive.at() - begin
    drive.send("read 1000")
    drive.expect("read")
    assert drive.events[-1][1][1] != "ok"
    sim.do("plug")
    begin = now()
    drive.expect("ready")
    assert drive.at() - begin < 5 * SECOND, drive.at() - begin
    good_read(sim, drive)
    sim.do("tag remove ada")
    drive.read()
    sim.wait_field(True)
    sim.do("unplug")  # in the middle of a read
    drive.unread(READ_ERROR)
    drive.expect("missing", ABSENT)
    sim.do("plug")
    drive.expect("ready")
    sim.do("tag present ada")
    good_read(sim, drive)


with Sim() as sim, Drive(sim.nfc) as drive:
    drive.expect("ready")
    put_tag(sim)
    good_read(sim, drive)
    pid = drive.pid()
    for test in (test_one_bad_moment, test_bad_tag, test_bad_chip, test_reset,
                 test_removed, test_unplug):
        test(sim, drive)
        assert field_rule(sim, drive) > 0
        assert pid == drive.pid(), f"{test.__name__} has killed the reader"
