// SPDX-License-Identifier: Apache-2.0
#include "host/store_ack.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/store_db.h"

const char *
ack_kind_name(enum ack_kind k)
{
	static const char *const names[] = { "withdrawn", "undone",
		"corrected", "erased", "withheld", "returned" };

	return (unsigned)k < ACK_KINDS ? names[k] : "changed";
}

void
ack_place_put(const struct ack_place *p, char out[static ACK_PLACE_SIZE])
{
	snprintf(out, ACK_PLACE_SIZE, "%" PRId64 "-%" PRIu64, p->at, p->id);
}

bw_err
ack_place_parse(const char *text, struct ack_place *out)
{
	size_t len = strcspn(text, "-");
	uint64_t at;
	bw_err r = text_number(text, len, INT64_MAX, &at);

	*out = (struct ack_place){ 0 };
	if (r != BW_OK || text[len] == 0)
		return BW_ERR_FORMAT;
	out->at = (int64_t)at;
	text += len + 1;
	return text_number(text, strlen(text), INT64_MAX, &out->id);
}

#define ADD "INSERT INTO ack (sponsor, lead, kind, at) " \
	"SELECT sponsor, ?1, ?3, " ACK_AT("?4") " FROM device "

bw_err
store_ack_add(struct store *s, uint64_t device, uint64_t seq,
    enum ack_kind kind, int64_t now)
{
	static const char sql[] = ADD "WHERE num = ?2";

	if (seq > STORE_SEQ_MAX)
		return BW_ERR_BOUND;
	return db_write(s, NULL, sql, "uuii", db_key(device, seq), device,
	    (int64_t)kind, now);
}

static bw_err
drop_open(struct store *s, uint64_t lead)
{
	static const char sql[] = "DELETE FROM ack "
	    "WHERE sponsor = (SELECT sponsor FROM device WHERE num = ?1 >> 32) "
	    "AND acked_at = 0 AND lead = ?1 AND kind IN (?2, ?3)";

	return db_write(s, NULL, sql, "uii", lead, (int64_t)ACK_WITHHELD,
	    (int64_t)ACK_RETURNED);
}

bw_err
db_ack_ended(struct store *s, uint64_t lead, enum lead_state to, int64_t now)
{
	static const char sql[] = ADD "JOIN log ON log.device = num "
	    "JOIN lead ON lead.id = ?1 "
	    "WHERE num = ?2 AND edition <> 0 AND " ACK_HAD
	    " AND settled > ?5 AND NOT " ACK_NEVER;
	bw_err r = db_write(s, NULL, sql, "uuiiu", lead, lead >> 32,
	    (int64_t)(to == LEAD_UNDONE ? ACK_UNDONE : ACK_WITHDRAWN), now,
	    lead & STORE_SEQ_MAX);

	return r != BW_OK ? r : drop_open(s, lead);
}

