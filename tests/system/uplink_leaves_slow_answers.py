# SPDX-License-Identifier: Apache-2.0
"""A host that never ends its answer is left, and the upload is sent again.

One host says nothing at all, the other a byte a second for ever.
"""

import os
import sys
import threading

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from fakehost import FakeHost, drip, hang  # noqa: E402
from uplink import Booth  # noqa: E402

LOG = "/v1/device/log"
failed = []


def play(fault):
    with Booth() as booth, FakeHost() as host:
        booth.enrol(host)
        host.then(fault, on=LOG)
        booth.upload(0, 1)
        booth.start()
        host.until(lambda: len(host.seen("POST", "log")) > 1, "another try",
                   120)
        first, second = [r.at for r in host.seen("POST", "log")][:2]
        assert second - first > 5, "a slow network is not a dead one"
        booth.emptied(60)
        # It ends at once when it is told to, whatever it waits for.
        host.then(hang, on=LOG)
        booth.upload(1, 2)
        host.until(lambda: len(host.seen("POST", "log")) > 2, "a third try")
        assert booth.stop() == 0


def guarded(fault):
    try:
        play(fault)
    except BaseException:
        failed.append(fault.__name__)
        raise


players = [threading.Thread(target=guarded, args=(f,)) for f in (hang, drip)]
for p in players:
    p.start()
for p in players:
    p.join()
assert not failed, failed
