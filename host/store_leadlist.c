// SPDX-License-Identifier: Apache-2.0
#include "host/store_leadlist.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/fold.h"
#include "host/leadcursor.h"
#include "host/store_leadone.h"
#include "host/store_settle.h"

#define KEY_MAX 96		/* bytes of a value that are sorted by */

#define AHEAD_MAX 64	/* leads of a device that are read at once */

/* The next leads of a device, going down: row[at..n). */
struct head {
	uint64_t below;			/* seq: what was passed, or all */
	bool done;
	size_t at, n, most;
	struct lead_row *row;
};

/* A place in the sorted list. */
struct place {
	size_t dev;
	uint64_t seq;
	int rating;
	char key[KEY_MAX];
};

struct list {
	struct store *s;
	const struct leadlist_query *q;
	int64_t now;
	struct release_rules rules;
	struct person_keys keys;
	struct head *head;		/* one for each device */
	uint64_t walked, most;		/* most: where the walk ends */
	struct leadlist_lead lead;
	struct search search;		/* for what the query looks */
	struct place *place;
	size_t n, cap;
};

static bool
given(const char *s)
{
	return s != NULL && s[0] != 0;
}

static bw_err
ahead_row(void *arg, struct db_query *q)
{
	struct head *h = arg;

	return lead_row(&h->row[h->n++], q);
}

/* One lead at first, then twice as many each time: a page of many devices needs
 * few of each, and a walk to the end is made in long steps. */
static bw_err
head_fill(struct list *l, size_t i)
{
	static const char sql[] = LEAD_ROW "WHERE id >= ?1 AND id < ?2 "
	    "AND state = 0 ORDER BY id DESC LIMIT ?3";
	struct head *h = &l->head[i];
	uint64_t from = db_key(l->rules.dev[i].num, 0);
	struct lead_row *row;
	bw_err r;

	if (h->at < h->n || h->done)
		return BW_OK;
	if (h->most < AHEAD_MAX) {
		h->most = h->most == 0 ? 1 : h->most * 2;
		row = reallocarray(h->row, h->most, sizeof(*row));
		if (row == NULL)
			return BW_ERR_NOMEM;
		h->row = row;
	}
	h->at = h->n = 0;
	r = db_each(l->s, ahead_row, h, sql, "uuu", from, from + h->below,
	    (uint64_t)h->most);
	h->done = h->n == 0;
	return r;
}

static const struct lead_row *
head_row(const struct head *h)
{
	return &h->row[h->at];
}

/* The device whose next lead is the newest; BW_ERR_NOTFOUND: no more. */
static bw_err
newest(struct list *l, size_t *out)
{
	bool any = false;
	bw_err r;

	*out = 0;
	for (size_t i = 0; i < l->rules.ndev; i++) {
		if ((r = head_fill(l, i)) != BW_OK)
			return r;
		if (l->head[i].done || (any && head_row(&l->head[i])->time <=
		    head_row(&l->head[*out])->time))
			continue;
		*out = i;
		any = true;
	}
	return any ? BW_OK : BW_ERR_NOTFOUND;
}

static bw_err
wants(struct list *l, bool *yes)
{
	bw_err r;

	if (l->q->changed_since != 0 &&
	    (r = lead_dates(l->s, &l->lead)) != BW_OK)
		return r;
	return leadlist_wants(l->s, l->q, &l->search, &l->lead, yes);
}

/* The next one that is wanted, in l->lead, without its dates. BW_ERR_NOTFOUND:
 * no more; BW_ERR_BOUND: the walk is at its bound. */
static bw_err
next(struct list *l, size_t *dev)
{
	bool yes;
	bw_err r;

	while ((r = newest(l, dev)) == BW_OK) {
		struct head *h = &l->head[*dev];
		const struct lead_row *row = head_row(h);

		if (l->walked++ >= l->most)
			return BW_ERR_BOUND;
		h->at++;
		h->below = row->seq;
		r = lead_look(l->s, &l->rules, &l->rules.dev[*dev], row,
		    l->now, &l->lead);
		if (r == BW_ERR_NOTFOUND)
			continue;
		if (r != BW_OK || (r = wants(l, &yes)) != BW_OK || yes)
			return r;
	}
	return r;
}

/* Of each device that has more: its number, and the seq that the next lead is
 * below. */
static bw_err
cursor_put(const struct list *l, char out[static LEADLIST_CURSOR_MAX])
{
	struct leadcursor c = { 0 };
	bw_err r = BW_OK;

	out[0] = 0;
	for (size_t i = 0; i < l->rules.ndev && r == BW_OK; i++)
		if (!l->head[i].done && l->head[i].below != 0)
			r = leadcursor_put(&c, out, l->rules.dev[i].num,
			    l->head[i].below);
	return r;
}

