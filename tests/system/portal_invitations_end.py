# SPDX-License-Identifier: Apache-2.0
"""An invitation ends with what its maker may do: who is disabled or gets another
role leaves no link behind that opens an account."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
from mine import rows  # noqa: E402
from portal import Person, joined  # noqa: E402
from world import World  # noqa: E402


def number(world, mail):
    return rows(world, "SELECT id FROM account WHERE mail = ?", mail)[0][0]


def invited(m, mail, role="sponsor-manager"):
    """The path of the link that a manager gets for somebody."""
    m.get("/team")
    page = m.post("/team", mail=mail, role=role, **m.proof()).text
    return re.search(r"(/invite/[^<]+)<", page).group(1)


def opens(world, link):
    return Person(world).get(link).status == 200


def of_the_disabled(world, org):
    m = joined(world, "m@example.com", "sponsor-manager", "example-corp")
    other = joined(world, "n@example.com", "sponsor-manager", "example-corp")
    link = invited(m, "second@example.com")
    kept = invited(other, "third@example.com")
    assert opens(world, link) and opens(world, kept)
    who = number(world, "m@example.com")
    org.get(f"/people/{who}")
    page = org.post(f"/people/{who}/disable")
    assert "Invitations that it made" in page.text, page.text
    assert not opens(world, link)
    assert opens(world, kept)
    # Enabled again, it has to be made anew.
    org.post(f"/people/{who}/enable")
    assert not opens(world, link)
    said = world.cli("account", "disable", "n@example.com")
    assert "invitations that it made" in said, said
    assert not opens(world, kept)


def of_the_demoted(world, org):
    m = joined(world, "o@example.com", "sponsor-manager", "example-corp")
    link = invited(m, "fourth@example.com")
    who = number(world, "o@example.com")
    org.get(f"/people/{who}")
    page = org.post(f"/people/{who}/role", role="sponsor-scanner",
                    sponsor="example-corp", **org.proof())
    assert "Invitations that the person made" in page.text, page.text
    assert not opens(world, link)


with World() as world:
    world.start_host()
    organiser = joined(world, "org@summit.example", "organiser")
    of_the_disabled(world, organiser)
    of_the_demoted(world, organiser)
