# SPDX-License-Identifier: Apache-2.0
"""What the host has cosigned is in no file of the device any more some minutes
later, while the kiosk runs, and at once after one that was killed.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth  # noqa: E402
from world import until  # noqa: E402

BADGE = bytes.fromhex("a1b2c3d4e5f60718")  # Ada's (booth.c)


def holding(booth):
    """The files of the device with the badge's id in them."""
    found = []
    for path in booth.state.rglob("*"):
        try:
            if path.is_file() and BADGE in path.read_bytes():
                found.append(path.name)
        except FileNotFoundError:
            pass  # taken in this moment
    return found


def main():
    with Booth() as booth:
        booth.share()
        booth.kiosk.tap("done")
        assert holding(booth), "the badge's id is looked for as it is stored"
        until(lambda: "share" in [kind for _, kind in booth.take()], 10,
              "the share goes out")
        until(lambda: booth.kiosk.do("advance 60000") or not holding(booth),
              15, "nothing is left of the share")

        # Killed when the note was taken and the WAL was not yet at rest: a
        # question is open then.
        booth.share()
        booth.kiosk.tap("done")
        until(booth.uploads, 10, "the share is put out")
        booth.ask()
        booth.take()
        booth.mail_done()
        assert holding(booth), "it is at rest too early for this test"
        booth.kiosk.kill()
        booth.start()
        until(lambda: not holding(booth), 15, "nothing is left of the share")


main()
