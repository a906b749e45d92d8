# SPDX-License-Identifier: Apache-2.0
"""The badge writer writes and verifies, says what is wrong, and a tag that is
torn away at any write holds its old badge, the new one, or none."""

import concurrent.futures
import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from sim import Sim  # noqa: E402

UID = "04a1b2c3d4e580"
(OK, SYSTEM, CONNSTRING, NO_WRITER, IN_USE, NO_ANSWER, CRASHED, NO_TAG,
 MORE_TAGS, NO_NTAG, OTHER_TAG, TOO_SMALL, PROTECTED, REMOVED, REFUSED,
 DIFFERS, TINY) = range(17)
WORST = 60


def tlv(n, fill):
    """An NDEF TLV with a message of n bytes."""
    head = bytes([3, n]) if n < 255 else bytes([3, 255, n >> 8, n & 255])
    return head + bytes((fill + i) & 0x7f for i in range(n)) + b"\xfe"


def message(memory):
    """What a reader finds in a tag's user memory; None when nothing."""
    i = 0
    while i + 1 < len(memory):
        kind, length, at = memory[i], memory[i + 1], i + 2
        if kind == 0:
            i += 1
            continue
        if kind == 0xfe:
            return None
        if length == 255:
            length, at = int.from_bytes(memory[at:at + 2], "big"), at + 2
        if kind == 3:
            return memory[at:at + length] or None
        i = at + length
    return None


def start(sim, *args, nfc=None):
    tool = os.path.join(os.environ["BUILD"], "tests/tag_tool")
    return subprocess.Popen([tool, nfc or sim.nfc, *map(str, args)],
                            stdout=subprocess.PIPE, text=True)


def finish(p, expected):
    text, _ = p.communicate(timeout=WORST)
    lines = text.splitlines()
    assert p.returncode == expected, (p.returncode, text)
    assert lines[-1].startswith(f"{expected} "), text
    return lines[0]


def tool(sim, expected, *args, nfc=None):
    """Run the tool; its first line. The field must be off then."""
    line = finish(start(sim, *args, nfc=nfc), expected)
    if sim.state()["plugged"]:
        assert not sim.field(), "the writer left the field on"
    return line


def image(sim, data):
    path = sim.dir / "image"
    path.write_bytes(data)
    return path


def user(sim, name):
    return sim.dump(name)[16:]


def test_writes(sim):
    for kind, uid, room, size in (("mf0ul21", "04090909090909", 128, 125),
                                  ("ntag213", "04010101010101", 139, 136),
                                  ("ntag215", "04020202020202", 496, 491),
                                  ("ntag216", "04030303030303", 872, 867)):
        sim.do(f"tag add {kind} {kind} {uid}")
        sim.do(f"tag present {kind}")
        assert tool(sim, OK, 2000) == f"{uid} {kind} {room}"
        before = sim.dump(kind)
        for n, fill in ((size, 1), (20, 2), (120, 3)):
            path = image(sim, tlv(n, fill))
            tool(sim, OK, 2000, path)
            got = user(sim, kind)
            assert message(got) == tlv(n, fill)[2 if n < 255 else 4:-1]
            if kind == "ntag213":
                assert got.startswith(bytes.fromhex("0103a00c3403"))
        # One byte more changes nothing.
        path = image(sim, tlv(size + 1, 4))
        tool(sim, TOO_SMALL, 2000, path)
        assert message(user(sim, kind)) == tlv(120, 3)[2:-1]
        # Nothing but the user memory was touched.
        assert sim.dump(kind)[:16] == before[:16]
        assert sim.dump(kind)[16 + room + 5:] == before[16 + room + 5:]
        sim.do(f"tag remove {kind}")


def test_refusals(sim):
    path = image(sim, tlv(100, 5))
    tool(sim, NO_TAG, 0)
    p = start(sim, 20000, path)  # waits for the tag
    sim.wait_field(True)
    sim.do("tag present ntag215")
    finish(p, OK)
    tool(sim, OTHER_TAG, 2000, path, UID)
    sim.do("tag present ntag216")
    tool(sim, MORE_TAGS, 2000, path)
    sim.do("tag remove ntag215")
    sim.do("tag remove ntag216")
    for kind, uid, why in (("classic", "aabbccdd", NO_NTAG),
                           ("type4", "05060606060606", NO_NTAG),
                           ("ultralight", "04070707070707", TINY),
                           ("mf0ul11", "04080808080808", TINY)):
        sim.do(f"tag add {kind} {kind} {uid}")
        sim.do(f"tag present {kind}")
        tool(sim, why, 2000)
        sim.do(f"tag remove {kind}")
    sim.do("tag present ntag215")
    before = sim.dump("ntag215")
    tool(sim, SYSTEM, 2000, image(sim, b"no TLV at all"))
    assert sim.dump("ntag215") == before
    sim.do("tag remove ntag215")


