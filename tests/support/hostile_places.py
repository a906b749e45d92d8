# SPDX-License-Identifier: Apache-2.0
"""hostile_places.py - in a summit of hostile values (hostile.py): where else
staff's pages show what somebody typed or sent, and each person's own pages.

    filled = places(world, people)      # after hostile.fill
    {route: path of a page that is there}
"""

import html
import io
import re
import time
import urllib.parse
import zipfile

import hostile
from badgedesk import token
from casing import opened
from hosting import attending
from mailing import mailer, setup
from mine import FORM, Mine, rows
from portal import invite
from program import Program
from routes import OWN, table
from smtpsink import Sink
from wire import Client

V = hostile.VALUES
HEAD = "Order #,First Name,Last Name,Email,Quantity,Attendee Status,Barcode #,"
LANGUAGES = ("en", "ar")


def cases(officer, registrations):
    """One for each person, with its name and its wish."""
    nums = [opened(officer, type="access", registration=r["id"], wish=v[:900])
            for r, v in zip(registrations, V)]
    officer.get(f"/cases/{nums[0]}")
    return nums


def incident(officer):
    """Open, with its letter in such words."""
    officer.get("/duties/incidents")
    officer.post("/duties/incidents", device="k01", sponsor="", since="",
                 until="", aware=time.strftime("%Y-%m-%d", time.gmtime()))
    num = re.search(r"/duties/incidents/(\d+)", officer.at)[1]
    officer.get(f"/duties/incidents/{num}/letter")
    to, = re.findall(r'action="([^"]*/letter\?seen=[^"]*)"',
                     officer.page.text)
    a = officer.post(html.unescape(to), lang="", happened=V[0], likely=V[1],
                     done=V[2], advice=V[5])
    assert a.status == 200, a.text
    return num


def draft(world, organiser):
    """Another than the policy that holds."""
    organiser.get("/policy")
    organiser.post("/policy/draft")
    text = organiser.get("/policy/draft/text").text
    source = (world.dir / "policy.conf").read_text()
    assert "retention_days = 180" in source
    organiser.post(
        "/policy/draft/text", source=source.replace("= 180", "= 170"),
        rev=re.search(r'name="rev" value="(\d+)"', text)[1])
    assert organiser.page.status == 200, organiser.page.text


def staged(desk):
    """An upload that waits, with columns and rows of such names."""
    head = HEAD + ",".join('"' + v.replace('"', '""') + '"' for v in V[:3])
    lines = [f"1,<b>{hostile.MARK},M,p{i}@x.example,1,Attending,77{i:05},a,b,c"
             for i in range(4)]
    desk.get("/registrations/import")
    desk.upload("/registrations/import", "file",
                "\n".join([head, *lines, ""]).encode())
    return re.search(r"/registrations/import/(\w+)", desk.at)[1]


def station(world, desk, who):
    """It writes who's badge, and says that it did not."""
    p = Program(world, token(desk))
    at = "/badges/stations/left"

    def say(what, body, status=200):
        a = p.ask("POST", "/api/v1/stations/left/" + what, body)
        assert a.status == status, (what, a.status, a.body)
        return a.json

    say("poll", {})
    desk.get(f"{at}/{who}")
    desk.post(at + "/order", registration=who)
    job = say("poll", {})["job"]["id"]
    say("state", {"job": job, "state": "failed", "why": V[0]}, 400)
    say("state", {"job": job, "state": "failed", "why": "refused"})
    return "left"


def places(world, people):
    """{pattern of a route: its path}, of those that routes.filled has none
    for."""
    registrations = attending(world)
    officer, desk = people["privacy-officer"], people["badge-desk"]
    num = cases(officer, registrations)[0]
    breach = incident(officer)
    draft(world, people["organiser"])
    world.cli("hold", "add", "--registration", registrations[1]["id"],
              "--reason", V[0], "--reviewer", V[1])
    world.cli("token", "add", V[0], "--scope", "leads:read", "--sponsor", OWN,
              "--days", "9")
    late = invite(world, "late@summit.example", "organiser")
    invite(world, "ours@summit.example", "sponsor-scanner", OWN)
    theirs, ours = (rows(world, "SELECT id FROM account WHERE mail = ?",
                         f"{who}@summit.example")[0][0]
                    for who in ("late", "ours"))
    minor, = [r["id"] for r in world.registrations() if r["status"] == "minor"]
    starred = {
        "/minors/*": [minor],
        "/cases/*": [num], "/duties/incidents": [breach],
        "/policy/draft/sponsors": [OWN, 1],
        "/registrations/import/*": [staged(desk)],
        "/badges/stations": [station(world, desk, registrations[0]["id"]),
                             registrations[0]["id"]],
        "/ours/screen": ["en", 1], "/people/*/reset": [theirs],
        "/team/*/link": [ours], "/invite/*": [late.rsplit("/", 1)[1]],
        "/api/v1/sponsors/*/leads/*": [OWN, "k01-1"]}
    out = {}
    for route in table():
        for begin, values in starred.items():
            if route.path.startswith(begin) and "*" in route.path:
                path = route.path
                for v in values:
                    path = path.replace("*", str(v), 1)
                out[route.path] = path
    return out


# ---- people's own pages

def asked(answer, told):
    assert answer.status == 200, (told, answer.status)
    return hostile.check(answer, told)


def own_pages(world, person):
    """/my/ with each act that shows something, the copies, and the form that
    comes back as it was filled in."""
    for lang in LANGUAGES:
        me = Mine(world, lang).enter(person["id"])
        for act in ("", "read", "correct", "erase"):
            page = me.act(act)
            assert hostile.MARK in page.text or act == "erase", (lang, act)
            asked(page, (lang, act))
    for value in V:
        a = me.act("save", name=value, company=value, email=value)
        assert a.status in (200, 413, 422), (value[:20], a.status)
        hostile.check(a, value[:20])
    copy = me.act("json").json
    assert hostile.MARK in copy["shares"][0]["sponsor"]["name"]
    files = zipfile.ZipFile(io.BytesIO(me.act("zip").body))
    for name in files.namelist():
        text = files.read(name).decode()
        if name.endswith(".html"):
            assert hostile.MARK in text
            page = hostile.Page(text, alone=True)
            assert not page.faults, (name, page.faults[:5])
        elif name.endswith(".csv"):
            hostile.check_table(text, name)


def of_code(world, path, code, acts):
    """The page that a code opens, at /r/ or /my/shares/."""
    for lang in LANGUAGES:
        for act in acts:
            body = urllib.parse.urlencode({"code": code, "lang": lang,
                                           "act": act})
            page = Client(world.url).ask("POST", path, body, FORM)
            assert hostile.MARK in page.text, (path, act)
            asked(page, (path, lang, act))


def mailed(world):
    """The code of the day's mail, and its link that ends them."""
    with Sink() as sink:
        setup(world, sink)
        mailer(world, "--daily")
        text, = [m.text for m in sink.take() if "/my/shares/#" in m.text]
    return re.search(r"/my/shares/#([A-Z2-7]{26})", text)[1], \
        re.search(r"/my/stop/[A-Z2-7]{26}", text)[0]


def attendees(world, receipt):
    """receipt: the code of one, of a share that has come."""
    code, stop = mailed(world)
    for lang in LANGUAGES:
        for path in ("/", "/privacy", "/verify", "/r/", "/my/", "/my/shares/",
                     stop):
            asked(Client(world.url).ask("GET", f"{path}?lang={lang}"), path)
    of_code(world, "/r/", receipt, ("", "receipt"))
    of_code(world, "/my/shares/", code, ("",))
    own_pages(world, attending(world)[1])
