# SPDX-License-Identifier: Apache-2.0
"""A kiosk or an uplink that stands is ended and started again as its unit
says, and nothing that was confirmed is lost by it.

The units' own times are taken, so many times faster. SEED chooses the moments.
"""

import os
import random
import signal
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth  # noqa: E402
from fakehost import FakeHost  # noqa: E402
from supervise import Supervisor, until  # noqa: E402
import uplink  # noqa: E402

SEED = int(os.environ.get("SEED", "20261125"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))


def stop_later(s, after):
    """Let the program stand still after so many seconds."""
    p = s.p
    timer = threading.Timer(after, lambda: p.send_signal(signal.SIGSTOP))
    timer.start()
    return timer


def fed(s, times=4):
    """It is alive for longer than its watchdog waits."""
    starts = s.starts
    until(lambda: s.said.count("WATCHDOG=1") >= times, 30, "a fed watchdog")
    assert s.starts == starts


def kiosk_of(booth):
    def start(env):
        booth.env = env
        return booth.start().p
    return start


def visits(booth, s, starts):
    """Shares without an end, until this kiosk is no more; how many."""
    confirmed = 0
    try:
        while s.starts == starts:
            booth.share()
            confirmed += 1
            booth.kiosk.tap("done")
    except (EOFError, AssertionError):
        until(lambda: s.starts > starts, 20, "the watchdog")
    return confirmed


def kiosk(rng):
    confirmed, kinds = 0, []
    with Booth(start=False) as booth, \
            Supervisor("badgeward-kiosk.service", kiosk_of(booth),
                       faster=10) as s:
        s.wait_ready()
        assert booth.kiosk.state() in ("idle", "trouble")
        booth.kiosk.wait("idle", 15000)
        until(lambda: s.status() == "the booth is open", 5, s.status())
        fed(s)
        booth.sim.do("unplug")
        until(lambda: s.status() == "the booth is closed: reader", 10,
              s.status())
        booth.sim.do("plug")
        for _ in range(ROUNDS):
            starts = s.starts
            s.wait_ready(starts)
            booth.kiosk.wait("idle", 15000)
            timer = stop_later(s, rng.random())
            confirmed += visits(booth, s, starts)
            timer.join()
            booth.sim.do("tag remove ada")
            until(lambda: not booth.sim.field(), 4, "field off")
            s.wait_ready(starts + 1)
        assert s.kills >= ROUNDS, (s.kills, ROUNDS)
        booth.kiosk.wait("idle", 15000)
        booth.share()
        confirmed += 1
        booth.kiosk.tap("done")
        booth.mail_done()
        kinds += [kind for _, kind in booth.take()]
        shares, undos = kinds.count("share"), kinds.count("undo")
        print(f"kiosk: {s.kills} kills, {confirmed} confirmed, {shares} "
              f"shares, {undos} undos", flush=True)
        assert confirmed <= shares - undos <= confirmed + s.starts
        assert "cannot be continued" not in booth.log()


def not_ready_without_its_state(_):
    """Another process has the state: there is no READY."""
    with Booth() as booth:
        booth.kiosk.wait("idle", 15000)
        first = booth.kiosk
        with Supervisor("badgeward-kiosk.service", kiosk_of(booth),
                        faster=10) as s:
            until(lambda: s.starts > 2, 20, "two tries")
            assert s.readies == 0, s.readies
            first.kill()
            s.wait_ready()


def uplink_stands(rng):
    with FakeHost() as host, uplink.Booth() as booth:
        booth.enrol(host)

        def start(env):
            os.environ.update(env)
            booth.start()
            for name in env:
                del os.environ[name]
            return booth.p
        with Supervisor("badgeward-uplink.service", start, faster=60,
                        abstract=False) as s:
            s.wait_ready()
            fed(s)
            for i in range(ROUNDS):
                s.wait_ready(i + 1)
                starts = s.starts
                timer = stop_later(s, rng.random() / 5)
                size = host.size
                while s.starts == starts and host.size < size + 50:
                    at = host.size
                    booth.upload(at, at + 1)
                    until(lambda a=at: s.starts > starts or host.size > a,
                          20, "an upload is taken or the uplink ended")
                timer.join()
                until(lambda n=starts: s.starts > n, 20, "the watchdog")
            s.wait_ready(ROUNDS + 1)
            booth.emptied()
            assert s.kills >= ROUNDS, (s.kills, ROUNDS)
            until(lambda: (s.status() or "").startswith("the host answers"),
                  10, s.status())
            print(f"uplink: {s.kills} kills, {host.size} uploads", flush=True)


def main():
    rng = random.Random(SEED)
    print(f"seed {SEED}, {ROUNDS} rounds", flush=True)
    begin = time.monotonic()
    for case in (not_ready_without_its_state, kiosk, uplink_stands):
        case(rng)
        print(f"ok {case.__name__} {time.monotonic() - begin:.1f} s",
              flush=True)


main()
