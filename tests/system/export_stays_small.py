# SPDX-License-Identifier: Apache-2.0
"""An export of a hundred thousand leads of as many people takes no more than
16 MB beyond one of nobody's: on the command line, and in the host."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import BIN, World, badges, enrolled  # noqa: E402
from many import fill  # noqa: E402
from peak import high_water, reset, run  # noqa: E402
from portal import joined  # noqa: E402

PEOPLE = 100_000
MOST = 16 * 1024    # KiB


def peak(w, form):
    """(KiB at most, bytes of the file) of an export."""
    out = w.dir / f"leads.{form}"
    most, _, _ = run([BIN / "badgeward", "-C", w.host_dir, "export", "leads",
                      "--sponsor", "example-corp", "--format", form, "--out",
                      out, "--force"])
    return most, out.stat().st_size


def ask(p, sponsor, form):
    """An export from the host itself; the bytes of the file."""
    p.get("/exports")
    a = p.post("/exports/leads", follow=False, sponsor=sponsor, format=form)
    assert a.status == 200, (form, a.status)
    return len(a.body)


def served(w, p, form):
    """(KiB more than it had before, bytes) of an export by the host."""
    ask(p, "acme", form)    # of nobody
    before = reset(w.host.pid)
    size = ask(p, "example-corp", form)
    return high_water(w.host.pid) - before, size


with World() as world:
    world.start_host()
    k01 = enrolled(world, "k01")
    k01.share(badges(world, 1)[0], [1, 2])
    assert k01.upload(1).status == 200
    world.host.stop()
    forms = ("csv", "json", "xlsx")
    small = {form: peak(world, form) for form in forms}
    fill(world, PEOPLE)
    for form in forms:
        rss, size = peak(world, form)
        assert size > 10 * PEOPLE, (form, size)
        assert rss - small[form][0] < MOST, (form, rss, small[form][0])
        print(form, rss - small[form][0], "KiB more", size, "bytes")
    world.start_host()
    olga = joined(world, "olga@summit.example", "organiser")
    for form in forms:
        more, size = served(world, olga, form)
        assert size > 10 * PEOPLE, (form, size)
        print("host:", form, more, "KiB more", size, "bytes")
        assert more < MOST, (form, more)
