# SPDX-License-Identifier: Apache-2.0
"""Whoever has but the cookie of a login takes over no account: a new second
factor, recovery codes, another password, API tokens and the accounts of others
want the password once more, and a code where there is a second factor; tries
are counted. A page that is asked for writes nothing."""

import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from portal import PASSWORD, Person, invite, joined  # noqa: E402
from world import World  # noqa: E402

NEW = "another long password of mine"
FORMS = {
    "/me/second/new": {},
    "/me/second/remove": {},
    "/me/recovery": {},
    "/me/password": {"password": NEW, "again": NEW},
    "/me/tokens": {"token": "x", "days": "7"},
}
GIVEN = (r'class="secret"', r'class="codes"', r"done=")


def forms(scopes):
    return {p: f | ({"scopes": scopes} if p == "/me/tokens" else {})
            for p, f in FORMS.items()}


def row(w, mail):
    """What the store keeps of how somebody logs in."""
    db = sqlite3.connect(f"file:{w.dir}/host/host.db?mode=ro", uri=True)
    with db:
        me = db.execute("SELECT id, password, totp FROM account WHERE mail"
                        " = ?", (mail,)).fetchone()
        codes = db.execute("SELECT count(*), total(length(hash)) FROM "
                           "recovery WHERE account = ?", me[:1]).fetchone()
        tokens = db.execute("SELECT count(*) FROM token").fetchone()
    db.close()
    return me, codes, tokens


def refused(p, path, fields, what):
    p.get("/me")
    p.post(path, follow=False, **fields, **what)
    assert p.page.status in (303, 403, 422), (path, what, p.page.status)
    assert not any(re.search(g, p.page.text) for g in GIVEN), (path, what)
    assert "done=" not in (p.page.location or ""), (path, what)


def stolen(w, p, mail, scopes):
    """The cookie alone, and what a thief may guess."""
    thief = Person(w)
    thief.cookies = dict(p.cookies)
    before = row(w, mail)
    # With the password alone, and a code that was good once.
    what = {"proof": PASSWORD, "proof-code": next(iter(p.used))} \
        if p.secret else {}
    for path, fields in forms(scopes).items():
        refused(thief, path, fields, what)
    assert row(w, mail) == before


def others(w, p):
    """An organiser's cookie makes no accounts, and takes none over."""
    joined(w, "dora@summit.example", "badge-desk")
    thief = Person(w)
    thief.cookies = dict(p.cookies)
    dora = "/people/" + str(row(w, "dora@summit.example")[0][0])
    before = kept(w)
    for path, fields in (
            ("/people", {"mail": "m@evil.example", "role": "organiser"}),
            (dora + "/role", {"role": "organiser"}), (dora + "/reset", {})):
        refused(thief, path, fields, {"proof": "wrong wrong wrong"})
        assert "/invite/" not in thief.page.text
    assert kept(w) == before
    p.get(dora + "/reset")
    p.post(dora + "/reset", **p.proof())
    assert "/invite/" in p.page.text, p.page.text


def team(w):
    """Nor does a manager's, of colleagues."""
    mona = joined(w, "mona@sponsor.example", "sponsor-manager",
                  "example-corp")
    invite(w, "nora@sponsor.example", "sponsor-scanner", "example-corp")
    thief = Person(w)
    thief.cookies = dict(mona.cookies)
    link = f"/team/{row(w, 'nora@sponsor.example')[0][0]}/link"
    before = kept(w)
    for path, fields in (
            ("/team", {"mail": "m@evil.example", "role": "sponsor-manager"}),
            (link, {})):
        refused(thief, path, fields, {"proof": "wrong wrong wrong"})
        assert "/invite/" not in thief.page.text
    assert kept(w) == before
    mona.get(link)
    mona.post(link, **mona.proof())
    assert "/invite/" in mona.page.text, mona.page.text


