#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every QR code on every screen can be read by a reader that is not ours, and
# says what it should: the sponsor's privacy policy, or the receipt.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$BUILD/tests/golden" draw "$dir"

codes=0 bad=0
while read -r name want; do
	got=$(zbarimg --quiet --raw -Sdisable -Sqrcode.enable \
	    "$dir/$name.png" || true)
	[ -z "$want" ] || codes=$((codes + 1))
	[ "$got" = "$want" ] || {
		echo "$name says \"$got\", not \"$want\"" >&2
		bad=1
	}
done < <("$BUILD/tests/golden" list)
[ "$codes" -ge 40 ] || { echo "only $codes codes were there" >&2; bad=1; }
echo "$codes codes decoded"
exit $bad
