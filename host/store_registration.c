// SPDX-License-Identifier: Apache-2.0
#include "host/store_registration.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/store_db.h"
#include "host/store_deleted.h"
#include "host/store_handed.h"
#include "host/store_link.h"
#include "host/store_mail.h"
#include "host/store_redo.h"
#include "host/store_right.h"

const char *
reg_status_name(enum reg_status st)
{
	switch (st) {
	case REG_ATTENDING:
		return "attending";
	case REG_CANCELLED:
		return "cancelled";
	case REG_WITHHELD:
		return "withheld";
	case REG_MINOR:
		return "minor";
	case REG_DELETED:
		return "deleted";
	case REG_HANDED:
		return "handed-on";
	}
	return "unknown";
}

bw_err
db_values(struct db_query *q, int col, struct field_values *out)
{
	bw_err r = BW_OK;

	memset(out, 0, sizeof(*out));
	for (int f = 1; f <= FIELD_COUNT && r == BW_OK; f++)
		r = db_copy(q, col + f - 1, out->v[f], sizeof(out->v[f]));
	return r;
}

/* An empty value is kept as NULL. */
const char *
db_value(const struct field_values *v, int f)
{
	return v->v[f][0] != 0 ? v->v[f] : NULL;
}

bw_err
registration_facts(struct db_query *q, struct registration *out)
{
	out->id = db_uint(q, 0);
	out->status = (enum reg_status)db_int(q, 2);
	out->changed_at = db_int(q, 3);
	out->age = (int)db_int(q, 4);
	out->released = db_int(q, 5) != 0;
	out->cancelled = db_int(q, 6) != 0;
	out->beneath = (enum reg_status)db_int(q, 7);
	return db_copy(q, 1, out->key, sizeof(out->key));
}

static bw_err
registration_row(void *arg, struct db_query *q)
{
	struct registration *out = arg;
	bw_err r = registration_facts(q, out);

	return r == BW_OK ? db_values(q, REG_VALUES, &out->values) : r;
}

bw_err
store_registration_get(struct store *s, uint64_t id, struct registration *out)
{
	static const char sql[] = REG_ROW "WHERE id = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, registration_row, out, sql, "u", id);
}

bw_err
store_registration_find(struct store *s, const char *key,
    struct registration *out)
{
	static const char sql[] = REG_ROW "WHERE key = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, registration_row, out, sql, "t", key);
}

struct walk {
	store_registration_cb cb;
	void *arg;
	struct registration reg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	struct walk *w = arg;
	bw_err r = registration_row(&w->reg, q);

	return r == BW_OK ? w->cb(w->arg, &w->reg) : r;
}

bw_err
store_registration_each(struct store *s, store_registration_cb cb, void *arg)
{
	static const char sql[] = REG_ROW "ORDER BY id";
	struct walk w = { .cb = cb, .arg = arg };
	bw_err r = db_each(s, give, &w, sql, "");

	explicit_bzero(&w, sizeof(w));
	return r;
}

static bw_err
insert(struct store *s, const struct registration *in, int64_t now,
    uint64_t *id)
{
	static const char sql[] = "INSERT INTO registration "
	    "(key, status, changed_at, v1, v2, v3, v4, v5, v6, minor_age, "
	    "minor, cancelled) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
	    "?10, ?2 = 3, ?2 = 1)";
	const struct field_values *v = &in->values;
	bw_err r;

	r = db_write(s, NULL, sql, "tiitttttti", in->key, (int64_t)in->status,
	    now, db_value(v, 1), db_value(v, 2), db_value(v, 3),
	    db_value(v, 4), db_value(v, 5), db_value(v, 6),
	    (int64_t)(in->status == REG_MINOR ? in->age : REG_AGE_NONE));
	if (r != BW_OK)
		return r;
	*id = (uint64_t)db_last_id(s);
	return db_redo_new(s, *id, now);
}

