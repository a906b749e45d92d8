// SPDX-License-Identifier: Apache-2.0
/* A day is counted once: not again over a backup that is put back, with which
 * its count would be another one. */
#include "host/store_redo_act.h"

#include "host/store_aggregate.h"
#include "host/store_db.h"

/* Columns: day, sponsor, what, n. */
static bw_err
count_row(void *arg, struct db_query *q)
{
	struct redo_run *u = arg;
	struct redo_act act = { .kind = REDO_COUNT, .at = u->now,
		.day = db_int(q, 0), .what = db_uint(q, 2),
		.n = db_uint(q, 3) };
	bw_err r = db_copy(q, 1, act.name, sizeof(act.name));

	return r == BW_OK ? redo_queue_add(u->s, &act) : r;
}

bw_err
db_redo_counted(struct store *s, int64_t from, int64_t to, int64_t now)
{
	static const char sql[] = "SELECT day, sponsor, what, n "
	    "FROM aggregate WHERE day >= ?1 AND day < ?2";
	const struct redo_act act = { .kind = REDO_COUNTED, .at = now,
		.day = to };
	struct redo_run u = { .s = s, .now = now };
	bw_err r = redo_queue_add(s, &act);

	return r == BW_OK ? db_each(s, count_row, &u, sql, "ii", from, to) : r;
}

bw_err
redo_count(struct redo_run *u, const struct redo_act *act)
{
	static const char until[] = "UPDATE meta SET value = ?1 "
	    "WHERE key = 'aggregated' AND value < ?1";
	static const char cell[] = "INSERT INTO aggregate "
	    "(day, sponsor, what, n) VALUES (?1, ?2, ?3, ?4) "
	    "ON CONFLICT DO NOTHING";
	int64_t n = 0;
	bw_err r;

	if (act->what >= AGGREGATE_WHATS)
		return BW_ERR_FORMAT;
	r = act->kind == REDO_COUNTED ?
	    db_write(u->s, &n, until, "i", act->day) :
	    db_write(u->s, &n, cell, "itiu", act->day, act->name,
	    (int64_t)act->what, act->n);
	u->done += r == BW_OK && n != 0;
	return r;
}
