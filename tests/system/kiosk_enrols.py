# SPDX-License-Identifier: Apache-2.0
"""Enrolment from the kiosk's side, with a played uplink and host: the happy
way, a crash after every step, and everything that must be refused."""

import json
import os
import pathlib
import pty
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from booth import Booth, tool  # noqa: E402
from played import ENROLLED, Uplink, own  # noqa: E402
from world import BIN, until  # noqa: E402


def enrol(state, address=None, wait=60):
    return subprocess.run(
        [BIN / "badgeward-kiosk", "-C", state, "enrol",
         address or tool("address").strip(), "--yes", "--wait", str(wait)],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=150)


def fresh(base):
    return pathlib.Path(tempfile.mkdtemp(dir=base)) / "state"


def happy(base):
    state = fresh(base)
    uplink = Uplink(state)
    done = enrol(state)
    uplink.stop()
    assert done.returncode == 0, done.stderr
    for word in ("Summit 2026", "Example Corp", "k07", "Enrolled"):
        assert word in done.stdout, done.stdout
    assert own(state) == ENROLLED, own(state)
    assert not list((state / "outbox").iterdir())
    assert [p.name for p in (state / "inbox").iterdir()] == ["identity.spki"]
    # The code stays on the device: only its id and a proof travel.
    code = b"0123456789abcdef"
    for _, message in uplink.seen:
        assert "MZUGU3DOOBZMFRGGZDFMY" not in json.dumps(message)
        assert code.hex() not in json.dumps(message)
    for path in state.rglob("*"):
        assert not path.is_file() or code not in path.read_bytes(), path
    assert (state / "kiosk").stat().st_mode & 0o777 == 0o700
    assert (state / "kiosk/log.key").stat().st_mode & 0o777 == 0o600
    again = enrol(state)
    assert again.returncode == 1 and "already" in again.stderr, again
    assert own(state) == ENROLLED
    return state


