#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every sentence of the portal has a German translation that fits it.
set -eu
"$SRC/host/portal/po/update" --check
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp -r "$SRC/host/portal/." "$dir"
# A sentence without one must be found, and one with another %s.
echo 'const char *more = N_("a sentence that nobody translated");' \
    >>"$dir/form.c"
if "$dir/po/update" --check 2>/dev/null; then
	echo "a missing sentence was not noticed" >&2
	exit 1
fi
cp "$SRC/host/portal/form.c" "$dir/form.c"
sed -i 's/^msgstr "Warten Sie %s Sekunden/msgstr "Warten Sie Sekunden/' \
    "$dir/po/de.po"
if "$dir/po/update" --check 2>/dev/null; then
	echo "a lost value was not noticed" >&2
	exit 1
fi
# One word for one thing in German, as the head of de.po says.
german() {
	msgcat --no-wrap po/de.po | grep '^msgstr'
	cat words_de.c words_my_de.c letter_de.c
}
cd "$dir"
cp "$SRC"/host/{words,words_my,letter}_de.c .
cp "$SRC/host/portal/po/de.po" po/de.po
words='Ausweise?|Ausweisen|Ausweisschalter|Namensschild|Leads?|Quittung'
words="$words|Anfragen?|Freigaben|[Gg]eteilt|[Dd]as Badge|[Ii]hr Badge lesen"
if german | grep -wE "$words"
then
	echo "another word than the glossary's in de.po" >&2
	exit 1
fi
