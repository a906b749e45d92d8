# SPDX-License-Identifier: Apache-2.0
"""A device that the host has revoked, or whose log is lost, is enrolled anew in
the place where it stands: on its screen, behind the staff's PIN, or by the
command. Nothing of the old log is moved before the new address was confirmed,
all of it is kept then; and no sound device can be enrolled over."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from first import comes, confirm, erase, says, write  # noqa: E402
from visit import enter_pin, names, open_door  # noqa: E402
from world import (BIN, STAFF_PIN, World, policy_with_pin,  # noqa: E402
                   until)


def log_of(folder):
    """Of the log, what is not made anew by looking at it."""
    return {p.name: p.read_bytes() for p in folder.glob("journal.db*")
            if p.stat().st_size and not p.name.endswith("-shm")}


def badge(world, device, uid):
    ada = next(r["id"] for r in world.registrations()
               if r["status"] == "attending")
    return device.badge(ada, uid)


def enrols(device, address):
    return device.world.run(BIN / "badgeward-kiosk", "-C", device.state,
                            "enrol", address, "--yes")


def at_work(world, name, uid):
    device = world.device(name)
    device.enrol()
    device.start_kiosk()
    tag = badge(world, device, uid)
    device.share(tag)
    device.synced()
    return device, tag


def revoked(world, device, new):
    """It does not hear of it yet."""
    device.uplink.stop()
    return world.cli("device", "reassign", device.name, new).strip()


def hears_of_it(device):
    device.start_uplink(("--every", "1"))
    until(lambda: "was revoked" in str(device.kiosk.text()), 30, "closed")


def staff(device):
    open_door(device.kiosk)
    enter_pin(device.kiosk, STAFF_PIN)


def gives_address(device, address, name):
    kiosk = device.kiosk
    comes(kiosk, "type", "tag")
    kiosk.tap("type")
    says(kiosk, "https://|")
    erase(kiosk, len("s://"))
    write(kiosk, address.removeprefix("http"))
    kiosk.tap("take")
    confirm(kiosk, name)


def goes_on(world, device, tag, name):
    """Under the new name, with a log of its own."""
    device.name = name
    device.share(tag)
    until(lambda: any(r["device"] == name for r in world.leads()), 30,
          "the new log's share is there")
    device.synced()


def kept(world, device, old):
    """It can be read, and the host had all of it."""
    said = world.cli("journal", "recover", device.state / "kiosk/aside-1",
                     "--dry-run")
    assert f"/{old}: 0 to " in said, said
    assert "Unknown to the host" in said and "none (0)" in said, said


def declines(device):
    device.kiosk.wait("idle")
    device.kiosk.tap("start")
    device.kiosk.tap("decline")
    device.kiosk.tap("done")


def declined_in_the_old_log(world, device, old):
    """An entry of it, signed, and not what waits for its quarter hour's end."""
    said = world.cli("journal", "recover", device.state / "kiosk/aside-1",
                     "--dry-run")
    assert "waited beside the log" not in said, said
    # If that was over meanwhile, the host has it.
    sent = "decline 1" in world.verify(old)
    assert ("into quarantine: 1," in said) != sent, (said, sent)


def a_sound_one_is_refused(device, address):
    """Also while it does not know yet that it was revoked."""
    kiosk = device.kiosk
    staff(device)
    assert "anew" not in names(kiosk) and "day" in names(kiosk)
    kiosk.tap("done")
    done = enrols(device, address)
    assert done.returncode == 1 and "Stop it" in done.stderr, done
    kiosk.do("quit")
    kiosk.p.wait(20)
    done = enrols(device, address)
    assert done.returncode == 1, done
    assert "enrolled already" in done.stderr, done.stderr
    assert "device reassign" in done.stderr, done.stderr
    device.start_kiosk()
    device.kiosk.wait("idle", 30000)


def on_its_screen(world):
    device, tag = at_work(world, "k07", "04e10cda993c01")
    address = revoked(world, device, "k17")
    a_sound_one_is_refused(device, address)
    device.share(tag)
    declines(device)
    hears_of_it(device)
    device.kiosk.wait("trouble")
    staff(device)
    device.kiosk.tap("anew")
    says(device.kiosk, "Enrol this device anew?", "is kept on it")
    device.kiosk.tap("back")
    assert "anew" in names(device.kiosk)
    device.kiosk.tap("anew")
    device.kiosk.tap("anew:yes")
    comes(device.kiosk, "type", "tag")
    # Nothing came of it: the device is what it was.
    assert log_of(device.state / "kiosk")
    device.kiosk.kill()
    device.start_kiosk()
    until(lambda: "was revoked" in str(device.kiosk.text()), 30, "closed")
    assert not (device.state / "kiosk/aside-1").exists()
    staff(device)
    device.kiosk.tap("anew")
    device.kiosk.tap("anew:yes")
    gives_address(device, address, "k17")
    device.kiosk.wait("idle", 60000)
    assert log_of(device.state / "kiosk/aside-1")
    assert not (device.state / "kiosk/revoked").exists()
    declined_in_the_old_log(world, device, "k07")
    goes_on(world, device, tag, "k17")
    device.end()


def by_the_command(world):
    """As on its screen, with the kiosk stopped meanwhile."""
    device, tag = at_work(world, "k08", "04e10cda993c02")
    address = revoked(world, device, "k18")
    hears_of_it(device)
    device.kiosk.do("quit")
    device.kiosk.p.wait(20)
    before = log_of(device.state / "kiosk")
    done = enrols(device, address)
    assert done.returncode == 0, done.stderr
    assert log_of(device.state / "kiosk/aside-1") == before
    kept(world, device, "k08")
    device.start_kiosk()
    goes_on(world, device, tag, "k18")
    device.end()


def a_lost_log(world):
    """The PIN went with the policy: the corner leads to the address at once,
    as on a device that is new."""
    device, tag = at_work(world, "k09", "04e10cda993c03")
    device.kiosk.do("quit")
    device.kiosk.p.wait(20)
    with open(device.state / "kiosk/journal.db", "r+b") as f:
        f.write(b"this is no database at all......")
    address = world.cli("device", "reassign", "k09", "k19").strip()
    device.start_kiosk()
    until(lambda: "log is damaged" in str(device.kiosk.text()), 30, "lost")
    until(lambda: (device.state / "kiosk/aside-1/journal.db").exists(), 30,
          "set aside")
    until(lambda: device.kiosk.ask("hold 20 20 2100") and
          device.kiosk.state() == "enrol", 30, "the address is asked for")
    gives_address(device, address, "k19")
    goes_on(world, device, tag, "k19")
    device.end()


def main():
    with World() as world:
        world.cli("policy", "install", policy_with_pin(
            world.dir / "pin.conf"))
        world.start_host()
        for check in on_its_screen, by_the_command, a_lost_log:
            check(world)
            print("ok", check.__name__, flush=True)


main()
