# SPDX-License-Identifier: Apache-2.0
"""The consent receipt is JSON-LD in the DPV's profile of ISO/IEC TS 27560:
every term in it exists, the fields that the profile requires are there, and
what it says is what the share's page and its policy say."""

import base64
import hashlib
import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
import debian  # noqa: E402,F401
import rdflib  # noqa: E402
from hosting import World, attending, badges, enrolled  # noqa: E402
from wire import Client, canonical  # noqa: E402

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def vocabularies():
    """{namespace: names} and {prefix: namespace}."""
    terms, prefixes, at = {}, {}, None
    path = os.path.join(os.environ["SRC"], "tests/data/dpv/terms.txt")
    with open(path, encoding="ascii") as f:
        for line in f:
            if line.startswith("#") or not line.strip():
                continue
            if line[0] != " ":
                prefix, at = line.split()
                prefixes[prefix], terms[at] = at, set()
            else:
                terms[at].update(line.split())
    return terms, prefixes


TERMS, PREFIX = vocabularies()


def term(name):
    prefix, rest = name.split(":")
    assert rest in TERMS[PREFIX[prefix]], f"the test's own {name}"
    return rdflib.URIRef(PREFIX[prefix] + rest)


def unknown(iri, ours):
    """Why an address may not stand in a receipt; None: it may."""
    if iri.startswith(ours) or iri.startswith(str(rdflib.XSD)):
        return None
    ns = max((n for n in TERMS if iri.startswith(n)), key=len, default=None)
    if ns is None:
        return f"{iri} is of no vocabulary"
    return None if iri[len(ns):] in TERMS[ns] else f"{iri} does not exist"


def every_term_exists(g, ours):
    wrong = {unknown(str(x), ours) for triple in g for x in triple
             if isinstance(x, rdflib.URIRef)}
    wrong |= {unknown(str(x.datatype), ours) for triple in g for x in triple
              if isinstance(x, rdflib.Literal) and x.datatype}
    wrong.discard(None)
    assert not wrong, wrong
    # No name that was meant as one stayed a text.
    for triple in g:
        text = str(triple[2])
        assert not isinstance(triple[2], rdflib.Literal) or \
            text.split(":")[0] not in PREFIX, text


def one(g, subject, name):
    found = list(g.objects(subject, term(name)))
    assert len(found) == 1, (name, found)
    return found[0]


def some(g, subject, name):
    found = list(g.objects(subject, term(name)))
    assert found, f"{name} is missing"
    return found


def of_type(g, nodes, name):
    found = [n for n in nodes if (n, rdflib.RDF.type, term(name)) in g]
    assert found, f"no {name}"
    return found


def text(g, subject, name):
    return str(one(g, subject, name))


