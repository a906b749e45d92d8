# SPDX-License-Identifier: Apache-2.0
"""The staff's commands on a real store: what each prints, and what is there
after it. Bodies that were deleted stay provable."""

import json
import os
import pathlib
import re
import sqlite3
import stat
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
from world import BIN, SRC, World  # noqa: E402

FIELDS = ["name", "email", "company", "job_title", "work_phone", "location"]


def private(path):
    return stat.S_IMODE(os.stat(path).st_mode) == 0o600


def staff_pin(pin):
    """The line for a policy file; None when the PIN is refused."""
    done = subprocess.run([str(BIN / "badgeward"), "policy", "pin"],
                          input=pin + "\n", capture_output=True, text=True)
    assert pin == "" or pin not in done.stderr, done
    return done.stdout.strip() if done.returncode == 0 else None


def policy(world):
    example = SRC / "tools/example/policy.conf"
    said = world.cli("policy", "check", example)
    for words in ("example-corp: Example Corp, established in Germany",
                  "always gets name and email.",
                  "Only if the attendee ticks it, it gets company as well.",
                  "It never gets job title, work phone or location.",
                  "acme: Acme Instruments, established in Ireland",
                  "may keep a share for 30 days",
                  "Share your details with Example Corp?",
                  "one that is not listed here gets nothing"):
        assert words in said, (words, said)
    # Outside of any host too.
    assert world.cli_raw("policy", "check", example) == said
    said = world.cli("policy", "install", example)
    for words in ("installed as version 1", "next: import the registrations",
                  "next: add a device for each booth"):
        assert words in said, said
    assert "nothing was changed" in world.cli("policy", "install", example)
    copy = world.host_dir / "policy/1.conf"
    assert copy.read_bytes() == example.read_bytes()
    newer = world.dir / "newer.conf"
    newer.write_text(example.read_text().replace("= 180", "= 90"))
    assert "installed as version 2" in world.cli("policy", "install", newer)
    # A year gone by is said, but it is no mistake of the file's form.
    over = world.dir / "over.conf"
    over.write_text(example.read_text().replace("= 2035-", "= 2025-"))
    done = world.run(BIN / "badgeward", "policy", "check", over)
    assert done.returncode == 0 and "is over" in done.stderr, done
    # Its staff's PIN: what `policy pin` prints is taken, the PIN is not.
    line = staff_pin("314159")
    assert line.startswith('staff_pin = "pbkdf2-sha256:'), line
    assert line != staff_pin("314159"), "no salt"
    withpin = world.dir / "pin.conf"
    text = example.read_text().replace("\tcountry     = DE",
                                       "\tcountry = DE\n\t" + line)
    withpin.write_text(text)
    assert "with a PIN" in world.cli("policy", "check", withpin)
    withpin.write_text(text.replace(line, "staff_pin = 314159"))
    assert "policy pin" in world.refused("policy", "check", withpin)
    for bad in ("12345", "1234567890123", "12345a", ""):
        assert staff_pin(bad) is None, bad
    # Going back is another version.
    assert "installed as version 3" in world.cli("policy", "install", example)


def registrations(world):
    example = SRC / "tools/example/registrations.csv"
    dry = world.cli("import", "eventbrite", example, "--dry-run")
    assert dry.startswith("added 11, changed 0, unchanged 0, skipped 1 (dry")
    assert world.registrations() == []
    said = world.cli("import", "eventbrite", example)
    assert said.startswith("added 11, changed 0, unchanged 0, skipped 1\n")
    assert "  1 skipped: not attending (Refunded): line 12" in said, said
    assert "minors among them: 1" in said, said
    for word in ("Ada", "example.", "410000"):
        assert word not in said, "a value was shown"
    again = world.cli("import", "eventbrite", example)
    assert again.startswith("added 0, changed 0, unchanged 11, skipped 1\n")
    people = world.registrations()
    assert len(people) == 11
    for p in people:
        assert list(p) == ["id", *FIELDS, "status"], p
    ada = people[0]
    assert (ada["name"], ada["company"], ada["location"]) == (
        "Ada Marlowe", "Lumen Works, Ltd.", "Dublin, Ireland"), ada
    assert [p["name"] for p in people if p["status"] == "minor"] == [
        "Noa Berg"]
    lines = world.cli("registration", "list").splitlines()
    assert lines[0].split("\t") == ["1", "attending",
                                    *[ada[f] for f in FIELDS]], lines[0]


