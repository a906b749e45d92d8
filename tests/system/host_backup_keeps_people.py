# SPDX-License-Identifier: Apache-2.0
"""Over a backup that is put back, what protects people stays: shares that
somebody said are not his are held, those that staff released are not, also when
a device brings them only then; who is a minor has no badge, who was released
has; who wanted no daily mail gets none; and what was corrected is so, whatever
the same report says again. The file that says so has no value in it."""

import base64
import csv
import hashlib
import os
import sqlite3
import sys
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, leads  # noqa: E402
from mine import rows  # noqa: E402
from portal import joined  # noqa: E402
from wire import Client  # noqa: E402
from world import REGISTRATIONS  # noqa: E402


def put_back(w, backup, d):
    d.close()
    w.host.stop()
    w.cli("restore", backup)


def states(w):
    return [r["status"] for r in w.registrations()]


def flags(w):
    return rows(w, "SELECT minor, released FROM registration ORDER BY id")


def reported(w, email, **columns):
    """The report with other cells for one person."""
    table = list(csv.reader(REGISTRATIONS.read_text().splitlines()))
    mail = table[0].index("Email")
    for row in table[1:]:
        if row[mail] == email:
            for name, value in columns.items():
                row[table[0].index(name.replace("_", " "))] = value
    path = w.dir / "report.csv"
    with open(path, "w", newline="") as f:
        csv.writer(f).writerows(table)
    return path


def said_not_mine(w, d, seq, person):
    w.cli("case", "open", "not-me", "--registration", person, "--share",
          f"k07-{seq}", "--proof", "desk")


def apart(w, seqs):
    """Each in a quarter hour of its own."""
    with closing(sqlite3.connect(w.host_dir / "host.db")) as db, db:
        for i, seq in enumerate(seqs):
            db.execute("UPDATE lead SET time = time - ? "
                       "WHERE id & 4294967295 = ?", ((i + 1) * 900, seq))


def stop_mails(w, person):
    """As the link in a daily mail does it."""
    code = base64.b32encode(os.urandom(16)).decode().rstrip("=")
    digest = hashlib.sha256(b"badgeward/1 link\0" + code.encode()).digest()
    with closing(sqlite3.connect(w.host_dir / "host.db")) as db, db:
        db.execute("INSERT INTO link VALUES (?, ?, 3, 0, 9999999999)",
                   (digest, person))
    assert Client(w.url).ask("POST", f"/my/stop/{code}", "", {
        "Content-Type": "application/x-www-form-urlencoded"}).status == 200


def company(w, person):
    (found,), = rows(w, "SELECT v3 FROM registration WHERE id = ?", person)
    return found


with World() as world:
    world.start_host()
    world.cli("backup", world.dir / "empty")
    d = enrolled(world)
    held = badges(world, 5)
    people = attending(world)[:6]
    who = [p["id"] for p in people]
    # Held at the backup, and released later; and the other way round.
    first, second = d.share(held[0], [1, 2]), d.share(held[1], [1, 2])
    third = d.share(held[2], [1, 2, 3])
    assert d.upload(1).status == 200
    apart(world, [first, second, third])
    said_not_mine(world, d, first, who[0])
    world.cli("registration", "minor", who[3])
    world.cli("backup", world.dir / "early")

    officer = joined(world, "p@example.com", "privacy-officer")
    officer.get("/cases/1")
    a = officer.post("/cases/1/share", do="release", share=f"k07-{first}")
    assert a.status == 200, (a.status, a.text)
    said_not_mine(world, d, second, who[1])
    late = d.share(held[4], [1, 2])
    assert d.upload(late).status == 200
    said_not_mine(world, d, late, who[4])
    shown = {f"k07-{first}", f"k07-{third}"}
    assert set(leads(world)) == shown, leads(world)
    world.cli("registration", "release", who[3])
    world.cli("registration", "minor", who[5])
    stop_mails(world, who[1])
    report = reported(world, people[2]["email"], Company="New Corp")
    world.cli("import", "eventbrite", report)
    world.cli("right", "correct", who[2], "company", "Corrected & Co")
    now = states(world), flags(world)
    assert now[0].count("minor") == 2, now

    for _ in range(2):
        put_back(world, world.dir / "early", d)
        world.start_host()
        assert set(leads(world)) == shown, leads(world)
        assert leads(world)[f"k07-{third}"]["company"] == "Corrected & Co"
        assert (states(world), flags(world)) == now
        assert rows(world, "SELECT registration FROM optout") == [
            (int(who[1]),)]
        # One that the backup does not have.
        assert d.upload(late).status == 200
        assert set(leads(world)) == shown, leads(world)
        assert rows(world, "SELECT state, reason FROM lead "
                    "WHERE id & 4294967295 = ?", late) == [(3, 13)]
        # What the source said before it was corrected, it says again.
        world.cli("import", "eventbrite", report)
        assert company(world, who[2]) == "Corrected & Co"
    world.cli("import", "eventbrite", reported(
        world, people[2]["email"], Company="Newest Corp"))
    assert company(world, who[2]) == "Newest Corp"

    # Who is not in the store is so when he is imported.
    with closing(sqlite3.connect(world.dir / "empty/host.db")) as db, db:
        db.execute("DELETE FROM registration")
    put_back(world, world.dir / "empty", d)
    world.start_host()
    world.cli("import", "eventbrite", reported(
        world, people[2]["email"], Company="New Corp"))
    assert flags(world) == now[1], (flags(world), now[1])
    # They have other numbers than anybody had.
    there = dict(rows(world, "SELECT v2, id FROM registration"))
    assert min(there.values()) > 1 << 19, there
    assert company(world, there[people[2]["email"]]) == "Corrected & Co"
    assert rows(world, "SELECT registration FROM optout") == [
        (there[people[1]["email"]],)]
    text = (world.host_dir / "rights-done").read_text()
    assert "Corrected" not in text and " corrected " in text, text
    print("ok")
