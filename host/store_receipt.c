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
	static const char hold[] = "UPDATE lead SET state = 3, reason = ?3 "
	    "WHERE id >= ?1 AND id < ?2 AND state IN (0, 4) AND (SELECT id "
	    "FROM receipt WHERE key = lead.receipt) <> lead.id";
	bw_err r = db_write(s, NULL, odd, "uuii", from, to,
	    (int64_t)ODD_RECEIPT, now);

	return r != BW_OK ? r : db_write(s, NULL, hold, "uui", from, to,
	    (int64_t)ODD_RECEIPT);
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
receipt_read(struct store *s, const uint8_t rh[static RECEIPT_RH],
    struct store_receipt *out)
{
	struct store_rules rules;
	bw_err r;

	if ((r = db_receipt_lead(s, rh, &out->lead)) != BW_OK ||
	    (r = store_device_num(s, out->lead.device, &out->device)) != BW_OK ||
	    (r = read_barred(s, out->lead.edition, &out->barred)) != BW_OK)
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

bw_err
store_pending_add(struct store *s, const uint8_t rh[static RECEIPT_RH],
    int64_t now)
{
	static const char sql[] = "INSERT INTO pending (rh, since) "
	    "SELECT ?1, ?2 WHERE (SELECT count(*) FROM pending) < ?3 "
	    "ON CONFLICT DO NOTHING";
	static const char has[] = "SELECT 1 FROM pending WHERE rh = ?1";
	struct db_query *q;
	int64_t added;
	bw_err r;

	if ((r = db_write(s, &added, sql, "bii", rh, (size_t)RECEIPT_RH, now,
	    (int64_t)STORE_PENDING_MAX)) != BW_OK)
		return r;
	if (added != 0)
		return db_redo_share(s, rh, now);
	if ((r = db_open(s, &q, has, "b", rh, (size_t)RECEIPT_RH)) != BW_OK)
		return r;
	r = db_row(q);
	db_done(&q);
	return r == BW_ERR_NOTFOUND ? BW_ERR_FULL : r;
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
    int64_t *since)
{
	static const char get[] = "SELECT since FROM pending WHERE rh = ?1";
	static const char drop[] = "DELETE FROM pending WHERE rh = ?1";
	struct db_query *q;
	bw_err r;

	*since = 0;
	if ((r = db_open(s, &q, get, "b", rh, (size_t)RECEIPT_RH)) != BW_OK)
		return r;
	if ((r = db_row(q)) == BW_OK)
		*since = db_int(q, 0);
	db_done(&q);
	if (r != BW_OK)
		return r;
	return db_write(s, NULL, drop, "b", rh, (size_t)RECEIPT_RH);
}
