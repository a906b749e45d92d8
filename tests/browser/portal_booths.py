# SPDX-License-Identifier: Apache-2.0
"""In a browser, in English and German: staff add a device and get its address,
see it come alive on the open dashboard without a reload, look at its page,
report it lost; a sponsor's person sees the own booth. axe finds nothing on any
page."""

import json
import os
import sys
import threading

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed  # noqa: E402
from hosting import badges, enrolled  # noqa: E402
from portal import joined  # noqa: E402
from wire import Wire  # noqa: E402
from world import World  # noqa: E402

HEALTH = {"version": "0.1.0", "backlog": 0, "storage": "ok", "clock": "ntp",
          "reader": "ready", "trouble": "none"}


def says(device, **health):
    body = json.dumps({**HEALTH, **health}).encode()
    assert device.call("POST", "/v1/device/status", body).status == 200


def stir(w, pipe, badge):
    """A booth, when the browser asks: its address in, then what it sends."""
    devices = {}
    with open(pipe) as lines:
        for line in lines:
            word, what = line.split()
            if word == "enrol":
                devices[what] = Wire(what).enrol()
                says(devices[what], clock="held")
                last = devices[what]
            else:
                start = len(last.log)
                for _ in range(int(what)):
                    last.share(badge, [1, 2])
                last.decline()
                assert last.upload(start).status == 200


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
    pipe = world.dir / "pipe"
    os.mkfifo(pipe)
    booth = threading.Thread(target=stir, args=(world, pipe, one), daemon=True)
    booth.start()
    print(browse(world, "portal_booths.mjs", pipe=str(pipe),
                 cookies={"en": people[0].cookies, "de": people[1].cookies,
                          "mia": mia.cookies}))
