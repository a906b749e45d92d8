# SPDX-License-Identifier: Apache-2.0
"""GET /metrics: every line is the Prometheus text format 0.0.4's, each family
is whole and named as Prometheus wants it, the figures are right, no label has a
secret; it is for this machine or a token, not for who comes through a proxy."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import badges, enrolled, invited  # noqa: E402
from portal import Person, joined  # noqa: E402
from program import Program, token  # noqa: E402
from world import World  # noqa: E402

NAME = r"[a-z][a-z0-9_]*"
LABEL = rf'{NAME}="(?:[^"\\\n]|\\[\\"n])*"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (\d+)")


def parse(text):
    """{family: {labels: number}}"""
    assert text.endswith("\n")
    out, family, type_ = {}, None, None
    for line in text[:-1].split("\n"):
        if line.startswith("# HELP "):
            family = line.split(" ")[2]
            assert family not in out, f"{family} stands twice"
            assert re.fullmatch(f"badgeward_{NAME}", family), family
            assert line.endswith("."), line
            out[family], type_ = {}, None
        elif line.startswith("# TYPE "):
            _, _, name, type_ = line.split(" ")
            assert name == family and type_ in ("counter", "gauge"), line
            assert (type_ == "counter") == family.endswith("_total"), line
        else:
            m = SAMPLE.fullmatch(line)
            assert m and m[1] == family and type_, line
            assert m[2] not in out[family], line
            out[family][m[2]] = int(m[3])
    return out


with World() as world:
    world.start_host()
    d = enrolled(world, "k01")
    invited(world, "k02")
    d.share(badges(world, 1)[0], [1, 2])
    assert d.upload(1).status == 200
    status = b'{"version": "0.1.0", "backlog": 17, "trouble": "x\\"y"}'
    assert d.call("POST", "/v1/device/status", status).status == 200
    olga = joined(world, "olga@summit.example", "organiser")
    other = Person(world)
    other.get("/login")
    other.post("/login", mail="olga@summit.example", password="wrong, so wrong")
    local = Program(world)
    answer = local.get("/metrics")
    assert answer.headers["Content-Type"] == \
        "text/plain; version=0.0.4; charset=utf-8"
    m = parse(answer.body.decode())
    assert m["badgeward_devices"] == {'state="invited"': 1,
                                      'state="active"': 1,
                                      'state="revoked"': 0}
    assert m["badgeward_log_entries_total"] == {
        'device="k01"': len(d.log), 'device="k02"': 0}
    assert m["badgeward_device_backlog_entries"] == {'device="k01"': 17}
    assert m["badgeward_device_last_seen_timestamp_seconds"][
        'device="k01"'] > 1e9
    assert m["badgeward_logins_total"] == {'result="accepted"': 1,
                                           'result="refused"': 1}
    assert m["badgeward_store_bytes"]['file="host.db"'] > 0
    assert m["badgeward_event_streams"] == {None: 0}
    assert m["badgeward_requests_waiting"] == {None: 0}
    requests = m["badgeward_http_requests_total"]
    assert requests['class="device",code="200"'] >= 2
    assert requests['class="page",code="200"'] >= 1
    local.ask("GET", "/api/v1/devices")
    m = parse(local.get("/metrics").body.decode())
    assert m["badgeward_http_requests_total"]['class="api",code="401"'] == 1
    for secret in ("olga", "summit.example", "bw_"):
        assert secret not in answer.body.decode(), secret
    # Through a proxy nobody is local.
    far = {"X_Forwarded_For": "203.0.113.9"}
    assert local.ask("GET", "/metrics", **far).status == 401
    assert local.ask("GET", "/metrics", Host="evil.example").status == 421
    watcher = Program(world, token(world, "watch", "metrics:read"))
    assert watcher.ask("GET", "/metrics", **far).status == 200
    wrong = Program(world, token(world, "other", "devices:read"))
    assert wrong.ask("GET", "/metrics").status == 403
    assert olga.ask("GET", "/metrics", headers={
        "X-Forwarded-For": "203.0.113.9"}).status == 200
    print("ok")