static void
go_below(struct list *l, uint64_t num, uint64_t below)
{
	for (size_t i = 0; i < l->rules.ndev; i++)
		if (l->rules.dev[i].num == num) {
			l->head[i].done = false;
			if (below < l->head[i].below)
				l->head[i].below = below;
		}
}

/* A device that the cursor does not name had no more, or is new. */
static bw_err
cursor_take(struct list *l)
{
	struct leadcursor c = { 0 };
	const char *s = l->q->cursor;
	uint64_t below;
	bw_err r;

	for (size_t i = 0; i < l->rules.ndev; i++)
		l->head[i].done = true;
	while (*s != 0) {
		if ((r = leadcursor_take(&c, &s, &below)) != BW_OK)
			return r;
		go_below(l, c.num, below);
	}
	return BW_OK;
}

static bw_err
begin(struct list *l)
{
	const struct leadlist_query *q = l->q;
	bw_err r;

	if ((r = release_rules_load(l->s, q->sponsor, &l->rules)) != BW_OK ||
	    (r = person_keys_load(l->s, q->sponsor, &l->keys)) != BW_OK)
		return r;
	l->head = calloc(l->rules.ndev + 1, sizeof(*l->head));
	if (l->head == NULL)
		return BW_ERR_NOMEM;
	for (size_t i = 0; i < l->rules.ndev; i++)
		l->head[i].below = l->rules.dev[i].settled;
	if (q->sort == LEADLIST_TIME && given(q->cursor) &&
	    (r = cursor_take(l)) != BW_OK)
		return r;
	for (size_t i = 0; given(q->device) && i < l->rules.ndev; i++)
		if (strcmp(l->rules.dev[i].name, q->device) != 0)
			l->head[i].done = true;
	return BW_OK;
}

/* The lead that is in l->lead, with what is asked of those alone that are
 * shown. */
static bw_err
give(struct list *l, leadlist_cb cb, void *arg)
{
	bw_err r;

	if ((r = lead_dates(l->s, &l->lead)) != BW_OK ||
	    (r = lead_person(l->s, &l->rules, &l->keys, l->now,
	    &l->lead)) != BW_OK)
		return r;
	return cb(arg, &l->lead);
}

static bw_err
page_by_time(struct list *l, leadlist_cb cb, void *arg,
    struct leadlist_end *end)
{
	size_t dev;
	bw_err r = BW_OK;

	for (unsigned i = 0; i < l->q->limit && r == BW_OK; i++)
		if ((r = next(l, &dev)) == BW_OK)
			r = give(l, cb, arg);
	if (r == BW_ERR_NOTFOUND)
		return BW_OK;
	if (r == BW_OK && (r = newest(l, &dev)) == BW_ERR_NOTFOUND)
		return BW_OK;
	return r == BW_OK || r == BW_ERR_BOUND ?
	    cursor_put(l, end->cursor) : r;
}

static bw_err
place_add(struct list *l, size_t dev)
{
	enum field f = l->q->sort == LEADLIST_NAME ? FIELD_NAME :
	    FIELD_COMPANY;
	struct place *p;

	if (l->n == l->cap) {
		size_t cap = l->cap == 0 ? 1024 : l->cap * 2;

		p = realloc(l->place, cap * sizeof(*p));
		if (p == NULL)
			return BW_ERR_NOMEM;
		l->place = p;
		l->cap = cap;
	}
	p = &l->place[l->n++];
	*p = (struct place){ .dev = dev, .seq = l->lead.seq,
		.rating = l->lead.mark.note.rating };
	if (l->q->sort != LEADLIST_RATING)
		fold(l->lead.values.v[f], p->key, sizeof(p->key));
	return BW_OK;
}

/* Those that are alike by device, the newest first. */
static int
compare(const void *a, const void *b)
{
	const struct place *p = a, *q = b;
	int c;

	if (p->rating != q->rating)
		return p->rating > q->rating ? -1 : 1;
	if ((p->key[0] == 0) != (q->key[0] == 0))
		return p->key[0] == 0 ? 1 : -1;
	if ((c = strcmp(p->key, q->key)) != 0)
		return c;
	if (p->dev == q->dev)
		return p->seq > q->seq ? -1 : 1;
	return p->dev < q->dev ? -1 : 1;
}

static bw_err
place_give(struct list *l, const struct place *p, leadlist_cb cb, void *arg)
{
	static const char sql[] = LEAD_ROW "WHERE id = ?1";
	const struct release_dev *d = &l->rules.dev[p->dev];
	struct lead_row h = { 0 };
	bw_err r;

	if ((r = db_first(l->s, lead_row, &h, sql, "u",
	    db_key(d->num, p->seq))) != BW_OK ||
	    (r = lead_look(l->s, &l->rules, d, &h, l->now,
	    &l->lead)) != BW_OK)
		return r;
	return give(l, cb, arg);
}

