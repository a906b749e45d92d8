# SPDX-License-Identifier: Apache-2.0
"""badgeward-mailer against a server that does what servers do: what is sent,
what is tried again, what fails, and that nobody's words become a header."""

import os
import re
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending  # noqa: E402
from mailing import (FROM, database, due, mailer, queue, row,  # noqa: E402
                     setup)
from smtpsink import Sink  # noqa: E402
from world import BIN  # noqa: E402

WAITING, SENDING, SENT, FAILED = range(4)
UNREACHED, ADDRESS, UTF8 = 1, 2, 4
# Where, what the server does there; state, answer, and whether a second mail
# goes out in the same turn.
FAULTS = [
    ("rcpt", "550 no such user", FAILED, 550, True),
    ("rcpt", "450 busy", WAITING, 450, True),
    ("rcpt", "drop", WAITING, UNREACHED, False),
    ("DATA", "554 spam", FAILED, 554, True),
    ("end", "552 too large", FAILED, 552, False),
    ("end", "451 later", WAITING, 451, False),
    ("data", "drop", WAITING, None, False),
    ("greet", "554 no service", WAITING, 554, False),
    ("greet", "drop", WAITING, UNREACHED, False),
    ("greet", "stall", WAITING, UNREACHED, False),
    ("mail", "550 sender", WAITING, 550, False),
    ("mail", "421 closing", WAITING, 421, False),
]


def address(world, person, value):
    with database(world) as db:
        db.execute("UPDATE registration SET v2 = ? WHERE id = ?",
                   (value, person))


def check_sent(w, people):
    with Sink() as sink:
        setup(w, sink)
        ids = [queue(w, int(p["id"]), language="de") for p in people]
        log = mailer(w)
        assert [row(w, i)["state"] for i in ids] == [SENT] * len(ids)
        assert [row(w, i)["answer"] for i in ids] == [250] * len(ids)
        assert sink.connections == 1, "one connection for many"
        mails = sink.take()
        assert [m.to for m in mails] == [[p["email"]] for p in people]
        for m, i in zip(mails, ids):
            look(m, i)
        assert not any(p["email"] in log for p in people), log
        mailer(w)
        assert sink.take() == []


def look(m, mail):
    assert m.sender == FROM
    head = m.message
    assert head["From"].addresses[0].addr_spec == FROM
    assert head["From"].addresses[0].display_name == "Summit 2026"
    assert head["Message-ID"].startswith(f"<ev26.{mail}."), head["Message-ID"]
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["Date"].datetime is not None
    assert head["List-Unsubscribe"] is None
    assert m.subject == "Ihr Link: Summit 2026"
    assert re.search(r"\n\nhttps?://[^\n]*/my/#[A-Z2-7]{26}\n\n", m.text), m.text


def check_faults(w, people):
    first, second = (int(p["id"]) for p in people[:2])
    for place, what, state, answer, goes_on in FAULTS:
        with Sink() as sink:
            setup(w, sink)
            key = people[0]["email"] if place == "rcpt" else place
            sink.plan[key] = what
            a, b = queue(w, first), queue(w, second)
            mailer(w, "--timeout", "3",
                   code=0 if goes_on or what[0] in "45" and place == "end"
                   else 1)
            got = row(w, a)
            case = (place, what, dict(got))
            assert got["state"] == state, case
            assert answer is None or got["answer"] == answer, case
            if place in ("rcpt", "greet", "mail", "data"):
                assert row(w, b)["state"] == (SENT if goes_on else
                                              WAITING), case
            # Once the server is well, what waits goes out.
            sink.plan.clear()
            due(w)
            mailer(w)
            assert row(w, a)["state"] == (FAILED if state == FAILED else
                                          SENT), case
    assert FAILED == row(w, a)["state"] or row(w, a)["tries"] > 1


