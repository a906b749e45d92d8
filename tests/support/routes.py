# SPDX-License-Identifier: Apache-2.0
"""routes.py - the table of people's routes (badgeward-host --routes), and
somebody of each role to ask them."""

import collections
import subprocess

from hosting import enrolled
from portal import joined
from world import BIN

ROLES = ["organiser", "privacy-officer", "badge-desk", "sponsor-manager",
         "sponsor-scanner"]
OWN, FOREIGN = "example-corp", "acme"

Route = collections.namedtuple("Route", "method path act of need reach")


def table():
    out = subprocess.run([BIN / "badgeward-host", "--routes"],
                         capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        method, path, act, of, need, *reach = line.split("\t")
        assert len(reach) == len(ROLES), line
        yield Route(method, path, act, of, need, dict(zip(ROLES, reach)))


def filled(route, first=None):
    """Its path: the first star is what there is of our sponsor's, or this."""
    first = first or {"sponsor": OWN, "device": "k01", "lead": "k01.1",
                      "-": "1"}[route.of]
    return route.path.replace("*", first, 1).replace("**", "000").replace(
        "*", "1")


def may(route):
    """The roles that the table lets in."""
    return [r for r in ROLES if route.reach[r] != "-"]


def somebody_of_each(world):
    enrolled(world, "k01", OWN)
    enrolled(world, "k02", FOREIGN)
    return {role: joined(world, f"{role}@summit.example", role,
                         OWN if role.startswith("sponsor") else None)
            for role in ROLES}
