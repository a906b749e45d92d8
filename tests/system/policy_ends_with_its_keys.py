# SPDX-License-Identifier: Apache-2.0
"""When a policy ends, its keys are gone: the sealing key and the field keys,
from the memory of the kiosk and from the disk, in the middle of a question and
with nobody there alike. And an older policy that is put back opens nothing."""

import hashlib
import hmac
import json
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import memscan  # noqa: E402
from booth import Booth, tool  # noqa: E402
from world import SRC, clock_env, until  # noqa: E402

DAY = 86400
EVENT_URI = "https://summit.example/2026"


def field_key(field):
    """K_f (FORMATS.md, Badge), of the test keys' event."""
    vectors = json.loads((SRC / "tests/vectors/vectors.json").read_text())
    master = bytes.fromhex(vectors["badge"]["master_key"])
    salt = hashlib.sha256(EVENT_URI.encode()).digest()[:16]
    prk = hmac.new(salt, master, hashlib.sha256).digest()
    info = b"badgeward/1 field key\0" + bytes([field]) + b"\1"
    return hmac.new(prk, info, hashlib.sha256).digest()


def put(file, seconds):
    new = file.with_suffix(".new")
    new.write_text(f"{seconds} ntp")
    new.rename(file)


def ends(asked):
    with Booth(start=False) as booth:
        clock, seal = booth.dir / "clock", booth.state / "kiosk/seal.key"
        put(clock, 0)
        booth.env = clock_env(clock)
        booth.start()
        secret = seal.read_bytes()
        # A number lies in memory with its last byte first.
        keys = {"seal": secret, "seal, as a number": secret[::-1],
                **{f"key {f}": field_key(f) for f in range(1, 4)}}
        booth.kiosk.wait("idle", 60000)
        wanted = {"seal, as a number"}
        if asked:
            booth.ask()
            wanted.add("key 1")
        found = memscan.in_memory(booth.kiosk.pid, keys)
        assert wanted <= set(found), f"the search finds nothing: {found}"
        assert "seal" in memscan.in_files(booth.state, keys)
        put(clock, 2 * DAY)
        until(lambda: "must enrol again" in booth.log(), 60, "it ended")
        found = memscan.in_memory(booth.kiosk.pid, keys)
        assert not found, f"in memory: {found}"
        found = memscan.in_files(booth.state, keys)
        assert not found, f"on the disk: {found}"
        if asked:
            booth.kiosk.tap("share")
        assert booth.kiosk.state() == "trouble"


def put_back():
    with Booth() as booth:
        booth.kiosk.wait("idle", 60000)
        policy = booth.state / "kiosk/policy.jws"
        old = booth.dir / "old.jws"
        shutil.copy(policy, old)
        tool("policy", booth.state, 2)
        until(lambda: "serial 2, has come" in booth.log(), 60, "taken")
        booth.mail_done()
        booth.quit()
        shutil.copy(old, policy)
        booth.start()
        booth.kiosk.wait("trouble", 60000)
        assert "the policy cannot be used" in booth.log(), booth.log()
        tool("policy", booth.state, 3)
        booth.kiosk.wait("idle", 60000)


def main():
    for asked in False, True:
        ends(asked)
        print("ok ends", "in a question" if asked else "idle", flush=True)
    put_back()
    print("ok put_back", flush=True)


main()
