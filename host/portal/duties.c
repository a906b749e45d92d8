// SPDX-License-Identifier: Apache-2.0
/* What is kept until when, and counts that may be given to anybody. */
#include "host/portal/duties.h"

#include <stdio.h>
#include <string.h>

#include "host/aggregate.h"
#include "host/case.h"
#include "host/hostclock.h"
#include "host/purge.h"
#include "host/when.h"
#include "host/portal/zone.h"

#define CSV_MAX (16u * 1024 * 1024)

const char *
duties_field(enum field f)
{
	static const char *const names[FIELD_COUNT + 1] = { "", N_("name"),
		N_("email"), N_("company"), N_("job title"), N_("work phone"),
		N_("location") };

	return names[f];
}

void
duties_fields(struct page *p, field_set set)
{
	const char *sep = "";

	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((set & FIELD_BIT(f)) != 0) {
			page_raw(p, sep);
			say(p, duties_field((enum field)f));
			sep = ", ";
		}
	if (set == 0)
		page_raw(p, "–");
}

bool
duties_time(const struct call *c, const char *name, bool end, int64_t *out)
{
	char text[40];

	*out = 0;
	if (!form_value(c, name, text, sizeof(text)))
		return false;
	if (text[0] == 0)
		return true;
	return zone_parse(c, text, end, out) == BW_OK;
}

const char *
duties_past(const struct call *c, const char *name, bool end, int64_t *out)
{
	char text[40];
	bw_err r = BW_ERR_FORMAT;

	*out = 0;
	if (form_value(c, name, text, sizeof(text)))
		r = text[0] == 0 ? BW_OK :
		    case_past(c->store, text, end, c->now, out);
	if (r == BW_ERR_ARG)
		return N_("This is still to come: a day or a time that is "
		    "past.");
	return r == BW_OK ? NULL :
	    N_("Write it like 2026-06-01, or 2026-06-01 09:30.");
}

bw_err
duties_typed(const struct call *c, int64_t t, bool end,
    char out[static DUTIES_TIME])
{
	char zone[CASE_ZONE_MAX + 1], text[WHEN_SIZE];
	int64_t wall;
	bw_err r = case_zone(c->store, zone);

	out[0] = 0;
	if (r != BW_OK || t == 0)
		return r;
	wall = t + case_ahead(zone, t);
	when_format(wall % 86400 == 0 && end ? wall - 1 : wall, text);
	if (wall % 86400 == 0)
		snprintf(out, DUTIES_TIME, "%.10s", text);
	else
		snprintf(out, DUTIES_TIME, "%.10s %.*s", text,
		    wall % 60 == 0 ? 5 : 8, text + 11);
	return BW_OK;
}

static void
day(struct page *p, int64_t t)
{
	table_cell(p);
	if (t == 0)
		page_raw(p, "–");
	else
		page_day(p, t);
}

static void
class_row(struct page *p, const struct purge_report *rep, enum retain c)
{
	const struct purge_line *l = &rep->line[c];

	table_row(p);
	page_raw(p, "<th scope=\"row\">");
	say(p, retain_class(c)->what);
	/* As the policy and the command line call it. */
	page_raw(p, " <code>");
	page_text(p, retain_class(c)->name);
	page_raw(p, "</code></th>");
	table_number(p, rep->rules.days[c]);
	table_cell(p);
	say(p, retain_class(c)->from);
	table_number(p, l->kept);
	table_number(p, l->due);
	table_number(p, l->held);
	day(p, l->next);
}

static void
retention(struct page *p, struct call *c)
{
	static const char *const heads[] = { N_("What"), N_("Days"),
		N_("Counted from"), N_("Kept now"), N_("Goes tonight"),
		N_("Kept by a hold"), N_("Next goes"), NULL };
	struct purge_report rep;
	bw_err r = purge_look(c->store, c->now, &rep);

	say_in(p, "h2", N_("What goes when"));
	if (r == BW_ERR_NOTFOUND) {
		layout_empty(p, N_("There is no policy yet, so no period has "
		    "begun."), "/policy", N_("Policy"));
		return;
	}
	say_in(p, "p", N_("Each night what is over is deleted. The periods "
	    "stand in the policy, in its section retention. What a hold is "
	    "about stays until the hold is lifted."));
	table_begin(p, N_("What goes when"), heads);
	for (int i = 0; i < RETAIN_CLASSES; i++)
		class_row(p, &rep, (enum retain)i);
	table_end(p);
	if (p->r == BW_OK)
		p->r = r;
}

