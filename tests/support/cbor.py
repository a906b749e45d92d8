# SPDX-License-Identifier: Apache-2.0
"""cbor.py - just enough CBOR to take uploads and exports apart in tests.

Written from RFC 8949 for the tests alone, so that the project's own decoder
is not its only witness.
"""

import hashlib


def take(data, at=0):
    """One item from data[at:]: (value, next at)."""
    major, info = data[at] >> 5, data[at] & 31
    at += 1
    if info < 24:
        n = info
    else:
        width = {24: 1, 25: 2, 26: 4, 27: 8}[info]
        n = int.from_bytes(data[at:at + width], "big")
        at += width
    if major == 0:
        return n, at
    if major == 1:
        return -1 - n, at
    if major in (2, 3):
        piece = bytes(data[at:at + n])
        assert len(piece) == n, "cut short"
        return (piece if major == 2 else piece.decode()), at + n
    if major == 4:
        items = []
        for _ in range(n):
            item, at = take(data, at)
            items.append(item)
        return items, at
    if major == 5:
        pairs = {}
        for _ in range(n):
            key, at = take(data, at)
            pairs[key], at = take(data, at)
        return pairs, at
    if major == 6:
        return take(data, at)
    if major == 7 and n == 22:
        return None, at
    raise ValueError(f"major {major}, {n}")


def sequence(data):
    """All items of a CBOR sequence."""
    at, items = 0, []
    while at < len(data):
        item, at = take(data, at)
        items.append(item)
    return items


def log_items(data):
    """An upload or export: ([(entry, body)], note), decoded.

    entry: [version, kind, seq, time, prev, commit, pol]; body a list or None.
    """
    *pairs, note = sequence(data)
    out = []
    for entry, body in pairs:
        out.append((take(entry)[0], take(body)[0] if body else None))
    return out, note


def leaf_hash(entry_bytes):
    return hashlib.sha256(b"\0" + entry_bytes).digest()


def receipt_hash(rc):
    """rh of a receipt's rc (FORMATS.md, Receipt)."""
    return hashlib.sha256(b"badgeward/1 receipt\0" + rc).digest()[:16]


def strings(item):
    """Every text and byte string inside an item."""
    if isinstance(item, (bytes, str)):
        yield item
    elif isinstance(item, list):
        for i in item:
            yield from strings(i)
    elif isinstance(item, dict):
        for k, v in item.items():
            yield from strings(k)
            yield from strings(v)


__all__ = ["take", "sequence", "log_items", "leaf_hash", "receipt_hash",
           "strings"]
