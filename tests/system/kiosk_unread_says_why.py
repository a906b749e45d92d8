# SPDX-License-Identifier: Apache-2.0
"""Consent was given but no badge can be used: nothing is shared, the screen
says why, the log has the reason and nothing else of the badge."""

import json
import os
import random
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import cbor  # noqa: E402
from booth import UID, VALUES, Booth  # noqa: E402
from world import until  # noqa: E402

SEED = os.environ.get("SEED", "20261126")
TEARS = int(os.environ.get("TEARS", "9"))
NO_BADGE, NOT_OURS, BAD_SIGNATURE, OTHER_EVENT, BLOCKED, READ_ERROR, REMOVED, \
    MORE = range(1, 9)


def reasons(booth):
    """The reasons in the uploads that wait, in order."""
    out = []
    for name in booth.uploads():
        items, _ = cbor.log_items(
            (booth.state / "outbox" / name).read_bytes())
        out += [body[3] for entry, body in items if entry[1] == 4]
    return out


def torn(booth, tag, answers):
    """A badge goes after so many answers: the same question's yes still
    stands, and the screen says what to do."""
    booth.sim.do(f"tag tear {tag} {answers}")
    booth.sim.do(f"tag present {tag}")
    until(lambda: "The badge was taken away too early. Hold it still until "
          "the screen changes." in booth.kiosk.text() or
          booth.kiosk.state() == "shared", 10, f"torn after {answers}")
    booth.sim.do(f"tag remove {tag}")
    return booth.kiosk.state()


def torn_anywhere(booth, rng):
    """At random points; then it is held as it should be, or another badge
    lies beside it, which is no second try."""
    booth.badge("bea", "04b10cda993c88", "other")
    unread = 0
    reads = [rng.randrange(1, 6) for _ in range(TEARS)]
    for i, answers in enumerate(reads):
        booth.hold()
        state = torn(booth, "bea", answers)
        if state != "shared":  # else it was read whole before
            assert state == "hold", state
            until(booth.sim.field, 5, "it is looked for again")
            if i % 3 == 2:
                booth.sim.do("tag present blocked")
            booth.sim.do("tag present bea")
            booth.kiosk.wait("unread" if i % 3 == 2 else "shared")
            unread += i % 3 == 2
            booth.sim.do("tag remove bea")
            booth.sim.do("tag remove blocked")
        until(lambda: not booth.sim.field(), 5, "field off")
        # Undone, so that the next time nothing else is asked.
        booth.kiosk.tap("undo" if booth.kiosk.state() == "shared" else "done")
        if booth.kiosk.state() == "declined":
            booth.kiosk.tap("done")
        booth.kiosk.wait("idle")
    print("ok torn after", reads, flush=True)
    return unread


def main():
    with Booth(quarter=60) as booth:
        kiosk, sim = booth.kiosk, booth.sim
        booth.badge("plain", "04b10cda993c82", "plain")
        booth.badge("foreign", "04b10cda993c83", "foreign")
        booth.badge("false", "04b10cda993c84", "false")
        booth.badge("blocked", "04b10cda993c85", "blocked")
        sim.do("tag add blank ntag213 04b10cda993c86")
        # Ada's badge, copied bit by bit to another tag
        sim.do("tag add copy ntag215 04b10cda993c87")
        sim.do(f"tag load copy {booth.dir / 'ada.tag'}")
        want = []

        def unread(reason, why):
            kiosk.wait("unread")
            until(lambda: "off" in sim.do("field"), 5, "field off")
            text = json.dumps(kiosk.text(), ensure_ascii=False)
            assert not any(v in text for v in VALUES.values()), text
            want.append(reason)
            kiosk.tap("done")
            kiosk.wait("idle")
            print("ok", why, flush=True)

        for tag, reason in (("plain", NOT_OURS), ("blank", NOT_OURS),
                            ("foreign", OTHER_EVENT),
                            ("false", BAD_SIGNATURE),
                            ("copy", BAD_SIGNATURE), ("blocked", BLOCKED)):
            booth.hold()
            sim.do(f"tag present {tag}")
            unread(reason, tag)
            sim.do(f"tag remove {tag}")

        booth.hold()
        kiosk.do("advance 30000")
        unread(NO_BADGE, "no badge in time")

        booth.hold()
        sim.do("tag present ada")
        sim.do("tag present blocked")
        unread(MORE, "two badges")
        sim.do("tag remove ada")
        sim.do("tag remove blocked")

        booth.hold()
        torn(booth, "ada", 2)
        kiosk.do("advance 30000")
        unread(REMOVED, "taken away while it was read, and not held again")

        # The reader's plug is pulled while the badge is awaited.
        booth.hold()
        sim.do("unplug")
        kiosk.wait("unread")
        want.append(READ_ERROR)
        kiosk.do("advance 16000")
        kiosk.wait("trouble")
        sim.do("plug")
        kiosk.wait("idle", 15000)
        print("ok reader unplugged", flush=True)

        # After all that a good badge is still a good badge, and no upload
        # has anything of the others.
        booth.quit()
        kiosk = booth.start()
        booth.share()
        kiosk.tap("done")
        until(lambda: reasons(booth) == sorted(want), 5,
              f"{reasons(booth)} is {want}")
        until(lambda: booth.take()[-1:] == [(len(want) + 1, "share")], 5,
              "the share")
        kiosk.wait("idle")
        unreads = torn_anywhere(booth, random.Random(SEED))
        booth.quit()
        kiosk = booth.start()
        booth.share("bea")
        kiosk.tap("done")
        kinds = []

        def all_there():
            kinds.extend(kind for _, kind in booth.take())
            return kinds[-1:] == ["share"]
        until(all_there, 10, "the last share")
        assert kinds.count("unread") == unreads, (unreads, kinds)
        assert UID not in booth.log() and "a1b2c3d4" not in booth.log()


main()
