# SPDX-License-Identifier: Apache-2.0
"""kill -9 at seeded moments of a restore, and of what is done again over the
store that was put back, in as many turns as that takes: at the end all is as
after a restore that nobody disturbed. No act is lost or done twice, a sponsor is
told once, and what is told or held has a number of its own.

ROUNDS and SEED in the environment."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled  # noqa: E402
from portal import invite  # noqa: E402
from program import token  # noqa: E402
from world import BIN  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "8"))
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
SYNCKILL = BIN.parent / "tests/synckill.so"
MANY = 2500     # withdrawals that wait for their share: more than one turn's
SYNCS = {"restore": 22, "registration": 6}      # that it has, about
KILLS = 6       # of one round, at most
rng = random.Random(SEED)

STATE = (
    "SELECT id, status, minor, released, v1, v2, v3 FROM registration",
    "SELECT registration, restricted, objected, erase_due, erase_planned <> 0,"
    " staff <> 0 FROM barrier",
    "SELECT registration, at FROM withdrawn",
    "SELECT id, state, reason FROM lead",
    "SELECT lead, kind, sponsor, count(*) FROM ack GROUP BY 1, 2, 3",
    "SELECT scope, registration, sponsor, added_at, lifted_at FROM hold",
    "SELECT badge_id, retired_at FROM badge",
    "SELECT mail, role, state, password IS NULL, totp IS NULL FROM account",
    "SELECT name, revoked_at FROM token",
    "SELECT name, state, lost_at FROM device",
    "SELECT registration FROM optout",
    "SELECT registration, field FROM corrected",
    "SELECT rh, why FROM pending",
    "SELECT registration, kind, letter, count(*) FROM mail GROUP BY 1, 2, 3",
    "SELECT type, registration, closed_at <> 0, count(*) FROM casefile "
    "GROUP BY 1, 2, 3",
    "SELECT key, value FROM meta WHERE key IN ('redo', 'restored', 'edition')",
    "SELECT CASE WHEN object LIKE 'hold %' THEN 'hold' ELSE object END, detail,"
    " count(*) FROM audit WHERE act = 'right.redo' AND object <> 'store' "
    "GROUP BY 1, 2",
    "SELECT count(*) FROM audit WHERE act = 'right.redo' AND object = 'store'",
)


def query(where, text):
    with closing(sqlite3.connect(where / "host.db")) as db:
        return sorted(db.execute(text).fetchall(), key=repr)


def state(where):
    return {text: query(where, text) for text in STATE}


def numbers(where):
    return {n for column in ("num FROM ack", "id FROM hold")
            for n, in query(where, f"SELECT {column}")}


def before(w, people):
    """Of which the backup knows."""
    w.cli("right", "restrict", people[1])
    w.cli("hold", "add", "--registration", people[2], "--reason", "7 O 12",
          "--reviewer", "anna")
    invite(w, "desk@s.example", "badge-desk")
    token(w, "crm", "leads:read", "example-corp")
    w.cli("device", "add", "k08", "--sponsor", "example-corp")


def since(w, people):
    """One of each kind, as far as commands go."""
    hold, = query(w.host_dir, "SELECT id FROM hold")
    w.cli("right", "lift", people[1])
    w.cli("right", "withdraw", people[0], "--share", "k07-1")
    w.cli("hold", "lift", hold[0], "--yes")
    w.cli("right", "object", people[3])
    w.cli("hold", "add", "--event", "--reason", "7 O 13", "--reviewer", "anna")
    w.cli("right", "withdraw", people[4])
    w.cli("badge", "encode", "--registration", people[1], "--uid",
          "04e10cda993c90", "--out", w.dir / "other", "--reissue")
    w.cli("badge", "encode", "--registration", people[2], "--uid",
          "04e10cda993c91", "--out", w.dir / "another")
    w.cli("account", "disable", "desk@s.example")
    w.cli("token", "revoke", "1")
    w.cli("device", "revoke", "k08", "--lost")
    w.cli("right", "restrict", people[0])
    w.cli("right", "erase", people[5], "--without-case", "law")


def spread(record, had):
    """What was done since the backup lies in several turns, with withdrawals of
    shares between that have not come yet."""
    lines = record.read_text().splitlines()
    old = [line for line in lines if int(line.split()[1]) <= had]
    new = [line.split() for line in lines[len(old):]]
    parts = [new[:len(new) // 3], new[len(new) // 3:2 * len(new) // 3],
             new[2 * len(new) // 3:]]
    num, last, out = had, None, old
    for i, part in enumerate(parts):
        for words in part:
            num += words[1] != last
            last = words[1]
            out.append(" ".join([words[0], str(num), *words[2:]]))
        if i < 2:
            for _ in range(MANY):
                num += 1
                out.append(f"1 {num} share {int(time.time())} "
                           f"{rng.randbytes(16).hex()}")
        last = None
    record.write_text("\n".join(out) + "\n")


def run(where, *args, at_sync=0, after=None):
    """Whether it came to its end."""
    trigger = where.parent / "synckill"
    env = dict(os.environ, ASAN_OPTIONS="verify_asan_link_order=0")
    if at_sync:
        trigger.write_text(str(at_sync))
        env.update(LD_PRELOAD=str(SYNCKILL), SYNCKILL=str(trigger))
    p = subprocess.Popen([BIN / "badgeward", "-C", where, *args], env=env,
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                         text=True)
    try:
        said = p.communicate(timeout=after)[1]
    except subprocess.TimeoutExpired:
        p.kill()
        said = p.communicate()[1]
    trigger.unlink(missing_ok=True)
    assert p.returncode in (0, -signal.SIGKILL), (SEED, args, said)
    return p.returncode == 0


def cut_off(where, longest, *args):
    """At a sync, or when a moment has passed; or it came to its end."""
    if rng.random() < 0.6:
        return not run(where, *args, at_sync=rng.randint(1, SYNCS[args[0]]))
    return not run(where, *args, after=rng.uniform(0, longest[args[0]]))


def in_place(where):
    """Whether the store is the backup's, and not all was done again."""
    return query(where, "SELECT 1 FROM meta WHERE key = 'restored'") != []


