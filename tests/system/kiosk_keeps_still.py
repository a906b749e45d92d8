# SPDX-License-Identifier: Apache-2.0
"""With high contrast nothing on the screen moves by itself: the seconds that
are left go in fives, and between them the picture stays as it is."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth  # noqa: E402


def left(kiosk):
    return next(int(m.group(1)) for t in kiosk.text()
                if (m := re.match(r"(\d+) seconds left", t)))


def picture(booth, name):
    path = booth.dir / f"{name}.png"
    booth.kiosk.do(f"shot {path}")
    return path.read_bytes()


def pictures(booth):
    """What is shown in 12 s, half a second each: seconds and pictures."""
    seen = []
    for i in range(24):
        booth.kiosk.do("advance 500")
        seen.append((left(booth.kiosk), picture(booth, f"p{i}")))
    return seen


with Booth() as booth:
    booth.ask()
    assert len({n for n, _ in pictures(booth)}) >= 12
    booth.kiosk.tap("contrast")
    seen = pictures(booth)
    numbers = {n for n, _ in seen}
    assert all(n % 5 == 0 for n in numbers), numbers
    assert len({p for _, p in seen}) == len(numbers) < 12, numbers
    booth.kiosk.tap("more-time")
    assert left(booth.kiosk) == 60
    # It says no less than there is: the end comes at its time.
    booth.kiosk.do("advance 56000")
    assert booth.kiosk.state() == "ask" and left(booth.kiosk) == 5
    booth.kiosk.do("advance 4000")
    assert booth.kiosk.state() == "noanswer"
    # The next one does not learn it.
    booth.kiosk.do("advance 9000")
    booth.ask()
    assert len({n for n, _ in pictures(booth)}) >= 12
    print("ok")
