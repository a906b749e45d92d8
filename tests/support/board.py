# SPDX-License-Identifier: Apache-2.0
"""board.py - a whole device in an emulated machine: kiosk, reader, uplink, and
the state directory on a disk of its own. The host is outside.

    kernel, modules = kernel_of(cache)
    initramfs = build_image(dir, modules)
    with Machine(kernel, initramfs, dir, sim.link, more=argv(dir, disk)) as m:
        board = Board(m, world, name, sim)
        board.enrol(address)
        board.start_kiosk().wait("idle")
"""

import subprocess

from guest import Initramfs, debian_kernel, fonts
from machine import Line
from world import BIN, Kiosk

MODULES = ("virtio_pci", "virtio_console", "virtio_rng", "virtio_blk",
           "virtio_net", "crc32c_generic", "ext4")
FONTS = ("Noto Sans", "Noto Sans:bold")
STATE = "/data/badgeward"
# The host is reached as 127.0.0.1, as its base URL says: that is outside.
INIT = """#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev /run /tmp /data
/bin/busybox --install -s /bin
export PATH=/bin:/usr/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mount -t tmpfs run /run
mount -t tmpfs tmp /tmp
for m in /modules/*; do insmod $m || echo "no $m"; done
for p in /sys/class/virtio-ports/*; do
	ln -s /dev/${p##*/} /run/port-$(cat $p/name)
done
ifconfig eth0 10.0.2.15 netmask 255.255.255.0 up
echo 1 >/proc/sys/net/ipv4/conf/eth0/route_localnet
ip route add 127.0.0.0/8 via 10.0.2.2
mount -t ext4 /dev/vda /data || echo "no disk"
sh -c 'echo up; exec sh' <>/run/port-sh >&0 2>&1
"""


def kernel_of(cache):
    cache.mkdir(exist_ok=True)
    return debian_kernel(cache, MODULES)


def build_image(dir, build, modules):
    image = Initramfs()
    for name in ("badgeward-kiosk", "badgeward-reader", "badgeward-uplink"):
        image.program(BIN / name, f"/usr/bin/{name}")
    for part in ("lib", "share"):
        image.copy(build / part / "badgeward", f"/usr/{part}/badgeward")
    image.copy("/bin/busybox")
    fonts(image, dir, {subprocess.run(
        ["fc-match", "-f", "%{file}", name], check=True, text=True,
        stdout=subprocess.PIPE).stdout for name in FONTS})
    image.copy("/etc/passwd")
    image.copy("/etc/group")
    for path in modules:
        image.copy(path, f"/modules/{path.name}")
    image.file("/init", INIT.encode(), 0o755)
    image.write(dir / "initramfs")
    return dir / "initramfs"


def argv(dir, disk):
    """The kiosk's screen, a network, and that disk."""
    return ["-chardev", f"socket,id=kiosk,path={dir}/kiosk,server=on,wait=off",
            "-device", "virtserialport,chardev=kiosk,name=kiosk",
            "-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,"
            "romfile=", *disk]


class BoardKiosk(Kiosk):
    """The script screen of a kiosk in the machine."""

    def __init__(self, board):  # pylint: disable=super-init-not-called
        self.board = board
        board.m.sh(f"badgeward-kiosk -C {STATE} --screen script "
                   "--nfc pn532_uart:/dev/ttyS1 "
                   "<>/run/port-kiosk >&0 2>>/run/kiosk.log & "
                   "echo $! >/run/kiosk.pid")

    def alive(self):
        return self.board.m.sh("kill -0 $(cat /run/kiosk.pid)",
                               fails=None) == ""

    def ask(self, command, seconds=120.0):
        self.board.port.send(command.encode() + b"\n")
        return self.board.port.line(seconds).decode()

    def wait(self, state, ms=90000):
        return super().wait(state, ms)

    def kill(self, sig=15):
        self.board.m.sh(f"kill -{int(sig)} $(cat /run/kiosk.pid); "
                        "wait $(cat /run/kiosk.pid)", fails=None)


class Board:
    """As world.Device, in a machine that has not booted yet."""

    def __init__(self, machine, world, name, sim):
        self.m, self.world, self.name, self.sim = machine, world, name, sim
        self.port = Line(machine.dir / "kiosk")
        self.kiosk = None
        self.m.boots(300)
        self.m.sh(f"mkdir -p {STATE}")
        self.start_uplink()

    def start_uplink(self):
        self.m.sh(f"badgeward-uplink -C {STATE} run --every 2 "
                  "2>>/run/uplink.log & echo $! >/run/uplink.pid")

    def start_kiosk(self):
        self.kiosk = BoardKiosk(self)
        return self.kiosk

    def enrol(self, address):
        self.m.sh(f"badgeward-kiosk -C {STATE} enrol '{address}' --yes 2>&1",
                  120)

    def until(self, command, seconds=120):
        """A command of the machine's shell is true."""
        self.m.sh(f"until {command}; do sleep 0.1; done", seconds)

    def synced(self, seconds=120):
        """No upload waits."""
        self.until(f"! ls {STATE}/outbox/log-* >/dev/null 2>&1", seconds)

    def log(self):
        return self.m.sh("tail -n 30 /run/kiosk.log /run/uplink.log",
                         fails=None)
