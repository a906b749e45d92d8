# SPDX-License-Identifier: Apache-2.0
"""`badge sheet`: what is on the paper. Pages become pixels (pdftoppm), codes
are decoded (zbarimg), words taken out (pdftotext), places measured against
the sizes that the labels have. PEOPLE=100000 for a large event."""

import csv
import os
import pathlib
import re
import subprocess
import sys
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
from world import BIN, REGISTRATIONS, World  # noqa: E402

DPI = 254               # ten pixels a millimetre
MAKERS = {  # page, label, columns, rows, first, from one to the next: mm
    "avery-l4784": (210, 297, 63.5, 29.6, 3, 9, 7.25, 15.3, 66, 29.6),
    "avery-l4785": (210, 297, 80, 50, 2, 5, 17.5, 13.5, 95, 55),
    "avery-l7418": (210, 297, 86.5, 55.5, 2, 4, 18.5, 37.5, 86.5, 55.5),
    "avery-5392": (215.9, 279.4, 101.6, 76.2, 2, 3, 6.35, 25.4, 101.6, 76.2),
    "card": (86, 54, 86, 54, 1, 1, 0, 0, 86, 54),
}
LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
PEOPLE = [  # first, last, company
    ("Ada", "Marlowe", "Lumen Works, Ltd."),
    ("伟", "王", "例え株式会社"),
    ("ليلى", "حداد", "شركة نور"),
    ("अर्जुन", "वर्मा", "उड़ान सिस्टम्स"),
    ("Öykü", "Ødegård", ""),
    ("Zoë", "Zwart", "X"),
    (LONG, LONG, "A company whose name is far too long for any label of this "
     "size, and which goes on and on for many more words than anybody has"),
    ("Hubert Blaine Maria", "de la Vega y Sánchez-Villanueva", "Y"),
]


def header_and_row():
    with open(REGISTRATIONS, encoding="utf-8-sig", newline="") as f:
        rows = csv.reader(f)
        return next(rows), next(rows)


def report(path, people):
    header, like = header_and_row()
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(header)
        for n, (first, last, company) in enumerate(people):
            row = dict(zip(header, like))
            row.update({"First Name": first, "Last Name": last,
                        "Company": company, "Email": f"p{n}@mail.example",
                        "Barcode #": f"41000000015{n:08d}",
                        "Attendee #": str(5200000000 + n)})
            out.writerow([row[h] for h in header])


class Page:
    """Grey pixels, ten a millimetre."""

    def __init__(self, pdf, number):
        data = subprocess.run(
            ["pdftoppm", "-gray", "-r", str(DPI), "-f", str(number), "-l",
             str(number), pdf], capture_output=True, check=True,
            timeout=120).stdout
        magic, size, depth, self.px = data.split(b"\n", 3)
        assert magic == b"P5" and depth == b"255"
        self.w, self.h = map(int, size.split())

    def ink(self, x, y, w, h):
        """The box of what is dark in a box, both in mm; None: nothing is."""
        x0, y0, x1, y1 = (round(v * 10) for v in (x, y, x + w, y + h))
        rows = [r for r in range(max(y0, 0), min(y1, self.h))
                if min(self.px[r * self.w + max(x0, 0):
                               r * self.w + min(x1, self.w)]) < 128]
        if not rows:
            return None
        left, right = self.w, 0
        for r in rows:
            line = self.px[r * self.w + max(x0, 0):r * self.w +
                           min(x1, self.w)]
            dark = [i for i, p in enumerate(line) if p < 128]
            left, right = min(left, dark[0]), max(right, dark[-1])
        left += max(x0, 0)
        right += max(x0, 0)
        return (left / 10, rows[0] / 10, (right + 1 - left) / 10,
                (rows[-1] + 1 - rows[0]) / 10)


    def cut(self, path, x, y, w, h):
        """A box in mm as a picture of its own."""
        x0, y0, x1, y1 = (round(v * 10) for v in (x, y, x + w, y + h))
        rows = [self.px[r * self.w + x0:r * self.w + min(x1, self.w)]
                for r in range(y0, min(y1, self.h))]
        path.write_bytes(b"P5\n%d %d\n255\n" % (len(rows[0]), len(rows)) +
                         b"".join(rows))


def words(pdf):
    return subprocess.run(["pdftotext", "-enc", "UTF-8", pdf, "-"],
                          capture_output=True, text=True, check=True).stdout


