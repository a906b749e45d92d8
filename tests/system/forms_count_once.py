# SPDX-License-Identifier: Apache-2.0
"""A form counts once, however often it is sent: six times one after the other,
six at once. Each is led to where the first was, a secret is shown to the first
alone, and a page that is opened again makes another one. What was typed anew is
no repeat; a file may be asked for again."""

import html
import os
import re
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled  # noqa: E402
from mine import Mine, rows, words  # noqa: E402
from portal import Answer, joined  # noqa: E402

TIMES = 6
FORM = "application/x-www-form-urlencoded"
DAY = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 9 * 86400))
TODAY = time.strftime("%Y-%m-%d", time.gmtime())


def count(w, table):
    return rows(w, f"SELECT count(*) FROM {table}")[0][0]


def send(p, path, body, type_=FORM):
    """As a browser does without a script, on a connection of its own."""
    c = p.connect()
    c.request("POST", path, body, {
        "Host": p.host, "Content-Type": type_, "Cookie": "; ".join(
            f"{k}={v}" for k, v in p.cookies.items())})
    a = Answer(c.getresponse())
    c.close()
    return a


def one_by_one(press):
    return [press() for _ in range(TIMES)]


def at_once(press):
    answers, ready = [], threading.Barrier(TIMES)

    def run():
        ready.wait()
        answers.append(press())
    threads = [threading.Thread(target=run) for _ in range(TIMES)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(answers) == TIMES
    return sorted(answers, key=lambda a: a.status)


def body_of(p, page, fields):
    """What the open page's form brings."""
    p.get(page)
    hidden = p.hidden()
    assert re.fullmatch("[0-9a-f]{32}", hidden["once"]), hidden
    return urllib.parse.urlencode({**hidden, **fields}, True)


def is_led(page, answers):
    """All to one place."""
    assert {a.status for a in answers} == {303}, (page, [
        (a.status, a.text[:900]) for a in answers])
    assert len({a.location for a in answers}) == 1, page


def is_shown_once(p, answers):
    """The first has the secret, the others are told where to get a new one."""
    assert [a.status for a in answers] == [200] + [303] * (TIMES - 1), [
        (a.status, a.text[:900]) for a in answers]
    assert 'class="secret"' in answers[0].text
    where, = {a.location for a in answers[1:]}
    assert where.endswith("?done=once"), where
    secret = re.search(r'class="secret"[^>]*>([^<]+)<', answers[0].text)[1]
    for a in answers[1:]:
        assert html.unescape(secret) not in a.text
    page = p.get(where)
    assert page.status == 200 and "was sent already" in page.text
    assert html.unescape(secret) not in page.text


def counts_once(w, p, page, table, fields, secret=False):
    """fields: of the n-th opening of the page."""
    for n, way in enumerate((one_by_one, at_once)):
        had = count(w, table)
        body = body_of(p, page, fields(n))
        answers = way(lambda: send(p, page, body))
        assert count(w, table) == had + 1, (page, way, count(w, table), had,
                                            [a.status for a in answers])
        if secret:
            is_shown_once(p, answers)
        else:
            is_led(page, answers)


def staff(w, organiser, officer):
    hold = {"scope": "event", "registration": "", "sponsor": "",
            "reason": "7 O 12", "reviewer": "Officer", "review": DAY}
    for p, page, table, fields in (
            (officer, "/holds", "hold", hold),
            (officer, "/requests", "casefile", {
                "type": "other", "proof": "none", "language": "en",
                "registration": "", "share": "", "received": ""}),
            (officer, "/duties/disclosures", "disclosure", {
                "basis": "law", "asked": "X", "decided": "Y",
                "registration": "", "sponsor": "", "at": "", "reason": "",
                "secret": "", "field": "none", "sure": "yes"}),
            (organiser, "/duties/incidents", "incident", {
                "device": "k07", "sponsor": "", "aware": TODAY, "since": "",
                "until": ""})):
        counts_once(w, p, page, table, lambda n, fields=fields: fields)


def secrets(w, organiser, manager):
    for p, page, table, fields in (
            (organiser, "/people", "account", lambda n: {
                "mail": f"p{n}@summit.example", "name": "", "sponsor": "",
                "role": "badge-desk", **organiser.proof()}),
            (manager, "/team", "account", lambda n: {
                "mail": f"t{n}@acme.example", "name": "",
                "role": "sponsor-scanner", **manager.proof()}),
            (manager, "/me/tokens", "token", lambda n: {
                "token": f"crm {n}", "scopes": "leads:read", "days": "7",
                **manager.proof()}),
            (organiser, "/devices", "device", lambda n: {
                "name": f"n{n}", "sponsor": "acme", "booth": ""})):
        counts_once(w, p, page, table, fields, True)


def uploads(w, p):
    """A browser divides the same form otherwise each time."""
    edges = iter(f"----edge{n}" for n in range(100))
    body_of(p, "/registrations/import", {})
    hidden = p.hidden()

    def press():
        edge = next(edges)
        head = "".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{k}"{more}'
            f"\r\n\r\n{v}\r\n" for k, v, more in (
                *((k, v, "") for k, v in hidden.items()),
                ("file", "name,email\nX,x@x.example",
                 '; filename="a.csv"')))
        return send(p, "/registrations/import", f"{head}--{edge}--\r\n",
                    f"multipart/form-data; boundary={edge}")
    answers = one_by_one(press)
    is_led("/registrations/import", answers)
    hidden["once"] = "f" * 32
    assert press().location != answers[0].location


