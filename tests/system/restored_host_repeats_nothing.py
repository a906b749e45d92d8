# SPDX-License-Identifier: Apache-2.0
"""What a host gave out after a backup was made is not given out again when that
backup is put back, with the newest rights-done or without: an edition of a
badge, so that no key and nonce are used twice; the number of a notice, which a
program may still acknowledge; the version of what is noted on a lead, which one
may still change, with a note from the booth or without; a policy's serial, also
when the clock was ahead for a while, and its number; the name of a device. And a
badge that was lost stays blocked."""

import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import (BIN, UIDS, World, attending, badges,  # noqa: E402
                     enrolled)
from mine import database, rows  # noqa: E402
from program import Program, token  # noqa: E402
from wire import (POLICY as ENTRY_POLICY, badge_of, encode,  # noqa: E402
                  open_jws)
from world import POLICY, clock_env  # noqa: E402

NOTICES = "/api/v1/sponsors/example-corp/notices"
LEAD = "/api/v1/sponsors/example-corp/leads/k01-"
AHEAD = 40 * 86400


def written(w, person, *more):
    out = w.dir / "badge"
    w.cli("badge", "encode", "--registration", person["id"], "--uid", UIDS[0],
          "--out", out, "--type", "ntag216", "--force", *more)
    return badge_of(out)


def serial(d):
    answer = d.call("GET", "/v1/device/policy")
    assert answer.status == 200, answer.body
    return json.loads(open_jws(answer.text, d.host_spki)[1])["serial"]


def told(w, secret):
    return {n["lead"]: n["id"] for n in
            Program(w, secret).get(NOTICES).json["items"]}


def noted(w, secret, text, seen="*", lead=2):
    """The version that it is now; None: it is another one than was seen."""
    a = Program(w, secret).ask("PATCH", f"{LEAD}{lead}", {"note": text},
                               If_Match=seen)
    assert a.status in (200, 412), (a.status, a.body)
    return f'"{a.json["version"]}"' if a.status == 200 else None


def noted_at_the_booth(w, lead):
    """As the host keeps what a device sealed."""
    with database(w) as db:
        db.execute("INSERT INTO note (id, lead, plain) SELECT id, id, ? "
                   "FROM lead WHERE id & 4294967295 = ?",
                   (encode([1, None, [], {}, "from the booth"]), lead))


def blocked(w, badge):
    return rows(w, "SELECT retired_at <> 0 FROM badge WHERE badge_id = ?",
                badge[0]) == [(1,)]


with World() as world:
    clock = world.dir / "clock"
    clock.write_text("0 ntp")
    env = clock_env(clock)
    world.start_host(env=env)
    d = enrolled(world, "k01")
    ada, ben, eve = attending(world)[:3]
    hers, his, third, fourth = badges(world, 4)
    for badge in hers, his, fourth:
        d.share(badge, [1, 2])
    assert d.upload(1).status == 200
    noted_at_the_booth(world, 3)
    crm = token(world, "crm", "leads:read,leads:write", "example-corp")
    world.cli("backup", world.dir / "early")

    # Given out since.
    given = {hers, written(world, ada), written(world, ada)}
    assert len({badge for badge, _ in given}) == 1, given
    written(world, ben, "--reissue")
    enrolled(world, "k09").close()
    versions = {lead: {noted(world, crm, "one", lead=lead)}
                for lead in (2, 3)}
    # Under a policy that the copy has not.
    text = world.dir / "text.conf"
    text.write_text(POLICY.read_text() + "\n# since\n")
    world.cli("policy", "install", text)
    d.take_policy(open_jws(d.call("GET", "/v1/device/policy").text,
                           d.host_spki)[1])
    assert d.policy["version"] == "2"
    d.add(ENTRY_POLICY, ["2", d.policy["serial"], d.policy_sha])
    under = d.share(third, [1])
    world.cli("right", "withdraw", ada["id"])
    notices = told(world, crm)
    assert list(notices) == ["k01-1"], notices
    old = notices["k01-1"]
    clock.write_text(f"{AHEAD} ntp")
    d.skew = AHEAD
    world.cli("right", "restrict", eve["id"])
    had = serial(d)
    clock.write_text("0 ntp")
    d.skew = 0

    numbers = {old}
    for whole in True, False:
        d.close()
        world.host.stop()
        if not whole:
            shutil.copy(world.dir / "early/rights-done",
                        world.host_dir / "rights-done")
        world.cli("restore", world.dir / "early")
        world.start_host(env=env)
        again = written(world, ada)
        assert again not in given, "an edition was given twice"
        given.add(again)
        # With the file it is known that another edition of it is worn.
        assert blocked(world, hers) == whole
        now = serial(d)
        assert now > had, (now, had)
        had = now
        answer = Program(world, crm).ask("POST", f"{NOTICES}/{old}/acknowledge")
        assert answer.status == 404, answer.status
        for lead, seen in versions.items():
            now = noted(world, crm, "another", lead=lead)
            assert now not in seen, (lead, now, seen)
            assert not any(noted(world, crm, "none", v, lead) for v in seen)
            seen.add(now)
        world.cli("right", "withdraw", ben["id"])
        number = told(world, crm)["k01-2"]
        assert number not in numbers, numbers
        numbers.add(number)
        if not whole:
            continue
        assert blocked(world, his), "a lost badge is good again"
        p = subprocess.run([BIN / "badgeward", "-C", world.host_dir, "device",
                            "add", "k09", "--sponsor", "example-corp"],
                           capture_output=True, text=True)
        assert p.returncode != 0 and "never recurs" in p.stderr, p
    # It is that one again behind another, and what was shared under it counts.
    text.write_text(re.sub(r"(retention_days\s*=\s*)\d+", r"\g<1>9",
                           POLICY.read_text()))
    world.cli("policy", "install", text)
    world.cli("policy", "install", world.host_dir / "policy/2.conf")
    assert d.upload(3).status == 200
    assert rows(world, "SELECT state FROM lead WHERE id & 4294967295 = ?",
                under) == [(0,)], rows(world, "SELECT id, state, reason "
                                       "FROM lead")
    # The badge that was made anew goes on with its editions.
    assert written(world, ada) == (again[0], again[1] + 1)
    print("ok")
