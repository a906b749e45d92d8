// SPDX-License-Identifier: Apache-2.0
/* Why a registration is withheld, and the shares of a person. */
#include "host/store_right.h"

#include <stdlib.h>
#include <string.h>

#include "host/store_db.h"
#include "host/store_redo.h"

#define BARRIER "SELECT registration, restricted, objected, " \
	"erase_planned, erase_due, erase_case, held_at, staff, erase_begun, " \
	"erase_undo FROM barrier "

static bw_err
barrier_row(void *arg, struct db_query *q)
{
	struct right_state *r = arg;

	*r = (struct right_state){ .registration = db_uint(q, 0),
		.restricted = db_int(q, 1), .objected = db_int(q, 2),
		.erase_planned = db_int(q, 3), .erase_due = db_int(q, 4),
		.erase_case = db_uint(q, 5), .held_at = db_int(q, 6),
		.staff = db_int(q, 7), .erase_begun = db_int(q, 8),
		.erase_undo = db_int(q, 9) };
	return BW_OK;
}

bw_err
right_look(struct store *s, uint64_t registration, struct right_state *out)
{
	static const char sql[] = BARRIER "WHERE registration = ?1";
	bw_err r;

	*out = (struct right_state){ .registration = registration };
	r = db_first(s, barrier_row, out, sql, "u", registration);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

struct walk {
	right_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct right_state st;
	bw_err r = barrier_row(&st, q);

	return r == BW_OK ? w->cb(w->arg, &st) : r;
}

bw_err
right_each(struct store *s, right_cb cb, void *arg)
{
	static const char sql[] = BARRIER "ORDER BY registration";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "");
}

bw_err
store_barrier_put(struct store *s, const struct right_state *in, int64_t now)
{
	static const char put[] = "INSERT INTO barrier (registration, "
	    "restricted, objected, erase_planned, erase_due, erase_case, "
	    "held_at, staff, erase_undo, came) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
	    "(SELECT coalesce(max(num), 0) FROM arrival)) "
	    "ON CONFLICT (registration) DO UPDATE SET "
	    "restricted = excluded.restricted, objected = excluded.objected, "
	    "erase_planned = excluded.erase_planned, "
	    "erase_due = excluded.erase_due, "
	    "erase_case = excluded.erase_case, held_at = excluded.held_at, "
	    "staff = excluded.staff, erase_undo = excluded.erase_undo, "
	    "erase_begun = CASE "
	    "WHEN excluded.erase_due = 0 THEN 0 ELSE erase_begun END";
	static const char drop[] =
	    "DELETE FROM barrier WHERE registration = ?1";
	bw_err r = db_redo_withheld(s, in, now);

	if (r != BW_OK)
		return r;
	if (!right_of_person(in) && in->staff == 0)
		return db_write(s, NULL, drop, "u", in->registration);
	return db_write(s, NULL, put, "uiiiiuiii", in->registration,
	    in->restricted, in->objected, in->erase_planned, in->erase_due,
	    in->erase_case, in->held_at, in->staff, in->erase_undo);
}

bw_err
store_barrier_begin(struct store *s, uint64_t registration, int64_t now)
{
	static const char sql[] =
	    "UPDATE barrier SET erase_begun = ?2 WHERE registration = ?1";

	return db_write(s, NULL, sql, "ui", registration, now);
}

struct shares {
	struct store_share *at;
	size_t n, cap;
};

static bw_err
share_row(void *arg, struct db_query *q)
{
	struct shares *l = arg;
	uint64_t id = db_uint(q, 0);

	if (l->n == l->cap) {
		size_t cap = l->cap == 0 ? 16 : l->cap * 2;
		struct store_share *more = reallocarray(l->at, cap,
		    sizeof(*more));

		if (more == NULL)
			return BW_ERR_NOMEM;
		l->at = more;
		l->cap = cap;
	}
	l->at[l->n++] = (struct store_share){ id >> 32, id & STORE_SEQ_MAX };
	return BW_OK;
}

bw_err
store_shares_of(struct store *s, uint64_t registration,
    struct store_share **out, size_t *n)
{
	static const char sql[] = "SELECT id FROM lead WHERE edition IN "
	    "(SELECT edition.id FROM edition JOIN badge "
	    "ON badge.badge_id = edition.badge_id WHERE registration = ?1) "
	    "AND state NOT IN (1, 2) ORDER BY id";
	struct shares l = { 0 };
	bw_err r = db_each(s, share_row, &l, sql, "u", registration);

	*out = NULL;
	*n = 0;
	if (r != BW_OK) {
		free(l.at);
		return r;
	}
	*out = l.at;
	*n = l.n;
	return BW_OK;
}

