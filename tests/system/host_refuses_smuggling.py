# SPDX-License-Identifier: Apache-2.0
"""Requests that two parsers may read in two ways: each is refused, nothing
hidden in it is answered, and the connection ends."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, raw  # noqa: E402
from smuggle import CASES, HIDDEN, LENGTH, post, statuses  # noqa: E402

LAST = HIDDEN[:-2] + b"Connection: close\r\n\r\n"


# Blanks around a value are no part of it (RFC 9110, 5.5). libmicrohttpd 1.0
# takes them away before we see them; they must be read as just that then.
PLAIN = ("two blanks before the length", "blank behind the length")


def refused(w, name, request):
    # What follows in the same bytes must not be answered either.
    got = raw(w, request + LAST)
    codes = statuses(got)
    # An ended connection without a word is a refusal, too; and the library's
    # own 400 for a Content-Length has its head twice.
    if name in PLAIN and codes == [404, 200]:
        return codes
    assert all(400 <= c < 600 for c in codes), (name, got)
    assert b'"status":"ok"' not in got, (name, got)
    return codes


def pipelined(w):
    """What is plain may follow each other on one connection."""
    two = HIDDEN + post(LENGTH) + LAST
    codes = statuses(raw(w, two))
    assert codes == [200, 404, 200], codes


with World() as world:
    world.start_host()
    pipelined(world)
    silent = 0
    for name, request in CASES.items():
        silent += not refused(world, name, request)
    print(f"ok {len(CASES)} refused, {silent} of them without a word")
    pipelined(world)
    # No answer names the server or shows a path of this machine.
    answer = raw(world, b"GET /nothing HTTP/1.1\r\nHost: h\r\n"
                 b"Connection: close\r\n\r\n")
    assert b"Server:" not in answer and b"microhttpd" not in answer
