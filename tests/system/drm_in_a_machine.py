# SPDX-License-Identifier: Apache-2.0
"""The kiosk on its own screen: `--screen drm` in an emulated machine with
Debian's kernel, a graphics card, udev, a tablet, a keyboard, a touch screen
and a reader on a serial line. What is on the screen is taken from outside of
the machine and compared with the kiosk's own picture, every pixel.
"""

import base64
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import BUILD, Booth  # noqa: E402
from guest import Initramfs, debian_kernel, fonts  # noqa: E402
from machine import QEMU, Machine  # noqa: E402
from picture import Picture  # noqa: E402
from world import BIN, SRC, until  # noqa: E402

UDEV = ("50-udev-default.rules", "60-drm.rules", "60-evdev.rules",
        "60-input-id.rules")
MODULES = ("virtio_pci", "virtio_console", "virtio_gpu", "virtio_input",
           "virtio_rng", "evdev", "uinput")
UID = 990
GROUPS = "badgeward-nfc,video,input,render"
INIT = """#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev /run /tmp
/bin/busybox --install -s /bin
export PATH=/bin:/usr/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mount -t tmpfs run /run
mount -t tmpfs tmp /tmp
for m in /modules/*; do insmod $m || echo "no $m"; done
udevd --daemon
udevadm trigger --action=add -s drm -s input -s virtio-ports
udevadm trigger --action=add --sysname-match=ttyS1
udevadm settle
mkfifo /run/fingers
fingers badgeward-test <>/run/fingers &
sh -c 'echo up; exec sh' <>/dev/virtio-ports/sh >&0 2>&1
"""
RULES = """# What a board with a PN532 on its own pins would add.
KERNEL=="ttyS1", ENV{BADGEWARD_NFC}="1"
# A touch screen that was mounted upside down.
ATTRS{name}=="badgeward-test", ENV{LIBINPUT_CALIBRATION_MATRIX}="-1 0 1 0 -1 1"
"""


def build_image(dir, state, font_files, modules):
    image = Initramfs()
    image.program(BUILD / "tests/kiosk_tells", "/usr/bin/badgeward-kiosk")
    image.program(BIN / "badgeward-reader", "/usr/bin/badgeward-reader")
    for part in ("lib", "share"):
        image.copy(BUILD / part / "badgeward", f"/usr/{part}/badgeward")
    image.copy("/bin/busybox")
    image.program("/bin/udevadm")
    image.program("/usr/bin/setpriv", "/usr/bin/setpriv")
    image.program(BUILD / "tests/fingers", "/bin/fingers")
    image.copy(BUILD / "tests/blind.so", "/lib/blind.so")
    image.link("/bin/udevd", "udevadm")
    image.copy("/usr/share/libinput")
    for name in UDEV:
        image.copy(f"/lib/udev/rules.d/{name}")
    image.copy(SRC / "board/udev/70-badgeward.rules",
               "/lib/udev/rules.d/70-badgeward.rules")
    image.file("/etc/udev/rules.d/69-board.rules", RULES.encode())
    fonts(image, dir, font_files)
    image.copy("/etc/passwd")
    image.file("/etc/group", pathlib.Path("/etc/group").read_bytes() +
               f"badgeward-kiosk:x:{UID}:\nbadgeward-nfc:x:991:\n".encode())
    image.copy(state, "/var/lib/badgeward", UID)
    for path in modules:
        image.copy(path, f"/modules/{path.name}")
    image.file("/init", INIT.encode(), 0o755)
    image.write(dir / "initramfs")
    return dir / "initramfs"


