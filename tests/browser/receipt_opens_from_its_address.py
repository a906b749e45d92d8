# SPDX-License-Identifier: Apache-2.0
"""The receipt's address in a real browser: the script takes the code from
behind the "#" and the share is shown, under the page's strict policy; without
a code there is the box."""

import base64
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import chromium, left_out  # noqa: E402
from hosting import World, badges, enrolled  # noqa: E402

BROWSER = chromium()


def show(w, address, *options):
    """The page as it stands in the end."""
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu",
         f"--user-data-dir={w.dir}/browser", "--virtual-time-budget=5000",
         *options, "--dump-dom", address],
        capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    # A name is isolated from what stands around it; that is not seen.
    return done.stdout.replace("\u2068", "").replace("\u2069", "")


if BROWSER is None:
    left_out("no chromium here")
with World() as world:
    world.start_host()
    d = enrolled(world, "k01")
    rc = os.urandom(16)
    d.share(badges(world, 1)[0], [1, 2], rc=rc)
    assert d.upload(1).status == 200
    address = f"{world.url}/r/#" + \
        base64.b32encode(rc).decode().rstrip("=")
    page = show(world, address)
    assert "You shared with Example Corp" in page, page
    assert "Withdraw this share" in page
    page = show(world, address, "--lang=de", "--accept-lang=de")
    assert "Weitergegeben an Example Corp" in page, page
    page = show(world, address, "--lang=ar", "--accept-lang=ar")
    assert 'lang="ar" dir="rtl"' in page, page
    assert "ما شاركته مع Example Corp" in page, page
    page = show(world, f"{world.url}/r/")
    assert 'id="code"' in page and "Example Corp" not in page, page
    print("ok")
