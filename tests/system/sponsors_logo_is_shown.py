# SPDX-License-Identifier: Apache-2.0
"""A sponsor's logo goes from a file beside the policy to the kiosk's screen,
the same from an SVG as from a PNG of it, and a new picture under the same name
makes a new version of the policy. What is no logo names the mistake."""

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


def screen(world, kiosk):
    shot = world.dir / "shot.png"
    kiosk.do(f"shot {shot}")
    return Picture.png(shot).rows


def shows(world, kiosk, colour):
    """So many of its pixels are on the screen."""
    return sum(row.count(colour) for row in screen(world, kiosk))


def enrolled(world, name):
    device = world.device(name)
    device.enrol()
    kiosk = device.start_kiosk()
    kiosk.wait("idle")
    return kiosk


def differing(a, b):
    """How many bytes of two screens are far from each other."""
    return sum(abs(x - y) > 16 for p, q in zip(a, b) if p != q
               for x, y in zip(p, q))


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
        kiosk = enrolled(world, "k07")
        first = screen(world, kiosk)
        assert shows(world, kiosk, INK) > 500
        kiosk.tap("start")
        kiosk.tap("contrast")
        assert shows(world, kiosk, INK) > 500
        kiosk.tap("decline")
        kiosk.tap("done")

        paint(d / "logo.png", OTHER)
        assert "version 2" in world.cli("policy", "install", policy)

        policy.write_text(policy.read_text().replace("logo.png", "logo.svg"))
        svg = ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 1'>"
               "<rect width='2' height='1' fill='#1030b0'/>%s</svg>")
        (d / "logo.svg").write_text(svg % "<use href='/etc/passwd'/>")
        assert "not in its SVG" in world.refused("policy", "install", policy)
        (d / "logo.svg").write_text(svg % "")
        assert "version 3" in world.cli("policy", "install", policy)
        again = enrolled(world, "k08")
        assert shows(world, again, INK) > 500
        assert differing(first, screen(world, again)) < 500


main()
