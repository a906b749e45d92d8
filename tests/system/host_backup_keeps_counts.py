# SPDX-License-Identifier: Apache-2.0
"""A day of which counts were given out is not counted again over a backup that is
put back, whatever is in the store by then: two reports never differ in a cell,
and a day that was empty stays so. Days that were not counted yet still are. Of ten
people who shared, staff's page and its file say that they are ten, and of nine
nothing."""

import csv
import io
import os
import re
import sys
import time
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled  # noqa: E402
from mailing import database  # noqa: E402
from portal import joined  # noqa: E402
from wire import Wire  # noqa: E402

DAY = 86400


def declined(w, ago, n):
    """In an hour of the day that began so many days ago."""
    with closing(database(w)) as db:
        num, = db.execute("SELECT num FROM device").fetchone()
        db.execute("INSERT INTO tally VALUES (?, ?, 0, ?, 0, 0, 0) "
                   "ON CONFLICT DO UPDATE SET k2 = excluded.k2",
                   (num, (today - ago) * DAY, n))


def people(w):
    """Ten who attend."""
    path = w.dir / "people.csv"
    path.write_text("Order #,First Name,Last Name,Email,Quantity,Attendee "
                    "Status,Barcode #\n" + "".join(
                        f"1,Pat,Walker {i},p{i}@x.example,1,Attending,77{i}\n"
                        for i in range(10)))
    w.cli("import", "eventbrite", path)
    return badges(w, 10)


def shared(w, folk):
    """On the day that began six days ago; nine of them their address, and one of
    these twice."""
    d = Wire(w.cli("device", "add", "k08", "--sponsor", "acme"),
             lambda: (today - 6) * DAY + DAY // 2).enrol()
    for badge in folk:
        d.share(badge, [1] if badge == folk[0] else [1, 2])
    d.share(folk[1], [1, 2])
    assert d.upload(1).status == 200


def staff_see(organiser):
    day = time.strftime("%Y-%m-%d", time.gmtime((today - 6) * DAY))
    page = organiser.get("/duties/aggregates").text
    line, = [x for x in page.split("<tr") if "acme" in x and f'"{day}' in x]
    cells = dict(re.findall(r'data-head="([^"]+)"[^>]*>([^<]*)', line))
    assert (cells["People"], cells["name"], cells["email"]) == (
        "10", "10", "–"), line
    a = organiser.ask("GET", "/duties/aggregates/csv")
    assert a.headers["Content-Type"].startswith("text/csv")
    row, = [r for r in csv.DictReader(io.StringIO(a.text, newline=""))
            if r["day"] == day]
    assert (row["sponsor"], row["people"], row["name"], row["email"],
            row["declines"]) == ("acme", "10", "10", "", ""), row


def report(w):
    """Declines by day that begins so many days ago."""
    rows = [x.split(",") for x in w.cli("aggregates").splitlines()[1:]]
    days = {time.strftime("%Y-%m-%d", time.gmtime((today - n) * DAY)): n
            for n in range(9)}
    return {days[r[0]]: r[3] for r in rows if r[0] != "all" and
            r[1] != "acme"}


with World(registrations=None) as world:
    today = int(time.time()) // DAY
    world.start_host()
    enrolled(world).close()
    folk = people(world)
    staff = joined(world, "o@summit.example", "organiser")
    world.cli("backup", world.dir / "backup")
    declined(world, 5, 47)
    declined(world, 4, 9)
    shared(world, folk)
    staff_see(staff)
    given = report(world)
    assert given == {5: "40"}, given

    for _ in range(2):
        world.host.stop()
        world.cli("restore", world.dir / "backup")
        world.start_host()
        declined(world, 5, 33)
        declined(world, 4, 11)
        assert report(world) == given, report(world)

    # One that the store had not counted is, also without that file.
    world.host.stop()
    (world.host_dir / "rights-done").unlink()
    world.cli("restore", world.dir / "backup")
    world.start_host()
    declined(world, 4, 11)
    assert report(world) == {4: "10"}, report(world)
    print("ok")
