# SPDX-License-Identifier: Apache-2.0
"""Enrolment: the offer, the proof, the answer, and everyone else."""

import base64
import json
import os
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, came, device_line, enrolled, invited  # noqa: E402
import p256  # noqa: E402
from world import policy_with_pin  # noqa: E402
from wire import Wire, open_jws  # noqa: E402


def offer_has_no_keys(w):
    w.cli("policy", "install", policy_with_pin(w.dir / "pin.conf"))
    d = invited(w, "k01")
    answer = d.offer()
    assert answer.status == 200, answer.body
    assert answer.headers["Cache-Control"] == "no-store"
    assert d.origin == "log.summit.example/ev26/k01"
    header, _ = open_jws(answer.json["policy"], d.host_spki)
    assert header["typ"] == "badgeward-policy+jws"
    assert header["alg"] == "ES256"
    assert "field_keys" not in d.policy and "blocked" not in d.policy
    assert "staff_pin" not in d.policy
    assert d.policy["sponsor"]["id"] == "example-corp"


def enrols_once(w):
    d = invited(w, "k02")
    assert "invited" in device_line(w, "k02")
    d.offer()
    post = d.post()
    first = d.send_post(post)
    assert first.status == 200, first.body
    d.take_policy(open_jws(first.json["policy"], d.host_spki)[1])
    assert base64.b64decode(d.policy["field_keys"])
    assert base64.b64decode(d.policy["blocked"])
    assert d.policy["staff_pin"].startswith("pbkdf2-sha256:200000:")
    assert d.policy["serial"] >= 1
    assert "active" in device_line(w, "k02")
    # The open entry is in the log: its checkpoint says size 1, to everybody
    # when this quarter hour is over.
    came(w, -1)
    answer = d.ask("GET", "/log/k02/checkpoint")
    assert answer.status == 200 and answer.text.split("\n")[:2] == \
        [d.origin, "1"]
    assert d.size() == 1
    # The same again: the same answer, byte for byte.
    assert d.send_post(post).body == first.body
    # Also for a kiosk that lost its memory of the offer.
    assert d.offer().status == 200
    # Other keys, with a right proof too: no.
    thief = Wire(f"{w.url}/enrol#" + address_tail(d))
    thief.offer()
    answer = thief.send_post(thief.post())
    assert answer.status == 409, answer.body
    assert "another device" in answer.json["error"]
    assert d.send_post(post).body == first.body


def address_tail(d):
    def b32(x):
        return base64.b32encode(x).decode().rstrip("=")
    return f"{b32(d.code)}.{b32(d.pin)}"


def wrong_posts_are_refused(w):
    d = invited(w, "k03")
    d.offer()
    good = d.post()
    bad = base64.b64encode(bytes(32)).decode()
    answer = d.send_post(dict(good, proof=bad))
    assert answer.status == 403, answer.body
    assert "enrol address" in answer.json["error"]
    # A key that the proof does not cover.
    other = base64.b64encode(p256.Key().spki).decode()
    for name in ("log_spki", "seal_spki", "identity_spki"):
        answer = d.send_post(dict(good, **{name: other}))
        assert answer.status == 403, (name, answer.body)
    for name in good:
        missing = {k: v for k, v in good.items() if k != name}
        answer = d.send_post(missing)
        assert answer.status == 400, (name, answer.body)
        assert "error" in answer.json
    assert d.send_post(dict(good, more=1)).status == 400
    assert d.ask("POST", "/v1/device/enrol", b"{").status == 400
    assert "invited" in device_line(w, "k03")


def wrong_logs_are_refused(w):
    """The proof is right, but the open entry is not this device's."""
    for what in ("event", "device", "sponsor"):
        d = invited(w, f"k1-{what}")
        d.offer()
        if what == "event":
            d.event = "ev99"
        elif what == "sponsor":
            d.policy["sponsor"]["id"] = "acme"
        name = d.device
        if what == "device":
            d.device = "k02"
        post = d.post()
        d.device = name
        # The proof names the device: make it anew, as the holder could.
        if what == "device":
            log, d.log = d.log, d.log
            post["proof"] = d.post()["proof"]
            d.log = log
        answer = d.send_post(post)
        assert answer.status == 422, (what, answer.status, answer.body)
        assert "invited" in device_line(w, name)
    d = invited(w, "k1-note")
    d.offer()
    post = d.post(note=d.note(key=p256.Key()) if d.log else None)
    post["note"] = d.note(key=p256.Key())
    answer = d.send_post(post)
    assert answer.status == 422, answer.body


