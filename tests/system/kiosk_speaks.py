# SPDX-License-Identifier: Apache-2.0
"""Who cannot see the screen hears it: all of the question, each choice, what
became of it - but nothing that stands on a badge, and no longer than until a
key is pressed. Whatever the voice does, the question goes on."""

import os
import signal
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import memscan  # noqa: E402
from booth import VALUES, Booth  # noqa: E402
from ear import Ear  # noqa: E402
from world import until  # noqa: E402


def has_speak(kiosk):
    return any(w["name"] == "speak" for w in kiosk.widgets())


def open_ear(booth):
    """Speech on, by the key that takes no sight to find."""
    kiosk = booth.kiosk
    kiosk.wait("idle")
    until(lambda: has_speak(kiosk), 20, "there is a voice")
    kiosk.do("advance 800")
    kiosk.do("key back")


def herald(kiosk):
    """The process between the kiosk and its voice."""
    children = f"/proc/{kiosk.pid}/task/{kiosk.pid}/children"
    with open(children) as f:
        for pid in f.read().split():
            with open(f"/proc/{pid}/comm") as name:
                if name.read().strip() == "bw-herald":
                    return int(pid)
    raise AssertionError("there is no herald")


def press(kiosk, *keys):
    kiosk.do("advance 800")
    for key in keys:
        kiosk.do(f"key {key}")


def settle(kiosk, ear, said):
    """The text is said to its end, and the kiosk knows."""
    said.end()
    until(lambda: not os.path.exists(f"/proc/{said.pid}"), 10,
          "the process of the voice ends")
    kiosk.state()


def focus(kiosk, ear, name):
    """Go on to a control; what was said of it."""
    said = None
    for _ in range(20):
        kiosk.do("key down")
        said = ear.next()
        if said.text.startswith(name):
            return said
    raise AssertionError(f"never came to {name}")


def the_question_is_said_whole(booth, ear):
    kiosk = booth.kiosk
    open_ear(booth)
    said = ear.next()
    assert said.lang == "en"
    assert "Share your contact details with" in said.text, said.text
    press(kiosk, "down")
    until(said.is_silent, 5, "a key stops the voice")
    said = ear.next()
    assert said.text.strip() == "Speech, button, on", said.text
    press(kiosk, "up")
    assert ear.next().text.startswith("Start, read first, then decide")
    press(kiosk, "ok")
    assert kiosk.state() == "ask"
    said = ear.next()
    screen = [t for t in kiosk.text() if t.endswith((".", "?"))]
    at = -1
    for sentence in screen:
        if "seconds left" not in sentence:
            assert sentence in said.text, (sentence, said.text)
    for part in ("asks for your details", "To send you offers",
                 "Name, required", "Company, optional, not chosen",
                 "take it back 180.", "take it back.", "Privacy policy",
                 "take it back!", "No thanks, nothing is shared",
                 "Share, then hold your badge here"):
        there = said.text.find(part, at + 1)
        assert there > at, f"{part!r} is not said in its place: {said.text}"
        at = there
    return said


def listening_takes_no_time(booth, ear, said):
    kiosk = booth.kiosk
    kiosk.do("advance 70000")
    assert kiosk.state() == "ask", "the time ran out while it was said"
    settle(kiosk, ear, said)
    kiosk.do("advance 28000")
    assert kiosk.state() == "ask"
    assert ear.nothing(), "it was said how much time is left too soon"
    kiosk.do("advance 4000")
    kiosk.state()
    said = ear.next()
    assert "seconds left" in said.text, said.text
    # Only to hear it is no answer.
    kiosk.do("advance 29000")
    kiosk.wait("noanswer")
    said = ear.next()
    assert "that means no" in said.text, said.text
    press(kiosk, "back")
    kiosk.wait("idle")
    ear.next()


