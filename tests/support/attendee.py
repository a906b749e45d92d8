# SPDX-License-Identifier: Apache-2.0
"""attendee.py - people in front of a kiosk as they come, and when the RF field
may be on meanwhile.

    who = Attendee(booth, "ada", ("second", "foreign"), random.Random(1))
    who.visit()
    who.settle()
    check(booth.sim.trace(), who)   # how often the field was on
"""

import bisect
import os
import signal
import sys
import time

from sim import reader_of

GRACE = 1_000_000  # µs after a kill
SILENT = 1_500_000  # µs more that libnfc waits for a chip that says nothing
CALLED_OFF = 500_000  # µs that libnfc's running command may take to return
# Of the time that somebody waited for a core so much is forgiven: less than
# all, so that on a machine that is always full there still is a bound.
FORGIVEN = 0.75
OPEN = ("hold", "reading")
# The second question, about a badge that was shared here before: a yes to it
# is none to another read.
AGAIN = ("You have shared today already.", "You shared on ",
         "Sie haben heute schon etwas weitergegeben.", "Sie haben am ")


def now():
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000


class Starved:
    """How long processes of this machine have waited for a core, in µs, at
    the times when it was looked at; nothing where the kernel does not say."""

    def __init__(self):
        self.at, self.total = [], []
        self.look()

    def look(self):
        try:
            with open("/proc/pressure/cpu") as f:
                total = int(f.readline().rsplit("=", 1)[1])
        except OSError:
            total = 0
        self.at.append(now())
        self.total.append(total)

    def between(self, a, b):
        first = max(bisect.bisect_right(self.at, a) - 1, 0)
        last = min(bisect.bisect_left(self.at, b), len(self.at) - 1)
        return self.total[last] - self.total[first]


