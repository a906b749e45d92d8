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
#include "base/file.h"
#include "base/log.h"
#include "host/audit.h"
#include "host/backup.h"
#include "host/case.h"
#include "host/case_erase.h"
#include "host/import/stage.h"
#include "host/readmit.h"
#include "host/store_deleted.h"
#include "host/store_handed.h"
#include "host/store_redo.h"
#include "host/store_right.h"

/* Registrations that are to be looked at. */
struct ids {
	uint64_t *id;
	size_t n, cap;
};

static bw_err
ids_add(struct ids *l, uint64_t id)
{
	if (l->n == l->cap) {
		size_t cap = l->cap == 0 ? 16 : l->cap * 2;
		uint64_t *more = reallocarray(l->id, cap, sizeof(*more));

		if (more == NULL)
			return BW_ERR_NOMEM;
		l->id = more;
		l->cap = cap;
	}
	l->id[l->n++] = id;
	return BW_OK;
}

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
    struct right_done *out)
{
	struct due d = { .s = s, .at = *at };
	bw_err r = right_each(s, on_right, &d), all = r;

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

/* Lines of the record that the store does not know. */
struct unknown {
	struct store *s;
	int64_t now;
	size_t n, cap;
	struct deleted_member *at;
	struct ids ids;			/* registrations that have their keys */
};

static bw_err
unknown_add(struct unknown *u, const struct deleted_member *m)
{
	if (u->n == u->cap) {
		size_t cap = u->cap == 0 ? 4 : u->cap * 2;
		struct deleted_member *more = reallocarray(u->at, cap,
		    sizeof(*more));

		if (more == NULL)
			return BW_ERR_NOMEM;
		u->at = more;
		u->cap = cap;
	}
	u->at[u->n++] = *m;
	return BW_OK;
}

/* What lines say of a registration: its key, now or when the ticket is handed
 * on, and its addresses, which tell the one who had a ticket from the next. */
struct marks {
	struct handed_keys key;
	struct deleted_mails mails;
};

static bw_err
marks_of(struct store *s, const struct registration *reg, struct marks *out)
{
	bw_err r = store_deleted_mails(s, reg, &out->mails);

	return r != BW_OK ? r : handed_keys(db_deleted_key(s), reg,
	    &out->key);
}

static bool
is_about(const struct deleted_member *m, uint64_t id, const struct marks *x)
{
	return deleted_is(m, id, x->key.ticket, &x->mails) ||
	    deleted_is(m, id, x->key.handed, &x->mails);
}

/* Whether the registration with the line's number is there, is the line's, and
 * not being erased: the key may be known by the line of another holder of the ticket. */
static bw_err
is_back(struct store *s, const struct deleted_member *m, bool *yes)
{
	struct right_state st;
	struct registration reg;
	struct marks x;
	bw_err r = store_registration_get(s, m->registration, &reg);

	*yes = false;
	if (r == BW_OK && reg.status != REG_DELETED &&
	    (r = marks_of(s, &reg, &x)) == BW_OK &&
	    (r = right_look(s, reg.id, &st)) == BW_OK)
		*yes = is_about(m, reg.id, &x) && st.erase_begun == 0;
	explicit_bzero(&reg, sizeof(reg));
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
on_line(void *arg, const struct deleted_member *m)
{
	struct unknown *u = arg;
	bool known = true, back = false;
	bw_err r = m->back ? BW_OK :
	    store_deleted_knows(u->s, m->key_mac, &known);

	/* Who was let in again may be there, by another number. */
	if (r == BW_OK && known)
		r = is_back(u->s, m, &back);
	return r != BW_OK || (known && !back) ? r : unknown_add(u, m);
}

static bw_err
on_registration(void *arg, const struct registration *reg)
{
	struct unknown *u = arg;
	struct marks x;
	bw_err r;

	if (reg->status == REG_DELETED)
		return BW_OK;
	if ((r = marks_of(u->s, reg, &x)) != BW_OK)
		return r;
	for (size_t i = 0; i < u->n; i++)
		if (is_about(&u->at[i], reg->id, &x))
			return ids_add(&u->ids, reg->id);
	return BW_OK;
}

/* Its ticket was handed on when it was erased, and in this store is not yet: it
 * is, so that nothing bars who has that ticket since. */
static bw_err
hand_on(struct unknown *u, uint64_t id)
{
	char ticket[REG_KEY_MAX + 1];
	struct registration reg;
	struct marks x;
	bool own = false, handed = false;
	bw_err r = store_registration_get(u->s, id, &reg);

	if (r != BW_OK || (r = marks_of(u->s, &reg, &x)) != BW_OK)
		goto out;
	for (size_t i = 0; i < u->n; i++) {
		own = own || deleted_is(&u->at[i], id, x.key.ticket, &x.mails);
		handed = handed || deleted_is(&u->at[i], id, x.key.handed,
		    &x.mails);
	}
	handed_ticket(&reg, ticket);
	if (handed && !own && strcmp(ticket, reg.key) == 0)
		r = handed_on(u->s, &reg, u->now);
	explicit_bzero(ticket, sizeof(ticket));
out:
	explicit_bzero(&reg, sizeof(reg));
	return r;
}

/* Who is there is due now, whatever was planned or is held. */
static bw_err
plan_now(struct store *s, uint64_t id, int64_t now)
{
	struct right_state st;
	int64_t due;
	bw_err r;

	if ((r = right_look(s, id, &st)) == BW_OK && st.erase_due == 0 &&
	    (r = right_erase_plan(s, id, 0, NULL, 0, "host", now,
	    &due)) == BW_OK)
		r = right_look(s, id, &st);
	if (r != BW_OK)
		return r;
	st.erase_planned = RIGHT_ERASED_BEFORE;
	st.erase_due = now;
	r = store_barrier_put(s, &st, now);
	return r != BW_OK ? r : store_barrier_begin(s, id, now);
}

static bw_err
take_up(struct unknown *u)
{
	bw_err r = store_registration_each(u->s, on_registration, u);

	for (size_t i = 0; i < u->ids.n && r == BW_OK; i++)
		if ((r = hand_on(u, u->ids.id[i])) == BW_OK)
			r = plan_now(u->s, u->ids.id[i], u->now);
	for (size_t i = 0; i < u->n && r == BW_OK; i++)
		if (!u->at[i].back)
			r = store_deleted_put_all(u->s, u->at[i].key_mac,
			    &u->at[i].mails, 0);
	return r;
}

/* All erasures wait until it can be read: which line, for who mends it. */
static void
say_unreadable(bw_err r, size_t line)
{
	if (r == BW_ERR_FORMAT && line != 0)
		log_error("deleted-members: line %zu is damaged; put the "
		    "newest copy of the file back", line);
	else if (r != BW_OK && r != BW_ERR_NOTFOUND && line == 0)
		log_error("deleted-members cannot be read: it is no file of "
		    "its own, or not ours");
}

/* What the record has and the store has not: somebody put a backup back, or the
 * erasure was cut off. */
static bw_err
recover(const char *dir, struct store *s, int64_t now)
{
	struct unknown u = { .s = s, .now = now };
	char path[FILE_PATH_MAX];
	size_t line;
	bw_err r;

	if ((r = deleted_path(dir, path, sizeof(path))) != BW_OK)
		return r;
	r = deleted_each(path, NULL, on_line, &u, &line);
	say_unreadable(r, line);
	if (r != BW_OK || u.n == 0)
		goto out;
	if ((r = store_begin(s)) != BW_OK)
		goto out;
	if ((r = take_up(&u)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
out:
	free(u.at);
	free(u.ids.id);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
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
	if ((r = recover(dir, s, now)) != BW_OK)
		return r;
	r = all_due(dir, s, &at, out);
	swept = sweep(dir, s, until);
	return r != BW_OK ? r : swept;
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
