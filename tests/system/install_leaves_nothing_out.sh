#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# An installation has every program that was built, every man page that is in the
# tree, and what the README sends its reader to.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
DESTDIR="$work" cmake --install "$BUILD" >"$work/log" 2>&1 || {
	cat "$work/log" >&2
	exit 1
}
fail=0

# has PATH WHERE: a file of this name is installed there.
has() {
	[ "$(find "$work" -path "*/$2/${1##*/}" | wc -l)" = 1 ] || {
		printf '%s is not installed in %s\n' "$1" "$2" >&2
		fail=1
	}
}

for program in "$BIN"/*; do
	has "$program" bin
done
pages=$(find "$SRC/board" "$SRC/firmware" "$SRC/host" "$SRC/tools" \
    -name '*.[1-8]')
[ -n "$pages" ]
for page in $pages; do
	has "$page" "man${page##*.}"
done
for paper in CHANGES.md README.md $(cd "$SRC" && echo host/*.md) \
    tools/example/policy.conf; do
	has "$paper" share/doc/badgeward
done
exit $fail
