# SPDX-License-Identifier: Apache-2.0
"""audited.py - "every change is audited", for each request of the tests.

    with audited(world, "POST", "/mail/retry") as seen:
        seen(answer.status)

People's own pages are wire.Client's: attended(netloc, method, path) is the
same for them, and nothing for what devices ask.

What succeeded and left no row in the audit must have changed nothing: the rows
of the host's tables are the same before and after. So a form that is sent twice
or says what holds already needs no list. What is no act of anybody's does not
count: what devices bring and what is derived from it, what the mailer has told,
from where somebody logs in, when somebody was last seen, and that a file has gone
to its end; nor a withdrawal that waits for its share, which is audited when it
comes; nor a link by mail that anybody may ask for, and the session that its
person ends: that it was opened is audited."""

import contextlib
import hashlib
import sqlite3

NO_ACT = {"audit", "audit_salt", "meta", "hostclock", "login_from",
          "seen", "health", "issued", "log", "entry", "fork", "odd", "receipt",
          "arrival", "tally", "subtree", "aggregate", "told", "pending", "link"}
LAST_SEEN = {"login": {"seen_at"}, "token": {"last_used"},
             "export": {"state"}}
READ = {"GET", "HEAD", "OPTIONS"}
OF_PEOPLE = ("/r/", "/my/")
OF_ANYBODY = "/my/ask"
HOSTS = {}      # where it listens: the world (world.start_host)
MOST = 2000     # rows of a table, in an event that is large
SEEN = {}       # database: when it was looked at (written()), what was there


def tables(db):
    for name, in db.execute("SELECT name FROM sqlite_master WHERE type = "
                            "'table' AND name NOT LIKE 'sqlite_%'").fetchall():
        if name not in NO_ACT:
            yield name, [c[1] for c in db.execute(
                f"PRAGMA table_info({name})") if c[1] not in
                LAST_SEEN.get(name, ())]


def written(path):
    """What is another after each transaction: the database's head in the index
    of its log (WALINDEX of SQLite), None without one."""
    try:
        with open(f"{path}-shm", "rb") as f:
            head = f.read(48)
    except FileNotFoundError:
        return None
    st = path.stat()
    return st.st_ino, st.st_mtime_ns, head


def look(world):
    """The audit's last row, and {table: what its rows are}. They are read once
    for all requests between which nothing was written."""
    path = world.host_dir / "host.db"
    when = written(path)
    if when is None or SEEN.get(path, (None,))[0] != when:
        SEEN[path] = when, rows(path)
    return SEEN[path][1]


def rows(path):
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)
    with contextlib.closing(db):
        db.execute("BEGIN")
        last, = db.execute("SELECT max(id) FROM audit").fetchone()
        return last, {name: (
            db.execute(f"SELECT count(*) FROM {name}").fetchone(),
            hashlib.sha256(repr(db.execute(
                f"SELECT {', '.join(columns)} FROM {name} LIMIT {MOST}"
            ).fetchall()).encode()).digest()) for name, columns in tables(db)}


@contextlib.contextmanager
def audited(world, method, path):
    if method in READ:
        yield lambda status: None
        return
    status = []
    last, before = look(world)
    yield status.append
    if not status or status[0] >= 400:
        return
    now, after = look(world)
    changed = [name for name in before if before[name] != after[name]]
    assert now != last or not changed, \
        f"{method} {path} changed {changed} without a row in the audit"


def attended(netloc, method, path):
    if netloc not in HOSTS or path == OF_ANYBODY or \
            not path.startswith(OF_PEOPLE):
        return contextlib.nullcontext(lambda status: None)
    return audited(HOSTS[netloc], method, path)
