# SPDX-License-Identifier: Apache-2.0
"""An outsider with a file and a key: `verify log` and `verify receipt`.

The files are made here, from the worked examples alone, without the project's
own encoder. Every change to them must be found, and named.
"""

import base64
import json
import os
import pathlib
import resource
import subprocess
import tempfile

BIN = pathlib.Path(os.environ["BIN"])
SRC = pathlib.Path(os.environ["SRC"])
VECTORS = json.loads((SRC / "tests/vectors/vectors.json").read_text())
LOG = VECTORS["log"]
ENTRIES = [bytes.fromhex(e) for e in LOG["entries"]]
BODIES = [bytes.fromhex(b) for b in LOG["bodies"]]
UPLOAD = bytes.fromhex(LOG["upload_0_to_6"])
KEY = LOG["vkey"]
OTHER_KEY_SPKI = bytes.fromhex(VECTORS["keys"]["host"]["spki_der"])


def head(major, n):
    if n < 24:
        return bytes([major << 5 | n])
    if n < 256:
        return bytes([major << 5 | 24, n])
    return bytes([major << 5 | 25]) + n.to_bytes(2, "big")


def bstr(b):
    return b"\xf6" if b is None else head(2, len(b)) + b


def items(entries, bodies):
    return [head(4, 2) + bstr(e) + bstr(b) for e, b in zip(entries, bodies)]


def note():
    """The signed checkpoint as the upload carries it."""
    whole = b"".join(items(ENTRIES, BODIES))
    assert UPLOAD.startswith(whole), "the form of an upload"
    return UPLOAD[len(whole):]


def flipped(data, at, bit=1):
    return data[:at] + bytes([data[at] ^ bit]) + data[at + 1:]


class Outsider:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def run(self, *args, stdin=None, **kw):
        # Nothing of a host is within reach.
        return subprocess.run(
            [str(BIN / "badgeward"), "verify", *map(str, args)], input=stdin,
            capture_output=True, timeout=60, cwd=self.folder,
            env={"PATH": "/nonexistent"}, **kw)

    def log(self, data, key=KEY):
        path = self.folder / "log.cbor"
        path.write_bytes(data)
        return self.run("log", path, "--key", key)

    def good(self, data, *says):
        done = self.log(data)
        out = done.stdout.decode()
        assert done.returncode == 0 and out.startswith("ok: "), done
        assert not done.stderr, done
        for word in says:
            assert word in out, (word, out)

    def bad(self, data, says, key=KEY, code=1):
        done = self.log(data, key)
        assert done.returncode == code and not done.stdout, done
        assert says in done.stderr.decode(), (says, done.stderr.decode())


def check_logs(who):
    cp = note()
    who.good(UPLOAD, "log.summit.example/ev26/k07, 6 entries",
             "open 1, share 1, decline 1, unread 1", "0 bodies deleted")
    # Bodies that were deleted: any of them, all of them.
    for i in range(6):
        some = BODIES[:i] + [None] + BODIES[i + 1:]
        who.good(b"".join(items(ENTRIES, some)) + cp, "1 body deleted")
    who.good(b"".join(items(ENTRIES, [None] * 6)) + cp, "6 bodies deleted")

    # One entry or body changed: it is named (an entry by the next one's prev,
    # unless it says something impossible by itself).
    for i in range(6):
        bodies = list(BODIES)
        bodies[i] = flipped(bodies[i], len(bodies[i]) - 1)
        who.bad(b"".join(items(ENTRIES, bodies)) + cp,
                f"entry {i} is wrong: its body is not the one")
        entries = list(ENTRIES)
        entries[i] = flipped(entries[i], 3)        # its seq
        who.bad(b"".join(items(entries, BODIES)) + cp, f"entry {i} is wrong")
        rest = [x for j, x in enumerate(items(ENTRIES, BODIES)) if j != i]
        who.bad(b"".join(rest) + cp, "the file has 5 entries, its checkpoint"
                if i == 5 else f"entry {i} is wrong")
    # The last entry has no next one: the root gives it away.
    entries = ENTRIES[:5] + [flipped(ENTRIES[5], 8)]   # its time
    who.bad(b"".join(items(entries, [None] * 6)) + cp, "rewritten")
    swapped = items(ENTRIES, BODIES)
    swapped[1], swapped[2] = swapped[2], swapped[1]
    who.bad(b"".join(swapped) + cp, "entry 1 is wrong: its seq")

    # The file: cut anywhere, with more behind it, empty, without a checkpoint.
    for cut in range(0, len(UPLOAD), 23):
        done = who.log(UPLOAD[:cut])
        assert done.returncode == 1 and done.stderr, (cut, done)
    who.bad(b"", "without a signed checkpoint")
    who.bad(b"".join(items(ENTRIES, BODIES)), "without a signed checkpoint")
    who.bad(UPLOAD + b"\x00", "bytes follow")
    who.bad(UPLOAD + UPLOAD, "bytes follow")
    who.bad(b"\x00no log at all", "entry 0 is wrong")
    # Every single bit of the checkpoint matters, the text's and the blob's.
    for at in range(len(UPLOAD) - len(cp), len(UPLOAD), 7):
        done = who.log(flipped(UPLOAD, at))
        assert done.returncode == 1, (at, done)

    # Keys: another one under the same name, another name, nonsense.
    name, kid, _ = KEY.split("+", 2)
    import hashlib
    other = f"{name}+{hashlib.sha256(OTHER_KEY_SPKI).hexdigest()[:8]}+" + \
        base64.b64encode(b"\x02" + OTHER_KEY_SPKI).decode()
    who.bad(UPLOAD, "not signed by this key", other)
    who.bad(UPLOAD, "the key of log.summit.example/ev26/k08", KEY.replace("k07", "k08"))
    who.bad(UPLOAD, "--key is not", "x+y+z", code=2)

    # From a pipe; a file that is not there.
    done = who.run("log", "-", "--key", KEY, stdin=UPLOAD)
    assert done.returncode == 0, done
    done = who.run("log", "/nonexistent/x", "--key", KEY)
    assert done.returncode == 1 and b"No such file" in done.stderr, done


