#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# With BUILD_TESTING=OFF all programs are built, and no test or benchmark.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work" "$work.cmake"' EXIT
# What the compiler and pkg-config have told the build that stands need not be
# asked again; that is most of the time.
sed -nE 's/^((HAVE|__pkg_config_)[^:]*|[A-Z0-9]+_[A-Z_]+):INTERNAL=(.*)/set(\1 [[\3]] CACHE INTERNAL "")/p' \
    "$BUILD/CMakeCache.txt" | grep -v '^set(CMAKE_' >"$work.cmake"
cmake -C "$work.cmake" -S "$SRC" -B "$work" -G Ninja -DBUILD_TESTING=OFF \
    >"$work/log" 2>&1 || {
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
