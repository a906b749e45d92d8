// SPDX-License-Identifier: Apache-2.0
#include "host/store_incident.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/mail.h"
#include "host/store_db.h"
#include "host/store_device.h"

static bw_err
note(struct store *s, uint64_t id, enum audit_act act, const char *detail,
    const char *actor, int64_t now)
{
	char object[40];

	snprintf(object, sizeof(object), "incident %" PRIu64, id);
	return audit_add(s, now, actor, act, object, detail);
}

static bw_err
look(struct store *s, const struct incident_scope *scope)
{
	struct store_device d;
	bw_err r = BW_OK;

	if (scope->device[0] != 0)
		r = store_device_get(s, scope->device, &d);
	if (r == BW_OK && scope->sponsor[0] != 0)
		r = store_sponsor_known(s, scope->sponsor);
	return r;
}

bw_err
incident_open(struct store *s, const struct incident *in, const char *actor,
    int64_t now, uint64_t *id)
{
	static const char sql[] = "INSERT INTO incident (device, sponsor, "
	    "since, until, aware_at, opened_at, actor, event_from, event_to) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
	const struct incident_scope *scope = &in->scope;
	bw_err r;

	*id = 0;
	if (in->aware_at <= 0 || in->aware_at > now ||
	    (scope->until != 0 && (scope->until <= scope->since ||
	    scope->until > now + INCIDENT_TODAY)) ||
	    !incident_event_ok(&in->event, now))
		return BW_ERR_ARG;
	if ((r = look(s, scope)) != BW_OK ||
	    (r = db_write(s, NULL, sql, "ttiiiitii", scope->device,
	    scope->sponsor, scope->since, scope->until, in->aware_at, now,
	    actor, in->event.from, in->event.to)) != BW_OK)
		return r;
	*id = (uint64_t)db_last_id(s);
	return note(s, *id, DID_INCIDENT_OPEN, scope->device[0] != 0 ?
	    scope->device : scope->sponsor, actor, now);
}

/* mail_state; 4: MAIL_BREACH. */
#define LETTERS(is) "(SELECT count(*) FROM mail WHERE kind = 4 " \
	"AND num = incident.id AND state " is ")"
#define ROW "SELECT id, device, sponsor, since, until, aware_at, opened_at, " \
	"reported_at, told_at, closed_at, told, " LETTERS("IN (0, 1)") ", " \
	"unreached + " LETTERS("= 3") ", event_from, event_to FROM incident "

static bw_err
incident_row(void *arg, struct db_query *q)
{
	struct incident *i = arg;
	bw_err r;

	i->id = db_uint(q, 0);
	i->scope.since = db_int(q, 3);
	i->scope.until = db_int(q, 4);
	i->aware_at = db_int(q, 5);
	i->opened_at = db_int(q, 6);
	i->reported_at = db_int(q, 7);
	i->told_at = db_int(q, 8);
	i->closed_at = db_int(q, 9);
	i->told = db_uint(q, 10);
	i->waiting = db_uint(q, 11);
	i->unreached = db_uint(q, 12);
	i->event.from = db_int(q, 13);
	i->event.to = db_int(q, 14);
	r = db_copy(q, 1, i->scope.device, sizeof(i->scope.device));
	return r != BW_OK ? r : db_copy(q, 2, i->scope.sponsor,
	    sizeof(i->scope.sponsor));
}

bw_err
incident_get(struct store *s, uint64_t id, struct incident *out)
{
	static const char sql[] = ROW "WHERE id = ?1";

	*out = (struct incident){ 0 };
	return db_first(s, incident_row, out, sql, "u", id);
}

struct walk {
	incident_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct incident i = { 0 };
	bw_err r = incident_row(&i, q);

	return r == BW_OK ? w->cb(w->arg, &i) : r;
}

bw_err
incident_each(struct store *s, incident_cb cb, void *arg)
{
	static const char sql[] = ROW "ORDER BY id DESC";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "");
}

static bw_err
take_counts(void *arg, struct db_query *q)
{
	struct incident_counts *out = arg;

	out->untold = db_uint(q, 0);
	out->over = db_uint(q, 1);
	out->due = incident_due(&(struct incident){ .aware_at = db_int(q, 2) });
	return BW_OK;
}

bw_err
incident_count(struct store *s, int64_t now, struct incident_counts *out)
{
	static const char sql[] = "SELECT count(*), "
	    "sum(CASE WHEN aware_at < ?1 THEN 1 ELSE 0 END), min(aware_at) "
	    "FROM incident WHERE closed_at = 0 AND reported_at = 0";

	memset(out, 0, sizeof(*out));
	return db_first(s, take_counts, out, sql, "i",
	    now - (int64_t)INCIDENT_HOURS * 3600);
}

/* One person, while the rows of its shares pass. */
struct people {
	incident_person_cb cb;
	void *arg;
	bool any, held;		/* held: its fields are the registration's */
	struct incident_person p;
};

static bw_err
person_end(struct people *w)
{
	return w->any ? w->cb(w->arg, &w->p) : BW_OK;
}

/* Columns: registration, granted, time, language; and for the row of a
 * registration itself, which comes before its shares, 1. */
