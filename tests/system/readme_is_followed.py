# SPDX-License-Identifier: Apache-2.0
"""README's own commands, in its order and as they stand there, in an empty
directory: from `init` to the sponsor's file, with a simulated reader and with a
script in front of the kiosk. Only what README says to put in is put in: names of
files, the address of the host on one machine, and the reader."""

import http.client
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from cells import cells  # noqa: E402
from first import confirm, erase, write  # noqa: E402
from portal import Person  # noqa: E402
from sim import Sim  # noqa: E402
from world import BIN, SRC, Kiosk, Process, free_port, until  # noqa: E402

# What is typed where a command reads a value.
TYPED = "+353 1 555 0102\n"
UID = "04e10cda993c80"
STAYS = ("badgeward-host", "badgeward-uplink", "badgeward-mailer")


def section(text, title, indent):
    """The indented commands under this title."""
    part = text.split(f"\n## {title}\n")[1].split("\n## ")[0]
    lines = re.sub(r"\\\n\s*", "", part).splitlines()
    out = [x.strip() for x in lines if x.startswith(" " * indent) and
           x[indent] != " "]
    assert all(re.match(r"badgeward|export PATH", x) for x in out), out
    return out


class Summit:
    """What README makes, and what a Person of portal.py asks of a world."""

    def __init__(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="badgeward-readme-"))
        self.host_dir = self.dir / "DIR"
        self.port = free_port()
        self.sim, self.kiosk, self.running = Sim(), None, []
        self.address = self.said = self.vkey = ""
        shutil.copy(SRC / "tools/example/policy.conf",
                    self.dir / "my-policy.conf")
        shutil.copy(SRC / "tools/example/registrations.csv",
                    self.dir / "attendees.csv")
        (self.dir / "FILE").write_text("the mail server's password\n")
        (self.dir / "FILE").chmod(0o600)

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def put_in(self, line):
        for was, now in (
                ("https://host.summit.example",
                 f"http://127.0.0.1:{self.port}"),
                ("127.0.0.1:8080", f"127.0.0.1:{self.port}"),
                ("pn532_uart:/dev/ttyUSB0", self.sim.nfc),
                ("--screen window", "--screen script")):
            line = line.replace(was, now)
        return line

    def run(self, line):
        done = subprocess.run(
            ["bash", "-c", line], cwd=self.dir, text=True, timeout=120,
            input=TYPED if line.endswith(" -") else "", capture_output=True,
            env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}",
                 "VKEY": self.vkey})
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        self.said = done.stdout
        if " device list" in line:
            self.vkey = self.said.split()[-1]
        if " device add " in line:
            self.address = self.said.split()[-1]

    def start(self, line):
        """What runs until it is stopped."""
        name, *args = line.split("#")[0].strip(" &").split()
        os.chdir(self.dir)
        if name == "badgeward-kiosk":
            at = args.index("--nfc") + 1
            self.kiosk = Kiosk(self.dir / "STATE", args[at],
                               self.dir / "kiosk.log")
            self.running.append(self.kiosk)
            return self.booth()
        log = self.dir / f"{name}.log"
        self.running.append(Process(name, [BIN / name, *args], log))
        if name == "badgeward-host":
            until(lambda: "listening on" in log.read_text(), 30, "it listens")

    def booth(self):
        """Its first start, and somebody who shares."""
        self.kiosk.wait("enrol", 60000)
        self.kiosk.tap("type")
        erase(self.kiosk, len("s://"))
        write(self.kiosk, self.address.removeprefix("http"))
        self.kiosk.tap("take")
        confirm(self.kiosk, "k07")
        self.kiosk.wait("idle", 60000)
        self.kiosk.tap("start")
        self.kiosk.tap("share")
        self.kiosk.wait("hold")
        self.sim.do("tag present badge")
        self.kiosk.shared()
        self.sim.do("tag remove badge")
        self.kiosk.tap("done")
        self.kiosk.wait("idle")
        box = self.dir / "STATE/outbox"
        until(lambda: not list(box.glob("log-*.cbor")), 60, "it is sent")

    def follow(self, line):
        line = self.put_in(line)
        if " badge write " in line:
            self.sim.do(f"tag add badge ntag215 {UID}")
            self.sim.do("tag present badge")
        if line.split()[0] in (*STAYS, "badgeward-kiosk"):
            self.start(line)
        else:
            self.run(line)
        if " badge write " in line:
            self.sim.do("tag remove badge")

    def end(self):
        for p in reversed(self.running):
            p.stop()
        self.sim.stop()
        shutil.rmtree(self.dir, ignore_errors=True)


def in_a_browser(s):
    """Who opens the link that was printed invites a sponsor's manager."""
    boss = Person(s)
    boss.accept(re.search(r"(/invite/\S+)", s.said)[1])
    boss.log_in("you@summit.example")
    boss.get("/people")
    boss.post("/people", mail="m@example.com", role="sponsor-manager",
              sponsor="example-corp", **boss.proof())
    manager = Person(s)
    manager.accept(re.search(r"(/invite/[^<]+)<", boss.page.text)[1])
    manager.log_in("m@example.com")
    manager.get("/downloads")
    answer = manager.post("/downloads", format="xlsx", which="all")
    assert answer.status == 200, answer.text
    return cells(answer.body)


def main():
    text = (SRC / "README.md").read_text()
    steps = section(text, "A real event, step by step", 7)
    assert len(steps) > 20, steps
    s = Summit()
    try:
        for line in steps:
            s.follow(line)
            if " policy " in line:
                s.follow(line)  # as after each change of the policy
        made = (s.dir / "leads.csv").read_text().splitlines()
        assert len(made) == 2 and "k07-" in made[1], made
        assert list((s.dir / "screens").iterdir())
        assert (s.dir / "badges.pdf").read_bytes().startswith(b"%PDF")
        for line in section(text, "The same in a browser", 4):
            s.follow(line)
        lead, = in_a_browser(s)
        assert lead["email"] and lead["email"] in made[1], lead
        for line in section(text, "The privacy officer", 7):
            s.follow(line)
        assert all(p.alive() for p in s.running), s.running
    except BaseException:
        for log in s.dir.glob("*.log"):
            print(f"--- {log.name}", log.read_text(errors="replace")[-2000:],
                  sep="\n", file=sys.stderr)
        raise
    finally:
        s.end()
    print("ok")


main()
