# SPDX-License-Identifier: Apache-2.0
"""A PN533 and an ACR122U on USB: found by their numbers among other devices,
open to the reader's user by our rules though libnfc's and others come after
them, read by libnfc's own drivers in Debian's kernel, pulled and plugged in
again, and said to be the kernel's when its driver has one. In a machine that
is emulated, as the readers are (support/usbredir.py).
"""

import os
import pathlib
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from drive import (ABSENT, CRASHED, DENIED, KERNEL,  # noqa: E402
                   NO_ANSWER, READ_ERROR, field_rule, now, put_tag,
                   some_message)
from guest import Initramfs, debian_kernel  # noqa: E402
from machine import QEMU, Machine  # noqa: E402
from sim import Sim  # noqa: E402
from usbredir import Acr122u, Plug, Pn533  # noqa: E402
from world import BIN, SRC, until  # noqa: E402

BUILD = pathlib.Path(os.environ["BUILD"])
MODULES = ("virtio_pci", "virtio_console", "virtio_rng", "xhci_pci",
           "pn533_usb")
LATE = "rfkill", "nfc", "pn533", "pn533_usb"
RULES = "70-badgeward.rules", "93-pn53x.rules"
UID, GID = 990, 991
LONG = 120  # seconds: a deadline, never a wait
# What libnfc may make of a chip that an emulated processor is late to ask: it
# leaves one on USB 150 ms to answer. And udev may not have come to it yet.
LATE_WORDS = [["missing", cause] for cause in (NO_ANSWER, CRASHED, DENIED)]
INIT = """#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev /run /tmp
/bin/busybox --install -s /bin
export PATH=/bin:/usr/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mount -t tmpfs run /run
chmod 1777 /tmp
for m in /modules/*; do insmod $m || echo "no $m"; done
udevd --daemon
udevadm trigger --action=add -s usb -s virtio-ports
udevadm settle
mkfifo /run/ask
chmod 666 /run/ask
sh -c 'echo up; exec sh' <>/dev/virtio-ports/sh >&0 2>&1
"""


def build_image(dir, modules):
    image = Initramfs()
    image.copy("/bin/busybox")
    for path in ("/bin/udevadm", "/usr/bin/setpriv", "/usr/bin/nfc-list"):
        image.program(path, f"/usr/bin/{os.path.basename(path)}")
    image.link("/bin/udevd", "/usr/bin/udevadm")
    image.program(BIN / "badgeward-reader", "/bin/badgeward-reader")
    image.program(BUILD / "tests/reader_drive", "/bin/reader_drive")
    image.copy("/lib/udev/rules.d/50-udev-default.rules")
    image.copy(SRC / "board/udev" / RULES[0], f"/lib/udev/rules.d/{RULES[0]}")
    image.copy(f"/lib/udev/rules.d/{RULES[1]}")
    image.copy("/etc/passwd")
    image.file("/etc/group", pathlib.Path("/etc/group").read_bytes() +
               f"badgeward-nfc:x:{GID}:\n".encode())
    for path in modules:
        late = path.stem[3:] in LATE
        image.copy(path, f"/{'late' if late else 'modules'}/{path.name}")
    image.file("/init", INIT.encode(), 0o755)
    image.write(dir / "initramfs")
    return dir / "initramfs"


class GuestDrive:
    """drive.py's Drive, in the machine, as the reader's own user."""

    def __init__(self, m, nfc, group=GID):
        self.m, self.seen, self.windows = m, 0, []
        # What it tells is there, and empty, before it is.
        m.sh(": >/run/told; "
             f"/usr/bin/setpriv --reuid {UID} --regid {UID} --groups {group} "
             f"--no-new-privs env BADGEWARD_READER=/bin/badgeward-reader "
             f"reader_drive {nfc} <>/run/ask >/run/told 2>/run/log & "
             "echo $! >/run/pid")

    def words(self):
        def more():
            lines = self.m.sh("cat /run/told").splitlines()
            return lines[self.seen:self.seen + 1]
        line = until(more, LONG, "the reader says something")[0]
        self.seen += 1
        return line.split()[1:]

    def expect(self, *words):
        got = self.words()
        assert got[:len(words)] == list(words), f"{got} instead of {words}: " \
            + self.m.sh("cat /run/log")
        return got

    def ready(self):
        while (got := self.words()) != ["ready"]:
            assert got in [*LATE_WORDS, ["unread", READ_ERROR]], got

    def ask(self):
        self.windows.append([now(), None])
        self.m.sh("echo read 60000 >/run/ask")
        while (got := self.words())[0] != "read":
            assert got in [*LATE_WORDS, ["ready"]], got
        if got != ["read", "ok"]:
            self.windows.pop()
            self.ready()
            self.ask()

    def ends(self):
        """How the read ends."""
        got = self.words()
        while got == ["seen"]:
            got = self.words()
        self.windows[-1][1] = now()
        return got

    def badge(self):
        """A person lets it lie there until it is read."""
        for _ in range(10):
            self.ask()
            got = self.ends()
            if got[0] == "badge":
                return got[1], bytes.fromhex(got[2])
            if got in LATE_WORDS:
                self.ready()
                self.windows[-1][1] = now()
            else:
                assert got == ["unread", READ_ERROR], got
        raise AssertionError("it is not read")

    def end(self):
        self.m.sh("kill $(cat /run/pid); while [ -d /proc/$(cat /run/pid) ]; "
                  "do :; done")


