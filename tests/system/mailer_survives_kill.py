# SPDX-License-Identifier: Apache-2.0
"""kill -9 of badgeward-mailer at random moments: every mail goes out, and at
most one of them twice for each kill.

ROUNDS and SEED in the environment."""

import os
import random
import subprocess
import sys
from collections import Counter

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending  # noqa: E402
from mailing import database, mailer, queue, setup  # noqa: E402
from smtpsink import Sink  # noqa: E402
from world import BIN  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "15"))
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
MANY = 6

print(f"SEED={SEED} ROUNDS={ROUNDS}")
chance = random.Random(SEED)
with World(policy=None) as world, Sink() as sink:
    setup(world, sink)
    folk = [p["id"] for p in attending(world) if p["email"].isascii()][:3]
    queued, kills = [], 0
    for _ in range(ROUNDS):
        queued += [queue(world, chance.choice(folk)) for _ in range(MANY)]
        one = subprocess.Popen(
            [BIN / "badgeward-mailer", "-C", world.host_dir],
            stderr=subprocess.DEVNULL)
        try:
            one.wait(chance.uniform(0.02, 0.3))  # the random moment
        except subprocess.TimeoutExpired:
            pass
        one.kill()
        one.wait()
        kills += 1
    mailer(world)
    got = Counter(int(m.message["Message-ID"].split(".")[1])
                  for m in sink.take())
    lost = set(queued) - set(got)
    assert not lost, f"lost: {lost}"
    assert set(got) == set(queued)
    again = sum(n - 1 for n in got.values())
    assert again <= kills, (again, kills)
    with database(world) as db:
        assert not list(db.execute("SELECT * FROM mail WHERE state <> 2"))
    print(f"{len(queued)} mails, {kills} kills, {again} twice")
