# SPDX-License-Identifier: Apache-2.0
"""A sponsor's program over the REST API: leads in pages, what changed, what is
noted on them under If-Match, files, notices, team, devices, counts; only what
was released, only its own sponsor's, only what its token's scopes say. Each
answer fits the served document, whose operations are the host's routes."""

import datetime
import hashlib
import html
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import debian  # noqa: E402,F401
import jsonschema  # noqa: E402
from hosting import attending, badges, enrolled, leads  # noqa: E402
from mine import Mine, words  # noqa: E402
from portal import invite, joined  # noqa: E402
from program import DOCUMENT, Program, operation, token  # noqa: E402
from world import BIN, World  # noqa: E402

OWN = "/api/v1/sponsors/example-corp"
OTHER = "/api/v1/sponsors/acme"


def routes():
    out = subprocess.run([BIN / "badgeward-host", "--routes"],
                         capture_output=True, text=True, check=True).stdout
    return {tuple(line.split("\t")[:2]) for line in out.splitlines()
            if line.split("\t")[1].startswith("/api/")}


def acknowledged_by_who_may_on_its_page(w):
    """A page and a program's request for one thing are one act."""
    out = subprocess.run([BIN / "badgeward-host", "--routes"],
                         capture_output=True, text=True, check=True).stdout
    acts = {line.split("\t")[1]: line.split("\t")[2:3] + line.split("\t")[5:]
            for line in out.splitlines() if line.startswith("POST")}
    assert acts["/withdrawals/*"] == acts[
        "/api/v1/sponsors/*/notices/*/acknowledge"], acts


def document_is_the_routes(w):
    doc = Program(w).get(DOCUMENT).json
    jsonschema.Draft202012Validator.check_schema(
        {"$defs": doc["components"]["schemas"]})
    said = {(method.upper(), "/".join("*" if p.startswith("{") else p
                                      for p in path.split("/")))
            for path, item in doc["paths"].items()
            for method in item if method != "parameters"}
    assert said == routes() | {("GET", DOCUMENT)}, said ^ routes()
    ids = [op["operationId"] for item in doc["paths"].values()
           for m, op in item.items() if m != "parameters"]
    assert len(set(ids)) == len(ids)
    return doc


def pages(p, path):
    """All items, followed by Link, which is `next`."""
    items, seen = [], 0
    while path:
        a = p.get(path)
        seen += 1
        items += a.json["items"]
        path = a.json["next"]
        assert a.headers["Link"] == (f'<{path}>; rel="next"' if path
                                     else None)
    return items, seen


def reads_leads(p, rows):
    a = p.get(f"{OWN}/leads")
    got = {x["id"]: x for x in a.json["items"]}
    assert set(got) == set(rows), (set(got), set(rows))
    # Nobody ticks the language that was chosen on the screen.
    assert "language" not in rows[min(rows)] and b"language" not in a.body
    for id_, row in rows.items():
        released = {k: v for k, v in row.items()
                    if k in ("name", "email", "company", "job_title",
                             "work_phone", "location") and v}
        values = {k: v for k, v in got[id_]["values"].items() if v}
        assert values == {k: v.lstrip("'") for k, v in released.items()}
    assert p.get(f"{OWN}/leads", 304,
                 If_None_Match=a.headers["ETag"]).body == b""
    assert "private" in a.headers["Cache-Control"]
    assert a.headers["Access-Control-Allow-Origin"] is None
    items, n = pages(p, f"{OWN}/leads?limit=1&sort=name")
    assert n >= len(rows) and [x["id"] for x in items] != []
    assert {x["id"] for x in items} == set(rows)
    items, _ = pages(p, f"{OWN}/leads?limit=2")
    assert [x["id"] for x in items] == [x["id"] for x in a.json["items"]]
    for x in items:
        time, until = (datetime.datetime.fromisoformat(x[k][:-1])
                       for k in ("time", "keep_until"))
        assert until - time == datetime.timedelta(days=180), x
    one = p.get(f"{OWN}/leads/{items[0]['id']}")
    assert one.json == items[0]
    assert p.get(f"{OWN}/leads?modified_since=2099-01-01").json["items"] == []
    return one, 3 * len(rows) + 1


