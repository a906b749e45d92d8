# SPDX-License-Identifier: Apache-2.0
"""A restore that is killed or fails leaves a whole copy of the store beside it,
and whoever is erased then stands in it: it goes with the failure, before the
host serves anybody, and with an erasure by a command while no host runs."""

import json
import os
import shutil
import signal
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled  # noqa: E402
from traces import traces  # noqa: E402
from world import BIN  # noqa: E402

SYNCKILL = BIN.parent / "tests/synckill.so"


def left(w):
    return sorted(p.name for p in w.host_dir.glob("host.db.*"))


def killed(w):
    """At that sync behind which there is the most."""
    for n in range(1, 16):
        trigger = w.dir / "synckill"
        trigger.write_text(str(n))
        done = w.run(BIN / "badgeward", "-C", w.host_dir, "restore",
                     w.dir / "backup", env=dict(
                         os.environ, LD_PRELOAD=str(SYNCKILL),
                         SYNCKILL=str(trigger),
                         ASAN_OPTIONS="verify_asan_link_order=0"))
        trigger.unlink(missing_ok=True)
        assert done.returncode == -signal.SIGKILL, (n, done)
        copy = w.host_dir / "host.db.restored"
        if copy.exists() and copy.stat().st_size >= whole:
            return
    raise AssertionError("it was never killed behind its copy")


def erase(w, one):
    w.cli("right", "erase", one["id"], "--without-case", "law", "--force")
    names = [one["name"], one["email"]]
    assert traces(names, w.dir / "backup"), "what is looked for is none"
    found = traces(names, w.host_dir)
    assert not found, found


with World() as world:
    config = world.host_dir / "config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()),
                                  "erase_undo_hours": 0}))
    world.start_host()
    d = enrolled(world)
    for badge in badges(world, 2):
        d.share(badge, [1, 2])
    assert d.upload(1).status == 200
    d.close()
    world.cli("backup", world.dir / "backup")
    whole = (world.dir / "backup/host.db").stat().st_size
    people = attending(world)[:2]
    world.host.stop()

    # By a command: no host runs, and none has the lock.
    killed(world)
    erase(world, people[0])
    assert left(world) == [], left(world)
    # By the host's start.
    killed(world)
    assert left(world) != []
    world.start_host()
    assert left(world) == [], left(world)
    erase(world, people[1])
    world.host.stop()

    # It fails behind the copy: a folder of the directory is none.
    policy = world.host_dir / "policy"
    shutil.move(policy, world.dir / "policy")
    policy.write_text("")
    world.refused("restore", world.dir / "backup")
    assert left(world) == [], left(world)
    # One that is killed leaves nothing that the next takes for its own.
    policy.unlink()
    shutil.move(world.dir / "policy", policy)
    killed(world)
    (world.host_dir / "host.db.restored-journal").write_bytes(b"\xd9\xd5\x05")
    world.cli("restore", world.dir / "backup")
    assert left(world) == [], left(world)
    world.start_host()
    assert {p["id"] for p in people}.isdisjoint(
        p["id"] for p in attending(world)), "who was erased came back"
    print("ok")
