# SPDX-License-Identifier: Apache-2.0
"""A breach: from the log alone, whom it concerns, what the device can read, and
the 72 hours. Disclosures: recorded, listed, kept. Aggregates: nothing of few."""

import json
import os
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled  # noqa: E402
from world import BIN  # noqa: E402


def fails(world, code, *args):
    done = subprocess.run([BIN / "badgeward", "-C", world.host_dir, *args],
                          capture_output=True, text=True)
    assert done.returncode == code, (args, done)
    return done.stderr


def acts(world):
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return [a for (a,) in db.execute("SELECT act FROM audit ORDER BY id")]


def breach(world):
    said = world.cli("breach", "k07")
    for words in ("It concerns device k07.", "Attendees of the event: 2.\n",
                  "Records (shares): 3.",
                  "Fields that were shared there: name, email, company.",
                  "reader: name, email, company.",
                  "It cannot open: job title, work phone, location.",
                  "Badges with values on them: 2;", "NOT revoked",
                  "3. Contact point\n   Summit Association, 2 Fair Street, "
                  "10115 Berlin, Germany; privacy@summit.example\n"):
        assert words in said, (words, said)
    assert "Attendees of the event: 0" in world.cli("breach", "k08")
    assert "Attendees of the event: 2" in world.cli(
        "breach", "--sponsor", "example-corp")
    # Only of what was then.
    old = world.cli("breach", "k07", "--to", "2020-01-01")
    assert "Attendees of the event: 0" in old, old
    # The host holds more than was shared: it concerns everybody.
    there = [r for r in world.registrations() if r["status"] != "deleted"]
    assert len(there) > 2
    whole = world.cli("breach", "--event", "--people")
    for words in ("the whole event, the host and all devices",
                  f"Attendees of the event: {len(there)}.\n",
                  "Records (shares): 3.", "Fields that the host holds: name, "
                  "email, company, job title, work phone"):
        assert words in whole, (words, whole)
    listed = whole.split("their shares:\n")[1].splitlines()
    assert len(listed) == len(there) and sorted(
        int(line.split()[1]) for line in listed)[-3:] == [0, 1, 2], listed
    # No value, and the numbers only when asked for.
    people = world.registrations()
    for person in people:
        assert person["email"] not in said and person["name"] not in said
    assert "Registrations and their shares" not in said
    listed = world.cli("breach", "k07", "--people").split(
        "Registrations and their shares:\n")[1].splitlines()
    assert sorted(int(line.split()[1]) for line in listed) == [1, 2], listed
    assert "breach.look" in acts(world) and "breach.people" in acts(world)


def clock(world):
    hour = time.strftime("%Y-%m-%dT%H:%M:%SZ",
                         time.gmtime(time.time() - 10 * 3600 - 60))
    # Which number it has is said beside the draft, which goes to a file.
    opened = subprocess.run([BIN / "badgeward", "-C", world.host_dir, "breach",
                             "k07", "--aware", hour, "--contact", "Ms. X"],
                            capture_output=True, text=True, check=True)
    assert opened.stderr.startswith("incident 1: to be notified until 2")
    assert opened.stderr.endswith("; 61 hours left\n"), opened.stderr
    # What the authority is sent has nothing of that.
    said = opened.stdout
    assert "Became aware: 2" in said and "   Ms. X\n" in said, said
    assert "hours left" not in said and "Incident 1" not in said, said
    assert "Letters" not in said, said
    assert acts(world).count("incident.open") == 1
    assert "When it happened is not known." in said, said
    assert said == world.cli("breach", "--incident", "1", "--contact", "Ms. X")
    old = world.cli("breach", "k07", "--aware", hour, "--happened",
                    "2026-01-02", "--ended", "2026-01-03")
    assert "2026-01-02 00:00 UTC to 2026-01-04 00:00 UTC." in old, old
    for option in ("--happened", "--ended", "--from", "--to"):
        said = fails(world, 2, "breach", "k07", "--aware", hour,
                     *(("--happened", "1.1.2026") if option == "--ended"
                       else ()), option, "1.1.2999")
        assert f"{option} is still to come" in said, said
    for odd in ("1.13.2026", "31.6.2026", "1.6.26", "1.6.2026T09:30", "1.6",
                "001.6.2026", "1.6.2026 9:30", "1/6/2026"):
        fails(world, 2, "breach", "k07", "--from", odd)
    fails(world, 2, "breach", "k07", "--happened", "2026-01-02")
    fails(world, 2, "breach", "k07", "--incident", "1")
    fails(world, 1, "breach", "--incident", "9")
    fails(world, 2, "breach", "k07", "--aware", "2999-01-01")
    today = time.strftime("%d.%m.%Y", time.gmtime())
    assert world.cli("breach", "k07", "--to", today) == \
        world.cli("breach", "k07", "--to", time.strftime(
            "%Y-%m-%d", time.gmtime())), today
    fails(world, 1, "breach", "k99")
    fails(world, 1, "breach", "--sponsor", "nobody")
    fails(world, 2, "breach")
    fails(world, 2, "breach", "k07", "--event")
    fails(world, 2, "breach", "k07", "--from", "soon")
    world.cli("device", "revoke", "k07")
    assert "The device is revoked" in world.cli("breach", "k07")


