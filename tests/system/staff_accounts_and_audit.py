# SPDX-License-Identifier: Apache-2.0
"""Staff invite people, make tokens, and find every change in the audit, which
cannot be rewritten unseen; no secret is where it does not belong."""

import os
import pathlib
import re
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
from world import BIN, POLICY, REGISTRATIONS, World  # noqa: E402

LINK = re.compile(r"http://127\.0\.0\.1:\d+/invite/([a-z2-7]{26})\n")


def rows(world):
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return db.execute("SELECT actor, act, object, detail FROM audit "
                          "ORDER BY id").fetchall()


class Walk:
    """Commands, one by one, and the rows that each leaves."""

    def __init__(self, world):
        self.world, self.seen = world, len(rows(world))
        self.secrets = set()

    def __call__(self, act, *args):
        """act: of the one row that it leaves; None: it changes nothing."""
        said = self.world.cli(*args)
        new = rows(self.world)[self.seen:]
        self.seen += len(new)
        assert [r[1] for r in new] == ([act] if act else []), (args, new)
        assert all(r[0].startswith("cli:") for r in new), new
        return said


def accounts(walk):
    def link(*args):
        code = LINK.fullmatch(walk(*args))[1]
        walk.secrets.add(code)
        return code

    one = link("account.invite", "account", "invite", "Ada@Post.example",
               "--role", "organiser", "--name", "Ada Lovelace")
    link("account.invite", "account", "invite", "eve@acme.example", "--role",
         "sponsor-manager", "--sponsor", "acme", "--language", "de")
    lines = [line.split("\t") for line in
             walk(None, "account", "list").splitlines()]
    assert lines == [["ada@post.example", "organiser", "-", "invited", "-",
                      "never", "Ada Lovelace"],
                     ["eve@acme.example", "sponsor-manager", "acme",
                      "invited", "-", "never", ""]], lines
    assert link("account.reset", "account", "reset",
                "ada@post.example") != one
    walk("account.disable", "account", "disable", "ADA@post.example")
    walk(None, "account", "disable", "ada@post.example")
    refused = walk.world.refused
    assert "enable" in refused("account", "reset", "ada@post.example")
    said = walk("account.enable", "account", "enable", "ada@post.example")
    assert "its tokens stay revoked" in said, said
    walk(None, "account", "enable", "ada@post.example")
    walk("account.role", "account", "role", "eve@acme.example", "--role",
         "sponsor-scanner", "--sponsor", "example-corp")
    walk(None, "account", "role", "eve@acme.example", "--role",
         "sponsor-scanner", "--sponsor", "example-corp")
    assert "reset" in refused("account", "invite", "EVE@acme.example",
                              "--role", "badge-desk")
    assert '"zz"' in refused("account", "invite", "x@y.example", "--role",
                             "sponsor-manager", "--sponsor", "zz")
    assert "account list" in refused("account", "reset", "x@y.example")


def tokens(walk):
    text = walk("token.add", "token", "add", "CRM of Acme", "--scope",
                "leads:read,leads:write", "--sponsor", "acme", "--days",
                "30").strip()
    assert re.fullmatch(r"bw_[A-Za-z0-9_-]{32}", text), text
    walk.secrets.add(text[9:])
    line = walk(None, "token", "list").rstrip("\n").split("\t")
    assert line[:5] == ["1", text[:9], "good", "leads:read,leads:write",
                        "acme"] and line[6:] == ["never", "CRM of Acme"], line
    walk("token.revoke", "token", "revoke", "1")
    walk(None, "token", "revoke", "1")
    assert "\trevoked\t" in walk(None, "token", "list")
    refused = walk.world.refused
    assert "token list" in refused("token", "revoke", "7")
    assert "not active" in refused(
        "token", "add", "x", "--scope", "leads:read", "--sponsor",
        "example-corp", "--days", "1", "--account", "ada@post.example")


