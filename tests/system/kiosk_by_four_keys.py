# SPDX-License-Identifier: Apache-2.0
"""Up, down, OK and back do all that a finger does, in every layout: the focus
goes through the controls in their order, waits on the first one of a new
screen, and stays where it is when that screen only changes. Two keys at once
count as one, and on a new screen no answer counts for 0.7 s."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import VALUES, Booth  # noqa: E402


class Keys:
    """A person who has only the keys, and knows where the focus is."""

    def __init__(self, kiosk):
        self.kiosk, self.at = kiosk, None

    def names(self):
        return [w["name"] for w in self.kiosk.widgets() if w["enabled"]]

    def go(self, name):
        names = self.names()
        assert name in names, (name, names)
        at = names.index(self.at) if self.at else -1
        way = (names.index(name) - at) % len(names)
        back = len(names) - way
        key, n = ("down", way) if self.at is None or way <= back \
            else ("up", back)
        for _ in range(n):
            self.kiosk.do(f"key {key}")
        self.at = name

    def ok(self):
        self.kiosk.do("advance 800")
        was = self.kiosk.state()
        self.kiosk.do("key ok")
        self.look(was)

    def look(self, was):
        now = self.kiosk.state()
        if now == "idle" and was != "idle":
            self.at = None  # the next attendee may not use the keys
        elif now != was or self.at not in self.names():
            self.at = self.names()[0] if self.names() else None

    def press(self, name):
        self.go(name)
        self.ok()

    def back(self):
        self.kiosk.do("advance 800")
        was = self.kiosk.state()
        self.kiosk.do("key back")
        self.look(was)

    def to_the_end(self):
        """Through all pages of the question."""
        for _ in range(9):
            if "share" in self.names():
                return
            self.press("page")
        raise AssertionError("no last page")


def shown(kiosk):
    return json.dumps(kiosk.text(), ensure_ascii=False)


def language_option_undo(booth, keys):
    kiosk = booth.kiosk
    keys.press("lang:de")
    assert "Kontaktdaten" in shown(kiosk), shown(kiosk)
    keys.press("start")
    assert kiosk.state() == "ask"
    assert "Angaben" in shown(kiosk)
    keys.press("size")
    keys.press("contrast")
    keys.press("size")
    keys.press("contrast")
    keys.press("field:3")
    kiosk.do("advance 50000")
    keys.press("more-time")
    kiosk.do("advance 50000")
    assert kiosk.state() == "ask", "there was no more time"
    keys.to_the_end()
    keys.press("share")
    booth.sim.do("tag present ada")
    kiosk.shared()
    booth.sim.do("tag remove ada")
    keys.look("hold")
    seen = shown(kiosk)
    while "page" in keys.names() and VALUES[3] not in seen:
        keys.press("page")
        seen = shown(kiosk)
    assert VALUES[3] in seen, seen
    keys.press("undo")
    assert kiosk.state() == "declined"
    assert "Angaben" not in shown(kiosk)
    keys.press("done")
    assert kiosk.state() == "idle"
    assert "Kontaktdaten" not in shown(kiosk), "the next one is not asked " \
        "in the language of the last"


def no_in_every_place(booth, keys):
    kiosk = booth.kiosk
    keys.press("start")
    keys.press("decline")
    assert kiosk.state() == "declined"
    keys.ok()  # Done has the focus
    assert kiosk.state() == "idle"
    keys.press("start")
    keys.back()
    assert kiosk.state() == "declined"
    keys.back()
    assert kiosk.state() == "idle"
    keys.press("start")
    keys.to_the_end()
    keys.press("share")
    assert kiosk.state() == "hold"
    keys.ok()  # Cancel
    assert kiosk.state() == "declined"
    keys.back()


def unread_and_silence(booth, keys):
    kiosk = booth.kiosk
    keys.press("start")
    keys.to_the_end()
    keys.press("share")
    booth.sim.do("tag present blocked")
    kiosk.wait("unread")
    booth.sim.do("tag remove blocked")
    keys.look("hold")
    keys.ok()
    assert kiosk.state() == "idle"
    keys.press("start")
    kiosk.do("advance 61000")
    assert kiosk.state() == "noanswer"
    keys.look("ask")
    keys.ok()
    assert kiosk.state() == "idle"
    keys.press("start")
    keys.to_the_end()
    keys.press("share")
    booth.sim.do("tag present ada")
    kiosk.shared()
    booth.sim.do("tag remove ada")
    keys.look("hold")
    keys.back()  # Done
    assert kiosk.state() == "idle"


def a_known_badge(booth, keys):
    """The second question has its focus on the first control, too."""
    kiosk = booth.kiosk
    for answer, then in (("decline", "declined"), ("share", "shared")):
        keys.press("start")
        keys.to_the_end()
        keys.press("share")
        booth.sim.do("tag present ada")
        kiosk.wait("ask")
        booth.sim.do("tag remove ada")
        keys.look("hold")
        assert "share" in keys.names(), keys.names()
        keys.press(answer)
        assert kiosk.state() == then
        keys.press("done")
        assert kiosk.state() == "idle"


def once_and_not_too_soon(booth, keys):
    kiosk = booth.kiosk
    keys.go("start")
    kiosk.do("advance 800")
    # All of it before the kiosk has drawn much: as a hand that trembles.
    kiosk.p.stdin.write(b"key ok\nkey ok\nkey back\n")
    kiosk.p.stdin.flush()
    assert [kiosk.line(30) for _ in range(3)] == ["ok"] * 3
    keys.look("idle")
    assert kiosk.state() == "ask", "an answer to what nobody has read"
    keys.to_the_end()
    keys.press("share")
    assert "Company" not in shown(kiosk), "a choice that nobody has read"
    keys.back()
    keys.ok()
    keys.press("start")
    keys.to_the_end()
    keys.go("decline")
    kiosk.do("advance 800")
    kiosk.do("key down ok")
    assert kiosk.state() == "ask", "two keys at once said yes"
    keys.at = "share"
    kiosk.do("key up ok")
    assert kiosk.state() == "ask", "two keys at once said no"
    keys.at = "decline"
    kiosk.do("key ok back")  # the first one counts
    assert kiosk.state() == "declined"
    keys.look("ask")
    keys.ok()


def main():
    for size in ("1024x600", "800x480", "600x1024", "480x800"):
        with Booth(args=("--size", size)) as booth:
            booth.badge("blocked", "04b10cda993c85", "blocked")
            booth.kiosk.wait("idle")
            keys = Keys(booth.kiosk)
            for flow in (language_option_undo, no_in_every_place,
                         unread_and_silence, a_known_badge,
                         once_and_not_too_soon):
                flow(booth, keys)
                print("ok", size, flow.__name__, flush=True)
            booth.quit()


main()
