# SPDX-License-Identifier: Apache-2.0
"""badgeward backup and restore: nothing is put back under a program that runs,
nor what is damaged or another event's, and the store is then as it was; who was
erased since the backup does not return, with or without the host, and the case
that asked for it is closed; where that fails the restore says that the store is
the backup's; and a directory that is lost is made again from its backup."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, leads  # noqa: E402
from mailing import setup  # noqa: E402
from mine import rows  # noqa: E402
from opened import opened  # noqa: E402
from smtpsink import Sink  # noqa: E402
from world import BIN, POLICY, until  # noqa: E402

KEPT = ["config.json", "deleted-members", "deleted-members.pub", "host.db",
        "keys", "mail.json", "mail.key", "policy", "rights-done"]


def sound(path):
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


def refused(world, backup, why):
    said = world.refused("restore", backup)
    assert why in said, said


def running_programs(world, backup):
    refused(world, backup, "badgeward-host runs on it")
    world.host.stop()
    mailer = subprocess.Popen([BIN / "badgeward-mailer", "-C",
                               world.host_dir], stderr=subprocess.DEVNULL)
    try:
        until(lambda: any(f.endswith("/host.db") for f in opened(mailer.pid)),
              20, "the mailer's store")
        refused(world, backup, "badgeward-mailer runs on it")
    finally:
        mailer.terminate()
        mailer.wait()
    other = sqlite3.connect(world.host_dir / "host.db")
    other.execute("SELECT count(*) FROM meta").fetchone()
    refused(world, backup, "another program has host.db open")
    other.close()
    sound(world.host_dir / "host.db")


def wrong_backups(world, backup):
    bad = world.dir / "bad"
    shutil.copytree(backup, bad)
    (bad / "config.json").unlink()
    refused(world, bad, "no config.json")
    shutil.copy(backup / "config.json", bad)
    with open(bad / "host.db", "r+b") as f:
        for page in range(2, 9):
            f.seek(page * 8192)
            f.write(os.urandom(8192))
    refused(world, bad, "host.db is damaged")
    os.unlink(bad / "host.db")
    os.mkfifo(bad / "host.db")
    done = subprocess.run([BIN / "badgeward", "-C", world.host_dir, "restore",
                           bad], stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == 1 and "no regular file" in done.stderr, done
    with World() as other:
        other.cli("backup", world.dir / "theirs")
    refused(world, world.dir / "theirs", "other keys than the backup")
    sound(world.host_dir / "host.db")


def all_private(top):
    for path in [top, *top.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def attends(world, person):
    return person in [p["id"] for p in attending(world)]


def open_cases(world):
    return [num for num, in rows(world, "SELECT num FROM casefile "
                                 "WHERE closed_at = 0")]


def erased_again(world, person):
    """Before any host runs."""
    assert not attends(world, person), "who was erased came back"
    assert open_cases(world) == [], "who asked for it has got it"
    assert rows(world, "SELECT count(*) FROM audit WHERE "
                "act = 'right.erased' AND detail = 'as before'") == [(1,)]


def fails_behind(world, backup, record):
    """What cannot erase has put the store back none the less: that is said, with
    the policies that come first, and stands in the audit."""
    path = world.host_dir / "deleted-members"
    path.write_bytes(b"1 17 zz\n")
    done = world.run(BIN / "badgeward", "-C", world.host_dir, "restore",
                     backup)
    assert done.returncode == 1, done
    assert "deleted-members" in done.stderr, done.stderr
    assert "the store is the backup's, and what people asked for since is " \
        "not done again" in done.stderr, done.stderr
    assert "The store is the backup's. The last row" in done.stdout
    assert "policy/2.conf\n" in done.stdout, done.stdout
    assert "start badgeward-host" not in done.stdout, done.stdout
    path.write_bytes(record)
    world.cli("registration", "list")


def told_once(world):
    assert [(act, of) for act, of, who in rows(
        world, "SELECT act, object, actor FROM audit WHERE act = 'restore'")
        if who.startswith("cli:")] == [("restore", "host.db")]


def cut_off(world, backup, person):
    """A restore that was killed behind the store: what cannot erase is refused,
    and the first that can does."""
    why = "not all that people asked for is done in its store"
    (last,), = rows(world, "SELECT value FROM meta WHERE key = 'redo'")
    shutil.copy(backup / "host.db", world.host_dir)
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("INSERT OR REPLACE INTO meta (key, value) "
                   "VALUES ('unerased', 1), ('redo', ?)", [last])
    db.close()
    assert why in world.refused(
        "export", "leads", "--sponsor", "example-corp", "--format", "csv",
        "--out", world.dir / "leads.csv")
    assert not (world.dir / "leads.csv").exists()
    done = world.run(BIN / "badgeward-mailer", "-C", world.host_dir, "--once")
    assert done.returncode == 1 and why in done.stderr, done
    erased_again(world, person)


with World() as world, Sink() as sink:
    setup(world, sink)
    config = json.loads((world.host_dir / "config.json").read_text())
    (world.host_dir / "config.json").write_text(
        json.dumps({**config, "erase_undo_hours": 0}))
    subprocess.run([BIN / "badgeward-mailer", "-C", world.host_dir,
                    "--once"], check=True)
    world.cli_raw("deleted", "key", world.dir / "officer")
    world.cli("deleted", "setup", world.dir / "officer.pub")
    first, second = [p["id"] for p in attending(world)[:2]]
    world.cli("right", "erase", first, "--without-case", "mistake",
              "--force")
    world.start_host()
    d = enrolled(world, "k01")
    theirs, badge = badges(world, 2)
    d.share(badge, [1, 2])
    kept = {f"k01-{len(d.log) - 1}"}
    d.share(theirs, [1, 2])
    assert d.upload(1).status == 200
    d.close()
    assert kept < set(leads(world)) and len(leads(world)) == 2
    world.cli("case", "open", "erasure", "--registration", second, "--proof",
              "desk")
    backup = world.dir / "backup"
    world.cli("backup", backup)
    names = sorted(p.name for p in backup.iterdir())
    assert names == KEPT, names
    all_private(backup)
    sound(backup / "host.db")
    assert "there already" in world.refused("backup", backup)

    running_programs(world, backup)
    wrong_backups(world, backup)
    said = world.cli("right", "erase", second, "--case", "1", "--force")
    assert "No letter tells the person" in said, said
    assert rows(world, "SELECT count(*) FROM mail WHERE registration = ?",
                second) == [(0,)]
    assert open_cases(world) == []
    later = world.dir / "later.conf"
    later.write_text(POLICY.read_text() + "# later\n")
    world.cli("policy", "install", later)
    record = (world.host_dir / "deleted-members").read_bytes()
    assert len(record) > len((backup / "deleted-members").read_bytes())
    fails_behind(world, backup, record)
    erased_again(world, second)
    told_once(world)
    world.cli("restore", backup)
    told_once(world)
    assert (world.host_dir / "deleted-members").read_bytes() == record
    erased_again(world, second)
    assert set(leads(world)) == kept
    cut_off(world, backup, second)
    assert set(leads(world)) == kept

    shutil.rmtree(world.host_dir)
    world.cli("restore", backup)
    all_private(world.host_dir)
    world.start_host()
    assert set(leads(world)) > kept, "with the backup's record of the deleted"
    print("ok")
