// SPDX-License-Identifier: Apache-2.0
#include "host/store_db.h"

#include <stdlib.h>
#include <string.h>

#include "host/store_redo.h"

#define EDITION "SELECT edition.id, badge.registration, edition.badge_id, " \
	"edition, uid, type, on_badge, retired_at, issued_at, status, " \
	"edition.v1, edition.v2, edition.v3, edition.v4, edition.v5, " \
	"edition.v6 FROM edition " \
	"JOIN badge ON badge.badge_id = edition.badge_id " \
	"JOIN registration ON registration.id = badge.registration "

static bw_err
edition_row(struct db_query *q, struct store_edition *out)
{
	bw_err r;

	out->ref = db_uint(q, 0);
	out->registration = db_uint(q, 1);
	if ((r = db_fixed(q, 2, out->badge_id, BADGE_ID)) != BW_OK ||
	    (r = db_fixed(q, 4, out->uid, BADGE_UID)) != BW_OK ||
	    (r = db_copy(q, 5, out->type, sizeof(out->type))) != BW_OK)
		return r;
	out->edition = (uint8_t)db_int(q, 3);
	out->on_badge = (field_set)db_int(q, 6);
	out->retired_at = db_int(q, 7);
	out->issued_at = db_int(q, 8);
	out->status = (enum reg_status)db_int(q, 9);
	return db_values(q, 10, &out->values);
}

/* One row of a query that is open, and its end. */
static bw_err
edition_one(struct db_query *q, struct store_edition *out)
{
	bw_err r;

	if ((r = db_row(q)) == BW_OK)
		r = edition_row(q, out);
	db_done(&q);
	return r;
}

bw_err
store_edition_current(struct store *s, uint64_t registration,
    struct store_edition *out)
{
	static const char sql[] = EDITION "WHERE badge.registration = ?1 "
	    "AND retired_at = 0 ORDER BY edition.id DESC LIMIT 1";
	struct db_query *q;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = db_open(s, &q, sql, "u", registration)) != BW_OK)
		return r;
	return edition_one(q, out);
}

bw_err
store_edition_find(struct store *s, const uint8_t badge_id[static BADGE_ID],
    uint8_t edition, struct store_edition *out)
{
	static const char sql[] =
	    EDITION "WHERE edition.badge_id = ?1 AND edition = ?2";
	struct db_query *q;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = db_open(s, &q, sql, "bi", badge_id, (size_t)BADGE_ID,
	    (int64_t)edition)) != BW_OK)
		return r;
	return edition_one(q, out);
}

bw_err
store_edition_get(struct store *s, uint64_t ref, struct store_edition *out)
{
	static const char sql[] = EDITION "WHERE edition.id = ?1";
	struct db_query *q;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = db_open(s, &q, sql, "u", ref)) != BW_OK)
		return r;
	return edition_one(q, out);
}

struct values {
	store_values_cb cb;
	void *arg;
};

static bw_err
give_values(void *arg, struct db_query *q)
{
	const struct values *w = arg;
	const char *v[FIELD_COUNT + 1] = { "" };

	for (int f = 1; f <= FIELD_COUNT; f++)
		v[f] = db_text(q, f);
	return w->cb(w->arg, db_uint(q, 0), db_uint(q, FIELD_COUNT + 1), v);
}

bw_err
store_edition_values(struct store *s, uint64_t from, uint64_t to,
    store_values_cb cb, void *arg)
{
	static const char sql[] = "SELECT each(id, v1, v2, v3, v4, v5, v6, "
	    "holder) FROM edition WHERE id >= ?1 AND id < ?2";
	struct values w = { cb, arg };

	return db_walk(s, give_values, &w, sql, "uu", from, to);
}

