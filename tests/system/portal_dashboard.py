# SPDX-License-Identifier: Apache-2.0
"""The dashboard: what booths count, by sponsor, device and hour; devices, those
that need somebody on top; a sponsor's people see their own alone. A browser that
has parts of it is sent those that changed and nothing else. The counts as CSV are
recorded."""

import csv
import datetime
import hashlib
import io
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import attending, badges, enrolled  # noqa: E402
from mailing import database  # noqa: E402
from portal import joined  # noqa: E402
from wire import NO_ANSWER, UNREAD  # noqa: E402
from world import BIN, World, policy_with_pin  # noqa: E402

HEALTH = {"version": "0.1.0", "backlog": 0, "storage": "ok", "clock": "ntp",
          "reader": "ready", "trouble": "none"}


def says(device, **health):
    body = json.dumps({**HEALTH, **health}).encode()
    assert device.call("POST", "/v1/device/status", body).status == 200


def send(device, start):
    assert device.upload(start).status == 200
    return len(device.log)


def figures(text):
    found = re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd></div>", text)
    return {name: int(n) for name, n in found}


def columns(row):
    """Shares, declines, no answers, badges not read, taken back."""
    row = row[:re.search("<tr>|</table>", row).start()]
    return [int(n) for n in re.findall(r' data-n="(\d+)"', row)]


def counted_for(text, name):
    return columns(text[text.rindex(f'<th scope="row"><bdi>{name}</bdi>'):])


def parts(text):
    return dict(re.findall(r'<div id="([a-z-]+)" data-live="([0-9a-f]{16})">',
                           text))


def again(p, path, have):
    a = p.ask("GET", path, headers={"Badgeward-Live": ",".join(
        f"{k}={v}" for k, v in have.items())})
    assert a.status == 200
    return a.text


def order(text):
    table = text[text.index('id="device-list"'):]
    return re.findall(r'<th scope="row">(?:<a[^>]*>)?<bdi>(k\d+)<',
                      table[:table.index("</table>")])


def empty(w):
    olga = joined(w, "olga@summit.example", "organiser")
    assert olga.at == "/dashboard"
    text = olga.get("/dashboard").text
    assert "There is no device yet" in text and 'href="/devices"' in text
    assert "Nothing was counted" in text and set(figures(text).values()) == {0}
    mia = joined(w, "mia@corp.example", "sponsor-manager", "example-corp")
    assert mia.at == "/booths" and "no device yet" in mia.page.text
    return olga, mia


def corner(w, mia):
    """Where the PIN is typed is said to who has one."""
    corner = "Hold the upper left corner"
    none = "no PIN was agreed"
    text = mia.get("/booths").text
    assert none in text and corner not in text
    w.cli("policy", "install", policy_with_pin(w.dir / "pin.conf"))
    text = mia.get("/booths").text
    assert corner in text and none not in text


def counted(w, olga, mia):
    k01 = enrolled(w, "k01", "example-corp")
    k02 = enrolled(w, "k02", "acme")
    k02.opened = k02.last_time
    one, two = badges(w, 2)
    k01.share(one, [1, 2])
    undone = k01.share(two, [1, 2])
    k01.undo(undone)
    for _ in range(3):
        k01.decline()
    for kind in NO_ANSWER, NO_ANSWER, UNREAD:
        k01.add(kind, ["example-corp", *([1] if kind == UNREAD else [])])
    k02.share(one, [1])
    send(k01, 1)
    send(k02, 1)
    text = olga.get("/dashboard").text
    assert figures(text) == {"Shares": 3, "Declines": 3, "No answers": 2,
                             "Badges not read": 1, "Taken back at once": 1}
    assert counted_for(text, "k01") == [2, 3, 2, 1, 1], counted_for(text, "k01")
    assert counted_for(text, "k02") == [1, 0, 0, 0, 0]
    hours = [columns(row) for row in text.split('<th scope="row" data-n=')[1:]]
    assert [sum(n) for n in zip(*hours)] == [3, 3, 2, 1, 1], hours
    assert text.count("<tr>\n<th scope=\"row\" data-n=") == 24
    assert "acme" in text and "By sponsor" in text
    late = "are counted when their quarter of an hour is over"
    assert late in text
    whole = olga.get("/dashboard?since=event").text
    assert figures(whole) == figures(text) and "Counts by day" in whole
    own = mia.get("/booths").text
    assert figures(own)["Shares"] == 2 and figures(own)["Declines"] == 3
    assert order(own) == ["k01"] and "acme" not in own and "k02" not in own
    assert late in own
    assert "/devices/" not in own
    assert mia.get("/dashboard").status == 403
    assert olga.get("/booths").status == 403
    sam = joined(w, "sam@acme.example", "sponsor-scanner", "acme")
    assert order(sam.get("/booths").text) == ["k02"]
    return k01, k02


