# SPDX-License-Identifier: Apache-2.0
"""A hold outlives a backup that is put back: an erasure that only a hold stops,
and that is due by then, is not done when the host starts, be the hold on the
person, a sponsor or the event. What was lifted since stops nothing. The file
that says so has no reason in it; what is restored asks to be looked at."""

import json
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, until  # noqa: E402
from mine import rows  # noqa: E402
from portal import joined  # noqa: E402


def put_back(w, backup):
    w.host.stop()
    w.cli("restore", backup)
    w.start_host()


def time_goes_by(w):
    """What is planned to be erased is due since a moment."""
    record = w.host_dir / "rights-done"
    record.write_text(re.sub(r"(?m)^(1 \d+ withheld .*) [1-9]\d*$",
                             rf"\1 {int(time.time()) - 1}",
                             record.read_text()))


def erase(w, *people):
    for person in people:
        w.cli("right", "erase", person, "--without-case", "law")


def hold(w, *on):
    """Its number."""
    said = w.cli("hold", "add", *on, "--reason", "lawsuit 7 O 12",
                 "--reviewer", "anna")
    return re.match(r"hold (\d+) stands", said)[1]


def lift(w, which):
    (number,), = rows(w, "SELECT id FROM hold WHERE lifted_at = 0 AND " + which)
    w.cli("hold", "lift", str(number), "--yes")


def holds(w):
    """{scope: why} of those that stand."""
    return {h["scope"]: h["reason"]
            for h in json.loads(w.cli("hold", "list", "--json"))}


def here(w, people):
    """Whether each is there, in order: erased ones are not."""
    had = {r["id"]: r["status"] for r in w.registrations()}
    return "".join("-" if had.get(p, "deleted") == "deleted" else "+"
                   for p in people)


with World() as world:
    world.start_host()
    d = enrolled(world)
    held = badges(world, 5)
    who = [p["id"] for p in attending(world)[:5]]
    d.share(held[1], [1, 2])
    assert d.upload(1).status == 200
    # Of these a person, who shared with a sponsor, who was held at the backup,
    # who was in between, and nothing else.
    person, shared, before, between, free = who
    old = hold(world, "--registration", before)
    world.cli("backup", world.dir / "early")

    erase(world, *who)
    hold(world, "--registration", person)
    hold(world, "--sponsor", "example-corp")
    world.cli("hold", "lift", old, "--yes")
    world.cli("hold", "lift", hold(world, "--registration", between), "--yes")
    text = (world.host_dir / "rights-done").read_text()
    assert "lawsuit" not in text and "anna" not in text, text
    time_goes_by(world)
    d.close()
    for _ in range(2):
        put_back(world, world.dir / "early")
        assert here(world, who) == "++---", here(world, who)
        why = holds(world)
        assert set(why) == {"person", "sponsor"}, why
        assert all("before a backup was put back" in r
                   for r in why.values()), why
    page = joined(world, "po@summit.example", "privacy-officer",
                  language="de").get("/holds").text
    assert page.count("bevor eine Sicherung zurückgespielt wurde") == 2, page
    assert "a backup" not in page and "privacy officer" not in page
    # They are lifted as any other is.
    lift(world, "scope = 1")
    until(lambda: here(world, who) == "+----", 30, "the erasure is done")
    hold(world, "--event")
    lift(world, f"registration = {person}")
    put_back(world, world.dir / "early")
    stand = rows(world, "SELECT scope, registration FROM hold "
                 "WHERE lifted_at = 0 AND registration <> ?", int(before))
    assert stand == [(2, 0)], stand
    # And what is gone is not held.
    assert here(world, who) == "+----", here(world, who)
    print("ok")
