# SPDX-License-Identifier: Apache-2.0
"""What is said of every screen is what somebody has read and found right
(tests/spoken), and the voice of each language says it: a WAV that is not
silent and about as long as it takes to say so much.

    tests/spoken/update build     after a change of the words
"""

import array
import os
import pathlib
import re
import subprocess

BUILD = pathlib.Path(os.environ["BUILD"])
BIN = pathlib.Path(os.environ["BIN"])
GOLDEN = pathlib.Path(os.environ["SRC"]) / "tests/spoken"

# Seconds for a letter or a sign: the least and the most.
PACE = {"ja": (0.05, 0.5), "zh": (0.08, 0.6)}
LATIN = (0.03, 0.2)


def spoken(*args):
    return subprocess.run([BUILD / "tests/spoken", *args], check=True,
                          capture_output=True, text=True).stdout


def voice(lang, ssml, **kw):
    return subprocess.run([BIN / "badgeward-speech", "--stdout", lang],
                          input=ssml.encode(), capture_output=True, **kw)


def check_words(lang, *more):
    golden = GOLDEN / ("-".join((lang, *more)) + ".txt")
    got, want = spoken(lang, *more), golden.read_text()
    for a, b in zip(got.splitlines(), want.splitlines()):
        assert a == b, f"{golden.name}:\n  {a}\ninstead of\n  {b}"
    assert got == want, f"{golden.name} has other lines"
    return dict(line.split(" ", 1) for line in got.splitlines())


def samples(wav):
    assert wav[:4] == b"RIFF" and wav[8:16] == b"WAVEfmt ", wav[:16]
    rate = int.from_bytes(wav[24:28], "little")
    assert wav[36:40] == b"data"
    n = int.from_bytes(wav[40:44], "little")
    assert n == len(wav) - 44, (n, len(wav))
    return rate, array.array("h", wav[44:])


def check_voice(lang, what, ssml):
    done = voice(lang, ssml)
    assert done.returncode == 0, done.stderr.decode()
    rate, wave = samples(done.stdout)
    seconds = len(wave) / rate
    text = re.sub("<[^>]*>", "", ssml)
    least, most = PACE.get(lang, LATIN)
    assert least * len(text) < seconds < most * len(text), \
        f"{lang} {what}: {seconds:.1f} s for {len(text)} letters"
    step = rate // 10
    loud = [max(map(abs, wave[i:i + step])) > 500
            for i in range(0, len(wave), step)]
    assert sum(loud) > len(loud) / 2, f"{lang} {what}: silent"
    print(f"ok {lang} {what}: {seconds:.1f} s", flush=True)


def main():
    for lang in ("en", "de", "fr", "es", "ja", "zh", "ar", "hi"):
        said = check_words(lang)
        for what in ("ask", "shared", "ask-ticked/field:3"):
            check_voice(lang, what, said[what])
    read = check_words("ja", "kana")
    for what, ssml in read.items():
        own = re.sub('<voice xml:lang="[^"]*">[^<]*</voice>', "", ssml)
        assert not re.search("[\u4e00-\u9fff]", own), f"{what}: {own}"

    # A name is said by its own voice: it sounds otherwise than in another.
    own, other = (samples(voice("ja", f"<speak>{name}</speak>").stdout)[1]
                  for name in ('<voice xml:lang="en">Example</voice>',
                               "Example"))
    assert own != other

    for lang, ssml, code in (("xx", "<speak>a</speak>", 1), ("en", "", 0)):
        done = voice(lang, ssml)
        assert done.returncode == code, (lang, done)
    done = voice("ja", "<speak>会社</speak>",
                 env=dict(os.environ, PATH="/nonexistent"))
    assert done.returncode == 1 and b"kakasi" in done.stderr, done


main()
