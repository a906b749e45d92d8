# SPDX-License-Identifier: Apache-2.0
"""The uplink's word is not signed: whatever it brings, what the host has not
cosigned stays on its way, and goes out again when it was taken away for
nothing, yet never in a loop that a lying network could drive.
"""

import json
import os
import shutil
import signal
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth, tool  # noqa: E402
from world import until  # noqa: E402

NOTE = "log.summit.example/ev26/k07\n2\n" + "A" * 43 + "=\n\n" \
    "— log.summit.example/ev26/k07 AAAAAAAA\n"


def inbox(booth, name, text=""):
    new = booth.state / "inbox" / f".{name}.tmp"
    new.write_text(text)
    new.rename(booth.state / "inbox" / name)


def resend(booth, number):
    """Told that the host has only so many entries; the kiosk took it."""
    name = f"resend-{number:010d}"
    inbox(booth, name)
    until(lambda: not (booth.state / "inbox" / name).exists(), 10, "taken")


def forged_resend(booth):
    """It neither delays nor drops what waits."""
    booth.share()
    booth.kiosk.tap("done")
    until(lambda: [n for n in booth.uploads() if n.endswith("02.cbor")], 5,
          "the share goes out")
    for number in 1, 2, 3, 9999999999:
        resend(booth, number)
        booth.mail_done()
        assert booth.uploads()[0].startswith("log-0000000000"), booth.uploads()
        assert booth.uploads()[-1].endswith("02.cbor"), booth.uploads()


def false_answer(booth):
    """The upload went away on a note that does not count: it is there again
    at once, and the next times ever later."""
    away = []

    def lie():
        names = booth.uploads()
        for name in names:
            size = int(name[15:25])
            inbox(booth, f"note-{size:010d}.txt", NOTE)
            (booth.state / "outbox" / name).unlink()
        if names:
            away.append(time.monotonic())
        return time.monotonic() > end
    end = time.monotonic() + 5
    until(lie, 30, "a while of lies")
    # once, again at once, after 1 s and 2 s
    assert 3 <= len(away) <= 4, f"{len(away)} times"
    assert away[1] - away[0] < 2, away
    until(booth.uploads, 20, "what was taken away goes out again")
    assert booth.take() == [(0, "open"), (1, "share")]
    # The host's own note ends it.
    booth.share()
    booth.kiosk.tap("done")
    until(booth.uploads, 5, "a new share")
    name = booth.uploads()[0]
    inbox(booth, "note-0000000003.txt", NOTE)
    (booth.state / "outbox" / name).unlink()
    until(lambda: name in booth.uploads(), 3, "at once again")
    assert booth.take() == [(2, "share")]


def no_note_but_in_the_way(booth):
    """What can be neither read nor removed, in a note's place, says nothing:
    real notes count beside it, and what was taken away goes out again."""
    box = booth.state / "inbox"
    (box / "note-9999999999.txt").mkdir()
    (box / "note-9999999999.txt/full").write_text("")
    (box / "note-9999999998.txt").symlink_to(booth.state / "kiosk/log.key")
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(str(box / "note-9999999997.txt"))
    booth.mail_done()
    assert (booth.state / "kiosk/log.key").exists()
    for _ in range(2):
        booth.share()
        booth.kiosk.tap("done")
        name = until(booth.uploads, 5, "a new share")[0]
        (booth.state / "outbox" / name).unlink()
        until(lambda: booth.uploads()[:1] and
              booth.uploads()[0][:14] == name[:14], 20, "it goes out again")
        assert booth.take()[-1][1] == "share"
        until(lambda: not [p for p in box.iterdir() if p.name.startswith(
            "note-00")], 10, "the host's note is looked at")
        booth.mail_done()
        assert not booth.uploads(), "it did not count"
        booth.quit()
        booth.start()
        booth.kiosk.wait("idle")
    shutil.rmtree(box / "note-9999999999.txt")


