# SPDX-License-Identifier: Apache-2.0
"""Over a backup that is put back nobody gets in who was kept out since: with an
account that was disabled, a role or a password that was taken away, an API token
that was revoked, a device that was revoked or lost, a link that ended with its
maker's password; what was given back is; and
every session has ended, staff's and attendees'."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, leads  # noqa: E402
from hosting import device_line  # noqa: E402
from mine import Mine, rows  # noqa: E402
from portal import PASSWORD, Person, joined  # noqa: E402
from wire import Client  # noqa: E402

OTHER = "another long passphrase of hers"


def restored(w, backup, *connected):
    for one in connected:
        one.close()
    w.host.stop()
    w.cli("restore", backup)
    w.start_host()


def api(w, token):
    return Client(w.url).ask("GET", "/api/v1/sponsors/example-corp/leads", None, {
        "Authorization": f"Bearer {token}"}).status


def state(w, mail):
    (found,), = rows(w, "SELECT state FROM account WHERE mail = ?", mail)
    return ("invited", "active", "disabled")[found]


def gets_in(w, mail, password=PASSWORD):
    p = Person(w)
    p.get("/login")
    p.post("/login", mail=mail, password=password)
    return p.at != "/login" and p.page.status == 200


with World() as world:
    world.start_host()
    manager = joined(world, "m@example.com", "sponsor-manager",
                     "example-corp")
    anew, *_ = [joined(world, f"{name}@example.com", "sponsor-manager",
                       "example-corp")
                for name in ("anew", "gone", "safe", "less")]
    anew.get("/team")
    made = re.search(r"(/invite/[^<]+)<", anew.post(
        "/team", mail="new@example.com", role="sponsor-manager",
        **anew.proof()).text)[1]
    assert Person(world).get(made).status == 200
    joined(world, "back@example.com", "badge-desk")
    world.cli("account", "disable", "back@example.com")
    token = world.cli("token", "add", "crm", "--scope", "leads:read",
                      "--days", "7", "--sponsor", "example-corp")
    token = re.search(r"bw_[\w-]{32}", token)[0]
    of_gone = Person(world)
    of_gone.log_in("gone@example.com")
    hers = of_gone.make_token("hers", ["leads:read"])
    assert api(world, token) == 200 and api(world, hers) == 200, (
        hers, api(world, token), api(world, hers), of_gone.page.text)
    d = enrolled(world, "k01")
    stolen = enrolled(world, "k02")
    badge, = badges(world, 1)
    stolen.share(badge, [1, 2])
    assert stolen.upload(1).status == 200
    me = Mine(world).enter(attending(world)[0]["id"])
    assert me.page().status == 200
    world.cli("backup", world.dir / "early")

    # Kept out since, and let in.
    world.cli("account", "disable", "gone@example.com")
    world.cli("account", "enable", "back@example.com")
    world.cli("account", "role", "less@example.com", "--role", "sponsor-scanner",
              "--sponsor", "example-corp")
    world.cli("account", "reset", "anew@example.com")
    safe = Person(world)
    safe.log_in("safe@example.com")
    safe.get("/me")
    safe.post("/me/password", proof=PASSWORD, password=OTHER, again=OTHER)
    assert gets_in(world, "safe@example.com", OTHER), safe.page.text
    number = rows(world, "SELECT id FROM token WHERE name = 'crm'")[0][0]
    world.cli("token", "revoke", str(number))
    world.cli("device", "revoke", "k02", "--lost")
    lost, = rows(world, "SELECT lost_at FROM device WHERE name = 'k02'")
    size = stolen.share(badge, [1, 2])

    for _ in range(2):
        restored(world, world.dir / "early", d, stolen, me.client)
        assert manager.get("/start").status != 200 or \
            manager.at == "/login", manager.at
        assert me.page().status != 200, "an attendee's session came back"
        assert state(world, "gone@example.com") == "disabled"
        assert not gets_in(world, "gone@example.com")
        assert state(world, "back@example.com") == "active"
        assert gets_in(world, "m@example.com")
        assert Person(world).get(made).status == 404
        # What she logged in with before is good for nothing, nor is anything.
        assert state(world, "safe@example.com") == "invited"
        assert not gets_in(world, "safe@example.com")
        assert rows(world, "SELECT role FROM account WHERE mail = "
                    "'less@example.com'") == [(4,)]
        assert api(world, token) == 401 and api(world, hers) == 401
        assert "revoked" in device_line(world, "k02")
        assert "active" in device_line(world, "k01")
        assert rows(world, "SELECT lost_at FROM device "
                    "WHERE name = 'k02'") == [lost]
        assert d.call("GET", "/v1/device/policy").status == 200
        assert stolen.call("GET", "/v1/device/policy").status != 200
        # It goes on sending; nobody gets that.
        assert stolen.upload(size).status == 200
        assert len(leads(world)) == 1, leads(world)
    # Without anything done since there is nothing to do again, and yet.
    manager.log_in("m@example.com")
    world.cli("backup", world.dir / "late")
    restored(world, world.dir / "late", d, stolen)
    manager.get("/start")
    assert manager.at == "/login", manager.at
    text = (world.host_dir / "rights-done").read_text()
    assert "@" not in text and token not in text, text
    print("ok")
