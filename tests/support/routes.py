# SPDX-License-Identifier: Apache-2.0
"""routes.py - the table of people's routes (badgeward-host --routes), and
somebody of each role to ask them."""

import collections
import functools
import re
import subprocess

from hosting import enrolled
from portal import joined
from world import BIN

ROLES = ["organiser", "privacy-officer", "badge-desk", "sponsor-manager",
         "sponsor-scanner"]
OWN, FOREIGN = "example-corp", "acme"

Route = collections.namedtuple("Route", "method path act of need reach")


@functools.cache
def table():
    out = subprocess.run([BIN / "badgeward-host", "--routes"],
                         capture_output=True, text=True, check=True).stdout
    rows = [line.split("\t") for line in out.splitlines()]
    assert all(len(row) == 5 + len(ROLES) for row in rows), out
    return [Route(*row[:5], dict(zip(ROLES, row[5:]))) for row in rows]


def filled(route, first=None):
    """Its path: the first star is what there is of our sponsor's, or this."""
    first = first or {"sponsor": OWN, "device": "k01", "lead": "k01.1",
                      "-": "1"}[route.of]
    return route.path.replace("*", first, 1).replace("**", "000").replace(
        "*", "1")


def route_of(method, path):
    """The pattern that a path of a page belongs to, None: none."""
    path = re.split("[?#]", path)[0]
    found = [r.path for r in table() if r.method == method and re.fullmatch(
        re.escape(r.path).replace(r"\*", "[^/]+"), path)]
    return min(found, key=lambda x: x.count("*"), default=None)


def may(route):
    """The roles that the table lets in."""
    return [r for r in ROLES if route.reach[r] != "-"]


def somebody_of_each(world):
    enrolled(world, "k01", OWN)
    enrolled(world, "k02", FOREIGN)
    return {role: joined(world, f"{role}@summit.example", role,
                         OWN if role.startswith("sponsor") else None)
            for role in ROLES}
