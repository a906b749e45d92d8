# SPDX-License-Identifier: Apache-2.0
"""A sheet of name badges takes its time: whoever is disabled, logged out or has
another role when it is whole does not get it, and no row says that they did."""

import os
import signal
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from many import crowded, sheet_begun  # noqa: E402
from portal import joined  # noqa: E402
from world import World, until  # noqa: E402

PEOPLE = 5000


def nameless(w):
    """It is written where nobody finds it: how many such files are open."""
    n = 0
    for fd in os.listdir(f"/proc/{w.host.pid}/fd"):
        try:
            n += os.readlink(f"/proc/{w.host.pid}/fd/{fd}").endswith(
                "(deleted)")
        except FileNotFoundError:
            pass
    return n


def recorded(w):
    db = sqlite3.connect(w.host_dir / "host.db")
    n, = db.execute("SELECT count(*) FROM audit WHERE act = "
                    "'badge.sheet'").fetchone()
    db.close()
    return n


def ended_meanwhile(w, p, *act):
    had = recorded(w)
    c = sheet_begun(p, "card")
    until(lambda: nameless(w), 20, "it is made")
    w.host.p.send_signal(signal.SIGSTOP)
    try:
        assert recorded(w) == had, "too late"
        w.cli(*act)
    finally:
        w.host.p.send_signal(signal.SIGCONT)
    r = c.getresponse()
    body = r.read()
    assert r.status == 403 and b"PDF" not in body[:8], (r.status, body[:300])
    c.close()
    assert recorded(w) == had
    until(lambda: not nameless(w), 20, "no file is left")


with World() as world:
    crowded(world, PEOPLE)
    dora = joined(world, "dora@summit.example", "badge-desk")
    ended_meanwhile(world, dora, "account", "disable", "dora@summit.example")
    dirk = joined(world, "dirk@summit.example", "badge-desk")
    ended_meanwhile(world, dirk, "account", "role", "dirk@summit.example",
                    "--role", "sponsor-scanner", "--sponsor", "acme")
    doris = joined(world, "doris@summit.example", "badge-desk")
    answer = sheet_begun(doris, "card").getresponse()
    assert answer.status == 200 and answer.read(5) == b"%PDF-", answer.status
    assert recorded(world) == 1
