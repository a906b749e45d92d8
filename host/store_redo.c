// SPDX-License-Identifier: Apache-2.0
#include "host/store_redo.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "host/audit.h"
#include "host/store_db.h"
#include "host/store_deleted.h"
#include "host/store_handed.h"
#include "host/store_receipt.h"
#include "host/store_right.h"
#include "host/store_settle.h"

#define KEPT ((int64_t)STORE_PENDING_DAYS * 86400)

bw_err
store_redo_to(struct store *s, const char *dir)
{
	struct redo_queue *q = db_redo(s);

	if (strlen(dir) >= sizeof(q->dir))
		return BW_ERR_BOUND;
	strcpy(q->dir, dir);
	return BW_OK;
}

static bw_err
queue(struct store *s, const struct redo_act *act)
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

/* Numbers of meta: 0 when it has none. */
static bw_err
number_row(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

static bw_err
number_get(struct store *s, const char *key, uint64_t *n)
{
	static const char sql[] = "SELECT value FROM meta WHERE key = ?1";
	bw_err r;

	*n = 0;
	r = db_first(s, number_row, n, sql, "t", key);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
number_set(struct store *s, const char *key, uint64_t n)
{
	static const char sql[] = "INSERT INTO meta (key, value) "
	    "VALUES (?1, ?2) ON CONFLICT (key) "
	    "DO UPDATE SET value = excluded.value";

	return db_write(s, NULL, sql, "tu", key, n);
}

#define DONE "redo"			/* the last number that is done */
#define WAITS "redo.waits"		/* whether some wait for registrations */

bw_err
db_redo_flush(struct store *s)
{
	struct redo_queue *q = db_redo(s);
	uint64_t had, num;
	bw_err r;

	if (q->n == 0)
		return BW_OK;
	if ((r = number_get(s, DONE, &had)) != BW_OK)
		return r;
	if ((r = redo_append(q->dir, q->at, q->n, had, &num)) != BW_OK) {
		log_error("rights-done cannot be written: %s",
		    bw_strerror(r));
		return r;
	}
	return number_set(s, DONE, num);
}

/* What a registration's lines are known by. */
static bw_err
mac_of(struct store *s, uint64_t registration, uint8_t out[static DELETED_MAC])
{
	const uint8_t *secret = db_deleted_key(s);
	struct registration reg;
	bw_err r = BW_ERR_KEY;

	if (secret != NULL && (r = store_registration_get(s, registration,
	    &reg)) == BW_OK)
		r = deleted_mac_key(secret, reg.key, out);
	explicit_bzero(&reg, sizeof(reg));
	return r;
}

bw_err
db_redo_share(struct store *s, const uint8_t rh[static RECEIPT_RH],
    int64_t now)
{
	struct redo_act act = { .kind = REDO_SHARE, .at = now };

	memcpy(act.rh, rh, RECEIPT_RH);
	return queue(s, &act);
}

static bw_err
queue_person(struct store *s, struct redo_act *act)
{
	bw_err r;

	if (db_redo(s)->dir[0] == 0)
		return BW_OK;
	r = mac_of(s, act->st.registration, act->key_mac);
	return r == BW_OK ? queue(s, act) : r;
}

bw_err
db_redo_all(struct store *s, uint64_t registration, int64_t now)
{
	struct redo_act act = { .kind = REDO_ALL, .at = now,
		.st = { .registration = registration } };

	return queue_person(s, &act);
}

bw_err
db_redo_withheld(struct store *s, const struct right_state *st, int64_t now)
{
	struct redo_act act = { .kind = REDO_WITHHELD, .at = now, .st = *st };

	return queue_person(s, &act);
}

static bw_err
stand(struct store *s, const char *dir, enum redo_stand *out, uint64_t *had)
{
	uint64_t last;
	bw_err r;

	if ((r = number_get(s, DONE, had)) != BW_OK ||
	    (r = redo_last(dir, &last)) != BW_OK)
		return r;
	*out = last > *had ? REDO_BEHIND : last < *had ? REDO_AHEAD :
	    REDO_SAME;
	return BW_OK;
}

bw_err
store_redo_stand(struct store *s, const char *dir, enum redo_stand *out)
{
	uint64_t had;
	bw_err r = stand(s, dir, out, &had);

	/* A line is there before its commit. */
	if (r != BW_OK || *out == REDO_SAME || (r = store_begin(s)) != BW_OK)
		return r;
	r = stand(s, dir, out, &had);
	store_rollback(s);
	return r;
}

/* A run over the lines after a number. */
struct run {
	struct store *s;
	int64_t now;
	uint64_t had, last, done, waits;
	uint64_t only;		/* for this registration alone; 0: all, */
	const uint8_t *mac;	/* known by this */
};

static bw_err
withdraw(struct run *u, const struct redo_act *act)
{
	struct store_lead lead;
	bool moved;
	bw_err r = db_receipt_lead(u->s, act->rh, &lead);

	if (r == BW_ERR_NOTFOUND) {
		u->done++;
		return store_pending_add(u->s, act->rh, u->now);
	}
	if (r == BW_OK && (r = store_lead_end(u->s, lead.device, lead.seq,
	    LEAD_WITHDRAWN, u->now, &moved)) == BW_OK)
		u->done += moved;
	return r;
}

/* Whether an act's person is in the store. */
enum presence { ABSENT = 0, PRESENT, ERASED };

static bw_err
has_key(struct store *s, const char *key, const struct redo_act *act,
    bool *yes)
{
	const uint8_t *secret = db_deleted_key(s);
	uint8_t mac[DELETED_MAC];
	bw_err r = secret != NULL ? deleted_mac_key(secret, key, mac) :
	    BW_ERR_KEY;

	*yes = r == BW_OK && crypto_equal(mac, act->key_mac, DELETED_MAC);
	return r;
}

/* By the key, with the ticket and when it is handed on, whichever it has. */
static bw_err
is_about(struct store *s, const struct redo_act *act,
    const struct registration *reg, bool *yes)
{
	char ticket[REG_KEY_MAX + 1], key[REG_KEY_MAX + 1] = "";
	bw_err r;

	handed_ticket(reg, ticket);
	r = has_key(s, ticket, act, yes);
	if (r == BW_OK && !*yes && handed_key(ticket, reg->id, key) == BW_OK)
		r = has_key(s, key, act, yes);
	explicit_bzero(ticket, sizeof(ticket));
	explicit_bzero(key, sizeof(key));
	return r;
}

/* By number and key; of one who was erased the key is gone. */
static bw_err
presence(struct store *s, const struct redo_act *act, enum presence *out)
{
	struct registration reg;
	bool yes = false;
	bw_err r = store_registration_get(s, act->st.registration, &reg);

	*out = ABSENT;
	if (r == BW_OK && reg.status == REG_DELETED)
		*out = ERASED;
	else if (r == BW_OK && (r = is_about(s, act, &reg, &yes)) == BW_OK &&
	    yes)
		*out = PRESENT;
	explicit_bzero(&reg, sizeof(reg));
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
withdraw_all(struct run *u, uint64_t registration, int64_t at)
{
	static const char sql[] = "SELECT at FROM withdrawn "
	    "WHERE registration = ?1";
	uint64_t had = 0;
	bw_err r = db_first(u->s, number_row, &had, sql, "u", registration);

	if ((r != BW_OK && r != BW_ERR_NOTFOUND) || had >= (uint64_t)at)
		return r;
	u->done++;
	return store_withdrawn_put(u->s, registration, at);
}

static bw_err
person(struct run *u, const struct redo_act *act, uint64_t registration)
{
	struct right_state st = act->st;
	bool changed = false;
	bw_err r;

	if (act->kind == REDO_ALL)
		return withdraw_all(u, registration, act->at);
	st.registration = registration;
	if ((r = right_redo(u->s, &st, u->now, &changed)) == BW_OK)
		u->done += changed;
	return r;
}

static bw_err
on_act(void *arg, const struct redo_act *act)
{
	struct run *u = arg;
	enum presence is;
	bw_err r;

	u->last = act->num;
	if (act->num <= u->had || act->kind == REDO_NONE)
		return BW_OK;
	if (act->kind == REDO_SHARE)
		return withdraw(u, act);
	if ((r = presence(u->s, act, &is)) != BW_OK)
		return r;
	if (is == PRESENT)
		return person(u, act, act->st.registration);
	u->waits += is == ABSENT;
	return BW_OK;
}

static bw_err
each(struct run *u, redo_cb cb)
{
	size_t line;
	bw_err r = redo_each(db_redo(u->s)->dir, cb, u, &line);

	if (r == BW_ERR_FORMAT && line != 0)
		log_error("rights-done: line %zu is damaged; put the newest "
		    "copy of the file back", line);
	return r;
}

static bw_err
run(struct run *u)
{
	char detail[64];
	bw_err r;

	if ((r = store_settle_all(u->s, u->now)) != BW_OK ||
	    (r = each(u, on_act)) != BW_OK)
		return r;
	/* Their lines are there. */
	db_redo_drop(db_redo(u->s));
	if ((r = number_set(u->s, DONE, u->last)) != BW_OK ||
	    (u->waits != 0 && (r = number_set(u->s, WAITS, 1)) != BW_OK))
		return r;
	snprintf(detail, sizeof(detail), "acts %" PRIu64 " waiting %" PRIu64,
	    u->done, u->waits);
	return audit_add(u->s, u->now, "host", "right.redo", "store", detail);
}

static void
say(const struct run *u)
{
	log_warn("the store is older than rights-done: %" PRIu64 " acts for "
	    "people's rights were done again", u->done);
	if (u->waits != 0)
		log_warn("%" PRIu64 " of them are of registrations that the "
		    "store does not have: they are done when those are "
		    "imported, within %d days", u->waits, STORE_PENDING_DAYS);
}

bw_err
store_redo_run(struct store *s, int64_t now)
{
	struct run u = { .s = s, .now = now };
	const char *dir = db_redo(s)->dir;
	enum redo_stand how;
	bw_err r;

	if ((r = store_redo_stand(s, dir, &how)) == BW_ERR_FORMAT)
		log_error("rights-done: its last line is damaged; put the "
		    "newest copy of the file back");
	else if (r != BW_OK)
		log_error("rights-done cannot be read: %s", bw_strerror(r));
	if (r == BW_OK && how == REDO_AHEAD)
		log_warn("rights-done is missing or older than the store: put "
		    "the newest copy of it back; what was done since is not "
		    "done again over an older store");
	if (r != BW_OK || how != REDO_BEHIND || (r = store_begin(s)) != BW_OK)
		return r;
	if ((r = stand(s, dir, &how, &u.had)) == BW_OK &&
	    how == REDO_BEHIND && (r = run(&u)) == BW_OK &&
	    (r = store_commit(s)) == BW_OK)
		say(&u);
	store_rollback(s);
	return r;
}

/* The last one's state counts, whatever number it had; but not of somebody else
 * who had the ticket before and is in the store. */
static bw_err
on_waiting(void *arg, const struct redo_act *act)
{
	struct run *u = arg;
	enum presence is = ABSENT;
	bw_err r = BW_OK;

	if ((act->kind != REDO_ALL && act->kind != REDO_WITHHELD) ||
	    !crypto_equal(act->key_mac, u->mac, DELETED_MAC))
		return BW_OK;
	if (act->st.registration != u->only)
		r = presence(u->s, act, &is);
	return r != BW_OK || is != ABSENT ? r : person(u, act, u->only);
}

bw_err
db_redo_new(struct store *s, uint64_t registration, int64_t now)
{
	uint8_t mac[DELETED_MAC];
	struct run u = { .s = s, .now = now, .only = registration,
		.mac = mac };
	uint64_t waits;
	bw_err r;

	if (db_redo(s)->dir[0] == 0)
		return BW_OK;
	if ((r = number_get(s, WAITS, &waits)) != BW_OK || waits == 0 ||
	    (r = mac_of(s, registration, mac)) != BW_OK)
		return r;
	return each(&u, on_waiting);
}

/* Whether an erased one shared it: nobody does any more, or soon. */
static bw_err
of_erased(struct store *s, uint64_t edition, bool *yes)
{
	static const char sql[] = "SELECT count(*) FROM edition "
	    "JOIN registration ON registration.id = holder "
	    "WHERE edition.id = ?1 AND status = 4";
	uint64_t n = 0;
	bw_err r = db_first(s, number_row, &n, sql, "u", edition);

	*yes = n != 0 || edition == 0;
	return r;
}

static bw_err
keep_share(struct store *s, const struct redo_act *act, bool *keep)
{
	struct store_lead lead;
	bool erased;
	bw_err r = db_receipt_lead(s, act->rh, &lead);

	if (r == BW_ERR_NOTFOUND)
		return BW_OK;
	if (r == BW_OK && (r = of_erased(s, lead.edition, &erased)) == BW_OK)
		*keep = !erased;
	return r;
}

static bw_err
keep_person(struct run *u, const struct redo_act *act, bool *keep)
{
	enum presence is;
	bool erased;
	bw_err r = presence(u->s, act, &is);

	if (r != BW_OK || is != ABSENT) {
		*keep = is != ERASED;
		return r;
	}
	/* The key alone may be that of another who had the ticket. */
	if ((r = store_deleted_knows(u->s, act->key_mac, &erased)) == BW_OK)
		*keep = *keep && !erased;
	u->waits += *keep;
	return r;
}

static bw_err
keep_line(void *arg, const struct redo_act *act, bool *keep)
{
	struct run *u = arg;

	*keep = act->at > u->now - KEPT;
	if (act->kind == REDO_SHARE)
		return keep_share(u->s, act, keep);
	if (act->kind == REDO_NONE)
		return BW_OK;
	return keep_person(u, act, keep);
}

bw_err
store_redo_forget(struct store *s, int64_t now)
{
	struct run u = { .s = s, .now = now };
	uint64_t n;
	bw_err r;

	if (db_redo(s)->dir[0] == 0)
		return BW_OK;
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = store_settle_all(s, now)) == BW_OK &&
	    (r = redo_forget(db_redo(s)->dir, keep_line, &u, &n)) == BW_OK &&
	    (u.waits != 0 || (r = number_set(s, WAITS, 0)) == BW_OK))
		r = store_commit(s);
	store_rollback(s);
	return r;
}
