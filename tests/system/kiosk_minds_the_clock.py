# SPDX-License-Identifier: Apache-2.0
"""The wall clock steps, goes back, comes right again: a clock entry says so,
a clock behind the log closes the booth unless it is synchronised, and a policy
that ended by it is over."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import BUILD, Booth  # noqa: E402
from world import until  # noqa: E402


class Clock:
    def __init__(self, booth):
        self.file = booth.dir / "clock"
        self.set(0)
        self.env = {"LD_PRELOAD": str(BUILD / "tests/wallclock.so"),
                    "WALLCLOCK": str(self.file),
                    "ASAN_OPTIONS": "verify_asan_link_order=0"}

    def set(self, seconds, synced=False):
        new = self.file.with_suffix(".new")
        new.write_text(f"{seconds} {'ntp' if synced else ''}")
        new.rename(self.file)


def taken(booth, *kinds):
    got = []

    def all_there():
        got.extend(kind for _, kind in booth.take())
        return len(got) >= len(kinds)
    until(all_there, 10, f"{kinds} in the log")
    assert got == list(kinds), got


def main():
    with Booth(start=False, valid=30 * 86400) as booth:
        clock = Clock(booth)
        booth.env = clock.env
        booth.start()
        booth.share()
        booth.kiosk.tap("done")
        taken(booth, "open", "share")

        # Forward, in front of an attendee: told at once.
        booth.ask()
        clock.set(1000)
        taken(booth, "clock")
        booth.kiosk.tap("share")
        booth.sim.do("tag present ada")
        booth.kiosk.shared()
        booth.sim.do("tag remove ada")
        booth.kiosk.tap("done")
        taken(booth, "share")

        # Back a little: the log's time does not decrease. No trouble.
        clock.set(950)
        taken(booth, "clock")
        booth.share()
        booth.kiosk.tap("done")
        taken(booth, "share")

        # Back by much: closed, and open again when it is right or trusted.
        clock.set(0)
        booth.kiosk.wait("trouble")
        clock.set(1000)
        booth.kiosk.wait("idle")
        clock.set(0)
        booth.kiosk.wait("trouble")
        clock.set(0, synced=True)
        booth.kiosk.wait("idle")
        booth.share()
        booth.kiosk.tap("done")
        got = []
        until(lambda: got.extend(k for _, k in booth.take()) or
              "share" in got, 10, "the share")
        assert set(got) == {"clock", "share"}, got

        # The same over a restart.
        booth.quit()
        clock.set(-3000)
        booth.start()
        booth.kiosk.wait("trouble")
        clock.set(0)
        booth.kiosk.wait("idle")

        # Before the policy begins, and after its end.
        clock.set(-86400, synced=True)
        booth.kiosk.wait("trouble")
        clock.set(0, synced=True)
        booth.kiosk.wait("idle")
        assert (booth.state / "kiosk/seal.key").exists()
        clock.set(31 * 86400)
        booth.kiosk.wait("trouble")
        assert not (booth.state / "kiosk/seal.key").exists()


main()
