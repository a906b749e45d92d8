# SPDX-License-Identifier: Apache-2.0
"""An auditor's program reads a log's tiles over HTTP and finds the signed root
(support/tiles_check.py, which has nothing of the project's code); nobody else
does, and what is not there is 404."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import came, enrolled  # noqa: E402
from portal import joined  # noqa: E402
from program import Program, token  # noqa: E402
from world import SRC, World  # noqa: E402


def root_is_found(w, auditor):
    done = subprocess.run(
        [sys.executable, SRC / "tests/support/tiles_check.py",
         f"{w.url}/log/k01"], env={**os.environ, "TOKEN": auditor.token, "CA": str(w.ca or "")},
        capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr


with World() as world:
    world.start_host()
    d = enrolled(world, "k01")
    # A full tile, and a partial one.
    while len(d.log) < 300:
        d.decline()
    assert d.upload(1).status == 200
    auditor = Program(world, token(world, "auditor", "logs:read"))
    root_is_found(world, auditor)
    full = auditor.get("/log/k01/tile/0/000")
    assert full.body == b"".join(d.leaves[:256])
    assert full.headers["Cache-Control"] == \
        "private, max-age=31536000, immutable"
    part = auditor.get("/log/k01/tile/0/001.p/44")
    assert part.body == b"".join(d.leaves[256:])
    d.decline()
    assert d.upload(300).status == 200
    assert auditor.get("/log/k01/tile/0/001.p/44").body == part.body
    root_is_found(world, auditor)
    for path in ("0/001", "0/001.p/46", "0/1", "0/001.p/0", "0/000.p/256",
                 "1/001", "4/000", "entries/002", "entries/000/", "x/000",
                 "0/x000/000", "0/%30%30%30", "entries", "0/000.p/"):
        assert auditor.ask("GET", f"/log/k01/tile/{path}").status == 404, path
    assert auditor.ask("GET", "/log/k99/tile/0/000").status == 404
    assert Program(world).ask("GET", "/log/k01/tile/0/000").status == 401
    for scopes, sponsor in (("devices:read", None),
                            ("leads:read", "example-corp")):
        other = Program(world, token(world, "other", scopes, sponsor))
        assert other.ask("GET", "/log/k01/tile/0/000").status == 403
    m = joined(world, "mia@sponsor.example", "sponsor-manager",
               "example-corp")
    assert m.ask("GET", "/log/k01/tile/0/000").status == 403
    # A log as it was before this quarter hour is there for everybody.
    came(world, -1)
    assert Program(world).get("/log/k01/checkpoint").body == \
        auditor.get("/log/k01/checkpoint").body
    print("ok")
