# SPDX-License-Identifier: Apache-2.0
"""fakehost.py - a host on loopback that does what a test tells it to.

It knows enough of the device API (FORMATS.md) to serve an uplink: enrolment,
policy, log, status. It counts uploads by their file's range and does not look
into them: an upload is b"FROM TO\\n" and anything behind. Its faults are
played in order:

    host.then(status(503))         the next request gets 503
    host.then(hang, on="/v1/device/log")

Every request is kept in .requests and its token checked.
"""

import base64
import email.utils
import hashlib
import json
import re
import socket
import threading
import time

import cbor
import p256


class Request:
    def __init__(self, method, target, headers, body):
        self.method, self.target = method, target
        self.headers, self.body = headers, body
        self.at = time.monotonic()

    @property
    def path(self):
        return self.target.split("?")[0]

    def query(self, name):
        m = re.search(rf"[?&]{name}=([^&]*)", self.target)
        return m and m.group(1)


def reply(code, body=b"", headers=(), reason="X"):
    if isinstance(body, (dict, list)):
        body = json.dumps(body).encode()
    head = [f"HTTP/1.1 {code} {reason}", f"Content-Length: {len(body)}",
            *(f"{k}: {v}" for k, v in headers), "", ""]
    return "\r\n".join(head).encode() + body


# --- what a fault may be: a function of connection, request and host ---

def status(code, body=b'{"error":"told to"}', headers=()):
    return lambda c, r, h: c.sendall(reply(code, body, headers))


def lose(c, r, h):
    """The connection is gone before an answer."""


def lose_answer(c, r, h):
    """The request is done, but its answer is lost."""
    h.answer(r)


