# SPDX-License-Identifier: Apache-2.0
"""In a browser: staff take leads and logs, the open page says by itself what was
taken, with the file's checksum, and how far another's export is; the audit is
filtered and verified."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed  # noqa: E402
from hosting import badges, enrolled  # noqa: E402
from many import fill  # noqa: E402
from portal import invite  # noqa: E402
from world import World  # noqa: E402

needed()
with World() as world:
    world.start_host()
    device = enrolled(world, "k01")
    device.share(badges(world, 1)[0], [1, 2])
    assert device.upload(1).status == 200
    world.host.stop()
    fill(world, 150_000)
    world.start_host()
    print(browse(world, "portal_exports.mjs", people={
        "en": invite(world, "en@summit.example", "organiser"),
        "de": invite(world, "de@summit.example", "privacy-officer")}))
