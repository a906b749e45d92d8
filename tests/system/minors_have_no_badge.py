# SPDX-License-Identifier: Apache-2.0
"""Nobody under 18 has a badge for booths, by the report's age or because staff
say so: none is made by any way, one that was made is blocked on the devices, and
its shares are released no more. Turning 18 in the report lifts nothing: staff
do, who have seen a proof."""

import base64
import csv
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, leads  # noqa: E402
from wire import open_jws  # noqa: E402
from world import REGISTRATIONS  # noqa: E402


def aged(world, email, age):
    """The report once more, in which one person has another age."""
    rows = list(csv.reader(REGISTRATIONS.read_text().splitlines()))
    at, mail = rows[0].index("Age"), rows[0].index("Email")
    for row in rows[1:]:
        if row[mail] == email:
            row[at] = age
    path = world.dir / "aged.csv"
    with open(path, "w", newline="") as f:
        csv.writer(f).writerows(rows)
    world.cli("import", "eventbrite", path)


def status(world, number):
    return next(r["status"] for r in world.registrations()
                if r["id"] == number)


def blocked(d):
    """How long the list is that the device gets, which is sealed to it."""
    answer = d.call("GET", "/v1/device/policy")
    assert answer.status == 200, answer.status
    payload = json.loads(open_jws(answer.text, d.host_spki)[1])
    return len(base64.b64decode(payload["blocked"]))


def refused_everywhere(world, number):
    out = world.dir / "none"
    for args in (("badge", "encode", "--registration", number, "--uid",
                  "04e10cda993cbb", "--out", out),
                 ("badge", "encode", "--registration", number, "--uid",
                  "04e10cda993cbb", "--out", out, "--pointer"),
                 ("badge", "encode", "--registration", number, "--uid",
                  "04e10cda993cbb", "--out", out, "--reissue")):
        assert "minor" in world.refused(*args), args
        assert not out.exists()
    sheet = world.dir / "sheet.pdf"
    assert "does not attend" in world.refused(
        "badge", "sheet", "--format", "avery-l4785", "--registration",
        number, "--out", sheet)
    assert not sheet.exists()


with World() as world:
    world.start_host()
    d = enrolled(world)
    person = attending(world)[0]
    number = person["id"]
    badge = badges(world, 1)[0]
    share = f"k07-{d.share(badge, [1, 2])}"
    assert d.upload(1).status == 200
    assert share in leads(world)
    none = blocked(d)

    # A later import knows better.
    aged(world, person["email"], "17")
    assert status(world, number) == "minor"
    assert blocked(d) > none, blocked(d)
    assert share not in leads(world)
    refused_everywhere(world, number)
    # Turning 18 is no proof; staff who have seen one release.
    aged(world, person["email"], "18")
    assert status(world, number) == "minor" and blocked(d) > none
    world.cli("registration", "release", number)
    assert status(world, number) in ("attending", "released")
    assert blocked(d) == none and share in leads(world)

    # Staff say so, whatever the report says.
    assert "is minor" in world.cli("registration", "minor", number)
    assert "already" in world.cli("registration", "minor", number)
    assert blocked(d) > none and share not in leads(world)
    refused_everywhere(world, number)
    for age in ("", "40"):
        aged(world, person["email"], age)
        assert status(world, number) == "minor", age
    world.cli("registration", "release", number)
    assert blocked(d) == none
    world.refused("registration", "minor", "999")
    print("ok")
