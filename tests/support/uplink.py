# SPDX-License-Identifier: Apache-2.0
"""uplink.py - badgeward-uplink between a STATE and a host, for system tests.

The test plays the kiosk: it puts files into outbox and finds what came into
inbox.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

BIN = pathlib.Path(os.environ["BIN"])
ENROL_ID = "0011223344556677"


def until(condition, seconds=20.0, what="condition"):
    end = time.monotonic() + seconds
    while not (got := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.01)  # between two looks
    return got


def head(major, n):
    """What a CBOR item of n bytes begins with."""
    if n < 24:
        return bytes([major << 5 | n])
    width = 1 if n < 256 else 2
    return bytes([major << 5 | 23 + width]) + n.to_bytes(width, "big")


def as_upload(first, size, more=b"entries"):
    """An upload as fakehost.py knows it, whole."""
    note = b"%d %d\n" % (first, size)
    return b"".join(
        b"\x82\x41\0" + head(2, len(piece)) + piece
        for piece in (more[at:at + 4096] for at in range(0, len(more), 4096))
    ) + head(3, len(note)) + note


class Booth:
    """A STATE with the uplink's side of a device in it."""

    def __init__(self):
        self.state = pathlib.Path(tempfile.mkdtemp(prefix="badgeward-up-"))
        self.inbox = self.state / "inbox"
        self.outbox = self.state / "outbox"
        self.log = self.state / "uplink.log"
        self.p = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if self.p is not None and self.p.poll() is None:
            self.p.kill()
            self.p.wait()
        if kind is not None and self.log.exists():
            print(self.log.read_text(errors="replace"), file=sys.stderr)
        shutil.rmtree(self.state, ignore_errors=True)

    # --- the process ---

    def argv(self, *args):
        return [str(BIN / "badgeward-uplink"), "-C", str(self.state), *args]

    def start(self, *args):
        with open(self.log, "ab") as log:
            self.p = subprocess.Popen(self.argv("run", *args), stdout=log,
                                      stderr=log, stdin=subprocess.DEVNULL)
        return self

    def once(self, *args):
        """run --once; its exit code."""
        with open(self.log, "ab") as log:
            return subprocess.run(self.argv("run", "--once", *map(str, args)),
                                  stdout=log, stderr=log,
                                  timeout=120).returncode

    def kill(self):
        self.p.kill()
        self.p.wait()

    def stop(self):
        """SIGTERM; its exit code."""
        self.p.send_signal(signal.SIGTERM)
        return self.p.wait(20)

    # --- the kiosk's part ---

    def put(self, name, content):
        """As file_write does: whole, by rename."""
        self.outbox.mkdir(exist_ok=True)
        data = content if isinstance(content, bytes) else \
            json.dumps(content).encode()
        tmp = self.outbox / f".{name}.tmp"
        tmp.write_bytes(data)
        tmp.rename(self.outbox / name)
        return name

    def upload(self, first, size, more=b"entries"):
        return self.put(f"log-{first:010d}-{size:010d}.cbor",
                        as_upload(first, size, more))

    def uploads(self):
        return sorted(p.name for p in self.outbox.glob("log-*.cbor"))

    def got(self, name, seconds=20.0):
        """Wait for an inbox file; its bytes."""
        path = self.inbox / name
        until(path.exists, seconds, f"{name} in inbox")
        return path.read_bytes()

    def json(self, name, seconds=20.0):
        return json.loads(self.got(name, seconds))

    def uplink_json(self):
        try:
            return json.loads((self.inbox / "uplink.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}

    def emptied(self, seconds=20.0):
        until(lambda: not self.uploads(), seconds, "no uploads left")

    def spki(self):
        return (self.inbox / "identity.spki").read_bytes()

    def enrol(self, host, device="k07"):
        """Through the messages, with a host that accepts it. The uplink runs
        or not."""
        host.offers[ENROL_ID] = {"event": "ev26", "device": device,
                                 "origin": f"log/ev26/{device}",
                                 "policy": "eyJ.offer.x"}
        host.answers[ENROL_ID] = {"policy": "eyJ.policy.x"}
        name = f"enrol-{ENROL_ID}"
        self.put(f"{name}-get.json", {"base": host.url, "id": ENROL_ID})
        if self.p is None:
            assert self.once() == 0
        offer = self.json(f"{name}-offer.json")
        assert offer == {"status": 200, "body": host.offers[ENROL_ID]}, offer
        self.put(f"{name}-post.json", {
            "base": host.url, "id": ENROL_ID, "device": device,
            "body": {"id": ENROL_ID, "log_spki": "x"}})
        if self.p is None:
            assert self.once() == 0
        answer = self.json(f"{name}-answer.json")
        assert answer == {"status": 200, "body": {"policy": "eyJ.policy.x"}}
        until(lambda: not list(self.outbox.glob("enrol-*")), 20,
              "enrol messages taken")
        host.requests.clear()
