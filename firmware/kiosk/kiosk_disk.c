// SPDX-License-Identifier: Apache-2.0
/* The file system of the state directory: told to staff before it is full. The
 * journal has no bound of its own. */
#include "kiosk/kiosk_parts.h"

#include <sys/statvfs.h>

#include "base/log.h"

/* As df says it: of what is not kept for the superuser, rounded up. */
static unsigned
used_percent(const struct statvfs *fs)
{
	uint64_t used = fs->f_blocks - fs->f_bfree;
	uint64_t all = used + fs->f_bavail;

	return all == 0 ? 0 : (unsigned)((used * 100 + all - 1) / all);
}

/* What is said stays so until it is clearly over. */
static enum disk
judge(const struct kiosk *k, const struct statvfs *fs)
{
	unsigned warn = k->disk == DISK_OK ? KIOSK_DISK_WARN : KIOSK_DISK_CALM;

	if ((uint64_t)fs->f_bavail * fs->f_frsize < KIOSK_DISK_MIN)
		return DISK_FULL;
	return used_percent(fs) >= warn ? DISK_LOW : DISK_OK;
}

const char *
kiosk_disk_name(enum disk d)
{
	switch (d) {
	case DISK_OK:
		return "ok";
	case DISK_LOW:
		return "low";
	case DISK_FULL:
		return "full";
	}
	return "ok";
}

void
kiosk_look_at_disk(struct kiosk *k)
{
	struct statvfs fs;
	enum disk now;

	if (statvfs(k->place.own, &fs) != 0 || (now = judge(k, &fs)) == k->disk)
		return;
	k->disk = now;
	k->status_at = 0;
	if (now == DISK_OK)
		log_info("there is room again on the disk of %s", k->place.own);
	else
		log_warn("the disk of %s is %s: %u %% are used%s", k->place.own,
		    now == DISK_LOW ? "nearly full" : "full",
		    used_percent(&fs), now == DISK_LOW ? "" :
		    ", the booth is closed until there is room");
}
