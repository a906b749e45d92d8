# SPDX-License-Identifier: Apache-2.0
"""between.py - the network between devices and a host that listens apart.

    with World(listen_apart=True) as world, Between(world) as network:
        network.away()      # every connection breaks, none is taken
        network.back()
"""

import socket
import threading


def shut(s):
    """Whoever waits for it wakes up."""
    try:
        s.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass    # it has ended by itself


class Between:
    def __init__(self, world):
        self.near, self.far = world.port, world.listen
        self.lock = threading.Lock()
        self.open = set()
        self.listener = None

    def __enter__(self):
        self.back()
        return self

    def __exit__(self, *_):
        self.away()

    def back(self):
        self.listener = socket.create_server(("127.0.0.1", self.near))
        threading.Thread(target=self.serve, args=(self.listener,),
                         daemon=True).start()

    def away(self):
        """A listener that another thread waits for must be shut down: by
        close alone it would take one more."""
        if self.listener is None:
            return
        shut(self.listener)
        self.listener.close()
        self.listener = None
        with self.lock:
            for s in self.open:
                shut(s)

    def serve(self, listener):
        while True:
            try:
                a = listener.accept()[0]
            except OSError:
                return
            try:
                b = socket.create_connection(("127.0.0.1", self.far))
            except OSError:
                a.close()
                continue
            for one, other in ((a, b), (b, a)):
                threading.Thread(target=self.carry, args=(one, other),
                                 daemon=True).start()

    def carry(self, one, other):
        """One direction; each socket is closed by the thread that reads it,
        so that no other has its number meanwhile."""
        with self.lock:
            self.open.add(one)
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        shut(one)
        shut(other)
        with self.lock:
            self.open.discard(one)
        one.close()
