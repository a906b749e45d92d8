# SPDX-License-Identifier: Apache-2.0
"""A sponsor's logo goes from a file beside the policy to the kiosk's screen,
and a new picture under the same name makes a new version of the policy."""

import os
import pathlib
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from picture import Picture  # noqa: E402
from world import POLICY, World  # noqa: E402

INK, OTHER = bytes((0x10, 0x30, 0xb0)), bytes((0x70, 0x30, 0x10))


def paint(path, colour):
    Picture(320, 160, [colour * 320] * 160).save(path)


def shows(world, kiosk, colour):
    """So many of its pixels are on the screen."""
    shot = world.dir / "shot.png"
    kiosk.do(f"shot {shot}")
    return sum(row.count(colour) for row in Picture.png(shot).rows)


def main():
    with tempfile.TemporaryDirectory() as d, World(policy=None) as world:
        d = pathlib.Path(d)
        policy = d / "policy.conf"
        policy.write_text(POLICY.read_text().replace(
            "sponsor example-corp {\n",
            "sponsor example-corp {\n\tlogo = \"logo.png\"\n"))
        paint(d / "logo.png", INK)
        assert "logo" in world.cli("policy", "check", policy)
        world.cli("policy", "install", policy)
        assert "nothing was changed" in world.cli("policy", "install", policy)

        world.start_host()
        device = world.device()
        device.enrol()
        kiosk = device.start_kiosk()
        kiosk.wait("idle")
        assert shows(world, kiosk, INK) > 500
        kiosk.tap("start")
        kiosk.tap("contrast")
        assert shows(world, kiosk, INK) > 500
        kiosk.tap("decline")
        kiosk.tap("done")

        paint(d / "logo.png", OTHER)
        assert "version 2" in world.cli("policy", "install", policy)


main()
