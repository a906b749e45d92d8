# SPDX-License-Identifier: Apache-2.0
"""journal recover among what others put into a log's file: what the device
signed is found, soon, and a file of another device or of none is refused."""

import hashlib
import os
import shutil
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from world import World, clock_env, until  # noqa: E402

MANY = 10000


def number(n):
    for head, size in ((0x18, 1), (0x19, 2), (0x1a, 4)):
        if n < 24 and size == 1:
            return bytes([n])
        if n < 1 << 8 * size:
            return bytes([head]) + n.to_bytes(size, "big")
    raise AssertionError(n)


def string(data):
    head = number(len(data))
    return bytes([head[0] | 0x40]) + head[1:] + data


def leaf(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def row(seq, when, prev):
    """An entry and its body, well-formed and by nobody."""
    name = b"example-corp"
    body = b"\x83\x01" + string(os.urandom(16)) + \
        bytes([0x60 + len(name)]) + name
    commit = hashlib.sha256(b"badgeward/1 body\0" + body).digest()
    return b"\x87\x01\x02" + number(seq) + number(when) + string(prev) + \
        string(commit) + number(0), body


def share(d, tag):
    d.kiosk.wait("idle", 15000)
    d.kiosk.tap("start")
    d.kiosk.tap("share")
    d.kiosk.wait("hold")
    d.sim.do(f"tag present {tag}")
    d.kiosk.shared()
    d.sim.do(f"tag remove {tag}")
    d.kiosk.tap("done")


def booth(w):
    """A device of whose three shares the host has the first; its journal."""
    d = w.device("k20")
    ada = next(r["id"] for r in w.registrations()
               if r["status"] == "attending")
    tag = d.badge(ada, "04e10cda993c20")
    d.enrol()
    d.start_kiosk()
    share(d, tag)
    until(w.leads, 30, "share 1 is at the host")
    d.rested()
    d.uplink.kill()
    share(d, tag)
    share(d, tag)
    d.kiosk.wait("idle")
    d.kiosk.do("quit")
    d.kiosk.p.wait(20)
    return d, (d.state / "kiosk/journal.db").read_bytes()


def forged(data):
    """A second way on from share 1, that the device's own sorts before."""
    at = data.index(b"\x87\x01\x01\x02")
    prev, when = data[at + 11:at + 43], int.from_bytes(data[at + 5:at + 9], "big")
    when = (when // 900 + 1) * 900
    real = leaf(data[at:at + 9 + 34 + 34 + 1])
    while True:
        entry, body = row(2, when, prev)
        if leaf(entry) > real:
            break
    return prev, when, entry + body + b"".join(row(3, when, leaf(entry)))


def beside_the_log(w, d):
    """Declines of a quarter hour that is not over: said, and not taken in."""
    place, clock = w.dir / "waits", w.dir / "clock"
    clock.write_text(f"{960 - int(time.time()) % 900} ntp")
    kiosk = d.start_kiosk(env=clock_env(clock))
    for _ in range(2):
        kiosk.wait("idle", 15000)
        kiosk.tap("start")
        kiosk.tap("decline")
        kiosk.tap("done")
    kiosk.kill()
    place.mkdir()
    for part in d.state.glob("kiosk/journal.db*"):
        shutil.copy(part, place)
    words = ["journal", "recover", place, "--dry-run"]
    both = "not taken in: 2 declined, 0 without an answer, 0 not read"
    said = w.cli(*words)
    assert both in said, said
    # The last transaction is half written; then the first page is lost.
    wal, file = place / "journal.db-wal", place / "journal.db"
    data = wal.read_bytes()
    wal.write_bytes(data[:-1])
    assert both.replace("2", "1") in w.cli(*words)
    wal.unlink()
    file.write_bytes(b"this is no database at all.." + file.read_bytes()[28:])
    assert "beside the log: cannot be read" in w.cli(*words)


def main():
    with World() as w:
        w.start_host()
        d, data = booth(w)
        place = w.dir / "lost"
        place.mkdir()
        file = place / "journal.db"
        words = ["journal", "recover", place, "--dry-run"]

        def both_found(more):
            file.write_bytes(data + more)
            said = w.cli(*words)
            assert "Would go into quarantine: 2," in said, said

        both_found(b"")
        prev, when, branch = forged(data)
        both_found(branch)
        # The device's own checkpoint behind a row that it is not over.
        end = data.index(b"log.summit.example/ev26/k20\n4\n")
        note = data[end:data.index(b"\n", data.index(b"\n\n", end) + 2) + 1]
        both_found(branch + note)
        flood = b"".join(b"".join(row(2, when, prev)) for _ in range(MANY)) + \
            b"".join(b"".join(row(3, when, os.urandom(32)))
                     for _ in range(MANY))
        began = time.monotonic()
        both_found(flood)
        took = time.monotonic() - began
        assert took < 5, f"{took} s for {len(flood) >> 10} KiB"
        # It says whose it is.
        file.write_bytes(data)
        w.device("k21").add()
        said = w.refused(*words, "--device", "k21")
        assert "this log is k20's, not k21's; leave --device out" in said, said
        assert w.cli(*words, "--device", "k20") == w.cli(*words)
        # What is none.
        for junk in (b"", b"id,name\r\n1,Ada\r\n"):
            file.write_bytes(junk)
            for more in ((), ("--device", "k20")):
                said = w.refused(*words, *more)
                assert "is no journal: nothing of a log is in it" in said
        shutil.rmtree(place)
        beside_the_log(w, d)


main()
