# SPDX-License-Identifier: Apache-2.0
"""played.py - an uplink, and a host behind it, that a test plays for a device
that enrols; made of the keys in vectors.json by the test program `booth`."""

import json
import threading

from booth import tool
from world import SRC

with open(SRC / "tests/vectors/vectors.json") as f:
    VECTORS = json.load(f)
IDENTITY = bytes.fromhex(VECTORS["enrol"]["identity"]["spki_der"])


class Uplink:
    """Carries the messages of one state directory; answers as told."""

    def __init__(self, state, replies=None, identity=True):
        self.state, self.replies = state, replies or {}
        self.seen, self.end = [], threading.Event()
        for box in ("outbox", "inbox"):
            (state / box).mkdir(parents=True, exist_ok=True)
        if identity:
            self.put("identity.spki", IDENTITY)
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def put(self, name, data):
        tmp = self.state / "inbox" / f".{name}.tmp"
        tmp.write_bytes(data)
        tmp.rename(self.state / "inbox" / name)

    def run(self):
        while not self.end.wait(0.02):
            for path in sorted((self.state / "outbox").glob("enrol-*.json")):
                self.carry(path)

    def carry(self, path):
        _, id_, what = path.stem.split("-")
        try:
            message = json.loads(path.read_text())
        except FileNotFoundError:
            return
        assert message["id"] == id_ and len(id_) == 16, message
        assert message["base"] == "http://127.0.0.1:8080", message
        self.seen.append((what, message))
        reply = self.replies.get(what)
        if reply == "silence":
            return
        if reply is None:
            reply = tool("offer") if what == "get" else tool("answer", path)
        name = "offer" if what == "get" else "answer"
        self.put(f"enrol-{id_}-{name}.json", reply.encode())
        path.unlink(missing_ok=True)

    def stop(self):
        self.end.set()
        self.thread.join()


def own(state):
    """What stands in the kiosk's folder, but for what a crash may leave."""
    return {p.name for p in (state / "kiosk").iterdir()
            if p.name[0] != "."} - {"lock", "journal.db-wal",
                                     "journal.db-undo"}


ENROLLED = {"log.key", "seal.key", "journal.db", "policy.jws"}
