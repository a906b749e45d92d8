# SPDX-License-Identifier: Apache-2.0
"""kill -9 of kiosk, uplink and host at random moments loses nothing.

Attendees share, undo and decline while, now and then, one of the three is
killed and started again. At the end every share that the screen confirmed is
in the host's export exactly once (known by its receipt code, read from the
QR), no other is, the log verifies and no fork exists.

ROUNDS (default 100) and SEED choose how many and which.
"""

import base64
import os
import random
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import cbor  # noqa: E402
from world import World  # noqa: E402

SEED = int(os.environ.get("SEED", "20261123"))
ROUNDS = int(os.environ.get("ROUNDS", "100"))


class Summit:
    def __init__(self, world, rng):
        self.world, self.rng = world, rng
        self.device = world.device()
        self.confirmed = {}  # rh: undone?
        self.kills = {"kiosk": 0, "uplink": 0, "host": 0}
        self.answers = 0

    def set_up(self):
        self.world.start_host()
        ada = next(r for r in self.world.registrations()
                   if r["status"] == "attending")
        self.tag = self.device.badge(ada["id"], "04e10cda993c80")
        self.device.enrol()
        self.device.start_kiosk()

    def kill_one(self, who, after):
        """Kill it in `after` seconds, from another thread."""
        process = {"kiosk": self.device.kiosk, "uplink": self.device.uplink,
                   "host": self.world.host}[who]

        def strike():
            time.sleep(after)  # the random moment itself
            process.kill()
        thread = threading.Thread(target=strike)
        thread.start()
        self.kills[who] += 1
        return thread

    def raise_all(self):
        if not self.world.host.alive():
            self.world.start_host()
        if not self.device.uplink.alive():
            self.device.start_uplink()
        if not self.device.kiosk.alive():
            self.device.start_kiosk()

    def receipt(self):
        """rh of the receipt on the screen."""
        picture = str(self.world.dir / "shared.png")
        self.device.kiosk.do(f"shot {picture}")
        done = subprocess.run(["zbarimg", "-q", "--raw", picture],
                              capture_output=True, text=True)
        code = next(line.split("#")[1] for line in done.stdout.splitlines()
                    if "/r/#" in line)
        return cbor.receipt_hash(base64.b32decode(code + "=" * (-len(code) % 8)))

    def visit(self):
        kiosk, rng = self.device.kiosk, self.rng
        kiosk.wait("idle", 20000)
        kiosk.tap("start")
        if rng.random() < 0.2:
            kiosk.tap("decline")
            kiosk.wait("declined")
            self.answers += 1
            kiosk.do("advance 10000")
            return
        kiosk.tap("share")
        self.device.sim.do(f"tag present {self.tag}")
        kiosk.shared()
        rh = self.receipt()
        self.confirmed[rh] = False
        if rng.random() < 0.25:
            self.confirmed[rh] = None  # not known which until answered
            kiosk.tap("undo")
            kiosk.wait("declined")
            self.confirmed[rh] = True
            kiosk.do("advance 10000")
        else:
            kiosk.tap("done")

    def round(self):
        strike = self.kill_one(self.rng.choice(("kiosk", "uplink", "host")),
                               self.rng.random() * 0.8)
        try:
            for _ in range(2):
                self.visit()
        except (EOFError, AssertionError):
            strike.join()
            if self.device.kiosk.alive():
                raise
        finally:
            strike.join()
            self.device.sim.ask(f"tag remove {self.tag}")
        self.raise_all()

    def judge(self):
        device, world = self.device, self.world
        device.kiosk.wait("idle", 20000)
        # One more answer pushes out whatever waited behind an open undo.
        device.synced(60)
        print(world.verify().strip())
        items, _ = cbor.log_items((world.dir / "log-k07.cbor").read_bytes())
        undone = {body[2] for entry, body in items if entry[1] == 5}
        shares = {}
        for entry, body in items:
            if entry[1] == 1:
                assert body[10] not in shares, "a share twice"
                shares[body[10]] = entry[2]
        for rh, was_undone in self.confirmed.items():
            assert rh in shares, "a confirmed share is lost"
            if was_undone is not None:
                assert (shares[rh] in undone) == was_undone, "undo"
        extra = len(shares) - len(self.confirmed)
        # A kill between the commit and the screen leaves a share that nobody
        # saw confirmed: at most one a kill of the kiosk.
        assert 0 <= extra <= self.kills["kiosk"], extra
        leads = world.leads()
        assert len(leads) == len(shares) - len(
            undone & set(shares.values())), (len(leads), len(shares))
        assert len({lead["share_id"] for lead in leads}) == len(leads)
        listed = world.cli("device", "list")
        assert "fork" not in listed, listed
        print(f"{len(self.confirmed)} confirmed, {extra} unseen, "
              f"{len(undone)} undone, killed {self.kills}")


def main():
    print(f"seed {SEED}, {ROUNDS} rounds", flush=True)
    with World() as world:
        summit = Summit(world, random.Random(SEED))
        summit.set_up()
        for i in range(ROUNDS):
            try:
                summit.round()
            except Exception:
                print(f"in round {i}", file=sys.stderr)
                raise
        summit.judge()


main()
