# SPDX-License-Identifier: Apache-2.0
"""The RF field is on only between a yes and the end of that read.

Random attendees (touches, waits, language changes, badges that lie there
already, come early, come in twos or are pulled away, reader faults, unplugged
readers, killed kiosks and readers) in front of a real kiosk, a real reader
and the emulated chip. The chip's trace says when its field was on; this test
knows when it said yes. A read that ended in a share has its field off before
the share is shown; one that was called off may finish libnfc's command; after
a kill the field may stay on for one second, longer only where the chip itself
says nothing for a while. Those bounds are times, so what
the kernel says that processes had to wait for a core comes on top, in part.

BEHAVIOURS (default 1000) and SEED choose how many and which. They are dealt out
to BOOTHS booths (default 4) that stand beside each other, the seed rising by
one: most of a visit is waiting for a person.
"""

import os
import random
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from attendee import Attendee, check  # noqa: E402
from booth import Booth  # noqa: E402

SEED = int(os.environ.get("SEED", "20261123"))
BEHAVIOURS = int(os.environ.get("BEHAVIOURS", "1000"))
BOOTHS = int(os.environ.get("BOOTHS", "4"))


def at_a_booth():
    rng = random.Random(SEED)
    print(f"seed {SEED}, {BEHAVIOURS} behaviours", flush=True)
    with Booth() as device:
        device.badge("second", "04a10cda993c81")
        device.sim.do("tag add foreign ntag213 04b10cda993c82")
        device.kiosk.wait("idle", 10000)
        who = Attendee(device, "ada", ("second", "foreign"), rng)
        for i in range(BEHAVIOURS):
            try:
                who.visit()
                who.settle()
            except Exception:
                print(f"in behaviour {i}: {who.said}", file=sys.stderr)
                raise
            if i % 50 == 49:
                count = check(device.sim.trace(), who)
                print(f"{i + 1} behaviours, field on {count} times",
                      flush=True)
        device.sim.wait_field(False, 2000)
        count = check(device.sim.trace(), who)
        assert count > BEHAVIOURS // 10, "the field was hardly ever on"
        assert who.counts.get("shared", 0) > BEHAVIOURS // 20, who.counts
        print(f"field on {count} times, each after a yes; {who.counts}")


def main():
    if BOOTHS == 1:
        at_a_booth()
        return
    each = -(-BEHAVIOURS // BOOTHS)
    booths = [subprocess.Popen([sys.executable, __file__], env={
        **os.environ, "BOOTHS": "1", "BEHAVIOURS": str(each),
        "SEED": str(SEED + i)}) for i in range(BOOTHS)]
    ended = [booth.wait() for booth in booths]
    assert not any(ended), f"from seed {SEED} on they ended with {ended}"


main()
