#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# With BUILD_TESTING=OFF all programs are built, and no test or benchmark.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake -S "$SRC" -B "$work" -G Ninja -DBUILD_TESTING=OFF >"$work/log" 2>&1 || {
	cat "$work/log" >&2
	exit 1
}
ninja -C "$work" -t targets all >"$work/targets"
for program in "$BIN"/*; do
	grep -q "^bin/${program##*/}: " "$work/targets" || {
		printf '%s is not built\n' "${program##*/}" >&2
		exit 1
	}
done
if grep -E '^(tests|fuzz|bench)/[^:]*: ' "$work/targets" |
    grep -v ': phony' | head -5 | grep .
then
	echo "these are built without BUILD_TESTING" >&2
	exit 1
fi
