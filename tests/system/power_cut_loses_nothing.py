# SPDX-License-Identifier: Apache-2.0
"""The power may be cut at any moment.

A device in an emulated machine is enrolled, shares, declines, undoes, syncs,
gets a new policy, loses its host for a while, has its log harmed and set
aside, and goes on under a new name; all that it writes to its disk is
recorded, and what the host has at each moment is kept. Then the disk is built
as a cut leaves it, for moments chosen at random: all that was flushed, and of
the rest what the card got round to. On each of these disks the real kiosk and
uplink must go on by themselves against the host as it was, and lose nothing
that the screen had confirmed: each share is at the host exactly once, the log
verifies and is no fork of what the host had seen.

CUTS (default 3), BOOTS of these in a machine again (default 1 in every fourth
run, as $TURN says) and SEED choose how many and which.
"""

import os
import pathlib
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import board  # noqa: E402
import cbor  # noqa: E402
import visit  # noqa: E402
from blocklog import Disk, Log, take_out  # noqa: E402
from machine import QEMU, Machine  # noqa: E402
from relay import Relay  # noqa: E402
from world import (STAFF_PIN, World, policy_with_pin, until)  # noqa: E402

BUILD = pathlib.Path(os.environ["BUILD"])
TURN = int(os.environ.get("TURN", "0"))
SEED = int(os.environ.get("SEED", "20261126"))
CUTS = int(os.environ.get("CUTS", "3"))
BOOTS = int(os.environ.get("BOOTS", int(TURN % 4 == 0)))
SHARE, DECLINE, UNDO, NOTE, POLICY = 1, 2, 5, 6, 7
NAMES = ("k07", "k07b")
BEGAN = time.monotonic()


def said(what):
    print(f"ok {what}, at {time.monotonic() - BEGAN:.0f} s", flush=True)


class Record:
    """What the screen had confirmed and the host had when so much was
    written to the disk."""

    def __init__(self, world, disk):
        self.world, self.disk = world, disk
        self.marks = []         # (entries of the block log, what)
        self.hosts = []         # (entries, directory)
        self.db = sqlite3.connect(world.host_dir / "host.db",
                                  check_same_thread=False)
        self.version = None

    def mark(self, what):
        self.marks.append((self.disk.now(), what))

    def keep_host(self):
        """Called before anybody hears of a change, too."""
        version = self.db.execute("PRAGMA data_version").fetchone()
        if version == self.version:
            return
        self.version = version
        to = self.world.dir / f"host-{len(self.hosts)}"
        shutil.copytree(self.world.host_dir, to, ignore=lambda _, names: [
            n for n in names if n.startswith("host.db")])
        copy = sqlite3.connect(to / "host.db")
        self.db.backup(copy)
        copy.close()
        self.hosts.append((self.disk.now() if self.hosts else 0, to))

    def when(self, what):
        return [at for at, mark in self.marks if mark == what][0]

    def is_close(self, rh, cut):
        """The share's confirmation may have been on its way to the disk."""
        end = self.confirmed[rh]
        return cut < end and sum(cut <= i < end for i in self.flushes) <= 2

    def count(self, what, before):
        return sum(mark == what and at <= before for at, mark in self.marks)

    def host_at(self, cut):
        return [path for at, path in self.hosts if at <= cut][-1]


def press(kiosk, name, state):
    """Until it counts: a touch does not where the machine was too slow, and
    the booth may close once more while the reader starts."""
    def counts():
        kiosk.ask(f"tap {name}")
        return kiosk.ask(f"wait {state} 500").startswith("ok")
    until(counts, 120, f"{name} leads to {state}")


def holds(kiosk):
    kiosk.ask("tap start")
    kiosk.ask("tap share")
    return kiosk.ask("wait hold 500").startswith("ok")


def share(device, tag, done=True):
    kiosk = device.kiosk
    kiosk.wait("idle")
    until(lambda: holds(kiosk), 120, "a question is answered")
    device.sim.do(f"tag present {tag}")
    until(lambda: kiosk.state() in ("ask", "shared"), 120, "it was read")
    if kiosk.state() == "ask":  # the device knows the badge
        press(kiosk, "share", "shared")
    device.sim.do(f"tag remove {tag}")
    if done:
        press(kiosk, "done", "idle")