bw_err
store_edition_state(struct store *s, const uint8_t badge_id[static BADGE_ID],
    uint8_t edition, struct store_edition_state *out)
{
	static const char sql[] = "SELECT edition.id, status, retired_at, "
	    "edition <> ?2 "
	    "FROM edition JOIN badge ON badge.badge_id = edition.badge_id "
	    "JOIN registration ON registration.id = badge.registration "
	    "WHERE edition.badge_id = ?1 "
	    "ORDER BY edition = ?2 DESC, edition DESC LIMIT 1";
	struct db_query *q;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = db_open(s, &q, sql, "bi", badge_id, (size_t)BADGE_ID,
	    (int64_t)edition)) != BW_OK)
		return r;
	if ((r = db_row(q)) == BW_OK) {
		out->ref = db_uint(q, 0);
		out->status = (enum reg_status)db_int(q, 1);
		out->retired_at = db_int(q, 2);
		out->other = db_int(q, 3) != 0;
	}
	db_done(&q);
	return r;
}

/* The badge's row: whose it is, whether it is retired, its last edition. */
static bw_err
badge_check(struct store *s, const struct store_edition *in)
{
	static const char sql[] = "SELECT registration, retired_at, "
	    "(SELECT max(edition) FROM edition WHERE badge_id = ?1) "
	    "FROM badge WHERE badge_id = ?1";
	struct db_query *q;
	bw_err r;

	if ((r = db_open(s, &q, sql, "b", in->badge_id,
	    sizeof(in->badge_id))) != BW_OK)
		return r;
	if ((r = db_row(q)) == BW_OK && (db_uint(q, 0) != in->registration ||
	    db_int(q, 1) != 0 || db_int(q, 2) + 1 != in->edition))
		r = BW_ERR_EXISTS;
	db_done(&q);
	return r;
}

static bw_err
badge_add(struct store *s, const struct store_edition *in)
{
	static const char sql[] = "INSERT INTO badge "
	    "(badge_id, registration) VALUES (?1, ?2)";

	return db_write(s, NULL, sql, "bu", in->badge_id,
	    sizeof(in->badge_id), in->registration);
}

bw_err
store_edition_add(struct store *s, const struct store_edition *in)
{
	static const char sql[] = "INSERT INTO edition (badge_id, "
	    "holder, edition, uid, type, on_badge, issued_at, "
	    "v1, v2, v3, v4, v5, v6) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
	    "?8, ?9, ?10, ?11, ?12, ?13)";
	const struct field_values *v = &in->values;
	bw_err r;

	if (in->edition == 0)
		return BW_ERR_ARG;
	if ((r = badge_check(s, in)) == BW_ERR_NOTFOUND)
		r = badge_add(s, in);
	else if (r == BW_OK)
		r = db_redo_written(s, in->registration, in->issued_at);
	if (r != BW_OK)
		return r;
	return db_write(s, NULL, sql, "buibtiitttttt", in->badge_id,
	    sizeof(in->badge_id), in->registration, (int64_t)in->edition,
	    in->uid,
	    sizeof(in->uid), in->type, (int64_t)in->on_badge, in->issued_at,
	    db_value(v, 1), db_value(v, 2), db_value(v, 3), db_value(v, 4),
	    db_value(v, 5), db_value(v, 6));
}