static bw_err
page_sorted(struct list *l, leadlist_cb cb, void *arg,
    struct leadlist_end *end)
{
	uint64_t from = 0, to;
	size_t dev;
	bw_err r;

	if (given(l->q->cursor) && text_number(l->q->cursor,
	    strlen(l->q->cursor), LEADLIST_WALK_MAX, &from) != BW_OK)
		return BW_ERR_ARG;
	while ((r = next(l, &dev)) == BW_OK)
		if ((r = place_add(l, dev)) != BW_OK)
			return r;
	end->bounded = r == BW_ERR_BOUND;
	if (r != BW_ERR_BOUND && r != BW_ERR_NOTFOUND)
		return r;
	for (size_t i = 0; l->q->sort != LEADLIST_RATING && i < l->n; i++)
		l->place[i].rating = 0;
	if (l->n != 0)
		qsort(l->place, l->n, sizeof(*l->place), compare);
	to = from + l->q->limit < l->n ? from + l->q->limit : l->n;
	r = BW_OK;
	for (uint64_t i = from; i < to && r == BW_OK; i++)
		r = place_give(l, &l->place[i], cb, arg);
	if (to < l->n)
		snprintf(end->cursor, sizeof(end->cursor), "%" PRIu64, to);
	return r;
}

static void
list_free(struct list *l)
{
	for (size_t i = 0; l->head != NULL && i < l->rules.ndev; i++)
		free(l->head[i].row);
	free(l->head);
	release_rules_free(&l->rules);
	person_keys_free(&l->keys);
	if (l->place != NULL)
		explicit_bzero(l->place, l->n * sizeof(*l->place));
	free(l->place);
	explicit_bzero(l, sizeof(*l));
	free(l);
}

/* In a snapshot, until list_close; *out is NULL on failure. */
static bw_err
list_open(struct store *s, const struct leadlist_query *q, int64_t now,
    struct list **out)
{
	struct list *l;
	bw_err r = store_settle_few(s, now, SETTLE_LOOK_MS);

	*out = NULL;
	if ((r != BW_OK && r != BW_ERR_BUSY) ||
	    (r = store_snapshot(s)) != BW_OK)
		return r;
	r = BW_ERR_NOMEM;
	if ((l = calloc(1, sizeof(*l))) != NULL) {
		*l = (struct list){ .s = s, .q = q, .now = now,
			.most = LEADLIST_WALK_MAX };
		lead_begin(&l->lead);
		search_take(&l->search, q->search);
		r = begin(l);
	}
	if (r == BW_OK)
		*out = l;
	else {
		if (l != NULL)
			list_free(l);
		store_snapshot_end(s);
	}
	return r;
}

static void
list_close(struct store *s, struct list *l)
{
	list_free(l);
	store_snapshot_end(s);
}

bw_err
leadlist_page(struct store *s, const struct leadlist_query *q, int64_t now,
    leadlist_cb cb, void *arg, struct leadlist_end *end)
{
	struct list *l;
	bw_err r;

	memset(end, 0, sizeof(*end));
	if (q->limit == 0 || q->limit > LEADLIST_PAGE_MAX)
		return BW_ERR_ARG;
	if ((r = list_open(s, q, now, &l)) != BW_OK)
		return r;
	r = q->sort == LEADLIST_TIME ? page_by_time(l, cb, arg, end) :
	    page_sorted(l, cb, arg, end);
	list_close(s, l);
	return r;
}

/* Of whatever there is, or at one device: what is in them need not be read. */
static bool
counts_all(const struct leadlist_query *q)
{
	return !given(q->search) && !given(q->tag) && q->rating == 0 &&
	    q->changed_since == 0;
}

static bw_err
count_wanted(struct list *l, uint64_t *n)
{
	size_t dev;
	bw_err r;

	while ((r = next(l, &dev)) == BW_OK)
		(*n)++;
	return r;
}

bw_err
leadlist_count(struct store *s, const struct leadlist_query *q, int64_t now,
    uint64_t most, uint64_t *n, bool *whole)
{
	struct leadlist_query all = *q;
	struct list *l;
	bw_err r;

	*n = 0;
	*whole = false;
	all.cursor = NULL;
	if ((r = list_open(s, &all, now, &l)) != BW_OK)
		return r;
	l->most = most;
	r = !counts_all(q) ? count_wanted(l, n) : lead_count(s, &l->rules,
	    given(q->device) ? q->device : NULL, now, most, n);
	list_close(s, l);
	*whole = r == BW_ERR_NOTFOUND || r == BW_OK;
	return *whole || r == BW_ERR_BOUND ? BW_OK : r;
}
