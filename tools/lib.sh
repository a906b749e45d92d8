# SPDX-License-Identifier: Apache-2.0
# lib.sh - what tools/demo and tools/test share: packages and the build.
# Sourced by bash scripts with `set -eu`; $top is the project's root.

# What compiles Badgeward, what runs it with a picture, what tests it.
NEEDS_BUILD="gcc cmake ninja-build pkg-config gettext locales libc6-dev
 libnfc-dev libqrencode-dev libmbedtls-dev libsqlite3-dev libmicrohttpd-dev
 libcurl4-gnutls-dev libjansson-dev libconfuse-dev libpango1.0-dev
 libcairo2-dev libpng-dev libsdl2-dev libdrm-dev libinput-dev libudev-dev
 libseccomp-dev libutf8proc-dev libcsv-dev libicu-dev libcmocka-dev
 libespeak-ng-dev libpcaudio-dev libargon2-dev liboath-dev
 librsvg2-dev libfontconfig-dev libxlsxwriter-dev
 libarchive-dev libgnutls28-dev libgmime-3.0-dev
 libidn2-dev"
NEEDS_RUN="fonts-noto-core fonts-noto-cjk libjs-bootstrap5
 libjs-chart.js python3 espeak-ng-data kakasi"
NEEDS_TEST="clang clang-tidy lld llvm libclang-rt-14-dev libnfc-bin
 libnfc-examples zbar-tools sqlite3 mandoc bsdextrautils curl openssl
 chromium-headless-shell git
 systemd udev procps ca-certificates nginx-light qemu-system-x86
 busybox-static fontconfig e2fsprogs poppler-utils python3-openpyxl
 python3-jsonschema python3-rdflib"

# The browser tests' own: Debian's npm would put another Node.js in place of one
# that came from elsewhere.
command -v npm >/dev/null || NEEDS_TEST="$NEEDS_TEST nodejs npm"

say() { printf '%s\n' "$*"; }

# Which of these Debian packages are not installed.
missing() {
	dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
	    awk -v wanted="$*" '$1 == "installed" { have[$2] }
		END {
			n = split(wanted, package)
			for (i = 1; i <= n; i++)
				if (!(package[i] in have))
					printf "%s ", package[i]
		}'
}

# need PACKAGE...: say what is missing, then install it.
need() {
	local list sudo=
	list=$(missing "$@")
	[ -n "$list" ] || return 0
	say "These Debian packages are missing and will be installed with apt-get:"
	say "  $list" | fold -s -w 78
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || {
			say "Run as root: apt-get install $list" >&2
			exit 1
		}
		sudo=sudo
		say "(through sudo)"
	fi
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq update
	# shellcheck disable=SC2086
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
	    --no-install-recommends $list >/dev/null
	list=$(missing "$@")
	[ -z "$list" ] || { say "Still missing: $list" >&2; exit 1; }
}

# build PRESET [TARGET ...]: configure and compile; errors are shown, progress
# stands in a file, which is named.
build() {
	local preset=$1 log="$top/build-$1.log"
	shift
	say "Building ($preset), as $log says how far ..."
	mkdir -p "$(dirname "$log")"
	if (cd "$top" && cmake --preset "$preset" -DBUILD_TESTING=ON &&
	    cmake --build --preset "$preset" --target "${@:-all}") \
	    >"$log" 2>&1; then
		rm -f "$log"
	else
		tail -n 60 "$log" >&2
		say "The build failed; the whole output is in $log" >&2
		exit 1
	fi
}