def test_protected(sim):
    """Each way to lock a tag is seen before a byte is changed."""
    for i, poke in enumerate((
            "2 4f480001",   # page 8 by the static locks
            "3 e1103e0f",   # read-only by the capability container
            "130 010000bd",  # pages 16 to 31 by the dynamic locks
            "131 04000010")):  # page 16 on by a password
        name = f"locked{i}"
        sim.do(f"tag add {name} ntag215 0408080808080{i}")
        sim.load(name, tlv(60, 7))
        sim.do(f"tag poke {name} {poke}")
        before = sim.dump(name)
        sim.do(f"tag present {name}")
        tool(sim, PROTECTED, 2000, image(sim, tlv(200, 8)))
        assert sim.dump(name) == before
        if i >= 2:  # what is short enough stays below the locked pages
            tool(sim, OK, 2000, image(sim, tlv(40, 8)))
        sim.do(f"tag delete {name}")


def test_torn(sim, how):
    """Torn away at the Nth write, for every N there is."""
    old, new = tlv(50, 9), tlv(70, 10)
    for kind in ("ntag213", "ntag215"):
        name = f"{how}-{kind}"
        sim.do(f"tag add {name} {kind} "
               f"04{len(how):02x}0909090{kind[-1]}09")
        lock = bytes.fromhex("0103a00c34") if kind == "ntag213" else b""
        n, results, seen = 0, [], set()
        while OK not in results:
            sim.load(name, lock + old)
            sim.do(f"tag tear {name} {n} {how}")
            sim.do(f"tag present {name}")
            p = start(sim, 2000, image(sim, new))
            p.communicate(timeout=WORST)
            results.append(p.returncode)
            got = message(user(sim, name))
            assert got in (None, old[2:-1], new[2:-1]), (how, n, got)
            seen.add(got)
            assert not sim.field()
            sim.do(f"tag remove {name}")
            n += 1
        assert n > 18, n
        assert set(results[:-1]) <= {REMOVED, DIFFERS}, results
        assert results.count(DIFFERS) <= 1, results
        assert None in seen and new[2:-1] in seen
        # And then simply once more.
        sim.do(f"tag present {name}")
        tool(sim, OK, 2000, image(sim, new))
        sim.do(f"tag delete {name}")


def test_faults(sim):
    """A single mishap is made good, a stubborn one is told."""
    new = tlv(70, 11)
    sim.do("tag present ntag215")
    for fault in ("nak", "timeout"):
        sim.do(f"fault {fault} at 2 on 40")  # a page
        tool(sim, OK, 2000, image(sim, new))
        assert message(user(sim, "ntag215")) == new[2:-1]
        sim.do("fault clear")
    sim.do("fault nak all at 2 on 40")
    tool(sim, REFUSED, 2000, image(sim, tlv(70, 12)))
    assert message(user(sim, "ntag215")) is None
    sim.do("fault clear")
    # Refused from the first page on, nothing has changed.
    before = sim.dump("ntag215")
    sim.do("fault nak all on 40")
    tool(sim, PROTECTED, 2000, image(sim, new))
    assert sim.dump("ntag215") == before
    sim.do("fault clear")
    # libnfc aborts in the middle; another process sweeps the field off.
    sim.do("fault status80 at 2 on 40")
    tool(sim, CRASHED, 2000, image(sim, new))
    # The chip falls silent, and the tool with it: not for ever.
    for fault in ("silent at 20", "garbage all at 30"):
        sim.do(f"fault {fault}")
        p = start(sim, 2000, image(sim, new))
        finish(p, NO_ANSWER)
        sim.do("fault clear")
        sim.do("chip reset")  # its field is dark for sure
    tool(sim, OK, 2000, image(sim, new))
    assert message(user(sim, "ntag215")) == new[2:-1]
    # A worn page says yes and keeps its old bytes: only reading tells.
    sim.do("tag wear ntag215 9")
    tool(sim, DIFFERS, 2000, image(sim, tlv(70, 20)))
    sim.do("tag remove ntag215")


