# SPDX-License-Identifier: Apache-2.0
"""Uploads over HTTP: taken, resumed, repeated, forged, forked, revoked."""

import os
import sqlite3
import sys
import threading

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, badges, came, device_line  # noqa: E402
from hosting import enrolled, leads  # noqa: E402
from program import Program, token  # noqa: E402
import p256  # noqa: E402
from wire import b64url, canonical, cosigned, encode, sha  # noqa: E402
from wire import unb64url  # noqa: E402

LOG = "log.summit.example"


def takes_and_answers(w, badge):
    d = enrolled(w, "k01")
    first = d.share(badge[0], [1, 2])
    d.decline()
    second = d.share(badge[1], [1, 2, 3])
    answer = d.upload(1)
    assert answer.status == 200, answer.body
    note = answer.text
    assert note.startswith(f"{d.origin}\n4\n"), note
    assert cosigned(note, LOG, d.host_spki) > 1e9
    assert d.size() == 4
    rows = leads(w)
    assert {f"k01-{first}", f"k01-{second}"} <= set(rows)
    assert rows[f"k01-{first}"]["company"] == ""
    assert rows[f"k01-{first}"]["email"] != ""
    # The same again, and an overlap after a lost answer.
    assert d.upload(1).text == note
    d.undo(first)
    assert d.upload(1).status == 200
    assert d.size() == 5
    assert f"k01-{first}" not in leads(w)
    assert f"k01-{second}" in leads(w)


def beyond_is_a_gap(w, badge):
    d = enrolled(w, "k02")
    d.decline()
    d.decline()
    d.decline()
    answer = d.upload(3)
    assert answer.status == 409, answer.body
    assert answer.json["size"] == 1 and "error" in answer.json
    assert d.upload(1, 2).status == 200
    answer = d.upload(3)
    assert answer.status == 409 and answer.json["size"] == 2
    assert d.upload(2).status == 200
    assert d.size() == 4


def refused(d, data, start, entry=None, status=422):
    before = d.size()
    answer = d.upload(start, data=data)
    assert answer.status == status, (answer.status, answer.body)
    assert answer.json["error"]
    assert answer.json.get("entry") == entry, answer.body
    assert d.size() == before


def wrong_bytes_change_nothing(w, badge):
    d = enrolled(w, "k03")
    for _ in range(20):
        d.share(badge[0], [1, 2])
    pairs = [list(p) for p in d.log]
    # One body changed: its entry is named, none is kept.
    bad = [encode([e, b]) for e, b in pairs[1:]]
    body = bytearray(pairs[12][1])
    body[-1] ^= 1
    bad[11] = encode([pairs[12][0], bytes(body)])
    refused(d, b"".join(bad) + encode(d.note()), 1, 12)
    # An entry left out, two exchanged, one twice.
    each = [encode([e, b]) for e, b in pairs[1:]]
    tail = encode(d.note())
    good = b"".join(each) + tail
    refused(d, b"".join(each[:5] + each[6:]) + tail, 1)
    refused(d, b"".join([each[1], each[0]] + each[2:]) + tail, 1, 1)
    refused(d, b"".join(each[:1] + each) + tail, 1)
    # A deleted body is only for exports.
    each[3] = encode([pairs[4][0], None])
    refused(d, b"".join(each) + tail, 1, 4)
    # The note: another key's, another size, another root, none, twice.
    refused(d, d.bytes(1, note=d.note(key=p256.Key())), 1)
    refused(d, d.bytes(1, note=d.note(20)), 1)
    wrong = d.leaves[:-1] + [sha(b"x")]
    refused(d, d.bytes(1, note=d.note(leaves=wrong)), 1)
    refused(d, good[:-len(tail)], 1, 21)
    refused(d, good + tail, 1, 21)
    refused(d, b"", 1, 1)
    refused(d, b"\xff" * 50, 1, 1)
    # CBOR in another spelling.
    refused(d, b"\x98\x02" + good[1:], 1, 1)
    answer = d.call("POST", "/v1/device/log?from=-1", good)
    assert answer.status == 400
    answer = d.call("POST", "/v1/device/log", good)
    assert answer.status == 400
    answer = d.call("POST", "/v1/device/log?from=1&from=2", good)
    assert answer.status == 400
    # An edition is at most 255: that is no upload that is too large.
    e = enrolled(w, "k20")
    e.share((badge[0][0], 256), [1, 2])
    refused(e, e.bytes(1), 1, 1)
    # And now as it is.
    assert d.upload(1).status == 200
    assert d.size() == 21


