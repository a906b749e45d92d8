# SPDX-License-Identifier: Apache-2.0
"""Every address that a sponsor's people and programs reach and that names a
thing, asked with another sponsor's real one: 404, and nothing is changed. The
addresses come from the table of routes; one that is new must be named here. An
organiser sees all API tokens and ends them, a manager those of the sponsor."""

import os
import re
import sqlite3
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled  # noqa: E402
from portal import joined  # noqa: E402
from program import Program, token  # noqa: E402
from routes import FOREIGN, OWN, table  # noqa: E402

# No things of a sponsor's: a code, a language and a page.
FREE = ("/invite/*", "/ours/screen/*/*")


def kept(w, sql, *args):
    db = sqlite3.connect(f"file:{w.host_dir}/host.db?mode=ro", uri=True)
    rows = db.execute(sql, args).fetchall()
    db.close()
    return rows


def number(w, sql, *args):
    (row,) = kept(w, sql, *args)
    return str(row[0])


def things(w):
    """Of the other sponsor's: by what an address is about."""
    account = number(w, "SELECT id FROM account WHERE sponsor = ? AND role = 4",
                     FOREIGN)
    manager = number(w, "SELECT id FROM account WHERE sponsor = ? AND role = 3",
                     FOREIGN)
    tokens = number(w, "SELECT min(id) FROM token WHERE sponsor = ?", FOREIGN)
    notice = number(w, "SELECT min(num) FROM ack WHERE sponsor = ?", FOREIGN)
    return {
        "/me/logins/*/end": [number(
            w, "SELECT min(num) FROM login WHERE account = ?", manager)],
        "/me/tokens/*/revoke": [tokens],
        "/leads/*": ["k02.1"],
        "/withdrawals/*": [notice],
        "/team/*/": [account],
        "/team/tokens/*/revoke": [tokens],
        "/api/v1/sponsors/*/leads/*": [OWN, "k02-1"],
        "/api/v1/sponsors/*/notices/*/acknowledge": [OWN, notice],
        "/api/v1/sponsors/*/": [FOREIGN],
    }


def of(route, all_):
    for path, ids in all_.items():
        if route.path == path or (path.endswith("/") and
                                  route.path.startswith(path) and
                                  "*" not in route.path[len(path):]):
            return ids
    raise AssertionError(f"{route.path}: whose are its things? Name them")


def state(w):
    return [kept(w, f"SELECT * FROM {t} ORDER BY 1") for t in (
        "ack", "mark")] + [
        kept(w, "SELECT id, revoked_at FROM token"),
        kept(w, "SELECT id, role, state, password, invite FROM account"),
        kept(w, "SELECT num FROM login ORDER BY 1")]


def walk(w, people, tool):
    all_, n, before = things(w), 0, state(w)
    for r in table():
        if "*" not in r.path or r.path in FREE:
            continue
        path = r.path
        for p, role in people:
            if r.reach[role] == "-":
                continue
            for one in of(r, all_):
                path = path.replace("*", one, 1)
            assert "*" not in path, path
            n += 1
            if r.need == "api":
                body = {"rating": 1} if r.method == "PATCH" else None
                a = tool.ask(r.method, path, body, If_Match="*")
            elif r.method == "GET":
                a = p.ask("GET", path)
            else:
                p.get("/me")
                a = p.ask(r.method, path, urllib.parse.urlencode(
                    {"csrf": p.csrf(), "version": "0", "rating": "1"}))
            assert a.status == 404, (role, r.method, path, a.status, a.body)
    assert n > 20 and state(w) == before, n


def tokens_of_all(w, olga, m, other):
    ours = m.make_token("our CRM", "leads:read")
    w.cli("token", "add", "from afar", "--scope", "leads:read", "--sponsor",
          OWN, "--days", "3")
    assert ours and other.make_token("their CRM", "leads:read")
    event = olga.make_token("Grafana", "metrics:read")
    page = olga.get("/tokens").text
    for word in ("our CRM", "their CRM", "Grafana", "from afar", OWN, FOREIGN,
                 "mia@sponsor.example", ">see leads<", ours[:9],
                 "the command line"):
        assert word in page, word
    assert ours not in page and event not in page
    page = m.get("/team").text
    assert "our CRM" in page and "from afar" in page
    assert "their CRM" not in page and "Grafana" not in page
    assert m.get("/tokens").status == 403

    def end(p, back, name):
        p.get(back)
        i = p.page.text.index(name)
        to = re.search(r'action="([^"]+/revoke)"', p.page.text[i:]).group(1)
        word = re.search(r"bw_[\w-]{6}", p.page.text[i:]).group(0)
        p.post(to)
        assert p.at == f"{back}?done=word&open={to}" and name in p.page.text, p.at
        p.post(to, confirm=word)
        assert p.at == back + "?done=revoked", p.at
        assert name not in p.page.text
    end(m, "/team", "from afar")
    end(olga, "/tokens", "our CRM")
    assert Program(w, ours).ask("GET", f"/api/v1/sponsors/{OWN}/leads"
                                ).status == 401
    assert "their CRM" in olga.get("/tokens").text
    assert kept(w, "SELECT count(*) FROM audit WHERE act = 'token.revoke'"
                ) == [(2,)]


with World() as world:
    world.start_host()
    card = badges(world, 1)[0]
    device, far = enrolled(world, "k01", OWN), enrolled(world, "k02", FOREIGN)
    device.share(card, [1, 2])
    assert far.share(card, [1, 2]) == 1
    gone = far.share(card, [1, 2])
    assert device.upload(1).status == far.upload(1).status == 200
    far.undo(gone)      # of which there is a notice
    assert far.upload(far.size()).status == 200
    mia = joined(world, "mia@sponsor.example", "sponsor-manager", OWN)
    sam = joined(world, "sam@sponsor.example", "sponsor-scanner", OWN)
    ann = joined(world, "ann@acme.example", "sponsor-manager", FOREIGN)
    joined(world, "abe@acme.example", "sponsor-scanner", FOREIGN)
    organiser = joined(world, "olga@summit.example", "organiser")
    tokens_of_all(world, organiser, mia, ann)
    whole = token(world, "all", "leads:read,leads:write,devices:read", OWN)
    walk(world, [(mia, "sponsor-manager"), (sam, "sponsor-scanner")],
         Program(world, whole))
    print("ok")
