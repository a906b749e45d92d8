// SPDX-License-Identifier: Apache-2.0
/* Registrations for people, a page at a time. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "host/search.h"
#include "host/store_db.h"
#include "host/store_registration.h"

struct list {
	struct search search;
	uint64_t number;		/* what is searched, if it is one */
	struct registration *out;
	size_t max, n;
	bool more;
};

/* By its number, or in its name, company, address or key. */
static bool
found(struct list *l, struct db_query *q)
{
	static const int cols[] = { REG_VALUES + FIELD_NAME - 1,
		REG_VALUES + FIELD_COMPANY - 1, REG_VALUES + FIELD_EMAIL - 1,
		1 };

	if (l->search.n == 0 ||
	    (l->number != 0 && l->number == db_uint(q, 0)))
		return true;
	search_begin(&l->search);
	for (size_t i = 0; i < sizeof(cols) / sizeof(cols[0]); i++)
		if (search_in(&l->search, db_text(q, cols[i])))
			return true;
	return false;
}

/* One more than asked for ends the walk. Only what is found is copied. */
static bw_err
take(void *arg, struct db_query *q)
{
	struct list *l = arg;
	struct registration *r;
	bw_err e;

	if (!found(l, q))
		return BW_OK;
	l->more = l->n == l->max;
	if (l->more)
		return BW_ERR_BOUND;
	r = &l->out[l->n++];
	memset(r, 0, sizeof(*r));
	e = registration_facts(q, r);
	return e == BW_OK ? db_values(q, REG_VALUES, &r->values) : e;
}

static void
turn(struct registration *r, size_t n)
{
	struct registration t;

	for (size_t i = 0; i < n / 2; i++) {
		t = r[i];
		r[i] = r[n - 1 - i];
		r[n - 1 - i] = t;
	}
	explicit_bzero(&t, sizeof(t));
}

bw_err
store_reglist(struct store *s, const struct reglist_query *q,
    struct registration *out, size_t max, size_t *n, bool *more)
{
	static const char forth[] = REG_ROW "WHERE id > ?1 AND "
	    "(?2 < 0 OR status = ?2) ORDER BY id";
	static const char back[] = REG_ROW "WHERE id < ?1 AND "
	    "(?2 < 0 OR status = ?2) ORDER BY id DESC";
	struct list l = { .out = out, .max = max };
	const char *search = q->search != NULL ? q->search : "";
	bw_err r;

	search_take(&l.search, search);
	if (text_number(search, strlen(search), INT64_MAX, &l.number) != BW_OK)
		l.number = 0;
	if (q->back)
		r = db_each(s, take, &l, back, "ui", q->behind,
		    (int64_t)q->status);
	else
		r = db_each(s, take, &l, forth, "ui", q->behind,
		    (int64_t)q->status);
	if (q->back)
		turn(out, l.n);
	*n = l.n;
	*more = l.more;
	explicit_bzero(&l, sizeof(l));
	return r == BW_ERR_BOUND && *more ? BW_OK : r;
}
