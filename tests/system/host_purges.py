# SPDX-License-Identifier: Apache-2.0
"""What was kept for as long as the policy allows goes by `badgeward purge`:
first said, then done, all of it, once, also when it is killed at any moment;
no file holds a value any more, and the logs verify as before."""

import os
import random
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled  # noqa: E402
from world import BIN, POLICY  # noqa: E402

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


def killed(world, rng):
    """A purge that is killed at some moment."""
    p = subprocess.Popen([BIN / "badgeward", "-C", world.host_dir, "purge",
                          "--apply"], stdout=subprocess.DEVNULL)
    time.sleep(rng.random() * 0.05)  # the moment is what is tried
    p.kill()
    p.wait()


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
    assert goes(world, "--apply") == first
    assert goes(world) == {} and goes(world, "--apply") == {}
    assert rows(world, "SELECT count(*) FROM lead") == [(0,)]
    assert rows(world, "SELECT count(*) FROM receipt") == [(0,)]
    verify(world)

    # Now all the rest, while it is killed again and again.
    wind(clock, max(past, lead_end - int(time.time())) + 800 * DAY)
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.executemany("INSERT INTO health (device, at, health) "
                       "VALUES (1, ?, '{}')", [(i,) for i in range(5000)])
    hold(world, PERSON, people[0]["id"])
    world.cli("purge", "--apply", "--clock-is-right")
    assert held(world)["registrations"] == 1, held(world)
    assert holding(world, email) and not holding(world, people[1]["email"])
    lift(world)
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.executemany("INSERT INTO health (device, at, health) "
                       "VALUES (1, ?, '{}')", [(i,) for i in range(5000)])
    before = goes(world)
    assert before["registrations"] == 1, before
    assert before["health"] >= 5000, before
    rng = random.Random(7)
    for _ in range(20):
        killed(world, rng)
    verify(world)
    world.cli("purge", "--apply")
    assert goes(world) == {} and goes(world, "--apply") == {}
    for person in people:
        assert not holding(world, person["email"]), person["id"]
    assert rows(world, "SELECT count(*) FROM badge") == [(0,)]
    assert rows(world, "SELECT count(*) FROM entry "
                "WHERE body IS NOT NULL") == [(0,)]
    gone = rows(world, "SELECT coalesce(sum(CAST(detail AS INTEGER)), 0) "
                "FROM audit WHERE act = 'purge' AND object = 'health'")
    assert gone[0][0] >= 10000, gone
    verify(world)
    audit = world.dir / "audit.txt"
    world.cli("export", "audit", "--out", audit)
    world.cli("verify", "audit", audit)
    print("ok")
