# SPDX-License-Identifier: Apache-2.0
"""Without its record of the erased, whole and readable, the host serves nobody:
it says which file it is, which line, and what to do."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from world import BIN, World  # noqa: E402

GOOD = f"1 1700000000 7 {'ab' * 16} - -\n"


def refused(w):
    done = w.run(BIN / "badgeward-host", "-C", w.host_dir, "--listen",
                 "127.0.0.1:0")
    assert done.returncode == 1, done
    return done.stderr


with World() as world:
    record = world.host_dir / "deleted-members"
    for bad in ("1 17 zz\n", "\0" * 90 + "\n", GOOD[2:], GOOD.replace(
            "17", "-1"), GOOD.rstrip("\n") + " more\n"):
        record.write_text(GOOD + bad + GOOD)
        said = refused(world)
        assert "deleted-members: line 2 is damaged; put the newest copy" \
            in said, (bad, said)
    record.unlink()
    record.symlink_to("/etc/passwd")
    assert "deleted-members cannot be read" in refused(world)
    record.unlink()
    record.mkdir()
    assert "deleted-members cannot be read" in refused(world)
    record.rmdir()
    # What a power cut left of a last line is none.
    record.write_text(GOOD + GOOD[:20])
    world.start_host()
    print("ok")
