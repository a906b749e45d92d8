# SPDX-License-Identifier: Apache-2.0
"""An open page hears of a change that another process made, eight listen per
login and the oldest gives way, all end with the login, and the host stops while
pages are open. What an open page asks by itself keeps no login from being over,
and its stream ends with it, whichever way it ends. Nothing follows the head of
what HEAD asks for, so that the next answer on that connection is another's.
A step of the clock stops none. A sponsor's page hears of its own booths, and by
the clock: nothing of what is done elsewhere."""

import os
import re
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import attending, badges, enrolled, everything  # noqa: E402
from mine import Mine  # noqa: E402
from portal import Person, change, joined, listen  # noqa: E402
from world import World  # noqa: E402


def seen(w, ago=None, what="seen_at"):
    """When olga's logins were seen; first it is made to be so long ago."""
    with sqlite3.connect(w.dir / "host/host.db", timeout=20) as db:
        if ago is not None:
            db.execute(f"UPDATE login SET {what} = {what} - ? WHERE account ="
                       " 1", (ago,))
        return db.execute("SELECT seen_at FROM login WHERE account = 1"
                          ).fetchone()[0]


def nobody_is_there(w, olga):
    before = seen(w, 600)
    a = olga.ask("GET", "/dashboard", headers={"Badgeward-Live": "counts=0"})
    assert a.status == 200 and seen(w) == before, (a.status, before)
    c, r = listen(olga)
    change(r)
    c.close()
    assert seen(w) == before
    assert olga.get("/dashboard").status == 200 and seen(w) > before
    for ago, what in ((1801, "seen_at"), (12 * 3600 + 1, "created_at")):
        r = listen(olga)[1]
        change(r)
        seen(w, ago, what)
        r.read()    # until its end, which nobody has asked for
        a = olga.ask("GET", "/dashboard",
                     headers={"Badgeward-Live": "counts=0"})
        assert a.location == "/login", (what, a.status)
        olga.cookies = {}
        olga.log_in("olga@summit.example")


def ended_from_elsewhere(w, olga):
    """The page of a login that its owner ends from another one hears of
    nothing more."""
    r = listen(olga)[1]
    change(r)
    other = Person(w)
    other.secret, other.used = olga.secret, olga.used
    other.recovery = olga.recovery
    other.log_in("olga@summit.example")
    page = other.get("/me").text
    for path in re.findall(r'action="(/me/logins/\d+/end)"', page):
        other.post(path, follow=False)
        other.get("/me")
    r.read()
    assert other.page.status == 200
    assert olga.ask("GET", "/dashboard").location == "/login"
    olga.cookies = {}
    olga.log_in("olga@summit.example")


def head_alone(p):
    """To its last byte, after which the library once sent a chunk of none."""
    c = p.connect()
    c.connect()
    c.sock.sendall((
        f"HEAD /events HTTP/1.1\r\nHost: {p.host}\r\nCookie: " + "; ".join(
            f"{k}={v}" for k, v in p.cookies.items()) +
        "\r\n\r\nGET /healthz HTTP/1.1\r\n"
        f"Host: {p.host}\r\nConnection: close\r\n\r\n").encode())
    head, _, rest = everything(c.sock).partition(b"\r\n\r\n")
    assert b" 200 " in head.split(b"\r\n")[0], head
    assert b"text/event-stream" in head, head
    # What came in front may keep the connection, and answers the other too.
    assert rest == b"" or rest.startswith(b"HTTP/1.1 200 "), rest


def nothing_from_elsewhere(w, olga):
    """Staff's page hears each of these, and a sponsor's only its own share."""
    other, own = enrolled(w), enrolled(w, "k08", "acme")
    badge = badges(w, 3)
    person = attending(w)[0]

    def shares(device, n):
        device.share(badge[n], [1])
        assert device.upload(device.size()).status == 200

    shares(other, 0)
    shares(own, 0)
    scanner = joined(w, "m@acme.example", "sponsor-scanner", "acme")
    pages = [listen(olga), listen(scanner)]
    staff, sponsor = (r for _, r in pages)
    began = time.monotonic()
    first = change(staff), change(sponsor)
    for act in (lambda: shares(other, 1),
                lambda: (other.decline(), other.upload(other.size())),
                lambda: Mine(w).enter(person["id"]).act("withdraw",
                                                        share="k07-1"),
                lambda: w.cli("device", "add", "k09", "--sponsor",
                              "example-corp")):
        act()
        last = change(staff)
    assert last >= first[0] + 4, (first, last)
    heard = change(sponsor)     # its first look
    shares(own, 2)
    heard = change(sponsor)
    # Within the minute it was by its own share that it was told.
    minutes = (time.monotonic() - began) // 60
    assert heard <= 3 + minutes, (first, heard)
    scanner.get("/me")
    scanner.post("/logout")
    rest = re.findall(rb"data: (\d+)", sponsor.read())
    assert len(rest) <= (time.monotonic() - began) // 60, rest
    pages[0][0].close()


def wind(w, seconds):
    new = w.dir / "clock.new"
    new.write_text(str(seconds))
    new.rename(w.dir / "clock")


def clock_steps(w, dan):
    """Ahead and back, by less than a login may be idle: the pages hear of what
    is done after either."""
    c, r = listen(dan)
    change(r)
    for n, seconds in enumerate((1200, 1200, 0, 0)):
        wind(w, seconds)
        w.cli("account", "invite", f"n{n}@summit.example", "--role",
              "badge-desk")
        change(r)
    c.close()


with World() as world:
    wind(world, 0)
    os.environ.update(LD_PRELOAD=os.environ["BUILD"] + "/tests/wallclock.so",
                      WALLCLOCK=str(world.dir / "clock"),
                      ASAN_OPTIONS="verify_asan_link_order=0")
    # Streams are bounded by login, and do not count as connections of theirs.
    world.start_host(["--per-address", "6"])
    olga = joined(world, "olga@summit.example", "organiser")
    dan = joined(world, "dan@summit.example", "badge-desk")
    nobody_is_there(world, olga)
    ended_from_elsewhere(world, olga)
    head_alone(olga)
    nothing_from_elsewhere(world, olga)
    clock_steps(world, dan)
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
