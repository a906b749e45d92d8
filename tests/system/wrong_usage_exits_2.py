# SPDX-License-Identifier: Apache-2.0
"""Whatever program is called wrongly exits with 2, says in its first line what
is wrong, prints nothing on standard output and makes no file."""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
from world import BIN, World  # noqa: E402

ENCODE = ("badge", "encode", "--out", "x")
UID = ("--uid", "04e10cda993c80")
WRITE = ("badge", "write", "--registration", "1")
NFC = ("--nfc", "pn532_uart:/nonexistent")
MAIL = ("mail", "setup", "--server")
INIT = ("init", "new", "--event-name", "S", "--event-uri", "https://s.example",
        "--log-name", "log.s.example", "--base-url", "https://h.example")

# Program, what it is given, a word that its first line must have. DIR and STATE
# stand for directories that are there.
TABLE = [
    ("badgeward", (), "usage"),
    ("badgeward", ("nosuch",), "nosuch"),
    ("badgeward", ("--nosuch",), "nosuch"),
    ("badgeward", ("-C",), "C"),
    ("badgeward", ("device", "list"), "-C DIR"),
    ("badgeward", ("-C", "DIR", "init", "new"), "missing"),
    ("badgeward", (*INIT, "--event-id", "Ev 26"), "--event-id"),
    ("badgeward", ("-C", "DIR", *INIT, "--event-id", "ev26"), "-C"),
    ("badgeward", ("device", "list", "-C", "DIR"),
     "-C DIR stands before the command"),
    ("badgeward", ("policy", "check"), "FILE is missing"),
    ("badgeward", ("policy", "check", "a", "b"), "too many"),
    ("badgeward", ("-C", "DIR", "registration", "release", "x"), "number"),
    ("badgeward", ("-C", "DIR", "right", "restrict", "-1"), "-1"),
    ("badgeward", ("-C", "DIR", "right", "correct", "1", "shoe", "x"),
     "no field"),
    ("badgeward", ("-C", "DIR", "right", "correct", "1", "name", ""),
     "nobody is without a name: give the right one"),
    ("badgeward", ("-C", "DIR", "right", "correct", "1", "email", " "),
     "nobody is without an e-mail address"),
    ("badgeward", ("-C", "DIR", "right", "correct", "1", "name",
                   "--empty"), "nobody is without a name"),
    ("badgeward", ("-C", "DIR", "right", "correct", "1", "company", ""),
     "take away what company is with --empty"),
    ("badgeward", ("-C", "DIR", "right", "correct", "1", "company"),
     "with --empty"),
    ("badgeward", ("-C", "DIR", "right", "correct", "1", "company", "x",
                   "--empty"), "or --empty for none"),
    ("badgeward", ("-C", "DIR", "right", "correct", "1", "email", "x"),
     "e-mail address"),
    ("badgeward", ("-C", "DIR", "right", "lift", "1", "--leads"),
     "--objection"),
    ("badgeward", ("-C", "DIR", "right", "erase", "1", "--case", "x"),
     "case"),
    ("badgeward", ("-C", "DIR", "right", "erase", "1"), "--without-case"),
    ("badgeward", ("-C", "DIR", "right", "erase", "1", "--case", "1",
                   "--without-case", "law"), "which case"),
    ("badgeward", ("-C", "DIR", "right", "erase", "1", "--without-case",
                   "whim"), "unlawful"),
    ("badgeward", ("-C", "DIR", "hold", "add", "--reason", "x", "--reviewer",
                   "x"), "one of them"),
    ("badgeward", ("-C", "DIR", "hold", "add", "--event", "--reason", "x",
                   "--reviewer", "x", "--review-days", "0"),
     "--review-days"),
    ("badgeward", ("-C", "DIR", "hold", "lift", "x"), "number"),
    ("badgeward", ("-C", "DIR", "deleted", "key", "x"), "leave -C out"),
    ("badgeward", ("-C", "DIR", "deleted", "list", "x", "--key", "y"),
     "leave -C out"),
    ("badgeward", (*INIT, "--event-id", "ev26", "--erase-undo-hours", "x"),
     "--erase-undo-hours"),
    ("badgeward", ("-C", "DIR", *ENCODE, *UID, "--registration", "x"),
     "number"),
    ("badgeward", ("-C", "DIR", *ENCODE, "--registration", "1", "--uid",
                   "04e1"), "--uid"),
    ("badgeward", ("-C", "DIR", *ENCODE, *UID, "--registration", "1",
                   "--type", "ntag214"), "--type"),
    ("badgeward", ("-C", "DIR", *ENCODE, *UID, "--registration", "1",
                   "--type", "ultralight"), "48 bytes"),
    ("badgeward", ("-C", "DIR", *ENCODE, *UID, "--registration", "1",
                   "--fields", "nmae"), "name"),
    ("badgeward", ("-C", "DIR", *ENCODE, *UID, "--registration", "1",
                   "--fields", "name", "--pointer"), "contradict"),
    ("badgeward", ("-C", "DIR", *WRITE, *NFC, "--wait", "0"), "--wait"),
    ("badgeward", ("-C", "DIR", *WRITE, *NFC, "--wait", "61"), "--wait"),
    ("badgeward", ("-C", "DIR", *WRITE, "--nfc", "nonsense"), "--nfc"),
    ("badgeward", ("-C", "DIR", "device", "add", "K 07", "--sponsor", "acme"),
     "name"),
    ("badgeward", ("-C", "DIR", *MAIL, "smtp://h", "--from", "nobody"),
     "--from"),
    ("badgeward", ("-C", "DIR", *MAIL, "http://h", "--from", "a@b.example"),
     "--server"),
    ("badgeward", ("-C", "DIR", *MAIL, "smtp://h", "--from", "a@b.example",
                   "--hour", "24"), "--hour"),
    ("badgeward", ("-C", "DIR", *MAIL, "smtp://h", "--from", "a@b.example",
                   "--user", "u"), "--user"),
    ("badgeward", ("-C", "DIR", "mail", "retry", "x"), "number"),
    ("badgeward", ("-C", "DIR", "mail", "test", "a b@c.example"), "address"),
    ("badgeward-mailer", (), "-C DIR"),
    ("badgeward-mailer", ("-C", "DIR", "more"), "options only"),
    ("badgeward-mailer", ("-C", "DIR", "--bounces", "--once"), "--bounces"),
    ("badgeward-mailer", ("-C", "DIR", "--timeout", "0"), "--timeout"),
    ("badgeward", ("-C", "DIR", "export", "leads", "--sponsor", "acme",
                   "--format", "xml", "--out", "x"), "--format"),
    ("badgeward", ("-C", "DIR", "account", "invite", "a@b.example", "--role",
                   "boss"), "--role"),
    ("badgeward", ("-C", "DIR", "account", "invite", "ab", "--role",
                   "organiser"), "e-mail"),
    ("badgeward", ("-C", "DIR", "account", "invite", "a@b.example", "--role",
                   "sponsor-manager"), "sponsor"),
    ("badgeward", ("-C", "DIR", "account", "role", "a@b.example", "--role",
                   "organiser", "--sponsor", "acme"), "sponsor"),
    ("badgeward", ("-C", "DIR", "token", "add", "x", "--scope", "all",
                   "--days", "1"), "--scope"),
    ("badgeward", ("-C", "DIR", "token", "add", "x", "--scope", "logs:read",
                   "--days", "0"), "--days"),
    ("badgeward", ("-C", "DIR", "token", "add", "x", "--scope", "leads:read",
                   "--days", "9"), "sponsor"),
    ("badgeward", ("-C", "DIR", "token", "revoke", "x"), "number"),
    ("badgeward", ("-C", "DIR", "case", "open", "wish"), "not-me"),
    ("badgeward", ("-C", "DIR", "case", "open", "access", "--proof", "face"),
     "--proof"),
    ("badgeward", ("-C", "DIR", "case", "open", "access", "--received",
                   "soon"), "--received"),
    ("badgeward", ("-C", "DIR", "case", "open", "access", "--received",
                   "2999-01-01"), "--received"),
    ("badgeward", ("-C", "DIR", "case", "open", "access", "--share", "7"),
     "--share"),
    ("badgeward", ("-C", "DIR", "case", "open", "access", "--language",
                   "d e"), "--language"),
    ("badgeward", ("-C", "DIR", "case", "open", "access", "--language",
                   "pl"), "letters (en, de, "),
    ("badgeward", ("-C", "DIR", "case", "due", "--within", "soon"),
     "--within"),
    ("badgeward", ("-C", "DIR", "case", "show", "x"), "number"),
    ("badgeward", ("-C", "DIR", "case", "zone", "Mars/Olympus"), "zone"),
    ("badgeward", ("verify", "audit", "x", "--key", "nokey"), "--key"),
    ("badgeward", ("verify", "audit", "x", "--head", "AB"), "--head"),
    ("badgeward", ("verify", "log", "x", "--key", "nokey"), "--key"),
    ("badgeward", ("verify", "receipt", "x", "--key", "nokey"), "--key"),
    ("badgeward", ("sim",), "--link"),
    ("badgeward", ("sim", "--link", "a:b", "--control", "c"), "--link"),
    ("badgeward", ("sim", "--link", "a", "--control", "c", "more"), "--do"),
    ("badgeward", ("sim", "--ctl", "c"), "--ctl"),
    ("badgeward", ("sim", "--ctl", "c", "--link", "a", "x"), "--ctl"),
    ("badgeward-picture", ("more",), "no arguments"),
    ("badgeward-picture", ("--nosuch",), "nosuch"),
    ("badgeward-host", (), "-C DIR"),
    ("badgeward-host", ("-C", "DIR", "more"), "options"),
    ("badgeward-host", ("-C", "DIR", "--nosuch"), "nosuch"),
    ("badgeward-host", ("-C", "DIR", "--listen", "foo"), "--listen"),
    ("badgeward-host", ("-C", "DIR", "--listen", "127.0.0.1:70000"),
     "--listen"),
    ("badgeward-host", ("-C", "DIR", "--proxy", "foo"), "--proxy"),
    ("badgeward-host", ("-C", "DIR", "--threads", "0"), "--threads"),
    ("badgeward-host", ("-C", "DIR", "--connections", "x"), "--connections"),
    ("badgeward-host", ("-C", "DIR", "--per-address", "-1"), "--per-address"),
    ("badgeward-host", ("-C", "DIR", "--head-seconds", "0"), "--head-seconds"),
    ("badgeward-host", ("-C", "DIR", "--body-seconds", "9999"),
     "--body-seconds"),
    ("badgeward-kiosk", (), "-C STATE"),
    ("badgeward-kiosk", ("-C", "STATE"), "--screen"),
    ("badgeward-kiosk", ("-C", "STATE", "--nosuch"), "nosuch"),
    ("badgeward-kiosk", ("-C", "STATE", "--screen", "wall"), "--screen"),
    ("badgeward-kiosk", ("-C", "STATE", "--screen", "script", "--size",
                         "10x10"), "--size"),
    ("badgeward-kiosk", ("-C", "STATE", "--screen", "script", "--nfc", "foo"),
     "--nfc"),
    ("badgeward-kiosk", ("-C", "STATE", "--screen", "script", "--lang", "xx"),
     "--lang"),
    ("badgeward-kiosk", ("-C", "STATE", "--screen", "script", "--yes"),
     "--yes"),
    ("badgeward-kiosk", ("-C", "STATE", "enrol"), "enrol ADDRESS"),
    ("badgeward-kiosk", ("-C", "STATE", "enrol", "nonsense"), "enrol address"),
    ("badgeward-kiosk", ("-C", "STATE", "enrol", "x", "--wait", "0"),
     "--wait"),
    ("badgeward-uplink", (), "-C STATE"),
    ("badgeward-uplink", ("-C", "STATE"), "run or status"),
    ("badgeward-uplink", ("-C", "STATE", "dance"), "run or status"),
    ("badgeward-uplink", ("-C", "STATE", "run", "--every", "0"), "--every"),
    ("badgeward-uplink", ("-C", "STATE", "run", "--nosuch"), "nosuch"),
    ("badgeward-reader", (), "reader"),
    ("badgeward-reader", ("--off", "foo"), "reader's name"),
    ("badgeward-reader", ("--nosuch", "x"), "nosuch"),
]


def files(top):
    return sorted(str(p) for p in top.rglob("*"))


def main():
    with World(policy=None, registrations=None) as world:
        here = world.dir / "here"
        state = world.dir / "state"
        here.mkdir()
        state.mkdir()
        wrong = []
        for program, args, word in TABLE:
            argv = [{"DIR": world.host_dir, "STATE": state}.get(a, a)
                    for a in args]
            done = subprocess.run([BIN / program, *argv], cwd=here, text=True,
                                  capture_output=True, timeout=30,
                                  stdin=subprocess.DEVNULL)
            first = done.stderr.split("\n", 1)[0]
            if done.returncode != 2 or done.stdout or word not in first or \
                    files(here):
                wrong.append((program, args, done.returncode, first,
                              done.stdout, files(here)))
        assert not wrong, "\n".join(map(str, wrong))
        print(f"{len(TABLE)} wrong calls, each with exit 2 and its reason")


main()
