# SPDX-License-Identifier: Apache-2.0
"""world.py - a whole small summit on this machine, for system tests.

A World is a temporary directory with a host's DIR and any number of devices;
each Device has a STATE, a simulated reader, an uplink and a kiosk with the
script screen. Everything is a real process; leaving the `with` block ends
them and removes the directory. Programs come from $BIN, examples from $SRC.
"""

import http.client
import json
import os
import pathlib
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
import shutil
import time
import urllib.parse
import urllib.request

import audited
from sim import Sim

BIN = pathlib.Path(os.environ["BIN"])
SRC = pathlib.Path(os.environ["SRC"])
POLICY = SRC / "tools/example/policy.conf"
REGISTRATIONS = SRC / "tools/example/registrations.csv"


def until(condition, seconds=20.0, what="condition"):
    """Wait until condition() is true and return what it gave."""
    end = time.monotonic() + seconds
    while True:
        began = time.monotonic()
        got = condition()
        if got:
            return got
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        # Between two looks, not for luck: at most half of the time is looked.
        time.sleep(max(0.02, time.monotonic() - began))


def free_port():
    """A loopback port that nothing listens on just now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def clock_env(file=None, root=None):
    """The kiosk's environment in which the clock is the machine's and
    synchronised, whatever the machine says; or as these say (wallclock.c)."""
    env = {"LD_PRELOAD": str(BIN.parent / "tests/wallclock.so"),
           "ASAN_OPTIONS": "verify_asan_link_order=0"}
    if file is not None:
        env["WALLCLOCK"] = str(file)
    if root is not None:
        env["WALLCLOCK_ROOT"] = str(root)
    return env


def with_clock(env):
    """The same, with a clock unless it has one, beside what else it loads."""
    env = dict(env or {})
    before = env.get("LD_PRELOAD", os.environ.get("LD_PRELOAD", ""))
    if "wallclock.so" in before:
        return env
    env.update(clock_env(), LD_PRELOAD=" ".join(
        filter(None, (before, clock_env()["LD_PRELOAD"]))))
    return env


class Process:
    """A child with its output in a file, ended with the world."""

    def __init__(self, name, argv, log, stdin=None, stdout=None, env=None,
                 who=None):
        """who: user, group and extra_groups of Popen."""
        self.name = name
        self.log = log
        with open(log, "ab") as err:
            self.p = subprocess.Popen(
                [str(a) for a in argv], stdin=stdin or subprocess.DEVNULL,
                stdout=stdout or err, stderr=err,
                env=dict(os.environ, **(env or {})), **(who or {}))

    @property
    def pid(self):
        return self.p.pid

    def alive(self):
        return self.p.poll() is None

    def kill(self, sig=signal.SIGKILL):
        """Send a signal and wait for the end."""
        if self.alive():
            self.p.send_signal(sig)
        return self.p.wait(20)

    def stop(self):
        if self.alive():
            self.p.terminate()
            try:
                self.p.wait(10)
            except subprocess.TimeoutExpired:
                self.p.kill()
                self.p.wait()
                raise AssertionError(f"{self.name} did not end on SIGTERM")


class Kiosk(Process):
    """badgeward-kiosk with the script screen: one line in, one line out."""

    def __init__(self, state, nfc, log, args=(), env=None, who=None,
                 before=()):
        """before: what runs it, as failing.py has it."""
        argv = [*before, BIN / "badgeward-kiosk", "-C", state,
                "--screen", "script", *(["--nfc", nfc] if nfc else []), *args]
        super().__init__("kiosk", argv, log, stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, env=with_clock(env),
                         who=who)
        self.rest = b""

    def line(self, seconds):
        end = time.monotonic() + seconds
        while b"\n" not in self.rest:
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError("the kiosk did not answer in time")
            if select.select([self.p.stdout], [], [], left)[0]:
                more = os.read(self.p.stdout.fileno(), 65536)
                if not more:
                    raise EOFError("the kiosk ended")
                self.rest += more
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode()

    def ask(self, command, seconds=60.0):
        """Send a command; the answer line, whatever it says."""
        try:
            self.p.stdin.write(command.encode() + b"\n")
            self.p.stdin.flush()
        except BrokenPipeError:
            raise EOFError("the kiosk ended")
        return self.line(seconds)

    def do(self, command, seconds=60.0):
        """Send a command that must be answered with ok; what follows it."""
        answer = self.ask(command, seconds)
        if answer != "ok" and not answer.startswith("ok "):
            raise AssertionError(f"{command!r} was answered {answer!r}")
        return answer[3:]

    def state(self):
        return self.do("state").strip()

    def wait(self, state, ms=10000):
        return self.do(f"wait {state} {ms}", ms / 1000 + 30)

    def shared(self, ms=10000):
        """It was shared; a badge that the device knows is asked about once
        more, and the answer is yes."""
        until(lambda: self.state() in ("ask", "shared"), ms / 1000, "shared")
        if self.state() == "ask":
            self.tap("share")
        self.wait("shared", ms)

    def tap(self, name):
        return self.do(f"tap {name}")

    def text(self):
        return json.loads(self.do("text"))

    def widgets(self):
        return json.loads(self.do("widgets"))

    def now(self):
        return int(self.do("now"))


class Device:
    """One booth: STATE, reader, uplink, kiosk."""

    def __init__(self, world, name, sponsor):
        self.world, self.name, self.sponsor = world, name, sponsor
        self.state = world.dir / name
        self.sim = Sim()
        self.uplink = self.kiosk = None
        self.nfc = f"pn532_uart:{self.sim.link}"
        world.ends.append(self.end)

    def start_uplink(self, args=(), env=None, before=()):
        self.uplink = Process(
            "uplink", [*before, BIN / "badgeward-uplink", "-C", self.state,
                       "run", *(["--ca", self.world.ca] if self.world.ca
                                else []), *args],
            self.world.log("uplink-" + self.name), env=env)
        return self.uplink

    def start_kiosk(self, args=(), env=None):
        self.kiosk = Kiosk(self.state, self.nfc,
                           self.world.log("kiosk-" + self.name), args, env)
        return self.kiosk

    def add(self):
        """`device add`: the enrol address."""
        return self.world.cli("device", "add", self.name, "--sponsor",
                              self.sponsor).strip()

    def enrol(self, address=None):
        """Enrol through a running uplink, as staff would."""
        self.state.mkdir(exist_ok=True)
        if self.uplink is None:
            self.start_uplink()
        done = subprocess.run(
            [str(BIN / "badgeward-kiosk"), "-C", str(self.state), "enrol",
             address or self.add(), "--yes"], capture_output=True, text=True,
            timeout=90)
        if done.returncode != 0:
            raise AssertionError(f"enrol failed: {done.stderr}")
        return done.stdout

    def end(self):
        for p in (self.kiosk, self.uplink):
            if p is not None and p.alive():
                p.kill()
        self.sim.stop()

    def badge(self, registration, uid, tag="ntag215"):
        """Encode a badge and put it on a simulated tag of the same name."""
        out = self.world.dir / f"badge-{uid}.bin"
        self.world.cli("badge", "encode", "--registration", registration,
                       "--uid", uid, "--out", out, "--type", tag,
                       "--force")
        name = f"b{uid}"
        self.sim.do(f"tag add {name} {tag} {uid}")
        self.sim.do(f"tag load {name} {out}")
        return name

    def share(self, tag, ms=30000):
        """Somebody holds this badge to it and shares, and goes on."""
        self.kiosk.wait("idle", ms)
        self.kiosk.tap("start")
        self.kiosk.tap("share")
        self.kiosk.wait("hold")
        self.sim.do(f"tag present {tag}")
        self.kiosk.shared()
        self.sim.do(f"tag remove {tag}")
        self.kiosk.tap("done")
        self.kiosk.wait("idle", ms)

    def outbox(self):
        box = self.state / "outbox"
        return sorted(p.name for p in box.glob("log-*.cbor"))

    def synced(self, seconds=30.0):
        """Wait until everything finished has reached the host."""
        until(self.settled, seconds, f"outbox of {self.name} empty")

    def rested(self, seconds=20.0):
        """Minutes go by, until nothing that was deleted is in a file."""
        wal = self.state / "kiosk/journal.db-wal"
        until(lambda: self.kiosk.do("advance 60000") or
              wal.stat().st_size == 0, seconds, "the log is at rest")

    def settled(self):
        """No upload waits, and the kiosk is about to put none: it does so
        between two commands, so it is looked at across some."""
        for _ in range(3):
            if self.outbox():
                return False
            if self.kiosk is not None and self.kiosk.alive():
                self.kiosk.state()
            time.sleep(0.01)
        return True


STAFF_PIN = "314159"


def policy_with_pin(path):
    """The example policy, its first sponsor's staff having STAFF_PIN."""
    line = subprocess.run([str(BIN / "badgeward"), "policy", "pin"],
                          input=STAFF_PIN + "\n", capture_output=True,
                          text=True, check=True).stdout
    path.write_text(POLICY.read_text().replace("sponsor example-corp {\n",
                                               "sponsor example-corp {\n"
                                               + line))
    return path


