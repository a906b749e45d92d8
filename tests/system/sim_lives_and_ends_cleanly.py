# SPDX-License-Identifier: Apache-2.0
"""The simulator's own manners: paths, control socket, trace, garbage, end."""

import json
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from sim import Sim, now  # noqa: E402

BADGEWARD = os.path.join(os.environ["BIN"], "badgeward")
UID = "04a1b2c3d4e580"


def run(*argv):
    done = subprocess.run([BADGEWARD, "sim", *map(str, argv)], text=True,
                          capture_output=True, timeout=30)
    return done.returncode, done.stdout, done.stderr


def refused(part, *argv, exits=1):
    code, out, err = run(*argv)
    assert code == exits and part in err and out == "", (argv, code, out, err)


def test_paths(dir):
    """Stale paths are replaced, foreign ones and running ones are not."""
    link, control = dir / "tty", dir / "control"
    args = ["--link", link, "--control", control]
    os.symlink("/dev/pts/nowhere", link)
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(control))
    p = subprocess.Popen([BADGEWARD, "sim", *map(str, args)],
                         stdout=subprocess.PIPE)
    assert p.stdout.readline() == f"ready {link}\n".encode()
    assert os.readlink(link).startswith("/dev/pts/")
    assert (os.stat(control).st_mode & 0o777) == 0o600
    refused("another simulator", "--link", dir / "tty2", "--control",
            control)
    assert run("--ctl", control, "field", "state")[0] == 0
    assert run("--ctl", control, "tag present nobody")[0] == 1
    p.send_signal(signal.SIGKILL)
    p.wait(10)
    assert link.is_symlink() and control.exists()
    code, _, err = run("--ctl", control, "field")
    assert code == 1 and "is a simulator running there?" in err, err
    p = subprocess.Popen([BADGEWARD, "sim", *map(str, args)],
                         stdout=subprocess.PIPE)
    assert p.stdout.readline() == f"ready {link}\n".encode()
    assert run("--ctl", control, "quit") == (0, "ok\n", "")
    assert p.wait(10) == 0
    assert not link.is_symlink() and not control.exists()
    link.write_text("mine")
    refused("no symbolic link", *args)
    assert link.read_text() == "mine" and not control.exists()
    link.unlink()
    control.write_text("mine")
    refused("something else", *args)
    assert control.read_text() == "mine" and not link.is_symlink()
    control.unlink()
    refused("without \":\"", "--link", dir / "a:b", "--control", control,
            exits=2)
    refused("107 bytes", "--link", link, "--control", dir / ("x" * 200))
    refused("cannot write", *args, "--trace", dir / "no" / "trace")
    refused("there is no tag", *args, "--do", "tag present nobody")
    assert not os.listdir(dir), os.listdir(dir)


def test_usage():
    for argv in ([], ["--link", "/tmp/x"], ["--ctl", "/tmp/x"],
                 ["--nonsense"], ["--link", "a", "--control", "b", "c"]):
        code, out, err = run(*argv)
        assert code == 2 and out == "" and err, (argv, code, out, err)
    code, out, err = run("--help")
    assert code == 0 and out.startswith("usage: ") and err == ""


def test_replaced_link():
    """A link that someone else has taken over is left to him."""
    with Sim() as sim:
        os.unlink(sim.link)
        os.symlink("/dev/null", sim.link)
        sim.do("unplug")
        assert os.readlink(sim.link) == "/dev/null"


def test_trace():
    with Sim(first=[f"tag add ada ntag215 {UID}", "tag present ada"]) as sim:
        begin = now()
        subprocess.run(["nfc-list"], env=sim.env(), check=True,
                       stdout=subprocess.DEVNULL)
        sim.do("mark here")
        sim.do("fault error on 02")
        sim.do("tag remove ada")
        sim.do("tag remove ada")
        sim.do("unplug")
        sim.do("unplug")
        sim.do("plug")
        sim.do("chip reset")
        end = now()
        trace = sim.trace()
        times = [e["t"] for e in trace]
        assert times == sorted(times)
        assert begin <= trace[-1]["t"] <= end
        assert trace[0]["field"] == "off" and trace[0]["start"]
        fields = [e["field"] for e in trace[1:] if "field" in e]
        assert len(fields) >= 2 and fields[-1] == "off"
        assert all(a != b for a, b in zip(fields, fields[1:])), fields
        assert [e["present"] for e in trace if e.get("tag") == "ada"] == [
            True, False]
        assert [e["port"] for e in trace if "port" in e] == [
            "plugged", "unplugged", "plugged"]
        commands = [e for e in trace if "command" in e]
        answers = [e for e in trace if "answer" in e]
        assert len(commands) == len(answers) > 10
        assert {"command", "code", "data", "t"} == set(commands[0])
        first = next(e for e in commands if e["code"] == "4a")
        assert first["command"] == "InListPassiveTarget"
        assert first["data"] == "0100", first
        found = next(e for e in answers if e["code"] == "4b")
        assert found["data"].endswith(UID), found
        assert any(e.get("mark") == "here" for e in trace)
        assert any(e.get("chip") == "reset" for e in trace)


