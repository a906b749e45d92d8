// SPDX-License-Identifier: Apache-2.0
#include "host/purge.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "host/audit.h"
#include "host/hold.h"
#include "host/store_aggregate.h"
#include "host/store_deleted.h"

#define DAY 86400

static int64_t
period(const struct retain_rules *rules, enum retain c)
{
	return (int64_t)rules->days[c] * DAY;
}

static struct retain_at
at_of(const struct retain_rules *rules, enum retain c, int64_t now)
{
	int64_t own = period(rules, c);

	return (struct retain_at){ now - own, rules->event_end,
		period(rules, RETAIN_LEADS) - own,
		period(rules, RETAIN_NOTES) - own };
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
	    n.next + period(&out->rules, c));
	return BW_OK;
}

/* What is of other classes and goes with registrations. */
static bw_err
look_beside(struct store *s, int64_t now, struct purge_report *out)
{
	struct retain_at at[RETAIN_CLASSES];
	struct retain_gone more;
	bw_err r;

	if (out->line[RETAIN_REGISTRATIONS].due == 0)
		return BW_OK;
	for (int c = 0; c < RETAIN_CLASSES; c++)
		at[c] = at_of(&out->rules, (enum retain)c, now);
	r = store_retain_beside(s, at, &more);
	for (int c = 0; c < RETAIN_CLASSES; c++)
		out->line[c].due += more.n[c];
	return r;
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
	if (r == BW_OK)
		r = look_beside(s, now, out);
	store_snapshot_end(s);
	return r;
}

/* A row in the audit for each class of which something went. */
static bw_err
record(struct store *s, const char *actor, int64_t now,
    const struct retain_gone *gone)
{
	char detail[40];
	bw_err r = BW_OK;

	for (int c = 0; c < RETAIN_CLASSES && r == BW_OK; c++) {
		if (gone->n[c] == 0)
			continue;
		snprintf(detail, sizeof(detail), "%" PRIu64 " rows",
		    gone->n[c]);
		r = audit_add(s, now, actor, DID_PURGE,
		    retain_class((enum retain)c)->name, detail);
	}
	return r;
}

/* A transaction's worth; *n is 0 when there was nothing to do. */
static bw_err
batch(struct store *s, size_t step, const char *actor, int64_t now,
    const struct retain_at *at, struct retain_gone *gone, uint64_t *n)
{
	bw_err r;

	if ((r = store_begin(s)) != BW_OK)
		return r;
	r = store_retain_drop(s, step, at, PURGE_BATCH, gone, n);
	if (r == BW_OK && *n != 0 &&
	    (r = record(s, actor, now, gone)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}

static bw_err
clear_step(struct store *s, size_t step, const char *actor, int64_t now,
    const struct retain_at *at, struct purge_report *out)
{
	struct retain_gone gone;
	uint64_t n;
	bw_err r;

	do {
		int64_t began = clock_mono_ms();

		r = batch(s, step, actor, now, at, &gone, &n);
		if (r != BW_OK || n == 0)
			return r;
		for (int c = 0; c < RETAIN_CLASSES; c++)
			out->line[c].gone += gone.n[c];
		store_give_turn(began);
	} while (true);
}

struct sifting {
	struct store *s;
	int64_t cut;
	bool held;			/* all of it, by a hold of the event */
};

/* As long as the registration's own row stands, or else its time is not over;
 * what another's row had in common with it is there again. */
static bw_err
keep_line(void *arg, const struct deleted_member *m, bool *keep)
{
	struct sifting *rec = arg;
	bw_err r = store_deleted_knows(rec->s, m->key_mac, keep);

	*keep = *keep || rec->held || m->at > rec->cut;
	if (r != BW_OK || !*keep || m->back)
		return r;
	return store_deleted_put_all(rec->s, m->key_mac, &m->mails, 0);
}

static bw_err
sift(const char *dir, struct store *s, const char *actor, int64_t now,
    struct sifting *rec)
{
	char detail[40];
	uint64_t n;
	bw_err r;

	if ((r = hold_any(s, 0, NULL, &rec->held)) != BW_OK ||
	    (r = store_deleted_drop_unknown(s)) != BW_OK ||
	    (r = deleted_forget(dir, keep_line, rec, &n)) != BW_OK || n == 0)
		return r;
	snprintf(detail, sizeof(detail), "%" PRIu64 " lines", n);
	return audit_add(s, now, actor, DID_PURGE,
	    retain_class(RETAIN_DELETED)->name, detail);
}

/*
 * The record has what the rows have: else the next erasures would put back
 * what went. The file is new before the rows are; when that is cut off in
 * between, the rows follow with the next run.
 */
static bw_err
forget(const char *dir, struct store *s, const char *actor, int64_t now,
    const struct retain_at *at)
{
	struct sifting rec = { .s = s, .cut = at->cut };
	bw_err r;

	if (at->event_end > at->cut)
		return BW_OK;
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = sift(dir, s, actor, now, &rec)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

/* All that was over at a moment, in its order. */
static bw_err
clear(const char *dir, struct store *s, const char *actor, int64_t now,
    int64_t over, struct purge_report *out)
{
	struct retain_at deleted;
	bw_err r = BW_OK;

	for (size_t i = 0; i < store_retain_steps() && r == BW_OK; i++) {
		enum retain c = store_retain_class(i);
		struct retain_at at = at_of(&out->rules, c, over);

		r = clear_step(s, i, actor, now, &at, out);
	}
	if (r != BW_OK)
		return r;
	deleted = at_of(&out->rules, RETAIN_DELETED, over);
	return forget(dir, s, actor, now, &deleted);
}

static bw_err
run(const char *dir, struct store *s, const char *actor, int64_t now,
    int64_t over, struct purge_report *out)
{
	bw_err r;

	if ((r = store_aggregate_settle(s, now)) != BW_OK ||
	    (r = purge_look(s, over, out)) != BW_OK ||
	    (r = store_purging_set(s, over)) != BW_OK)
		return r;
	r = clear(dir, s, actor, now, over, out);
	/* Also when an earlier run was killed in front of this. */
	store_tidy(s);
	return r == BW_OK ? store_purging_set(s, 0) : r;
}

bw_err
purge_run(const char *dir, struct store *s, const char *actor, int64_t now,
    struct purge_report *out)
{
	return run(dir, s, actor, now, now, out);
}

bw_err
purge_finish(const char *dir, struct store *s, const char *actor, int64_t now)
{
	struct purge_report rep;
	int64_t over;
	bw_err r = store_purging_get(s, &over);

	if (r != BW_OK || over == 0)
		return r;
	return run(dir, s, actor, now, over, &rep);
}
