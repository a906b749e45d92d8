// SPDX-License-Identifier: Apache-2.0
#include "host/store_ack.h"
#include "host/store_db.h"
#include "host/store_link.h"
#include "host/store_receipt.h"
#include "host/store_redo.h"

#include <stdlib.h>
#include <string.h>

bw_err
store_lead_add(struct store *s, const struct store_lead *in)
{
	static const char sql[] = "INSERT INTO lead (id, part, edition, time, "
	    "granted, state, reason, ended_at, language, rh, receipt) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

	return db_write(s, NULL, sql, "uuuiiiiitbi",
	    db_key(in->device, in->seq), in->part, in->edition, in->time,
	    (int64_t)in->granted, (int64_t)in->state, (int64_t)in->reason,
	    in->ended_at, in->language, in->rh, sizeof(in->rh),
	    db_receipt(in->rh));
}

#define LEAD "SELECT id, part, edition, time, granted, state, reason, " \
	"ended_at, language, rh FROM lead "

static bw_err
lead_row(struct db_query *q, struct store_lead *out)
{
	uint64_t id = db_uint(q, 0);
	int64_t state = db_int(q, 5), reason = db_int(q, 6);
	bw_err r;

	if (state < 0 || state > LEAD_QUARANTINED || reason < 0 ||
	    reason >= ODD_COUNT_)
		return BW_ERR_FORMAT;
	out->device = id >> 32;
	out->seq = id & STORE_SEQ_MAX;
	out->part = db_uint(q, 1);
	out->edition = db_uint(q, 2);
	out->time = db_int(q, 3);
	out->granted = (field_set)db_int(q, 4);
	out->state = (enum lead_state)state;
	out->reason = (enum odd_reason)reason;
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
	if ((r = db_ack_ended(s, db_key(device, seq), to, now)) != BW_OK ||
	    (r = db_write(s, &changed, sql, "uii", db_key(device, seq),
	    (int64_t)to, now)) != BW_OK)
		return r;
	*moved = changed != 0;
	if ((r = store_lead_get(s, device, seq, &lead)) != BW_OK || !*moved)
		return r;
	if (to == LEAD_WITHDRAWN &&
	    (r = db_redo_share(s, REDO_SHARE, lead.rh, now)) != BW_OK)
		return r;
	return db_notes_end(s, db_key(device, seq));
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
	    (r = db_write(s, NULL, codes, "i", now)) != BW_OK ||
	    (r = db_write(s, NULL, answers, "i", now)) != BW_OK)
		return r;
	return link_purge(s, now);
}
