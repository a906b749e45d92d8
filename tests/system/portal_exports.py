# SPDX-License-Identifier: Apache-2.0
"""Staff's Exports and Audit pages: each file is whole, has the checksum and the
actor that the list and the command line say, and verifies; wrong input and wrong
roles get none; the audit is filtered, verified, and a changed row is found."""

import csv
import hashlib
import html
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tarfile

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import debian  # noqa: E402,F401
import openpyxl  # noqa: E402
from hosting import badges, enrolled, leads  # noqa: E402
from portal import joined  # noqa: E402
from program import Program, token  # noqa: E402
from world import SRC, World  # noqa: E402


def take(p, what, **fields):
    p.get("/exports")
    a = p.post(f"/exports/{what}", follow=False, **fields)
    assert a.status == 200, (what, a.status, a.text)
    assert int(a.headers["Content-Length"]) == len(a.body)
    assert a.headers["Content-Disposition"].startswith("attachment;")
    assert a.headers["Cache-Control"] == "no-store"
    return a.body


def recorded(w, p, body, kind, of, fmt, n):
    """On the page and for the command line."""
    said = json.loads(w.cli("export", "list", "--json"))[0]
    assert said["sha256"] == hashlib.sha256(body).hexdigest(), said
    assert (said["kind"], said["of"], said["format"], said["n"]) == (
        kind, of, fmt, n), said
    assert said["actor"].startswith("account:"), said
    assert said["sha256"] in p.get("/exports").text


def leads_in_each_format(w, p):
    rows = leads(w)
    for fmt in ("csv", "csv-notes", "json", "xlsx", "vcard",
                "salesforce"):
        body = take(p, "leads", sponsor="example-corp", format=fmt)
        recorded(w, p, body, "leads", "example-corp", fmt, len(rows))
        if fmt == "csv":
            got = csv.DictReader(io.StringIO(body.decode(), newline=""))
            assert {r["share_id"]: r for r in got} == rows
        if fmt == "xlsx":
            sheet = openpyxl.load_workbook(io.BytesIO(body)).active
            assert {r[0].value for r in sheet.iter_rows(min_row=2)} == \
                set(rows)
    for wrong in ({"sponsor": "nobody", "format": "csv"},
                  {"sponsor": "example-corp", "format": "doc"}, {}):
        p.get("/exports")
        a = p.post("/exports/leads", follow=False, **wrong)
        assert a.status == 422 and "Choose one of the sponsors" in a.text
    assert len(json.loads(w.cli("export", "list", "--json"))) == 7


def all_logs(w, p, size):
    body = take(p, "logs")
    recorded(w, p, body, "logs", "", "tar", size)
    out = w.dir / "logs"
    with tarfile.open(fileobj=io.BytesIO(body)) as tar:
        assert all(m.isfile() and m.mode == 0o600 for m in tar)
        tar.extractall(out)
    assert sorted(x.name for x in out.iterdir()) == ["k01", "k02"]
    for name in ("k01", "k02"):
        log = out / name / "log.cbor"
        w.cli_raw("verify", "log", log, "--key", w.vkey(name))
        log.unlink()
        subprocess.run([sys.executable,
                        SRC / "tests/support/tiles_check.py", out / name],
                       check=True, timeout=100)


