# SPDX-License-Identifier: Apache-2.0
"""The power goes while a device is enrolled: instead of the first call that
would change the disk, of the second one, and so on until the enrolment runs
through; and each of these calls fails once. Afterwards the device is enrolled
or it is not, the same address enrols it, and the host has seen one pair of keys.
By the command, by the screen (which goes on by itself, or asks again), and with
the uplink dying like that.

STEP (default 12) is how many calls of the command lie between two cuts, of the
screen and the uplink twice as many; with 1 it is every call of all three.
"""

import functools
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import played  # noqa: E402
from booth import BUILD, tool  # noqa: E402
from first import messages  # noqa: E402
from played import ENROLLED, Uplink, own  # noqa: E402
from visit import names  # noqa: E402
from world import BIN, Kiosk, Process, World, until  # noqa: E402

STEP = int(os.environ.get("STEP", "12"))
WIDE = 1 if STEP == 1 else 2 * STEP
MANY = 400  # more than it takes
played.tool = functools.lru_cache(None)(tool)  # the offer is always the same
ADDRESS = tool("address").strip()


def cut_env(cut, who):
    return {"LD_PRELOAD": str(BUILD / "tests/cut.so"), "CUT": str(cut),
            "CUT_WHO": who, "ASAN_OPTIONS": "verify_asan_link_order=0"}


def enrol(state, env=None, wait=60):
    return subprocess.run(
        [BIN / "badgeward-kiosk", "-C", state, "enrol", ADDRESS, "--yes",
         "--wait", str(wait)],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=150,
        env=dict(os.environ, **(env or {})))


def is_whole(state, uplink):
    assert own(state) - {"clock"} == ENROLLED, own(state)
    assert not messages(state), messages(state)
    keys = {m["body"]["log_spki"] for what, m in uplink.seen if what == "post"}
    assert len(keys) == 1, "the host saw two pairs of keys"


def command(base, fails):
    """The first cut that never came."""
    for n in range(1, MANY, STEP):
        state = base / f"command-{n}{fails}" / "state"
        state.parent.mkdir()
        cut = state.parent / "cut"
        cut.write_text(f"{n}{fails}")
        uplink = Uplink(state)
        done = enrol(state, cut_env(cut, "badgeward-kiosk"))
        through = cut.exists()
        if fails:
            assert done.returncode in (0, 1), done
            assert done.returncode == 0 or "again" in done.stderr, done
        else:
            assert through or done.returncode == -9, done
        if not through:
            last = enrol(state)
            assert last.returncode == 0 or "already" in last.stderr, (
                n, done, last)
        uplink.stop()
        is_whole(state, uplink)
        if through:
            return n
    raise AssertionError("it never ran through")


def reopened(base):
    """The keys are with the host, and what is here cannot be opened just then:
    that is no reason to make others."""
    for n in range(1, MANY):
        state = base / f"reopened-{n}" / "state"
        state.parent.mkdir()
        uplink = Uplink(state, {"post": "silence"})
        assert enrol(state, wait=1).returncode == 1
        uplink.replies = {}
        cut = state.parent / "cut"
        cut.write_text(f"{n}e")
        done = enrol(state, cut_env(cut, "badgeward-kiosk"))
        if cut.exists():
            assert done.returncode == 0, done
        else:
            last = enrol(state)
            assert last.returncode == 0 or "already" in last.stderr, (
                n, done, last)
        uplink.stop()
        is_whole(state, uplink)
        if cut.exists() or (STEP > 1 and n > STEP):
            return
    raise AssertionError("it never ran through")


def start(state, env, file):
    return Kiosk(state, None, state.parent / "kiosk.log",
                 ["--enrol-file", file], env)


def say_yes(kiosk):
    """Until the booth has begun, which has no reader, or the power went."""
    try:
        while kiosk.state() == "enrol":
            if "confirm" in names(kiosk):
                kiosk.tap("confirm")
            time.sleep(0.002)  # between two looks, not for luck
        return True
    except EOFError:
        assert kiosk.p.wait(20) == -9, "it ended by itself"
        return False


def screen(base):
    for n in range(1, MANY, WIDE):
        state = base / f"screen-{n}" / "state"
        state.parent.mkdir()
        file = state.parent / "address"
        file.write_text(ADDRESS)
        cut = state.parent / "cut"
        cut.write_text(str(n))
        uplink = Uplink(state)
        env = cut_env(cut, "badgeward-kiosk")
        kiosk = start(state, env, file)
        through = say_yes(kiosk) and cut.exists()
        if not through:
            kiosk.kill()
            kiosk = start(state, env, file)
            assert say_yes(kiosk), f"cut {n}"
        assert kiosk.state() == "trouble"
        kiosk.kill()
        uplink.stop()
        is_whole(state, uplink)
        assert not file.exists(), f"cut {n}"
        if through:
            return
    raise AssertionError("it never ran through")


def uplink_dies(base):
    with World() as world:
        world.start_host()
        for n in range(1, MANY, WIDE):
            name = f"u{n}"
            device = world.device(name)
            device.state.mkdir()
            cut = world.dir / f"cut-{n}"
            cut.write_text(str(n))
            address = device.add()
            env = cut_env(cut, "badgeward-uplink")
            device.start_uplink(env=env)
            command = Process("enrol", [
                BIN / "badgeward-kiosk", "-C", device.state, "enrol", address,
                "--yes"], world.log(f"enrol-{name}"))
            while command.alive():
                if not device.uplink.alive():
                    device.start_uplink(env=env)
                time.sleep(0.002)  # between two looks, not for luck
            assert command.p.returncode == 0, f"cut {n}"
            assert not messages(device.state)
            until(lambda: f"{name}\texample-corp\tactive\t" in
                  world.cli("device", "list"), 60, "the host knows it")
            through = cut.exists()
            device.end()
            if through:
                return
    raise AssertionError("it never ran through")


def main():
    with tempfile.TemporaryDirectory(prefix="badgeward-cut-") as tmp:
        base = pathlib.Path(tmp)
        for fails in "", "e":
            print("ok command", fails, command(base, fails), flush=True)
        for case in reopened, screen, uplink_dies:
            case(base)
            print("ok", case.__name__, flush=True)


main()
