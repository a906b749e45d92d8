# SPDX-License-Identifier: Apache-2.0
"""Staff's pages about registrations: a file is uploaded, looked at, mapped
otherwise and applied, or refused because something has changed; the list is
searched and paged; one is withheld and released, a minor released by whom the
table allows."""

import html
import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from portal import Person, joined  # noqa: E402
from world import REGISTRATIONS, SRC, World  # noqa: E402

IMPORT = "/registrations/import"
HEAD = ("Order #,First Name,Last Name,Email,Quantity,Attendee Status,"
        "Barcode #,Job Title,Company,Firm,Age\n")


def report(n, more=""):
    return (HEAD + "".join(
        f"1,Pat{i},Walker{i},p{i}@many.example,1,Attending,77{i:05},,"
        f"Many Ltd,Firm {i},34\n" for i in range(n)) + more).encode()


def age(world, number, years):
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.execute("UPDATE registration SET minor_age = ? WHERE id = ?",
                   (years, number))


def counts(page):
    """Added, changed, handed on, unchanged, skipped."""
    body = page.text.split('<dl class="facts">')[1].split("</dl>")[0]
    return [int(re.sub(r"\D", "", html.unescape(x)))
            for x in re.findall(r"<dd>([^<]+)", body)]


def audit(world):
    with sqlite3.connect(world.host_dir / "host.db") as db:
        return db.execute("SELECT actor, act, object, detail FROM audit "
                          "ORDER BY id").fetchall()


def numbers(page):
    return re.findall(r'<th scope="row"><a href="/registrations/(\d+)"',
                      page.text)


def plan_of(page):
    return re.search(r'name="plan" value="([0-9a-f]{64})"',
                     page.text).group(1)


def staged(world):
    return list((world.host_dir / "import").iterdir())


def test_empty(desk):
    assert "Nobody has been imported yet" in desk.get("/registrations").text
    assert IMPORT in desk.page.text
    assert "There are none here" not in desk.page.text


def test_wrong_files(world, desk):
    desk.get(IMPORT)
    assert desk.upload(IMPORT, "file", b"").status == 422
    assert "not empty" in desk.page.text
    desk.get(IMPORT)
    a = desk.upload(IMPORT, "other", b"x")
    assert a.status == 422, a.status
    desk.get(IMPORT)
    a = desk.upload(IMPORT, "file", b"Name,Age\nA,3\n<script>,4\n")
    assert a.status == 422 and "cannot be taken" in a.text, a.text
    assert "name=\"plan\"" not in a.text
    assert "<script>" not in a.text
    assert "Which column is what" in a.text
    desk.post(desk.at + "/drop")
    # What is broken below its head is not mended by choosing columns, but it
    # may be what was chosen.
    desk.get(IMPORT)
    a = desk.upload(IMPORT, "file", REGISTRATIONS.read_bytes() + b"a,b\n")
    assert a.status == 422 and "cannot be taken" in a.text, a.text
    assert "Which column is what" not in a.text
    chosen = desk.get(desk.at + "?m2=-")
    assert chosen.status == 422 and "Which column is what" in chosen.text
    desk.post(desk.at.split("?")[0] + "/drop")
    assert "nothing was changed" in desk.page.text
    assert staged(world) == []
    # What was never uploaded, and what is no name at all.
    for name in ("0" * 32, "..%2f..%2fhost.db", "x"):
        a = desk.get(f"{IMPORT}/{name}")
        assert a.status == 404 and "Upload it again" in a.text, name
    desk.get(IMPORT)
    a = desk.post(f"{IMPORT}/{'0' * 32}/apply", plan="0" * 64)
    assert a.status == 404, a.status


