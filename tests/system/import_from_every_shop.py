# SPDX-License-Identifier: Apache-2.0
"""`badgeward import` takes what ticket shops and spreadsheets make of an export:
pretix's and Eventbrite's, in any encoding, and says beforehand what it would
do; what it said is what it does, and what looks wrong needs a yes."""

import csv
import io
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
from world import BIN, SRC, World  # noqa: E402

EXAMPLE = SRC / "tools/example/registrations.csv"
DATA = SRC / "tests/data"
VALUES = "Ada", "Groß", "example", "Lumen", "Rechnung", "DEUT00", "s3cr3t"


def run(world, *args, code=0, **more):
    done = subprocess.run([BIN / "badgeward", "-C", world.host_dir, "import",
                           *args], capture_output=True, text=True, **more)
    assert done.returncode == code, (args, done)
    for value in VALUES:
        assert value not in done.stdout + done.stderr, (value, done)
    return done


def stored(world):
    return [(r["name"], r["email"], r["company"], r["job_title"],
             r["work_phone"], r["location"], r["status"])
            for r in world.registrations()]


def pretix():
    with World(registrations=None) as world:
        for more in ("--dry-run",), ():
            done = run(world, "auto", DATA / "pretix-positions-en.csv", *more)
            assert done.stdout.startswith(
                "added 4, changed 0, unchanged 0, skipped 4"), done
        assert "  1 skipped: not attending (pending): line 5" in done.stdout
        assert "minors among them: 1" in done.stdout, done
        assert stored(world)[0] == (
            "Ada Marlowe", "ada@lumen.example", "Lumen Works, Ltd.",
            "Systems Engineer", "", "Dublin, IE", "attending")
        people = stored(world)
        # Nothing of the buyer, the invoice or the ticket's secret is kept.
        files = b"".join(p.read_bytes() for p in world.host_dir.rglob("*")
                         if p.is_file())
        assert b"Ada Marlowe" in files
        for never in (b"office@lumen", b"Ina Voice", b"Invoice Ltd",
                      b"Billington", b"s3cr3t", b"1984", b"Bank transfer"):
            assert never not in files, never
        again = run(world, "pretix", DATA / "pretix-positions-en.csv")
        assert "added 0, changed 0, unchanged 4" in again.stdout, again
        assert stored(world) == people
    with World(registrations=None) as world:
        done = run(world, "auto", DATA / "pretix-positions-de.csv")
        assert "read as Windows-1252" in done.stderr, done
        assert [p[0] for p in stored(world)] == [
            "Jürgen Groß", "Änne Müller", "Kim Kind"]


def encodings():
    """The same people, however a spreadsheet has saved them."""
    text = EXAMPLE.read_bytes().decode("utf-8-sig")
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(csv.reader(io.StringIO(text)))
    rows = out.getvalue()
    shapes = {
        "bom": b"\xef\xbb\xbf" + text.encode(),
        "utf16le": text.encode("utf-16"),
        "utf16be": b"\xfe\xff" + text.encode("utf-16-be"),
        "nomark": text.encode("utf-16-le"),
        "cr": text.replace("\r\n", "\r").encode(),
        "mixed": text.replace("\r\n", "\n", 5).encode(),
        "semicolons": rows.encode(),
        "sep": b"sep=;\r\n" + rows.encode(),
    }
    with World() as world:
        people = stored(world)
        assert len(people) == 11
        path = world.dir / "shape.csv"
        for name, data in shapes.items():
            path.write_bytes(data)
            done = run(world, "auto", path)
            assert "added 0, changed 0, unchanged 11" in done.stdout, (
                name, done)
        # From a pipe, too.
        with open(path, "rb") as f:
            cat = subprocess.Popen(["cat"], stdin=f, stdout=subprocess.PIPE)
            done = run(world, "eventbrite", "-", stdin=cat.stdout)
            cat.wait()
        assert "unchanged 11" in done.stdout, done
        assert stored(world) == people


def says_what_it_does():
    with World() as world:
        text = EXAMPLE.read_text()
        path = world.dir / "r.csv"
        path.write_text(text.replace("Systems Engineer", "Head of Lamps"))
        dry = run(world, "auto", path, "--dry-run").stdout
        assert "  1 changed: job title: line 2\n" in dry, dry
        assert 'Company        from "Company"\n' in dry, dry
        before = stored(world)
        done = run(world, "auto", path).stdout
        assert done.splitlines()[1:] == [
            line for line in dry.splitlines()[1:]
            if " from " not in line and "read as" not in line], (dry, done)
        changed = [(a, b) for a, b in zip(before, stored(world)) if a != b]
        assert len(changed) == 1 and changed[0][1][3] == "Head of Lamps"
        # A column that staff choose, or do not want.
        run(world, "auto", path, "--map", "Company=Ticket Type",
            "--map=Job title=")
        ada = stored(world)[0]
        assert ada[2:4] == ("Full Access Pass", ""), ada


def many_gone():
    with World() as world:
        text = EXAMPLE.read_text()
        path = world.dir / "r.csv"
        path.write_text(text.replace("Attending", "Refunded")
                        .replace("Checked In", "Refunded"))
        before = stored(world)
        dry = run(world, "auto", path, "--dry-run")
        assert "this cancels 10" in dry.stderr, dry
        done = run(world, "auto", path, code=1)
        assert "--yes" in done.stderr and "nothing was" in done.stderr, done
        assert done.stdout == "" and stored(world) == before
        run(world, "auto", path, "--yes")
        assert not [p for p in stored(world) if p[6] == "attending"]
        path.write_text(text)
        run(world, "auto", path)
        assert stored(world) == before
        # Another event's file: nobody of ours is in it.
        path.write_text(text.replace(",41000000", ",51000000"))
        run(world, "auto", path, code=1)
        assert stored(world) == before


def uploads_end_with_the_host():
    """What staff uploaded and never applied is gone when the host starts."""
    with World() as world:
        left = world.host_dir / "import" / ("0123456789abcdef" * 2)
        left.parent.mkdir(0o700)
        left.write_bytes(EXAMPLE.read_bytes())
        world.start_host()
        assert not left.exists()


pretix()
encodings()
says_what_it_does()
many_gone()
uploads_end_with_the_host()
print("imports are what was said")
