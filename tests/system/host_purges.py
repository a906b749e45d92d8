# SPDX-License-Identifier: Apache-2.0
"""What was kept for as long as the policy allows goes by `badgeward purge`:
first said, then done, all of it, once; what is killed at a seeded moment is
finished by the next start of the host; no file holds a value any more, and the
logs verify as before.

ROUNDS and SEED in the environment."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, until  # noqa: E402
from world import BIN, POLICY, REGISTRATIONS  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "12"))
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
SYNCKILL = BIN.parent / "tests/synckill.so"
ROWS = 3000
DAY = 86400
RETENTION = """
retention {
	notes = 0
	leads = 10
	registrations = 20
	logs = 40
	counts = 50
	health = 1
}
"""


def wind(clock, seconds):
    new = clock.with_suffix(".new")
    new.write_text(f"{seconds}")
    new.rename(clock)


def table(text):
    """{class: [days, kept, going, held, from, next]}"""
    rows = [line.split() for line in text.splitlines()]
    return {r[0]: r[1:] for r in rows if len(r) == 7 and r[1].isdigit()}


def goes(world, *args):
    return {c: int(r[2]) for c, r in table(world.cli("purge", *args)).items()
            if int(r[2])}


def holding(world, value):
    return sorted(p.name for p in world.host_dir.rglob("*")
                  if p.is_file() and value.encode() in p.read_bytes())


def rows(world, sql, *args):
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return db.execute(sql, args).fetchall()


def held(world, *args):
    return {c: int(r[3]) for c, r in table(world.cli("purge", *args)).items()
            if int(r[3])}


PERSON, SPONSOR, EVENT = range(3)


def hold(world, scope, registration=0, sponsor=""):
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.execute("UPDATE hold SET lifted_at = 1")
        db.execute("INSERT INTO hold (scope, registration, sponsor, reason, "
                   "reviewer, review_at, added_at) VALUES (?, ?, ?, 'suit', "
                   "'officer', 1, 1)", (scope, registration, sponsor))


def lift(world):
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.execute("UPDATE hold SET lifted_at = 1")


def verify(world):
    log = world.dir / "out.log"
    world.cli("export", "log", "--device", "k07", "--out", log, "--force")
    key = [w for line in world.cli("device", "list").splitlines()
           for w in line.split() if line.startswith("k07")][-1]
    world.cli("verify", "log", log, "--key", key)


def over(world):
    """Rows that are over, of one class, so that a purge takes some moments."""
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.executemany("INSERT INTO health (device, at, health) "
                       "VALUES (1, ?, '{}')", [(i,) for i in range(ROWS)])


def killed(world, argv, at_sync):
    """Run it; dead at this sync, or (0) when some moment has passed."""
    trigger = world.dir / "synckill"
    env = dict(os.environ)
    if at_sync:
        trigger.write_text(str(at_sync))
        env.update(LD_PRELOAD=f"{SYNCKILL} {env['LD_PRELOAD']}",
                   SYNCKILL=str(trigger))
    p = subprocess.Popen([str(a) for a in argv], env=env,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        p.wait(30 if at_sync else rng.uniform(0, 0.1))
    except subprocess.TimeoutExpired:
        p.kill()
        p.wait()
    trigger.unlink(missing_ok=True)
    return p.returncode == -signal.SIGKILL


def purge_killed(world, at_sync):
    return killed(world, [BIN / "badgeward", "-C", world.host_dir, "purge",
                          "--apply"], at_sync)


def host_killed(world, at_sync):
    return killed(world, [BIN / "badgeward-host", "-C", world.host_dir,
                          "--listen", "127.0.0.1:0"], at_sync)


def begun(world):
    return rows(world, "SELECT value FROM meta WHERE key = 'purging'")[0][0]


def one_round(world, i):
    """Cut off, and the host cut off that would finish it; whether there was
    something to finish."""
    over(world)
    purge_killed(world, rng.randrange(1, 10) if i % 3 else 0)
    if begun(world) and i % 4 == 3:
        host_killed(world, rng.randrange(1, 6))
    left, was = goes(world), begun(world)
    world.start_host()
    if was:
        until(lambda: not begun(world), what="the purge is finished")
        assert goes(world) == {}, goes(world)
    world.host.stop()
    if not was:
        assert goes(world) == left, (left, goes(world))
        world.cli("purge", "--apply")
    return bool(was and left)


def only_what_was_begun(world, clock):
    """What came to be over since is for the timer."""
    over(world)
    assert purge_killed(world, 4) and begun(world) and goes(world)
    wound = float(clock.read_text())
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.execute("INSERT INTO health (device, at, health) VALUES (1, ?, "
                   "'{}')", (int(time.time() + wound) - DAY + 200,))
    wind(clock, wound + 400)
    world.start_host()
    until(lambda: not begun(world), what="the purge is finished")
    assert goes(world) == {"health": 1}, goes(world)
    world.host.stop()
    world.cli("purge", "--apply")


rng = random.Random(SEED)
print(f"SEED={SEED} ROUNDS={ROUNDS}")
with World(policy=None) as world:
    policy = world.dir / "policy.conf"
    policy.write_text(POLICY.read_text().replace(
        "country     = DE", "country = DE\n\tretention_days = 30\n"
        ) + RETENTION)
    said = world.cli("policy", "check", policy)
    assert "Shares with sponsors: 10 days from the end of the sponsor's period." in said
    world.cli("policy", "install", policy)
    clock = world.dir / "clock"
    wind(clock, 0)
    os.environ.update(LD_PRELOAD=os.environ["BUILD"] + "/tests/wallclock.so",
                      WALLCLOCK=str(clock),
                      ASAN_OPTIONS="verify_asan_link_order=0")
    world.start_host()
    d = enrolled(world)
    people = attending(world)
    for badge in badges(world, 2):
        d.share(badge, [1, 2])
    assert d.upload(1).status == 200
    email = people[0]["email"]
    assert holding(world, email)
    end = rows(world, "SELECT max(valid_until) FROM part")[0][0]
    past = end - int(time.time())

    # Nothing is over while the event runs and its shares are kept.
    assert goes(world) == {}, goes(world)
    assert goes(world, "--apply") == {}

    # The sponsor's period ends first, or the event does; what is said is done.
    lead_end = rows(world, "SELECT max(time) FROM lead")[0][0] + 30 * DAY
    wind(clock, lead_end + 10 * DAY + 60 - int(time.time()))
    first = goes(world)
    assert first.get("leads") == 2, first
    # The host does not believe such a leap of its clock before it is told.
    assert "in doubt" in world.refused("purge", "--apply")
    world.cli("purge", "--clock-is-right")

    # What a hold is about stays, and is said.
    hold(world, EVENT)
    assert goes(world, "--apply") == {} and held(world)["leads"] == 2
    hold(world, SPONSOR, 0, "example-corp")
    assert "leads" not in goes(world) and held(world)["leads"] == 2
    hold(world, SPONSOR, 0, "acme")
    assert held(world) == {}, held(world)
    hold(world, PERSON, people[0]["id"])
    assert held(world)["leads"] == 1 and goes(world)["leads"] == 1
    lift(world)
    done = table(world.cli("purge", "--apply"))
    assert {c: int(r[2]) for c, r in done.items() if int(r[2])} == first
    # What is kept is what is there afterwards.
    now = table(world.cli("purge"))
    assert [(c, done[c][1], now[c][1]) for c in first
            if done[c][1] != now[c][1]] == []
    assert goes(world) == {} and goes(world, "--apply") == {}
    assert rows(world, "SELECT count(*) FROM lead") == [(0,)]
    assert rows(world, "SELECT count(*) FROM receipt") == [(0,)]
    verify(world)

    # Now all the rest, while it is killed again and again.
    wind(clock, max(past, lead_end - int(time.time())) + 800 * DAY)
    hold(world, PERSON, people[0]["id"])
    world.cli("purge", "--apply", "--clock-is-right")
    assert held(world)["registrations"] == 1, held(world)
    assert holding(world, email) and not holding(world, people[1]["email"])
    lift(world)
    before = goes(world)
    assert before["registrations"] == 1, before
    world.host.stop()
    found = [one_round(world, i) for i in range(ROUNDS)]
    print(f"{sum(found)} of {ROUNDS} were left in the middle")
    assert sum(found) >= ROUNDS // 4, found
    only_what_was_begun(world, clock)
    assert goes(world) == {} and goes(world, "--apply") == {}
    for person in people:
        assert not holding(world, person["email"]), person["id"]
    assert rows(world, "SELECT count(*) FROM badge") == [(0,)]
    assert rows(world, "SELECT count(*) FROM entry "
                "WHERE body IS NOT NULL") == [(0,)]
    gone = rows(world, "SELECT coalesce(sum(CAST(detail AS INTEGER)), 0) "
                "FROM audit WHERE act = 'purge' AND object = 'health'")
    assert gone == [((ROUNDS + 1) * ROWS + 1,)], gone
    verify(world)
    # One old file does not bring everybody back unnoticed.
    left = rows(world, "SELECT count(*) FROM registration")
    said = world.refused("import", "eventbrite", REGISTRATIONS)
    assert "not kept any more" in said and "--yes" in said, said
    assert rows(world, "SELECT count(*) FROM registration") == left
    audit = world.dir / "audit.txt"
    world.cli("export", "audit", "--out", audit)
    world.cli("verify", "audit", audit)
    print("ok")