def test_import(world, desk):
    desk.get(IMPORT)
    a = desk.upload(IMPORT, "file", REGISTRATIONS.read_bytes())
    assert a.status == 200 and counts(a) == [11, 0, 0, 0, 1], counts(a)
    assert "1 minor: no badge" in a.text
    assert "not attending" in a.text and "Guess: Barcode #" in a.text
    assert "ada.marlowe" not in a.text, "a plan shows no value"
    assert "11" not in [n for n in numbers(desk.get("/registrations"))]
    path = a.headers and f"{IMPORT}/{staged(world)[0].name}"
    # Only the rows that are skipped.
    a = desk.get(path + "?act=skipped")
    assert a.text.count("<tr>") == 2, "a head and a row"
    desk.post(path + "/apply", plan=plan_of(desk.get(path)))
    # What it did stands there, and later too.
    assert "The file was applied" in desk.page.text
    done = re.sub("<[^>]+>", "", desk.get(IMPORT).text.split("<tbody>")[1])
    for said in ("badge-desk@summit.example", "A report of Eventbrite was applied",
                 "added 11, changed 0, unchanged 0, skipped 1",
                 "skipped rows of the file: 12"):
        assert said in done, (said, done)
    assert len(numbers(desk.get("/registrations"))) == 11
    assert staged(world) == []
    got = audit(world)[-1]
    assert got[1:] == ("import.eventbrite", "added 11, changed 0, "
                       "unchanged 0, skipped 1", "skipped rows 12"), got
    assert got[0].startswith("account:"), got
    # The same again does nothing.
    desk.get(IMPORT)
    a = desk.upload(IMPORT, "file", REGISTRATIONS.read_bytes())
    assert counts(a) == [0, 0, 0, 11, 1] and "Nothing would change" in a.text
    assert "name=\"plan\"" not in a.text
    desk.post(f"{IMPORT}/{staged(world)[0].name}/drop")


def test_handed_on(world, desk):
    """Rows that are another person's are shown apart, without a value."""
    other = REGISTRATIONS.read_text(encoding="utf-8").replace(
        "Ada,Marlowe,ada.marlowe@lumen", "Bo,Berg,bo@berg")
    world.cli("right", "restrict", "1")
    desk.get(IMPORT)
    a = desk.upload(IMPORT, "file", other.encode())
    assert a.status == 200 and counts(a) == [0, 0, 1, 10, 1], counts(a)
    assert "1 ticket is handed on: another name and another" in a.text
    assert 'name="plan"' in a.text and "berg" not in a.text.lower()
    a = desk.get(f"{IMPORT}/{staged(world)[0].name}?act=handed%20on")
    assert a.text.count("<tr>") == 2, "a head and a row"
    assert "another name and another address: another person" in a.text
    assert 'href="/registrations/1"' in a.text
    desk.post(f"{IMPORT}/{staged(world)[0].name}/drop")
    world.cli("right", "lift", "1")


def test_renamed(world, desk):
    """Whom a row renames is seen before it is so; no other value is."""
    other = REGISTRATIONS.read_text(encoding="utf-8").replace(
        "Ada,Marlowe,", "<b>Bo,Berg,").replace("Lumen Works", "Other Works")
    desk.get(IMPORT)
    a = desk.upload(IMPORT, "file", other.encode())
    assert a.status == 200 and counts(a) == [0, 1, 0, 10, 1], counts(a)
    path = f"{IMPORT}/{staged(world)[0].name}"
    row = desk.get(path + "?act=changed").text.split("<tbody>")[1]
    row = row.split("</tbody>")[0]
    assert "Name: <bdi>Ada Marlowe</bdi> → <bdi>&lt;b&gt;Bo Berg</bdi>, " \
        "Company" in row, row
    assert "Works" not in row, "what else is changed has no values"
    assert "berg" not in desk.get(path + "?act=unchanged").text.lower()
    desk.post(path + "/drop")


