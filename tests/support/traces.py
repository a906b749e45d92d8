# SPDX-License-Identifier: Apache-2.0
"""traces.py - where in files somebody's values stand, in whatever spelling: as
they are, in UTF-16, hex, base64 at any distance, and quoted-printable."""

import base64
import quopri


def in_base64(raw):
    """What base64 of text with these bytes in it has, by where they begin."""
    out = []
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + raw + b"\0" * 2)
        # Without the characters that what is around has a part in.
        first = (shift * 8 + 5) // 6
        last = (shift + len(raw)) * 8 // 6
        out.append(text[first:last])
        out.append(text[first:last].translate(
            bytes.maketrans(b"+/", b"-_")))
    return out


def spellings(value):
    raw = value.encode()
    return {"utf-8": [raw],
            "utf-16": [value.encode("utf-16-le"), value.encode("utf-16-be")],
            "hex": [raw.hex().encode(), raw.hex().upper().encode()],
            "base64": in_base64(raw),
            "quoted-printable": [quopri.encodestring(raw),
                                 quopri.encodestring(raw).lower()]}


def files(*places):
    for place in places:
        yield from (p for p in sorted(place.rglob("*")) if p.is_file()) \
            if place.is_dir() else [place]


def traces(values, *places):
    """(value, spelling) to the names of the files that have it."""
    out = {}
    for path in files(*places):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue  # it went meanwhile
        for value in values:
            for name, forms in spellings(value).items():
                if any(form in data for form in forms):
                    out.setdefault((value, name), set()).add(path.name)
    return out