def test_no_stamp_is_too_early(dir):
    """A simulator that stands still before it takes a command does not say
    that the field was on before that command was made."""
    stop = dir / "stop"
    with Sim(env={"LD_PRELOAD": f"{os.environ['BUILD']}/tests/stopread.so",
                  "STOPREAD": str(stop),
                  "ASAN_OPTIONS": "verify_asan_link_order=0"}) as sim:
        port = os.open(sim.link, os.O_RDWR | os.O_NOCTTY)
        stop.touch()
        os.write(port, b"\x55")  # something to read
        os.waitid(os.P_PID, sim.pid, os.WSTOPPED)
        made = now()
        os.write(port, bytes.fromhex("0000ff04fcd4320101f800"))
        os.kill(sim.pid, signal.SIGCONT)
        sim.wait_field(True)
        os.close(port)
        on = next(e["t"] for e in sim.trace() if e.get("field") == "on")
        assert made <= on <= now(), (made, on)


def test_waits():
    with Sim() as sim:
        assert sim.ask("wait field on 0").startswith("err the field is still")
        assert sim.ask("wait command 4a 10").startswith("err")
        one, two = sim.connect(), sim.connect()
        one.sendall(b"wait field on 20000\nfield\n")
        two.sendall(b"wait command 4a 20000\n")
        gone = sim.connect()
        gone.sendall(b"wait field on 20000\n")
        gone.close()
        sim.do("state")
        subprocess.run(["nfc-list"], env=sim.env(), check=True,
                       stdout=subprocess.DEVNULL)
        got = b""
        while got.count(b"\n") < 2:
            got += one.recv(100)
        assert got.startswith(b"ok on\nok "), got
        assert two.recv(100) == b"ok\n"
        # A client that only talks and then hangs up is heard.
        half = sim.connect()
        half.sendall(b"field\nmark half\n")
        half.shutdown(socket.SHUT_WR)
        got = b""
        while more := half.recv(100):
            got += more
        assert got.startswith(b"ok off\nok "), got


def test_garbage():
    """Nonsense on the port and on the socket; then all still works."""
    rng = random.Random(int(os.environ.get("SEED", "1")))
    with Sim(first=[f"tag add ada ntag215 {UID}", "tag present ada"]) as sim:
        port = os.open(sim.link, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        for _ in range(300):
            data = bytearray(rng.randbytes(rng.randrange(1, 400)))
            if rng.random() < 0.5:
                data[:3] = b"\x00\x00\xff"
            try:
                os.write(port, b"\x55" + data)
                os.read(port, 4096)
            except BlockingIOError:
                pass
        os.close(port)
        for _ in range(100):
            s = sim.connect()
            s.sendall(rng.randbytes(rng.randrange(1, 900)) + b"\n")
            s.close()
        s = sim.connect()
        s.sendall(b"x" * 5000)
        assert s.recv(200).startswith(b"err the line is longer")
        s.close()
        many = [sim.connect() for _ in range(40)]
        for s in many:
            s.close()
        sim.do("fault clear")
        sim.do("tag present ada")
        done = subprocess.run(["nfc-list"], env=sim.env(), text=True,
                              capture_output=True)
        assert "04  a1  b2  c3" in done.stdout, done
        state = json.loads(sim.do("state"))
        assert state["link"] == str(sim.link)


def test_many_clients():
    """One client too many is turned away, the others go on."""
    with Sim() as sim:
        sim.do("field")
        clients = [sim.connect() for _ in range(15)]
        for s in clients:
            s.sendall(b"field\n")
            assert s.recv(100) == b"ok off\n"
        extra = sim.connect()
        assert extra.recv(100) == b""
        clients.pop().close()
        # Its place is free once the simulator has seen it go.
        while True:
            s = sim.connect()
            try:
                s.sendall(b"field\n")
                if s.recv(100) == b"ok off\n":
                    break
            except ConnectionError:
                pass
        assert not sim.field()


def test_manual():
    """The man page has every option and every control command."""
    page = pathlib.Path(os.environ["SRC"], "tools/badgeward-sim.1")
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    text = page.read_text()
    options = set(re.findall(r"--([a-z]+)", run("--help")[1]))
    assert options == set(re.findall(r"^\.It Fl -([a-z]+)", text, re.M))
    documented = set(re.findall(
        r"^\.It Sy ((?:tag|wait|chip)? ?[a-z]+)", text, re.M))
    documented |= {"plug"}  # stands beside unplug
    with Sim() as sim:
        for usage in sim.do("help").split("; "):
            words = usage.split(" ")
            two = " ".join(words[:2])
            assert words[0] in documented or two in documented, usage


def test_as_many_tags_as_the_manual_says():
    page = pathlib.Path(os.environ["SRC"], "tools/badgeward-sim.1").read_text()
    most = int(re.search(r"There are (\d+) tags at most", page)[1])
    sim = Sim()
    for n in range(most):
        sim.do(f"tag add t{n} ntag213 {n:014x}")
    assert sim.ask(f"tag add one ntag213 {most:014x}").startswith("err ")
    sim.do("tag delete t0")
    sim.do(f"tag add one ntag213 {most:014x}")
    sim.stop()


def main():
    with tempfile.TemporaryDirectory(prefix="badgeward-sim-") as name:
        test_paths(pathlib.Path(name))
    with tempfile.TemporaryDirectory(prefix="badgeward-sim-") as name:
        test_no_stamp_is_too_early(pathlib.Path(name))
    test_usage()
    test_as_many_tags_as_the_manual_says()
    test_manual()
    test_replaced_link()
    test_trace()
    test_waits()
    test_garbage()
    test_many_clients()


main()
