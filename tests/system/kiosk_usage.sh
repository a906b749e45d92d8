#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# badgeward-kiosk says how it is used: --help, the man page and the program
# know the same options, and wrong usage ends with 2 before anything is made.
set -eu
kiosk=$BIN/badgeward-kiosk page=$SRC/firmware/kiosk/badgeward-kiosk.8
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

fail() { echo "$*" >&2; exit 1; }

"$kiosk" --version | grep -qx 'badgeward-kiosk [0-9.]*' || fail "--version"
help=$("$kiosk" --help)
in_help=$(grep -o -- '--[a-z-]*' <<<"$help" | sort -u)
in_page=$(grep -o 'Fl -[a-z-]*' "$page" | sed 's/Fl -/--/' | sort -u)
[ "$in_help" = "$in_page" ] || fail "help and man page differ:
$in_help
$in_page"
[ -z "$(mandoc -T lint -W warning "$page")" ] || fail "mandoc finds fault"

wrong() {
	local code=0
	"$kiosk" "$@" </dev/null >"$dir/out" 2>"$dir/err" || code=$?
	[ "$code" = 2 ] || fail "exit $code of: $*"
	grep -q usage: "$dir/err" || fail "no usage after: $*"
	[ ! -e "$dir/state" ] || fail "made something: $*"
}
wrong
wrong -C "$dir/state"
wrong --screen script
wrong -C "$dir/state" --screen wall
wrong -C "$dir/state" --screen script --size 10x10
wrong -C "$dir/state" --screen script --size 1024x600x3
wrong -C "$dir/state" --screen script more
wrong -C "$dir/state" --screen drm --rotate 45
wrong -C "$dir/state" --screen drm --rotate 360
wrong -C "$dir/state" --screen script --rotate 90
wrong -C "$dir/state" --screen window --output HDMI-A-1
wrong -C "$dir/state" enrol
wrong -C "$dir/state" enrol one two
wrong -C "$dir/state" enrol one --wait 0
wrong -C "$dir/state" enrol one --enrol-file "$dir/file"
wrong -C "$dir/state" --unknown

# A language without words is refused, and says which there are.
all='en, ar, de, es, fr, hi, ja, zh'
for lang in xx ../../etc ''; do
	code=0
	"$kiosk" -C "$dir/state" --screen script --lang "$lang" </dev/null \
	    >/dev/null 2>"$dir/err" || code=$?
	[ "$code" = 2 ] || fail "exit $code of --lang '$lang'"
	grep -q "^badgeward-kiosk: --lang $lang: .* It has $all.$" \
	    "$dir/err" || fail "--lang '$lang': $(cat "$dir/err")"
	[ ! -e "$dir/state" ] || fail "made something: --lang $lang"
done
for lang in de de-AT en-GB; do
	"$kiosk" -C "$dir/state" --screen script --lang "$lang" <<<quit \
	    >/dev/null 2>"$dir/err" || fail "--lang $lang: $(cat "$dir/err")"
done

# Without a graphics card there is no screen; that is told.
if ! compgen -G '/dev/dri/card*' >/dev/null; then
	code=0
	"$kiosk" -C "$dir/state" --screen drm 2>"$dir/err" || code=$?
	[ "$code" = 1 ] && grep -q 'there is no screen' "$dir/err" ||
	    fail "exit $code without a card: $(cat "$dir/err")"
fi

# A state directory that cannot be made is told, with exit 1.
code=0
"$kiosk" -C /proc/nowhere --screen script </dev/null >/dev/null \
    2>"$dir/err" || code=$?
[ "$code" = 1 ] && grep -q 'cannot be used' "$dir/err" || fail "$code"
