// SPDX-License-Identifier: Apache-2.0
/* What was done is done again: to shares and people. */
#include "host/store_redo_act.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "host/not_me.h"
#include "host/store_daily.h"
#include "host/store_db.h"
#include "host/store_deleted.h"
#include "host/store_handed.h"
#include "host/store_receipt.h"
#include "host/store_registration.h"
#include "host/store_restored.h"

static bw_err
withdraw(struct redo_run *u, const struct store_lead *lead)
{
	bool moved;
	bw_err r = store_lead_end(u->s, lead->device, lead->seq,
	    LEAD_WITHDRAWN, u->now, &moved);

	u->done += r == BW_OK && moved;
	return r;
}

/* Of a share that is not there yet. */
static bw_err
to_come(struct redo_run *u, const struct redo_act *act)
{
	u->done++;
	if (act->kind == REDO_FREED)
		return db_pending_free(u->s, act->rh);
	return db_pending_put(u->s, act->rh, u->now, act->kind == REDO_HELD ?
	    PENDING_HELD : PENDING_REDONE);
}

bw_err
redo_share(struct redo_run *u, const struct redo_act *act)
{
	struct store_lead lead;
	bool moved = false;
	bw_err r = db_receipt_lead(u->s, act->rh, &lead);

	if (r != BW_OK)
		return r == BW_ERR_NOTFOUND ? to_come(u, act) : r;
	if (act->kind == REDO_SHARE)
		return withdraw(u, &lead);
	r = act->kind == REDO_HELD ?
	    not_me_hold_again(u->s, &lead, u->now, &moved) :
	    not_me_free_again(u->s, &lead, u->now, &moved);
	u->done += moved;
	return r;
}

/* By the key, whichever it has by now. */
static bw_err
is_about(struct store *s, const struct redo_act *act,
    const struct registration *reg, bool *yes)
{
	const uint8_t *secret = db_deleted_key(s);
	struct handed_keys key;
	bw_err r = secret != NULL ? handed_keys(secret, reg, &key) :
	    BW_ERR_KEY;

	*yes = r == BW_OK &&
	    (crypto_equal(key.ticket, act->key_mac, DELETED_MAC) ||
	    crypto_equal(key.handed, act->key_mac, DELETED_MAC));
	return r;
}

bw_err
redo_presence(struct store *s, const struct redo_act *act,
    enum redo_presence *out)
{
	struct registration reg;
	bool yes = false;
	bw_err r = store_registration_get(s, act->st.registration, &reg);

