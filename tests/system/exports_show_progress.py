# SPDX-License-Identifier: Apache-2.0
"""An export of many leads says how far it is while it is made, to those who may
have it and to nobody else; once whole it is sent, and recorded when it has
arrived. Whoever hangs up before ends it, and it leaves nothing; whoever may no
longer have it when it is whole does not get it."""

import hashlib
import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from many import crowded  # noqa: E402
from opened import opened  # noqa: E402
from portal import joined  # noqa: E402
from world import BIN, World, until  # noqa: E402

PEOPLE = 20_000
OTHERS = 2      # entries of the device's log that are no lead


def part(p, path):
    """What the page's part says of exports: (rows, most, being sent)."""
    text = p.get(path).text
    inside = re.search(
        r'<div id="making" data-live>\n(.*?)</div>\n<h2>', text, re.S)
    cells = re.findall(r'<td[^>]*class="number"[^>]*>([^<]*)', inside[1])
    return [(*(int(re.sub(r"\D", "", x)) for x in cells[i:i + 2]),
             "is being sent" in inside[1]) for i in range(0, len(cells), 2)]


def begin(p, form):
    """The connection, with the request on its way."""
    p.get(form["page"])
    c = p.connect()
    c.connect()     # with little room, so that what is not read is not sent
    c.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 18)
    body = urllib.parse.urlencode({"csrf": p.csrf(), **form["fields"]})
    c.request("POST", form["path"], body, {
        "Host": p.host, "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{k}={v}" for k, v in p.cookies.items())})
    return c


LEADS = {"page": "/exports", "path": "/exports/leads",
         "fields": {"sponsor": "example-corp", "format": "json"}}
OWN = {"page": "/downloads", "path": "/downloads",
       "fields": {"format": "json", "which": "all"}}


def nameless(w):
    """Files that the host has open and that have no name any more."""
    return [n for n in opened(w.host.pid) if n.endswith("(deleted)") and
            n.startswith(str(w.host_dir))]


def recorded(w):
    return json.loads(w.cli("export", "list", "--json"))


def watched(w, form, who, watcher, path, others):
    """Rows grow while it is made; then it is sent, gone, and recorded."""
    before = len(recorded(w))
    seen, answer = [], {}

    def reads():
        c = begin(who, form)
        answer["r"] = r = c.getresponse()
        answer["body"] = r.read(65536)
        # It is not read any further for now, so it is still being sent.
        held.wait(60)
        answer["body"] += r.read()
        c.close()

    held = threading.Event()
    t = threading.Thread(target=reads, daemon=True)
    t.start()
    until(lambda: seen.extend(part(watcher, path)) or
          (seen and seen[-1][2]), 25, "it is being sent")
    assert others() == []
    assert nameless(w)
    held.set()
    t.join()
    rows = [n for n, _, sent in seen if not sent]
    assert len(set(rows)) > 2 and rows == sorted(rows), rows
    assert all(n <= PEOPLE + 1 <= most <= PEOPLE + 1 + OTHERS
               for n, most, _ in seen), seen
    assert seen[-1] == (PEOPLE + 1, PEOPLE + 1, True)
    until(lambda: part(watcher, path) == [], 20, "it is gone")
    until(lambda: not nameless(w), 20, "so is the file")
    said = recorded(w)
    assert len(said) == before + 1 and said[0]["n"] == PEOPLE + 1
    assert said[0]["sha256"] == hashlib.sha256(answer["body"]).hexdigest()


def hung_up(w, who, watcher):
    """Before it is whole: it is ended, and was never there."""
    before = recorded(w)
    c = begin(who, LEADS)
    until(lambda: part(watcher, "/exports"), 20, "it runs")
    assert not part(watcher, "/exports")[0][2], "hung up too late"
    c.close()
    until(lambda: part(watcher, "/exports") == [], 20, "it has ended")
    assert recorded(w) == before
    until(lambda: not nameless(w), 20, "no file is left")