def typed_anew(w, p):
    """Back in the browser's memory, and another reason: that is meant."""
    had = count(w, "disclosure")
    fields = {"basis": "law", "asked": "X", "decided": "Y", "field": "none",
              "sure": "yes"}
    body = body_of(p, "/duties/disclosures", fields)
    for more in ("", "&reason=other", ""):
        a = send(p, "/duties/disclosures", body + more)
        assert a.status == 303, (a.status, a.text)
    assert count(w, "disclosure") == had + 2
    # What was refused did nothing, and may be sent again when it can be.
    body = body_of(p, "/duties/disclosures", {"basis": "law"})
    for _ in range(2):
        assert send(p, "/duties/disclosures", body).status == 422
    # A page that was open while the host was brought up to date.
    body = urllib.parse.urlencode({"csrf": p.csrf(), **fields})
    for _ in range(2):
        assert send(p, "/duties/disclosures", body).status == 303
    assert count(w, "disclosure") == had + 4
    # No page has given these.
    for bad in ("", "x" * 32, "0" * 31, "0" * 33, "0" * 5000):
        a = send(p, "/duties/disclosures", f"{body}&once={bad}")
        assert a.status == 403 and "Nothing was changed" in a.text, a.status
    assert count(w, "disclosure") == had + 4


def of_its_session_alone(w, p, other):
    """What one has sent says nothing about another's."""
    had = count(w, "disclosure")
    fields = {"basis": "law", "asked": "X", "decided": "Y", "field": "none",
              "sure": "yes"}
    for who in (p, other):
        who.get("/duties/disclosures")
        body = urllib.parse.urlencode({"csrf": who.csrf(), "once": "a" * 32,
                                       **fields})
        assert send(who, "/duties/disclosures", body).status == 303
    assert count(w, "disclosure") == had + 2


def files(w, p):
    """The page stays open behind a file, to make another one."""
    had = count(w, "export")
    body = body_of(p, "/exports", {})
    for _ in range(2):
        a = send(p, "/exports/counts", body)
        assert a.status == 200 and a.headers["Content-Disposition"]
    assert count(w, "export") == had + 2


def attendee(w, person):
    me = Mine(w).enter(person["id"])

    def opened(act, **fields):
        page = (me.act("correct") if act == "save" else me.page()).text
        once, = set(re.findall(r'name="once" value="([0-9a-f]{32})"', page))

        def press():
            again = Mine(w)
            again.code, again.reg = me.code, me.reg
            return again.act(act, once=once, **fields)
        return press
    for act, fields, said in (
            ("withdraw-all", {}, "withdrawn"),
            ("save", {"name": "Another Name"}, "We have your request"),
            ("zip", {}, None)):
        for way in (one_by_one, at_once):
            had = count(w, "casefile")
            answers = way(opened(act, **fields))
            assert {a.status for a in answers} == {200}, (act, [
                (a.status, words(a.text)) for a in answers])
            assert count(w, "casefile") == had + 1, (act, way)
            if act == "zip":
                assert all(a.body[:2] == b"PK" for a in answers)
                continue
            # To all of them the same is said, with the case's number.
            notes = {re.search(r'role="status".*?</p>', a.text, re.S)[0]
                     for a in answers}
            assert len(notes) == 1, notes
    a = me.act("save", once="x", name="A")
    assert a.status == 403, a.status


with World() as world:
    world.start_host()
    device = enrolled(world)
    badge = badges(world, 1)[0]
    device.share(badge, [1, 2])
    assert device.upload(1).status == 200
    boss = joined(world, "boss@summit.example", "organiser")
    officer = joined(world, "po@summit.example", "privacy-officer")
    second = joined(world, "po2@summit.example", "privacy-officer")
    manager = joined(world, "m@acme.example", "sponsor-manager", "acme")
    staff(world, boss, officer)
    secrets(world, boss, manager)
    uploads(world, boss)
    typed_anew(world, officer)
    of_its_session_alone(world, officer, second)
    files(world, boss)
    attendee(world, attending(world)[0])