def choices_have_names_and_states(booth, ear):
    kiosk = booth.kiosk
    press(kiosk, "ok")  # Start has the focus
    kiosk.wait("ask")
    assert ear.next().text.rstrip().endswith("Company, optional, not chosen")
    press(kiosk, "ok")
    assert ear.next().text.strip() == "Company, optional, chosen"
    press(kiosk, "ok")
    assert ear.next().text.strip() == "Company, optional, not chosen"
    said = focus(kiosk, ear, "High contrast")
    assert said.text.strip() == "High contrast, button, off"
    said = focus(kiosk, ear, "Deutsch")
    assert '<voice xml:lang="de">Deutsch</voice>' in said.ssml, said.ssml
    said = focus(kiosk, ear, "Share")
    assert said.text.strip() == "Share, then hold your badge here, button"


def values_are_not_said(booth, ear):
    """From "Share" on, with a voice that never ends."""
    kiosk = booth.kiosk
    press(kiosk, "ok")
    assert kiosk.state() == "hold"
    said = ear.next()
    assert "Hold your badge" in said.text and "Email" in said.text
    kiosk.do("tap 3 300")  # where nothing is
    until(said.is_silent, 5, "a touch stops the voice")
    assert ear.nothing()
    booth.sim.do("tag present ada")
    kiosk.shared()
    booth.sim.do("tag remove ada")
    said = ear.next()
    assert "You shared with" in said.text and "Email" in said.text
    assert "not said aloud" in said.text and "Undo" in said.text
    for value in VALUES.values():
        assert value not in said.ssml, "a value is said aloud"
    wanted = {f"value {f}": v for f, v in VALUES.items()}
    assert memscan.in_memory(kiosk.pid, wanted), "the search finds nothing"
    for pid in said.pid, herald(kiosk):
        found = memscan.in_memory(pid, wanted)
        assert not found, found
    assert memscan.in_memory(herald(kiosk), {"a program": "herald"}), \
        "the search finds nothing"
    press(kiosk, "down")
    until(said.is_silent, 5, "a key stops the voice")
    assert ear.next().text.startswith("Undo")
    press(kiosk, "ok")
    kiosk.wait("declined")
    assert "Undone" in ear.next().text
    press(kiosk, "ok")
    kiosk.wait("idle")


def the_next_one_hears_nothing(booth, ear):
    kiosk = booth.kiosk
    kiosk.do("advance 800")
    assert ear.nothing(), "speech goes on for the next attendee"
    press(kiosk, "down", "ok")
    kiosk.wait("ask")
    assert ear.nothing()
    kiosk.tap("decline")
    kiosk.tap("done")


def without_a_voice(booth, ear):
    """It dies in the middle of the question."""
    kiosk = booth.kiosk
    open_ear(booth)
    ear.next()
    kiosk.tap("start")
    os.kill(ear.next().pid, signal.SIGKILL)
    until(lambda: not has_speak(kiosk), 10, "the button goes")
    kiosk.tap("share")
    booth.sim.do("tag present ada")
    kiosk.shared()
    booth.sim.do("tag remove ada")
    kiosk.tap("done")
    kiosk.wait("idle")


def nobody_speaks_without_the_herald(booth, ear):
    """Who could silence it is gone, so it ends, and the booth goes on."""
    kiosk = booth.kiosk
    open_ear(booth)
    said = ear.next()
    os.kill(herald(kiosk), signal.SIGKILL)
    until(said.is_silent, 10, "the voice ends with the herald")
    until(lambda: not has_speak(kiosk), 10, "the button goes")
    booth.share()
    kiosk.tap("done")
    kiosk.wait("idle")


def main():
    with Ear() as ear, Booth(env=ear.env) as booth:
        said = the_question_is_said_whole(booth, ear)
        listening_takes_no_time(booth, ear, said)
        choices_have_names_and_states(booth, ear)
        values_are_not_said(booth, ear)
        the_next_one_hears_nothing(booth, ear)
        without_a_voice(booth, ear)
        booth.quit()
    with Ear() as ear, Booth(env=ear.env) as booth:
        nobody_speaks_without_the_herald(booth, ear)
        booth.quit()
    # Where the program of the voice is missing there is no button.
    with Booth(env={"BADGEWARD_SPEECH": "/nonexistent"}) as booth:
        booth.kiosk.wait("idle")
        assert not has_speak(booth.kiosk)
        booth.kiosk.do("advance 800")
        booth.kiosk.do("key back")
        booth.ask()
        assert not has_speak(booth.kiosk)


main()
