# SPDX-License-Identifier: Apache-2.0
"""A clock that jumped deletes nothing: neither the purge nor the host's planned
erasures, until it is right again or an officer says that it was. What the
machine slept through is no jump."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending  # noqa: E402
from mine import Mine, words  # noqa: E402
from portal import joined  # noqa: E402
from world import BIN, until  # noqa: E402

DAY = 86400
YEARS = 3 * 365 * DAY
SET = 1200      # a login lasts as long
LOOK = 30       # the host looks every 10 s


def wind(clock, seconds, slept=0):
    new = clock.with_suffix(".new")
    new.write_text(f"{seconds} slept={slept}")
    new.rename(clock)


def sql(world, text):
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db:
        return db.execute(text).fetchall()


def purge(world, *args):
    return subprocess.run([BIN / "badgeward", "-C", world.host_dir, "purge",
                           *args], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)


def state(world):
    """What there is to be lost."""
    return [sql(world, f"SELECT count(*) FROM {t}")[0][0]
            for t in ("registration WHERE status <> 4", "health", "lead")]


def said(world, what, times=1):
    until(lambda: world.log("host").read_text().count(what) >= times, LOOK,
          what)


def due(world):
    return sql(world, "SELECT erase_due FROM barrier")


with World() as world:
    clock = world.dir / "clock"
    wind(clock, 0)
    os.environ.update(LD_PRELOAD=os.environ["BUILD"] + "/tests/wallclock.so",
                      WALLCLOCK=str(clock),
                      ASAN_OPTIONS="verify_asan_link_order=0")
    world.start_host()
    officer = joined(world, "p@summit.example", "privacy-officer")
    organiser = joined(world, "o@summit.example", "organiser")
    world.cli("device", "add", "k07", "--sponsor", "example-corp")
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db:
        db.execute("INSERT INTO health (device, at, health) "
                   "VALUES (1, ?, '{}')", (int(time.time()),))
        db.commit()
    first, second, third = attending(world)[:3]
    world.cli("right", "erase", first["id"], "--without-case",
              "law")
    world.cli("right", "erase", second["id"], "--without-case",
              "law")
    world.cli("case", "open", "erasure", "--registration", third["id"],
              "--proof", "desk")
    world.cli("right", "erase", third["id"], "--case", "1")
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db:
        db.execute("UPDATE barrier SET erase_due = ? WHERE registration = ?",
                   (int(time.time()) + SET // 2, third["id"]))
        db.commit()
    me = Mine(world).enter(third["id"])
    had = state(world)
    assert had[1] == 1 and len(due(world)) == 3, had
    assert purge(world, "--apply").returncode == 0
    assert "in doubt" not in officer.get("/dashboard").text

    # Set by 20 minutes: the pages say it, and an officer's word counts.
    wind(clock, SET)
    said(world, "was set while")
    for person in officer, organiser:
        assert "clock is in doubt" in person.get("/dashboard").text
        page = person.get("/duties").text
        assert "The clock is in doubt" in page and "was set while" in page
        assert ("/duties/clock" in page) == (person is officer)
    # Who may confirm it reads first what goes then, but for what a hold stops.
    goes = ("1 planned erasure is due by this time and is done at once: "
            f"registration {third['id']} ")
    assert goes in words(officer.get("/duties").text), officer.page.text
    assert 'href="/registrations' not in officer.page.text
    assert "done at once" not in organiser.get("/duties").text
    page = words(organiser.get(f"/registrations/{third['id']}").text)
    assert "Its erasure is planned, for" in page, page
    hold = world.cli("hold", "add", "--registration", third["id"], "--reason",
                     "a lawsuit", "--reviewer", "p@summit.example")
    assert "done at once" not in officer.get("/duties").text
    world.cli("hold", "lift", re.search(r"\d+", hold).group(), "--yes")
    assert organiser.post("/duties/clock", confirm="x").status == 403
    # Nothing is erased, so what is due by it can still be undone.
    seen = words(me.act("").text)
    assert "nothing is erased yet" in seen and "Do not erase" in seen, seen
    seen = words(officer.get("/cases/1").text)
    assert "Its time has come" in seen and "Undo the erasure" in seen, seen
    assert "will not be erased" in world.cli("right", "undo", third["id"])
    officer.get("/duties")
    page = officer.post("/duties/clock", confirm="yes")
    assert "day was not typed" in page.text, page.text
    assert purge(world, "--apply").returncode == 1
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + SET))
    officer.get("/duties")
    page = officer.post("/duties/clock", confirm=day)
    assert "clock is believed" in page.text and "in doubt" not in page.text
    assert purge(world, "--apply").returncode == 0
    said(world, "believed again")

    # Three years ahead: nothing goes, and everybody is told what to do.
    wind(clock, SET + YEARS)
    said(world, "may be ahead")
    look = purge(world)
    assert look.returncode == 0 and "--clock-is-right" in look.stdout
    assert "more than 31 days" in look.stdout, look.stdout
    tried = purge(world, "--apply")
    assert tried.returncode == 1 and "in doubt" in tried.stdout, tried.stdout
    assert state(world) == had and len(due(world)) == 2

    # Neither when the host starts again under it.
    world.host.stop()
    world.start_host()
    assert state(world) == had and len(due(world)) == 2
    assert purge(world, "--apply").returncode == 1

    # Behind is in doubt too.
    wind(clock, SET - DAY)
    said(world, "is behind")
    assert "was later" in purge(world).stdout

    # Back again, all goes on: what slept for four days has them behind it.
    wind(clock, SET)
    said(world, "believed again", 2)
    assert purge(world, "--apply").returncode == 0
    assert state(world) == had
    wind(clock, SET, 4 * DAY)
    until(lambda: due(world) == [], LOOK, "the erasures take effect")
    assert state(world)[0] == had[0] - 2
    assert "in doubt" not in purge(world).stdout

    # It was right to be three years ahead: said on the command line.
    wind(clock, SET + YEARS, 4 * DAY)
    assert purge(world, "--apply").returncode == 1
    look = purge(world, "--clock-is-right")
    assert look.returncode == 0 and "in doubt" not in look.stdout
    assert state(world)[1] == 1
    assert purge(world, "--apply").returncode == 0
    assert state(world)[1] == 0
    (who, n), = sql(world, "SELECT min(actor), count(*) FROM audit "
                    "WHERE act = 'clock.confirm'")
    assert who.startswith("account:") and n == 2, (who, n)
    print("ok")
