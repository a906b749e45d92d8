# SPDX-License-Identifier: Apache-2.0
"""Ada says yes and takes her badge away before it was read; Bob's, held to the
reader while her yes still stands, is not shared on it: the screen says that
there was more than one badge, the log that consent came to nothing, and Bob is
asked himself."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import VALUES, Booth  # noqa: E402
from world import until  # noqa: E402

MORE = "There was more than one badge or card."


def lost(booth):
    """Ada's badge goes in the middle of its reading."""
    booth.hold()
    booth.sim.do("tag tear ada 2")
    booth.sim.do("tag present ada")
    until(lambda: any("too early" in t for t in booth.kiosk.text()), 10,
          "it is to be held once more")
    booth.sim.do("tag remove ada")
    until(booth.sim.field, 5, "it is looked for again")


def bob_is_not_read(booth):
    lost(booth)
    booth.sim.do("tag present bob")
    booth.kiosk.wait("unread")
    text = booth.kiosk.text()
    assert MORE in text, text
    assert not any(v in t for v in VALUES.values() for t in text), text
    until(lambda: not booth.sim.field(), 5, "field off")
    booth.kiosk.tap("done")
    booth.kiosk.wait("idle")
    booth.sim.do("tag remove bob")


def kinds(booth, want):
    got = []

    def there():
        got.extend(kind for _, kind in booth.take())
        return got[-1:] == want[-1:] and len(got) >= len(want)
    until(there, 10, f"{want} in the log")
    assert [k for k in got if k in ("share", "unread")] == want, got


with Booth(quarter=60) as booth:
    booth.badge("bob", "04e10cda993c81")
    bob_is_not_read(booth)
    # Asked himself, he is read; and the reader has forgotten whose was lost.
    booth.share("bob")
    booth.kiosk.tap("done")
    booth.kiosk.wait("idle")
    kinds(booth, ["share"])
