# SPDX-License-Identifier: Apache-2.0
"""What is good once is not good again over a backup that is put back: the
address that a device enrolled with, one that staff replaced because somebody saw
it, an invitation to the portal, a recovery code and one of the second factor;
those that nobody used are
good still, but for the addresses, which are renewed."""

import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, device_line, leads  # noqa: E402
from portal import Person, invite, joined  # noqa: E402
from wire import Wire  # noqa: E402


def lets_in(w, code):
    """Whether it lets the organiser in."""
    p = Person(w)
    p.get("/login")
    p.post("/login", mail="org@s.example", password=owner.password)
    p.post("/login/second", code=code)
    return p.page.status == 200 and not p.at.startswith("/login")


def is_good(address):
    """Whether a device that has it is let in."""
    w = Wire(address)
    answer = w.offer()
    if answer.status == 200:
        return True
    assert answer.status == 410, (answer.status, answer.body)
    return False


def put_back(w):
    w.host.stop()
    w.cli("restore", w.dir / "backup")
    w.start_host()


with World() as world:
    world.start_host()
    owner = joined(world, "org@s.example", "organiser")
    new = invite(world, "new@s.example", "badge-desk")
    used, seen, unused = (
        world.cli("device", "add", name, "--sponsor", "example-corp")
        for name in ("k01", "k02", "k03"))
    world.cli("backup", world.dir / "backup")

    d = Wire(used).enrol()
    d.close()
    world.cli("device", "renew", "k02")
    Person(world).accept(new)
    assert lets_in(world, owner.recovery[0])
    assert not lets_in(world, owner.recovery[0])
    second = owner.code()
    assert lets_in(world, second)

    for i in range(2):
        put_back(world)
        assert not lets_in(world, second)
        for address in used, seen, unused:
            assert not is_good(address), address
        assert "invited" in device_line(world, "k01")
        assert not lets_in(world, owner.recovery[0])
        assert lets_in(world, owner.recovery[1 + i])
        p = Person(world)
        assert p.get(new).status != 200 or "password" not in p.page.text
    # And by hand, without the command.
    world.host.stop()
    for end in "-wal", "-shm":
        (world.host_dir / f"host.db{end}").unlink(missing_ok=True)
    shutil.copy(world.dir / "backup/host.db", world.host_dir / "host.db")
    world.start_host()
    for address in used, seen, unused:
        assert not is_good(address), address
    assert not lets_in(world, owner.recovery[0])
    # A device that may is invited again.
    d = Wire(world.cli("device", "renew", "k03")).enrol()
    assert d.call("GET", "/v1/device/policy").status == 200
    d.close()
    assert leads(world) == {}
    print("ok")
