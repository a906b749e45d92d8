# SPDX-License-Identifier: Apache-2.0
"""A host, and staff's commands, that cannot open host.db say what is so: it is
locked, damaged, of another version or made by another text of the schema. Keys
that others may read are refused."""

import hashlib
import os
import pathlib
import re
import shutil
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from world import BIN, World  # noqa: E402

SRC = pathlib.Path(os.environ["SRC"])


def why(world, *argv):
    done = world.run(*argv)
    assert done.returncode == 1, done
    return done.stderr


def host(world):
    return why(world, BIN / "badgeward-host", "-C", world.host_dir,
               "--listen", "127.0.0.1:0")


def locked(world, path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("UPDATE meta SET value = value")
    said = host(world)
    other.close()
    assert "host.db is locked by another program" in said, said


def later(world, path):
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    for said in host(world), world.refused("registration", "list"):
        assert "made by another version" in said, said


def form(schema):
    """By which a store is known: what the schema says, without comments."""
    text = re.sub(r"[ \t\n]+", " ", re.sub(r"--[^\n]*", "", schema))
    return int(hashlib.sha256(text.encode()).hexdigest()[:7], 16)


def altered(world, path):
    schema = (SRC / "host/sql/schema.sql").read_text()
    world.cli("backup", world.dir / "backup")
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA application_id").fetchone() == \
            (form(schema),)
        assert form(f"{schema}-- more is said\n") == form(schema)
        kept, now = "lost_at INTEGER", "missing_at INTEGER"
        assert kept in schema
        db.execute(f"PRAGMA application_id = {form(schema.replace(kept, now))}")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    before = path.read_bytes()
    for said in (host(world), world.refused("registration", "list"),
                 world.refused("backup", world.dir / "none")):
        assert "made by another version" in said and \
            "with another form of store" in said, said
    assert path.read_bytes() == before
    shutil.copy(path, world.dir / "backup/host.db")
    said = world.refused("restore", world.dir / "backup")
    assert "with another form of store" in said, said


def open_keys(world):
    key = world.host_dir / "keys/host.key"
    for mode in 0o640, 0o604:
        key.chmod(mode)
        for said in host(world), world.refused("policy", "install",
                                               world.dir / "none"):
            assert "chmod 600" in said, said
    key.chmod(0o600)


def damaged(world, path):
    path.write_bytes(b"no store" * 4096)
    for said in host(world), world.refused("registration", "list"):
        assert "host.db is damaged" in said, said
        assert "badgeward restore" in said, said


with World() as world:
    db = world.host_dir / "host.db"
    open_keys(world)
    locked(world, db)
    altered(world, db)
    later(world, db)
    damaged(world, db)
    print("ok")
