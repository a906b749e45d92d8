// SPDX-License-Identifier: Apache-2.0
#include "host/hostclock.h"
#include "host/store_db.h"

static bw_err
look_row(void *arg, struct db_query *q)
{
	struct hostclock_look *out = arg;

	out->wall = db_int(q, 0);
	out->boot = db_int(q, 1);
	out->moved = db_int(q, 3) != 0;
	return db_copy(q, 2, out->boot_id, sizeof(out->boot_id));
}

bw_err
store_clock_get(struct store *s, struct hostclock_look *out)
{
	static const char kept[] =
	    "SELECT wall, boot, boot_id, moved FROM hostclock";
	static const char audit[] = "SELECT at, 0, '', 0 FROM audit "
	    "ORDER BY id DESC LIMIT 1";
	bw_err r;

	*out = (struct hostclock_look){ 0 };
	r = db_first(s, look_row, out, kept, "");
	if (r == BW_ERR_NOTFOUND)
		r = db_first(s, look_row, out, audit, "");
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
store_clock_put(struct store *s, const struct hostclock_look *in)
{
	static const char sql[] = "INSERT INTO hostclock "
	    "(id, wall, boot, boot_id, moved) VALUES (1, ?1, ?2, ?3, ?4) "
	    "ON CONFLICT (id) DO UPDATE SET wall = excluded.wall, "
	    "boot = excluded.boot, boot_id = excluded.boot_id, "
	    "moved = excluded.moved";

	return db_write(s, NULL, sql, "iiti", in->wall, in->boot, in->boot_id,
	    (int64_t)in->moved);
}
