# SPDX-License-Identifier: Apache-2.0
"""Whatever system call of kiosk, reader or uplink fails: it ends in a state of
tests/fault/calls.table, the program can be started again, what the screen
confirmed reaches the host once, what it did not confirm never does, and the
field is off.

A first run of each program counts its calls (failcall.c). Then, for each call
and each error of the table, the whole flow runs again with one occurrence of
it failing, and is judged. RUNS (default 12) says how many such runs, chosen by
SEED; RUNS=all takes each call and error, at its first, its last and EACH
(default 1) other occurrences, EACH=all at every one. ONLY=kiosk:fsync takes
those of one program, or of one call of it.
"""

import os
import pathlib
import random
import signal
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth, tool  # noqa: E402
from failing import Counting, Failing  # noqa: E402
from sim import reader_of  # noqa: E402
from world import World, until  # noqa: E402

SEED = int(os.environ.get("SEED", "20261126"))
RUNS = os.environ.get("RUNS", "12")
EACH = os.environ.get("EACH", "1")
ONLY = os.environ.get("ONLY", "")
# Once they went wrong: always among those that are tried.
ALWAYS = [("kiosk", "mmap", "ENOMEM", 1), ("kiosk", "pread64", "EIO", 6)]
TABLE = pathlib.Path(os.environ["SRC"]) / "tests/fault/calls.table"
OPEN = ("hold", "reading")


def read_table():
    """{program: {call: ([errors], {ends})}}"""
    table = {}
    for line in TABLE.read_text().splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        program, call, errors, *ends = words
        table.setdefault(program, {})[call] = (errors.split(","), set(ends))
    return table


def how_it_ended(code):
    """GLib aborts when memory or a thread is not to be had."""
    if -code in (signal.SIGABRT, signal.SIGTRAP):
        return "abort"
    return "exit" if code > 0 else f"signal {-code}"