def too_much_is_413(w, badge):
    d = enrolled(w, "k04")
    for _ in range(8193):
        d.log.append(d.log[0])
        d.leaves.append(d.leaves[0])
    answer = d.upload(1, data=d.bytes(1))
    assert answer.status == 413, answer.status
    answer = d.upload(1, data=bytes(4 * 1024 * 1024 + 1))
    assert answer.status == 413, answer.status
    del d.log[1:], d.leaves[1:]
    d.decline()
    assert d.upload(1).status == 200


def odd_entries_block_nothing(w, badge):
    d = enrolled(w, "k05")
    phone = d.share(badge[0], [1, 2, 5])
    ghost = d.share((b"\0" * 8, 1), [1, 2])
    other = d.share(badge[0], [1, 2], sponsor="acme")
    notice = d.share(badge[0], [1, 2], notice=sha(b"another"))
    english = sha(canonical(d.policy["notices"]["en"]))
    german = d.share(badge[0], [1, 2], lang="de", notice=english)
    d.undo(d.decline())
    good = d.share(badge[0], [1, 2])
    assert d.upload(1).status == 200
    rows = leads(w)
    for seq in (phone, ghost, other, notice, german):
        assert f"k05-{seq}" not in rows
    assert f"k05-{good}" in rows
    assert f"k05-{other}" not in leads(w, "acme")


def tokens_are_for_one_request(w, badge):
    d = enrolled(w, "k06")
    e = enrolled(w, "k07")
    target = "/v1/device/log"
    used = d.token("GET", target, None)
    assert d.call("GET", target, token=used).status == 200
    answer = d.call("GET", target, token=used)
    assert answer.status == 401 and "before" in answer.json["error"]
    for token in (
            d.token("POST", target, None), d.token("GET", target + "?x", None),
            d.token("GET", "/v1/device/policy", None),
            d.token("GET", target, b"body"),
            d.token("GET", target, None)[:-4] + "AAAA",
            e.token("GET", target, None).split(".")[0] + "." +
            ".".join(d.token("GET", target, None).split(".")[1:]),
            "x", "a.b.c"):
        answer = d.call("GET", target, token=token)
        assert answer.status == 401, (token, answer.body)
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert d.ask("GET", target).status == 401
    # "alg": none, and a signature left away.
    one, two, _ = d.token("GET", target, None).split(".")
    assert d.call("GET", target, token=f"{one}.{two}.").status == 401
    none = b64url(unb64url(one).replace(b"ES256", b"none"))
    assert d.call("GET", target, token=f"{none}.{two}.").status == 401
    # A clock that is off: 401, and the answer's Date to correct it by.
    for skew in (-310, 310):
        d.skew = skew
        answer = d.call("GET", target)
        assert answer.status == 401 and answer.headers["Date"]
        assert "300 seconds" in answer.json["error"]
    for skew in (-290, 290):
        d.skew = skew
        assert d.call("GET", target).status == 200
    d.skew = 0
    # The token covers the body of an upload.
    d.decline()
    data = d.bytes(1)
    token = d.token("POST", "/v1/device/log?from=1", data)
    d.decline()
    assert d.upload(1, data=d.bytes(1), token=token).status == 401


def used_tokens_survive_a_restart(w, badge):
    d = enrolled(w, "k08")
    used = d.token("GET", "/v1/device/log", None)
    assert d.call("GET", "/v1/device/log", token=used).status == 200
    w.host.kill()
    d.close()
    w.start_host()
    assert d.call("GET", "/v1/device/log", token=used).status == 401
    assert d.call("GET", "/v1/device/log").status == 200


def forks_are_kept(w, badge):
    d = enrolled(w, "k09")
    opened = d.last_time
    d.share(badge[0], [1, 2])
    d.share(badge[0], [1, 2])
    assert d.upload(1).status == 200
    log, leaves, shared = d.log[:], d.leaves[:], d.last_time
    # The same key tells another story from entry 1 on.
    del d.log[1:], d.leaves[1:]
    d.last_time = opened
    d.decline()
    d.decline()
    answer = d.upload(1)
    assert answer.status == 403, answer.body
    assert "staff" in answer.json["error"]
    d.log, d.leaves, d.last_time = log, leaves, shared
    assert d.size() == 3
    assert "fork" in device_line(w, "k09"), device_line(w, "k09")
    # Nothing is deleted, and the true log goes on.
    d.decline()
    assert d.upload(3).status == 200


