# SPDX-License-Identifier: Apache-2.0
"""kill -9 at each sync of `badge encode` and `badge write`, beside a host that
runs or without one, also over a store that was put back: what the attendee wears
is accepted afterwards, and no edition is on two tags.

SEED in the environment."""

import os
import random
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, enrolled  # noqa: E402
from mine import rows  # noqa: E402
from sim import Sim  # noqa: E402
from wire import badge_of  # noqa: E402
from world import BIN  # noqa: E402

SYNCKILL = BIN.parent / "tests/synckill.so"
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
MOST = 16       # syncs of a command, more than it has
rng = random.Random(SEED)


class Badge:
    """Of one person, on one tag."""

    def __init__(self, world, device, person, command, uid):
        self.world, self.device, self.person = world, device, person
        self.command, self.uid = command, uid
        self.given = []

    def args(self, sim):
        if self.command == "write":
            return ["--nfc", sim.nfc, "--wait", "10"]
        return ["--uid", self.uid, "--type", "ntag216", "--force", "--out",
                self.world.dir / "encoded"]

    def make(self, sim, at_sync=0):
        """Whether it came to its end. What was given out, was so once."""
        trigger = self.world.dir / "synckill"
        env = dict(os.environ, ASAN_OPTIONS="verify_asan_link_order=0")
        if at_sync:
            trigger.write_text(str(at_sync))
            env.update(LD_PRELOAD=str(SYNCKILL), SYNCKILL=str(trigger))
        p = subprocess.run([str(a) for a in (
            BIN / "badgeward", "-C", self.world.host_dir, "badge",
            self.command, "--registration", self.person,
            *self.args(sim))], env=env, stderr=subprocess.PIPE, text=True)
        trigger.unlink(missing_ok=True)
        assert p.returncode in (0, -signal.SIGKILL), p
        self.look(sim)
        return p.returncode == 0

    def look(self, sim):
        """A tag holds the badge before or the next one; an edition that was
        made is on no tag, or on this one."""
        path = self.world.dir / "encoded"
        if self.command == "write":
            path.write_bytes(sim.dump("tag"))
        worn = badge_of(path) if path.exists() else None
        if worn is not None and worn not in self.given[-1:]:
            assert worn not in self.given, "an edition was given twice"
            self.given.append(worn)

    def is_accepted(self):
        n = self.device.share(self.given[-1], [1, 2])
        assert self.device.upload(n).status == 200
        found = rows(self.world, "SELECT state, reason FROM lead "
                     "WHERE id & 4294967295 = ?", n)
        assert found == [(0, 0)], (self.command, SEED, found)


def killed_at_each(badge, sim, world):
    """Until one comes to its end."""
    for n in range(1, MOST):
        beside = rng.random() < 0.5
        if not beside:
            badge.device.close()
            world.host.stop()
        done = badge.make(sim, n)
        if not beside:
            world.start_host()
        badge.is_accepted()
        if done:
            return n - 1
    raise AssertionError("it has more syncs than that")


def put_back(world, device):
    device.close()
    world.host.stop()
    world.cli("backup", world.dir / "backup")
    world.cli("restore", world.dir / "backup")
    world.start_host()


print(f"SEED={SEED}")
with World() as world, Sim() as sim:
    sim.do("tag add tag ntag216 04e10cda993c81")
    sim.do("tag present tag")
    world.start_host()
    d = enrolled(world)
    kills = 0
    badges = [Badge(world, d, attending(world)[i]["id"], command, uid)
              for i, (command, uid) in enumerate((
                  ("encode", "04e10cda993c80"), ("write", "04e10cda993c81")))]
    for badge in badges:
        assert badge.make(sim)
        kills += killed_at_each(badge, sim, world)
    put_back(world, d)
    for badge in badges:
        kills += killed_at_each(badge, sim, world)
        # And again, from wherever the last one left it.
        assert badge.make(sim)
        badge.is_accepted()
    assert kills >= 4, kills
    print(f"{kills} kills, ok")
