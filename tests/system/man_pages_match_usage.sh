#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every program has a man page beside its source that mandoc finds no fault
# with, and page and --help name the same options. For badgeward this holds
# command by command: an entry of the page is the very synopsis of the command.
set -eu
fail=0

wrong() {
	printf '%s\n' "$*" >&2
	fail=1
}

# A page as plain text, without line breaks inside a synopsis.
plain() { mandoc -T ascii -O width=500 "$1" | col -b | expand; }

# The options in a text, a line each.
options() {
	grep -oE '(^|[ [(|,])--?[A-Za-z][a-z-]*' | sed 's/^[^-]*//' | sort -u
}

# The options that a page documents: in its synopsis and as entries.
documented() {
	sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESC/p; /^\.It.* *Fl /p' "$1" |
		grep -oE 'Fl -?[A-Za-z][a-z-]*' | sed 's/^Fl /-/' | sort -u
}

# find_page NAME: its one man page.
find_page() {
	find "$SRC/firmware" "$SRC/host" "$SRC/tools" -name "$1.[1-8]"
}

same_options() {
	local name=$1 usage=$2 page=$3
	diff <(printf '%s\n' "$usage" | options) \
	    <(documented "$page") ||
		wrong "$name: --help (<) and ${page##*/} (>) differ"
}

# The options of the page are those of the program.
check_program() {
	local name=$1 page
	page=$(find_page "$name")
	[ "$(printf '%s' "$page" | grep -c .)" = 1 ] || {
		wrong "$name has no man page, or several: $page"
		return
	}
	same_options "$name" "$("$BIN/$name" --help)" "$page"
	"$BIN/$name" --version | grep -qE "^$name [0-9]" ||
		wrong "$name --version does not say its name and version"
}

# Each command of badgeward: its synopsis is an entry of the page, and the
# other way round.
check_commands() {
	local page commands command synopsis
	page=$(find_page badgeward)
	plain "$page" >"$work/page"
	commands=$("$BIN/badgeward" --help | grep -E '^  [a-z]' | cut -c3-24 |
		sed 's/ *$//')
	while read -r command; do
		# shellcheck disable=SC2086
		[ "$command" != sim ] || continue
		"$BIN/badgeward" $command --help >"$work/help"
		synopsis=$(sed -n '1s/^usage: badgeward //p' "$work/help")
		grep -qxF "     $synopsis" "$work/page" ||
			wrong "badgeward.1 has no entry \"$synopsis\""
		grep -q "^  --help" "$work/help" ||
			wrong "$command --help does not list its options"
	done <<<"$commands"
	sed -n '/^COMMANDS/,/^THE ATT/p' "$work/page" |
		grep -oE '^     [a-z]+( [a-z]+)?' | sed 's/^ *//' |
		while read -r entry; do
			grep -qxF "$entry" <<<"$commands" ||
			    grep -qxF "${entry%% *}" <<<"$commands" ||
				echo "$entry"
		done >"$work/unknown"
	[ ! -s "$work/unknown" ] ||
		wrong "badgeward.1 has entries that are no commands:" \
		    "$(cat "$work/unknown")"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

find "$SRC/firmware" "$SRC/host" "$SRC/tools" -name '*.[1-8]' |
	while read -r page; do
		mandoc -T lint -W warning "$page"
	done >"$work/lint" || true
[ ! -s "$work/lint" ] || wrong "$(cat "$work/lint")"

# A command that is a program of its own: its options stand in badgeward.1, to
# which its page leads, and can be read where it is not installed.
check_alone() {
	local name=$1
	plain "$(find_page "$name")" >"$work/alone"
	grep -q "^ *$name - " "$work/alone" &&
		grep -q "badgeward badge ${name##*-}" "$work/alone" &&
		grep -qF "badgeward(1)" "$work/alone" ||
		wrong "$name has no page that leads to badgeward.1"
	"$BIN/$name" --version | grep -qE "^$name [0-9]" ||
		wrong "$name --version does not say its name and version"
	diff <("$BIN/$name" --help) \
	    <("$BIN/badgeward" badge "${name##*-}" --help) ||
		wrong "$name --help is not the command's"
}

for program in "$BIN"/*; do
	name=${program##*/}
	case $name in
	badgeward) check_commands ;;
	badgeward-badge-*) check_alone "$name" ;;
	*) check_program "$name" ;;
	esac
done
same_options "badgeward sim" "$("$BIN/badgeward" sim --help)" \
    "$(find_page badgeward-sim)"
exit $fail
