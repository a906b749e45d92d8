# SPDX-License-Identifier: Apache-2.0
"""device.py - what a device costs beside a share: answers to a finger, and
being there; and means to look at its disk."""

import os
import pathlib
import statistics
import struct
import time

from common import BUILD, printed, rss_kb, show
from sim import reader_of
from world import World

BENCH_DRAW = BUILD / "bench/bench_draw"


class IoCount:
    """What iocount.c has counted of a kiosk that was started with .env."""

    def __init__(self, path):
        self.path = path
        path.write_bytes(bytes(6 * 8))
        self.env = {"LD_PRELOAD": str(BUILD / "bench/iocount.so"),
                    "IOCOUNT": str(path)}

    def counts(self):
        return struct.unpack("=6Q", self.path.read_bytes())[:5]

    def synced_at(self):
        return struct.unpack("=6Q", self.path.read_bytes())[5]


def one_sync(path):
    """A page written over and synced, in ms (median)."""
    times = []
    with open(path, "wb", buffering=0) as f:
        for _ in range(51):
            f.seek(0)
            f.write(bytes(4096))
            start = time.monotonic()
            os.fdatasync(f.fileno())
            times.append((time.monotonic() - start) * 1000)
    return statistics.median(times)


# ---- taps ----

def one_tap(kiosk, name):
    """From the finger to the frame that it brings, in ms: the kiosk takes the
    three commands in one go, and draws between the second and the third."""
    kiosk.p.stdin.write(f"now\ntap {name}\nnow\n".encode())
    kiosk.p.stdin.flush()
    before, ok, after = (kiosk.line(60) for _ in range(3))
    if ok != "ok":
        raise SystemExit(f"a tap on {name} was answered {ok!r}")
    return (int(after[3:]) - int(before[3:])) / 1000


def tap(args):
    """A tap on the first screen brings the whole question."""
    print("tap answered on screen, from the finger to the frame")
    with World() as world:
        world.start_host()
        device = world.device()
        device.enrol()
        kiosk = device.start_kiosk()
        times = []
        for _ in range(7 if args.short else 40):
            kiosk.wait("idle")
            kiosk.do("advance 1000")
            times.append(one_tap(kiosk, "start"))
            kiosk.do("advance 61000")
            kiosk.do("advance 61000")
        draw = float(printed(BENCH_DRAW))
        answer = statistics.median(times)
        show("one full redraw, ms (median)", f"{draw:.1f}")
        show("a tap answered, ms (median)", f"{answer:.1f}", "aim ≤ 50")
        show("  over one full redraw", f"{answer / draw:.2f}", "limit 1")


# ---- idle ----

def switches(pid):
    """How often the threads of a process were given a core."""
    n = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        n += sum(int(line.split()[1])
                 for line in (task / "status").read_text().splitlines()
                 if "ctxt_switches" in line)
    return n


def idle(args):
    """Nobody is there, and nothing waits: who wakes up nevertheless?"""
    print("wake-ups a minute while nothing happens")
    seconds = 10 if args.short else 120
    with World() as world:
        world.start_host()
        device = world.device()
        device.enrol()
        kiosk = device.start_kiosk()
        kiosk.wait("idle")
        device.synced()
        pids = {"kiosk": kiosk.pid, "uplink": device.uplink.pid,
                "reader": reader_of(kiosk.pid), "host": world.host.pid}
        before = {name: switches(pid) for name, pid in pids.items()}
        time.sleep(seconds)  # that is what is measured
        for name, pid in pids.items():
            n = (switches(pid) - before[name]) * 60 / seconds
            show(f"{name}, wake-ups a minute", f"{n:.0f}", "limit 0")
        show("reader RSS, MB", f"{rss_kb(pids['reader']) / 1024:.1f}")
