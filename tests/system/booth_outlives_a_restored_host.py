# SPDX-License-Identifier: Apache-2.0
"""A booth, and its host that is put back from a backup, as badgeward-host(8) says
it: what the device had not sent yet comes by itself. What the host had confirmed
since the copy is deleted on the device: the booth closes, staff are told why,
and it opens by itself with a newer copy. Without one it goes on under a new name
and a new log. A booth that enrolled since the copy closes, too: nobody shares
with a host that does not know it."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from portal import joined  # noqa: E402
from world import World, until  # noqa: E402


def ids(w):
    return sorted(lead["share_id"] for lead in w.leads())


def is_there(w, *share_ids):
    until(lambda: ids(w) == sorted(share_ids), 40, f"the leads {share_ids}")


def restored(w, backup):
    w.host.stop()
    w.cli("restore", backup)
    w.start_host()


def minutes(device):
    """They go by, as long as it takes for something to happen."""
    device.kiosk.do("advance 60000")
    return device.kiosk.state() == "trouble"


def closes(device):
    until(lambda: minutes(device), 60, "the booth closes")
    assert "lost a part" in str(device.kiosk.text()), device.kiosk.text()


def opens(device):
    until(lambda: device.kiosk.state() == "idle", 60, "the booth opens")


def told(w, device):
    """What staff read of it on the dashboard."""
    p = joined(w, "o@example.com", "organiser")

    def says():
        page = p.get("/start").text
        return "the host has lost entries that it had" in re.sub(
            r"\s+", " ", page)
    until(says, 30, "the dashboard says why")


with World() as world:
    world.start_host()
    device = world.device()
    ada = next(r["id"] for r in world.registrations()
               if r["status"] == "attending")
    tag = device.badge(ada, "04e10cda993c80")
    device.enrol()
    device.uplink.stop()
    device.start_uplink(("--every", "1"))
    device.start_kiosk()
    device.share(tag)
    device.synced()
    is_there(world, "k07-1")
    world.cli("backup", world.dir / "early")

    # Not sent yet: it comes by itself.
    world.host.stop()
    device.share(tag)
    world.cli("restore", world.dir / "early")
    world.start_host()
    device.synced(60)
    is_there(world, "k07-1", "k07-2")
    world.cli("backup", world.dir / "late")

    # Confirmed since the copy, and one that is not sent.
    restored(world, world.dir / "early")
    device.share(tag)
    closes(device)
    told(world, device)
    assert ids(world) == ["k07-1"]
    restored(world, world.dir / "late")
    opens(device)
    device.synced(60)
    # The policy that the host issued anew may stand before it in the log.
    until(lambda: len(ids(world)) == 3, 40, "the third lead")
    assert ids(world)[:2] == ["k07-1", "k07-2"], ids(world)
    world.verify()

    restored(world, world.dir / "early")
    device.share(tag)
    closes(device)
    # Without one, on the same device: its log is set aside.
    address = world.cli("device", "reassign", "k07", "k08").strip()
    device.kiosk.do("quit")
    device.kiosk.p.wait(20)
    device.name = "k08"
    device.enrol(address)
    device.start_kiosk()
    device.share(tag)
    is_there(world, "k07-1", "k08-1")
    said = world.cli("journal", "recover",
                     device.state / "kiosk/aside-1")
    assert re.search("Left where they are: [2-9], behind a gap", said), said
    device.synced()
    for name in "k07", "k08":
        assert "2 entries" in world.verify(name)

    # One that the host has never heard of asks nobody any more.
    restored(world, world.dir / "early")
    until(lambda: minutes(device), 60, "the booth closes")
    assert "revoked" in str(device.kiosk.text()), device.kiosk.text()
    assert ids(world) == ["k07-1"]
    print("ok")
