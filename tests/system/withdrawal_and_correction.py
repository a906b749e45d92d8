# SPDX-License-Identifier: Apache-2.0
"""A withdrawal ends in the same state whenever it is made: when the share is
there, before its device brings it, while an export streams, eight times at
once, or of all while a device with a clock that is ahead has more. A correction shows in what sponsors get from then on, old badges' later
shares too, and asks those for an acknowledgement that had the field."""

import base64
import concurrent.futures
import http.client
import os
import socket
import sqlite3
import sys
import time
import urllib.parse
import urllib.request
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import attending, badges, enrolled, leads  # noqa: E402
from program import Program, token  # noqa: E402
import wire  # noqa: E402
from wire import open_jws  # noqa: E402
from world import REGISTRATIONS, World, until  # noqa: E402

OWN = "/api/v1/sponsors/example-corp"
MANY = 3000
WITHDRAWN, CORRECTED = 0, 2


def sql(world, text, *args):
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db:
        return db.execute(text, args).fetchall()


def withdraw(world, rc):
    code = base64.b32encode(rc).decode().rstrip("=")
    try:
        with urllib.request.urlopen(world.url + "/r/",
                                    f"code={code}&act=withdraw".encode(),
                                    context=world.tls) as r:
            return r.status
    except urllib.error.HTTPError as e:
        return e.code


def ended(world, seq):
    """State, whether it ended, items for the sponsor, rows of the audit."""
    (state, at), = sql(world, "SELECT state, ended_at FROM lead "
                       "WHERE id & 4294967295 = ?", seq)
    (items,), = sql(world, "SELECT count(*) FROM ack "
                    "WHERE lead & 4294967295 = ? AND kind = ?", seq,
                    WITHDRAWN)
    (rows,), = sql(world, "SELECT count(*) FROM audit WHERE act = 'withdraw' "
                   "AND object = ?", f"k07-{seq}")
    return state, at > 0, items, rows


class Slow:
    """An export that is read as slowly as we like."""

    def __init__(self, world, p):
        at = urllib.parse.urlsplit(world.url)
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.settimeout(30)
        s.connect((at.hostname, at.port))
        if world.tls:
            s = world.tls.wrap_socket(s, server_hostname=at.hostname)
        body = b'{"format": "json"}'
        s.sendall(f"POST {OWN}/exports HTTP/1.1\r\nHost: {at.netloc}\r\n"
                  f"Authorization: Bearer {p.token}\r\n"
                  f"Content-Type: application/json\r\n"
                  f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self.answer = http.client.HTTPResponse(s)
        self.answer.begin()
        assert self.answer.status in (200, 201), self.answer.status
        self.first = self.answer.read(64)
        self.socket = s

    def rest(self):
        with closing(self.socket):
            return (self.first + self.answer.read()).decode()


def every_way(world, p):
    device, badge = enrolled(world), badges(world, 1)[0]
    rc = [os.urandom(16) for _ in range(5)]
    for i in range(1, 4):
        device.share(badge, [1, 2], rc=rc[i])
    for _ in range(MANY):
        device.share(badge, [1, 2])
    assert device.upload(1).status == 200
    assert withdraw(world, rc[1]) == 200

    stream = Slow(world, p)
    assert withdraw(world, rc[2]) == 200
    assert "k07-2" not in leads(world)
    sent = stream.rest()
    assert '"k07-2"' in sent and '"k07-1"' not in sent
    assert '"k07-2"' not in Slow(world, p).rest()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: withdraw(world, rc[3]), range(8)))
    assert done == [200] * 8, done

    withdraw(world, rc[4])  # not there yet: it says so, and remembers
    late = device.share(badge, [1, 2], rc=rc[4])
    assert device.upload(late).status == 200
    for seq in (1, 2, 3):
        assert ended(world, seq) == (2, True, 1, 1), (seq, ended(world, seq))
    # That one the sponsor never had.
    assert ended(world, late) == (2, True, 0, 1), ended(world, late)
    kept = leads(world)
    assert not {f"k07-{i}" for i in (1, 2, 3, late)} & set(kept)
    assert len(kept) == MANY
    return device, badge


