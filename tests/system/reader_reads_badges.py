# SPDX-License-Identifier: Apache-2.0
"""The reader reads one badge of ours, whenever it comes, and nothing else.

Each read goes through unmodified libnfc to the simulated chip.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from drive import (Drive, MORE_THAN_ONE, NOT_OURS, NO_BADGE, SECOND,  # noqa
                   field_rule, put_tag, some_message)
from sim import Sim, now  # noqa: E402


def test_every_tag(sim, drive):
    """Each type, short and full; only what the TLV says is read."""
    for kind, most in (("mf0ul11", 45), ("mf0ul21", 125), ("ntag213", 140),
                       ("ntag215", 490), ("ntag216", 860)):
        for n in sorted({30, min(100, most), most}):
            uid, message = put_tag(sim, "ada", kind=kind,
                                   message=some_message(n))
            before = len(sim.trace())
            drive.read()
            assert drive.badge() == (uid, message), (kind, n)
            got = sum(len(e["data"]) // 2 - 1 for e in sim.trace()[before:]
                      if e.get("answer") == "InCommunicateThru")
            assert got <= n + 16 + 8, f"{got} bytes read for {n}"
            sim.do("tag delete ada")


def test_old_tag(sim, drive):
    """A tag that knows no FAST_READ is read by READ."""
    uid, message = put_tag(sim, "old", "04778899aabbcc", "ultralight",
                           some_message(40))
    drive.read()
    assert drive.badge() == (uid, message)
    sim.do("tag delete old")


def test_badge_that_comes(sim, drive):
    uid, message = put_tag(sim, present=False)
    drive.read()
    sim.wait_field(True)
    sim.do("tag present ada")
    assert drive.badge() == (uid, message)
    # At once, counted in commands: the first try after the touch has it, even
    # when the field was just about to be pulsed.
    trace = sim.trace()
    touch = max(i for i, e in enumerate(trace) if e.get("tag") == "ada")
    tries = [e for e in trace[touch:] if e.get("command")]
    found = next(i for i, e in enumerate(tries)
                 if e["command"] == "InCommunicateThru")
    assert found <= 20, tries[:found]


def test_badge_that_stays(sim, drive):
    """It may lie there before, between and after reads."""
    sim.do("tag present ada")
    for _ in range(3):
        drive.read()
        assert drive.badge()[0] == sim.tag("ada")["uid"]
    assert not sim.field()


def test_two_badges(sim, drive):
    put_tag(sim, "bob", "04ffeeddccbb80")
    drive.read()
    drive.unread(MORE_THAN_ONE)
    sim.do("tag remove bob")
    drive.read()
    assert drive.badge()[0] == sim.tag("ada")["uid"]
    sim.do("tag remove ada")


def test_no_badge(sim, drive):
    begin = now()
    drive.read(400)
    drive.unread(NO_BADGE)
    assert drive.at() - begin < 5 * SECOND, drive.at() - begin


def test_foreign_tags(sim, drive):
    sim.do("tag add city classic aabbccdd")
    sim.do("tag present city")
    drive.read()
    drive.unread(NOT_OURS)
    sim.do("tag remove city")
    sim.do("tag add empty ntag213 04010203040506")
    sim.do("tag present empty")
    drive.read()
    drive.unread(NOT_OURS)
    sim.do("tag remove empty")


def test_cancel(sim, drive):
    drive.read(60000)
    sim.wait_field(True)
    begin = now()
    drive.cancel()
    sim.wait_field(False)
    assert now() - begin < SECOND, now() - begin
    sim.do("tag present ada")
    drive.read()  # the next read may follow at once
    assert drive.badge()[0] == sim.tag("ada")["uid"]


with Sim() as sim, Drive(sim.nfc) as drive:
    drive.expect("ready")
    test_every_tag(sim, drive)
    test_old_tag(sim, drive)
    test_badge_that_comes(sim, drive)
    test_badge_that_stays(sim, drive)
    test_two_badges(sim, drive)
    test_no_badge(sim, drive)
    test_foreign_tags(sim, drive)
    test_cancel(sim, drive)
    assert field_rule(sim, drive) >= 15

with Sim(pace=True) as sim, Drive(sim.nfc) as drive:
    drive.expect("ready")
    test_badge_that_comes(sim, drive)
    field_rule(sim, drive)