class Attendee:
    """One random visit after another, and when the field may be on."""

    def __init__(self, device, good, others, rng):
        self.device, self.good, self.others, self.rng = (
            device, good, others, rng)
        self.allowed = []  # [from, to] in µs
        self.starved = Starved()
        self.yes = None
        self.counts = {}
        self.said = []
        self.present = set()
        self.unplugged = False
        self.grace = GRACE

    @property
    def kiosk(self):
        return self.device.kiosk

    def count(self, what):
        self.said.append(what)
        self.counts[what] = self.counts.get(what, 0) + 1

    # What the kiosk says, and what that means for the field.
    def look(self):
        state = self.kiosk.state()
        self.starved.look()
        if state not in OPEN and self.yes is not None:
            late = 0 if state == "shared" else CALLED_OFF
            self.allowed.append([self.yes, now() + late])
            self.yes = None
        return state

    def asked_again(self, command="tap share"):
        """What can be a yes may have led to the second question already."""
        return (command == "tap share" or command[4:5].isdigit()) and any(
            str(t).startswith(AGAIN) for t in self.kiosk.text())

    def touch(self, command):
        """A touch in ask may be the yes; what comes of it tells."""
        asked = self.look() == "ask"
        self.kiosk.do("advance 750")  # past the deaf time after a change
        before = now()
        self.kiosk.ask(command)
        state = self.kiosk.state()
        if asked and state in OPEN:
            self.yes = before
        elif asked and state in ("shared", "unread", "trouble"):
            late = 0 if state == "shared" else CALLED_OFF
            self.allowed.append([before, now() + late])  # over already
        elif asked and self.asked_again(command):
            self.allowed.append([before, now()])  # over, and not new
        return self.look()

    def answer_again(self):
        """The badge is known; it may lie there still."""
        answer = self.rng.choice(("share",) * 6 + ("decline", "silence",
                                                   "kill"))
        self.count("again: " + answer)
        if answer == "silence":
            self.kiosk.do("advance 61000")
        elif answer == "kill":
            self.kill_kiosk()
        else:
            self.kiosk.do("advance 750")
            self.kiosk.ask(f"tap {answer}")
        return self.look()

    def killed(self, at):
        """A field that may be on may stay so for a second, not longer; also
        one of a read that was called off and whose end is still due."""
        self.starved.look()
        if self.yes is not None:
            self.allowed.append([self.yes, at + self.grace])
        elif self.allowed:
            end = max(b for _, b in self.allowed[-3:])
            if at <= end + FORGIVEN * self.starved.between(end - GRACE, at):
                self.allowed.append([at, at + self.grace])
        self.yes = None

    # Badges.
    def put(self, tag):
        if tag not in self.present:
            self.device.sim.do(f"tag present {tag}")
            self.present.add(tag)

    def clear_badges(self):
        for tag in list(self.present):
            self.device.sim.do(f"tag remove {tag}")
        self.present.clear()

    # The parts of a visit.
    def settle(self):
        """Back to idle, however the last visit ended."""
        self.clear_badges()
        self.device.sim.do("fault clear")
        if self.unplugged:
            self.device.sim.do("plug")
            self.unplugged = False
        for _ in range(200):
            state = self.look()
            if state == "idle":
                return
            if state == "shared":
                self.touch("tap done")
            elif state in ("ask", "declined", "noanswer", "unread"):
                self.kiosk.do("advance 61000")
            elif state in OPEN:
                self.kiosk.do("advance 61000")
                time.sleep(0.01)
            else:
                self.kiosk.ask("wait idle 3000", 30)
        raise AssertionError(f"never idle again: {self.look()}")

    def dither(self):
        """What people do in front of a question."""
        for _ in range(self.rng.randrange(0, 4)):
            what = self.rng.choice(
                ("lang:de", "lang:en", "field:3", "size", "contrast",
                 "more-time", "wait", "anywhere", "key"))
            if what == "wait":
                self.kiosk.do(f"advance {self.rng.randrange(0, 20000)}")
            elif what == "anywhere":
                x, y = self.rng.randrange(1024), self.rng.randrange(600)
                self.touch(f"tap {x} {y}")
            elif what == "key":
                self.touch("key " + self.rng.choice(("up", "down")))
            else:
                self.touch("tap " + what)
            if self.look() != "ask":
                return
        self.count("dithered")

    def visit(self):
        rng = self.rng
        self.said = []
        self.grace = GRACE
        if rng.random() < 0.2:
            self.count("badge lies there already")
            self.put(self.good)
        if rng.random() < 0.05:
            self.count("two badges lie there")
            self.put(self.good)
            self.put(self.others[0])
        if rng.random() < 0.05:
            self.count("reader killed in idle")
            self.kill_reader()
        self.touch("tap start")
        self.dither()
        if self.look() != "ask":
            return
        if rng.random() < 0.15:
            self.count("badge shown before the answer")
            self.put(self.good)
        answer = rng.choice(("share",) * 6 + ("decline", "silence", "kill"))
        if answer == "silence":
            self.count("silence")
            self.kiosk.do("advance 61000")
        elif answer == "kill":
            self.kill_kiosk()
        elif answer == "decline":
            self.count("decline")
            self.touch("tap decline")
        else:
            self.trouble_before()
            self.count("share")
            self.touch("tap share")
            self.hold()

    def trouble_before(self):
        """Make the reader misbehave in the read that is about to start."""
        if self.rng.random() < 0.35:
            fault = self.rng.choice(
                ("nak", "crc", "timeout", "garbage", "badsum", "error",
                 "silent", "status80"))
            self.count("fault " + fault)
            if fault == "silent":  # whoever sweeps may be who meets it
                self.grace = GRACE + SILENT
            self.device.sim.do(f"fault {fault}")

    def hold(self):
        what = self.rng.choice(
            ("good",) * 5 + ("foreign", "two", "never", "cancel", "tear",
                             "remove", "unplug", "kill reader", "kill kiosk"))
        self.count(what)
        if what == "good":
            self.put(self.good)
        elif what == "foreign":
            self.put(self.others[1])
        elif what == "two":
            self.put(self.good)
            self.put(self.others[0])
        elif what == "never":
            self.kiosk.do("advance 61000")
        elif what == "cancel":
            self.touch("tap cancel")
        elif what == "tear":
            self.device.sim.do(
                f"tag tear {self.good} {self.rng.randrange(1, 5)}")
            self.put(self.good)
        elif what == "remove":
            self.put(self.good)
            self.clear_badges()
        elif what == "unplug":
            self.device.sim.do("unplug")
            self.unplugged = True
        elif what == "kill reader":
            self.kill_reader()
        elif what == "kill kiosk":
            self.kill_kiosk()
            return
        # Some stay to the end, some go on at once.
        if self.rng.random() < 0.7:
            end = now() + 300_000
            while self.look() in OPEN and now() < end:
                time.sleep(0.002)  # between two looks
        state = self.look()
        if state == "ask" and self.asked_again():
            state = self.answer_again()
        if state == "shared":
            self.count("shared")
            last = self.rng.choice(("done", "undo", "leave", "kill"))
            if last == "kill":
                self.kill_kiosk()
            elif last == "leave":
                self.kiosk.do("advance 31000")
            else:
                self.touch("tap " + last)

    def kill_reader(self):
        pid = reader_of(self.kiosk.pid)
        if pid is None:
            return
        if self.yes is None:
            self.look()
        at = now()
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        yes = self.yes
        self.killed(at)
        if yes is not None and self.kiosk.state() in OPEN:
            self.yes = yes  # the read may be tried again
        self.look()

    def kill_kiosk(self):
        self.count("kiosk killed")
        at = now()
        self.kiosk.kill()
        self.killed(at)
        self.device.start()
        self.kiosk.do("state", 30)


def segments(trace):
    """[on, off] of the field in µs; the last may still be on (None)."""
    on = None
    for e in trace:
        if e.get("field") == "on" and on is None:
            on = e["t"]
        elif e.get("field") == "off" and on is not None:
            yield on, e["t"]
            on = None
    if on is not None:
        yield on, None


def joined(spans, starved):
    """Where one span ends in the next they are one: a read that was called
    off may still be ending when the next yes is said."""
    out = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1] + FORGIVEN * starved.between(
                out[-1][1] - GRACE, a):
            out[-1][1] = max(b, out[-1][1])
        else:
            out.append([a, b])
    return out


def check(trace, who):
    who.starved.look()
    spans = joined(who.allowed, who.starved)
    count = 0
    for on, off in segments(trace):
        count += 1
        end = off if off is not None else now()
        if not any(a <= on and end <= b + FORGIVEN *
                   who.starved.between(b - GRACE, end) for a, b in spans
                   if b > on - 10 * GRACE):
            near = [s for s in spans if abs(s[0] - on) < 5_000_000]
            about = [e for e in trace if -200_000 < e["t"] - on < 50_000]
            print(*about, sep="\n", file=sys.stderr)
            raise AssertionError(
                f"the field was on from {on} to {off}; yes about then: {near}")
    return count

