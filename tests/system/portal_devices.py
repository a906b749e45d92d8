# SPDX-License-Identifier: Apache-2.0
"""Devices in staff's pages: added with an address that is shown once and
enrols, renewed, told where it stands, its health and what changed of it,
revoked, lost, found, reassigned. Wrong input, other roles and other states change
nothing; each change is in the audit."""

import html
import json
import os
import re
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from portal import joined, qr_on  # noqa: E402
from wire import Wire  # noqa: E402
from world import World  # noqa: E402

HEALTH = {"version": "0.1.0", "backlog": 2, "storage": "ok", "clock": "ntp",
          "reader": "ready", "trouble": "none"}


def address(page):
    return re.search(r'id="address">([^<]+)<', page.text).group(1)


def listed(w):
    return {d["name"]: d for d in json.loads(w.cli("device", "list",
                                                   "--json"))}


def says(device, **health):
    body = json.dumps({**HEALTH, **health}).encode()
    assert device.call("POST", "/v1/device/status", body).status == 200


def added(w, p):
    p.get("/devices")
    assert "There is no device yet" in p.page.text
    for fields, why in (
            ({"name": "K 07"}, "cannot be used"),
            ({"name": ""}, "cannot be used"),
            ({"name": "k07", "sponsor": "nobody"}, "no such sponsor"),
            ({"name": "k07", "booth": "B" * 81}, "too long"),
            ({"name": "k07", "booth": "a\u202eb"}, "no plain text"),
            ({"name": "k07", "booth": "a\x07b"}, "no plain text")):
        a = p.post("/devices", **{"sponsor": "acme", **fields})
        assert a.status == 422 and why in a.text, (fields, a.status)
        assert listed(w) == {}
    a = p.post("/devices", name="k07", sponsor="acme",
               booth="Hall 2, <b>")
    assert a.status == 200 and "<svg class=\"qr\"" in a.text
    assert a.headers["Cache-Control"] == "no-store"
    old = address(a)
    assert qr_on(a.text) == old
    assert old not in p.get("/devices/k07").text
    assert "<title>Device k07 · " in p.page.text
    assert "Hall 2, &lt;b&gt;" in p.page.text
    # The name is given once and for all; no code is where it was refused.
    a = p.post("/devices", name="k07", sponsor="acme")
    assert a.status == 422 and "was a device of this name" in a.text
    assert "/enrol#" not in a.text
    # Another address: the one before is good for nothing.
    p.get("/devices/k07")
    new = address(p.post("/devices/k07/renew"))
    assert Wire(old).offer().status == 404
    device = Wire(new).enrol()
    p.get("/devices/k07")
    assert "has not said yet" in p.page.text
    assert "/devices/k07/renew" not in p.page.text
    a = p.post("/devices/k07/renew")
    assert a.status == 422 and "enrolled already" in a.text
    return device


def told(p, device):
    says(device)
    assert "All is well." in p.get("/devices/k07").text
    says(device, backlog=7)
    says(device, reader="absent", trouble="reader", backlog=7)
    text = p.get("/devices/k07").text
    assert "its reader does not work" in text and "not plugged in" in text
    assert re.search(r"Waits to be sent</dt><dd>7<", text)
    table = text[text.index("What changed"):]
    assert table.count("<tr>\n") == 2, table
    bad = device.call("POST", "/v1/device/status", b"[]")
    assert bad.status == 400
    p.post("/devices/k07/booth", place="Hall 3")
    assert p.at == "/devices/k07?done=saved"
    for place in ("B" * 81, "a\u202eb"):
        assert p.post("/devices/k07/booth", place=place).status == 422
        p.get("/devices/k07")
    assert "<bdi>Hall 3</bdi>" in p.page.text


def again(w, p, *acts):
    """From a page that was open before: it is so already, since then."""
    with sqlite3.connect(w.host_dir / "host.db", timeout=10) as db:
        db.execute("UPDATE device SET lost_at = 9 WHERE lost_at <> 0")
        before = db.execute("SELECT * FROM device").fetchall()
    for act in acts:
        p.post(f"/devices/k07/{act}", confirm="k07")
        assert p.at == "/devices/k07?done=otherwise", (act, p.at)
    with sqlite3.connect(w.host_dir / "host.db") as db:
        assert db.execute("SELECT * FROM device").fetchall() == before


def leads_to_its_incident(w, p):
    """Of a lost device there are 72 hours to tell the authority: for the roles
    that may report it, and with the device filled in."""
    officer = joined(w, "pia@summit.example", "privacy-officer")
    desk = joined(w, "eve@summit.example", "badge-desk")
    assert "72 hours" not in desk.get("/devices/k07").text
    for role in (p, officer):
        page = role.get("/devices/k07")
        assert "there are 72 hours to notify the authority" in page.text
        to, = re.findall(r'href="([^"]*)">Open an incident of this device<',
                         page.text)
        page = role.get(html.unescape(to).split("#")[0])
        assert re.search('name="device"[^>]*value="k07"', page.text)
        assert 'id="open"' in page.text and to.endswith("#open"), to
    officer.post("/duties/incidents", device="k07", sponsor="", since="",
                 until="", aware=time.strftime("%Y-%m-%d", time.gmtime()))
    assert officer.at.startswith("/duties/incidents/1?"), officer.at
    page = p.get("/devices/k07")
    assert 'href="/duties/incidents/1">To its incident<' in page.text
    assert "there are 72 hours" in page.text
    # What was done is not asked for once more; nor an incident of before.
    for act, says in (("reported", "and the authority was notified"),
                      ("closed", "Its incident is closed")):
        with sqlite3.connect(w.host_dir / "host.db", timeout=10) as db:
            db.execute(f"UPDATE incident SET {act}_at = unixepoch()")
        page = p.get("/devices/k07")
        assert says in page.text and "72 hours" not in page.text, act
        assert 'href="/duties/incidents/1">To its incident<' in page.text
    with sqlite3.connect(w.host_dir / "host.db", timeout=10) as db:
        db.execute("UPDATE incident SET closed_at = 7, reported_at = 6")
    page = p.get("/devices/k07")
    assert "72 hours" in page.text and "Open an incident of this" in page.text