LANGUAGES = ("en", "de", "fr", "es", "ja", "zh", "ar", "hi")


def policy_in_all(path, retention_days):
    """The example policy, with every language that the screen speaks."""
    text = POLICY.read_text()
    text = text.replace("{ en, de }", "{ " + ", ".join(LANGUAGES) + " }")
    text = re.sub(r"^(retention_days +=) \d+", rf"\1 {retention_days}", text,
                  flags=re.M)
    more = "".join(f'\n\t\t{lang} = "..."' for lang in LANGUAGES[2:])
    path.write_text(re.sub(r'^\t+de = ".*"$', lambda m: m[0] + more, text,
                           flags=re.M))
    return path


class World:
    """A host's DIR, its server, and the devices of one event."""

    def __init__(self, policy=POLICY, registrations=REGISTRATIONS,
                 listen_apart=False, scheme="http"):
        """listen_apart: the host listens elsewhere than at its base URL, so
        that a test can stand between (self.listen). With $FRONT=nginx it
        is nginx that stands there, self.tls what trusts it and self.ca
        the file of that."""
        self.nginx = os.environ.get("FRONT") == "nginx"
        if self.nginx:
            listen_apart, scheme = True, "https"
        self.tls = self.ca = None
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="badgeward-"))
        self.host_dir = self.dir / "host"
        self.port = free_port()
        self.listen = free_port() if listen_apart else self.port
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self.ends = []
        self.host = None
        try:
            self.cli_raw("init", self.host_dir, "--event-id", "ev26",
                         "--event-name", "Summit 2026",
                         "--event-uri", "https://summit.example/2026",
                         "--log-name", "log.summit.example",
                         "--base-url", self.url)
            if policy is not None:
                self.cli("policy", "install", policy)
            if registrations is not None:
                self.cli("import", "eventbrite", registrations)
        except BaseException:
            self.end()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.show_logs()
        self.end()

    def end(self):
        for end in reversed(self.ends):
            end()
        if self.host is not None and self.host.alive():
            self.host.kill()
        shutil.rmtree(self.dir, ignore_errors=True)

    def log(self, name):
        return self.dir / f"{name}.log"

    def show_logs(self):
        for log in sorted(self.dir.glob("*.log")):
            tail = log.read_text(errors="replace").splitlines()[-25:]
            print(f"--- {log.name}", *tail, sep="\n", file=sys.stderr)

    def run(self, *argv, **kw):
        return subprocess.run([str(a) for a in argv], capture_output=True,
                              text=True, timeout=120, **kw)

    def cli_raw(self, *args):
        done = self.run(BIN / "badgeward", *args)
        if done.returncode != 0:
            raise AssertionError(
                f"badgeward {' '.join(map(str, args))}: {done.stderr}")
        return done.stdout

    def cli(self, *args):
        return self.cli_raw("-C", self.host_dir, *args)

    def refused(self, *args):
        """A command that must exit 1; what it said."""
        done = self.run(BIN / "badgeward", "-C", self.host_dir, *args)
        assert done.returncode == 1, (args, done)
        assert done.stderr.strip(), "a refusal without a word"
        return done.stderr

    def start_host(self, args=(), env=None):
        self.host = Process(
            "host", [BIN / "badgeward-host", "-C", self.host_dir,
                     "--listen", f"127.0.0.1:{self.listen}",
                     *(["--proxy", "127.0.0.1"] if self.nginx else []),
                     *args],
            self.log("host"), env=env)
        until(self.healthy, 20, "host answers /healthz")
        if self.nginx and self.tls is None:
            self.put_nginx_in_front()
        audited.HOSTS[urllib.parse.urlsplit(self.url).netloc] = self
        return self.host

    def put_nginx_in_front(self):
        import nginx
        from wire import Client
        if nginx.NGINX is None:
            print("no nginx here")
            sys.exit(77)
        front = nginx.Nginx(self)
        self.tls = Client.tls = front.tls
        self.ca = front.crt

    def connection(self, seconds=60, source=None):
        """To where people and programs come in."""
        where = {"timeout": seconds,
                 "source_address": source and (source, 0)}
        if self.tls is None:
            return http.client.HTTPConnection("127.0.0.1", self.listen,
                                              **where)
        return http.client.HTTPSConnection("127.0.0.1", self.port,
                                           context=self.tls, **where)

    def healthy(self):
        assert self.host.alive(), "the host ended"
        try:
            with urllib.request.urlopen(
                    f"http://127.0.0.1:{self.listen}/healthz", timeout=5) as r:
                return r.status == 200
        except OSError:
            return False

    def registrations(self):
        return json.loads(self.cli("registration", "list", "--json"))

    def device(self, name="k07", sponsor="example-corp"):
        return Device(self, name, sponsor)

    def leads(self, sponsor="example-corp"):
        """The sponsor's leads as `export leads --format json` gives them."""
        out = self.dir / f"leads-{sponsor}.json"
        self.cli("export", "leads", "--sponsor", sponsor, "--format", "json",
                 "--out", out, "--force")
        return json.loads(out.read_text())

    def leads_csv(self, sponsor="example-corp"):
        out = self.dir / f"leads-{sponsor}.csv"
        self.cli("export", "leads", "--sponsor", sponsor, "--format", "csv",
                 "--out", out, "--force")
        return out.read_text(encoding="utf-8")

    def vkey(self, device="k07"):
        for line in self.cli("device", "list").splitlines():
            words = line.split()
            if words and words[0] == device:
                return words[-1]
        raise AssertionError(f"no device {device}")

    def verify(self, device="k07"):
        """Export the log and verify it as an outsider; the summary."""
        out = self.dir / f"log-{device}.cbor"
        self.cli("export", "log", "--device", device, "--out", out,
                 "--force")
        return self.cli_raw("verify", "log", out, "--key", self.vkey(device))
