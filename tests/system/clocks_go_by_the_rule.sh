#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# All goes by the time that is believed (hostclock.h), but what is listed here: so
# many looks at the machine's own clock in a file, and why each is right. None
# waits by a clock that can be set.
set -eu
list() {
	cat <<'END'
host/events.c 1		seconds between two looks at a writing station
host/host.c 1		used tokens carry the time of a device's clock
host/hostclock.c 1	what is to be believed or not
host/mailer.c 2		a mail's date, which its readers' clocks are beside
host/main.c 1		the age of files, by the file system's clock
host/route.c 3		what is compared with others' clocks (call.wall)
tools/cmd_policy.c 1	a policy's file alone: there may be no store
END
}
look() {
	(cd "$1" && grep -rc --include='*.c' --include='*.h' 'clock_wall()' \
	    host tools | sed -n '/^tools\/bench\//d; s/:\([1-9]\)/ \1/p' | sort)
}
told=$(mktemp -d)
trap 'rm -rf "$told"' EXIT
list | sed 's/\t.*//' | sort >"$told/list"
look "$SRC" | diff "$told/list" - || {
	echo "looks at the wall clock that no reason is given for" >&2
	exit 1
}
if grep -rnE --include='*.c' 'CLOCK_REALTIME|_timedlock\(' \
    "$SRC/host" "$SRC/tools"; then
	echo "waits by a clock that can be set" >&2
	exit 1
fi
# One more must be found.
mkdir -p "$told/host" "$told/tools"
echo 'x = clock_wall();' >"$told/host/new.c"
if look "$told" | diff -q "$told/list" - >/dev/null; then
	echo "a look at the wall clock was not noticed" >&2
	exit 1
fi
