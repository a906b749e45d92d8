#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Read the files of unit/test_leads_files.c by other programs' rules: openpyxl,
a parser of RFC 6350 of its own, Python's csv."""

import csv
import datetime
import json
import pathlib
import re
import sys

import openpyxl

DIR = pathlib.Path(sys.argv[1])
TIMES, KEEP = "time (UTC)", "keep_until (UTC)"
DAYS = datetime.timedelta(days=180)
NAME = '=HYPERLINK("http://x","y") Zoë'
WIDE = "例" * 53
LONG = "0123456789" * 6 + "0123é"
TEXT = "=cmd|'/c calc'!A1\nsecond \\ line; \"x\""
ANSWERS = "gone: yes, no\n=How many, at most; in \\all? =1+1"
TIME = datetime.datetime.utcfromtimestamp(1778000000)
UNTIL, LATER = ((TIME + DAYS + datetime.timedelta(seconds=n)).strftime(
    "%Y-%m-%dT%H:%M:%SZ") for n in (0, 1))


def xlsx():
    book = openpyxl.load_workbook(DIR / "leads.xlsx")
    assert book.sheetnames == ["Leads"], book.sheetnames
    sheet = book.active
    rows = list(sheet.iter_rows())
    head = [c.value for c in rows[0]]
    assert head[:5] == ["share_id", TIMES, KEEP, "sponsor", "device"], head
    assert sheet.freeze_panes == "A2", sheet.freeze_panes
    assert sheet.auto_filter.ref == "A1:Q4", sheet.auto_filter.ref
    for column in sheet.column_dimensions.values():
        assert 8 <= column.width <= 49, column.width
    got = [dict(zip(head, r)) for r in rows[1:]]
    assert len(got) == 3
    for row in got:
        for key, cell in row.items():
            assert cell.data_type != "f", (key, cell.value)
            if cell.value is not None and key not in (TIMES, KEEP, "rating"):
                assert cell.data_type in "s", (key, cell.data_type)
    one = {k: c.value for k, c in got[0].items()}
    assert one[TIMES] == TIME and got[0][TIMES].is_date, one[TIMES]
    assert one[KEEP] == TIME + DAYS and got[0][KEEP].is_date, one[KEEP]
    assert one["name"] == NAME and one["company"] == "@SUM(1+1),;\\"
    assert one["work_phone"] == "+44 20 7946 0000"
    assert one["rating"] == 4 and one["note"] == TEXT, one["note"]
    assert one["answers"] == ANSWERS and one["tags"] == "=hot, a,b;c"
    assert got[1]["name"].value == WIDE and got[1]["company"].value == LONG
    assert got[1]["job_title"].value == "\u202eevil"
    only = {k for k, c in got[2].items() if c.value is not None}
    assert only == {"share_id", TIMES, KEEP, "sponsor", "device", "email",
                    "person", "policy_version"}, only
    assert len({r["person"].value for r in got}) == 3


def berlin():
    """Times by the event's clocks, with their zone above them."""
    head, row, *_ = openpyxl.load_workbook(DIR / "leads.xlsx").active.rows
    summer, winter = (datetime.timedelta(hours=n) for n in (2, 1))
    assert [c.value for c in head[1:3]] == [
        "time (Europe/Berlin)", "keep_until (Europe/Berlin)"], head[1].value
    assert [c.value for c in row[1:3]] == [
        TIME + summer, TIME + DAYS + winter], row[1].value


def unescape(value, sep):
    """The parts of a value between unescaped separators."""
    parts, at = [""], 0
    while at < len(value):
        if value[at] == "\\":
            at += 1
            assert value[at] in "nN\\,;", value
            parts[-1] += "\n" if value[at] in "nN" else value[at]
        elif value[at] == sep:
            parts.append("")
        else:
            assert value[at] not in ",;" or sep != value[at]
            parts[-1] += value[at]
        at += 1
    return parts


def cards():
    """The cards of a strict reader, each as pairs of name and value."""
    raw = (DIR / "leads.vcard").read_bytes()
    assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b"")
    lines = []
    for line in raw[:-2].split(b"\r\n"):
        assert len(line) <= 75, len(line)
        line = line.decode()  # no character is cut
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    got = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VCARD":
            got.append([])
        else:
            got[-1].append((name.split(";")[0], value))
    for card in got:
        assert card[0] == ("VERSION", "4.0") and card[-1] == ("END", "VCARD")
        for once in ("FN", "UID", "NOTE", "REV"):
            assert [n for n, _ in card].count(once) == 1, card
    return got


def vcard():
    got = cards()
    assert len(got) == 3
    one = dict(got[0])
    assert one["KIND"] == "individual"
    assert re.fullmatch("p[0-9a-f]{12}", one["UID"]), one["UID"]
    assert len({dict(card)["UID"] for card in got}) == 3
    assert unescape(one["FN"], "\0") == [NAME], one["FN"]
    assert unescape(one["ORG"], ";") == ["@SUM(1+1),;\\"], one["ORG"]
    assert unescape(one["ADR"], ";") == ["", "", "", "Berlin, Germany", "",
                                         "", ""]
    assert unescape(one["CATEGORIES"], ",") == ["=hot", "a,b;c"]
    note = unescape(one["NOTE"], "\0")[0]
    assert note == (f"Summit 2026, k07-1\nkeep until: {UNTIL}\n"
                    f"rating: 4\n{ANSWERS}\n{TEXT}"), note
    assert one["REV"] == TIME.strftime("%Y%m%dT%H%M%SZ")
    assert dict(got[1])["FN"] == WIDE
    third = dict(got[2])
    assert third["FN"] == "a@mail.example" and "ORG" not in third


