# SPDX-License-Identifier: Apache-2.0
"""In a summit full of hostile names, every page that each role can reach, by
the table of routes and by following links, and every form filled in with such
values; each person's own pages, copy, receipt and mail's page: no element,
attribute, address, header or formula comes from a value. A route of the table
that nobody was shown is named here, with the reason. On the way: no form that
destroys does so without its word."""

import os
import sys
from urllib.parse import urlencode

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import hostile  # noqa: E402
from audited import look  # noqa: E402
from hosting import enrolled  # noqa: E402
from hostile_places import attendees, places  # noqa: E402
from portal import Person, joined  # noqa: E402
from routes import (FOREIGN, OWN, ROLES, filled, route_of,  # noqa: E402
                    table)

PAGES = int(os.environ.get("HOSTILE_PAGES", "90"))      # of each role
# One's own way in, and forms whose tries are counted.
LEFT = ("/logout", "/login", "/me/", "/invite/")
NOT_SHOWN = {
    "/events": "does not end",
    "/start": "leads on",
    "/login": "who is logged in is led on; nobody's is asked for below",
    "/login/second": "between two steps of a log-in, of a code alone",
    "/login/enrol": "the same",
    "/me/second/remove": "asks whoever may for the password alone",
    "/log/*/tile/**": "bytes, 404 before the first quarter hour has ended",
}
shown = set()       # routes that answered 200
filled_in = set()   # where forms go that were filled in
# Which want a word typed: nothing undoes them. /duties/clock is there only while
# the clock is in doubt (host_confirms_the_clock.py).
ASKING = {
    "/badges/stations/*/order", "/cases/*/act", "/cases/*/share",
    "/devices/*/lost", "/devices/*/reassign", "/devices/*/revoke",
    "/duties/incidents/*/tell", "/holds/*/lift", "/me/tokens/*/revoke",
    "/minors/*/release", "/policy/draft/discard", "/policy/draft/install",
    "/policy/draft/sponsors/*/remove", "/team/tokens/*/revoke",
    "/tokens/*/revoke"}
asking = set()
NO_WORD = {
    "/cases/*/act": "an erasure is called off until its day",
    "/cases/*/answer": "a refusal wants a reason, and is looked at as a letter",
    "/devices/*/renew": "another address is made",
    "/minors/*/mark": "released",
    "/people/*/disable": "enabled", "/team/*/disable": "enabled",
    "/people/*/logins": "logged in again", "/team/*/logins": "the same",
    "/registrations/*/withhold": "released",
    "/registrations/*/release": "withheld",
}


def seeds(role, there):
    """{path: route}"""
    return {there.get(r.path) or filled(r): r.path for r in table()
            if r.method == "GET" and r.path != "/events" and
            r.reach[role] != "-"}


def walk(me, role, there, follow=True):
    """Every page that it finds; all forms on them."""
    first = seeds(role, there)
    todo = list(first)
    assert PAGES > len(todo), "links are to be followed, too"
    seen, forms = set(), []
    while todo and len(seen) < PAGES:
        path = todo.pop(0)
        if path in seen or path == "/events":
            continue
        seen.add(path)
        answer = me.ask("GET", path)
        page = hostile.check(answer, (role, path))
        if answer.status == 200 and path in first:
            shown.add(first[path])
        if page is None:
            continue
        if follow:
            todo += [x.split("#")[0] for x in page.links]
        forms += [(path, f) for f in page.forms]
    return seen, forms


def to_fill_in(forms):
    """Of each place one that a person types into, and what nobody of another
    role has filled in."""
    out = {}
    for path, f in forms:
        to = f["method"].upper(), route_of(f["method"].upper(),
                                           f["action"] or path)
        if to not in filled_in and not f["action"].startswith(LEFT) and any(
                a.get("type") not in ("hidden", "checkbox", "radio")
                for _, a in f["fields"]):
            out.setdefault(to, (path, f))
    filled_in.update(out)
    return out.values()


def fill_in(me, role, forms, value):
    me.get("/me")
    csrf = me.csrf()
    for path, form in forms:
        action = form["action"]
        if form["method"] == "get":
            body = hostile.body_of(form, value, "")[0]
            if len(body) < 400:
                hostile.check(me.ask("GET", f"{action or path}?{body}"),
                              (role, action, value[:20]))
            continue
        body, kind = hostile.body_of(form, value, csrf)
        a = me.ask("POST", action, body, type_=kind)
        hostile.check(a, (role, action, value[:20]))
        if a.status == 303:
            hostile.check(me.ask("GET", a.location), (role, a.location))
        if a.status == 303 and action == "/registrations/import":
            me.post(a.location + "/drop")   # only so many may wait


def without_the_word(world, me, forms):
    """The places that want a word typed are refused without it, and change
    nothing; what is marked as dangerous without one is named above."""
    for path, form in forms:
        to = route_of("POST", form["action"])
        fields = dict((a["name"], a) for _, a in form["fields"]
                      if "name" in a)
        if "confirm" not in fields:
            assert not form["danger"] or to in NO_WORD, (path, to)
            continue
        asks = to, fields.get("do", {}).get("value")
        if asks in asking:
            continue
        asking.add(asks)
        for word in ("", "another")["required" not in fields["confirm"]:]:
            typed = {k: a.get("value", "") for k, a in fields.items()
                     if a.get("type") not in ("checkbox", "radio")}
            before = look(world)[1]
            a = me.ask("POST", form["action"], urlencode(
                {**typed, "confirm": word}))
            assert a.status == 422 or "done=word" in (a.location or ""), (
                path, to, word, a.status, a.location)
            assert look(world)[1] == before, (path, to, word)


with hostile.prepare() as world:
    world.start_host()
    devices = [(enrolled(world, "k01", OWN), [1, 2]),
               (enrolled(world, "k02", FOREIGN), [1])]
    people = {role: joined(world, f"{role}@summit.example", role,
                           OWN if role.startswith("sponsor") else None)
              for role in ROLES}
    receipt = hostile.fill(world, people, devices)
    stars = places(world, people)
    hostile.check(Person(world).ask("GET", "/login"), "nobody")
    attendees(world, receipt)
    for r in ROLES:
        found, forms = walk(people[r], r, stars)
        without_the_word(world, people[r], forms)
        forms = to_fill_in(forms)
        for v in hostile.VALUES:
            fill_in(people[r], r, forms, v)
        # What was typed in may be in the store now.
        walk(people[r], r, stars, follow=False)
        print(r, len(found), "pages,", len(forms), "forms")
    assert {to for to, _ in asking} == ASKING, {to for to, _ in asking}
    routes = {r.path for r in table() if r.method == "GET"}
    assert routes - shown == set(NOT_SHOWN), routes - shown ^ set(NOT_SHOWN)
    logged = world.log("host").read_text()
    assert hostile.MARK not in logged, logged
    print("ok")
