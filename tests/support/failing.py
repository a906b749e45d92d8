# SPDX-License-Identifier: Apache-2.0
"""failing.py - a program of which one system call fails (failcall.c).

    f = Failing(dir, "badgeward-kiosk", "fsync", "EIO", 3)
    subprocess.Popen([*f.argv, program, ...])
    f.fired()           # whether it came to that call

    c = Counting(dir, "badgeward-kiosk", ["fsync", "write"])
    subprocess.Popen([*c.argv, program, ...])
    c.counts()          # when all of it has ended: {"fsync": 14, ...}
"""

import errno
import itertools
import os
import pathlib

from world import until

TOOL = pathlib.Path(os.environ["BUILD"]) / "tests/failcall"
NUMBERS = itertools.count()


class Failing:
    def __init__(self, dir, name, call, error, nth):
        """nth: from 1; "1+": this one and every later one."""
        self.file = dir / f"failcall-{next(NUMBERS)}"
        self.argv = (TOOL, "fail", self.file, name, call,
                     getattr(errno, error), nth, "--")

    def fired(self):
        return self.file.exists()


class Counting:
    def __init__(self, dir, name, calls):
        self.file = dir / f"failcall-{next(NUMBERS)}"
        self.argv = (TOOL, "count", self.file, name, *calls, "--")

    def counts(self):
        until(self.file.exists, 60, "the program and what it started ended")
        return {call: int(n) for call, n in
                (line.split() for line in self.file.read_text().splitlines())}
