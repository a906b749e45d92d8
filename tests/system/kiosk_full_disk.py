# SPDX-License-Identifier: Apache-2.0
"""Real disks that are full, one at a time: nothing that was confirmed is lost,
nothing half is taken, an undo that was asked for holds over a restart, and all
goes on by itself when there is room again."""

import json
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import disk  # noqa: E402
from booth import Booth, tool  # noqa: E402
from world import until  # noqa: E402


def taken(booth, *kinds):
    got = []

    def all_there():
        got.extend(kind for _, kind in booth.take())
        return len(got) >= len(kinds)
    until(all_there, 10, f"{kinds} in the log; there is {got}")
    assert got == list(kinds), got


def outbox(booth, own, out):
    """What waits is kept in the log, and the failure is told once."""
    booth.mail_done()
    before = booth.uploads()
    out.fill()
    booth.share()
    booth.kiosk.tap("done")
    for _ in range(2):
        booth.mail_done()
    assert booth.uploads() == before, booth.uploads()
    assert not out.leftovers(), out.leftovers()
    assert booth.log().count("the outbox cannot be fed") == 1
    out.free()
    taken(booth, "open", "share")


def undo(booth, own, out):
    """Refused by a full disk, owed by the next process too."""
    booth.share()
    own.fill()
    booth.kiosk.tap("undo")
    assert booth.kiosk.state() == "shared"
    for _ in range(2):
        booth.kiosk.kill()
        booth.start()
        booth.kiosk.wait("trouble")
    own.free()
    booth.kiosk.wait("idle", 20000)
    # What a dead process had written of it may be room enough for the next,
    # so it is not known when they leave; but together.
    got = []
    until(lambda: got.extend(booth.take()) or got, 10, "they leave")
    assert [kind for _, kind in got] == ["share", "undo"], got


def policy(booth, own, out):
    """It waits in the inbox until it can be stored."""
    own.fill()
    tool("policy", booth.state, 2, 1 << 4)
    until(lambda: "policy cannot be stored" in booth.log(), 10, "it is told")
    assert (booth.state / "inbox/policy.jws").exists()
    assert not os.path.exists(booth.state / "kiosk/.policy.jws.tmp")
    own.free()
    until(lambda: not (booth.state / "inbox/policy.jws").exists(), 10,
          "the policy is taken")
    taken(booth, "policy")
    booth.ask()
    assert "field:4" in {w["name"] for w in booth.kiosk.widgets()}
    booth.kiosk.tap("decline")
    booth.kiosk.tap("done")


def start(booth, own, out):
    """Full from the start, and a policy was stored without its entry just
    before: closed, then open."""
    booth.quit()
    tool("policy", booth.state, 3, 1 << 4)
    shutil.move(booth.state / "inbox/policy.jws",
                booth.state / "kiosk/policy.jws")
    own.fill()
    booth.start()
    booth.kiosk.wait("trouble")
    own.free()
    booth.kiosk.wait("idle", 20000)
    booth.share()
    booth.kiosk.tap("done")
    taken(booth, "decline", "policy", "share")


def told(booth, **want):
    """The status says so, soon, without the booth's minute between two."""
    def said():
        try:
            got = json.loads((booth.state / "outbox/status.json").read_text())
        except FileNotFoundError:
            return None
        return got if want.items() <= got.items() else None
    return until(said, 20, f"the status says {want}")


def nearly_full(booth, own, out):
    """Staff are told at 80 %, and the booth is open; closed at the end of it,
    and open again."""
    told(booth, storage="ok")
    own.fill_to(85)
    told(booth, storage="low", trouble="none")
    assert "nearly full" in booth.log()
    booth.share()
    booth.kiosk.tap("done")
    taken(booth, "share")
    own.fill()
    booth.kiosk.wait("trouble")
    told(booth, storage="full", trouble="storage")
    own.free()
    booth.kiosk.wait("idle", 20000)
    told(booth, storage="ok", trouble="none")
    assert booth.log().count("nearly full") == 1, booth.log()


def main():
    disk.own_mounts()
    with Booth(start=False, enrolled=False) as booth, \
            disk.Disk(booth.state, "8m") as own:
        tool("state", booth.state, 86400)
        with disk.Disk(booth.state / "outbox", "256k") as out, \
                disk.Disk(booth.state / "inbox", "256k"):
            booth.start()
            booth.kiosk.wait("idle")
            for case in outbox, undo, policy, start, nearly_full:
                case(booth, own, out)
                print("ok", case.__name__, flush=True)
            booth.kiosk.kill()


main()
