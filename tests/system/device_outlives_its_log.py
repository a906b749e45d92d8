# SPDX-License-Identifier: Apache-2.0
"""A device whose log is harmed, in each way: it is set aside whole, the booth
closes, and the device goes on under a new name and a new log while the kiosk
runs. What the host had stays; what it lacked is kept apart."""

import hashlib
import json
import os
import shutil
import signal
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from world import World, until  # noqa: E402

PAGE = 2048


def own(device):
    return device.state / "kiosk"


def parts(folder):
    """What of a log lies there; SQLite adds an empty WAL when it looks."""
    got = {p.name: p.read_bytes() for p in folder.glob("journal.db*")}
    return {name: data for name, data in got.items() if data}


# ---- harm, done to the files of a kiosk that has ended ----

def entry_page(db):
    """Where share 3 stands, and the page that it is on."""
    data = db.read_bytes()
    at = data.index(b"\x87\x01\x01\x03")
    return at, at // PAGE * PAGE


def zeroed_page(folder):
    with open(folder / "journal.db", "r+b") as f:
        f.seek(entry_page(folder / "journal.db")[1])
        f.write(bytes(PAGE))


def flipped_bit(folder):
    at, _ = entry_page(folder / "journal.db")
    with open(folder / "journal.db", "r+b") as f:
        f.seek(at + 60)
        byte = f.read(1)[0]
        f.seek(at + 60)
        f.write(bytes([byte ^ 4]))


