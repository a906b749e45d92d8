# SPDX-License-Identifier: Apache-2.0
"""A whole visit of the staff: the corner, the PIN, a note on a share, sealed
to the host and read there; what they typed is in no memory and no file of the
device afterwards. Then the counts, the end of the day, and the four keys."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import memscan  # noqa: E402
from visit import (at_home, enter, enter_pin, names, open_door,  # noqa: E402
                   write)
from world import (STAFF_PIN, World, clock_env, policy_with_pin,  # noqa: E402
                   until)

AHEAD_MAX = 400     # seconds that the host bears a device's clock to be ahead
NOTE = "qzvw jxkq wants boards"


def traces(device):
    """Where in the device's memory and files the note stands."""
    words = {"note": NOTE[1:], "capital": NOTE.capitalize()}
    found = set(memscan.in_memory(device.kiosk.pid, words))
    for path in device.state.rglob("*"):
        if path.is_file() and NOTE[1:].encode() in path.read_bytes():
            found.add(path.name)
    return found


def share(device, tag):
    kiosk = device.kiosk
    kiosk.wait("idle")
    kiosk.tap("start")
    kiosk.tap("share")
    kiosk.wait("hold")
    device.sim.do(f"tag present {tag}")
    kiosk.shared()
    device.sim.do(f"tag remove {tag}")


def writes_a_note(world, device):
    kiosk = device.kiosk
    enter(kiosk, STAFF_PIN)
    text = " ".join(kiosk.text())
    # A decline is counted when its quarter hour is over.
    assert "In all: 1 shared, 0 declined, 0 without an answer" in text, text
    assert "Today: " in text, text
    assert "Reader: ready." in text and "Policy and its end: 2, 2036-" in text
    kiosk.tap("leads")
    # The share that was undone is not there; nobody's name is.
    assert {n for n in names(kiosk) if n.startswith("share:")} == {"share:0"}
    assert "Ada" not in " ".join(kiosk.text()), kiosk.text()
    kiosk.tap("share:0")
    kiosk.tap("rating")
    kiosk.tap("rate:4")
    kiosk.tap("tags")
    kiosk.tap("tag:3")
    kiosk.tap("back")
    kiosk.tap("ask:0")
    kiosk.tap("choice:1")
    kiosk.tap("note")
    write(kiosk, NOTE)
    assert NOTE.capitalize() + "|" in kiosk.text(), kiosk.text()
    assert traces(device), "nothing to wipe"
    kiosk.tap("back")
    kiosk.tap("save")
    assert "share:0" in names(kiosk)
    kiosk.tap("back")
    kiosk.tap("done")
    assert kiosk.state() == "idle"
    assert not traces(device), traces(device)


def reads_it_at_the_host(world, device):
    lead = until(lambda: [x for x in world.leads() if x["rating"]], 20,
                 "the note at the host")[0]
    assert (lead["rating"], lead["tags"], lead["answers"], lead["note"]) == (
        4, ["quote"], {"interest": "Board B"}, NOTE.capitalize()), lead
    assert "quote" not in world.leads_csv()
    assert "note 1" in world.verify(), world.verify()


def leaves_by_itself(device):
    """Half a minute after the last input, with a note half written."""
    kiosk = device.kiosk
    enter(kiosk, STAFF_PIN)
    kiosk.tap("leads")
    kiosk.tap("share:0")
    kiosk.tap("note")
    write(kiosk, NOTE)
    kiosk.do("advance 29000")
    kiosk.tap("key:space")
    kiosk.do("advance 29000")
    assert kiosk.state() == "staff"
    # An attendee cannot begin meanwhile.
    assert "start" not in names(kiosk)
    kiosk.do("advance 1500")
    assert kiosk.state() == "idle"
    # What drew it goes with the next frame.
    names(kiosk)
    assert not traces(device), traces(device)
    # The next one is asked for the PIN again, and finds an empty card.
    open_door(kiosk)
    assert "pin:ok" in names(kiosk)
    enter_pin(kiosk, STAFF_PIN)
    kiosk.tap("leads")
    kiosk.tap("share:0")
    assert "save" in names(kiosk)
    kiosk.tap("note")
    assert "|" in kiosk.text(), kiosk.text()
    kiosk.do("advance 31000")
    # After an hour the share is not offered any more.
    kiosk.do("advance 3600000")
    enter(kiosk, STAFF_PIN)
    kiosk.tap("leads")
    assert "share:0" not in names(kiosk)
    kiosk.do("advance 31000")


