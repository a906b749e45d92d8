# SPDX-License-Identifier: Apache-2.0
"""Every QR code on every screen can be read by a reader that is not ours, and
says what it should: the sponsor's privacy policy, or the receipt. In each run
those of an eighth of the screens, as $TURN says; LONG=1 for all."""

import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

GOLDEN = os.path.join(os.environ["BUILD"], "tests/golden")
NS = "{http://zbar.sourceforge.net/2008/barcode}"


def decoded(pictures):
    """What zbar finds in each; one process for all."""
    done = subprocess.run(
        ["zbarimg", "--quiet", "--xml", "-Sdisable", "-Sqrcode.enable",
         *pictures], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return {pathlib.Path(source.get("href")).stem:
            [data.text for data in source.iter(NS + "data")]
            for source in xml.fromstring(done.stdout)}


def main():
    with tempfile.TemporaryDirectory(prefix="badgeward-codes-") as where:
        done = subprocess.run([GOLDEN, "turn", where], text=True, check=True,
                              stdout=subprocess.PIPE)
        want = dict(line.split(" ", 1) for line in done.stdout.splitlines())
        got = decoded(sorted(pathlib.Path(where).glob("*.png")))
    assert got.keys() == want.keys(), got.keys() ^ want.keys()
    bad = [name for name, code in want.items()
           if got[name] != ([code] if code else [])]
    for name in bad:
        print(f"{name} says {got[name]}, not {want[name]!r}", file=sys.stderr)
    codes = sum(bool(code) for code in want.values())
    assert not bad and codes >= (40 if "LONG" in os.environ else 5), codes
    print(f"{codes} codes decoded")


main()
