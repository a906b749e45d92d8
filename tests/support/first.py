# SPDX-License-Identifier: Apache-2.0
"""first.py - the screens of a device's first start, as an operator uses them."""

import os
import pathlib

from visit import names
from world import until

ROWS = ("1234567890", "qwertyuiop-", "asdfghjkl.:", "zxcvbnm/#")


def comes(kiosk, *widgets, seconds=60):
    """Wait for a screen that has these."""
    until(lambda: set(widgets) <= names(kiosk), seconds,
          f"{widgets} on the screen")


def says(kiosk, *words):
    """It says so, in a moment at the latest."""
    def all_there():
        text = " ".join(kiosk.text())
        return all(word in text for word in words)
    until(all_there, 20, f"{words} in {kiosk.text()}")


def key(sign):
    row = next(i for i, r in enumerate(ROWS) if sign in r)
    return f"key:{row}.{ROWS[row].index(sign)}"


def write(kiosk, text):
    """At the end of what stands there; "/enrol#" has its own key."""
    for part in text.partition("/enrol#"):
        if part == "/enrol#":
            kiosk.tap("key:path")
            continue
        for sign in part.lower():
            kiosk.tap(key(sign))


def erase(kiosk, n):
    for _ in range(n):
        kiosk.tap("key:erase")


class Keys:
    """The four keys, after a touch: the first one that moves goes to the first
    control, and each new screen begins there."""

    def __init__(self, kiosk):
        self.kiosk, self.at = kiosk, None

    def press(self, name):
        order = [w["name"] for w in self.kiosk.widgets() if w["enabled"]]
        while self.at is None or order[self.at] != name:
            self.kiosk.do("key down")
            self.at = 0 if self.at is None else (self.at + 1) % len(order)
        self.kiosk.do("advance 800")
        self.kiosk.do("key ok")

    def use(self, name):
        """It leads to another screen."""
        self.press(name)
        self.at = 0


def confirm(kiosk, device):
    comes(kiosk, "confirm", "cancel")
    says(kiosk, "Summit 2026", "Example Corp", device)
    kiosk.tap("confirm")


def made(state):
    """What an enrolment has made in the kiosk's folder."""
    return {p.name for p in (pathlib.Path(state) / "kiosk").iterdir()} - {
        "lock"}


def messages(state):
    return [p.name for box in ("inbox", "outbox")
            for p in sorted((pathlib.Path(state) / box).glob("enrol-*"))]


def files_with(root, secret):
    """Files below root that hold these bytes."""
    found = []
    for folder, _, files in os.walk(root):
        for name in files:
            path = pathlib.Path(folder, name)
            if path.is_file() and secret in path.read_bytes():
                found.append(path.name)
    return found
