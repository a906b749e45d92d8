// SPDX-License-Identifier: Apache-2.0
/*
 * Shares by their receipt, and withdrawals that came before their share.
 *
 * A receipt's hash is random, so an index on it is written all over the place.
 * It is made behind ingest therefore (store_settle.h), many receipts in order at
 * a time. Until then a lead is not released: another may have its receipt.
 */
#include "host/store_receipt.h"

#include <string.h>

#include "host/store_db.h"
#include "host/store_redo.h"
#include "host/store_settle.h"

/* A lead whose receipt was there before is kept and never released. */
static bw_err
hold_repeated(struct store *s, uint64_t from, uint64_t to, int64_t now)
{
	static const char odd[] = "INSERT INTO odd (id, reason, found_at) "
	    "SELECT lead.id, ?3, ?4 FROM lead "
	    "JOIN receipt ON receipt.key = lead.receipt "
	    "WHERE lead.id >= ?1 AND lead.id < ?2 AND receipt.id <> lead.id "
	    "ON CONFLICT DO NOTHING";
	/* What a "not me" holds is let go again: not this. */
	static const char hold[] = "UPDATE lead SET state = 3, reason = ?3 "
	    "WHERE id >= ?1 AND id < ?2 AND (state IN (0, 4) "
	    "OR (state = 3 AND reason = ?4)) AND (SELECT id "
	    "FROM receipt WHERE key = lead.receipt) <> lead.id";
	bw_err r = db_write(s, NULL, odd, "uuii", from, to,
	    (int64_t)ODD_RECEIPT, now);

	return r != BW_OK ? r : db_write(s, NULL, hold, "uuii", from, to,
	    (int64_t)ODD_RECEIPT, (int64_t)ODD_NOT_ME);
}

static bw_err
count_leads(struct store *s, uint64_t from, uint64_t to, int64_t *n)
{
	static const char sql[] =
	    "SELECT count(*) FROM lead WHERE id >= ?1 AND id < ?2";
	struct db_query *q;
	bw_err r;

	if ((r = db_open(s, &q, sql, "uu", from, to)) != BW_OK)
		return r;
	r = db_row(q);
	*n = db_int(q, 0);
	db_done(&q);
	return r;
}

bw_err
db_receipts_add(struct store *s, uint64_t from, uint64_t to, int64_t now)
{
	static const char sql[] = "INSERT INTO receipt (key, id) "
	    "SELECT receipt, id FROM lead WHERE id >= ?1 AND id < ?2 "
	    "ORDER BY receipt, id ON CONFLICT DO NOTHING";
	int64_t leads = 0, added;
	bw_err r;

	if ((r = count_leads(s, from, to, &leads)) != BW_OK ||
	    (r = db_write(s, &added, sql, "uu", from, to)) != BW_OK)
		return r;
	return added != leads ? hold_repeated(s, from, to, now) : BW_OK;
}

bw_err
db_receipt_lead(struct store *s, const uint8_t rh[static RECEIPT_RH],
    struct store_lead *out)
{
	static const char sql[] = "SELECT id FROM receipt WHERE key = ?1";
	struct db_query *q;
	uint64_t id = 0;
	bw_err r;

	if ((r = db_open(s, &q, sql, "i", db_receipt(rh))) != BW_OK)
		return r;
	if ((r = db_row(q)) == BW_OK)
		id = db_uint(q, 0);
	db_done(&q);
	if (r != BW_OK || (r = store_lead_get(s, id >> 32,
	    id & STORE_SEQ_MAX, out)) != BW_OK)
		return r;
	return memcmp(out->rh, rh, RECEIPT_RH) == 0 ? BW_OK :
	    BW_ERR_NOTFOUND;
}

/* Without an edition it is nobody's: its holder was erased, or its badge never
 * known. */
