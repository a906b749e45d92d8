# SPDX-License-Identifier: Apache-2.0
"""booth.py - one enrolled kiosk with a simulated reader, and no host.

    with Booth() as booth:
        booth.kiosk.wait("idle")

The state directory, badges and cosigned notes come from the test program
`booth` (booth_tool.c), made of the keys in vectors.json.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from sim import Sim
from world import Kiosk, clock_env, until

BUILD = pathlib.Path(os.environ["BUILD"])
TOOL = BUILD / "tests/booth"
UID = "04e10cda993c80"

# What stands on Ada's badge (booth.c), and the keys that open it (vectors).
VALUES = {1: "Ada Example", 2: "ada@example.org", 3: "Example GmbH",
          4: "Systems Engineer", 5: "+49 30 1234567", 6: "Berlin, DE"}


def tool(*args, env=None):
    """Run `booth`; what it printed."""
    done = subprocess.run([TOOL, *map(str, args)], capture_output=True,
                          text=True, timeout=60,
                          env=dict(os.environ, **(env or {})))
    if done.returncode != 0:
        raise AssertionError(f"booth {args}: {done.stderr}")
    return done.stdout


class Booth:
    def __init__(self, valid=86400, enrolled=True, start=True, args=(),
                 env=None, quarter=None, who=None):
        """quarter: the kiosk's clock is put on, so that it starts so many
        seconds into a quarter hour."""
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="badgeward-booth-"))
        self.state = self.dir / "state"
        self.args, self.env, self.who = args, env, who
        self.sim = Sim()
        self.kiosk = None
        self.clocks = []
        if quarter is not None:
            shift = self.dir / "clock"
            shift.write_text(
                f"{900 - int(time.time()) % 900 + quarter} ntp")
            self.env = clock_env(shift)
        try:
            if enrolled:
                tool("state", self.state, valid)
            self.badge("ada", UID)
            if start:
                self.start()
        except BaseException:
            self.end()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None and (self.dir / "kiosk.log").exists():
            log = (self.dir / "kiosk.log").read_text(errors="replace")
            print("--- kiosk.log", *log.splitlines()[-40:], sep="\n",
                  file=sys.stderr)
        self.end()

    def end(self):
        if self.kiosk is not None and self.kiosk.alive():
            self.kiosk.kill()
        self.sim.stop()
        shutil.rmtree(self.dir, ignore_errors=True)

    def start(self, before=()):
        self.kiosk = Kiosk(self.state, self.sim.nfc, self.dir / "kiosk.log",
                           ("--debug", *self.args), self.env, self.who,
                           before)
        return self.kiosk

    def quit(self):
        """End it in good order: nothing may have gone wrong."""
        self.kiosk.do("quit")
        code = self.kiosk.p.wait(20)
        assert code == 0, f"exit {code}"

    def badge(self, name, uid, how=None, kind="ntag215"):
        """A tag with Ada's badge, or with a wrong one (see booth_tool.c)."""
        path = self.dir / f"{name}.tag"
        tool("badge", path, uid, *([how] if how else []))
        self.sim.do(f"tag add {name} {kind} {uid}")
        self.sim.do(f"tag load {name} {path}")

    def take(self, env=None):
        """Be the host: verify and cosign all uploads; [(seq, kind), …]. What
        clock entries say is added to self.clocks: (old, new, source)."""
        got = []
        for line in tool("take", self.state, env=env).splitlines():
            seq, kind = line.split(" ", 1)
            if kind.startswith("clock "):
                kind, old, new, source = kind.split(" ", 3)
                self.clocks.append((int(old), int(new), source))
            got.append((int(seq), kind))
        return got

    def uploads(self):
        return sorted(p.name for p in (self.state / "outbox").iterdir()
                      if p.name.startswith("log-"))

    def mail_done(self):
        """The kiosk has looked at its mail once more, both ways: it took
        something of no use, and came back to take another."""
        odd = self.state / "inbox/resend-9999999999"
        for _ in range(2):
            odd.write_text("")
            until(lambda: not odd.exists(), 10, "the kiosk looks at its mail")

    def log(self):
        return (self.dir / "kiosk.log").read_text()

    # Parts of a visit.
    def ask(self):
        self.kiosk.wait("idle")
        self.kiosk.tap("start")
        assert self.kiosk.state() == "ask"

    def hold(self):
        self.ask()
        self.kiosk.tap("share")
        assert self.kiosk.state() in ("hold", "reading", "shared", "unread")

    def share(self, tag="ada"):
        self.hold()
        self.sim.do(f"tag present {tag}")
        self.kiosk.shared()
        self.sim.do(f"tag remove {tag}")
