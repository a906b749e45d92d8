// SPDX-License-Identifier: Apache-2.0
#include "host/well.h"

#include <sys/statvfs.h>

#include "host/hostfile.h"

/* Without them nothing that people ask for can be done. */
static bool
has_records(const char *dir)
{
	return hostfile_writable(dir, "rights-done") &&
	    hostfile_writable(dir, "deleted-members") &&
	    hostfile_readable(dir, "deleted-members.pub");
}

bw_err
well_look(const struct host *h, struct store *s)
{
	struct statvfs fs;
	bw_err r;

	if ((r = store_ping(s)) != BW_OK)
		return r;
	if (statvfs(h->dir->path, &fs) == -1)
		return BW_ERR_IO;
	if ((uint64_t)fs.f_bavail * fs.f_frsize < WELL_ROOM)
		return BW_ERR_FULL;
	return has_records(h->dir->path) ? BW_OK : BW_ERR_DENIED;
}

const char *
well_sentence(bw_err r)
{
	switch ((int)r) {
	case BW_OK:
		return "all is well";
	case BW_ERR_FORMAT:
		return "the store is damaged";
	case BW_ERR_FULL:
		return "no room is left on the disk";
	case BW_ERR_DENIED:
		return "rights-done, deleted-members or deleted-members.pub "
		    "is another user's than the host's";
	default:
		return "the store does not answer";
	}
}