def ends_the_day(world, device, clock):
    kiosk = device.kiosk
    enter(kiosk, STAFF_PIN)
    kiosk.tap("day")
    kiosk.tap("done")
    assert kiosk.state() == "trouble"
    assert "the day was ended" in " ".join(kiosk.text()), kiosk.text()
    kiosk.do("quit")
    kiosk.p.wait(20)
    kiosk = device.start_kiosk(env=clock_env(clock))
    kiosk.wait("trouble")
    # The reader, which is named first, takes a moment.
    until(lambda: "the day was ended" in " ".join(kiosk.text()), 15,
          "the day is still ended")
    enter(kiosk, STAFF_PIN)
    # What the host cosigned is gone from the log, and counted.
    assert ("In all: 1 shared, 0 declined, 0 without an answer"
            in " ".join(kiosk.text())), kiosk.text()
    kiosk.tap("day")
    kiosk.tap("done")
    kiosk.wait("idle")
    set_clock(clock, int(clock.read_text().split()[0]) + 900)
    until(lambda: "the clock was stepped" in
          world.log("kiosk-k07").read_text(), 20, "the quarter hour is over")
    enter(kiosk, STAFF_PIN)
    assert ("In all: 1 shared, 1 declined, 0 without an answer"
            in " ".join(kiosk.text())), kiosk.text()
    kiosk.tap("done")
    # Nothing of it is in the log, which goes on.
    assert "close" not in world.verify(), world.verify()


def is_closed_to_others(device, tag):
    """Not from a question, nor from any state behind it."""
    kiosk = device.kiosk
    for state, way in (("ask", ("start",)), ("hold", ("share",)),
                       ("declined", ("decline",))):
        for name in way:
            kiosk.tap(name)
        assert kiosk.state() == state
        kiosk.do("hold 20 20 2100")
        for key in ("back", "up", "down"):
            if state == "ask" and key != "back":
                kiosk.do(f"key {key}")
        assert kiosk.state() == state, (state, kiosk.state())
    kiosk.tap("done")
    share(device, tag)
    kiosk.do("hold 20 20 2100")
    assert kiosk.state() == "shared"
    kiosk.tap("undo")
    kiosk.tap("done")
    # Too short, or beside the corner.
    kiosk.do("hold 20 20 1900")
    kiosk.do("hold 400 20 2100")
    assert kiosk.state() == "idle"


def works_with_four_keys(device):
    kiosk = device.kiosk
    for key in ("back", "up", "back", "down", "back"):
        kiosk.do(f"key {key}")
    assert kiosk.state() == "staff"
    kiosk.do("advance 800")
    order = [w["name"] for w in kiosk.widgets()]
    at = 0  # by keys the first one has the focus

    def press(name):
        nonlocal at
        while at != order.index(name):
            kiosk.do("key down")
            at = (at + 1) % len(order)
        kiosk.do("key ok")

    for digit in STAFF_PIN:
        press(f"pin:{digit}")
    press("pin:ok")
    assert at_home(kiosk), kiosk.text()
    # Going on from control to control is using the screen, too.
    for _ in range(3):
        kiosk.do("advance 20000")
        kiosk.do("key down")
    assert kiosk.state() == "staff", kiosk.state()
    kiosk.do("advance 800")
    kiosk.do("key back")
    assert kiosk.state() == "idle"


def set_clock(clock, shift):
    new = clock.with_suffix(".new")
    new.write_text(f"{shift} ntp")
    new.rename(clock)


def main():
    with tempfile.TemporaryDirectory() as tmp, World() as world:
        world.cli("policy", "install",
                  policy_with_pin(pathlib.Path(tmp) / "pin.conf"))
        world.start_host()
        device = world.device()
        ada = next(r for r in world.registrations()
                   if r["status"] == "attending" and r["company"])
        tag = device.badge(ada["id"], "04e10cda993c80")
        device.enrol()
        # The visit is over before the kiosk's quarter hour is.
        clock, left = world.dir / "clock", 900 - int(time.time()) % 900
        set_clock(clock, left + 1 if left < AHEAD_MAX else 0)
        device.start_kiosk(env=clock_env(clock))
        device.kiosk.wait("idle")
        is_closed_to_others(device, tag)
        share(device, tag)
        device.kiosk.tap("done")
        writes_a_note(world, device)
        reads_it_at_the_host(world, device)
        leaves_by_itself(device)
        works_with_four_keys(device)
        ends_the_day(world, device, clock)
        print("ok")


main()
