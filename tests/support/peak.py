# SPDX-License-Identifier: Apache-2.0
"""peak.py - how much memory a program takes at most. Not by wait4: what that
tells begins with the memory of who started the program."""

import os
import subprocess
import sys
import time

LOOK = 0.005    # seconds


def status(pid, name):
    with open(f"/proc/{pid}/status") as f:
        return next((int(line.split()[1]) for line in f
                     if line.startswith(name)), 0)


def high_water(pid):
    """KiB of all it had in memory at most so far; 0: it has ended."""
    return status(pid, "VmHWM")


def reset(pid):
    """Let the high water begin anew, from what it has now: KiB."""
    try:
        with open(f"/proc/{pid}/clear_refs", "w") as f:
            f.write("5")
    except PermissionError:
        print("skipped from here: only root can look into these processes")
        sys.exit(77)
    return status(pid, "VmRSS")


def run(argv):
    """(KiB at most, seconds, seconds of the processor); it must go well."""
    start = time.monotonic()
    child = subprocess.Popen([str(a) for a in argv],
                             stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    most = 0
    while (done := os.wait4(child.pid, os.WNOHANG))[0] == 0:
        most = max(most, high_water(child.pid))
        time.sleep(LOOK)
    took = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(done[1])
    assert child.returncode == 0, argv
    return most, took, done[2].ru_utime + done[2].ru_stime