def revoked_goes_to_quarantine(w, badge):
    d = enrolled(w, "k10")
    before = d.share(badge[0], [1, 2])
    assert d.upload(1).status == 200
    w.cli("device", "revoke", "k10")
    after = d.share(badge[1], [1, 2])
    answer = d.upload(2)
    assert answer.status == 200, answer.body
    assert d.size() == 3
    rows = leads(w)
    assert f"k10-{before}" in rows and f"k10-{after}" not in rows
    # Staff see what came then, and why it is nowhere.
    odd = w.cli("odd", "list", "--device", "k10").splitlines()
    assert len(odd) == 1 and odd[0].split("\t")[1] == str(after), odd
    assert odd[0].endswith("\tit came after its device was revoked"), odd


def uploads_side_by_side(w, badge):
    """The same upload many times at once, of two devices: each entry once."""
    devices = [enrolled(w, "k11"), enrolled(w, "k12")]
    bad = []

    def send(d, data, token):
        from wire import Client
        c = Client(w.url)
        answer = c.ask("POST", "/v1/device/log?from=1", data,
                       {"Authorization": "Bearer " + token})
        if answer.status != 200:
            bad.append((answer.status, answer.body))
        c.close()

    threads = []
    for d in devices:
        for _ in range(200):
            d.share(badge[0], [1, 2])
        data = d.bytes(1)
        for _ in range(5):
            token = d.token("POST", "/v1/device/log?from=1", data)
            threads.append(threading.Thread(target=send,
                                            args=(d, data, token)))
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not bad, bad[:3]
    rows = leads(w)
    for d in devices:
        assert d.size() == 201
        mine = [r for r in rows if r.startswith(d.device + "-")]
        assert len(mine) == 200, len(mine)


def status_is_taken(w, badge):
    d = enrolled(w, "k13")
    ok = d.call("POST", "/v1/device/status", b'{"version":"0.1.0"}')
    assert ok.status == 200, ok.body
    assert d.call("POST", "/v1/device/status", b"[]").status == 400
    assert d.call("POST", "/v1/device/status", b"{").status == 400
    assert d.call("POST", "/v1/device/status",
                  b'{"x":"' + b"y" * 5000 + b'"}').status == 413


def tells_nobody_who_declines(w, badge):
    """Without a log-in a log is as it was before this quarter hour: who looks
    on does not see it grow with a share, and stand still without one."""
    d = enrolled(w, "k41")
    auditor = Program(w, token(w, "auditor", "logs:read"))
    other = Program(w, token(w, "other", "devices:read"))

    def size(who=d):
        answer = who.ask("GET", "/log/k41/checkpoint")
        if answer.status == 404:
            assert b"quarter hour" in answer.body
            return 0
        assert answer.status == 200, answer.body
        assert answer.headers["Cache-Control"] == "no-store"
        note = answer.body.decode()
        assert note.startswith(d.origin + "\n")
        cosigned(note, LOG, d.host_spki)
        return int(note.split("\n")[1])

    came(w, 1)
    assert (size(), size(other), size(auditor)) == (0, 0, 1)
    d.share(badge[0], [1])
    assert d.upload(1).status == 200
    came(w, 1)
    d.share(badge[0], [1])
    assert d.upload(2).status == 200
    came(w, 1)
    assert (size(), size(other), size(auditor)) == (0, 0, 3)
    # The quarter hour of the first two is over, then that of the third.
    came(w, -9, below=2)
    assert (size(), size(other), size(auditor)) == (2, 2, 3)
    came(w, -9)
    assert (size(), size(other), size(auditor)) == (3, 3, 3)
    assert Program(w, "0" * 52).ask(
        "GET", "/log/k41/checkpoint").status == 401
    # Of what came before the quarter hour one note is kept, of later all.
    d.decline()
    assert d.upload(3).status == 200
    with sqlite3.connect(w.host_dir / "host.db") as db:
        assert db.execute(
            "SELECT id & 4294967295 FROM arrival "
            "JOIN device ON device.num = id >> 32 WHERE name = 'k41' "
            "AND note IS NOT NULL ORDER BY id").fetchall() == [(2,), (3,)]
    db.close()


with World() as world:
    world.start_host()
    pair = badges(world)
    for check in (takes_and_answers, beyond_is_a_gap,
                  wrong_bytes_change_nothing, too_much_is_413,
                  odd_entries_block_nothing, tokens_are_for_one_request,
                  used_tokens_survive_a_restart, forks_are_kept,
                  revoked_goes_to_quarantine, uploads_side_by_side,
                  status_is_taken, tells_nobody_who_declines):
        check(world, pair)
        print("ok", check.__name__)
    # What was exported of all of that verifies as an outsider sees it.
    for name in ("k01", "k03", "k05", "k09", "k10", "k11"):
        world.verify(name)
    log = world.log("host").read_text()
    for secret in ("Bearer ", "ada", "@"):
        assert secret not in log, f"the log says {secret!r}"
