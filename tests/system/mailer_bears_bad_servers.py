# SPDX-License-Identifier: Apache-2.0
"""badgeward-mailer against servers that are broken or mean it: a turn ends in
its time, what is due stays in the queue and goes out once when the server is
well again, and nothing of a person is in the log."""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending  # noqa: E402
from mailing import due, mailer, queue, row, setup  # noqa: E402
from smtpsink import Gone, Sink  # noqa: E402

WAITING, SENDING, SENT, FAILED = range(4)
UNREACHED = 1
SECONDS = 2     # for one mail


def always(what, pause=0):
    """Says this over and over, until the client has enough."""
    def answer(d):
        while not d.server.sink.closing.wait(pause):
            d.wfile.write(what)
        raise Gone
    return answer


def says(text):
    def answer(d):
        d.wfile.write(text)
        return True
    return answer


def late(d):
    """Keeps the mail, and says so when nobody listens any more."""
    while d.rfile.read(1):
        pass
    d.wfile.write(b"250 kept\r\n")
    raise Gone


LONG = b"x" * (1 << 20)
# Where, and what is said there.
SERVERS = {
    "banner without end": ("greet", always(b"220-hello\r\n" * 100)),
    "banner without a line": ("greet", always(b"x" * 4096)),
    "a line of a mebibyte": ("greet", says(b"220 " + LONG + b"\r\n")),
    "offers without end": ("EHLO", always(b"250-X\r\n" * 100)),
    "zeros": ("greet", says(b"\0" * 70000 + b"\r\n")),
    "a byte now and then": ("greet", always(b"2", 0.5)),
    "a line now and then": ("greet", always(b"220-x\r\n", 0.5)),
    "recipients now and then": ("rcpt", always(b"2", 0.5)),
    "text answered now and then": ("DATA", always(b"354-x\r\n", 0.5)),
    "always closing": ("greet", "421 closing"),
    "closing at once": ("greet", "drop"),
    "closing in the text": ("data", "drop"),
    "closing before the text": ("DATA", "drop"),
    "no number": ("greet", says(b"hello\r\n" * 10)),
    "another number": ("greet", says(b"999 x\r\n")),
    "web": ("greet", says(b"HTTP/1.1 400 Bad Request\r\n\r\n")),
    "greets and closes": ("mail", "421 closing"),
}


def is_quiet(log, people):
    for p in people:
        for value in (p["email"], p["name"]):
            assert value not in log, log
    assert len(log) < 2000, log


def check_server(w, people, case):
    place, what = SERVERS[case]
    a, b = (queue(w, int(p["id"])) for p in people)
    with Sink() as sink:
        setup(w, sink)
        sink.plan[people[0]["email"] if place == "rcpt" else place] = what
        began = time.monotonic()
        log = mailer(w, "--timeout", str(SECONDS), code=1)
        # One mail's time, as much for QUIT, and what a busy machine takes.
        assert time.monotonic() - began < 2 * SECONDS + 20, case
        is_quiet(log, people)
        for mail in (a, b):
            assert row(w, mail)["state"] == WAITING, (case, row(w, mail))
        assert (row(w, a)["tries"], row(w, b)["tries"]) == (1, 0), case
        assert sink.take() == [], case
    well(w, people, (a, b), case)


def well(w, people, mails, case):
    """All of it goes out now, once."""
    with Sink() as sink:
        setup(w, sink)
        due(w)
        mailer(w)
        for mail in mails:
            assert row(w, mail)["state"] == SENT, case
        assert [m.to for m in sink.take()] == [[p["email"]] for p in people]
        mailer(w)
        assert sink.take() == [], case


def check_late(w, people):
    """Whether it was taken cannot be known: it goes out again, as the same."""
    mail = queue(w, int(people[0]["id"]))
    with Sink() as sink:
        setup(w, sink)
        sink.plan["end"] = late
        mailer(w, "--timeout", str(SECONDS), code=1)
        got = row(w, mail)
        assert (got["state"], got["answer"]) == (WAITING, UNREACHED)
        (first,) = sink.take()
        sink.plan.clear()
        mailer(w)       # not before its time
        assert sink.take() == []
        due(w)
        mailer(w)
        (again,) = sink.take()
        assert again.message["Message-ID"] == first.message["Message-ID"]
        assert row(w, mail)["state"] == SENT


def check_twice(w, people):
    """Who says everything twice gets nothing twice: what it may have is sent
    again by staff alone."""
    for place, what, state, answer in (
            ("greet", b"220 x\r\n" * 2, WAITING, 250),
            ("mail", b"250 ok\r\n" * 2, WAITING, 250),
            ("DATA", b"354 go\r\n" * 2, FAILED, 354),
            ("end", b"250 kept\r\n" * 2, SENT, 250)):
        mails = [queue(w, int(p["id"])) for p in people]
        with Sink() as sink:
            setup(w, sink)
            sink.plan[place] = says(what)
            for _ in range(3):
                log = mailer(w, "--timeout", str(SECONDS), code=None)
                is_quiet(log, people)
                assert "took it" not in log, (place, log)
                due(w)
            got, came = [row(w, m) for m in mails], sink.take()
            assert [g["state"] for g in got] == [state] * 2, (place, log)
            assert got[0]["answer"] == answer, (place, log)
            assert len(came) == (0 if state == WAITING else 2), (place, came)
        if state == WAITING:
            well(w, people, mails, place)


with World() as world:
    folk = [p for p in attending(world) if p["email"].isascii()][:2]
    for name in SERVERS:
        check_server(world, folk, name)
    check_late(world, folk)
    check_twice(world, folk)
