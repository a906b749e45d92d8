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
