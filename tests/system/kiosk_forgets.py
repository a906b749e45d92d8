# SPDX-License-Identifier: Apache-2.0
"""What the kiosk's memory holds, and when: field keys only while someone is
asked, values and the receipt only while they are shown; none afterwards.

Each search must find what is there at its time, else it proves nothing.
"""

import base64
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import memscan  # noqa: E402
from booth import VALUES, Booth  # noqa: E402

with open(os.path.join(os.environ["SRC"], "tests/vectors/vectors.json")) as f:
    FIELDS = json.load(f)["badge"]["typical"]["fields"]
KEYS = {f"key {f}": bytes.fromhex(v["field_key"]) for f, v in FIELDS.items()}
OURS = {"key 1", "key 2", "key 3"}
WORDS = {f"value {f}": v for f, v in VALUES.items()}


def memory(booth, *more):
    wanted = {**KEYS, **WORDS}
    for extra in more:
        wanted.update(extra)
    return set(memscan.in_memory(booth.kiosk.pid, wanted))


def receipt(booth):
    picture = booth.dir / "shared.png"
    booth.kiosk.do(f"shot {picture}")
    done = subprocess.run(["zbarimg", "-q", "--raw", picture],
                          capture_output=True, text=True)
    code = next(line.split("#")[1] for line in done.stdout.splitlines()
                if "/r/#" in line)
    return {"rc": base64.b32decode(code + "=" * (-len(code) % 8)),
            "receipt": code}


def main():
    with Booth() as booth:
        kiosk = booth.kiosk
        kiosk.wait("idle")
        assert not memory(booth), memory(booth)

        booth.ask()
        found = memory(booth)
        assert found == OURS, found
        kiosk.tap("decline")
        assert not memory(booth), memory(booth)
        kiosk.tap("done")

        for last in ("done", "undo", "silence"):
            booth.ask()
            if last == "undo":
                kiosk.tap("field:3")
            kiosk.tap("share")
            booth.sim.do("tag present ada")
            kiosk.shared()
            booth.sim.do("tag remove ada")
            code = receipt(booth)
            kiosk.text()
            found = memory(booth, code)
            assert {"value 1", "value 2", "rc", "receipt"} <= found, found
            assert not OURS & found, f"keys while shared: {found}"
            assert not {"value 4", "value 5", "value 6"} & found, found
            assert ("value 3" in found) == (last == "undo"), found
            if last == "silence":
                kiosk.do("advance 31000")
            else:
                kiosk.tap(last)
            kiosk.do("advance 60000")
            kiosk.wait("idle")
            found = memory(booth, code)
            assert not found, f"a minute after {last}: {found}"
            print("ok", last, flush=True)

        # Asked again about a badge that was read, and no.
        for last in ("decline", "silence"):
            booth.hold()
            booth.sim.do("tag present ada")
            kiosk.wait("ask")
            booth.sim.do("tag remove ada")
            found = memory(booth)
            assert "value 1" in found and not OURS & found, found
            kiosk.do("tap decline" if last == "decline" else "advance 60000")
            found = memory(booth)
            assert not found, f"after {last} to the second question: {found}"
            kiosk.do("advance 60000")
            kiosk.wait("idle")
            print("ok again,", last, flush=True)

        # The badge of another event, and one that is blocked: not opened.
        booth.badge("blocked", "04b10cda993c85", "blocked")
        booth.hold()
        booth.sim.do("tag present blocked")
        kiosk.wait("unread")
        assert not memory(booth), memory(booth)


main()
