# SPDX-License-Identifier: Apache-2.0
"""portal.py - a person in front of the host's pages, without a browser: keeps
cookies, fills in forms as they stand, follows where it is sent."""

import base64
import hashlib
import hmac
import html
import re
import struct
import subprocess
import time
import urllib.parse

from audited import audited

PASSWORD = "correct horse battery staple"


def totp(secret, at=None):
    """The six digits of RFC 6238 for a base32 secret."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    mac = hmac.new(key, step, hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 10**6:06d}"


def invite(world, mail, role, sponsor=None):
    """The path of the link that the command line prints."""
    more = ["--sponsor", sponsor] if sponsor else []
    out = world.cli("account", "invite", mail, "--role", role, *more)
    return re.search(r"(/invite/\S+)", out).group(1)


def qr_on(text):
    """What a telephone reads in the one QR code of a page: its squares, drawn
    as they stand, through zbarimg."""
    svg, = re.findall(r'<svg class="qr".*?</svg>', text, re.S)
    side, = re.findall(r'viewBox="0 0 (\d+) \1"', svg)
    assert 'fill="#fff"/><path fill="#000"' in svg, svg[:300]
    side, wide = int(side), 6
    dots = [bytearray(b"\xff" * side * wide) for _ in range(side)]
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg):
        at = int(x) * wide
        dots[int(y)][at:at + wide] = bytes(wide)
    picture = b"P5 %d %d 255\n" % (side * wide, side * wide) + b"".join(
        bytes(row) * wide for row in dots)
    done = subprocess.run(["zbarimg", "-q", "--raw", "-Sdisable",
                           "-Sqrcode.enable", "PNM:-"], input=picture,
                          capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode().removesuffix("\n")


def as_pages_are(text):
    """On every page: what stands over numbers stands as they do, and a day is
    typed as it is shown, whatever a browser's language makes of dates."""
    for table in re.findall(r'<table class="table">(.*?)</table>', text, re.S):
        heads, rows = (re.findall(r"<t[hd]((?: [^>]*)?)>", part) if i == 0 else
                       part.split("<tr")[1:] for i, part in enumerate(
                           table.split("</thead>", 1)))
        for row in rows:
            cells = re.findall(r"<t[hd]((?: [^>]*)?)>", row)
            for head, cell in zip(heads, cells):
                assert ('class="number"' not in cell or
                        'class="number"' in head), (heads, row)
    assert 'type="date"' not in text
    for field in re.findall(r"<input[^>]*pattern=[^>]*>", text):
        hint = re.search(r'aria-describedby="[^"]*?([\w-]+-hint)"', field)
        assert f'id="{hint[1]}">A day like 2026-06-01' in text or \
            f'id="{hint[1]}">Ein Tag wie 1.6.2026' in text, field


class Answer:
    def __init__(self, r):
        self.status = r.status
        self.headers = r.headers
        self.body = r.read()
        self.text = self.body.decode(errors="replace")

    @property
    def location(self):
        return self.headers["Location"]


