# SPDX-License-Identifier: Apache-2.0
"""hosting.py - what the system tests of the host share."""

import csv
import io
import socket
import sqlite3

from wire import Wire, badge_of
from world import BIN, World, until  # noqa: F401 (for the tests)

UIDS = [f"04e10cda993c{i:02x}" for i in range(0x80, 0xa0)]


def attending(world):
    return [r for r in world.registrations() if r["status"] == "attending"]


def badges(world, n=2, tag="ntag216"):
    """(badge_id, edition) of the first n attendees, encoded."""
    out = []
    for person, uid in zip(attending(world)[:n], UIDS):
        path = world.dir / f"badge-{uid}"
        world.cli("badge", "encode", "--registration", person["id"],
                  "--uid", uid, "--out", path, "--type", tag, "--force")
        out.append(badge_of(path))
    return out


def invited(world, name="k07", sponsor="example-corp"):
    return Wire(world.cli("device", "add", name, "--sponsor", sponsor))


def enrolled(world, name="k07", sponsor="example-corp"):
    return invited(world, name, sponsor).enrol()


def leads(world, sponsor="example-corp"):
    """Rows of the CSV, by share_id."""
    rows = csv.DictReader(io.StringIO(world.leads_csv(sponsor), newline=""))
    return {row["share_id"]: row for row in rows}


def device_line(world, name="k07"):
    for line in world.cli("device", "list").splitlines():
        if line.split()[:1] == [name]:
            return line
    raise AssertionError(f"no device {name}")


def came(world, quarters, below=None):
    """What devices have sent came so many quarter hours later, whatever the
    clock says; below: of uploads that begin before this entry alone."""
    with sqlite3.connect(world.host_dir / "host.db") as db:
        assert db.execute(
            "UPDATE arrival SET at = at + ? WHERE id & 4294967295 < ?",
            (900 * quarters, 1 << 32 if below is None else below)).rowcount
    db.close()


def raw(world, data, seconds=20.0):
    """Send bytes as they are; everything that comes back until the end."""
    with socket.create_connection(("127.0.0.1", world.port), seconds) as s:
        s.sendall(data)
        s.shutdown(socket.SHUT_WR)
        return everything(s)


def everything(s):
    out = b""
    while True:
        try:
            piece = s.recv(65536)
        except ConnectionResetError:
            return out
        if not piece:
            return out
        out += piece
