# SPDX-License-Identifier: Apache-2.0
"""Whatever staff give wrongly gets a sentence that says what to do, exit 1 or
2, and changes nothing: not the store, not a file."""

import os
import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
from world import BIN, SRC, World  # noqa: E402

EXAMPLE = (SRC / "tools/example/registrations.csv").read_bytes()
POLICY = (SRC / "tools/example/policy.conf").read_text()


class Desk:
    """Staff at a host's directory, with a look at all that it holds."""

    def __init__(self, world):
        self.world = world
        self.count = 0

    def state(self):
        with sqlite3.connect(self.world.host_dir / "host.db") as db:
            dump = "\n".join(db.iterdump())
        files = {}
        for p in sorted(self.world.dir.rglob("*")):
            if p.is_file() and not p.name.startswith("host.db"):
                files[str(p)] = (p.read_bytes(), p.stat().st_mode)
        return dump, files

    def wrong(self, args, *says, code=1):
        """Refused with these words, and nothing is another than before."""
        before = self.state()
        done = self.world.run(BIN / "badgeward", "-C", self.world.host_dir,
                              *args)
        assert done.returncode == code, (args, done)
        assert done.stdout == "", (args, done)
        said = done.stderr.splitlines()
        assert said and said[0].startswith("badgeward"), (args, done)
        for word in says:
            assert word in done.stderr, (word, args, done.stderr)
        assert self.state() == before, f"{args} changed something"
        self.count += 1

    def file(self, name, data):
        path = self.world.dir / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path


def broken_csv(desk):
    lines = EXAMPLE.split(b"\r\n")

    def csv(data, *says):
        path = desk.file("broken.csv", data)
        desk.wrong(["import", "eventbrite", path], "nothing was changed",
                   *says)
        desk.wrong(["import", "eventbrite", path, "--dry-run"], *says)
        path.unlink()

    def with_line(n, line):
        return b"\r\n".join(lines[:n - 1] + [line] + lines[n:])

    csv(b"", "it is empty")
    csv(with_line(5, b'"never closed' + lines[4]), "line 5")
    csv(EXAMPLE.rstrip() + b'\r\n"x', "line 14", "never closed")
    csv(with_line(4, lines[3] + b",more"), "line 4", "20 columns where",
        "19")
    csv(with_line(4, b"just one"), "line 4", "1 columns")
    csv(with_line(7, lines[6].replace(b"a", b"\xe4", 1)), "line 7",
        "not UTF-8")
    csv(with_line(7, lines[6].replace(b"a", b"\0", 1)), "line 7",
        "zero byte")
    csv(EXAMPLE.decode().encode("utf-16") + b"\x00\xdc\n\0", "line 14",
        "not UTF-16")
    csv(b"PK\x03\x04 and so on", "spreadsheet's own file")
    csv(b"%PDF-1.7 and so on", "it is a PDF document; export the list")
    csv(lines[0] + b"\r\n" + b"x" * 10_000_000, "line 2", "longer than")
    csv(b"," * 5000, "line 1", "columns")
    csv(EXAMPLE.replace(b"Barcode #", b"Bar"), "line 1", '"Barcode #"')
    csv(EXAMPLE.replace(b"Email", b"Mail to", 1), "line 1", '"Email"')
    csv(EXAMPLE.replace(b"410000000151000001", b"4.1E+17"), "line 2",
        "rounded")
    # All good rows stand in front of the one that is not.
    csv(EXAMPLE + b"x\r\n", "line 14")
    good = desk.file("good.csv", EXAMPLE)
    for kind, *says in (("pretix", "Pseudonymization ID"),
                        ("auto", "no column \"Firm\"", "--map",
                         "Company=Firm")):
        desk.wrong(["import", kind, good, *says[1:]], says[0])
    for bad in "Shoe size=Age", "Company":
        desk.wrong(["import", "auto", good, "--map", bad], "--map:", code=2)
    good.unlink()
    desk.wrong(["import", "eventbrite", "/nonexistent/file"], "No such file")
    desk.wrong(["import", "eventbrite", desk.world.dir], "Is a directory")


def wrong_policies(desk):
    def policy(text, *says):
        path = desk.file("policy.conf", text)
        for verb in ("check", "install"):
            desk.wrong(["policy", verb, path], *says)
        path.unlink()

    line = POLICY.splitlines().index("sponsor acme {") + 1
    policy(POLICY.replace("sponsor acme {", "sponser acme {"),
           f"line {line}", '"sponsor"')
    policy(POLICY.replace("optional = { company }",
                          "optional = { compny }"), "near is company")
    policy(POLICY.replace("event = ev26", "").replace("company }", "compny }"),
           '"event" is missing', "near is company")
    policy(POLICY + "event = ev26\n", "stands here again")
    policy(POLICY.replace("event = ev26", "event = ev27"), "ev27", "ev26")
    # Of form and of meaning in one run, and never in a library's words.
    policy(POLICY.replace("event = ev26", "event = ev27") + POLICY[
        POLICY.index("sponsor acme {"):], 'for event "ev27"', "ev26",
        'a sponsor "acme" already')
    policy("", "it is empty")


