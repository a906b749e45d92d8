# SPDX-License-Identifier: Apache-2.0
"""Uploads reach the host in order, each at least once, whatever happens.

Loss, lost answers, 5xx, 401 with another time, 409, refusals, truncated and
huge answers, a host that is away, kill -9 of the uplink: nothing is
lost, nothing is removed before the host's note is safely in inbox.
"""

import email.utils
import os
import random
import sys
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from fakehost import (FakeHost, huge, lose, lose_answer,  # noqa: E402
                      status, truncated)
from uplink import Booth, as_upload, until  # noqa: E402

LOG = "/v1/device/log"


def notes(booth):
    return sorted(p.name for p in booth.inbox.glob("note-*.txt"))


def test_in_order(booth, host):
    for first, size in (0, 3), (3, 4), (4, 10):
        booth.upload(first, size)
    assert booth.once() == 0
    assert [r.query("from") for r in host.seen("POST", "log")] == \
        ["0", "3", "4"]
    assert booth.uploads() == []
    assert notes(booth) == [f"note-{n:010d}.txt" for n in (3, 4, 10)]
    assert booth.got("note-0000000010.txt") == host.note(10)
    booth.start()
    booth.upload(10, 11)  # noticed at once
    booth.got("note-0000000011.txt", 5)
    booth.emptied()
    booth.stop()


def test_faults(booth, host):
    """Each fault once: exit 1, the upload still there; then it goes."""
    size = 0
    for fault in (lose, lose_answer, truncated, huge, status(500),
                  status(503, headers=[("Retry-After", "1")]), status(403),
                  status(429), status(200, b""), status(200, b"x" * 100000),
                  status(302, headers=[("Location", host.url + "/healthz")])):
        booth.upload(size, size + 1)
        booth.upload(size + 1, size + 2)
        host.then(fault, on=LOG)
        before = len(host.requests)
        assert booth.once() == 1, fault
        assert len(booth.uploads()) == 2, "what comes later must wait"
        assert not [r for r in host.requests[before:]
                    if r.path == "/healthz"], "it followed a redirect"
        assert booth.once() == 0, fault
        assert booth.uploads() == []
        size += 2
    assert host.size == size and len(host.posts) == size


def test_wrong_clock(booth, host):
    """Hours off: the 401's Date sets the request's time, at once."""
    for clock in 86400, -86400, 0:
        host.clock = clock
        booth.upload(host.size, host.size + 1)
        assert booth.once() == 0, clock
        assert booth.uploads() == []
    host.clock = 7200
    booth.start()
    booth.upload(host.size, host.size + 1)
    booth.emptied(10)
    before = len(host.requests)
    booth.upload(host.size, host.size + 1)
    booth.emptied(10)
    assert len(host.seen("POST", "log")) and \
        len([r for r in host.requests[before:] if r.path == LOG]) == 1, \
        "a corrected time is kept"
    booth.stop()
    assert not host.bad_tokens, host.bad_tokens


def test_gap(booth, host):
    """409: the kiosk is asked to send again from what the host has."""
    host.size = 4
    booth.upload(6, 9)
    booth.start()
    booth.got("resend-0000000004", 10)
    # The kiosk rebuilds the outbox and takes the message away.
    for p in booth.outbox.glob("log-*"):
        p.unlink()
    booth.upload(4, 9)
    (booth.inbox / "resend-0000000004").unlink()
    booth.got("note-0000000009.txt")
    booth.emptied()
    booth.stop()
    assert len(host.seen("POST", "log")) < 20, "it asked too often"


def test_refused(booth, host):
    """422 and 413: kept for staff, never lost, and reported."""
    for code in 422, 413:
        content = as_upload(0, 5, b"keep me %d" % code)
        booth.put("log-0000000000-0000000005.cbor", content)
        host.then(status(code), on=LOG)
        booth.once()
        kept = [p for p in booth.state.rglob("*")
                if p.is_file() and p.read_bytes() == content]
        assert len(kept) == 1, f"{code}: {kept}"
        assert booth.uplink_json()["pending"] >= 1, booth.uplink_json()
        assert not notes(booth)
        before = len(host.seen("POST", "log"))
        booth.start()
        host.until(lambda: len(host.status) > 0 or
                   len(host.seen("GET", "policy")) > 0, "it goes on")
        booth.stop()
        assert len(host.seen("POST", "log")) <= before + 1, \
            "a refused upload is not sent over and over"
        kept[0].unlink()


