# SPDX-License-Identifier: Apache-2.0
"""The main job on real parts: one share, one decline, one undo.

A host, an uplink, a kiosk and a simulated reader; what the attendee ticked,
and only that, comes out as the sponsor's lead, the log verifies, and the
receipt's code withdraws the share.
"""

import csv
import io
import json
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from world import World, until  # noqa: E402

HEADER = ("share_id,time,keep_until,sponsor,device,name,email,company,job_title,"
          "work_phone,location,person,policy_version")


def receipt_code(kiosk, picture):
    """The receipt QR on the screen, read as a phone would."""
    kiosk.do(f"shot {picture}")
    done = subprocess.run(["zbarimg", "-q", "--raw", picture],
                          capture_output=True, text=True)
    for line in done.stdout.splitlines():
        if "/r/#" in line:
            return line.split("#")[1]
    raise AssertionError(f"no receipt in {done}")


def main():
    with World() as world:
        world.start_host()
        device = world.device()
        ada = next(r for r in world.registrations()
                   if r["status"] == "attending" and r["company"])
        tag = device.badge(ada["id"], "04e10cda993c80")
        device.enrol()
        kiosk = device.start_kiosk()
        kiosk.wait("idle")

        # A share with the required fields alone: the company is not ticked.
        kiosk.tap("start")
        names = {w["name"] for w in kiosk.widgets()}
        assert {"share", "decline", "field:3"} <= names, names
        assert ada["name"] not in json.dumps(kiosk.text(), ensure_ascii=False)
        kiosk.tap("share")
        kiosk.wait("hold")
        device.sim.do(f"tag present {tag}")
        kiosk.shared()
        device.sim.do(f"tag remove {tag}")
        shown = " ".join(map(str, kiosk.text()))
        assert ada["name"] in shown and ada["email"] in shown, shown
        assert ada["company"] not in shown, shown
        code = receipt_code(kiosk, str(world.dir / "shared.png"))
        kiosk.tap("done")
        kiosk.wait("idle")

        # A decline.
        kiosk.tap("start")
        kiosk.tap("decline")
        kiosk.wait("declined")
        kiosk.do("advance 10000")
        kiosk.wait("idle")

        # A share that is undone, with company ticked, in German.
        kiosk.tap("start")
        kiosk.tap("lang:de")
        kiosk.tap("field:3")
        kiosk.tap("share")
        device.sim.do(f"tag present {tag}")
        kiosk.shared()
        device.sim.do(f"tag remove {tag}")
        kiosk.tap("undo")
        kiosk.wait("declined")
        kiosk.do("advance 10000")
        kiosk.wait("idle")

        device.synced()
        rows = list(csv.reader(io.StringIO(world.leads_csv(), newline="")))
        assert ",".join(rows[0]) == HEADER, rows[0]
        leads = [dict(zip(rows[0], r)) for r in rows[1:]]
        assert len(leads) == 1, leads
        lead = leads[0]
        assert lead["name"] == ada["name"] and lead["email"] == ada["email"]
        for field in ("company", "job_title", "work_phone", "location"):
            assert lead[field] == "", lead
        assert (lead["sponsor"], lead["device"]) == (
            "example-corp", "k07"), lead
        assert re.fullmatch(r"k07-\d+", lead["share_id"]), lead
        assert world.leads("acme") == []
        print(world.verify().strip())

        # The receipt: what was shared with whom, and withdrawing it.
        answer = post(world.url + "/r/", {"code": code})
        assert "Example Corp" in answer, answer
        assert ada["name"] not in answer and ada["email"] not in answer
        post(world.url + "/r/", {"code": code, "act": "withdraw"})
        until(lambda: world.leads() == [], 5, "the lead is gone")
        print(world.verify().strip())


def post(url, form):
    data = urllib.parse.urlencode(form).encode()
    with urllib.request.urlopen(url, data, timeout=20) as r:
        return r.read().decode()


main()
