# SPDX-License-Identifier: Apache-2.0
"""Every page of the table of routes was looked at, with axe, by some test of
this folder, and the pages that people use most at 3840 px too. It reads what
the last run of each has left, so it is left out before all have run; what is
forgotten is named."""

import os
import pathlib
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import BUILD, SRC, left_out  # noqa: E402
from routes import table  # noqa: E402

# GET routes that answer with something else than a page.
FILES = {"/start", "/events", "/duties/aggregates/csv",
         "/policy/versions/*/download", "/policy/draft/download",
         "/policy/draft/sponsors/*/screen/*", "/ours/screen/*/*"}
LARGE = {"/dashboard", "/devices", "/leads", "/registrations", "/r/"}


def shows(route, path):
    parts = map(re.escape, route.split("*"))
    return re.fullmatch("[^/]+".join(parts), path)


def route_of(path, routes):
    """The one that answers it: that with the fewest stars."""
    return min((r for r in routes if shows(r, path)), default=path,
               key=lambda r: r.count("*"))


looked = []
for script in sorted((SRC / "tests/browser").glob("*.mjs")):
    left = BUILD / "tests/looked" / script.stem
    if script.stem == "support":
        continue
    if not left.exists():
        left_out(f"{script.name} has not run")
    looked += [line.split() for line in left.read_text().splitlines()]
pages = {r.path for r in table() if (r.method, r.need) == ("GET", "page")}
assert FILES <= pages, f"no longer a route: {FILES - pages}"
seen = {route_of(path, pages) for path, width in looked if width != "3840"}
assert not pages - FILES - seen, f"never looked at: {pages - FILES - seen}"
assert not FILES & seen, f"a page after all: {FILES & seen}"
large = {path for path, width in looked if width == "3840"}
assert LARGE <= large, f"not at 3840 px: {LARGE - large}"
