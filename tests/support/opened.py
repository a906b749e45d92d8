# SPDX-License-Identifier: Apache-2.0
"""What a process has open. Ours let only root look."""

import os
import sys


def opened(pid):
    """The paths; one that has no name any more ends with "(deleted)"."""
    try:
        fds = os.listdir(f"/proc/{pid}/fd")
    except PermissionError:
        print("skipped from here: only root can look into these processes")
        sys.exit(77)
    paths = []
    for fd in fds:
        try:
            paths.append(os.readlink(f"/proc/{pid}/fd/{fd}"))
        except FileNotFoundError:
            pass
    return paths
