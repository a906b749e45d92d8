# SPDX-License-Identifier: Apache-2.0
"""blocklog.py - what was written to a disk, in its order, so that the power
can be cut anywhere.

    disk = Disk(dir, "32M")             # ext4; disk.argv is for QEMU
    at = disk.now()                     # how many writes and flushes so far
    log = Log(disk)
    log.cut(at, rng, path)              # the disk after a cut there
    take_out(path, "/state", to)        # its files, without mounting it

The log is QEMU's blklogwrites, in the format of Linux's dm-log-writes. A cut
keeps what was written before the last flush, and of the rest any part of the
4096-byte blocks: a card may write those in any order, but each one whole.
"""

import os
import struct
import subprocess

MAGIC = 0x6A736677736872
FLUSH, FUA, DISCARD = 1, 2, 4
BLOCK = 4096
# Where Debian keeps e2fsprogs, of which nobody but root is told.
ENV = dict(os.environ, PATH=os.environ["PATH"] + ":/usr/sbin:/sbin")


class Disk:
    def __init__(self, dir, size):
        self.image, self.first = dir / "disk", dir / "disk.first"
        self.log = dir / "disk.writes"
        subprocess.run(["mke2fs", "-q", "-t", "ext4", "-b", str(BLOCK),
                        "-E", "lazy_itable_init=0,lazy_journal_init=0",
                        self.first, size], check=True, env=ENV,
                       stdout=subprocess.DEVNULL)
        subprocess.run(["cp", "--sparse=always", self.first, self.image],
                       check=True)
        self.log.write_bytes(b"")

    @property
    def argv(self):
        """A fsync of this machine is none of the guest's business."""
        file = "driver=file,cache.no-flush=on,node-name="
        return ["-blockdev", f"{file}data,filename={self.image}",
                "-blockdev", f"{file}log,filename={self.log}",
                "-blockdev", "driver=blklogwrites,node-name=logged,file=data,"
                "log=log,log-super-update-interval=1",
                "-device", "virtio-blk-pci,drive=logged"]

    def now(self):
        """A flush that the guest knows to be done is counted."""
        with open(self.log, "rb") as f:
            magic, _, entries = struct.unpack("<QQQ", f.read(24))
        assert magic == MAGIC
        return entries


class Log:
    def __init__(self, disk):
        self.first = disk.first.read_bytes()
        with open(disk.log, "rb") as f:
            self.data = f.read()
        magic, _, n, size = struct.unpack_from("<QQQI", self.data)
        assert magic == MAGIC
        self.entries = []       # (flags, offset on the disk, bytes)
        at = size
        for _ in range(n):
            sector, sectors, flags, _ = struct.unpack_from("<QQQQ", self.data,
                                                           at)
            at += size
            length = 0 if flags & DISCARD else sectors * size
            assert at + length <= len(self.data), "the log is cut short"
            self.entries.append((flags, sector * size, at, length))
            at += length

    def flushes(self):
        return [i for i, e in enumerate(self.entries) if e[0] & FLUSH]

    def cut(self, at, rng, path):
        """The first `at` entries happened. rng=None: all reached the disk."""
        image = bytearray(self.first)
        kept = max((i for i in self.flushes() if i < at), default=0)
        lost = rng.choice((0, 0.1, 0.5, 0.9, 1)) if rng else 0
        for i, (_, to, start, length) in enumerate(self.entries[:at]):
            end = start + length
            while start < end:
                n = min(end - start, BLOCK - to % BLOCK)
                if i < kept or not lost or rng.random() >= lost:
                    image[to:to + n] = self.data[start:start + n]
                start, to = start + n, to + n
        path.write_bytes(image)


def take_out(image, folder, to):
    """What stands in a folder of the file system, after its own journal was
    played back as the kernel would. False: there is no such folder."""
    checked = subprocess.run(["e2fsck", "-fy", image], capture_output=True,
                             text=True, env=ENV)
    assert checked.returncode in (0, 1), checked.stdout
    done = subprocess.run(["debugfs", "-R", f"rdump {folder} {to}", image],
                          capture_output=True, text=True, env=ENV)
    return "File not found" not in done.stderr
