# SPDX-License-Identifier: Apache-2.0
"""wire.py - a device in plain Python, written from FORMATS.md alone.

It enrols, writes a log and uploads it over real HTTP, and can do all of that
wrong. Nothing of the project's own code is in it, so that the two check each
other. Values are the test's own; nothing here is fit for anything else.
"""

import base64
import hashlib
import hmac
import http.client
import json
import os
import secrets
import time
import urllib.parse

import cbor
import p256
from audited import attended

OPEN, SHARE, DECLINE, NO_ANSWER, UNREAD, UNDO, NOTE, POLICY, CLOCK, CLOSE = \
    range(10)


# ---- encodings ----

def head(major, n):
    if n < 24:
        return bytes([major << 5 | n])
    for code, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if n < 1 << 8 * width:
            return bytes([major << 5 | code]) + n.to_bytes(width, "big")
    raise ValueError(n)


def encode(item):
    """Deterministic CBOR."""
    if item is None:
        return b"\xf6"
    if isinstance(item, int):
        return head(0, item)
    if isinstance(item, bytes):
        return head(2, len(item)) + item
    if isinstance(item, str):
        return head(3, len(item.encode())) + item.encode()
    if isinstance(item, list):
        return head(4, len(item)) + b"".join(map(encode, item))
    pairs = sorted((encode(k), encode(v)) for k, v in item.items())
    return head(5, len(pairs)) + b"".join(k + v for k, v in pairs)


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def b64(data):
    return base64.b64encode(data).decode()


def b64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def unb32(text):
    return base64.b32decode(text + "=" * (-len(text) % 8))


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"),
                      ensure_ascii=False).encode()


def jws(key, kid, typ, payload):
    protected = b64url(canonical({"alg": "ES256", "kid": kid, "typ": typ}))
    text = f"{protected}.{b64url(payload)}"
    return f"{text}.{b64url(key.sign(text.encode()))}"


def open_jws(token, spki=None):
    """(header, payload bytes), verified when a key is given."""
    first, second, third = token.split(".")
    if spki is not None:
        assert p256.verify(spki, f"{first}.{second}".encode(),
                           unb64url(third)), "the signature is wrong"
    return json.loads(unb64url(first)), unb64url(second)


def root(leaves):
    """The RFC 6962 root of leaf hashes."""
    if not leaves:
        return sha()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha(b"\x01", root(leaves[:k]), root(leaves[k:]))


def cosigned(note, log, host_spki):
    """The time of the host's cosignature line, verified."""
    text, lines = note.split("\n\n", 1)
    text += "\n"
    prefix = b"\xffbadgeward.org/ecdsa-p256-cosignature/v1\0"
    kid = sha(f"{log}/host\n".encode(), prefix, host_spki)[:4]
    for line in lines.splitlines():
        dash, name, blob = line.split(" ")
        blob = base64.b64decode(blob)
        if dash != "\u2014" or name != f"{log}/host" or blob[:4] != kid:
            continue
        at = int.from_bytes(blob[4:12], "big")
        message = f"cosignature/v1\ntime {at}\n{text}".encode()
        assert p256.verify(host_spki, message, p256.undo_der(blob[12:]))
        return at
    raise AssertionError("no line of the host")


def badge_of(path):
    """(badge_id, edition) of an encoded badge file."""
    data = path.read_bytes()
    at = data.index(bytes.fromhex("d28443a10126"))
    payload = cbor.take(cbor.take(data, at)[0][2])[0]
    return payload[2], payload[3]


# ---- HTTP ----

class Answer:
    def __init__(self, r):
        self.status, self.headers, self.body = r.status, r.headers, r.read()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self):
        return self.body.decode()


class Client:
    """One connection, made again when it was closed, or is about to be for
    having rested."""

    tls = None  # an SSLContext, for all clients of a test

    def __init__(self, url):
        self.host = urllib.parse.urlsplit(url).netloc
        self.connection = None
        self.last = 0

    def connect(self, seconds):
        if self.tls is None:
            return http.client.HTTPConnection(self.host, timeout=seconds)
        return http.client.HTTPSConnection(self.host, timeout=seconds,
                                           context=self.tls)

    def ask(self, method, target, body=None, headers=None, seconds=60):
        if time.monotonic() - self.last > 10:
            self.close()
        self.last = time.monotonic()
        if self.connection is None:
            self.connection = self.connect(seconds)
        try:
            with attended(self.host, method, target) as seen:
                self.connection.request(method, target, body, headers or {})
                answer = Answer(self.connection.getresponse())
                seen(answer.status)
        except BaseException:
            self.close()
            raise
        # Who answers before the whole body came closes the connection behind
        # it, sooner or later.
        if answer.status in (413, 502):
            self.close()
        return answer

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None