def kill_after(base, match):
    """Kill the command once `match` holds; run it again to the end."""
    state = fresh(base)
    uplink = Uplink(state)
    p = subprocess.Popen(
        [BIN / "badgeward-kiosk", "-C", state, "enrol",
         tool("address").strip(), "--yes"], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    while p.poll() is None and not match(state):
        time.sleep(0.0005)  # between two looks, not for luck
    p.kill()
    p.wait()
    done = enrol(state)
    uplink.stop()
    if done.returncode != 0:  # the kill came after the last step
        assert "already" in done.stderr, done.stderr
    assert own(state) == ENROLLED, own(state)
    posts = {m["body"]["log_spki"] for what, m in uplink.seen
             if what == "post"}
    assert len(posts) == 1, "the host saw two keys"


def crashes(base):
    def there(*names):
        return lambda s: all(list(s.glob(n)) for n in names)
    for match in (there("outbox/enrol-*-get.json"),
                  there("inbox/enrol-*-offer.json"),
                  there("kiosk/enrol.json"), there("kiosk/log.key"),
                  there("kiosk/seal.key"), there("kiosk/journal.db"),
                  there("outbox/enrol-*-post.json"),
                  there("inbox/enrol-*-answer.json"),
                  there("kiosk/policy.jws")):
        for _ in range(3):
            kill_after(base, match)


def refused(base, why, words, replies=None, address=None, identity=True,
            wait=60, left=frozenset(), code=1, said=None):
    state = fresh(base)
    if said is not None:
        (state / "inbox").mkdir(parents=True)
        (state / "inbox/uplink.json").write_text(said)
    uplink = Uplink(state, replies, identity)
    done = enrol(state, address, wait)
    uplink.stop()
    assert done.returncode == code, (why, done)
    for word in words:
        assert word in done.stderr, (why, done.stderr)
    assert "EVIL" not in done.stderr, done
    kept = own(state) if (state / "kiosk").exists() else set()
    assert kept == set(left), (why, kept)
    assert "policy.jws" not in kept
    # The right answer afterwards: it goes on, or begins anew.
    uplink = Uplink(state)
    done = enrol(state)
    uplink.stop()
    assert done.returncode == 0, (why, done.stderr)
    assert own(state) == ENROLLED, (why, own(state))
    print("ok refused:", why, flush=True)


def changed_offer(change):
    offer = json.loads(tool("offer"))
    change(offer["body"])
    return json.dumps(offer)


def set_to(key, value):
    return lambda body: body.update({key: value})


def refusals(base):
    good = tool("address").strip()
    refused(base, "wrong pin", ["another one", "organiser"],
            address=good[:-4] + "AAAA")
    refused(base, "no address", ["not an enrol address"], address="hello",
            code=2)
    refused(base, "http elsewhere", ["https"],
            address=good.replace("127.0.0.1:8080", "host.example"), code=2)
    for status, word in ((404, "does not know"), (429, "too many"),
                         (500, "status 500")):
        refused(base, f"offer {status}", [word, "the host's words"], {
            "get": json.dumps({"status": status, "body": {
                "error": "the host's words"}})})
    # What to do is said once: in the host's words, or in the kiosk's.
    refused(base, "offer 404 without a word", ["device renew"], {
        "get": json.dumps({"status": 404, "body": {}})})
    state = fresh(base)
    uplink = Uplink(state, {"get": json.dumps({"status": 404, "body": {
        "error": "the host's words"}})})
    said = enrol(state).stderr
    uplink.stop()
    assert "device renew" not in said, said
    unfinished = {"log.key", "seal.key", "journal.db", "enrol.json"}
    refused(base, "answer 409", ["other keys"], {
        "post": json.dumps({"status": 409, "body": {}})})
    refused(base, "answer 500", ["status 500"], {
        "post": json.dumps({"status": 500, "body": {}})}, left=unfinished)
    refused(base, "other device", ["does not hold together"],
            {"get": changed_offer(set_to("device", "k08"))})
    refused(base, "other event", ["does not hold together"],
            {"get": changed_offer(set_to("event", "ev27"))})
    token = json.loads(tool("offer"))["body"]["policy"]
    refused(base, "broken signature", ["another one"], {"get": changed_offer(
        set_to("policy", token[:-4] + "AAAA"))})
    refused(base, "nonsense", ["cannot be read"], {"get": "{}"})
    refused(base, "the offer's policy as answer", ["does not hold together"],
            {"post": json.dumps({"status": 200, "body": {"policy": token}})},
            left=unfinished)
    refused(base, "an escape in the host's words", ["no reason given"], {
        "get": json.dumps({"status": 400, "body": {
            "error": "\x1b[2J"}})})
    refused(base, "no uplink", ["badgeward-uplink", "same command"],
            {"get": "silence"}, wait=1)
    for said, word in ((json.dumps({"reason": "certificate"}), "--ca"),
                       (json.dumps({"reason": "name"}), "not known here"),
                       (json.dumps({"reason": "\x1b[2JEVIL"}), "running"),
                       ("x" * 9999, "running")):
        refused(base, "no answer", [word], {"get": "silence"}, wait=1,
                said=said)
    refused(base, "no identity", ["has not put its key"], identity=False,
            wait=1, left=unfinished)


def another_address_comes_between(base):
    """One that enrols nothing takes nothing from one that is on its way."""
    state = fresh(base)
    uplink = Uplink(state, {"post": "silence"})
    assert enrol(state, wait=1).returncode == 1
    uplink.stop()
    key = (state / "kiosk/log.key").read_bytes()
    other = tool("address").strip()
    other = other.replace(other[-53:-50], "AAA")
    uplink = Uplink(state, {"get": json.dumps({"status": 404, "body": {}})})
    done = enrol(state, other)
    assert done.returncode == 1 and "does not know" in done.stderr, done
    uplink.stop()
    uplink = Uplink(state)
    done = enrol(state)
    uplink.stop()
    assert done.returncode == 0, done.stderr
    assert (state / "kiosk/log.key").read_bytes() == key


def asks(base, reply):
    """On a terminal the command asks; only y goes on."""
    state = fresh(base)
    uplink = Uplink(state)
    ours, theirs = pty.openpty()
    p = subprocess.Popen(
        [BIN / "badgeward-kiosk", "-C", state, "enrol",
         tool("address").strip()], stdin=theirs, stdout=theirs,
        stderr=subprocess.PIPE, text=True)
    os.close(theirs)
    said = b""
    while b"[y/n]" not in said:
        said += os.read(ours, 4096)
    assert b"Example Corp" in said
    os.write(ours, reply)
    p.wait(30)
    uplink.stop()
    os.close(ours)
    if reply == b"y\n":
        assert p.returncode == 0 and own(state) == ENROLLED
    else:
        assert p.returncode == 1 and not own(state), own(state)
    p.stderr.close()


def a_waiting_kiosk_begins(base):
    with Booth(enrolled=False) as booth:
        booth.kiosk.wait("enrol")
        uplink = Uplink(booth.state)
        done = enrol(booth.state)
        uplink.stop()
        assert done.returncode == 0, done.stderr
        booth.kiosk.wait("idle", 15000)
        booth.share()
        busy = enrol(booth.state)
        assert busy.returncode == 1 and "Stop it first" in busy.stderr, busy
        booth.kiosk.tap("done")
        until(lambda: booth.uploads(), 5, "the log goes out")
        assert booth.take()[0] == (0, "open")


def no_terminal(base):
    state = fresh(base)
    uplink = Uplink(state)
    p = subprocess.run(
        [BIN / "badgeward-kiosk", "-C", state, "enrol",
         tool("address").strip()], stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=60)
    uplink.stop()
    assert p.returncode == 1 and "--yes" in p.stderr, p


def from_standard_input(base):
    """So that neither ps nor a shell's history has the code."""
    state = fresh(base)
    uplink = Uplink(state)
    for given, code in (("", 2), ("\n", 2), ("hello\n", 2),
                        ("x" * 5000, 2), (tool("address").strip() + "\n", 0)):
        done = subprocess.run(
            [BIN / "badgeward-kiosk", "-C", state, "enrol", "-", "--yes"],
            input=given, capture_output=True, text=True, timeout=150)
        assert done.returncode == code, (given, done)
    uplink.stop()
    assert own(state) == ENROLLED, own(state)


def main():
    base = tempfile.mkdtemp(prefix="badgeward-enrol-")
    try:
        for case in (happy, crashes, refusals, no_terminal,
                     from_standard_input,
                     another_address_comes_between, a_waiting_kiosk_begins):
            case(base)
            print("ok", case.__name__, flush=True)
        asks(base, b"y\n")
        asks(base, b"n\n")
        asks(base, b"\x04")
        print("ok asks", flush=True)
    finally:
        shutil.rmtree(base)


main()