def reads_are_recorded(w, p, m, given):
    """Who read how many: one record an hour, which grows with what is given;
    it is in the sponsor's list of what was fetched, for staff and in the
    audit, and the person has it in the copy."""
    items = [x for x in p.get(f"{OWN}/exports").json["items"]
             if x["format"] == "api"]
    assert sum(x["leads"] for x in items) == given, items
    assert len(items) <= 2 and {(x["actor"], x["sha256"]) for x in items} == {
        ("token:1", None)}, items
    page = words(m.get("/downloads").text)
    assert "a program, by its token CRM read through the API" in page, page
    org = joined(w, "olga@summit.example", "organiser")
    page = words(org.get("/exports").text)
    assert "a program, by its token CRM · the command line" in page, page
    listed = w.cli("export", "list").splitlines()
    assert [x.split("\t")[4] for x in listed].count("api") == len(items)
    copy = Mine(w).enter(attending(w)[0]["id"]).act("json").json
    assert "api" in [e["format"] for e in copy["exports"]], copy["exports"]


def asks_wrongly(p):
    for q in ("limit=0", "limit=1000", "limit=x", "sort=badge",
              "cursor=x", "modified_since=tomorrow", "rating=9",
              "search=" + 130 * "x"):
        assert p.ask("GET", f"{OWN}/leads?{q}").status == 422, q
    for path in (f"{OWN}/leads/k99-1", f"{OWN}/leads/x", "/api/v1/nothing",
                 f"{OTHER}/leads", f"{OTHER}/leads/k02-1",
                 f"{OWN}/leads/k02-1", "/api/v1/sponsors/nobody/leads",
                 f"{OTHER}/team", f"{OTHER}/exports", f"{OTHER}/counts"):
        a = p.ask("GET", path)
        assert a.status == 404, (path, a.status)
        assert a.headers["Content-Type"] == "application/problem+json"
        assert a.json["status"] == 404 and a.json["detail"]
    a = p.ask("DELETE", f"{OWN}/leads/k01-1")
    assert a.status == 405 and a.headers["Allow"] == "GET, HEAD, PATCH"
    # What is refused before there is a route says so in the same way.
    for method, path, more, status in (
            ("GET", "/api/v1/devices", {"Host": "evil.example"}, 421),
            ("BREW", "/api/v1/devices", {}, 405),
            ("GET", "/api/v2/counts", {}, 404),
            # nginx has words of its own for these.
            *(() if p.world.tls else (
                ("GET", "/api/v1/" + 9000 * "x", {}, 400),
                ("GET", "/api/v1/%00", {}, 400)))):
        a = p.ask(method, path, **more)
        told = (method, path[:40], a.status, a.body[:200])
        assert a.status == status, told
        assert a.headers["Content-Type"] == "application/problem+json", told
        assert a.json["status"] == status and a.json["detail"], told
    # A token of a sponsor opens nothing of the event.
    for path in ("/api/v1/devices", "/api/v1/counts", "/api/v1/logs"):
        assert p.ask("GET", path).status == 403, path


def unknown_parameters(p, doc):
    """Refused by name, beside those that the document has."""
    n = 0
    for pattern, item in doc["paths"].items():
        op = item.get("get")
        path = re.sub(r"\{sponsor\}", "example-corp", pattern).replace(
            "{lead}", "k01-1")
        if not op or "{" in path or p.ask("GET", path).status != 200 or \
                path == DOCUMENT:
            continue
        n += 1
        known = {x["name"] for x in op["parameters"] if x["in"] == "query"}
        for query in ("nonsense=1", "limit=1&nonsense=1", "nonsense",
                      "nonsense=1&" + 300 * "x"):
            if "limit" in query and "limit" not in known:
                continue
            a = p.ask("GET", f"{path}?{query}")
            assert a.status == 422, (path, query, a.status)
            assert a.headers["Content-Type"] == "application/problem+json"
            assert '"nonsense"' in a.json["detail"], a.json
            said = a.json["detail"].partition("these are known: ")[2]
            assert set(said.split()) == known, (path, a.json)
    assert n >= 6, n
    # Its like at the page and on the command line.
    for query in ("since=2099-01-01", "rating=4&rating=1", "%72ating=4"):
        assert p.ask("GET", f"{OWN}/leads?{query}").status == 422, query
    assert p.ask("POST", f"{OWN}/exports?since=2099-01-01",
                 {"format": "csv"}).status == 422


