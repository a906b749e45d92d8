# SPDX-License-Identifier: Apache-2.0
"""Attendees' pages in a browser: axe, telephones, large letters and right to
left; no cookie, no other host. And a proof is checked there without a network,
the right one and many that are wrong, as `badgeward verify receipt` does; in a
copy nothing but each share's own, once; what
is none, as the receipt's other files, is told from one that is wrong."""

import base64
import io
import os
import pathlib
import subprocess
import sys
import zipfile

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed  # noqa: E402
from hosting import BIN, World, attending, badges, enrolled  # noqa: E402
from mine import Mine  # noqa: E402
from wire import Client, b64, encode, sha  # noqa: E402

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def flipped(text, at=-5):
    """base64 with a bit of its bytes changed."""
    data = bytearray(base64.b64decode(text))
    data[at] ^= 1
    return b64(bytes(data))


def path_of(leaves, at):
    """RFC 6962's inclusion proof."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if at < k:
        return path_of(leaves[:k], at) + [root(leaves[k:])]
    return path_of(leaves[k:], at - k) + [root(leaves[:k])]


def root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha(b"\1", root(leaves[:k]), root(leaves[k:]))


def forged(d, seq, note):
    hashes = "".join(b64(h) + "\n" for h in path_of(d.leaves, seq))
    return f"c2sp.org/tlog-proof@v1\nextra {b64(d.log[seq][0])}\n" \
        f"index {seq}\n{hashes}\n{note}"


class Proof:
    """Its parts, to be put together otherwise."""

    def __init__(self, text):
        above, self.note, self.signed = text.split("\n\n")
        self.head, self.extra, self.index, *self.hashes = above.split("\n")
        self.origin, self.size, self.root = self.note.split("\n")
        self.log, self.host = self.signed.rstrip("\n").split("\n")

    def text(self, **other):
        p = {**vars(self), **other}
        above = "\n".join([p["head"], p["extra"], p["index"], *p["hashes"]])
        return f"{above}\n\n{p['origin']}\n{p['size']}\n{p['root']}\n\n" + \
            "".join(f"{x}\n" for x in (p["log"], p["host"]) if x)


def changed(line, at):
    *rest, blob = line.split(" ")
    return " ".join([*rest, flipped(blob, at)])


def wrong_ones(p, d, other, seq):
    """{what: text}, each wrong in one part."""
    number = int(p.index.split(" ")[1])
    entry = p.extra.split(" ")[1]
    return {
        "head": p.text(head="c2sp.org/tlog-proof@v2"),
        "entry": p.text(extra=f"extra {flipped(entry)}"),
        "entry's commitment": p.text(extra=f"extra {flipped(entry, -20)}"),
        "entry's base64": p.text(extra=p.extra + "="),
        "index": p.text(index=f"index {number + 1}"),
        "index with a zero": p.text(index=f"index 0{number}"),
        "hash": p.text(hashes=[flipped(p.hashes[0]), *p.hashes[1:]]),
        "hash less": p.text(hashes=p.hashes[1:]),
        "hash more": p.text(hashes=[*p.hashes, p.hashes[0]]),
        "origin": p.text(origin=p.origin.replace("k01", "k02")),
        "size": p.text(size=str(int(p.size) + 1)),
        "root": p.text(root=flipped(p.root)),
        "log's signature": p.text(log=changed(p.log, -3)),
        "log's key id": p.text(log=changed(p.log, 0)),
        "log's signature twice": p.text(log=f"{p.log}\n{p.log}"),
        "log's signature gone": p.text(log=""),
        "host's signature": p.text(host=changed(p.host, -3)),
        "host's time": p.text(host=changed(p.host, 11)),
        "host's signature gone": p.text(host=""),
        "half": p.text()[:200],
        # All of it right, but by another's key, or of a log without a key.
        "another's key": forged(d, seq, d.note(key=other.key)),
        "a log that nobody knows": p.text().replace("/k01", "/k99"),
    }


def promised(d, seq, rc):
    """The long code of a receipt: any rc goes with its promise."""
    text = f"badgeward/1 promise\n{d.origin}\n{seq}\n" \
        f"{b64(d.leaves[seq])}\n"
    promise = encode([1, d.key.kid, seq, d.leaves[seq],
                      d.key.sign(text.encode()), rc])
    return base64.b32encode(promise).decode().rstrip("=")


def no_proof(w, code):
    """Nothing is proven of a code by the promise beside it."""
    done = subprocess.run(
        [BIN / "badgeward", "verify", "receipt", code, "--key",
         w.vkey("k01")], capture_output=True, text=True)
    assert done.returncode == 3, done
    assert done.stdout.startswith("promise only: "), done


def by_the_tool(w, name, text, right):
    path = w.dir / "one.tlog-proof"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [BIN / "badgeward", "verify", "receipt", path, "--key", w.vkey("k01"),
         "--host-key", w.host_key], capture_output=True, text=True)
    assert done.returncode == (0 if right else 1), (name, done.stdout,
                                                    done.stderr)
    assert ("seen by the host at" in done.stdout) == right, done.stdout


def zips_of(fetched, into):
    """{what: file} as it is fetched, and what else a ZIP may be, or not."""
    inside = zipfile.ZipFile(io.BytesIO(fetched))

    def other(how, left_out=()):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", how) as z:
            z.comment = b"packed again"
            for name in inside.namelist():
                if name not in left_out:
                    z.writestr(name, inside.read(name))
        return out.getvalue()
    files = {}
    for name, data in {
        "fetched": fetched, "deflated": other(zipfile.ZIP_DEFLATED),
        "stored": other(zipfile.ZIP_STORED),
        "bzip2": other(zipfile.ZIP_BZIP2), "half": fetched[:-200],
        "without": other(zipfile.ZIP_DEFLATED, ("about-me.json",))}.items():
        files[name] = str(into / f"{name}.zip")
        pathlib.Path(files[name]).write_bytes(data)
    return files


needed()
with World() as world:
    world.start_host()
    client = Client(world.url)
    d, other = enrolled(world, "k01"), enrolled(world, "k02")
    rc = os.urandom(16)
    badge = badges(world, 1)[0]
    for _ in range(5):
        d.share(badge, [1, 2])
    seq = d.share(badge, [1, 3], rc=rc, lang="de")
    no = d.decline()
    assert d.upload(1).status == 200
    code = base64.b32encode(rc).decode().rstrip("=")
    proof = client.ask("POST", "/r/", f"code={code}&act=proof", FORM).text
    others = {act: client.ask("POST", "/r/", f"code={code}&act={act}", FORM)
              for act in ("receipt", "paper")}
    page = client.ask("GET", "/verify").text
    keys = page.split('id="keys"')[1].split(">\n")[1].split("</textarea")[0]
    world.host_key = keys.split("\n")[0].replace("&#43;", "+")
    wrong = wrong_ones(Proof(proof), d, other, seq)
    assert Proof(proof).text() == proof
    by_the_tool(world, "right", proof, True)
    for name, text in wrong.items():
        by_the_tool(world, name, text, False)
    long = promised(d, seq, bytes(16))
    no_proof(world, long)
    no_proofs = [[b64(text), said] for text, said in (
        (others["receipt"].body, "receipt.jsonld"),
        (others["paper"].body, "It is a PDF"),
        (long.encode(), "something else"), (b"hello\n", "something else"))]
    me = Mine(world).enter(attending(world)[0]["id"])
    copy = world.dir / "about-me.json"
    copy.write_bytes(me.act("json").body)
    zips = zips_of(me.act("zip").body, world.dir)
    print(browse(world, "attendee_pages.mjs", code=code, proof=proof,
                 copy=str(copy), decline={
                     "id": f"k01-{no}", "sponsor": {"name": "Example Corp"},
                     "proof": forged(d, no, proof.split("\n\n", 1)[1])},
                 zips=zips, wrong=wrong, noProofs=no_proofs, logKey=world.vkey("k01"),
                 person=attending(world)[0]))