def kinds(world, name):
    """(entry, body) of what the host has of a log."""
    if not any(line.split()[:1] == [name]
               for line in world.cli("device", "list").splitlines()):
        return []
    out = world.dir / "log.cbor"
    done = world.run(os.path.join(os.environ["BIN"], "badgeward"), "-C",
                     world.host_dir, "export", "log", "--device", name,
                     "--out", out, "--force")
    return cbor.log_items(out.read_bytes())[0] if done.returncode == 0 else []


def receipts_at(world):
    """Of all shares that the host has, of all devices."""
    db = sqlite3.connect(f"file:{world.host_dir}/host.db?mode=ro", uri=True)
    try:
        return [cbor.take(row[0])[0][10] for row in db.execute(
            "SELECT body FROM entry WHERE substr(entry, 3, 1) = x'01'")]
    finally:
        db.close()


def is_damaged(kiosk):
    return kiosk.state() == "trouble" and any("log is damaged" in text
                                              for text in kiosk.text())


# ---- the recorded run ----

class Flow:
    def __init__(self, world, device, tag, record, relay, addresses):
        self.world, self.device, self.tag = world, device, tag
        self.record, self.relay, self.addresses = record, relay, addresses

    def enrol(self):
        self.device.enrol(self.addresses[self.device.name])
        self.record.mark("enrolled")
        self.device.start_kiosk().wait("idle")

    def share(self, undo=False):
        share(self.device, self.tag, False)
        self.record.mark("shared")
        if undo:
            self.record.mark("undo asked")
            press(self.device.kiosk, "undo", "declined")
            self.record.mark("undone")
            self.device.kiosk.do("advance 10000")
        else:
            press(self.device.kiosk, "done", "idle")

    def decline(self):
        kiosk = self.device.kiosk
        kiosk.wait("idle")
        press(kiosk, "start", "ask")
        press(kiosk, "decline", "declined")
        self.record.mark("declined")
        kiosk.do("advance 10000")

    def note(self):
        kiosk = self.device.kiosk
        kiosk.wait("idle")
        visit.enter(kiosk, STAFF_PIN)
        way = ("leads", "share:0", "rating", "rate:4", "save")
        for name, then in zip(way, way[1:]):
            visit.press(kiosk, name, lambda then=then: then in
                        visit.names(kiosk))
        visit.press(kiosk, "save", lambda: "save" not in visit.names(kiosk))
        self.record.mark("noted")
        kiosk.ask("tap back")
        press(kiosk, "done", "idle")

    def synced(self, shares):
        """So many shares are at the host, and it is said to the kiosk."""
        until(lambda: len(receipts_at(self.world)) == shares, 120,
              f"{shares} shares are at the host")
        self.device.synced()

    def new_policy(self):
        path = self.world.dir / "policy.conf"
        path.write_text(path.read_text().replace(
            "retention_days = 180", "retention_days = 90"))
        self.world.cli("policy", "install", path)
        self.record.keep_host()
        self.device.until("grep -q 'serial [0-9]*, has come' /run/kiosk.log")

    def harm(self):
        """A log that is damaged is set aside."""
        kiosk = self.device.kiosk
        kiosk.wait("idle")
        kiosk.kill()
        self.record.mark("harmed")
        self.device.m.sh(f"echo this is no database at all.. | "
                         f"dd conv=notrunc of={board.STATE}/kiosk/journal.db")
        self.device.start_kiosk()
        self.device.until("grep -q 'was set aside' /run/kiosk.log")
        said("the log set aside")
        self.device.name = NAMES[1]

    def run(self):
        self.enrol()
        said("enrolled")
        self.share()
        self.decline()
        self.share(undo=True)
        self.note()
        self.synced(2)
        said("shared, declined, undone, noted, synced")
        self.new_policy()
        self.share()
        self.relay.open = False
        self.share()
        self.decline()
        self.share(undo=True)
        self.relay.open = True
        self.synced(5)
        said("a new policy, and the host away for a while")
        start_anew(self.device)
        self.share()
        self.synced(6)
        said("the declines, which wait for a stop or their quarter hour's end")
        self.harm()
        self.enrol_anew()

    def enrol_anew(self):
        self.device.enrol(self.addresses[self.device.name])
        self.record.mark("enrolled anew")
        said("enrolled anew")
        self.device.kiosk.wait("idle")
        self.share()
        self.synced(7)
        said("the log set aside, and another one")


