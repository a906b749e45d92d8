// SPDX-License-Identifier: Apache-2.0
/* What a list of leads is asked for: from its address and back. */
#include <stdio.h>
#include <string.h>

#include "host/portal/form.h"
#include "host/portal/sponsor.h"
#include "host/portal/zone.h"

static const char *const sorts[] = { "", "name", "company", "rating" };

static void
value(const struct call *c, bool form, const char *name, char *out,
    size_t size)
{
	if (form)
		form_value(c, name, out, size);
	else if (http_param(c->in, name, out, size) != BW_OK ||
	    !text_is_clean(out, strlen(out)))
		out[0] = 0;
}

static void
read_since(const struct call *c, struct leads_query *q)
{
	if (q->since[0] != 0 &&
	    zone_parse(c, q->since, false, &q->changed_since) != BW_OK)
		q->fault = N_("Give a day, like 2026-06-01.");
}

void
leads_query_read(const struct call *c, bool form, struct leads_query *q)
{
	char text[16];

	memset(q, 0, sizeof(*q));
	value(c, form, "device", q->device, sizeof(q->device));
	value(c, form, "tag", q->tag, sizeof(q->tag));
	value(c, form, "since", q->since, sizeof(q->since));
	value(c, form, "cursor", q->cursor, sizeof(q->cursor));
	value(c, form, "rating", text, sizeof(text));
	if (text[0] >= '1' && text[0] <= '5' && text[1] == 0)
		q->rating = text[0] - '0';
	value(c, form, "sort", text, sizeof(text));
	for (size_t i = 0; i < 4; i++)
		if (strcmp(text, sorts[i]) == 0)
			q->sort = (enum leadlist_sort)i;
	read_since(c, q);
	/* What is found by a value, or stands where it does, tells of it. */
	if (sponsor_sees_values(c))
		value(c, form, "q", q->search, sizeof(q->search));
	else if (q->sort != LEADLIST_RATING)
		q->sort = LEADLIST_TIME;
}

bool
leads_query_filters(const struct leads_query *q)
{
	return q->search[0] != 0 || q->device[0] != 0 || q->tag[0] != 0 ||
	    q->rating != 0 || q->changed_since != 0;
}

struct leadlist_query
leads_query_for(const struct leads_query *q, const char *sponsor)
{
	return (struct leadlist_query){ .sponsor = sponsor, .sort = q->sort,
		.search = q->search, .device = q->device, .tag = q->tag,
		.rating = q->rating, .changed_since = q->changed_since,
		.cursor = q->cursor };
}

struct target {
	char *at;
	size_t left;
	char sep;
	bool whole;
};

static void
put(struct target *a, const char *text)
{
	size_t n = strlen(text);

	if (n >= a->left) {
		a->whole = false;
		return;
	}
	memcpy(a->at, text, n + 1);
	a->at += n;
	a->left -= n;
}

static void
put_param(struct target *a, const char *name, const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
	char one[4] = { a->sep, 0 };

	if (text[0] == 0)
		return;
	put(a, one);
	a->sep = '&';
	put(a, name);
	put(a, "=");
	for (; *text != 0; text++) {
		snprintf(one, sizeof(one), strchr(plain, *text) != NULL ?
		    "%c" : "%%%02X", (unsigned char)*text);
		put(a, one);
	}
}

bool
leads_query_address(const struct leads_query *q, const char *path,
    const char *cursor, char out[static STRICT_TARGET_MAX + 1])
{
	struct target a = { out, STRICT_TARGET_MAX + 1, '?', true };
	char rating[2] = { (char)(q->rating != 0 ? '0' + q->rating : 0), 0 };

	out[0] = 0;
	put(&a, path);
	put_param(&a, "q", q->search);
	put_param(&a, "device", q->device);
	put_param(&a, "tag", q->tag);
	put_param(&a, "rating", rating);
	put_param(&a, "since", q->since);
	put_param(&a, "sort", sorts[q->sort]);
	put_param(&a, "cursor", cursor);
	return a.whole;
}

void
leads_query_hidden(struct page *p, const struct leads_query *q)
{
	char rating[2] = { (char)('0' + q->rating), 0 };

	form_hidden(p, "q", q->search);
	form_hidden(p, "device", q->device);
	form_hidden(p, "tag", q->tag);
	form_hidden(p, "rating", rating);
	form_hidden(p, "since", q->since);
}

static void
devices(struct page *p, const struct booths *b, const struct leads_query *q)
{
	char name[BOOTH_NAME_MAX];
	struct form_field f = { .name = "device", .label = N_("Booth device"),
		.value = q->device, .optional = true };

	form_select_begin(p, &f);
	form_option(p, &f, "", catalogue_find(p->w->lang, N_("all")));
	for (size_t i = 0; i < b->n; i++) {
		booths_name(b, b->of[i].device, name);
		form_option(p, &f, b->of[i].device, name);
	}
	form_select_end(p, &f);
}

static void
order(struct page *p, struct call *c, const struct leads_query *q)
{
	static const struct form_choice all[] = { { "", N_("newest first") },
		{ "rating", N_("best rating first") },
		{ "name", N_("by name") }, { "company", N_("by company") },
		{ NULL, NULL } };
	struct form_field f = { .name = "sort", .label = N_("Order"),
		.value = sorts[q->sort], .optional = true };

	form_select_begin(p, &f);
	for (size_t i = 0; all[i].value != NULL; i++)
		if (i < 2 || sponsor_sees_values(c))
			form_option(p, &f, all[i].value,
			    catalogue_find(p->w->lang, all[i].text));
	form_select_end(p, &f);
}

void
leads_query_form(struct page *p, struct call *c, const struct booths *b,
    const struct leads_query *q)
{
	static const struct form_choice ratings[] = { { "", N_("any") },
		{ "1", N_("1 or better") }, { "2", N_("2 or better") },
		{ "3", N_("3 or better") }, { "4", N_("4 or better") },
		{ "5", N_("5 only") }, { NULL, NULL } };
	char rating[2] = { (char)(q->rating != 0 ? '0' + q->rating : 0), 0 };
	bool open = leads_query_filters(q) || q->sort != LEADLIST_TIME ||
	    q->fault != NULL;

	page_raw(p, open ? "<details class=\"look\" open>\n<summary>" :
	    "<details class=\"look\">\n<summary>");
	say(p, sponsor_sees_values(c) ? N_("Search and filter") :
	    N_("Filter"));
	page_raw(p, "</summary>\n<form method=\"get\" action=\"/leads\">\n"
	    "<div class=\"look-fields\">\n");
	if (sponsor_sees_values(c))
		form_input(p, &(struct form_field){ .name = "q",
		    .label = N_("Search"), .type = "search", .optional = true,
		    .value = q->search, .most = 32 });
	devices(p, b, q);
	form_select(p, &(struct form_field){ .name = "rating",
	    .label = N_("Rating"), .value = rating, .optional = true },
	    ratings);
	form_input(p, &(struct form_field){ .name = "tag", .optional = true,
	    .label = N_("Tag"), .value = q->tag, .most = 40 });
	form_day(p, &(struct form_field){ .name = "since",
	    .label = N_("New or changed since"), .value = q->since,
	    .optional = true, .error = q->fault });
	order(p, c, q);
	page_raw(p, "</div>\n");
	form_end(p, N_("Show"));
	page_raw(p, "</details>\n");
}
