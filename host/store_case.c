// SPDX-License-Identifier: Apache-2.0
#include "host/store_case.h"

#include <string.h>

#include "host/store_db.h"

static bw_err
seen(void *arg, struct db_query *q)
{
	*(bool *)arg = db_int(q, 0) != 0;
	return BW_OK;
}

/* What a case is about is there, if it is named. */
static bw_err
about(struct store *s, const struct case_file *in)
{
	static const char sql[] = "SELECT (?1 = 0 OR EXISTS "
	    "(SELECT 1 FROM registration WHERE id = ?1)) AND (?2 = 0 OR "
	    "EXISTS (SELECT 1 FROM device WHERE num = ?2)) AND (?3 = 0 OR "
	    "EXISTS (SELECT 1 FROM lead WHERE id = ?4))";
	bool there = false;
	bw_err r;

	if (in->seq > STORE_SEQ_MAX)
		return BW_ERR_NOTFOUND;
	r = db_first(s, seen, &there, sql, "uuuu", in->registration,
	    in->device, in->seq, db_key(in->device, in->seq));
	return r != BW_OK ? r : there ? BW_OK : BW_ERR_NOTFOUND;
}

bw_err
store_case_add(struct store *s, const struct case_file *in, uint64_t *num)
{
	static const char sql[] = "INSERT INTO casefile (type, proof, state, "
	    "registration, device, seq, language, received, opened_at, due, "
	    "opened_by, said, quarter) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
	    "?8, ?9, ?10, ?11, ?13, coalesce((SELECT time / 900 FROM lead "
	    "WHERE id = ?12 AND ?13 = 0), 0))";
	bw_err r;

	*num = 0;
	if ((r = about(s, in)) != BW_OK)
		return r;
	r = db_write(s, NULL, sql, "iiiuuutiiituu", (int64_t)in->type,
	    (int64_t)in->proof, (int64_t)in->state, in->registration,
	    in->device, in->seq, in->language, in->received, in->opened_at,
	    in->due, in->opened_by, in->seq == 0 ? 0 :
	    db_key(in->device, in->seq), in->said);
	if (r == BW_OK)
		*num = (uint64_t)db_last_id(s);
	return r;
}

/* The share may be gone since, whose time is over before the case's. */
bw_err
store_case_put(struct store *s, const struct case_file *in)
{
	static const char sql[] = "UPDATE casefile SET proof = ?2, "
	    "state = ?3, registration = ?4, due = ?5, extended_at = ?6, "
	    "closed_at = ?7, quarter = CASE WHEN quarter = 0 AND seq <> 0 AND ?4 <> 0 "
	    "THEN coalesce((SELECT time / 900 FROM lead "
	    "WHERE id = device << 32 | seq), 0) ELSE quarter END, "
	    "said = CASE WHEN ?4 <> 0 THEN 0 ELSE said END WHERE num = ?1";
	bw_err r = about(s, &(struct case_file){
	    .registration = in->registration });

	return r != BW_OK ? r : db_write(s, NULL, sql, "uiiuiii", in->num,
	    (int64_t)in->proof, (int64_t)in->state, in->registration, in->due,
	    in->extended_at, in->closed_at);
}

bw_err
store_case_text(struct store *s, uint64_t num, enum case_text which,
    const char *text)
{
	static const char sql[CASE_TEXTS][48] = {
		"UPDATE casefile SET t0 = ?2 WHERE num = ?1",
		"UPDATE casefile SET t1 = ?2 WHERE num = ?1",
		"UPDATE casefile SET t2 = ?2 WHERE num = ?1",
		"UPDATE casefile SET t3 = ?2 WHERE num = ?1",
		"UPDATE casefile SET t4 = ?2 WHERE num = ?1" };

	return db_write(s, NULL, sql[which], "ut", num, text);
}

#define COLUMNS "SELECT num, type, proof, state, registration, device, seq, " \
	"received, opened_at, due, extended_at, closed_at, language, opened_by, quarter, said"
#define TEXTS 16

static bw_err
row(struct db_query *q, struct case_file *out)
{
	bw_err r;

	out->num = db_uint(q, 0);
	out->type = (enum case_type)db_int(q, 1);
	out->proof = (enum case_proof)db_int(q, 2);
	out->state = (enum case_state)db_int(q, 3);
	out->registration = db_uint(q, 4);
	out->device = db_uint(q, 5);
	out->seq = db_uint(q, 6);
	out->received = db_int(q, 7);
	out->opened_at = db_int(q, 8);
	out->due = db_int(q, 9);
	out->extended_at = db_int(q, 10);
	out->closed_at = db_int(q, 11);
	out->quarter = db_int(q, 14);
	out->said = db_uint(q, 15);
	if (out->type < CASE_ACCESS || out->type > CASE_TYPES ||
	    out->proof >= CASE_PROOFS || out->state >= CASE_STATES)
		return BW_ERR_FORMAT;
	r = db_copy(q, 12, out->language, sizeof(out->language));
	return r != BW_OK ? r :
	    db_copy(q, 13, out->opened_by, sizeof(out->opened_by));
}

