# SPDX-License-Identifier: Apache-2.0
"""memscan.py - what a process holds in its memory, and what files hold.

Reads all that is readable of /proc/PID/mem (what a core dump has, and more:
also what was excluded from one), and looks for texts as UTF-8, UTF-16 and
UTF-32 and for bytes raw, in hex and in base64 and base32.
"""

import base64
import os
import re
import sys


def spellings(needle):
    """Every way in which a text or bytes may lie about."""
    if isinstance(needle, str):
        raw = needle.encode()
        return {"utf-8": raw, "utf-16": needle.encode("utf-16-le"),
                "utf-32": needle.encode("utf-32-le"),
                "base64": base64.b64encode(raw)[:-4],
                "hex": raw.hex().encode()}
    return {"raw": needle, "hex": needle.hex().encode(),
            "HEX": needle.hex().upper().encode(),
            "base64": base64.b64encode(needle).rstrip(b"=")[:-1],
            "base64url": base64.urlsafe_b64encode(needle).rstrip(b"=")[:-1],
            "base32": base64.b32encode(needle).rstrip(b"=")[:-1]}


def memory(pid):
    """(name, bytes) of every readable mapping but the vvar pages."""
    if os.geteuid() != 0 and not os.access(f"/proc/{pid}/mem", os.R_OK):
        print("skipped from here: only root can look into these processes")
        sys.exit(77)
    with open(f"/proc/{pid}/maps") as f:
        maps = f.read().splitlines()
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as mem:
        for line in maps:
            span, mode, _, _, _, *name = line.split(None, 5)
            name = name[0] if name else "anonymous"
            if mode[0] != "r" or name in ("[vvar]", "[vsyscall]"):
                continue
            start, end = (int(x, 16) for x in span.split("-"))
            try:
                mem.seek(start)
                yield name, mem.read(end - start)
            except OSError:
                continue


def files(folder):
    """(name, bytes) of every file below a folder."""
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            try:
                with open(path, "rb") as f:
                    yield path, f.read()
            except OSError:
                continue


def unfolded(name, data, depth=2):
    """The data, and what runs of base64 in it decode to."""
    yield name, data
    if depth == 0:
        return
    for run in re.findall(rb"[A-Za-z0-9+/_-]{16,}", data):
        plain = run.translate(bytes.maketrans(b"-_", b"+/"))
        try:
            inner = base64.b64decode(plain + b"=" * (-len(plain) % 4))
        except ValueError:
            continue
        yield from unfolded(name + " (base64)", inner, depth - 1)


def find(places, needles):
    """needles: {label: text or bytes}; the labels found, with where."""
    wanted = [(label, kind, bytes_)
              for label, needle in needles.items()
              for kind, bytes_ in spellings(needle).items()]
    found = {}
    for name, data in places:
        for label, kind, bytes_ in wanted:
            if bytes_ in data:
                found.setdefault(label, set()).add(f"{name} as {kind}")
    return found


def in_memory(pid, needles):
    return find(memory(pid), needles)


def in_files(folder, needles):
    return find(files(folder), needles)
