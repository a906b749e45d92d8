# SPDX-License-Identifier: Apache-2.0
"""crowd.py - pages and exports of an event with 100,000 registrations and
1,000,000 shares against those of a small one on the same machine; a part of
tools/bench/bench, whose helpers it is given."""

import http.client
import os
import sqlite3
import subprocess
import time

from common import BUILD, printed, show
from portal import joined
from world import World

LOOKS = 200


def p99(times):
    return sorted(times)[len(times) * 99 // 100]


def looks(world, who, path, n):
    """The 99th percentile in ms of one page after the other, on one
    connection."""
    c = http.client.HTTPConnection("127.0.0.1", world.listen, timeout=60)
    head = {"Host": who.host, "Cookie": "; ".join(
        f"{k}={v}" for k, v in who.cookies.items())}
    times = []
    for _ in range(n):
        start = time.monotonic()
        c.request("GET", path, headers=head)
        answer = c.getresponse()
        answer.read()
        times.append((time.monotonic() - start) * 1000)
        assert answer.status == 200, (path, answer.status)
    c.close()
    return p99(times)


def spread(db, people):
    """Each lead is somebody else's: the uploads are all of one badge, whose
    edition is copied for this with each registration's values."""
    values = ", ".join(f"v{i}" for i in range(1, 7))
    with sqlite3.connect(db) as c:
        first = c.execute("SELECT max(id) FROM edition").fetchone()[0]
        c.execute("INSERT INTO badge (badge_id, registration) SELECT "
                  "randomblob(8), id FROM registration WHERE status = 0 AND "
                  "id NOT IN (SELECT registration FROM badge) LIMIT ?",
                  (people,))
        c.execute(f"INSERT INTO edition (badge_id, edition, uid, type, "
                  f"on_badge, issued_at, {values}) SELECT b.badge_id, 1, "
                  f"e.uid, e.type, e.on_badge, e.issued_at, "
                  f"{values.replace('v', 'r.v')} FROM badge b "
                  "JOIN registration r ON r.id = b.registration, edition e "
                  "WHERE e.id = ? AND b.badge_id <> e.badge_id", (first,))
        last = c.execute("SELECT max(id) FROM edition").fetchone()[0]
        c.execute("UPDATE lead SET edition = ? + id % ?",
                  (first, last - first + 1))
    c.close()


def export_rss(world):
    """(MB that it takes at most, leads) of an export as CSV."""
    out = world.dir / "leads.csv"
    child = subprocess.Popen(
        [BUILD / "bin/badgeward", "-C", world.host_dir, "export", "leads",
         "--sponsor", "example-corp", "--format", "csv", "--out", out,
         "--force"], stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    with open(out, "rb") as f:
        return used.ru_maxrss / 1024, sum(1 for _ in f) - 1


def event(tools, people, devices, uploads, size, n):
    """p99 of the dashboard and of the leads' first page, and the export's
    memory, of an event of this size."""
    with World(registrations=None) as world:
        report = world.dir / "report.csv"
        tools["report"](report, people)
        world.cli("import", "auto", report)
        world.start_host()
        badge = world.dir / "badge.bin"
        world.cli("badge", "encode", "--registration", "1", "--uid",
                  "04e10cda993c80", "--out", badge)
        outs = [world.dir / f"crowd-{i}" for i in range(devices)]
        for out in outs:
            tools["enrol"](world, out)
            tools["bench_log"]("uploads", out, size, uploads, badge)
        tools["post_all"](world, outs)
        spread(world.host_dir / "host.db", people)
        who = joined(world, "olga@summit.example", "organiser")
        who.get("/dashboard")
        dashboard = looks(world, who, "/dashboard?since=event", n)
        page = float(printed(BUILD / "bench/bench_page",
                             world.host_dir / "host.db", "example-corp", n))
        return dashboard, page, *export_rss(world)


def crowd(args, tools):
    print("a large event's pages and exports, over a small one's")
    n = 20 if args.short else LOOKS
    small = event(tools, 100, 1, 1, 10, n)
    large = event(tools, *((1000, 2, 1, 1000) if args.short else
                           (100_000, 50, 5, 4000)), n)
    show("registrations' shares in the large one", f"{large[3]:,}")
    for i, what in enumerate(("dashboard", "leads' first page")):
        show(f"{what}, p99, ms: the small event's", f"{small[i]:.1f}")
        show(f"{what}, p99, ms: the large event's", f"{large[i]:.1f}")
        show("  beyond the small event's, ms", f"{large[i] - small[i]:.1f}",
             "aim ≤ 50")
    show("export as CSV, RSS beyond the small event's, MB",
         f"{large[2] - small[2]:.1f}", "aim < 16")