def test_cut_short(booth, host):
    """What a power cut left of an upload does not go: the host would only
    refuse it. When the kiosk has built it anew, it goes at once."""
    whole = as_upload(0, 3, b"x" * 5000)
    for n in 0, 1, 3, 4000, len(whole) - 1:
        booth.put("log-0000000000-0000000003.cbor", whole[:n])
        assert booth.once() == 1, n
        assert "not whole" in booth.uplink_json()["trouble"]
    assert not host.seen("POST", "log")
    booth.start()
    booth.put("log-0000000000-0000000003.cbor", whole)
    booth.got("note-0000000003.txt", 10)
    booth.stop()


def test_away(booth, host):
    """The host is away for a while; tries are spaced; then all is sent."""
    host.down()
    booth.start()
    for n in range(5):
        booth.upload(n, n + 1)
    until(lambda: booth.uplink_json().get("online") is False, 20, "offline")
    assert booth.uplink_json()["pending"] == 5, booth.uplink_json()
    host.up()
    booth.emptied(60)
    until(lambda: booth.uplink_json().get("online") is True, 20, "online")
    assert host.size == 5
    booth.stop()


def test_spacing(booth, host):
    """A host in trouble is not hammered."""
    host.then(status(503), times=1000)
    booth.upload(0, 1)
    booth.start()
    host.until(lambda: len(host.seen("POST", "log")) >= 4, "four tries", 60)
    at = [r.at for r in host.seen("POST", "log")][:4]
    assert at[3] - at[0] > 1, at
    booth.stop()


def test_retry_after(booth, host):
    """Kept in seconds or as a date, by the clock that the answer tells; and
    not taken back by another answer that says nothing of it."""
    def date(s):
        return email.utils.formatdate(1e9 + s, usegmt=True)
    for headers in ([("Retry-After", "4")],
                    [("Date", date(0)), ("Retry-After", date(4))]):
        first = len(host.requests)
        host.then(status(503, headers=headers), on=LOG)
        booth.upload(host.size, host.size + 1)
        booth.start()
        booth.emptied()
        booth.stop()
        seen = host.requests[first:]
        a, b = [r for r in seen if r.path == LOG]
        assert b.at - a.at >= 3.9, f"{headers} was not kept: {b.at - a.at}"
        assert [r for r in seen[:seen.index(b)] if r.method == "GET"], seen


def test_killed(booth, host):
    """kill -9 at random moments; every upload arrives."""
    seed = int(os.environ.get("SEED", random.randrange(1 << 32)))
    print(f"seed {seed}")
    rng = random.Random(seed)
    size = 0
    for _ in range(25):
        for _ in range(rng.randrange(4)):
            booth.upload(size, size + 1, b"x" * rng.randrange(50000))
            size += 1
        host.then(rng.choice((lose, lose_answer, truncated)), on=LOG)
        booth.start()
        moment = rng.random() * 0.08
        end = time.monotonic() + moment
        while time.monotonic() < end:
            pass  # a moment, to the microsecond
        booth.kill()
        done = [int(n[5:15]) for n in notes(booth)]
        left = [int(n[15:25]) for n in booth.uploads()]
        assert sorted(set(done) | set(left)) == list(range(1, size + 1)), \
            (done, left, size)
    with host.lock:
        host.faults.clear()
    assert booth.once() == 0
    assert notes(booth) == [f"note-{n:010d}.txt"
                            for n in range(1, size + 1)]
    assert sorted(host.posts) == list(range(size)) and host.size == size


for test in (test_in_order, test_faults, test_wrong_clock, test_gap,
             test_refused, test_cut_short, test_away, test_spacing,
             test_retry_after, test_killed):
    with Booth() as booth, FakeHost() as host:
        booth.enrol(host)
        test(booth, host)
        assert not host.bad_tokens, (test.__name__, host.bad_tokens)
