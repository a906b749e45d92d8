# SPDX-License-Identifier: Apache-2.0
"""A "not me" that holds many shares: its page has the first fifty, and says of
how many; all where that is asked for. What is done with all is done with all."""

import os
import re
import sqlite3
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import badges, enrolled, leads  # noqa: E402
from many import fill  # noqa: E402
from portal import joined  # noqa: E402
from world import World, until  # noqa: E402

MANY = 60
VERY_MANY = 2000


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def held(world):
    """The case, and the shares of one quarter hour that it holds."""
    device = enrolled(world, "hall.1")
    badge, = badges(world, 1)
    seqs = [device.share(badge, [1, 2]) for _ in range(MANY)]
    assert device.upload(seqs[0]).status == 200
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE lead SET time = ?", (time.time() // 900 * 900,))
        (of,), = db.execute("SELECT DISTINCT holder FROM edition JOIN lead "
                            "ON lead.edition = edition.id")
    assert len(leads(world)) == MANY
    world.cli("case", "open", "not-me", "--registration", str(of), "--share",
              f"hall.1-{seqs[0]}", "--proof", "desk")
    assert leads(world) == {}
    return seqs[1:]


def listed(page):
    """Those of the table of what is held."""
    part = page.text.split("Held of the same quarter hour")[-1]
    part = part.split("The person</h2>")[0]
    return [int(n) for n in re.findall(
        r'<th scope="row"[^>]*><bdi>hall\.1-(\d+)<', part)]


def states(db):
    """How many shares are live, how many are held."""
    return tuple(db.execute("SELECT count(*) FILTER (WHERE state = 0), "
                            "count(*) FILTER (WHERE state = 3) FROM lead "
                            ).fetchone())


def very_many(world, act):
    """All of them, at once for who asks; the store has each part before."""
    device = enrolled(world, "hall.2")
    badge, = badges(world, 1)
    seq = device.share(badge, [1, 2])
    assert device.upload(seq).status == 200
    world.host.stop()
    fill(world, VERY_MANY)
    world.start_host()
    p = joined(world, "q@example.com", "privacy-officer")
    db = sqlite3.connect(world.host_dir / "host.db")
    (of,), = db.execute("SELECT DISTINCT holder FROM edition JOIN lead ON "
                        "lead.edition = edition.id WHERE lead.id & "
                        "4294967295 = ?", (seq,))
    world.cli("case", "open", "not-me", "--registration", str(of), "--share",
              f"hall.2-{seq}", "--proof", "desk")
    assert states(db) == (0, VERY_MANY + 1)
    p.get("/cases/1")
    form = {"do": act}
    if act == "withdraw-held":
        form["confirm"] = str(VERY_MANY)
    t = threading.Thread(target=lambda: p.post("/cases/1/act", **form))
    t.start()
    until(lambda: 1 < states(db)[1] < VERY_MANY or not t.is_alive(), 60,
          "a part is there")
    assert t.is_alive(), states(db)
    t.join()
    assert p.page.status == 200 and "?done=case-act" in p.at, p.page.text
    db.close()
    return p


with World() as world:
    world.start_host()
    officer = joined(world, "p@example.com", "privacy-officer")
    beside = held(world)
    page = officer.get("/cases/1")
    assert listed(page) == beside[:50], listed(page)
    # What does it for all is found without passing them all.
    assert page.text.index("Release all of these") < \
        page.text.index(f"<bdi>hall.1-{beside[0]}<")
    words = re.sub(r" (?=[.,])", "", plain(page))
    assert f"These are the first 50 of {MANY - 1}." in words, words
    page = officer.get("/cases/1?held=all")
    assert listed(page) == beside, listed(page)
    assert "These are the first 50" not in plain(page)
    officer.get("/cases/1")
    officer.post("/cases/1/act", do="release-held")
    assert len(leads(world)) == MANY - 1

with World() as world:
    world.start_host()
    p = very_many(world, "release-held")
    db = sqlite3.connect(world.host_dir / "host.db")
    assert states(db) == (VERY_MANY, 1), states(db)
    db.close()

with World() as world:
    world.start_host()
    p = very_many(world, "withdraw-held")
    db = sqlite3.connect(world.host_dir / "host.db")
    assert states(db) == (0, 1), states(db)
    db.close()
    print("ok")
