# SPDX-License-Identifier: Apache-2.0
"""What a sponsor's people noted on a lead is in no file of the host's directory
soon after the lead was undone or withdrawn, while the host runs; neither is a
note that was replaced."""

import base64
import os
import re
import sys
import urllib.request

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import badges, enrolled  # noqa: E402
from portal import joined  # noqa: E402
from world import World, until  # noqa: E402


def holding(world, text):
    return sorted(p.name for p in world.host_dir.rglob("*")
                  if p.is_file() and text.encode() in p.read_bytes())


def note(p, seq, text):
    page = p.get(f"/leads/k07.{seq}")
    version = re.search(r'name="version" value="(\d+)"', page.text).group(1)
    assert p.post(f"/leads/k07.{seq}", version=version, text=text,
                  tags=f"tag of {text}").status == 200


def withdraw(world, rc):
    code = base64.b32encode(rc).decode().rstrip("=")
    with urllib.request.urlopen(world.url + "/r/",
                                f"code={code}&act=withdraw".encode(),
                                context=world.tls):
        pass


with World() as world:
    world.start_host()
    device = enrolled(world)
    codes = [os.urandom(16) for _ in range(3)]
    for badge, rc in zip(badges(world, 3), codes):
        device.share(badge, [1, 2], rc=rc)
    assert device.upload(1).status == 200
    m = joined(world, "m@example.com", "sponsor-manager", "example-corp")
    texts = ["", "quokka one", "quokka two", "quokka three"]
    for seq in range(1, 4):
        note(m, seq, texts[seq])
        assert holding(world, texts[seq]), seq
    device.undo(1)
    assert device.upload(4).status == 200
    withdraw(world, codes[1])
    note(m, 3, "quite another one")
    for text in texts[1:]:
        until(lambda t=text: not holding(world, t), 60,
              f"{text} is nowhere: {holding(world, text)}")
    assert holding(world, "quite another one")
    print("ok")
