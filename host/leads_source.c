// SPDX-License-Identifier: Apache-2.0
#include "host/leads_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/store_leadone.h"
#include "host/store_release.h"
#include "host/store_right.h"

struct source {
	struct store *store;
	const struct leads_what *what;
	leads_row_cb cb;
	void *arg;
	struct person_keys keys;
	struct store_edition edition;	/* the last that was asked for */
	char version[BODY_VERSION_MAX + 1];	/* of the last policy */
	struct policy policy;
	struct store_mark mark;
	/* Of people alone: */
	struct release_rules rules;
	uint8_t *done;			/* a bit for each registration */
	uint64_t ndone;			/* bytes */
	struct field_values values;	/* of all leads of one */
	uint64_t left;			/* leads of it that have not come */
	bool first;
};

static bw_err
since(struct store *s, const struct store_release *rel, int64_t from,
    bool *yes)
{
	struct store_mark *m;
	int64_t at;
	bw_err r;

	if ((r = store_arrived_at(s, rel->device_num, rel->seq, &at)) !=
	    BW_OK || (*yes = at >= from))
		return r;
	if ((r = store_corrected_at(s, rel->edition, rel->released, &at)) !=
	    BW_OK || (*yes = at >= from))
		return r;
	if ((m = malloc(sizeof(*m))) == NULL)
		return BW_ERR_NOMEM;
	r = store_mark_get(s, rel->device_num, rel->seq, m);
	if (r == BW_OK)
		r = leadlist_marked_since(s, rel->device_num, m, from, yes);
	explicit_bzero(m, sizeof(*m));
	free(m);
	return r;
}

/* The lead as a list has it. */
static bw_err
load(struct store *s, const struct store_release *rel,
    struct leadlist_lead *l)
{
	bw_err r;

	lead_begin(l);
	snprintf(l->device, sizeof(l->device), "%s", rel->device);
	l->device_num = rel->device_num;
	l->seq = rel->seq;
	l->time = rel->time;
	l->edition = rel->edition;
	l->released = rel->released;
	return (r = lead_values(s, l)) != BW_OK ? r : lead_dates(s, l);
}

static bw_err
only(struct store *s, const struct leadlist_query *q,
    const struct store_release *rel, bool *yes)
{
	struct leadlist_lead *l = malloc(sizeof(*l));
	struct search k;
	bw_err r;

	if (l == NULL)
		return BW_ERR_NOMEM;
	search_take(&k, q->search);
	if ((r = load(s, rel, l)) == BW_OK)
		r = leadlist_wants(s, q, &k, l, yes);
	search_wipe(&k);
	explicit_bzero(l, sizeof(*l));
	free(l);
	return r;
}

bw_err
leads_source_wants(struct store *s, const struct leads_what *what,
    const struct store_release *rel, bool *yes)
{
	bw_err r = progress_one(what->progress);

	*yes = true;
	if (r == BW_OK && what->since != 0)
		r = since(s, rel, what->since, yes);
	return r != BW_OK || !*yes || what->only == NULL ? r :
	    only(s, what->only, rel, yes);
}

static bool
ends_with_mark(const char *s)
{
	static const char *const marks[] = { "?", ":", "？", "：", "؟" };
	size_t n = strlen(s), m;

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if ((m = strlen(marks[i])) <= n &&
		    strcmp(s + n - m, marks[i]) == 0)
			return true;
	return false;
}

void
leads_source_question(const struct leads_row *row,
    const struct note_answer *a, char out[static LEADS_QUESTION_SIZE])
{
	const struct policy *p = row->policy;
	const char *text = policy_asks(p, a->question, p->lang[0]);

	snprintf(out, LEADS_QUESTION_SIZE, "%s%s", text,
	    ends_with_mark(text) ? " " : ": ");
}

/* Rows of one device have few versions. */
static bw_err
policy_of(struct source *src, const struct store_release *rel)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	bw_err r;

	if (strcmp(src->version, rel->version) == 0)
		return BW_OK;
	src->version[0] = 0;
	policy_free(&src->policy);
	if ((r = store_policy_part(src->store, rel->version, rel->sponsor,
	    &json)) == BW_OK && (r = policy_decode((const char *)json.ptr,
	    json.len, &src->policy)) == BW_OK)
		snprintf(src->version, sizeof(src->version), "%s",
		    rel->version);
	bw_buf_free(&json);
	return r;
}

/* BW_ERR_NOTFOUND: there is no such edition. */
static bw_err
edition_of(struct source *src, uint64_t edition)
{
	return src->edition.ref == edition ? BW_OK :
	    store_edition_get(src->store, edition, &src->edition);
}

static bw_err
person_of(struct source *src, field_set released,
    char out[static PERSON_KEY_SIZE])
{
	out[0] = 0;
	return (released & PERSON_FIELDS) == 0 ? BW_OK :
	    person_key(&src->keys, src->edition.registration, out);
}