def table(name):
    with open(DIR / name, newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def salesforce():
    rows = table("leads.salesforce")
    assert list(rows[0]) == ["First Name", "Last Name", "Company", "Title",
                             "Email", "Phone", "City", "Country",
                             "Lead Source", "Description"], list(rows[0])
    for row in rows:
        assert row["Last Name"] and row["Company"]
        for key, cell in row.items():
            assert key == "Phone" or cell[:1] not in set("=+-@"), (key, cell)
    one, two, three = rows
    assert one["First Name"] == "'" + NAME[:-4] and one["Last Name"] == "Zoë"
    assert one["Phone"] == "+44 20 7946 0000" and two["Phone"] == "'+(2)-3"
    assert (one["City"], one["Country"]) == ("Berlin", "Germany")
    assert (two["City"], two["Country"]) == ("東京", "")
    assert one["Lead Source"] == "Summit 2026"
    assert one["Description"] == (f"Badge scan k07-1\nKeep until: {UNTIL}\n"
                                  "Rating: 4\nTag: =hot\n"
                                  f"Tag: a,b;c\n{ANSWERS}\n{TEXT}")
    assert two["Company"] == LONG and two["Last Name"] == WIDE
    assert three["Last Name"] == three["Company"] == "[not provided]"
    assert three["First Name"] == "" and three["Email"] == "a@mail.example"


def plain():
    rows, noted = table("leads.csv"), table("leads.csv-notes")
    objects = json.loads((DIR / "leads.json").read_text())
    assert {r["keep_until"] for r in rows + objects} == {UNTIL}, rows
    assert list(objects[0])[:3] == list(rows[0])[:3] == [
        "share_id", "time", "keep_until"], objects[0]
    for row in rows + noted:
        for key, cell in row.items():
            assert cell[:1] not in set("=+-@"), (key, cell)
    notes = [[row.pop(k) for k in ("rating", "tags", "answers", "note")]
             for row in noted]
    assert noted == rows, (noted, rows)
    assert notes == [["4", "'=hot, a,b;c", ANSWERS, "'" + TEXT]] + \
        [[""] * 4] * 2, notes


def same(rows, ada):
    """By the person's key: Ada's, Bo's, and one of nobody."""
    keys = {r["share_id"]: r["person"] or None for r in rows}
    assert len({keys[i] for i in ada} | {keys["k07-2"]}) == 2, keys
    assert keys["k07-4"] is None and all(keys[i] for i in ada), keys
    return keys[ada[0]]


def whose(ada):
    """All files say the same of whose a share is; the key of Ada."""
    sheet = openpyxl.load_workbook(DIR / "leads.xlsx").active
    head, *rows = list(sheet.iter_rows(values_only=True))
    return {same(rows, ada) for rows in (
        table("leads.csv"), json.loads((DIR / "leads.json").read_text()),
        [dict(zip(head, r)) for r in rows])}


def people():
    """One card and one row for a person, with what is agreed to in any share,
    and of each field the newest."""
    key, = whose(["k07-1", "k07-3"])
    by = {c["UID"]: c for c in map(dict, cards())}
    assert set(by) > {key, "k07-4"} and len(by) == 3, by
    ada = by[key]
    assert (ada["FN"], ada["EMAIL"], ada["ORG"], ada["TEL"]) == \
        ("Ada", "ada@mail.example", "New", "+44 1"), ada
    assert ada["CATEGORIES"] == "x,y,hot", ada
    assert unescape(ada["NOTE"], "\0") == [
        f"Summit 2026, k07-3\nkeep until: {LATER}\nsecond\n"
        f"Summit 2026, k07-1\nkeep until: {UNTIL}\nrating: 4\nfirst"]
    assert by["k07-4"]["ORG"] == "New" and "EMAIL" not in by["k07-4"]
    rows = {r["Last Name"]: r for r in table("leads.salesforce")}
    assert set(rows) == {"Ada", "Bo", "[not provided]"}, rows
    assert (rows["Ada"]["Email"], rows["Ada"]["Phone"]) == \
        ("ada@mail.example", "+44 1"), rows
    assert rows["Ada"]["Description"] == (
        f"Badge scan k07-3\nKeep until: {LATER}\nTag: x\nTag: y\nsecond\n"
        f"Badge scan k07-1\nKeep until: {UNTIL}\nRating: 4\nTag: hot\n"
        "Tag: x\nfirst"), rows


def fewer():
    key, = whose(["k07-3"])
    ada, = [dict(c) for c in cards() if ("UID", key) in c]
    assert (ada["FN"], ada["CATEGORIES"]) == ("ada@mail.example", "x,y"), ada
    assert "TEL" not in ada and "k07-1" not in ada["NOTE"], ada
    names = [r["Last Name"] for r in table("leads.salesforce")]
    assert "Ada" not in names, names


def files():
    xlsx()
    vcard()
    salesforce()
    plain()


{"files": files, "berlin": berlin, "people": people, "fewer": fewer}[sys.argv[2]]()
