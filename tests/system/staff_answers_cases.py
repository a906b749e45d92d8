# SPDX-License-Identifier: Apache-2.0
"""badgeward case: a request is taken in, extended, refused and answered on the
command line, with its letters; what is due is listed; what is wrong changes
nothing; what staff wrote is in no audit."""

import json
import os
import sqlite3
import sys
import time
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import attending, badges, enrolled  # noqa: E402
from world import World  # noqa: E402

SECRET = "Ada has many shares"
LETTER_PLANNED, LETTER_UNDONE = 8, 9     # letter.h


def rows(world, sql):
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return db.execute(sql).fetchall()


def day(ago):
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() - ago * 86400))


def text(world, words):
    path = world.dir / "text"
    path.write_text(words)
    return path


with World() as world:
    who = attending(world)[0]
    assert world.cli("case", "list") == "" == world.cli("case", "due")
    for wrong in (("open", "access", "--registration", "9999"),
                  ("open", "not-me", "--share", "k99-1"),
                  ("show", "7"), ("done", "7", "--outcome",
                                  text(world, "x"))):
        world.refused("case", *wrong)
    assert rows(world, "SELECT count(*) FROM casefile") == [(0,)]
    assert world.cli("case", "zone") == "UTC\n"
    assert world.cli("case", "zone", "Europe/Berlin") == "Europe/Berlin\n"

    said = world.cli("case", "open", "access", "--registration", who["id"],
                     "--proof", "desk", "--language", "de")
    assert said.startswith("case 1 is open; it is due by "), said
    world.cli("case", "open", "erasure", "--received", day(45))
    world.cli("case", "open", "other", "--received", day(27))
    lines = [x.split("\t") for x in world.cli("case", "list").splitlines()]
    assert [x[0] for x in lines] == ["2", "3", "1"], lines
    assert int(lines[0][3]) < 0 <= int(lines[1][3]) < 7 < int(lines[2][3])
    due = [x.split("\t")[0] for x in world.cli("case", "due").splitlines()]
    assert due == ["2", "3"], due
    got = json.loads(world.cli("case", "due", "--within", "0", "--json"))
    assert [x["id"] for x in got] == [2], got

    # Extended once, and not when the month is over; no text, no step.
    world.refused("case", "extend", "1", "--reason", text(world, " \n"))
    said = world.refused("case", "extend", "1", "--reason",
                         text(world, "x" * 2000 + "\r\n" + "x" * 2002))
    assert "4003 bytes, 3 more than" in said, said
    world.refused("case", "extend", "2", "--reason", text(world, "why"))
    said = world.cli("case", "extend", "1", "--reason",
                     text(world, f"{SECRET}\r\n\r\n\n  to\tlook at\x1b\n.\n"))
    assert "case 1 is extended; it is due by" in said, said
    world.refused("case", "extend", "1", "--reason", text(world, "again"))
    shown = world.cli("case", "show", "1")
    assert f"why it takes longer: {SECRET}\n\n\tto look at\n\t.\n" in shown, \
        shown
    assert rows(world, "SELECT t0 FROM casefile WHERE num = 1") == [
        (f"{SECRET}\n\nto look at\n.",)]
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db, db:
        db.execute("UPDATE casefile SET t4 = 'name: Ada' WHERE num = 1")
    shown = world.cli("case", "show", "1")
    assert "what the person asked for: name: Ada\n" in shown, shown
    for word in ("access, extended", "proof: desk", "case.open",
                 "case.extend", "case.look", "days left",
                 "(The case was taken in)", "(Somebody looked at the case)"):
        assert word in shown, (word, shown)
    assert who["name"] not in shown and who["email"] not in shown

    world.cli("case", "refuse", "2", "--reason", text(world, "Nobody known"))
    said = world.cli("case", "done", "1", "--outcome", text(world, "Sent"))
    assert said == "case 1 is done\n", said
    for num, word in (("1", "\nextended: "), ("1", "\nclosed: "),
                      ("2", "\nclosed: ")):
        assert word + day(0) in world.cli("case", "show", num), (num, word)
    world.refused("case", "done", "1", "--outcome", text(world, "Sent"))
    assert len(world.cli("case", "list").splitlines()) == 1
    lines = world.cli("case", "list", "--all").splitlines()
    assert [x.split("\t")[2] for x in lines] == ["open", "refused", "done"]
    # To who is known: received, extended, done.
    assert rows(world, "SELECT num, letter, language FROM mail ORDER BY id"
                ) == [(1, 3, "de"), (1, 4, "de"), (1, 6, "de")]
    looks = "SELECT count(*) FROM audit WHERE act = 'case.look'"
    was = rows(world, looks)
    world.cli("case", "show", "1")
    assert rows(world, looks) == was, "it is closed"
    assert SECRET not in str(rows(world, "SELECT * FROM audit"))

    # An erasure that was decided goes on; whoever refuses it is told so.
    world.cli("right", "erase", who["id"], "--without-case", "unlawful")
    detail, = rows(world, "SELECT detail FROM audit "
                   "WHERE act = 'right.erase'")
    assert detail[0].endswith("Z why unlawful"), detail
    # What a hold stops is said to be held, with no host that marks it.
    world.cli("hold", "add", "--registration", who["id"], "--reason", "7 O 12",
              "--reviewer", "anna")
    assert "\theld 20" in world.cli("right", "list")
    world.cli("hold", "lift", "1", "--yes")
    said = world.cli("right", "list")
    assert "\terasure 20" in said and "held" not in said, said
    world.cli("case", "open", "erasure", "--registration", who["id"])
    said = world.cli("case", "refuse", "4", "--reason", text(world, "No"))
    assert said.startswith("case 4 is refused\nRegistration 1 will still be "
                           "erased at "), said
    assert f'"right undo {who["id"]}"' in said, said
    world.cli("right", "undo", who["id"])
    world.cli("case", "open", "erasure", "--registration", who["id"])
    # None is planned for who has not shown to be this person.
    said = world.refused("right", "erase", who["id"], "--case", "5")
    assert f"does not say how registration {who['id']}" in said, said
    assert world.cli("right", "list") == ""
    said = world.cli("case", "refuse", "5", "--reason", text(world, "No"))
    assert said == "case 5 is refused\n", said
    world.cli("case", "open", "erasure", "--registration", who["id"],
              "--proof", "desk")
    # As on the case's page: each has its letter, and its step.
    told = "SELECT letter FROM mail WHERE num = 6 ORDER BY id"
    steps = ("SELECT detail FROM audit WHERE object = 'case 6' AND "
             "act = 'case.act' ORDER BY id")
    world.cli("right", "erase", who["id"], "--case", "6")
    said = world.cli("right", "undo", who["id"])
    assert "a letter that says so" in said, said
    world.cli("right", "erase", who["id"], "--case", "6")
    assert rows(world, told) == [(3,), (LETTER_PLANNED,), (LETTER_UNDONE,),
                                 (LETTER_PLANNED,)], rows(world, told)
    assert rows(world, steps) == [("erase",), ("erase-undo",), ("erase",)]
    assert world.cli("right", "list") != ""
    said = world.refused("case", "done", "6", "--outcome", text(world, "Soon"))
    assert "the erasure of case 6 is only planned" in said, said
    world.cli("case", "refuse", "6", "--reason", text(world, "No"))
    assert "a letter" in world.cli("right", "undo", who["id"])
    assert rows(world, told)[-1] == (LETTER_UNDONE,), "though it is closed"
    said = world.refused("right", "erase", who["id"], "--case", "6")
    assert "case 6 is closed" in said, said
    world.cli("case", "open", "erasure", "--registration", who["id"],
              "--proof", "desk")
    world.cli("right", "erase", who["id"], "--case", "7")

    # What the device recorded beside a share that is not its person's waits.
    world.start_host()
    device = enrolled(world)
    badge, = badges(world, 1)
    device.share(badge, [1, 2])
    device.share(badge, [1, 2])
    assert device.upload(1).status == 200
    world.cli("case", "open", "other", "--share", "k07-1")
    assert rows(world, "SELECT state FROM lead") == [(0,), (0,)]
    (of,), = rows(world, "SELECT holder FROM lead JOIN edition ON edition.id "
                  "= lead.edition WHERE lead.id & 4294967295 = 1")
    for whose in ((), ("--registration", str(of + 1))):
        world.refused("case", "open", "not-me", "--share", "k07-1", *whose)
    assert rows(world, "SELECT state FROM lead") == [(0,), (0,)]
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE lead SET time = (SELECT min(time) FROM lead)")
    said = world.cli("case", "open", "not-me", "--share", "k07-1",
                     "--registration", str(of))
    assert "With the share 1 more that its device recorded" in said, said
    assert rows(world, "SELECT state, reason FROM lead") == [(3, 13)] * 2
    (num,), = rows(world, "SELECT max(num) FROM casefile")
    assert "share: k07-1\n" in world.cli("case", "show", str(num))
    # What the person wants, in its own words.
    said = world.cli("case", "open", "other", "--wish", text(world,
                                                             "Not my name"))
    number = said.split()[1]
    assert "Not my name" in world.cli("case", "show", number)
    (acts,), = rows(world, "SELECT group_concat(act || detail) FROM audit "
                    f"WHERE object = 'case {number}'")
    assert acts == "case.open" + acts[9:] and "case.wish" in acts
    assert "Not my name" not in acts
    world.refused("case", "open", "other", "--wish", text(world, "x" * 4001))
    assert rows(world, "SELECT max(num) FROM casefile") == [(int(number),)]
    print("ok")
