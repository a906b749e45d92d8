// SPDX-License-Identifier: Apache-2.0
#include "host/store_renamed.h"

#include "host/store_db.h"

static bw_err
take_name(void *arg, struct db_query *q)
{
	return db_copy(q, 0, arg, RENAMED_NAME_SIZE);
}

bw_err
store_renamed(struct store *s, const char *id, const char *name,
    char was[static RENAMED_NAME_SIZE])
{
	static const char sql[] = "SELECT name FROM part WHERE sponsor = ?1 "
	    "AND policy = (SELECT max(policy) FROM part WHERE sponsor = ?1) "
	    "AND name <> ?2 AND ("
	    /* 2: revoked; one that was never in has nothing to bring. */
	    "EXISTS (SELECT 1 FROM device WHERE sponsor = ?1 "
	    "AND (state <> 2 OR enrolled_at <> 0)) "
	    "OR EXISTS (SELECT 1 FROM account WHERE sponsor = ?1) "
	    "OR EXISTS (SELECT 1 FROM token WHERE sponsor = ?1 "
	    "AND revoked_at = 0))";
	bw_err r;

	was[0] = 0;
	r = db_first(s, take_name, was, sql, "tt", id, name);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}
