// SPDX-License-Identifier: Apache-2.0
#include "kiosk/place.h"

#include <sys/stat.h>
#include <unistd.h>

bw_err
place_open(struct place *p, const char *state)
{
	bw_err r;

	if ((r = file_path(p->own, state, "kiosk")) != BW_OK ||
	    (r = file_path(p->outbox, state, "outbox")) != BW_OK ||
	    (r = file_path(p->inbox, state, "inbox")) != BW_OK ||
	    (r = file_path(p->journal, p->own, "journal.db")) != BW_OK ||
	    (r = file_path(p->policy, p->own, "policy.jws")) != BW_OK ||
	    (r = file_path(p->enrol, p->own, "enrol.json")) != BW_OK ||
	    (r = file_path(p->lock, p->own, "lock")) != BW_OK ||
	    (r = file_path(p->lost, p->own, "host-lost")) != BW_OK ||
	    (r = file_path(p->revoked, p->own, "revoked")) != BW_OK ||
	    (r = file_path(p->clock, p->own, "clock")) != BW_OK)
		return r;
	if ((r = file_mkdir(state, 0751)) != BW_OK ||
	    (r = file_mkdir(p->own, 0700)) != BW_OK ||
	    (r = file_mkdir(p->outbox, 0770)) != BW_OK ||
	    (r = file_mkdir(p->inbox, 0770)) != BW_OK)
		return r;
	return BW_OK;
}

bool
place_is_enrolled(const struct place *p)
{
	struct stat st;

	return lstat(p->policy, &st) == 0 && S_ISREG(st.st_mode);
}