static bw_err
share_row(void *arg, struct db_query *q)
{
	struct people *w = arg;
	uint64_t id = db_uint(q, 0);
	bw_err r;

	if (!w->any || w->p.registration != id) {
		if ((r = person_end(w)) != BW_OK)
			return r;
		w->p = (struct incident_person){ .registration = id };
		w->any = true;
		w->held = db_int(q, 4) != 0;
	}
	if (w->p.shares == 0)
		w->p.first = db_int(q, 2);
	w->p.shares += db_int(q, 4) == 0;
	if (!w->held || db_int(q, 4) != 0)
		w->p.fields |= (field_set)db_int(q, 1);
	w->p.last = db_int(q, 2);
	return db_copy(q, 3, w->p.language, sizeof(w->p.language));
}

#define SHARES "SELECT coalesce(badge.registration, 0), " \
	"granted, time, lead.language, 0 FROM lead " \
	"JOIN device ON device.num = lead.id >> 32 " \
	"LEFT JOIN edition ON edition.id = lead.edition " \
	"LEFT JOIN badge ON badge.badge_id = edition.badge_id " \
	"WHERE (?1 = '' OR device.name = ?1) " \
	"AND (?2 = '' OR device.sponsor = ?2) " \
	"AND time >= ?3 AND (?4 = 0 OR time < ?4) "
/* FIELD_BIT, when there is a value. */
#define HAS(f, bit) "CASE WHEN coalesce(v" #f ", '') <> '' " \
	"THEN " #bit " ELSE 0 END"
#define HELD "SELECT id, " HAS(1, 2) " + " HAS(2, 4) " + " HAS(3, 8) \
	" + " HAS(4, 16) " + " HAS(5, 32) " + " HAS(6, 64) ", 0, 'en', 1 " \
	"FROM registration WHERE status <> 4 "

bw_err
incident_people(struct store *s, const struct incident_scope *scope,
    incident_person_cb cb, void *arg)
{
	static const char shared[] = SHARES "ORDER BY 1, 3";
	static const char all[] = HELD "UNION ALL " SHARES "ORDER BY 1, 3";
	struct people w = { .cb = cb, .arg = arg };
	bw_err r;

	r = db_each(s, share_row, &w, incident_whole(scope) ? all : shared,
	    "ttii", scope->device, scope->sponsor, scope->since,
	    scope->until);
	return r == BW_OK ? person_end(&w) : r;
}

static bw_err
badges_row(void *arg, struct db_query *q)
{
	uint64_t *n = arg;

	n[0] = db_uint(q, 0);
	n[1] = db_uint(q, 1);
	return BW_OK;
}

bw_err
incident_badges(struct store *s, uint64_t *with, uint64_t *pointers)
{
	static const char sql[] = "SELECT "
	    "coalesce(sum(CASE WHEN on_badge <> 0 THEN 1 ELSE 0 END), 0), "
	    "coalesce(sum(CASE WHEN on_badge = 0 THEN 1 ELSE 0 END), 0) "
	    "FROM edition JOIN (SELECT badge_id AS b, max(edition) AS e "
	    "FROM edition GROUP BY badge_id) AS newest "
	    "ON newest.b = edition.badge_id AND newest.e = edition.edition "
	    "JOIN badge ON badge.badge_id = edition.badge_id "
	    "WHERE retired_at = 0";
	uint64_t n[2] = { 0 };
	bw_err r = db_first(s, badges_row, n, sql, "");

	*with = n[0];
	*pointers = n[1];
	return r;
}

struct telling {
	struct store *s;
	uint64_t id, n;
	int64_t now;
};

static bw_err
tell(void *arg, const struct incident_person *p)
{
	struct telling *t = arg;
	struct mail m = { .registration = p->registration,
		.kind = MAIL_BREACH, .num = t->id };
	struct incident_text text;
	bw_err r;

	if (p->registration == 0)
		return BW_OK;
	if ((r = incident_text_for(t->s, t->id, p->language, &text)) != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_ERR_DENIED : r;
	memcpy(m.language, p->language, sizeof(m.language));
	t->n++;
	return mail_queue(t->s, &m, t->now);
}

bw_err
incident_tell(struct store *s, uint64_t id, const char *actor, int64_t now,
    uint64_t *n)
{
	static const char sql[] = "UPDATE incident SET told_at = ?2, "
	    "told = ?3, booth = ?4 WHERE id = ?1";
	struct telling t = { s, id, 0, now };
	struct incident i;
	char detail[32], booth[INCIDENT_BOOTH_MAX];
	bw_err r;

	*n = 0;
	if ((r = incident_get(s, id, &i)) != BW_OK)
		return r;
	if (i.told_at != 0 || i.closed_at != 0)
		return BW_ERR_EXISTS;
	if ((r = incident_booth(s, &i, booth)) != BW_OK ||
	    (r = incident_people(s, &i.scope, tell, &t)) != BW_OK ||
	    (r = db_write(s, NULL, sql, "uiut", id, now, t.n,
	    booth)) != BW_OK)
		return r;
	*n = t.n;
	snprintf(detail, sizeof(detail), "%" PRIu64 " letters", t.n);
	return note(s, id, DID_INCIDENT_TELL, detail, actor, now);
}
