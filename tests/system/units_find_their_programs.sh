#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Whichever prefix is installed to, each unit starts programs that are there,
# nginx has its page, and what else the board needs lies where systemd looks.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail=0

# complain WORDS: this installation is not right.
complain() {
	printf '%s\n' "$*" >&2
	fail=1
}

# programs UNIT: what it starts, one a line.
programs() {
	sed -n 's/^Exec[A-Za-z]*=[-@:+!]*\([^ ]*\).*/\1/p' "$1"
}

# installed PREFIX: as `cmake --install` leaves it there.
installed() {
	local root=$work$1 dir unit n=0
	DESTDIR="$root" cmake --install "$BUILD" --prefix "$1" \
	    >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		exit 1
	}
	dir=$root$1/lib/systemd/system
	for unit in "$SRC"/board/systemd/*; do
		[ -f "$dir/${unit##*/}" ] ||
			complain "$1: ${unit##*/} is not installed"
	done
	for unit in "$dir"/*.service; do
		for program in $(programs "$unit"); do
			n=$((n + 1))
			[ -x "$root$program" ] ||
				complain "$1: ${unit##*/} starts $program"
		done
	done
	[ "$n" -ge 6 ] || complain "$1: $n programs are started"
	page=$(sed -n 's/^.*root \(.*\);.*/\1/p' "$root$1"/share/doc/*/nginx/*.conf)
	[ -f "$root$page/badgeward-away.html" ] ||
		complain "$1: nginx looks for its page in $page"
	for file in sysusers.d/badgeward.conf tmpfiles.d/badgeward.conf \
	    udev/rules.d/70-badgeward.rules; do
		[ -f "$root$1/lib/$file" ] || complain "$1: no $file"
	done
}

for prefix in /usr/local /usr /opt/badgeward; do
	installed "$prefix"
done
[ $fail = 0 ]
echo ok
