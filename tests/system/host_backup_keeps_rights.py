# SPDX-License-Identifier: Apache-2.0
"""A backup that is put back takes back no right: what was withdrawn, objected
to, restricted or planned to be erased since is so again, in lists, exports, the
API and at booths, and what was lifted is lifted; a share that comes later is
withheld, and who is imported again too. Twice the same. The file that says so
names nobody, and without it whole nothing starts."""

import json
import os
import re
import shutil
import sqlite3
import sys
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, leads  # noqa: E402
from mailing import mailer, setup  # noqa: E402
from mine import Mine, rows  # noqa: E402
from smtpsink import Sink  # noqa: E402
from wire import open_jws  # noqa: E402
from world import BIN, REGISTRATIONS  # noqa: E402


def back_up(w, name):
    with closing(sqlite3.connect(w.host_dir / "host.db")) as db:
        db.execute("VACUUM INTO ?", (str(w.dir / name),))


def put_back(w, name):
    w.host.stop()
    for end in "-wal", "-shm":
        (w.host_dir / f"host.db{end}").unlink(missing_ok=True)
    shutil.copy(w.dir / name, w.host_dir / "host.db")


def log(w):
    return w.log("host").read_text()


def blocked(d):
    """How long the sealed list is that its booth gets."""
    answer = d.call("GET", "/v1/device/policy")
    assert answer.status == 200, answer.body
    return len(json.loads(open_jws(answer.text, d.host_spki)[1])["blocked"])


def states(w):
    """Of the five; and why they are withheld."""
    return ([r["status"] for r in w.registrations()],
            rows(w, "SELECT registration, restricted, objected, erase_due "
                 "FROM barrier ORDER BY registration"))


def starts_not(w):
    done = w.run(BIN / "badgeward-host", "-C", w.host_dir, "--listen",
                 "127.0.0.1:0")
    assert done.returncode == 1, done
    return done.stderr


with World() as world, Sink() as sink:
    setup(world, sink)
    record = world.host_dir / "rights-done"
    world.start_host()
    back_up(world, "empty.db")
    d = enrolled(world)
    held = badges(world, 5)
    people = [p["id"] for p in attending(world)[:5]]
    # Before anything of it was there, and with restrictions to be lifted.
    for b in held[:3]:
        d.share(b, [1, 2])
    d.share(held[3], [1, 2])
    assert d.upload(1).status == 200
    world.cli("right", "restrict", people[3])
    first = blocked(d)
    back_up(world, "early.db")

    me = [Mine(world).enter(p) for p in people[:3]]
    assert me[0].act("withdraw", share="k07-1").status == 200
    assert me[1].act("object").status == 200
    world.cli("right", "restrict", people[2])
    world.cli("right", "lift", people[3])
    # Of one who has a share that this backup does not have.
    late = d.share(held[4], [1, 2])
    assert d.upload(late).status == 200
    world.cli("right", "withdraw", people[4], "--share", f"k07-{late}")
    world.cli("right", "object", people[4])
    now, shown, ended = states(world), set(leads(world)), blocked(d)
    assert shown == {"k07-4"} and ended > first, (shown, ended)
    size = len(record.read_text().splitlines())
    assert record.stat().st_mode & 0o077 == 0
    for line in record.read_text().splitlines():
        assert re.fullmatch(r"1 \d+ (name \d+ k07|share \d+ [0-9a-f]{32}|"
                            r"withheld \d+ \d+ "
                            r"[0-9a-f]{32}( \d+){5})", line), line

    for _ in range(2):
        put_back(world, "early.db")
        assert "start badgeward-host first" in world.refused(
            "export", "counts", "--out", world.dir / "counts.csv")
        d.close()
        world.start_host()
        assert "the store is older than rights-done" in log(world)
        assert states(world) == now, (states(world), now)
        assert set(leads(world)) == shown, leads(world)
        assert blocked(d) == ended
        # A share that the backup does not have.
        assert d.upload(late).status == 200
        (state,), = rows(world, "SELECT state FROM lead "
                         "WHERE id & 4294967295 = ?", late)
        assert state == 2, state
        assert set(leads(world)) == shown, leads(world)
        assert len(record.read_text().splitlines()) == size
        assert rows(world, "SELECT count(*) FROM audit "
                    "WHERE act = 'right.redo' AND object = 'store'") == [(1,)]
    # Nothing to do is nothing said.
    world.host.stop()
    said = log(world).count("older than rights-done")
    world.start_host()
    assert log(world).count("older than rights-done") == said
    # What is done now has a number above all of those.
    world.cli("right", "lift", people[2])
    assert set(leads(world)) == {"k07-3", "k07-4"}
    put_back(world, "early.db")
    world.start_host()
    assert set(leads(world)) == {"k07-3", "k07-4"}
    world.cli("right", "restrict", people[2])

    # Cut off, and harmed.
    world.host.stop()
    text = record.read_text()
    record.write_text(text + "1 99 wit")
    world.start_host()
    put_back(world, "early.db")
    lines = text.splitlines(keepends=True)
    record.write_text("".join([lines[0], "1 2 share x\n", *lines[2:]]))
    assert "rights-done: line 2 is damaged; put the newest copy" in \
        starts_not(world)
    record.write_text(text + "1 99 withheld\n")
    assert "rights-done: its last line is damaged" in starts_not(world)
    assert world.refused("registration", "list")
    told = mailer(world, code=1)
    assert "rights-done is damaged or cannot be read" in told, told
    # Without it the host starts, and says so.
    record.unlink()
    put_back(world, "early.db")
    world.start_host()
    assert "rights-done is missing or older than the store" in log(world)

    # Over a store without people: each is withheld with the next import.
    put_back(world, "empty.db")
    record.write_text(text)
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db, db:
        db.execute("DELETE FROM registration")
    world.start_host()
    assert "of registrations that the store does not have" in log(world)
    world.cli("import", "eventbrite", REGISTRATIONS)
    again = {r["id"]: r["status"] for r in world.registrations()}
    assert sorted(again.values()) == sorted(now[0]), (again, now[0])
    print("ok")
