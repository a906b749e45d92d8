# SPDX-License-Identifier: Apache-2.0
"""A device has no key for a field that its sponsor is not entitled to.

The sponsor of this device may have name, email and company. While an ask is
open and while a share is shown, the kiosk's memory and the device's files are
searched for the field keys (worked out here from the event's master key) and
for the values on the badge: key 1 and the name must be found, else the search
proves nothing; keys 4 to 6 and the work phone must not.
"""

import hashlib
import hmac
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import memscan  # noqa: E402
from world import World  # noqa: E402

EVENT_URI = "https://summit.example/2026"


def field_key(master, field):
    """K_f (FORMATS.md, Badge)."""
    salt = hashlib.sha256(EVENT_URI.encode()).digest()[:16]
    prk = hmac.new(salt, master, hashlib.sha256).digest()
    info = b"badgeward/1 field key\0" + bytes([field]) + b"\1"
    return hmac.new(prk, info, hashlib.sha256).digest()


def main():
    with World() as world:
        world.start_host()
        device = world.device()
        ada = next(r for r in world.registrations()
                   if r["status"] == "attending" and r["work_phone"]
                   and r["company"])
        tag = device.badge(ada["id"], "04e10cda993c80")
        device.enrol()
        kiosk = device.start_kiosk()
        kiosk.wait("idle")
        master = (world.host_dir / "keys/event_master.key").read_bytes()
        keys = {f"key {f}": field_key(master, f) for f in range(1, 7)}
        values = {"name": ada["name"], "work phone": ada["work_phone"],
                  "job title": ada["job_title"]}
        never = {"key 4", "key 5", "key 6", "work phone", "job title"}

        kiosk.tap("start")
        found = memscan.in_memory(kiosk.pid, keys)
        assert "key 1" in found, "the search finds nothing at all"
        assert not never & set(found), found
        kiosk.tap("field:3")
        kiosk.tap("share")
        device.sim.do(f"tag present {tag}")
        kiosk.shared()
        found = memscan.in_memory(kiosk.pid, {**keys, **values})
        assert "name" in found, "the search finds nothing at all"
        assert not never & set(found), found
        kiosk.tap("done")
        kiosk.wait("idle")
        found = memscan.in_memory(kiosk.pid, keys)
        assert not found, f"an idle kiosk holds keys: {found}"
        device.synced()
        found = memscan.in_files(device.state, {**keys, **values})
        assert not found, f"the device's files: {found}"
        print("key 1 only while it is needed; keys 4 to 6 never")


main()
