# SPDX-License-Identifier: Apache-2.0
"""What staff type is not lost: 1,000 characters of any language fit into a text
of staff's, and of a longer one the form comes back with all of it and says by
how much it is too long; nothing is cut before. Whoever looks at a letter and
goes back without sending has what was typed there."""

import html
import os
import re
import sqlite3
import sys
import time
from contextlib import closing

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled  # noqa: E402
from portal import joined  # noqa: E402

FITS = ("यह अनुरोध अधूरा है " * 60)[:999] + "।"
LONG = ("यह अनुरोध अधूरा है " * 130)[:2399] + "।"
WIDE = "𠮷" * 1000             # four bytes each


def rows(world, sql):
    with closing(sqlite3.connect(world.host_dir / "host.db")) as db:
        return db.execute(sql).fetchall()


def value(page, name):
    """What stands in the field."""
    area = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n?(.*?)</textarea>',
                     page.text, re.S)
    if area is None:
        tag = re.search(rf'<input[^>]* name="{name}"[^>]*>', page.text)[0]
        area = re.search(r' value="(.*?)"', tag)
    return html.unescape(area[1])


def over(page, text, room):
    """It is said by how many characters, of those that fit in room bytes."""
    n = len(text) - len(text.encode()[:room].decode(errors="ignore"))
    assert page.status == 422, page.status
    said = re.sub("<.*?>", "", page.text)
    assert f"too long by {n} characters" in said.replace(",", ""), (
        n, re.findall("too long by .*", said))


def hidden(page, button):
    """The form of this button, as a browser sends it."""
    form, = (f for f in re.findall(r"<form.*?</form>", page.text, re.S)
             if f">{button}</button>" in f)
    return {k: html.unescape(v).replace("\n", "\r\n") for k, v in re.findall(
        r'type="hidden" name="(\w+)" value="(.*?)"', form, re.S)
        if k != "csrf"}


def backs(world, p, num):
    """To the case and back, as often as one likes, and nothing is sent."""
    before = rows(world, "SELECT count(*) FROM mail"), rows(
        world, "SELECT * FROM casefile")
    typed = "Dear you,\n\nit is \"done\".\n\n<So it is.>"
    for do, name in (("done", "outcome"), ("refuse", "why_refused")):
        p.get(f"/cases/{num}")
        page = p.post(f"/cases/{num}/answer", do=do,
                      **{name: typed.replace("\n", "\r\n")})
        for _ in range(2):
            page = p.post(f"/cases/{num}/answer", **hidden(
                page, "Back to the case, without sending"))
            assert page.status == 200 and value(page, name) == typed, page.text
            assert re.search(r"<details[^>]* open>[^§]*" + name, page.text)
            page = p.post(f"/cases/{num}/answer", do=do,
                          **{name: value(page, name)})
            assert "it is &quot;done&quot;.\n\n" in page.text, page.text
    assert before == (rows(world, "SELECT count(*) FROM mail"), rows(
        world, "SELECT * FROM casefile"))


def case(world, p):
    p.get("/cases/open")
    world.cli("case", "open", "other", "--registration",
              attending(world)[0]["id"])
    num = rows(world, "SELECT max(num) FROM casefile")[0][0]
    for do, name in (("extend", "why_longer"), ("refuse", "why_refused"),
                     ("fee", "fee"), ("done", "outcome")):
        p.get(f"/cases/{num}")
        page = p.post(f"/cases/{num}/answer", do=do, **{name: LONG})
        over(page, LONG, 4000)
        assert value(page, name) == LONG, value(page, name)
        # Neither cut by the browser, nor counted with its line ends.
        assert not re.search("<textarea[^>]* maxlength=", page.text)
        p.get(f"/cases/{num}")
        page = p.post(f"/cases/{num}/answer", do=do,
                      **{name: "\r\n".join(["x" * 1000] * 5)})
        over(page, "x" * 5004, 4000)
    backs(world, p, num)
    for text in WIDE, FITS:
        p.get(f"/cases/{num}")
        page = p.post(f"/cases/{num}/answer", do="fee", fee=text)
        assert page.status == 200, page.text
        assert rows(world, "SELECT t2 FROM casefile WHERE num = "
                    f"{num}") == [(text.strip(),)]
    page = p.post(f"/cases/{num}/answer", do="extend", why_longer=WIDE)
    assert page.status == 200 and WIDE in page.text


def incident(p):
    p.get("/duties/incidents")
    page = p.post("/duties/incidents", device="k07", sponsor="", since="",
                  until="", aware=time.strftime("%Y-%m-%d"))
    assert page.status == 200, page.text
    here = "/duties/incidents/1/letter"
    save = re.search(rf'action="({here}[^"]*)"', p.get(here).text)[1]
    parts = dict.fromkeys(("happened", "likely", "done", "advice"), FITS)
    page = p.post(save, lang="", **{**parts, "likely": LONG})
    over(page, LONG, 4000)
    assert value(page, "likely") == LONG
    assert not re.search("<textarea[^>]* maxlength=", page.text)
    assert value(page, "happened") == FITS.strip()
    page = p.post(save, lang="", **dict.fromkeys(parts, WIDE))
    assert page.status == 200 and page.text.count(WIDE) >= 8, page.status


def others(world, p):
    name = "प्रथम सूचना " * 100
    p.get("/holds")
    page = p.post("/holds", scope="event", reason=name, reviewer="anna",
                  review="2999-01-01")
    over(page, name, 800)
    assert value(page, "reason") == name
    page = p.post("/holds", scope="event", reason=name[:199].strip(),
                  reviewer="anna", review="2999-01-01")
    assert page.status == 200, page.text
    long = name * 2
    p.get("/duties/disclosures")
    typed = {"basis": "court", "asked": "court", "decided": "board",
             "field": "none", "sure": "yes"}
    for field, room in (("asked", 480), ("decided", 480), ("reason", 1600)):
        page = p.post("/duties/disclosures", **{**typed, field: long})
        over(page, long, room)
        assert value(page, field) == long
    assert rows(world, "SELECT count(*) FROM disclosure") == [(0,)]
    page = p.post("/duties/disclosures", **typed, reason=name[:400].strip())
    assert page.status == 200 and rows(
        world, "SELECT reason FROM disclosure") == [(name[:400].strip(),)]


def note(world, p):
    page = p.get("/leads/k07.1")
    page = p.post("/leads/k07.1", version=value(page, "version"), text=LONG)
    over(page, LONG, 1000)
    assert value(page, "text") == LONG


def policy(p):
    """Fields of the draft, and its whole text."""
    p.get("/policy")
    p.post("/policy/draft")
    page = p.get("/policy/draft/event")
    rev = value(page, "rev")
    page = p.post("/policy/draft/event", rev=rev, controller=LONG)
    over(page, LONG, 2399)
    assert value(page, "controller") == LONG
    text = "# " + "x" * (256 * 1024)
    p.get("/policy/draft/text")
    page = p.post("/policy/draft/text", rev=rev, source=text)
    over(page, text, 256 * 1024)
    assert value(page, "source") == text


with World() as world:
    world.start_host()
    d = enrolled(world)
    d.share(badges(world, 1)[0], [1, 2])
    assert d.upload(1).status == 200
    officer = joined(world, "p@summit.example", "privacy-officer")
    case(world, officer)
    incident(officer)
    others(world, officer)
    policy(joined(world, "o@summit.example", "organiser"))
    note(world, joined(world, "m@sponsor.example", "sponsor-manager",
                       "example-corp"))
    print("ok")
