# SPDX-License-Identifier: Apache-2.0
"""badgeward-mailer --bounces: what servers send back later marks the mail that
it returns, and nothing that anybody may send marks another."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending  # noqa: E402
from mailing import database, due, mailer, queue, row, setup  # noqa: E402
from smtpsink import Sink  # noqa: E402
from world import BIN, SRC  # noqa: E402

WAITING, SENDING, SENT, FAILED = range(4)
BOUNCED = 3
CORPUS = SRC / "tests/fuzz/corpus/fuzz_bounce"
OURS = b"ev26.7.ABCDEFGHIJKLMNOPQRSTUVWXYI"
# What comes back, as programs write it; whether it says that it was given up.
SEEN = {"postfix": True, "postfix-alias": True, "exim": True,
        "exchange": True, "gmail": True, "opensmtpd": True, "utf8": True,
        "given-up": True, "base64": True,
        "delayed": False, "delivered": False, "vacation": False,
        "no-report": False, "read-receipt": False}


def give(world, message, code=0):
    run = subprocess.run(
        [BIN / "badgeward-mailer", "-C", world.host_dir, "--bounces"],
        input=message, capture_output=True, timeout=60)
    said = run.stderr.decode()
    assert run.returncode == code, (run.returncode, said)
    assert run.stdout == b"" and "@" not in said, said
    return said


def send(world, sink, person):
    """A mail that was taken; its number, and its Message-ID before the @."""
    mail = queue(world, int(person["id"]))
    mailer(world)
    (m,) = sink.take()
    assert row(world, mail)["state"] == SENT
    name, domain = m.message["Message-ID"].strip("<>").split("@")
    assert domain == "summit.example"
    assert re.fullmatch(rf"ev26\.{mail}\.[A-Z2-7]{{26}}", name), name
    return mail, name.encode()


def report(name, kind="postfix"):
    text = (CORPUS / kind).read_bytes()
    assert text.count(OURS) >= 1, kind
    return text.replace(OURS, name)


def check_kinds(w, sink, person):
    for kind, bad in SEEN.items():
        mail, name = send(w, sink, person)
        said = give(w, report(name, kind))
        got = row(w, mail)
        assert got["state"] == (FAILED if bad else SENT), (kind, dict(got))
        assert got["answer"] == (BOUNCED if bad else 250), (kind, dict(got))
        assert (f"mail {mail} to registration {person['id']} came back"
                in said) == bad, (kind, said)


def check_staff(w, sink, person):
    """It is told and tried again like what was refused at once; the bounce of
    what was sent before does not count for what is sent then."""
    mail, name = send(w, sink, person)
    give(w, report(name))
    line = w.cli("mail", "list", "--failed").splitlines()[0].split("\t")
    assert line[:5] == [str(mail), str(person["id"]), "link", "failed",
                        "3"], line
    w.cli("mail", "retry", str(mail))
    assert "left alone" in give(w, report(name))
    assert row(w, mail)["state"] == WAITING
    due(w)
    mailer(w)
    (m,) = sink.take()
    again = m.message["Message-ID"].strip("<>").split("@")[0].encode()
    assert again != name
    give(w, report(name))
    assert row(w, mail)["state"] == SENT
    give(w, report(again))
    assert row(w, mail)["state"] == FAILED


def check_forged(w, sink, people):
    """Who had one mail can say of none but that one."""
    mail, name = send(w, sink, people[0])
    other, second = send(w, sink, people[1])
    token, stranger = name.split(b".")[2], second.split(b".")[2]
    for bad in (name.replace(b"." + token, b""),
                name.replace(token, stranger),
                name.replace(token, b"A" * 26),
                name.replace(token, token.lower()),
                name.replace(token, token[:-1]),
                name.replace(token, token + b"A"),
                name[:-2] + bytes([name[-2] ^ 1]) + name[-1:],
                b"ev26.999999." + token, b"ev26.-1." + token,
                b"ev26.0." + token, b"ev26.18446744073709551616." + token):
        assert "left alone" in give(w, report(bad)), bad
    assert row(w, mail)["state"] == row(w, other)["state"] == SENT
    # A report that somebody's mail has only attached, or talks of, is none.
    real = report(name)
    wrapped = (b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: "
               b"multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: "
               b"message/rfc822\r\n\r\n" + real + b"\r\n--x--\r\n")
    give(w, wrapped)
    give(w, b"Subject: re\r\n\r\n" + real)
    assert row(w, mail)["state"] == SENT


def check_hostile(w, sink, person):
    mail, name = send(w, sink, person)
    real = report(name)
    deep = b"".join(b"Content-Type: multipart/report; report-type="
                    b"delivery-status; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i)
                    for i in range(10000))
    for bad in (b"", b"\0" * 1000, b"\r\n" * 100000, b"x" * 1000000, deep,
                b"Content-Type: multipart/report;" * 30000,
                real[:len(real) // 2]):
        assert len(bad) <= 1 << 20
        give(w, bad)
    assert "more than" in give(w, real + b"x" * (1 << 20))
    assert row(w, mail)["state"] == SENT
    give(w, b"From sender  Thu Nov 26 06:00:00 2026\n" + real)
    assert row(w, mail)["state"] == FAILED


def check_not_now(w, sink, person):
    """What cannot be told now stays with the mail server."""
    mail, name = send(w, sink, person)
    with database(w) as db:     # the mailer has not come to note it
        db.execute("UPDATE mail SET state = 1 WHERE id = ?", (mail,))
    give(w, report(name), 75)
    assert row(w, mail)["state"] == SENDING
    with database(w) as db:
        db.execute("UPDATE mail SET state = 2 WHERE id = ?", (mail,))
    key = w.host_dir / "mail.key"
    assert key.stat().st_mode & 0o777 == 0o600
    whole = key.read_bytes()
    key.write_bytes(whole[:31])
    give(w, report(name), 75)
    assert "mail.key" in mailer(w, code=1)
    key.write_bytes(whole)
    config = w.host_dir / "config.json"
    config.rename(w.dir / "config")
    give(w, report(name), 75)
    give(w, b"", 75)
    (w.dir / "config").rename(config)
    assert row(w, mail)["state"] == SENT
    give(w, report(name))
    assert row(w, mail)["state"] == FAILED


with World() as world, Sink() as server:
    setup(world, server)
    folk = [p for p in attending(world) if p["email"].isascii()][:2]
    check_kinds(world, server, folk[0])
    check_staff(world, server, folk[0])
    check_forged(world, server, folk)
    check_hostile(world, server, folk[0])
    check_not_now(world, server, folk[0])
