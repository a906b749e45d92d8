# SPDX-License-Identifier: Apache-2.0
"""A kiosk that cannot draw asks nothing, takes no yes and reads nothing; a
share whose "You shared" could not be shown is undone. It opens again by itself
when it can draw."""

import json
import os
import signal
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import BUILD, Booth  # noqa: E402
from world import until  # noqa: E402


def blind(booth):
    (booth.dir / "fail").touch()


def sees(booth):
    (booth.dir / "fail").unlink()
    booth.kiosk.wait("idle", 10000)


def dark(booth):
    """Nothing on the screen, nothing to touch, and no field."""
    kiosk = booth.kiosk
    assert kiosk.state() == "trouble", kiosk.state()
    assert not kiosk.widgets() and not kiosk.text()
    kiosk.do("advance 1000")
    for command in "tap start", "tap share", "key ok", "tap 700 500":
        kiosk.ask(command)
        assert kiosk.state() == "trouble", command
    assert not any(e.get("field") == "on" for e in booth.sim.trace())


def in_idle(booth):
    booth.kiosk.wait("idle")
    blind(booth)
    booth.kiosk.ask("tap start")
    dark(booth)
    sees(booth)


def while_it_asks(booth):
    booth.ask()
    blind(booth)
    booth.kiosk.ask("tap lang:de")
    dark(booth)
    booth.kiosk.do("advance 60000")
    booth.mail_done()
    status = json.loads((booth.state / "outbox/status.json").read_text())
    assert status["trouble"] == "screen", status
    sees(booth)


def after_a_yes(booth):
    booth.sim.do("tag present ada")  # it would be read at once
    booth.ask()
    names = [w["name"] for w in booth.kiosk.widgets() if w["enabled"]]
    for _ in range(names.index("share") + 1):
        booth.kiosk.do("key down")
    booth.kiosk.do("advance 1000")
    assert "share" in names and booth.kiosk.text()  # all of it is drawn
    blind(booth)
    booth.kiosk.do("key ok")
    until(lambda: booth.kiosk.state() != "hold", 10, "the end of the hold")
    assert booth.kiosk.state() == "trouble"
    booth.sim.wait_field(False)
    booth.sim.do("tag remove ada")
    sees(booth)
    until(booth.uploads, 10, "what there is goes out")
    assert booth.take() == [(0, "open")]


def what_nobody_saw_is_undone(booth):
    booth.hold()
    booth.kiosk.text()  # drawn
    # The countdown must not be what fails first: the kiosk finds the badge
    # when it comes round.
    os.kill(booth.kiosk.pid, signal.SIGSTOP)
    blind(booth)
    booth.sim.do("tag present ada")
    until(lambda: not any(booth.sim.field() for _ in range(5)), 10, "read")
    os.kill(booth.kiosk.pid, signal.SIGCONT)
    until(lambda: booth.kiosk.state() not in ("hold", "reading"), 10, "read")
    assert booth.kiosk.state() in ("declined", "trouble")
    booth.sim.do("tag remove ada")
    (booth.dir / "fail").unlink()
    booth.kiosk.do("advance 8000")
    booth.kiosk.wait("idle", 10000)
    until(booth.uploads, 10, "share and undo go out")
    assert booth.take() == [(1, "share"), (2, "undo")]
    booth.share()  # and all is well
    booth.kiosk.tap("done")
    until(booth.uploads, 10, "the share goes out")
    assert booth.take() == [(3, "share")]


def main():
    with Booth(start=False) as booth:
        booth.env = {"LD_PRELOAD": str(BUILD / "tests/drawfail.so"),
                     "DRAWFAIL": str(booth.dir / "fail"),
                     "ASAN_OPTIONS": "verify_asan_link_order=0"}
        booth.start()
        for case in (in_idle, while_it_asks, after_a_yes,
                     what_nobody_saw_is_undone):
            before = booth.log().count("cannot be shown")
            case(booth)
            said = booth.log().count("cannot be shown") - before
            assert said == 1, f"said {said} times"
            print("ok", case.__name__, flush=True)
        booth.quit()


main()
