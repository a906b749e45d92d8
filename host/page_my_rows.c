// SPDX-License-Identifier: Apache-2.0
/* Rows of what a copy has, which the pages share. */
#include <stdio.h>
#include <string.h>

#include "host/case.h"
#include "host/not_me.h"
#include "host/page_my_parts.h"
#include "host/page_row.h"
#include "host/store_leadlist.h"
#include "host/when.h"

const char *
my_text(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

int64_t
my_at(const json_t *o, const char *key)
{
	uint64_t t;

	return when_parse(my_text(o, key), false, &t) == BW_OK ? (int64_t)t :
	    0;
}

void
my_sponsor(struct page *p, const json_t *of)
{
	page_raw(p, "<h3>");
	page_value(p, my_text(json_object_get(of, "sponsor"), "name"));
	page_raw(p, "</h3>\n");
}

void
my_row_time(struct page *p, const char *name, int64_t t)
{
	if (t == 0)
		return;
	row_begin(p, name);
	page_time(p, t);
	row_end(p);
}

void
my_row_values(struct page *p, const json_t *values)
{
	for (int f = 1; f <= FIELD_COUNT; f++)
		row_text(p, p->w->field[f], my_text(values,
		    field_name((enum field)f)));
}

void
my_row_fields(struct page *p, const char *name, const json_t *fields)
{
	const json_t *one;
	size_t i;

	row_begin(p, name);
	page_raw(p, "<ul>");
	json_array_foreach(fields, i, one) {
		const char *s = json_string_value(one);
		int f = s != NULL ? field_from_name(s, strlen(s)) : 0;

		if (f != 0)
			page_element(p, "li", p->w->field[f]);
	}
	page_raw(p, "</ul>");
	row_end(p);
}

static const char *
status(const struct my *my, const json_t *reg)
{
	if (my_at(reg, "erasure_at") != 0)
		return my->m->to_erase;
	for (int st = 0; st < REG_STATUSES; st++)
		if (strcmp(reg_status_name((enum reg_status)st),
		    my_text(reg, "status")) == 0)
			return my->m->is[st];
	return "";
}

void
my_registration(struct my *my, struct page *p, const json_t *copy)
{
	const json_t *reg = json_object_get(copy, "registration");

	page_raw(p, "<dl>\n");
	row_text(p, my->m->number, my_text(reg, "key"));
	row_text(p, my->m->status, status(my, reg));
	for (int f = 1; f <= FIELD_COUNT; f++) {
		const char *v = my_text(json_object_get(reg, "values"),
		    field_name((enum field)f));

		row_text(p, my->w->field[f], v[0] != 0 ? v : my->m->none);
	}
	page_raw(p, "</dl>\n");
}

bool
my_disowned(struct my *my, struct page *p, const json_t *share)
{
	uint64_t device, seq;
	bool said = false;
	bw_err r = leadlist_share_id(my->c->store, my_text(share, "id"),
	    &device, &seq);

	if (r == BW_OK)
		r = not_me_said(my->c->store, device, seq, &said);
	if (r != BW_OK && r != BW_ERR_NOTFOUND && p->r == BW_OK)
		p->r = r;
	return said;
}

void
my_share(struct my *my, struct page *p, const json_t *share)
{
	static const char *const state[] = { "live", "undone", "withdrawn",
		"held", "over", "withheld" };

	my_row_time(p, my->w->when, my_at(share, "at"));
	my_row_fields(p, my->w->what, json_object_get(share, "fields"));
	for (size_t i = 0; i < sizeof(state) / sizeof(state[0]); i++)
		if (strcmp(state[i], my_text(share, "state")) == 0)
			row_text(p, my->m->state, i == 2 &&
			    my_disowned(my, p, share) ?
			    my->w->daily_disowned : my->m->lead[i]);
}

/* Behind what became of a request. */
static void
and_time(struct page *p, const char *text, int64_t t, bool day)
{
	if (t == 0)
		return;
	page_raw(p, "; ");
	page_text(p, text);
	page_raw(p, " ");
	if (day)
		page_day(p, t);
	else
		page_time(p, t);
}

void
my_cases(struct my *my, struct page *p, const json_t *copy)
{
	const json_t *list = json_object_get(copy, "cases"), *one;
	enum case_type type;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	page_element(p, "h2", my->m->cases_title);
	page_raw(p, "<dl>\n");
	json_array_foreach(list, i, one) {
		if (case_type_parse(my_text(one, "type"), &type) != BW_OK)
			continue;
		row_begin(p, my->m->case_type[type]);
		page_time(p, my_at(one, "received_at"));
		page_raw(p, ": ");
		for (int st = 0; st < CASE_STATES; st++)
			if (strcmp(case_state_name((enum case_state)st),
			    my_text(one, "state")) == 0)
				page_text(p, my->m->case_state[st]);
		if (my_at(one, "closed_at") == 0)
			and_time(p, my->m->answer_by,
			    my_at(one, "due_at"), true);
		if (json_is_false(json_object_get(one, "matched"))) {
			page_raw(p, "; ");
			page_text(p, my->m->case_unmatched);
		}
		and_time(p, my->m->case_ended, my_at(one, "ended_at"), false);
		row_end(p);
	}
	page_raw(p, "</dl>\n");
}