def badges(world):
    out = world.dir / "badge.bin"
    args = ["badge", "encode", "--registration", "2", "--uid",
            "04:E1:0C:DA:99:3C:80", "--out", out]
    world.cli(*args)
    first = out.read_bytes()
    assert first[0] == 3 and first[-1] == 0xFE and private(out)
    assert b"badgeward.org:b" in first and b"127.0.0.1" in first
    assert "Wiśniewski".encode() not in first
    # Nothing is written over unasked, and no edition made for nothing.
    assert "--force" in world.refused(*args)
    assert out.read_bytes() == first
    args.append("--force")
    done = world.run(BIN / "badgeward", "-C", world.host_dir, *args)
    assert "edition 2 for registration 2" in done.stderr, done
    assert out.read_bytes() != first
    world.cli(*args, "--type", "ntag213", "--pointer")
    assert out.read_bytes()[:5].hex() == "0103a00c34"
    world.cli(*args, "--type", "mf0ul21", "--pointer")
    assert 64 < len(out.read_bytes()) <= 128
    said = world.cli("right", "restrict", "2")
    assert said.startswith("registration 2 is withheld: it is restricted\n")
    assert "etter" in said.splitlines()[1], said
    assert "withheld" in world.refused(*args)
    assert "already" in world.refused("right", "restrict", "2")
    # An import does not lift it; staff do.
    world.cli("import", "eventbrite", SRC / "tools/example/registrations.csv")
    assert world.registrations()[1]["status"] == "withheld"
    assert "right lift" in world.refused("registration", "release", "2")
    world.cli("right", "lift", "2")
    world.cli(*args)


def released_minors(world):
    """What staff decide stays over an import, until the age is another."""
    report = (SRC / "tools/example/registrations.csv").read_text()
    path = world.dir / "report.csv"
    row = next(r for r in report.splitlines() if "Noa" in r)
    age = row.rsplit(",", 1)[1]
    assert 0 < int(age) < 17, age

    def imported(age):
        path.write_text(report.replace(row, row.rsplit(",", 1)[0] + "," + age))
        said = world.cli("import", "eventbrite", path)
        return said, next(r for r in world.registrations()
                          if r["name"] == "Noa Berg")["status"]

    noa = next(str(r["id"]) for r in world.registrations()
               if r["name"] == "Noa Berg")
    assert world.cli("registration", "release", noa).endswith("attending\n")
    for again in (age, "", age):
        said, status = imported(again)
        assert status == "released", (again, said)
        assert ("released by staff: 1" in said) == (again == age), said
        assert "minors among them" not in said, said
    assert f"\n{noa}\treleased\t" in world.cli("registration", "list")
    out = world.dir / "noa.bin"
    badge = ["badge", "encode", "--registration", noa, "--uid",
             "04e10cda993c99", "--out", out, "--force"]
    world.cli(*badge)
    said, status = imported(str(int(age) + 1))
    assert status == "minor" and "minors among them: 1" in said, said
    assert "minor" in world.refused(*badge)
    # The old age is news again; and so is one behind an adult's.
    assert imported(age)[1] == "minor"
    world.cli("registration", "release", noa)
    assert imported("18")[1] == "attending"
    assert imported(age)[1] == "minor"
    # An import lifts no withholding, and its end is no minor's release.
    world.cli("right", "object", noa)
    assert imported(age)[1] == "withheld"
    assert world.cli("right", "lift", noa, "--objection").endswith("minor\n")


def what_an_import_names(world):
    """The command for who does not come any more, and its way back."""
    report = world.dir / "one.csv"
    rows = (SRC / "tools/example/registrations.csv").read_text().splitlines()
    report.write_text("\n".join(rows[:3]))
    said = world.run(BIN / "badgeward", "-C", world.host_dir, "import", "auto",
                     report, "--yes", "--dry-run").stderr
    found = re.search(r'"(registration\s+withhold) ID" if they do not come '
                      r'any more:\s+(\d+)', said)
    command, person = found[1].split(), found[2]

    def status():
        return [r["status"] for r in world.registrations()
                if str(r["id"]) == person]
    was = status()
    said = world.cli(*command, person)
    assert status() == ["withheld"], status()
    assert "staff already" in world.refused(*command, person)
    assert f'"right lift {person}" undoes it' in said
    world.cli("right", "lift", person)
    assert status() == was
    assert "not-coming or mistake" in world.run(
        BIN / "badgeward", "-C", world.host_dir, *command, person,
        "--reason", "objection").stderr


