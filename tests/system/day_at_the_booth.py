# SPDX-License-Identifier: Apache-2.0
"""A day at the booth, hour after hour: nobody's memory grows, nobody keeps a
descriptor, the field is on after a yes only, and each share is a lead once.

Attendees as attendee.py has them, one every two minutes of the kiosk's own
clock, who begin in any of eight languages; reader faults, removals, killed and
unplugged readers; now and then the network is away for a while, or a new
policy comes. Kiosk, uplink and host are never started anew: their memory after
the first quarter is what the rest is measured against. The least of the last
samples counts, for what is used a moment only is no leak.

HOURS (default a half) and SEED choose how long and which; tools/soak is 24
hours. Fonts and caches fill for some hours, so less than twelve only show what
grows fast.
"""

import os
import pathlib
import random
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from attendee import Attendee, check  # noqa: E402
from between import Between  # noqa: E402
from sim import reader_of  # noqa: E402
from world import LANGUAGES, World, policy_in_all, until  # noqa: E402

SEED = int(os.environ.get("SEED", "20261126"))
HOURS = float(os.environ.get("HOURS", "0.5"))
AN_HOUR = 30            # attendees
GROWTH_KB = 1024 if HOURS >= 12 else 16384
SAMPLES_LAST = 3


class Day(Attendee):
    """Attendees who never pull the plug, and what was confirmed to them."""

    def __init__(self, *args):
        super().__init__(*args)
        self.shares = self.undone = 0
        self.last = None

    def look(self):
        state = super().look()
        self.shares += state == "shared" and self.last != "shared"
        self.undone += state == "declined" and self.last == "shared"
        self.last = state
        return state

    def kill_kiosk(self):
        self.kill_reader()

    def one(self, language):
        self.touch(f"tap lang:{language}")
        self.visit()
        self.settle()
        self.kiosk.do("advance 120000")


class Watch:
    """Memory and descriptors of all processes, over the day."""

    def __init__(self, world, device):
        self.world, self.device = world, device
        self.samples = {}       # name: [(kB, descriptors)]

    def processes(self):
        kiosk = self.device.kiosk.pid
        yield "kiosk", kiosk
        yield "uplink", self.device.uplink.pid
        yield "host", self.world.host.pid
        children = pathlib.Path(f"/proc/{kiosk}/task/{kiosk}/children")
        for pid in children.read_text().split():
            yield pathlib.Path(f"/proc/{pid}/comm").read_text().strip(), pid

    def sample(self):
        until(lambda: reader_of(self.device.kiosk.pid), 20, "a reader")
        for name, pid in self.processes():
            status = pathlib.Path(f"/proc/{pid}/status").read_text()
            rss = int(status.split("VmRSS:")[1].split()[0])
            fds = len(os.listdir(f"/proc/{pid}/fd"))
            self.samples.setdefault(name, []).append((rss, fds))

    def judge(self):
        """One line a process; what grew."""
        grown = []
        for name, got in self.samples.items():
            first = got[:max(len(got) // 4, 1)]
            last = got[-SAMPLES_LAST:]
            kb = min(s[0] for s in last) - max(s[0] for s in first)
            fds = min(s[1] for s in last) - max(s[1] for s in first)
            print(f"{name:16} {len(got):4} samples, "
                  f"{first[-1][0]:6} kB and {first[-1][1]:2} descriptors, "
                  f"then {last[-1][0]:6} kB and {last[-1][1]:2}: "
                  f"grew by {kb} kB, {fds}", flush=True)
            if kb >= GROWTH_KB or fds > 0:
                grown.append(name)
        return grown


class Trouble:
    """What happens beside the attendees."""

    def __init__(self, world, network, rng):
        self.world, self.network, self.rng = world, network, rng
        self.away = 0           # attendees until the network is back
        self.outages = self.policies = 0

    def maybe(self, i):
        """Before attendee i; each at least once, on a short day too."""
        if self.away > 0:
            self.away -= 1
            if self.away == 0:
                self.network.back()
        elif i == 3 or self.rng.random() < 0.05:
            self.network.away()
            self.away = self.rng.randrange(1, 6)
            self.outages += 1
        if i == 8 or self.rng.random() < 0.03:
            self.policies += 1
            self.world.cli("policy", "install", policy_in_all(
                self.world.dir / "other.conf", 100 + self.policies))

    def over(self):
        if self.away > 0:
            self.network.back()
            self.away = 0


def set_up(world, rng):
    world.start_host()
    device = world.device()
    two = [r["id"] for r in world.registrations()
           if r["status"] == "attending"][:2]
    good = device.badge(two[0], "04e10cda993c80")
    second = device.badge(two[1], "04a10cda993c81")
    device.sim.do("tag add foreign ntag213 04b10cda993c82")
    device.enrol()
    device.uplink.stop()
    device.start_uplink(("--every", "1"))
    device.start_kiosk().wait("idle")
    return Day(device, good, (second, "foreign"), rng)


def warm_up(who):
    """Each language's fonts, and a read in it."""
    for language in LANGUAGES:
        who.one(language)
    who.device.synced()


def day(world, network, rng):
    who = set_up(world, rng)
    watch = Watch(world, who.device)
    trouble = Trouble(world, network, rng)
    visits = max(int(HOURS * AN_HOUR), 12)
    warm_up(who)
    for i in range(visits):
        trouble.maybe(i)
        who.one(rng.choice(LANGUAGES))
        if i % max(AN_HOUR // 4, 1) == 0 or i > visits - SAMPLES_LAST:
            watch.sample()
        if i % AN_HOUR == AN_HOUR - 1:
            on = check(who.device.sim.trace(), who)
            now = " ".join(f"{name} {got[-1][0]}"
                           for name, got in watch.samples.items())
            print(f"hour {(i + 1) // AN_HOUR}: {who.shares} shares, field on "
                  f"{on} times; kB: {now}", flush=True)
    trouble.over()
    return who, watch, trouble


def judge(world, who):
    who.kiosk.wait("idle", 20000)
    # Whatever the back-off is by now, an outage is over at its end.
    who.device.synced(400)
    who.device.sim.wait_field(False)
    print("field on", check(who.device.sim.trace(), who), "times")
    leads = world.leads()
    assert len(leads) == who.shares - who.undone, (
        len(leads), who.shares, who.undone)
    assert len({lead["share_id"] for lead in leads}) == len(leads)
    print(world.verify().strip().splitlines()[0])


def main():
    start = time.monotonic()
    print(f"seed {SEED}, {HOURS} hours", flush=True)
    with World(policy=None, listen_apart=True) as world, \
            Between(world) as network:
        world.cli("policy", "install",
                  policy_in_all(world.dir / "eight.conf", 90))
        who, watch, trouble = day(world, network, random.Random(SEED))
        judge(world, who)
        grown = watch.judge()
        print(f"{who.shares} shares, {who.undone} undone, network away "
              f"{trouble.outages} times, {trouble.policies} new policies, "
              f"{time.monotonic() - start:.0f} s; {who.counts}")
        assert not grown, f"{grown} grew"


main()
