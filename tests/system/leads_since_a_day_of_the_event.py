# SPDX-License-Identifier: Apache-2.0
"""A day from which leads are wanted begins where the event is: in a sponsor's
list, at the API and for `export leads --since`."""

import csv
import datetime
import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import badges, enrolled  # noqa: E402
from portal import joined  # noqa: E402
from program import DOCUMENT, Program, token  # noqa: E402
from world import World  # noqa: E402

OWN = "/api/v1/sponsors/example-corp"
UTC = datetime.timezone.utc


def elsewhere():
    """A zone where it is another day than in UTC now, for an hour at least, and
    a day that has begun in one of the two alone; whether in that zone."""
    now = datetime.datetime.now(UTC)
    if now.hour < 10:
        return "Pacific/Pago_Pago", now.date(), False
    return "Pacific/Kiritimati", now.date() + datetime.timedelta(1), True


def counts(world, manager, program, day):
    """How many leads there are since that day, each way."""
    out = world.dir / "leads.csv"
    world.cli("export", "leads", "--sponsor", "example-corp", "--format",
              "csv", "--since", day, "--out", out, "--force")
    with open(out, newline="", encoding="utf-8") as f:
        yield len(list(csv.DictReader(f)))
    yield len(re.findall(r'<tr id="lead-',
                         manager.get(f"/leads?since={day}").text))
    yield len(program.get(f"{OWN}/leads?modified_since={day}").json["items"])
    made = program.ask("POST", f"{OWN}/exports",
                       {"format": "json", "since": str(day)})
    assert made.status == 200, made.status
    yield len(made.json)
    yield len(program.get(f"{OWN}/counts?since={day}").json["items"])


with World() as world:
    world.start_host()
    manager = joined(world, "m@example.com", "sponsor-manager", "example-corp")
    program = Program(world, token(world, "crm", "leads:read",
                                   "example-corp"))
    program.document = program.get(DOCUMENT).json
    device = enrolled(world)
    device.share(badges(world, 1)[0], [1, 2])
    assert device.upload(1).status == 200
    zone, day, begun = elsewhere()
    for name, want in (("UTC", not begun), (zone, begun)):
        world.cli("case", "zone", name)
        got = list(counts(world, manager, program, day))
        assert got == [int(want)] * 5, (name, day, got)
    print("ok")
