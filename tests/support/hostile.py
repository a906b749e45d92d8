# SPDX-License-Identifier: Apache-2.0
"""hostile.py - a summit full of values that want to be markup, formulas or
another direction of writing, and what a page must never have made of them.

MARK is in each: where it stands in the page as anything but text or a field's
value, a value got out."""

import base64
import csv
import json
import os
import re
from html.parser import HTMLParser

from hosting import badges
from world import POLICY, REGISTRATIONS, World

MARK = "zqx"
MAILED = f"{MARK}@x.example"    # of the first; no mail goes to the others
VALUES = [
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"' onfocus='{MARK}()' autofocus x='",
    f'=HYPERLINK("http://{MARK}.example","{MARK}")',
    f"\u202e{MARK}\u2066<b>",
    f"</title></textarea></select><svg onload={MARK}()>",
    f"javascript:{MARK}()",
    f"&lt;script&gt;{MARK}&#x27;--><!--",
    f"a\0<{MARK}>",
    MARK + "\u00e4" * 4000,
    f"\r\nX-Evil: {MARK}",
]
TAGS = set("""html head meta link title body header footer main nav div span p
    h1 h2 h3 h4 a ul ol li dl dt dd form label input select option optgroup
    textarea button details summary table caption thead tbody tfoot tr th td
    bdi code pre time strong em small b i br hr img svg path rect g use canvas
    section article aside figure figcaption script noscript fieldset legend
    progress meter output abbr kbd mark sup sub datalist search template blockquote""".split())
ISOLATED = {"bdi", "option", "title", "textarea", "code", "pre"}
VOID = set("meta link input img br hr path rect use".split())
ELSEWHERE = set(re.findall(r'privacy_url += "(https:[^"]*)"',
                           POLICY.read_text()))     # where pages may lead
LINKS = ("href", "src", "action", "formaction", "data-src", "poster")
FILES = re.compile(r"data:(,|image/(png|svg\+xml)[;,])")


def policy(path):
    """The example policy with sponsors that have such names."""
    text = POLICY.read_text()
    for old, i in (("Example Corp", 0), ("Acme Instruments", 1)):
        name = VALUES[i].replace('"', '\\"')
        text = text.replace(f'= "{old}"', f'= "{name}"')
    path.write_text(text)
    return path


