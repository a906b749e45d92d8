# SPDX-License-Identifier: Apache-2.0
"""visit.py - the staff's screens, as staff use them."""

from world import until

KEYS = {"en": ("qwertyuiop", "asdfghjkl'", "zxcvbnm,.-")}


def open_door(kiosk):
    """Hold the upper left corner."""
    kiosk.do("hold 20 20 2100")
    assert kiosk.state() == "staff", kiosk.state()


def dots(kiosk):
    """How many digits stand there."""
    return max((len(t) for t in kiosk.text() if set(t) == {"•"}), default=0)


def press(kiosk, name, done):
    """Until it counts: a touch does not where the machine was too slow."""
    def counts():
        kiosk.ask(f"tap {name}")
        return done()
    until(counts, 60, f"{name} counts")


def enter_pin(kiosk, pin):
    for n, digit in enumerate(pin, 1):
        press(kiosk, f"pin:{digit}", lambda n=n: dots(kiosk) == n)
    press(kiosk, "pin:ok", lambda: dots(kiosk) < len(pin))


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
