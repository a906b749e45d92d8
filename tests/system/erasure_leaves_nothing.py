# SPDX-License-Identifier: Apache-2.0
"""Who is erased stands in no file of the host any more, nor in a later backup,
in no spelling, where the same search found each of them before; everybody else
does. The log verifies, its tiles are the same bytes, sponsors are told. It is
never imported again, and a backup from before is erased as the host starts."""

import base64
import json
import os
import quopri
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from casing import opened  # noqa: E402
from hosting import attending, badges, enrolled, leads  # noqa: E402
from mailing import mailer, setup  # noqa: E402
from mine import Mine  # noqa: E402
from portal import joined  # noqa: E402
from smtpsink import Sink  # noqa: E402
from traces import traces  # noqa: E402
from world import BIN, REGISTRATIONS, World, until  # noqa: E402

FIELDS = ("name", "email", "company", "job_title", "work_phone", "location")
WHO = 1  # of those who attend
ONCE = "lw@once.example"  # an address that was corrected


def sql(world, text, *args):
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db:
        return db.execute(text, args).fetchall()


def of(world, person):
    """Values that are this person's alone."""
    rest = "\n".join(r[f] for r in world.registrations() for f in FIELDS
                     if r["id"] != person["id"])
    mine = {person[f] for f in FIELDS if person[f] and person[f] not in rest}
    assert len(mine) == len(FIELDS), mine
    key, = sql(world, "SELECT key FROM registration WHERE id = ?",
               person["id"])[0]
    return sorted(mine | {key.split(":")[-1]})


def stage(desk, values):
    """What the search is to find in each spelling: files that staff uploaded
    and have not applied."""
    odd = "".join(
        f"4,X{i},Y,x{i}@x.example,1,Attending,9{i},{v.encode().hex()} "
        f"{v.encode().hex().upper()},"
        f"{quopri.encodestring(v.encode()).decode().rstrip()},34\n"
        for i, v in enumerate(values))
    head = ("Order #,First Name,Last Name,Email,Quantity,Attendee Status,"
            "Barcode #,Job Title,Company,Age\n")
    more = "".join(f"5,{base64.b64encode(('a' * n + v).encode()).decode()},"
                   f"Y,y{n}@x.example,1,Attending,8{i}{n},,,34\n"
                   for i, v in enumerate(values) for n in range(3))
    for data in ((head + odd + more).encode(),
                 (head + "6," + ",".join(values) + "\n").encode("utf-16")):
        desk.get("/registrations/import")
        desk.upload("/registrations/import", "file", data)


def archive(world, name):
    """All logs with their tiles, by the names of the files."""
    path = world.dir / name
    world.cli("export", "logs", "--out", path)
    return {str(p.relative_to(path)): p.read_bytes()
            for p in path.rglob("*") if p.is_file()}


def backup(world, name):
    """All of its files."""
    path = world.dir / name
    world.cli("backup", path)
    return path


def asks(world, person):
    """What the person wrote and was written: a link by mail and the daily mail,
    a wish and a search in a case, a correction; the words that only stand there."""
    words = ["Fabrika Nova", "wished by Lukaszek", "only for Wisch"]
    with Sink() as sink:
        setup(world, sink)
        me = Mine(world).enter(person["id"])
        assert me.act("save", company=words[0]).status == 200
        assert me.post("/my/ask", mail=person["email"]).status == 200
        until(lambda: sql(world, "SELECT 1 FROM mail WHERE kind = 1"), 20,
              "the mail is queued")
        mailer(world, "--daily")
        got = sink.take()
        assert got and {m.to[0] for m in got} >= {person["email"]}, got
        assert me.post("/my/ask", mail=person["email"]).status == 200
    po = joined(world, "p@example.com", "privacy-officer")
    num = opened(po, type="access", registration=person["id"], wish=words[1])
    po.get(f"/cases/{num}")
    for send in {}, {"send": "1"}:
        a = po.post(f"/cases/{num}/answer", do="extend", why_longer=words[2],
                    **send)
        assert a.status == 200, a.status
    return words


def hours(world, n):
    path = world.host_dir / "config.json"
    config = json.loads(path.read_text())
    assert config["erase_undo_hours"] == 72
    path.write_text(json.dumps({**config, "erase_undo_hours": n}))


def planned_and_undone(world, person):
    """From the plan on it is withheld; undone, all is as it was."""
    had = leads(world)
    said = world.cli("right", "erase", person["id"],
                         "--without-case", "law")
    assert "will be erased at 20" in said, said
    state = json.loads(world.cli("right", "list", "--json"))
    assert [(r["registration"], bool(r["erasure"])) for r in state] == \
        [(int(person["id"]), True)], state
    assert len(leads(world)) == len(had) - 1
    world.cli("right", "undo", person["id"])
    assert leads(world) == had
    assert world.cli("right", "list") == ""


def acks(world):
    return sql(world, "SELECT sponsor, kind FROM ack ORDER BY id")


def imported_again(world):
    """By its key, and with another key by its address or a former one."""
    report = REGISTRATIONS.read_text()
    path, once = world.dir / "again.csv", world.dir / "once.csv"
    report = report.replace("410000000251000002", "999")
    path.write_text(report)
    once.write_text(report.replace("lukasz.wisniewski@brama.example", ONCE))
    assert ONCE in once.read_text()
    for source in (REGISTRATIONS, path, once):
        said = world.cli("import", "eventbrite", source, "--yes")
        assert "erased before, and not" in said, said
    assert not [r for r in world.registrations()
                if r["name"].startswith("Łukasz")]