def disclosures(world):
    given = ("--asked", "Amtsgericht X", "--decided", "Officer Y")
    world.cli("disclosure", "add", "--basis", "court", *given,
              "--registration", "1", "--fields", "name,email",
              "--from", "2026-01-01", "--to", "2026-02-01",
              "--reason", "12 Js 3/26", "--secret-until", "2035-01-01")
    world.cli("disclosure", "add", "--basis", "emergency", *given,
              "--sponsor", "acme")
    two, one = json.loads(world.cli("disclosure", "list", "--json"))
    assert (one["basis"], one["registration"], one["fields"]) == (
        "court", 1, "name,email"), one
    assert one["secret_until"] > one["until"] > one["since"], one
    assert (two["sponsor"], two["secret_until"]) == ("acme", 0), two
    assert "Amtsgericht X" in world.cli("disclosure", "list")
    fails(world, 1, "disclosure", "add", "--basis", "law", *given,
          "--secret-until", "2020-01-01")
    fails(world, 1, "disclosure", "add", "--basis", "law", *given,
          "--corrects", "9")
    fails(world, 2, "disclosure", "add", "--basis", "fun", *given)
    fails(world, 2, "disclosure", "add", "--basis", "law", *given,
          "--fields", "phone")
    fails(world, 2, "disclosure", "add", "--basis", "law", *given,
          "--registration", "1", "--sponsor", "acme")
    fails(world, 1, "disclosure", "add", "--basis", "law", *given,
          "--registration", "999")
    fails(world, 1, "disclosure", "add", "--basis", "law", *given,
          "--sponsor", "nobody")
    fails(world, 1, "disclosure", "add", "--basis", "law", *given,
          "--at", "2999-01-01")
    fails(world, 1, "disclosure", "add", "--basis", "law", "--asked", "",
          "--decided", "Y")
    assert acts(world).count("disclosure.add") == 2
    with sqlite3.connect(world.host_dir / "host.db") as db:
        assert db.execute("SELECT count(*) FROM audit WHERE detail LIKE "
                          "'%Amtsgericht%'").fetchone() == (0,)
    # No purge takes one before its period is over, nor a correction before all
    # that it corrects, which would be told again.
    for wrong in "2", "3":
        world.cli("disclosure", "add", "--basis", "law", *given, "--sponsor",
                  "acme", "--at", "2001-01-01", "--corrects", wrong)
    world.cli("purge", "--apply")
    left = json.loads(world.cli("disclosure", "list", "--json"))
    assert [(d["id"], d["corrects"], d["corrected_by"]) for d in left] == [
        (4, 3, 0), (3, 2, 4), (2, 0, 3), (1, 0, 0)], left
    # Nor does a correction tell sooner what must not be told yet.
    again = ("disclosure", "add", "--basis", "court", *given,
             "--registration", "1", "--corrects")
    said = world.cli(*again, "1")
    assert "secret until 2035-01-0" in said, said
    said = fails(world, 1, *again, "5", "--secret-until", "2034-12-31")
    assert "disclosure 5 must not be told before 2035-01-0" in said, said
    world.cli(*again, "5", "--secret-until", "2036-01-01")
    world.cli(*again, "6", "--force")
    three = json.loads(world.cli("disclosure", "list", "--json"))[:3]
    assert [d["secret_until"] for d in three][::2] == [
        0, one["secret_until"]], three
    assert three[1]["secret_until"] > one["secret_until"], three


def aggregates(world):
    out = world.cli("aggregates")
    assert out.splitlines() == ["day,sponsor,people,declines,no_answers,name,"
                                "email,company,job_title,work_phone,location"]
    for k in ("1", "5", "15", "x"):
        fails(world, 2, "aggregates", "--k", k)


with World() as world:
    world.start_host()
    d = enrolled(world)
    enrolled(world, "k08")
    first, second = badges(world, 2)
    d.share(first, [1, 2])
    d.share(first, [1, 2, 3])
    d.share(second, [1, 2])
    assert d.upload(1).status == 200
    breach(world)
    clock(world)
    disclosures(world)
    aggregates(world)
    print("ok")
