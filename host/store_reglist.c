// SPDX-License-Identifier: Apache-2.0
/* Registrations for people, a page at a time. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "host/fold.h"
#include "host/store_db.h"
#include "host/store_registration.h"

#define FOLDED_MAX 1024
#define ROW "SELECT id, key, status, changed_at, minor_age, released, v1, " \
	"v2, v3, v4, v5, v6 FROM registration "

struct list {
	char search[FOLDED_MAX];
	uint64_t number;		/* what is searched, if it is one */
	struct registration *out;
	size_t max, n;
	bool more;
};

static bool
has(const struct list *l, const char *text)
{
	char folded[FOLDED_MAX];
	bool found;

	fold(text, folded, sizeof(folded));
	found = strstr(folded, l->search) != NULL;
	explicit_bzero(folded, sizeof(folded));
	return found;
}

static bool
found(const struct list *l, const struct registration *r)
{
	return l->search[0] == 0 || (l->number != 0 && l->number == r->id) ||
	    has(l, r->values.v[FIELD_NAME]) ||
	    has(l, r->values.v[FIELD_COMPANY]) ||
	    has(l, r->values.v[FIELD_EMAIL]) || has(l, r->key);
}

/* One more than asked for ends the walk. */
static bw_err
take(void *arg, struct db_query *q)
{
	struct list *l = arg;
	struct registration r = { .id = db_uint(q, 0),
		.status = (enum reg_status)db_int(q, 2),
		.changed_at = db_int(q, 3), .age = (int)db_int(q, 4),
		.released = db_int(q, 5) != 0 };
	bw_err e;

	if ((e = db_copy(q, 1, r.key, sizeof(r.key))) != BW_OK ||
	    (e = db_values(q, 6, &r.values)) != BW_OK || !found(l, &r))
		goto out;
	l->more = l->n == l->max;
	if (l->more)
		e = BW_ERR_BOUND;
	else
		l->out[l->n++] = r;
out:
	explicit_bzero(&r, sizeof(r));
	return e;
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
	static const char forth[] = ROW "WHERE id > ?1 AND "
	    "(?2 < 0 OR status = ?2) ORDER BY id";
	static const char back[] = ROW "WHERE id < ?1 AND "
	    "(?2 < 0 OR status = ?2) ORDER BY id DESC";
	struct list l = { .out = out, .max = max };
	const char *search = q->search != NULL ? q->search : "";
	bw_err r;

	fold(search, l.search, sizeof(l.search));
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
	explicit_bzero(l.search, sizeof(l.search));
	return r == BW_ERR_BOUND && l.more ? BW_OK : r;
}
