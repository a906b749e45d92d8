# SPDX-License-Identifier: Apache-2.0
"""The backup that badgeward-host(8) tells how to make, of a host that runs and
takes uploads; put back, the host goes on from it."""

import os
import re
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled, leads  # noqa: E402


def told(w):
    """The page's own commands, for this directory."""
    page = open(os.path.join(os.environ["SRC"],
                             "host/badgeward-host.8")).read()
    lines = re.findall(r"^\.Dl \$ (umask .*|sqlite3 .*)$", page, re.M)
    return "; ".join(lines).replace("\\(dq", '"').replace(
        "dir/", f"{w.host_dir}/").replace(
        "host.backup.db", f"{w.dir}/host.backup.db")


with World() as world:
    world.start_host()
    d = enrolled(world, "k01")
    badge = badges(world, 1)[0]
    d.share(badge, [1, 2])
    assert d.upload(1).status == 200
    kept = set(leads(world))
    stop = threading.Event()

    def go_on():
        while True:
            at = len(d.log)
            d.share(badge, [1, 2])
            assert d.upload(at).status == 200
            if stop.is_set():
                break
    busy = threading.Thread(target=go_on)
    busy.start()
    subprocess.run(told(world), shell=True, check=True)
    stop.set()
    busy.join()
    assert len(leads(world)) > len(kept)

    world.host.stop()
    d.close()
    backup = world.dir / "host.backup.db"
    assert backup.stat().st_mode & 0o077 == 0
    for name in ("host.db-wal", "host.db-shm"):
        (world.host_dir / name).unlink(missing_ok=True)
    backup.rename(world.host_dir / "host.db")
    world.start_host()
    assert kept <= set(leads(world))
    # What it lacks the device sends again, and it is one log still.
    size = d.size()
    assert 2 <= size <= len(d.log), size
    assert d.upload(size).status == 200
    assert d.size() == len(d.log)
    assert len(leads(world)) == len(d.log) - 1
    world.verify("k01")
    print("ok")
