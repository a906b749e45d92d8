# SPDX-License-Identifier: Apache-2.0
"""A "not me" that holds many shares: its page has the first fifty, and says of
how many; all where that is asked for. What is done with all is done with all."""

import os
import re
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import badges, enrolled, leads  # noqa: E402
from portal import joined  # noqa: E402
from world import World  # noqa: E402

MANY = 60


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


with World() as world:
    world.start_host()
    officer = joined(world, "p@example.com", "privacy-officer")
    beside = held(world)
    page = officer.get("/cases/1")
    assert listed(page) == beside[:50], listed(page)
    words = re.sub(r" (?=[.,])", "", plain(page))
    assert f"These are the first 50 of {MANY - 1}." in words, words
    page = officer.get("/cases/1?held=all")
    assert listed(page) == beside, listed(page)
    assert "These are the first 50" not in plain(page)
    officer.get("/cases/1")
    officer.post("/cases/1/act", do="release-held")
    assert len(leads(world)) == MANY - 1
    print("ok")