def check_receipts(who):
    (who.folder / "log.cbor").write_bytes(UPLOAD)
    r = VECTORS["receipt"]

    def receipt(text, says, log=False, code=0):
        args = ["receipt", text, "--key", KEY]
        if log:
            args += ["--log", who.folder / "log.cbor"]
        done = who.run(*args)
        assert done.returncode == code, (text, done)
        said = (done.stdout if code in (0, 3) else done.stderr).decode()
        assert says in said, (says, done)
        assert code in (0, 3) or not done.stdout, done
        assert (code == 0) == said.startswith(("ok: ", "in the log: ")), done
        return said

    url, short = r["promise_url"], r["bearer_url"]
    code = url.split("#")[1]
    alone = "promise only: log.summit.example/ev26/k07 promised entry 1\n" \
        "whether this code is its share's only the log can say: --log FILE\n"
    assert receipt(url, alone, code=3) == alone
    receipt(code.lower(), alone, code=3)
    # In the log: shared with whom, which fields, and that it was undone.
    said = receipt(url, "in the log: entry 1", log=True)
    assert said.startswith("ok: log.summit.example/ev26/k07 promised entry 1")
    assert "shared with example-corp: " in said, said
    assert ("undone" in said) == (5 in LOG["kinds"]), said
    receipt(short, "in the log: entry 1", log=True)
    receipt(short, "give --log", code=2)
    receipt("A" * 26, "no share in", log=True, code=1)
    receipt("hello", "neither", code=1)
    for at in range(4, len(code) - 30, 9):
        other = code[:at] + ("A" if code[at] != "A" else "B") + code[at + 1:]
        receipt(other, "", code=1)
    # Another secret in the same promise: its signature has none.
    raw = base64.b32decode(code + "=" * (-len(code) % 8))
    made_up = base64.b32encode(raw[:-16] + b"\7" * 16).decode().rstrip("=")
    receipt(made_up, alone, code=3)
    receipt(made_up, "is a share with another receipt", log=True, code=1)
    # A share whose body is gone is still the promised one; whose code it had,
    # nobody knows.
    bodies = [BODIES[0], None, *BODIES[2:]]
    (who.folder / "log.cbor").write_bytes(
        b"".join(items(ENTRIES, bodies)) + note())
    for one in url, made_up:
        said = receipt(one, "has been deleted", log=True, code=3)
        assert said.startswith("promise only: "), said
        assert "nobody can say any more" in said, said
    receipt(short, "may have been deleted", log=True, code=1)
    # A log that does not verify proves nothing.
    (who.folder / "log.cbor").write_bytes(flipped(UPLOAD, 100))
    receipt(url, "is wrong", log=True, code=1)
    # Over standard input, where no one else sees it.
    done = who.run("receipt", "-", "--key", KEY, stdin=url.encode() + b"\n")
    assert done.returncode == 3 and done.stdout.decode() == alone, done

    # The tlog-proof.
    (who.folder / "log.cbor").write_bytes(UPLOAD)
    proof = who.folder / "share.tlog-proof"
    text = LOG["tlog_proof_index1"]
    proof.write_text(text, newline="")
    receipt(proof, "ok: entry 1 (share) is in log.summit.example/ev26/k07")
    receipt(proof, "in the log: entry 1", log=True)
    wrong = [text.replace("index 1", "index 2"),
             text.replace("index 1\n", ""),
             text.replace("C30cz", "C31cz"),
             text.replace("extra hwEBA", "extra hwEBB"),
             text.replace("/k07\n6\n", "/k07\n7\n"),
             text.replace("ev26", "ev27"), text.split("\n\n")[0] + "\n\n",
             "c2sp.org/tlog-proof@v1\n"]
    for one in wrong:
        assert one != text
        proof.write_text(one, newline="")
        receipt(proof, "", code=1)


def main():
    with tempfile.TemporaryDirectory(prefix="badgeward-") as folder:
        who = Outsider(folder)
        check_logs(who)
        check_receipts(who)


main()
