# SPDX-License-Identifier: Apache-2.0
"""With "-" a person's value comes from standard input: nobody reads it in
/proc/PID/cmdline while the command waits. It is one line, or nothing is
changed."""

import os
import pathlib
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending  # noqa: E402
from opened import opened  # noqa: E402
from world import BIN, until  # noqa: E402

VALUE = "+49 30 5550199"
REASON = "complaint 4711 of 3 June"


@contextmanager
def locked(world):
    """Whoever writes to the store waits."""
    with closing(sqlite3.connect(world.host_dir / "host.db",
                                 isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")


def start(world, args, line):
    p = subprocess.Popen(
        [BIN / "badgeward", "-C", world.host_dir, *map(str, args)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    p.stdin.write(line)
    p.stdin.close()
    return p


def arguments(pid):
    return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")


def unseen(world, value, *args):
    """It is done, and its arguments are those that were given."""
    with locked(world):
        p = start(world, args, value.encode() + b"\n")
        until(lambda: str(world.host_dir / "host.db-wal") in opened(p.pid),
              20, "the command has the store open")
        seen = arguments(p.pid)
        assert p.poll() is None, p.stderr.read()
    assert p.wait(20) == 0, p.stderr.read()
    assert b"-" in seen and not [a for a in seen if value.encode() in a], seen
    p.stdout.close(), p.stderr.close()


def refused(world, person, line, says, code=2):
    p = start(world, ("right", "correct", person, "work_phone", "-"), line)
    out, err = p.stdout.read(), p.stderr.read().decode()
    p.stdout.close(), p.stderr.close()
    assert p.wait(20) == code and not out and says in err, (line, err)


def phone(world, person):
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db:
        return db.execute("SELECT v5 FROM registration WHERE id = ?",
                          (person,)).fetchone()[0]


with World() as world:
    person = attending(world)[0]["id"]
    correct = "right", "correct", person, "work_phone", "-"
    unseen(world, VALUE, *correct)
    assert phone(world, person) == VALUE
    refused(world, person, b"", "standard input is empty")
    refused(world, person, b"+49 1\n+49 2\n", "more than one line")
    refused(world, person, b"+49 1\0\n", "no text")
    refused(world, person, b"9" * 5000, "its line is over")
    refused(world, person, b"9" * 161, "at most 160 bytes")
    assert phone(world, person) == VALUE
    # A line without an end is one; an empty one takes no value away.
    p = start(world, correct, VALUE[:-1].encode())
    assert p.wait(20) == 0 and phone(world, person) == VALUE[:-1]
    refused(world, person, b"\n", "--empty")
    assert phone(world, person) == VALUE[:-1]

    unseen(world, REASON, "hold", "add", "--registration", person,
           "--reason", "-", "--reviewer", "Officer")
    assert REASON in world.cli("hold", "list")
    unseen(world, REASON, "disclosure", "add", "--basis", "law", "--asked",
           "Court", "--decided", "Officer", "--reason", "-")
    assert REASON in world.cli("disclosure", "list")
