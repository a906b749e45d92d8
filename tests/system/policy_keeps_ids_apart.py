# SPDX-License-Identifier: Apache-2.0
"""What people shared with a sponsor does not go to another company that gets its
id: a new name for an id that has a device, an account, a token or shares is
refused on the command line and on the page, unless staff say that it is the same
company. Who is of a sponsor that is
gone is named."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import badges, enrolled  # noqa: E402
from mine import rows  # noqa: E402
from portal import joined  # noqa: E402
from world import BIN, POLICY, World  # noqa: E402

TEXT = POLICY.read_text()
ACME = re.search(r"\nsponsor acme \{.*?\n\}\n", TEXT, re.S)[0]
OTHER = re.search(r"\nsponsor example-corp \{.*?\n\}\n", TEXT, re.S)[0]


def named(block, name):
    return re.sub(r'(\n\tname\s*=\s*)"[^"]*"', rf'\1"{name}"', block)


def policy(world, *args, text):
    path = world.dir / "next.conf"
    path.write_text(text)
    return world.run(BIN / "badgeward", "-C", world.host_dir, "policy", *args,
                     path)


def gone(world):
    """Acme leaves: who is of it stays, and is named."""
    without = TEXT.replace(ACME, "\n")
    for act in "check", "install":
        done = policy(world, act, text=without)
        assert done.returncode == 0, done.stderr
        for who in ("device k08", "account m@acme.example", "token 1 (CRM)"):
            assert f"{who} is of sponsor acme" in done.stderr, done.stderr
        assert "example-corp" not in done.stderr, done.stderr


def answers(world, text):
    done = policy(world, "check", text=text)
    assert done.returncode == 0 or "another id" in done.stderr, done.stderr
    return done.returncode == 0


def in_use_before_anybody_shared(world):
    """Each alone, without a lead: what lies in a booth is not there yet, and
    what people share from now on would go to those who are here already."""
    other = TEXT.replace(OTHER, named(OTHER, "Example Inc"))
    assert answers(world, other)
    world.cli("token", "add", "CRM", "--scope", "leads:read", "--sponsor",
              "example-corp", "--days", "9")
    assert not answers(world, other)
    world.cli("token", "revoke", "1")
    assert answers(world, other)
    world.cli("device", "add", "k07", "--sponsor", "example-corp")
    assert not answers(world, other)
    world.cli("device", "revoke", "k07")  # it never was in
    assert answers(world, other)


def in_a_booth_still(world):
    """What somebody shared with Acme, and the booth has not sent."""
    zeta = TEXT.replace(ACME, named(ACME, "Zeta"))
    assert answers(world, zeta)
    device = enrolled(world, "k08", "acme")
    device.share(badges(world, 1)[0], [1, 2])
    done = policy(world, "install", text=zeta)
    assert done.returncode == 1 and "another id" in done.stderr, done.stderr
    world.cli("device", "revoke", "k08")  # it may have it still
    assert not answers(world, zeta)


def with_an_account(world):
    world.start_host()
    zeta = TEXT.replace(ACME, named(ACME, "Zeta"))
    assert answers(world, zeta)
    joined(world, "old@acme.example", "sponsor-manager", "acme")
    assert not answers(world, zeta)
    world.cli("account", "disable", "old@acme.example")  # for a while
    assert not answers(world, zeta)


def back_as_another(world):
    zeta = TEXT.replace(ACME, named(ACME, "Zeta"))
    for act in "check", "install":
        done = policy(world, act, text=zeta)
        assert done.returncode == 1, (act, done.stdout)
        assert "another id" in done.stderr and "Zeta" in done.stderr
        assert "--same-company" in done.stderr
    # As it was called, and where nobody shared, nothing is asked.
    done = policy(world, "install", text=TEXT)
    assert done.returncode == 0, done.stderr
    done = policy(world, "install", text=TEXT.replace(
        OTHER, named(OTHER, "Example Inc")))
    assert done.returncode == 0, done.stderr
    done = policy(world, "install", "--same-company", text=zeta)
    assert done.returncode == 0, done.stderr
    assert said_so(world)
    # It is called so now.
    done = policy(world, "install", "--same-company", text=zeta + "# more\n")
    assert done.returncode == 0, done.stderr
    assert not said_so(world)


def said_so(world):
    """Whether the audit has it that staff called two names one company's."""
    (detail,), = rows(world, "SELECT detail FROM audit WHERE act = "
                      "'policy.install' ORDER BY id DESC LIMIT 1")
    return {"same-company": True, "": False}[detail]


def rev(p):
    return re.search(r'name="rev" value="(\d+)"', p.page.text)[1]


def on_the_page(world, p):
    p.get("/policy")
    p.post("/policy/draft")
    p.get("/policy/draft/text")
    p.post("/policy/draft/text", rev=rev(p), source=TEXT.replace(
        ACME, named(ACME, "Yota")))
    page = p.get("/policy/draft/changes").text
    assert "Another company needs another id" in page, page
    version = re.search(r"It becomes version <bdi>(\d+)", page)[1]
    a = p.post("/policy/draft/install", rev=rev(p), confirm=version)
    assert a.status == 422 and "the same one" in a.text, a.status
    assert not (world.host_dir / f"policy/{version}.conf").exists()
    p.post("/policy/draft/install", rev=rev(p), confirm=version,
           **{"same-company": "yes"})
    assert p.at == "/policy?done=installed", (p.at, p.page.text)
    assert said_so(world)
    p.post("/policy/draft")
    p.get("/policy/draft/text")
    p.post("/policy/draft/text", rev=rev(p), source=TEXT.replace(ACME, "\n"))
    page = p.get("/policy/draft/changes").text
    for said in ("The account <bdi>m@acme.example</bdi> is of a sponsor",
                 "The token <bdi>CRM</bdi> is of a sponsor"):
        assert said in page, page


with World() as world:
    in_use_before_anybody_shared(world)
    world.start_host()
    in_a_booth_still(world)
with World() as world:
    with_an_account(world)
with World() as world:
    world.start_host()
    joined(world, "m@acme.example", "sponsor-manager", "acme")
    world.cli("token", "add", "CRM", "--scope", "leads:read", "--sponsor",
              "acme", "--days", "9")
    device = enrolled(world, "k08", "acme")
    device.share(badges(world, 1)[0], [1, 2])
    assert device.upload(1).status == 200
    gone(world)
    back_as_another(world)
    on_the_page(world, joined(world, "o@summit.example", "organiser"))
