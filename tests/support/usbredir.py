# SPDX-License-Identifier: Apache-2.0
"""usbredir.py - a USB plug for the simulator's chip: an emulated machine's
usb-redir device (usbredir protocol 0.7, usbredir-protocol.md) is a PN533 or an
ACR122U, with the PN532 behind the simulator's terminal as its chip.

    with Plug(socket, sim) as plug:
        plug.put(Pn533)         # into the machine
        plug.pull()             # and out, with its power
"""

import os
import select
import socket
import struct
import threading

(HELLO, CONNECT, DISCONNECT, RESET, INTERFACES, ENDPOINTS, SET_CONFIG,
 GET_CONFIG, CONFIG_STATUS, SET_ALT, GET_ALT, ALT_STATUS) = range(12)
START_INTERRUPT, STOP_INTERRUPT, INTERRUPT_STATUS, CANCEL = 15, 16, 17, 21
CONTROL, BULK = 100, 101
OK, CANCELLED, STALL = 0, 1, 4
# The device's version, sizes of packets, ids and lengths that are long.
CAPS = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6
FULL_SPEED = 1
BULK_EP, INTERRUPT_EP, NO_EP = 2, 3, 255
WAKE = b"\x55\x55\0\0\0"        # for a chip that sleeps, else a preamble
ACK = b"\0\0\xff\0\xff\0"


def frame(data):
    """A chip's frame around its data."""
    n = len(data)
    head = bytes([n, -n & 255]) if n < 256 else \
        b"\xff\xff" + n.to_bytes(2, "big") + \
        bytes([-(n >> 8) - (n & 255) & 255])
    return b"\0\0\xff" + head + data + bytes([-sum(data) & 255, 0])


def take_frame(said):
    """The first frame of what a chip said, and the rest; b"" if not whole."""
    if len(said) < 6:
        return b"", said
    if said[3:5] == b"\0\xff":
        n = 6
    elif said[3:5] != b"\xff\xff":
        n = said[3] + 7
    else:
        n = 10 + int.from_bytes(said[5:7], "big") if len(said) > 7 else 1 << 16
    return (said[:n], said[n:]) if len(said) >= n else (b"", said)


def payload(f):
    """What is in a frame: from D5 on."""
    return f[8:-2] if f[3:5] == b"\xff\xff" else f[5:-2]


def bulk_head(ep, status, size):
    return struct.pack("<BBHIH", ep, status, size & 0xffff, 0, size >> 16)


class Pn533:
    """Frames go to the chip and come from it as they are, but for what sets
    a PN533 apart: its version, and a status before what registers hold."""
    ids = 0x04cc, 0x2533
    names = "NXP", "PN533"
    interface = bytes([9, 4, 0, 0, 2, 255, 255, 255, 0])
    extra = b""
    endpoints = (0x04, BULK_EP), (0x84, BULK_EP)

    def powered(self, chip):
        pass

    def out(self, chip, data):
        chip(WAKE + data)
        return []

    def said(self, f):
        data = payload(f)
        if data[:2] == b"\xd5\x03":
            return [frame(b"\xd5\x03\x33\x02\x07\x07")]
        if data[:2] in (b"\xd5\x07", b"\xd5\x09"):
            return [frame(data[:2] + b"\0" + data[2:])]
        return [f]


class Acr122u:
    """CCID messages around the chip's commands. From power-up it looks for
    tags by itself, which is simply the field on here, until it is told not
    to. Its answers have one byte of length."""
    ids = 0x072f, 0x2200
    names = "ACS", "ACR122U"
    interface = bytes([9, 4, 0, 0, 3, 11, 0, 0, 0])
    extra = bytes([54, 33]) + bytes(52)
    endpoints = (0x81, INTERRUPT_EP), (0x02, BULK_EP), (0x82, BULK_EP)

    def __init__(self):
        self.seq, self.mine = 0, []

    def powered(self, chip):
        self.field(chip, 1, [])

    def field(self, chip, on, then):
        """Its own firmware's command, and what to say once it is done."""
        self.mine.append(then)
        chip(WAKE + frame(bytes([0xd4, 0x32, 1, on])))

    def block(self, data):
        return struct.pack("<BIBBBBB", 0x80, len(data), 0, self.seq, 0, 0,
                           0) + data

    def out(self, chip, data):
        self.seq = data[6]
        apdu = data[10:]
        if data[0] == 0x62:                     # power on: an ATR
            return [self.block(b"\x3b\0")]
        if apdu[:4] == b"\xff\0\0\0":
            chip(WAKE + frame(apdu[5:5 + apdu[4]]))
            return []
        if apdu[:3] == b"\xff\0\x51":           # how it looks for tags
            self.field(chip, apdu[3] >> 7,
                       [self.block(bytes([0x90, apdu[3]]))])
            return []
        return [self.block(b"\x63\0")]

    def said(self, f):
        if f == ACK:
            return []
        if self.mine and payload(f)[:2] == b"\xd5\x33":
            return self.mine.pop(0)
        data = payload(f) + b"\x90\0"
        return [self.block(data if data[0] == 0xd5 and len(data) < 256 else
                           b"\x63\x7f")]


