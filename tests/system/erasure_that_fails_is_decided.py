# SPDX-License-Identifier: Apache-2.0
"""An erasure that takes effect at once, and cannot be finished: it is decided
all the same, and whoever asked is told so, not that nothing was changed. It is
done once it can be."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, leads  # noqa: E402
from mine import Mine, rows, words  # noqa: E402
from world import until  # noqa: E402

DELETED = 4
LOOK = 30       # the host looks every 10 s


def status(person):
    return rows(world, "SELECT status FROM registration WHERE id = ?",
                person["id"])[0][0]


with World() as world:
    config = world.host_dir / "config.json"
    config.write_text(json.dumps(dict(json.loads(config.read_text()),
                                      erase_undo_hours=0)))
    world.start_host()
    device = enrolled(world)
    device.share(badges(world, 1)[0], [1, 2])
    assert device.upload(1).status == 200
    mine, theirs = attending(world)[:2]
    before = status(mine)

    record = world.host_dir / "deleted-members"
    record.mkdir()
    page = Mine(world).enter(mine["id"]).act("erase-yes")
    assert page.status == 200, (page.status, words(page.text))
    assert "your data is being erased" in words(page.text), words(page.text)
    assert "Do not erase" not in words(page.text)
    assert status(mine) not in (before, DELETED) and not leads(world)
    assert "cannot be finished" in world.log("host").read_text()

    said = world.refused("right", "erase", theirs["id"], "--without-case",
                         "law", "--force")
    assert "is withheld" in said and "tries it again" in said, said
    assert status(theirs) == status(mine)

    record.rmdir()
    until(lambda: status(mine) == status(theirs) == DELETED, LOOK, "both")
    print("ok")
