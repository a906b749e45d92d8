# SPDX-License-Identifier: Apache-2.0
"""The backup that badgeward-host(8) tells how to make, of a host that runs and
takes uploads; put back, the host goes on from it, and issues no policy that is
older than one from after it: "withdraw all" takes what was shared before. The
dashboard says of a device that the host may lack entries of it, and when it does."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import BIN, World, attending, badges, enrolled, leads  # noqa: E402
from portal import joined  # noqa: E402
from wire import POLICY, open_jws  # noqa: E402


def told(w, command):
    """The page's own command, for this directory; what it says."""
    page = open(os.path.join(os.environ["SRC"],
                             "host/badgeward-host.8")).read()
    line = re.search(rf"^\.Dl \$ (badgeward -C dir {command} .*)$", page, re.M)
    argv = line[1].replace(" dir ", f" {w.host_dir} ").replace(
        "host.backup", f"{w.dir}/host.backup").split()
    return subprocess.run([BIN / argv[0], *argv[1:]], check=True,
                          stdout=subprocess.PIPE, text=True).stdout


def one_order(said):
    """What is to be done after a restore: printed and in the page alike, the
    mailer behind what it would tell wrongly without."""
    page = open(os.path.join(os.environ["SRC"],
                             "host/badgeward-host.8")).read()
    steps = page.split("\nAfter that:\n")[1].split("\n.El\n")[0].lower()
    for text in said.lower(), steps.replace("\n.nm", " badgeward-host"):
        at = [text.find(x) for x in (
            "badgeward-host", "import the newest report",
            "do again what was lost", "badgeward-mailer",
            "look at the dashboard")]
        assert -1 not in at and at == sorted(at), (at, text)


def in_touch(d):
    """The device takes the host's policy, and logs it; its serial."""
    answer = d.call("GET", "/v1/device/policy")
    assert answer.status == 200, answer.body
    d.take_policy(open_jws(answer.text, d.host_spki)[1])
    d.add(POLICY, [d.policy["version"], d.policy["serial"], d.policy_sha])
    return d.policy["serial"]


def change(world, person):
    """Something for which policies are issued anew."""
    for act in "restrict", "lift":
        world.cli("right", act, person["id"])


def what_is_gone(w, said):
    """From where on, and how each thing is made good."""
    with sqlite3.connect(w.dir / "host.backup" / "host.db") as db:
        row, at = db.execute("SELECT id, at FROM audit ORDER BY id DESC "
                             "LIMIT 1").fetchone()
    db.close()
    when = time.strftime("%Y-%m-%d %H:%M", time.gmtime(at))
    assert f"row of its audit is {row}, of {when}" in said, (row, when, said)
    for what in ("disclosures and incidents", "holds stand without",
                 "list of exports", "audit cannot be entered again"):
        assert said.count(what) == 1, what


def may_lack(staff, says):
    text = staff.get("/dashboard").text
    for what in "store was restored", "lacks entries before":
        assert (what in text) == (what == says), (what, says)
    assert ("One device needs somebody" in text) == (says is not None)


with World() as world:
    world.start_host()
    d = enrolled(world, "k01")
    badge, other, _ = badges(world, 3)
    _, second, third = attending(world)[:3]
    d.share(badge, [1, 2])
    assert d.upload(1).status == 200
    kept = set(leads(world))
    stop = threading.Event()

    def go_on():
        while True:
            at = len(d.log)
            d.share(badge, [1, 2])
            assert d.upload(at).status == 200
            if stop.is_set():
                break
    busy = threading.Thread(target=go_on)
    busy.start()
    told(world, "backup")
    stop.set()
    busy.join()
    assert len(leads(world)) > len(kept)
    # Later than the backup: other policies, and a share that is not sent.
    sent = len(d.log)
    for _ in range(3):
        change(world, third)
        had = in_touch(d)
    late = d.share(other, [1, 2])

    world.host.stop()
    d.close()
    said = told(world, "restore")
    one_order(said)
    what_is_gone(world, said)
    world.start_host()
    assert kept <= set(leads(world))
    world.cli("right", "withdraw", second["id"])
    staff = joined(world, "olga@summit.example", "organiser")
    may_lack(staff, "store was restored")
    assert d.upload(late).status == 409
    may_lack(staff, "lacks entries before")
    # What it lacks the device sends again, and it is one log still.
    size = d.size()
    assert 2 <= size <= sent, size
    assert d.upload(size).status == 200
    may_lack(staff, None)
    assert d.size() == len(d.log)
    assert len(leads(world)) == sent - 1, "one came from before a withdrawal"
    change(world, third)
    assert in_touch(d) > had
    again = d.share(other, [1, 2])
    assert d.upload(late + 1).status == 200
    assert f"k01-{again}" in leads(world)
    world.verify("k01")
    print("ok")
