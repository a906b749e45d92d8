# SPDX-License-Identifier: Apache-2.0
"""On a small screen in large letters the question takes several pages: a yes
is possible on the last one only, a no on each; a second tap in the same place
does not say yes, and other words or letters begin on the first page again."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth  # noqa: E402


def named(kiosk, name):
    return next((w for w in kiosk.widgets() if w["name"] == name), None)


def middle(w):
    return f'tap {w["x"] + w["w"] // 2} {w["y"] + w["h"] // 2}'


def to_the_last_page(kiosk):
    """Read on until "Share" is there; where the last "Read on" stood."""
    for _ in range(9):
        if named(kiosk, "share"):
            return was
        was = named(kiosk, "page")
        assert was and named(kiosk, "decline"), kiosk.widgets()
        kiosk.tap("page")
    raise AssertionError("no last page")


with Booth(args=("--size", "800x480")) as booth:
    kiosk = booth.kiosk
    booth.ask()
    kiosk.tap("size")
    assert named(kiosk, "share") is None
    before = to_the_last_page(kiosk)
    # The same place again, at once: that is no answer.
    kiosk.do(middle(before))
    assert kiosk.state() == "ask"
    kiosk.do("key ok")
    assert kiosk.state() == "ask"
    # Another language is read from its beginning.
    kiosk.tap("lang:de")
    assert named(kiosk, "share") is None
    to_the_last_page(kiosk)
    kiosk.tap("size")
    kiosk.tap("size")
    assert named(kiosk, "share") is None
    kiosk.tap("decline")
    kiosk.wait("declined")
    kiosk.tap("done")
    booth.ask()
    kiosk.tap("size")
    to_the_last_page(kiosk)
    kiosk.tap("share")
    assert kiosk.state() == "hold", kiosk.state()
    print("ok")
