// SPDX-License-Identifier: Apache-2.0
#include "host/purge.h"

#include <inttypes.h>
#include <stdio.h>

#include "host/audit.h"
#include "host/store_aggregate.h"

#define DAY 86400

static struct retain_at
at_of(const struct retain_rules *rules, enum retain c, int64_t now)
{
	return (struct retain_at){ now - (int64_t)rules->days[c] * DAY,
		rules->event_end };
}

static int64_t
sooner(int64_t a, int64_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

static bw_err
look(struct store *s, size_t step, int64_t now, struct purge_report *out)
{
	enum retain c = store_retain_class(step);
	struct retain_at at = at_of(&out->rules, c, now);
	struct purge_line *line = &out->line[c];
	struct retain_count n;
	bw_err r = store_retain_count(s, step, &at, &n);

	if (r != BW_OK)
		return r;
	line->kept += n.kept;
	line->due += n.due;
	line->held += n.held;
	line->oldest = sooner(line->oldest, n.oldest);
	line->next = sooner(line->next, n.next == 0 ? 0 :
	    n.next + (int64_t)out->rules.days[c] * DAY);
	return BW_OK;
}

bw_err
purge_look(struct store *s, int64_t now, struct purge_report *out)
{
	bw_err r;

	*out = (struct purge_report){ .rules = { 0 } };
	if ((r = store_snapshot(s)) != BW_OK)
		return r;
	r = retain_load(s, &out->rules);
	for (size_t i = 0; i < store_retain_steps() && r == BW_OK; i++)
		r = look(s, i, now, out);
	store_snapshot_end(s);
	return r;
}

/* A transaction's worth; *n is 0 when there was nothing to do. */
static bw_err
batch(struct store *s, size_t step, const char *actor, int64_t now,
    const struct retain_at *at, uint64_t *n)
{
	char detail[40];
	bw_err r;

	if ((r = store_begin(s)) != BW_OK)
		return r;
	r = store_retain_drop(s, step, at, PURGE_BATCH, n);
	if (r != BW_OK || *n == 0) {
		store_rollback(s);
		return r;
	}
	snprintf(detail, sizeof(detail), "%" PRIu64 " rows", *n);
	return audit_finish(s, r, now, actor, "purge",
	    retain_class(store_retain_class(step))->name, detail);
}

bw_err
purge_run(struct store *s, const char *actor, int64_t now,
    struct purge_report *out)
{
	uint64_t n;
	bw_err r;

	if ((r = store_aggregate_settle(s, now)) != BW_OK)
		return r;
	r = purge_look(s, now, out);

	for (size_t i = 0; i < store_retain_steps() && r == BW_OK; i++) {
		enum retain c = store_retain_class(i);
		struct retain_at at = at_of(&out->rules, c, now);

		do {
			r = batch(s, i, actor, now, &at, &n);
			if (r == BW_OK)
				out->line[c].gone += n;
		} while (r == BW_OK && n != 0);
	}
	/* Also when an earlier run was killed in front of this. */
	store_tidy(s);
	return r;
}