def kept(w):
    db = sqlite3.connect(w.dir / "host/host.db")
    rows = db.execute("SELECT mail, role, state, password, invite FROM "
                      "account ORDER BY id").fetchall()
    db.close()
    return rows


def writes_nothing(w, p):
    """Pages that lead there."""
    db = w.dir / "host/host.db"
    for path in ("/me/second", "/me/recovery", "/me/tokens",
                 "/me/second/remove"):
        old = sqlite3.connect(db).execute(
            "SELECT count(*) FROM audit").fetchone()
        assert p.get(path).status == 200, path
        assert 'class="secret"' not in p.page.text, path
        assert old == sqlite3.connect(db).execute(
            "SELECT count(*) FROM audit").fetchone(), path


def owner(w, p, mail):
    """Who knows both does all of it."""
    p.get("/me/recovery")
    assert p.post("/me/recovery", **p.proof()).status == 200
    codes = re.findall(r"<li><code>([^<]+)<", p.page.text)
    assert len(codes) == 10
    p.recovery = codes
    assert p.make_token("mine", "metrics:read"), p.page.text
    # Another phone: the secret of now stays until the new one is confirmed.
    p.get("/me/second")
    p.post("/me/second/new", proof=PASSWORD, **{"proof-code": codes.pop()})
    secret = re.search(r'class="secret">([A-Z2-7]+)<', p.page.text).group(1)
    assert secret != p.secret
    thief = Person(w)
    thief.cookies = dict(p.cookies)
    thief.get("/me")
    a = thief.post("/me/second", code="000000")
    assert a.status == 422 and secret not in a.text
    assert "otpauth" not in a.text and "<svg" not in a.text
    p.secret = secret
    p.used = set()
    p.post("/me/second", code=p.code())
    p.recovery = re.findall(r"<li><code>([^<]+)<", p.page.text)
    assert len(p.recovery) == 10, p.page.text
    p.get("/me")
    p.post("/me/password", password=NEW, again=NEW, proof=PASSWORD,
           **{"proof-code": p.recovery.pop()})
    assert p.at == "/me?done=password", (p.at, p.page.text)


def enrolling(w):
    """Half-way in, the secret is there without anything being written."""
    p = Person(w)
    p.accept(invite(w, "new@summit.example", "privacy-officer"))
    p.get("/login")
    p.post("/login", mail="new@summit.example", password=PASSWORD)
    first = re.search(r'class="secret">([A-Z2-7]+)<', p.page.text).group(1)
    before = row(w, "new@summit.example")
    assert first in p.get("/login/enrol").text
    p.post("/login/enrol", code="000000")
    assert p.page.status == 422 and first in p.page.text
    assert row(w, "new@summit.example") == before


def counted(w, p):
    """Tries run out, as at the log-in."""
    p.get("/me")
    said = [p.post("/me/recovery", follow=False, proof="wrong").status
            for _ in range(8)]
    assert said[0] == 422 and said[-1] == 429, said
    assert p.get("/me").status == 200


with World() as world:
    world.start_host()
    olga = joined(world, "olga@summit.example", "organiser")
    stolen(world, olga, "olga@summit.example", "metrics:read")
    dan = joined(world, "dan@summit.example", "badge-desk")
    stolen(world, dan, "dan@summit.example", "badges:write")
    dan.get("/me/second")
    dan.post("/me/second/new", **dan.proof())
    dan.enrol("/me/second")
    writes_nothing(world, dan)
    dan.get("/me/second/remove")
    dan.post("/me/second/remove", proof=PASSWORD,
             **{"proof-code": dan.recovery.pop()})
    assert dan.at == "/me?done=unlocked", dan.at
    ottilie = joined(world, "ottilie@summit.example", "organiser")
    owner(world, ottilie, "ottilie@summit.example")
    others(world, joined(world, "otto@summit.example", "organiser"))
    team(world)
    enrolling(world)
    counted(world, dan)
    print("ok")
