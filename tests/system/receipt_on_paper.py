# SPDX-License-Identifier: Apache-2.0
"""The receipt as a PDF: one page in each of the eight languages, with the facts
of the share's page and the words that were read, without a value and without
the code. Poppler reads it; pictures are in build/tests/screens/."""

import base64
import os
import pathlib
import re
import subprocess
import sys
import unicodedata

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from hosting import World, attending, badges, enrolled  # noqa: E402
from wire import Client  # noqa: E402
from world import policy_in_all  # noqa: E402

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SCREENS = pathlib.Path(os.environ["BUILD"]) / "tests/screens"
TITLE = {"en": "Receipt of a consent", "de": "Beleg einer Einwilligung",
         "fr": "Reçu d’un consentement", "es": "Recibo de un consentimiento",
         "ja": "同意の控え", "zh": "同意回执", "ar": "إيصال موافقة",
         "hi": "सहमति की रसीद"}
COUNTRY = {"en": "Germany", "de": "Deutschland", "fr": "Allemagne",
           "es": "Alemania", "ja": "ドイツ", "zh": "德国", "ar": "ألمانيا",
           "hi": "जर्मनी"}


def bare(text):
    """Without blanks and marks; letters in their plain form."""
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "",
                  unicodedata.normalize("NFKC", text))


def holds(seen, text, lang):
    """Of Arabic and Hindi, poppler gives signs in the order of the paper."""
    if lang in ("ar", "hi"):
        want, have = (set(bare(t)) for t in (text, seen))
        return len(want - have) <= len(want) // 8
    return bare(text) in bare(seen)


def paper(c, w, code, lang, name):
    answer = c.ask("POST", "/r/", f"code={code}&act=paper&lang={lang}", FORM)
    assert answer.status == 200, answer.body
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "receipt.pdf" in answer.headers["Content-Disposition"]
    path = w.dir / f"{name}.pdf"
    path.write_bytes(answer.body)
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True,
                          check=True).stdout
    assert re.search(r"^Pages: +1$", info, re.M), info
    assert "A4" in info, info
    SCREENS.mkdir(parents=True, exist_ok=True)
    subprocess.run(["pdftoppm", "-r", "70", "-png", "-singlefile", path,
                    SCREENS / f"receipt-paper-{name}"], check=True)
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True,
                           check=True).stdout
    rows = fonts.splitlines()[2:]
    assert rows and all(r.split()[-5] == "yes" for r in rows), fonts
    return answer.body, subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True,
        check=True).stdout


def begins_where_it_should(w, lang):
    """Arabic's first lines end at the right edge of what is printed on."""
    boxes = subprocess.run(["pdftotext", "-bbox", w.dir / f"{lang}.pdf", "-"],
                           capture_output=True, text=True, check=True).stdout
    top = [tuple(map(float, m)) for m in re.findall(
        r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)"',
        boxes) if float(m[2]) < 90]
    assert top, boxes
    if lang == "ar":
        assert max(m[1] for m in top) > 595 - 51 - 5, top
    else:
        assert min(m[0] for m in top) < 51 + 5, top


def every_sign_is_whole(w):
    """Cairo 1.16 loses strokes of some Chinese signs when it puts their font
    into a PDF, the left half of the first one here among them."""
    path = w.dir / "zh.pdf"
    boxes = subprocess.run(["pdftotext", "-bbox", path, "-"],
                           capture_output=True, text=True, check=True).stdout
    x, y, below = map(float, re.search(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"'
        '>如果', boxes).groups())
    box = [str(int(n * 2)) for n in (x, y, 5, below - y)]
    gray = subprocess.run(["pdftoppm", "-r", "144", "-gray", "-x", box[0],
                           "-y", box[1], "-W", box[2], "-H", box[3], path],
                          capture_output=True, check=True).stdout
    ink = sum(255 - b for b in gray[-int(box[2]) * int(box[3]):])
    assert ink > 255 * 25, ink


def in_every_language(c, w, d):
    person = attending(w)[0]
    for lang in TITLE:
        rc = os.urandom(16)
        seq = d.share(badges(w, 1)[0], [1, 3], rc=rc, lang=lang)
        assert d.upload(seq).status == 200
        code = base64.b32encode(rc).decode().rstrip("=")
        raw, seen = paper(c, w, code, lang, lang)
        begins_where_it_should(w, lang)
        policy = d.policy
        for text in (TITLE[lang], COUNTRY[lang],
                     policy["sponsor"]["purposes"][lang],
                     *policy["notices"][lang].values()):
            assert holds(seen, text, lang), (lang, text, seen)
        for text in ("Example Corp", f"k01-{seq}", "Summit 2026",
                     policy["sponsor"]["contact"], "180",
                     policy["sponsor"]["privacy_url"],
                     f"{policy['event']['receipts']}/r/",
                     "privacy@summit.example"):
            assert bare(text) in bare(seen), (lang, text, seen)
        # "Stand" is a booth on every other page.
        assert lang != "de" or ("Status" in seen and "Stand:" not in seen)
        for value in (person["name"], person["email"], code, rc.hex()):
            assert bare(value) not in bare(seen), (lang, value)
            assert value.encode() not in raw
    return code


def when_it_was_withdrawn(c, w, code):
    answer = c.ask("POST", "/r/", f"code={code}&act=withdraw", FORM)
    assert answer.status == 200
    seen = paper(c, w, code, "en", "withdrawn")[1]
    assert "You have withdrawn this share" in " ".join(seen.split())
    assert "give the code" not in " ".join(seen.split())


def the_longest_fits(c, w):
    """All texts as long as a policy may have them: still one page."""
    path = w.dir / "long.conf"
    text = (w.dir / "all.conf").read_text(encoding="utf-8")
    long = ("Ganz lange Worte " * 40)[:600]
    text = re.sub(r'^(\t\tde = )"Sie über.*$',
                  lambda m: f'{m[1]}"{long[:590]}"', text, flags=re.M)
    text += "".join(
        f'notice de {{ title = "{{sponsor}} {long[:560]}"\n'
        f'purpose = "{{purpose}} {{country}}"\n'
        f'retention = "{{days}} {long[:580]}"\n'
        f'withdraw = "{long[:599]}"\nsilence = "{long[:599]}" }}\n'
        for _ in range(1)).replace(
            'purpose = "{purpose} {country}"', 'purpose = '
            '"{purpose}{country}"')
    text = text.replace(long[:590], long[:580])
    path.write_text(text, encoding="utf-8")
    w.cli("policy", "install", path)
    d = enrolled(w, "k02")
    rc = os.urandom(16)
    d.share(badges(w, 1)[0], [1, 2, 3], rc=rc, lang="de")
    assert d.upload(1).status == 200
    code = base64.b32encode(rc).decode().rstrip("=")
    seen = paper(c, w, code, "de", "long")[1]
    assert bare(d.policy["notices"]["de"]["silence"]) in bare(seen)
    assert "k02-1" in seen and f"{d.policy['event']['receipts']}/r/" in seen


with World(policy=None) as world:
    policy_in_all(world.dir / "all.conf", 180)
    world.cli("policy", "install", world.dir / "all.conf")
    world.start_host()
    client = Client(world.url)
    device = enrolled(world, "k01")
    last = in_every_language(client, world, device)
    print("ok in_every_language")
    every_sign_is_whole(world)
    when_it_was_withdrawn(client, world, last)
    the_longest_fits(client, world)
print("ok")