def test_hiccups(sim, fault, first=0, step=1):
    """One lost or broken answer of the chip at any command does no harm: at
    every step-th from the first on."""
    new, path = tlv(9, 13), image(sim, tlv(9, 13))
    sim.do("tag add hiccup ntag213 04101010101010")
    sim.do("tag present hiccup")
    before = len(sim.commands())
    tool(sim, OK, 2000, path)
    commands = len(sim.commands()) - before
    assert commands > 40, commands
    for at in range(1 + first, commands + 1, step):
        sim.load("hiccup", tlv(20, 14))
        sim.do(f"fault {fault} 1 at {at}")
        p = start(sim, 2000, path)
        text, _ = p.communicate(timeout=WORST)
        assert p.returncode == OK, (fault, at, text)
        assert message(user(sim, "hiccup")) == new[2:-1], (fault, at)
        assert not sim.field()
        sim.do("fault clear")


def test_changed_between(sim):
    path = image(sim, tlv(9, 13))
    sim.do("tag add hiccup ntag213 04101010101010")
    # When the old message is gone and the next try finds a locked or another
    # tag or none, it is not said that nothing has changed.
    for more, expected in (("tag remove hiccup", REMOVED),
                           ("tag poke hiccup 3 e110120f", REFUSED)):
        sim.do("tag present hiccup")
        sim.load("hiccup", tlv(20, 14))
        seen = len(sim.trace())
        sim.do("fault silent at 2 on 40")  # the second page
        p = start(sim, 2000, path)
        while not any("fault" in e for e in sim.trace()[seen:]):
            assert p.poll() is None, "it ended before"
            time.sleep(0.01)  # between two looks
        sim.do(more)
        sim.do("fault clear")
        finish(p, expected)
        assert message(user(sim, "hiccup")) is None


def test_kills(sim):
    """Killed while it waits: its child switches the field off."""
    p = start(sim, 60000)
    sim.wait_field(True)
    p.send_signal(signal.SIGKILL)
    p.wait(10)
    p.stdout.close()
    sim.wait_field(False)
    # Ctrl-C goes to both: the child minds its parent's end only.
    p = subprocess.Popen(
        [os.path.join(os.environ["BUILD"], "tests/tag_tool"), sim.nfc,
         "60000"], stdout=subprocess.DEVNULL, start_new_session=True)
    sim.wait_field(True)
    os.killpg(p.pid, signal.SIGINT)
    p.wait(10)
    sim.wait_field(False)


def test_ports(sim):
    tool(sim, NO_WRITER, 10, nfc=f"pn532_uart:{sim.dir}/nothing")
    tool(sim, CONNSTRING, 10, nfc="x" * 2000)
    p = start(sim, 20000)
    sim.wait_field(True)
    finish(start(sim, 10), IN_USE)
    sim.do("unplug")
    finish(p, NO_WRITER)
    tool(sim, NO_WRITER, 10)
    sim.do("plug")
    sim.do("fault silent")
    tool(sim, NO_ANSWER, 10)
    sim.do("fault clear")
    tool(sim, NO_TAG, 10)


def in_order(sim):
    for test in (test_writes, test_refusals, test_protected, test_faults,
                 test_kills, test_ports):
        test(sim)


def main():
    """Most of it waits for a writer to give up: side by side, a simulator
    for each."""
    parts = [(in_order,), (test_torn, "writes"), (test_torn, "torn"),
             (test_changed_between,)]
    parts += [(test_hiccups, "garbage"), (test_hiccups, "badsum")]
    parts += [(test_hiccups, "silent", i, 3) for i in range(3)]

    def play(part):
        began = time.monotonic()
        with Sim() as sim:
            part[0](sim, *part[1:])
        print(f"ok {part[0].__name__} {part[1:]} in "
              f"{time.monotonic() - began:.0f} s", flush=True)

    with concurrent.futures.ThreadPoolExecutor(len(parts)) as pool:
        for done in [pool.submit(play, part) for part in parts]:
            done.result()


main()
