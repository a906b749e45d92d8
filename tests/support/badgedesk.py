# SPDX-License-Identifier: Apache-2.0
"""badgedesk.py - a real `badgeward badge station` with its simulated reader,
logged in at a world's host."""

import re

from world import BIN, Process


def token(person, name="left"):
    """A token that the person makes in the browser."""
    person.get("/me")
    page = person.post("/me/tokens", token=name, scopes="badges:write",
                       days="2")
    return re.search(r'class="secret">(bw_[^<]+)<', page.text).group(1)


def station(world, sim, secret, name="left"):
    path = world.dir / f"token-{name}"
    path.write_text(secret + "\n")
    p = Process("station", [
        BIN / "badgeward", "badge", "station", "--host", world.url, "--name",
        name, "--token-file", path, "--nfc", sim.nfc],
        world.log("station-" + name))
    world.ends.append(lambda: p.alive() and p.kill())
    return p
