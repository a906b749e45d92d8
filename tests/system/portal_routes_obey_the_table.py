# SPDX-License-Identifier: Apache-2.0
"""Every route of people's pages, asked by every role, by nobody and for a
foreign sponsor's things: the answer is the table's (badgeward-host --routes).
Routes that are added are found by themselves. What a program changes goes by
its token, whose scopes are those that its maker's role offers."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from audited import look  # noqa: E402
from hosting import badges, enrolled  # noqa: E402
from mine import rows  # noqa: E402
from portal import Person, joined, listen  # noqa: E402
from program import Program  # noqa: E402
from world import BIN, World  # noqa: E402

ROLES = ["organiser", "privacy-officer", "badge-desk", "sponsor-manager",
         "sponsor-scanner"]
OWN, FOREIGN = "example-corp", "acme"
OPEN = ("enter",)
HALF = ("second", "enrol")


def table():
    out = subprocess.run([BIN / "badgeward-host", "--routes"],
                         capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        method, path, act, of, need, *reach = line.split("\t")
        assert len(reach) == len(ROLES), line
        yield method, path, act, of, need, reach


def subject(of, foreign):
    return {"sponsor": FOREIGN if foreign else OWN,
            "device": "k02" if foreign else "k01",
            "lead": "k02.1" if foreign else "k01.1",
            "-": "9999999"}[of]


def filled(path, of, foreign):
    """The first star is the subject, the others nothing that exists."""
    out = path.replace("*", subject(of, foreign), 1)
    return out.replace("*", "9999999")


def ask(person, method, path):
    # Without the form's secret: 403 of a change says that the table let it
    # through to there; nothing is changed.
    if path == "/events":   # it does not end
        c, a = listen(person)
        a.text, a.location = "", a.headers.get("Location")
        c.close()
        return a
    body = None if method == "GET" else ""
    headers = {"Content-Length": "0"} if body == "" else {}
    return person.ask(method, path, body, headers)


def there(path, of):
    """Whether what the path names exists: a page that may be seen is."""
    return ("*" not in path if of == "-" else path.count("*") == 1
            ) and not path.startswith("/policy/draft")


def check(person, role, method, path, of, need, letter):
    for foreign in (False, True) if of != "-" else (False,):
        where = filled(path, of, foreign)
        a = ask(person, method, where)
        told = (role, method, where, letter, a.status)
        if letter == "-":
            assert a.status == 403, told
            assert method != "GET" or "Not allowed" in a.text or need == "api"
        elif foreign and letter == "o":
            assert a.status == 404, told
        elif method == "GET":
            assert a.status in (200, 303) or (
                a.status == 404 and not there(path, of)), told
            assert a.location not in ("/login", "/login/enrol"), told
        else:
            assert a.status == 403 and "Not allowed" not in a.text, told


def refused_to_nobody(w, method, path, of, need):
    a = ask(Person(w), method, filled(path, of, False))
    if need == "api":
        assert a.status == 401, (method, path, a.status)
    else:
        assert a.status == 303 and a.location == "/login", (method, path)


# Of each role's tokens: what they change, by the routes below.
MAY = {
    "organiser": {"devices:read": (), "logs:read": (), "metrics:read": (),
                  "badges:write": ("poll",)},
    "privacy-officer": {"devices:read": (), "logs:read": ()},
    "badge-desk": {"badges:write": ("poll",)},
    "sponsor-manager": {
        "leads:read": ("exports",), "devices:read": (),
        "leads:read,leads:write": ("exports", "note", "acknowledge")},
    "sponsor-scanner": {},
}


def changes(role, sponsor, lead, notice):
    """{what: (method, path, body, the answer if it may)}"""
    at, desk = f"/api/v1/sponsors/{sponsor}", f"/api/v1/stations/{role}"
    return {
        "exports": ("POST", f"{at}/exports", {"format": "csv"}, 200),
        "note": ("PATCH", f"{at}/leads/{lead}", {"rating": 3}, 200),
        "acknowledge": ("POST", f"{at}/notices/{notice}/acknowledge", None,
                        204),
        "poll": ("POST", f"{desk}/poll", {}, 200),
        "state": ("POST", f"{desk}/state", {"job": 1, "state": "done"}, None),
        "tag": ("POST", f"{desk}/tag", {}, None)}


def programs_change(w, people, notices):
    """notices: of each sponsor one that is open."""
    for role, tokens in MAY.items():
        offered = set(re.findall(
            r'<option value="([a-z:,]+)"',
            people[role].ask("GET", "/me/tokens").text))
        assert offered == set(tokens), (role, offered)
        for scopes, may in tokens.items():
            p = Program(w, people[role].make_token("x", scopes))
            for sponsor, lead in ((OWN, "k01-1"), (FOREIGN, "k02-1")):
                for what, (method, path, body, good) in changes(
                        role, sponsor, lead, notices[sponsor]).items():
                    told = (role, scopes, what, sponsor)
                    before = look(w)[1]
                    a = p.ask(method, path, body, If_Match="*")
                    after = look(w)[1]
                    if what in ("state", "tag") and "poll" in may:
                        assert a.status in (400, 410), (told, a.status)
                    elif what not in may:
                        assert a.status == 403, (told, a.status)
                    elif "sponsors" in path and sponsor == FOREIGN:
                        assert a.status == 404, (told, a.status)
                    else:
                        assert a.status == good, (told, a.status)
                        # A station that asks for work changes nothing yet.
                        assert what == "poll" or after != before, told
                        continue
                    assert after == before, told


with World() as world:
    world.start_host()
    badge, = badges(world, 1)
    for name, sponsor in (("k01", OWN), ("k02", FOREIGN)):
        device = enrolled(world, name, sponsor)
        device.share(badge, [1, 2])
        seq = device.share(badge, [1])
        assert device.upload(1).status == 200
        world.leads_csv(sponsor)    # so it has to hear what ended
        device.undo(seq)
        assert device.upload(seq + 1).status == 200
    people = {role: joined(world, f"{role}@summit.example", role,
                           OWN if role.startswith("sponsor") else None)
              for role in ROLES}
    n = 0
    for method, path, act, of, need, reach in table():
        if act in OPEN or act in HALF:
            continue
        n += 1
        refused_to_nobody(world, method, path, of, need)
        for role, letter in zip(ROLES, reach):
            check(people[role], role, method, path, of, need, letter)
    assert n >= 20, n
    programs_change(world, people, {
        of: num for num, of in rows(world, "SELECT num, sponsor FROM ack")})
    print(n, "routes")
