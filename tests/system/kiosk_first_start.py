# SPDX-License-Identifier: Apache-2.0
"""A device that is not enrolled is enrolled on its own screen: with an address
that is typed, read from a tag or found in a file; by touch and by four keys.
The radio is on only while a tag is to be read; hostile tags and files change
nothing; what fails is said, and works when tried again; the code of the address
is nowhere afterwards."""

import base64
import hashlib
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from first import (Keys, comes, confirm, erase, files_with,  # noqa: E402
                   made, messages, says, write)
import memscan  # noqa: E402
from visit import names  # noqa: E402
from world import BIN, Kiosk, Process, World, until  # noqa: E402

WAIT_MS = 61000  # longer than the kiosk waits for an answer


def address_of(world, name, *args):
    return world.cli("device", "add", name, "--sponsor", "example-corp",
                     *args).strip()


def new_device(world, name, args=(), uplink=True):
    device = world.device(name)
    device.state.mkdir()
    if uplink:
        device.start_uplink()
    device.start_kiosk(args=args)
    device.kiosk.wait("enrol", 60000)
    return device


def opens(world, device):
    """Without a restart, and the host knows it."""
    device.kiosk.wait("idle", 60000)
    assert device.kiosk.alive()
    assert not messages(device.state), messages(device.state)
    assert made(device.state) >= {"log.key", "seal.key", "policy.jws"}
    assert "enrol.json" not in made(device.state)
    line = next(x for x in world.cli("device", "list").splitlines()
                if x.startswith(device.name + "\t"))
    assert "\tactive\t" in line, line


def code_of(address):
    text = address.partition("#")[2].partition(".")[0]
    return text, base64.b32decode(text + "=" * (-len(text) % 8))


def knows_no_code(device, address):
    """Neither as it was given nor as bytes."""
    text, code = code_of(address)
    assert not files_with(device.state, text.encode())
    assert not files_with(device.state, code)
    # What drew it goes with the next frame.
    until(lambda: not memscan.in_memory(device.kiosk.pid, {
        "text": text, "code": code}), 20, "the code leaves the memory")


def typed(world):
    """A mistake is mended where it was made."""
    device = new_device(world, "k01")
    kiosk = device.kiosk
    says(kiosk, "not enrolled yet", "badgeward device add")
    address = address_of(world, "k01")
    kiosk.tap("type")
    says(kiosk, "https://|")
    erase(kiosk, len("s://"))
    write(kiosk, address.removeprefix("http")[:-1])
    kiosk.tap("take")
    comes(kiosk, "retry", "done")
    says(kiosk, "This is not an enrol address")
    assert not made(device.state) and not messages(device.state)
    kiosk.tap("retry")
    write(kiosk, address[-1])
    assert memscan.in_memory(kiosk.pid, {"text": code_of(address)[0]})
    kiosk.tap("cancel")
    comes(kiosk, "type", "tag")
    knows_no_code(device, address)
    kiosk.tap("type")
    says(kiosk, "https://|")
    erase(kiosk, len("s://"))
    write(kiosk, address.removeprefix("http"))
    kiosk.tap("take")
    confirm(kiosk, "k01")
    opens(world, device)
    knows_no_code(device, address)
    device.end()


def uri(payload):
    message = b"\xd1\x01" + bytes([len(payload) + 1]) + b"U" + payload
    return b"\x03" + bytes([len(message)]) + message + b"\xfe"


HOSTILE = {
    "empty": b"\xfe",
    "nonsense": bytes(range(1, 200)),
    "elsewhere": uri(b"\x04www.example.org/"),
    "telephone": uri(b"\x05+353"),
    "two": b"\x03\x12\x91\x01\x05U\x04a.b\x51\x01\x05U\x04a.b\xfe",
    "long": b"\x03\xff\x01\xc0\xc1\x01\x00\x00\x01\xb9U\x04" + b"a" * 440 +
            b"\xfe",
    "zero": uri(b"\x04host/enrol#\x00" + b"A" * 53),
    "length": b"\x03\xff\x03\x74\xc1\x01\xff\xff\xff\xffU\x04",
}


