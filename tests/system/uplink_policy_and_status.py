# SPDX-License-Identifier: Apache-2.0
"""The uplink brings the newest policy and takes the device's health along.

It never logs what it carries, and refuses to run twice or without a state.
"""

import json
import os
import ssl
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from fakehost import FakeHost, hang, huge, status, truncated  # noqa: E402
from nginx import certificate  # noqa: E402
from uplink import BIN, ENROL_ID, Booth, until  # noqa: E402


def test_policy(booth, host):
    """A new one replaces the old one; the same one is not written again."""
    assert booth.once() == 0
    path = booth.inbox / "policy.jws"
    assert path.read_bytes() == host.policy
    first = host.seen("GET", "policy")[-1]
    assert "if-none-match" not in first.headers
    stamp = path.stat().st_mtime_ns
    assert booth.once() == 0
    assert path.stat().st_mtime_ns == stamp
    host.policy, host.etag = b"eyJ.dHdv.x", '"2"'
    assert booth.once() == 0
    assert path.read_bytes() == b"eyJ.dHdv.x"
    # The kiosk took it away: that it was seen is not forgotten.
    path.unlink()
    for fault in (truncated, huge, status(500), status(404), status(200),
                  status(200, b"not a token\n"),
                  status(302, headers=[("Location", host.url + "/x")])):
        host.policy, host.etag = b"eyJ.dGhy.x", '"3"'
        host.then(fault, on="/v1/device/policy")
        booth.once()
        assert not path.exists(), fault
    assert booth.once() == 0
    assert path.read_bytes() == b"eyJ.dGhy.x"


def test_revoked(booth, host):
    """Passed on as often as the host says it, and no other refusal is."""
    path = booth.inbox / "revoked"
    word = b'{"error":"this device was revoked","revoked":true}'
    for fault in (status(403), status(403, b"<p>revoked"), status(200, word),
                  status(500, word)):
        host.then(fault, on="/v1/device/policy")
        booth.once()
        assert not path.exists(), fault
    for _ in range(2):
        host.then(status(403, word), on="/v1/device/policy")
        assert booth.once() == 1
        path.unlink()
    host.then(status(403, word), on="/v1/device/policy")
    booth.once()
    host.then(status(503), on="/v1/device/policy")
    booth.once()
    assert path.exists(), "nothing was heard to the contrary"
    booth.once()
    assert not path.exists()


def test_revoked_once(booth, host):
    """What the host says at each look is logged at the first."""
    word = b'{"error":"this device was revoked","revoked":true}'
    line = ": the host said 403: this device was revoked"
    booth.put("status.json", {"version": "1"})
    booth.start("--every", "1")
    for n in 1, 2:
        for path in "policy", "status":
            host.then(status(403, word), 1000, f"/v1/device/{path}")
        seen = len(host.seen("GET", "policy"))
        host.until(lambda: len(host.seen("GET", "policy")) > seen + 3,
                   "some looks")
        assert "403" in booth.uplink_json()["trouble"]
        for path in "policy", "status":
            said = booth.log.read_text()
            assert said.count(path + line) == n, said
        with host.lock:
            host.faults.clear()
        until(lambda: booth.log.read_text().count("carried again") == n, 20, "well")
    booth.stop()


def test_conditional(booth, host):
    """A running uplink asks with If-None-Match."""
    booth.start("--every", "1")
    host.until(lambda: [r for r in host.seen("GET", "policy")
                        if "if-none-match" in r.headers], "a second look")
    booth.stop()


def test_status(booth, host):
    health = {"version": "1", "backlog": 3, "reader": "ready"}
    booth.put("status.json", health)
    assert booth.once() == 0
    assert host.status[-1] == health, host.status
    assert (booth.outbox / "status.json").exists()
    booth.put("status.json", b"\xff not json")
    booth.upload(0, 1)
    booth.once()
    assert host.size == 1, "what the kiosk says must not stop uploads"


