// SPDX-License-Identifier: Apache-2.0
/* A sponsor's leads for its programs: what the release functions give. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/api/api.h"
#include "host/export_record.h"
#include "host/route.h"
#include "host/store_leadlist.h"

static bool
put_values(json_t *o, const struct leadlist_lead *l)
{
	json_t *v = json_object();
	bool ok = json_object_set_new(o, "values", v) == 0;

	for (int f = 1; f <= FIELD_COUNT && ok; f++)
		if ((l->released & FIELD_BIT(f)) != 0)
			ok = json_object_set_new(v, field_name((enum field)f),
			    json_string(l->values.v[f])) == 0;
	return ok;
}

static bool
put_note(json_t *o, const struct note *n)
{
	json_t *tags = json_array(), *answers = json_object();
	bool ok = json_object_set_new(o, "tags", tags) == 0 &&
	    json_object_set_new(o, "answers", answers) == 0;

	for (size_t i = 0; i < n->ntags && ok; i++)
		ok = json_array_append_new(tags, json_string(n->tag[i])) == 0;
	for (size_t i = 0; i < n->nanswers && ok; i++)
		ok = json_object_set_new(answers, n->answer[i].question,
		    json_string(n->answer[i].answer)) == 0;
	return ok && json_object_set_new(o, "rating", n->rating < 0 ?
	    json_null() : json_integer(n->rating)) == 0 &&
	    json_object_set_new(o, "note", n->text[0] == 0 ? json_null() :
	    json_string(n->text)) == 0;
}

static void
version_of(const struct leadlist_lead *l, char out[static 24])
{
	snprintf(out, 24, "%" PRIu64, l->mark.version);
}

static json_t *
lead(const struct leadlist_lead *l)
{
	char id[TEXT_ID_MAX + 24], version[24];
	json_t *o;

	snprintf(id, sizeof(id), "%s-%" PRIu64, l->device, l->seq);
	version_of(l, version);
	o = json_pack("{s:s, s:s, s:s, s:s}", "id", id, "device",
	    l->device, "policy_version", l->version,
	    "version", version);
	if (o != NULL && json_object_set_new(o, "person", l->person[0] != 0 ?
	    json_string(l->person) : json_null()) == 0 &&
	    api_put_time(o, "time", l->time) &&
	    api_put_time(o, "keep_until", l->keep_until) &&
	    api_put_time(o, "arrived_at", l->arrived_at) &&
	    put_values(o, l) && put_note(o, &l->mark.note))
		return o;
	json_decref(o);
	return NULL;
}

static bw_err
on_lead(void *arg, const struct leadlist_lead *l)
{
	return json_array_append_new(arg, lead(l)) == 0 ? BW_OK :
	    BW_ERR_NOMEM;
}

static bool
take_sort(struct call *c, enum leadlist_sort *out)
{
	static const char *const names[] = { "time", "name", "company",
		"rating" };
	char text[16];

	if (!api_text(c, "sort", text, sizeof(text)))
		return false;
	*out = LEADLIST_TIME;
	if (text[0] == 0)
		return true;
	for (unsigned i = 0; i < 4; i++)
		if (strcmp(text, names[i]) == 0) {
			*out = (enum leadlist_sort)i;
			return true;
		}
	http_error(c->out, 422, "sort is time, name, company or rating");
	return false;
}

struct asked {
	char search[128], device[TEXT_ID_MAX + 1], tag[64];
	char cursor[STRICT_TARGET_MAX + 1];
};

static bool
take_query(struct call *c, struct asked *a, struct leadlist_query *q)
{
	uint64_t limit = 100, rating = 0;

	*q = (struct leadlist_query){ .sponsor = c->me->sponsor,
		.search = a->search, .device = a->device, .tag = a->tag,
		.cursor = a->cursor };
	if (!take_sort(c, &q->sort) ||
	    !api_text(c, "search", a->search, sizeof(a->search)) ||
	    !api_text(c, "device", a->device, sizeof(a->device)) ||
	    !api_text(c, "tag", a->tag, sizeof(a->tag)) ||
	    !api_text(c, "cursor", a->cursor, sizeof(a->cursor)) ||
	    !api_time(c, "modified_since", &q->changed_since) ||
	    !api_number(c, "rating", 1, 5, &rating) ||
	    !api_number(c, "limit", 1, API_PAGE_MAX, &limit))
		return false;
	q->rating = (int)rating;
	q->limit = (unsigned)limit;
	return true;
}

/* No leads without their record: who asks again for what it has (304) is given
 * none. */
static void
given(struct call *c, size_t n)
{
	bw_err r = BW_OK;

	if (c->out->status == 200)
		r = export_read(c->store, c->me->sponsor, c->me->actor, n,
		    c->now);
	if (r == BW_OK)
		return;
	c->out->etag[0] = c->out->link[0] = 0;
	api_failure(c, r);
}

void
api_leads(struct call *c)
{
	struct leadlist_end *end = calloc(1, sizeof(*end));
	json_t *items = json_array();
	struct leadlist_query q;
	struct asked a;
	size_t n;
	bw_err r = BW_ERR_NOMEM;

	if (!take_query(c, &a, &q))
		goto out;
	if (end != NULL && items != NULL)
		r = leadlist_page(c->store, &q, c->now, on_lead, items, end);
	if (r == BW_OK) {
		n = json_array_size(items);
		api_page(c, items, end->cursor, true);
		items = NULL;
		given(c, n);
	} else if (r == BW_ERR_ARG)
		http_error(c->out, 422, "the cursor is none; begin without "
		    "one");
	else
		api_failure(c, r);
out:
	json_decref(items);
	free(end);
}

bw_err
api_lead_id(struct call *c, uint64_t *device, uint64_t *seq)
{
	char part[STRICT_TARGET_MAX + 1];

	route_part(c, 1, part);
	return leadlist_share_id(c->store, part, device, seq);
}

void
api_lead(struct call *c)
{
	struct leadlist_lead *l = calloc(1, sizeof(*l));
	uint64_t device, seq;
	char version[24];
	bw_err r = BW_ERR_NOMEM;

	if (l != NULL && (r = api_lead_id(c, &device, &seq)) == BW_OK)
		r = leadlist_lead(c->store, c->me->sponsor, device, seq,
		    c->now, l);
	if (r == BW_OK) {
		version_of(l, version);
		api_answer(c, lead(l), version);
		given(c, 1);
	} else
		api_failure(c, r);
	if (l != NULL)
		explicit_bzero(l, sizeof(*l));
	free(l);
}
