# SPDX-License-Identifier: Apache-2.0
"""Shares that were stored while there was no host all reach it at once when it
is back, the booth is open meanwhile, and staff are told how long it will take.

SHARES (2,000 unless given; a week is 50,000) and SEED in the environment.
"""

import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from world import World, until  # noqa: E402

SHARES = int(os.environ.get("SHARES", "2000"))
SEED = os.environ.get("SEED", "1")
WEEK = pathlib.Path(os.environ["BUILD"]) / "tests/week"
UID = "04e10cda993c80"
UPLOAD = 8192  # entries


def read_json(path):
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return {}


def seconds_since(start):
    return f"{time.monotonic() - start:.1f} s"


def record(w, device, tag):
    """The week; the kiosk then starts over it, and is open."""
    start = time.monotonic()
    stand = int(subprocess.run(
        [WEEK, device.state, str(SHARES), SEED, w.dir / f"badge-{UID}.bin"],
        check=True, capture_output=True, text=True).stdout)
    print(SHARES, "shares stored in", seconds_since(start), flush=True)
    start = time.monotonic()
    device.start_kiosk().wait("idle", 60000)
    print("the kiosk is open after", seconds_since(start), flush=True)
    device.share(tag)
    return stand + 1


def waiting(device):
    return read_json(device.state / "inbox/uplink.json").get("entries", 0)


def sync(w, device):
    """The host is back."""
    device.start_uplink()
    until(lambda: waiting(device) > SHARES, 60, "the uplink tells what waits")
    told = []
    start = time.monotonic()
    w.start_host()

    def through():
        told.append(read_json(device.state / "inbox/uplink.json"))
        device.kiosk.state()  # it answers meanwhile
        return told[-1].get("entries") == 0
    until(through, 60 + SHARES / 50, "all is carried")
    device.synced()
    print("all at the host after", seconds_since(start), flush=True)
    if SHARES > 2 * UPLOAD:
        left = [t["time_left"] for t in told if "time_left" in t]
        assert left, "nobody was told how long it takes"
        print("time left, as told:", sorted(set(left), reverse=True))


def main():
    with World() as w:
        w.start_host()
        device = w.device()
        ada = next(r["id"] for r in w.registrations()
                   if r["status"] == "attending")
        tag = device.badge(ada, UID)
        device.enrol()
        device.uplink.kill()
        w.host.kill()
        stand = record(w, device, tag)
        sync(w, device)
        leads = w.leads()
        assert len(leads) == stand, (len(leads), stand)
        # The journal is as good as empty, and goes on.
        device.rested(60)
        device.share(tag)
        until(lambda: len(w.leads()) == stand + 1, 30, "another share")
        device.kiosk.do("quit")
        device.kiosk.p.wait(20)
        db = sqlite3.connect(device.state / "kiosk/journal.db")
        kept = db.execute("SELECT count(*) FROM entry").fetchone()[0]
        assert kept <= 8, kept
        db.close()
        print(w.verify().strip().splitlines()[0])


main()
