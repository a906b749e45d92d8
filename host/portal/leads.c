// SPDX-License-Identifier: Apache-2.0
/* A sponsor's leads, newest first, searched, in pages. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/not_me.h"
#include "host/portal/form.h"
#include "host/portal/sponsor.h"

#define PAGE_LEADS 50

/* How many shares are looked at for the line that says how many leads there
 * are: a page must cost little, however many there are. Of some nothing may be
 * released, so that behind these there may be no lead at all. */
#define COUNTED_MAX 10000

struct list {
	struct page *p;
	bool values, any;
	struct booths booths;
};

static void
begin(struct list *l)
{
	static const char *const whole[] = { N_("Lead"), N_("Company"),
		N_("When"), N_("Booth"), N_("Rating"), N_("Tags"), NULL };
	static const char *const brief[] = { N_("Lead"), N_("When"),
		N_("Booth"), N_("Rating"), N_("Tags"), N_("Note"), NULL };

	if (!l->any)
		table_begin(l->p, N_("Leads"), l->values ? whole : brief);
	l->any = true;
}

/* What it is called: the best of what was released. */
static const char *
title(const struct list *l, const struct leadlist_lead *lead, const char *id)
{
	static const enum field by[] = { FIELD_NAME, FIELD_EMAIL,
		FIELD_COMPANY };

	for (size_t i = 0; l->values && i < 3; i++)
		if (lead->values.v[by[i]][0] != 0)
			return lead->values.v[by[i]];
	return id;
}

/* Whoever shared twice stands here twice. */
static void
others(struct page *p, const struct leadlist_lead *lead)
{
	if (lead->others == 0)
		return;
	page_raw(p, "<br><span class=\"quiet\">");
	say_count(p, N_("%s other share of this person"),
	    lead->others < LEADLIST_OTHERS ?
	    N_("%s other shares of this person") :
	    N_("%s or more other shares of this person"), lead->others);
	page_raw(p, "</span>");
}

static void
tags(struct page *p, const struct note *n)
{
	table_cell(p);
	if (n->ntags == 0)
		page_raw(p, "–");
	for (size_t i = 0; i < n->ntags; i++) {
		page_raw(p, "<span class=\"tag\">");
		page_value(p, n->tag[i]);
		page_raw(p, "</span> ");
	}
}

static void
rating(struct page *p, const struct note *n)
{
	char text[16] = "–";

	if (n->rating >= 0)
		snprintf(text, sizeof(text), "%d/5", n->rating);
	table_cell(p);
	page_text(p, text);
}

static bw_err
row(void *arg, const struct leadlist_lead *lead)
{
	struct list *l = arg;
	struct page *p = l->p;
	char id[TEXT_ID_MAX + 24], path[TEXT_ID_MAX + 24];
	char anchor[TEXT_ID_MAX + 32], booth[BOOTH_NAME_MAX];

	begin(l);
	booths_name(&l->booths, lead->device, booth);
	snprintf(id, sizeof(id), "%s-%" PRIu64, lead->device, lead->seq);
	snprintf(path, sizeof(path), "%s.%" PRIu64, lead->device, lead->seq);
	snprintf(anchor, sizeof(anchor), "lead-%s", path);
	table_row_as(p, anchor);
	page_raw(p, "<th scope=\"row\"><a href=\"/leads/");
	page_text(p, path);
	page_raw(p, "\">");
	page_value(p, title(l, lead, id));
	page_raw(p, "</a>");
	if (l->values)
		others(p, lead);
	page_raw(p, "</th>");
	if (l->values)
		table_value(p, lead->values.v[FIELD_COMPANY]);
	table_time(p, lead->time);
	table_value(p, booth);
	rating(p, &lead->mark.note);
	tags(p, &lead->mark.note);
	if (!l->values)
		table_value(p, lead->mark.note.text);
	return p->r;
}

static void
none(struct page *p, const struct leads_query *q, uint64_t held)
{
	if (q->cursor[0] != 0)
		layout_empty(p, N_("There are no more."), "/leads",
		    N_("To the newest"));
	else if (leads_query_filters(q))
		layout_empty(p, N_("No lead is like that."), "/leads",
		    N_("Show all"));
	else
		layout_empty(p, held != 0 ? N_("There are no leads now.") :
		    N_("There are no leads now. They appear here "
		    "as soon as somebody shares something at your booth."),
		    "/booths", N_("See how your booth is"));
}

/* Who had leads and has none must not believe that they are lost. */
static bw_err
reviewed(struct page *p, struct call *c, uint64_t *held)
{
	bw_err r = not_me_held(c->store, sponsor_own(c), held);

	if (r == BW_OK && *held != 0) {
		page_raw(p, "<p class=\"note note-info\">");
		say_count(p, N_("%s lead is held for review by the event: it "
		    "comes back with your notes, or you are told that it was "
		    "withdrawn."), N_("%s leads are held for review by the "
		    "event: they come back with your notes, or you are told "
		    "that they were withdrawn."), *held);
		page_raw(p, "</p>\n");
	}
	return r;
}

