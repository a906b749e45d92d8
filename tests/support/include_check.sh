#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every header compiles alone, and twice: it includes what it needs and is
# guarded. A header that some source includes before all else was compiled alone
# by the build; only the others are compiled here. Environment: SRC the source
# tree, CC the compiler.
set -u
cd "$SRC" || exit 1

flags=(-std=c17 -fsyntax-only -Wall -Wextra -Werror -D_GNU_SOURCE
	'-DBW_VERSION="0"' -Ifirmware -I. -x c -)
for lib in jansson libutf8proc cairo pangocairo sdl2 libqrencode sqlite3 \
	libmicrohttpd libcurl libconfuse libnfc cmocka libdrm libinput; do
	read -ra more <<< "$(pkg-config --cflags "$lib" 2>/dev/null)"
	flags+=("${more[@]}")
done

sources() { find . -name "$1" -not -path './build*' -not -path './.git*'; }

# What the first line of the preprocessor in each source includes.
first=$(sources '*.c' | xargs awk '
	FNR == 1 { seen = 0 }
	!seen && /^[ \t]*#/ {
		seen = 1
		if ($1 == "#include" && $2 ~ /^"/)
			print substr($2, 2, length($2) - 2)
	}' | sort -u)

# Headers with a guard around all of it.
guarded=$(sources '*.h' | xargs awk '
	function tell() {
		if (name != "" && name == again && last == "#endif")
			print file
	}
	FNR == 1 { tell(); file = FILENAME; n = 0; name = again = last = "" }
	/^[ \t]*#/ {
		n++
		if (n == 1 && $1 == "#ifndef")
			name = $2
		if (n == 2 && $1 == "#define")
			again = $2
		last = $1
	}
	END { tell() }')

bad=0 seen=0
while read -r header; do
	name=${header#./}
	name=${name#firmware/}
	seen=$((seen + 1))
	[[ $'\n'$first$'\n' != *$'\n'$name$'\n'* ||
	    $'\n'$guarded$'\n' != *$'\n'$header$'\n'* ]] || continue
	if ! printf '#include "%s"\n#include "%s"\n' "$name" "$name" |
	    "$CC" "${flags[@]}"; then
		echo "$header does not compile alone"
		bad=1
	fi
done < <(sources '*.h' | sort)
echo "$seen headers"
[ "$seen" -gt 30 ] && [ "$bad" -eq 0 ]
