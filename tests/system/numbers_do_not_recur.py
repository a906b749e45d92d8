# SPDX-License-Identifier: Apache-2.0
"""What a letter, an authority or an audit knows by its number keeps that number
to itself, also when a backup is put back twice: incidents, disclosures, holds,
cases, accounts, tokens and exports that are made then have other numbers than
those that were made since the backup, and are lost."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from mine import rows  # noqa: E402
from portal import invite  # noqa: E402
from program import token  # noqa: E402
from world import World  # noqa: E402

TABLES = ("incident", "disclosure", "hold", "casefile", "account", "token",
          "export")


def number(w, table):
    found, = rows(w, "SELECT num FROM casefile ORDER BY num DESC LIMIT 1"
                  if table == "casefile" else
                  f"SELECT id FROM {table} ORDER BY id DESC LIMIT 1")
    return found[0]


def one_of_each(w, name):
    w.cli("device", "add", name, "--sponsor", "example-corp")
    w.cli("device", "revoke", name, "--lost")
    w.cli("breach", name, "--contact", "privacy@s.example", "--aware",
          "2026-05-01T10:00:00Z")
    w.cli("disclosure", "add", "--basis", "court", "--asked", "district court",
          "--decided", "privacy officer", "--sponsor", "example-corp")
    w.cli("hold", "add", "--event", "--reason", "lawsuit 7 O 12",
          "--reviewer", "anna")
    w.cli("case", "open", "access", "--registration", "1", "--proof", "desk")
    invite(w, f"{name}@s.example", "badge-desk")
    token(w, name, "leads:read", "example-corp")
    w.cli("export", "counts", "--out", w.dir / "counts.csv", "--force")
    return {table: number(w, table) for table in TABLES}


with World() as world:
    one_of_each(world, "k01")
    world.cli("backup", world.dir / "backup")
    given = [one_of_each(world, "k02")]
    for name in "k03", "k04":
        world.cli("restore", world.dir / "backup")
        world.cli("registration", "list")       # what is to be done again is
        given.append(one_of_each(world, name))
    for table in TABLES:
        numbers = [g[table] for g in given]
        assert len(set(numbers)) == 3, (table, numbers)
        assert all(n < 2**31 for n in numbers), (table, numbers)
    print("ok")
