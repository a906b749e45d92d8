# SPDX-License-Identifier: Apache-2.0
"""What is begun while the host's clock is years ahead counts as begun when it is
right again: an erasure can be undone and takes effect, a case is due in a month,
an invitation and a login are over in time, mails go out, of new shares each day
too, and days are counted when they are over."""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled  # noqa: E402
from mailing import mailer, setup  # noqa: E402
from mine import Mine, link, rows  # noqa: E402
from portal import Person, invite, joined  # noqa: E402
from smtpsink import Sink  # noqa: E402
from world import until  # noqa: E402

DAY = 86400
YEARS = 3 * 365 * DAY
LOOK = 30       # the host looks every 10 s


def wind(shift, slept=0):
    new = clock.with_suffix(".new")
    new.write_text(f"{shift} slept={slept}")
    new.rename(clock)


def latest(column, table):
    at, = rows(world, f"SELECT coalesce(max({column}), 0) FROM {table}")[0]
    return at - time.time()


def days_later(days):
    """The machine slept so long in all; the host has seen it."""
    wind(0, days * DAY)
    until(lambda: rows(world, "SELECT wall FROM hostclock")[0][0] >
          time.time() + days * DAY - 60, LOOK, "a look")


with World() as world, Sink() as sink:
    clock = world.dir / "clock"
    wind(0)
    os.environ.update(LD_PRELOAD=os.environ["BUILD"] + "/tests/wallclock.so",
                      WALLCLOCK=str(clock),
                      ASAN_OPTIONS="verify_asan_link_order=0")
    world.start_host()
    setup(world, sink)
    second = badges(world, 2)[1]
    person = attending(world)[0]["id"]
    device = enrolled(world)

    wind(YEARS)
    until(lambda: "may be ahead" in world.log("host").read_text(), LOOK,
          "the doubt")
    me = Mine(world)
    assert me.open(link(world, person, YEARS + 3600)).status == 200
    assert me.act("erase-yes").status == 200
    manager = joined(world, "m@example.com", "sponsor-manager", "example-corp")
    invitation = invite(world, "s@example.com", "sponsor-manager",
                        "example-corp")
    mailer(world)
    sink.take()
    world.cli("aggregates")
    assert rows(world, "SELECT value FROM meta WHERE key = 'aggregated'"
                )[0][0] * DAY < time.time()
    assert Mine(world).post("/my/ask", mail=attending(world)[1]["email"])
    until(lambda: latest("next_try", "mail WHERE state = 0") > DAY, LOOK,
          "a mail")

    wind(0)
    until(lambda: "believed again" in world.log("host").read_text(), LOOK,
          "that it is believed")
    assert 71 * 3600 < latest("erase_due", "barrier") < 73 * 3600
    assert latest("received", "casefile") < 60
    assert 27 * DAY < latest("due", "casefile") < 33 * DAY
    assert latest("created_at", "login") < 60
    assert latest("invite_until", "account") < 8 * DAY
    assert latest("until", "link WHERE purpose = 4") < 3600
    assert latest("next_try", "mail WHERE state = 0") < 60
    assert "password" in Person(world).get(invitation).text
    assert manager.get("/leads") and manager.at == "/leads"

    device.share(second, [1, 2])
    assert device.upload(1).status == 200
    mailer(world)
    assert {"/my/#", "/my/shares/#"} <= {
        there for mail in sink.take() for there in ("/my/#", "/my/shares/#")
        if there in mail.text}

    me = Mine(world).enter(person)
    assert me.act("undo").status == 200
    assert rows(world, "SELECT count(*) FROM barrier") == [(0,)]
    assert me.act("erase-yes").status == 200
    days_later(9)
    until(lambda: rows(world, "SELECT status FROM registration WHERE id = ?",
                       person) == [(4,)], LOOK, "the erasure")
    assert "password" not in Person(world).get(invitation).text
    assert manager.get("/leads") and manager.at != "/leads"
    print("ok")
