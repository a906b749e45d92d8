// SPDX-License-Identifier: Apache-2.0
#include "host/store_settle.h"

#include <time.h>

#include "base/clock.h"
#include "host/store_db.h"

/* Entries [from, to) of a log of which nothing was made yet. */
struct behind {
	uint64_t device, from, to;
	bool there;			/* the last entry is */
};

static bw_err
behind_row(void *arg, struct db_query *q)
{
	*(struct behind *)arg = (struct behind){ db_uint(q, 0), db_uint(q, 1),
		db_uint(q, 2), db_uint(q, 3) != 0 };
	return BW_OK;
}

/* BW_ERR_NOTFOUND: there is none. A size that the entries do not reach would be
 * walked to for hours. */
static bw_err
next_behind(struct store *s, struct behind *out)
{
	static const char sql[] = "SELECT device, settled, size, "
	    "CASE WHEN settled < 0 OR size > 4294967296 THEN 0 ELSE "
	    "(SELECT count(*) FROM entry WHERE id = (device << 32) + size - 1) "
	    "END FROM log WHERE settled < size LIMIT 1";
	bw_err r = db_first(s, behind_row, out, sql, "");

	if (r == BW_OK && !out->there)
		return db_damaged_in(s,
		    "a log's numbers are not those of its entries");
	if (r == BW_OK && out->to - out->from > SETTLE_SLICE)
		out->to = out->from + SETTLE_SLICE;
	return r;
}

static bw_err
number_row(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

static bw_err
count_behind(struct store *s, uint64_t *n)
{
	static const char sql[] = "SELECT sum(size - settled) FROM log "
	    "WHERE settled < size";

	return db_first(s, number_row, n, sql, "");
}

/* Inside a transaction. */
static bw_err
slice(struct store *s, const struct behind *b, int64_t now)
{
	static const char done[] =
	    "UPDATE log SET settled = ?2 WHERE device = ?1";
	uint64_t to = b->to;
	bw_err r;

	if ((r = db_tally_add(s, b->device, b->from, &to)) != BW_OK ||
	    (r = db_receipts_add(s, db_key(b->device, b->from),
	    db_key(b->device, to), now)) != BW_OK ||
	    (r = db_subtrees_add(s, b->device, b->from, to)) != BW_OK)
		return r;
	return db_write(s, NULL, done, "uu", b->device, to);
}

static bw_err
slice_alone(struct store *s, int64_t now, unsigned ms)
{
	struct behind b;
	bw_err r;

	if ((r = store_begin_within(s, ms)) != BW_OK)
		return r;
	if ((r = next_behind(s, &b)) == BW_OK &&
	    (r = slice(s, &b, now)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

/* Who waits to write has no place in a queue: it is given its time. */
static void
step_aside(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

static bw_err
settle(struct store *s, int64_t now, unsigned ms, int64_t until)
{
	struct behind b;
	bool inside = db_writing(s) == BW_OK;
	bw_err r;

	while ((r = next_behind(s, &b)) == BW_OK) {
		if (clock_mono_ms() >= until)
			return BW_ERR_BUSY;
		r = inside ? slice(s, &b, now) : slice_alone(s, now, ms);
		if (r != BW_OK)
			return r;
		if (!inside && next_behind(s, &b) == BW_OK)
			step_aside();
	}
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
store_settle_all(struct store *s, int64_t now)
{
	return settle(s, now, STORE_WAIT_MS, INT64_MAX);
}

bw_err
store_settle(struct store *s, int64_t now, unsigned ms)
{
	return settle(s, now, ms, clock_mono_ms() + ms);
}

bw_err
store_settle_few(struct store *s, int64_t now, unsigned ms)
{
	uint64_t n = 0;
	bw_err r = count_behind(s, &n);

	if (r != BW_OK || n == 0)
		return r;
	if (n > SETTLE_FEW)
		return BW_ERR_BUSY;
	if (db_writing(s) == BW_OK)
		return store_settle_all(s, now);
	if ((r = store_begin_within(s, ms)) != BW_OK)
		return r;
	if ((r = store_settle_all(s, now)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}
