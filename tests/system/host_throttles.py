# SPDX-License-Identifier: Apache-2.0
"""Guessing costs time: unknown invitations, wrong proofs, unknown receipts.
Those who know what they ask for are not held up by it."""

import base64
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, enrolled, invited  # noqa: E402
from wire import Client  # noqa: E402


def code_text(rc):
    return base64.b32encode(rc).decode().rstrip("=")


def unknown_invitations(w):
    c = Client(w.url)
    codes = [c.ask("GET", f"/v1/device/enrol?id={i:016x}").status
             for i in range(40)]
    assert codes[0] == 404 and codes[-1] == 429, codes
    last = c.ask("GET", "/v1/device/enrol?id=" + "f" * 16)
    assert last.status == 429 and int(last.headers["Retry-After"]) >= 1
    assert "wait" in last.json["error"]
    # A POST is counted by the same measure.
    d = invited(w, "k01")
    assert d.offer().status == 200, "a known invitation is not held up"
    d.id = "0" * 16
    assert d.send_post(d.post()).status == 429
    c.close()


def wrong_proofs(w):
    d = invited(w, "k02")
    other = invited(w, "k03")
    d.offer()
    good = d.post()
    bad = dict(good, proof=base64.b64encode(bytes(32)).decode())
    codes = [d.send_post(bad).status for _ in range(10)]
    assert codes[0] == 403 and codes[-1] == 429, codes
    # While it lasts even the right one waits: else guessing went on.
    last = d.send_post(good)
    assert last.status == 429 and int(last.headers["Retry-After"]) >= 1
    other.enrol()


def unknown_receipts(w):
    """Each is kept until its share comes. A venue is behind one address."""
    c = Client(w.url)
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    def withdraw(rc):
        return c.ask("POST", "/r/", f"act=withdraw&code={code_text(rc)}",
                     form)
    n = next(n for n in range(3000)
             if withdraw(os.urandom(16)).status == 429)
    assert n >= 1000, n
    last = withdraw(os.urandom(16))
    assert int(last.headers["Retry-After"]) >= 1
    assert "Too many" in last.text
    assert "Withdraw it now" in last.text, "the code need not be typed again"
    # A share that is there can be withdrawn all the same.
    d = enrolled(w, "k04")
    rc = os.urandom(16)
    d.share(badges(w, 1)[0], [1, 2], rc=rc)
    assert d.upload(1).status == 200
    assert withdraw(rc).status == 200
    c.close()


def papers(w):
    """A PDF costs more than a page: a code has ten, then one now and again."""
    c = Client(w.url)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    d = enrolled(w, "k05")
    codes = [os.urandom(16) for _ in range(2)]
    for rc in codes:
        d.share(badges(w, 1)[0], [1, 2], rc=rc)
    assert d.upload(1).status == 200

    def ask(rc, act):
        return c.ask("POST", "/r/", f"act={act}&code={code_text(rc)}", form)
    drawn = [ask(codes[0], "paper") for _ in range(12)]
    assert [a.status for a in drawn[:10]] == [200] * 10
    assert drawn[-1].status == 429, [a.status for a in drawn]
    assert int(drawn[-1].headers["Retry-After"]) >= 1
    assert "Too many" in drawn[-1].text
    # Nobody else waits for it, and nothing else of this one.
    assert ask(codes[1], "paper").body.startswith(b"%PDF")
    for act in ("proof", "receipt", "show"):
        assert ask(codes[0], act).status == 200, act
    c.close()


with World() as world:
    world.start_host()
    for check in (unknown_invitations, wrong_proofs, unknown_receipts,
                  papers):
        check(world)
        print("ok", check.__name__)