/* How many the list has, where it begins. */
static bw_err
total(struct page *p, struct call *c, const struct leads_query *q,
    const struct leadlist_query *ask)
{
	uint64_t n;
	bool whole;
	bw_err r;

	if (q->cursor[0] != 0)
		return BW_OK;
	if ((r = leadlist_count(c->store, ask, c->now, COUNTED_MAX, &n,
	    &whole)) != BW_OK || n == 0)
		return r;
	page_raw(p, "<p class=\"hint\" id=\"total\">");
	if (!leads_query_filters(q) && whole)
		say_count(p, N_("%s lead."), N_("%s leads."), n);
	else if (!leads_query_filters(q))
		say_count(p, N_("At least %s lead."), N_("At least %s leads."),
		    n);
	else if (whole)
		say_count(p, N_("%s lead matches."), N_("%s leads match."), n);
	else
		say_count(p, N_("At least %s lead matches."),
		    N_("At least %s leads match."), n);
	page_raw(p, "</p>\n");
	return BW_OK;
}

/* There may be more of them. */
static void
further(struct page *p, const struct leads_query *q,
    const struct leadlist_end *end)
{
	char first[STRICT_TARGET_MAX + 1], next[STRICT_TARGET_MAX + 1];
	bool fits = leads_query_address(q, "/leads", end->cursor, next);

	if (end->bounded)
		layout_note(p, "info", N_("At most the newest 100,000 are in this "
		    "order."));
	if (!leads_query_address(q, "/leads", "", first) ||
	    (q->cursor[0] == 0 && end->cursor[0] == 0))
		return;
	page_raw(p, "<nav class=\"pager\" aria-label=\"");
	say(p, N_("Further pages"));
	page_raw(p, "\">\n");
	if (q->cursor[0] != 0)
		layout_link(p, first, N_("To the beginning"));
	page_raw(p, " ");
	if (end->cursor[0] != 0 && fits)
		layout_link(p, next, N_("Next page"));
	else if (end->cursor[0] != 0)
		say(p, N_("There are more: search for them."));
	page_raw(p, "</nav>\n");
}

/* New leads are announced here by the script, without moving what is read. */
static void
news(struct page *p)
{
	page_raw(p, "<div role=\"status\"><button class=\"btn "
	    "btn-outline-secondary\" id=\"news\" type=\"button\" hidden "
	    "data-one=\"");
	say(p, N_("%s new: show"));
	page_raw(p, "\"></button></div>\n");
}

/* Whether what changes is shown at once: not where that walks far. */
static bool
grows(const struct leads_query *q)
{
	return q->sort == LEADLIST_TIME && q->cursor[0] == 0 &&
	    q->search[0] == 0 && q->tag[0] == 0 && q->rating == 0 &&
	    q->changed_since == 0;
}

static void
export_link(struct page *p, const struct leads_query *q)
{
	char to[STRICT_TARGET_MAX + 1];

	if (!leads_query_address(q, "/downloads", "", to))
		return;
	page_raw(p, "<p class=\"no-paper\">");
	layout_link(p, to, leads_query_filters(q) ?
	    N_("Export these leads") : N_("Export the leads"));
	page_raw(p, "</p>\n");
}

void
leads_list(struct call *c)
{
	struct leads_query q;
	struct leadlist_query ask;
	struct leadlist_end end = { .bounded = false };
	struct page p;
	struct list l = { .p = &p, .values = sponsor_sees_values(c) };
	uint64_t held = 0;
	bw_err r = booths_take(c, &l.booths);

	leads_query_read(c, false, &q);
	ask = leads_query_for(&q, sponsor_own(c));
	ask.limit = PAGE_LEADS;
	layout_begin(&p, c, q.fault != NULL ? 422 : 200, N_("Leads"));
	leads_query_form(&p, c, &l.booths, &q);
	news(&p);
	if (r == BW_OK)
		r = reviewed(&p, c, &held);
	if (r == BW_OK)
		r = total(&p, c, &q, &ask);
	page_raw(&p, grows(&q) ?
	    "<div id=\"leads\" data-grows=\"news\">\n" : "<div id=\"leads\">\n");
	if (r == BW_OK)
		r = leadlist_page(c->store, &ask, c->now, row, &l, &end);
	if (l.any)
		table_end(&p);
	else
		none(&p, &q, held);
	page_raw(&p, "</div>\n");
	page_raw(&p, "<p class=\"hint\">");
	say(&p, N_("A lead that is no longer here may be held for review, or "
	    "withheld for its attendee: then it comes back with your notes."));
	page_raw(&p, "</p>\n");
	further(&p, &q, &end);
	if (l.any && l.values)
		export_link(&p, &q);
	booths_free(&l.booths);
	if (r == BW_ERR_ARG) {
		layout_go(c, "/leads", NULL);
		return;
	}
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}
