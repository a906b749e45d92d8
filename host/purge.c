// SPDX-License-Identifier: Apache-2.0
#include "host/purge.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/file.h"
#include "host/audit.h"
#include "host/hold.h"
#include "host/store_aggregate.h"
#include "host/store_deleted.h"

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

struct forget {
	struct store *s;
	uint64_t n;
};

static bw_err
on_over(void *arg, const struct deleted_member *m)
{
	struct forget *f = arg;
	bw_err r = store_deleted_drop(f->s, m->key_mac);

	f->n++;
	return r == BW_OK && m->has_mail ?
	    store_deleted_drop(f->s, m->mail_mac) : r;
}

/* What two lines have stays with the second. */
static bw_err
on_kept(void *arg, const struct deleted_member *m)
{
	struct forget *f = arg;
	bw_err r = store_deleted_put(f->s, m->key_mac, 0);

	return r == BW_OK && m->has_mail ?
	    store_deleted_put(f->s, m->mail_mac, 0) : r;
}

/* The lines of the record, which leads (deleted.h): what stood there would be
 * in the store again. */
static bw_err
forget(const char *dir, struct forget *f, const char *actor, int64_t now,
    int64_t until)
{
	char path[FILE_PATH_MAX], detail[40];
	size_t line;
	bool held;
	bw_err r;

	if ((r = hold_any(f->s, 0, NULL, now, &held)) != BW_OK || held ||
	    (r = deleted_path(dir, path, sizeof(path))) != BW_OK ||
	    (r = deleted_prune(dir, until, on_over, f)) != BW_OK ||
	    f->n == 0 ||
	    (r = deleted_each(path, NULL, on_kept, f, &line)) != BW_OK)
		return r;
	snprintf(detail, sizeof(detail), "%" PRIu64 " lines", f->n);
	return audit_add(f->s, now, actor, "purge",
	    retain_class(RETAIN_DELETED)->name, detail);
}

static bw_err
record(const char *dir, struct store *s, const char *actor, int64_t now,
    const struct retain_rules *rules)
{
	struct retain_at at = at_of(rules, RETAIN_DELETED, now);
	struct forget f = { .s = s };
	bw_err r;

	if (at.event_end > at.cut)
		return BW_OK;
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = forget(dir, &f, actor, now, at.cut)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}

bw_err
purge_run(const char *dir, struct store *s, const char *actor, int64_t now,
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
	if (r == BW_OK)
		r = record(dir, s, actor, now, &out->rules);
	/* Also when an earlier run was killed in front of this. */
	store_tidy(s);
	return r;
}
