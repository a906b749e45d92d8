# SPDX-License-Identifier: Apache-2.0
"""A badge that was shared here before is asked about once more, between the
read and the share. Silence is no, nothing is stored before that yes, and the
device knows it by a mark alone: what was undone or declined leaves none, two
devices have different marks of one badge, and all of them go with the policy.
"""

import json
import os
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import VALUES, Booth, tool  # noqa: E402
from world import clock_env, until  # noqa: E402

BADGE = bytes.fromhex("a1b2c3d4e5f60718")  # Ada's (booth.c)
DAY = 86400
HERE = time.localtime()
# The kiosk's clock is put on to the next noon: no midnight while this runs.
NOON = (DAY // 2 - HERE.tm_hour * 3600 - HERE.tm_min * 60) % DAY


def put(clock, seconds):
    new = clock.with_suffix(".new")
    new.write_text(f"{seconds} ntp")
    new.rename(clock)


def shown(booth):
    return json.dumps(booth.kiosk.text(), ensure_ascii=False)


def read(booth):
    """A yes, and Ada's badge is held to the reader."""
    booth.hold()
    booth.sim.do("tag present ada")
    until(lambda: booth.kiosk.state() not in ("hold", "reading"), 10, "read")
    booth.sim.do("tag remove ada")
    return booth.kiosk.state()


def asked(booth, when):
    assert read(booth) == "ask", booth.kiosk.state()
    text = shown(booth)
    assert when in text and "Name, Email" in text, text
    assert not any(v in text for v in VALUES.values()), text
    assert not booth.sim.field()


def marks(booth):
    """What the journal knows, which is closed."""
    db = sqlite3.connect(booth.state / "kiosk/journal.db")
    try:
        row = db.execute("SELECT marks FROM state").fetchone()[0][8:]
        return db.execute("SELECT mark, day FROM shared").fetchall() + [
            (row[i:i + 16], int.from_bytes(row[i + 16:i + 24], "big"))
            for i in range(0, len(row), 24)]
    finally:
        db.close()


def holding(booth):
    """The files of the device with the badge's id in them."""
    found = []
    for path in booth.state.rglob("*"):
        try:
            if path.is_file() and BADGE in path.read_bytes():
                found.append(path.name)
        except FileNotFoundError:
            pass  # taken in this moment
    return found


def taken(booth, *kinds):
    got = []

    def all_there():
        got.extend(kind for _, kind in booth.take())
        return len(got) >= len(kinds)
    until(all_there, 10, f"{kinds} in the log; there is {got}")
    assert got == list(kinds), got


def no_and_silence(booth):
    booth.share()
    booth.kiosk.tap("done")
    taken(booth, "open", "share")
    asked(booth, "You have shared today already.")
    booth.kiosk.tap("decline")
    assert booth.kiosk.state() == "declined"
    assert "What you shared before stays as it was" in shown(booth)
    booth.kiosk.tap("done")
    asked(booth, "You have shared today already.")
    booth.kiosk.do("advance 59000")
    booth.kiosk.tap("more-time")
    booth.kiosk.do("advance 59000")
    assert booth.kiosk.state() == "ask"
    booth.kiosk.do("advance 1000")
    assert booth.kiosk.state() == "noanswer"
    assert "Nothing of your badge was kept" in shown(booth)
    booth.kiosk.tap("done")
    booth.mail_done()
    assert not booth.uploads(), booth.uploads()


def yes_and_undo(booth):
    """The share before stands: it is remembered still."""
    asked(booth, "You have shared today already.")
    booth.kiosk.tap("lang:de")
    assert "Sie haben heute schon" in shown(booth), shown(booth)
    booth.kiosk.tap("share")
    assert booth.kiosk.state() == "shared"
    booth.kiosk.tap("undo")
    booth.kiosk.tap("done")
    taken(booth, "share", "undo")


def a_policy_waits(booth):
    """The question that was shown stays the question."""
    asked(booth, "You have shared today already.")
    tool("policy", booth.state, 9, 0x18)
    booth.mail_done()
    assert "Name, Email" in shown(booth)
    booth.kiosk.tap("share")
    assert booth.kiosk.state() == "shared"
    booth.kiosk.tap("done")
    taken(booth, "share")


def nothing_in_the_clear(booth):
    until(lambda: booth.kiosk.do("advance 60000") or not holding(booth), 15,
          "nothing is left of the shares")
    booth.quit()
    assert not holding(booth), holding(booth)
    got = marks(booth)
    assert len(got) == 1 and len(got[0][0]) == 16, got
    return got[0]


def days_later(booth, clock):
    """By the kiosk's own memory, over restarts: the day of the week, and
    after a week no day at all."""
    day = time.strftime("%A", time.localtime(time.time() + NOON))
    for days, when in ((2, f"You shared on {day}."),
                       (8, "You have shared before.")):
        put(clock, NOON + days * DAY)
        booth.start()
        asked(booth, when)
        booth.kiosk.tap("decline")
        booth.kiosk.tap("done")
        booth.quit()


def the_end_of_the_policy(booth, clock):
    """It ends while the question stands, and the reader is away by then: that
    is no reason to take the yes."""
    booth.start()
    asked(booth, "You have shared before.")
    booth.sim.do("unplug")
    until(lambda: "trouble: reader" in booth.log().rsplit("none", 1)[-1], 30,
          "the reader is missed")
    put(clock, NOON + 40 * DAY)
    until(lambda: "the policy has ended" in booth.log(), 30, "the end")
    refused(booth)
    booth.quit()
    assert not (booth.state / "kiosk/seal.key").exists()
    assert not marks(booth), marks(booth)
    # What a full disk did not let go goes with the next start.
    db = sqlite3.connect(booth.state / "kiosk/journal.db")
    db.execute("INSERT INTO shared VALUES (?, 1)", (bytes(16),))
    db.commit()
    db.close()
    assert marks(booth)
    booth.start()
    booth.kiosk.wait("trouble")
    booth.quit()
    assert not marks(booth), marks(booth)


def refused(booth):
    booth.kiosk.tap("share")
    assert booth.kiosk.state() == "trouble", booth.kiosk.state()
    assert "Nothing is shared" in shown(booth), shown(booth)


def the_end_just_now(booth, clock):
    """The kiosk has not looked at the world since."""
    booth.share()
    booth.kiosk.tap("done")
    asked(booth, "You have shared today already.")
    put(clock, NOON + 40 * DAY)
    refused(booth)
    until(lambda: "the policy has ended" in booth.log(), 30, "the end")
    booth.quit()
    assert not marks(booth), marks(booth)


def undone_and_declined_are_forgotten(booth):
    booth.hold()
    booth.kiosk.tap("decline")
    booth.kiosk.tap("done")
    assert read(booth) == "shared", "a no is never remembered"
    booth.kiosk.tap("undo")
    booth.kiosk.tap("done")
    assert read(booth) == "shared", "an undone share is forgotten"
    booth.kiosk.tap("done")


def main():
    with Booth(start=False, valid=30 * DAY) as booth:
        clock = booth.dir / "clock"
        put(clock, NOON)
        booth.env = clock_env(clock)
        booth.start()
        for case in (no_and_silence, yes_and_undo, a_policy_waits):
            case(booth)
            print("ok", case.__name__, flush=True)
        mark = nothing_in_the_clear(booth)
        print("ok nothing_in_the_clear", flush=True)
        for case in (days_later, the_end_of_the_policy):
            case(booth, clock)
            print("ok", case.__name__, flush=True)
    with Booth() as booth:
        undone_and_declined_are_forgotten(booth)
        booth.quit()
        other = marks(booth)
        assert len(other) == 1 and other[0][0] != mark[0], (other, mark)
        print("ok two devices, two marks", flush=True)
    with Booth(start=False, valid=30 * DAY) as booth:
        clock = booth.dir / "clock"
        put(clock, NOON)
        booth.env = clock_env(clock)
        booth.start()
        the_end_just_now(booth, clock)
        print("ok the_end_just_now", flush=True)


main()
