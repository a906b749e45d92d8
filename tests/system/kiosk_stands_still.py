# SPDX-License-Identifier: Apache-2.0
"""A kiosk that stood still (a slow disk, a starved machine) judges what was
done at its screen meanwhile by what the person saw: what takes back or says no
counts, a yes that is not fresh does not; nor does what was done on the staff's
screens, for nobody can say whether the staff were still there.
"""

import os
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import BUILD, Booth, tool  # noqa: E402
from visit import enter, names  # noqa: E402
from world import until  # noqa: E402


def still(booth, seconds, *commands):
    """These are in the queue of a kiosk that stands still for so long."""
    pid = booth.kiosk.pid
    os.kill(pid, signal.SIGSTOP)
    wake(booth, seconds, lambda: os.kill(pid, signal.SIGCONT), *commands)


def wake(booth, seconds, go_on, *commands):
    kiosk = booth.kiosk
    for command in commands:
        kiosk.p.stdin.write(command.encode() + b"\n")
    kiosk.p.stdin.flush()
    time.sleep(seconds)
    go_on()
    for command in commands:
        answer = kiosk.line(30)
        assert answer == "ok", f"{command}: {answer}"


def undo_in_time(booth):
    """Its time ends while the kiosk stands still."""
    booth.share()
    booth.kiosk.do("advance 26000")
    still(booth, 6, "tap undo")
    assert booth.kiosk.state() == "declined", booth.kiosk.state()
    booth.kiosk.tap("done")


def old_yes(booth):
    booth.ask()
    booth.kiosk.do("advance 2000")
    still(booth, 5, "tap share")
    assert booth.kiosk.state() == "ask", booth.kiosk.state()
    assert not booth.sim.field()
    # by the keys too
    names = [w["name"] for w in booth.kiosk.widgets() if w["enabled"]]
    for _ in range(names.index("share") + 1):
        booth.kiosk.do("key down")
    still(booth, 5, "key ok")
    assert booth.kiosk.state() == "ask", booth.kiosk.state()
    booth.kiosk.tap("share")
    assert booth.kiosk.state() == "hold", "a fresh one counts"
    booth.kiosk.tap("decline")
    booth.kiosk.tap("done")


def old_no(booth):
    booth.ask()
    booth.kiosk.do("advance 2000")
    still(booth, 5, "tap decline")
    assert booth.kiosk.state() == "declined", booth.kiosk.state()
    booth.kiosk.tap("done")


def no_beside_a_badge(booth):
    """Both waited: nobody can say which was first."""
    booth.hold()
    booth.sim.wait_field(True)
    booth.kiosk.do("advance 1000")
    os.kill(booth.kiosk.pid, signal.SIGSTOP)
    booth.sim.do("tag present ada")
    booth.sim.wait_field(False)
    still(booth, 3, "tap decline")
    assert booth.kiosk.state() == "declined", booth.kiosk.state()
    booth.sim.do("tag remove ada")
    booth.kiosk.tap("done")


def staff_who_left(booth):
    """Their time is over: the next person is not let go on."""
    kiosk = booth.kiosk
    tool("pin", booth.state, 2, "314159")
    until(lambda: "serial 2" in booth.log(), 10, "the policy has come")
    kiosk.wait("idle")
    enter(kiosk, "314159")
    kiosk.do("advance 20000")
    still(booth, 3, "tap leads")
    assert "leads" in names(kiosk), "nothing was turned"
    kiosk.do("advance 10000")
    assert kiosk.state() == "idle", kiosk.state()


def deaf_from_the_frame_on(booth):
    """A state that began before its frame was there."""
    booth.ask()
    booth.kiosk.do("advance 60000")
    done = next(w for w in booth.kiosk.widgets() if w["name"] == "done")
    touch = f"tap {done['x'] + done['w'] // 2} {done['y'] + done['h'] // 2}"
    booth.kiosk.tap("done")
    booth.ask()
    booth.kiosk.do("advance 62000")
    booth.kiosk.do(touch)
    assert booth.kiosk.state() == "noanswer", booth.kiosk.state()
    booth.kiosk.do("advance 1000")
    booth.kiosk.do(touch)
    assert booth.kiosk.state() == "idle", booth.kiosk.state()


def old_yes_beside_a_slow_disk():
    """It stands still not while it waits, but while it stores."""
    with Booth(start=False) as booth:
        trigger = booth.dir / "synckill"
        booth.env = {"LD_PRELOAD": str(BUILD / "tests/synckill.so"),
                     "SYNCKILL": str(trigger),
                     "ASAN_OPTIONS": "verify_asan_link_order=0"}
        booth.start()
        booth.ask()
        booth.kiosk.do("advance 58000")
        trigger.write_text("1s")
        slow = booth.dir / "synckill.here"
        until(slow.exists, 20, "it stores no answer")
        wake(booth, 3, slow.unlink, "tap done", "tap start", "tap share")
        assert booth.kiosk.state() == "ask", booth.kiosk.state()


def main():
    old_yes_beside_a_slow_disk()
    print("ok old_yes_beside_a_slow_disk", flush=True)
    with Booth() as booth:
        for case in (undo_in_time, old_yes, old_no, no_beside_a_badge,
                     staff_who_left, deaf_from_the_frame_on):
            case(booth)
            print("ok", case.__name__, flush=True)


main()
