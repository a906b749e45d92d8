# SPDX-License-Identifier: Apache-2.0
"""sim.py - `badgeward sim` for system tests: a reader chip and its tags.

    with Sim() as sim:
        sim.do("tag add ada ntag215 04a1b2c3d4e580")
        sim.do("tag present ada")
        subprocess.run(["nfc-list"], env=sim.env())

A Sim is started when it is made and lives in a temporary directory of its
own, which stop() removes. The program comes from $BIN.
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time


def child_of(pid, comm):
    """The child of that name (15 bytes at most); None."""
    try:
        children = pathlib.Path(
            f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return None
    for child in children:
        try:
            name = pathlib.Path(f"/proc/{child}/comm").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if name == f"{comm}\n":
            return int(child)
    return None


def reader_of(pid):
    """The badgeward-reader among a kiosk's children; None."""
    return child_of(pid, "badgeward-reade")


class SimError(AssertionError):
    """The simulator answered "err"."""


class Sim:
    """A running simulator: .link (the tty), .nfc (libnfc's connstring)."""

    def __init__(self, pace=False, first=(), args=(), env=None):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="badgeward-sim-"))
        self.link = self.dir / "tty"
        self.control = self.dir / "control"
        self.trace_file = self.dir / "trace"
        self.nfc = f"pn532_uart:{self.link}"
        self.connection = None
        self.rest = b""
        self.events = []
        self.seen = 0
        argv = [os.path.join(os.environ["BIN"], "badgeward"), "sim",
                "--link", self.link, "--control", self.control,
                "--trace", self.trace_file, *args]
        if pace:
            argv.append("--pace")
        for command in first:
            argv += ["--do", command]
        self.p = subprocess.Popen([str(a) for a in argv],
                                  stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE,
                                  env=dict(os.environ, **(env or {})))
        line = self.p.stdout.readline()
        if line != f"ready {self.link}\n".encode():
            self.stop()
            raise AssertionError(f"the simulator did not start: {line!r}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def pid(self):
        return self.p.pid

    def env(self):
        """The environment for libnfc's own programs."""
        return dict(os.environ, LIBNFC_DEVICE=self.nfc,
                    LIBNFC_AUTO_SCAN="false")

    def connect(self):
        """One more connection to the control socket."""
        s = socket.socket(socket.AF_UNIX)
        s.connect(str(self.control))
        s.settimeout(60)
        return s

    def ask(self, command):
        """Send a control command; its answer line, whatever it says."""
        if self.connection is None:
            self.connection = self.connect()
        self.connection.sendall(command.encode() + b"\n")
        while b"\n" not in self.rest:
            more = self.connection.recv(65536)
            if not more:
                raise EOFError("the simulator ended")
            self.rest += more
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode()

    def do(self, command):
        """Send a command that must be answered with ok; what follows it."""
        answer = self.ask(command)
        if answer != "ok" and not answer.startswith("ok "):
            raise SimError(f"{command!r} was answered {answer!r}")
        return answer[3:]

    def state(self):
        return json.loads(self.do("state"))

    def tag(self, name):
        """The tag's part of the state."""
        return next(t for t in self.state()["tags"] if t["name"] == name)

    def field(self):
        """True while the RF field is on."""
        return self.do("field") == "on"

    def wait_field(self, on, ms=5000):
        return self.do(f"wait field {'on' if on else 'off'} {ms}")

    def dump(self, name):
        """The tag's whole memory as a reader sees it."""
        path = self.dir / f"dump-{name}"
        self.do(f"tag dump {name} {path}")
        return path.read_bytes()

    def load(self, name, image):
        """Put bytes into the tag's user memory, from page 4 on."""
        path = self.dir / f"load-{name}"
        path.write_bytes(image)
        self.do(f"tag load {name} {path}")

    def trace(self):
        """All events so far, as dicts in the order of their time."""
        with open(self.trace_file, "rb") as f:
            f.seek(self.seen)
            new = f.read()
        new = new[:new.rfind(b"\n") + 1]
        self.seen += len(new)
        self.events += [json.loads(line) for line in new.splitlines()]
        return self.events

    def commands(self, name=None):
        """The commands that the chip got, or those of one name."""
        return [e for e in self.trace() if "command" in e and
                name in (None, e["command"])]

    def stop(self, seconds=10):
        """End it and remove its directory. Its exit code."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        if self.p.poll() is None:
            self.p.terminate()
        try:
            code = self.p.wait(seconds)
        except subprocess.TimeoutExpired:
            self.p.kill()
            self.p.wait()
            raise AssertionError("the simulator did not end on SIGTERM")
        finally:
            self.p.stdout.close()
            shutil.rmtree(self.dir, ignore_errors=True)
        return code


def now():
    """CLOCK_MONOTONIC in µs, as the trace stamps it."""
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