static bw_err
take_number(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

/* The list of the blocked is another one. */
static bw_err
blocked_raise(struct store *s)
{
	static const char sql[] =
	    "UPDATE meta SET value = value + 1 WHERE key = 'blocked'";

	return db_write(s, NULL, sql, "");
}

/* *registration: whose it is. */
static bw_err
retire(struct store *s, const uint8_t badge_id[static BADGE_ID], int64_t now,
    uint64_t *registration)
{
	static const char sql[] = "UPDATE badge SET retired_at = ?2 "
	    "WHERE badge_id = ?1 AND retired_at = 0";
	static const char whose[] =
	    "SELECT registration FROM badge WHERE badge_id = ?1";
	int64_t changed;
	bw_err r = db_write(s, &changed, sql, "bi", badge_id,
	    (size_t)BADGE_ID, now);

	if (r != BW_OK || changed == 0)
		return r == BW_OK ? BW_ERR_NOTFOUND : r;
	if ((r = blocked_raise(s)) != BW_OK)
		return r;
	return db_first(s, take_number, registration, whose, "b", badge_id,
	    (size_t)BADGE_ID);
}

bw_err
store_badge_retire(struct store *s, const uint8_t badge_id[static BADGE_ID],
    int64_t now)
{
	uint64_t registration;
	bw_err r = retire(s, badge_id, now, &registration);

	return r == BW_OK ? db_redo_badge(s, registration, now) : r;
}

bw_err
store_badge_over(struct store *s, const uint8_t badge_id[static BADGE_ID],
    int64_t now)
{
	uint64_t registration;
	bw_err r = retire(s, badge_id, now, &registration);

	return r == BW_OK ? db_redo_written(s, registration, now) : r;
}

struct under {
	uint8_t *badge_id;
	uint64_t whose;
};

static bw_err
take_under(void *arg, struct db_query *q)
{
	struct under *u = arg;

	u->whose = db_uint(q, 1);
	return db_fixed(q, 0, u->badge_id, BADGE_ID);
}

bw_err
store_badge_under(struct store *s, const uint8_t uid[static BADGE_UID],
    uint64_t registration, uint8_t badge_id[static BADGE_ID],
    uint64_t *whose)
{
	static const char sql[] = "SELECT badge_id, registration FROM badge "
	    "WHERE retired_at = 0 AND registration <> ?2 AND badge_id IN "
	    "(SELECT badge_id FROM edition WHERE uid = ?1 AND id < "
	    "(SELECT max(id) FROM edition WHERE uid = ?1 AND holder = ?2)) "
	    "AND NOT EXISTS (SELECT 1 FROM edition "
	    "WHERE edition.badge_id = badge.badge_id AND (uid <> ?1 OR id > "
	    "(SELECT max(id) FROM edition WHERE uid = ?1 AND holder = ?2))) "
	    "LIMIT 1";
	struct under u = { badge_id, 0 };
	bw_err r;

	memset(badge_id, 0, BADGE_ID);
	r = db_first(s, take_under, &u, sql, "bu", uid, (size_t)BADGE_UID,
	    registration);
	*whose = u.whose;
	return r;
}

bw_err
store_badge_retire_all(struct store *s, uint64_t registration, int64_t now)
{
	static const char sql[] = "UPDATE badge SET retired_at = ?2 "
	    "WHERE registration = ?1 AND retired_at = 0";
	int64_t changed;
	bw_err r = db_write(s, &changed, sql, "ui", registration, now);

	if (r != BW_OK || changed == 0)
		return r == BW_OK ? BW_ERR_NOTFOUND : r;
	if ((r = blocked_raise(s)) != BW_OK)
		return r;
	return db_redo_badge(s, registration, now);
}

struct ids {
	uint8_t (*id)[BADGE_ID];
	size_t n, cap;
};

static bw_err
ids_add(struct ids *l, struct db_query *q)
{
	uint8_t (*more)[BADGE_ID];
	size_t cap;

	if (l->n == l->cap) {
		cap = l->cap != 0 ? l->cap * 2 : 64;
		more = reallocarray(l->id, cap, sizeof(*more));
		if (more == NULL)
			return BW_ERR_NOMEM;
		l->id = more;
		l->cap = cap;
	}
	return db_fixed(q, 0, l->id[l->n++], BADGE_ID);
}

bw_err
store_blocked_list(struct store *s, uint8_t (**ids)[BADGE_ID], size_t *n)
{
	static const char sql[] = "SELECT badge_id FROM badge "
	    "JOIN registration ON registration.id = badge.registration "
	    "WHERE retired_at <> 0 OR status <> 0";
	struct ids l = { 0 };
	struct db_query *q;
	bw_err r;

	*ids = NULL;
	*n = 0;
	if ((r = db_open(s, &q, sql, "")) != BW_OK)
		return r;
	while ((r = db_row(q)) == BW_OK)
		if ((r = ids_add(&l, q)) != BW_OK)
			break;
	db_done(&q);
	if (r != BW_ERR_NOTFOUND) {
		free(l.id);
		return r;
	}
	*ids = l.id;
	*n = l.n;
	return BW_OK;
}

bw_err
store_blocked_count(struct store *s, uint64_t *out)
{
	static const char sql[] =
	    "SELECT value FROM meta WHERE key = 'blocked'";
	struct db_query *q;
	bw_err r;

	*out = 0;
	if ((r = db_open(s, &q, sql, "")) != BW_OK)
		return r;
	if ((r = db_row(q)) == BW_OK)
		*out = db_uint(q, 0);
	db_done(&q);
	return r;
}