class Pictures:
    """What the kiosk itself says its screens look like: a booth like the one
    in the machine, with the script screen."""

    def __init__(self, dir):
        self.dir, self.shots, self.widgets = dir, {}, {}
        self.fonts = set()

    def take(self, w, h, shared=False):
        with Booth(args=("--size", f"{w}x{h}")) as booth:
            kiosk = booth.kiosk
            kiosk.wait("idle")
            self.shot(kiosk, "idle", w, h)
            booth.ask()
            self.shot(kiosk, "ask", w, h)
            if not shared:
                return
            kiosk.tap("share")
            booth.sim.do("tag present ada")
            kiosk.shared()
            self.shot(kiosk, "shared", w, h)
            maps = pathlib.Path(f"/proc/{kiosk.pid}/maps").read_text()
            self.fonts |= {line.split()[-1] for line in maps.splitlines()
                           if "/fonts/" in line}

    def shot(self, kiosk, name, w, h):
        path = self.dir / f"{name}.png"
        kiosk.do(f"shot {path}")
        self.shots[name, w, h] = Picture.png(path)
        self.widgets[name, w, h] = {
            x["name"]: (x["x"] + x["w"] // 2, x["y"] + x["h"] // 2)
            for x in kiosk.widgets() if x["enabled"]}


class Device:
    """The kiosk in the machine, and a person before it."""

    def __init__(self, machine, pictures):
        self.m, self.pictures = machine, pictures
        self.degrees = 0

    def argv(self, *args):
        return (f"/usr/bin/setpriv --reuid {UID} --regid {UID} "
                f"--groups {GROUPS} --no-new-privs badgeward-kiosk "
                "-C /var/lib/badgeward --screen drm "
                "--nfc pn532_uart:/dev/badgeward-nfc --debug " +
                " ".join(args))

    def start(self, degrees=0, env=""):
        self.degrees = degrees
        argv = self.argv("--rotate", str(degrees))
        # The log is there, and empty, before the kiosk is.
        self.m.sh(f": >/run/log; {env} {argv} 2>/run/log & "
                  "echo $! >/run/pid")
        self.reaches("idle", 60)

    def stop(self):
        """In good order."""
        self.m.sh("kill $(cat /run/pid); wait $(cat /run/pid)")

    def log(self):
        return self.m.sh("cat /run/log")

    def states(self):
        return [line[3:] for line in self.log().splitlines()
                if line.startswith("-> ")]

    def state(self):
        return (self.states() or ["none"])[-1]

    def reaches(self, state, seconds=20):
        until(lambda: self.state() == state, seconds,
              f"{state}: {self.states()}")

    def heard(self, act, condition, what):
        """A busy machine may take a touch up so late that it does not count,
        as it should: a person does it again."""
        for i in range(4):
            act()
            try:
                return until(condition, 5, what)
            except AssertionError:
                if i == 3:
                    raise

    def tapped(self, name, widget, state):
        """A tap that leads to a state."""
        self.heard(lambda: self.tap(name, widget),
                   lambda: self.state() == state, f"{state} by a tap")

    @property
    def image_size(self):
        w, h = self.m.size
        return (h, w) if self.degrees in (90, 270) else (w, h)

    def shows(self, name, seconds=20):
        """Until the real screen is the kiosk's own picture."""
        until(lambda: self.is_shown(name), seconds, f"{name} is shown")

    def is_shown(self, name):
        w, h = self.image_size
        own = self.pictures.shots[name, w, h]
        real = self.m.screen().turned((360 - self.degrees) % 360)
        if name == "idle":
            return own == real
        # But for the countdown; and for the receipt's code and its caption,
        # which are never twice the same.
        lines = range(self.pictures.widgets["ask", w, h]["more-time"][1] - 40)
        part = slice(None)
        if name == "shared":
            lines = [*range(420), *range(452, max(lines))]
            part = slice(0, 3 * 770)
        return real.w == w and all(
            own.rows[y][part] == real.rows[y][part] for y in lines)

    def question(self):
        """The pixels above the countdown; the image is not turned."""
        at = self.pictures.widgets["ask", *self.image_size]["more-time"]
        return self.m.screen().rows[:at[1] - 40]

    def panel(self, name, widget):
        """Where the middle of a widget is on the glass."""
        w, h = self.image_size
        x, y = self.pictures.widgets[name, w, h][widget]
        return {0: (x, y), 90: (h - 1 - y, x), 180: (w - 1 - x, h - 1 - y),
                270: (y, w - 1 - x)}[self.degrees]

    def tap(self, name, widget):
        """With the tablet."""
        self.m.touch(*self.panel(name, widget))

    def finger(self, slot, name, widget):
        """On the glass of the touch screen; it is upside down."""
        x, y = self.panel(name, widget)
        w, h = self.m.size
        x, y = (65535 * (2 * (w - x) - 1) // (2 * w),
                65535 * (2 * (h - y) - 1) // (2 * h))
        self.m.sh(f"echo down {slot} {x} {y} >/run/fingers")

    def lift(self, slot):
        self.m.sh(f"echo up {slot} >/run/fingers")

    def pressed(self, name, widget, state):
        """A finger's touch that leads to a state; on release, not before."""
        def press():
            self.finger(0, name, widget)
            assert self.state() != state, "on release"
            self.lift(0)
        self.heard(press, lambda: self.state() == state,
                   f"{state} by a finger")


def deaf():
    """A new screen hears nothing in its first 0.7 s; what is on it now has
    been there for longer after this."""
    time.sleep(0.9)


def scan_out(d):
    """Every pixel of the real screen is the kiosk's own."""
    d.m.sh("printf '\\033[2J\\033[?25lthe console' >/dev/tty1")
    console = d.m.screen()
    d.start()
    d.shows("idle")
    keep(d, "idle")
    d.stop()
    until(lambda: d.m.screen() == console, 20, "the console is back")
    d.start()
    d.shows("idle")


def keep(d, name):
    """For those who want to look at it."""
    d.m.screen().save(BUILD / "tests/machine" / f"{name}.png")


def refused(d):
    """Without a screen, or beside another program."""
    d.m.sh(f"mkdir -p /tmp/other; chown {UID} /tmp/other")

    def said(*args):
        argv = d.argv(*args).replace("/var/lib/badgeward", "/tmp/other")
        return d.m.sh(f"{argv} 2>&1", fails=True)

    text = said()
    assert "another program shows pictures on /dev/dri/card0" in text, text
    assert "fuser -v /dev/dri/card0" in text, text
    text = said("--output", "Virtual-2")
    assert "no screen is connected to an output Virtual-2" in text, text


def share(d, booth):
    deaf()
    d.tapped("idle", "start", "ask")
    d.shows("ask")
    keep(d, "ask")
    deaf()
    d.tapped("ask", "share", "hold")
    booth.sim.do("tag present ada")
    d.reaches("shared", 30)
    booth.sim.do("tag remove ada")
    d.shows("shared")
    keep(d, "shared")
    values = values_of(d.pictures)
    assert d.m.remembers(values), "the search finds what is there"
    code = subprocess.run(
        ["zbarimg", "-q", "--raw", BUILD / "tests/machine/shared.png"],
        text=True, capture_output=True, check=True).stdout
    assert "/r/" in code, "the receipt cannot be read off the screen"
    d.tapped("shared", "done", "idle")
    d.shows("idle")
    # It is wiped when the next one is on the screen, a moment later.
    until(lambda: not d.m.remembers(values), 20, "no pixel of them is left")


def values_of(pictures):
    """Lines of pixels through the values, as a frame buffer has them."""
    own = pictures.shots["shared", 1024, 600]
    found = own.runs(110, 125, 200, 80)
    assert len(found) > 40, len(found)
    return found[::len(found) // 10 | 1]


def cable(d, booth):
    """Who sees nothing agrees to nothing."""
    deaf()
    d.tapped("idle", "start", "ask")
    d.shows("ask")
    d.m.plug(0, 0)
    until(lambda: "trouble: screen" in d.log(), 20, "the cable is missed")
    d.tap("ask", "share")
    d.m.key("ret")
    holds = d.states().count("hold")
    d.m.plug(1024, 600)
    d.shows("idle")
    assert d.states().count("hold") == holds, d.states()
    deaf()
    d.tapped("idle", "start", "ask")
    d.shows("ask")
    deaf()
    d.tapped("ask", "share", "hold")
    booth.sim.wait_field(True)
    d.m.plug(0, 0)
    d.reaches("trouble")
    booth.sim.wait_field(False)
    booth.sim.do("tag present ada")
    d.m.plug(800, 480)
    d.reaches("idle")
    booth.sim.do("tag remove ada")
    d.shows("idle")
    assert d.states().count("shared") == 1, d.states()


def turned(d):
    """A screen and a touch screen that were mounted turned."""
    d.stop()
    d.start(degrees=90)
    d.shows("idle")
    keep(d, "turned")
    deaf()
    d.pressed("idle", "start", "ask")
    d.shows("ask")
    deaf()
    # Two fingers never count.
    d.finger(0, "ask", "share")
    d.finger(1, "ask", "decline")
    d.lift(0)
    d.lift(1)
    d.pressed("ask", "decline", "declined")
    assert "hold" not in d.states()


def keys(d):
    """Four of them; the console behind the picture hears none."""
    d.m.sh("exec 9<>/dev/tty2")     # there is a console to go to
    d.stop()
    d.start()
    d.shows("idle")
    deaf()
    order = list(d.pictures.widgets["idle", *d.image_size])
    for _ in range(order.index("start") + 1):
        d.m.key("down")
    d.m.key("ctrl", "alt", "f2")
    d.m.key("power")
    d.heard(lambda: d.m.key("ret"), lambda: d.state() == "ask",
            "asked by a key")
    until(lambda: not d.is_shown("idle"), 20, "the question is shown")
    deaf()
    first = d.question()
    # Each touch has its own time: this yes was made long ago.
    d.m.sh("kill -STOP $(cat /run/pid)")
    d.finger(0, "ask", "share")
    d.lift(0)
    time.sleep(2)
    d.m.sh("kill -CONT $(cat /run/pid)")
    d.heard(lambda: d.m.key("down"), lambda: d.question() != first,
            "the focus has moved")
    d.heard(lambda: d.m.key("esc"), lambda: d.state() == "declined",
            "declined by a key")
    assert "hold" not in d.states(), "a yes that was not fresh counted"
    active = d.m.sh("cat /sys/class/tty/tty0/active")
    assert active == "tty1", active


def blind(d, booth):
    """A share whose frame cannot be shown is undone: nobody saw it."""
    d.stop()
    d.start(env="LD_PRELOAD=/lib/blind.so BLIND=/run/blind")
    d.shows("idle")
    deaf()
    d.tapped("idle", "start", "ask")
    d.shows("ask")
    deaf()
    d.tapped("ask", "share", "hold")
    until(lambda: not d.is_shown("ask"), 20, "hold is shown")
    d.m.sh("touch /run/blind")
    # Of another person: nothing else is asked before it is stored.
    booth.badge("bea", "04b10cda993c83", "other")
    booth.sim.do("tag present bea")
    d.reaches("declined")
    d.m.sh("rm /run/blind")
    booth.sim.do("tag remove bea")
    # It was undone before anything could say "shared".
    assert set(d.states()[-3:]) == {"reading", "declined"}, d.states()
    until(lambda: d.log().count("the screen is Virtual-1") == 2, 20,
          "the screen is tried again")


def log_of_all(d, booth):
    """What the host would get: brought out, verified."""
    until(lambda: "0000000006.cbor" in d.m.sh(
        "ls /var/lib/badgeward/outbox"), 20, "it is put out")
    out = d.m.sh("cd /var/lib/badgeward/outbox; for f in log-*; do "
                 "echo \"+$f\"; base64 $f; done")
    for part in out.split("+log-")[1:] if out.startswith("+") else []:
        name, text = part.split("\n", 1)
        (booth.state / "outbox" / f"log-{name}").write_bytes(
            base64.b64decode(text))
    kinds = [kind for _, kind in booth.take()]
    assert kinds == ["open", "share", "decline", "decline", "share", "undo"], \
        kinds


def visits(d, booth, said):
    try:
        scan_out(d)
        said("scan_out")
        refused(d)
        said("refused")
        share(d, booth)
        said("share")
        cable(d, booth)
        said("cable")
        turned(d)
        said("turned")
        keys(d)
        said("keys")
        blind(d, booth)
        said("blind")
        log_of_all(d, booth)
        said("log_of_all")
    except BaseException:
        keep(d, "failed")
        print("--- the kiosk's log", d.log(), sep="\n", file=sys.stderr)
        raise


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
    pictures = Pictures(dir)
    try:
        pictures.take(1024, 600, shared=True)
        pictures.take(800, 480)
        pictures.take(480, 800)
        with Booth(start=False) as booth:
            initramfs = build_image(dir, booth.state, pictures.fonts, modules)
            said("the image is built")
            with Machine(kernel, initramfs, dir, booth.sim.link,
                         (1024, 600)) as m:
                m.boots(300)
                said("the machine is up")
                visits(Device(m, pictures), booth, said)
    finally:
        shutil.rmtree(dir, ignore_errors=True)


main()
