# SPDX-License-Identifier: Apache-2.0
"""Kiosk, reader and uplink as the users of board/, over the folders of board/:
together they do their work, and none of them, from within, gets at what is
another's, at the network that is not its own, or out of its process.

Needs root, to become these users.
"""

import errno
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

if os.geteuid() != 0:
    print("skipped: only root can run programs as other users")
    sys.exit(77)

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import BUILD, Booth, tool  # noqa: E402
from supervise import Unit, until  # noqa: E402
import world  # noqa: E402

SRC = pathlib.Path(os.environ["SRC"])
EVENTS = "socket 16 3 15"  # of the kernel: what is plugged in
INET, INET6, PACKET = "socket 2 1 0", "socket 10 2 0", "socket 17 3 0"
NO_FAMILY, NO_RIGHT, NO_CALL = (errno.EAFNOSUPPORT, errno.EACCES,
                                errno.ENOSYS)
ASAN = "-fsanitize" in (BUILD / "build.ninja").read_text()


class Users:
    """The users and groups of sysusers.conf, without making them here."""

    def __init__(self, root):
        (root / "etc").mkdir()
        subprocess.run(["systemd-sysusers", f"--root={root}",
                        SRC / "board/sysusers.conf"], check=True,
                       stderr=subprocess.DEVNULL)
        self.ids = {p[0]: (int(p[2]), int(p[3]))
                    for p in self.lines(root / "etc/passwd")}
        self.groups = {g[0]: (int(g[2]), g[3].split(","))
                       for g in self.lines(root / "etc/group")}

    @staticmethod
    def lines(path):
        return [line.split(":") for line in path.read_text().splitlines()]

    def who(self, name):
        """Popen's words for this user with all its groups."""
        uid, gid = self.ids[name]
        return {"user": uid, "group": gid, "extra_groups": [
            g for g, members in self.groups.values() if name in members]}


class Prisoner:
    """A running program with escape.so in it."""

    def __init__(self, folder, name):
        self.base = folder / name
        for end in ("todo", "done"):
            path = pathlib.Path(f"{self.base}.{end}")
            path.write_text("")
            path.chmod(0o666)
        self.env = {"LD_PRELOAD": f"{folder}/escape.so {folder}/wallclock.so",
                    "ESCAPE": str(self.base)}

    def attempt(self, pid, lines):
        """{line: errno}; "done" is there when it lived to tell."""
        done = pathlib.Path(f"{self.base}.done")
        done.write_text("")
        pathlib.Path(f"{self.base}.todo").write_text("\n".join(lines))
        os.kill(pid, signal.SIGUSR2)
        until(lambda: done.read_text().endswith("done\n") or not alive(pid),
              20, f"{self.base.name} tells")
        said = [line.rsplit(" ", 1) for line in done.read_text().splitlines()]
        return {s[0]: int(s[1]) if len(s) > 1 else 0 for s in said}


def alive(pid):
    try:
        state = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.rsplit(")", 1)[1].split()[0] != "Z"


def status(pid):
    return dict(line.split(":\t", 1) for line in pathlib.Path(
        f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line)


class Device:
    """A device's file system, and its processes."""

    def __init__(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="badgeward-users-"))
        self.root.chmod(0o711)
        self.users = Users(self.root)
        subprocess.run(["systemd-tmpfiles", f"--root={self.root}", "--create",
                        SRC / "board/tmpfiles.conf"], check=True)
        self.state = self.root / "var/lib/badgeward"
        # A checkout may lie where these users cannot go.
        self.bin = self.root / "bin"
        self.bin.mkdir()
        for name in ("kiosk", "reader", "uplink"):
            shutil.copy(world.BIN / f"badgeward-{name}", self.bin)
        for name in ("escape", "wallclock"):
            shutil.copy(BUILD / f"tests/{name}.so", self.root)
        self.path = self.root / "reader.socket"
        self.reader = Prisoner(self.root, "reader")
        self.kiosk = Prisoner(self.root, "kiosk")
        self.uplink = Prisoner(self.root, "uplink")
        self.running = []

    def enrol(self):
        """What an enrolled kiosk has, as it would lie there."""
        made = self.root / "made"
        tool("state", made, 86400)
        uid, gid = self.users.ids["badgeward-kiosk"]
        for path in (made / "kiosk").iterdir():
            new = self.state / "kiosk" / path.name
            shutil.copy(path, new)
            os.chown(new, uid, gid)
            new.chmod(0o600)
        for path in made.glob("host*"):
            (shutil.copytree if path.is_dir() else shutil.copy)(
                path, self.state / path.name)

    def process(self, name, argv, env, who):
        p = world.Process(name, argv, self.root / f"{name}.log", env=env,
                          who=who)
        self.running.append(p)
        return p

    def start_reader(self, nfc):
        socket = Unit("badgeward-reader.socket")
        who = self.users.who("badgeward-reader")
        argv = ["systemd-socket-activate", "--seqpacket", "--accept",
                f"--listen={self.path}",
                *(f"--setenv={k}={v}" for k, v in self.reader.env.items()),
                "setpriv", f"--reuid={who['user']}", f"--regid={who['group']}",
                "--groups=" + ",".join(map(str, who["extra_groups"])),
                self.bin / "badgeward-reader", nfc]
        self.activator = self.process("reader", argv, None, None)
        until(self.path.exists, 10, "the reader's socket")
        uid, gid = self.users.ids[socket["SocketUser"]]
        os.chown(self.path, uid, gid)
        self.path.chmod(int(socket["SocketMode"], 8))

    def reader_pid(self):
        pid = self.activator.pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
        return int(until(lambda: children.read_text().split(), 10,
                         "a reader")[0])

    def start_uplink(self):
        argv = [self.bin / "badgeward-uplink", "-C", self.state, "run"]
        p = self.process("uplink", argv, self.uplink.env,
                         self.users.who("badgeward-uplink"))
        until((self.state / "inbox/uplink.json").exists, 20, "the uplink")
        return p

    def end(self):
        for p in self.running:
            if p.alive():
                p.kill()
        shutil.rmtree(self.root, ignore_errors=True)