static bw_err
read_barred(struct store *s, uint64_t edition, bool *barred)
{
	static const char sql[] = "SELECT 1 WHERE ?1 = 0 OR EXISTS "
	    "(SELECT 1 FROM edition "
	    "JOIN badge ON badge.badge_id = edition.badge_id "
	    "JOIN registration ON registration.id = badge.registration "
	    "WHERE edition.id = ?1 AND status NOT IN (0, 5))";
	struct db_query *q;
	bw_err r;

	if ((r = db_open(s, &q, sql, "u", edition)) != BW_OK)
		return r;
	r = db_row(q);
	*barred = r == BW_OK;
	db_done(&q);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
moment_row(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

bw_err
store_kept_from(struct store *s, const struct store_lead *lead, int64_t *from)
{
	static const char sql[] =
	    "SELECT found_at FROM odd WHERE id = ?1 AND reason = ?2";
	bw_err r = db_first(s, moment_row, from, sql, "ui",
	    db_key(lead->device, lead->seq), (int64_t)ODD_AHEAD);

	if (r != BW_ERR_NOTFOUND)
		return r;
	*from = lead->time;
	return BW_OK;
}

static bw_err
receipt_read(struct store *s, const uint8_t rh[static RECEIPT_RH],
    struct store_receipt *out)
{
	struct store_rules rules;
	bw_err r;

	if ((r = db_receipt_lead(s, rh, &out->lead)) != BW_OK ||
	    (r = store_device_num(s, out->lead.device, &out->device)) != BW_OK ||
	    (r = read_barred(s, out->lead.edition, &out->barred)) != BW_OK ||
	    (r = store_kept_from(s, &out->lead, &out->kept_from)) != BW_OK)
		return r;
	r = store_rules_part(s, out->lead.part, &rules);
	if (r == BW_OK)
		memcpy(out->version, rules.version, sizeof(rules.version));
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
receipt_find(struct store *s, const uint8_t rh[static RECEIPT_RH],
    struct store_receipt *out)
{
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = store_snapshot(s)) != BW_OK)
		return r;
	r = receipt_read(s, rh, out);
	store_snapshot_end(s);
	return r;
}

bw_err
store_receipt_get(struct store *s, const uint8_t rh[static RECEIPT_RH],
    int64_t now, unsigned ms, struct store_receipt *out)
{
	bw_err r;

	/* The first share that has it is in the index for good: to show it
	 * waits for nobody. */
	if ((r = receipt_find(s, rh, out)) != BW_ERR_NOTFOUND)
		return r;
	if ((r = store_settle(s, now, ms)) != BW_OK)
		return r;
	return receipt_find(s, rh, out);
}

static bw_err
pending_row(void *arg, struct db_query *q)
{
	struct store_pending *p = arg;
	int64_t why = db_int(q, 1);

	if (why < 0 || why > PENDING_REDONE)
		return BW_ERR_FORMAT;
	*p = (struct store_pending){ db_int(q, 0), (enum pending_why)why };
	return BW_OK;
}

static bw_err
pending_get(struct store *s, const uint8_t rh[static RECEIPT_RH],
    struct store_pending *out)
{
	static const char sql[] =
	    "SELECT since, why FROM pending WHERE rh = ?1";

	*out = (struct store_pending){ 0 };
	return db_first(s, pending_row, out, sql, "b", rh,
	    (size_t)RECEIPT_RH);
}

bw_err
db_pending_put(struct store *s, const uint8_t rh[static RECEIPT_RH],
    int64_t now, enum pending_why why)
{
	static const char sql[] = "INSERT INTO pending (rh, since, why) "
	    "VALUES (?1, ?2, ?3) ON CONFLICT (rh) DO UPDATE "
	    "SET since = excluded.since, why = excluded.why "
	    "WHERE pending.why = 1";

	return db_write(s, NULL, sql, "bii", rh, (size_t)RECEIPT_RH, now,
	    (int64_t)why);
}

bw_err
db_pending_free(struct store *s, const uint8_t rh[static RECEIPT_RH])
{
	static const char sql[] =
	    "DELETE FROM pending WHERE rh = ?1 AND why = 1";

	return db_write(s, NULL, sql, "b", rh, (size_t)RECEIPT_RH);
}

static bw_err
number_row(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

bw_err
store_pending_add(struct store *s, const uint8_t rh[static RECEIPT_RH],
    int64_t now)
{
	static const char sql[] = "SELECT count(*) FROM pending "
	    "WHERE why = 0";
	struct store_pending had;
	int64_t n = 0;
	bw_err r = pending_get(s, rh, &had);

	if (r == BW_OK && had.why != PENDING_HELD)
		return r;
	if ((r != BW_OK && r != BW_ERR_NOTFOUND) ||
	    (r = db_first(s, number_row, &n, sql, "")) != BW_OK)
		return r;
	if (n >= STORE_PENDING_MAX)
		return BW_ERR_FULL;
	if ((r = db_pending_put(s, rh, now, PENDING_ASKED)) != BW_OK)
		return r;
	return db_redo_share(s, REDO_SHARE, rh, now);
}

bw_err
store_pending_any(struct store *s, bool *any)
{
	static const char sql[] = "SELECT 1 FROM pending LIMIT 1";
	struct db_query *q;
	bw_err r;

	*any = false;
	if ((r = db_open(s, &q, sql, "")) != BW_OK)
		return r;
	r = db_row(q);
	*any = r == BW_OK;
	db_done(&q);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
store_pending_take(struct store *s, const uint8_t rh[static RECEIPT_RH],
    struct store_pending *out)
{
	static const char drop[] = "DELETE FROM pending WHERE rh = ?1";
	bw_err r = pending_get(s, rh, out);

	return r != BW_OK ? r :
	    db_write(s, NULL, drop, "b", rh, (size_t)RECEIPT_RH);
}
