# SPDX-License-Identifier: Apache-2.0
"""In a browser: a privacy officer takes a request in, finds the person, does
what was asked for, looks at the letter and sends it; the queue with one that is
over-due; holds. The sponsor's pages follow. In English and German. Erasures, granted by the officer and
planned at /my/, take effect when their time is over."""

import html
import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed, printed, serve  # noqa: E402
from hosting import attending, badges, enrolled  # noqa: E402
from mine import link, rows  # noqa: E402
from portal import invite, joined  # noqa: E402
from world import World, clock_env, until  # noqa: E402

DAYS = 4 * 86400
COMPANY = "Rights & Wrongs"


def day(ahead):
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() +
                                                 ahead * 86400))


def gone(world, who):
    """One that is to be erased: with links for before and after."""
    return {**who, "first": link(world, who["id"]),
            "then": link(world, who["id"], 2 * DAYS)}


def days(world, clock):
    """The machine sleeps, and the host does what is due."""
    assert len(rows(world, "SELECT 1 FROM barrier WHERE erase_due > 0")) == 2
    clock.write_text(f"0 slept={DAYS}")
    until(lambda: not rows(world, "SELECT 1 FROM barrier WHERE erase_due > 0"),
          60, "the erasures take effect")


def sponsor(p):
    """What the sponsor's own pages say of the share, each as it is asked for."""
    def listed():
        a = p.get("/leads")
        assert a.status == 200 and "Leads" in a.text
        return 'href="/leads/k01.1"' in a.text

    def notice(says):
        rows_ = p.get("/withdrawals").text.split("<tr")
        assert [r for r in rows_ if "<bdi>k01-1<" in r and says in r], says

    def there():
        assert listed()

    def gone():
        assert not listed()

    def corrected():
        there()
        assert html.escape(COMPANY) in p.get("/leads/k01.1").text
        notice("Corrected")

    def withdrawn():
        gone()
        notice("Withdrawn by the attendee")

    return {f.__name__: f for f in (there, gone, corrected, withdrawn)}


needed()
with World() as world:
    clock = world.dir / "clock"
    clock.write_text("0")
    world.start_host(env=clock_env(clock))
    device, side = enrolled(world, "k01"), enrolled(world, "side", "acme")
    badge, = badges(world, 1)
    device.share(badge, [1, 2, 3])
    side.share(badge, [1])
    assert device.upload(1).status == 200 and side.upload(1).status == 200
    who, asks, self = attending(world)[:3]
    scout = joined(world, "max@example.com", "sponsor-manager", "example-corp")
    print(browse(world, "portal_cases.mjs", who=who, late=day(-45),
                 soon=day(-26), review=day(30), company=COMPANY,
                 gone={"asks": gone(world, asks), "self": gone(world, self),
                       "steps": DAYS // 30},
                 control=serve({"days": lambda: days(world, clock),
                                **sponsor(scout)}), people={
                     "en": invite(world, "en@summit.example",
                                  "privacy-officer"),
                     "de": invite(world, "de@summit.example",
                                  "privacy-officer")}))
printed("case-en", ("Case",), ("All cases",))
