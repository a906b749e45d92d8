// SPDX-License-Identifier: Apache-2.0
#include "host/store_db.h"

#include <stdlib.h>
#include <string.h>

/* The key of the index on receipts. */
static int64_t
receipt_key(const uint8_t rh[static RECEIPT_RH])
{
	uint64_t v = 0;

	for (size_t i = 0; i < 8; i++)
		v = v << 8 | rh[i];
	return (int64_t)(v >> 1);
}

bw_err
store_lead_add(struct store *s, const struct store_lead *in)
{
	static const char sql[] = "INSERT INTO lead (id, part, edition, time, "
	    "granted, state, reason, ended_at, language, rh, receipt) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
	    "ON CONFLICT (receipt) DO NOTHING";
	/* A repeated receipt is kept out of the index: the first one stays. */
	static const char again[] = "INSERT INTO lead (id, part, edition, "
	    "time, granted, state, reason, ended_at, language, rh, receipt) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, NULL)";
	bool repeated = in->reason == ODD_RECEIPT;
	int64_t changed;
	bw_err r;

	r = db_write(s, &changed, repeated ? again : sql,
	    repeated ? "uuuiiiiitb" : "uuuiiiiitbi",
	    db_key(in->device, in->seq), in->part, in->edition, in->time,
	    (int64_t)in->granted, (int64_t)in->state, (int64_t)in->reason,
	    in->ended_at, in->language, in->rh, sizeof(in->rh),
	    receipt_key(in->rh));
	return r == BW_OK && changed == 0 ? BW_ERR_EXISTS : r;
}

#define LEAD "SELECT id, part, edition, time, granted, state, reason, " \
	"ended_at, language, rh FROM lead "

static bw_err
lead_row(struct db_query *q, struct store_lead *out)
{
	uint64_t id = db_uint(q, 0);
	bw_err r;

	out->device = id >> 32;
	out->seq = id & STORE_SEQ_MAX;
	out->part = db_uint(q, 1);
	out->edition = db_uint(q, 2);
	out->time = db_int(q, 3);
	out->granted = (field_set)db_int(q, 4);
	out->state = (enum lead_state)db_int(q, 5);
	out->reason = (enum odd_reason)db_int(q, 6);
	out->ended_at = db_int(q, 7);
	if ((r = db_copy(q, 8, out->language, sizeof(out->language))) != BW_OK)
		return r;
	return db_fixed(q, 9, out->rh, RECEIPT_RH);
}

bw_err
store_lead_get(struct store *s, uint64_t device, uint64_t seq,
    struct store_lead *out)
{
	static const char sql[] = LEAD "WHERE id = ?1";
	struct db_query *q;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if (seq > STORE_SEQ_MAX)
		return BW_ERR_NOTFOUND;
	if ((r = db_open(s, &q, sql, "u", db_key(device, seq))) != BW_OK)
		return r;
	if ((r = db_row(q)) == BW_OK)
		r = lead_row(q, out);
	db_done(&q);
	return r;
}

bw_err
store_lead_by_receipt(struct store *s, const uint8_t rh[static RECEIPT_RH],
    struct store_lead *out)
{
	static const char sql[] = LEAD "WHERE receipt = ?1 AND rh = ?2";
	struct db_query *q;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = db_open(s, &q, sql, "ib", receipt_key(rh), rh,
	    (size_t)RECEIPT_RH)) != BW_OK)
		return r;
	if ((r = db_row(q)) == BW_OK)
		r = lead_row(q, out);
	db_done(&q);
	return r;
}

bw_err
store_lead_end(struct store *s, uint64_t device, uint64_t seq,
    enum lead_state to, int64_t now, bool *moved)
{
	static const char sql[] = "UPDATE lead SET state = ?2, ended_at = ?3 "
	    "WHERE id = ?1 AND state NOT IN (1, 2)";
	struct store_lead lead;
	int64_t changed;
	bw_err r;

	*moved = false;
	if (to != LEAD_UNDONE && to != LEAD_WITHDRAWN)
		return BW_ERR_ARG;
	if (seq > STORE_SEQ_MAX)
		return BW_ERR_NOTFOUND;
	if ((r = db_write(s, &changed, sql, "uii", db_key(device, seq),
	    (int64_t)to, now)) != BW_OK)
		return r;
	*moved = changed != 0;
	return *moved ? BW_OK : store_lead_get(s, device, seq, &lead);
}

bw_err
store_receipt_get(struct store *s, const uint8_t rh[static RECEIPT_RH],
    struct store_receipt *out)
{
	struct store_rules rules;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = store_snapshot(s)) != BW_OK)
		return r;
	if ((r = store_lead_by_receipt(s, rh, &out->lead)) != BW_OK ||
	    (r = store_device_num(s, out->lead.device, &out->device)) != BW_OK)
		goto out;
	r = store_rules_part(s, out->lead.part, &rules);
	if (r == BW_OK)
		memcpy(out->version, rules.version, sizeof(rules.version));
	else if (r == BW_ERR_NOTFOUND)
		r = BW_OK;
out:
	store_snapshot_end(s);
	return r;
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
	bw_err r;

	if ((r = db_write(s, NULL, sql, "bii", rh, (size_t)RECEIPT_RH, now,
	    (int64_t)STORE_PENDING_MAX)) != BW_OK ||
	    (r = db_open(s, &q, has, "b", rh, (size_t)RECEIPT_RH)) != BW_OK)
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

bw_err
store_purge(struct store *s, int64_t now)
{
	static const char pending[] = "DELETE FROM pending WHERE since < ?1";
	static const char codes[] = "UPDATE device SET code = NULL "
	    "WHERE code IS NOT NULL AND code_until < ?1";
	static const char answers[] = "UPDATE device SET answer = NULL "
	    "WHERE answer IS NOT NULL AND answer_until < ?1";
	bw_err r;

	if ((r = db_write(s, NULL, pending, "i",
	    now - (int64_t)STORE_PENDING_DAYS * 86400)) != BW_OK ||
	    (r = db_write(s, NULL, codes, "i", now)) != BW_OK)
		return r;
	return db_write(s, NULL, answers, "i", now);
}

bw_err
store_audit(struct store *s, int64_t now, const char *actor, const char *act,
    const char *object)
{
	static const char sql[] = "INSERT INTO audit (at, actor, act, object) "
	    "VALUES (?1, ?2, ?3, ?4)";

	return db_write(s, NULL, sql, "ittt", now, actor, act, object);
}