def test_mapping(world, desk):
    """A column that was guessed wrong is chosen, and looked at again; the
    plan that was looked at is the one that is applied, or none."""
    desk.get(IMPORT)
    desk.upload(IMPORT, "file", report(120))
    path = f"{IMPORT}/{staged(world)[0].name}"
    assert "?" not in desk.at
    a = desk.get(path + "?from=50")
    assert "from=100" in a.text, "the rows have pages"
    old = plan_of(desk.get(path))
    select = re.search(r'<label for="(m\d+)">company</label>', desk.page.text)
    firm = re.search(r'value="(\d+)">Firm<', desk.page.text).group(1)
    name = select.group(1)
    a = desk.get(f"{path}?{name}={firm}&m2=&k=eventbrite")
    new = plan_of(a)
    assert new != old
    assert f'name="{name}" value="{firm}"' in a.text
    # The other plan's fingerprint with this mapping: nothing happens.
    a = desk.post(path + "/apply", plan=old, **{name: firm})
    assert a.status == 409 and "Nothing was changed" in a.text, a.status
    # Somebody changes the store meanwhile.
    desk.get(f"{path}?{name}={firm}")
    world.cli("right", "restrict", "1")
    first = world.dir / "one.csv"
    first.write_bytes(report(1))
    world.cli("import", "eventbrite", first, "--yes")
    a = desk.post(path + "/apply", plan=new, **{name: firm})
    assert a.status == 409 and counts(a) == [119, 1, 0, 0, 0], counts(a)
    assert "company" in a.text
    # Most of those who attend are not in this file: that must be meant.
    again = plan_of(a)
    assert 'name="sure"' in a.text
    a = desk.post(path + "/apply", plan=again, **{name: firm})
    assert a.status == 422 and "Say that it is" in a.text
    a = desk.post(path + "/apply", plan=again, sure="1", **{name: firm})
    assert a.status == 200 and desk.at == IMPORT + "?done=imported", desk.at
    world.cli("right", "lift", "1")
    assert "Firm 119" in world.cli("registration", "list")


def sorted_alone(desk):
    """A file whose names stand beside another's address, uploaded."""
    head, *lines = report(131).decode().splitlines(keepends=True)
    assert head == HEAD
    for i in range(0, 40, 2):
        names = [line.split(",")[1:3] for line in lines[i:i + 2]]
        for n, line in enumerate(lines[i:i + 2]):
            cells = line.split(",")
            cells[1:3] = names[1 - n]
            lines[i + n] = ",".join(cells)
    desk.get(IMPORT)
    a = desk.upload(IMPORT, "file", (head + "".join(lines)).encode())
    return a, desk.at


def test_sorted_alone(world, desk):
    """How many get another name is said; those names ask for a yes of their
    own, whatever was said of the file."""
    a, path = sorted_alone(desk)
    assert "40 registrations get another name." in a.text, a.text
    said = {"sure": "1"}
    a = desk.post(path + "/apply", plan=plan_of(a), **said)
    assert a.status == 422, a.status
    assert "Say that the other names are right." in a.text
    assert 'value="1" checked>' in a.text, "what was ticked stays"
    assert "Walker1" in world.cli("registration", "list")
    desk.post(path + "/drop")


def test_names_are_right(world, desk):
    """With both it is done."""
    a, path = sorted_alone(desk)
    desk.post(path + "/apply", plan=plan_of(a), sure="1", names="1")
    assert re.search(r"Pat1 Walker1\tp0@many", world.cli("registration",
                                                         "list"))