def hold(device, name, path):
    uid = f"04e10cda99{len(device.sim.state()['tags']):04x}"
    device.sim.do(f"tag add {name} ntag215 {uid}")
    device.sim.do(f"tag load {name} {path}")
    device.sim.do(f"tag present {name}")


def read_a_tag(kiosk):
    """Of a reader that may still be starting: that is waited for."""
    kiosk.tap("tag")
    assert "retry" not in names(kiosk), names(kiosk)


def tags(world):
    """The radio is on only while one is to be read; by four keys in the end."""
    device = new_device(world, "k02")
    kiosk, sim = device.kiosk, device.sim
    assert not sim.field()
    read_a_tag(kiosk)
    sim.wait_field(True, 60000)
    kiosk.tap("cancel")
    sim.wait_field(False, 60000)
    for name, image in HOSTILE.items():
        path = world.dir / f"{name}.tag"
        path.write_bytes(image)
        kiosk.tap("tag")
        hold(device, name, path)
        comes(kiosk, "retry", "done")
        says(kiosk, "This device was not enrolled", "tag")
        sim.wait_field(False, 60000)
        sim.do(f"tag remove {name}")
        assert not made(device.state) and not messages(device.state), name
        kiosk.tap("done")
        comes(kiosk, "type", "tag")
    path = world.dir / "address.tag"
    address = address_of(world, "k02", "--tag", path)
    keys = Keys(kiosk)
    keys.use("tag")
    comes(kiosk, "cancel")
    hold(device, "good", path)
    comes(kiosk, "confirm", "cancel")
    says(kiosk, "Summit 2026", "Example Corp", "k02")
    sim.wait_field(False, 60000)
    before = len([e for e in sim.trace() if e.get("field") == "on"])
    keys.use("confirm")
    opens(world, device)
    knows_no_code(device, address)
    assert before == len([e for e in sim.trace() if e.get("field") == "on"])
    device.end()


def a_file(world):
    """It is read once, and goes; one that cannot go is told."""
    path = world.dir / "badgeward-enrol.txt"
    path.write_text("https://host.example/\n")
    device = new_device(world, "k03", ["--enrol-file", path], uplink=False)
    says(device.kiosk, "no enrol address in the file")
    assert "retry" not in names(device.kiosk)
    device.kiosk.tap("done")
    comes(device.kiosk, "type", "tag")
    device.kiosk.kill()
    address = address_of(world, "k03")
    path.write_text(address + "\r\n")
    device.start_uplink()
    device.start_kiosk(args=["--enrol-file", path])
    comes(device.kiosk, "confirm")
    device.kiosk.tap("cancel")
    comes(device.kiosk, "type")
    assert not made(device.state) and not messages(device.state)
    device.kiosk.kill()
    device.start_kiosk(args=["--enrol-file", path])
    confirm(device.kiosk, "k03")
    opens(world, device)
    assert not path.exists()
    knows_no_code(device, address)
    tidies_up(device, path, address)
    device.end()


def tidies_up(device, path, address):
    """The power went when the policy was stored, and nothing after it."""
    device.kiosk.kill()
    id_ = hashlib.sha256(b"badgeward/1 enrol id\0" +
                         code_of(address)[1]).hexdigest()[:16]
    (device.state / "kiosk/enrol.json").write_text(json.dumps({"id": id_}))
    (device.state / f"inbox/enrol-{id_}-answer.json").write_text("{}")
    path.write_text(address)
    device.start_kiosk(args=["--enrol-file", path])
    device.kiosk.wait("idle", 60000)
    assert "enrol.json" not in made(device.state)
    assert not messages(device.state) and not path.exists()


