# SPDX-License-Identifier: Apache-2.0
"""badgeward-host(8), UPGRADE, step by step: stopped, backed up, the programs
replaced, started; the device goes on. Back to the older programs: as they are
while the store has their version, else by the backup."""

import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import BIN, World, badges, enrolled, leads  # noqa: E402
from wire import Client  # noqa: E402
from world import Process, until  # noqa: E402


class Prefix:
    """An installation that can be replaced by another."""

    def __init__(self, world):
        self.world, self.dir = world, pathlib.Path(world.dir / "bin")
        self.run = None
        self.install()

    def install(self):
        """As `cmake --install` does it: each file anew, none written over."""
        fresh = self.dir.with_suffix(".new")
        fresh.mkdir()
        for name in ("badgeward", "badgeward-host"):
            shutil.copy2(BIN / name, fresh / name)
        shutil.rmtree(self.dir, ignore_errors=True)
        fresh.rename(self.dir)

    def start(self):
        w = self.world
        self.run = Process("host", [self.dir / "badgeward-host", "-C",
                                    w.host_dir, "--listen",
                                    f"127.0.0.1:{w.listen}"], w.log("host"))
        w.host = self.run
        until(w.healthy, 20, "the host answers")

    def refused(self):
        done = subprocess.run(
            [self.dir / "badgeward-host", "-C", self.world.host_dir,
             "--listen", "127.0.0.1:0"], capture_output=True, text=True,
            timeout=60)
        assert done.returncode == 1, done
        return done.stderr

    def staff(self, *words):
        subprocess.run([self.dir / "badgeward", "-C", self.world.host_dir,
                        *words], check=True, capture_output=True, timeout=60)


def shares(world, device, badge):
    """One more, and it is there."""
    share = f"{device.device}-{device.share(badge, [1, 2])}"
    device.close()
    assert device.upload(device.size()).status == 200
    assert share in leads(world)


with World() as world:
    here = Prefix(world)
    here.start()
    k01 = enrolled(world, "k01")
    who = badges(world, 1)[0]
    shares(world, k01, who)

    here.run.stop()
    here.staff("backup", world.dir / "before")
    here.install()
    here.start()
    shares(world, k01, who)

    # The older ones again, over a store of their own version.
    here.run.stop()
    here.install()
    here.start()
    shares(world, k01, who)
    here.run.stop()

    # A later version has changed the store: they leave it as it is.
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("PRAGMA user_version = 2")
    db.close()
    kept = (world.host_dir / "host.db").read_bytes()
    said = here.refused()
    assert "made by another version" in said, said
    assert (world.host_dir / "host.db").read_bytes() == kept
    here.staff("restore", world.dir / "before")
    here.start()
    assert len(leads(world)) == 1
    assert Client(world.url).ask("GET", "/healthz").status == 200
    print("ok")
