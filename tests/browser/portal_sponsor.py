# SPDX-License-Identifier: Apache-2.0
"""In a browser: a booth with its kiosk, reader and uplink shares three leads
while the sponsor's list is open; the manager is told of them without being
moved, shows them, notes on one, takes the XLSX, and acknowledges a withdrawal
that appears on top. Team, booth and agreement too; axe finds nothing."""

import http.server
import json
import os
import pathlib
import subprocess
import sys
import threading
import urllib.request

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed  # noqa: E402
from cells import cells  # noqa: E402
from hosting import attending  # noqa: E402
from portal import invite  # noqa: E402
from world import World  # noqa: E402

UIDS = [f"04e10cda993c{i}" for i in (80, 81, 82, 83)]


class Booth:
    """What happens there when the browser asks for it."""

    def __init__(self, world):
        self.device = world.device()
        people = attending(world)[:4]
        self.tags = [self.device.badge(p["id"], uid, "ntag216")
                     for p, uid in zip(people, UIDS)]
        self.device.enrol()
        self.kiosk = self.device.start_kiosk()
        self.kiosk.wait("idle")

    def share(self, tag):
        k, sim = self.kiosk, self.device.sim
        k.tap("start")
        k.tap("share")
        k.wait("hold")
        sim.do(f"tag present {tag}")
        k.shared()
        sim.do(f"tag remove {tag}")
        self.code = receipt_code(k, str(self.device.world.dir / "s.png"))
        k.tap("done")
        k.wait("idle")

    def three(self):
        for tag in self.tags[1:]:
            self.share(tag)
        self.device.synced()

    def one(self):
        self.share(self.tags[0])
        self.device.synced()


    def withdraw(self):
        """The attendee who came last takes it back, by the receipt."""
        body = f"code={self.code}&act=withdraw".encode()
        with urllib.request.urlopen(self.device.world.url + "/r/", body,
                                    context=self.device.world.tls):
            pass


def receipt_code(kiosk, picture):
    """The receipt's QR on the screen, read as a telephone would."""
    kiosk.do(f"shot {picture}")
    done = subprocess.run(["zbarimg", "-q", "--raw", picture],
                          capture_output=True, text=True, check=False)
    return next(line.split("#")[1] for line in done.stdout.splitlines()
                if "/r/#" in line)


def serve(does):
    """The browser's script asks at /NAME; it is done when it is answered."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            does[self.path[1:]]()
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


needed()
with World() as world:
    world.start_host()
    booth = Booth(world)
    people = [[f"{who}@example.com",
               invite(world, f"{who}@example.com", "sponsor-" + role,
                      "example-corp")]
              for who, role in (("marta", "manager"), ("marlene", "manager"),
                                ("sam", "scanner"))]
    control = serve({"one": booth.one, "three": booth.three,
                     "withdraw": booth.withdraw})
    file = world.dir / "leads.xlsx"
    print(browse(world, "portal_sponsor.mjs", people=people, control=control,
                 file=str(file)))
    rows = cells(pathlib.Path(file).read_bytes())
    names = [p["name"] for p in attending(world)[:4]]
    assert sorted(r["name"] for r in rows) == sorted(names), rows
    assert [r["rating"] for r in rows].count(5) == 1, rows
    assert all(r["company"] is None for r in rows), rows
    assert json.dumps([r["note"] for r in rows]).count("Call her") == 1
