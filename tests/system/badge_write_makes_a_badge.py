# SPDX-License-Identifier: Apache-2.0
"""`badge write`: from a registration to a tag on a writer. The simulated chip
is the writer, Debian's libnfc drives it."""

import fcntl
import pathlib
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
from sim import Sim  # noqa: E402
from world import BIN, World  # noqa: E402

UID = "04e10cda993c80"


def tlv(dump):
    """The NDEF message in a tag's memory."""
    at = 16
    while dump[at] != 3:
        assert dump[at] == 1, dump[at]
        at += 2 + dump[at + 1]
    n, at = dump[at + 1], at + 2
    if n == 255:
        n, at = int.from_bytes(dump[at:at + 2], "big"), at + 2
    assert n == 0 or dump[at + n] == 0xFE
    return dump[at:at + n]


def editions(world):
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return db.execute("SELECT edition, hex(uid), type FROM edition "
                          "ORDER BY id").fetchall()


def retired(world, registration):
    """How many of its badges are blocked."""
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return db.execute("SELECT count(*) FROM badge WHERE registration = ? "
                          "AND retired_at <> 0", (registration,)).fetchone()[0]


def test_what_lies_there(world, sim, write, refused):
    """Nothing is written over unasked but one's own badge and empty tags."""
    ada, bob, cy = [r["id"] for r in world.registrations()
                    if r["status"] == "attending"][:3]
    sim.do("tag remove ada")
    sim.do("tag add two ntag216 04c10cda993c83")
    sim.do("tag present two")
    assert write(registration=bob).returncode == 0
    held, count = sim.dump("two"), len(editions(world))
    for who in cy, ada:
        refused(f"the badge of registration {bob}; ", write(registration=who))
    assert sim.dump("two") == held and len(editions(world)) == count
    assert write(registration=bob).returncode == 0
    # Torn away before it is written, his is still there, and good.
    held = sim.dump("two")
    sim.do("tag tear two 0 writes")
    done = write("--overwrite", registration=cy)
    assert done.returncode == 1 and "is blocked" not in done.stderr, done
    assert sim.dump("two") == held and retired(world, bob) == 0
    sim.do("tag present two")
    # Over it on demand: he is left without a tag, so his badge is blocked.
    done = write("--overwrite", registration=cy)
    assert done.returncode == 0, done
    assert f"registration {bob} that lay on this tag is blocked" in \
        done.stderr, done
    will = done.stderr.index(f"registration {bob} on this tag will be written "
                             "over and blocked")
    assert will < done.stderr.index("is blocked"), done
    assert retired(world, bob) == 1 and retired(world, cy) == 0
    with sqlite3.connect(world.host_dir / "host.db") as db:
        assert db.execute("SELECT object FROM audit WHERE act = 'badge.over'"
                          ).fetchall() == [(f"registration {bob}",)]
    done = write("--overwrite", registration=bob)
    assert done.returncode == 0 and "edition 1" in done.stdout, done
    assert retired(world, cy) == 1 and retired(world, bob) == 1
    # When a newer edition is on another tag, that one stays good.
    sim.do("tag remove two")
    sim.do("tag add three ntag216 04d10cda993c84")
    sim.do("tag present three")
    assert write(registration=bob).returncode == 0
    sim.do("tag remove three")
    sim.do("tag present two")
    refused(f"registration {bob}", write(registration=cy))
    done = write("--overwrite", registration=cy)
    assert done.returncode == 0 and "is blocked" not in done.stderr, done
    assert retired(world, bob) == 1
    # Not a badge of this event: a copy, an address, a badge nobody knows.
    image = sim.dump("three")[16:16 + 872]
    sim.load("two", image)
    refused("no badge of this event", write(registration=bob))
    sim.load("two", bytes.fromhex("0308d101045501782e79fe"))
    refused("no badge of this event", write(registration=bob))
    assert write("--overwrite", registration=bob).returncode == 0
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DELETE FROM edition WHERE uid = x'04c10cda993c83'")
    refused("is not known here", write(registration=bob))
    # A tag that was formatted, and one with no message at all.
    for empty in "0303d00000fe", "0300fe", "":
        sim.load("two", bytes.fromhex(empty))
        done = write(registration=bob)
        assert done.returncode == 0, done
    sim.do("tag remove two")
    sim.do("tag present ada")


