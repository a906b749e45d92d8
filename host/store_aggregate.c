// SPDX-License-Identifier: Apache-2.0
#include "host/store_aggregate.h"

#include "host/store_db.h"
#include "host/store_redo.h"
#include "host/store_settle.h"

#define DAY 86400

static bw_err
first_row(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

/* The first day (since 1970) that was not counted yet. */
static bw_err
first_open(struct store *s, int64_t *day)
{
	static const char sql[] =
	    "SELECT value FROM meta WHERE key = 'aggregated'";

	return db_first(s, first_row, day, sql, "");
}

/* Of ?1 and more, before ?2; rounded down to ?3, less than that is left out. */
#define INTO "INSERT INTO aggregate (day, sponsor, what, n) "
#define DOWN(n) n " / ?3 * ?3 FROM "
#define WHEN(column) "WHERE " column " >= ?1 * 86400 AND " column \
	" < ?2 * 86400 "

/* People, not shares: what one has shared more than once is counted once, and
 * whose badge is not known is nobody. */
static bw_err
count_people(struct store *s, int64_t from, int64_t to)
{
	static const char sql[] = INTO "SELECT time / 86400, sponsor, ?4, "
	    DOWN("count(DISTINCT holder)") "lead "
	    "JOIN device ON device.num = lead.id >> 32 "
	    "JOIN edition ON edition.id = lead.edition "
	    WHEN("time") "AND lead.state IN (0, 2) "
	    "AND (?5 = 0 OR granted & ?5 <> 0) "
	    "GROUP BY 1, 2 HAVING count(DISTINCT holder) >= ?3";
	bw_err r;

	r = db_write(s, NULL, sql, "iiiii", from, to, (int64_t)AGGREGATE_K,
	    (int64_t)AGGREGATE_PEOPLE, (int64_t)0);
	for (int f = 1; f <= FIELD_COUNT && r == BW_OK; f++)
		r = db_write(s, NULL, sql, "iiiii", from, to,
		    (int64_t)AGGREGATE_K, (int64_t)AGGREGATE_FIELD + f,
		    (int64_t)FIELD_BIT(f));
	return r;
}

static bw_err
count_tallies(struct store *s, int64_t from, int64_t to)
{
	static const char declines[] = INTO "SELECT hour / 86400, sponsor, "
	    "?4, " DOWN("sum(k2)") "tally "
	    "JOIN device ON device.num = tally.device " WHEN("hour")
	    "GROUP BY 1, 2 HAVING sum(k2) >= ?3";
	static const char silent[] = INTO "SELECT hour / 86400, sponsor, "
	    "?4, " DOWN("sum(k3)") "tally "
	    "JOIN device ON device.num = tally.device " WHEN("hour")
	    "GROUP BY 1, 2 HAVING sum(k3) >= ?3";
	bw_err r;

	r = db_write(s, NULL, declines, "iiii", from, to,
	    (int64_t)AGGREGATE_K, (int64_t)AGGREGATE_DECLINES);
	return r != BW_OK ? r : db_write(s, NULL, silent, "iiii", from, to,
	    (int64_t)AGGREGATE_K, (int64_t)AGGREGATE_NO_ANSWERS);
}

static bw_err
settle(struct store *s, int64_t to, int64_t now)
{
	static const char done[] =
	    "UPDATE meta SET value = ?1 WHERE key = 'aggregated'";
	int64_t from;
	bw_err r;

	if ((r = first_open(s, &from)) != BW_OK || from >= to ||
	    (r = store_settle_all(s, to * DAY)) != BW_OK ||
	    (r = count_people(s, from, to)) != BW_OK ||
	    (r = count_tallies(s, from, to)) != BW_OK ||
	    (r = db_redo_counted(s, from, to, now)) != BW_OK)
		return r;
	return db_write(s, NULL, done, "i", to);
}

bw_err
store_aggregate_settle(struct store *s, int64_t now)
{
	int64_t to = now / DAY - AGGREGATE_SETTLE_DAYS, from;
	bw_err r;

	if ((r = first_open(s, &from)) != BW_OK || from >= to)
		return r;
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = settle(s, to, now)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}

struct walk {
	store_aggregate_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct store_aggregate a = { db_int(q, 0) * DAY, db_text(q, 1),
		(enum aggregate_what)db_int(q, 2), db_uint(q, 3) };

	if ((unsigned)a.what >= AGGREGATE_WHATS)
		return BW_ERR_FORMAT;
	return w->cb(w->arg, &a);
}

bw_err
store_aggregate_each(struct store *s, store_aggregate_cb cb, void *arg)
{
	static const char sql[] = "SELECT day, sponsor, what, n "
	    "FROM aggregate ORDER BY day, sponsor, what";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "");
}

bw_err
store_aggregate_until(struct store *s, int64_t *until)
{
	bw_err r = first_open(s, until);

	*until *= DAY;
	return r;
}
