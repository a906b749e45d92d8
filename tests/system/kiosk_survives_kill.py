# SPDX-License-Identifier: Apache-2.0
"""kill -9 of the kiosk at random moments: after each restart the log goes on
where it was, without a fork, and what the screen confirmed is in it.

ROUNDS (default 25) and SEED choose how many and which.
"""

import os
import random
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth  # noqa: E402
from world import until  # noqa: E402

SEED = int(os.environ.get("SEED", "20261123"))
ROUNDS = int(os.environ.get("ROUNDS", "25"))


def main():
    rng = random.Random(SEED)
    print(f"seed {SEED}, {ROUNDS} rounds", flush=True)
    with Booth() as booth:
        confirmed, undone, kinds = 0, 0, []
        begin = time.monotonic()
        booth.kiosk.wait("idle", 15000)
        booth.share()
        booth.kiosk.tap("done")
        confirmed = 1
        took = time.monotonic() - begin
        for i in range(ROUNDS):
            kiosk = booth.kiosk
            kiosk.wait("idle", 15000)

            def strike(after=rng.random() * 2 * took):
                time.sleep(after)  # the random moment itself
                kiosk.kill()
            thread = threading.Thread(target=strike)
            thread.start()
            try:
                while True:
                    booth.share()
                    confirmed += 1
                    if rng.random() < 0.3:
                        kiosk.tap("undo")
                        if kiosk.state() == "declined":
                            undone += 1
                    kiosk.tap("done")
            except (EOFError, AssertionError):
                thread.join()
                if kiosk.alive():
                    raise
            booth.sim.do("tag remove ada")
            until(lambda: "off" in booth.sim.do("field"), 3, "field off")
            booth.start()
            if rng.random() < 0.5:
                booth.kiosk.wait("idle", 15000)
                kinds += [kind for _, kind in booth.take()]
        booth.kiosk.wait("idle", 15000)
        booth.share()
        confirmed += 1
        booth.kiosk.tap("done")
        booth.mail_done()
        kinds += [kind for _, kind in booth.take()]
        shares, undos = kinds.count("share"), kinds.count("undo")
        assert confirmed <= shares <= confirmed + ROUNDS, (confirmed, shares)
        assert undone <= undos <= undone + ROUNDS, (undone, undos)
        assert "cannot be continued" not in booth.log()
        print(f"{confirmed} confirmed, {shares} shares, {undos} undos")
        assert confirmed > ROUNDS / 3, confirmed


main()
