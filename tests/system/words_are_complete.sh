#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every word that the screen can show has a translation in every catalogue, and
# every language that a policy may list has one.
set -eu
for lang in $(sed -n 's/^\t{ "\(..\)", {$/\1/p' "$SRC/host/notice.c"); do
	[ "$lang" = en ] || [ -f "$SRC/firmware/kiosk/po/$lang.po" ] || {
		echo "no catalogue for $lang" >&2
		exit 1
	}
done
"$SRC/firmware/kiosk/po/update" --check
# A word that no catalogue has must be found.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp -r "$SRC/firmware/kiosk/." "$dir"
echo 'const char *more = _("a word that nobody translated");' >>"$dir/ui.c"
if "$dir/po/update" --check 2>/dev/null; then
	echo "a missing word was not noticed" >&2
	exit 1
fi
