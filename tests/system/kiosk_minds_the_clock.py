# SPDX-License-Identifier: Apache-2.0
"""A booth is open only with a clock that somebody vouches for: the system, the
host by a fresh cosignature, a likely battery clock at the start; and as long as
it runs on from there. Steps of it are in the log, and only such a clock ends a
policy."""

import os
import re
import signal
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth, tool  # noqa: E402
from world import clock_env, until  # noqa: E402

DAY = 86400
SLACK = 120


class Clock:
    """What the kiosk sees of the machine's (wallclock.c)."""

    def __init__(self, booth):
        self.file, self.root = booth.dir / "clock", booth.dir / "machine"
        self.env = clock_env(self.file, self.root)

    def set(self, seconds, *words):
        new = self.file.with_suffix(".new")
        new.write_text(" ".join([str(seconds), *words]))
        new.rename(self.file)

    def put(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def boots(self, n):
        """The machine was started again."""
        self.put("proc/sys/kernel/random/boot_id",
                 f"0b8c2434-b4c0-4cec-a638-{n:012}\n")

    def battery(self, off, hctosys=1):
        """A battery clock that the wall clock was set from."""
        self.put("sys/class/rtc/rtc0/hctosys", f"{hctosys}\n")
        self.put("sys/class/rtc/rtc0/since_epoch",
                 f"{int(time.time()) + off}\n")


class Minding(Booth):
    def __init__(self, *words, valid=30 * DAY, shift=0, start=True):
        super().__init__(start=False, valid=valid)
        self.clock = Clock(self)
        self.clock.set(shift, *words)
        self.env = self.clock.env
        if start:
            self.start()

    def taken(self, *kinds):
        """Cosign until these came, and no other."""
        got = []

        def all_there():
            got.extend(kind for _, kind in self.take())
            return len(got) >= len(kinds)
        until(all_there, 60, f"{kinds} in the log")
        assert got == list(kinds), got

    def waits_for(self, size):
        """An upload that ends so stands in the outbox."""
        until(lambda: any(n.endswith(f"{size:010}.cbor")
                          for n in self.uploads()), 60, f"{size} entries")

    def sources(self):
        return re.findall(r"the clock: (\w+)", self.log())

    def again(self):
        self.quit()
        self.start()

    def stays_closed(self, looked):
        """It says so, having looked at the clock; nothing opened it."""
        self.wait("trouble")
        until(looked, 60, "it looked")
        self.mail_done()
        assert self.kiosk.state() == "trouble"

    def wait(self, state):
        self.kiosk.wait(state, 60000)

    def visit(self):
        self.wait("idle")
        self.share()
        self.kiosk.tap("done")


def steps():
    """Of a synchronised clock: in the log, told at once."""
    with Minding("ntp") as booth:
        clock = booth.clock
        booth.visit()
        booth.taken("open", "share")
        booth.ask()  # in front of an attendee
        clock.set(1000, "ntp")
        booth.taken("clock")
        booth.kiosk.tap("share")
        booth.sim.do("tag present ada")
        booth.kiosk.shared(60000)
        booth.sim.do("tag remove ada")
        booth.kiosk.tap("done")
        booth.taken("share")
        clock.set(950, "ntp")  # back: the log's time does not decrease
        booth.taken("clock")
        booth.visit()
        booth.taken("share")
        clock.set(0, "ntp")
        booth.taken("clock")
        booth.visit()
        booth.taken("share")
        moved = [new - old for old, new, _ in booth.clocks]
        assert all(abs(a - b) <= 30 for a, b in zip(moved, (1000, -50, -950))
                   ), booth.clocks
        assert [s for _, _, s in booth.clocks] == ["ntp"] * 3, booth.clocks
        assert booth.sources() == ["ntp"], booth.sources()


def steps_by_hand():
    """Nobody vouches for the clock after it: it opens when somebody does."""
    with Minding("ntp") as booth:
        clock = booth.clock
        booth.wait("idle")
        booth.taken("open")
        clock.set(0)
        until(lambda: "held" in booth.sources(), 60, "it runs on")
        booth.visit()
        booth.taken("share")
        booth.ask()
        clock.set(3600)
        until(lambda: booth.sources()[-1] == "unknown", 60, "it was seen")
        booth.kiosk.tap("decline")  # timed by the log, not by that clock
        booth.kiosk.tap("done")
        booth.wait("trouble")
        assert "know the time" in str(booth.kiosk.text())
        booth.kiosk.do("advance 60000")
        booth.mail_done()
        status = (booth.state / "outbox/status.json").read_text()
        assert '"clock":"unknown"' in status, status
        # The host is asked, and says that it is another time.
        booth.taken("clock")
        booth.stays_closed(lambda: "another than" in booth.log())
        clock.set(0)
        booth.taken("clock")  # the decline waits for its quarter hour's end
        booth.wait("idle")
        booth.visit()
        booth.taken("share")
        clock.set(3600)
        booth.wait("trouble")
        clock.set(3600, "ntp")
        booth.wait("idle")
        until(lambda: booth.take() is None or booth.clocks[-1][2] == "ntp",
              60, "the step")
        # To ask, which moves nothing, then what happened.
        *asked, (old, new, _) = booth.clocks
        assert len(asked) >= 2 and all(
            s == "unknown" and a == b for a, b, s in asked), booth.clocks
        assert abs(new - old - 3600) < 30, booth.clocks
        s = booth.sources()
        assert [b for a, b in zip(s, s[1:]) if a == "unknown"] == [
            "host", "ntp"], s


def host_alone():
    """Its cosignature opens a booth that nobody else vouches for; an old one
    does not, whenever it comes."""
    with Minding() as booth:
        clock = booth.clock
        booth.wait("trouble")
        booth.waits_for(2)
        os.kill(booth.kiosk.pid, signal.SIGSTOP)
        assert booth.take() == [(0, "open"), (1, "clock")]
        path = booth.state / "inbox/note-0000000002.txt"
        kept = path.read_text()
        path.unlink()
        os.kill(booth.kiosk.pid, signal.SIGCONT)
        clock.set(0, f"slept={11 * 60}")  # for host and kiosk alike
        for _ in range(2):  # kept back, and once more
            new = path.with_name(".note.tmp")
            new.write_text(kept)
            new.rename(path)
            until(lambda: not path.exists(), 60, "taken")
        booth.stays_closed(lambda: booth.uploads())
        assert booth.take(clock.env) == [(2, "clock")]
        booth.wait("idle")
        booth.visit()
        assert booth.sources() == ["host"], booth.sources()
        assert all(s == "unknown" and old == new
                   for old, new, s in booth.clocks), booth.clocks
        # It runs on, and a kiosk that is started anew knows.
        booth.again()
        booth.wait("idle")
        booth.visit()
        clock.boots(1)
        booth.again()
        booth.wait("trouble")
        assert booth.sources() == ["host", "host"], booth.sources()


def runs_on():
    """A week offline is nothing, over a restart of the kiosk too; in more than
    two it may be off by too much."""
    with Minding("ntp") as booth:
        booth.visit()
        booth.clock.set(0, f"slept={7 * DAY}")
        until(lambda: "held" in booth.sources(), 60, "it runs on")
        booth.visit()
        booth.again()
        booth.wait("idle")
        booth.visit()
        booth.clock.set(0, f"slept={15 * DAY}")
        booth.wait("trouble")
        booth.clock.set(0, "ntp", f"slept={15 * DAY}")
        booth.wait("idle")
        assert booth.sources() == ["ntp", "held", "held", "unknown", "ntp"]


def timesyncd():
    """Its mark is as good as the kernel's word."""
    with Minding() as booth:
        booth.wait("trouble")
        booth.clock.put("run/systemd/timesync/synchronized", "")
        booth.wait("idle")
        booth.visit()
        assert booth.sources() == ["ntp"], booth.sources()
        # Set by hand while no kiosk was there to see it: an old mark.
        ago = time.time() - 600
        os.utime(booth.clock.root / "run/systemd/timesync/synchronized",
                 (ago, ago))
        booth.quit()
        booth.clock.set(3600)
        booth.start()
        booth.stays_closed(lambda: "trouble: clock" in booth.log())
        booth.clock.set(0)
        booth.clock.put("run/systemd/timesync/synchronized", "")
        booth.wait("idle")
        assert booth.sources() == ["ntp"] * 2, booth.sources()


def battery_clock():
    """At the start without a network: it opens if the clock was set from one
    that is likely right, else not."""
    with Minding("ntp") as booth:
        booth.visit()
        booth.taken("open", "share")
        clock, n = booth.clock, 0

        def starts(shift, off, opens, **kw):
            nonlocal n
            n += 1
            clock.boots(n)
            clock.battery(shift + off, **kw)
            booth.quit()
            clock.set(shift)
            booth.start()
            booth.wait("idle" if opens else "trouble")

        starts(0, 0, False, hctosys=0)          # none
        starts(0, 0, True)
        booth.visit()
        starts(0, 3600, False)                  # set by something else
        starts(-3600, 0, False)                 # behind the log
        starts(DAY, 0, True)                    # it was off for a day
        booth.visit()
        starts(400 * DAY, 0, False)             # absurd
        assert (booth.state / "kiosk/seal.key").exists()
        starts(DAY, 0, True)
        booth.visit()
        assert booth.sources() == ["ntp"] + ["rtc"] * 3, booth.sources()


def denied():
    """By the host, a battery clock: a kiosk that is started anew knows."""
    with Minding(start=False) as booth:
        booth.clock.battery(3600)
        booth.clock.set(3600)
        booth.start()
        booth.visit()
        assert booth.take() == [(0, "open"), (1, "share")]
        booth.stays_closed(lambda: "another than" in booth.log())
        booth.kiosk.kill()
        booth.clock.battery(3600)
        booth.start()
        booth.stays_closed(
            lambda: booth.log().count("trouble: clock") >= 2)
        booth.clock.set(0, "ntp")
        booth.wait("idle")
        assert booth.sources() == ["rtc", "unknown", "ntp"], booth.sources()


def policy():
    """Before its begin, and after its end by a clock that is believed."""
    with Minding("ntp") as booth:
        clock, seal = booth.clock, booth.state / "kiosk/seal.key"
        booth.wait("idle")
        clock.set(-DAY, "ntp")
        booth.wait("trouble")
        clock.set(0, "ntp")
        booth.wait("idle")
        clock.set(31 * DAY)
        booth.wait("trouble")
        until(lambda: booth.sources()[-1] == "unknown", 60, "not believed")
        tool("policy", booth.state, 2)  # not lost by it either
        booth.mail_done()
        assert (booth.state / "inbox/policy.jws").exists()
        assert seal.exists()
        clock.set(0, "ntp")
        until(lambda: not (booth.state / "inbox/policy.jws").exists(), 30,
              "the policy is taken")
        booth.wait("idle")
        booth.sim.do("unplug")  # without a reader, too
        until(lambda: "trouble: reader" in booth.log(), 60, "no reader")
        clock.set(31 * DAY, "ntp")
        until(lambda: not seal.exists(), 60, "the key is gone")
        assert booth.kiosk.state() == "trouble"


def log_opened_later():
    """Tried again and again; nothing is said of the clock until then."""
    with Minding("ntp") as booth:
        booth.wait("idle")
        booth.quit()
        db = sqlite3.connect(booth.state / "kiosk/journal.db")
        db.execute("BEGIN EXCLUSIVE")
        booth.start()
        until(lambda: booth.log().count("cannot be opened now") >= 2, 60,
              "it tried")
        db.rollback()
        db.close()
        booth.visit()
        assert booth.sources() == ["ntp"] * 2, booth.sources()


def run(case):
    began = time.monotonic()
    case()
    print("ok", case.__name__, f"{time.monotonic() - began:.1f} s",
          flush=True)


def main():
    """Each waits for its own booth's looks, mostly. Names of cases as
    arguments: only these."""
    cases = (steps, steps_by_hand, host_alone, runs_on, timesyncd,
             battery_clock, denied, policy, log_opened_later)
    if sys.argv[1:]:
        cases = [c for c in cases if c.__name__ in sys.argv[1:]]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, cases))


main()