static bw_err
update(struct store *s, const struct registration *new, int64_t now)
{
	static const char sql[] = "UPDATE registration SET status = ?2, "
	    "changed_at = ?3, v1 = ?4, v2 = ?5, v3 = ?6, v4 = ?7, v5 = ?8, "
	    "v6 = ?9, minor_age = ?10, released = ?11, cancelled = ?12, "
	    "minor = ?13 WHERE id = ?1";
	const struct field_values *v = &new->values;

	return db_write(s, NULL, sql, "uiittttttiiii", new->id,
	    (int64_t)new->status, now, db_value(v, 1), db_value(v, 2),
	    db_value(v, 3), db_value(v, 4), db_value(v, 5), db_value(v, 6),
	    (int64_t)new->age, (int64_t)new->released,
	    (int64_t)new->cancelled, (int64_t)(new->beneath == REG_MINOR));
}

static bool
same_values(const struct field_values *a, const struct field_values *b)
{
	for (int f = 1; f <= FIELD_COUNT; f++)
		if (strcmp(a->v[f], b->v[f]) != 0)
			return false;
	return true;
}

/* The one that counts: what withholds it, what it is beneath. A minor stays
 * one until staff say that it is none. */
static void
follow(struct registration *reg, bool withheld, bool minor)
{
	reg->beneath = minor ? REG_MINOR :
	    reg->cancelled ? REG_CANCELLED : REG_ATTENDING;
	reg->status = withheld ? REG_WITHHELD : reg->beneath;
}

/* What becomes of a registration; what staff have decided stays. */
static void
merge(const struct registration *had, const struct registration *in,
    struct registration *out)
{
	bool known = had->released && in->age == had->age;
	bool minor = in->status == REG_MINOR && !known;

	*out = *had;
	out->values = in->values;
	out->cancelled = in->status == REG_CANCELLED;
	if (minor || (in->status == REG_ATTENDING &&
	    in->age >= REG_AGE_ADULT)) {
		out->age = minor ? in->age : REG_AGE_NONE;
		out->released = false;
	}
	follow(out, had->status == REG_WITHHELD ||
	    in->status == REG_WITHHELD, minor || had->beneath == REG_MINOR);
}

static bool
same(const struct registration *a, const struct registration *b)
{
	return a->status == b->status && a->beneath == b->beneath &&
	    a->cancelled == b->cancelled && a->age == b->age &&
	    a->released == b->released &&
	    same_values(&a->values, &b->values);
}

/* One of whom nothing is known but what its source says. */
static void
begin(struct registration *reg)
{
	bool minor = reg->status == REG_MINOR;

	reg->age = minor ? reg->age : REG_AGE_NONE;
	reg->released = false;
	reg->cancelled = reg->status == REG_CANCELLED;
	follow(reg, reg->status == REG_WITHHELD, minor);
}

/* The same ticket, another person. Who has nothing yet is not kept. */
static bw_err
try_other(struct store *s, const struct registration *in,
    enum store_change *change, const struct registration *had,
    struct registration *new)
{
	struct registration former;
	bool erased, traces;
	bw_err r;

	*new = *had;
	if ((r = store_deleted_has(s, in->key, in->values.v[FIELD_EMAIL],
	    &erased)) != BW_OK || erased)
		return r;
	r = handed_former(s, in->key, &in->values, &former);
	if (r == BW_OK) {
		*change = STORE_HANDED;
		merge(&former, in, new);
		r = db_corrected_keep(s, &former, in, &new->values);
		goto out;
	}
	if (r != BW_ERR_NOTFOUND ||
	    (r = handed_has_traces(s, had->id, &traces)) != BW_OK)
		goto out;
	*change = traces ? STORE_HANDED : STORE_CHANGED;
	*new = *in;
	new->id = traces ? 0 : had->id;
	begin(new);
out:
	explicit_bzero(&former, sizeof(former));
	return r;
}

bw_err
store_registration_try(struct store *s, const struct registration *in,
    enum store_change *change, struct registration *had,
    struct registration *new)
{
	bw_err r = store_registration_find(s, in->key, had);
	bool erased = false;

