# SPDX-License-Identifier: Apache-2.0
"""`badge station`: the desk orders at the host, the station writes what the
host makes for the tag that lies there, and tells how it went. The simulated
chip is the writer; between the station and the host's functions stands a
loopback server."""

import http.server
import json
import pathlib
import sqlite3
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
from sim import Sim  # noqa: E402
from world import BIN, Process, World, until  # noqa: E402

TOKEN = "bw_a-token-for-the-desk"


class Desk:
    """The host's functions, and HTTP in front of them."""

    def __init__(self, world):
        self.lock = threading.Lock()
        self.seen = []
        self.down = False
        self.p = subprocess.Popen(
            [BIN.parent / "tests/desk", world.host_dir],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        desk = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, out = desk.answer(self.path, self.headers, body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(out)))
                self.end_headers()
                self.wfile.write(out)

            def log_message(self, *args):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.handle_error = lambda *args: None  # one has hung up
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def do(self, *words):
        with self.lock:
            self.p.stdin.write(" ".join(map(str, words)) + "\n")
            self.p.stdin.flush()
            return self.p.stdout.readline().rstrip("\n")

    def answer(self, path, headers, body):
        self.seen.append((path, body))
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, b'{"error":"no"}'
        if self.down:
            return 503, b""
        _, api, v1, stations, name, what = path.split("/")
        assert (api, v1, stations) == ("api", "v1", "stations"), path
        status, out = self.do("post", what, name, "token:3",
                              body.decode()).split(" ", 1)
        return int(status), out.encode()

    def state(self, name="left"):
        return self.do("get", name).split(" ", 5)

    def ended(self, *want, name="left"):
        until(lambda: self.state(name)[0] not in
              ("ordered", "waiting", "writing"), 120, "the job has ended")
        got = self.state(name)
        assert got[:len(want)] == list(want), got
        return got

    def end(self):
        self.http.shutdown()
        self.p.stdin.close()
        self.p.wait(20)


def start(world, desk, sim, *args, token=TOKEN, name="left"):
    path = world.dir / "token"
    path.write_text(token + "\n")
    station = Process("station", [
        BIN / "badgeward", "badge", "station", "--host", desk.url, "--name",
        name, "--token-file", path, "--nfc", sim.nfc, *args],
        world.log("station"))
    world.ends.append(lambda: station.alive() and station.kill())
    return station


def editions(world):
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return db.execute("SELECT edition, hex(uid), type FROM edition "
                          "ORDER BY id").fetchall()


def test_writes(world, desk, sim, who):
    assert not desk.do("order", "right", who[0]).isdigit(), "no such station"
    job = desk.do("order", "left", who[0])
    assert job == "1", job
    assert not desk.do("order", "left", who[1]).isdigit(), "one at a time"
    until(lambda: desk.state()[0] == "waiting", 60, "it waits for a tag")
    sim.do("tag add one ntag215 04e10cda993c80")
    sim.do("tag present one")
    desk.ended("done", "-", "1", "ntag215")
    assert editions(world) == [(1, "04E10CDA993C80", "ntag215")]
    sim.do("tag remove one")
    # The audit says who.
    with sqlite3.connect(world.host_dir / "host.db") as db:
        assert ("token:3", "badge.issue") in [
            row[:2] for row in db.execute(
                "SELECT actor, act FROM audit").fetchall()]


def test_refused(world, desk, sim, who):
    """Another's badge is not written over unasked; the desk reads why."""
    held, count = sim.dump("one"), len(editions(world))
    sim.do("tag present one")
    desk.do("order", "left", who[1])
    got = desk.ended("failed", "refused")
    assert f"the badge of registration {who[0]}" in got[5], got
    assert sim.dump("one") == held and len(editions(world)) == count
    desk.do("order", "left", who[1], "overwrite")
    desk.ended("done")
    assert sim.dump("one") != held
    sim.do("tag remove one")
    # A minor's is refused by the host, whoever asks.
    minor = next(r["id"] for r in world.registrations()
                 if r["status"] == "minor")
    sim.do("tag add two ntag216 04c10cda993c83")
    sim.do("tag present two")
    desk.do("order", "left", minor)
    assert "minor" in desk.ended("failed", "refused")[5]
    # It does not fit: with the byte counts.
    sim.do("tag remove two")
    sim.do("tag add small ntag213 04c20cda993c84")
    sim.do("tag present small")
    desk.do("order", "left", who[0])
    assert "bytes" in desk.ended("failed", "refused")[5]
    desk.do("order", "left", who[0], "pointer")
    desk.ended("done", "-", "1", "ntag213")
    sim.do("tag remove small")