def letters(text):
    """Without what only sets directions, and blanks, in the letters' plain
    forms: a PDF has them as drawn."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)


def codes(world, page, name):
    """What the code of each label says. Each is read by itself, as people do:
    of a page full of codes zbarimg mixes the corners of neighbours."""
    _, _, w, h, nx, ny, x, y, dx, dy = MAKERS[name]
    files = []
    for n in range(nx * ny):
        files.append(world.dir / f"label-{n:02}.pgm")
        page.cut(files[-1], x + n % nx * dx, y + n // nx * dy, w, h)
    done = subprocess.run(["zbarimg", "-q", "--raw", *files],
                          capture_output=True, text=True)
    return done.stdout.split()


def sheet(world, *args):
    out = world.dir / "sheet.pdf"
    done = world.run(BIN / "badgeward", "-C", world.host_dir, "badge", "sheet",
                     "--out", out, "--force", *args)
    assert done.returncode == 0, done
    return out, done.stderr


def test_places(world):
    """Each label's outline is where the maker's label is."""
    for name, (pw, ph, w, h, nx, ny, x, y, dx, dy) in MAKERS.items():
        pdf, _ = sheet(world, "--format", name, "--test-page")
        page = Page(pdf, 1)
        assert abs(page.w / 10 - pw) < 0.2 and abs(page.h / 10 - ph) < 0.2
        for n in {0, nx - 1, nx * ny - 1}:
            lx, ly = x + n % nx * dx, y + n // nx * dy
            # The number stands in the middle, the outline runs around.
            mid = page.ink(lx + 3, ly + 3, w - 6, h - 10)
            assert mid, (name, n)
            assert abs(mid[0] + mid[2] / 2 - (lx + w / 2)) < 1, (name, n, mid)
            if name == "card":
                continue
            for px, py in ((lx, ly + h / 2), (lx + w, ly + h / 2),
                           (lx + w / 2, ly), (lx + w / 2, ly + h)):
                got = page.ink(px - 0.5, py - 0.5, 1, 1)
                assert got, f"{name}: no line at {px}, {py} of label {n + 1}"


def test_inside(world, count):
    """Nothing of a badge is outside its label, long names too; all start at
    the label that is said."""
    for name, (_, _, w, h, nx, ny, x, y, dx, dy) in MAKERS.items():
        start = nx * ny // 2 + 1
        pdf, said = sheet(world, "--format", name, "--job-title", "--start",
                          start)
        assert f"{count} badges on" in said, said
        page = Page(pdf, 1)
        for n in range(nx * ny):
            lx, ly = x + n % nx * dx, y + n // nx * dy
            got = page.ink(lx, ly, w, h)
            if n + 1 < start or n + 1 - start >= count:
                assert got is None, f"{name}: label {n + 1} is not empty"
                continue
            assert got and got[0] >= lx + 0.5 and got[1] >= ly + 0.5 and \
                got[0] + got[2] <= lx + w - 0.4 and \
                got[1] + got[3] <= ly + h - 0.4, (name, n, got)


def test_words(world, people):
    pdf, _ = sheet(world, "--format", "avery-l4785")
    text = letters(words(pdf))
    for first, last, company in people:
        for part in (first, last) + ((company,) if len(company) < 40 else ()):
            got = letters(part)
            assert got in text or got[::-1] in text, (part, text)
    # By name, as people sort: Ö is an O, CJK comes behind the alphabet.
    at = [text.index(letters(p)) for p in ("Ada", "Öykü", "Zoë", "伟")]
    assert at == sorted(at), at
    assert "SystemsEngineer" not in text
    pdf, _ = sheet(world, "--format", "avery-l4785", "--job-title")
    assert "SystemsEngineer" in letters(words(pdf))


def test_codes(world, count):
    for name in MAKERS:
        pdf, _ = sheet(world, "--format", name)
        n = min(count, MAKERS[name][4] * MAKERS[name][5])
        got = codes(world, Page(pdf, 1), name)
        assert got == [world.url + "/b"] * n, (name, got)


def test_long(world):
    """The longest name is there in full on the smallest label."""
    pdf, _ = sheet(world, "--format", "avery-l4784")
    assert letters(words(pdf)).count(LONG) == 2


def test_selection(world, ids):
    pdf, said = sheet(world, "--format", "card", "--registration",
                      f"{ids[0]},{ids[1]},{ids[0]},9999")
    assert "registration 9999 does not exist" in said and "2 badges" in said
    world.cli("right", "restrict", ids[1])
    pdf, said = sheet(world, "--format", "card", "--registration",
                      f"{ids[0]},{ids[1]}")
    assert f"registration {ids[1]} does not attend" in said, said
    assert words(pdf).count("\f") == 1
    out = world.dir / "none.pdf"
    said = world.refused("badge", "sheet", "--format", "card", "--out", out,
                         "--registration", ids[1])
    assert "none of these registrations attends" in said, said
    assert not out.exists(), "half a file was left"
    world.cli("right", "lift", ids[1])


def test_large(world, people):
    """What it keeps does not grow with the sheets."""
    report(world.dir / "many.csv", people)
    world.cli("import", "eventbrite", world.dir / "many.csv", "--yes")
    few = subprocess.run(
        [sys.executable, "-c", MEASURE, BIN / "badgeward", "-C", world.host_dir,
         "badge", "sheet", "--format", "avery-l4784", "--out", "/dev/null",
         "--registration", "1,2,3,4,5,6,7,8"], capture_output=True, text=True,
        check=True)
    many = subprocess.run(
        [sys.executable, "-c", MEASURE, BIN / "badgeward", "-C", world.host_dir,
         "badge", "sheet", "--format", "avery-l4784", "--out", "/dev/null"],
        capture_output=True, text=True, check=True)
    pdf, _ = sheet(world, "--format", "avery-l4784")
    each = pdf.stat().st_size / len(people)
    assert each < 500, f"{each:.0f} bytes for a badge: is each code drawn?"
    grown = (int(many.stdout) - int(few.stdout)) / 1024
    print(f"{len(people)} registrations: {grown:.1f} MiB more than 8")
    assert grown < 4 + len(people) / 1e5 * 20, grown


MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def main():
    with World(policy=None, registrations=None) as world:
        said = world.refused("badge", "sheet", "--format", "card", "--out",
                             world.dir / "x.pdf")
        assert "no registration attends" in said, said
        report(world.dir / "people.csv", PEOPLE)
        world.cli("import", "eventbrite", world.dir / "people.csv")
        ids = [r["id"] for r in world.registrations()]
        test_places(world)
        test_inside(world, len(PEOPLE))
        test_words(world, PEOPLE)
        test_codes(world, len(PEOPLE))
        test_long(world)
        test_selection(world, ids)
        n = int(os.environ.get("PEOPLE", 2000))
        test_large(world, [(f"Person{i}", f"Number{i * 7919 % n}", f"Company "
                            f"{i % 50}") for i in range(n)])


main()
