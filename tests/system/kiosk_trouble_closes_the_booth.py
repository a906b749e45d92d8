# SPDX-License-Identifier: Apache-2.0
"""Reader missing (and which way), policy ended, clock behind, disk full,
journal damaged, not enrolled: the booth closes politely, and opens again by
itself where it can."""

import fcntl
import json
import os
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth, tool  # noqa: E402
from world import BIN, until  # noqa: E402


def closed(kiosk):
    kiosk.wait("trouble", 15000)
    assert not kiosk.ask("tap start").startswith("ok")
    assert kiosk.text(), "no word about it"


def reader_missing(booth):
    booth.kiosk.wait("idle")
    booth.sim.do("unplug")
    closed(booth.kiosk)
    booth.sim.do("plug")
    booth.kiosk.wait("idle", 15000)
    # While someone is being asked it waits.
    booth.ask()
    before = booth.log().count("trouble: reader")
    booth.sim.do("unplug")
    until(lambda: booth.log().count("trouble: reader") > before, 15,
          "the kiosk noticed")
    assert booth.kiosk.state() == "ask"
    booth.kiosk.tap("share")
    assert booth.kiosk.state() == "trouble"
    booth.sim.do("plug")
    booth.kiosk.wait("idle", 15000)
    until(booth.uploads, 5, "the log goes out")
    assert all(kind in ("open", "clock") for _, kind in booth.take())


def policy_ended():
    with Booth(valid=10) as booth:
        booth.kiosk.wait("idle")
        assert (booth.state / "kiosk/seal.key").exists()
        closed(booth.kiosk)
        assert not (booth.state / "kiosk/seal.key").exists()
        booth.quit()
        booth.start()
        closed(booth.kiosk)
        until(booth.uploads, 5, "what was logged still goes out")


def policy_changes_between_attendees():
    with Booth() as booth:
        booth.ask()
        tool("policy", booth.state, 2, 1 << 4)  # job title, no company
        until(lambda: not (booth.state / "inbox/policy.jws").exists(), 5,
              "the policy is taken")
        names = {w["name"] for w in booth.kiosk.widgets()}
        assert "field:3" in names and "field:4" not in names
        booth.kiosk.tap("decline")
        booth.kiosk.tap("done")
        booth.mail_done()
        booth.ask()
        names = {w["name"] for w in booth.kiosk.widgets()}
        assert "field:4" in names and "field:3" not in names
        booth.kiosk.tap("decline")
        booth.kiosk.tap("done")
        # An older one, and one that someone else signed, change nothing.
        tool("policy", booth.state, 1, 1 << 3)
        until(lambda: not (booth.state / "inbox/policy.jws").exists(), 5,
              "the old policy is dropped")
        (booth.state / "inbox/policy.jws").write_text("e30.e30.AAAA")
        until(lambda: not (booth.state / "inbox/policy.jws").exists(), 5,
              "the false policy is dropped")
        booth.quit()
        booth.start()
        booth.ask()
        names = {w["name"] for w in booth.kiosk.widgets()}
        assert "field:4" in names and "field:3" not in names
        booth.kiosk.tap("decline")
        booth.kiosk.tap("done")
        booth.share()
        booth.kiosk.tap("done")
        taken = []

        def all_there():
            taken.extend(booth.take())
            return len(taken) == 5
        until(all_there, 5, "the log goes out")
        assert taken == [(0, "open"), (1, "policy"), (2, "decline"),
                         (3, "decline"), (4, "share")], taken


def damaged_journal():
    with Booth(start=False) as booth:
        db = sqlite3.connect(booth.state / "kiosk/journal.db")
        db.execute("UPDATE entry SET body = x'00'")
        db.commit()
        db.close()
        booth.start()
        closed(booth.kiosk)
        until(lambda: "new name" in booth.log(), 15, "it is told")
        assert not booth.uploads()
        booth.quit()
        assert told(booth) == "log", "that stays so, also when nothing runs"


def told(booth):
    status = booth.state / "outbox/status.json"
    return json.loads(status.read_text())["trouble"] if status.exists() else ""


def tells_what_is_so():
    """The host hears of an open booth before a minute is over, and of one that
    ends then."""
    with Booth() as booth:
        booth.kiosk.wait("idle")
        until(lambda: told(booth) == "none", 15, "open is told")
        booth.quit()
        assert told(booth) == "off", told(booth)
        booth.start()
        until(lambda: told(booth) == "none", 15, "open is told again")


def one_kiosk_a_directory(booth):
    second = subprocess.run(
        [BIN / "badgeward-kiosk", "-C", booth.state, "--screen", "script"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=30)
    assert second.returncode == 1 and "Stop it" in second.stderr, second


def reader_word(booth):
    """The status is written once a minute at most."""
    booth.kiosk.do("advance 60000")
    booth.mail_done()
    return json.loads((booth.state / "outbox/status.json").read_text())[
        "reader"]


def reader_fault(word, sentence, nfc=None, fault=None, lock=False):
    """The attendee sees one screen; log and status tell the staff which."""
    with Booth(start=False) as booth:
        if nfc is not None:
            booth.sim.nfc = nfc
        if fault is not None:
            booth.sim.do(fault)
        # Whoever has the port open uses it.
        with open(booth.sim.link if lock else os.devnull) as port:
            if lock:
                fcntl.flock(port, fcntl.LOCK_EX)
            booth.start()
            closed(booth.kiosk)
            shown = str(booth.kiosk.text())
            until(lambda: reader_word(booth) == word, 15, word)
            assert booth.log().count(sentence) == 1, booth.log()
        if nfc is None:
            booth.sim.do("fault clear")
            booth.kiosk.wait("idle", 15000)
            assert reader_word(booth) == "ready"
        return shown


def reader_faults_are_told_apart():
    shown = {
        reader_fault("not given", "no reader is given", nfc=""),
        reader_fault("absent", "no such port",
                     nfc="pn532_uart:/nonexistent"),
        reader_fault("in use", "another process uses this port", lock=True),
        reader_fault("silent", "the chip does not answer",
                     fault="fault silent"),
        reader_fault("garbage", "makes no sense", fault="fault garbage all")}
    assert len(shown) == 1, shown


def reader_that_never_speaks():
    """No process behind the socket, and one that ends at once: tried again
    and again, and the booth is closed between two tries, too."""
    for nfc, env in (("unix:/nonexistent/socket", {}),
                     (None, {"BADGEWARD_READER": "/bin/false"})):
        with Booth(start=False, env=env) as booth:
            booth.sim.nfc = nfc or booth.sim.nfc
            booth.start()
            closed(booth.kiosk)
            assert booth.kiosk.ask("wait idle 4000").startswith("err")


def main():
    with Booth() as booth:
        reader_missing(booth)
        print("ok reader_missing", flush=True)
        one_kiosk_a_directory(booth)
        print("ok one_kiosk_a_directory", flush=True)
    for case in (tells_what_is_so, policy_ended,
                 policy_changes_between_attendees, damaged_journal, reader_faults_are_told_apart,
                 reader_that_never_speaks):
        case()
        print("ok", case.__name__, flush=True)


main()