def registrations(path):
    """One for each value, with it in every column."""
    with open(REGISTRATIONS, newline="", encoding="utf-8") as f:
        head, first = list(csv.reader(f))[:2]
    rows = [head]
    for i, value in enumerate(v for v in VALUES if "\0" not in v):
        row = dict(zip(head, first), Quantity="1", Age="")
        for column in ("First Name", "Last Name", "Company", "Job Title",
                       "Work Phone", "Home City", "Home Country"):
            row[column] = value
        row.update({"Order #": f"42{i:08}", "Attendee #": f"52{i:08}",
                    "Barcode #": f"42{i:016}", "Email":
                    f"'<b>{MARK}{i}</b>'@x.example"})
        if i == 0:
            row["Email"] = MAILED
        if i == 1:
            row["Age"] = "12"
        rows.append([row[c] for c in head])
    with open(path, "w", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows(rows)
    return path


def prepare():
    """A world that is not started yet: event, sponsors, registrations."""
    world = World(policy=None, registrations=None)
    world.cli("import", "eventbrite", registrations(world.dir / "regs.csv"))
    world.cli("policy", "install", policy(world.dir / "policy.conf"))
    path = world.host_dir / "config.json"
    config = json.loads(path.read_text())
    config["event_name"] = VALUES[1]
    path.write_text(json.dumps(config))
    return world


def fill(world, people, devices):
    """Accounts, tokens, shares; the code of a receipt."""
    for i, value in enumerate(VALUES[:3]):
        world.cli("account", "invite", f"x{i}@acme.example", "--role",
                  "sponsor-manager", "--sponsor", "acme", "--name", value)
        world.cli("token", "add", value, "--scope", "metrics:read", "--days",
                  "9")
    for i, p in enumerate(people.values()):
        p.get("/me")
        p.post("/me/profile", name=VALUES[i], language="")
        assert p.page.status in (200, 422), p.page.text
    for tag in badges(world, 20):
        for device, fields in devices:
            rc = os.urandom(16)
            device.share(tag, fields, rc=rc)
    for device, _ in devices:
        device.close()
        assert device.upload(1).status == 200
    return base64.b32encode(rc).decode().rstrip("=")


class Page(HTMLParser):
    """A page's elements; faults is what came from a value. forms: "danger" is
    of those that the page marks so. alone: a file, which has its style in it."""

    def __init__(self, text, alone=False):
        super().__init__(convert_charrefs=True)
        self.alone, self.marked = alone, []
        self.faults, self.links, self.forms, self.open = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS and not (self.alone and tag == "style"):
            self.faults.append(f"<{tag}>")
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self.attribute(tag, name, value or "")
        a = dict(attrs)
        if tag == "script" and "src" not in a:
            self.faults.append("an inline script")
        if tag == "a" and a.get("href", "").startswith("/"):
            self.links.append(a["href"])
        if tag == "details":
            self.marked.append(a.get("class") == "danger")
        if tag == "form":
            # Without what a browser does not send.
            self.forms.append({"action": a.get("action", "").split("#")[0],
                               "fields": [],
                               "danger": any(self.marked), "method": a.get("method", "get"), "multipart":
                               a.get("enctype") == "multipart/form-data"})
        if tag in ("input", "textarea", "select") and self.forms:
            self.forms[-1]["fields"].append((tag, a))

    def attribute(self, tag, name, value):
        if not re.fullmatch(r"[a-z][a-z0-9:-]*|viewBox", name) or \
                MARK in name or name.startswith("on") or name == "style":
            self.faults.append(f"<{tag} {name}>")
        if name in LINKS and value not in ELSEWHERE and not (value[:1] in "/#?" and
                                  value[:2] != "//" or FILES.match(value) or
                                  value.startswith(("mailto:", "tel:+"))):
            self.faults.append(f"<{tag} {name}={value[:40]!r}>")

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if tag == "details" and self.marked:
            self.marked.pop()
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        else:
            self.faults.append(f"</{tag}>")

    def handle_comment(self, data):
        self.faults.append("a comment")

    def handle_data(self, data):
        if ("\u202e" in data or "\u2066" in data) and \
                not ISOLATED & set(self.open):
            self.faults.append("a direction that is not isolated: " +
                               "/".join(self.open[-3:]))
        if self.open[-1:] in (["script"], ["style"]) and data.strip() and \
                not (self.alone and MARK not in data):
            self.faults.append("script or style in the page")


def check(answer, told):
    """The Page of an HTML answer, None for a file."""
    kind = answer.headers["Content-Type"] or ""
    assert answer.status < 500, told
    assert answer.headers["X-Evil"] is None, told
    assert answer.headers["X-Content-Type-Options"] == "nosniff", told
    if not kind.startswith("text/html"):
        check_file(kind, answer, told)
        return None
    page = Page(answer.text)
    assert not page.faults, (told, page.faults[:5])
    # A form's hidden fields end it, so that what follows is not eaten.
    assert answer.text.rstrip().endswith("</html>"), told
    return page


def check_file(kind, answer, told):
    assert kind.split(";")[0] in (
        "application/json", "application/problem+json", "text/csv",
        "application/ld+json",
        "text/vcard", "text/plain", "image/png", "application/pdf",
        "application/octet-stream", "application/x-tar",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "text/event-stream"), (told, kind)
    name = answer.headers["Content-Disposition"] or \
        'attachment; filename="x"'
    assert re.fullmatch(r'(attachment|inline); filename="[\w.-]+"', name), \
        (told, name)
    if kind.startswith("text/csv"):
        check_table(answer.text, told)
    if "json" in kind and answer.body:
        json.loads(answer.body)


def check_table(text, told):
    for row in csv.reader(text.splitlines()):
        assert not any(c[:1] and c[0] in "=+-@\t\r" for c in row), told


def typed(field, value, csrf):
    tag, a = field
    kind = a.get("type", "text")
    if a.get("name") == "csrf":
        return csrf
    if kind == "hidden":
        return a.get("value", "")
    if kind in ("checkbox", "radio"):
        return a.get("value", "on")
    return value


def body_of(form, value, csrf):
    """(body, type) with the value in everything that can be filled in."""
    fields = [(f[1]["name"], typed(f, value, csrf)) for f in form["fields"]
              if "name" in f[1]]
    if not form["multipart"]:
        from urllib.parse import urlencode
        return urlencode(fields), None
    edge = "b" + os.urandom(8).hex()
    files = {f[1].get("name") for f in form["fields"]
             if f[1].get("type") == "file"}
    out = b""
    for name, text in fields:
        out += (f'--{edge}\r\nContent-Disposition: form-data; name="{name}"' +
                (f'; filename="{MARK}.csv"' if name in files else "") +
                "\r\n\r\n").encode() + text.encode() + b"\r\n"
    return out + f"--{edge}--\r\n".encode(), \
        f"multipart/form-data; boundary={edge}"