def audit_file(w, p):
    body = take(p, "audit")
    path = w.dir / "audit.txt"
    path.write_bytes(body)
    rows = body.count(b"\n", 0, body.index(b"\n\n")) - 1
    n = int(body.split(b"\n\n")[1].split(b"\n")[1])
    assert rows >= n - 3
    recorded(w, p, body, "audit", "", "audit", n)
    w.cli_raw("verify", "audit", path)
    # The page and the command say the same of it.
    by_page = f"\texport.audit\taudit {n}\t"
    w.cli("export", "audit", "--out", path, "--force")
    assert by_page in path.read_text(), by_page
    said = json.loads(w.cli("export", "list", "--json"))[0]
    assert said["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def in_words(w, p):
    """The list of files and the audit name no format and no number as programs
    do; the choice of a form says of each whether it has the notes."""
    w.cli("export", "logs", "--out", w.dir / "all-logs")
    german = joined(w, "gerd@summit.example", "organiser", language="de")
    for who, said in ((p, ("CBOR, as the device signed it", "an archive (TAR)",
                           "tiles (C2SP tlog-tiles)",
                           "text, chained and signed", "Excel (XLSX)",
                           "3 in it")),
                      (german, ("CBOR, wie das Gerät es signiert hat",
                                "ein Archiv (TAR)", "3 enthalten",
                                "Text, verkettet und signiert"))):
        text = re.sub(r"</?bdi[^>]*>", "", who.get("/exports").text +
                      who.get("/audit?act=export").text)
        text = html.unescape(re.sub(r"<[^>]+>", "\n", text))
        cells = {x.strip() for x in text.splitlines()}
        assert [x for x in said if x not in text] == [], cells
        assert not {"cbor", "tar", "tlog-tiles", "audit", "csv",
                    "example-corp 3"} & cells, cells
    options = dict(re.findall(r'<option value="([a-z-]+)"[^>]*>([^<]+)<',
                              p.get("/exports").text))
    assert [f for f in ("xlsx", "csv-notes", "salesforce", "vcard", "json")
            if "with notes" not in options[f]] == [], options
    assert options["csv"] == "CSV, without notes", options


def others_get_none(w, people):
    for p in people:
        for path in ("/exports", "/audit", "/audit/verify"):
            assert p.ask("GET", path).status == 403, path
        for what in ("leads", "logs", "counts", "audit"):
            a = p.ask("POST", f"/exports/{what}", "")
            assert a.status == 403, what


def acts(page):
    """(what is said, the act's name) of each row of the audit."""
    return [(html.unescape(re.sub(r"<[^>]+>", "", said)).strip(), name)
            for said, name in re.findall(
                r'<td[^>]*>([^<]*) <code class="raw">([a-z.-]+)</code>'
                r'\s*(?=<td|</td>)', page.text)]


def audit_words(w, p):
    """Each row says what was done, in the reader's language, and has the name
    that stands in the chain; all of a kind are shown together."""
    said = {}
    for officer in p, joined(w, "petra@summit.example", "privacy-officer",
                             language="de"):
        for what, name in acts(officer.get("/audit")):
            assert what and what != name, name
            said.setdefault(name, set()).add(what)
    assert len(said) > 8, said
    # The newest rows, which the second to look has caused, aside.
    assert all(len(x) == 2 for n, x in said.items() if n != "login.second"), \
        said
    assert said["export.leads"] == {"Leads were exported",
                                    "Kontakte wurden exportiert"}, said
    page = p.get("/audit?act=export&actor=")
    names = {name for _, name in acts(page)}
    assert names == {"export.leads", "export.logs", "export.counts",
                     "export.audit"}, names
    assert '<option value="export" selected>Exports</option>' in page.text
    page = p.get("/audit?act=device.add")
    assert [n for _, n in acts(page)] == ["device.add"] * 2, acts(page)
    mine = acts(p.get("/audit?actor=Priya%40summit.example&act=account"))
    assert "account.accept" in {n for _, n in mine}, mine
    assert mine == acts(p.get("/audit?act=account&actor=account%3A2")), mine
    assert re.search(r'<a href="/devices/k01">Device <bdi[^>]*>k01', page.text)


def whose_token(w, p):
    """A program is called by what its token is for and whose it is."""
    Program(w, token(w, "crm sync", "leads:read", "example-corp")).get(
        "/api/v1/sponsors/example-corp/leads")
    rows = p.get("/audit?actor=token:1").text.split("<tbody>")[1]
    said = html.unescape(re.sub(r"<[^>]+>", "", rows))
    assert "a program, by its token crm sync · the command line token:1" in \
        said, said


def audit_page(w, p):
    audit_words(w, p)
    whose_token(w, p)
    assert "There is no such row" in p.get("/audit?act=expor").text
    page = p.get("/audit?actor=account%3A1&act=export.counts")
    assert acts(page) and {n for _, n in acts(page)} == {"export.counts"}
    assert p.get("/audit?act=%3Cscript%3E&before=x").status == 200
    assert "<script>" not in p.page.text
    assert "Every row holds" in p.get("/audit/verify").text
    # More than one page, each row once.
    for n in range(25):
        p.get("/exports")
        take(p, "counts")
    seen, path = [], "/audit"
    while path:
        text = p.get(path).text
        seen += re.findall(r' class="number">([\d.,  ]+)', text)
        m = re.search(r'href="(/audit\?before=\d+)[^"]*">Next page', text)
        path = m and m[1]
    assert len(seen) > 50 and len(set(seen)) == len(seen), seen
    assert len(seen) == int(seen[0].replace(",", "")), seen[:3]
    # The last page may be a full one.
    assert "Next page" in p.get("/audit?before=52").text
    text = p.get("/audit?before=51").text
    assert "Next page" not in text and "To the newest rows" in text
    with sqlite3.connect(w.host_dir / "host.db", timeout=30) as db:
        db.execute("UPDATE audit SET actor = 'cli:eve' WHERE id = 5")
    db.close()
    text = p.get("/audit/verify").text
    assert "The chain is broken" in text and "5" in text
    p.get("/exports")
    a = p.post("/exports/audit", follow=False)
    assert a.status == 500 and "do not hang together" in a.text


with World() as world:
    world.start_host()
    people = badges(world, 3)
    d = enrolled(world, "k01")
    for b in people:
        d.share(b, [1, 2])
    assert d.upload(1).status == 200
    e = enrolled(world, "k02", "acme")
    e.decline()
    assert e.upload(1).status == 200
    olga = joined(world, "olga@summit.example", "organiser")
    priya = joined(world, "priya@summit.example", "privacy-officer")
    assert "Nothing yet" in olga.get("/exports").text
    leads_in_each_format(world, olga)
    all_logs(world, priya, len(d.log) + len(e.log))
    body = take(olga, "counts")
    assert b"example-corp,k01," in body
    recorded(world, olga, body, "counts", "", "csv", 2)
    audit_file(world, priya)
    others_get_none(world, [
        joined(world, "dan@summit.example", "badge-desk"),
        joined(world, "mia@sponsor.example", "sponsor-manager",
               "example-corp")])
    audit_page(world, priya)
    in_words(world, olga)
    print("ok")
