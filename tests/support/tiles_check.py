#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Read C2SP tlog-tiles, a directory or a URL (with $TOKEN, and
the file $CA for https), as an auditor would: the tiles that the checkpoint's
size asks for, no others; the entries against level 0, each level against the
one below, the root against the checkpoint."""

import base64
import hashlib
import os
import pathlib
import ssl
import sys
import urllib.request

REMOTE = sys.argv[1].startswith("http")
TRUST = ssl.create_default_context(cafile=os.environ.get("CA") or None)
seen = set()


def read(name):
    seen.add(name)
    if not REMOTE:
        return (pathlib.Path(sys.argv[1]) / name).read_bytes()
    ask = urllib.request.Request(
        f"{sys.argv[1]}/{name}",
        headers={"Authorization": "Bearer " + os.environ["TOKEN"]})
    with urllib.request.urlopen(ask, timeout=60, context=TRUST) as r:
        assert name == "checkpoint" or "immutable" in r.headers["Cache-Control"]
        return r.read()


origin, size, root = read("checkpoint").decode().split("\n")[:3]
size = int(size)


def sha(data):
    return hashlib.sha256(data).digest()


def mth(hashes):
    """RFC 6962, 2.1, over leaf hashes."""
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return sha(b"\1" + mth(hashes[:k]) + mth(hashes[k:]))


def tiles(level, count):
    for n in range((count + 255) // 256):
        width = min(256, count - n * 256)
        path = f"{n % 1000:03}"
        for up in range(1, 4):
            if n >= 1000 ** up:
                path = f"x{n // 1000 ** up % 1000:03}/{path}"
        if width < 256:
            path += f".p/{width}"
        yield width, read(f"tile/{level}/{path}")


leaves = []
for width, data in tiles("entries", size):
    for _ in range(width):
        n = int.from_bytes(data[:2], "big")
        leaves.append(sha(b"\0" + data[2:2 + n]))
        data = data[2 + n:]
    assert not data
assert len(leaves) == size
level, want = 0, leaves
while want:
    got = []
    for width, data in tiles(level, len(want)):
        assert len(data) == width * 32
        got += [data[i:i + 32] for i in range(0, len(data), 32)]
    assert got == want, f"level {level}"
    want = [mth(want[i:i + 256]) for i in range(0, len(want) // 256 * 256, 256)]
    level += 1
assert mth(leaves) == base64.b64decode(root), "the root"
if not REMOTE:
    top = pathlib.Path(sys.argv[1])
    assert seen == {str(p.relative_to(top)) for p in top.rglob("*")
                    if p.is_file()}, "other files"
