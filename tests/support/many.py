# SPDX-License-Identifier: Apache-2.0
"""many.py - a host with very many leads, made faster than by uploads."""

import sqlite3
import urllib.parse

from hosting import badges, enrolled

VALUES = ", ".join(f"v{i}" for i in range(1, 7))


def person(i):
    return (f"eventbrite/9/{i}", f"Ada {i} Mårlowe", f"ada{i}@lumen.example",
            f"Lumen {i % 99}, Ltd.", "Systems Engineer", f"+353 1 {i:07}",
            "Dublin")


def fill(w, people):
    """So many more have a badge and shared once, as the one lead that is there:
    as after ingest. No host runs meanwhile."""
    with sqlite3.connect(w.host_dir / "host.db") as c:
        first = c.execute("SELECT max(id) FROM registration").fetchone()[0]
        c.executemany(f"INSERT INTO registration (key, status, changed_at, "
                      f"{VALUES}) VALUES (?, 0, 1, ?, ?, ?, ?, ?, ?)",
                      map(person, range(people)))
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
                  (people, people))
    c.close()


def crowded(w, people):
    """A host that runs, with fill's people and who shared first."""
    w.start_host()
    k01 = enrolled(w, "k01")
    k01.share(badges(w, 1)[0], [1, 2])
    assert k01.upload(1).status == 200
    w.host.stop()
    fill(w, people)
    w.start_host()


def sheet_begun(p, form):
    """The connection over which name badges of all were just asked for."""
    p.get("/badges/sheet")
    body = urllib.parse.urlencode({**p.hidden(), "format": form, "start": "1",
                                   "only": "", "rest": "1"})
    c = p.connect()
    c.request("POST", "/badges/sheet", body, {
        "Host": p.host, "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{k}={v}" for k, v in p.cookies.items())})
    return c