def has_what_the_profile_requires(g, w, d, seq, ended):
    """The guide's fields that MUST be present, in its order (8 and 9)."""
    receipt, = g.subjects(rdflib.RDF.type, term("dpv:ConsentReceipt"))
    assert one(g, receipt, "dct:conformsTo") == \
        term("dpv-27560:receipt-eu-gdpr")
    share = f"{d.device}-{seq}"
    assert text(g, receipt, "dct:identifier") == share
    assert text(g, receipt, "dpv:hasIdentifier") == str(receipt)
    assert one(g, receipt, "dct:created").datatype == rdflib.XSD.dateTime
    event = one(g, receipt, "dct:publisher")
    assert "Summit Association" in text(g, event, "dpv:hasName")
    assert text(g, event, "dpv:hasContact") == "privacy@summit.example"

    record = one(g, receipt, "dpv:hasRecordOfActivity")
    assert (record, rdflib.RDF.type, term("dpv:ConsentRecord")) in g
    assert one(g, record, "dct:conformsTo") == \
        term("dpv-27560:record-eu-gdpr")
    assert text(g, record, "dct:identifier") == share
    assert record != receipt
    subject = one(g, record, "dpv:hasDataSubject")
    of_type(g, [subject], "dpv:DataSubject")

    policy = d.policy
    notice = of_type(g, some(g, record, "dpv:hasNotice"),
                     "dpv:ConsentNotice")[0]
    shown = policy["notices"]["de"]
    assert text(g, notice, "dct:language") == "de"
    assert text(g, notice, "schema:version") == policy["version"]
    title = one(g, notice, "dct:title")
    assert str(title) == shown["title"] and title.language == "de"
    assert text(g, notice, "dct:description").split("\n") == [
        shown[k] for k in ("purpose", "retention", "withdraw", "silence")]
    assert text(g, notice, "dct:identifier") == \
        "sha256:" + hashlib.sha256(canonical(shown)).hexdigest()

    process = one(g, record, "dpv:hasProcess")
    purpose = one(g, process, "dpv:hasPurpose")
    told = {x.language: str(x) for x in some(g, purpose, "dct:description")}
    assert told == policy["sponsor"]["purposes"], told
    data = {one(g, x, "skos:broader"): one(g, x, "dpv:hasNecessity")
            for x in some(g, process, "dpv:hasPersonalData")}
    assert data == {term("pd:Name"): term("dpv:Required"),
                    term("pd:CurrentEmployment"): term("dpv:Optional")}, data
    stored = some(g, process, "dpv:hasStorageCondition")
    duration = one(g, of_type(g, stored, "dpv:StorageDuration")[0],
                   "dpv:hasDuration")
    assert one(g, duration, "rdf:value").datatype == rdflib.XSD.duration
    assert text(g, duration, "rdf:value") == "P180D"
    of_type(g, stored, "dpv:StorageLocation")
    assert one(g, process, "dpv:hasLegalBasis") == term("eu-gdpr:A6-1-a")

    controller = one(g, record, "dpv:hasDataController")
    assert one(g, process, "dpv:hasRecipient") == controller
    sponsor = policy["sponsor"]
    assert text(g, controller, "dpv:hasName") == sponsor["name"]
    assert text(g, controller, "dpv:hasIdentifier") == str(controller)
    assert text(g, controller, "dpv:hasContact") == sponsor["contact"]
    some(g, one(g, controller, "schema:contactPoint"), "schema:description")
    assert text(g, one(g, controller, "schema:address"),
                "schema:addressCountry") == sponsor["country"]
    assert str(one(g, controller, "schema:url")) == sponsor["privacy_url"]

    assert one(g, record, "dpv:hasJurisdiction") == term("loc:DE")
    assert one(g, record, "dpv:hasApplicableLaw") == \
        term("legal-eu:law-GDPR")
    control = one(g, record, "dpv:hasConsentControl")
    assert str(one(g, control, "dpv:isExercisedAt")) == f"{w.base}/r/"
    rights = some(g, record, "dpv:hasRight")
    for article in ("A7-3", "A15", "A16", "A17", "A18", "A20", "A77"):
        right = of_type(g, rights, f"eu-gdpr:{article}")[0]
        some(g, right, "dpv:isExercisedAt")
    authority = one(g, record, "dpv:hasAuthority")
    assert "Datenschutz" in text(g, authority, "dpv:hasName")

    states = some(g, record, "dpv:hasConsentStatus")
    assert len(states) == 1 + ended
    given = of_type(g, states, "dpv:ConsentGiven")[0]
    if ended:
        of_type(g, states, "dpv:ConsentWithdrawn")
    for state in states:
        assert one(g, state, "dpv:isIndicatedBy") == subject
        assert one(g, state, "dpv:isIndicatedAtTime").datatype == \
            rdflib.XSD.dateTime
        some(g, one(g, state, "dpv:hasDuration"), "rdf:type")
    until = one(g, one(g, given, "dpv:hasDuration"), "rdf:value")
    at = one(g, given, "dpv:isIndicatedAtTime")
    assert (until.toPython() - at.toPython()).days == 180
    # Where the proof is.
    assert str(one(g, record, "dct:source")) == \
        f"{w.base}/log/{d.device}/checkpoint"


def receipt(c, rc, act="receipt"):
    code = base64.b32encode(rc).decode().rstrip("=")
    answer = c.ask("POST", "/r/", f"code={code}&act={act}", FORM)
    assert answer.status == 200, answer.body
    return answer, code


def parsed(answer):
    return rdflib.Graph().parse(data=answer.text, format="json-ld")


def wrong_terms_are_found():
    """The test itself: a term that nobody defined does not pass."""
    for iri in ("https://w3id.org/dpv#hasConsentStatuz",
                "https://w3id.org/dpv/pd#Telefone",
                "https://w3id.org/dpv/legal/eu/gdpr#GDPR",
                "https://example.com/x", "dpv:ConsentGiven"):
        assert unknown(iri, ("https://host.example/",)), iri


with World() as world:
    wrong_terms_are_found()
    world.start_host()
    client = Client(world.url)
    d = enrolled(world, "k01")
    rc = os.urandom(16)
    seq = d.share(badges(world, 1)[0], [1, 3], rc=rc, lang="de")
    assert d.upload(1).status == 200
    world.base = d.policy["event"]["receipts"]
    ours = (world.base + "/", d.policy["event"]["uri"],
            d.policy["sponsor"]["privacy_url"])
    for ended in (False, True):
        answer, code = receipt(client, rc)
        assert answer.headers["Content-Type"] == "application/ld+json"
        g = parsed(answer)
        every_term_exists(g, ours)
        has_what_the_profile_requires(g, world, d, seq, ended)
        # Neither a value nor what withdraws.
        person = attending(world)[0]
        for value in (person["name"], person["email"], code, rc.hex()):
            assert value not in answer.text, value
        receipt(client, rc, "withdraw")
print("ok")
