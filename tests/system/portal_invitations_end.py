# SPDX-License-Identifier: Apache-2.0
"""An invitation ends with what its maker may do: who is disabled or gets another
role leaves no link behind that opens an account, and no link opens another role than
the one it was made for."""

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
    assert "the only manager" not in org.get(f"/people/{who}").text
    page = org.post(f"/people/{who}/disable")
    assert "Invitations that it made" in page.text, page.text
    last = org.get(f"/people/{number(world, 'n@example.com')}").text
    assert "the only manager of its sponsor" in last, last
    org.get(f"/people/{who}")
    assert not opens(world, link)
    assert opens(world, kept)
    # Enabled again, it has to be made anew.
    page = org.post(f"/people/{who}/enable")
    assert "Its tokens stay ended" in page.text, page.text
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


def of_the_raised(world, org):
    m = joined(world, "p@example.com", "sponsor-manager", "example-corp")
    links = [invited(m, f"{name}@example.com", "sponsor-scanner")
             for name in ("fifth", "sixth")]
    who = number(world, "fifth@example.com")
    org.get(f"/people/{who}")
    page = org.post(f"/people/{who}/role", role="organiser", sponsor="",
                    **org.proof())
    assert "make a new one" in page.text, page.text
    assert not opens(world, links[0])
    said = world.cli("account", "role", "sixth@example.com", "--role",
                     "badge-desk")
    assert "account reset" in said, said
    assert not opens(world, links[1])
    # The new link is the organiser's.
    org.get(f"/people/{who}/reset")
    page = org.post(f"/people/{who}/reset", **org.proof()).text
    assert opens(world, re.search(r"(/invite/[^<]+)<", page).group(1))


with World() as world:
    world.start_host()
    organiser = joined(world, "org@summit.example", "organiser")
    of_the_disabled(world, organiser)
    of_the_demoted(world, organiser)
    of_the_raised(world, organiser)
