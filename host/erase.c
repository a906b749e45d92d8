// SPDX-License-Identifier: Apache-2.0
/*
 * Erasures. What makes one final is its line in the record (deleted.h), which
 * is written inside the transaction that erases: after a crash between the two
 * the line is there and the next run erases again, by the line. So that nobody
 * undoes what may have such a line, a transaction before says that it has begun.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "host/audit.h"
#include "host/backup.h"
#include "host/case.h"
#include "host/case_erase.h"
#include "host/erase_again.h"
#include "host/erase_ids.h"
#include "host/import/stage.h"
#include "host/readmit.h"
#include "host/store_deleted.h"
#include "host/store_redo.h"
#include "host/store_right.h"

/* What is due at a time; of what was to wait, what is due before another. */
struct when {
	int64_t now, until;
};

static bool
is_due(const struct right_state *st, const struct when *at)
{
	return st->erase_due != 0 && (st->erase_begun != 0 ||
	    (st->erase_due <= at->now && (st->erase_due <= at->until ||
	    st->erase_due <= st->erase_planned)));
}

struct due {
	struct store *s;
	struct ids ids;
	struct when at;
};

static bw_err
on_right(void *arg, const struct right_state *st)
{
	struct due *d = arg;
	int64_t held;
	bw_err r = right_held(d->s, st, d->at.now, &held);

	if (r != BW_OK || (!is_due(st, &d->at) &&
	    (st->held_at != 0) == (held != 0)))
		return r;
	return ids_add(&d->ids, st->registration);
}

static bw_err
on_before(void *arg, const struct right_state *st)
{
	struct due *d = arg;

	return st->erase_planned == RIGHT_ERASED_BEFORE ?
	    ids_add(&d->ids, st->registration) : BW_OK;
}

static bw_err
record(struct store *s, uint64_t id, enum audit_act act, const char *detail,
    int64_t now)
{
	char object[40];

	snprintf(object, sizeof(object), "registration %" PRIu64, id);
	return audit_add(s, now, "host", act, object, detail);
}

/* Who asked for it was told that it waits, and gets the time to undo it anew:
 * the letter that says for when must reach the address before that is gone. */
static bw_err
begin_anew(struct store *s, struct right_state *st, int64_t now)
{
	uint64_t asked;
	bw_err r = case_erase_asked(s, st, &asked);

	if (r == BW_OK && asked != 0 && st->erase_begun == 0 &&
	    st->erase_due < now + st->erase_undo)
		st->erase_due = now + st->erase_undo;
	return r;
}

/* Whether a hold stops it, and that it does so no more; said once. */
static bw_err
mark(struct store *s, struct right_state *st, bool held, int64_t now)
{
	bw_err r = BW_OK;

	if ((st->held_at != 0) == held)
		return BW_OK;
	st->held_at = held ? now : 0;
	if (!held)
		r = begin_anew(s, st, now);
	if (r != BW_OK || (r = store_barrier_put(s, st, now)) != BW_OK ||
	    (r = case_erase_tell(s, st->registration, now)) != BW_OK || !held)
		return r;
	return record(s, st->registration, DID_RIGHT_HELD, "", now);
}

static bw_err
on_case(void *arg, const struct case_file *f)
{
	return f->type == CASE_ERASURE && case_is_open(f->state) ?
	    ids_add(arg, f->num) : BW_OK;
}

/* What staff and the person wrote in its cases goes, and those that asked for
 * the erasure have got it: the one it was planned for, and what is open, as in
 * an older store that was put back. */
static bw_err
close_cases(struct store *s, const struct right_state *st, int64_t now)
{
	struct ids asked = { 0 };
	bw_err r;

	if ((r = case_forget(s, st->registration)) == BW_OK &&
	    (r = case_each_of(s, st->registration, on_case, &asked)) == BW_OK &&
	    st->erase_case != 0)
		r = ids_add(&asked, st->erase_case);
	for (size_t i = 0; i < asked.n && r == BW_OK; i++) {
		r = case_done(s, asked.id[i], "host", now);
		if (r == BW_ERR_GONE || r == BW_ERR_NOTFOUND)
			r = BW_OK;
	}
	free(asked.id);
	return r;
}

/* The case by which the person asked, or that nobody did: staff began it, or an
 * older store was put back. */
#define ASKED_SIZE 40
static bw_err
who_asked(struct store *s, const struct right_state *st,
    char out[static ASKED_SIZE])
{
	uint64_t num;
	bw_err r = case_erase_asked(s, st, &num);

	if (st->erase_planned == RIGHT_ERASED_BEFORE)
		snprintf(out, ASKED_SIZE, "as before");
	else if (num == 0)
		snprintf(out, ASKED_SIZE, "without a case");
	else
		snprintf(out, ASKED_SIZE, "case %" PRIu64, num);
	return r;
}

