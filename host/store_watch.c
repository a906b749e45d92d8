// SPDX-License-Identifier: Apache-2.0
#include "host/store_watch.h"

#include "host/store_db.h"

/* FNV-1a, over numbers. */
#define FNV_BASIS UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

static bw_err
mix(void *arg, struct db_query *q)
{
	uint64_t *h = arg;

	for (int i = 0; i < 4; i++)
		*h = (*h ^ (uint64_t)db_int(q, i)) * FNV_PRIME;
	for (const char *p = db_text(q, 4); *p != 0; p++)
		*h = (*h ^ (uint8_t)*p) * FNV_PRIME;
	return BW_OK;
}

bw_err
store_sponsor_version(struct store *s, const char *sponsor, uint64_t *out)
{
	static const char devices[] = "SELECT device.num, "
	    "device.state + 16 * device.forked + 32 * coalesce(held, 0), "
	    "coalesce(size, 0), coalesce(last_seen, 0), "
	    "booth || revoked_at || ' ' || lost_at FROM device "
	    "LEFT JOIN log ON log.device = device.num "
	    "LEFT JOIN seen ON seen.device = device.num "
	    "WHERE sponsor = ?1 ORDER BY device.num";
	static const char notices[] = "SELECT count(*), "
	    "coalesce(max(id), 0), (SELECT coalesce(max(acked_at), 0) "
	    "FROM ack WHERE sponsor = ?1), 0, '' FROM ack "
	    "WHERE sponsor = ?1 AND acked_at = 0";
	bw_err r;

	*out = FNV_BASIS;
	r = db_each(s, mix, out, devices, "t", sponsor);
	return r != BW_OK ? r : db_each(s, mix, out, notices, "t", sponsor);
}
