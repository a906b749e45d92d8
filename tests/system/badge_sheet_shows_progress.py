# SPDX-License-Identifier: Apache-2.0
"""A sheet of very many name badges says how far it is while it is made, to those
who may print one, and the portal answers others meanwhile. Whoever hangs up
before ends it, and it leaves nothing. The command says it on a terminal."""

import os
import pty
import re
import sqlite3
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from many import crowded, sheet_begun  # noqa: E402
from opened import opened  # noqa: E402
from portal import joined  # noqa: E402
from world import BIN, World, until  # noqa: E402

PEOPLE = 20_000


def part(p):
    """What the page says of sheets: (badges so far, of how many or 0, being
    sent)."""
    text = p.get("/badges/sheet").text
    inside = re.search(
        r'<div id="making" data-live>\n(.*?)</div>\n<form', text, re.S)[1]
    rows = []
    for row in inside.split("<tr")[2:]:     # behind the heads
        assert "avery-l4785" in row and "data-soon" in inside, inside
        cells = re.findall(r'<td[^>]*class="number"[^>]*>([^<]*)', row)
        n, most = (int(re.sub(r"\D", "", x)) for x in cells + ["0"] *
                   (2 - len(cells)))        # not known yet: "–"
        rows.append((n, most, "is being sent" in row))
    return rows


def nameless(w):
    return [n for n in opened(w.host.pid) if n.endswith("(deleted)") and
            n.startswith(str(w.host_dir))]


def recorded(w):
    db = sqlite3.connect(w.host_dir / "host.db")
    n, = db.execute("SELECT count(*) FROM audit WHERE act = "
                    "'badge.sheet'").fetchone()
    db.close()
    return n


def watched(w, who, watcher):
    seen, got = [], {}

    def reads():
        c = sheet_begun(who, "avery-l4785")
        r = c.getresponse()
        got["status"], got["body"] = r.status, r.read()
        c.close()

    t = threading.Thread(target=reads, daemon=True)
    t.start()
    until(lambda: seen.extend(part(watcher)) or not t.is_alive(), 100,
          "it is made")
    assert got["status"] == 200 and got["body"][:5] == b"%PDF-", got["status"]
    rows = [n for n, most, sent in seen if not sent and most > 0]
    assert len(set(rows)) > 2 and rows == sorted(rows), seen
    counts = {most for _, most, _ in seen if most > 0}
    assert len(counts) == 1 and counts.pop() >= PEOPLE, seen
    until(lambda: part(watcher) == [], 20, "it is gone")
    until(lambda: not nameless(w), 20, "so is the file")
    assert recorded(w) == 1


def hung_up(w, who, watcher):
    before = recorded(w)
    c = sheet_begun(who, "avery-l4785")
    until(lambda: any(n > 0 for n, _, _ in part(watcher)), 60, "it runs")
    assert not part(watcher)[0][2], "hung up too late"
    c.close()
    until(lambda: part(watcher) == [], 20, "it has ended")
    until(lambda: not nameless(w), 20, "no file is left")
    assert recorded(w) == before


def on_a_terminal(w):
    argv = [str(a) for a in (
        BIN / "badgeward", "-C", w.host_dir, "badge", "sheet", "--format",
        "card", "--out", w.dir / "badges.pdf")]
    main, side = pty.openpty()
    with subprocess.Popen(argv, stderr=side) as p:
        os.close(side)
        said = b""
        try:
            while piece := os.read(main, 4096):
                said += piece
        except OSError:     # its end has gone
            pass
        assert p.wait() == 0, said
    os.close(main)
    found = re.findall(rb"\r(\d+) of at most (\d+) badges", said)
    assert found and all(int(most) >= PEOPLE for _, most in found), said
    last = said.split(b"\r")[-2]
    assert re.fullmatch(rb"\d+ badges on \d+ pages", last), said


with World() as world:
    crowded(world, PEOPLE)
    dora = joined(world, "dora@summit.example", "badge-desk")
    dirk = joined(world, "dirk@summit.example", "badge-desk")
    assert part(dirk) == []
    watched(world, dora, dirk)
    hung_up(world, dora, dirk)
    on_a_terminal(world)
    print("ok")