def notes(p, one, id_):
    path = f"{OWN}/leads/{id_}"
    change = {"rating": 4, "tags": ["hot", "<b>"], "note": "=1+1\nzwei",
              "answers": {"interest": "Board A"}}
    assert p.ask("PATCH", path, change).status == 428
    assert p.ask("PATCH", path, change, If_Match='"7"').status == 412
    for bad in ({}, {"rating": 6}, {"rating": "4"}, {"tags": "hot"},
                {"tags": [""]}, {"tags": ["x" * 41]}, {"name": "x"},
                {"note": "x" * 1001}, {"note": "\u0007"},
                {"answers": {"No Id": "x"}}, {"answers": {"a": 1}}):
        assert p.ask("PATCH", path, bad, If_Match="*").status == 422, bad
    assert p.ask("PATCH", path, [], If_Match="*").status == 400
    assert p.ask("PATCH", path, '{"rating":1,"rating":2}', If_Match="*",
                 Content_Type="application/json").status == 400
    assert p.ask("PATCH", path, "rating=4", If_Match="*").status == 415
    a = p.ask("PATCH", path, change, If_Match=one.headers["ETag"])
    assert a.status == 200, a.body
    assert {k: a.json[k] for k in change} == change, a.json
    assert p.get(path).headers["ETag"] == a.headers["ETag"]
    # Who has not seen that change does not undo it.
    assert p.ask("PATCH", path, {"rating": 1},
                 If_Match=one.headers["ETag"]).status == 412
    assert p.ask("PATCH", path, '{"rating":1}', If_Match="*",
                 Content_Type="application/jsonx").status == 415
    a = p.ask("PATCH", path, {"rating": None},
              If_Match=f'"{a.json["version"]}"')
    assert a.status == 200 and a.json["rating"] is None
    assert a.json["tags"] == change["tags"]
    found = p.get(f"{OWN}/leads?tag=hot").json["items"]
    assert [x["id"] for x in found] == [id_]


def answers_only_what_is_asked(p, id_):
    """What the lead's policy does not ask, or has no such choice of, changes
    nothing, beside what is good, too; the question is named, not the answer."""
    path = f"{OWN}/leads/{id_}"
    before = p.get(path)
    for answers, said in (
            ({"size": "Board Q"}, 'asks no "size"'),
            ({"interest": "Board Q"}, 'none of the choices of "interest"'),
            ({"interest": "board a"}, 'none of the choices of "interest"'),
            ({"interest": ""}, 'none of the choices of "interest"'),
            ({"interest": "Board A", "size": "Board Q"}, 'asks no "size"')):
        a = p.ask("PATCH", path, {"rating": 1, "answers": answers},
                  If_Match=before.headers["ETag"])
        assert a.status == 422 and said in a.json["detail"], a.body
        assert "oard" not in a.json["detail"], a.body
        assert p.get(path).body == before.body, answers
    a = p.ask("PATCH", f"{OWN}/leads/k01-999", {"answers": {"size": "5"}},
              If_Match="*")
    assert a.status == 404, a.body
    for answers in ({"interest": "Training"}, {}, {"interest": "Board A"}):
        a = p.ask("PATCH", path, {"answers": answers}, If_Match="*")
        assert a.status == 200 and a.json["answers"] == answers, a.body
    said = p.document["components"]["schemas"]["LeadChange"]
    assert "replace all" in said["properties"]["answers"]["description"]


def takes_files(w, p):
    a = p.ask("POST", f"{OWN}/exports", {"format": "csv"})
    assert a.status == 200 and a.body.decode().replace(
        "\r\n", "\n") == w.leads_csv()
    assert "leads-example-corp.csv" in a.headers["Content-Disposition"]
    assert int(a.headers["Content-Length"]) == len(a.body)
    for bad in ({}, {"format": "doc"}, {"format": "csv", "since": 1},
                {"format": "csv", "sinse": "2099-01-01"}):
        assert p.ask("POST", f"{OWN}/exports", bad).status == 422
    last = p.get(f"{OWN}/exports").json["items"][1]
    assert last["format"] == "csv" and last["actor"].startswith("token:")
    assert last["sha256"] == hashlib.sha256(a.body).hexdigest()


def hears_of_what_ended(d, p, seq):
    d.close()  # the host may have closed what stood still for so long
    d.undo(seq)
    assert d.upload(len(d.log) - 1).status == 200
    open_ = p.get(f"{OWN}/notices").json["items"]
    assert [(x["kind"], x["lead"]) for x in open_] == [
        ("undone", f"k01-{seq}")], open_
    path = f"{OWN}/notices/{open_[0]['id']}/acknowledge"
    assert p.ask("POST", f"{OWN}/notices/999/acknowledge").status == 404
    assert p.ask("POST", path).status == 204
    assert p.ask("POST", path).status == 204
    assert p.get(f"{OWN}/notices").json["items"] == []
    done = p.get(f"{OWN}/notices?state=acknowledged").json["items"]
    assert done[0]["acknowledged_at"] and len(done) == 1
    assert p.ask("GET", f"{OWN}/notices?state=all").status == 422