def test_list(desk):
    """Pages forth and back, searches without regard to case and script."""
    seen, path, pages = [], "/registrations", []
    while path:
        a = desk.get(path)
        pages.append(numbers(a))
        seen += pages[-1]
        m = re.search(r'<a href="([^"]+)">Next page', a.text)
        path = html.unescape(m.group(1)) if m else None
    assert len(seen) == len(set(seen)) == 131, len(seen)
    back = re.search(r'<a href="([^"]+)">Previous page', a.text).group(1)
    a = desk.get(html.unescape(back))
    assert numbers(a) == pages[-2]
    a = desk.get(html.unescape(re.search(
        r'<a href="([^"]+)">Previous page', a.text).group(1)))
    assert numbers(a) == pages[0] and "Previous page" not in a.text
    for what, want in (("ADA+marl", 1), ("%C5%82%C3%B3d%C5%BA", 0),
                       ("lumen.example", 1), ("%E6%A0%AA%E5%BC%8F", 1),
                       ("7700119", 1), ("many+ltd", 0), ("firm+11", 11),
                       ("nobody+at+all", 0),
                       ("wisniewski+lukasz", 1), ("marlowe+lumen", 1),
                       ("marlowe+brama", 0), ("%E7%94%B0+%E8%8A%B1", 1), ("%3Cb%3E", 0)):
        a = desk.get(f"/registrations?q={what}")
        assert len(numbers(a)) == want, (what, len(numbers(a)))
        assert want or "Show all" in a.text
    assert numbers(desk.get("/registrations?q=131")) == ["131"]
    a = desk.get("/registrations?status=minor")
    assert len(numbers(a)) == 1
    # The question is kept on further pages.
    a = desk.get("/registrations?q=walker&status=attending")
    assert "q=walker&amp;status=attending&amp;behind=" in a.text
    for wrong in ("behind=x", "before=-1", "status=nonsense",
                  "q=" + "%61" * 140):
        assert desk.get("/registrations?" + wrong).status == 200, wrong
    assert desk.ask("GET", "/registrations?q=%00").status == 400


def test_one(world, desk):
    a = desk.get("/registrations/1")
    for text in ("Ada Marlowe", "Lumen Works", "None was made yet",
                 "ntag213", "everything"):
        assert text in a.text, text
    a = desk.post("/registrations/1/withhold")
    assert a.status == 422 and "Choose a reason." in a.text
    a = desk.post("/registrations/1/withhold", reason="made up")
    assert a.status == 422
    a = desk.post("/registrations/1/withhold", reason="mistake")
    assert "is withheld. To undo it" in a.text, a.text
    # In words, where the audit has a key.
    assert "The registration is a mistake" in a.text, a.text
    assert "reason mistake" not in a.text and "no badge is made" in a.text
    assert audit(world)[-1][1:] == ("registration.withhold",
                                    "registration 1", "reason mistake")
    # Twice, from another tab: it says so.
    a = desk.post("/registrations/1/withhold", reason="mistake")
    assert "Nothing was changed" in a.text
    a = desk.post("/registrations/1/release", reason="settled")
    assert "is released" in a.text and "Withhold" in a.text
    # What the person wants is not the desk's to take back.
    for reason, back in (
            ("objection", ("--objection", "--leads")), ("restriction", ())):
        a = desk.post("/registrations/1/withhold", reason=reason)
        assert "Only the person can take that back" in a.text, a.text
        assert 'href="/requests"' in a.text and "below" not in a.text
        assert "/registrations/1/release" not in a.text
        a = desk.post("/registrations/1/release", reason="settled")
        assert a.status == 409 and "Only the person" in a.text, a.status
        assert "no badge is made" in desk.get("/registrations/1").text
        world.cli("right", "lift", "1", *back)
    # Nor what the privacy officer decided, though nobody asked for it.
    world.cli("right", "erase", "1", "--without-case", "mistake")
    a = desk.get("/registrations/1")
    assert "nobody had asked for that" in a.text, a.text
    assert "Only the person" not in a.text
    assert "/registrations/1/release" not in a.text
    world.cli("right", "undo", "1")
    for path in ("/registrations/0", "/registrations/99999",
                 "/registrations/1x", "/registrations/-1"):
        assert desk.get(path).status == 404, path
    desk.get("/registrations/1")
    a = desk.post("/registrations/99999/withhold", reason="objection")
    assert a.status == 404
    # Badges that were made, and a reissue.
    for args in ((), ("--reissue",)):
        world.cli("badge", "encode", "--registration", "1", "--uid",
                  "04e10cda993c80", "--out", world.dir / "b", "--type",
                  "ntag216", "--force", *args)
    a = desk.get("/registrations/1")
    assert "blocked since" in a.text and ">good" in a.text, a.text
    table = a.text.partition("Badges that were made")[2].partition(
        "</table>")[0]
    assert re.findall(r"<tr[^>]*>\s*<td[^>]*>(\d+)", table) == ["2", "1"], table


