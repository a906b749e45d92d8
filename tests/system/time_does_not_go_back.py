# SPDX-License-Identifier: Apache-2.0
"""A host whose clock is behind brings back nothing that is over: no token, no
invitation, no link, no share whose period is over. What is withdrawn meanwhile
is withdrawn, also when the booth sends the share after the clock is right."""

import base64
import os
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, leads  # noqa: E402
from mine import FORM, Mine, link, rows  # noqa: E402
from portal import Person, invite, joined  # noqa: E402
from wire import Client  # noqa: E402
from world import until  # noqa: E402

DAY = 86400
AWAY = 44
LOOK = 30       # the host looks every 10 s


def wind(shift, slept):
    new = clock.with_suffix(".new")
    new.write_text(f"{shift} slept={slept}")
    new.rename(clock)


def believed():
    return rows(world, "SELECT wall FROM hostclock")[0][0]


def days_later(days):
    """The machine slept so long in all; the host has seen it."""
    had = believed()
    wind(0, days * DAY)
    until(lambda: believed() >= had + 10 * DAY, LOOK, "a look")


def api():
    c = world.connection()
    c.request("GET", "/api/v1/sponsors/acme/leads", headers={
        "Host": manager.host, "Authorization": "Bearer " + token})
    status = c.getresponse().status
    c.close()
    return status


def withdraw(code):
    form = urllib.parse.urlencode({"code": code, "act": "withdraw"})
    return Client(world.url).ask("POST", "/r/", form, FORM).status


def good():
    """What of all that is over is good."""
    return [what for what, is_good in {
        "token": api() == 200,
        "share": leads(world, "acme") != {},
        "session": manager.get("/leads") and manager.at == "/leads",
        "invitation": "password" in Person(world).get(invitation).text,
    }.items() if is_good]


with World() as world:
    clock = world.dir / "clock"
    wind(0, 0)
    os.environ.update(LD_PRELOAD=os.environ["BUILD"] + "/tests/wallclock.so",
                      WALLCLOCK=str(clock),
                      ASAN_OPTIONS="verify_asan_link_order=0")
    world.start_host()
    first, second = badges(world, 2)
    manager = joined(world, "m@acme.com", "sponsor-manager", "acme")
    officer = joined(world, "p@summit.example", "privacy-officer")
    token = manager.make_token("x", "leads:read", days="7")
    invitation = invite(world, "n@acme.com", "sponsor-manager", "acme")
    mine = link(world, attending(world)[0]["id"], 3600)
    device = enrolled(world, "k08", "acme")
    device.share(first, [1, 2])
    assert device.upload(1).status == 200
    assert good() == ["token", "share", "session", "invitation"], good()
    days_later(22)
    days_later(AWAY)
    assert good() == [], good()

    wind(-AWAY * DAY, AWAY * DAY)
    assert good() == [], good()
    assert Mine(world).open(mine).status != 200
    # Codes by time are those of the clock, so that an officer can log in.
    officer.log_in("p@summit.example")
    assert "clock is behind" in officer.get("/duties").text

    receipt = os.urandom(16)
    device.share(second, [1, 2], rc=receipt)
    code = base64.b32encode(receipt).decode().rstrip("=")
    assert withdraw(code) == 200
    wind(0, AWAY * DAY)
    assert "behind" not in world.cli("purge")
    world.host.stop()       # the next start clears out what is old
    world.start_host()
    until(lambda: rows(world, "SELECT count(*) FROM link") == [(0,)], LOOK,
          "a purge")
    assert rows(world, "SELECT count(*) FROM pending") == [(1,)]
    device.skew = AWAY * DAY
    # Its body came late; the person's word did not.
    assert device.upload(device.size()).status == 200
    assert rows(world, "SELECT state FROM lead ORDER BY id") == [(0,), (2,)]
    print("ok")