def restored(where, backup, longest):
    """Killed and begun again; how often before the copy was in place, and
    behind that."""
    kills = [0, 0]
    args = "restore", backup
    while sum(kills) < KILLS and cut_off(where, longest, *args):
        kills[in_place(where)] += 1
        args = ("registration", "list") if in_place(where) else \
            ("restore", backup)
    if sum(kills) == KILLS:
        assert run(where, *args)
    return kills


def timed(where, *args):
    start = time.monotonic()
    assert run(where, *args)
    return time.monotonic() - start


print(f"SEED={SEED} ROUNDS={ROUNDS}")
with World() as world:
    world.start_host()
    people = [p["id"] for p in attending(world)[:6]]
    d = enrolled(world)
    for badge in badges(world, 6):
        d.share(badge, [1, 2])
    assert d.upload(1).status == 200
    d.close()
    world.host.stop()
    before(world, people)
    backup = world.dir / "backup"
    world.cli("backup", backup)
    (_, had), = query(backup, "SELECT key, value FROM meta WHERE key = 'redo'")
    since(world, people)
    given = numbers(world.host_dir)
    spread(world.host_dir / "rights-done", had)

    kept = world.dir / "kept"
    shutil.copytree(world.host_dir, kept)
    calm = world.dir / "calm"
    shutil.copytree(kept, calm)
    longest = dict.fromkeys(SYNCS, timed(calm, "restore", backup))
    wanted = state(calm)
    for text, rows in wanted.items():
        assert rows or "optout" in text or "corrected" in text or \
            "FROM mail" in text or "casefile" in text, text
    kills = [0, 0]
    for n in range(ROUNDS):
        where = world.dir / "round"
        shutil.copytree(kept, where)
        kills = [a + b for a, b in
                 zip(kills, restored(where, backup, longest))]
        found = state(where)
        for text in STATE:
            assert found[text] == wanted[text], \
                (SEED, n, text, found[text][:20], wanted[text][:20])
        new = numbers(where) - numbers(backup)
        assert new and not new & given, (SEED, n, new & given)
        assert run(where, "registration", "list")
        assert state(where) == wanted, "it was done once more"
        shutil.rmtree(where)
    print(kills)
    assert all(k > 0 for k in kills) or ROUNDS < 4, kills
    print("ok")