static bw_err
whole(void *arg, struct db_query *q)
{
	struct case_file *out = arg;
	bw_err r = row(q, out);

	for (int i = 0; r == BW_OK && i < CASE_TEXTS; i++)
		r = db_copy(q, TEXTS + i, out->text[i], CASE_TEXT_MAX + 1);
	return r;
}

bw_err
case_get(struct store *s, uint64_t num, struct case_file *out)
{
	static const char sql[] = COLUMNS ", t0, t1, t2, t3, t4 FROM casefile "
	    "WHERE num = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, whole, out, sql, "u", num);
}

struct walk {
	case_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct case_file c;
	bw_err r;

	memset(&c, 0, sizeof(c));
	r = row(q, &c);
	return r != BW_OK ? r : w->cb(w->arg, &c);
}

bw_err
case_each_open(struct store *s, case_cb cb, void *arg)
{
	static const char sql[] = COLUMNS " FROM casefile "
	    "WHERE closed_at = 0 ORDER BY EXISTS (SELECT 1 FROM odd "
	    "JOIN lead ON lead.id = odd.id WHERE type = ?1 "
	    "AND odd.reason = ?2 AND odd.id >= casefile.device << 32 "
	    "AND odd.id <= (casefile.device << 32 | 4294967295) "
	    "AND lead.state = 3 AND lead.reason = ?2 "
	    "AND lead.time / 900 = casefile.quarter) DESC, due, num";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "ii", (int64_t)CASE_NOT_ME,
	    (int64_t)ODD_NOT_ME);
}

bw_err
case_each_closed(struct store *s, bool copies, uint64_t before,
    unsigned limit, case_cb cb, void *arg)
{
	static const char sql[] = COLUMNS " FROM casefile "
	    "WHERE closed_at <> 0 AND num < ?1 AND (?3 <> 0 OR NOT "
	    "(type IN (1, 6) AND opened_by = 'attendee' "
	    "AND closed_at = opened_at)) ORDER BY num DESC LIMIT ?2";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "uii",
	    before != 0 ? before : (uint64_t)INT64_MAX, (int64_t)limit,
	    (int64_t)copies);
}

bw_err
case_each_of(struct store *s, uint64_t registration, case_cb cb, void *arg)
{
	static const char sql[] = COLUMNS " FROM casefile "
	    "WHERE registration = ?1 ORDER BY num DESC";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "u", registration);
}

bw_err
case_each_said(struct store *s, uint64_t registration, case_cb cb, void *arg)
{
	static const char sql[] = COLUMNS " FROM casefile "
	    "WHERE said = ?1 AND said <> 0 ORDER BY num DESC";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "u", registration);
}

static bw_err
take_counts(void *arg, struct db_query *q)
{
	struct case_counts *out = arg;

	out->open = db_uint(q, 0);
	out->over = db_uint(q, 1);
	out->next = db_int(q, 2);
	return BW_OK;
}

bw_err
case_count(struct store *s, int64_t now, struct case_counts *out)
{
	static const char sql[] = "SELECT count(*), "
	    "sum(CASE WHEN due < ?1 THEN 1 ELSE 0 END), min(due) "
	    "FROM casefile WHERE closed_at = 0";

	memset(out, 0, sizeof(*out));
	return db_first(s, take_counts, out, sql, "i", now);
}

bw_err
case_forget(struct store *s, uint64_t registration)
{
	static const char texts[] = "UPDATE casefile SET t0 = NULL, t1 = NULL, "
	    "t2 = NULL, t3 = NULL, t4 = NULL, seq = 0 WHERE registration = ?1";
	static const char waiting[] = "UPDATE casefile SET registration = 0 "
	    "WHERE registration = ?1 AND type = ?2 AND closed_at = 0 "
	    "AND quarter <> 0";
	static const char where[] = "UPDATE casefile SET device = 0, "
	    "quarter = 0 WHERE registration = ?1";
	static const char said[] = "UPDATE casefile SET said = 0, t0 = NULL, "
	    "t1 = NULL, t2 = NULL, t3 = NULL, t4 = NULL WHERE said = ?1";
	bw_err r;

	if (registration == 0)
		return BW_ERR_ARG;
	if ((r = db_write(s, NULL, said, "u", registration)) != BW_OK ||
	    (r = db_write(s, NULL, texts, "u", registration)) != BW_OK ||
	    (r = db_write(s, NULL, waiting, "ui", registration,
	    (int64_t)CASE_NOT_ME)) != BW_OK)
		return r;
	return db_write(s, NULL, where, "u", registration);
}

static bw_err
take_zone(void *arg, struct db_query *q)
{
	return db_copy(q, 0, arg, CASE_ZONE_MAX + 1);
}

bw_err
case_zone(struct store *s, char out[static CASE_ZONE_MAX + 1])
{
	static const char sql[] = "SELECT name FROM event_zone";
	bw_err r;

	out[0] = 0;
	r = db_first(s, take_zone, out, sql, "");
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
store_case_zone_put(struct store *s, const char *zone)
{
	static const char sql[] = "INSERT INTO event_zone (id, name) "
	    "VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET "
	    "name = excluded.name";

	return db_write(s, NULL, sql, "t", zone);
}