def test_time_left(booth, host):
    """What waits after a week without a host, and how long it will take."""
    for first in range(0, 4000, 1000):
        booth.upload(first, first + 1000)
    assert "time_left" not in booth.uplink_json(), booth.uplink_json()
    host.then(lambda c, r, h: c.sendall(h.answer(r)), 2, "/v1/device/log")
    host.then(hang, on="/v1/device/log")
    booth.start()
    until(lambda: booth.uplink_json().get("entries") == 2000, 20,
          "two uploads are carried")
    told = booth.uplink_json()
    assert told["pending"] == 2 and told["rate"] >= 1, told
    assert told["time_left"] == -(-2000 // told["rate"]), told
    host.release()
    booth.emptied(60)
    until(lambda: booth.uplink_json().get("entries") == 0, 20, "all carried")
    assert "time_left" not in booth.uplink_json(), booth.uplink_json()
    booth.stop()


def test_quiet(booth, host):
    """No token, body or policy in the log."""
    booth.upload(0, 1, b"SECRETBODY")
    host.then(status(500, b"<p>SECRETANSWER"))
    booth.start()
    booth.emptied(30)
    booth.stop()
    log = booth.log.read_text()
    tokens = [r.headers["authorization"].split()[-1] for r in host.requests
              if "authorization" in r.headers]
    assert tokens
    for secret in ["SECRETBODY", "SECRETANSWER", "eyJ.b25l", *tokens]:
        assert secret not in log, secret


def wake_ups(pid):
    with open(f"/proc/{pid}/status") as f:
        return int(next(line for line in f if
                        line.startswith("voluntary_ctxt")).split()[1])


def test_sleeps(booth, host):
    """Where nothing waits it looks once in ten seconds only, and ends at once
    nevertheless."""
    booth.start()
    until(lambda: host.seen("GET", "policy"), 20, "it has asked")
    until(lambda: booth.uplink_json().get("online"), 20, "and said so")

    def quiet():
        before = wake_ups(booth.p.pid)
        time.sleep(4)  # the time that is measured
        return wake_ups(booth.p.pid) - before <= 1
    until(quiet, 60, "it sleeps for four seconds")
    booth.upload(0, 1)
    booth.emptied()
    assert booth.stop() == 0


def test_only_one(booth, host):
    booth.start()
    booth.got("identity.spki")
    host.until(lambda: host.seen("GET", "policy"), "it runs")
    done = subprocess.run(booth.argv("run", "--once"), capture_output=True,
                          text=True, timeout=30)
    assert done.returncode == 1 and done.stderr.strip(), done
    assert booth.stop() == 0


def test_ended(booth, host):
    """What an uplink said that has ended is told as such."""
    def status():
        done = subprocess.run(booth.argv("status"), capture_output=True,
                              text=True, timeout=30)
        assert done.returncode == 0, done
        return json.loads(done.stdout), done.stderr

    booth.start()
    host.until(lambda: host.seen("GET", "policy"), "it runs")
    host.until(lambda: booth.uplink_json().get("online"), "online")
    said, more = status()
    assert said["running"] and said["online"] and more == "", (said, more)
    last = time.gmtime(booth.uplink_json()["last"])
    assert said["last"] == time.strftime("%Y-%m-%dT%H:%M:%SZ", last), said
    for end in booth.stop, booth.kill:
        end()
        booth.upload(0, 1)
        said, more = status()
        assert not said["running"] and not said["online"], said
        assert said["pending"] == 1, said
        stamp = (booth.inbox / "uplink.json").stat().st_mtime
        since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(stamp))
        assert "no uplink runs" in more and since in more, more
        booth.start()
        booth.emptied()
        host.size = 0
    booth.stop()


def test_untrusted():
    """A certificate that is not trusted, and what names it."""
    with Booth() as booth:
        crt, key = certificate(booth.state)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(crt, key)
        with FakeHost(tls=tls) as host:
            host.spki = booth.spki
            name = f"enrol-{ENROL_ID}-get.json"
            for args, reason, says in (
                    ((), "certificate", "--ca"),
                    (("--ca", key), "certificate", "--ca"),
                    (("--ca", "/nonexistent"), "ca-file", "--ca")):
                booth.put(name, {"base": host.url, "id": ENROL_ID})
                assert booth.once(*args) == 1
                said = booth.uplink_json()
                assert said["reason"] == reason, said
                assert says in said["trouble"], said
                assert "SSL" not in said["trouble"], said
            booth.once("--ca", crt)
            assert booth.uplink_json()["reason"] == ""
            assert booth.json(f"enrol-{ENROL_ID}-offer.json")
        booth.put(name, {"base": host.url, "id": ENROL_ID})
        assert booth.once("--ca", crt) == 1
        assert booth.uplink_json()["reason"] == "connect"


def test_usage():
    for args, code in ((("--help",), 0), (("--version",), 0), ((), 2),
                       (("run",), 2), (("-C", "/nonexistent/x", "run"), 1),
                       (("-C", "/tmp", "dance"), 2), (("--what",), 2)):
        done = subprocess.run([str(BIN / "badgeward-uplink"), *args],
                              capture_output=True, text=True, timeout=30)
        assert done.returncode == code, (args, done)
        assert (done.stdout if code == 0 else done.stderr).strip(), args


for test in (test_policy, test_revoked, test_revoked_once, test_conditional,
             test_status, test_time_left, test_quiet, test_sleeps, test_only_one,
             test_ended):
    with Booth() as booth, FakeHost() as host:
        booth.enrol(host)
        test(booth, host)
        assert not host.bad_tokens, (test.__name__, host.bad_tokens)
test_usage()
test_untrusted()
