# SPDX-License-Identifier: Apache-2.0
"""Each fault of the simulator does to libnfc what such a fault is known to do.

Results are exact. Times are bounded from below by what the chip or libnfc
waits, and from above so generously that only a hang is one.
"""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from probe import Died, Probe  # noqa: E402
from sim import Sim  # noqa: E402

UID = "04a1b2c3d4e580"
ERFTRANS, ETIMEOUT, EINVARG, EIO = -20, -6, -2, -1
HANG = 5000


def expect(got, result, least=0, most=HANG):
    assert got[0] == result, got
    assert least <= got[1] <= most, got
    return got[2]


def ready(sim, present=True):
    """A probe that has opened the chip and selected the tag."""
    sim.do("fault clear")
    probe = Probe(sim.nfc)
    assert probe.call("open")[0] == 1
    probe.ok("init")
    probe.ok("infinite 0")
    if present:
        sim.do("tag present ada")
        assert probe.ok("select").hex() == UID
    return probe


def finish(sim, probe):
    sim.do("fault clear")
    expect(probe.call("close"), 0)
    assert probe.close() == 0
    sim.do("tag remove ada")


def test_order_that_works(sim):
    """Opening leaves the field alone, init switches it on, idle off."""
    probe = Probe(sim.nfc)
    before = len(sim.trace())
    assert probe.call("open")[0] == 1
    assert probe.call("mods")[0] == 1
    probe.ok("field 0")
    assert not [e for e in sim.trace()[before:] if "field" in e]
    for _ in range(2):
        sim.do("tag present ada")
        probe.ok("init")
        assert sim.field()
        probe.ok("infinite 0")
        assert probe.ok("select").hex() == UID
        assert probe.ok("send 3000")[:3] == bytes.fromhex(UID)[:3]
        probe.ok("idle")
        assert not sim.field()
    # The trap: a select behind idle leaves the field on for good.
    probe.ok("select")
    assert sim.field()
    probe.ok("idle")
    assert sim.field()
    expect(probe.call("close"), 0)
    assert sim.field()
    probe.close()
    probe = Probe(sim.nfc)
    assert probe.call("open")[0] == 1
    assert sim.field(), "open alone must not clear the field"
    probe.ok("field 0")
    assert not sim.field()
    finish(sim, probe)


def test_no_tag(sim):
    probe = ready(sim, present=False)
    expect(probe.call("select"), 0, 10)
    expect(probe.call("send 3004"), EINVARG)
    got = probe.call("poll 2 1")
    expect(got, 0, 2 * 150 * 2)
    probe.ok("infinite 1")
    expect(probe.call("select"), ETIMEOUT, 300)
    assert sim.field()
    # The chip goes on looking: it finds what comes now.
    asked = len(sim.commands("InListPassiveTarget"))
    sim.do("tag present ada")
    assert sim.tag("ada")["state"] == "active"
    assert len(sim.commands("InListPassiveTarget")) == asked
    finish(sim, probe)


def test_removed(sim):
    probe = ready(sim)
    probe.ok("send 3004")
    sim.do("tag remove ada")
    for _ in range(3):
        expect(probe.call("send 3004"), ERFTRANS, 51)
    finish(sim, probe)
    probe = ready(sim)
    sim.do("tag tear ada 2")
    probe.ok("send 3004")
    probe.ok("send 3008")
    expect(probe.call("send 300c"), ERFTRANS, 51)
    assert not sim.tag("ada")["present"]
    finish(sim, probe)


def test_air_faults(sim):
    probe = ready(sim)
    sim.do("fault crc")
    expect(probe.call("send 3004"), ERFTRANS)
    probe.ok("send 3004")
    sim.do("fault timeout")
    expect(probe.call("send 3004"), ERFTRANS, 51)
    probe.ok("send 3004")
    sim.do("fault nak at 2")
    probe.ok("send 3004")
    expect(probe.call("send 3004"), ERFTRANS)
    # A tag that said no has fallen back and wants to be selected again.
    expect(probe.call("send 3004"), ERFTRANS, 51)
    probe.ok("select")
    probe.ok("send 3004")
    # So does one that is asked for a page that it has not.
    expect(probe.call("send 30ff"), ERFTRANS)
    expect(probe.call("send 3004"), ERFTRANS, 51)
    finish(sim, probe)