def test_taken_back(world, desk, sim, who):
    job = desk.do("order", "left", who[2])
    until(lambda: desk.state()[0] == "waiting", 60, "it waits for a tag")
    desk.do("cancel", "left", job)
    assert desk.state()[0] == "cancelled"
    count = len(editions(world))
    until(lambda: "taken the order back" in
          (world.dir / "station.log").read_text(), 60, "the station knows")
    sim.do("tag add late ntag216 04c30cda993c85")
    sim.do("tag present late")
    polls = len(desk.seen)
    until(lambda: [p for p, _ in desk.seen[polls:] if p.endswith("/poll")],
          60, "it asks again")
    assert len(editions(world)) == count
    sim.do("tag remove late")


def test_host_away(world, desk, sim, who):
    """The host is away for a while; nothing has to be started anew."""
    desk.down = True
    n = len(desk.seen)
    until(lambda: len(desk.seen) > n + 1, 60, "it goes on asking")
    desk.down = False
    until(lambda: desk.state()[4] == "live", 60, "it is there again")
    sim.do("tag present late")
    desk.do("order", "left", who[2])
    desk.ended("done")
    sim.do("tag remove late")


def test_no_secrets(world, desk):
    """The station was never given a value or a key, nor sent one."""
    names = [r["name"] for r in world.registrations() if r["name"]]
    for path, body in desk.seen:
        for name in names:
            assert name.encode() not in body and name not in path
    keys = [k.read_bytes() for k in (world.host_dir / "keys").iterdir()]
    said = (world.dir / "station.log").read_bytes()
    assert TOKEN.encode() not in said
    assert not any(k in said for k in keys)


def test_token(world, desk, sim):
    station = start(world, desk, sim, token="bw_wrong", name="other")
    assert station.p.wait(60) == 1
    assert "does not take this token" in \
        (world.dir / "station.log").read_text()


def test_protocol(desk):
    """What no station sends changes nothing."""
    before = desk.state()
    for what, body, want in (
            ("state", "{}", 400), ("state", "[", 400), ("tag", "{}", 400),
            ("state", '{"job":1,"state":"done"}', 410),
            ("state", '{"job":99,"state":"waiting"}', 410),
            ("state", '{"job":1,"state":"failed"}', 400),
            ("state", '{"job":1,"state":"failed","why":"my own"}', 400),
            ("state", '{"job":1,"state":"idle"}', 400),
            ("state", '{"job":1,"job":1,"state":"done"}', 400),
            ("tag", '{"job":1,"uid":"04e10cda993c80","type":"ntag215",'
             '"ndef":""}', 410),
            ("tag", '{"job":1,"uid":"04e1","type":"ntag215","ndef":""}', 400),
            ("tag", '{"job":1,"uid":"04e10cda993c80","type":"ntag999",'
             '"ndef":""}', 400),
            ("tag", '{"job":1,"uid":"04e10cda993c80","type":"ntag215",'
             '"ndef":"%s"}' % ("A" * 3000), 400)):
        got = desk.do("post", what, "left", "token:3", body)
        assert got.startswith(f"{want} "), (what, body, got)
        json.loads(got.split(" ", 1)[1])
    assert desk.do("post", "poll", "left", "token:9", "{}").startswith("409")
    assert desk.do("post", "poll", "UP", "token:9", "{}").startswith("400")
    assert desk.state()[:4] == before[:4]


def main():
    with World(policy=None) as world, Sim() as sim:
        desk = Desk(world)
        world.ends.append(desk.end)
        who = [r["id"] for r in world.registrations()
               if r["status"] == "attending"]
        station = start(world, desk, sim)
        until(lambda: desk.state()[0] == "idle", 60, "it has asked")
        test_writes(world, desk, sim, who)
        test_protocol(desk)
        test_refused(world, desk, sim, who)
        test_taken_back(world, desk, sim, who)
        test_host_away(world, desk, sim, who)
        test_no_secrets(world, desk)
        station.stop()
        assert station.p.returncode == 0
        test_token(world, desk, sim)


main()
