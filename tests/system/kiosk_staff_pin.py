# SPDX-License-Identifier: Apache-2.0
"""Wrong PINs: five, then a minute, two, four; a restart gives none back. The
right one ends that. Without a PIN in the policy there is no way in."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth, tool  # noqa: E402
from visit import at_home, enter, enter_pin, open_door  # noqa: E402
from world import until  # noqa: E402

RIGHT, WRONG = "314159", "314158"


def said(kiosk):
    return " ".join(kiosk.text())


def minutes(kiosk, n):
    return f"Wait {n} minute{'s' if n > 1 else ''}." in said(kiosk)


def main():
    with Booth() as booth:
        kiosk = booth.kiosk
        kiosk.wait("idle")
        kiosk.do("hold 20 20 2100")
        assert kiosk.state() == "idle", "a way in without a PIN"
        until(lambda: "no staff_pin" in booth.log(), 5, "a word about it")

        tool("pin", booth.state, 2, RIGHT)
        until(lambda: "serial 2" in booth.log(), 10, "the policy")
        kiosk.wait("idle")
        enter(kiosk, RIGHT)
        kiosk.tap("done")

        open_door(kiosk)
        for i in range(5):
            assert "Staff: enter the PIN" in said(kiosk) or i > 0
            enter_pin(kiosk, WRONG)
            assert not at_home(kiosk)
        assert minutes(kiosk, 1), said(kiosk)
        # The right one does not help now, and is not even looked at.
        enter_pin(kiosk, RIGHT)
        assert not at_home(kiosk) and minutes(kiosk, 1)

        # The power goes: the wait begins anew.
        kiosk.kill()
        kiosk = booth.start()
        kiosk.wait("idle")
        open_door(kiosk)
        assert minutes(kiosk, 1), said(kiosk)
        kiosk.do("advance 60000")
        assert kiosk.state() == "idle"
        open_door(kiosk)
        enter_pin(kiosk, WRONG)
        assert minutes(kiosk, 2), said(kiosk)
        kiosk.do("advance 120000")
        open_door(kiosk)
        enter_pin(kiosk, WRONG)
        assert minutes(kiosk, 4), said(kiosk)
        kiosk.do("advance 240000")
        enter(kiosk, RIGHT)
        kiosk.tap("done")
        open_door(kiosk)
        enter_pin(kiosk, WRONG)
        assert "Try again" in said(kiosk), said(kiosk)
        assert RIGHT not in booth.log() and WRONG not in booth.log()
        print("ok")


main()
