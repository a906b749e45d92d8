// SPDX-License-Identifier: Apache-2.0
#include "host/store_hold.h"

#include <string.h>

#include "host/store_db.h"

#define HOLD "SELECT id, scope, registration, sponsor, reason, reviewer, " \
	"review_at, added_at, lifted_at FROM hold "

static bw_err
hold_row(void *arg, struct db_query *q)
{
	struct hold *h = arg;
	bw_err r;

	memset(h, 0, sizeof(*h));
	h->id = db_uint(q, 0);
	h->scope = (enum hold_scope)db_int(q, 1);
	h->registration = db_uint(q, 2);
	h->review_at = db_int(q, 6);
	h->added_at = db_int(q, 7);
	h->lifted_at = db_int(q, 8);
	if ((r = db_copy(q, 3, h->sponsor, sizeof(h->sponsor))) != BW_OK ||
	    (r = db_copy(q, 4, h->reason, sizeof(h->reason))) != BW_OK)
		return r;
	return db_copy(q, 5, h->reviewer, sizeof(h->reviewer));
}

bw_err
store_hold_put(struct store *s, const struct hold *in, uint64_t *id)
{
	static const char sql[] = "INSERT INTO hold (scope, registration, "
	    "sponsor, reason, reviewer, review_at, added_at) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
	bw_err r = db_write(s, NULL, sql, "iutttii", (int64_t)in->scope,
	    in->registration, in->sponsor, in->reason, in->reviewer,
	    in->review_at, in->added_at);

	*id = r == BW_OK ? (uint64_t)db_last_id(s) : 0;
	return r;
}

bw_err
store_hold_get(struct store *s, uint64_t id, struct hold *out)
{
	static const char sql[] = HOLD "WHERE id = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, hold_row, out, sql, "u", id);
}

static bw_err
id_row(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

bw_err
store_hold_like(struct store *s, const struct hold *h, uint64_t *id)
{
	static const char sql[] = "SELECT id FROM hold WHERE lifted_at = 0 "
	    "AND scope = ?1 AND registration = ?2 AND sponsor = ?3 "
	    "AND added_at = ?4 ORDER BY id LIMIT 1";

	*id = 0;
	return db_first(s, id_row, id, sql, "iuti", (int64_t)h->scope,
	    h->registration, h->sponsor, h->added_at);
}

bw_err
store_hold_end(struct store *s, uint64_t id, int64_t now)
{
	static const char sql[] =
	    "UPDATE hold SET lifted_at = ?2 WHERE id = ?1";

	return db_write(s, NULL, sql, "ui", id, now);
}

struct walk {
	hold_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct hold h;
	bw_err r = hold_row(&h, q);

	return r == BW_OK ? w->cb(w->arg, &h) : r;
}

bw_err
hold_each(struct store *s, bool all, hold_cb cb, void *arg)
{
	static const char sql[] =
	    HOLD "WHERE ?1 <> 0 OR lifted_at = 0 ORDER BY id";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "i", (int64_t)all);
}

static bw_err
none_row(void *arg, struct db_query *q)
{
	(void)arg;
	(void)q;
	return BW_OK;
}

/* Whether a person (?1) has a share with device's sponsor, or one had that its
 * record outlives. */
#define EDITIONS "(SELECT edition.id FROM edition JOIN badge " \
	"ON badge.badge_id = edition.badge_id WHERE registration = ?1)"
#define SHARED "(EXISTS (SELECT 1 FROM lead WHERE edition IN " EDITIONS \
	" AND lead.id >> 32 = device.num) OR EXISTS (SELECT 1 FROM outlived " \
	"WHERE edition IN " EDITIONS " AND outlived.id >> 32 = device.num))"

/* A hold on a sponsor counts for a whole person that has a share with it. */
static bw_err
shared_with_held(struct store *s, uint64_t registration)
{
	static const char sql[] = "SELECT 1 FROM device "
	    "WHERE device.sponsor IN (SELECT sponsor FROM hold "
	    "WHERE scope = 1 AND lifted_at = 0) AND " SHARED " LIMIT 1";

	return db_first(s, none_row, NULL, sql, "u", registration);
}

bw_err
store_hold_shared(struct store *s, uint64_t registration, const char *sponsor,
    bool *yes)
{
	static const char sql[] = "SELECT 1 FROM device "
	    "WHERE device.sponsor = ?2 AND " SHARED " LIMIT 1";
	bw_err r = db_first(s, none_row, NULL, sql, "ut", registration,
	    sponsor);

	*yes = r == BW_OK;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
hold_any(struct store *s, uint64_t registration, const char *sponsor,
    bool *held)
{
	static const char sql[] = "SELECT 1 FROM hold WHERE lifted_at = 0 "
	    "AND (scope = 2 "
	    "OR (scope = 0 AND registration = ?1 AND ?1 <> 0) "
	    "OR (scope = 1 AND sponsor = ?2)) LIMIT 1";
	bw_err r = db_first(s, none_row, NULL, sql, "ut", registration,
	    sponsor);

	if (r == BW_ERR_NOTFOUND && registration != 0 && sponsor == NULL)
		r = shared_with_held(s, registration);
	*held = r == BW_OK;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}
