// SPDX-License-Identifier: Apache-2.0
/* rights-done beside the store: its lines, and what the store lacks of it. */
#include "host/store_redo_act.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "host/audit.h"
#include "host/store_db.h"
#include "host/store_receipt.h"
#include "host/store_restored.h"
#include "host/store_settle.h"

#define TURN 2000			/* acts in a transaction, about */

bw_err
store_redo_to(struct store *s, const char *dir)
{
	struct redo_queue *q = db_redo(s);

	if (strlen(dir) >= sizeof(q->dir))
		return BW_ERR_BOUND;
	strcpy(q->dir, dir);
	return BW_OK;
}

bw_err
redo_queue_add(struct store *s, const struct redo_act *act)
{
	struct redo_queue *q = db_redo(s);

	if (q->dir[0] == 0)
		return BW_OK;
	if (q->n == q->cap) {
		size_t cap = q->cap == 0 ? 16 : q->cap * 2;
		struct redo_act *more = reallocarray(q->at, cap,
		    sizeof(*more));

		if (more == NULL)
			return BW_ERR_NOMEM;
		q->at = more;
		q->cap = cap;
	}
	q->at[q->n++] = *act;
	return BW_OK;
}

void
db_redo_drop(struct redo_queue *q)
{
	free(q->at);
	q->at = NULL;
	q->n = q->cap = 0;
}

/* The last number that is done. */
static bw_err
number_row(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

static bw_err
done_get(struct store *s, uint64_t *n)
{
	static const char sql[] =
	    "SELECT value FROM meta WHERE key = 'redo'";
	bw_err r;

	*n = 0;
	r = db_first(s, number_row, n, sql, "");
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
done_set(struct store *s, uint64_t n)
{
	static const char sql[] = "INSERT INTO meta (key, value) "
	    "VALUES ('redo', ?1) ON CONFLICT (key) "
	    "DO UPDATE SET value = excluded.value";

	return db_write(s, NULL, sql, "u", n);
}

/* Inside the transaction: what the file has above the store's number is of one
 * commit that came to nothing, for all had the same number when they opened the
 * store. */
static bw_err
cut_orphan(const char *dir, uint64_t had)
{
	uint64_t last;
	bw_err r;

	if ((r = redo_last(dir, &last)) != BW_OK || last <= had)
		return r;
	return last == had + 1 ? redo_cut(dir, had) : BW_ERR_BUSY;
}

static bw_err
append(const struct redo_queue *q, uint64_t had, uint64_t *num)
{
	bw_err r = cut_orphan(q->dir, had);

	if (r == BW_ERR_BUSY)
		log_error("rights-done has more than the store: an older one "
		    "was put in its place under a program; restart it");
	else if (r != BW_OK ||
	    (r = redo_append(q->dir, q->at, q->n, had, num)) != BW_OK)
		log_error("rights-done cannot be written: %s",
		    bw_strerror(r));
	return r;
}

bw_err
db_redo_flush(struct store *s)
{
	struct redo_queue *q = db_redo(s);
	uint64_t had, num;
	bw_err r;

	if (q->n == 0)
		return BW_OK;
	if ((r = done_get(s, &had)) != BW_OK ||
	    (r = append(q, had, &num)) != BW_OK)
		return r;
	return done_set(s, num);
}

/* By the numbers of the store's last commit, and the file's. */
static bw_err
stand(struct store *s, const char *dir, enum redo_stand *out, uint64_t *had,
    uint64_t *last)
{
	bw_err r;

	if ((r = done_get(s, had)) != BW_OK ||
	    (r = redo_last(dir, last)) != BW_OK)
		return r;
	*out = *last > *had ? REDO_BEHIND : *last < *had ? REDO_AHEAD :
	    REDO_SAME;
	return BW_OK;
}

bw_err
store_redo_stand(struct store *s, const char *dir, enum redo_stand *out)
{
	uint64_t had, last;
	bw_err r = stand(s, dir, out, &had, &last);

	/* A line is there before its commit. */
	if (r != BW_OK || *out == REDO_SAME || (r = store_begin(s)) != BW_OK)
		return r;
	r = stand(s, dir, out, &had, &last);
	store_rollback(s);
	return r;
}

/* Which of the two it was cannot be told (db_restored_done). */
bw_err
store_redo_waits(struct store *s, const char *dir, const char **why)
{
	enum redo_stand how;
	bool unerased;
	bw_err r;

	*why = NULL;
	if ((r = store_redo_stand(s, dir, &how)) == BW_OK &&
	    (r = store_unerased_is(s, &unerased)) == BW_OK &&
	    (how == REDO_BEHIND || unerased))
		*why = "not all that people asked for is done in its store, "
		    "for a command was cut off or the store was put back: "
		    "start badgeward-host first, or run \"badgeward "
		    "registration list\"";
	return r;
}

bw_err
store_redo_mend(struct store *s)
{
	const char *dir = db_redo(s)->dir;
	enum redo_stand how;
	uint64_t had, last;
	bw_err r;

	if (dir[0] == 0)
		return BW_OK;
	if ((r = stand(s, dir, &how, &had, &last)) != BW_OK ||
	    how != REDO_BEHIND)
		return r;
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = done_get(s, &had)) == BW_OK)
		r = cut_orphan(dir, had);
	store_rollback(s);
	return r;
}

/* A run over the lines after a number, in turns. */
struct turns {
	struct redo_run run;
	uint64_t had, last;		/* done before; the line's */
	uint64_t n, waits;		/* acts of this turn; of nobody yet */
	int64_t began;
	bool other;			/* somebody else does it, too */
};

