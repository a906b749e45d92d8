# SPDX-License-Identifier: Apache-2.0
"""Limits go by who asks. Only the proxy named with --proxy is believed about
that, and only what it added itself; of IPv6 a whole /64 is one; an IPv4
address is itself, also on an IPv6 socket."""

import base64
import os
import signal
import socket
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled, leads, until  # noqa: E402
from wire import Client  # noqa: E402

def guess(w, *forwarded, name="X-Forwarded-For"):
    """The status of one try with an unknown invitation."""
    c = Client(w.url)
    try:
        return c.ask("GET", f"/v1/device/enrol?id={os.urandom(8).hex()}", None,
                     {name: ", ".join(forwarded)} if forwarded else {}).status
    finally:
        c.close()


def spend(w, *forwarded, **more):
    """Try until it is too much; how often that took."""
    for n in range(30):
        if guess(w, *forwarded, **more) == 429:
            return n
    raise AssertionError("never too much")


def believed_is_only_what_the_proxy_added(w):
    assert spend(w, "192.0.2.1") >= 10
    assert guess(w, "192.0.2.2") == 404
    # What a client sent itself stands before it, and helps nobody.
    for i in range(1, 9):
        assert guess(w, f"198.51.100.{i}", "192.0.2.1") == 429
    assert guess(w, "192.0.2.1", "192.0.2.3") == 404
    assert guess(w, "192.0.2.1", name="X-Real-IP") == 404
    assert guess(w, "192.0.2.1", name="Forwarded") == 404
    # Nonsense counts as the proxy itself.
    spend(w)
    for odd in ("unknown", "192.0.2.300", "192.0.2.9:80", "[2001:db8::1]",
                "192.0.2.9 x", ","):
        assert guess(w, odd) == 429, odd


def ipv6_counts_by_its_64(w):
    for i in range(12):
        guess(w, f"2001:db8:0:1:{i:x}::{i:x}")
    assert guess(w, "2001:db8:0:1:ffff:ffff:ffff:ffff") == 429
    assert guess(w, "2001:db8:0:2::1") == 404
    for i in range(12):
        guess(w, "::ffff:203.0.113.5")
    assert guess(w, "203.0.113.5") == 429
    assert guess(w, "203.0.113.6") == 404


def others_are_not_believed(w):
    """No --proxy, or another one: the peer counts, whatever it says."""
    n = spend(w, "192.0.2.1")
    assert n >= 10
    for i in range(1, 9):
        assert guess(w, f"192.0.2.{i}") == 429
        assert guess(w, f"192.0.2.{i}", name="X-Real-IP") == 429


def opened(w, n, peer):
    """How many of n connections from this address are answered."""
    held = [socket.create_connection(("127.0.0.1", w.port), 20, (peer, 0))
            for _ in range(n)]
    good = 0
    try:
        for s in held:
            try:
                s.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
                good += b"200 OK" in s.recv(65536)
            except OSError:
                pass
    finally:
        for s in held:
            s.close()
    return good


def connections(w):
    """A limit per address; none for the proxy, which has its own."""
    assert opened(w, 9, "127.0.0.2") == 4
    assert opened(w, 9, "127.0.0.3") == 4, "another address has its own"
    until(lambda: opened(w, 4, "127.0.0.2") == 4, 10, "they are free again")
    assert opened(w, 9, "127.0.0.1") == 9


def one_too_many_does_nothing(w, d):
    """Requests that were there before the host looked: of those that are too
    many nothing is done."""
    rcs = [os.urandom(16) for _ in range(8)]
    for rc in rcs:
        d.share(badges(w, 1)[0], [1, 2], rc=rc)
    assert d.upload(1).status == 200
    assert len(leads(w)) == 8
    d.close()
    w.host.p.send_signal(signal.SIGSTOP)
    held = []
    for rc in rcs:
        s = socket.create_connection(("127.0.0.1", w.port), 20,
                                     ("127.0.0.2", 0))
        body = "act=withdraw&code=" + \
            base64.b32encode(rc).decode().rstrip("=")
        s.sendall(f"POST /r/ HTTP/1.1\r\nHost: h\r\nContent-Length: "
                  f"{len(body)}\r\n\r\n{body}".encode())
        held.append(s)
    w.host.p.send_signal(signal.SIGCONT)
    answered = 0
    for s in held:
        try:
            answered += s.recv(65536).startswith(b"HTTP/1.1 200 ")
        except ConnectionResetError:
            pass
    for s in held:
        s.close()
    assert answered == 4, answered
    assert len(leads(w)) == 4


def restart(w, *args, listen="127.0.0.1"):
    if w.host is not None:
        w.host.stop()
    w.start_host(["--listen", f"{listen}:{w.port}", "--per-address", 4,
                  *args])


with World() as world:
    restart(world, "--proxy", "127.0.0.1")
    believed_is_only_what_the_proxy_added(world)
    ipv6_counts_by_its_64(world)
    connections(world)
    one_too_many_does_nothing(world, enrolled(world, "k01"))
    restart(world)
    others_are_not_believed(world)
    restart(world, "--proxy", "192.0.2.1")
    others_are_not_believed(world)
    # On a socket for both, an IPv4 proxy is the same one.
    try:
        restart(world, "--proxy", "127.0.0.1", listen="[::]")
    except AssertionError:
        print("no IPv6 here")
    else:
        believed_is_only_what_the_proxy_added(world)
        connections(world)
    bad = world.run(os.path.join(os.environ["BIN"], "badgeward-host"), "-C",
                    world.host_dir, "--proxy", "localhost")
    assert bad.returncode == 2 and "--proxy" in bad.stderr, bad
    print("ok")