bw_err
store_withdrawn_put(struct store *s, uint64_t registration, int64_t at)
{
	static const char sql[] = "INSERT INTO withdrawn "
	    "(registration, at, serial) VALUES (?1, ?2, ?3) "
	    "ON CONFLICT (registration) DO UPDATE "
	    "SET at = excluded.at, serial = excluded.serial";
	static const char raise[] =
	    "UPDATE meta SET value = value + 1 WHERE key = 'blocked'";
	uint64_t serial;
	bw_err r;

	/* All of that second is before it. */
	if ((r = store_serial_next(s, at * 1000 + 999, &serial)) != BW_OK ||
	    (r = db_write(s, NULL, sql, "uiu", registration, at,
	    serial)) != BW_OK ||
	    (r = db_redo_all(s, registration, at)) != BW_OK)
		return r;
	return db_write(s, NULL, raise, "");
}

static bw_err
number_row(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

bw_err
store_withdrawn_since(struct store *s, uint64_t edition, uint64_t serial,
    int64_t *at)
{
	static const char sql[] = "SELECT at FROM edition "
	    "JOIN badge ON badge.badge_id = edition.badge_id "
	    "JOIN withdrawn ON withdrawn.registration = badge.registration "
	    "WHERE edition.id = ?1 AND ?2 <= withdrawn.serial";
	bw_err r;

	*at = 0;
	r = db_first(s, number_row, at, sql, "uu", edition, serial);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
store_withheld_since(struct store *s, uint64_t edition, int64_t *at)
{
	static const char sql[] = "SELECT min("
	    "CASE WHEN restricted = 0 THEN ?2 ELSE restricted END, "
	    "CASE WHEN objected = 0 THEN ?2 ELSE objected END, "
	    "CASE WHEN staff = 0 THEN ?2 ELSE staff END, "
	    "CASE WHEN erase_due = 0 THEN ?2 ELSE erase_planned END) "
	    "FROM edition JOIN badge ON badge.badge_id = edition.badge_id "
	    "JOIN barrier ON barrier.registration = badge.registration "
	    "JOIN registration ON registration.id = badge.registration "
	    "WHERE edition.id = ?1 AND NOT cancelled AND NOT minor";
	bw_err r;

	*at = 0;
	r = db_first(s, number_row, at, sql, "ui", edition, INT64_MAX);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

#define LEADS_OF "(SELECT lead.id FROM badge " \
	"JOIN edition ON edition.badge_id = badge.badge_id " \
	"JOIN lead ON lead.edition = edition.id WHERE registration = ?1"

/* What is open of that some leads are back. */
static bw_err
drop_returned(struct store *s, uint64_t registration)
{
	static const char sql[] = "DELETE FROM ack WHERE kind = ?2 "
	    "AND acked_at = 0 AND lead IN " LEADS_OF ")";

	return db_write(s, NULL, sql, "ui", registration,
	    (int64_t)ACK_RETURNED);
}

bw_err
store_ack_withheld(struct store *s, uint64_t registration, int64_t now)
{
	static const char sql[] = ACK_PERSON("");
	bw_err r = drop_returned(s, registration);

	return r != BW_OK ? r : db_write(s, NULL, sql, "uiii", registration,
	    (int64_t)FIELD_ALL, (int64_t)ACK_WITHHELD, now);
}

/* held: of those too that are held for another reason. */
static bw_err
drop_withheld(struct store *s, uint64_t registration, bool held)
{
	static const char sql[] = "DELETE FROM ack WHERE kind = ?2 "
	    "AND acked_at = 0 AND lead IN " LEADS_OF
	    " AND (?3 <> 0 OR lead.state <> 3))";

	return db_write(s, NULL, sql, "uii", registration,
	    (int64_t)ACK_WITHHELD, (int64_t)held);
}

static bw_err
add_returned(struct store *s, uint64_t registration, int64_t now)
{
	static const char sql[] = ACK_RETURN("lead.id IN (SELECT lead.id "
	    "FROM badge JOIN edition ON edition.badge_id = badge.badge_id "
	    "JOIN lead ON lead.edition = edition.id WHERE registration = ?4)");

	return db_write(s, NULL, sql, "iiiu", (int64_t)ACK_RETURNED, now,
	    (int64_t)ACK_WITHHELD, registration);
}

bw_err
store_ack_back(struct store *s, uint64_t registration, int64_t now)
{
	bw_err r = drop_withheld(s, registration, false);

	return r != BW_OK ? r : add_returned(s, registration, now);
}

/* What may come back does not. */
bw_err
store_ack_erased(struct store *s, uint64_t registration, int64_t now)
{
	static const char sql[] = ACK_PERSON("");
	bw_err r = db_write(s, NULL, sql, "uiii", registration,
	    (int64_t)FIELD_ALL, (int64_t)ACK_ERASED, now);

	if (r == BW_OK)
		r = drop_returned(s, registration);
	return r != BW_OK ? r : drop_withheld(s, registration, true);
}