def record_run(world, dir, kernel, initramfs, sim, tag, addresses):
    disk = Disk(dir, "32M")
    record = Record(world, disk)
    with Relay(world.port, world.listen, record.keep_host) as relay, \
            Machine(kernel, initramfs, dir, sim.link,
                    more=board.argv(dir, disk.argv)) as m:
        record.keep_host()
        device = board.Board(m, world, NAMES[0], sim)
        said("the machine is up")
        try:
            Flow(world, device, tag, record, relay, addresses).run()
        except BaseException:
            print(device.log(), file=sys.stderr)
            raise
    return record, Log(disk)


# ---- one cut ----

def start_anew(device):
    """A stop in good order puts what was declined into the log; the next share
    takes it along."""
    device.kiosk.wait("idle")
    device.kiosk.kill(signal.SIGTERM)
    device.start_kiosk().wait("idle")


class Cut:
    def __init__(self, world, record, addresses, tag, at):
        self.world, self.record, self.at = world, record, at
        self.addresses, self.tag = addresses, tag
        self.before = {}

    def host(self):
        """As it was at that moment."""
        self.world.host_dir = self.world.dir / "host-now"
        shutil.rmtree(self.world.host_dir, ignore_errors=True)
        shutil.copytree(self.record.host_at(self.at), self.world.host_dir)
        self.before = {n: kinds(self.world, n) for n in NAMES}
        self.world.start_host()

    def looks(self, kiosk):
        """What it comes to, after a while."""
        time.sleep(0.1)  # between two looks
        state = kiosk.state()
        if state == "enrol" or is_damaged(kiosk):
            return "staff"
        return "idle" if state == "idle" else None

    def comes_back(self, device):
        """By itself; or, where staff were enrolling it, when they go on."""
        def past(what):
            return self.record.count(what, self.at) > 0
        kiosk = device.start_kiosk()
        if until(lambda: self.looks(kiosk), 60, "it is up") == "staff":
            assert not past("enrolled anew"), "it has forgotten its log"
            assert not past("enrolled") or past("harmed"), "it has lost it"
            self.staff_enrol(device, self.addresses[NAMES[past("harmed")]])
        kiosk.wait("idle")

    def staff_enrol(self, device, address):
        """Unless it goes on with an enrolment that had begun meanwhile."""
        try:
            device.enrol(address)
        except AssertionError as e:
            if "is using this state directory" not in str(e):
                raise

    def check(self, device):
        self.comes_back(device)
        start_anew(device)
        share(device, self.tag)
        # What waited went before it.
        until(lambda: set(receipts_at(self.world)) - self.record.receipts, 120,
              "the new share is at the host")
        device.synced()
        self.judge({n: kinds(self.world, n) for n in NAMES})

    def judge(self, after):
        for name, items in self.before.items():
            assert after[name][:len(items)] == items, f"{name}: a fork"
            if after[name]:
                self.world.verify(name)
        listed = self.world.cli("device", "list")
        assert "fork" not in listed, listed
        self.judge_shares([item for n in NAMES for item in after[n]], after)

    def judge_shares(self, items, after):
        receipts = [body[10] for entry, body in items if entry[1] == SHARE]
        assert len(set(receipts)) == len(receipts), "a share twice"
        undone = {(n, body[2]) for n in NAMES for entry, body in after[n]
                  if entry[1] == UNDO}
        gone = {body[10] for n in NAMES for entry, body in after[n]
                if entry[1] == SHARE and (n, entry[2]) in undone}
        expected = self.record.shares(self.at)
        for rh, was_undone in expected.items():
            assert rh in receipts, "a confirmed share is lost"
            if was_undone is not None:
                assert (rh in gone) == was_undone, "undo"
        # And the one shared now. One may have been stored and not confirmed:
        # that is undone, but for a cut just before the screen said so.
        more = set(receipts) - set(expected)
        assert len(more - self.record.receipts) == 1 and len(more) <= 2, more
        for rh in (more & self.record.receipts) - gone:
            assert self.record.is_close(rh, self.at), "it was not undone"
        for what, kind in (("declined", DECLINE), ("noted", NOTE)):
            assert sum(e[1] == kind for e, _ in items) >= \
                self.record.count(what, self.at), what


