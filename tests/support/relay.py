# SPDX-License-Identifier: Apache-2.0
"""relay.py - a test between a host and those who ask it.

    with Relay(port, to, heard) as relay:
        relay.open = False      # nobody gets through

heard() is called with each piece of an answer, before it is passed on.
"""

import socket
import threading


class Relay:
    def __init__(self, port, to, heard):
        self.to, self.heard, self.open_, self.pairs = to, heard, True, []
        self.lock = threading.Lock()
        self.server = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # Closing alone does not wake the thread that waits.
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.open = False

    @property
    def open(self):
        return self.open_

    @open.setter
    def open(self, is_open):
        self.open_ = is_open
        if is_open:
            return
        with self.lock:
            pairs, self.pairs = self.pairs, []
        for s in pairs:
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def accept(self):
        while True:
            try:
                s, _ = self.server.accept()
            except OSError:
                return
            if not self.open_:
                s.close()
                continue
            try:
                t = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                s.close()
                continue
            with self.lock:
                self.pairs += [s, t]
            for a, b, heard in (s, t, None), (t, s, self.heard):
                threading.Thread(target=self.carry, args=(a, b, heard),
                                 daemon=True).start()

    def carry(self, a, b, heard):
        try:
            while data := a.recv(65536):
                if heard is not None:
                    with self.lock:
                        heard()
                b.sendall(data)
            b.shutdown(socket.SHUT_WR)
        except OSError:
            pass
