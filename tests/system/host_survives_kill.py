# SPDX-License-Identifier: Apache-2.0
"""kill -9 at random moments of uploads: what was answered is kept, nothing is
there twice, the logs verify.

ROUNDS and SEED in the environment."""

import http.client
import os
import random
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled, leads  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "12"))
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
BROKEN = (OSError, http.client.HTTPException)


class Booth(threading.Thread):
    """Uploads in small steps until told to stop; knows what was answered."""

    def __init__(self, device, badge, chance):
        super().__init__(daemon=True)
        self.d, self.badge, self.chance = device, badge, chance
        self.acked, self.stop, self.wrong = 1, False, None
        self.shares = []

    def run(self):
        try:
            while not self.stop:
                self.step()
        except BROKEN:
            self.d.close()
        except AssertionError as e:
            self.wrong = e

    def step(self):
        for _ in range(self.chance.choice((1, 3, 40))):
            self.shares.append(self.d.share(self.badge, [1, 2]))
        answer = self.d.upload(self.acked)
        if answer.status == 409:
            raise AssertionError(f"entries lost: {answer.body}, "
                                 f"acknowledged {self.acked}")
        assert answer.status == 200, answer.body
        self.acked = len(self.d.log)


print(f"SEED={SEED} ROUNDS={ROUNDS}")
chance = random.Random(SEED)
with World() as world:
    world.start_host()
    pair = badges(world)
    devices = [enrolled(world, "k01"), enrolled(world, "k02")]
    acked = {d.device: 1 for d in devices}
    shares = {d.device: [] for d in devices}
    for _ in range(ROUNDS):
        booths = [Booth(d, p, chance) for d, p in zip(devices, pair)]
        for b in booths:
            b.acked = acked[b.d.device]
            b.start()
        time.sleep(chance.uniform(0.02, 0.6))  # the random moment
        world.host.kill()
        for b in booths:
            b.stop = True
            b.join(30)
            assert b.wrong is None, b.wrong
            acked[b.d.device] = b.acked
            shares[b.d.device] += b.shares
        world.start_host()
        for d in devices:
            d.close()
            size = d.size()     # its root is checked, too
            assert size >= acked[d.device], (size, acked)
            if size < len(d.log):
                assert d.upload(size).status == 200
            acked[d.device] = len(d.log)
    rows = leads(world)
    for d in devices:
        want = {f"{d.device}-{seq}" for seq in shares[d.device]}
        have = {r for r in rows if r.startswith(d.device + "-")}
        assert have == want, (len(have), len(want))
        world.verify(d.device)
    world.host.stop()
    print("ok", {d.device: len(d.log) for d in devices})