def refused(p, act):
    """What is said stands on top; the form is open, and no other one is."""
    at, page = f"/devices/k07/{act}", p.page.text
    assert p.at == f"/devices/k07?done=word&open={at}", p.at
    above, below = page.split('<dl class="facts">', 1)
    assert re.search('note-danger" role="alert">Nothing was changed', above)
    assert page.count('<details class="danger" open>') == 1
    form = below.split('<details class="danger" open>')[1]
    assert f'action="{at}"' in form.split("</details>")[0], form


def ended(w, p, device):
    p.get("/devices/k07")
    assert "can still open Name" in p.page.text
    for act in ("revoke", "lost"):
        for word in ("", "K07", "k08"):
            p.post(f"/devices/k07/{act}", confirm=word)
            refused(p, act)
    # Whoever reloads a form's address is led to the page above it.
    assert p.get("/devices/k07/revoke").status == 200
    assert p.at == "/devices/k07", p.at
    assert "Nothing was changed" not in p.page.text
    assert listed(w)["k07"]["state"] == "active"
    p.post("/devices/k07/lost", confirm="k07")
    assert p.at == "/devices/k07?done=device-lost", p.at
    assert listed(w)["k07"]["state"] == "revoked" and listed(w)["k07"]["lost"]
    assert device.call("GET", "/v1/device/policy").status == 403
    leads_to_its_incident(w, p)
    again(w, p, "lost", "revoke")
    p.post("/devices/k07/found")
    assert p.at == "/devices/k07?done=device-found"
    assert not listed(w)["k07"]["lost"]
    assert "72 hours" not in p.get("/devices/k07").text
    again(w, p, "found", "revoke")
    assert p.get("/devices/k99").status == 404


def reassigned(w, p):
    """Both or neither: a name that is taken leaves the old one as it is."""
    p.get("/devices")
    Wire(address(p.post("/devices", name="k08", sponsor="acme"))).enrol()
    p.get("/devices/k08")
    a = p.post("/devices/k08/reassign", name="k09", sponsor="acme")
    assert a.status == 422 and "type the device" in a.text
    p.get("/devices/k08")
    a = p.post("/devices/k08/reassign", name="k07", sponsor="acme",
               confirm="k08")
    assert a.status == 422 and "of this name before" in a.text
    assert listed(w)["k08"]["state"] == "active"
    p.get("/devices/k08")
    a = p.post("/devices/k08/reassign", name="k09", sponsor="example-corp",
               booth="Hall 4", confirm="k08")
    assert a.status == 200, a.text
    Wire(address(a)).enrol()
    now = listed(w)
    assert now["k08"]["state"] == "revoked" and now["k08"]["entries"] == 1
    assert now["k09"]["state"] == "active"
    assert (now["k09"]["sponsor"], now["k09"]["booth"]) == \
        ("example-corp", "Hall 4")
    # What has ended already needs no word.
    p.get("/devices/k08")
    a = p.post("/devices/k08/reassign", name="k10", sponsor="acme")
    assert a.status == 200 and listed(w)["k10"]["state"] == "invited"


def others(w):
    desk = joined(w, "dan@summit.example", "badge-desk")
    page = desk.get("/devices/k09")
    assert page.status == 200 and "/devices/k09/" not in page.text
    assert 'action="/devices"' not in desk.get("/devices").text
    before = listed(w)
    for path in ("/devices", "/devices/k09/revoke", "/devices/k09/reassign"):
        assert desk.post(path, name="k20", sponsor="acme",
                         confirm="k09").status == 403
    assert listed(w) == before


def audited(w):
    with sqlite3.connect(w.host_dir / "host.db") as db:
        rows = [tuple(r) for r in db.execute(
            "SELECT act, object FROM audit WHERE actor = 'account:1' AND act "
            "LIKE 'device.%' ORDER BY id")]
    assert rows == [
        ("device.add", "k07"), ("device.renew", "k07"),
        ("device.booth", "k07"), ("device.lost", "k07"),
        ("device.found", "k07"), ("device.add", "k08"),
        ("device.revoke", "k08"), ("device.add", "k09"),
        ("device.add", "k10")], rows


with World() as world:
    world.start_host()
    olga = joined(world, "olga@summit.example", "organiser")
    k07 = added(world, olga)
    told(olga, k07)
    ended(world, olga, k07)
    reassigned(world, olga)
    others(world)
    audited(world)
    said = world.log("host").read_text()
    assert "enrol#" not in said
    print("ok")
