# SPDX-License-Identifier: Apache-2.0
"""An open page hears of a change that another process made, eight listen per
login and the oldest gives way, all end with the login, and the host stops while
pages are open."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from portal import change, joined, listen  # noqa: E402
from world import World  # noqa: E402


with World() as world:
    # Streams are bounded by login, and do not count as connections of theirs.
    world.start_host(["--per-address", "6"])
    olga = joined(world, "olga@summit.example", "organiser")
    dan = joined(world, "dan@summit.example", "badge-desk")
    first, r = listen(olga)
    assert r.headers["Content-Type"] == "text/event-stream"
    change(r)
    more = [listen(olga) for _ in range(8)]
    assert [a.status for _, a in more] == [200] * 8
    r.read()        # the oldest ends
    r = more[0][1]
    change(r)
    world.cli("account", "invite", "eve@summit.example", "--role",
              "badge-desk")
    change(r)
    kept, other = listen(dan)
    change(other)
    olga.get("/me")
    olga.post("/logout")
    r.read()        # until its end
    world.host.p.terminate()
    other.read()
    assert world.host.p.wait(60) == 0
    print("ok")