class Visits:
    """What attendees do in front of a kiosk that may fail them, and what was
    confirmed to them."""

    def __init__(self, booth):
        self.booth = booth
        self.shares = []        # confirmed: undone? None: nobody knows
        self.ends = set()       # words of the table
        self.opened = False     # it begins without a reader: no fault

    @property
    def kiosk(self):
        return self.booth.kiosk

    def state(self):
        state = self.kiosk.state()
        if self.opened and state in ("trouble", "unread"):
            self.ends.add(state)
        return state

    def settle(self):
        """Back to idle; False when the booth stays closed."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            state = self.state()
            if state == "idle":
                self.opened = True
                self.booth.sim.wait_field(False)
                return True
            if state in ("declined", "noanswer", "unread"):
                self.kiosk.do("advance 61000")
            else:
                time.sleep(0.01)  # between two looks
        self.ends.add("closed")
        return False

    def share(self, last):
        if not self.settle():
            return
        self.kiosk.tap("start")
        if self.state() != "ask":
            return
        self.kiosk.tap("share")
        self.booth.sim.do("tag present ada")
        until(lambda: self.state() not in OPEN, 60, "the read ends")
        self.booth.sim.do("tag remove ada")
        if self.state() == "ask":  # the device knows the badge
            self.kiosk.ask("tap share")
        if self.state() != "shared":
            return
        self.shares.append(None)
        self.kiosk.ask(f"tap {last}")
        if last == "undo":
            # What cannot be stored now is tried again while it is shown.
            until(lambda: self.state() != "shared", 60, "the undo is stored")
        self.shares[-1] = last == "undo"

    def decline(self):
        if not self.settle():
            return
        self.kiosk.tap("start")
        self.kiosk.ask("tap decline")

    def all(self):
        try:
            self.share("done")
            self.booth.take_more()
            self.decline()
            self.share("undo")
            self.booth.take_more()
            self.share("done")
            if self.settle():
                self.kiosk.do("quit")
        except EOFError:
            pass
        self.end()

    def end(self):
        """The kiosk has ended, or is ended here."""
        if "closed" in self.ends and self.kiosk.alive():
            self.kiosk.ask("quit")
        code = self.kiosk.p.wait(60)
        if code != 0:
            self.ends.add(how_it_ended(code))
            assert self.booth.log().strip(), "it ended without a word"


class FaultyBooth(Booth):
    """A booth without a host: `booth take` is that."""

    def __init__(self):
        super().__init__(start=False)
        self.taken = []

    def take_more(self):
        self.taken += self.take()

    def all_there(self, shares):
        """What the kiosk has stored is with the host, at least so many
        shares: it puts an upload between two commands, so it is looked at
        across some."""
        for _ in range(4):
            self.kiosk.state()
            if self.uploads():
                self.take_more()
                return False
        return sum(k == "share" for _, k in self.taken) >= shares


def again(booth, visits):
    """Start it once more, whole: it serves, and nothing is lost."""
    before = len(visits.shares)
    booth.start()
    visits.ends, visits.opened = set(), False
    visits.share("done")
    assert len(visits.shares) == before + 1, "it does not serve any more"
    assert not visits.ends, visits.ends
    assert visits.settle()
    until(lambda: booth.all_there(len(visits.shares)), 60,
          f"all is with the host; there is {booth.taken}")
    booth.quit()


def judge(booth, visits):
    """The log that the host has, against what the screen said. A share that
    nobody was told of is undone by its kiosk."""
    log = []                    # undone?, of each share
    for _, kind in booth.taken:
        if kind == "share":
            log.append(False)
        elif kind == "undo":
            assert log and not log[-1], f"what is undone? {booth.taken}"
            log[-1] = True
    left = iter(log)
    for was_undone in visits.shares:
        got = next((g for g in left if was_undone in (g, None) or not g), None)
        assert got is not None and was_undone in (got, None), (
            visits.shares, log)
    assert all(left), (visits.shares, log)
    booth.sim.wait_field(False)


def run_kiosk(program, before=()):
    """The flow with something before the kiosk; how it ended."""
    with FaultyBooth() as booth:
        booth.start(before)
        visits = Visits(booth)
        visits.all()
        ends = visits.ends or {"on"}
        booth.sim.wait_field(False, 20000)
        again(booth, visits)
        judge(booth, visits)
        return ends


class Uplinks:
    """One summit for all the uplinks that fail."""

    def __init__(self):
        self.world = World()
        self.world.start_host()
        self.device = self.world.device()
        ada = next(r for r in self.world.registrations()
                   if r["status"] == "attending")
        self.tag = self.device.badge(ada["id"], "04e10cda993c80")
        self.device.enrol()
        self.device.uplink.stop()
        self.device.start_kiosk().wait("idle")
        self.shares = 0

    def share(self):
        kiosk, sim = self.device.kiosk, self.device.sim
        kiosk.wait("idle")
        kiosk.tap("start")
        kiosk.tap("share")
        sim.do(f"tag present {self.tag}")
        kiosk.shared()
        sim.do(f"tag remove {self.tag}")
        kiosk.tap("done")
        self.shares += 1

    def carried(self):
        return not self.device.outbox() or not self.device.uplink.alive()

    def run(self, before):
        """Three shares with something before the uplink; how it ended."""
        log = self.world.log("uplink-" + self.device.name)
        log.unlink(missing_ok=True)
        uplink = self.device.start_uplink(("--every", "1"), before=before)
        for _ in range(3):
            self.share()
            until(self.carried, 60, "the upload is with the host")
        if not uplink.alive():
            code = uplink.p.wait()
            assert log.read_text().strip(), "it ended without a word"
            ends = {how_it_ended(code)}
            self.device.start_uplink(("--every", "1"))
        else:
            ends = {"on"}
        self.device.synced(60)
        self.device.uplink.stop()
        self.judge()
        return ends

    def judge(self):
        leads = self.world.leads()
        assert len(leads) == self.shares, (len(leads), self.shares)
        assert len({lead["share_id"] for lead in leads}) == len(leads)
        self.world.verify()


class Runs:
    def __init__(self, table):
        self.table, self.uplinks = table, None
        self.rng = random.Random(SEED)

    def one(self, program, before):
        if program == "uplink":
            if self.uplinks is None:
                self.uplinks = Uplinks()
            return self.uplinks.run(before)
        return run_kiosk(program, before)

    def counted(self, program):
        calls = [c for c in self.table[program]]
        c = Counting(self.made, "badgeward-" + program, calls)
        ends = self.one(program, c.argv)
        assert ends == {"on"}, (program, "without a fault", ends)
        counts = c.counts()
        assert any(counts.values()), f"{program}: nothing was counted"
        return counts

    def occurrences(self, n):
        """Which of n occurrences fail, each in a run of its own."""
        if EACH == "all":
            return range(1, n + 1)
        middle = range(2, n)
        some = self.rng.sample(middle, min(int(EACH), len(middle)))
        return sorted({1, n, *some})

    def plan(self):
        """[(program, call, error, nth)], all of them."""
        plan = []
        for program, calls in self.table.items():
            if not f"{program}:".startswith(ONLY.split(":")[0]):
                continue
            counts = self.counted(program)
            for call, (errors, _) in calls.items():
                if ONLY.count(":") and ONLY.split(":")[1] != call:
                    continue
                plan += [(program, call, error, nth)
                         for error in errors if counts[call]
                         for nth in self.occurrences(counts[call])]
        return plan

    def fail(self, program, call, error, nth):
        f = Failing(self.made, "badgeward-" + program, call, error, nth)
        ends = self.one(program, f.argv)
        return ends, f.fired()

    def all(self, made):
        self.made = made
        plan = self.plan()
        if RUNS != "all":
            plan = self.rng.sample(plan, min(int(RUNS), len(plan)))
            plan += [one for one in ALWAYS if not ONLY]
        bad = fired = 0
        for one in plan:
            expected = self.table[one[0]][one[1]][1] | {"on"}
            try:
                ends, came = self.fail(*one)
                fired += came
                wrong = ends - expected
                word = f"not in the table: {wrong}" if wrong else "ok"
            except Exception as e:  # pylint: disable=broad-except
                word, wrong = f"{type(e).__name__}: {e}", True
                ends, came = "?", "?"
                self.drop_uplinks()
            bad += bool(wrong)
            print(*one, "->", *sorted(ends),
                  "" if came else "(did not come to it)", word, flush=True)
        print(f"{len(plan)} runs, {fired} calls failed, {bad} wrong")
        self.drop_uplinks()
        assert not bad
        assert fired > len(plan) // 2, "hardly any call came"

    def drop_uplinks(self):
        if self.uplinks is not None:
            self.uplinks.world.end()
            self.uplinks = None


def main():
    print(f"seed {SEED}, runs {RUNS}, each {EACH}", flush=True)
    with Booth(start=False) as place:
        Runs(read_table()).all(place.dir)


main()
