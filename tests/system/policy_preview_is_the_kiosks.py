# SPDX-License-Identifier: Apache-2.0
"""`policy preview` shows, pixel by pixel, what a kiosk shows under the same
policy, installed or not: each page of the question and the screen before it,
in each language, size and look. SIZES=all for one more size."""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from picture import Picture  # noqa: E402
from world import BIN, POLICY, World, until  # noqa: E402

SPONSOR = "example-corp"


class Looks:
    """One kiosk, and previews of the same."""

    def __init__(self, world, device, size):
        self.world, self.size = world, size
        self.kiosk = device.start_kiosk(("--size", size))
        self.kiosk.wait("idle")
        names = [w["name"] for w in self.kiosk.widgets()]
        self.voice = [] if "speak" in names else ["--no-voice"]

    def shot(self):
        path = self.world.dir / "shot.png"
        self.kiosk.do(f"shot {path}")
        return Picture.png(path)

    def preview(self, *args):
        """All pages."""
        with tempfile.TemporaryDirectory() as d:
            out = pathlib.Path(d) / "x.png"
            self.world.cli("policy", "preview", *args, "--sponsor", SPONSOR,
                           "--size", self.size, "--out", out, *self.voice)
            pages = [out] + [out.with_name(f"x-{n}.png") for n in range(2, 17)]
            return [Picture.png(p) for p in pages if p.exists()]

    def ask(self, taps):
        """Come to the question anew, with all its time."""
        if self.kiosk.state() == "ask":
            self.kiosk.tap("decline")
            self.kiosk.tap("done")
        self.kiosk.wait("idle")
        self.kiosk.tap("start")
        for name in taps:
            self.kiosk.tap(name)

    def same_question(self, taps, *args):
        """A second may go by meanwhile, and a new one shows less time."""
        pages = self.preview(*args)
        for n, page in enumerate(pages):
            def shown():
                self.ask([*taps, *["page"] * n])
                return self.shot() == page
            until(shown, 120, f"page {n + 1} of {args} at {self.size}")
        last = [w["name"] for w in self.kiosk.widgets()]
        assert "share" in last, (args, len(pages), last)
        self.kiosk.tap("decline")
        self.kiosk.tap("done")
        return len(pages)


def compare(world, device, size, most):
    k = Looks(world, device, size)
    assert k.preview("--idle") == [k.shot()]
    k.same_question([])
    # The same from the file, which nobody would have to install.
    k.same_question(["lang:de"], POLICY, "--language", "de")
    n = k.same_question(["lang:de", "size", "contrast"], "--language", "de",
                        "--large", "--contrast")
    assert n >= most, f"{n} pages at {size}"
    # Not every picture is like every other one.
    assert k.preview("--language", "de") != k.preview()
    k.kiosk.kill()


def test_refusals(world):
    out = world.dir / "no.png"
    said = world.refused("policy", "preview", "--sponsor", "nobody", "--out",
                         out)
    assert "no sponsor" in said, said
    said = world.refused("policy", "preview", "--sponsor", SPONSOR,
                         "--language", "xx", "--out", out)
    assert "there are en, de" in said, said
    assert not out.exists()


def test_all(world):
    d = world.dir / "pictures"
    assert "8 pictures" in world.cli("policy", "preview", "--all", d)
    names = sorted(p.name for p in d.iterdir())
    assert names == sorted(f"{s}-{la}-{w}.png" for s in ("acme", SPONSOR)
                           for la in ("en", "de") for w in ("ask", "idle"))
    world.refused("policy", "preview", "--all", d)


def test_confined():
    """It has given everything up before it reads, and says what is wrong."""
    p = subprocess.Popen([BIN / "badgeward-preview"], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    status = pathlib.Path(f"/proc/{p.pid}/status")

    def given_up():
        said = dict(line.split(":", 1) for line in
                    status.read_text().splitlines())
        return said["Seccomp"].strip() == "2" and \
            said["NoNewPrivs"].strip() == "1"

    if "BW_SANITIZE:BOOL=ON" not in (pathlib.Path(os.environ["BUILD"]) /
                                     "CMakeCache.txt").read_text():
        until(given_up, 60, "the filter is in force")
    out, err = p.communicate(b'{"no":"policy"}')
    assert p.returncode == 1 and out == b"" and b"no part of" in err, err


def main():
    test_confined()
    with World() as world:
        test_refusals(world)
        test_all(world)
        world.start_host()
        device = world.device()
        device.enrol()
        if os.environ.get("SIZES") == "all":
            compare(world, device, "1024x600", 1)
        compare(world, device, "800x480", 2)
        compare(world, device, "600x1024", 1)


main()
