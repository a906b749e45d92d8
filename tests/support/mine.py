# SPDX-License-Identifier: Apache-2.0
"""mine.py - a person at /my/, over real HTTP.

    me = Mine(world).enter(person["id"])
    page = me.act("withdraw", share="k07-1")
"""

import base64
import contextlib
import hashlib
import html
import itertools
import os
import re
import sqlite3
import time
import urllib.parse

from wire import Client

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def words(page):
    """What a reader of the page sees."""
    text = re.sub(r"<(style|script|title).*?</\1>", "", page, flags=re.S)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


@contextlib.contextmanager
def database(world):
    db = sqlite3.connect(world.host_dir / "host.db", timeout=20)
    try:
        with db:
            yield db
    finally:
        db.close()


def rows(world, sql, *args):
    with database(world) as db:
        return db.execute(sql, args).fetchall()


def link(world, registration, seconds=3600):
    """A code as badgeward-mailer puts it into a mail (store_link.h)."""
    code = base64.b32encode(os.urandom(16)).decode().rstrip("=")
    digest = hashlib.sha256(b"badgeward/1 link\0" + code.encode()).digest()
    with database(world) as db:
        db.execute("INSERT INTO link VALUES (?, ?, 1, 0, ?)",
                   (digest, registration, int(time.time()) + seconds))
    return code


class Apart(Client):
    """From an address of its own, so that one person's mistakes slow nobody
    else."""

    numbers = itertools.count(2)

    def __init__(self, world):
        super().__init__(world.url)
        self.world = world
        self.source = f"127.0.0.{next(self.numbers)}"

    def connect(self, seconds):
        return self.world.connection(seconds, self.source)


class Mine:
    def __init__(self, world, lang="en"):
        self.world, self.lang = world, lang
        self.client = Apart(world)
        self.code = self.reg = None

    def post(self, path="/my/", headers=None, **fields):
        return self.client.ask(
            "POST", path, urllib.parse.urlencode(fields),
            dict(FORM, **{"Accept-Language": self.lang}, **(headers or {})))

    def open(self, code):
        answer = self.post(code=code)
        self.took(answer)
        return answer

    def took(self, answer):
        found = re.search(r'name="code" value="([A-Z2-7]{26})"', answer.text)
        if found:
            self.code = found[1]
        found = re.search(r'name="reg" value="(\d+)"', answer.text)
        if found:
            self.reg = found[1]

    def enter(self, registration, seconds=3600):
        answer = self.open(link(self.world, registration, seconds))
        assert answer.status == 200, answer.text
        return self

    def act(self, act, **fields):
        return self.post(**{"code": self.code, "reg": self.reg, "act": act,
                            **fields})

    def page(self):
        return self.post(code=self.code, reg=self.reg)