def warned(world, text, *more):
    """What an import of this report says on standard error."""
    path = world.dir / "report.csv"
    path.write_text(text)
    done = world.run(BIN / "badgeward", "-C", world.host_dir, "import",
                     "eventbrite", path, *more)
    assert done.returncode == 0, done
    return done.stderr


def import_warns(world):
    """Of minors that it cannot know, and of registrations that are gone."""
    good = (SRC / "tools/example/registrations.csv").read_text()
    assert warned(world, good) == ""
    head, *rows = good.splitlines()
    no_age = "\n".join(line.rsplit(",", 1)[0] for line in (head, *rows))
    empty = "\n".join([head] + [r.rsplit(",", 1)[0] + "," for r in rows])
    for more in ("--dry-run",), ():
        said = warned(world, no_age, *more)
        assert "no column Age" in said, said
        assert "\"registration minor\" each" in said, said
    assert "column Age is empty" in warned(world, empty, "--dry-run")
    # Some have none: how many is said, because they count as adults.
    path = world.dir / "report.csv"
    path.write_text("\n".join([head] + [
        r.rsplit(",", 1)[0] + (",44" if i else ",")
        for i, r in enumerate(rows)]))
    for more in ("--dry-run",), ():
        said = world.cli("import", "eventbrite", path, *more)
        assert "without an age: 1; they count as adults" in said, said
    # The first two are gone: they stay, and their ids are said.
    fewer = "\n".join([head] + rows[2:])
    before = world.registrations()
    for more in ("--dry-run",), ():
        said = warned(world, fewer, *more)
        assert "not in this file: 2." in said and said.endswith("\n  1 2\n")
    assert world.registrations() == before
    # Who no longer attends is counted, once.
    path.write_text(good.replace(",Attending,", ",Not Attending,", 1))
    assert path.read_text() != good
    assert "became cancelled: 1;" in world.cli("import", "eventbrite", path)
    assert "cancelled" not in world.cli("import", "eventbrite", path)
    warned(world, good)


def devices(world):
    done = world.run(BIN / "badgeward", "-C", world.host_dir, "device", "add",
                     "k09", "--sponsor", "acme", "--booth", "Hall 2")
    assert re.fullmatch(re.escape(world.url) +
                        r"/enrol#[A-Z2-7]{26}\.[A-Z2-7]{26}\n", done.stdout)
    assert "uplink runs" in done.stderr and "#" not in done.stderr, done
    line = world.cli("device", "list").splitlines()[-1].split("\t")
    assert line == ["k09", "acme", "invited", "0", "never", "Hall 2", "-"]
    world.cli("device", "booth", "k09", "Hall 3")
    listed = json.loads(world.cli("device", "list", "--json"))
    assert listed[-1]["name"] == "k09" and not listed[-1]["forked"]
    assert listed[-1]["booth"] == "Hall 3"
    said = world.cli("device", "revoke", "k09")
    assert said.startswith("k09 is revoked"), said
    assert "revoked before" in world.cli("device", "revoke", "k09")
    lost_and_found(world)


def state(world, name):
    return next(line.split("\t")[2] for line in
                world.cli("device", "list").splitlines()
                if line.startswith(name + "\t"))


def lost_and_found(world):
    """A name that ended goes on under another one; both or neither."""
    assert "not reported lost" in world.refused("device", "found", "k09")
    world.cli("device", "revoke", "k09", "--lost")
    assert state(world, "k09") == "revoked+lost"
    assert "stays revoked" in world.cli("device", "found", "k09")
    assert state(world, "k09") == "revoked"
    address = world.cli("device", "reassign", "k09", "k10")
    assert address.startswith(world.url + "/enrol#"), address
    assert state(world, "k10") == "invited"
    listed = json.loads(world.cli("device", "list", "--json"))
    assert listed[-1]["booth"] == "Hall 3", listed[-1]
    assert listed[-1]["sponsor"] == "acme"
    assert "never recurs" in world.refused("device", "reassign", "k10", "k09")
    assert state(world, "k10") == "invited"
    assert "no sponsor" in world.refused("device", "reassign", "k10", "k11",
                                         "--sponsor", "nobody")
    world.cli("device", "reassign", "k10", "k11", "--sponsor", "example-corp")
    assert (state(world, "k10"), state(world, "k11")) == \
        ("revoked", "invited")


