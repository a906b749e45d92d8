# SPDX-License-Identifier: Apache-2.0
"""The programs that open the host's keys dump no core, also where the machine
lets them and no unit says anything."""

import os
import pathlib
import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World  # noqa: E402
from opened import opened  # noqa: E402
from world import BIN, until  # noqa: E402


def limit(pid):
    """Soft and hard."""
    for line in pathlib.Path(f"/proc/{pid}/limits").open():
        if line.startswith("Max core file size"):
            return tuple(line.split()[4:6])
    raise AssertionError("no such limit")


def aborted(world, what, pid):
    """No core is dumped, not to a program behind core_pattern either."""
    assert limit(pid) == ("0", "0"), (what, limit(pid))
    os.kill(pid, signal.SIGABRT)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), (what, status)
    assert os.WTERMSIG(status) == signal.SIGABRT, (what, status)
    assert not os.WCOREDUMP(status), f"{what} dumped core"
    assert not list(world.dir.glob("**/core*")), what


def start(world, name, *args):
    p = subprocess.Popen([BIN / name, *map(str, args)], cwd=world.dir,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                         env=dict(os.environ, ASAN_OPTIONS="handle_abort=0"))
    until(lambda: str(world.host_dir / "host.db") in opened(p.pid), 20,
          f"{name} has the store open")
    return p


# The soft limit can be raised to the hard one, which may be low here.
most = resource.getrlimit(resource.RLIMIT_CORE)[1]
if most == 0:
    print("this machine lets nobody dump core")
    sys.exit(77)
with World() as world:
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    world.cli("mail", "setup", "--server", "smtp://127.0.0.1:9", "--from",
              "badges@summit.example")
    for name, args in (("badgeward-host", ("--listen", "127.0.0.1:0")),
                       ("badgeward-mailer", ())):
        p = start(world, name, "-C", world.host_dir, *args)
        aborted(world, name, p.pid)
        p.returncode = -signal.SIGABRT
    with closing(sqlite3.connect(world.host_dir / "host.db",
                                 isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        p = start(world, "badgeward", "-C", world.host_dir, "right",
                  "restrict", "1")
        aborted(world, "badgeward", p.pid)
        p.returncode = -signal.SIGABRT