def test_reissue(world, sim, write, refused):
    """A badge that was lost is blocked, whatever lies on the new tag; and what
    lies there is another question."""
    dee, eve = [r["id"] for r in world.registrations()
                if r["status"] == "attending"][3:5]
    sim.do("tag remove ada")
    for name, uid in ("lost", "04a10cda993c85"), ("new", "04a20cda993c86"):
        sim.do(f"tag add {name} ntag216 {uid}")
    sim.do("tag present lost")
    done = write("--reissue", registration=dee)
    assert done.returncode == 0 and "none will be blocked" in done.stderr, done
    sim.do("tag remove lost")
    sim.do("tag present new")
    done = write(registration=dee)
    assert done.returncode == 0 and "--reissue" in done.stderr, done
    assert retired(world, dee) == 0
    # Another's badge lies there: --reissue says nothing about that.
    refused("--overwrite", write("--reissue", registration=eve))
    done = write("--overwrite", registration=dee)
    assert done.returncode == 0 and retired(world, dee) == 0, done
    assert "blocked" not in done.stderr, done
    done = write("--reissue", registration=dee)
    assert done.returncode == 0 and retired(world, dee) == 1, done
    assert f"registration {dee} has, on every tag, will be blocked" in \
        done.stderr, done
    done = write("--replace", registration=dee)
    assert done.returncode == 2, done
    sim.do("tag remove new")
    sim.do("tag present ada")


def test_which_fault(world, sim, write, refused):
    """What can be wrong with a writer is told apart, with what to do."""
    for name in "", "foo", "foo:/dev/tty", "pn532_uart", "pn532_uart:ttyS0", \
            "pn532_uart:/":
        done = write(nfc=name)
        assert done.returncode == 2 and done.stdout == "", (name, done)
        assert "reader's name" in done.stderr, (name, done)
    refused("plug the writer in", write(nfc="pn532_uart:/nonexistent"))
    # Somebody reads its answers away, without any lock.
    with open(sim.link, "rb", buffering=0) as port:
        sim.do("fault silent all")
        refused("end that one first", write())
        assert port.readable()
    refused("no writer answers", write())
    sim.do("fault clear")
    # Another of ours holds it, and the chip would answer.
    with open(sim.link, "rb", buffering=0) as port:
        fcntl.flock(port, fcntl.LOCK_EX)
        refused("end that one first", write())


def main():
    with World() as world, Sim() as sim:
        ada = world.registrations()[0]

        def write(*more, registration=ada["id"], nfc=sim.nfc):
            return world.run(BIN / "badgeward", "-C", world.host_dir, "badge",
                             "write", "--registration", registration, "--nfc",
                             nfc, "--wait", "1", *more)

        def refused(says, done):
            assert done.returncode == 1 and done.stdout == "", done
            assert says in done.stderr, (says, done.stderr)
            assert not sim.field(), "the field is still on"

        # Nothing there: no edition is used up.
        refused("tag", write())
        assert editions(world) == []

        sim.do(f"tag add ada ntag215 {UID}")
        sim.do("tag present ada")
        done = write()
        assert done.returncode == 0, done
        assert done.stdout == ("written and read back: registration "
                               f"{ada['id']}, edition 1\n"), done
        assert not sim.field()
        first = tlv(sim.dump("ada"))
        assert b"badgeward.org:b" in first
        assert ada["name"].encode() not in first, "a value in the clear"
        assert editions(world) == [(1, UID.upper(), "ntag215")]

        # Again: the next edition, with other bytes.
        done = write("--fields", "name")
        assert done.returncode == 0 and "edition 2" in done.stdout, done
        second = tlv(sim.dump("ada"))
        assert len(second) < len(first)

        # Two at once, a tag that is too small, one that is torn away.
        sim.do("tag add small ntag213 04b10cda993c82")
        sim.do("tag present small")
        refused("", write())
        sim.do("tag remove ada")
        refused("--pointer", write())
        done = write("--pointer")
        assert done.returncode == 0, done
        sim.do("tag remove small")
        before = len(editions(world))
        sim.do("tag present ada")
        sim.do("tag tear ada 3 writes")
        refused("", write())
        after = sim.dump("ada")
        assert tlv(after) in (second, b""), "half a badge"
        assert len(editions(world)) == before + 1
        sim.do("tag present ada")
        done = write()
        assert done.returncode == 0, done

        test_what_lies_there(world, sim, write, refused)

        # Whom it refuses; a writer that is not there.
        minor = next(r["id"] for r in world.registrations()
                     if r["status"] == "minor")
        held = sim.dump("ada")
        done = write(registration=minor)
        refused("minor", done)
        assert "lay one tag" not in done.stderr, "asked for a tag first"
        assert sim.dump("ada") == held
        test_reissue(world, sim, write, refused)
        test_which_fault(world, sim, write, refused)
        done = write("--wait", "61")
        assert done.returncode == 2 and "twice" in done.stderr, done
        done = subprocess.run([BIN / "badgeward", "-C", world.host_dir,
                               "badge", "write"], capture_output=True,
                              text=True, timeout=20)
        assert done.returncode == 2 and "--registration is missing" in \
            done.stderr, done


main()