def shares_of(record, world):
    """Which receipts the screen confirmed in the recorded run, in order."""
    receipts = [body[10] for n in NAMES for entry, body in kinds(world, n)
                if entry[1] == SHARE]
    rows, answer = [], None
    for at, what in record.marks:
        if what == "shared":
            answer = {"shared": at}
            rows.append(answer)
        elif what in ("undo asked", "undone"):
            answer[what] = at
    assert len(rows) == len(receipts), (len(rows), len(receipts))
    record.receipts = set(receipts)
    record.confirmed = {rh: row["shared"] for rh, row in zip(receipts, rows)}

    def at(cut):
        found = {}
        for rh, row in zip(receipts, rows):
            if row["shared"] <= cut:
                asked = row.get("undo asked", cut + 1) <= cut
                found[rh] = None if asked else False
                if row.get("undone", cut + 1) <= cut:
                    found[rh] = True
        return found
    return at


def on_this_machine(cut, image, sim):
    world = cut.world
    device = world.device(NAMES[0])
    device.sim.stop()
    device.sim, device.nfc = sim, sim.nfc
    out = world.dir / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    take_out(image, "/badgeward", out)
    device.state = out / "badgeward"
    device.state.mkdir(exist_ok=True)
    try:
        cut.host()
        device.start_uplink(("--every", "1"))
        cut.check(device)
    finally:
        for p in (device.kiosk, device.uplink, world.host):
            if p is not None and p.alive():
                p.kill()
        world.ends.remove(device.end)


def in_a_machine(cut, image, sim, kernel, initramfs):
    dir = cut.world.dir
    disk = ["-drive", f"file={image},format=raw,if=none,id=disk",
            "-device", "virtio-blk-pci,drive=disk"]
    cut.host()
    try:
        with Machine(kernel, initramfs, dir, sim.link,
                     more=board.argv(dir, disk)) as m:
            device = board.Board(m, cut.world, NAMES[0], sim)
            try:
                cut.check(device)
            except BaseException:
                print(device.log(), file=sys.stderr)
                raise
    finally:
        cut.world.host.kill()


def written(record, log):
    """What an answer costs the disk, with the file system's own journal."""
    answers = sum(what in ("shared", "undone", "declined", "noted") and
                  at <= record.when("harmed") for at, what in record.marks)
    size = sum(e[3] for e in log.entries[record.when("enrolled"):
                                         record.when("harmed")])
    said(f"{size / answers / 1024:.0f} KiB written for an answer")


def try_cuts(world, record, log, addresses, tag, sim, machine):
    world.host.kill()
    world.listen = world.port
    rng = random.Random(SEED)
    image = world.dir / "cut"
    for n in range(CUTS):
        at = rng.randrange(1, len(log.entries) + 1)
        cut = Cut(world, record, addresses, tag, at)
        log.cut(at, rng, image)
        try:
            if n < BOOTS:
                in_a_machine(cut, image, sim, *machine)
            else:
                on_this_machine(cut, image, sim)
        except BaseException:
            print(f"cut {n} of seed {SEED}, at {at} of {len(log.entries)}: "
                  f"{record.marks}", file=sys.stderr)
            raise
        if n % 20 == 0:
            said(f"{n + 1} cuts")
    said(f"{CUTS} cuts of {len(log.entries)} writes and flushes, {BOOTS} "
         "booted")


def main():
    if shutil.which(QEMU) is None:
        print(f"{QEMU} is not installed")
        sys.exit(77)
    kernel, modules = board.kernel_of(BUILD / "tests/machine")
    with tempfile.TemporaryDirectory() as name, World(
            policy=policy_with_pin(pathlib.Path(name) / "policy.conf"),
            listen_apart=True) as world:
        shutil.copy(pathlib.Path(name) / "policy.conf", world.dir)
        initramfs = board.build_image(world.dir, BUILD, modules)
        world.start_host()
        ada = next(r for r in world.registrations()
                   if r["status"] == "attending")
        device = world.device()
        tag = device.badge(ada["id"], "04e10cda993c80")
        addresses = {}
        for name in NAMES:
            device.name = name
            addresses[name] = device.add()
        record, log = record_run(world, world.dir, kernel, initramfs,
                                 device.sim, tag, addresses)
        record.shares = shares_of(record, world)
        record.flushes = log.flushes()
        written(record, log)
        try_cuts(world, record, log, addresses, tag, device.sim,
                 (kernel, initramfs))


main()
