# SPDX-License-Identifier: Apache-2.0
"""mailing.py - what the system tests of mail to attendees share."""

import sqlite3
import subprocess

from world import BIN

FROM = "event@summit.example"


def setup(world, sink, *more):
    world.cli("mail", "setup", "--server", sink.url, "--from", FROM,
              "--contact", "privacy@summit.example", *more)


def mailer(world, *more, code=0, arguments=("--once",)):
    """Run badgeward-mailer to its end; what it logged."""
    run = subprocess.run(
        [BIN / "badgeward-mailer", "-C", world.host_dir, *arguments, *more],
        capture_output=True, text=True, timeout=120)
    assert code is None or run.returncode == code, (run.returncode, run.stderr)
    return run.stderr


def database(world):
    db = sqlite3.connect(world.host_dir / "host.db", timeout=20,
                         isolation_level=None)
    db.row_factory = sqlite3.Row
    return db


def queue(world, registration, kind=1, letter=0, language="en", num=0, day=0):
    """As mail_queue does it; its id."""
    with database(world) as db:
        return db.execute(
            "INSERT INTO mail (registration, kind, letter, language, num, "
            "day, queued_at, next_try) VALUES (?, ?, ?, ?, ?, ?, "
            "unixepoch(), unixepoch())",
            (registration, kind, letter, language, num, day)).lastrowid


def due(world):
    """All that waits is due now."""
    with database(world) as db:
        db.execute("UPDATE mail SET next_try = 0 WHERE state = 0")


def row(world, mail):
    with database(world) as db:
        return db.execute("SELECT * FROM mail WHERE id = ?",
                          (mail,)).fetchone()
