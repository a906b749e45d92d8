# SPDX-License-Identifier: Apache-2.0
"""A share is released for as many days as the policy allows that it was made
under, and no longer: then no export has it, and its receipt says so."""

import base64
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled, leads  # noqa: E402
from mine import Mine, words  # noqa: E402
import wire  # noqa: E402
from wire import Client, open_jws  # noqa: E402
from world import POLICY  # noqa: E402

DAY = 86400
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OVER = {  # what a share's page says at its end
    "de": "aufbewahren darf, ist um", "fr": "la durée prévue est écoulée",
    "es": "Ha terminado el plazo", "ja": "期間は終わりました",
    "zh": "期限已过", "ar": "انتهت المدة", "hi": "वह पूरा हो गया है",
}
ONE_DAY = {
    "de": "1 Tag, bis", "fr": "1 jour, jusqu", "es": "1 día, hasta",
    "ja": "1日間、", "zh": "1天，", "ar": "عدد الأيام: 1، ", "hi": "1 दिन, ",
}


def receipt(w, rc, lang):
    code = base64.b32encode(rc).decode().rstrip("=")
    answer = Client(w.url).ask("POST", "/r/", f"code={code}&lang={lang}",
                               FORM)
    assert answer.status == 200, answer.status
    return answer.text


def wind(clock, seconds):
    new = clock.with_suffix(".new")
    new.write_text(f"{seconds}")
    new.rename(clock)


def purge(w):
    w.cli("purge", "--clock-is-right")
    w.cli("purge", "--apply")


def its_record_is_in_the_copy(w, clock, gone, there):
    """What outlives the share: until when, and why. What the law asked of its
    sponsor was the person's too."""
    w.cli("disclosure", "add", "--basis", "court", "--asked", "a court",
          "--decided", "the officer", "--sponsor", "example-corp",
          "--fields", "name")
    wind(clock, 31 * DAY + 600)  # the host's own 30 of the first
    purge(w)
    person, other = attending(w)[:2]
    me = Mine(w).enter(person["id"], 40 * DAY)
    copy = me.act("json").json
    assert [s["id"] for s in copy["shares"]] == [there], copy["shares"]
    one, = copy["records"]
    assert one["id"] == gone and one["fields"] == ["name", "email"], one
    assert one["sponsor"] == {"id": "example-corp", "name": "Example Corp"}
    # The event ends with 2035, its logs 180 days later.
    assert one["kept_until"][:7] == "2036-06", one
    assert one["because"] == "proof of consent", one
    seen = words(me.act("read").text)
    assert "Proof that you agreed" in seen and gone in seen, seen
    assert "Kept until" in seen.split("Proof that you agreed")[1], seen
    wind(clock, 32 * DAY + 600)
    purge(w)
    copy = Mine(w).enter(person["id"], 40 * DAY).act("json").json
    assert not copy["shares"] and len(copy["records"]) == 2, copy
    assert [x["to"] for x in copy["disclosures"]] == ["a court"], copy
    copy = Mine(w).enter(other["id"], 40 * DAY).act("json").json
    assert not copy["records"] and not copy["disclosures"], copy


with World(policy=None) as world:
    policy = world.dir / "policy.conf"
    text = POLICY.read_text().replace(
        "country     = DE", "country = DE\n\tretention_days = 1\n")
    policy.write_text(text)
    world.cli("policy", "install", policy)
    clock = world.dir / "clock"
    wind(clock, 0)
    os.environ.update(LD_PRELOAD=os.environ["BUILD"] + "/tests/wallclock.so",
                      WALLCLOCK=str(clock),
                      ASAN_OPTIONS="verify_asan_link_order=0")
    world.start_host()
    d = enrolled(world, "k01")
    rc = os.urandom(16)
    short = f"k01-{d.share(badges(world, 1)[0], [1, 2], rc=rc)}"
    # A version with more days does not lengthen what was agreed to before.
    policy.write_text(text.replace("retention_days = 1\n",
                                   "retention_days = 2\n"))
    world.cli("policy", "install", policy)
    answer = d.call("GET", "/v1/device/policy")
    d.take_policy(open_jws(answer.text, d.host_spki)[1])
    d.add(wire.POLICY, [d.policy["version"], d.policy["serial"],
                        d.policy_sha])
    long = f"k01-{d.share(badges(world, 1)[0], [1, 2])}"
    assert d.upload(1).status == 200

    wind(clock, DAY - 600)
    assert set(leads(world)) == {short, long}
    page = receipt(world, rc, "en")
    assert "can fetch these details" in page and "1 day, until" in page
    assert "Withdraw this share" in page
    for lang, said in ONE_DAY.items():
        assert said in receipt(world, rc, lang), lang

    wind(clock, DAY + 600)
    assert set(leads(world)) == {long}
    assert [row["share_id"] for row in world.leads()] == [long]
    page = receipt(world, rc, "en")
    assert "keep these details is over" in page, page
    assert "can fetch these details" not in page
    assert "Withdraw this share" not in page
    for lang, said in OVER.items():
        page = receipt(world, rc, lang)
        assert said in page and 'value="withdraw"' not in page, lang

    wind(clock, 2 * DAY + 600)
    assert not leads(world) and not world.leads()
    its_record_is_in_the_copy(world, clock, short, long)
    print("ok")