static bw_err
erase_now(const char *dir, struct store *s, const struct right_state *st,
    int64_t now)
{
	const uint8_t *secret = db_deleted_key(s);
	struct deleted_mails mails;
	struct registration reg;
	char why[ASKED_SIZE];
	bw_err r;

	if (secret == NULL)
		return BW_ERR_KEY;
	if ((r = who_asked(s, st, why)) == BW_OK &&
	    (r = store_registration_get(s, st->registration, &reg)) == BW_OK &&
	    (r = store_deleted_mails(s, &reg, &mails)) == BW_OK &&
	    (r = deleted_append(dir, secret, &reg, &mails, now)) == BW_OK &&
	    (r = store_erase(s, &reg, now)) == BW_OK &&
	    (r = close_cases(s, st, now)) == BW_OK)
		r = record(s, st->registration, DID_RIGHT_ERASED, why, now);
	if (r == BW_OK && st->erase_planned == RIGHT_ERASED_BEFORE)
		r = readmit_again(dir, s, st->registration);
	explicit_bzero(&reg, sizeof(reg));
	return r;
}

/* Inside a transaction; all is asked anew, for it may have been undone. *begun:
 * it has begun now, and is to be done in the next one. */
static bw_err
one(const char *dir, struct store *s, uint64_t id, const struct when *at,
    struct right_done *out, bool *begun)
{
	struct right_state st;
	int64_t now = at->now, since;
	bool held;
	bw_err r;

	*begun = false;
	if ((r = right_look(s, id, &st)) != BW_OK || st.erase_due == 0 ||
	    (r = right_held(s, &st, now, &since)) != BW_OK)
		return r;
	held = since != 0;
	if ((r = mark(s, &st, held, now)) != BW_OK || !is_due(&st, at))
		return r;
	out->held += held;
	if (held)
		return BW_OK;
	*begun = st.erase_begun == 0;
	if (*begun)
		return store_barrier_begin(s, id, now);
	out->erased++;
	return erase_now(dir, s, &st, now);
}

/* In transactions of its own, and counted when they were kept. */
static bw_err
one_by_itself(const char *dir, struct store *s, uint64_t id,
    const struct when *at, struct right_done *out)
{
	struct right_done done = *out;
	bool begun = true;
	bw_err r = BW_OK;

	while (r == BW_OK && begun) {
		if ((r = store_begin(s)) != BW_OK)
			return r;
		if ((r = one(dir, s, id, at, &done, &begun)) == BW_OK)
			r = store_commit(s);
		store_rollback(s);
	}
	if (r == BW_OK)
		*out = done;
	return r;
}

/* One that fails stays due and withheld, and keeps no other back. The first
 * failure, or BW_OK. */
static bw_err
all_due(const char *dir, struct store *s, const struct when *at,
    right_cb which, struct right_done *out)
{
	struct due d = { .s = s, .at = *at };
	bw_err r = right_each(s, which, &d), all = r;

	for (size_t i = 0; i < d.ids.n && r == BW_OK; i++) {
		int64_t began = clock_mono_ms();
		bw_err one_r = one_by_itself(dir, s, d.ids.id[i], at, out);

		if (i + 1 < d.ids.n)
			store_give_turn(began);
		out->failed += one_r != BW_OK;
		if (all == BW_OK)
			all = one_r;
	}
	free(d.ids.id);
	return all;
}

/* Files that hold what was written over; again, if it could not be done or
 * another erasure is at it. The clock is believed up to now. A record that cannot
 * be read keeps no value. */
static bw_err
sweep(const char *dir, struct store *s, int64_t now)
{
	uint64_t wanted;
	bw_err r, forgot, left;

	if ((r = store_sweep_get(s, &wanted)) != BW_OK || wanted == 0)
		return r;
	import_stage_sweep(dir, STAGE_ALL);
	left = backup_sweep(dir);
	forgot = store_redo_forget(s, now);
	if (!store_tidy_within(s, STORE_WAIT_MS) || forgot != BW_OK)
		return forgot == BW_ERR_BUSY ? BW_OK : forgot;
	if (left != BW_OK)
		return left;
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = store_sweep_done(s, wanted)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}

bw_err
right_erase_due(const char *dir, struct store *s, int64_t now,
    int64_t until, struct right_done *out)
{
	const struct when at = { now, until };
	bw_err r, swept;

	*out = (struct right_done){ 0 };
	if (db_deleted_key(s) == NULL)
		return BW_ERR_KEY;
	if ((r = erase_again(dir, s, now)) != BW_OK)
		return r;
	r = all_due(dir, s, &at, on_right, out);
	swept = sweep(dir, s, until);
	return r != BW_OK ? r : swept;
}

bw_err
right_erase_again(const char *dir, struct store *s, int64_t now,
    struct right_done *out)
{
	const struct when at = { now, now };
	bw_err r;

	*out = (struct right_done){ 0 };
	if (db_deleted_key(s) == NULL)
		return BW_ERR_KEY;
	if ((r = erase_again(dir, s, now)) != BW_OK)
		return r;
	return all_due(dir, s, &at, on_before, out);
}

bw_err
right_erase_one(const char *dir, struct store *s, uint64_t registration,
    int64_t now, bool *erased)
{
	const struct when at = { now, now };
	struct right_done done = { 0 };
	bw_err r;

	*erased = false;
	if (db_deleted_key(s) == NULL)
		return BW_ERR_KEY;
	if ((r = one_by_itself(dir, s, registration, &at, &done)) != BW_OK)
		return r;
	*erased = done.erased != 0;
	return sweep(dir, s, now);
}
