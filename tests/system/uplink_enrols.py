# SPDX-License-Identifier: Apache-2.0
"""The uplink carries enrolment messages and never touches what is in them."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from fakehost import FakeHost, huge, lose, lose_answer, status  # noqa: E402
from uplink import ENROL_ID, Booth, until  # noqa: E402

GET = f"enrol-{ENROL_ID}-get.json"
POST = f"enrol-{ENROL_ID}-post.json"
OFFER = f"enrol-{ENROL_ID}-offer.json"
ANSWER = f"enrol-{ENROL_ID}-answer.json"


def test_identity(booth):
    """The key is made at the first start and stays."""
    booth.start()
    first = booth.got("identity.spki")
    assert len(first) == 91
    key = booth.state / "uplink/identity.key"
    assert key.stat().st_mode & 0o777 == 0o600 and key.stat().st_size == 32
    assert (booth.state / "uplink").stat().st_mode & 0o777 == 0o700
    assert booth.stop() == 0
    (booth.inbox / "identity.spki").unlink()
    booth.start()
    assert booth.got("identity.spki") == first
    booth.stop()


def test_enrol(booth, host):
    booth.start("--every", "1")
    booth.enrol(host)
    where = json.loads((booth.state / "uplink/host.json").read_text())
    assert where == {"base": host.url, "device": "k07"}, where
    # From here on it proves itself.
    host.until(lambda: host.seen("GET", "policy"), "it asks for the policy")
    booth.stop()
    assert not host.bad_tokens, host.bad_tokens


def test_refused(booth, host):
    """A 404 is an answer; the message is done."""
    booth.start()
    booth.put(GET, {"base": host.url, "id": ENROL_ID})
    offer = booth.json(OFFER)
    assert offer["status"] == 404 and offer["body"]["error"], offer
    booth.put(POST, {"base": host.url, "id": ENROL_ID, "device": "k07",
                     "body": {"id": ENROL_ID}})
    answer = booth.json(ANSWER)
    assert answer["status"] == 409 and answer["body"]["error"], answer
    assert not (booth.state / "uplink/host.json").exists()
    until(lambda: not list(booth.outbox.iterdir()), 10, "messages taken")
    booth.stop()


def test_bad_ways(booth, host):
    """No answer is no answer: it is tried until there is one."""
    host.offers[ENROL_ID] = {"event": "ev26", "device": "k07",
                             "origin": "o", "policy": "p"}
    for fault in lose, lose_answer, status(503), huge:
        host.then(fault)
        booth.put(GET, {"base": host.url, "id": ENROL_ID})
        assert booth.once() == 1, fault
        assert not (booth.inbox / OFFER).exists(), fault
        assert (booth.outbox / GET).exists(), fault
        assert booth.once() == 0, fault
        assert booth.json(OFFER)["status"] == 200
        assert not (booth.outbox / GET).exists()
        (booth.inbox / OFFER).unlink()


def test_bad_messages(booth, host):
    """What is no message is not sent anywhere, and nothing else waits."""
    host.offers[ENROL_ID] = {"event": "ev26"}
    for bad in (b"", b"{", b"[]", {"id": ENROL_ID},
                {"base": "http://192.0.2.1", "id": ENROL_ID},
                {"base": "file:///etc", "id": ENROL_ID},
                {"base": host.url + "/x?y=", "id": ENROL_ID},
                {"base": host.url, "id": "../../etc"},
                {"base": host.url, "id": 7}):
        before = len(host.requests)
        booth.put("enrol-ffffffffffffffff-get.json", bad)
        booth.put(GET, {"base": host.url, "id": ENROL_ID})
        booth.once()
        assert booth.json(OFFER)["status"] == 200
        assert len(host.requests) == before + 1, bad
        (booth.inbox / OFFER).unlink()
        for p in booth.outbox.iterdir():
            p.unlink()


for test in (test_identity,):
    with Booth() as booth:
        test(booth)
for test in test_enrol, test_refused, test_bad_ways, test_bad_messages:
    with Booth() as booth, FakeHost() as host:
        host.spki = booth.spki
        test(booth, host)
