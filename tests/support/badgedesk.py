# SPDX-License-Identifier: Apache-2.0
"""badgedesk.py - a real `badgeward badge station` with its simulated reader,
logged in at a world's host."""

from world import BIN, Process


def token(person, name="left"):
    """A token that the person makes in the browser."""
    return person.make_token(name, "badges:write", "2")


def station(world, sim, secret, name="left"):
    path = world.dir / f"token-{name}"
    path.write_text(secret + "\n")
    p = Process("station", [
        BIN / "badgeward", "badge", "station", "--host", f"http://127.0.0.1:{world.listen}", "--name",
        name, "--token-file", path, "--nfc", sim.nfc],
        world.log("station-" + name))
    world.ends.append(lambda: p.alive() and p.kill())
    return p
