# SPDX-License-Identifier: Apache-2.0
"""disk.py - small disks that a test can fill, where the machine lets it mount.

    disk.own_mounts()           # first: the rest runs with mounts of its own
    with Disk(path, "256k") as d:
        d.fill()
        d.free()
"""

import errno
import os
import subprocess
import sys


def own_mounts():
    """Go on in a mount namespace; exit 77 (skipped) when there is none."""
    if "OWN_MOUNTS" in os.environ:
        return
    os.environ["OWN_MOUNTS"] = "1"
    for how in "-m", "-Urm":
        tried = subprocess.run(["unshare", how, "mount", "-t", "tmpfs",
                                "none", "/mnt"], capture_output=True)
        if tried.returncode == 0:
            os.execvp("unshare", ["unshare", how, sys.executable, *sys.argv])
    print("nothing can be mounted here")
    sys.exit(77)


class Disk:
    def __init__(self, path, size):
        self.path, self.size = path, size
        self.filler = path / "filler"

    def __enter__(self):
        self.path.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o",
                        f"size={self.size},mode=777", "none", self.path],
                       check=True)
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.path], check=True)

    def fill(self):
        """Not a byte more."""
        with open(self.filler, "ab", buffering=0) as f:
            for size in 65536, 4096, 1:
                try:
                    while True:
                        f.write(bytes(size))
                except OSError as e:
                    assert e.errno == errno.ENOSPC, e

    def fill_to(self, percent):
        """So that df calls about so much used."""
        fs = os.statvfs(self.path)
        want = fs.f_blocks * percent // 100 - (fs.f_blocks - fs.f_bfree)
        with open(self.filler, "ab", buffering=0) as f:
            f.write(bytes(want * fs.f_frsize))

    def free(self):
        self.filler.unlink()

    def leftovers(self):
        """Files that were begun and are not whole."""
        return [n for n in os.listdir(self.path) if n.startswith(".")]