def test_minors(world, people):
    desk, privacy = people["badge-desk"], people["privacy-officer"]
    number = numbers(desk.get("/registrations?status=minor"))[0]
    a = desk.get(f"/registrations/{number}")
    assert "privacy officer can release" in a.text
    a = desk.post(f"/registrations/{number}/release", reason="settled")
    assert "Nothing was changed" in a.text
    assert desk.ask("GET", "/minors").status == 403
    a = privacy.get("/minors")
    assert f"/minors/{number}" in a.text and "Noa" not in a.text
    # A minor's who was withheld is a minor's again, not released.
    desk.get(f"/registrations/{number}")
    desk.post(f"/registrations/{number}/withhold", reason="not-coming")
    desk.post(f"/registrations/{number}/release", reason="settled")
    assert "this is a minor" in desk.page.text
    a = privacy.get(f"/minors/{number}")
    assert "16 years old" in a.text and "Noa" not in a.text
    assert "mark-wrong" not in a.text, "nobody marked it"
    a = privacy.post(f"/minors/{number}/release", reason="mark-wrong",
                     confirm=number)
    assert a.status == 422 and "Choose a reason." in a.text
    a = privacy.post(f"/minors/{number}/release", reason="age-wrong",
                     confirm="1")
    assert a.status == 422 and "another number" in a.text
    a = privacy.post(f"/minors/{number}/release", confirm=number)
    assert a.status == 422 and "Choose a reason." in a.text
    a = privacy.post(f"/minors/{number}/release", reason="age-wrong",
                     confirm=number)
    assert "is released" in a.text and "none here" in a.text, a.text
    assert audit(world)[-1][1:] == (
        "registration.release", f"registration {number}", "reason age-wrong")
    assert "attends (released)" in desk.get(f"/registrations/{number}").text
    marked(world, people, number)
    marked_adult(world, privacy)
    neither(world, privacy)


def marked(world, people, number):
    """As a minor's, whatever the report says, by who may release it."""
    desk, privacy = people["badge-desk"], people["privacy-officer"]
    here, to = f"/minors/{number}", f"/minors/{number}/mark"
    with sqlite3.connect(world.host_dir / "host.db") as db:
        db.execute("INSERT INTO badge (badge_id, registration) "
                   "VALUES (x'%032x', ?)" % 7, (number,))
    blocked = "SELECT value FROM meta WHERE key = 'blocked'"
    with sqlite3.connect(world.host_dir / "host.db") as db:
        before = db.execute(blocked).fetchone()
    assert here not in desk.get(f"/registrations/{number}").text
    assert desk.post(to).status == 403
    # Who may not see the list of all finds one by its number.
    a = privacy.get("/minors?number=9999")
    assert a.status == 404 and "no such registration" in a.text
    assert 'value="9999"' in a.text, a.text
    assert here not in privacy.get("/minors").text
    a = privacy.get(f"/minors?number={number}")
    for says in ("blocked on every device", "left out of exports", to):
        assert says in a.text, says
    a = privacy.post(to)
    assert "marked as" in a.text or "Saved." in a.text, a.text
    assert audit(world)[-1][1] == "registration.minor", audit(world)[-1]
    assert "this is a minor" in desk.get(f"/registrations/{number}").text
    with sqlite3.connect(world.host_dir / "host.db") as db:
        assert db.execute(blocked).fetchone() > before
    privacy.get("/minors")
    assert "Nothing was changed" in privacy.post(to).text
    privacy.get(here)
    privacy.post(f"{here}/release", reason="age-wrong", confirm=number)


