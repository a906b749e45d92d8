# SPDX-License-Identifier: Apache-2.0
"""Over TLS the uplink talks to a host with a trusted certificate, of its name,
and to no other; --ca names what to trust."""

import os
import pathlib
import ssl
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from fakehost import FakeHost  # noqa: E402
from uplink import ENROL_ID, Booth  # noqa: E402

OFFER = f"enrol-{ENROL_ID}-offer.json"


def certificate(folder, name, subject):
    """A self-signed certificate for this name: its file, key and all."""
    path = pathlib.Path(folder) / f"{name}.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         "/CN=test", "-addext", f"subjectAltName={subject}", "-keyout",
         path, "-out", path.with_suffix(".crt")],
        check=True, capture_output=True)
    with open(path, "ab") as f:
        f.write(path.with_suffix(".crt").read_bytes())
    return path


def try_host(cert, *args):
    """Does an enrolment message reach a host with this certificate?"""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert)
    with Booth() as booth, FakeHost(tls=context) as host:
        host.offers[ENROL_ID] = {"event": "ev26"}
        booth.put(f"enrol-{ENROL_ID}-get.json",
                  {"base": host.url, "id": ENROL_ID})
        code = booth.once(*args)
        reached = (booth.inbox / OFFER).exists()
        assert code == (0 if reached else 1)
        assert reached == bool(host.requests)
        if not reached:
            assert "certificate" in booth.log.read_text().lower()
        return reached


with tempfile.TemporaryDirectory() as folder:
    good = certificate(folder, "good", "IP:127.0.0.1")
    other = certificate(folder, "other", "DNS:other.example")
    assert not try_host(good), "nobody vouches for it"
    assert try_host(good, "--ca", good.with_suffix(".crt"))
    assert not try_host(good, "--ca", other.with_suffix(".crt"))
    assert not try_host(other, "--ca", other.with_suffix(".crt"))
