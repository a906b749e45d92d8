# SPDX-License-Identifier: Apache-2.0
"""In a browser: leads come while the sponsor's list is open; the manager is
told of them without being moved, shows them, notes on one, takes the XLSX, and
acknowledges a withdrawal that appears on top. Team, booth, agreement and a
second factor too; axe finds nothing. A lead's whole way is in summit.py."""

import base64
import os
import sys
import urllib.request

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed, printed, serve  # noqa: E402
from hosting import badges, enrolled  # noqa: E402
from portal import invite  # noqa: E402
from world import World  # noqa: E402


class Booth:
    """What it sends when the browser asks for it."""

    def __init__(self, world):
        self.world = world
        self.badges = badges(world, 4)
        self.device = enrolled(world)

    def share(self, badges):
        self.device.close()     # the host does not keep an idle one
        start = len(self.device.log)
        for badge in badges:
            self.code = os.urandom(16)
            self.device.share(badge, [1, 2], rc=self.code)
        assert self.device.upload(start).status == 200

    def one(self):
        self.share(self.badges[:1])

    def three(self):
        self.share(self.badges[1:])

    def withdraw(self):
        """The attendee who came last takes it back, by the receipt."""
        code = base64.b32encode(self.code).rstrip(b"=")
        with urllib.request.urlopen(self.world.url + "/r/",
                                    b"act=withdraw&code=" + code,
                                    context=self.world.tls):
            pass


needed()
with World() as world:
    world.start_host()
    booth = Booth(world)
    people = [[f"{who}@example.com",
               invite(world, f"{who}@example.com", "sponsor-" + role,
                      "example-corp")]
              for who, role in (("marta", "manager"), ("marlene", "manager"),
                                ("sam", "scanner"))]
    print(browse(world, "portal_sponsor.mjs", people=people, control=serve(
        {"one": booth.one, "three": booth.three,
         "withdraw": booth.withdraw})))
printed("lead-en", ("5/5", "hot, board A", "Board A", "Call her"), ("Copy", "All leads"))
