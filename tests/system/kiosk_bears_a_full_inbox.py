# SPDX-License-Identifier: Apache-2.0
"""An uplink that fills the inbox does not hold up the kiosk: the screen, the
reader and the end of every state come first. Of many notes the one over most
entries is taken, and the others just go.
"""

import os
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth  # noqa: E402
from world import until  # noqa: E402

# To judge each of them takes some ms.
NOTES = 6000
ANSWER = 3  # seconds; to judge all takes several times that


def plant(booth, text):
    """All of them at once, as far as the kiosk can see."""
    for i in range(1, NOTES + 1):
        name = booth.state / "inbox" / f"note-{i:010d}.txt"
        name.write_bytes(text)


def forged(booth):
    """The device's own signature is good, the host's is not."""
    upload = (booth.state / "outbox" / booth.uploads()[0]).read_bytes()
    own = upload[upload.index(b"log.summit.example/ev26/k07\n"):]
    return own + "— log.summit.example/host ".encode() + b"A" * 100 + b"\n"


def notes(booth):
    return [p for p in (booth.state / "inbox").iterdir()
            if p.name.startswith("note-")]


def longest_answer(booth, over):
    """While over() is not true yet; in seconds."""
    worst = 0.0

    def step():
        nonlocal worst
        began = time.monotonic()
        booth.kiosk.state()
        worst = max(worst, time.monotonic() - began)
        return over()
    until(step, 120, "the kiosk gets through its inbox")
    return worst


def flooded(booth, text):
    """Fill the inbox while the kiosk sees nothing of it."""
    os.kill(booth.kiosk.pid, signal.SIGSTOP)
    plant(booth, text)
    (booth.state / "inbox/.last").write_text("")
    (booth.state / "inbox/.last").rename(booth.state / "inbox/odd")
    os.kill(booth.kiosk.pid, signal.SIGCONT)


def while_asking(booth, text):
    booth.ask()
    flooded(booth, text)
    worst = longest_answer(booth, lambda: not notes(booth))
    assert worst < ANSWER, f"{worst:.1f} s for an answer"
    booth.kiosk.tap("share")
    booth.sim.wait_field(True)
    booth.sim.do("tag present ada")
    booth.kiosk.shared()
    booth.sim.do("tag remove ada")


def while_shared(booth, text):
    flooded(booth, text)
    worst = longest_answer(booth, lambda: not notes(booth))
    assert worst < ANSWER, f"{worst:.1f} s for an answer"
    booth.kiosk.tap("undo")
    booth.kiosk.wait("declined")
    booth.kiosk.tap("done")


def the_good_one_counts(booth, text):
    """The host's note is over more than those that were planted."""
    until(lambda: booth.uploads()[-1:] and
          booth.uploads()[-1].endswith("03.cbor"), 10, "the undo goes out")
    os.kill(booth.kiosk.pid, signal.SIGSTOP)
    assert booth.take() == [(0, "open"), (1, "share"), (2, "undo")]
    for size in 1, 2:
        (booth.state / f"inbox/note-{size:010d}.txt").write_bytes(text)
    os.kill(booth.kiosk.pid, signal.SIGCONT)
    until(lambda: not notes(booth), 10, "the notes are taken")
    booth.mail_done()
    assert booth.uploads() == [], booth.uploads()
    booth.share()
    booth.kiosk.tap("done")
    until(booth.uploads, 5, "a new share")
    assert booth.take() == [(3, "share")]


def main():
    with Booth() as booth:
        booth.kiosk.wait("idle")
        until(booth.uploads, 10, "the opening goes out")
        text = forged(booth)
        for case in while_asking, while_shared, the_good_one_counts:
            case(booth, text)
            print("ok", case.__name__, flush=True)


main()