class Wire(Client):
    """A device. `log` holds (entry, body) as bytes, from the open entry."""

    def __init__(self, address, now=None):
        base, rest = address.strip().split("/enrol#")
        super().__init__(base)
        code, pin = rest.split(".")
        self.code, self.pin = unb32(code), unb32(pin)
        self.id = sha(b"badgeward/1 enrol id\0", self.code)[:8].hex()
        self.key, self.seal, self.identity = (p256.Key() for _ in range(3))
        self.skew = 0
        self.log, self.leaves = [], []
        self.now = now or time.time
        self.last_time = 0
        self.pol = 0
        self.policy = None

    # -- requests --

    def token(self, method, target, body, **changes):
        claims = {"iat": int(time.time()) + self.skew,
                  "jti": secrets.token_hex(16), "htm": method,
                  "htu": target, "bsh": b64url(sha(body or b""))}
        claims.update(changes)
        return jws(self.identity, self.device, "badgeward-request+jwt",
                   canonical(claims))

    def call(self, method, target, body=None, token=None, headers=None):
        if token is None:
            token = self.token(method, target, body)
        return self.ask(method, target, body, {
            "Authorization": "Bearer " + token, **(headers or {})})

    # -- enrolment --

    def offer(self):
        answer = self.ask("GET", f"/v1/device/enrol?id={self.id}")
        if answer.status == 200:
            self.take_offer(answer.json)
        return answer

    def take_offer(self, offer):
        self.device, self.origin = offer["device"], offer["origin"]
        self.event = offer["event"]
        payload = open_jws(offer["policy"])[1]
        host = base64.b64decode(json.loads(payload)["host_spki"])
        assert sha(host)[:16] == self.pin, "not the host that staff named"
        open_jws(offer["policy"], host)
        self.host_spki = host
        self.take_policy(payload)

    def take_policy(self, payload):
        self.policy = json.loads(payload)
        assert canonical(self.policy) == payload, "not canonical"
        kept = {k: v for k, v in self.policy.items()
                if k not in ("field_keys", "blocked", "serial")}
        self.policy_sha = sha(canonical(kept))

    def post(self, **changes):
        """What a POST enrol holds."""
        if not self.log:
            self.add(OPEN, [{1: self.event, 2: self.device,
                             3: self.policy["sponsor"]["id"],
                             4: self.key.spki, 5: self.policy_sha}])
        entry, body = self.log[0]
        message = b"badgeward/1 enrol\0" + self.device.encode() + b"\0" + \
            self.key.spki + self.seal.spki + self.identity.spki
        out = {"id": self.id, "log_spki": b64(self.key.spki),
               "seal_spki": b64(self.seal.spki),
               "identity_spki": b64(self.identity.spki),
               "entry": b64(entry), "body": b64(body),
               "note": self.note(1),
               "proof": b64(hmac.digest(self.code, message, "sha256"))}
        out.update(changes)
        return out

    def enrol(self):
        """From the offer to the policy with its keys."""
        answer = self.offer()
        assert answer.status == 200, answer.body
        answer = self.send_post(self.post())
        assert answer.status == 200, answer.body
        self.take_policy(open_jws(answer.json["policy"], self.host_spki)[1])
        return self

    def send_post(self, post):
        return self.ask("POST", "/v1/device/enrol", json.dumps(post),
                        {"Content-Type": "application/json"})

    # -- the log --

    def add(self, kind, members, prev=None, when=None, seq=None):
        """An entry over [1, rs, *members]; its seq."""
        body = encode([1, os.urandom(16), *members])
        seq = len(self.log) if seq is None else seq
        when = int(self.now()) if when is None else when
        if kind in (DECLINE, NO_ANSWER, UNREAD):
            when -= when % 900
        when = max(when, self.last_time)
        self.last_time = when
        if kind in (OPEN, POLICY):
            self.pol = seq
        prev = prev or (self.leaves[-1] if self.leaves else bytes(32))
        entry = encode([1, kind, seq, when, prev,
                        sha(b"badgeward/1 body\0", body), self.pol])
        self.log.append((entry, body))
        self.leaves.append(sha(b"\0", entry))
        return seq

    def share(self, badge, fields, rc=None, lang="en", **changes):
        rc = rc or os.urandom(16)
        notice = sha(canonical(self.policy["notices"][lang]))
        member = {"sponsor": self.policy["sponsor"]["id"], "notice": notice,
                  **changes}
        return self.add(SHARE, [
            badge[0], badge[1], member["sponsor"], sorted(fields), lang,
            member["notice"], "touch", 4000, cbor.receipt_hash(rc)])

    def undo(self, seq):
        return self.add(UNDO, [seq])

    def decline(self):
        return self.add(DECLINE, [self.policy["sponsor"]["id"]])

    def note(self, size=None, leaves=None, key=None):
        leaves = self.leaves if leaves is None else leaves
        size = len(leaves) if size is None else size
        text = f"{self.origin}\n{size}\n{b64(root(leaves[:size]))}\n"
        key = key or self.key
        blob = key.kid + p256.der(key.sign(text.encode()))
        return f"{text}\n\u2014 {self.origin} {b64(blob)}\n"

    def bytes(self, start, end=None, note=None):
        """The upload form of entries [start, end)."""
        end = len(self.log) if end is None else end
        return b"".join(encode([e, b]) for e, b in self.log[start:end]) + \
            encode(note or self.note(end))

    def upload(self, start, end=None, data=None, token=None):
        target = f"/v1/device/log?from={start}"
        if data is None:
            data = self.bytes(start, end)
        return self.call("POST", target, data, token)

    def size(self):
        answer = self.call("GET", "/v1/device/log")
        assert answer.status == 200, answer.body
        size = answer.json["size"]
        assert base64.b64decode(answer.json["root"]) == \
            root(self.leaves[:size])
        return size