def truncated(c, r, h):
    """Half of the right answer."""
    whole = h.answer(r)
    c.sendall(whole[:-(len(whole) - whole.index(b"\r\n\r\n")) // 2])


def huge(c, r, h):
    """An answer without end."""
    c.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    try:
        while not h.stopping:
            c.sendall(b"x" * 65536)
    except OSError:
        pass


def hang(c, r, h):
    """No answer, and the connection stays open."""
    h.wait(lambda: h.stopping or h.released, 300)


def drip(c, r, h):
    """The right answer, a byte at a time, for ever slow."""
    for byte in h.answer(r):
        try:
            c.sendall(bytes([byte]))
        except OSError:
            return
        if h.wait(lambda: h.stopping or h.released, 1):
            return


class FakeHost:
    def __init__(self, spki=None, clock=0, tls=None):
        self.tls = tls          # an ssl.SSLContext
        self.lock = threading.Condition()
        self.requests = []
        self.faults = []
        self.size = 0           # of the log, as far as it came
        self.posts = {}         # from -> body, each upload that was kept
        self.policy, self.etag = b"eyJ.b25l.x", '"1"'
        self.offers = {}        # id -> offer
        self.answers = {}       # id -> answer
        self.spki = spki        # a function giving the identity's SPKI
        self.clock = clock      # seconds that the host is ahead
        self.status = []
        self.tokens = set()
        self.bad_tokens = []
        self.stopping = self.released = False
        self.listener = None
        self.port = 0
        self.up()

    # --- up and down ---

    def up(self):
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(("127.0.0.1", self.port))
        s.listen(64)
        self.port = s.getsockname()[1]
        scheme = "https" if self.tls else "http"
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self.listener = s
        threading.Thread(target=self.accept, args=(s,), daemon=True).start()

    def down(self):
        """Nobody listens any more."""
        s, self.listener = self.listener, None
        s.shutdown(socket.SHUT_RDWR)
        s.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with self.lock:
            self.stopping = True
            self.lock.notify_all()
        if self.listener is not None:
            self.down()

    def accept(self, s):
        while True:
            try:
                c, _ = s.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(c,),
                             daemon=True).start()

    # --- one connection ---

    def read_request(self, c):
        data = b""
        while b"\r\n\r\n" not in data:
            more = c.recv(65536)
            if not more:
                return None
            data += more
        head, body = data.split(b"\r\n\r\n", 1)
        lines = head.decode().split("\r\n")
        method, target, _ = lines[0].split(" ")
        headers = {}
        for line in lines[1:]:
            k, v = line.split(":", 1)
            headers[k.lower()] = v.strip()
        if headers.get("expect") == "100-continue":
            c.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        while len(body) < int(headers.get("content-length", 0)):
            more = c.recv(65536)
            if not more:
                return None
            body += more
        return Request(method, target, headers, body)

    def serve(self, c):
        with c:
            try:
                if self.tls:
                    c = self.tls.wrap_socket(c, server_side=True)
                while (r := self.read_request(c)) is not None:
                    with self.lock:
                        fault = self.take_fault(r)
                        self.requests.append(r)
                        self.lock.notify_all()
                    if fault is not None:
                        fault(c, r, self)
                        return
                    c.sendall(self.answer(r))
            except OSError:
                pass

    def take_fault(self, r):
        for i, (fault, on) in enumerate(self.faults):
            if on is None or r.path.startswith(on):
                del self.faults[i]
                return fault
        return None

    # --- what tests call ---

    def then(self, fault, times=1, on=None):
        with self.lock:
            self.faults += [(fault, on)] * times

    def release(self):
        """Let those go that hang."""
        with self.lock:
            self.released = True
            self.lock.notify_all()

    def wait(self, condition, seconds=20.0):
        with self.lock:
            return self.lock.wait_for(condition, seconds)

    def until(self, condition, what, seconds=20.0):
        assert self.wait(condition, seconds), f"not within {seconds} s: {what}"

    def seen(self, method, path):
        return [r for r in self.requests
                if (r.method, r.path) == (method, "/v1/device/" + path)]

    # --- the API ---

    def answer(self, r):
        with self.lock:
            name = f"{r.method} {r.path.removeprefix('/v1/device/')}"
            if name not in ("GET enrol", "POST enrol"):
                refusal = self.check_token(r)
                if refusal is not None:
                    return refusal
            do = {"GET enrol": self.get_enrol, "POST enrol": self.post_enrol,
                  "GET policy": self.get_policy, "GET log": self.get_log,
                  "POST log": self.post_log,
                  "POST status": self.post_status}.get(name)
            got = do(r) if do else reply(404, {"error": "no such page"})
            self.lock.notify_all()
            return got

    def check_token(self, r):
        """None, or 401: the rules of FORMATS.md, Device and host."""
        try:
            kind, token = r.headers["authorization"].split(" ")
            assert kind == "Bearer"
            parts = token.split(".")
            header, claims, sig = (base64.urlsafe_b64decode(p + "==")
                                   for p in parts)
            header, claims = json.loads(header), json.loads(claims)
            assert set(header) == {"alg", "kid", "typ"}, header
            assert header["alg"] == "ES256"
            assert header["typ"] == "badgeward-request+jwt"
            assert set(claims) == {"iat", "jti", "htm", "htu", "bsh"}
            assert claims["htm"] == r.method and claims["htu"] == r.target
            bsh = base64.urlsafe_b64encode(
                hashlib.sha256(r.body).digest()).decode().rstrip("=")
            assert claims["bsh"] == bsh
            if self.spki is not None:
                assert p256.verify(self.spki(), ".".join(parts[:2]).encode(),
                                   sig), "the signature"
        except (AssertionError, KeyError, ValueError) as e:
            self.bad_tokens.append(repr(e))
            return reply(401, {"error": "bad token"}, self.date())
        # libcurl sends a request again when a kept connection is lost.
        if claims["jti"] in self.tokens:
            return reply(401, {"error": "a jti twice"}, self.date())
        self.tokens.add(claims["jti"])
        if abs(claims["iat"] - time.time() - self.clock) > 300:
            return reply(401, {"error": "wrong time"}, self.date())
        return None

    def date(self):
        return [("Date", email.utils.formatdate(time.time() + self.clock,
                                                usegmt=True))]

    def get_enrol(self, r):
        offer = self.offers.get(r.query("id"))
        return reply(200, offer) if offer else \
            reply(404, {"error": "unknown enrolment"})

    def post_enrol(self, r):
        answer = self.answers.get(json.loads(r.body)["id"])
        return reply(200, answer) if answer else \
            reply(409, {"error": "other keys"})

    def get_policy(self, r):
        if r.headers.get("if-none-match") == self.etag:
            return reply(304, b"", [("ETag", self.etag)])
        return reply(200, self.policy, [("ETag", self.etag)])

    def get_log(self, r):
        return reply(200, {"size": self.size, "root": "x"})

    def post_log(self, r):
        first, size = map(int, cbor.sequence(r.body)[-1].split())
        assert str(first) == r.query("from")
        if first > self.size:
            return reply(409, {"error": "a gap", "size": self.size})
        self.size = max(self.size, size)
        self.posts[first] = r.body
        return reply(200, self.note(size))

    @staticmethod
    def note(size):
        root = base64.b64encode(hashlib.sha256(b"%d" % size).digest())
        return f"log/ev26/k07\n{size}\n{root.decode()}\n\n" \
            "— log/ev26/k07 eHh4eA==\n— log/host eXl5eQ==\n".encode()

    def post_status(self, r):
        try:
            self.status.append(json.loads(r.body))
        except ValueError:
            return reply(400, {"error": "no JSON"})
        return reply(200, {})
