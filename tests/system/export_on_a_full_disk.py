# SPDX-License-Identifier: Apache-2.0
"""Leads as an Excel file while the disk is full: for a moment, as its rows are
written, or for good. There is a file with every lead, or none, which is said;
and nothing of one that failed keeps the disk full."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import disk  # noqa: E402
from cells import cells  # noqa: E402
from hosting import badges, enrolled, leads  # noqa: E402
from many import fill  # noqa: E402
from opened import opened  # noqa: E402
from portal import joined  # noqa: E402
from world import BIN, World, until  # noqa: E402

LEADS = 12000


def leave(small, room):
    with open(small.filler, "wb") as f:
        fs = os.statvfs(small.path)
        os.posix_fallocate(f.fileno(), 0, fs.f_bavail * fs.f_frsize - room)


def is_full(small):
    return os.statvfs(small.path).f_bavail == 0


def nothing_open(w):
    return not [f for f in opened(w.host.pid) if "(deleted)" in f]


def for_a_moment(w, small, out):
    leave(small, 300000)
    p = subprocess.Popen(
        [BIN / "badgeward", "-C", w.host_dir, "export", "leads", "--sponsor",
         "example-corp", "--format", "xlsx", "--out", out],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until(lambda: is_full(small) or p.poll() is not None, 60, "no room")
    assert p.poll() is None, p.communicate()
    p.send_signal(signal.SIGSTOP)
    small.free()
    p.send_signal(signal.SIGCONT)
    said, why = p.communicate(timeout=100)
    assert p.returncode == 1 and "no room left" in why, (
        p.returncode, said, why)
    assert not out.exists()
    assert "xlsx" not in w.cli("export", "list")


def for_good(w, small):
    olga = joined(w, "olga@summit.example", "organiser")
    for room in (0, 300000):
        olga.get("/exports")
        leave(small, room)
        a = olga.post("/exports/leads", follow=False,
                      sponsor="example-corp", format="xlsx")
        assert a.status == 503 and "no room left" in a.text, (
            a.status, a.text)
        until(lambda: nothing_open(w), 20, "its files are closed")
        small.free()
    assert "xlsx" not in w.cli("export", "list")


disk.own_mounts()
with disk.Disk(pathlib.Path(tempfile.mkdtemp()), "100m") as at:
    outside = tempfile.mkdtemp()
    tempfile.tempdir = str(at.path)
    with World() as world:
        world.start_host()
        d = enrolled(world)
        d.share(badges(world, 1)[0], [1, 2])
        assert d.upload(1).status == 200
        assert len(leads(world)) == 1
        world.host.stop()
        fill(world, LEADS - 1)
        for_a_moment(world, at, pathlib.Path(outside) / "leads.xlsx")
        world.start_host()
        for_good(world, at)
        whole = pathlib.Path(outside) / "whole.xlsx"
        world.cli("export", "leads", "--sponsor", "example-corp", "--format",
                  "xlsx", "--out", whole)
        assert len(cells(whole.read_bytes())) == LEADS
    print("ok")