def marked_adult(world, privacy):
    """Of whom the report gives an age that is not kept: staff's word alone."""
    a = privacy.get("/minors?number=1")
    assert "<h1>Mark a registration as a minor&#39;s" in a.text, a.text
    privacy.post("/minors/1/mark")
    assert "marked by staff" in privacy.get("/minors").text
    a = privacy.get("/minors/1")
    assert "<h1>Release" in a.text and "no age under 18" in a.text, a.text
    assert "years old" not in a.text and "age-wrong" not in a.text, a.text
    a = privacy.post("/minors/1/release", reason="age-wrong", confirm="1")
    assert a.status == 422 and "Choose a reason." in a.text
    a = privacy.post("/minors/1/release", reason="mark-wrong", confirm="1")
    assert "is released" in a.text, a.text
    assert audit(world)[-1][1:] == (
        "registration.release", "registration 1", "reason mark-wrong")


def neither(world, privacy):
    """Looked up by a number that came with blanks; what can be neither marked
    nor released says why, in the page's language."""
    world.cli("right", "restrict", "2")
    a = privacy.get("/minors?number=%202%20")
    assert "<h1>Registration<" in a.text and "is withheld" in a.text, a.text
    assert "/mark" not in a.text
    world.cli("right", "lift", "2")
    assert privacy.get("/minors?number=2%202").status == 404
    # What was decided is said, not named as the audit does.
    page = joined(world, "words@summit.example", "badge-desk").get(
        "/registrations/2")
    decided = page.text.split(
        "What was decided</h2>")[1]
    assert "The data was restricted" in decided, decided
    assert "The restriction was lifted" in decided, decided
    assert "right." not in decided, decided
    world.cli("right", "erase", "3", "--without-case", "mistake")
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        db.execute("UPDATE registration SET status = 4, key = 'erased 3' "
                   "WHERE id = 3")
    german = joined(world, "g@summit.example", "privacy-officer",
                    language="de")
    a = german.get("/minors?number=3")
    assert "wurde gelöscht" in a.text and "erased" not in a.text, a.text
    assert "Anmeldung <bdi>3" in a.text, a.text


def test_german(world):
    a = joined(world, "d@summit.example", "badge-desk", language="de")
    # What was decided of who is erased.
    said = a.get("/registrations/3").text
    said = said.split("Was entschieden wurde</h2>")[1].split("</table>")[0]
    assert "fällig <time" in said and ">due" not in said, said
    with sqlite3.connect(world.host_dir / "host.db", timeout=10) as db:
        assert db.execute("SELECT count(*) FROM audit WHERE object = "
                          "'registration 3' AND detail LIKE 'due %'"
                          ).fetchone() == (1,)
    a.get(IMPORT)
    page = a.upload(IMPORT, "file",
                    (SRC / "tests/data/pretix-positions-de.csv").read_bytes())
    assert "sagt nicht, wie sie kodiert ist" in page.text, page.text
    assert "Position" in page.text and "neu" in page.text
    assert "m\u00fcller" not in page.text.lower()
    # What is wrong with a file, and where.
    for data, says in ((b"%PDF-1.7\n", "es ist ein PDF-Dokument; exportieren"),
                       (b"Barcode number,Email\r\n1,2\r\n", "Zeile 1: die "
                        "Spalte \"Attendee Status\" fehlt; ist das Eventbrites "
                        "Bericht über Teilnehmende")):
        a.get(IMPORT)
        text = html.unescape(re.sub(r"</?bdi>", "", a.upload(
            IMPORT, "file", data).text))
        assert says in text, text
        a.post(a.at + "/drop")


with World(registrations=None) as world:
    world.start_host()
    people = {role: joined(world, f"{role}@summit.example", role)
              for role in ("organiser", "privacy-officer", "badge-desk")}
    desk = people["badge-desk"]
    test_empty(desk)
    test_wrong_files(world, desk)
    test_import(world, desk)
    test_renamed(world, desk)
    test_handed_on(world, desk)
    test_mapping(world, desk)
    test_sorted_alone(world, desk)
    test_list(desk)
    test_one(world, desk)
    test_minors(world, people)
    test_german(world)
    test_names_are_right(world, desk)
    # Whoever is not logged in sees nothing.
    assert Person(world).get("/registrations/1").text.count("Ada") == 0
