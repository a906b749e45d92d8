# SPDX-License-Identifier: Apache-2.0
"""What was not done is not done over a backup that is put back either. An act
for a person's rights that fails on a full disk, and a command that is killed
between its line in rights-done and its commit, while the host runs: the line
goes at once, with the next act, or within seconds, and exports never wait for
a restart. Without a host that runs, what was asked for is done at its start."""

import functools
import os
import resource
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, leads  # noqa: E402
from mine import Mine, rows  # noqa: E402
from portal import joined  # noqa: E402
from world import BIN, until  # noqa: E402

SYNCKILL = BIN.parent / "tests/synckill.so"
ANY = resource.RLIM_INFINITY
# Of Python's children none has the signal of a file that is too long ignored,
# unless it is said: the host is to get an error, as from a full disk.
subprocess.Popen = functools.partial(subprocess.Popen, restore_signals=False)


def lines(w):
    return (w.host_dir / "rights-done").read_text().splitlines()


def ahead(w):
    """Whether the file has a line that the store has not."""
    (done,), = rows(w, "SELECT value FROM meta WHERE key = 'redo'")
    return int(lines(w)[-1].split()[1]) > done


def killed(w, *args):
    """At that sync behind which the line is there and the commit is not."""
    before = len(lines(w))
    for n in range(1, 12):
        trigger = w.dir / "synckill"
        trigger.write_text(str(n))
        done = w.run(BIN / "badgeward", "-C", w.host_dir, *args, env=dict(
            os.environ, LD_PRELOAD=str(SYNCKILL), SYNCKILL=str(trigger),
            ASAN_OPTIONS="verify_asan_link_order=0"))
        trigger.unlink(missing_ok=True)
        assert done.returncode == -signal.SIGKILL, (n, done)
        if len(lines(w)) > before:
            return
    raise AssertionError("it was never killed behind its line")


def full(w, act):
    """The store cannot grow, the short file of lines can."""
    resource.prlimit(w.host.pid, resource.RLIMIT_FSIZE, (4096, ANY))
    try:
        answer = act()
    finally:
        resource.prlimit(w.host.pid, resource.RLIMIT_FSIZE, (ANY, ANY))
    assert answer.status == 500 and w.host.alive(), answer.status


def restored(w):
    w.host.stop()
    w.cli("restore", w.dir / "backup")
    w.start_host()


def state(w):
    (found,), = rows(w, "SELECT state FROM account WHERE mail = 'x@s.example'")
    return found


with World() as world:
    world.start_host()
    d = enrolled(world)
    people = [p["id"] for p in attending(world)[:3]]
    for badge in badges(world, 3):
        d.share(badge, [1, 2])
    assert d.upload(1).status == 200
    d.close()
    joined(world, "x@s.example", "badge-desk")
    world.cli("backup", world.dir / "backup")
    me, other = Mine(world).enter(people[0]), Mine(world).enter(people[1])
    assert me.act("restrict").status == 200
    world.cli("account", "disable", "x@s.example")
    shown = {"k07-2", "k07-3"}

    # The disk is full: nothing was changed, and nothing says otherwise.
    size = len(lines(world))
    full(world, lambda: me.act("lift"))
    assert len(lines(world)) == size and not ahead(world), lines(world)
    full(world, lambda: other.act("erase-yes"))
    assert len(lines(world)) == size and not ahead(world), lines(world)

    # A command is killed, and the host goes on: with another's act.
    killed(world, "right", "lift", people[0])
    assert other.act("withdraw", share="k07-2").status == 200
    shown.remove("k07-2")
    assert len(lines(world)) == size + 1 and not ahead(world), lines(world)
    # And by itself.
    killed(world, "account", "enable", "x@s.example")
    until(lambda: len(lines(world)) == size + 1, 30, "the line goes")
    world.cli("export", "counts", "--out", world.dir / "counts.csv")
    assert "older than rights-done" not in world.log("host").read_text()

    for _ in range(2):
        assert set(leads(world)) == shown, leads(world)
        assert state(world) == 2
        assert rows(world, "SELECT count(*) FROM barrier WHERE erase_due <> 0"
                    ) == [(0,)]
        restored(world)
    assert set(leads(world)) == shown and state(world) == 2

    # Nobody went on without it.
    world.host.stop()
    killed(world, "right", "lift", people[0])
    assert ahead(world)
    world.start_host()
    assert set(leads(world)) == shown | {"k07-1"}
    print("ok")