def truncated(folder):
    db = folder / "journal.db"
    os.truncate(db, db.stat().st_size // 2)  # the last pages may be empty


def garbage_header(folder):
    with open(folder / "journal.db", "r+b") as f:
        f.write(b"this is no database at all......")


def no_wal(folder):
    (folder / "journal.db-wal").unlink()


# And how many of two shares can be read and proven then; None: not even whose
# log it is.
CASES = [(zeroed_page, None), (flipped_bit, 1), (truncated, 2),
         (garbage_header, 2), (no_wal, 0)]


def ended_with_two_shares(w, device, tag, harm):
    """Share 1 is at the host; 2 and 3 are not."""
    device.share(tag)
    until(lambda: leads_of(w, device), 20, "share 1 is at the host")
    device.rested()
    device.uplink.kill()
    device.share(tag)
    device.share(tag)
    device.kiosk.wait("idle")
    if harm is no_wal:
        device.kiosk.kill()  # 2 and 3 stand in the WAL alone
    else:
        device.kiosk.do("quit")
        device.kiosk.p.wait(20)
    for name in device.outbox():  # what stands there would still be carried
        (device.state / "outbox" / name).unlink()


def leads_of(w, device):
    return [r for r in w.leads() if r["device"] == device.name]


def lost(kiosk):
    """Two looks have found it so."""
    kiosk.wait("trouble", 15000)
    until(lambda: any("log is damaged" in t for t in kiosk.text()), 15,
          "the log is given up")


def set_aside(device, harm, before, folder):
    kiosk = device.start_kiosk()
    lost(kiosk)
    log = device.world.log("kiosk-" + device.name).read_text()
    assert "must not be continued" in log and str(folder) in log, log
    assert parts(folder) == before, (harm, parts(folder).keys())
    assert not parts(own(device)), parts(own(device)).keys()
    status = json.loads((device.state / "outbox/status.json").read_text())
    assert status["trouble"] == "log", status
    # A restart changes nothing.
    kiosk.kill(signal.SIGTERM)
    lost(device.start_kiosk())
    assert parts(folder) == before


def odd(w, device):
    return json.loads(w.cli("odd", "list", "--device", device.name, "--json"))


def owed_is_left_out(w, folder):
    """Share 3 as if its attendee was not told of it: it and what follows stay
    where they are."""
    copy = w.dir / "copy"
    shutil.copytree(folder, copy)
    data = (copy / "journal.db").read_bytes()
    at = data.index(b"\x87\x01\x01\x03")
    end = data.index(b"\x00", at + 9 + 34 + 34)  # pol, which is 0
    leaf = hashlib.sha256(b"\0" + data[at:end + 1]).digest()
    words = b"bw owed1" + (3).to_bytes(8, "big") + leaf
    (copy / "journal.db-undo").write_bytes(
        words + hashlib.sha256(words).digest()[:16])
    said = w.cli("journal", "recover", copy, "--dry-run")
    assert "Would go into quarantine: 1" in said, said
    assert "Left where they are: 1" in said, said


def recover(w, device, folder, taken):
    """Staff have it read: into quarantine, once, and nowhere else."""
    words = ["journal", "recover", folder]
    if taken is None:  # not even whose log it is
        assert "--device" in w.refused(*words)
        words += ["--device", device.name]
        taken = 0
    leads = w.leads()
    said = w.refused(*words)
    assert f"device revoke {device.name}" in said, said
    w.cli(*words, "--dry-run")
    assert not odd(w, device)
    if taken == 2 and not (w.dir / "copy").exists():
        owed_is_left_out(w, folder)
    w.cli("device", "revoke", device.name)
    said = w.cli(*words)
    if taken:
        assert f"Taken into quarantine: {taken}," in said, said
    assert [o["entry"] for o in odd(w, device)] == [2, 3][:taken], said
    again = w.cli(*words)
    assert "Taken into quarantine: 0" in again or "none (0)" in again, again
    assert w.leads() == leads
    assert f"{2 + taken} entries" in w.verify(device.name)


def goes_on(w, device, tag, name):
    """Under another name; the kiosk that shows the trouble goes on."""
    said = w.refused("device", "add", device.name, "--sponsor", "example-corp")
    assert "take another" in said, said
    device.name = name
    device.start_uplink()
    device.enrol()
    device.share(tag)
    until(lambda: leads_of(w, device), 20, "the new log's share is there")
    device.synced()


def one_device(w, n, harm, taken):
    device = w.device(f"k{n}")
    ada = next(r["id"] for r in w.registrations()
               if r["status"] == "attending")
    tag = device.badge(ada, f"04e10cda993c{n}")
    device.enrol()
    device.start_kiosk()
    ended_with_two_shares(w, device, tag, harm)
    harm(own(device))
    before = parts(own(device))
    key = (own(device) / "log.key").read_bytes()
    set_aside(device, harm, before, own(device) / "aside-1")
    recover(w, device, own(device) / "aside-1", taken)
    old = device.name
    goes_on(w, device, tag, f"k{n}b")
    assert (own(device) / "log.key").read_bytes() != key
    assert parts(own(device) / "aside-1") == before
    live = [r["device"] for r in w.leads() if r["device"].startswith(old)]
    assert live == [old, device.name], live
    assert "entries" in w.verify(device.name)
    device.end()


def half_moved(folder):
    (folder / "aside-1").mkdir()
    (folder / "journal.db").rename(folder / "aside-1/journal.db")


def half_moved_then_half_forgotten(folder):
    half_moved(folder)
    (folder / "policy.jws").unlink()


def journal_alone_lost(folder):
    (folder / "journal.db").unlink()


def enrolled_over_the_rest(w, n, harm):
    """No kiosk ran in between that could set the rest aside: enrolling keeps
    what it finds of an earlier log."""
    device = w.device(f"r{n}")
    ada = next(r["id"] for r in w.registrations()
               if r["status"] == "attending")
    tag = device.badge(ada, f"04e10cda993c{n}")
    device.enrol()
    device.start_kiosk()
    ended_with_two_shares(w, device, tag, no_wal)
    before = parts(own(device))
    assert len(before["journal.db-wal"]) > 0
    harm(own(device))
    if harm is journal_alone_lost:
        del before["journal.db"]
    device.name = f"r{n}b"
    device.start_uplink()
    device.enrol()
    assert parts(own(device) / "aside-1") == before
    if "journal.db" in before:
        said = w.cli("journal", "recover", own(device) / "aside-1",
                     "--dry-run")
        assert "Would go into quarantine: 2" in said, said
    device.end()


def main():
    with World() as w:
        w.start_host()
        for n, (harm, taken) in enumerate(CASES):
            one_device(w, 10 + n, harm, taken)
            print("ok", harm.__name__, flush=True)
        for n, harm in enumerate((half_moved, half_moved_then_half_forgotten,
                                  journal_alone_lost)):
            enrolled_over_the_rest(w, 30 + n, harm)
            print("ok", harm.__name__, flush=True)


main()
