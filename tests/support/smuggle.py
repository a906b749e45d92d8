# SPDX-License-Identifier: Apache-2.0
"""smuggle.py - requests that two parsers may read in two ways."""

import re

HIDDEN = b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"
BODY = b"code=2CPVITK3J5TIYVLLVZBUFAHE74"


def post(*lines, body=BODY, path=b"/r/", end=b"\r\n"):
    return end.join([b"POST " + path + b" HTTP/1.1", b"Host: h", *lines,
                     b"", b""]) + body


LENGTH = b"Content-Length: %d" % len(BODY)
CASES = {
    "length and chunked": post(
        b"Content-Length: 5", b"Transfer-Encoding: chunked",
        body=b"0\r\n\r\n" + HIDDEN),
    "chunked and length": post(
        b"Transfer-Encoding: chunked", b"Content-Length: 5",
        body=b"0\r\n\r\n" + HIDDEN),
    "chunked alone": post(b"Transfer-Encoding: chunked",
                          body=b"0\r\n\r\n"),
    "chunked in disguise": post(b"Transfer-Encoding: xchunked"),
    "chunked, then identity": post(b"Transfer-Encoding: chunked",
                                   b"Transfer-Encoding: identity",
                                   body=b"0\r\n\r\n" + HIDDEN),
    "vertical tab": post(b"Transfer-Encoding: \x0bchunked", LENGTH),
    "blank before the colon": post(b"Transfer-Encoding : chunked", LENGTH),
    "length twice": post(LENGTH, LENGTH),
    "two lengths": post(b"Content-Length: 0", LENGTH, body=HIDDEN),
    "two lengths, other case": post(b"content-length: 0", LENGTH,
                                    body=HIDDEN),
    "list of lengths": post(b"Content-Length: 5, 5"),
    "signed length": post(b"Content-Length: +%d" % len(BODY)),
    "negative length": post(b"Content-Length: -1"),
    "hexadecimal length": post(b"Content-Length: 0x1f"),
    "length with a blank": post(b"Content-Length: 3 1"),
    "blank before length's colon": post(b"Content-Length : 0", LENGTH),
    "tab before length's colon": post(b"Content-Length\t: 0", LENGTH),
    "two blanks before the length": post(b"Content-Length:  %d" % len(BODY)),
    "blank behind the length": post(LENGTH + b" "),
    "length with zeros": post(b"Content-Length: 0%d" % len(BODY)),
    "empty length": post(b"Content-Length: "),
    "huge length": post(b"Content-Length: 99999999999999999999999"),
    "folded length": post(b"Content-Length: 3", b" 1"),
    "folded header": post(b"X-A: b", b"\tc", LENGTH),
    "folded coding": post(b"X-A: b", b" Transfer-Encoding: chunked", LENGTH),
    "zero byte in a value": post(b"X-A: b\0c", LENGTH),
    "zero byte in the length": post(b"Content-Length: 31\x000"),
    "zero byte in a name": post(b"X-A\0B: c", LENGTH),
    "bare line feeds": post(LENGTH, end=b"\n"),
    "one bare line feed": post(b"X-A: b\nX-C: d", LENGTH),
    "bare carriage return": post(b"X-A: b\rX-C: d", LENGTH),
    "no colon": post(b"X-A", LENGTH),
    "no name": post(b": b", LENGTH),
    "no host": b"POST /r/ HTTP/1.1\r\n" + LENGTH + b"\r\n\r\n" + BODY,
    "two hosts": post(b"Host: g", LENGTH),
    "zero in the path": post(LENGTH, path=b"/r/%00"),
    "zero in the query": post(LENGTH, path=b"/r/?a=%00"),
    "broken escape": post(LENGTH, path=b"/r/%2"),
    "whole address": post(LENGTH, path=b"http://other.example/r/"),
    "no slash": post(LENGTH, path=b"r/"),
    "asterisk": b"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
    "blank in the path": post(LENGTH, path=b"/r/ x"),
    "two blanks": b"GET  /healthz HTTP/1.1\r\nHost: h\r\n\r\n",
    "body on GET": b"GET /healthz HTTP/1.1\r\nHost: h\r\n" + LENGTH +
    b"\r\n\r\n" + BODY,
    "body on HEAD": b"HEAD /healthz HTTP/1.1\r\nHost: h\r\n" + LENGTH +
    b"\r\n\r\n" + BODY,
    "CONNECT": b"CONNECT other.example:443 HTTP/1.1\r\nHost: h\r\n\r\n",
    "version 2": b"GET /healthz HTTP/2.0\r\nHost: h\r\n\r\n",
    "version 0.9": b"GET /healthz\r\n\r\n",
    "seventy headers": post(LENGTH, *[b"X-%d: a" % i for i in range(70)]),
    "a huge header": post(LENGTH, b"X-A: " + b"a" * 200000),
    "a huge path": post(LENGTH, path=b"/" + b"a" * 200000),
    "a long path": b"GET /" + b"a" * 600 +
    b" HTTP/1.1\r\nHost: h\r\n\r\n",
}


def statuses(data):
    """The status of each answer in what came back."""
    return [int(c) for c in re.findall(rb"HTTP/1\.1 (\d{3}) ", data)]