class Plug:
    def __init__(self, path, sim):
        self.sim, self.kind, self.tty = sim, None, -1
        self.rest, self.heard, self.greeted = b"", b"", False
        self.ready, self.asked = [], []     # transfers in, requests for them
        self.lock = threading.RLock()
        self.s = socket.socket(socket.AF_UNIX)
        self.s.connect(str(path))
        self.wake = os.pipe()
        self.s.sendall(struct.pack("<III64sI", HELLO, 68, 0, b"badgeward",
                                   CAPS))
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.write(self.wake[1], b"e")
        self.thread.join()
        self.s.close()

    def send(self, kind, id, data=b""):
        self.s.sendall(struct.pack("<IIQ", kind, len(data), id) + data)

    def put(self, kind):
        """Plug in a reader of this kind; its chip gets power."""
        if not self.sim.state()["plugged"]:
            self.sim.do("plug")
        with self.lock:
            self.kind = kind()
            self.heard, self.ready, self.asked = b"", [], []
            self.tty = os.open(self.sim.link, os.O_RDWR | os.O_NOCTTY |
                               os.O_NONBLOCK)
            os.write(self.wake[1], b"p")
            self.kind.powered(self.chip)
            where = {(ep & 15) + (16 if ep & 128 else 0): how
                     for ep, how in self.kind.endpoints}
            cls = self.kind.interface[5:8]
            self.send(INTERFACES, 0, struct.pack("<I", 1) + b"".join(
                bytes([c]) + bytes(31) for c in (0, *cls)))
            self.send(ENDPOINTS, 0, bytes(
                where.get(i, 0 if i % 16 == 0 else NO_EP)
                for i in range(32)) + bytes([16] * 32) + bytes(32) +
                struct.pack("<32H", *[64] * 32))
            self.send(CONNECT, 0, struct.pack(
                "<BBBBHHH", FULL_SPEED, 0, 0, 0, *self.kind.ids, 0x100))

    def pull(self):
        with self.lock:
            os.close(self.tty)
            self.kind, self.tty = None, -1
            self.send(DISCONNECT, 0)
        self.sim.do("unplug")

    def chip(self, data):
        os.write(self.tty, data)

    def run(self):
        while True:
            fds = [self.s, self.wake[0]] + [self.tty] * (self.tty >= 0)
            try:
                ready = select.select(fds, [], [])[0]
            except OSError:     # pulled just before
                continue
            with self.lock:
                if self.wake[0] in ready and \
                        os.read(self.wake[0], 1) == b"e":
                    return
                if self.tty >= 0 and self.tty in ready:
                    self.hear()
                if self.s in ready and not self.listen():
                    return

    def hear(self):
        """From the chip."""
        try:
            self.heard += os.read(self.tty, 4096)
        except OSError:
            return
        f, self.heard = take_frame(self.heard)
        while f:
            self.ready += self.kind.said(f)
            f, self.heard = take_frame(self.heard)
        self.answer()

    def answer(self):
        """Give what there is to those who wait for it."""
        while self.ready and self.asked:
            id, ep, size = self.asked.pop(0)
            data = self.ready.pop(0)[:size]
            self.send(BULK, id, bulk_head(ep, OK, len(data)) + data)

    def listen(self):
        """From the machine. False at its end."""
        try:
            more = self.s.recv(65536)
        except OSError:
            more = b""
        self.rest += more
        while len(self.rest) >= (16 if self.greeted else 12):
            kind, n, id = struct.unpack_from(
                "<IIQ" if self.greeted else "<III", self.rest)
            end = (16 if self.greeted else 12) + n
            if len(self.rest) < end:
                break
            data, self.rest = self.rest[end - n:end], self.rest[end:]
            self.greeted = True
            if self.kind is not None:
                self.take(kind, id, data)
        return more != b""

    def take(self, kind, id, data):
        if kind == CONTROL:
            self.control(id, data)
        elif kind == BULK:
            self.bulk(id, data)
        elif kind in (SET_CONFIG, GET_CONFIG):
            self.send(CONFIG_STATUS, id, bytes([OK, 1]))
        elif kind in (SET_ALT, GET_ALT):
            self.send(ALT_STATUS, id, bytes([OK, data[0], 0]))
        elif kind in (START_INTERRUPT, STOP_INTERRUPT):
            self.send(INTERRUPT_STATUS, id, bytes([OK, data[0]]))
        elif kind == CANCEL:
            for a in [a for a in self.asked if a[0] == id]:
                self.asked.remove(a)
                self.send(BULK, id, bulk_head(a[1], CANCELLED, 0))
        elif kind == RESET:
            self.ready, self.asked = [], []

    def bulk(self, id, head):
        ep, _, low, _, high = struct.unpack_from("<BBHIH", head)
        size = high << 16 | low
        if ep & 0x80:
            self.asked.append((id, ep, size))
        else:
            if len(head) > 10:      # a packet of nothing ends a transfer
                self.ready += self.kind.out(self.chip, head[10:])
            self.send(BULK, id, bulk_head(ep, OK, size))
        self.answer()

    def control(self, id, head):
        ep, request, kind, _, value, index, size = struct.unpack_from(
            "<BBBBHHH", head)
        data, status = b"", OK
        if request == 6 and kind == 0x80:
            data = self.descriptor(value >> 8, value & 255)[:size]
            status = OK if data else STALL
        elif kind & 0x80:
            data = bytes(min(size, 2))
        self.send(CONTROL, id, struct.pack(
            "<BBBBHHH", ep, request, kind, status, value, index,
            len(data) if kind & 0x80 else size) + data)

    def descriptor(self, kind, n):
        k = self.kind
        if kind == 1:
            return struct.pack("<BBHBBBBHHHBBBB", 18, 1, 0x110, 0, 0, 0, 8,
                               *k.ids, 0x100, 1, 2, 0, 1)
        if kind == 2:
            rest = k.interface + k.extra + b"".join(
                struct.pack("<BBBBHB", 7, 5, ep, how, 64, 16)
                for ep, how in k.endpoints)
            return struct.pack("<BBHBBBBB", 9, 2, 9 + len(rest), 1, 1, 0,
                               0x80, 50) + rest
        if kind == 3 and n <= len(k.names):
            text = b"\x09\x04" if n == 0 else k.names[n - 1].encode("utf-16le")
            return bytes([2 + len(text), 3]) + text
        return b""
