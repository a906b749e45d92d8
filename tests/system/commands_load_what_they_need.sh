#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A command loads no library that only another one wants: text on paper and HTTP
# are in programs of their own, and none has both.
set -eu
fail=0

# loads PROGRAM LIBRARY
loads() { ldd "$BIN/$1" | grep -q "lib$2"; }

has_not() {
	! loads "$1" "$2" || {
		printf '%s loads %s\n' "$1" "$2" >&2
		fail=1
	}
}

has_not badgeward pango
has_not badgeward curl
has_not badgeward-badge-sheet curl
has_not badgeward-badge-station pango

# They are what is looked for.
loads badgeward-badge-sheet pango
loads badgeward-badge-station curl

# One that is missing is named, and where it was expected.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$BIN/badgeward" "$work"
if "$work/badgeward" badge sheet --help 2>"$work/said"; then
	echo "it ran without its program" >&2
	fail=1
fi
grep -q "$work/badgeward-badge-sheet: No such file" "$work/said"
exit $fail
