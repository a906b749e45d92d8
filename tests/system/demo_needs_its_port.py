# SPDX-License-Identifier: Apache-2.0
"""tools/demo says that its port is in use before it builds anything or takes
away what the last demo made."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile

SRC = pathlib.Path(os.environ["SRC"])


def main():
    with tempfile.TemporaryDirectory() as top, socket.socket() as s:
        tools = pathlib.Path(top) / "tools"
        kept = pathlib.Path(top) / "build/demo/leads.csv"
        tools.mkdir()
        kept.parent.mkdir(parents=True)
        kept.write_text("the last demo's")
        for name in ("demo", "lib.sh"):
            shutil.copy(SRC / "tools" / name, tools)
        try:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(("127.0.0.1", 8080))
            s.listen()
        except OSError:
            pass  # somebody else has it: as good
        done = subprocess.run([tools / "demo", "--headless"], text=True,
                              capture_output=True, timeout=60)
        assert done.returncode == 1, done
        assert "8080" in done.stderr and "in use" in done.stderr, done
        assert "Building" not in done.stdout, done
        assert kept.read_text() == "the last demo's"


main()
