# SPDX-License-Identifier: Apache-2.0
"""However the reader or its kiosk ends, the field is off within a second.

abort() inside libnfc, kill -9 of the reader with the field on, a call that
blocks for ever, SIGTERM, a kiosk that closes or is killed, and a field that
somebody else left on before the start.
"""

import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from drive import (CRASHED, IN_USE, NO_BADGE, READ_ERROR,  # noqa: E402
                   SECOND, Drive, field_rule, put_tag, until)
from sim import Sim, child_of, now  # noqa: E402


def waiting(sim, drive, ms=60000):
    """A read is under way, without a badge, and its field is on."""
    drive.read(ms)
    sim.wait_field(True)


def mended(drive):
    drive.unread(READ_ERROR)
    drive.expect("missing", CRASHED)
    drive.expect("ready")


def state_of(pid):
    """As ps says it; Z when there is none."""
    try:
        with open(f"/proc/{pid}/stat") as f:
            return f.read().split()[2]
    except (FileNotFoundError, ProcessLookupError):
        return "Z"


def gone(pid):
    until(lambda: state_of(pid) == "Z", 5, "its end")


def test_abort(sim, drive):
    """libnfc calls abort() on a status with bit 7 set, the field on."""
    sim.do("tag present ada")
    for _ in range(3):
        sim.do("fault status80")
        drive.read()
        drive.expect("seen")
        drive.unread(READ_ERROR)
        drive.crashed()
        drive.expect("missing", CRASHED)
        drive.expect("ready")
        assert not sim.field()
    drive.read()
    assert drive.badge()[0] == sim.tag("ada")["uid"]
    sim.do("tag remove ada")


def test_kill_reader(sim, drive):
    for _ in range(5):
        waiting(sim, drive)
        drive.kill_reader()
        drive.crashed()
        mended(drive)
        assert not sim.field()


def test_blocked(sim, drive):
    """A reader that stands still is killed; then the field is off at once."""
    waiting(sim, drive)
    drive.kill_reader(signal.SIGSTOP)
    stopped = now()
    drive.unread(READ_ERROR, seconds=10)
    assert drive.at() - stopped < 4 * SECOND
    drive.crashed()
    drive.expect("missing", CRASHED)
    drive.expect("ready")
    waiting(sim, drive, 500)  # the deadline of a read as well
    drive.kill_reader(signal.SIGSTOP)
    drive.unread(READ_ERROR, seconds=10)
    drive.crashed()
    drive.expect("missing", CRASHED)
    drive.expect("ready")
    waiting(sim, drive)  # and a cancel that is not heard
    drive.kill_reader(signal.SIGSTOP)
    drive.cancel()
    drive.expect("missing", CRASHED)
    drive.crashed()
    drive.expect("ready")


def test_called_off_before_it_ran(sim, drive):
    """A reader that got no core until its read was called off keeps the field
    dark: it looks before it switches on."""
    for _ in range(5):
        before = len(sim.trace())
        pid = drive.kill_reader(signal.SIGSTOP)
        drive.read()
        drive.cancel()
        os.kill(pid, signal.SIGCONT)
        drive.read(1)  # begins when the other has ended
        drive.unread(NO_BADGE)
        ons = [e for e in sim.trace()[before:] if e.get("field") == "on"]
        assert len(ons) == 1, ons


def test_terminate_reader(sim, drive):
    waiting(sim, drive)
    drive.kill_reader(signal.SIGTERM)
    drive.crashed()
    mended(drive)


def test_kiosk_closes(sim, drive):
    waiting(sim, drive)
    pid = drive.pid()
    drive.crashed()
    drive.p.stdin.close()
    drive.expect("closed")
    assert not sim.field()
    gone(pid)


def test_kiosk_killed(sim):
    with Drive(sim.nfc) as drive:
        drive.expect("ready")
        waiting(sim, drive)
        pid = drive.pid()
        drive.kill()
        sim.wait_field(False)
        gone(pid)
    return drive


def stand_with_field(sim, pid):
    """Stop the reader with the field on: now and then it switches it off and
    on again, for tags that sleep."""
    while True:
        os.kill(pid, signal.SIGSTOP)
        until(lambda: state_of(pid) == "T", 5, "it stands")
        if sim.field():
            return
        os.kill(pid, signal.SIGCONT)
        sim.wait_field(True)


def test_both_killed(sim):
    """No kiosk is left to start the next reader: its spawner sweeps."""
    with Drive(sim.nfc) as drive:
        drive.expect("ready")
        waiting(sim, drive)
        pid = drive.pid()
        stand_with_field(sim, pid)
        os.kill(drive.p.pid, signal.SIGSTOP)
        os.kill(pid, signal.SIGKILL)
        gone(pid)
        assert sim.field()
        drive.kill()
        sim.wait_field(False)
    return drive


def test_closes_behind_a_reader_that_stands(sim):
    """It is killed in the end; a kiosk that closes in good order starts no
    other, so its spawner sweeps then too, and before the kiosk is gone."""
    with Drive(sim.nfc) as drive:
        drive.expect("ready")
        waiting(sim, drive)
        pid = drive.pid()
        stand_with_field(sim, pid)
        drive.p.stdin.close()
        drive.expect("closed", seconds=20)
        assert not sim.field()
        gone(pid)
    drive.windows[-1][1] = now()
    return drive


def test_left_on(sim):
    """The first thing that a reader does is to switch the field off."""
    with Drive(sim.nfc) as drive:
        drive.expect("ready")
        waiting(sim, drive)
        pid = drive.pid()
        stand_with_field(sim, pid)
        spawner = child_of(drive.p.pid, "bw-spawner")
        os.kill(spawner, signal.SIGKILL)
        drive.p.kill()
        drive.p.wait()
        os.kill(pid, signal.SIGKILL)
        gone(pid)
        assert sim.field()
        before = len(sim.trace())
    with Drive(sim.nfc) as second:
        second.expect("ready")
        assert not sim.field()
        news = [e for e in sim.trace()[before:] if "field" in e]
        assert [e["field"] for e in news] == ["off"], news
    drive.windows[-1][1] = now()
    return drive


def test_port_is_not_shared(sim):
    off = [os.path.join(os.environ["BIN"], "badgeward-reader"), "--off",
           sim.nfc]
    closed = ["sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-', *off]
    assert subprocess.run(closed).returncode == 0  # no descriptors 0 to 2
    with Drive(sim.nfc) as first:
        first.expect("ready")
        with Drive(sim.nfc) as second:
            second.expect("missing", IN_USE)
            done = subprocess.run(off, capture_output=True, text=True)
            assert done.returncode == 1, done
            assert "another process uses this port" in done.stderr, done
            waiting(sim, first)
            first.p.stdin.close()
            first.expect("closed")
            first.close_window(0)
            second.expect("ready")
    return first


with Sim() as sim:
    with Drive(sim.nfc) as drive:
        drive.expect("ready")
        put_tag(sim, present=False)
        for test in (test_abort, test_kill_reader, test_blocked,
                     test_called_off_before_it_ran, test_terminate_reader,
                     test_kiosk_closes):
            test(sim, drive)
            field_rule(sim, drive)
    drives = [drive]
    for test in (test_kiosk_killed, test_both_killed,
                 test_closes_behind_a_reader_that_stands, test_left_on,
                 test_port_is_not_shared):
        drives.append(test(sim))
        field_rule(sim, *drives)
