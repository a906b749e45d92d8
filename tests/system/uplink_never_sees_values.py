# SPDX-License-Identifier: Apache-2.0
"""No process has both personal data and the network.

Between the uplink and the host stands a relay that keeps every byte. What the
uplink sends, with base64 and CBOR taken apart, and what lies in its memory and
its folders hold none of the attendee's values, no receipt code and no enrol
code; the same search over the kiosk finds them. A minute after Done the
kiosk's memory holds none of them either.
"""

import base64
import os
import socket
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import cbor  # noqa: E402
import memscan  # noqa: E402
from world import World  # noqa: E402


class Relay:
    """Passes bytes on both ways; keeps what the client sent."""

    def __init__(self, port, to):
        self.to, self.sent, self.lock = to, [], threading.Lock()
        self.server = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.pair, args=(client,),
                             daemon=True).start()

    def pair(self, client):
        try:
            host = socket.create_connection(("127.0.0.1", self.to))
        except OSError:
            client.close()
            return
        kept = bytearray()
        with self.lock:
            self.sent.append(kept)
        back = threading.Thread(target=self.copy, args=(host, client, None),
                                daemon=True)
        back.start()
        self.copy(client, host, kept)

    @staticmethod
    def copy(a, b, kept):
        try:
            while data := a.recv(65536):
                if kept is not None:
                    kept += data
                b.sendall(data)
        except OSError:
            pass
        for s in (a, b):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def apart(data):
    """Everything that hides in what was sent."""
    yield "sent", bytes(data)
    for head in bytes(data).split(b"\r\n\r\n"):
        try:
            for item in cbor.strings(cbor.sequence(head)):
                piece = item.encode() if isinstance(item, str) else item
                yield "sent (CBOR)", piece
                try:
                    for inner in cbor.strings(cbor.sequence(piece)):
                        yield ("sent (CBOR in CBOR)", inner.encode()
                               if isinstance(inner, str) else inner)
                except (KeyError, IndexError, ValueError, AssertionError):
                    pass
        except (KeyError, IndexError, ValueError, AssertionError):
            pass
    yield from memscan.unfolded("sent", bytes(data))


def receipt(world, kiosk):
    picture = str(world.dir / "shared.png")
    kiosk.do(f"shot {picture}")
    done = subprocess.run(["zbarimg", "-q", "--raw", picture],
                          capture_output=True, text=True)
    code = next(line.split("#")[1] for line in done.stdout.splitlines()
                if "/r/#" in line)
    os.unlink(picture)
    return base64.b32decode(code + "=" * (-len(code) % 8))


def main():
    with World(listen_apart=True) as world:
        relay = Relay(world.port, world.listen)
        world.start_host()
        device = world.device()
        ada = next(r for r in world.registrations()
                   if r["status"] == "attending" and r["company"])
        tag = device.badge(ada["id"], "04e10cda993c80")
        address = device.add()
        code = address.split("#")[1].split(".")[0]
        device.enrol(address)
        kiosk = device.start_kiosk()
        kiosk.wait("idle")

        kiosk.tap("start")
        kiosk.tap("field:3")
        kiosk.tap("share")
        device.sim.do(f"tag present {tag}")
        kiosk.shared()
        device.sim.do(f"tag remove {tag}")
        private = {k: ada[k] for k in ("name", "email", "company",
                                       "job_title", "work_phone", "location")
                   if ada[k]}
        private["rc"] = receipt(world, kiosk)
        found = memscan.in_memory(kiosk.pid, private)
        for shown in ("name", "email", "company", "rc"):
            assert shown in found, f"the search does not find {shown}"
        kiosk.tap("done")
        kiosk.wait("idle")
        device.synced()

        private["enrol code"] = base64.b32decode(
            code + "=" * (-len(code) % 8))
        total = 0
        for sent in relay.sent:
            total += len(sent)
            found = memscan.find(apart(sent), private)
            assert not found, f"the uplink sent: {found}"
        assert total > 1000, "the relay saw nothing"
        found = memscan.in_memory(device.uplink.pid, private)
        assert not found, f"the uplink's memory: {found}"
        for box in ("uplink", "outbox", "inbox"):
            found = memscan.in_files(device.state / box, private)
            assert not found, f"{box}: {found}"

        kiosk.do("advance 60000")
        kiosk.wait("idle")
        found = memscan.in_memory(kiosk.pid, private)
        assert not found, f"the kiosk a minute after Done: {found}"
        print(f"nothing private in {total} bytes sent")


main()