def node(m, kind):
    """The reader's node in the machine."""
    vendor = f"{kind.ids[0]:04x}"
    return m.sh(f"f=$(grep -l {vendor} /sys/bus/usb/devices/*/idVendor); "
                "printf /dev/bus/usb/%03d/%03d $(cat ${f%/*}/busnum) "
                "$(cat ${f%/*}/devnum)")


def plugged(m, plug, kind):
    plug.put(kind)
    until(lambda: m.sh(f"grep -l {kind.ids[0]:04x} "
                       "/sys/bus/usb/devices/*/idVendor 2>/dev/null",
                       fails=None), LONG,
          f"{kind.names} is there")
    m.sh("udevadm settle")


def witness(m, name, uid):
    """A program that is not ours lists the tag, at the place of the reader."""
    uid = bytes.fromhex(uid).hex(" ").replace(" ", "  ")
    until(lambda: uid in m.sh(
        f"LIBNFC_AUTO_SCAN=false LIBNFC_DEVICE={name} "
        "timeout -s KILL 20 nfc-list", fails=None), LONG,
          "nfc-list shows the tag")


def is_for_the_group(m, kind):
    """As when it is plugged in, and as at the start of a machine."""
    # A slow machine's daemon may hang up on who waits for it; whether the rule
    # was applied is looked at behind it.
    m.sh("udevadm trigger --action=add -s usb; "
         "for i in 1 2 3; do udevadm settle && break; done")
    said = m.sh(f"stat -c '%U %g %a' {node(m, kind)}")
    assert said == f"root {GID} 660", said


def works(m, plug, sim, kind, driver):
    """It is read, badge of any length; then once more after it was pulled in
    the middle of a read."""
    plugged(m, plug, kind)
    is_for_the_group(m, kind)
    place = ":".join(node(m, kind).split("/")[-2:])
    uid, message = put_tag(sim, "ada", kind="ntag216",
                           message=some_message(860))
    witness(m, f"{driver}:{place}", uid)
    begin = len(sim.trace())
    drive = GuestDrive(m, driver)
    drive.ready()
    assert not any(e.get("field") == "on" for e in sim.trace()[begin:])
    assert drive.badge() == (uid, message)
    sim.do("tag remove ada")
    drive.ask()
    sim.wait_field(True, 50000)
    plug.pull()
    ends = [drive.ends()]
    while ends[-1] != ["missing", ABSENT]:
        assert ends[-1] in [*LATE_WORDS, ["unread", READ_ERROR]], ends
        ends.append(drive.words())
    assert ["unread", READ_ERROR] in ends, ends
    again = len(sim.trace())
    plugged(m, plug, kind)
    drive.ready()
    sim.do("tag present ada")
    assert drive.badge() == (uid, message)
    drive.end()
    # An ACR122U's own firmware is not ours to keep still: until it is ready.
    mine = sim.trace()[begin:again] + \
        [e for e in sim.trace()[again:] if e["t"] >= drive.windows[-1][0]]
    sim.events[:] = mine
    assert field_rule(sim, drive) >= 3
    sim.do("tag delete ada")
    plug.pull()


def is_not_for_all(m, plug):
    """Another user's reader says so."""
    plugged(m, plug, Pn533)
    drive = GuestDrive(m, "pn53x_usb", group=UID)
    drive.expect("missing", DENIED)
    drive.end()
    plug.pull()


def the_kernel_has_it(m, plug, sim):
    m.sh("for m in /late/*; do insmod $m; done")
    plugged(m, plug, Pn533)
    until(lambda: m.sh("ls /sys/bus/usb/drivers/pn533_usb | grep :", fails=None),
          LONG, "the kernel's driver has it")
    drive = GuestDrive(m, "pn53x_usb")
    drive.expect("missing", KERNEL)
    m.sh("rmmod pn533_usb")
    drive.ready()
    drive.end()
    plug.pull()


def main():
    if shutil.which(QEMU) is None:
        print(f"{QEMU} is not installed")
        sys.exit(77)
    began = time.monotonic()

    def said(what):
        print(f"ok {what}, at {time.monotonic() - began:.0f} s", flush=True)

    kept = BUILD / "tests/machine"
    kept.mkdir(exist_ok=True)
    kernel, modules = debian_kernel(kept, MODULES)
    dir = pathlib.Path(tempfile.mkdtemp(prefix="badgeward-machine-"))
    tty = os.openpty()
    try:
        image = build_image(dir, modules)
        usb = ("-device", "qemu-xhci", "-device", "usb-kbd", "-chardev",
               f"socket,id=usb,path={dir}/usb,server=on,wait=off",
               "-device", "usb-redir,chardev=usb")
        with Sim() as sim, Machine(kernel, image, dir, os.ttyname(tty[1]),
                                   more=usb) as m:
            m.boots(LONG * 3)
            said("the machine is up")
            with Plug(dir / "usb", sim) as plug:
                works(m, plug, sim, Pn533, "pn53x_usb")
                said("a PN533")
                works(m, plug, sim, Acr122u, "acr122_usb")
                assert "take another reader" in m.sh("cat /run/log")
                said("an ACR122U")
                is_not_for_all(m, plug)
                the_kernel_has_it(m, plug, sim)
                said("whose it is")
    finally:
        shutil.rmtree(dir, ignore_errors=True)


main()