void
duties_show(struct call *c)
{
	enum account_role role = c->me->login.account.role;
	struct page p;

	layout_begin(&p, c, 200, N_("Duties"));
	page_raw(&p, "<ul>\n<li>");
	layout_link(&p, "/duties/incidents", N_("Incidents"));
	incidents_due_beside(&p, c);
	if (access_may(ACT_DISCLOSURES, role)) {
		page_raw(&p, "<li>");
		layout_link(&p, "/duties/disclosures", N_("Disclosures"));
	}
	page_raw(&p, "<li>");
	layout_link(&p, "/duties/aggregates",
	    N_("Counts that may be given to anybody"));
	page_raw(&p, "</ul>\n");
	duties_clock_note(&p, c);
	retention(&p, c);
	layout_end(&p, c);
}

/* The k of the address; 10 for what is none. */
static unsigned
asked_k(const struct call *c)
{
	char text[12];
	uint64_t k;

	if (http_param(c->in, "k", text, sizeof(text)) != BW_OK ||
	    text_number(text, strlen(text), AGGREGATE_K_MAX, &k) != BW_OK ||
	    k < AGGREGATE_K || k % AGGREGATE_K != 0)
		return AGGREGATE_K;
	return (unsigned)k;
}

static void
row_head(struct page *p, const struct aggregate_row *row)
{
	table_row(p);
	page_raw(p, "<th scope=\"row\">");
	if (row->day != 0)
		zone_date(p, row->day);
	else
		say(p, N_("All days"));
	page_raw(p, "</th>");
	table_cell(p);
	if (row->sponsor[0] != 0)
		page_value(p, row->sponsor);
	else
		say(p, N_("All sponsors"));
}

static void
nothing(struct page *p)
{
	table_cell_with(p, " class=\"number\"");
	page_raw(p, "–");
}

static void
aggregate_rows(struct page *p, const struct aggregate *a)
{
	static const char *const heads[] = { N_("Day"), N_("Sponsor"),
		N_("People"), N_("Declines"), N_("No answers"), N_("name"),
		N_("email"), N_("company"), N_("job title"), N_("work phone"),
		N_("location"), NULL };

	table_begin(p, N_("Counts that may be given to anybody"), heads);
	for (size_t i = 0; i < a->nrows; i++) {
		row_head(p, &a->row[i]);
		for (size_t w = 0; w < AGGREGATE_WHATS; w++) {
			if (!aggregate_is(w))
				continue;
			if (a->row[i].n[w] != 0)
				table_number(p, a->row[i].n[w]);
			else
				nothing(p);
		}
	}
	table_end(p);
}

static void
aggregate_form(struct page *p, unsigned k)
{
	char text[12];

	snprintf(text, sizeof(text), "%u", k);
	form_ask(p, "/duties/aggregates");
	form_input(p, &(struct form_field){ .name = "k",
	    .label = N_("No count of fewer than"), .value = text,
	    .hint = N_("10 or a multiple of it") });
	form_end(p, N_("Show"));
	page_raw(p, "<p><a href=\"/duties/aggregates/csv?k=");
	page_text(p, text);
	page_raw(p, "\">");
	say(p, N_("As a file (CSV)"));
	page_raw(p, "</a></p>\n");
}

static bw_err
make(struct call *c, unsigned k, struct aggregate *out)
{
	int64_t now;
	bw_err r = hostclock_sure(c->store, &now);

	*out = (struct aggregate){ .k = k };
	return r == BW_OK ? aggregate_make(c->store, k, now, out) : r;
}

void
duties_aggregates(struct call *c)
{
	unsigned k = asked_k(c);
	struct aggregate a;
	struct page p;
	bw_err r = make(c, k, &a);

	if (r != BW_OK) {
		aggregate_free(&a);
		layout_failure(c, r);
		return;
	}
	layout_begin(&p, c, 200, N_("Counts that may be given to anybody"));
	say_in(&p, "p", N_("Who shared at a sponsor's booths, once a day. "
	    "Rounded down, and left out when few people are counted. Each day is counted once, two days after its end, and "
	    "totals are of what is shown: so nobody can be told from several "
	    "of these."));
	aggregate_form(&p, k);
	if (a.nrows == 0)
		layout_empty(&p, N_("No day has enough yet."), "/duties",
		    N_("Duties"));
	else
		aggregate_rows(&p, &a);
	layout_end(&p, c);
	aggregate_free(&a);
}

void
duties_aggregates_file(struct call *c)
{
	struct bw_buf csv = BW_BUF_INIT(CSV_MAX);
	struct aggregate a;
	bw_err r = make(c, asked_k(c), &a);

	if (r == BW_OK)
		r = aggregate_csv(&a, &csv);
	if (r == BW_OK) {
		http_text(c->out, 200, "text/csv; charset=utf-8", csv.ptr,
		    csv.len);
		http_save_as(c->out, "aggregates.csv");
	} else
		layout_failure(c, r);
	aggregate_free(&a);
	bw_buf_free(&csv);
}
