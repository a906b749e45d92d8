# SPDX-License-Identifier: Apache-2.0
"""The uplink's word is not signed: whatever it brings, what the host has not
cosigned stays on its way, and goes out again when it was taken away for
nothing, yet never in a loop that a lying network could drive.
"""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth  # noqa: E402
from world import until  # noqa: E402

NOTE = "log.summit.example/ev26/k07\n2\n" + "A" * 43 + "=\n\n" \
    "— log.summit.example/ev26/k07 AAAAAAAA\n"


def inbox(booth, name, text=""):
    new = booth.state / "inbox" / f".{name}.tmp"
    new.write_text(text)
    new.rename(booth.state / "inbox" / name)


def resend(booth, number):
    """Told that the host has only so many entries; the kiosk took it."""
    name = f"resend-{number:010d}"
    inbox(booth, name)
    until(lambda: not (booth.state / "inbox" / name).exists(), 10, "taken")


def forged_resend(booth):
    """It neither delays nor drops what waits."""
    booth.share()
    booth.kiosk.tap("done")
    until(lambda: [n for n in booth.uploads() if n.endswith("02.cbor")], 5,
          "the share goes out")
    for number in 1, 2, 3, 9999999999:
        resend(booth, number)
        booth.mail_done()
        assert booth.uploads()[0].startswith("log-0000000000"), booth.uploads()
        assert booth.uploads()[-1].endswith("02.cbor"), booth.uploads()


def false_answer(booth):
    """The upload went away on a note that does not count: it is there again
    at once, and the next times ever later."""
    away = []

    def lie():
        names = booth.uploads()
        for name in names:
            size = int(name[15:25])
            inbox(booth, f"note-{size:010d}.txt", NOTE)
            (booth.state / "outbox" / name).unlink()
        if names:
            away.append(time.monotonic())
        return time.monotonic() > end
    end = time.monotonic() + 8
    until(lie, 30, "a while of lies")
    # once, again at once, after 1 s, 2 s and 4 s
    assert 3 <= len(away) <= 5, [t - away[0] for t in away]
    assert away[1] - away[0] < 2, away
    until(booth.uploads, 20, "what was taken away goes out again")
    assert booth.take() == [(0, "open"), (1, "share")]
    # The host's own note ends it.
    booth.share()
    booth.kiosk.tap("done")
    until(booth.uploads, 5, "a new share")
    name = booth.uploads()[0]
    inbox(booth, "note-0000000003.txt", NOTE)
    (booth.state / "outbox" / name).unlink()
    until(lambda: name in booth.uploads(), 3, "at once again")
    assert booth.take() == [(2, "share")]


def main():
    with Booth() as booth:
        booth.kiosk.wait("idle")
        for case in forged_resend, false_answer:
            case(booth)
            print("ok", case.__name__, flush=True)


main()
