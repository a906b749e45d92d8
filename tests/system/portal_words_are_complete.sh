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
words="$words|Datenschutzbeauftragter?n?|[Aa]bgesagt|(seine|ihre|Ihre|alle) Token"
if german | grep -wE "$words"
then
	echo "another word than the glossary's in de.po" >&2
	exit 1
fi
# Fields have the names that the booth has for them, in every language.
field_names() {
	for id in Name Email Company "Job title" "Work phone" Location; do
		if [ "$1" = en ]; then
			echo "$id"
		else
			msgcat --no-wrap "$SRC/firmware/kiosk/po/$1.po" |
			    sed -n "/^msgid \"$id\"\$/{n;s/^msgstr \"\(.*\)\"\$/\1/p;}"
		fi
	done
}
for file in "$SRC"/host/words_??.c; do
	lang=${file##*words_}
	lang=${lang%.c}
	[ "$lang" != my ] || continue
	sed -n '/\.field = {/,/}/p' "$file" | grep -o '"[^"]*"' | tr -d '"' \
	    >fields
	field_names "$lang" | diff - fields || {
		echo "other names of fields than the booth's: $lang" >&2
		exit 1
	}
done
field_names de | while read -r name; do
	sed -n '/^static const both fields/,/^}/p' "$SRC/host/import/why.c" |
	    grep -q "\"$name\" }" || {
		echo "the import has another name for $name" >&2
		exit 1
	}
	# Of its columns none is the whole location, and none is called so.
	n=$(sed -n '/^static const both columns/,/^}/p' \
	    "$SRC/host/import/why.c" | grep -c "\"$name\" }") || true
	[ "$n" = "$([ "$name" = Ort ] && echo 0 || echo 1)" ] || {
		echo "a column of the import has another name for $name" >&2
		exit 1
	}
done
# The portal has those words alone, and one for who attends.
if german | grep -E 'Telefon \(Arbeit\)|^msgstr "kommt|Einzelheit'; then
	echo "another word than the booth's or the glossary's in German" >&2
	exit 1
fi
if msgcat --no-wrap po/de.po | grep -iA1 '^msgid "work phone"$' |
    grep '^msgstr' | grep -v '"Diensttelefon"'
then
	echo "another name for the work phone in de.po" >&2
	exit 1
fi
# Who logs in is registered or not, and a ticket that is handed on is no share.
means() {
	if msgcat --no-wrap po/de.po | grep -iEA1 "^msgid .*($1)" |
	    grep '^msgstr' | grep -E "$2"
	then
		echo "German for \"$1\" is a word for something else" >&2
		exit 1
	fi
}
means 'log-?ins?\b|log in|log out|logged' '(an|ab)(ge)?meld|(An|Ab)meld|[Mm]elden Sie'
# A device is no registration, and what is withheld is not held for review.
means '\benrol(s|led|ment)?\b' '(an|ab)(ge)?meld|(An|Ab)meld|[Mm]eldet? sich'
means '\bwithh(o|e)ld(s)?\b.*\.?"$' '^msgstr "[^:,]*[Zz]urück(ge)?halten[^:,]*"$'
means 'handed on' '[Ww]eitergegeben'
