# SPDX-License-Identifier: Apache-2.0
"""What badgeward purge says would go is what --apply says has gone, and both are
the rows that are no longer there, class by class, from the event until nothing
is left: whatever goes with a row of another class is counted in its own."""

import os
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled  # noqa: E402
from world import POLICY  # noqa: E402

DAY = 86400
ROWS = {
    "notes": "(SELECT lead FROM note UNION SELECT lead FROM mark)",
    "leads": "lead",
    "registrations": "registration WHERE status <> 4",
    "logs": "entry WHERE body IS NOT NULL",
    "counts": "tally",
    "salts": "audit_salt",
    "deleted": "registration WHERE status = 4 AND key NOT LIKE 'purged-%'",
    "cases": "casefile WHERE closed_at <> 0",
    "mail": "mail",
    "disclosures": "disclosure",
    "incidents": "incident WHERE closed_at <> 0",
    "health": "health",
    "exports": "export",
}
END = 20  # days until the event's end
# The sponsor's days, the periods, and the nights: before and after something is
# over. Of the first plan notes go with their share, whose record stays as proof; of
# the second all that a person has goes with the registration.
PLANS = (
    (60, {"notes": 60, "leads": 10, "registrations": 20, "logs": 90,
          "mail": 500, "salts": 400}, (0, 45, 69, 71, 79, 81, 149, 151, 500, 600)),
    (5, {"notes": 30, "leads": 70, "registrations": 3, "logs": 500,
         "mail": 500, "salts": 400}, (0, 22, 24, 34, 36, 76, 600)),
)


def database(world):
    return sqlite3.connect(world.host_dir / "host.db", timeout=10)


def there(world):
    with database(world) as db:
        return {c: db.execute(f"SELECT count(*) FROM {of}").fetchone()[0]
                for c, of in ROWS.items()}


def table(text):
    """{class: (kept, going, held)}"""
    rows = [line.split() for line in text.splitlines()]
    return {r[0]: tuple(int(n) for n in r[2:5]) for r in rows
            if len(r) == 7 and r[1].isdigit()}


def next_of(text):
    """{class: the day that is said}"""
    return {r[0]: r[6] for r in map(str.split, text.splitlines())
            if len(r) == 7 and r[6][:2] == "20"}


def some(world, d):
    """Shares with notes, letters that are sent, given up and still to go, and a
    proof for each person."""
    for badge in badges(world, 2):
        d.share(badge, [1, 2])
    assert d.upload(1).status == 200
    now = int(time.time())
    with database(world) as db:
        for lead, in db.execute("SELECT id FROM lead").fetchall():
            db.execute("INSERT INTO mark VALUES (?, 1, x'00', 1, 0, ?, 1)",
                       (lead, now))
            db.execute("INSERT INTO note VALUES (?, ?, x'00')",
                       (lead + 1000, lead))
            db.execute("INSERT INTO entry VALUES (?, x'00', x'00')",
                       (lead + 1000,))
        for one in attending(world):
            db.executemany(
                "INSERT INTO mail (registration, kind, letter, language, num, "
                "day, state, queued_at, next_try, ended_at) "
                "VALUES (?, 0, 0, 'en', 1, 0, ?, ?, 0, ?)",
                [(one["id"], 0, now, 0), (one["id"], 2, now, now + 9),
                 (one["id"], 3, now, now + 9)])
            db.execute("INSERT INTO audit_salt VALUES (?, x'00')",
                       (f"registration {one['id']}",))


def one_night(world, clock, ahead, nexts):
    """What went with what this night; or {}. Persons and shares do not go before
    the day that was said the last time, nor is it over."""
    new = clock.with_suffix(".new")
    new.write_text(f"{ahead}")
    new.rename(clock)
    world.cli("purge", "--clock-is-right")
    before = there(world)
    looked = world.cli("purge")
    said = table(looked)
    today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + ahead))
    for c in ("registrations", "leads"):
        assert c not in nexts or (said[c][1] > 0) == (nexts[c] <= today), (
            c, nexts, today, said[c])
    done = table(world.cli("purge", "--apply"))
    after = there(world)
    nexts.clear()
    nexts.update(next_of(world.cli("purge")))
    for c in ROWS:
        gone = before[c] - after[c] if c != "deleted" else said[c][1]
        assert said[c][:2] == (before[c], gone), (ahead / DAY, c, said[c],
                                                  before[c], after[c])
        assert done[c][:2] == (after[c], gone), (ahead / DAY, c, done[c],
                                                 before[c], after[c])
    return {c: before[c] - after[c] for c in ROWS if before[c] != after[c]}


def all_nights(days, periods, nights):
    with World(policy=None) as world:
        policy = world.dir / "policy.conf"
        end = time.strftime("%Y-%m-%d", time.gmtime(time.time() + END * DAY))
        policy.write_text(POLICY.read_text().replace(
            "valid_until = 2035-12-31", f"valid_until = {end}").replace(
            "country     = DE",
            f"country = DE\n\tretention_days = {days}\n") + "\nretention {\n" +
            "".join(f"\t{k} = {v}\n" for k, v in periods.items()) + "}\n")
        world.cli("policy", "install", policy)
        clock = world.dir / "clock"
        clock.write_text("0")
        os.environ.update(
            LD_PRELOAD=os.environ["BUILD"] + "/tests/wallclock.so",
            WALLCLOCK=str(clock), ASAN_OPTIONS="verify_asan_link_order=0")
        world.start_host()
        some(world, enrolled(world))
        world.host.stop()
        world.cli("purge", "--apply")  # which counts by the hour what came
        nexts = {}
        went = [one_night(world, clock, n * DAY, nexts) for n in nights]
        return [n for n in went if n]


nights = all_nights(*PLANS[0])
print(nights)
shares, = [n for n in nights if "leads" in n]
assert shares["notes"] == 2 and shares["logs"] == 2, nights
assert nights[-1] == {"logs": 2}, nights  # the shares' own records
for n in [n for n in nights if "registrations" in n]:
    assert n["mail"] == 3 * n["salts"] > 0, nights

nights = all_nights(*PLANS[1])
print(nights)
noted, = [n for n in nights if "notes" in n]
assert "leads" not in noted and noted["mail"] == 30, nights
print("ok")
