# SPDX-License-Identifier: Apache-2.0
"""What goes when, as the page Duties says it of a world that is known: days,
counts and dates of each class, tonight's at their moment, and what a hold
changes. The host's clock is wound on."""

import datetime
import os
import re
import sqlite3
import sys
import time
import types

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled  # noqa: E402
import portal  # noqa: E402
from portal import joined  # noqa: E402
from world import POLICY  # noqa: E402

DAY = 86400
DAYS = {"Notes": 0, "Shares": 10, "Registrations": 20, "Devices": 40,
        "Counts": 50, "Proofs": 365, "Record": 365, "Cases": 1095, "Mail": 30,
        "Disclosures": 1825, "Incidents": 1825, "Log-ins": 90, "State": 1,
        "List": 365}
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


def sql(world, text):
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return db.execute(text).fetchone()


class Clock:
    """The host's, and of whoever makes codes for it."""

    def __init__(self, world):
        self.file, self.world, self.ahead = world.dir / "clock", world, 0
        self.file.write_text("0")
        portal.time = types.SimpleNamespace(
            time=lambda: time.time() + self.ahead)
        os.environ.update(
            LD_PRELOAD=os.environ["BUILD"] + "/tests/wallclock.so",
            WALLCLOCK=str(self.file), ASAN_OPTIONS="verify_asan_link_order=0")

    def wind(self, to):
        self.ahead = int(to - time.time())
        new = self.file.with_suffix(".new")
        new.write_text(f"{self.ahead}")
        new.rename(self.file)
        self.world.cli("purge", "--clock-is-right")


def day(t):
    return datetime.datetime.fromtimestamp(t, datetime.UTC).strftime(
        "%Y-%m-%d")


def table(p):
    """{class's first word: [days, kept, tonight, held, next]}"""
    p.log_in("p@summit.example")  # time went on since
    page = p.get("/duties")
    assert page.status == 200, page.status
    got = {}
    for row in page.text.split("<tbody>")[1].split("</tbody>")[0].split(
            "<tr>")[1:]:
        name, = re.findall(r'<th scope="row">([\w-]+)', row)
        cells = dict(re.findall(r'<td data-head="([^"]+)"[^>]*>(.*?)(?=<td|$)',
                                row, re.S))
        days, kept, tonight, held = (int(cells[k]) for k in (
            "Days", "Kept now", "Goes tonight", "Kept by a hold"))
        when = re.search(r'datetime="([^"]+)"', cells["Next goes"])
        assert when or cells["Next goes"].strip() == "–", cells
        got[name] = [days, kept, tonight, held, when and when[1]]
    assert {c: row[0] for c, row in got.items()} == DAYS, got
    return got


def shows(p, **rows):
    """These classes; of the others nothing is over."""
    got = table(p)
    for name, row in rows.items():
        assert got[name] == [DAYS[name], *row], (name, row, got)
    for name, (_, _, tonight, held, _) in got.items():
        assert name in rows or (tonight, held) == (0, 0), (name, got)


def holding(world, *what):
    """The number of a hold on this."""
    said = world.cli("hold", "add", *what, "--reason", "suit", "--reviewer",
                     "officer")
    return re.search(r"\d+", said)[0]


with World(policy=None) as world:
    policy = world.dir / "policy.conf"
    policy.write_text(POLICY.read_text().replace(
        "country     = DE", "country = DE\n\tretention_days = 30\n"
        ) + RETENTION)
    world.cli("policy", "install", policy)
    clock = Clock(world)
    world.start_host()
    # The first person shares twice with one sponsor and once with another.
    d, other = enrolled(world), enrolled(world, "k08", "acme")
    ada, another = badges(world, 2)
    for badge in ada, ada, another:
        d.share(badge, [1, 2])
    other.share(ada, [1])
    assert d.upload(1).status == 200 and other.upload(1).status == 200
    first, = sql(world, "SELECT min(time) FROM lead")
    end, = sql(world, "SELECT max(valid_until) FROM part")
    ada = attending(world)[0]["id"]
    people = len(world.registrations())
    officer = joined(world, "p@summit.example", "privacy-officer")
    table(officer)  # looking counts what came
    counts, = sql(world, "SELECT count(*) FROM tally")
    assert counts >= 2, "a row for each device"
    after = {"Registrations": [people, 0, 0, day(end + 20 * DAY)],
             # A device's record outlives its share, as proof.
             "Devices": [6, 0, 0, day(end + 40 * DAY)],
             "Counts": [counts, 0, 0, day(end + 50 * DAY)],
             "Proofs": [1, 0, 0, day(end + 365 * DAY)]}
    shows(officer, Notes=[0, 0, 0, None], Mail=[0, 0, 0, None], **after,
          Shares=[4, 0, 0, day(first + 40 * DAY)])

    # Ten days after the sponsors' thirty the shares go, if no hold keeps them.
    clock.wind(first + 40 * DAY - 3600)
    shows(officer, Shares=[4, 0, 0, day(first + 40 * DAY)], **after)
    clock.wind(first + 40 * DAY + 3600)
    shows(officer, Shares=[4, 4, 0, None], **after)
    for what, kept in ((["--event"], 4), (["--sponsor", "example-corp"], 3),
                       (["--sponsor", "acme"], 1),
                       (["--registration", ada], 3)):
        hold = holding(world, *what)
        # Of what is held none goes next, whenever its time is over.
        then = {name: [*row[:3], None] if kept == 4
                else row for name, row in after.items()}
        shows(officer, Shares=[4, 4 - kept, kept, None], **then)
        world.cli("hold", "lift", hold, "--yes")
    hold = holding(world, "--sponsor", "acme")
    world.cli("purge", "--apply")
    shows(officer, Shares=[1, 0, 1, None], **after)
    world.cli("hold", "lift", hold, "--yes")
    world.cli("purge", "--apply")
    shows(officer, Shares=[0, 0, 0, None], **after)
    print("ok")
