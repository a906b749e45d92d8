# SPDX-License-Identifier: Apache-2.0
"""browsing.py - run a browser test, tests/browser/*.mjs, against a world.

playwright-core, axe-core and a validator of OpenAPI come from npm, by
tests/browser/package-lock.json, into the build directory, which tools/test does
before; Chromium is Debian's.
Without them the test is left out (77), unless $BROWSER_MUST is set, as CI
does."""

import fcntl
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import threading
import urllib.parse

SRC = pathlib.Path(os.environ["SRC"])
BUILD = pathlib.Path(os.environ["BUILD"])
MODULES = BUILD / "browser"


def in_german(script):
    """Whether what is told in both languages is told in German too: by half of
    the tests in each run, as the commit says ($TURN, of tools/test)."""
    if "LONG" in os.environ or os.environ.get("SCREENS") == "all":
        return True
    return (int(os.environ.get("TURN", "0")) +
            sum(map(ord, pathlib.Path(script).stem))) % 2 == 0


def left_out(why):
    print(why)
    sys.exit(1 if os.environ.get("BROWSER_MUST") else 77)


def modules():
    """Where node_modules is, as the lock file says."""
    MODULES.mkdir(exist_ok=True)
    with open(MODULES / "lock", "w", encoding="ascii") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        lock = (SRC / "tests/browser/package-lock.json").read_bytes()
        have = MODULES / "node_modules/.lock-it-was-made-from"
        if have.exists() and have.read_bytes() == lock:
            return MODULES
        for name in ("package.json", "package-lock.json"):
            shutil.copy(SRC / "tests/browser" / name, MODULES)
        done = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=MODULES, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            left_out(f"npm ci failed: {done.stderr[-500:]}")
        have.write_bytes(lock)
    return MODULES


def chromium():
    """Debian's; the one that has no window is lighter, where it is."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


def needed():
    if chromium() is None:
        left_out("no chromium here")
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            left_out(f"no {program} here")


def printed(name, says, never=()):
    """What the page on paper says (paper() of support.mjs), and what not."""
    text = subprocess.run(
        ["pdftotext", "-layout", BUILD / f"tests/screens/{name}.pdf", "-"],
        capture_output=True, text=True, check=True).stdout
    for word in says:
        assert word in text, (word, text)
    for word in never:
        assert word not in text, (word, text)


def serve(does):
    """The browser's script asks at /NAME?WHAT, and does[NAME](WHAT) is done
    when it is answered."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            at = urllib.parse.urlsplit(self.path)
            does[at.path[1:]](*filter(None, [urllib.parse.unquote(at.query)]))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def browse(world, script, seconds=540, **more):
    """Run the script; what it printed. `more` is in its `world` too."""
    front = "-nginx" if world.nginx else ""
    looked = BUILD / "tests/looked" / (pathlib.Path(script).stem + front)
    looked.parent.mkdir(exist_ok=True)
    looked.write_text("")
    where = {"url": world.url, "modules": str(modules()),
             "chromium": chromium(),
             "screens": str(BUILD / "tests" / f"screens{front}"),
             "looked": str(looked), "german": in_german(script), **more}
    done = subprocess.run(
        ["node", SRC / "tests/browser" / script],
        env={**os.environ, "WORLD": json.dumps(where)},
        capture_output=True, text=True, timeout=seconds)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
