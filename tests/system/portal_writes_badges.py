# SPDX-License-Identifier: Apache-2.0
"""The badge desk in the browser: a real station asks the host for work with
its token, a badge is ordered on the page and written to a simulated tag, which
reads back; what is in the way is said in words, in German too; open pages are
told as it goes on."""

import json
import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from badgedesk import station, token  # noqa: E402
from portal import joined  # noqa: E402
from sim import Sim  # noqa: E402
from wire import badge_of  # noqa: E402
from world import World, until  # noqa: E402

AT = "/badges/stations/left"
LAST = "SELECT act, object FROM audit ORDER BY id DESC LIMIT 1"


def state(person):
    m = re.search(r'data-state="(\w+)"', person.get(AT).text)
    return m.group(1)


def ended(person, want):
    until(lambda: state(person) in ("done", "failed"), 120, "the job ends")
    assert state(person) == want, person.page.text
    return person.page.text


def order(person, registration, **fields):
    page = person.get(f"{AT}/{registration}")
    boxes = re.findall(r'name="(f\d)" value="1" checked', page.text)
    if fields.pop("pointer", False):
        boxes = []
    return person.post(AT + "/order", registration=registration,
                       **dict.fromkeys(boxes, "1"), **fields)


def rows(world, sql):
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return db.execute(sql).fetchall()


def api(world, path, secret, body=b"{}"):
    c = world.connection()
    headers = {"Content-Type": "application/json"}
    if secret:
        headers["Authorization"] = "Bearer " + secret
    c.request("POST", "/api/v1/stations/" + path, body, headers)
    r = c.getresponse()
    out = r.status, json.loads(r.read() or b"{}")
    c.close()
    return out


def test_tokens(world, organiser):
    """Only the scope opens it, and a person's login never does."""
    other = world.cli("token", "add", "x", "--scope", "metrics:read",
                      "--days", "1").split()[-1]
    assert api(world, "left/poll", None)[0] == 401
    assert api(world, "left/poll", other)[0] == 403
    assert organiser.ask("POST", "/api/v1/stations/left/poll", "{}",
                         type_="application/json").status == 403
    assert organiser.get("/badges").text.count("No station is there yet") == 1


class Stream:
    """The events that an open page listens to."""

    def __init__(self, person):
        self.c = person.connect()
        self.c.request("GET", "/events", headers={
            "Host": person.host, "Cookie": "; ".join(
                f"{k}={v}" for k, v in person.cookies.items())})
        self.r = self.c.getresponse()
        self.change()

    def change(self):
        while not self.r.readline().startswith(b"event: change"):
            pass


def test_written(world, sim, desk, who):
    sim.do("tag add one ntag216 04e10cda993c80")
    a = desk.get(f"{AT}?q=ada")
    assert f'href="{AT}/{who}"' in a.text and "none yet" in a.text
    a = order(desk, who)
    assert desk.at == AT, (desk.at, a.text)
    until(lambda: state(desk) == "waiting", 60, "it waits for a tag")
    assert "Put an empty tag" in desk.page.text and "Ada" in desk.page.text
    # It has one job at a time.
    a = order(desk, who)
    assert a.status == 409 and "another job" in a.text
    told = Stream(desk)
    sim.do("tag present one")
    told.change()
    text = ended(desk, "done")
    assert "the badge is ready" in text and "ntag216" in text
    assert "issue 1" in text
    # It reads back, as the badge that the store has.
    held = world.dir / "held"
    held.write_bytes(sim.dump("one")[16:])
    badge_id, edition = badge_of(held)
    assert edition == 1
    assert rows(world, "SELECT badge_id FROM badge") == [(badge_id,)]
    audit = rows(world, "SELECT actor, act, object, detail FROM audit "
                 "ORDER BY id")[-2:]
    assert audit[0][0].startswith("account:") and audit[0][1:] == (
        "badge.order", f"registration {who}", "station left"), audit
    assert audit[1][0].startswith("token:") and audit[1][1:3] == (
        "badge.issue", f"registration {who} edition 1"), audit
    assert "made" in desk.get("/registrations?q=ada").text
    sim.do("tag remove one")


