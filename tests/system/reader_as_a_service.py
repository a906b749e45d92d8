# SPDX-License-Identifier: Apache-2.0
"""A reader that systemd starts behind a socket serves the kiosk as its own
child would: it reads, it is replaced when it dies or stands, the field is off
then, and one that stands is ended by the watchdog of its unit.
"""

import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth  # noqa: E402
from supervise import Unit, until  # noqa: E402

READER = Unit("badgeward-reader@.service")
SOCKET = Unit("badgeward-reader.socket")


class Service:
    """badgeward-reader.socket and its instances, each with its watchdog."""

    def __init__(self, folder, nfc):
        assert SOCKET["Accept"] == "yes" and READER["Type"] == "notify"
        self.path = folder / "reader.socket"
        self.watchdog = float(READER["WatchdogSec"])
        self.fed, self.kills, self.ends = {}, 0, False
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self.notify.bind(str(folder / "notify"))
        self.notify.settimeout(0.05)
        argv = ["systemd-socket-activate", "--seqpacket", "--accept",
                f"--listen={self.path}",
                f"--setenv=NOTIFY_SOCKET={folder / 'notify'}",
                f"--setenv=WATCHDOG_USEC={int(self.watchdog * 1e6)}"]
        argv += ["--setenv=" + k for k in os.environ if k.endswith("_OPTIONS")]
        log = open(folder / "reader.log", "ab")
        self.p = subprocess.Popen(
            [*argv, os.environ["BIN"] + "/badgeward-reader", nfc],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until(self.path.exists, 10, "the socket")
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def take(self):
        try:
            line, rest, _, _ = self.notify.recvmsg(256, 64)
        except TimeoutError:
            return
        pid = struct.unpack("iII", rest[0][2])[0]
        if line == b"READY=1" or (line == b"WATCHDOG=1" and pid in self.fed):
            self.fed[pid] = time.monotonic()

    def run(self):
        while not self.ends:
            self.take()
            for pid, at in list(self.fed.items()):
                try:
                    os.kill(pid, 0)
                    if time.monotonic() - at > self.watchdog:
                        self.kills += 1
                        del self.fed[pid]
                        os.kill(pid, signal.SIGABRT)
                        os.kill(pid, signal.SIGCONT)
                except ProcessLookupError:
                    self.fed.pop(pid, None)

    def readers(self):
        children = pathlib.Path(
            f"/proc/{self.p.pid}/task/{self.p.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def stop(self):
        """No reader can be had any more."""
        self.p.terminate()
        self.p.wait()
        self.path.unlink(missing_ok=True)

    def end(self):
        self.ends = True
        self.thread.join()
        for pid in self.readers() if self.p.poll() is None else []:
            os.kill(pid, signal.SIGKILL)
        self.stop()


def children(pid):
    return pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()


def shares(booth, service):
    booth.share()
    booth.kiosk.tap("done")
    assert len(service.readers()) == 1
    assert children(booth.kiosk.pid) == "", "the kiosk started something"


def one_that_dies_is_replaced(booth, service):
    booth.hold()
    booth.sim.wait_field(True)
    os.kill(service.readers()[0], signal.SIGKILL)
    until(lambda: not booth.sim.field(), 3, "field off")
    booth.kiosk.do("state")
    until(lambda: booth.kiosk.state() in ("idle", "hold", "unread"), 5)
    booth.kiosk.do("advance 61000")
    booth.kiosk.wait("idle")
    shares(booth, service)


def one_that_stands_is_ended(booth, service):
    booth.hold()
    booth.sim.wait_field(True)
    old = service.readers()[0]
    os.kill(old, signal.SIGSTOP)
    until(lambda: service.kills == 1, 10, "the watchdog of the reader")
    until(lambda: old not in service.readers(), 5, "its end")
    until(lambda: not booth.sim.field(), 3, "field off")
    booth.kiosk.do("advance 61000")
    booth.kiosk.wait("idle", 15000)
    shares(booth, service)


def none_closes_the_booth(booth, service):
    """And the field is off when the kiosk dies."""
    booth.hold()
    booth.sim.wait_field(True)
    booth.kiosk.kill()
    until(lambda: not booth.sim.field(), 3, "field off")
    until(lambda: not service.readers(), 5, "the reader leaves")
    service.stop()
    booth.start()
    booth.kiosk.wait("trouble", 15000)
    assert booth.log().count("no reader behind") == 1, "it says so once"


def main():
    with Booth(start=False) as booth:
        service = Service(booth.dir, booth.sim.nfc)
        booth.sim.nfc = f"unix:{service.path}"
        try:
            booth.start()
            booth.kiosk.wait("idle", 15000)
            for case in (shares, one_that_dies_is_replaced,
                         one_that_stands_is_ended, none_closes_the_booth):
                case(booth, service)
                print("ok", case.__name__, flush=True)
        finally:
            service.end()


main()
