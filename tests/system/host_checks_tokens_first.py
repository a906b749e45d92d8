# SPDX-License-Identifier: Apache-2.0
"""A device's token is looked at before the body is read: without a good one
nobody makes the host keep megabytes. A token counts as used when it was good,
and once."""

import concurrent.futures
import os
import secrets
import socket
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled, everything  # noqa: E402
from wire import Wire  # noqa: E402

LARGE = 4 * 1024 * 1024
TARGET = "/v1/device/log?from=1"


def head(token, length, target=TARGET):
    lines = [f"POST {target} HTTP/1.1", "Host: h",
             f"Content-Length: {length}"]
    if token is not None:
        lines.append(f"Authorization: Bearer {token}")
    return "\r\n".join(lines + ["", ""]).encode()


def connect(w):
    return socket.create_connection(("127.0.0.1", w.port), 20)


def forged(d, **changes):
    """A token that looks right, signed by someone else."""
    other = Wire.__new__(Wire)
    other.__dict__.update(d.__dict__)
    other.identity = d.seal
    return other.token("POST", TARGET, b"", **changes)


def wrong_tokens(d):
    return {
        "none": None,
        "no token": "x",
        "too long": "x" * 5000,
        "of nobody": forged(d).replace(forged(d).split(".")[0], "e30", 1),
        "forged": forged(d),
        "of another method": d.token("GET", TARGET, b""),
        "of another path": d.token("POST", "/v1/device/status", b""),
        "of yesterday": d.token("POST", TARGET, b"", iat=1),
    }


def refused_before_the_body(w, d):
    """Nothing of the body is ever sent; the answer comes and the end."""
    for name, token in wrong_tokens(d).items():
        with connect(w) as s:
            s.sendall(head(token, LARGE))
            got = everything(s)
        assert got.startswith(b"HTTP/1.1 401 "), (name, got)
        assert b"WWW-Authenticate: Bearer" in got and b"Date: " in got
    # Who sends it all the same is told, not cut off before the answer.
    with connect(w) as s:
        s.sendall(head("x", LARGE) + b"x" * LARGE)
        assert everything(s).startswith(b"HTTP/1.1 401 ")
    # A small body is let pass, so that the client is there for the answer.
    with connect(w) as s:
        s.sendall(head("x", 9) + b"x" * 9 + head("x", 9) + b"x" * 9)
        got = b""
        while got.count(b"HTTP/1.1 401 ") < 2:
            piece = s.recv(65536)
            assert piece, got
            got += piece


def peak(w):
    """The most memory that the host ever had, in KiB."""
    for line in open(f"/proc/{w.host.pid}/status"):
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    raise AssertionError("no VmHWM")


def memory_stays(w, d):
    """However much they push, many at once."""
    before = peak(w)
    held = []
    for _ in range(24):
        s = connect(w)
        held.append(s)
        s.sendall(head(forged(d), LARGE))
        try:
            s.sendall(b"x" * (LARGE - 1))
        except OSError:
            pass  # cut off, as it should be
    grown = peak(w) - before
    for s in held:
        s.close()
    assert grown < 24 * 1024, f"{grown} KiB for nothing"


def a_good_token_is_taken_once(w, d):
    body = d.bytes(1)
    # What was not good is not used up by trying.
    jti = secrets.token_hex(16)
    with connect(w) as s:
        s.sendall(head(forged(d, jti=jti, bsh=""), LARGE))
        assert everything(s).startswith(b"HTTP/1.1 401 ")
    good = d.token("POST", TARGET, body, jti=jti)
    assert d.upload(1, data=body, token=good).status == 200
    assert d.upload(1, data=body, token=good).status == 401
    # Taken with the head: no second request may use it meanwhile.
    token = d.token("POST", TARGET, body)
    with connect(w) as s:
        s.sendall(head(token, len(body)) + body[:1])
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            def late(_):
                return Wire.call(fresh(d), "POST", TARGET, body,
                                 token).status
            # Which of them came first is nobody's business.
            codes = list(pool.map(late, range(8)))
        s.sendall(body[1:])
        codes.append(int(s.recv(65536).split(b" ")[1]))
    assert sorted(codes) == [200] + [401] * 8, codes
    # The body must be the one that was signed.
    other = d.token("POST", TARGET, body, bsh="A" * 43)
    assert d.upload(1, data=body, token=other).status == 401
    changed = d.upload(1, data=body + b"x", token=d.token(
        "POST", TARGET, body))
    assert changed.status == 401 and "another" in changed.json["error"]


def fresh(d):
    """The same device on a connection of its own."""
    one = Wire.__new__(Wire)
    one.__dict__.update(d.__dict__)
    one.connection = None
    return one


with World() as world:
    world.start_host()
    device = enrolled(world, "k01")
    device.share(badges(world, 1)[0], [1, 2])
    refused_before_the_body(world, device)
    memory_stays(world, device)
    a_good_token_is_taken_once(world, device)
    print("ok")
