# SPDX-License-Identifier: Apache-2.0
"""In a summit full of hostile names, every page that each role can reach, by
the table of routes and by following links, and every form filled in with such
values: no element, attribute, address, header or formula comes from a
value."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import hostile  # noqa: E402
from hosting import enrolled  # noqa: E402
from portal import Person, joined  # noqa: E402
from routes import FOREIGN, OWN, ROLES, filled, table  # noqa: E402

PAGES = int(os.environ.get("HOSTILE_PAGES", "60"))      # of each role
FORMS = int(os.environ.get("HOSTILE_FORMS", "40"))
# One's own way in, and forms whose tries are counted.
LEFT = ("/logout", "/login", "/me/", "/invite/")


def walk(me, role):
    """Every page that it finds; the forms on them."""
    todo = [filled(r) for r in table() if r.method == "GET" and
            r.path != "/events" and r.reach[role] != "-"]
    seen, forms = set(), {}
    while todo and len(seen) < PAGES:
        path = todo.pop(0)
        if path in seen or path == "/events":
            continue
        seen.add(path)
        page = hostile.check(me.ask("GET", path), (role, path))
        if page is None:
            continue
        todo += [x.split("#")[0] for x in page.links]
        for f in page.forms:
            if any(a.get("type") not in ("hidden", "checkbox", "radio")
                   for _, a in f["fields"]):
                forms.setdefault(f["action"], (path, f))
    return seen, forms


def fill_in(me, role, forms, value):
    n = 0
    for action, (path, form) in list(forms.items())[:FORMS]:
        if action.startswith(LEFT):
            continue
        n += 1
        if form["method"] == "get":
            body = hostile.body_of(form, value, "")[0]
            if len(body) < 400:
                hostile.check(me.ask("GET", f"{action or path}?{body}"),
                              (role, action, value[:20]))
            continue
        me.get("/me")
        body, kind = hostile.body_of(form, value, me.csrf())
        a = me.ask("POST", action, body, type_=kind)
        hostile.check(a, (role, action, value[:20]))
        if a.status == 303:
            hostile.check(me.ask("GET", a.location), (role, a.location))
        if a.status == 303 and action == "/registrations/import":
            me.post(a.location + "/drop")   # only so many may wait
    return n


with hostile.prepare() as world:
    world.start_host()
    devices = [(enrolled(world, "k01", OWN), [1, 2]),
               (enrolled(world, "k02", FOREIGN), [1])]
    people = {role: joined(world, f"{role}@summit.example", role,
                           OWN if role.startswith("sponsor") else None)
              for role in ROLES}
    hostile.fill(world, people, devices)
    hostile.check(Person(world).ask("GET", "/login"), "nobody")
    for r in ROLES:
        found, fields = walk(people[r], r)
        told = [fill_in(people[r], r, fields, v) for v in hostile.VALUES]
        # What was typed in may be in the store now.
        walk(people[r], r)
        print(r, len(found), "pages,", told[0], "forms")
    logged = world.log("host").read_text()
    assert hostile.MARK not in logged, logged
    print("ok")
