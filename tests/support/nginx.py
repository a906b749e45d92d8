# SPDX-License-Identifier: Apache-2.0
"""nginx.py - a private nginx with board/nginx/badgeward.conf, on loopback.

What an operator sets is set for the test: name, certificate, ports and where
the logs are. The rest is the file as it ships.
"""

import pathlib
import shutil
import ssl
import subprocess

from world import SRC, Process, free_port, until

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def certificate(folder):
    """A self-signed one for 127.0.0.1: its file, and its key's."""
    crt, key = folder / "tls.crt", folder / "tls.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", key, "-out", crt], check=True, capture_output=True)
    return crt, key


def shipped(changes):
    """The configuration with these changes, each of which must apply."""
    text = (SRC / "board/nginx/badgeward.conf").read_text()
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


class Nginx(Process):
    """In front of a world whose base URL is https and which listens apart."""

    def __init__(self, world, more=None, name="nginx"):
        self.dir = pathlib.Path(world.dir / name)
        self.dir.mkdir()
        self.crt, key = certificate(self.dir)
        self.plain = free_port()
        site = shipped({
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "\tlisten [::]:80;\n": "",
            "listen 443 ssl http2;":
                f"listen 127.0.0.1:{world.port} ssl http2;",
            "\tlisten [::]:443 ssl http2;\n": "",
            "host.summit.example": "127.0.0.1",
            "/etc/ssl/badgeward.crt": str(self.crt),
            "/etc/ssl/private/badgeward.key": str(key),
            "/var/log/nginx/": f"{self.dir}/",
            "root /usr/share/badgeward/nginx;": f"root {SRC}/board/nginx;",
            "http://127.0.0.1:8080": f"http://127.0.0.1:{world.listen}",
            **(more or {})})
        # gzip: as Debian's own nginx.conf has it.
        (self.dir / "nginx.conf").write_text(
            "daemon off;\nmaster_process off;\n"
            f"pid {self.dir}/pid;\nerror_log {self.dir}/error.log warn;\n"
            "events { worker_connections 1024; }\n"
            "http {\ngzip on;\naccess_log off;\n" +
            "".join(f"{name}_temp_path {self.dir}/{name};\n" for name in (
                "client_body", "proxy", "fastcgi", "uwsgi", "scgi")) +
            site + "}\n")
        super().__init__("nginx", [NGINX, "-p", self.dir, "-c",
                                   self.dir / "nginx.conf"],
                         world.log("nginx"))
        world.ends.append(self.end)
        self.tls = ssl.create_default_context(cafile=str(self.crt))
        until(lambda: (self.dir / "pid").exists() or not self.alive(), 20,
              "nginx runs")
        assert self.alive(), "nginx ended"

    def end(self):
        if self.alive():
            self.kill()
