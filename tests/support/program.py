# SPDX-License-Identifier: Apache-2.0
"""program.py - a program that uses the host's API with a token, and checks each
answer against the served OpenAPI document."""

import json
import re
import time

import debian  # noqa: F401
from audited import audited
import jsonschema

DOCUMENT = "/api/v1/openapi.json"


def token(world, name, scopes, sponsor=None, days=30):
    more = ["--sponsor", sponsor] if sponsor else []
    return world.cli("token", "add", name, "--scope", scopes, "--days",
                     days, *more).strip()


class Answer:
    def __init__(self, r, url):
        self.status, self.headers, self.url = r.status, r.headers, url
        self.body = r.read()

    @property
    def json(self):
        return json.loads(self.body)


class Program:
    """token None: nobody."""

    def __init__(self, world, token=None, document=None):
        self.world, self.token, self.document = world, token, document
        self.c = world.connection(100)
        self.last = 0

    def ask(self, method, path, body=None, **headers):
        h = {k.replace("_", "-"): v for k, v in headers.items()}
        if self.token:
            h["Authorization"] = "Bearer " + self.token
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            h.setdefault("Content-Type", "application/json")
        # One that rested is about to be closed by who is asked.
        if time.monotonic() - self.last > 10:
            self.c.close()
        self.last = time.monotonic()
        with audited(self.world, method, path) as seen:
            self.c.request(method, path, body, h)
            a = Answer(self.c.getresponse(), path)
            seen(a.status)
        if self.document is not None and path.startswith("/api/"):
            conforms(self.document, method, path, a)
        return a

    def get(self, path, status=200, **headers):
        a = self.ask("GET", path, **headers)
        assert a.status == status, (path, a.status, a.body)
        return a


def operation(document, method, path):
    """The documented path that fits, and its operation."""
    path = path.split("?")[0]
    for pattern, item in document["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path):
            return pattern, item.get(method.lower())
    return None, None


def conforms(document, method, path, answer):
    """The status is documented, and the body fits its schema."""
    _, op = operation(document, method, path)
    if op is None:
        assert answer.status in (400, 404, 405), (method, path, answer.status)
        return
    codes = op["responses"]
    said = codes.get(str(answer.status)) or codes.get(
        f"{answer.status // 100}XX")
    assert said, (method, path, answer.status)
    type_ = (answer.headers["Content-Type"] or "").split(";")[0]
    content = said.get("content")
    if content is None:
        assert answer.body == b"", (method, path, answer.body)
        return
    if "*/*" in content:
        return
    assert type_ in content, (method, path, type_)
    schema = content[type_].get("schema")
    if schema:
        jsonschema.Draft202012Validator(
            {**schema, "components": document["components"]}).validate(
                answer.json)
