# SPDX-License-Identifier: Apache-2.0
"""picture.py - pictures as rows of RGB bytes, without a library.

A Picture has .w, .h and .rows, a list of bytes of 3 × w. It is read from a
PNG as cairo writes it (8 bits, RGB) or from a PPM as QEMU does.
"""

import struct
import zlib


def _unfilter(kind, row, above):
    """A line of a PNG, three bytes a pixel, as it was before its filter."""
    if kind == 0:
        return row
    out = bytearray(row)
    for i in range(len(out)):
        a = out[i - 3] if i >= 3 else 0
        b = above[i]
        if kind == 1:
            add = a
        elif kind == 2:
            add = b
        elif kind == 3:
            add = (a + b) // 2
        else:
            c = above[i - 3] if i >= 3 else 0
            p = a + b - c
            pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
            add = a if pa <= pb and pa <= pc else b if pb <= pc else c
        out[i] = (out[i] + add) & 255
    return bytes(out)


class Picture:
    def __init__(self, w, h, rows):
        self.w, self.h, self.rows = w, h, rows

    def __eq__(self, other):
        return self.rows == other.rows

    @classmethod
    def png(cls, path):
        data, at, packed = path.read_bytes(), 8, b""
        while at < len(data):
            n, kind = struct.unpack_from(">I4s", data, at)
            body = data[at + 8:at + 8 + n]
            if kind == b"IHDR":
                w, h, depth, colour, *_ = struct.unpack(">IIBBBBB", body)
                assert (depth, colour) == (8, 2), "not 8-bit RGB"
            elif kind == b"IDAT":
                packed += body
            at += n + 12
        flat, rows, above = zlib.decompress(packed), [], bytes(3 * w)
        for y in range(h):
            line = flat[y * (3 * w + 1):(y + 1) * (3 * w + 1)]
            above = _unfilter(line[0], line[1:], above)
            rows.append(above)
        return cls(w, h, rows)

    @classmethod
    def ppm(cls, path):
        data = path.read_bytes()
        magic, w, h, depth = data.split(None, 4)[:4]
        assert (magic, depth) == (b"P6", b"255"), (magic, depth)
        w, h = int(w), int(h)
        flat = data[len(data) - 3 * w * h:]
        return cls(w, h, [flat[3 * w * y:3 * w * (y + 1)] for y in range(h)])

    def save(self, path):
        """As a PNG."""
        def chunk(kind, body):
            return struct.pack(">I", len(body)) + kind + body + struct.pack(
                ">I", zlib.crc32(kind + body))
        flat = b"".join(b"\0" + row for row in self.rows)
        path.write_bytes(
            b"\x89PNG\r\n\x1a\n" +
            chunk(b"IHDR", struct.pack(">IIBBBBB", self.w, self.h, 8, 2, 0,
                                       0, 0)) +
            chunk(b"IDAT", zlib.compress(flat, 1)) + chunk(b"IEND", b""))

    def pixel(self, x, y):
        return self.rows[y][3 * x:3 * x + 3]

    def turned(self, degrees):
        """Clockwise."""
        w, h = self.w, self.h
        if degrees == 0:
            return self
        if degrees == 180:
            return Picture(w, h, [b"".join(
                row[3 * x:3 * x + 3] for x in reversed(range(w)))
                for row in reversed(self.rows)])
        lines = [b"".join(self.pixel(x, y) for y in reversed(range(h)))
                 for x in range(w)]
        clockwise = Picture(h, w, lines)
        return clockwise if degrees == 90 else clockwise.turned(180)

    def runs(self, x, y, w, h):
        """Lines of this part with some ink, as 32-bit pixels in memory: what a
        frame buffer holds of it. Cairo leaves the spare byte 0 or 255."""
        out = []
        for row in self.rows[y:y + h]:
            part = row[3 * x:3 * (x + w)]
            pixels = [part[i:i + 3] for i in range(0, len(part), 3)]
            if len(set(pixels)) > 8:
                out += [b"".join(p[::-1] + spare for p in pixels)
                        for spare in (b"\0", b"\xff")]
        return out