	*change = STORE_ADDED;
	*new = *in;
	begin(new);
	if (r == BW_ERR_NOTFOUND) {
		r = store_deleted_has(s, in->key,
		    in->values.v[FIELD_EMAIL], &erased);
		if (erased)
			*change = STORE_REFUSED;
		return r;
	}
	if (r != BW_OK)
		return r;
	*change = STORE_REFUSED;
	*new = *had;
	if (had->status == REG_DELETED)
		return BW_OK;
	merge(had, in, new);
	if ((r = db_corrected_keep(s, had, in, &new->values)) != BW_OK)
		return r;
	if (handed_other(&had->values, &new->values))
		return try_other(s, in, change, had, new);
	*change = same(had, new) ? STORE_UNCHANGED : STORE_CHANGED;
	return BW_OK;
}

static bool
same_minor(const struct registration *a, const struct registration *b)
{
	return a->released == b->released &&
	    (a->beneath == REG_MINOR) == (b->beneath == REG_MINOR);
}

static bw_err
change_to(struct store *s, const struct registration *had,
    const struct registration *new, int64_t now)
{
	bw_err r;

	/* Of somebody else there is no former address. */
	r = handed_other(&had->values, &new->values) ?
	    store_mail_forget(s, had->id) : store_mail_moved(s, had,
	    new->values.v[FIELD_EMAIL], now);
	if (r != BW_OK || (r = update(s, new, now)) != BW_OK ||
	    (r = db_links_moved(s, had, new->values.v[FIELD_EMAIL])) != BW_OK ||
	    (r = db_corrected_drop(s, had, &new->values)) != BW_OK)
		return r;
	/* Somebody else is a minor by what his import says. */
	if (!same_minor(had, new) &&
	    !handed_other(&had->values, &new->values) &&
	    (r = db_redo_minor(s, had->id, new->beneath == REG_MINOR,
	    new->released, now)) != BW_OK)
		return r;
	if (new->status == had->status)
		return r;
	return db_registration_changed(s, had->id, new->status, now);
}

static bw_err
id_row(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

/* A number means one person, in the audit and in the record of the deleted:
 * somebody else in the same row gets another. Nothing hangs on it. */
static bw_err
number_anew(struct store *s, uint64_t *id)
{
	static const char sql[] = "UPDATE registration SET "
	    "id = (SELECT max(id) + 1 FROM registration) WHERE id = ?1";
	static const char last[] = "SELECT max(id) FROM registration";
	bw_err r = db_write(s, NULL, sql, "u", *id);

	return r == BW_OK ? db_first(s, id_row, id, last, "") : r;
}

static bw_err
change_row(struct store *s, const struct registration *had,
    const struct registration *new, int64_t now, uint64_t *id)
{
	bw_err r = change_to(s, had, new, now);

	return r == BW_OK && handed_other(&had->values, &new->values) ?
	    number_anew(s, id) : r;
}

/* The ticket of one becomes the new one's, or again a former one's. */
static bw_err
hand_on(struct store *s, const struct registration *had,
    const struct registration *new, int64_t now, uint64_t *id)
{
	struct registration former;
	bw_err r = handed_on(s, had, now);

	*id = new->id;
	if (r != BW_OK || new->id == 0)
		return r == BW_OK ? insert(s, new, now, id) : r;
	if ((r = store_registration_get(s, new->id, &former)) == BW_OK &&
	    (r = handed_back(s, had->key, new->id)) == BW_OK)
		r = change_to(s, &former, new, now);
	explicit_bzero(&former, sizeof(former));
	return r;
}

bw_err
store_registration_put(struct store *s, const struct registration *in,
    int64_t now, enum store_change *change, uint64_t *id)
{
	struct registration had, new;
	bw_err r;

	*id = 0;
	*change = STORE_UNCHANGED;
	if ((r = db_writing(s)) != BW_OK)
		return r;
	if ((r = store_registration_try(s, in, change, &had, &new)) != BW_OK)
		goto out;
	*id = had.id;
	if (*change == STORE_ADDED)
		r = insert(s, &new, now, id);
	else if (*change == STORE_CHANGED)
		r = change_row(s, &had, &new, now, id);
	else if (*change == STORE_HANDED)
		r = hand_on(s, &had, &new, now, id);
out:
	explicit_bzero(&had, sizeof(had));
	explicit_bzero(&new, sizeof(new));
	return r;
}
