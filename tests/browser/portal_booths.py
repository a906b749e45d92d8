# SPDX-License-Identifier: Apache-2.0
"""In a browser, in English and German: staff add a device and get its address,
look at booths in every state on the dashboard and at one's page, report it
lost; a sponsor's person sees the own booth. axe finds nothing on any page."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed, printed  # noqa: E402
from hosting import badges, enrolled  # noqa: E402
from portal import joined  # noqa: E402
from world import World  # noqa: E402

HEALTH = {"version": "0.1.0", "backlog": 0, "storage": "ok", "clock": "ntp",
          "reader": "ready", "trouble": "none"}


def says(device, **health):
    body = json.dumps({**HEALTH, **health}).encode()
    assert device.call("POST", "/v1/device/status", body).status == 200


needed()
with World() as world:
    world.start_host()
    people = [joined(world, f"olga.{lang}@summit.example", "organiser",
                     language=lang) for lang in ("en", "de")]
    mia = joined(world, "mia@corp.example", "sponsor-manager", "example-corp")
    one = badges(world, 1)[0]
    for name, sponsor, health in (
            ("k02", "acme", {"reader": "absent", "trouble": "reader"}),
            ("k03", "acme", {"storage": "low", "backlog": 1234}),
            ("k01", "example-corp", {})):
        d = enrolled(world, name, sponsor)
        says(d)
        says(d, **health)
        d.share(one, [1])
        for _ in range(4):
            d.decline()
        assert d.upload(1).status == 200
        world.cli("device", "booth", name, f"Hall 2, B1{name[-1]}")
    print(browse(world, "portal_booths.mjs",
                 cookies={"en": people[0].cookies, "de": people[1].cookies,
                          "mia": mia.cookies}))
printed("dashboard-en", ("By hour", "23:00", "By sponsor"), ("Look again",))
