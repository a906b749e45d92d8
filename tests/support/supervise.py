# SPDX-License-Identifier: Apache-2.0
"""supervise.py - systemd's part for one service, played from its unit file.

    with Supervisor("badgeward-kiosk.service", start, faster=10) as s:
        s.wait_ready()

start(env) starts the program with these variables more and gives its Popen.
What Type=, WatchdogSec=, Restart=, RestartSec= and StartLimitIntervalSec= of
the unit say is done, in a `faster`-th of the time: a program that does not
feed its watchdog gets SIGABRT (and SIGCONT, as systemd sends), one that ended
is started again.
"""

import itertools
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
import time

SYSTEMD = pathlib.Path(os.environ["SRC"]) / "board/systemd"
NUMBERS = itertools.count()


def until(condition, seconds=20.0, what="condition"):
    end = time.monotonic() + seconds
    while not (got := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.01)  # between two looks
    return got


class Unit:
    """A unit file: unit["WatchdogSec"] is the last value of that name."""

    def __init__(self, name):
        self.values = {}
        for line in (SYSTEMD / name).read_text().splitlines():
            if "=" in line and not line.startswith("#"):
                key, value = line.split("=", 1)
                self.values.setdefault(key, []).append(value)

    def __getitem__(self, key):
        return self.values[key][-1]


class Supervisor:
    def __init__(self, name, start, faster=1, abstract=True):
        unit = Unit(name)
        assert unit["Type"] == "notify" and unit["Restart"] == "always"
        assert unit["StartLimitIntervalSec"] == "0", "it must not give up"
        self.watchdog = float(unit["WatchdogSec"]) / faster
        self.rest = float(unit["RestartSec"]) / faster
        self.start, self.p = start, None
        self.starts = self.kills = self.readies = 0
        self.said, self.ready_at, self.fed_at = [], None, None
        self.dir = tempfile.TemporaryDirectory(prefix="badgeward-notify-")
        name = f"@badgeward-test-{os.getpid()}-{next(NUMBERS)}" if abstract \
            else f"{self.dir.name}/notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(name.replace("@", "\0") if abstract else name)
        self.socket.settimeout(0.02)
        self.env = {"NOTIFY_SOCKET": name,
                    "WATCHDOG_USEC": str(int(self.watchdog * 1e6))}
        self.ends, self.failed = False, None
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.begin()
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ends = True
        self.thread.join()
        if self.p.poll() is None:
            self.p.kill()
            self.p.wait()
        self.socket.close()
        self.dir.cleanup()

    def begin(self):
        self.ready_at = self.fed_at = None
        self.said = []
        self.p = self.start(self.env)
        self.starts += 1

    def take(self):
        try:
            line = self.socket.recv(4096).decode()
        except TimeoutError:
            return
        self.said.append(line)
        if line == "READY=1":
            self.readies += 1
            self.ready_at = self.fed_at = time.monotonic()
        elif line == "WATCHDOG=1" and self.ready_at is not None:
            self.fed_at = time.monotonic()

    def abort(self):
        self.kills += 1
        self.p.send_signal(signal.SIGABRT)
        self.p.send_signal(signal.SIGCONT)
        try:
            self.p.wait(10)
        except subprocess.TimeoutExpired:
            self.p.kill()
            self.p.wait()

    def step(self):
        self.take()
        if self.p.poll() is not None:
            time.sleep(self.rest)  # RestartSec itself
            self.begin()
        elif self.fed_at is not None and \
                time.monotonic() - self.fed_at > self.watchdog:
            self.abort()

    def run(self):
        while not self.ends:
            try:
                self.step()
            except Exception as e:  # pylint: disable=broad-except
                self.failed = e
                raise

    def wait_ready(self, starts=1, seconds=30):
        """Ready, after so many starts at least."""
        until(lambda: self.failed or (self.starts >= starts and
                                      self.ready_at is not None), seconds,
              f"ready after start {starts}")
        assert not self.failed, self.failed

    def status(self):
        lines = [s[7:] for s in self.said if s.startswith("STATUS=")]
        return lines[-1] if lines else None
