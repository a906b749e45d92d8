# SPDX-License-Identifier: Apache-2.0
"""The page Mail: what became of mails to attendees, without an address; what
failed is tried again. A registration's page says when its mail fails."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending  # noqa: E402
from mailing import database, due, mailer, queue, row, setup  # noqa: E402
from portal import joined  # noqa: E402
from smtpsink import Sink  # noqa: E402
from world import BIN, SRC  # noqa: E402

FAILS = "Mail to this address fails."
BOUNCE = SRC / "tests/fuzz/corpus/fuzz_bounce/postfix"
OURS = b"ev26.7.ABCDEFGHIJKLMNOPQRSTUVWXYI"


def comes_back(w, sink, p, person, mail):
    """Taken by its server, which sends it back later; then it is sent again."""
    (m,) = [m for m in sink.take() if m.to == [person["email"]]]
    name = m.message["Message-ID"].strip("<>").split("@")[0].encode()
    assert FAILS not in p.get(f"/registrations/{person['id']}").text
    subprocess.run([BIN / "badgeward-mailer", "-C", w.host_dir, "--bounces"],
                   input=BOUNCE.read_bytes().replace(OURS, name), check=True,
                   capture_output=True)
    line, = [x for x in p.get("/mail").text.split("<tr>")
             if f"/mail/{mail}/retry" in x]
    assert "taken, and sent back later" in line, line
    assert f"/registrations/{person['id']}" in line, line
    assert FAILS in p.get(f"/registrations/{person['id']}").text
    p.get("/mail")
    p.post(f"/mail/{mail}/retry")
    due(w)
    mailer(w)
    assert row(w, mail)["state"] == 2



with World() as world, Sink() as sink:
    world.start_host()
    setup(world, sink)
    bad, good = attending(world)[:2]
    sink.plan[bad["email"]] = "550 no such user"
    failed, sent = queue(world, bad["id"]), queue(world, good["id"])
    mailer(world)
    organiser = joined(world, "org@summit.example", "organiser")
    page = organiser.get("/mail").text
    assert bad["email"] not in page and good["email"] not in page
    assert "550" in page and f"/mail/{failed}/retry" in page, page
    assert f"/mail/{sent}/retry" not in page
    assert f"/registrations/{bad['id']}" in page
    comes_back(world, sink, organiser, good, sent)
    some = organiser.get("/mail?state=failed").text
    assert f">{sent}<" not in some.split("<table", 2)[2]
    assert FAILS in organiser.get(f"/registrations/{bad['id']}").text
    assert FAILS not in organiser.get(f"/registrations/{good['id']}").text
    officer = joined(world, "po@summit.example", "privacy-officer")
    assert "/registrations/" not in officer.get("/mail").text
    # What is set up at the host is named where it shows.
    assert "badgeward mail setup" in officer.page.text
    assert "badgeward case zone" in officer.get("/cases").text
    # The page Duties counts the same: links that are still good are no mail.
    officer.get("/duties")
    kept = re.search(r"Mail to attendees.*?</th>.*?"
                     r"data-head=\"Kept now\"[^>]*>(\d+)",
                     officer.page.text, re.S)
    assert kept and kept[1] == "2", kept
    with database(world) as db:
        assert list(db.execute("SELECT * FROM link"))
    sink.plan.clear()
    again = officer.post(f"/mail/{failed}/retry")
    assert again.status == 200 and "It is sent again." in again.text
    assert row(world, failed)["state"] == 0
    organiser.get("/mail")
    assert "done=otherwise" in organiser.post(
        f"/mail/{failed}/retry", follow=False).location
    mailer(world)
    assert row(world, failed)["state"] == 2
    assert FAILS not in organiser.get(f"/registrations/{bad['id']}").text
    audit = world.dir / "audit.txt"
    world.cli("export", "audit", "--out", audit)
    assert "mail.retry" in audit.read_text()