def a_file_that_stays(world):
    boot = world.dir / "boot"
    boot.mkdir()
    path = boot / "badgeward-enrol.txt"
    path.write_text(address_of(world, "k04"))
    device = world.device("k04")
    device.state.mkdir()
    boot.chmod(0o555)
    who = None
    if os.geteuid() == 0:  # whom no mode holds back
        who = {"user": 65534, "group": 65534, "extra_groups": []}
        world.dir.chmod(0o755)
        device.state.chmod(0o777)
    device.uplink = Process(
        "uplink", [BIN / "badgeward-uplink", "-C", device.state, "run"],
        world.log("uplink-k04"), who=who)
    device.kiosk = Kiosk(device.state, None, world.log("kiosk-k04"),
                         ["--enrol-file", path], who=who)
    confirm(device.kiosk, "k04")
    device.kiosk.wait("trouble", 60000)  # there is no reader
    assert path.exists() and "enrol.json" not in made(device.state)
    log = world.log("kiosk-k04").read_text()
    assert f"{path} cannot be removed: Permission denied" in log, log
    assert "no second time" in log, log
    device.end()
    boot.chmod(0o755)


def reasons(world):
    """Each is said where it is, and what helps then helps."""
    device = new_device(world, "k05")
    kiosk = device.kiosk
    address = address_of(world, "k05")

    def give(text):
        kiosk.tap("type")
        erase(kiosk, len("https://"))
        write(kiosk, text)
        kiosk.tap("take")

    give("http://host.example/enrol#" + address.partition("#")[2])
    says(kiosk, "begins with https://")
    kiosk.tap("done")
    code, _, pin = address.partition("#")[2].partition(".")
    base = address.partition("#")[0] + "#"
    give(base + "A" * 26 + "." + pin)
    comes(kiosk, "retry")
    says(kiosk, "does not know this address", "device renew")
    kiosk.tap("done")
    give(base + code + "." + "A" * 26)
    comes(kiosk, "retry")
    says(kiosk, "Another host has answered")
    kiosk.tap("done")
    assert not made(device.state)
    world.host.kill()
    give(address)
    comes(kiosk, "cancel")
    says(kiosk, "Asking the host")
    kiosk.do(f"advance {WAIT_MS}")
    comes(kiosk, "retry")
    says(kiosk, "has not answered", "network")
    world.start_host()
    kiosk.tap("retry")
    confirm(kiosk, "k05")
    opens(world, device)
    knows_no_code(device, address)
    device.end()


def the_uplink_dies(world):
    """Before the offer, and after the yes; then the power goes too. What was
    on its way goes on by itself, without the address."""
    device = new_device(world, "k06", uplink=False)
    kiosk = device.kiosk
    path = world.dir / "k06.tag"
    address_of(world, "k06", "--tag", path)
    read_a_tag(kiosk)
    hold(device, "k06", path)
    until(lambda: messages(device.state), 60, "a message")
    says(kiosk, "Asking the host")
    device.start_uplink()
    comes(kiosk, "confirm")
    device.uplink.kill()
    kiosk.tap("confirm")
    until(lambda: [m for m in messages(device.state) if "post" in m], 60,
          "the keys are on their way")
    says(kiosk, "Enrolling this device")
    assert "cancel" not in names(kiosk)
    keys = (device.state / "kiosk/log.key").read_bytes()
    kiosk.kill()
    device.start_kiosk()
    kiosk = device.kiosk
    kiosk.wait("enrol", 60000)
    says(kiosk, "Enrolling this device")
    kiosk.do(f"advance {WAIT_MS}")
    says(kiosk, "has not answered")
    kiosk.tap("retry")
    says(kiosk, "Enrolling this device")
    device.start_uplink()
    opens(world, device)
    assert keys == (device.state / "kiosk/log.key").read_bytes()
    device.end()


def main():
    with World() as world:
        world.start_host()
        for case in (typed, tags, a_file, a_file_that_stays, reasons,
                     the_uplink_dies):
            case(world)
            print("ok", case.__name__, flush=True)


main()
