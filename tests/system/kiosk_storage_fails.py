# SPDX-License-Identifier: Apache-2.0
"""The disk refuses to take an entry, in every place where one is due: nothing
is called shared, the booth closes, and opens by itself once there is room. Nor
is a log given up for one read that failed.

Room is taken away and given back by the kiosk's limit on file sizes.
"""

import json
import os
import resource
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import VALUES, Booth  # noqa: E402
from failing import Failing  # noqa: E402
from world import until  # noqa: E402

READS = range(2, 8)     # of those while the journal is opened


def full(booth, yes=True, room=0):
    """No file of the kiosk's takes more than so many bytes."""
    _, hard = resource.prlimit(booth.kiosk.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(booth.kiosk.pid, resource.RLIMIT_FSIZE,
                     (room if yes else hard, hard))


def taken(booth, *kinds):
    got = []

    def all_there():
        got.extend(kind for _, kind in booth.take())
        return len(got) >= len(kinds)
    until(all_there, 10, f"{kinds} in the log; there is {got}")
    assert got == list(kinds), got


def share(booth):
    booth.hold()
    full(booth)
    booth.sim.do("tag present ada")
    booth.kiosk.wait("trouble")
    booth.sim.do("tag remove ada")
    text = json.dumps(booth.kiosk.text(), ensure_ascii=False)
    assert not any(v in text for v in VALUES.values()), text
    full(booth, False)
    booth.kiosk.wait("idle", 15000)
    booth.share()
    booth.kiosk.tap("done")
    taken(booth, "open", "share")


def decline(booth):
    booth.ask()
    full(booth)
    booth.kiosk.tap("decline")
    assert booth.kiosk.state() == "declined"  # nothing is shared: true
    booth.kiosk.tap("done")
    assert booth.kiosk.state() == "trouble"
    full(booth, False)
    booth.kiosk.wait("idle", 15000)


def undo(booth):
    """The share is there; until the undo is, it goes nowhere."""
    booth.share()
    full(booth)
    booth.kiosk.tap("undo")
    assert booth.kiosk.state() == "shared"
    full(booth, False)
    booth.kiosk.wait("declined", 15000)  # by itself
    booth.kiosk.tap("done")
    booth.kiosk.wait("idle", 15000)
    taken(booth, "share", "undo")


def undo_and_away(booth):
    """The same, and the attendee has gone before there is room."""
    booth.share()
    full(booth)
    booth.kiosk.tap("undo")
    booth.kiosk.tap("done")
    assert booth.kiosk.state() == "trouble"
    assert not booth.uploads(), booth.uploads()
    full(booth, False)
    booth.kiosk.wait("idle", 15000)
    taken(booth, "share", "undo")


def undo_and_restart(booth):
    """The same, and the kiosk is killed: what it owes stands in a file that
    was there before."""
    booth.share()
    full(booth, room=64)
    booth.kiosk.tap("undo")
    assert booth.kiosk.state() == "shared"
    assert not booth.uploads(), booth.uploads()
    booth.kiosk.kill()
    booth.start()
    taken(booth, "share", "undo")
    booth.kiosk.wait("idle", 15000)


def nothing_takes_the_undo(booth):
    """Not even that file: the share stays while the kiosk runs."""
    booth.share()
    full(booth)
    booth.kiosk.tap("undo")
    assert booth.kiosk.state() == "shared"
    booth.kiosk.tap("done")
    assert not booth.uploads(), booth.uploads()
    full(booth, False)
    booth.kiosk.wait("idle", 15000)
    taken(booth, "share", "undo")


def outbox(booth):
    """Only the outbox is refused: the answer stands, and goes out later."""
    booth.share()
    box = booth.state / "outbox"
    box.rename(booth.state / "away")
    booth.kiosk.tap("done")
    booth.kiosk.wait("idle")
    until(lambda: "the outbox cannot be" in booth.log(), 10, "it is told")
    (booth.state / "away").rename(box)
    taken(booth, "share")


def a_read_fails_once():
    """While the journal is opened, which is then opened again: it is no
    reason to give the log up."""
    with Booth(start=False) as booth:
        for nth in READS:
            f = Failing(booth.dir, "badgeward-kiosk", "pread64", "EIO", nth)
            booth.start(f.argv).wait("idle", 30000)
            assert f.fired(), nth
            booth.quit()
        assert "set aside" not in booth.log(), booth.log()


def main():
    with Booth() as booth:
        for case in (share, decline, undo, undo_and_away, undo_and_restart,
                     nothing_takes_the_undo, outbox):
            case(booth)
            print("ok", case.__name__, flush=True)
    a_read_fails_once()
    print("ok a_read_fails_once", flush=True)


main()
