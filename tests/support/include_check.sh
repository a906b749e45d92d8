#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every header compiles alone, and twice: it includes what it needs and is
# guarded. Environment: SRC the source tree, CC the compiler.
set -u
cd "$SRC" || exit 1

flags=(-std=c17 -fsyntax-only -Wall -Wextra -Werror -D_GNU_SOURCE
	'-DBW_VERSION="0"' -Ifirmware -I. -x c -)
for lib in jansson libutf8proc cairo pangocairo sdl2 libqrencode sqlite3 \
	libmicrohttpd libcurl libconfuse libnfc cmocka libdrm libinput; do
	read -ra more <<< "$(pkg-config --cflags "$lib" 2>/dev/null)"
	flags+=("${more[@]}")
done

bad=0 seen=0
while read -r header; do
	name=${header#./}
	name=${name#firmware/}
	seen=$((seen + 1))
	if ! printf '#include "%s"\n#include "%s"\n' "$name" "$name" |
	    "$CC" "${flags[@]}"; then
		echo "$header does not compile alone"
		bad=1
	fi
done < <(find . -name '*.h' -not -path './build*' -not -path './.git*' | sort)
echo "$seen headers"
[ "$seen" -gt 30 ] && [ "$bad" -eq 0 ]
