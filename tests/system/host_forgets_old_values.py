# SPDX-License-Identifier: Apache-2.0
"""A value that an import has replaced is in no file of the host's directory,
while the host runs and is asked all the time."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, enrolled  # noqa: E402
from world import REGISTRATIONS  # noqa: E402

NEW = "someone.else@example.net"


def holding(world, value):
    return sorted(p.name for p in world.host_dir.rglob("*")
                  if p.is_file() and value.encode() in p.read_bytes())


with World() as world:
    world.start_host()
    device = enrolled(world)
    email = attending(world)[0]["email"]
    assert holding(world, email), "nothing to forget"
    changed = world.dir / "changed.csv"
    changed.write_text(REGISTRATIONS.read_text().replace(email, NEW))
    world.cli("import", "eventbrite", changed)
    assert attending(world)[0]["email"] == NEW
    assert holding(world, NEW) and not holding(world, email), \
        holding(world, email)
    assert device.size() == 1
