# SPDX-License-Identifier: Apache-2.0
"""A share that was stored and not shown when the kiosk died is undone by the
next one: nobody was told of it and nobody has its receipt.

The kiosk is killed right behind each thing that it syncs between the badge and
"You shared". Only the last of them decides: when that is done the share stands.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import BUILD, Booth  # noqa: E402
from world import until  # noqa: E402


def killed_after(booth, trigger, syncs):
    """True when the kiosk died before it said that it shared."""
    booth.hold()
    trigger.with_suffix(".new").write_text(str(syncs))
    trigger.with_suffix(".new").rename(trigger)
    booth.sim.do("tag present ada")
    try:
        booth.kiosk.shared()
        trigger.unlink()
        return False
    except (EOFError, AssertionError):
        until(lambda: not booth.kiosk.alive(), 10, "the kiosk is killed")
        return True
    finally:
        booth.sim.do("tag remove ada")
        until(lambda: "off" in booth.sim.do("field"), 5, "field off")


def entries(booth):
    """What the next kiosk lets go out, with one that was shown at its end."""
    booth.start()
    booth.share()
    booth.kiosk.tap("done")
    got = []

    def all_there():
        got.extend(kind for _, kind in booth.take())
        return got[-1:] == ["share"]
    until(all_there, 10, f"the log goes out; there is {got}")
    return [kind for kind in got[:-1] if kind in ("share", "undo")]


def main():
    with Booth(start=False) as booth:
        trigger = booth.dir / "synckill"
        booth.env = {"LD_PRELOAD": str(BUILD / "tests/synckill.so"),
                     "SYNCKILL": str(trigger),
                     "ASAN_OPTIONS": "verify_asan_link_order=0"}
        entries(booth)  # the WAL has begun: that is a sync more
        left = []
        while killed_after(booth, trigger, len(left) + 1):
            left.append(entries(booth))
            print(f"killed after sync {len(left)}: {left[-1]}", flush=True)
        assert len(left) >= 2, left
        assert all(kinds in ([], ["share", "undo"]) for kinds in left[:-1]), \
            left
        assert ["share", "undo"] in left, left
        assert left[-1] == ["share"], left


main()