def host_restored_from_an_old_backup():
    """Said often enough and long enough, not once: the booth closes, over a
    restart too, until the host signs for more than it ever had."""
    with Booth() as booth:
        kiosk = booth.kiosk
        booth.share()
        kiosk.tap("done")
        until(lambda: booth.uploads()[-1:] and
              booth.uploads()[-1].endswith("02.cbor"), 5, "the share")
        os.kill(kiosk.pid, signal.SIGSTOP)
        booth.take()
        old = (booth.state / "inbox/note-0000000002.txt").read_text()
        os.kill(kiosk.pid, signal.SIGCONT)
        booth.mail_done()
        booth.share()
        kiosk.tap("done")
        until(booth.uploads, 5, "a second share waits")
        for _ in range(4):
            resend(booth, 1)
        booth.share()
        kiosk.tap("done")  # a moment does not count
        assert kiosk.state() == "idle"
        kiosk.do("advance 300000")
        booth.take()
        booth.mail_done()
        resend(booth, 1)
        booth.share()
        kiosk.tap("done")  # nor what was before a note
        booth.mail_done()
        resend(booth, 1)
        kiosk.do("advance 300000")
        booth.mail_done()
        assert kiosk.state() == "idle"  # nor twice
        resend(booth, 1)
        kiosk.wait("trouble")
        assert "lost a part" in str(kiosk.text()), kiosk.text()
        kiosk.do("advance 60000")
        booth.mail_done()
        status = json.loads((booth.state / "outbox/status.json").read_text())
        assert status["trouble"] == "host", status
        booth.quit()
        booth.start()
        until(lambda: "trouble: host" in booth.log().split("is in force")[-1],
              15, "closed as before")
        inbox(booth, "note-0000000002.txt", old)
        booth.mail_done()
        assert booth.kiosk.state() == "trouble"
        assert booth.uploads(), "nothing would ask the host again"
        booth.take()
        booth.kiosk.wait("idle")
        assert not (booth.state / "kiosk/host-lost").exists()


def falsely_revoked():
    """The booth is closed while it is said, over a restart too; nothing is
    wiped, and what the host signs counts more."""
    with Booth() as booth:
        kiosk = booth.kiosk
        booth.ask()
        inbox(booth, "revoked")
        until(lambda: "trouble: revoked" in booth.log(), 10, "taken")
        assert kiosk.state() == "ask"
        kiosk.tap("share")  # would release nothing
        assert kiosk.state() == "trouble"
        assert "was revoked" in str(kiosk.text()), kiosk.text()
        kiosk.do("advance 600000")
        inbox(booth, "revoked")
        booth.mail_done()
        status = json.loads((booth.state / "outbox/status.json").read_text())
        assert status["trouble"] == "revoked", status
        kiosk.do("advance 600000")
        booth.mail_done()
        assert kiosk.state() == "trouble"  # it was said again
        booth.quit()
        booth.start()
        booth.kiosk.wait("trouble")
        booth.mail_done()
        until(lambda: booth.log().count("trouble: revoked") == 2, 10,
              "closed as before")
        booth.kiosk.do("advance 900000")
        booth.kiosk.wait("idle")
        assert not (booth.state / "kiosk/revoked").exists()
        booth.share()
        booth.kiosk.tap("done")
        inbox(booth, "revoked")
        booth.kiosk.wait("trouble")
        tool("policy", booth.state, 2, 1 << 3)
        booth.kiosk.wait("idle")
        booth.share()
        booth.kiosk.tap("done")


def main():
    falsely_revoked()
    print("ok falsely_revoked", flush=True)
    host_restored_from_an_old_backup()
    print("ok host_restored_from_an_old_backup", flush=True)
    with Booth() as booth:
        booth.kiosk.wait("idle")
        for case in (forged_resend, false_answer,
                     no_note_but_in_the_way):
            case(booth)
            print("ok", case.__name__, flush=True)


main()