def held(w, olga, mia, k01):
    """Counted and no sponsor's: staff are told how many; the sponsor reads
    what it reads when nothing is held."""
    before = re.search(r"<p class=\"hint\">A share is counted[^<]*</p>",
                       mia.get("/booths").text).group(0)
    assert "held for review" not in olga.get("/dashboard").text
    assert "Nothing is held for review" in olga.get("/review").text
    gone = attending(w)[2]
    late = badges(w, 3)[2]
    with database(w) as db:
        db.execute("UPDATE registration SET status = 1 WHERE id = ?",
                   (gone["id"],))
    size = len(k01.log)
    k01.share(late, [1])
    send(k01, size)
    said = "One of these shares is held for review"
    for path in "/dashboard", "/dashboard?since=event":
        assert said in olga.get(path).text, path
    assert 'href="/review"' in olga.page.text
    entry, = json.loads(w.cli("odd", "list", "--json"))
    row, = re.findall(r"<th scope=\"row\">.*", olga.get("/review").text)
    assert f"/devices/{entry['device']}" in row and entry["reason"] in row, row
    assert f">{entry['entry']}<" in row, row
    otto = joined(w, "otto@summit.example", "privacy-officer", language="de")
    assert "die Anmeldung nimmt nicht teil" in otto.get("/review").text
    assert "Nothing is held" in olga.get(f"/review?after={2 ** 40}").text
    assert "installed later" not in olga.get("/review").text
    with database(w) as db:     # as after a restore that lost a policy
        db.execute("UPDATE odd SET reason = 1")
    assert "installed later" in olga.get("/review").text
    with database(w) as db:
        db.execute("UPDATE odd SET reason = 7")
    desk = joined(w, "dot@summit.example", "badge-desk")
    assert desk.get("/review").status == 403
    assert "held for review" not in desk.get("/dashboard").text
    own = mia.get("/booths").text
    assert before in own and "held for review" not in own
    out = w.dir / "out.csv"
    for argv in (("leads", "--sponsor", "example-corp", "--format", "csv"),
                 ("counts",), ("counts", "--sponsor", "example-corp")):
        run = w.run(BIN / "badgeward", "-C", w.host_dir, "export", *argv,
                    "--out", out, "--force")
        assert "held for review: 1 share, which" in run.stderr, run.stderr
    run = w.run(BIN / "badgeward", "-C", w.host_dir, "export", "counts",
                "--sponsor", "acme", "--out", out, "--force")
    assert "held" not in run.stderr, run.stderr


def two_histories(olga, k02):
    """Of one that is well otherwise: it stands first."""
    assert order(olga.get("/dashboard").text)[0] == "k05"
    log, leaves, last = k02.log[:], k02.leaves[:], k02.last_time
    k02.last_time = k02.opened
    del k02.log[1:], k02.leaves[1:]
    k02.decline()
    assert k02.upload(1).status == 403
    k02.log, k02.leaves, k02.last_time = log, leaves, last
    text = olga.get("/dashboard").text
    assert order(text)[0] == "k02", order(text)
    assert "2 devices need somebody." in text
    assert "It signed two histories" in text
    assert "reassign it under a new name" in text
    assert figures(text)["Declines"] == 3, "of the other history none counts"