def never_over_another_file(world):
    """An export takes no file's place unasked."""
    out = world.dir / "precious"
    for export in (["log", "--device", "k07"],
                   ["leads", "--sponsor", "acme", "--format", "csv"]):
        args = ["export", *export, "--out", out]
        out.write_text("another event's")
        out.chmod(0o644)
        with sqlite3.connect(world.host_dir / "host.db") as db:
            count = "SELECT count(*) FROM audit"
            before = db.execute(count).fetchone()
            assert "--force" in world.refused(*args)
            assert db.execute(count).fetchone() == before
        assert out.read_text() == "another event's"
        world.cli(*args, "--force")
        assert out.read_bytes() != b"another event's" and private(out)
        out.unlink()
        world.cli(*args)
        assert private(out)
    out.write_text("")
    world.cli(*args)
    assert out.read_text() and private(out)
    out.unlink()


def logs(world):
    """A device that has enrolled: its log, with and without bodies."""
    world.start_host()
    device = world.device("k07")
    device.enrol()
    line = world.cli("device", "list").splitlines()[0].split("\t")
    assert line[:4] == ["k07", "example-corp", "active", "1"], line
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line[4]), line
    assert line[5] == "-" and line[6].startswith("log.summit.example/ev26/k07+"), line
    said = world.verify("k07")
    assert said.startswith("ok: log.summit.example/ev26/k07, 1 entries"), said
    assert "0 bodies deleted" in said
    assert private(world.dir / "log-k07.cbor")
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE entry SET body = NULL")
    assert "1 body deleted" in world.verify("k07")
    # To standard output, into a pipe.
    export = subprocess.run(
        [BIN / "badgeward", "-C", world.host_dir, "export", "log", "--device",
         "k07", "--out", "-"], capture_output=True, timeout=60, check=True)
    assert export.stdout == (world.dir / "log-k07.cbor").read_bytes()
    never_over_another_file(world)
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE entry SET entry = zeroblob(78)")
    said = world.cli("export", "log", "--device", "k07", "--out",
                     world.dir / "bad.cbor")
    refused = world.refused("verify", "log", world.dir / "bad.cbor", "--key",
                            world.vkey("k07"))
    assert "entry 0 is wrong" in refused, refused
    assert world.leads() == []
    assert world.cli("odd", "list") == ""
    assert json.loads(world.cli("odd", "list", "--json")) == []
    assert world.cli("odd", "list", "--device", "k07") == ""
    assert "\"k70\"" in world.refused("odd", "list", "--device", "k70")
    # A newer policy with less and for less long takes nothing from a device
    # that is away with the older one.
    policy = world.dir / "less.conf"
    policy.write_text((SRC / "tools/example/policy.conf").read_text()
                      .replace("\toptional = { company }\n", "")
                      .replace("= 2035-12-31", "= 2030-12-31"))
    world.cli("policy", "install", policy)
    said = world.cli("device", "revoke", "k07")
    assert "can still open name, email, company of any badge" in said, said
    assert "until 2036-01-01T" in said or "until 2035-12-31T" in said, said


def audit(world):
    """Every act has its line, with ids and no value."""
    with sqlite3.connect(world.host_dir / "host.db") as db:
        rows = db.execute("SELECT actor, act, object FROM audit").fetchall()
    acts = {r[1] for r in rows if r[0].startswith("cli:")}
    assert {"policy.install", "import.eventbrite", "badge.issue",
            "right.restrict", "registration.release",
            "right.withhold", "device.add",
            "device.revoke", "export.leads", "export.log"} <= acts, acts
    text = json.dumps(rows, ensure_ascii=False)
    for p in world.registrations():
        for field in FIELDS:
            assert not p[field] or p[field] not in text, field


def main():
    with World(policy=None, registrations=None) as world:
        assert "no policy yet" in world.refused("device", "add", "k01",
                                                "--sponsor", "acme")
        policy(world)
        registrations(world)
        badges(world)
        import_warns(world)
        what_an_import_names(world)
        released_minors(world)
        devices(world)
        logs(world)
        audit(world)


main()
