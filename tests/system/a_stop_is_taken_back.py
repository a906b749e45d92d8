# SPDX-License-Identifier: Apache-2.0
"""An objection or a restriction that is taken back, at /my/, in a case or by the
command line: the person has a letter in its language, as when it began, and
pages of staff say since when it holds, and since when no longer."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending  # noqa: E402
from mailing import setup  # noqa: E402
from mine import Mine, rows, words  # noqa: E402
from portal import joined  # noqa: E402
from smtpsink import Sink  # noqa: E402

OBJECTION, RESTRICTED, UNRESTRICTED, AGREED, AGREED_NEW = 10, 11, 12, 17, 18


def letters(w, person):
    """[(letter, language, whether of a case of its own)], the oldest first."""
    return [(kind, lang, num) for kind, lang, num in rows(
        w, "SELECT letter, language, num FROM mail WHERE kind = 3 "
        "AND registration = ? ORDER BY id", person["id"])]


def case_of(w, person, kind):
    return rows(w, "SELECT max(num) FROM casefile WHERE registration = ? "
                "AND type = ?", person["id"], kind)[0][0]


def force(p, num):
    """Since when it holds, and since when no longer, or None."""
    page = p.get(f"/cases/{num}").text
    facts = dict(re.findall(r"<dt>([^<]*)</dt>\s*<dd>(.*?)</dd>", page, re.S))
    return [facts.get(k) and re.search(r'datetime="([^"]+)"', facts[k])[1]
            for k in ("In force since", "No longer in force since")]


def registration(desk, person):
    return words(desk.get(f"/registrations/{person['id']}").text)


def at_my(w, officer, desk, person):
    me = Mine(w, "de").enter(person["id"])
    me.act("object")
    num = case_of(w, person, 5)
    assert "The person has objected, on" in registration(desk, person)
    assert force(officer, num)[0] and not force(officer, num)[1]
    me.act("agree")
    assert letters(w, person) == [(OBJECTION, "de", num), (AGREED, "de", num)]
    assert all(force(officer, num)), force(officer, num)
    assert "The person has objected, on" not in registration(desk, person)
    me.act("object")
    again = case_of(w, person, 5)
    me.act("agree-new")
    assert letters(w, person)[-1] == (AGREED_NEW, "de", again)
    # The end of the second is not the first's.
    assert all(force(officer, num)) and all(force(officer, again))
    assert num != again
    me.act("restrict")
    num = case_of(w, person, 4)
    assert force(officer, num)[0] and not force(officer, num)[1]
    assert "Restricted since" in registration(desk, person)
    me.act("lift")
    assert letters(w, person)[-2:] == [(RESTRICTED, "de", num),
                                       (UNRESTRICTED, "de", num)]
    assert all(force(officer, num))
    # Nor does anybody hear that booths read the badge again while it is
    # restricted.
    me.act("object")
    me.act("restrict")
    me.act("agree")
    assert [x[0] for x in letters(w, person)[-2:]] == [OBJECTION, RESTRICTED]
    me.act("lift")
    # What is not in force is not taken back, and nobody hears that it is.
    n = len(letters(w, person))
    for act in "lift", "agree", "agree-new":
        me.act(act)
    assert len(letters(w, person)) == n


def by_staff(w, officer, person):
    """Who was told of the beginning is told of the end, and nobody else."""
    said = w.cli("right", "object", person["id"])
    assert "No letter tells its holder" in said, said
    w.cli("right", "lift", person["id"], "--objection", "--leads")
    assert letters(w, person) == []
    Mine(w, "fr").enter(person["id"]).act("object")
    num = case_of(w, person, 5)
    w.cli("right", "lift", person["id"], "--objection", "--leads")
    assert letters(w, person)[-1] == (AGREED, "fr", num)
    Mine(w, "fr").enter(person["id"]).act("restrict")
    w.cli("right", "lift", person["id"])
    assert letters(w, person)[-1][:2] == (UNRESTRICTED, "fr")
    said = w.cli("case", "open", "objection", "--registration", person["id"],
                 "--proof", "desk", "--language", "de")
    num = int(re.search(r"case (\d+)", said)[1])
    officer.post(f"/cases/{num}/act", do="object")
    assert letters(w, person)[-1] == (OBJECTION, "de", num)
    officer.post(f"/cases/{num}/act", do="agree-leads")
    assert letters(w, person)[-1] == (AGREED, "de", num)
    assert all(force(officer, num))


def begun_by_staff(w, desk, person):
    """The same act sends the same letter, whatever way it came."""
    def asked(kind):
        said = w.cli("case", "open", kind, "--registration", person["id"],
                     "--proof", "desk", "--language", "de")
        return int(re.search(r"case (\d+)", said)[1])

    num = asked("objection")
    said = w.cli("right", "object", person["id"])
    assert "A letter that says so is queued" in said, said
    assert letters(w, person)[-1] == (OBJECTION, "de", num)
    w.cli("right", "lift", person["id"], "--objection", "--leads")
    num = asked("restriction")
    w.cli("right", "restrict", person["id"])
    assert letters(w, person)[-1] == (RESTRICTED, "de", num)
    w.cli("right", "lift", person["id"])
    n = len(letters(w, person))
    answer = desk.post(f"/registrations/{person['id']}/withhold",
                       reason="restriction")
    assert answer.status in (200, 303), answer.status
    assert letters(w, person)[n:] == [(RESTRICTED, "de", num)]


with Sink() as sink, World() as world:
    setup(world, sink)
    world.start_host()
    ada, grace, mary = attending(world)[:3]
    po = joined(world, "po@summit.example", "privacy-officer")
    desk = joined(world, "org@summit.example", "organiser")
    at_my(world, po, desk, ada)
    by_staff(world, po, grace)
    begun_by_staff(world, desk, mary)
    print("ok")