def scopes(w, doc):
    nobody = Program(w, None, doc)
    a = nobody.ask("GET", f"{OWN}/leads")
    assert a.status == 401 and a.headers["WWW-Authenticate"] == "Bearer"
    assert Program(w, "bw_" + "A" * 32, doc).ask(
        "GET", f"{OWN}/leads").status == 401
    booth = Program(w, token(w, "booth", "devices:read", "example-corp"), doc)
    assert [x["name"] for x in
            booth.get(f"{OWN}/devices").json["items"]] == ["k01"]
    assert booth.ask("GET", f"{OWN}/leads").status == 403
    writer = Program(w, token(w, "writer", "leads:write", "example-corp"),
                     doc)
    assert writer.ask("GET", f"{OWN}/leads/k01-1").status == 403
    a = writer.ask("PATCH", f"{OWN}/leads/k01-1", {"rating": 2},
                   If_Match="*")
    assert a.status == 204, (a.status, a.body)
    assert writer.ask("POST", f"{OWN}/notices/1/acknowledge").status == 403
    staff = Program(w, token(w, "staff", "devices:read"), doc)
    assert [x["name"] for x in
            staff.get("/api/v1/devices").json["items"]] == ["k01", "k02"]
    rows = staff.get("/api/v1/counts").json["items"]
    assert {(x["sponsor"], x["shares"]) for x in rows} == {
        ("example-corp", 3), ("acme", 1)}, rows
    assert staff.get("/api/v1/counts?since=2099-01-01").json["items"] == []
    assert staff.ask("GET", f"{OWN}/leads").status == 403
    # The event's token is nobody's at a sponsor.
    assert staff.ask("GET", f"{OWN}/devices").status == 403
    logs = Program(w, token(w, "auditor", "logs:read"), doc)
    found = logs.get("/api/v1/logs").json["items"]
    assert [x["key"] for x in found] == [w.vkey("k01"), w.vkey("k02")]
    assert logs.ask("GET", "/api/v1/devices").status == 403


def people_leave_its_tags_alone(m, p, id_):
    """Who changes a note in the form changes no tag that has a comma."""
    path, page = f"{OWN}/leads/{id_}", "/leads/" + id_.replace("-", ".")
    tags = [f"{i}, or not" for i in range(16)]
    assert p.ask("PATCH", path, {"tags": tags}, If_Match="*").status == 200
    form = m.get(page)
    a = m.post(page, version=field(form, "version"), text="from the form",
               tags=field(form, "tags"))
    assert a.status == 200 and "Saved." in a.text, a.text
    got = p.get(path).json
    assert (got["note"], got["tags"]) == ("from the form", tags), got
    # Each part is of whoever said it: a program, or a person.
    assert re.search(r"<dt>Tags</dt>\s*<dd>a program, by its token "
                     r"<bdi>CRM</bdi>, ", a.text), a.text
    assert re.search(r"<dt>Note</dt>\s*<dd><bdi>", a.text), a.text
    form = m.get(page)
    m.post(page, version=field(form, "version"), tags="hot, or not")
    assert p.get(path).json["tags"] == ["hot", "or not"]


def field(page, name):
    return html.unescape(re.search(rf'name="{name}"[^>]* value="([^"]*)"',
                                   page.text).group(1))


def a_login_may_read_not_change(m, w):
    assert m.ask("GET", f"{OWN}/leads").status == 200
    assert "a lead counts each time it was read" in m.get("/downloads").text
    a = m.ask("PATCH", f"{OWN}/leads/k01-1", '{"rating": 1}',
              {"If-Match": "*"}, "application/json")
    assert a.status == 403, a.status
    assert a.headers["Content-Type"] == "application/problem+json"
    s = joined(w, "sam@sponsor.example", "sponsor-scanner", "example-corp")
    assert s.ask("GET", f"{OWN}/leads").status == 403
    assert s.ask("GET", f"{OWN}/counts").status == 200


