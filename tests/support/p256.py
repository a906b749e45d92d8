# SPDX-License-Identifier: Apache-2.0
"""p256.py - ECDSA over P-256 in plain Python, for tests alone.

Slow and not constant-time: it exists so that a device can be played without
the project's own crypto, as FORMATS.md says that an independent reader must be
able to.
"""

import hashlib
import secrets

P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff
N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b
G = (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
     0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5)
SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")


def double(p):
    x, y, z = p
    if not y:
        return (1, 1, 0)
    s = 4 * x * y * y % P
    m = 3 * (x - z * z) * (x + z * z) % P
    nx = (m * m - 2 * s) % P
    return (nx, (m * (s - nx) - 8 * pow(y, 4, P)) % P, 2 * y * z % P)


def add(p, q):
    if not p[2]:
        return q
    if not q[2]:
        return p
    z1, z2 = p[2] * p[2] % P, q[2] * q[2] % P
    u1, u2 = p[0] * z2 % P, q[0] * z1 % P
    s1, s2 = p[1] * z2 * q[2] % P, q[1] * z1 * p[2] % P
    if u1 == u2:
        return double(p) if s1 == s2 else (1, 1, 0)
    h, r = u2 - u1, s2 - s1
    h2 = h * h % P
    h3, u1h2 = h * h2 % P, u1 * h2 % P
    x = (r * r - h3 - 2 * u1h2) % P
    return (x, (r * (u1h2 - x) - s1 * h3) % P, h * p[2] * q[2] % P)


def multiply(k, point):
    result, base = (1, 1, 0), (*point, 1)
    while k:
        if k & 1:
            result = add(result, base)
        base, k = double(base), k >> 1
    inverse = pow(result[2], -1, P)
    return (result[0] * inverse ** 2 % P, result[1] * inverse ** 3 % P)


def on_curve(x, y):
    return (y * y - (x ** 3 - 3 * x + B)) % P == 0


class Key:
    """A private key; spki is its public one."""

    def __init__(self, scalar=None):
        self.d = scalar or secrets.randbelow(N - 1) + 1
        x, y = multiply(self.d, G)
        self.spki = SPKI + b"\x04" + x.to_bytes(32, "big") + \
            y.to_bytes(32, "big")
        self.kid = hashlib.sha256(self.spki).digest()[:4]

    def sign(self, message):
        """r || s."""
        e = int.from_bytes(hashlib.sha256(message).digest(), "big")
        k = secrets.randbelow(N - 1) + 1
        r = multiply(k, G)[0] % N
        s = pow(k, -1, N) * (e + r * self.d) % N
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def verify(spki, message, signature):
    x, y = (int.from_bytes(spki[i:i + 32], "big") for i in (27, 59))
    assert spki[:27] == SPKI + b"\x04" and on_curve(x, y)
    r, s = (int.from_bytes(signature[i:i + 32], "big") for i in (0, 32))
    if not (0 < r < N and 0 < s < N):
        return False
    e = int.from_bytes(hashlib.sha256(message).digest(), "big")
    w = pow(s, -1, N)
    a, b = multiply(e * w % N, G), multiply(r * w % N, (x, y))
    total = add((*a, 1), (*b, 1))
    if not total[2]:
        return False
    return total[0] * pow(total[2], -2, P) % P % N == r


def der(signature):
    """r || s as DER."""
    def integer(b):
        b = b.lstrip(b"\0") or b"\0"
        b = (b"\0" if b[0] & 0x80 else b"") + b
        return b"\x02" + bytes([len(b)]) + b
    body = integer(signature[:32]) + integer(signature[32:])
    return b"\x30" + bytes([len(body)]) + body


def undo_der(blob):
    assert blob[0] == 0x30 and blob[1] == len(blob) - 2
    at, out = 2, b""
    for _ in range(2):
        n = blob[at + 1]
        out += blob[at + 2:at + 2 + n].lstrip(b"\0").rjust(32, b"\0")
        at += 2 + n
    return out