def unknown_and_over(w):
    d = invited(w, "k04")
    assert d.ask("GET", "/v1/device/enrol").status == 400
    assert d.ask("GET", "/v1/device/enrol?id=xyz").status == 400
    answer = d.ask("GET", "/v1/device/enrol?id=" + "0" * 16)
    assert answer.status == 404, answer.body
    w.cli("device", "revoke", "k04")
    assert d.offer().status == 410
    # A name never recurs.
    w.refused("device", "add", "k04", "--sponsor", "example-corp")


def renewed_addresses(w):
    """A lost or expired invitation is made anew, and the old one ends."""
    d = invited(w, "k20")
    assert d.offer().status == 200
    fresh = Wire(w.cli("device", "renew", "k20").strip())
    answer = d.send_post(d.post())
    assert answer.status == 404, answer.body
    assert d.offer().status == 404
    with sqlite3.connect(w.host_dir / "host.db") as db:
        db.execute("UPDATE device SET code_until = 1 WHERE name = 'k20'")
    answer = fresh.offer()
    assert answer.status == 410 and "device renew" in answer.text, answer.body
    last = Wire(w.cli("device", "renew", "k20").strip())
    assert fresh.offer().status == 404
    assert last.offer().status == 200
    assert last.send_post(last.post()).status == 200
    assert "active" in device_line(w, "k20")
    assert "device revoke" in w.refused("device", "renew", "k20")
    w.cli("device", "revoke", "k20")
    assert "new name" in w.refused("device", "renew", "k20")
    assert "device list" in w.refused("device", "renew", "k21")


def address_on_a_tag(w):
    """One URI record; nobody is invited when it could not be written."""
    tag = w.dir / "address.tag"
    for act in (("add", "k21", "--sponsor", "example-corp"),
                ("renew", "k21", "--force")):
        address = w.cli("device", *act, "--tag", tag).strip()
        image = tag.read_bytes()
        scheme, rest = address.split("://")
        uri = b"\xd1\x01" + bytes([len(rest) + 1]) + b"U" + \
            {"http": b"\x03", "https": b"\x04"}[scheme] + rest.encode()
        assert image == b"\x03" + bytes([len(uri)]) + uri + b"\xfe", image
        assert tag.stat().st_mode & 0o777 == 0o600
    assert Wire(address).offer().status == 200
    there = w.refused("device", "add", "k22", "--sponsor", "example-corp",
                      "--tag", tag)
    assert "--force" in there, there
    w.refused("device", "add", "k22", "--sponsor", "example-corp", "--tag",
              w.dir / "nowhere/tag")
    assert "k22" not in w.cli("device", "list")
    assert tag.read_bytes() == image


def policy_is_fetched(w):
    d = enrolled(w, "k05")
    answer = d.call("GET", "/v1/device/policy")
    assert answer.status == 200, answer.body
    etag = answer.headers["ETag"]
    open_jws(answer.text, d.host_spki)
    again = d.call("GET", "/v1/device/policy",
                   headers={"If-None-Match": etag})
    assert again.status == 304 and again.body == b""
    assert again.headers["ETag"] == etag
    # It is not issued anew for nothing.
    assert d.call("GET", "/v1/device/policy").text == answer.text
    serial = json.loads(open_jws(answer.text)[1])["serial"]
    # Another device's issue does not change it; serials differ.
    e = enrolled(w, "k06", "acme")
    assert e.policy["serial"] > serial
    assert d.call("GET", "/v1/device/policy",
                  headers={"If-None-Match": etag}).status == 304
    # A new version does, with a higher serial.
    text = (w.dir / "policy2.conf")
    text.write_text(open(os.path.join(
        os.environ["SRC"], "tools/example/policy.conf")).read().replace(
            "retention_days = 180", "retention_days = 90"))
    w.cli("policy", "install", text)
    fresh = d.call("GET", "/v1/device/policy",
                   headers={"If-None-Match": etag})
    assert fresh.status == 200, fresh.body
    policy = json.loads(open_jws(fresh.text, d.host_spki)[1])
    assert policy["serial"] > e.policy["serial"]
    assert policy["retain_days"] == 90
    assert fresh.headers["ETag"] != etag
    w.cli("device", "revoke", "k05")
    assert d.call("GET", "/v1/device/policy").status == 403


with World() as world:
    world.start_host()
    for check in (offer_has_no_keys, enrols_once, wrong_posts_are_refused,
                  wrong_logs_are_refused, unknown_and_over,
                  renewed_addresses, address_on_a_tag,
                  policy_is_fetched):
        check(world)
        print("ok", check.__name__)