def stations_are_told_so_too(w, doc):
    path = "/api/v1/stations/desk/"
    nobody = Program(w, None, doc)
    assert nobody.ask("POST", path + "poll", {}).status == 401
    other = Program(w, token(w, "no station", "devices:read"), doc)
    assert other.ask("POST", path + "state", {}).status == 403
    s = Program(w, token(w, "station", "badges:write"), doc)
    assert s.ask("POST", path + "poll", {}).json == {"job": None}
    assert s.ask("POST", path + "state", {"job": 1, "state": "done"}
                 ).status == 410
    assert s.ask("POST", path + "tag", {}).status == 400
    assert s.ask("POST", path + "tag", {"uid": "x" * 5000}).status == 413
    for what in ("poll", "state", "tag"):
        _, op = operation(doc, "POST", path + what)
        assert set(op["responses"]) == {"200", "4XX", "5XX"}, op


def changes_what_is_gone(w, d, p, seq, person):
    """Nothing is kept on a lead that is not there; one that comes back is
    changed by the ETag that was seen before; of one that was taken back no more
    is said than of one that never was."""
    path = f"{OWN}/leads/k01-{seq}"
    a = p.ask("PATCH", path, {"rating": 2}, If_Match="*")
    assert a.status == 200 and a.json["rating"] == 2, a.body
    seen, note = a.headers["ETag"], a.json["note"]

    def refused(path):
        tried = [p.ask("PATCH", path, {"note": "not kept"}, If_Match=match)
                 for match in (seen, "*")] + [p.get(path, 404)]
        got = {(x.status, x.body) for x in tried}
        assert len(got) == 1 and tried[0].status == 404, got
        return got

    w.cli("right", "restrict", person["id"])
    refused(path)
    w.cli("right", "lift", person["id"])
    a = p.ask("PATCH", path, {"rating": 3}, If_Match=seen)
    assert a.status == 200, (a.status, a.body)
    assert (a.json["rating"], a.json["note"]) == (3, note), a.json
    d.close()  # as above
    d.undo(seq)
    assert d.upload(len(d.log) - 1).status == 200
    assert refused(path) == refused(f"{OWN}/leads/k01-999")


def slows_down(w, doc):
    p = Program(w, token(w, "loop", "devices:read"), doc)
    for n in range(3000):
        a = p.ask("GET", "/api/v1/devices")
        if a.status != 200:
            break
    assert a.status == 429 and n >= 1000, (n, a.status)
    assert 1 <= int(a.headers["Retry-After"]) <= 10
    other = Program(w, token(w, "calm", "devices:read"), doc)
    assert other.get("/api/v1/devices")


with World() as world:
    world.start_host()
    acknowledged_by_who_may_on_its_page(world)
    doc = document_is_the_routes(world)
    people = badges(world, 3)
    d = enrolled(world, "k01")
    shares = [d.share(b, [1, 2] if i else [1, 2, 3])
              for i, b in enumerate(people)]
    assert d.upload(1).status == 200
    foreign = enrolled(world, "k02", "acme")
    foreign.share(people[0], [1, 2])
    assert foreign.upload(1).status == 200
    mine = Program(world, token(world, "CRM", "leads:read,leads:write",
                                "example-corp"), doc)
    m = joined(world, "mia@sponsor.example", "sponsor-manager",
               "example-corp")
    one, given = reads_leads(mine, leads(world))
    reads_are_recorded(world, mine, m, given)
    asks_wrongly(mine)
    unknown_parameters(mine, doc)
    notes(mine, one, one.json["id"])
    answers_only_what_is_asked(mine, one.json["id"])
    takes_files(world, mine)
    invite(world, "new@sponsor.example", "sponsor-scanner", "example-corp")
    invite(world, "new@acme.example", "sponsor-scanner", "acme")
    team = mine.get(f"{OWN}/team").json["items"]
    assert [x["mail"] for x in team] == ["mia@sponsor.example",
                                         "new@sponsor.example"], team
    assert sum(x["shares"] for x in
               mine.get(f"{OWN}/counts").json["items"]) == 3
    scopes(world, doc)
    people_leave_its_tags_alone(m, mine, one.json["id"])
    a_login_may_read_not_change(m, world)
    hears_of_what_ended(d, mine, shares[1])
    changes_what_is_gone(world, d, mine, shares[2], attending(world)[2])
    stations_are_told_so_too(world, doc)
    slows_down(world, doc)
    audit = world.dir / "audit.txt"
    world.cli("export", "audit", "--out", audit)
    text = audit.read_text()
    assert text.count("\tnotice.acknowledge\t") == 1
    assert "\ttoken:1\texport.leads\texample-corp\tapi\t" in text, text
    for act in ("lead.note", "export.leads", "notice.acknowledge"):
        assert f"\t{act}\t" in text, act
    assert "zwei" not in text
    print("ok")
