// SPDX-License-Identifier: Apache-2.0
#include "host/store_seen.h"

#include "host/store_db.h"

static bw_err
take(void *arg, struct db_query *q)
{
	size_t len;
	const void *p = db_blob(q, 0, &len);

	return bw_buf_put(arg, p, len);
}

bw_err
store_seen_health(struct store *s, uint64_t device, struct bw_buf *out)
{
	static const char sql[] = "SELECT health FROM seen "
	    "WHERE device = ?1 AND health IS NOT NULL";

	return db_first(s, take, out, sql, "u", device);
}
