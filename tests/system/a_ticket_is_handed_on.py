# SPDX-License-Identifier: Apache-2.0
"""A ticket is handed on: an import has another name and another address for it.
Who had it keeps shares, links and sponsors, but the badge is refused at the
booth; who has it begins with nothing. An older file brings the first one
back."""

import csv
import io
import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import attending  # noqa: E402
from mine import Mine, link, rows, words  # noqa: E402
from portal import joined  # noqa: E402
from program import Program, token  # noqa: E402
from world import REGISTRATIONS, World, until  # noqa: E402

NAME, MAIL = "Bo Berg", "bo@berg.example"


def visit(device, tag):
    """What the booth says to this badge: "shared" or "unread"."""
    kiosk = device.kiosk
    kiosk.tap("start")
    kiosk.tap("share")
    kiosk.wait("hold")
    device.sim.do(f"tag present {tag}")
    until(lambda: kiosk.state() not in ("hold", "reading"), 30, "an answer")
    state = kiosk.state()
    if state == "ask":  # shared here before: that is asked once more
        kiosk.tap("decline")
        kiosk.wait("declined")
    device.sim.do(f"tag remove {tag}")
    kiosk.tap("done")
    kiosk.wait("idle")
    return state


def handed_on(path):
    """The example's rows; the first ticket has another holder."""
    with open(REGISTRATIONS, newline="", encoding="utf-8-sig") as f:
        table = list(csv.reader(f))
    first = dict(zip(table[0], range(len(table[0]))))
    table[1][first["First Name"]], table[1][first["Last Name"]] = NAME.split()
    table[1][first["Email"]] = MAIL
    out = io.StringIO()
    csv.writer(out).writerows(table)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def api_leads(world):
    p = Program(world, token(world, "crm", "leads:read", "example-corp"))
    return p.get("/api/v1/sponsors/example-corp/leads").json["items"]


def names(world):
    return [r["name"] for r in world.leads()]


def main():
    with World() as world:
        world.start_host()
        ada = attending(world)[0]
        device = world.device("k07", "example-corp")
        device.enrol()
        device.uplink.stop()
        device.start_uplink(("--every", "1"))
        device.start_kiosk()
        device.kiosk.wait("idle", 30000)
        tag = device.badge(ada["id"], "04e10cda993c80")
        assert visit(device, tag) == "shared"
        device.synced()
        assert names(world) == [ada["name"]]
        mailed = link(world, int(ada["id"]))

        later = handed_on(world.dir / "later.csv")
        for dry in ("--dry-run",), ():
            said = world.cli("import", "eventbrite", later, *dry)
            assert "\nhanded on: 1; another name" in said, said
            assert "  1 handed on: another name and another address" in said
            assert "added 0, changed 0, unchanged 10, skipped " in said, said
            assert ada["name"] not in said and MAIL not in said, said
            people = {r["id"]: r for r in world.registrations()}
            assert len(people) == (11 if dry else 12), people
        assert people[ada["id"]]["status"] == "handed-on", people
        assert people[ada["id"]]["email"] == ada["email"]
        new, = [r for r in people.values() if r["email"] == MAIL]
        assert new["status"] == "attending" and new["name"] == NAME
        said = world.cli("import", "eventbrite", later)
        assert "added 0, changed 0, unchanged 11" in said, said
        assert "handed on" not in said, said

        # The one has nothing of the other; the other all of it.
        bo = words(Mine(world).enter(new["id"]).page().text)
        assert NAME in bo and "Example Corp" not in bo, bo
        for value in ada["name"], ada["email"]:
            assert value not in bo, bo
        me = Mine(world)
        mine = words(me.open(mailed).text)
        assert ada["name"] in mine and "Example Corp" in mine, mine
        assert "Handed on" in mine and MAIL not in mine, mine

        # Sponsors keep what was shared; the badge is good no more.
        assert names(world) == [ada["name"]]
        assert [r["values"]["name"] for r in api_leads(world)] == [ada["name"]]
        until(lambda: visit(device, tag) == "unread", 60, "a refused badge")
        device.synced()
        assert names(world) == [ada["name"]]
        said = world.refused("badge", "encode", "--registration", ada["id"],
                             "--uid", "04e10cda993c81", "--type", "ntag215",
                             "--out", world.dir / "no.bin")
        assert "was handed on: the ticket has another registration, " \
            f"number {new['id']}, and" in said, said

        # The desk sees that too, and the shop's own key.
        desk = joined(world, "desk@summit.example", "badge-desk")
        page = desk.get(f"/registrations/{ada['id']}").text
        assert "refused at every booth" in page and ">good" not in page
        keys = [re.search(r"Key of the shop</dt>\s*<dd>(.*?)</dd>", page, re.S
                          ).group(1) for page in (page, desk.get(
                              f"/registrations/{new['id']}").text)]
        assert keys[0] == keys[1] and "handed" not in keys[0], keys

        # Both again, with the old file; then the new one once more.
        assert "handed on: 1" in world.cli("import", "eventbrite",
                                           REGISTRATIONS)
        status = {r["id"]: r["status"] for r in world.registrations()}
        assert len(status) == 12, status
        assert status[ada["id"]] == "attending", status
        assert status[new["id"]] == "handed-on", status
        until(lambda: visit(device, tag) == "ask", 60, "her badge again")
        world.cli("import", "eventbrite", later)
        status = {r["id"]: r["status"] for r in world.registrations()}
        assert len(status) == 12 and status[new["id"]] == "attending", status

        # Who withdraws now withdraws her own.
        share, = rows(world, "SELECT 'k07-' || (id & 4294967295) FROM lead "
                             "WHERE state = 0")
        assert Mine(world).enter(ada["id"]).act(
            "withdraw", share=share[0]).status == 200
        assert names(world) == []
        print(world.verify("k07").strip())


main()