def rights(walk):
    """What a person asks for, and holds."""
    def why(said, *args):
        assert said in walk.world.refused(*args), args
    walk("right.restrict", "right", "restrict", "1")
    why("restricted already", "right", "restrict", "1")
    walk("right.object", "right", "object", "1")
    walk(None, "right", "list")
    walk("right.lift", "right", "lift", "1")
    walk("right.agree", "right", "lift", "1", "--objection", "--leads")
    why("not restricted", "right", "lift", "1")
    walk("right.correct", "right", "correct", "1", "company", "Other Corp")
    why("already", "right", "correct", "1", "company", "Other Corp")
    walk("right.correct", "right", "correct", "1", "company", "--empty")
    why("already", "right", "correct", "1", "company", "--empty")
    walk("withdraw.all", "right", "withdraw", "1")
    walk("right.erase", "right", "erase", "1", "--without-case", "mistake")
    why("will be erased already", "right", "erase", "1", "--without-case",
        "mistake")
    why("there is no case 99", "right", "erase", "1", "--case", "99")
    walk("right.undo", "right", "undo", "1")
    why("not to be erased", "right", "undo", "1")
    why("nobody was erased", "right", "readmit", "--key", "no such")
    why("no registration 99", "right", "object", "99")
    walk("right.withhold", "registration", "withhold", "1")
    walk("right.release", "right", "lift", "1")
    walk("registration.release", "registration", "release", next(
        str(r["id"]) for r in walk.world.registrations()
        if r["status"] == "minor"))
    walk("hold.add", "hold", "add", "--event", "--reason", "a lawsuit",
         "--reviewer", "anna")
    walk(None, "hold", "list")
    why("nothing was changed", "hold", "lift", "1")
    walk("hold.lift", "hold", "lift", "1", "--yes")
    why("lifted before", "hold", "lift", "1", "--yes")
    officer = walk.world.dir / "officer"
    subprocess.run([BIN / "badgeward", "deleted", "key", officer], check=True,
                   stdout=subprocess.DEVNULL)
    walk("deleted.setup", "deleted", "setup", f"{officer}.pub")


def duties(walk):
    """What people asked for, and what was given because the law asked."""
    said = walk.world.dir / "said"
    said.write_text("The archive is searched by hand.\n")
    walk("case.zone", "case", "zone", "Europe/Dublin")
    for num, end in enumerate(("done", "refuse"), 1):
        walk("case.open", "case", "open", "access", "--registration", "1",
             "--proof", "desk")
        walk("case.extend", "case", "extend", str(num), "--reason", said)
        walk("case.look", "case", "show", str(num))
        walk(f"case.{end}", "case", end, str(num), "--outcome" if
             end == "done" else "--reason", said)
    walk(None, "case", "list")
    walk(None, "case", "due")
    walk("disclosure.add", "disclosure", "add", "--basis", "court",
         "--asked", "a court", "--decided", "the board")
    walk(None, "disclosure", "list")
    walk("registration.minor", "registration", "minor", "2")
    walk("registration.release", "registration", "release", "2")


def others(walk):
    """Every other command that writes, or gives something away."""
    world, out = walk.world, walk.world.dir
    uid = ("--uid", "04e10cda993c80")
    rights(walk)
    duties(walk)
    walk(None, "registration", "list")
    walk(None, "import", "eventbrite", REGISTRATIONS, "--dry-run")
    walk("import.eventbrite", "import", "eventbrite", REGISTRATIONS)
    walk("badge.issue", "badge", "encode", "--registration", "1", *uid,
         "--out", out / "badge")
    walk("device.add", "device", "add", "k01", "--sponsor", "acme")
    walk("device.renew", "device", "renew", "k01")
    walk("device.booth", "device", "booth", "k01", "Hall 2")
    walk("device.revoke", "device", "revoke", "k01")
    walk("device.lost", "device", "revoke", "k01", "--lost")
    walk("device.found", "device", "found", "k01")
    walk("device.add", "device", "reassign", "k01", "k02")
    walk("export.leads", "export", "leads", "--sponsor", "acme", "--format",
         "csv", "--out", out / "leads")
    walk(None, "export", "logs", "--out", out / "logs")
    walk("export.counts", "export", "counts", "--out", out / "counts")
    walk(None, "export", "list")
    walk(None, "import", "auto", REGISTRATIONS, "--dry-run")
    more = out / "more.conf"
    more.write_text(POLICY.read_text() + "\n# more\n")
    walk("policy.install", "policy", "install", more)
    walk(None, "policy", "check", more)
    walk("mail.setup", "mail", "setup", "--server", "smtp://127.0.0.1:25",
         "--from", "event@summit.example")
    walk("mail.retry", "mail", "retry")
    for args in (["device", "list"], ["odd", "list"], ["token", "list"],
                 ["mail", "list"]):
        walk(None, *args)
    # The table of commands has nothing that this did not walk, but what needs a
    # device's log, a writer or another program, which staff_commit serves too,
    # the second name of an import, and what has no host.
    help_ = subprocess.run([BIN / "badgeward", "--help"], text=True,
                           capture_output=True, check=True).stdout
    known = set(re.findall(r"^  ([a-z]+ [a-z]+)  ", help_, re.M))
    walked = {"account invite", "account list", "account disable",
              "account enable", "account reset", "account role", "token add",
              "token list", "token revoke", "right restrict", "right object",
              "right list", "right lift", "right correct", "right withdraw",
              "right erase", "right undo", "right readmit", "hold add", "hold list",
              "hold lift", "deleted setup", "registration release",
              "case open", "case extend", "case show", "case done",
              "case refuse", "case list", "case due", "case zone",
              "disclosure add", "disclosure list", "registration minor",
              "registration list", "registration withhold",
              "import eventbrite", "badge encode", "device add",
              "device renew", "device revoke", "device list", "odd list",
              "device booth", "device found", "device reassign",
              "export leads", "export audit", "export logs", "export list",
              "export counts", "export disclosures", "import auto", "policy install",
              "policy check", "mail setup", "mail list", "mail retry"}
    apart = {"deleted key", "deleted list", "badge write", "badge sheet",
             "badge station", "import pretix",
             "policy preview", "journal recover", "export log", "verify log",
             "verify receipt", "verify audit", "policy pin", "mail test"}
    assert known - walked - apart == set(), known - walked - apart
    assert walked <= known