def check_staff(w, people):
    """What failed is listed without an address, and tried again."""
    w.cli("mail", "retry")
    with Sink() as sink:
        setup(w, sink)
        mailer(w)
        sink.take()
        sink.plan[people[0]["email"]] = "550 no"
        bad = queue(w, int(people[0]["id"]))
        log = mailer(w)
        who = f"mail {bad} to registration {people[0]['id']}"
        assert f"{who}: failed: the server said no (550)" in log, log
        line = w.cli("mail", "list", "--failed").split("\t")
        assert line[:6] == [str(bad), str(people[0]["id"]), "link", "failed",
                            "550", "1"], line
        sink.plan.clear()
        assert w.cli("mail", "retry", str(bad)) == "1 mail is due again\n"
        assert w.cli("mail", "retry") == "0 mails are due again\n"
        assert "no mail" in w.refused("mail", "retry", str(bad))
        assert f"{who}: sent\n" in mailer(w)
        assert row(w, bad)["state"] == SENT
        sink.plan[people[0]["email"]] = "450 busy"
        queue(w, int(people[0]["id"]))
        log = mailer(w)
        assert re.search(r": put off until 20\S+Z: the server said not now "
                         r"\(450\)\n", log), log
        sink.plan.clear()
        due(w)
        mailer(w)
        sink.take()
        said = w.cli("mail", "test", "me@summit.example")
        assert said == "sent: the server took it (250)\n", said
        assert sink.take()[0].to == ["me@summit.example"]
        sink.plan["you@summit.example"] = "550 no"
        said = w.refused("mail", "test", "you@summit.example")
        assert "not sent: the server said no (550)" in said, said


def check_injection(w, people):
    """Neither name nor address nor event adds a header or a recipient."""
    person = int(people[0]["id"])
    bad = ["a@b.example\r\nBcc: x@y.example", "a@b.example\nX: 1",
           "a@b.example,c@d.example", "<a@b.example>", "a b@c.example",
           "a@b.example> SIZE=1", "\"a\"@b.example",
           "a@b\uff0cc.example", "a\u202e@b.example", "@b.example", "a@", "a", "x" * 65 + "@b.example",
           "a@" + "b" * 260]
    with Sink() as sink:
        setup(w, sink)
        for value in bad:
            address(w, person, value)
            mail = queue(w, person)
            mailer(w)
            assert (row(w, mail)["state"], row(w, mail)["answer"]) == \
                (FAILED, ADDRESS), value
        assert sink.take() == []
        address(w, person, people[0]["email"])
        with database(w) as db:
            db.execute("UPDATE registration SET v1 = ? WHERE id = ?",
                       ("Eve\r\nBcc: x@y.example\r\n\r\n.\r\nRCPT", person))
        queue(w, person)
        mailer(w)
        (m,) = sink.take()
        assert m.to == [people[0]["email"]] and m.message["Bcc"] is None
        assert "Bcc: x@y.example" in m.text


def check_letters(w, people):
    """A domain of any letters goes out in ASCII; what stands before it needs a
    server that takes it, and is not sent to another."""
    person = int(people[0]["id"])
    for offered in (False, True):
        with Sink() as sink:
            setup(w, sink)
            sink.utf8 = offered
            for given, to, utf8 in (
                    ("joe@m\u00fcnchen.example",
                     "joe@xn--mnchen-3ya.example", False),
                    ("a@\u4f8b\u3048.example", "a@xn--r8jz45g.example", False),
                    ("a@STRA\u00dfE.example", "a@xn--strae-oqa.example", False),
                    ("zo\u00eb@b.example", "zo\u00eb@b.example", True),
                    ("j\u00f6rg@m\u00fcnchen.example",
                     "j\u00f6rg@xn--mnchen-3ya.example", True)):
                address(w, person, given)
                mail, case = queue(w, person), (given, offered)
                log = mailer(w)
                got, came = row(w, mail), sink.take()
                if utf8 and not offered:
                    assert came == [], case
                    assert (got["state"], got["answer"]) == (FAILED, UTF8), case
                    assert "takes no such address" in log, (case, log)
                    continue
                assert got["state"] == SENT, (case, dict(got))
                (m,) = came
                assert m.to == [to], (case, m.to)
                assert ("SMTPUTF8" in m.parameters) == utf8, case
                assert f"To: <{to}>\r\n".encode() in m.raw, case
                assert given not in log and to not in log, (case, log)
            # Another mail goes out over the connection of what cannot.
            address(w, person, "zo\u00eb@b.example")
            n = sink.connections
            queue(w, person), queue(w, int(people[1]["id"]))
            mailer(w)
            assert len(sink.take()) == 1 + offered
            assert sink.connections == n + 1
    address(w, person, people[0]["email"])


