# SPDX-License-Identifier: Apache-2.0
"""ear.py - hears what a kiosk says, by fake_speech.

    with Ear() as ear, Booth(env=ear.env) as booth:
        booth.kiosk.do("key back")
        said = ear.next()
        said.end()
"""

import os
import pathlib
import queue
import re
import select
import shutil
import socket
import struct
import tempfile
import threading


class Said:
    """One text: its language, its SSML, its process."""

    def __init__(self, conn, lang, ssml):
        self.conn, self.lang, self.ssml = conn, lang, ssml
        self.pid = struct.unpack("3i", conn.getsockopt(
            socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]

    @property
    def text(self):
        """Without its markup, a sentence a line."""
        plain = re.sub("<[^>]*>", "", self.ssml.replace("</s>", "\n"))
        for sign, what in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
            plain = plain.replace(sign, what)
        return plain

    def end(self):
        """It was said."""
        self.conn.close()

    def fail(self):
        self.conn.send(b"x")
        self.conn.close()

    def is_silent(self):
        """It was stopped before its end."""
        poll = select.poll()
        poll.register(self.conn, 0)
        return any(e & select.POLLHUP for _, e in poll.poll(0))


class Ear:
    def __init__(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="badgeward-ear-"))
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(str(self.dir / "ear"))
        self.server.listen(8)
        self.env = {"SPEECH_EAR": str(self.dir / "ear"),
                    "BADGEWARD_SPEECH": os.path.join(
                        os.environ["BUILD"], "tests/fake_speech")}
        self.heard = queue.Queue()
        self.at_once = False  # say everything in no time
        threading.Thread(target=self.listen, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.close()
        shutil.rmtree(self.dir, ignore_errors=True)

    def listen(self):
        while True:
            try:
                conn, _ = self.server.accept()
            except OSError:
                return
            data = b""
            while more := conn.recv(65536):
                data += more
            lang, ssml = data.decode().split("\n", 1)
            said = Said(conn, lang, ssml)
            if "<s>" not in ssml:
                said.end()  # it only tries whether there is a voice
                continue
            if self.at_once:
                said.end()
            self.heard.put(said)

    def next(self, seconds=20):
        return self.heard.get(timeout=seconds)

    def nothing(self):
        """Nothing was said that was not heard yet."""
        return self.heard.empty()
