# SPDX-License-Identifier: Apache-2.0
"""smtpsink.py - an SMTP server that does as a test says, and keeps what came.

`plan` maps a place in the dialogue to what happens there: "greet", "mail",
"auth", "end" (after the dot) and recipients' addresses to a reply ("550 no"),
"drop" (the connection is closed there), "stall" (no answer until close), or a
function of the dialogue that answers by itself and says whether to go on. "data"
is the place inside a mail's text."""

import email
import email.policy
import socketserver
import ssl
import subprocess
import threading


class Mail:
    def __init__(self, sender, to, raw, parameters):
        self.sender, self.to, self.raw = sender, to, raw
        self.parameters = parameters    # of MAIL FROM
        self.message = email.message_from_bytes(
            raw, policy=email.policy.default)

    @property
    def subject(self):
        return str(self.message["Subject"])

    @property
    def text(self):
        part = self.message.get_body(("plain",))
        assert part.get_content_charset() == "utf-8", part.get_content_type()
        return part.get_content().replace("\r\n", "\n")


class Gone(Exception):
    pass


class Dialogue(socketserver.StreamRequestHandler):
    def say(self, place, otherwise):
        what = self.server.sink.plan.get(place, otherwise)
        if callable(what):
            return what(self)
        if what == "drop":
            raise Gone
        if what == "stall":
            self.server.sink.closing.wait()
            raise Gone
        self.wfile.write(f"{what}\r\n".encode())
        return what[0] in "23"

    def start_tls(self):
        self.wfile.write(b"220 go\r\n")
        self.connection = self.server.sink.tls.wrap_socket(
            self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)
        self.server.sink.secured += 1

    def data(self):
        lines = []
        while True:
            line = self.rfile.readline()
            if not line or "data" in self.server.sink.plan:
                raise Gone
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b"..") else line)
        # Kept before it is answered: what a server may do at most.
        end = self.server.sink.plan.get("end", "2")
        if callable(end) or end[0] in "2d":
            self.server.sink.keep(self.sender, self.to, b"".join(lines),
                                  self.parameters)
        self.say("end", "250 kept")

    def command(self, line):
        sink, verb = self.server.sink, line.split(" ")[0].upper()
        if verb == "EHLO" and "EHLO" in sink.plan:
            self.say("EHLO", "")
        elif verb == "EHLO":
            extra = [] if sink.tls is None else ["STARTTLS"]
            extra += ["8BITMIME", "SMTPUTF8"] if sink.utf8 else []
            for word in ["sink"] + extra:
                self.wfile.write(f"250-{word}\r\n".encode())
            self.wfile.write(b"250 AUTH PLAIN\r\n")
        elif verb == "STARTTLS":
            self.start_tls()
        elif verb == "AUTH":
            if len(line.split(" ")) == 2:
                self.wfile.write(b"334 \r\n")
                line += " " + self.rfile.readline().decode().strip()
            sink.auth.append(line)
            self.say("auth", "235 in")
        elif verb == "MAIL":
            sender, *self.parameters = line[10:].split(" ")
            self.sender, self.to = sender.strip("<>"), []
            self.say("mail", "250 ok")
        elif verb == "RCPT":
            to = line[8:].split(" ")[0].strip("<>")
            if self.say(to, "250 ok"):
                self.to.append(to)
        elif verb == "DATA":
            if self.say("DATA", "354 go"):
                self.data()
        elif verb == "QUIT":
            raise Gone
        else:
            self.wfile.write(b"250 ok\r\n")

    def handle(self):
        self.server.sink.connections += 1
        try:
            self.say("greet", "220 sink")
            while True:
                line = self.rfile.readline()
                if not line:
                    return
                self.command(line.decode().rstrip("\r\n"))
        except (Gone, OSError):
            pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class Sink:
    """With a certificate for `name` when tls is a directory to make it in."""

    def __init__(self, tls=None, name="127.0.0.1"):
        self.plan, self.mails, self.auth = {}, [], []
        self.connections = self.secured = 0
        self.utf8 = False   # SMTPUTF8 is offered
        self.lock, self.closing = threading.Lock(), threading.Event()
        self.arrived = threading.Event()
        self.tls = self.ca = None
        if tls is not None:
            self.certify(tls, name)
        self.server = Server(("127.0.0.1", 0), Dialogue)
        self.server.sink = self
        self.url = f"smtp://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever,
                         daemon=True).start()

    def certify(self, folder, name):
        kind = "IP" if name[0].isdigit() else "DNS"
        self.ca, key = folder / "sink.crt", folder / "sink.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=sink", "-addext", f"subjectAltName={kind}:{name}",
             "-keyout", key, "-out", self.ca], check=True,
            capture_output=True)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(self.ca, key)

    def keep(self, *what):
        with self.lock:
            self.mails.append(Mail(*what))
        self.arrived.set()

    def take(self):
        with self.lock:
            out, self.mails = self.mails, []
        self.arrived.clear()
        return out

    def close(self):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