def test_line_faults(sim):
    probe = ready(sim)
    for fault in ("garbage", "badsum", "error"):
        sim.do(f"fault {fault}")
        expect(probe.call("send 3004"), EIO, 49)
        assert len(probe.ok("send 3004")) == 16
    for fault in ("mute", "short", "silent"):
        sim.do(f"fault {fault}")
        expect(probe.call("send 3004"), ETIMEOUT, 349)
        sim.do("fault clear")
        assert len(probe.ok("send 3004")) == 16
    finish(sim, probe)


def test_abort(sim):
    """A status byte with bit 7 kills the process; the field stays on."""
    probe = ready(sim)
    sim.do("fault status80")
    try:
        probe.call("send 3004")
        raise AssertionError("libnfc did not abort")
    except Died as e:
        assert e.code == -6, e.code
    assert sim.field()
    sim.do("tag remove ada")


def test_kill(sim):
    """So does it after a kill, until someone switches it off."""
    probe = ready(sim)
    probe.kill()
    assert sim.field()
    probe = Probe(sim.nfc)
    assert probe.call("open")[0] == 1
    assert sim.field()
    probe.ok("field 0")
    assert not sim.field()
    finish(sim, probe)


def test_firmware_version_lost(sim):
    sim.do("fault mute on 02")
    probe = Probe(sim.nfc)
    assert probe.call("open")[0] == 1
    assert probe.call("mods")[0] == 0
    finish(sim, probe)


def test_reset(sim):
    probe = ready(sim)
    sim.do("chip reset")
    assert not sim.field()
    for _ in range(2):
        expect(probe.call("send 3004"), ETIMEOUT, 349)
    probe.call("close")
    assert probe.call("open")[0] == 1
    probe.ok("init")
    probe.ok("infinite 0")
    assert probe.ok("select").hex() == UID
    finish(sim, probe)


def test_unplug(sim):
    probe = ready(sim)
    sim.do("unplug")
    assert not os.path.lexists(sim.link)
    assert not sim.field()
    expect(probe.call("send 3004"), EIO)
    expect(probe.call("close"), 0)
    expect(probe.call("open"), 0, 0, 1000)
    sim.do("plug")
    assert probe.call("open")[0] == 1
    assert not sim.field()
    probe.ok("init")
    # While it is blocked in a search of 15 s:
    sim.do("tag remove ada")
    before = len(sim.commands("InAutoPoll"))
    probe.start("poll 100 1")
    while len(sim.commands("InAutoPoll")) == before:
        time.sleep(0.01)  # between two looks
    sim.do("unplug")
    expect(probe.end(), EIO)
    expect(probe.call("close"), 0)
    sim.do("plug")
    assert probe.call("open")[0] == 1
    finish(sim, probe)


def test_open(sim):
    probe = Probe(sim.nfc)
    sim.do("fault silent")
    expect(probe.call("open"), 0, 1400)
    sim.do("fault clear")
    sim.do("fault garbage all")
    expect(probe.call("open"), 0, 100)
    sim.do("fault clear")
    assert probe.call("open")[0] == 1
    finish(sim, probe)


def test_what_fits(sim):
    """FAST_READ and GET_VERSION work raw only, and up to 65 pages."""
    probe = ready(sim)
    expect(probe.call("send 60"), ERFTRANS)
    expect(probe.call("send 3a0405"), ERFTRANS)
    probe.ok("easy 0")
    assert probe.ok("send 60").hex() == "0004040201001103"
    assert len(probe.ok("send 3a0405")) == 8
    assert len(probe.ok("send 3a0444")) == 260
    assert probe.call("send 3a0445")[0] < 0
    finish(sim, probe)


def main():
    with Sim() as sim:
        sim.do(f"tag add ada ntag215 {UID}")
        for name, test in list(globals().items()):
            if name.startswith("test_"):
                print(name, flush=True)
                test(sim)
        assert sim.stop() == 0


main()
