# SPDX-License-Identifier: Apache-2.0
"""kill -9 at seeded moments of erasures, of the command and of the host as it
starts: sponsors never see half of one, and the next start or purge finishes what
was decided: once, with nothing left, and the log verifies.

ROUNDS and SEED in the environment."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import enrolled, leads  # noqa: E402
from traces import traces  # noqa: E402
from wire import badge_of  # noqa: E402
from world import BIN, World  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "10"))
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
SYNCKILL = BIN.parent / "tests/synckill.so"
WAYS = ("command at a sync", "command", "host at a sync", "host")
rng = random.Random(SEED)
syncs = {}      # by program: killed at which of its syncs


def name(i):
    return f"Quokka{i:04}"


def people(path):
    path.write_text(
        "Order #,First Name,Last Name,Email,Quantity,Attendee Status,"
        "Barcode #,Company,Age\n" + "".join(
            f"1,{name(i)},Walker,{name(i)}@many.example,1,Attending,"
            f"77{i:08},Burrow{i:04} Ltd,34\n" for i in range(ROUNDS)))
    return path


def sql(world, text, *args):
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db:
        return db.execute(text, args).fetchall()


def shared(world):
    """Everybody has shared once."""
    world.start_host()
    d = enrolled(world)
    for i in range(ROUNDS):
        path = world.dir / "badge"
        world.cli("badge", "encode", "--registration", str(i + 1), "--uid",
                  f"04e10cda99{i:04x}", "--out", path, "--type", "ntag216",
                  "--force")
        d.share(badge_of(path), [1, 2])
    d.close()
    assert d.upload(1).status == 200
    assert len(leads(world)) == ROUNDS
    d.close()
    world.host.stop()


def behind(world):
    """A line is in rights-done whose commit was cut off: it is done, too, when
    the next one who can opens the store."""
    record = world.host_dir / "rights-done"
    lines = record.read_text().splitlines() if record.exists() else []
    had = sql(world, "SELECT value FROM meta WHERE key = 'redo'")
    return bool(lines) and int(lines[-1].split()[1]) > (
        had[0][0] if had else 0)


def state(world, id_):
    """Whole or gone, never between; whether it is decided, or asked for."""
    status, values = sql(
        world, "SELECT status, coalesce(v1, '') || coalesce(v2, '') || "
        "coalesce(v3, '') FROM registration WHERE id = ?", id_)[0]
    edition, = sql(world, "SELECT coalesce(e.v1, '') FROM edition e JOIN badge "
                   "b ON b.badge_id = e.badge_id WHERE b.registration = ?",
                   id_)[0]
    bodies, = sql(world, "SELECT count(*) FROM lead JOIN edition e "
                  "ON e.id = lead.edition JOIN badge b "
                  "ON b.badge_id = e.badge_id JOIN entry "
                  "ON entry.id = lead.id WHERE b.registration = ? "
                  "AND body IS NOT NULL", id_)[0]
    whole = (bool(values), bool(edition), bodies == 1)
    assert whole in ((True,) * 3, (False,) * 3), whole
    assert (status == 4) == (not values), status
    if behind(world):
        assert status != 4
        return "asked"
    seen = any(row["name"].startswith(name(id_ - 1))
               for row in leads(world).values())
    assert seen == (status == 0), (status, seen)
    if status == 4:
        return "gone"
    return "planned" if sql(world, "SELECT 1 FROM barrier WHERE registration "
                            "= ? AND erase_due <> 0", id_) else "whole"


def killed(world, argv, at_sync, longest):
    """Run it; dead at one of its syncs, the first ones in turn, or when a moment
    has passed."""
    trigger = world.dir / "synckill"
    env = dict(os.environ)
    if at_sync:
        nth = syncs[argv[0]] = syncs.get(argv[0], -1) + 1
        trigger.write_text(str(1 + nth % 8))
        env.update(LD_PRELOAD=str(SYNCKILL), SYNCKILL=str(trigger),
                   ASAN_OPTIONS="verify_asan_link_order=0")
    p = subprocess.Popen([str(a) for a in argv], env=env,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait = longest if at_sync else rng.uniform(0, longest)
    try:
        p.wait(wait)
    except subprocess.TimeoutExpired:
        p.send_signal(signal.SIGKILL)
        p.wait()
    trigger.unlink(missing_ok=True)
    return p.returncode == -signal.SIGKILL


def hours(world, n):
    path = world.host_dir / "config.json"
    config = json.loads(path.read_text())
    path.write_text(json.dumps({**config, "erase_undo_hours": n}))


def begin(world, way, id_, longest):
    """What is decided for this person, cut off."""
    if way.startswith("command"):
        hours(world, 0)
        return killed(world, [BIN / "badgeward", "-C", world.host_dir,
                              "right", "erase", id_, "--without-case", "law",
                              "--force"],
                      "sync" in way, longest)
    hours(world, 1)
    world.cli("right", "erase", str(id_), "--without-case", "law")
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db, db:
        db.execute("UPDATE barrier SET erase_due = ? WHERE registration = ?",
                   (int(time.time()) - 1, id_))
    return killed(world, [BIN / "badgeward-host", "-C", world.host_dir,
                          "--listen", "127.0.0.1:0"], "sync" in way,
                  longest)


def left_of(world, id_):
    i = id_ - 1
    return traces([name(i), f"Burrow{i:04}", f"77{i:08}"], world.host_dir)


print(f"SEED={SEED} ROUNDS={ROUNDS}")
world = World(registrations=None)
with world:
    world.cli("import", "eventbrite", people(world.dir / "people.csv"))
    shared(world)
    start = time.monotonic()
    world.cli("right", "list")
    longest = 4 * (time.monotonic() - start)
    found, gone = {}, 0
    for id_ in range(1, ROUNDS + 1):
        way = WAYS[id_ % len(WAYS)]
        dead = begin(world, way, id_, longest)
        before = state(world, id_)
        found.setdefault((way.split()[0], before), 0)
        found[way.split()[0], before] += dead
        if rng.random() < 0.5:
            world.cli("purge", "--apply")
        else:
            world.start_host()
            world.host.stop()
        after = state(world, id_)
        assert after == ("whole" if before == "whole" else "gone"), \
            (way, before, after)
        if after == "gone":
            left = left_of(world, id_)
            assert not left, (way, before, left)
            gone += 1
        else:
            assert left_of(world, id_)
    print(found)
    assert found.get(("host", "planned")), found
    lines = (world.host_dir / "deleted-members").read_text().splitlines()
    assert len(lines) == gone, (len(lines), gone)
    assert sql(world, "SELECT count(*), count(DISTINCT lead) FROM ack "
               "WHERE kind = 3") == [(gone, gone)]
    assert "deleted" in world.verify("k07")
    assert len(leads(world)) == ROUNDS - gone
    print("ok")