/* A row whose values and place are set. */
static bw_err
give(struct source *src, struct leads_row *row)
{
	bw_err r;

	row->mark = &src->mark;
	row->policy = &src->policy;
	if ((r = store_mark_get(src->store, row->rel->device_num,
	    row->rel->seq, &src->mark)) != BW_OK ||
	    (r = policy_of(src, row->rel)) != BW_OK ||
	    (r = person_of(src, row->rel->released, row->person)) != BW_OK)
		return r;
	return src->cb(src->arg, row);
}

/* The edition is the lead's. */
static bw_err
alone(struct source *src, const struct store_release *rel)
{
	struct leads_row row = { .rel = rel, .first = true, .last = true };

	for (int f = 1; f <= FIELD_COUNT; f++)
		row.value[f] = (rel->released & FIELD_BIT(f)) != 0 ?
		    src->edition.values.v[f] : "";
	return give(src, &row);
}

static bw_err
on_release(void *arg, const struct store_release *rel)
{
	struct source *src = arg;
	bool yes;
	bw_err r;

	if ((r = leads_source_wants(src->store, src->what, rel, &yes)) !=
	    BW_OK || !yes)
		return r;
	if ((r = edition_of(src, rel->edition)) != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	return alone(src, rel);
}

/* Whether a person was met before; he is from now on. */
static bw_err
met(struct source *src, uint64_t registration, bool *before)
{
	uint64_t at = registration / 8, n = src->ndone;
	uint8_t bit = (uint8_t)(1u << registration % 8), *more;

	if (at >= n) {
		n = (at + 1) * 2;
		if ((more = realloc(src->done, n)) == NULL)
			return BW_ERR_NOMEM;
		memset(more + src->ndone, 0, n - src->ndone);
		src->done = more;
		src->ndone = n;
	}
	*before = (src->done[at] & bit) != 0;
	src->done[at] |= bit;
	return BW_OK;
}

static bw_err
collect(void *arg, const struct release_dev *d, const struct lead_row *h)
{
	struct source *src = arg;
	bw_err r;

	(void)d;
	src->left++;
	if ((r = edition_of(src, h->edition)) != BW_OK)
		return r;
	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((h->granted & FIELD_BIT(f)) != 0 &&
		    src->values.v[f][0] == 0)
			memcpy(src->values.v[f], src->edition.values.v[f],
			    sizeof(src->values.v[f]));
	return BW_OK;
}

static bw_err
give_same(void *arg, const struct release_dev *d, const struct lead_row *h)
{
	struct source *src = arg;
	struct store_release rel = { .device = d->name, .device_num = d->num,
		.seq = h->seq, .time = h->time, .sponsor = src->what->sponsor,
		.version = src->rules.part[h->part].version,
		.days = src->rules.part[h->part].days,
		.released = h->granted, .edition = h->edition };
	struct leads_row row = { .rel = &rel, .first = src->first,
		.last = --src->left == 0 };

	src->first = false;
	for (int f = 1; f <= FIELD_COUNT; f++)
		row.value[f] = src->values.v[f];
	return give(src, &row);
}

static bw_err
on_person(void *arg, const struct store_release *rel)
{
	struct source *src = arg;
	uint64_t who;
	bool yes;
	bw_err r;

	if ((r = leads_source_wants(src->store, src->what, rel, &yes)) !=
	    BW_OK || !yes)
		return r;
	if ((r = edition_of(src, rel->edition)) != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	if ((rel->released & PERSON_FIELDS) == 0)
		return alone(src, rel);
	who = src->edition.registration;
	if ((r = met(src, who, &yes)) != BW_OK || yes)
		return r;
	if (src->rules.part == NULL && (r = release_rules_load(src->store,
	    src->what->sponsor, &src->rules)) != BW_OK)
		return r;
	explicit_bzero(&src->values, sizeof(src->values));
	src->left = 0;
	src->first = true;
	if ((r = lead_same(src->store, &src->rules, who, src->what->now,
	    collect, src)) != BW_OK)
		return r;
	return lead_same(src->store, &src->rules, who, src->what->now,
	    give_same, src);
}

static void
source_free(struct source *src)
{
	release_rules_free(&src->rules);
	person_keys_free(&src->keys);
	policy_free(&src->policy);
	free(src->done);
	explicit_bzero(src, sizeof(*src));
	free(src);
}

static bw_err
each(struct store *s, const struct leads_what *what, bool people,
    leads_row_cb cb, void *arg, struct store_left_out *left)
{
	struct source *src = calloc(1, sizeof(*src));
	bw_err r;

	if (src == NULL)
		return BW_ERR_NOMEM;
	*src = (struct source){ .store = s, .what = what, .cb = cb,
		.arg = arg };
	if ((r = person_keys_load(s, what->sponsor, &src->keys)) == BW_OK)
		r = store_release_each(s, NULL, what->sponsor, what->now,
		    people ? on_person : on_release, src, left);
	source_free(src);
	return r;
}

bw_err
leads_source_each(struct store *s, const struct leads_what *what,
    leads_row_cb cb, void *arg, struct store_left_out *left)
{
	return each(s, what, false, cb, arg, left);
}

bw_err
leads_source_people(struct store *s, const struct leads_what *what,
    leads_row_cb cb, void *arg, struct store_left_out *left)
{
	return each(s, what, true, cb, arg, left);
}
