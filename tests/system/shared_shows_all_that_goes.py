# SPDX-License-Identifier: Apache-2.0
"""The screen names every field that goes to the sponsor, whether its value is
on the badge or, as with a pointer badge, only in the registration."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, leads  # noqa: E402

TAGS = (("04e10cda993c80", ["--pointer"]),
        ("04e10cda993c81", ["--fields", "name,email"]))


def share(world, device, uid, how, person):
    out = world.dir / f"badge-{uid}"
    world.cli("badge", "encode", "--registration", person["id"], "--uid", uid,
              "--out", out, *how)
    device.sim.do(f"tag add {uid} ntag215 {uid}")
    device.sim.do(f"tag load {uid} {out}")
    kiosk = device.kiosk
    kiosk.tap("start")
    kiosk.do("advance 1000")
    kiosk.tap("field:3")
    kiosk.tap("share")
    kiosk.wait("hold")
    device.sim.do(f"tag present {uid}")
    kiosk.shared()
    text = kiosk.text()
    device.sim.do(f"tag remove {uid}")
    kiosk.do("advance 1000")
    kiosk.tap("done")
    kiosk.wait("idle")
    return text


with World() as world:
    world.start_host()
    device = world.device()
    device.enrol()
    device.start_kiosk().wait("idle")
    people = [r for r in attending(world) if r["company"]]
    for (uid, how), person in zip(TAGS, people):
        text = share(world, device, uid, how, person)
        assert {"Name", "Email", "Company"} <= set(text), text
        absent = 3 if how == ["--pointer"] else 1
        assert text.count("as registered") == absent, text
        assert person["company"] not in text, text
    device.synced()
    rows = list(leads(world).values())
    assert [r["company"] for r in rows] == [p["company"] for p in people[:2]]
    assert [r["name"] for r in rows] == [p["name"] for p in people[:2]]
