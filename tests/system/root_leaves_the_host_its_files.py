# SPDX-License-Identifier: Apache-2.0
"""A host that runs as its own user, and root who runs staff's commands over its
directory, from init on: every file there stays the host's, and people's rights
are done afterwards. What that user puts in root's way leads nowhere. A file that was made another's nevertheless is said by
/healthz.

Needs root, to become that user.
"""

import json
import os
import shutil
import subprocess
import sys

if os.geteuid() != 0:
    print("skipped: only root can run programs as other users")
    sys.exit(77)

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import BIN, World, attending, badges, enrolled  # noqa: E402
from mine import Mine, rows  # noqa: E402
from wire import Client  # noqa: E402
from world import POLICY, Process, until  # noqa: E402

USER = 4321
WHO = {"user": USER, "group": USER, "extra_groups": []}


def others(directory):
    """What is there and is not the user's."""
    return sorted(f"{p.relative_to(directory)} {p.stat().st_uid}"
                  for p in [directory, *directory.rglob("*")]
                  if (p.stat().st_uid, p.stat().st_gid) != (USER, USER))


def led_astray(world, made):
    """What the user puts in the way leads root nowhere and holds up nobody."""
    text = world.dir / "next.conf"
    text.write_text(POLICY.read_text() + "\n# next\n")
    away = world.dir / "away"
    shutil.move(made / "policy", away)
    (made / "policy").symlink_to(away)
    os.lchown(made / "policy", USER, USER)
    had = sorted(away.iterdir())
    step = [BIN / "badgeward", "-C", made, "policy", "install", text]
    assert world.run(*step).returncode == 1
    assert sorted(away.iterdir()) == had, sorted(away.iterdir())
    (made / "policy").unlink()
    shutil.move(away, made / "policy")
    os.mkfifo(made / "host.db-journal")
    assert subprocess.run(step, timeout=60).returncode == 1
    (made / "host.db-journal").unlink()
    world.cli_raw(*step[1:])
    assert not others(made), others(made)


def begun_by_root(world):
    """A directory of the user's in which root's init makes the rest."""
    made = world.dir / "made"
    made.mkdir(mode=0o700)
    os.chown(made, USER, USER)
    world.cli_raw("init", made, "--event-id", "ev26", "--event-name", "Two",
                  "--event-uri", "https://summit.example/2026", "--log-name",
                  "log.two.example", "--base-url", "https://two.example")
    assert not others(made), others(made)
    world.cli_raw("-C", made, "policy", "install", POLICY)
    assert not others(made), others(made)
    led_astray(world, made)


def start(world):
    world.host = Process(
        "host", [world.dir / "bin/badgeward-host", "-C", world.host_dir,
                 "--listen", f"127.0.0.1:{world.listen}"], world.log("host"),
        who=WHO)
    until(world.healthy, 20, "host answers /healthz")


def health(world):
    answer = Client(world.url).ask("GET", "/healthz")
    return answer.status, answer.text


def steps_of_root(world, people):
    key = world.dir / "officer.key"
    world.cli_raw("deleted", "key", key)
    for step in (["right", "restrict", people[0]["id"]],
                 ["deleted", "setup", f"{key}.pub"],
                 ["mail", "setup", "--server", "smtp://127.0.0.1:1",
                  "--from", "badges@summit.example"],
                 ["policy", "install", POLICY],
                 ["hold", "add", "--registration", people[1]["id"],
                  "--reason", "7 O 12", "--reviewer", "officer"],
                 ["right", "erase", people[2]["id"], "--without-case", "law",
                  "--force"],
                 ["purge", "--apply"]):
        world.cli(*step)
        assert not others(world.host_dir), (step, others(world.host_dir))
    # Once there is nobody whom the record has, its file is written anew.
    assert rows(world, "SELECT status FROM registration WHERE id = ?",
                people[2]["id"]) == [(4,)]
    world.run(BIN / "badgeward-mailer", "-C", world.host_dir, "--once")
    assert (world.host_dir / "mail.key").exists()
    assert not others(world.host_dir), others(world.host_dir)


def rights_of_people(world, people):
    assert Mine(world).enter(people[3]["id"]).act("object").status == 200
    assert Mine(world).enter(people[4]["id"]).act("erase-yes").status == 200
    assert rows(world, "SELECT status FROM registration WHERE id = ?",
                people[4]["id"]) == [(4,)]
    assert health(world)[0] == 200, health(world)


def anothers(world):
    for name in ("rights-done", "deleted-members", "deleted-members.pub"):
        path = world.host_dir / name
        os.chown(path, 0, 0)
        path.chmod(0o600)
        status, why = health(world)
        assert status == 503 and "another user's" in why, (name, status, why)
        os.chown(path, USER, USER)
        assert health(world)[0] == 200, (name, health(world))
    # Root's next act gives it back.
    os.chown(world.host_dir / "rights-done", 0, 0)
    world.cli("right", "restrict", attending(world)[-1]["id"])
    assert not others(world.host_dir), others(world.host_dir)


with World() as world:
    os.chmod(world.dir, 0o755)
    begun_by_root(world)
    # A checkout may lie where the user cannot go.
    (world.dir / "bin").mkdir(mode=0o755)
    shutil.copy(BIN / "badgeward-host", world.dir / "bin")
    config = world.host_dir / "config.json"
    config.write_text(json.dumps(dict(json.loads(config.read_text()),
                                      erase_undo_hours=0)))
    subprocess.run(["chown", "-R", f"{USER}:{USER}", world.host_dir],
                   check=True)
    start(world)
    device = enrolled(world)
    for badge in badges(world, 2):
        device.share(badge, [1, 2])
    assert device.upload(1).status == 200
    people = attending(world)
    steps_of_root(world, people)
    rights_of_people(world, people)
    anothers(world)
    world.host.stop()
    start(world)
    rights_again = attending(world)[-2]["id"]
    assert Mine(world).enter(rights_again).act("object").status == 200
    print("ok")