def comes_back(world, person):
    """Who wants to is taken up as somebody new; the audit says who let it."""
    said = world.refused("right", "readmit", "--mail", "nobody@x.example")
    assert "nobody was erased who had this" in said, said
    world.cli("right", "readmit", "--mail", person["email"])
    said = world.cli("import", "eventbrite", REGISTRATIONS, "--yes")
    assert "erased before" not in said, said
    now, = [r for r in world.registrations() if r["name"] == person["name"]]
    assert now["id"] != person["id"], now
    got = sql(world, "SELECT object, actor <> 'host' FROM audit "
              "WHERE act = 'right.readmit'")
    assert got == [(f"registration {person['id']}", 1)], got
    # Nor is it erased by the line that was the other's.
    world.host.stop()
    world.start_host()
    assert [r["id"] for r in world.registrations()
            if r["name"] == person["name"]] == [now["id"]]


def put_back(world, old, values):
    """A backup from before it, over which the host starts."""
    world.host.stop()
    for name in ("host.db-wal", "host.db-shm"):
        (world.host_dir / name).unlink(missing_ok=True)
    shutil.copy(old / "host.db", world.host_dir / "host.db")
    assert traces(values, world.host_dir)
    world.start_host()
    left = traces(values, world.host_dir)
    assert not left, left


def officer(world):
    key = world.dir / "officer.key"
    subprocess.run([BIN / "badgeward", "deleted", "key", key], check=True,
                   stdout=subprocess.DEVNULL)
    world.cli("deleted", "setup", f"{key}.pub")
    return key


with World() as world:
    world.start_host()
    device, other = enrolled(world), enrolled(world, "k08", "acme")
    person = attending(world)[WHO]
    for mail in ONCE, person["email"]:
        world.cli("right", "correct", person["id"], "email", mail)
    for badge in badges(world, 3):
        device.share(badge, [1, 2])
    other.share(badges(world, 2)[WHO], [1])
    assert device.upload(1).status == 200 and other.upload(1).status == 200
    desk = joined(world, "d@example.com", "badge-desk")
    manager = joined(world, "m@example.com", "sponsor-manager",
                     "example-corp")
    values = of(world, person)
    planned_and_undone(world, person)
    key = officer(world)

    page = manager.get("/leads/k07.2")
    assert page.status == 200
    note = "a note on what Łukasz wants"
    manager.post("/leads/k07.2", text=note, tags="", version="0")
    stage(desk, values)
    before = traces(values, world.host_dir)
    for value in values:
        for how in ("utf-8", "utf-16", "hex", "base64", "quoted-printable"):
            assert (value, how) in before, (value, how, before.keys())
    assert traces([note], world.host_dir)
    theirs = of(world, attending(world)[0])
    said_and_written = asks(world, person)
    there = {*values, *said_and_written, note} - {person["company"]}
    mine = sorted(there | {person["company"], ONCE})
    log, old = archive(world, "before"), backup(world, "old")
    assert {v for v, _ in traces(mine, old)} == there

    hours(world, 0)
    # Nothing brings it back: so it is not done by the way.
    said = world.refused("right", "erase", person["id"], "--without-case",
                         "law")
    assert "--force" in said and traces(values, world.host_dir), said
    said = world.cli("right", "erase", person["id"], "--force",
                         "--without-case", "law")
    assert "No letter tells its holder" in said, said
    assert f"registration {person['id']} is erased" in said, said
    until(lambda: not traces(mine, world.host_dir), 60,
          f"it still has {traces(mine, world.host_dir)}")
    assert list((world.host_dir / "import").iterdir()) == []
    later = backup(world, "later")
    assert not traces(mine, later), traces(mine, later)
    assert {v for v, _ in traces(theirs, later)} == set(theirs)

    after = archive(world, "after")
    assert after.keys() == log.keys()
    assert any("/tile/" in name for name in log)
    for name in log:
        assert name.endswith("log.cbor") or log[name] == after[name], name
    for name in ("k07", "k08"):
        assert "1 body deleted" in world.verify(name), world.verify(name)
    assert not traces(values, world.dir / "after")
    assert acks(world) == [("example-corp", 3), ("acme", 3)], acks(world)
    assert not [r for r in leads(world).values()
                if r["name"].startswith("Łukasz")]
    imported_again(world)
    desk.get("/registrations/import")
    page = desk.upload("/registrations/import", "file",
                       REGISTRATIONS.read_bytes())
    assert "erased before, and not" in page.text
    desk.post(desk.at + "/drop")

    # What a device still has brings nothing back, and its badge is blocked.
    device.close()
    device.share(badges(world, 1)[0], [1, 2])
    assert device.upload(4).status == 200
    record = world.host_dir / "deleted-members"
    assert record.stat().st_mode & 0o777 == 0o600
    listed = subprocess.run([BIN / "badgeward", "deleted", "list", record,
                             "--key", key, "--json"], check=True,
                            capture_output=True, text=True).stdout
    member, = json.loads(listed)
    assert (member["name"], member["email"]) == \
        (person["name"], person["email"]), member
    put_back(world, old, values)
    assert acks(world)[-2:] == [("example-corp", 3), ("acme", 3)]
    assert len(record.read_text().splitlines()) == 1
    comes_back(world, person)
    print("ok")
