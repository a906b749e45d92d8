# SPDX-License-Identifier: Apache-2.0
"""A decline, a silence, a badge that could not be read: the log rounds their
time to a quarter hour, and neither the moment at which an upload leaves nor
the status tells more, nor the numbers of the shares around them. They are put
into the log when their quarter hour is over, or the kiosk ends.
Nor does what the kiosk says on standard error.
"""

import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth, tool  # noqa: E402
from world import until  # noqa: E402


def decline(booth):
    booth.ask()
    booth.kiosk.tap("decline")
    booth.kiosk.tap("done")


def silence(booth):
    booth.ask()
    booth.kiosk.do("advance 60000")
    assert booth.kiosk.state() == "noanswer"
    booth.kiosk.tap("done")


def unread(booth):
    booth.hold()
    booth.kiosk.do("advance 30000")
    assert booth.kiosk.state() == "unread"
    booth.kiosk.tap("done")


def backlog(booth):
    return json.loads((booth.state / "outbox/status.json").read_text())[
        "backlog"]


def quarter(booth):
    """Seconds of the kiosk's clock since the quarter hour began."""
    shift = int((booth.dir / "clock").read_text().split()[0])
    return (time.time() + shift) % 900


def nothing_leaves(booth):
    booth.mail_done()
    assert not booth.uploads(), booth.uploads()


def before_another_kind():
    with Booth(quarter=60) as booth:
        booth.kiosk.wait("idle")
        until(booth.uploads, 60, "the open entry goes out")
        assert booth.take() == [(0, "open")]
        booth.mail_done()
        said = booth.log()
        for answer in decline, silence, unread:
            answer(booth)
            nothing_leaves(booth)
        # The system's log would stamp a line, and --debug is on here.
        assert booth.log() == said, booth.log()[len(said):]
        # A new process says how it is when it starts.
        booth.quit()
        (booth.state / "outbox/status.json").unlink()
        booth.start()
        booth.kiosk.wait("idle")
        nothing_leaves(booth)
        assert backlog(booth) == 0, backlog(booth)
        booth.share()
        nothing_leaves(booth)  # it can be undone
        booth.kiosk.tap("done")
        until(booth.uploads, 60, "all of it goes out")
        assert booth.take() == [(1, "decline"), (2, "no answer"),
                                (3, "unread"), (4, "share")]


def not_between_shares():
    """A share has the number behind the one before, whoever came between."""
    with Booth(quarter=60) as booth:
        opened(booth)
        for seq in 1, 2:
            booth.share()
            booth.kiosk.tap("done")
            until(booth.uploads, 60, "the share goes out")
            assert booth.take() == [(seq, "share")]
            for answer in silence, decline:
                answer(booth)
                nothing_leaves(booth)
        booth.kiosk.kill()
        booth.start()
        booth.kiosk.wait("idle")
        nothing_leaves(booth)
        shift = booth.dir / "clock"
        new = shift.with_suffix(".new")
        new.write_text(f"{int(shift.read_text().split()[0]) + 900} ntp")
        new.rename(shift)
        until(booth.uploads, 60, "they go out")
        assert booth.take() == [(3, "decline"), (4, "decline"),
                                (5, "no answer"), (6, "no answer"),
                                (7, "clock")]


def at_the_end_of_the_quarter(seconds=20):
    with Booth(quarter=900 - seconds) as booth:
        booth.kiosk.wait("idle")
        until(booth.uploads, 60, "the open entry goes out")
        booth.take()
        decline(booth)
        nothing_leaves(booth)
        assert quarter(booth) > 450, "this machine was too slow to tell"
        until(booth.uploads, seconds + 10, "it goes out by itself")
        assert quarter(booth) < 450
        assert booth.take() == [(1, "decline")]


def started():
    return Booth(quarter=60, valid=30 * 86400)


def opened(booth):
    booth.kiosk.wait("idle")
    until(booth.uploads, 60, "the open entry goes out")
    booth.take()
    booth.mail_done()


def with_a_policy_behind():
    """A policy that comes during the question leaves the inbox and is logged
    then, and is put in force when that was declined: neither its entry nor its
    upload nor the log says when. The same while the badge is looked for."""
    with started() as booth:
        opened(booth)
        inbox = booth.state / "inbox/policy.jws"
        for serial, begin in (2, booth.ask), (3, booth.hold):
            begin()
            said = booth.log()
            tool("policy", booth.state, serial, 1 << 4)
            until(lambda: not inbox.exists(), 60, "the policy is taken")
            here = booth.log()
            assert f"serial {serial}, has come" in here[len(said):], here
            inbox.write_text("a.b.c")
            until(lambda: not inbox.exists(), 60, "one that is none goes")
            here = booth.log()
            booth.kiosk.tap("decline")
            booth.kiosk.do("advance 60000")  # till a status is due
            nothing_leaves(booth)
            assert booth.log() == here, booth.log()[len(here):]
            assert backlog(booth) == 0, backlog(booth)
        booth.share()
        booth.kiosk.tap("done")
        until(booth.uploads, 60, "all of it goes out")
        assert booth.take() == [(1, "policy"), (2, "policy"), (3, "share")]


def a_policy_that_waits_outlives_the_kiosk():
    with started() as booth:
        opened(booth)
        booth.ask()
        tool("policy", booth.state, 2, 1 << 4)
        until(lambda: not (booth.state / "inbox/policy.jws").exists(), 60,
              "the policy is taken")
        booth.kiosk.kill()
        booth.start()
        booth.share()
        booth.kiosk.tap("done")
        until(booth.uploads, 60, "all of it goes out")
        assert booth.take() == [(1, "policy"), (2, "share")]


def with_a_step_of_the_clock_before():
    """A step during the question is told when it is seen, not at its end."""
    with started() as booth:
        opened(booth)
        booth.ask()
        shift = booth.dir / "clock"
        new = shift.with_suffix(".new")
        new.write_text(f"{int(shift.read_text().split()[0]) + 5} ntp")
        new.rename(shift)
        until(booth.uploads, 60, "it goes out")
        assert booth.take() == [(1, "clock")]
        booth.mail_done()
        said = booth.log()
        assert "the clock was stepped" in said
        booth.kiosk.tap("decline")
        booth.kiosk.tap("done")
        booth.kiosk.do("advance 60000")
        nothing_leaves(booth)
        assert booth.log() == said, booth.log()[len(said):]


def main():
    for case in (before_another_kind, not_between_shares,
                 at_the_end_of_the_quarter, with_a_policy_behind,
                 a_policy_that_waits_outlives_the_kiosk,
                 with_a_step_of_the_clock_before):
        case()
        print("ok", case.__name__, flush=True)


main()
