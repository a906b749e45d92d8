# SPDX-License-Identifier: Apache-2.0
"""An export of a hundred thousand leads of as many people takes no more than
16 MB beyond one of nobody's."""

import os
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import BIN, World, badges, enrolled  # noqa: E402
from peak import run  # noqa: E402

PEOPLE = 100_000
MOST = 16 * 1024    # KiB
VALUES = ", ".join(f"v{i}" for i in range(1, 7))


def peak(w, form):
    """(KiB at most, bytes of the file) of an export."""
    out = w.dir / f"leads.{form}"
    most, _, _ = run([BIN / "badgeward", "-C", w.host_dir, "export", "leads",
                      "--sponsor", "example-corp", "--format", form, "--out",
                      out, "--force"])
    return most, out.stat().st_size


def person(i):
    return (f"eventbrite/9/{i}", f"Ada {i} Mårlowe", f"ada{i}@lumen.example",
            f"Lumen {i % 99}, Ltd.", "Systems Engineer", f"+353 1 {i:07}",
            "Dublin")


def fill(w):
    """Everybody has a badge and shared once; as after ingest, but faster."""
    with sqlite3.connect(w.host_dir / "host.db") as c:
        first = c.execute("SELECT max(id) FROM registration").fetchone()[0]
        c.executemany(f"INSERT INTO registration (key, status, changed_at, "
                      f"{VALUES}) VALUES (?, 0, 1, ?, ?, ?, ?, ?, ?)",
                      map(person, range(PEOPLE)))
        c.execute("INSERT INTO badge (badge_id, registration) SELECT "
                  "randomblob(8), id FROM registration WHERE id > ?",
                  (first,))
        edition = c.execute("SELECT max(id) FROM edition").fetchone()[0]
        c.execute(f"INSERT INTO edition (badge_id, holder, edition, uid, "
                  f"type, on_badge, issued_at, {VALUES}) SELECT badge_id, "
                  f"r.id, 1, x'01020304050607', 'ntag216', 126, 1, {VALUES} "
                  "FROM registration r JOIN badge b ON b.registration = r.id "
                  "WHERE r.id > ?", (first,))
        c.execute("INSERT INTO lead (id, part, edition, time, granted, state, "
                  "reason, language, rh, receipt) SELECT l.id + e.id - ?, "
                  "part, e.id, time, granted, 0, 0, language, rh, receipt "
                  "FROM lead l, edition e WHERE e.id > ?", (edition, edition))
        c.execute("UPDATE log SET size = size + ?, settled = size + ?",
                  (PEOPLE, PEOPLE))


with World() as world:
    world.start_host()
    k01 = enrolled(world, "k01")
    k01.share(badges(world, 1)[0], [1, 2])
    assert k01.upload(1).status == 200
    world.host.stop()
    forms = ("csv", "json", "xlsx")
    small = {form: peak(world, form) for form in forms}
    fill(world)
    for form in forms:
        rss, size = peak(world, form)
        assert size > 10 * PEOPLE, (form, size)
        assert rss - small[form][0] < MOST, (form, rss, small[form][0])
        print(form, rss - small[form][0], "KiB more", size, "bytes")