	*out = REDO_ABSENT;
	if (r == BW_OK && reg.status == REG_DELETED)
		*out = REDO_ERASED;
	else if (r == BW_OK && (r = is_about(s, act, &reg, &yes)) == BW_OK &&
	    yes)
		*out = REDO_PRESENT;
	explicit_bzero(&reg, sizeof(reg));
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
number_row(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

static bw_err
withdraw_all(struct redo_run *u, uint64_t registration, int64_t at)
{
	static const char sql[] = "SELECT at FROM withdrawn "
	    "WHERE registration = ?1";
	uint64_t had = 0;
	bw_err r = db_first(u->s, number_row, &had, sql, "u", registration);

	if ((r != BW_OK && r != BW_ERR_NOTFOUND) || had == (uint64_t)at)
		return r;
	u->done++;
	return store_withdrawn_put(u->s, registration, at);
}

/* Nobody is erased for what another asked for who had the ticket: staff see whose
 * it is. */
static void
leave_to_staff(struct redo_run *u, struct right_state *st)
{
	if (!u->imported || st->erase_due == 0)
		return;
	st->staff = u->now;
	st->erase_planned = st->erase_due = 0;
	log_warn("rights-done: registration %" PRIu64 " is withheld, for an "
	    "erasure was planned for its ticket before the backup was put "
	    "back: ask who has the ticket, and erase or release it",
	    st->registration);
}

static bw_err
withhold(struct redo_run *u, const struct redo_act *act,
    uint64_t registration)
{
	struct right_state st = act->st;
	bool changed = false;
	bw_err r;

	st.registration = registration;
	leave_to_staff(u, &st);
	if ((r = right_redo(u->s, &st, u->now, &changed)) == BW_OK)
		u->done += changed;
	return r;
}

static bw_err
stop_daily(struct redo_run *u, const struct redo_act *act,
    uint64_t registration)
{
	bool stopped;
	bw_err r = daily_stopped(u->s, registration, &stopped);

	if (r != BW_OK || stopped)
		return r;
	u->done++;
	return daily_stop(u->s, registration, act->at);
}

static bw_err
minor(struct redo_run *u, const struct redo_act *act, uint64_t registration)
{
	bool changed;
	bw_err r = db_registration_minor(u->s, registration, act->minor != 0,
	    act->released != 0, u->now, &changed);

	u->done += r == BW_OK && changed;
	return r;
}

/* Whether the source says what it said when that was corrected. Something else
 * is newer than the correction, or of somebody else. */
static bw_err
says_the_same(struct redo_run *u, uint64_t registration, enum field f,
    const struct corrected_source *source, bool *yes)
{
	struct registration reg;
	bw_err r;

	*yes = !u->imported;
	if (*yes)
		return BW_OK;
	if ((r = store_registration_get(u->s, registration, &reg)) == BW_OK)
		r = db_corrected_source_is(u->s, source, reg.values.v[f], yes);
	explicit_bzero(&reg, sizeof(reg));
	return r;
}

/* With what the source said then: an import that says the same again changes
 * nothing. */
static bw_err
correct(struct redo_run *u, const struct redo_act *act,
    uint64_t registration)
{
	enum field f = (enum field)act->field;
	struct redo_value v;
	bool same = false;
	bw_err r = redo_box_open(u->s, act, &v);

	if (r == BW_ERR_KEY)
		log_error("rights-done: a corrected value cannot be opened: "
		    "is keys/deleted.key another one?");
	if (r != BW_OK || (r = says_the_same(u, registration, f, &v.source,
	    &same)) != BW_OK || !same)
		goto out;
	r = right_correct(u->s, registration, f, v.value, "host", u->now);
	u->done += r == BW_OK;
	if (r == BW_ERR_EXISTS)
		r = BW_OK;
	if (r == BW_OK)
		r = db_corrected_source_put(u->s, registration, f, &v.source);
out:
	explicit_bzero(&v, sizeof(v));
	return r;
}

static bw_err
block(struct redo_run *u, const struct redo_act *act, uint64_t registration)
{
	bw_err r = store_badge_retire_all(u->s, registration, act->at);

	u->done += r == BW_OK;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

/* No tag has an edition whose commit was cut off: the badge that is worn stays
 * good. But a copy that was put back by hand may look the same, and then one
 * has. */
static bw_err
written(struct redo_run *u, const struct redo_act *act, uint64_t registration)
{
	return u->cut ? db_editions_end(u->s) : block(u, act, registration);
}

bw_err
redo_person(struct redo_run *u, const struct redo_act *act,
    uint64_t registration)
{
	switch ((int)act->kind) {
	case REDO_ALL:
		return withdraw_all(u, registration, act->at);
	case REDO_WITHHELD:
		return withhold(u, act, registration);
	case REDO_DAILY:
		return stop_daily(u, act, registration);
	case REDO_MINOR:
		return minor(u, act, registration);
	case REDO_CORRECTED:
		return correct(u, act, registration);
	case REDO_BADGE:
		return block(u, act, registration);
	case REDO_WRITTEN:
		return written(u, act, registration);
	case REDO_HOLD:
	case REDO_LIFT:
		return redo_hold(u, act, registration);
	}
	return BW_ERR_ARG;
}

bw_err
redo_wait(struct store *s, const struct redo_act *act)
{
	static const char sql[] = "INSERT INTO redo_wait (mac, at, line) "
	    "VALUES (?1, ?2, ?3)";
	struct bw_buf line = BW_BUF_INIT(REDO_LINE_MAX);
	bw_err r = redo_line_put(&line, act->num, act);

	if (r == BW_OK) {
		line.ptr[line.len - 1] = 0;	/* in place of its end */
		r = db_write(s, NULL, sql, "bit", act->key_mac,
		    (size_t)DELETED_MAC, act->at, (const char *)line.ptr);
	}
	bw_buf_free(&line);
	return r;
}

/* The acts of a key that wait. */
struct waiting {
	struct waits {
		uint64_t id;
		struct redo_act act;
	} *at;
	size_t n, cap;
};

static bw_err
waiting_row(void *arg, struct db_query *q)
{
	struct waiting *w = arg;
	char line[REDO_LINE_MAX];
	bw_err r;

	if (w->n == w->cap) {
		size_t cap = w->cap == 0 ? 4 : w->cap * 2;
		struct waits *more = reallocarray(w->at, cap, sizeof(*more));

		if (more == NULL)
			return BW_ERR_NOMEM;
		w->at = more;
		w->cap = cap;
	}
	if ((r = db_copy(q, 0, line, sizeof(line))) != BW_OK ||
	    (r = redo_line_take(line, &w->at[w->n].act)) != BW_OK)
		return r;
	w->at[w->n++].id = db_uint(q, 1);
	return BW_OK;
}

/* But not of somebody else who had the ticket before and is in the store. */
static bw_err
is_for(struct store *s, const struct redo_act *act, uint64_t registration,
    bool *yes)
{
	enum redo_presence is = REDO_ABSENT;
	bw_err r = BW_OK;

	if (act->st.registration != registration)
		r = redo_presence(s, act, &is);
	*yes = r == BW_OK && is == REDO_ABSENT;
	return r;
}

/* It is done once: who gets the ticket next has asked for nothing. */
static bw_err
done_for(struct redo_run *u, const struct waits *w, uint64_t registration)
{
	static const char sql[] = "DELETE FROM redo_wait WHERE id = ?1";
	bool yes;
	bw_err r = is_for(u->s, &w->act, registration, &yes);

	if (r != BW_OK || !yes)
		return r;
	if ((r = redo_person(u, &w->act, registration)) != BW_OK)
		return r;
	return db_write(u->s, NULL, sql, "u", w->id);
}

bw_err
db_redo_new(struct store *s, uint64_t registration, int64_t now)
{
	static const char any[] = "SELECT count(*) FROM "
	    "(SELECT 1 FROM redo_wait LIMIT 1)";
	static const char sql[] =
	    "SELECT line, id FROM redo_wait WHERE mac = ?1 ORDER BY id";
	struct redo_run u = { .s = s, .now = now, .imported = true };
	struct waiting w = { 0 };
	uint8_t mac[DELETED_MAC];
	uint64_t n = 0;
	bw_err r = db_first(s, number_row, &n, any, "");

	if (r != BW_OK || n == 0 ||
	    (r = redo_mac(s, registration, mac)) != BW_OK)
		return r;
	r = db_each(s, waiting_row, &w, sql, "b", mac, (size_t)DELETED_MAC);
	for (size_t i = 0; i < w.n && r == BW_OK; i++)
		r = done_for(&u, &w.at[i], registration);
	free(w.at);
	return r;
}
