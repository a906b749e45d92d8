# SPDX-License-Identifier: Apache-2.0
"""An export signs nothing and replaces nothing: it opens no key, and leaves
what the store has beside its file to those who change something."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, enrolled, leads  # noqa: E402

with World() as world:
    world.start_host()
    enrolled(world)
    wal = world.host_dir / "host.db-wal"
    assert wal.stat().st_size > 0, "the host has just written"
    keys, away = world.host_dir / "keys", world.dir / "away"
    keys.rename(away)
    assert leads(world) == {}
    world.cli("export", "log", "--device", "k07", "--out", world.dir / "log")
    assert (world.dir / "log").stat().st_size > 0
    assert wal.stat().st_size > 0, "an export emptied it"
    assert "host.key" in world.refused("device", "list")
    away.rename(keys)
    world.cli("device", "add", "k08", "--sponsor", "example-corp")
    assert wal.stat().st_size == 0, "a change left it"
