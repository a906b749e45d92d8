# SPDX-License-Identifier: Apache-2.0
"""drive.py - reader_drive for system tests: a kiosk that is only its reader.

    with Sim() as sim, Drive(sim.nfc) as drive:
        drive.expect("ready")
        drive.read(5000)
        uid, ndef = drive.badge()

Events are (time in µs, words). field_rule() says whether the field was on only
during reads, and how long after a crash at most.
"""

import os
import select
import signal
import subprocess
import time

from sim import now, reader_of

SECOND = 1000000
NO_BADGE, NOT_OURS, READ_ERROR, REMOVED, MORE_THAN_ONE = "12678"
STARTING, ABSENT, IN_USE, NO_ANSWER, WRONG, CRASHED, GARBAGE = "1234567"
DENIED, KERNEL = "89"


def until(condition, seconds=10.0, what="condition"):
    end = time.monotonic() + seconds
    while not (got := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.005)  # between two looks
    return got


class Drive:
    def __init__(self, nfc, env=None):
        self.rest = b""
        self.events = []
        self.windows = []  # when the field may be on: [from, to or None]
        self.p = subprocess.Popen(
            [os.path.join(os.environ["BUILD"], "tests/reader_drive"), nfc],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=dict(os.environ, BADGEWARD_READER=os.path.join(
                os.environ["BIN"], "badgeward-reader"), **(env or {})))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.p.poll() is None and not self.p.stdin.closed:
            self.p.stdin.close()
        try:
            self.p.wait(10)
        finally:
            self.p.kill()
            self.p.wait()
            self.p.stdout.close()

    def event(self, seconds=10.0):
        """The next event's words, or None."""
        end = time.monotonic() + seconds
        while b"\n" not in self.rest:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.p.stdout], [], [],
                                              left)[0]:
                return None
            more = os.read(self.p.stdout.fileno(), 65536)
            if not more:
                return None
            self.rest += more
        line, self.rest = self.rest.split(b"\n", 1)
        stamp, *words = line.decode().split(" ")
        self.events.append((int(stamp), words))
        if words[0] in ("badge", "unread"):
            self.close_window(0)
        return words

    def close_window(self, more):
        """The field may be on no longer than so many µs from now."""
        if self.windows and self.windows[-1][1] is None:
            self.windows[-1][1] = self.at() + more

    def crashed(self):
        """The reader was just killed: it has a second for the sweep."""
        self.windows[-1][1] = now() + SECOND

    def at(self):
        """The time of the last event."""
        return self.events[-1][0]

    def expect(self, *words, seconds=10.0):
        got = self.event(seconds)
        assert got is not None and got[:len(words)] == list(words), \
            f"{got} instead of {words}"
        return got

    def send(self, line):
        self.p.stdin.write(line.encode() + b"\n")
        self.p.stdin.flush()

    def read(self, ms=5000):
        self.windows.append([now(), None])
        self.send(f"read {ms}")
        self.expect("read", "ok")

    def cancel(self):
        self.send("cancel")
        self.expect("cancel", "ok")
        self.close_window(SECOND // 2)

    def badge(self):
        """Read on to the badge; its UID as hex and its message."""
        words = self.event()
        while words == ["seen"]:
            words = self.event()
        assert words is not None and words[0] == "badge", words
        return words[1], bytes.fromhex(words[2])

    def unread(self, reason, seconds=10.0):
        words = self.event(seconds)
        while words == ["seen"]:
            words = self.event(seconds)
        assert words == ["unread", reason], words

    def pid(self):
        """The reader's process."""
        return until(lambda: reader_of(self.p.pid), 5, "a reader process")

    def kill_reader(self, sig=signal.SIGKILL):
        pid = self.pid()
        os.kill(pid, sig)
        return pid

    def kill(self):
        """kill -9 the kiosk itself."""
        self.crashed()
        self.p.kill()
        self.p.wait()


def field_rule(sim, *drives):
    """The field is on in windows of these drives and nowhere else; it is off
    now. Returns how often it was switched on."""
    windows = sorted(w for d in drives for w in d.windows)
    on = None
    times = 0
    for e in sim.trace():
        off = e.get("field") == "off" or e.get("port") == "unplugged" or \
            e.get("chip") == "reset"
        if e.get("field") == "on" and on is None:
            on = e["t"]
            times += 1
        elif off and on is not None:
            assert any(a <= on and (b is None or e["t"] <= b)
                       for a, b in windows), \
                f"the field was on from {on} to {e['t']}: {windows}"
            on = None
    assert on is None, f"the field is still on, from {on}"
    return times


def tlv(message):
    n = len(message)
    head = bytes([3, n]) if n < 255 else b"\x03\xff" + n.to_bytes(2, "big")
    return head + message + b"\xfe"


def some_message(n=100):
    """n bytes: the reader hands over what it finds, whatever it is."""
    return bytes((i * 7 + 1) % 256 for i in range(n))


def put_tag(sim, name="ada", uid="04a1b2c3d4e580", kind="ntag215",
            message=None, present=True):
    message = some_message() if message is None else message
    sim.do(f"tag add {name} {kind} {uid}")
    sim.load(name, tlv(message))
    if present:
        sim.do(f"tag present {name}")
    return uid, message