def export(walk, name):
    """The file, the key and the head."""
    path = walk.world.dir / name
    done = walk.world.run(BIN / "badgeward", "-C", walk.world.host_dir,
                          "export", "audit", "--out", path)
    assert done.returncode == 0, done
    said = re.fullmatch(r"(\d+) rows, head ([0-9a-f]{64})\n"
                        r"verify with --key (\S+)\n", done.stderr)
    assert said, done.stderr
    walk.seen = len(rows(walk.world))
    return path, said[3], said[2]


def audit(walk):
    world = walk.world
    path, key, head = export(walk, "audit1")
    ok = world.cli_raw("verify", "audit", path, "--key", key)
    assert ok.startswith(f"ok: log.summit.example/ev26/host/audit, "
                         f"{walk.seen - 1} rows, head {head}"), ok
    assert rows(world)[-1][1:3] == ("export.audit",
                                    f"audit {walk.seen - 1}")
    second, key2, head2 = export(walk, "audit2")
    assert key2 == key and head2 != head
    ok = world.cli_raw("verify", "audit", second, "--key", key, "--head",
                       head)
    assert f"of row {walk.seen - 2}" in ok, ok

    def wrong(data, *says):
        bad = world.dir / "bad"
        bad.write_bytes(data)
        done = world.run(BIN / "badgeward", "verify", "audit", bad, "--key",
                         key, "--head", head2)
        assert done.returncode == 1 and done.stdout == "", done
        for word in says:
            assert word in done.stderr, (word, done.stderr)

    data = second.read_bytes()
    lines = data.split(b"\n")
    wrong(data.replace(b"account.disable", b"account.enabled", 1),
          f"row {1 + [r[1] for r in rows(world)].index('account.disable')} ")
    wrong(b"\n".join(lines[:5] + lines[6:]), "row 5 is wrong")
    wrong(b"\n".join(lines[:5] + [lines[6], lines[5]] + lines[7:]),
          "row 5 is wrong")
    wrong(b"\n".join(lines[:6]) + b"\n", "without its checkpoint")
    wrong(path.read_bytes(), "--head")        # the newest are gone
    at = data.index("\n\n".encode())
    wrong(data[:at + 1] + b"".join(data[at + 1:].splitlines(True)[:-1]),
          "checkpoint")
    wrong(b"", "no exported audit")
    wrong(os.urandom(5000), "no exported audit")
    # Somebody changes the store: nothing is signed over it.
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE audit SET object = 'k99' WHERE id = 4")
    said = world.refused("export", "audit", "--out", world.dir / "audit3")
    assert "row 4 of the audit" in said, said
    assert not (world.dir / "audit3").exists()


def nothing_leaks(walk):
    """Not the mail in the audit, and no secret in any file."""
    # A commitment in hexadecimal may read like a name, by chance.
    text = re.sub(r"\b[0-9a-f]{32}\b", "", repr(rows(walk.world)).lower())
    assert "ada" not in text and "@" not in text, text
    for p in walk.world.dir.rglob("*"):
        if p.is_file():
            data = p.read_bytes()
            for secret in walk.secrets:
                assert secret.encode() not in data, p


with World() as world:
    assert [r[1] for r in rows(world)] == ["init", "policy.install",
                                           "import.eventbrite"], rows(world)
    walk = Walk(world)
    accounts(walk)
    tokens(walk)
    others(walk)
    nothing_leaks(walk)
    audit(walk)