def wrong_words(desk):
    w = desk.wrong
    w(["badge", "encode", "--registration", "10", "--uid", "04e10cda993c80",
       "--out", desk.world.dir / "x"], "minor")
    w(["badge", "encode", "--registration", "77", "--uid", "04e10cda993c80",
       "--out", desk.world.dir / "x"], "no registration 77")
    w(["badge", "encode", "--registration", "1", "--uid", "04e10cda993c",
       "--out", desk.world.dir / "x"], "14 hexadecimal digits", code=2)
    w(["badge", "encode", "--registration", "one", "--uid",
       "04e10cda993c80", "--out", desk.world.dir / "x"], "number", code=2)
    w(["badge", "encode", "--registration", "1", "--uid", "04e10cda993c80",
       "--out", desk.world.dir / "x", "--type", "ntag213"],
      "bytes, an ntag213 has 139", "--pointer")
    w(["badge", "encode", "--registration", "1", "--uid", "04e10cda993c80",
       "--out", desk.world.dir / "x", "--type", "mf0ul21"],
      "bytes, an mf0ul21 has 128", "--pointer")
    w(["badge", "encode", "--registration", "1", "--uid", "04e10cda993c80",
       "--out", desk.world.dir / "x", "--fields", "nmae"], "near is name", code=2)
    w(["badge", "encode", "--registration", "1", "--uid", "04e10cda993c80",
       "--out", desk.world.dir / "x", "--fields", "name", "--pointer"],
      "contradict", code=2)
    w(["right", "restrict", "99"], "no registration 99")
    w(["registration", "release", "0x1"], "number", code=2)
    w(["device", "add", "K 07", "--sponsor", "acme"], "a-z", code=2)
    w(["device", "add", "k07", "--sponsor", "acme"], "never recurs")
    w(["device", "add", "k08", "--sponsor", "acne"], "near is acme")
    w(["device", "revoke", "k99"], "no device")
    w(["export", "leads", "--sponsor", "nobody", "--format", "csv", "--out",
       desk.world.dir / "x"], "nobody", "policy check FILE")
    w(["export", "leads", "--sponsor", "acme", "--format", "csv", "--out",
       "/nonexistent/x"], "No such file")
    w(["export", "log", "--device", "k99", "--out", "-"], "no device")
    w(["export", "log", "--device", "k07", "--out", "-"], "no entries")
    # Usage: exit 2, with the nearest word.
    w(["exprot", "leads"], '"export leads"', code=2)
    w(["device"], '"device', "device add", code=2)
    w(["device", "ad"], '"device add"', code=2)
    w(["export", "leads", "--sponser", "acme"], "--sponsor", code=2)
    w(["export", "leads", "--sponsor", "acme", "--out", "x"], "--format",
      code=2)
    w(["export", "leads", "--sponsor", "acme", "--format", "xml", "--out",
       "x"], "csv, csv-notes, json", code=2)
    w(["export", "leads", "--sponsor"], "wants an argument", code=2)
    w(["export", "leads", "--sponsor", "a", "--sponsor", "b"], "twice",
      code=2)
    w(["device", "list", "extra"], "too many", code=2)
    w(["device", "list", "--json=1"], "takes no argument", code=2)
    w(["device", "list", "-j"], "no option -j", code=2)
    w(["policy", "check"], "FILE is missing", code=2)
    w(["init", desk.world.dir / "h2", "--event-id", "e"], "missing", code=2)


def outside(desk):
    """Without a host's directory, or with one that is none."""
    run, dir_ = desk.world.run, desk.world.dir
    done = run(BIN / "badgeward", "device", "list")
    assert done.returncode == 2 and "-C DIR" in done.stderr, done
    done = run(BIN / "badgeward", "-C", dir_ / "none", "device", "list")
    assert done.returncode == 1 and "badgeward init" in done.stderr, done
    assert not (dir_ / "none").exists()
    good = {"--event-id": "ev26", "--event-name": "Summit",
            "--event-uri": "https://summit.example/2026",
            "--log-name": "log.summit.example",
            "--base-url": "http://127.0.0.1:8080"}
    bad = {"--event-id": "Ev 26", "--event-name": "x" * 200,
           "--event-uri": "summit", "--log-name": "Log!",
           "--base-url": "http://host.example"}
    for option, value in bad.items():
        args = [x for o, v in {**good, option: value}.items() for x in (o, v)]
        done = run(BIN / "badgeward", "init", dir_ / "h2", *args)
        assert done.returncode == 2 and not done.stdout, done
        word = option[2:]
        assert word in done.stderr or word.replace("-", "_") in done.stderr, \
            done
        assert not (dir_ / "h2").exists(), option
    args = [x for o, v in good.items() for x in (o, v)]
    done = run(BIN / "badgeward", "init", desk.world.host_dir, *args)
    assert done.returncode == 1 and "already" in done.stderr, done


def main():
    os.umask(0o022)
    with World() as world:
        world.cli("device", "add", "k07", "--sponsor", "example-corp")
        desk = Desk(world)
        broken_csv(desk)
        wrong_policies(desk)
        wrong_words(desk)
        outside(desk)
        print(f"{desk.count} wrong inputs, nothing changed")


main()
