# SPDX-License-Identifier: Apache-2.0
"""machine.py - an emulated PC (QEMU without KVM) with a serial line to an NFC
reader; and with a screen, a keyboard and a tablet, and hands to use them, or
with whatever other devices.

    with Machine(kernel, initramfs, dir, serial=tty, size=(1024, 600)) as m:
        m.sh("ls /dev/dri")             # a root shell in the guest
        m.screen().save(...)            # what the screen shows, from outside
        m.touch(512, 300); m.key("ret")
        m.plug(0, 0); m.plug(800, 480)  # the cable out, another screen in
"""

import json
import mmap
import re
import select
import socket
import struct
import subprocess
import sys
import time

from picture import Picture
from world import until

QEMU = "qemu-system-x86_64"
MEMORY = 384 << 20


class Line:
    """A unix socket that is read line by line."""

    def __init__(self, path, seconds=30):
        self.s = socket.socket(socket.AF_UNIX)
        until(lambda: self.connects(path), seconds, f"{path} listens")
        self.rest = b""

    def connects(self, path):
        try:
            self.s.connect(str(path))
            return True
        except OSError:
            return False

    def send(self, data):
        self.s.sendall(data)

    def line(self, seconds):
        end = time.monotonic() + seconds
        while b"\n" not in self.rest:
            left = max(0, end - time.monotonic())
            if not select.select([self.s], [], [], left)[0]:
                raise AssertionError(f"no answer within {seconds} s")
            more = self.s.recv(65536)
            if not more:
                raise EOFError("the machine ended")
            self.rest += more
        line, self.rest = self.rest.split(b"\n", 1)
        return line


class Vnc:
    """As much of a viewer (RFC 6143) as it takes to change the screen."""

    def __init__(self, path):
        self.line = Line(path)
        self.s = self.line.s
        self.s.settimeout(30)
        self.take(12)
        self.s.sendall(b"RFB 003.008\n")
        self.take(self.take(1)[0])
        self.s.sendall(b"\1")                   # no password
        assert self.take(4) == bytes(4)
        self.s.sendall(b"\1")                   # shared
        head = self.take(24)
        self.take(struct.unpack(">I", head[20:])[0])
        # Raw, and that the size of the screen may change.
        self.s.sendall(struct.pack(">BxHii", 2, 2, 0, -308))

    def take(self, n):
        got = b""
        while len(got) < n:
            more = self.s.recv(n - len(got))
            if not more:
                raise EOFError("VNC ended")
            got += more
        return got

    def size(self, w, h):
        """SetDesktopSize with one screen; 0, 0 is an output without one."""
        self.s.sendall(struct.pack(">BxHHBxIHHHHI", 251, w, h, 1, 0, 0, 0, w,
                                   h, 0))


def screen(dir, size):
    return ["-vnc", f"unix:{dir}/vnc",
            "-device", "virtio-gpu-pci,max_outputs=2,"
            f"xres={size[0]},yres={size[1]}",
            "-device", "virtio-tablet-pci",
            "-device", "virtio-keyboard-pci"]