def all_of_it(world, device, badge):
    """One person's all, and what devices have of it still: until they have been
    in touch, whatever their clocks say."""
    who = attending(world)[0]["id"]
    ahead = enrolled(world, "k10")
    ahead.now = lambda: time.time() + 300
    ahead.share(badge, [1, 2])
    late = device.share(badge, [1, 2])
    said = world.cli("right", "withdraw", who)
    assert f": {MANY} shares are withdrawn" in said, said
    assert device.upload(late).status == 200
    assert ahead.upload(1).status == 200
    assert leads(world) == {}
    assert ended(world, late)[:3] == (2, True, 0)
    # Given anew: it counts from the policy that comes with the next sync.
    ahead.share(badge, [1, 2])
    in_touch(ahead)
    again = ahead.share(badge, [1, 2])
    assert ahead.upload(2).status == 200
    assert set(leads(world)) == {f"k10-{again}"}
    # A device that enrols later has been in touch.
    fresh = enrolled(world, "k11")
    seq = fresh.share(badge, [1, 2])
    assert fresh.upload(seq).status == 200
    assert set(leads(world)) == {f"k10-{again}", f"k11-{seq}"}


def in_touch(device):
    """It takes the policy that the host has for it, and writes that down."""
    had = device.policy["serial"]
    answer = device.call("GET", "/v1/device/policy")
    device.take_policy(open_jws(answer.text, device.host_spki)[1])
    assert device.policy["serial"] > had
    device.add(wire.POLICY, [device.policy["version"],
                             device.policy["serial"], device.policy_sha])


def correction(world, p):
    d, acme = enrolled(world, "k08"), enrolled(world, "k09", "acme")
    ada, other = attending(world)[1:3]
    both = badges(world, 3)[1:]
    for badge in both:
        d.share(badge, [1, 2])
        acme.share(badge, [1])
    assert d.upload(1).status == 200 and acme.upload(1).status == 200
    seen = p.get(f"{OWN}/leads")
    # By the host's clock, which the kernel turns on somewhat later.
    came, = sql(world, "SELECT max(at) FROM arrival")[0]
    until(lambda: time.time() > came + 1.1, 5, "another second")
    since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(came + 1))
    answer = p.get(f"{OWN}/leads?modified_since={since}")
    assert answer.json["items"] == [], (answer.json, since)
    said = world.cli("right", "correct", ada["id"], "email",
                     "right@new.example")
    assert "still has the old value" in said, said
    changed = p.get(f"{OWN}/leads?modified_since={since}").json["items"]
    assert [(x["id"], x["values"]["email"]) for x in changed] == \
        [("k08-1", "right@new.example")], changed
    fresh = p.get(f"{OWN}/leads", If_None_Match=seen.headers["ETag"])
    assert fresh.status == 200
    d.share(both[0], [1, 2])
    assert d.upload(3).status == 200
    rows = leads(world)
    assert {rows[k]["email"] for k in ("k08-1", "k08-3")} == \
        {"right@new.example"}
    assert rows["k08-2"]["email"] == other["email"]
    assert sql(world, "SELECT sponsor, lead & 4294967295 FROM ack "
               "WHERE kind = ?", CORRECTED) == [("example-corp", 1)]
    out = world.dir / "since.csv"
    world.cli("export", "leads", "--sponsor", "example-corp", "--format",
              "csv", "--out", out, "--since", since)
    assert "right@new.example" in out.read_text()
    assert other["email"] not in out.read_text()
    # The shop says what it said: its import changes nothing of it.
    world.cli("import", "eventbrite", REGISTRATIONS)
    assert attending(world)[1]["email"] == "right@new.example"


with World() as world:
    world.start_host()
    program = Program(world, token(world, "crm", "leads:read",
                                   "example-corp"))
    all_of_it(world, *every_way(world, program))
    correction(world, program)
    print("ok")
