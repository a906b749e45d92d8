# SPDX-License-Identifier: Apache-2.0
"""The inbox is full: an upload stays until the host's note on it is stored, no
half note is left, staff are told, and the uplink starts and goes on."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import disk  # noqa: E402
from fakehost import FakeHost  # noqa: E402
from uplink import Booth, until  # noqa: E402


def main():
    disk.own_mounts()
    with Booth() as booth, FakeHost() as host, \
            disk.Disk(booth.inbox, "64k") as inbox:
        booth.enrol(host)
        inbox.fill()
        name = booth.upload(0, 1)
        for _ in range(2):
            booth.start()  # the second time on a full disk
            n = len(host.seen("POST", "log"))
            host.until(lambda: len(host.seen("POST", "log")) >= n + 2,
                       "it tries again")
            assert booth.uploads() == [name]
            assert not list(booth.inbox.glob("note-*"))
            # What it is trying to write just now goes again.
            until(lambda: not inbox.leftovers(), 20, "no half file stays")
            assert booth.stop() == 0
        assert "the inbox cannot be written: no room" in booth.log.read_text()
        booth.start()
        inbox.free()
        assert booth.got("note-0000000001.txt") == host.note(1)
        booth.emptied()
        until(lambda: booth.uplink_json().get("pending") == 0, 20, "told")
        assert booth.stop() == 0


main()
