// SPDX-License-Identifier: Apache-2.0
/* What nobody needs any more leaves rights-done. */
#include "host/store_redo_act.h"

#include "host/store_db.h"
#include "host/store_deleted.h"
#include "host/store_receipt.h"
#include "host/store_settle.h"

#define KEPT ((int64_t)STORE_PENDING_DAYS * 86400)

static bw_err
number_row(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
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
keep_person(struct redo_run *u, const struct redo_act *act, bool *keep)
{
	enum redo_presence is;
	bool erased;
	bw_err r = redo_presence(u->s, act, &is);

	if (r != BW_OK || is != REDO_ABSENT) {
		*keep = is != REDO_ERASED;
		return r;
	}
	/* The key alone may be that of another who had the ticket. */
	if ((r = store_deleted_knows(u->s, act->key_mac, &erased)) == BW_OK)
		*keep = *keep && !erased;
	return r;
}

/* Of accounts, tokens, devices and their names all stay, as those do; and of holds
 * and counts, that are nobody's. */
static bw_err
keep_line(void *arg, const struct redo_act *act, bool *keep)
{
	struct redo_run *u = arg;

	*keep = act->at > u->now - KEPT;
	if (act->kind == REDO_NONE)
		return BW_OK;
	if (act->kind <= REDO_FREED)
		return keep_share(u->s, act, keep);
	if (redo_of_person(act->kind))
		return keep_person(u, act, keep);
	*keep = true;
	return BW_OK;
}

/* What waits in the store for who will not come. */
static bw_err
forget_waiting(struct store *s, int64_t now)
{
	static const char sql[] = "DELETE FROM redo_wait WHERE at <= ?1 "
	    "OR mac IN (SELECT mac FROM deleted)";

	return db_write(s, NULL, sql, "i", now - KEPT);
}

/* What is kept is asked before anybody has to wait. */
bw_err
store_redo_forget(struct store *s, int64_t now)
{
	struct redo_run u = { .s = s, .now = now };
	const char *dir = db_redo(s)->dir;
	struct linefile_rest rest = LINEFILE_REST_INIT;
	bw_err r;

	if (dir[0] == 0)
		return BW_OK;
	if ((r = store_settle_all(s, now)) != BW_OK ||
	    (r = redo_sieve(dir, keep_line, &u, &rest)) != BW_OK ||
	    (r = store_begin(s)) != BW_OK)
		goto out;
	if ((r = redo_put_rest(dir, &rest)) == BW_OK &&
	    (r = forget_waiting(s, now)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
out:
	linefile_rest_free(&rest);
	return r;
}