def by_token(w, text):
    c = w.connection()
    c.request("POST", "/api/v1/sponsors/example-corp/exports",
              json.dumps({"format": "xlsx"}), {
                  "Host": f"127.0.0.1:{w.port}",
                  "Authorization": "Bearer " + text,
                  "Content-Type": "application/json"})
    return c


def ended_meanwhile(w, ask, watcher, act):
    """The host stands while it is done, as it may be done at any moment."""
    before = recorded(w)
    c = ask()
    until(lambda: part(watcher, "/exports"), 20, "it runs")
    assert not part(watcher, "/exports")[0][2], "too late"
    w.host.p.send_signal(signal.SIGSTOP)
    try:
        w.cli(*act)
    finally:
        w.host.p.send_signal(signal.SIGCONT)
    r = c.getresponse()
    body = r.read()
    assert r.status == 403 and b"lumen" not in body, (r.status, body[:300])
    c.close()
    until(lambda: part(watcher, "/exports") == [], 20, "it has ended")
    assert recorded(w) == before
    until(lambda: not nameless(w), 20, "no file is left")


def nobody_any_more(w, watcher, mia):
    leads = {**LEADS, "fields": {**LEADS["fields"], "format": "xlsx"}}
    oz = joined(w, "oz@summit.example", "organiser")
    ended_meanwhile(w, lambda: begin(oz, leads), watcher,
                    ("account", "disable", "oz@summit.example"))
    uli = joined(w, "uli@summit.example", "organiser")
    ended_meanwhile(w, lambda: begin(uli, leads), watcher,
                    ("account", "role", "uli@summit.example", "--role",
                     "badge-desk"))
    text = mia.make_token("crm", "leads:read")
    ended_meanwhile(w, lambda: by_token(w, text), watcher,
                    ("account", "disable", "mia@sponsor.example"))


def slowly(pipe):
    """Read as one who is busy elsewhere first: it is longer than the command
    lets pass between two words of its own, however fast it writes."""
    pipe.read(1)
    away = time.monotonic() + 1
    until(lambda: time.monotonic() > away, 20, "the reader is back")
    while pipe.read(1 << 20):
        pass


def on_a_terminal(w):
    """The command says so, too; elsewhere it says what it always said."""
    argv = [str(a) for a in (
        BIN / "badgeward", "-C", w.host_dir, "export", "leads", "--sponsor",
        "example-corp", "--format", "vcard", "--out", "-")]
    last = f"{PEOPLE + 1} leads of example-corp"
    main, side = pty.openpty()
    with subprocess.Popen(argv, stderr=side, stdout=subprocess.PIPE) as p:
        os.close(side)
        reader = threading.Thread(target=slowly, args=(p.stdout,))
        reader.start()
        said = b""
        try:
            while piece := os.read(main, 4096):
                said += piece
        except OSError:     # its end has gone
            pass
        reader.join()
        assert p.wait() == 0
    os.close(main)
    found = re.findall(rb"\r(\d+) of at most (\d+) leads", said)
    rows = [int(n) for n, _ in found]
    assert rows and rows == sorted(rows), said
    assert {0 <= int(most) - PEOPLE - 1 <= OTHERS for _, most in found} == {
        True}, said
    assert said.split(b"\r")[-2:] == [last.encode(), b"\n"], said
    argv[-1] = str(w.dir / "leads.vcf")
    assert w.run(*argv).stderr == last + "\n"


with World() as world:
    crowded(world, PEOPLE)
    olga = joined(world, "olga@summit.example", "organiser")
    piet = joined(world, "piet@summit.example", "privacy-officer")
    mia = joined(world, "mia@sponsor.example", "sponsor-manager",
                 "example-corp")
    finn = joined(world, "finn@sponsor.example", "sponsor-manager", "acme")
    assert part(piet, "/exports") == part(mia, "/downloads") == []
    watched(world, LEADS, olga, piet, "/exports",
            lambda: part(finn, "/downloads"))
    watched(world, OWN, mia, mia, "/downloads",
            lambda: part(finn, "/downloads"))
    hung_up(world, olga, piet)
    on_a_terminal(world)
    nobody_any_more(world, piet, mia)
    print("ok")
