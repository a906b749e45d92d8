#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every file that host/RIGHTS.md names is there, and every test that it names is
# one that ctest runs.
set -eu
page=$SRC/host/RIGHTS.md
fail=0
known=$(ctest --test-dir "$BUILD" -N)
# shellcheck disable=SC2016
names=$(grep '^|' "$page" | grep -oE '`[^`]+`' | tr -d '`' | sort -u)
[ -n "$names" ]
while read -r name; do
	[ -f "$SRC/$name" ] || {
		echo "RIGHTS.md: there is no $name" >&2
		fail=1
	}
	test=$(basename "${name%.*}")
	case $name in
	tests/system/*) test=system_$test ;;
	tests/browser/*) test=browser_$test ;;
	tests/unit/*) ;;
	*) continue ;;
	esac
	grep -qE ": $test\$" <<<"$known" || {
		echo "RIGHTS.md: ctest does not run $name" >&2
		fail=1
	}
done <<<"$names"
# A promise without a test is none.
if grep '^| [A-Z]' "$page" | grep -v '`tests/'; then
	echo "RIGHTS.md: no test shows this" >&2
	fail=1
fi
exit "$fail"