class Machine:
    def __init__(self, kernel, initramfs, dir, serial, size=None, more=()):
        """size: of its screen; more: words for QEMU."""
        self.dir, self.size = dir, size
        self.console = dir / "console.log"
        argv = [QEMU, "-nodefaults", "-no-user-config", "-no-reboot",
                "-machine", "pc", "-accel", "tcg,thread=multi", "-smp", "2",
                "-m", str(MEMORY >> 20), "-display", "none",
                "-kernel", kernel, "-initrd", initramfs, "-append",
                # On a busy machine the guest's timer may miss its check, which
                # is a panic; and its processors stand still for a while.
                "console=ttyS0 quiet panic=-1 mitigations=off "
                "random.trust_cpu=on no_timer_check nowatchdog",
                "-qmp", f"unix:{dir}/qmp,server=on,wait=off",
                *(screen(dir, size) if size else ()),
                "-device", "virtio-rng-pci",
                "-serial", f"file:{self.console}",
                "-chardev", f"serial,id=nfc,path={serial}",
                "-device", "isa-serial,chardev=nfc",
                "-device", "virtio-serial-pci",
                "-chardev",
                f"socket,id=sh,path={dir}/sh,server=on,wait=off",
                "-device", "virtserialport,chardev=sh,name=sh", *more]
        self.log = open(dir / "qemu.log", "wb")
        self.p = subprocess.Popen([str(a) for a in argv],
                                  stdin=subprocess.DEVNULL, stdout=self.log,
                                  stderr=self.log)
        self.vnc = None
        try:
            self.monitor = Line(dir / "qmp")
            self.monitor.line(30)
            self.qmp("qmp_capabilities")
            self.shell = Line(dir / "sh")
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            for name in ("qemu.log", "console.log"):
                path = self.dir / name
                if path.exists():
                    text = path.read_text(errors="replace").splitlines()
                    print(f"--- {name}", *text[-70:], sep="\n",
                          file=sys.stderr)
        self.p.kill()
        self.p.wait()
        self.log.close()

    def qmp(self, command, **arguments):
        self.monitor.send(json.dumps(
            {"execute": command, "arguments": arguments}).encode() + b"\n")
        while True:
            answer = json.loads(self.monitor.line(60))
            if "error" in answer:
                raise AssertionError(f"{command}: {answer['error']}")
            if "return" in answer:
                return answer["return"]

    def boots(self, seconds):
        """Wait for the shell's first word."""
        while self.shell.line(seconds) != b"up":
            pass

    def sh(self, command, seconds=60, fails=False):
        """Run a command; what it printed. fails: it must exit with 1."""
        self.shell.send(b"%s\nr=$?; echo; echo =$r=\n" % command.encode())
        lines = []
        while True:
            line = self.shell.line(seconds).decode(errors="replace")
            code = re.fullmatch(r"=(\d+)=", line)
            if code:
                break
            lines.append(line)
        text = "\n".join(lines).strip("\n")
        if fails is not None and code.group(1) != ("1" if fails else "0"):
            raise AssertionError(f"{command}: exit {code.group(1)}\n{text}")
        return text

    def screen(self):
        """What the screen shows, taken from outside of the guest."""
        path = self.dir / "screen.ppm"
        self.qmp("screendump", filename=str(path))
        return Picture.ppm(path)

    def remembers(self, lines):
        """Whether one of these bytes is anywhere in the guest's memory."""
        path = self.dir / "memory"
        self.qmp("pmemsave", val=0, size=MEMORY, filename=str(path))
        with open(path, "rb") as f:
            with mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ) as all_:
                found = any(all_.find(line) != -1 for line in lines)
        path.unlink()
        return found

    def events(self, *events):
        self.qmp("input-send-event", events=[
            {"type": kind, "data": data} for kind, data in events])

    def at(self, x, y):
        """The tablet's pen goes to this pixel of the screen."""
        w, h = self.size
        self.events(("abs", {"axis": "x", "value": (2 * x + 1) * 32768 //
                             (2 * w)}),
                    ("abs", {"axis": "y", "value": (2 * y + 1) * 32768 //
                             (2 * h)}))

    def button(self, down):
        self.events(("btn", {"down": down, "button": "left"}))

    def touch(self, x, y):
        self.at(x, y)
        self.button(True)
        self.button(False)

    def key(self, *names):
        """Press these together, and let go."""
        for down in (True, False):
            for name in names if down else reversed(names):
                self.events(("key", {"down": down, "key": {
                    "type": "qcode", "data": name}}))

    def plug(self, w, h):
        """Another screen is put in; 0, 0: the cable is pulled."""
        if self.vnc is None:
            self.vnc = Vnc(self.dir / "vnc")
            # It looks for changes to what it was told before.
            self.vnc.size(*self.size)
        self.vnc.size(w, h)
        if w != 0:
            self.size = (w, h)