def check(who, got, wanted):
    wrong = {k: (got.get(k, "not told"), v) for k, v in wanted.items()
             if got.get(k) != v}
    assert not wrong, f"{who}: (got, wanted) {wrong}"


def is_unread(pid, user, group):
    """Another process of the same user cannot look into its memory."""
    got = subprocess.run(
        ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups",
         sys.executable, "-c", f"open('/proc/{pid}/mem', 'rb')"],
        capture_output=True, text=True)
    assert got.returncode == 1 and "PermissionError" in got.stderr, got


def is_confined(pid, user):
    s = status(pid)
    assert s["Uid"].split() == [str(user)] * 4, s["Uid"]
    assert int(s["CapEff"], 16) == 0 and s["NoNewPrivs"] == "1"
    assert ASAN or s["Seccomp"] == "2"
    is_unread(pid, user, int(s["Gid"].split()[0]))


def filtered(wanted):
    """What a build with a sanitizer has no filter for."""
    return {} if ASAN else wanted


def from_within(d, booth, uplink, port):
    """From each of the three: its own goes, the others' does not."""
    at = d.state
    upload = next((at / "outbox").glob("log-*"))
    files = [f"open {at}/{name}" for name in (
        "kiosk/journal.db", "kiosk/log.key", "uplink/identity.key")]
    journal, log_key, identity = files
    boxes = [f"open {upload}", f"open {at}/inbox", f"open {port}"]
    outbox, inbox, chip = boxes
    new = f"create {d.root}/new"
    reach = f"connect {d.path}"
    tries = [INET, INET6, PACKET, EVENTS, *files, *boxes, reach, new, "fork"]
    shared = filtered({PACKET: NO_FAMILY, "fork": errno.EPERM})

    got = d.kiosk.attempt(booth.kiosk.pid, tries)
    check("kiosk", got, {
        "done": 0, journal: 0, log_key: 0, identity: NO_RIGHT, outbox: 0,
        inbox: 0, chip: NO_RIGHT, INET: NO_FAMILY, INET6: NO_FAMILY,
        EVENTS: 0, reach: 0, new: NO_RIGHT, **shared})
    got = d.uplink.attempt(uplink.pid, tries)
    check("uplink", got, {
        "done": 0, journal: NO_RIGHT, log_key: NO_RIGHT, identity: 0,
        outbox: 0, inbox: 0, chip: NO_RIGHT, INET: 0, reach: NO_RIGHT,
        new: NO_RIGHT, **shared, **filtered({EVENTS: NO_FAMILY})})
    got = d.reader.attempt(d.reader_pid(), tries)
    check("reader", got, {
        "done": 0, journal: NO_RIGHT, log_key: NO_RIGHT, identity: NO_RIGHT,
        outbox: NO_RIGHT, inbox: NO_RIGHT, chip: 0, EVENTS: 0,
        new: NO_RIGHT, **shared, **filtered({
            INET: NO_FAMILY, INET6: NO_FAMILY, reach: NO_CALL})})


def what_ends_them(d, booth, uplink):
    if ASAN:
        print("a sanitizer needs other calls: nothing ends them")
        return
    for line in ("execute", f"trace {os.getpid()}"):
        got = d.reader.attempt(d.reader_pid(), [line])
        assert got == {}, got
        booth.kiosk.wait("idle", 15000)
        booth.share()
        booth.kiosk.tap("done")
    for prisoner, p in (d.uplink, uplink), (d.kiosk, booth.kiosk):
        assert prisoner.attempt(p.pid, ["execute"]) == {}
        assert p.p.wait(10) == -signal.SIGSYS


def main():
    d = Device()
    world.BIN = d.bin
    try:
        d.enrol()
        with Booth(enrolled=False, start=False, env=d.kiosk.env,
                   who=d.users.who("badgeward-kiosk")) as booth:
            booth.sim.dir.chmod(0o711)
            port = os.path.realpath(booth.sim.link)
            os.chown(port, 0, d.users.groups["badgeward-nfc"][0])
            os.chmod(port, 0o660)
            d.start_reader(booth.sim.nfc)
            uplink = d.start_uplink()
            booth.state, booth.sim.nfc = d.state, f"unix:{d.path}"
            booth.start()
            booth.kiosk.wait("idle", 15000)
            booth.share()
            booth.kiosk.tap("done")
            booth.mail_done()
            for name, pid in (("kiosk", booth.kiosk.pid),
                              ("reader", d.reader_pid()),
                              ("uplink", uplink.pid)):
                is_confined(pid, d.users.ids["badgeward-" + name][0])
            from_within(d, booth, uplink, port)
            print("ok from_within", flush=True)
            booth.share()
            booth.kiosk.tap("done")
            what_ends_them(d, booth, uplink)
            print("ok what_ends_them", flush=True)
    finally:
        for log in d.root.glob("*.log"):
            print(f"--- {log.name}", *log.read_text().splitlines()[-15:],
                  sep="\n", file=sys.stderr)
        d.end()


main()
