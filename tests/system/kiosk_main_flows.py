# SPDX-License-Identifier: Apache-2.0
"""What a person at the kiosk can do, and what stands in the log after it."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import VALUES, Booth, tool  # noqa: E402
from world import until  # noqa: E402


def shown(kiosk):
    return json.dumps(kiosk.text(), ensure_ascii=False)


def field_off(booth):
    until(lambda: "off" in booth.sim.do("field"), 5, "field off")


def stays_in(booth):
    """An answer that shares nothing does not leave at once: see
    kiosk_declines_wait."""
    booth.mail_done()
    assert not booth.uploads(), booth.uploads()


def share_and_done(booth):
    booth.ask()
    assert not any(v in shown(booth.kiosk) for v in VALUES.values())
    assert "off" in booth.sim.do("field")
    booth.kiosk.tap("share")
    booth.sim.do("tag present ada")
    booth.kiosk.shared()
    field_off(booth)
    booth.sim.do("tag remove ada")
    text = shown(booth.kiosk)
    assert VALUES[1] in text and VALUES[2] in text, text
    for f in (3, 4, 5, 6):
        assert VALUES[f] not in text, text
    # It waits for the end of undo; what was there before does not.
    until(lambda: booth.uploads() == ["log-0000000000-0000000001.cbor"], 5,
          "the open entry goes out")
    booth.kiosk.tap("done")
    booth.kiosk.wait("idle")
    until(lambda: booth.uploads()[-1].endswith("0000000002.cbor"), 5,
          "the share goes out")
    assert booth.take() == [(0, "open"), (1, "share")]
    assert not any(v in shown(booth.kiosk) for v in VALUES.values())


def share_with_option_then_silence_at_the_end(booth):
    booth.ask()
    booth.kiosk.tap("field:3")
    booth.kiosk.tap("share")
    booth.sim.do("tag present ada")
    booth.kiosk.shared()
    booth.sim.do("tag remove ada")
    assert VALUES[3] in shown(booth.kiosk)
    booth.kiosk.do("advance 31000")
    assert booth.kiosk.state() == "idle"
    until(booth.uploads, 5, "the share goes out")
    assert booth.take() == [(2, "share")]


def undo(booth):
    booth.share()
    booth.kiosk.tap("undo")
    assert booth.kiosk.state() == "declined"
    text = shown(booth.kiosk)
    assert not any(v in text for v in VALUES.values()), text
    booth.kiosk.do("advance 10000")
    assert booth.kiosk.state() == "idle"
    until(booth.uploads, 5, "share and undo go out")
    assert booth.take() == [(3, "share"), (4, "undo")]


def decline_before_and_in_hold(booth):
    booth.ask()
    booth.kiosk.tap("decline")
    booth.kiosk.wait("declined")
    booth.kiosk.tap("done")
    booth.hold()
    booth.kiosk.tap("decline")
    booth.kiosk.wait("declined")
    field_off(booth)
    # A badge that comes now is not read.
    booth.sim.do("tag present ada")
    booth.kiosk.do("advance 10000")
    assert booth.kiosk.state() == "idle"
    booth.sim.do("tag remove ada")
    stays_in(booth)


def no_answer_and_more_time(booth):
    booth.ask()
    for _ in range(10):
        booth.kiosk.do("advance 55000")
        booth.kiosk.tap("more-time")
        assert booth.kiosk.state() == "ask"
    booth.kiosk.do("advance 60000")
    assert booth.kiosk.state() == "noanswer"
    booth.kiosk.do("advance 8000")
    assert booth.kiosk.state() == "idle"
    stays_in(booth)


def by_keys_alone(booth):
    booth.kiosk.wait("idle")
    names = [w["name"] for w in booth.kiosk.widgets()]

    def press(name, more=0):
        """On a new screen the focus is on its first control."""
        booth.kiosk.do("advance 800")
        names = [w["name"] for w in booth.kiosk.widgets() if w["enabled"]]
        for _ in range(names.index(name) + more):
            booth.kiosk.do("key down")
        booth.kiosk.do("key ok")

    assert "start" in names
    press("start", 1)  # no key was used yet
    assert booth.kiosk.state() == "ask"
    press("share")
    booth.sim.do("tag present ada")
    booth.kiosk.wait("ask")  # it was shared before
    press("share")
    assert booth.kiosk.state() == "shared"
    booth.sim.do("tag remove ada")
    press("done")
    assert booth.kiosk.state() == "idle"
    booth.kiosk.tap("start")
    booth.kiosk.do("advance 800")
    booth.kiosk.do("key back")
    assert booth.kiosk.state() == "declined"
    booth.kiosk.do("advance 9000")
    until(booth.uploads, 5, "they go out, up to the share")
    assert booth.take() == [(5, "share")]
    stays_in(booth)


def badge_lies_there_already(booth):
    booth.sim.do("tag present ada")
    booth.ask()
    assert "off" in booth.sim.do("field")
    booth.kiosk.tap("share")
    booth.kiosk.shared()
    booth.sim.do("tag remove ada")
    booth.kiosk.tap("done")


def language(booth):
    booth.kiosk.wait("idle")
    booth.kiosk.tap("lang:de")
    booth.kiosk.tap("start")
    assert "Angaben" in shown(booth.kiosk)
    booth.kiosk.tap("lang:en")
    assert "details" in shown(booth.kiosk)
    booth.kiosk.tap("lang:de")
    booth.kiosk.tap("size")
    booth.kiosk.tap("decline")
    booth.kiosk.tap("done")
    booth.kiosk.tap("start")
    assert "details" in shown(booth.kiosk), "the language did not go back"
    booth.kiosk.tap("decline")
    booth.kiosk.tap("done")


def language_by_option():
    """--lang begins in it; a policy without it is told of, and begins in its
    own first one."""
    for lang, word, warned in (("de", "Angaben", False),
                               ("de-AT", "details", True)):
        with Booth(args=("--lang", lang)) as booth:
            booth.ask()
            assert word in shown(booth.kiosk)
            assert warned == ("no notice in that language" in booth.log())


def notes_let_bodies_go(booth):
    until(lambda: not list((booth.state / "inbox").glob("note-*")), 5,
          "notes are taken")
    booth.quit()
    # A restart carries on, and puts out what was not cosigned.
    booth.start()
    booth.kiosk.wait("idle")
    booth.share()
    booth.kiosk.tap("done")
    until(lambda: booth.uploads()[-1].endswith("0000000014.cbor"), 5,
          "they go out")
    assert booth.take() == [(6, "share"),
                            *((seq, "decline") for seq in range(7, 12)),
                            (12, "no answer"), (13, "share")]


def main():
    assert tool("address").startswith("http://")
    language_by_option()
    print("ok language_by_option", flush=True)
    with Booth(quarter=60) as booth:
        for flow in (share_and_done,
                     share_with_option_then_silence_at_the_end, undo,
                     decline_before_and_in_hold, no_answer_and_more_time,
                     by_keys_alone, badge_lies_there_already, language,
                     notes_let_bodies_go):
            flow(booth)
            print("ok", flow.__name__, flush=True)


main()
