// SPDX-License-Identifier: Apache-2.0
#include "host/leads_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/store_leadone.h"
#include "host/store_right.h"

struct source {
	struct store *store;
	const struct leads_what *what;
	leads_row_cb cb;
	void *arg;
	struct store_edition edition;	/* the last that was asked for */
	char version[BODY_VERSION_MAX + 1];	/* of the last policy */
	struct policy policy;
	struct store_mark mark;
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
	bw_err r;

	if (l == NULL)
		return BW_ERR_NOMEM;
	if ((r = load(s, rel, l)) == BW_OK)
		r = leadlist_wants(s, q, l, yes);
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

static bw_err
on_release(void *arg, const struct store_release *rel)
{
	struct source *src = arg;
	struct leads_row row = { .rel = rel, .mark = &src->mark,
		.policy = &src->policy };
	bool yes;
	bw_err r;

	if ((r = leads_source_wants(src->store, src->what, rel, &yes)) !=
	    BW_OK || !yes)
		return r;
	if (src->edition.ref != rel->edition && (r = store_edition_get(
	    src->store, rel->edition, &src->edition)) != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	for (int f = 1; f <= FIELD_COUNT; f++)
		row.value[f] = (rel->released & FIELD_BIT(f)) != 0 ?
		    src->edition.values.v[f] : "";
	if ((r = store_mark_get(src->store, rel->device_num, rel->seq,
	    &src->mark)) != BW_OK || (r = policy_of(src, rel)) != BW_OK)
		return r;
	return src->cb(src->arg, &row);
}

bw_err
leads_source_each(struct store *s, const struct leads_what *what,
    leads_row_cb cb, void *arg, struct store_left_out *left)
{
	struct source *src = calloc(1, sizeof(*src));
	bw_err r;

	if (src == NULL)
		return BW_ERR_NOMEM;
	*src = (struct source){ .store = s, .what = what, .cb = cb,
		.arg = arg };
	r = store_release_each(s, NULL, what->sponsor, what->now, on_release,
	    src, left);
	policy_free(&src->policy);
	explicit_bzero(src, sizeof(*src));
	free(src);
	return r;
}
