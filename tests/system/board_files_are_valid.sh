#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The units, users, folders and udev rules in board/ are taken by the tools
# that will read them on a device, without a word of complaint.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# The programs stand in the build folder and man pages are not installed here.
for unit in "$SRC"/board/systemd/*.{service,socket,timer}; do
	sed -e "s|/usr/bin/|$BIN/|" -e '/^Documentation=/d' "$unit" \
	    >"$dir/$(basename "$unit")"
done
if ! systemd-analyze verify --recursive-errors=no \
    "$dir"/*.{service,socket,timer} >"$dir/said" 2>&1 ||
    grep -q badgeward "$dir/said"; then
	cat "$dir/said" >&2
	echo "systemd-analyze verify complained" >&2
	exit 1
fi

# What a service could still do, from 0 (nothing) to 100.
for unit in kiosk uplink reader@ purge mailer host; do
	systemd-analyze security --offline=true --threshold=20 \
	    "$dir/badgeward-$unit.service" >"$dir/said" || {
		cat "$dir/said" >&2
		echo "badgeward-$unit.service may do too much" >&2
		exit 1
	}
done

# The host calls nobody, mail leaves by another; and only a proxy on this
# machine calls it, which is who --listen is there for.
host=$dir/badgeward-host.service
if ! grep -q '^ExecStart=.* --listen 127\.0\.0\.1:' "$host" ||
    ! grep -qx 'IPAddressDeny=any' "$host" ||
    [ "$(sed -n 's/^IPAddressAllow=//p' "$host")" != localhost ]; then
	echo "badgeward-host.service reaches other machines" >&2
	exit 1
fi

# With DevicePolicy=closed a group is not enough to use what it may.
groups=$(sed -n 's/^SupplementaryGroups=//p' "$dir/badgeward-kiosk.service")
for pair in video:drm input:input audio:alsa; do
	case " ${groups//$'\n'/ } " in
	*" ${pair%:*} "*) ;;
	*)
		echo "badgeward-kiosk.service is not in ${pair%:*}" >&2
		exit 1
		;;
	esac
	grep -qx "DeviceAllow=char-${pair#*:} rw" \
	    "$dir/badgeward-kiosk.service" || {
		echo "badgeward-kiosk.service may not use ${pair#*:}" >&2
		exit 1
	}
done

# Every kind of port that a reader can be at, and no other device: by numbers
# as Documentation/admin-guide/devices.txt of the kernel gives them.
allowed=$(sed -n 's/^DeviceAllow=//p' "$dir/badgeward-reader@.service" | sort)
wanted=$(for major in 4 89 153 166 188 189 204; do
	echo "char-$major rw"
done | sort)
if [ "$allowed" != "$wanted" ] ||
    ! grep -q '^DevicePolicy=closed' "$dir/badgeward-reader@.service"; then
	echo "the reader's unit allows other devices: $allowed" >&2
	exit 1
fi

# None may ask another service to reach the network for it.
for unit in kiosk reader@ host; do
	hidden=$(sed -n 's/^InaccessiblePaths=//p' \
	    "$dir/badgeward-$unit.service")
	for path in dbus systemd/resolve nscd avahi-daemon; do
		case " ${hidden//$'\n'/ } " in
		*" -/run/$path "*) ;;
		*)
			echo "badgeward-$unit.service sees /run/$path" >&2
			exit 1
			;;
		esac
	done
done

# Kiosk and host ask the kernel whether the clock is synchronised, also after what
# @privileged takes away, which ProtectClock= forbids; and the kiosk says on its
# screen when it is not, instead of being waited for. The host looks below
# /proc/sys whether the machine was started anew, which ProcSubset= hides.
for unit in kiosk host mailer purge; do
	awk '/^SystemCallFilter=~/ { may = 0 }
	    /^SystemCallFilter=[^~]*clock_adjtime/ { may = 1 }
	    /^ProtectClock=/ { kept = 1 }
	    /^After=.*time-sync/ && unit == "kiosk" { kept = 1 }
	    /^ProcSubset=/ && unit != "kiosk" { kept = 1 }
	    END { exit !may || kept }' unit="$unit" \
	    "$dir/badgeward-$unit.service" || {
		echo "badgeward-$unit.service keeps the clock from it" >&2
		exit 1
	}
done

mkdir "$dir/root"
mkdir -p "$dir/root/etc"
systemd-sysusers --root="$dir/root" "$SRC/board/sysusers.conf"
for user in kiosk uplink reader host; do
	grep -q "^badgeward-$user:" "$dir/root/etc/passwd"
done
grep -q '^badgeward-device:.*badgeward-kiosk.*badgeward-uplink' \
    "$dir/root/etc/group"
# The chip is the reader's alone.
[ "$(grep '^badgeward-nfc:' "$dir/root/etc/group" | cut -d: -f4)" = \
    badgeward-reader ]

systemd-tmpfiles --root="$dir/root" --create "$SRC/board/tmpfiles.conf"
[ "$(stat -c %a "$dir/root/var/lib/badgeward/kiosk")" = 700 ]
[ "$(stat -c %a "$dir/root/var/lib/badgeward/outbox")" = 2770 ]

# Debian 12's udevadm has no verify: every line must be KEY op "value" pairs.
grep -vE '^(#.*)?$' "$SRC/board/udev/70-badgeward.rules" |
    grep -vE '^([A-Z]+(\{[A-Za-z_]+\})?(==|\+=|:=|=)"[^"]*"(, )?)+$' && {
	echo "a udev rule is malformed" >&2
	exit 1
}
echo ok