def trouble_on_top(w, olga, k01, k02):
    k03 = enrolled(w, "k03", "acme")
    w.cli("device", "add", "k04", "--sponsor", "acme")
    says(k01)
    says(k02, reader="silent", trouble="reader")
    says(k03, storage="low")
    w.cli("device", "revoke", "k03")
    k05 = enrolled(w, "k05", "acme")
    says(k05, trouble="clock", clock="unknown", backlog=1000)
    text = olga.get("/dashboard").text
    assert order(text) == ["k05", "k02", "k04", "k01", "k03"], order(text)
    assert "2 devices need somebody." in text
    assert "nobody vouches for its clock" in text
    assert "Give it network" in text


def live(olga, mia, k01):
    text = olga.get("/dashboard").text
    have = parts(text)
    assert set(have) == {"as-of", "incidents", "not-me", "summary", "times",
                         "device-list", "names"}
    have.pop("as-of")       # the time of day
    same = again(olga, "/dashboard", have)
    assert set(parts(same)) == {"as-of"} and len(same) < 400, same
    # One that listens to nothing changed but a device's word.
    says(k01, clock="held")
    more = again(olga, "/dashboard", have)
    assert set(parts(more)) == {"as-of", "device-list"}, parts(more)
    assert parts(more)["device-list"] != have["device-list"]
    assert "<nav" not in more and "csrf" not in more
    # Nonsense is no fault, and a foreign page's parts are not had.
    for odd in ("", ",", "=", "a" * 3000, "summary=", "," * 500):
        a = olga.ask("GET", "/dashboard", headers={"Badgeward-Live": odd})
        assert a.status == 200 and len(parts(a.text)) == 7, odd
    assert set(parts(again(mia, "/booths", have))) == set(parts(text)) - {
        "incidents", "not-me"}
    # A page without parts is whole.
    assert "</html>" in again(olga, "/me", have)


def by_the_events_clocks(w, olga):
    """Hours, days and when a device was heard of, which a machine is told in
    UTC; the zone is named."""
    w.cli("case", "zone", "Asia/Tokyo")
    text = olga.get("/dashboard").text
    at = text[text.index('id="as-of"'):]
    assert re.search(r"\d\d:\d\d Asia/Tokyo</time>", at[:400]), at[:400]
    assert "UTC" not in text
    times = re.findall(r'<time datetime="([^"]+)Z">(\d{4})‑(\d\d)‑(\d\d) '
                       r"(\d\d:\d\d)<", text)
    assert len(times) >= 24 + 4, times
    for utc, *date, clock in times:
        there = (datetime.datetime.fromisoformat(utc) +
                 datetime.timedelta(hours=9))
        assert f"{there:%Y-%m-%d %H:%M}" == f"{'-'.join(date)} {clock}", utc
    days = re.findall(r'data-n="(\d\d-\d\d)"><time datetime="([^"]+)"',
                      olga.get("/dashboard?since=event").text)
    with database(w) as db:
        assert sorted(days) == [(day[5:], day) for day, in db.execute(
            "SELECT DISTINCT date(hour + 9 * 3600, 'unixepoch') FROM tally "
            "ORDER BY 1")], days
    w.cli("case", "zone", "UTC")


def as_csv(w, olga, mia):
    assert "/exports/counts" in olga.get("/dashboard").text
    a = olga.post("/exports/counts")
    assert a.status == 200 and "counts.csv" in a.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(a.text)))
    assert {(r["device"], r["sponsor"]) for r in rows} == {
        ("k01", "example-corp"), ("k02", "acme")}, rows
    assert sum(int(r["shares"]) for r in rows) == 4
    kept = json.loads(w.cli("export", "list", "--json"))
    assert kept[0]["sha256"] == hashlib.sha256(a.body).hexdigest(), kept
    desk = joined(w, "dan@summit.example", "badge-desk")
    assert "/exports/counts" not in desk.get("/dashboard").text
    assert desk.post("/exports/counts").status == 403
    mia.get("/booths")
    assert mia.post("/exports/counts").status == 403


with World() as world:
    world.start_host()
    staff, manager = empty(world)
    corner(world, manager)
    first, second = counted(world, staff, manager)
    held(world, staff, manager, first)
    trouble_on_top(world, staff, first, second)
    two_histories(staff, second)
    live(staff, manager, first)
    by_the_events_clocks(world, staff)
    as_csv(world, staff, manager)
    print("ok")