class Person:
    def __init__(self, world, language="en"):
        self.world = world
        self.host = f"127.0.0.1:{world.port}"
        self.language = language
        self.cookies = {}
        self.secret = None
        self.used = set()
        self.recovery = []
        self.password = PASSWORD
        self.at = None
        self.page = None
        self.kept = None

    def connect(self):
        return self.world.connection()

    def keep(self):
        """Ask over one connection, as browsers do, for as long as it lasts."""
        self.kept = self.connect()
        return self

    def answer(self, method, path, body, headers):
        c = self.kept or self.connect()
        try:
            c.request(method, path, body, headers)
            return Answer(c.getresponse())
        except (BrokenPipeError, ConnectionResetError):
            # The host had closed what nobody used for a while.
            if not self.kept:
                raise
            c.close()
            c.request(method, path, body, headers)
            return Answer(c.getresponse())
        finally:
            if not self.kept:
                c.close()

    def ask(self, method, path, body=None, headers=(), type_=None):
        h = {"Host": self.host, "Accept-Language": self.language,
             "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if not self.cookies:
            del h["Cookie"]
        if body is not None:
            h["Content-Type"] = type_ or "application/x-www-form-urlencoded"
        h.update(dict(headers))
        h = {k: v for k, v in h.items() if v is not None}
        with audited(self.world, method, path) as seen:
            a = self.answer(method, path, body, h)
            seen(a.status)
        for line in a.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            # A browser takes no such name without it, nor it over http.
            assert ("Secure" in line.split("; ")) == name.startswith(
                "__Host-"), name
            if "Max-Age=0" in line:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return a

    def get(self, path):
        """Follow redirects to a page; it is self.page then."""
        for _ in range(8):
            self.at = path
            self.page = self.ask("GET", path)
            if self.page.status not in (302, 303):
                as_pages_are(self.page.text)
                return self.page
            path = self.page.location
        raise AssertionError(f"{path} leads in circles")

    def hidden(self):
        """What each form of the page that is open carries."""
        found = {name: re.search(rf'name="{name}" value="([^"]+)"',
                                 self.page.text)
                 for name in ("csrf", "once", "seen")}
        return {k: html.unescape(m.group(1)) for k, m in found.items() if m}

    def csrf(self):
        return self.hidden().get("csrf")

    def post(self, path, follow=True, **fields):
        """Post a form of the page that is open."""
        fields = {**self.hidden(), **fields}
        a = self.ask("POST", path, urllib.parse.urlencode(fields, True))
        self.page = a
        return self.get(a.location) if follow and a.status == 303 else a

    def upload(self, path, field, data, name="report.csv"):
        """Post a form with a file, of the page that is open."""
        edge = "----a-boundary-of-our-own"
        head = "".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{k}"{more}'
            f"\r\n\r\n{v}" for k, v, more in (
                *((k, f"{v}\r\n", "") for k, v in self.hidden().items()),
                (field, "", f'; filename="{name}"\r\n'
                 "Content-Type: text/csv")))
        body = head.encode() + data + f"\r\n--{edge}--\r\n".encode()
        a = self.ask("POST", path, body,
                     type_=f"multipart/form-data; boundary={edge}")
        self.page = a
        return self.get(a.location) if a.status == 303 else a

    # ---- as people do it

    def accept(self, link, password=PASSWORD):
        self.get(link)
        return self.post(link, password=password, again=password)

    def code(self):
        """A code of now that was not used yet; one may be of the next step."""
        for ahead in (0, 30):       # never one before the last
            code = totp(self.secret, time.time() + ahead)
            if code not in self.used:
                self.used.add(code)
                return code
        return self.recovery.pop()

    def proof(self):
        """What forms that hand out keys ask for once more."""
        return {"proof": self.password,
                **({"proof-code": self.code()} if self.secret else {})}

    def make_token(self, name, scopes, days="7", **more):
        """Make an API token; its text, or None when it was refused."""
        if self.get("/me/tokens").status != 200:
            return None
        self.post("/me/tokens", token=name, scopes=scopes, days=days,
                  **self.proof(), **more)
        m = re.search(r'class="secret">(bw_[\w-]{32})<', self.page.text)
        return m and m.group(1)

    def log_in(self, mail, password=PASSWORD):
        self.get("/login")
        self.post("/login", mail=mail, password=password)
        if self.at == "/login/enrol":
            self.enrol("/login/enrol")
        elif self.at == "/login/second":
            self.post("/login/second", code=self.code())
        return self.get("/start")

    def enrol(self, path):
        self.secret = re.search(r'class="secret">([A-Z2-7]+)<',
                                self.page.text).group(1)
        self.post(path, code=self.code())
        assert self.page.status == 200, self.page.text
        self.recovery = re.findall(r"<li><code>([^<]+)<", self.page.text)
        return self.page


def joined(world, mail, role, sponsor=None, language="en"):
    """Somebody who was invited, accepted and is logged in."""
    p = Person(world, language)
    p.accept(invite(world, mail, role, sponsor))
    p.log_in(mail)
    assert p.page.status == 200, (mail, p.page.status, p.page.text)
    return p


def listen(p):
    """A person's open page: its stream of events."""
    c = p.connect()
    c.request("GET", "/events", headers={"Host": p.host, "Cookie": "; ".join(
        f"{k}={v}" for k, v in p.cookies.items())})
    return c, c.getresponse()


def change(r):
    """It is told that something has changed, after what may come before; its
    number."""
    line = r.readline()
    while line in (b":\n", b"\n") or line.startswith(b"retry: "):
        line = r.readline()
    assert line == b"event: change\n", line
    data = r.readline()
    assert data.startswith(b"data: "), data
    return int(data[6:])