def test_in_the_way(world, sim, desk, german, who, other):
    # Another's badge lies there.
    sim.do("tag present one")
    order(desk, other)
    assert f"the tag holds the badge of registration {who}; take an empty " \
        "tag" in ended(desk, "failed")
    assert re.search(rf'written over<br><a href="/registrations/{who}">.*'
                     'Ada', desk.page.text), desk.page.text
    assert f"liegt der Badge der Anmeldung {who}" in german.get(AT).text
    assert "Order it again" in desk.page.text
    # It may be written over by whoever types the number, and by nobody else.
    for wrong in (who, "yes", "9" * 40):
        a = order(desk, other, confirm=wrong, pointer=True)
        assert a.status == 422 and "Nothing was ordered" in a.text, wrong
        assert not re.search(r'name="f\d" value="1" checked', a.text)
        assert '<details class="danger" open>' in a.text
    assert state(desk) == "failed"
    # Torn away before it is written over, it is still good.
    blocked = ("SELECT count(*) FROM badge WHERE retired_at <> 0 AND "
               f"registration = {who}")
    sim.do("tag tear one 0 writes")
    order(desk, other, confirm=other)
    ended(desk, "failed")
    assert rows(world, blocked) == [(0,)]
    sim.do("tag present one")
    order(desk, other, confirm=other)
    ended(desk, "done")
    assert rows(world, blocked) == [(1,)]
    sim.do("tag remove one")
    # It does not fit: what would.
    sim.do("tag add small ntag213 04c20cda993c84")
    sim.do("tag present small")
    order(desk, who)
    text = ended(desk, "failed")
    assert "does not fit" in text, text
    assert "--fields" not in text and "--pointer" not in text, text
    assert "passt nicht auf ein Tag" in german.get(AT).text
    order(desk, who, pointer=True)
    ended(desk, "done")
    # A reissue blocks this one.
    order(desk, who, pointer=True, reissue="1")
    ended(desk, "done")
    assert rows(world, blocked) == [(2,)]
    assert "Station <bdi>left</bdi>; der frühere Badge wurde gesperrt" in \
        german.get(f"/registrations/{who}").text, german.page.text
    # Its own edition is the first again.
    assert "issue 3" in desk.get(AT).text
    sim.do("tag remove small")
    assert "blocked since" in desk.get(f"/registrations/{who}").text
    # Whoever may have none is not ordered for.
    minor = rows(world, "SELECT id FROM registration WHERE status = 3")[0][0]
    a = desk.get(f"{AT}/{minor}")
    assert "minor" in a.text and "/order" not in a.text
    desk.get(f"{AT}/{who}")
    a = desk.post(AT + "/order", registration=str(minor), f1="1")
    assert a.status == 422 and state(desk) == "done"
    desk.get(f"{AT}/{who}")
    assert desk.post(AT + "/order", registration="999").status == 404
    assert desk.get("/badges/stations/none").status == 404
    assert desk.get(f"{AT}/999").status == 404


def test_taken_back(world, sim, desk, who):
    order(desk, who)
    until(lambda: state(desk) == "waiting", 60, "it waits for a tag")
    job = re.search(r'name="job" value="(\d+)"', desk.page.text).group(1)
    made = rows(world, "SELECT count(*) FROM edition")
    a = desk.post(AT + "/cancel", job=str(int(job) + 1))
    assert "Nothing was changed" in a.text and state(desk) == "waiting"
    a = desk.post(AT + "/cancel", job=job)
    assert state(desk) == "cancelled" and "taken back" in desk.page.text
    assert rows(world, "SELECT count(*) FROM edition") == made
    assert rows(world, "SELECT act FROM audit ORDER BY id DESC LIMIT 1") == [
        ("badge.cancel",)]


def test_sheets(world, desk):
    desk.get("/badges/sheet")
    for fields, say in (({"format": "none"}, "Choose the labels"),
                        ({"start": "11"}, "no such label"),
                        ({"start": "0"}, "no such label"),
                        ({"only": "7,x"}, "Give numbers"),
                        ({"only": "7\t9"}, "Give numbers"),
                        ({"only": "9999999"}, "nobody to print")):
        a = desk.post("/badges/sheet", **{"format": "avery-l4785",
                                          "start": "1", "only": "", **fields})
        assert a.status == 422 and say in a.text, (fields, a.status)
    desk.get("/badges/sheet")
    a = desk.post("/badges/sheet", format="avery-l4785", start="3",
                  only="1, 2,99999")
    assert a.status == 200 and "does not exist" in a.text
    a = desk.post("/badges/sheet", format="avery-l4785", start="3",
                  only="1, 2,99999", rest="1")
    assert a.body[:5] == b"%PDF-" and b"%%EOF" in a.body[-10:]
    assert a.headers["Content-Type"] == "application/pdf"
    assert "badges.pdf" in a.headers["Content-Disposition"]
    assert rows(world, LAST) == [("badge.sheet", "2 badges")]
    desk.get("/badges/sheet")
    a = desk.post("/badges/sheet", format="card", start="1", test="1")
    assert a.body[:5] == b"%PDF-"
    assert rows(world, LAST) == [("badge.sheet", "2 badges")]


def test_not_there(desk, told):
    """After 15 seconds of silence."""
    until(lambda: told.change() or "not there" in desk.get("/badges").text,
          120, "the station is gone, and the page was told")
    assert "The station is not there" in desk.get(AT).text


with World(policy=None) as world, Sim() as sim:
    world.start_host()
    organiser = joined(world, "o@summit.example", "organiser")
    desk = joined(world, "d@summit.example", "badge-desk")
    german = joined(world, "de@summit.example", "badge-desk", language="de")
    test_tokens(world, organiser)
    process = station(world, sim, token(desk))
    until(lambda: AT in desk.get("/badges").text, 60, "the page shows it")
    assert "free" in desk.page.text
    who = [str(i) for i, in rows(
        world, "SELECT id FROM registration WHERE status = 0 ORDER BY id")]
    test_written(world, sim, desk, who[0])
    test_in_the_way(world, sim, desk, german, who[0], who[1])
    test_taken_back(world, sim, desk, who[2])
    stream = Stream(desk)
    process.stop()
    test_sheets(world, desk)
    test_not_there(desk, stream)