def check_tls(w, people):
    person = int(people[1]["id"])
    for name, good in (("127.0.0.1", True), ("other.example", False)):
        with Sink(w.dir, name) as sink:
            setup(w, sink, "--starttls", "--ca", str(sink.ca))
            mail = queue(w, person)
            mailer(w, code=0 if good else 1)
            assert row(w, mail)["state"] == (SENT if good else WAITING)
            assert len(sink.take()) == good
    with Sink(w.dir) as sink:  # a certificate that nobody trusts
        setup(w, sink, "--starttls")
        mailer(w, code=0)      # nothing is due yet
        due(w)
        mailer(w, code=1)
        assert sink.take() == []
    with Sink() as sink:       # none at all, where it must be
        setup(w, sink, "--starttls")
        due(w)
        mailer(w, code=1)
        assert sink.take() == [] and sink.secured == 0
        # The password goes nowhere without.
        assert sink.auth == []


def check_password(w, people):
    secret = w.dir / "password"
    secret.write_text("s3cret-words\n")
    with Sink() as sink:
        secret.chmod(0o644)
        said = w.refused("mail", "setup", "--server", sink.url, "--from",
                         FROM, "--user", "u", "--password", str(secret))
        assert "read by others" in said and "s3cret" not in said
        secret.chmod(0o600)
        setup(w, sink, "--user", "u", "--password", str(secret))
        mail = queue(w, int(people[0]["id"]))
        sink.plan["auth"] = "535 no"
        log = mailer(w, code=1)
        assert row(w, mail)["state"] == WAITING and "s3cret" not in log
        del sink.plan["auth"]
        due(w)
        mailer(w)
        assert row(w, mail)["state"] == SENT and len(sink.auth) == 2
        conf = w.host_dir / "mail.json"
        conf.chmod(0o640)
        assert "may be read by others" in mailer(w, code=1)
        conf.chmod(0o600)


def check_alone(w, people):
    """Two at once: the second one says so and sends nothing."""
    with Sink() as sink:
        setup(w, sink)
        sink.plan["greet"] = "stall"
        mail = queue(w, int(people[0]["id"]))
        one = subprocess.Popen([BIN / "badgeward-mailer", "-C", w.host_dir])
        try:
            while row(w, mail)["state"] != SENDING:
                assert one.poll() is None
            assert "another badgeward-mailer" in mailer(w, code=1)
            # A trial does not wait for it, and takes nothing from it.
            sink.plan.clear()
            said = w.cli("mail", "test", "me@summit.example")
            assert said == "sent: the server took it (250)\n", said
            assert sink.take()[0].to == ["me@summit.example"]
            assert row(w, mail)["state"] == SENDING
        finally:
            one.kill()
            one.wait()
        sink.plan.clear()
        mailer(w)
        assert row(w, mail)["state"] == SENT and len(sink.take()) == 1


def check_keeps_no_value(w):
    """No column of the queue and no code holds what a person said of itself,
    nor a code that is good for anything."""
    values = {v for p in w.registrations() for f, v in p.items()
              if f in ("name", "email", "company", "job_title", "work_phone") and v}
    with sqlite3.connect(w.host_dir / "host.db") as db:
        for table in ("mail", "mail_share", "link", "optout", "told"):
            for r in db.execute(f"SELECT * FROM {table}"):
                for cell in r:
                    text = cell if isinstance(cell, str) else ""
                    assert text not in values or text == "", (table, text)
                    assert not re.fullmatch("[A-Z2-7]{26}", text)


with World() as world:
    folk = [p for p in attending(world) if p["email"].isascii()][:5]
    assert "not set up" in mailer(world, code=1)
    check_sent(world, folk)
    check_faults(world, folk)
    check_staff(world, folk)
    check_injection(world, folk)
    check_letters(world, folk)
    check_tls(world, folk)
    check_password(world, folk)
    check_alone(world, folk)
    check_keeps_no_value(world)
