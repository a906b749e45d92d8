#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Whoever reads README.md finds every other document from it, and no link there
# leads nowhere.
set -eu
cd "$SRC"
fail=0
links=$(grep -oE '\]\([^)#]+\)' README.md | sed 's/^](//; s/)$//' | sort -u)
while read -r link; do
	case $link in
	http*) ;;
	*) [ -e "$link" ] || {
		echo "README.md: there is no $link" >&2
		fail=1
	} ;;
	esac
done <<<"$links"
found=$(find firmware host tools board -name node_modules -prune -o \
	-name '*.md' -print; echo CHANGES.md)
while read -r document; do
	grep -qxF "$document" <<<"$links" || {
		echo "README.md: no link to $document" >&2
		fail=1
	}
done <<<"$found"
exit "$fail"
