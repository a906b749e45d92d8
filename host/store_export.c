// SPDX-License-Identifier: Apache-2.0
#include "host/store_export.h"

#include "host/store_db.h"

bw_err
store_export_add(struct store *s, struct store_export *e)
{
	static const char sql[] = "INSERT INTO export "
	    "(at, actor, kind, subject, format, n, sha256, state) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
	bw_err r = db_write(s, NULL, sql, "ittttubi", e->at, e->actor, e->kind,
	    e->subject, e->format, e->n, e->sha256, sizeof(e->sha256),
	    (int64_t)e->state);

	if (r == BW_OK)
		e->id = (uint64_t)db_last_id(s);
	return r;
}

/* The newest stays the last one of the list, as of those of files, under a
 * number that none had: the next one's is above it (AUTOINCREMENT). */
bw_err
store_export_read(struct store *s, const char *sponsor, const char *actor,
    uint64_t n, int64_t now, bool *first)
{
	static const char more[] = "UPDATE export SET at = ?4, n = n + ?3, "
	    "id = (SELECT max(seq, (SELECT max(id) FROM export)) + 1 FROM "
	    "sqlite_sequence WHERE name = 'export') WHERE id = (SELECT max(id) "
	    "FROM export WHERE kind = 'leads' AND subject = ?1 AND actor = ?2 "
	    "AND format = '" STORE_EXPORT_API "') AND at / 3600 = ?4 / 3600";
	struct store_export e = { .at = now, .actor = actor, .kind = "leads",
		.subject = sponsor, .format = STORE_EXPORT_API, .n = n,
		.state = EXPORT_WHOLE };
	int64_t grown = 0;
	bw_err r = db_write(s, &grown, more, "ttui", sponsor, actor, n, now);

	*first = grown == 0;
	return r == BW_OK && *first ? store_export_add(s, &e) : r;
}

bw_err
store_export_end(struct store *s, uint64_t id, enum store_export_state state)
{
	static const char sql[] = "UPDATE export SET state = ?2 "
	    "WHERE id = ?1 AND state = 0";
	bw_err r;

	if ((r = store_begin(s)) == BW_OK &&
	    (r = db_write(s, NULL, sql, "ui", id, (int64_t)state)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}

bw_err
store_exports_stopped(struct store *s)
{
	static const char sql[] = "UPDATE export SET state = ?1 "
	    "WHERE state = 0";
	bw_err r;

	if ((r = store_begin(s)) == BW_OK && (r = db_write(s, NULL, sql, "i",
	    (int64_t)EXPORT_BROKE_OFF)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}

struct walk {
	store_export_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct store_export e;
	bw_err r;

	e.id = db_uint(q, 0);
	e.at = db_int(q, 1);
	e.actor = db_text(q, 2);
	e.kind = db_text(q, 3);
	e.subject = db_text(q, 4);
	e.format = db_text(q, 5);
	e.n = db_uint(q, 6);
	e.state = (enum store_export_state)db_int(q, 8);
	if ((r = db_fixed(q, 7, e.sha256, sizeof(e.sha256))) != BW_OK)
		return r;
	return w->cb(w->arg, &e);
}

bw_err
store_export_each(struct store *s, const char *sponsor, uint64_t before,
    unsigned limit, store_export_cb cb, void *arg)
{
	static const char sql[] = "SELECT id, at, actor, kind, subject, "
	    "format, n, sha256, state FROM export WHERE id < ?1 "
	    "AND (?2 = '' OR (kind = 'leads' AND subject = ?2)) "
	    "ORDER BY id DESC LIMIT ?3";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "uti",
	    before != 0 ? before : (uint64_t)INT64_MAX,
	    sponsor != NULL ? sponsor : "", (int64_t)limit);
}

static bw_err
take_time(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

bw_err
store_export_last(struct store *s, const char *sponsor, const char *actor,
    int64_t *at)
{
	static const char sql[] = "SELECT coalesce(max(at), 0) FROM export "
	    "WHERE kind = 'leads' AND subject = ?1 AND actor = ?2 "
	    "AND state = 1 AND format <> '" STORE_EXPORT_API "'";

	*at = 0;
	return db_first(s, take_time, at, sql, "tt", sponsor, actor);
}