static bw_err
take_number(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

bw_err
db_ack_free(struct store *s, uint64_t lead, int64_t now)
{
	static const char back[] = ACK_RETURN("ack.lead = ?4");
	static const char sql[] = "SELECT count(*) FROM lead "
	    "JOIN edition ON edition.id = lead.edition "
	    "JOIN registration ON registration.id = edition.holder "
	    "WHERE lead.id = ?1 AND status IN (0, 5)";	/* reg_releases */
	uint64_t free = 0;
	bw_err r = db_first(s, take_number, &free, sql, "u", lead);

	if (r != BW_OK || free == 0 ||
	    (r = drop_open(s, lead)) != BW_OK)
		return r;
	return db_write(s, NULL, back, "iiiu", (int64_t)ACK_RETURNED, now,
	    (int64_t)ACK_WITHHELD, lead);
}

struct walk {
	store_ack_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct store_ack a;

	a.place.id = db_uint(q, 0);
	a.kind = (enum ack_kind)db_int(q, 1);
	a.device = db_text(q, 2);
	a.seq = db_uint(q, 3) & STORE_SEQ_MAX;
	a.place.at = db_int(q, 4) * ACK_QUARTER;
	a.acked_at = db_int(q, 5);
	a.account = db_uint(q, 6);
	a.held = db_int(q, 7) != 0;
	return w->cb(w->arg, &a);
}

/* Of a row of ack: it is withheld, and only for that somebody disowns a share
 * beside it. What its holder asked for goes further, and stands before that. */
#define HELD "(kind = 4 AND EXISTS (SELECT 1 FROM lead " \
	"LEFT JOIN edition ON edition.id = lead.edition " \
	"LEFT JOIN registration ON registration.id = edition.holder " \
	"WHERE lead.id = ack.lead AND lead.state = 3 " \
	"AND coalesce(registration.status, 0) IN (0, 5)))"	/* reg_releases */

/* The index's own words: at / 900. */
#define EACH "SELECT ack.num, kind, name, lead, at / 900, acked_at, account, " \
	"CASE WHEN acked_at = 0 THEN " HELD " ELSE ack.held END " \
	"FROM ack JOIN device ON device.num = lead >> 32 " \
	"WHERE ack.sponsor = ?1 AND at / 900 <= ?2 " \
	"AND (at / 900, ack.num) < (?2, ?3) " \
	"AND acked_at "
#define NEWEST " ORDER BY at / 900 DESC, ack.num DESC LIMIT ?4"

bw_err
store_ack_each(struct store *s, const char *sponsor, bool open,
    const struct ack_place *before, unsigned limit, store_ack_cb cb,
    void *arg)
{
	static const char opened[] = EACH "= 0" NEWEST;
	static const char history[] = EACH "<> 0" NEWEST;
	static const struct ack_place end = { INT64_MAX, INT64_MAX };
	struct walk w = { cb, arg };

	if (before == NULL)
		before = &end;
	return db_each(s, give, &w, open ? opened : history, "tiui", sponsor,
	    before->at / ACK_QUARTER, before->id, (int64_t)limit);
}

static bw_err
take_count(void *arg, struct db_query *q)
{
	uint64_t *n = arg, kind = db_uint(q, 0);

	if (kind >= ACK_KINDS)
		return BW_ERR_FORMAT;
	n[kind] = db_uint(q, 1);
	return BW_OK;
}

bw_err
store_ack_count(struct store *s, const char *sponsor,
    uint64_t n[static ACK_KINDS])
{
	static const char sql[] = "SELECT kind, count(*) FROM ack "
	    "WHERE sponsor = ?1 AND acked_at = 0 GROUP BY kind";

	memset(n, 0, ACK_KINDS * sizeof(*n));
	return db_each(s, take_count, n, sql, "t", sponsor);
}

bw_err
store_ack_held(struct store *s, const char *sponsor, uint64_t *n)
{
	static const char sql[] = "SELECT count(*) FROM ack "
	    "WHERE sponsor = ?1 AND acked_at = 0 AND " HELD;

	*n = 0;
	return db_first(s, take_number, n, sql, "t", sponsor);
}

bw_err
store_ack_done(struct store *s, const char *sponsor, uint64_t id,
    uint64_t account, const char *actor, int64_t now)
{
	static const char sql[] = "UPDATE ack SET acked_at = ?3, account = ?4, "
	    "held = " HELD " WHERE num = ?1 AND sponsor = ?2 AND acked_at = 0";
	static const char has[] =
	    "SELECT num FROM ack WHERE num = ?1 AND sponsor = ?2";
	char object[40];
	int64_t changed;
	bw_err r;

	r = db_write(s, &changed, sql, "utiu", id, sponsor, now, account);
	if (r != BW_OK)
		return r;
	if (changed == 0)
		return db_first(s, take_number, &id, has, "ut", id, sponsor);
	snprintf(object, sizeof(object), "notice %" PRIu64, id);
	return audit_add(s, now, actor, DID_NOTICE_ACKNOWLEDGE, object, "");
}
