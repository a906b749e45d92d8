# SPDX-License-Identifier: Apache-2.0
"""What a letter, an authority or an audit knows by its number keeps that number
to itself, also when a backup is put back twice: incidents, disclosures, holds,
cases, accounts, tokens and exports that are made then have other numbers than
those that were made since the backup, and are lost. And so do policies: the text
that people agreed to is not written over, and gets back the number it had."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from mine import rows  # noqa: E402
from picture import Picture  # noqa: E402
from portal import invite  # noqa: E402
from program import token  # noqa: E402
from world import BIN, POLICY, World  # noqa: E402

TABLES = ("incident", "disclosure", "hold", "casefile", "account", "token",
          "export")


def number(w, table):
    found, = rows(w, "SELECT num FROM casefile ORDER BY num DESC LIMIT 1"
                  if table == "casefile" else
                  f"SELECT id FROM {table} ORDER BY id DESC LIMIT 1")
    return found[0]


def one_of_each(w, name):
    w.cli("device", "add", name, "--sponsor", "example-corp")
    w.cli("device", "revoke", name, "--lost")
    w.cli("breach", name, "--contact", "privacy@s.example", "--aware",
          "2026-05-01T10:00:00Z")
    w.cli("disclosure", "add", "--basis", "court", "--asked", "district court",
          "--decided", "privacy officer", "--sponsor", "example-corp")
    w.cli("hold", "add", "--event", "--reason", "lawsuit 7 O 12",
          "--reviewer", "anna")
    w.cli("case", "open", "access", "--registration", "1", "--proof", "desk")
    invite(w, f"{name}@s.example", "badge-desk")
    token(w, name, "leads:read", "example-corp")
    w.cli("export", "counts", "--out", w.dir / "counts.csv", "--force")
    return {table: number(w, table) for table in TABLES}


def install(w, text):
    """Its version, whether it is in force, and the one that is."""
    path = w.dir / "next.conf"
    path.write_text(text)
    said = w.cli("policy", "install", path)
    (top,), *_ = rows(w, "SELECT version FROM policy ORDER BY id DESC")
    return re.search(r"version (\d+)", said)[1], "stays" not in said, top


def kept(w):
    return {p.name: p.read_bytes() for p in
            (w.host_dir / "policy").iterdir() if p.is_file()}


def lost(w):
    """The policies that a restore says are to be installed again."""
    done = w.run(BIN / "badgeward", "-C", w.host_dir, "restore",
                 w.dir / "backup")
    assert done.returncode == 0, done
    return re.findall(r"policy install \S+/policy/(\S+)\.conf\n",
                      done.stdout)


def policies(w):
    """From version 1 on, over the backup."""
    text = POLICY.read_text()
    a, b, c, d = (f"{text}\n# {x}\n" for x in "abcd")
    assert install(w, a) == ("2", True, "2")
    assert install(w, b) == ("3", True, "3")
    had = kept(w)
    # Names of somebody else's use no numbers up.
    folder = w.host_dir / "policy"
    for name in "18446744073709551615.conf", "007.conf", "9.conf.old", ".5.conf":
        (folder / name).write_text(a)
    (folder / "4.conf").symlink_to(w.dir / "elsewhere")
    (folder / "5.conf").mkdir()
    # Nor does a number that no event has reached: it is said.
    (folder / "999999.conf").write_text("# nobody's\n")
    assert lost(w) == ["2", "3", "4", "5", "999999"]
    assert install(w, a) == ("2", True, "2")
    assert install(w, c) == ("6", True, "6")
    # What comes late comes where it was, and into force as a new one.
    assert install(w, b) == ("3", False, "6")
    assert install(w, b) == ("7", True, "7")
    assert had.items() <= kept(w).items() and not (
        w.dir / "elsewhere").exists()
    assert lost(w) == ["2", "3", "4", "5", "6", "7", "999999"]
    assert install(w, d) == ("8", True, "8")
    assert had.items() <= kept(w).items()


def logos(w):
    """With another picture it is not what it was, and nobody's number."""
    text = POLICY.read_text().replace(
        "sponsor example-corp {", 'sponsor example-corp {\n\tlogo = "l.png"')
    red, blue, green = (bytes(c) for c in ((200, 0, 0), (0, 0, 200),
                                           (0, 200, 0)))

    def paint(colour):
        Picture(32, 16, [colour * 32] * 16).save(w.dir / "l.png")

    lost(w)
    paint(red)
    assert install(w, text) == ("9", True, "9")
    paint(blue)
    assert install(w, text) == ("10", True, "10")
    assert lost(w)[-3:] == ["9", "10", "999999"]
    # Each picture has its own number; a third one none of them.
    paint(green)
    said = w.refused("policy", "install", w.dir / "next.conf")
    assert "which was lost over a backup, is this text with an" in said, said
    assert rows(w, "SELECT count(*) FROM policy WHERE version > 1") == [(0,)]
    paint(blue)
    assert install(w, text) == ("10", True, "10")
    paint(red)
    assert install(w, text) == ("9", False, "10")
    paint(green)
    assert install(w, text + "# anew\n") == ("11", True, "11")


with World() as world:
    one_of_each(world, "k01")
    world.cli("backup", world.dir / "backup")
    given = [one_of_each(world, "k02")]
    for name in "k03", "k04":
        world.cli("restore", world.dir / "backup")
        world.cli("registration", "list")       # what is to be done again is
        given.append(one_of_each(world, name))
    for table in TABLES:
        numbers = [g[table] for g in given]
        assert len(set(numbers)) == 3, (table, numbers)
        assert all(n < 2**31 for n in numbers), (table, numbers)
    policies(world)
    logos(world)
    print("ok")
