# SPDX-License-Identifier: Apache-2.0
"""Debian's own libnfc programs list the simulator's tags and read them whole.

nfc-list, nfc-poll, nfc-anticol and nfc-mfultralight know nothing of the
simulator: what they print and dump must be what was put there.
"""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from sim import Sim  # noqa: E402

UID = "04a1b2c3d4e580"


def run(sim, *argv):
    done = subprocess.run(argv, env=sim.env(), capture_output=True, text=True,
                          input="n\n" * 9, timeout=60, cwd=sim.dir)
    return done.returncode, done.stdout + done.stderr


def uids(text):
    """The UIDs that nfc-list prints, as hex."""
    return [re.sub(r"\s", "", m) for m in
            re.findall(r"UID \(NFCID1\): ([0-9a-f ]+)", text)]


def listed(sim):
    code, text = run(sim, "nfc-list")
    assert code == 0, text
    return uids(text), text


def test_list(sim):
    found, _ = listed(sim)
    assert found == [], found
    sim.do(f"tag add ada ntag215 {UID}")
    sim.do("tag present ada")
    found, text = listed(sim)
    assert found == [UID], text
    assert "ATQA (SENS_RES): 00  44" in text and "SAK (SEL_RES): 00" in text
    sim.do("tag add bob ntag213 04ffeeddccbb80")
    sim.do("tag present bob")
    found, text = listed(sim)
    assert sorted(found) == sorted([UID, "04ffeeddccbb80"]), text
    sim.do("tag remove ada")
    assert listed(sim)[0] == ["04ffeeddccbb80"]
    sim.do("tag remove bob")
    assert listed(sim)[0] == []
    assert not sim.field(), "nfc-list left the field on"


def test_foreign(sim):
    sim.do("tag add city classic aabbccdd")
    sim.do("tag present city")
    found, text = listed(sim)
    assert found == ["aabbccdd"] and "SAK (SEL_RES): 08" in text, text
    sim.do("tag remove city")
    sim.do("tag add phone type4 05112233445566")
    sim.do("tag present phone")
    found, text = listed(sim)
    assert found == ["05112233445566"], text
    assert "ATS: 75  77  81  02  80" in text, text
    sim.do("tag remove phone")


def test_poll(sim, name, uid):
    """nfc-poll waits for the tag, pings it, and sees it go away."""
    poll = subprocess.Popen(["nfc-poll"], env=sim.env(), text=True,
                            stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE)
    sim.do("wait command 60 10000")
    sim.do(f"tag present {name}")
    sim.do("wait command 4a 10000" if name == "city" else
           "wait command 40 10000" if name == "ada" else
           "wait command 42 10000")
    sim.do(f"tag remove {name}")
    text, _ = poll.communicate(timeout=30)
    assert poll.returncode == 0 and uid in re.sub(r"\s", "", text), text
    assert "Waiting for card removing...done" in text, text


def test_dump(sim, kind, uid, pages):
    """nfc-mfultralight reads every page, and so the simulator dumps it."""
    user = bytes((i * 7 + pages) & 0xff for i in range(
        {45: 144, 135: 504, 231: 888, 16: 48}[pages]))
    sim.do(f"tag add t{pages} {kind} {uid}")
    fresh = sim.dump(f"t{pages}")
    assert len(fresh) == pages * 4
    sim.load(f"t{pages}", user)
    sim.do(f"tag present t{pages}")
    code, text = run(sim, "nfc-mfultralight", "r", "got.mfd")
    assert code == 0, text
    assert f"Done, {pages} of {pages} pages read" in text, text
    got = (sim.dir / "got.mfd").read_bytes()
    assert got == sim.dump(f"t{pages}"), (got.hex(), kind)
    assert got[16:16 + len(user)] == user
    assert got[:16] == fresh[:16]
    assert got[:3] + got[4:8] == bytes.fromhex(uid)
    assert got[3] == 0x88 ^ got[0] ^ got[1] ^ got[2]
    assert got[8] == got[4] ^ got[5] ^ got[6] ^ got[7]
    sim.do(f"tag remove t{pages}")


def test_write(sim):
    """nfc-mfultralight writes a dump; the tag holds it then."""
    sim.do("tag present t135")
    image = bytearray(sim.dump("t135"))
    image[16:520] = bytes((i * 3) & 0xff for i in range(504))
    (sim.dir / "new.mfd").write_bytes(image)
    # It asks about OTP, lock and UID pages, and about the tail: no to all.
    code, text = run(sim, "nfc-mfultralight", "w", "new.mfd", "--partial")
    got = sim.dump("t135")
    assert got[16:520] == bytes(image[16:520]), (code, text)
    sim.do("tag remove t135")


def test_anticollision(sim):
    """nfc-anticol does the selection by hand, frame by frame."""
    sim.do("tag present ada")
    code, text = run(sim, "nfc-anticol")
    assert code == 0 and "Found tag with\n UID: " + UID in text, text
    sim.do("tag present city")
    code, text = run(sim, "nfc-anticol")
    assert "No tag available" in text, text  # their answers collide
    sim.do("tag remove ada")
    code, text = run(sim, "nfc-anticol")
    assert "UID: aabbccdd\nATQA: 0004\n SAK: 08" in text, text
    sim.do("tag remove city")


def main():
    with Sim() as sim:
        test_list(sim)
        test_foreign(sim)
        test_anticollision(sim)
        test_poll(sim, "ada", UID)
        test_poll(sim, "city", "aabbccdd")
        test_poll(sim, "phone", "05112233445566")
        test_dump(sim, "ntag213", "04111111111111", 45)
        test_dump(sim, "ntag215", "04222222222222", 135)
        test_dump(sim, "ntag216", "04333333333333", 231)
        test_dump(sim, "ultralight", "04444444444444", 16)
        test_write(sim)
        assert sim.stop() == 0


main()
