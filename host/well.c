// SPDX-License-Identifier: Apache-2.0
#include "host/well.h"

#include <sys/statvfs.h>

bw_err
well_look(const struct host *h, struct store *s)
{
	struct statvfs fs;
	bw_err r;

	if ((r = store_ping(s)) != BW_OK)
		return r;
	if (statvfs(h->dir->path, &fs) == -1)
		return BW_ERR_IO;
	return (uint64_t)fs.f_bavail * fs.f_frsize < WELL_ROOM ? BW_ERR_FULL :
	    BW_OK;
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
	default:
		return "the store does not answer";
	}
}
