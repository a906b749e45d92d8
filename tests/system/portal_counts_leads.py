# SPDX-License-Identifier: Apache-2.0
"""A sponsor with very many leads reads how many at least there are, never more
than there are: what was withheld since does not count."""

import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from many import crowded  # noqa: E402
from portal import joined  # noqa: E402
from world import World  # noqa: E402

PEOPLE = 12_000
WITHHELD = 9_000
COUNTED = 10_000


def said(p, query=""):
    found = re.search(r'id="total">(.*?)</p>', p.get("/leads" + query).text)
    return re.sub(r"<[^>]+>|(?<=\d)\D(?=\d)", "", found[1]) if found else None


with World() as world:
    crowded(world, PEOPLE)
    mia = joined(world, "mia@sponsor.example", "sponsor-manager",
                 "example-corp")
    assert said(mia) == f"At least {COUNTED} leads.", said(mia)
    # Of the newest those whose number has 77 in it.
    like = sum("77" in str(n) for n in range(PEOPLE - COUNTED, PEOPLE))
    assert said(mia, "?q=ada+77") == f"At least {like} leads match.", (
        like, said(mia, "?q=ada+77"))
    world.host.stop()
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE registration SET status = 1 WHERE id > (SELECT "
                   "max(id) FROM registration) - ?", (WITHHELD,))
    world.start_host()
    # There are 3,001; of those that were looked at, so many are leads.
    assert said(mia) == f"At least {COUNTED - WITHHELD} leads.", said(mia)
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("UPDATE registration SET status = 1")
    assert said(mia) is None and "There are no leads" in mia.page.text
    print("ok")