static bw_err
act_again(struct turns *t, const struct redo_act *act)
{
	struct redo_run *u = &t->run;
	enum redo_presence is;
	bw_err r;

	if (act->kind == REDO_NONE)
		return BW_OK;
	if (act->kind <= REDO_FREED)
		return redo_share(u, act);
	if (act->kind == REDO_HOLD_OF || act->kind == REDO_LIFT_OF)
		return redo_hold(u, act, 0);
	if (act->kind == REDO_COUNTED || act->kind == REDO_COUNT)
		return redo_count(u, act);
	if (!redo_of_person(act->kind))
		return redo_out(u, act);
	if ((r = redo_presence(u->s, act, &is)) != BW_OK ||
	    is == REDO_ERASED)
		return r;
	if (is == REDO_PRESENT)
		return redo_person(u, act, act->st.registration);
	t->waits++;
	return redo_wait(u->s, act);
}

/* Up to the last number. Their lines are there. */
static bw_err
turn_end(struct turns *t)
{
	db_redo_drop(db_redo(t->run.s));
	return done_set(t->run.s, t->last);
}

static bw_err
turn_next(struct turns *t)
{
	struct store *s = t->run.s;
	uint64_t had;
	bw_err r;

	if ((r = turn_end(t)) != BW_OK || (r = store_commit(s)) != BW_OK)
		return r;
	store_give_turn(t->began);
	t->began = clock_mono_ms();
	t->n = 0;
	if ((r = store_begin(s)) != BW_OK || (r = done_get(s, &had)) != BW_OK)
		return r;
	t->other = had != t->last;
	return t->other ? BW_ERR_BUSY : BW_OK;
}

static bw_err
on_act(void *arg, const struct redo_act *act)
{
	struct turns *t = arg;
	bw_err r;

	if (act->num > t->had) {
		/* What one commit did is one turn's. */
		if (t->n >= TURN && act->num != t->last &&
		    (r = turn_next(t)) != BW_OK)
			return r;
		t->n++;
		if ((r = act_again(t, act)) != BW_OK)
			return r;
	}
	t->last = act->num;
	return BW_OK;
}

static bw_err
all_acts(struct turns *t)
{
	struct store *s = t->run.s;
	char detail[64];
	size_t line;
	bw_err r = redo_each(db_redo(s)->dir, on_act, t, &line);

	if (r == BW_ERR_FORMAT && line != 0)
		log_error("rights-done: line %zu is damaged; put the newest "
		    "copy of the file back", line);
	if (r != BW_OK || (r = turn_end(t)) != BW_OK ||
	    (r = db_restored_done(s)) != BW_OK)
		return r;
	snprintf(detail, sizeof(detail), "acts %" PRIu64 " waiting %" PRIu64,
	    t->run.done, t->waits);
	return audit_add(s, t->run.now, "host", DID_RIGHT_REDO, "store",
	    detail);
}

static void
say(const struct turns *t)
{
	log_warn("the store is older than rights-done: of the acts for "
	    "people's rights in it %" PRIu64 " were done again", t->run.done);
	if (t->waits != 0)
		log_warn("%" PRIu64 " more are of registrations that the "
		    "store does not have: they are done when those are "
		    "imported, within %d days", t->waits, STORE_PENDING_DAYS);
}

/* One commit alone was cut off, unless backup_restore has put a copy in place or
 * this goes on where another run ended. What a copy does not know was given out
 * or used since. */
static bw_err
begin_anew(struct turns *t, const char *dir, uint64_t last)
{
	struct store *s = t->run.s;
	bool restored;
	bw_err r = store_restored_is(s, &restored);

	t->run.cut = !restored && last == t->had + 1;
	if (r != BW_OK || restored || t->run.cut)
		return r;
	return db_restored(s, dir, t->run.now);
}

static bw_err
run(struct turns *t)
{
	struct store *s = t->run.s;
	const char *dir = db_redo(s)->dir;
	enum redo_stand how;
	uint64_t last;
	bw_err r;

	if ((r = store_settle_all(s, t->run.now)) != BW_OK ||
	    (r = store_begin(s)) != BW_OK)
		return r;
	t->began = clock_mono_ms();
	if ((r = stand(s, dir, &how, &t->had, &last)) == BW_OK &&
	    how == REDO_BEHIND &&
	    (r = begin_anew(t, dir, last)) == BW_OK &&
	    (r = all_acts(t)) == BW_OK && (r = store_commit(s)) == BW_OK)
		say(t);
	store_rollback(s);
	return r;
}

/* A copy that was put back lacked none. */
static bw_err
nothing_to_do(struct store *s)
{
	bool restored;
	bw_err r = store_restored_is(s, &restored);

	if (r != BW_OK || !restored || (r = store_begin(s)) != BW_OK)
		return r;
	if ((r = db_restored_done(s)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}

bw_err
store_redo_run(struct store *s, int64_t now)
{
	struct turns t = { .other = true };
	enum redo_stand how;
	bw_err r;

	if ((r = store_redo_stand(s, db_redo(s)->dir, &how)) == BW_ERR_FORMAT)
		log_error("rights-done: its last line is damaged; put the "
		    "newest copy of the file back");
	else if (r != BW_OK)
		log_error("rights-done cannot be read: %s", bw_strerror(r));
	if (r == BW_OK && how == REDO_AHEAD)
		log_warn("rights-done is missing or older than the store: put "
		    "the newest copy of it back; what was done since is not "
		    "done again over an older store");
	if (r != BW_OK || how != REDO_BEHIND)
		return r == BW_OK ? nothing_to_do(s) : r;
	while (t.other) {
		t = (struct turns){ .run = { .s = s, .now = now } };
		r = run(&t);
	}
	return r;
}
