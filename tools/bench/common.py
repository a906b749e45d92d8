# SPDX-License-Identifier: Apache-2.0
"""common.py - what the parts of tools/bench/bench share."""

import os
import pathlib
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("BUILD", TOP / "build"))
os.environ.setdefault("BIN", str(BUILD / "bin"))
os.environ.setdefault("SRC", str(TOP))
sys.path.insert(0, str(TOP / "tests/support"))


def show(what, value, aim=""):
    print(f"  {what:<58} {value:>10} {aim}", flush=True)


def rss_kb(pid):
    with open(f"/proc/{pid}/status") as f:
        return int(next(line for line in f
                        if line.startswith("VmRSS")).split()[1])


def printed(program, *args):
    done = subprocess.run([str(program), *map(str, args)],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return done.stdout.strip()


def spent(argv, stdin=os.devnull, stdout=os.devnull):
    """(on the clock, of the processor) in ms, of one process."""
    with open(stdin, "rb") as i, open(stdout, "wb") as o:
        start = time.monotonic()
        child = subprocess.Popen(argv, stdin=i, stdout=o,
                                 stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"{argv[0]} failed")
    return ((time.monotonic() - start) * 1000,
            (used.ru_utime + used.ru_stime) * 1000)
