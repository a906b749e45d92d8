# SPDX-License-Identifier: Apache-2.0
"""visit.py - the staff's screens, as staff use them."""

KEYS = {"en": ("qwertyuiop", "asdfghjkl'", "zxcvbnm,.-")}


def open_door(kiosk):
    """Hold the upper left corner."""
    kiosk.do("hold 20 20 2100")
    assert kiosk.state() == "staff", kiosk.state()


def enter_pin(kiosk, pin):
    for digit in pin:
        kiosk.tap(f"pin:{digit}")
    kiosk.tap("pin:ok")


def names(kiosk):
    return {w["name"] for w in kiosk.widgets()}


def at_home(kiosk):
    return {"leads", "day", "done"} <= names(kiosk)


def enter(kiosk, pin):
    open_door(kiosk)
    enter_pin(kiosk, pin)
    assert at_home(kiosk), kiosk.text()


def write(kiosk, text):
    """Type lower-case letters; the first one comes out as a capital."""
    for letter in text:
        if letter == " ":
            kiosk.tap("key:space")
            continue
        row = next(i for i, r in enumerate(KEYS["en"]) if letter in r)
        kiosk.tap(f"key:{row}.{KEYS['en'][row].index(letter)}")
