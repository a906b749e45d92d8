// SPDX-License-Identifier: Apache-2.0
/* The figures of the dashboard. */
#include <stdio.h>
#include <time.h>

#include "host/case.h"
#include "host/portal/dashboard.h"
#include "host/portal/zone.h"

#define DAY 86400

static void
figure(struct page *p, const char *name, uint64_t n)
{
	page_raw(p, "<div><dt>");
	say(p, name);
	page_raw(p, "</dt><dd>");
	layout_number(p, n);
	page_raw(p, "</dd></div>\n");
}

void
dashboard_figures(struct page *p, const struct tallied *n)
{
	page_raw(p, "<dl class=\"figures\">\n");
	figure(p, N_("Shares"), n->shares);
	figure(p, N_("Declines"), n->declines);
	figure(p, N_("No answers"), n->no_answers);
	figure(p, N_("Badges not read"), n->unreads);
	figure(p, N_("Taken back at once"), n->undos);
	page_raw(p, "</dl>\n");
}

/* With the bare number for the script that draws. */
static void
number(struct page *p, uint64_t n)
{
	char attributes[64];

	snprintf(attributes, sizeof(attributes), " class=\"number\" "
	    "data-n=\"%llu\"", (unsigned long long)n);
	table_cell_with(p, attributes);
	layout_number(p, n);
}

/* And what stands under the chart. */
static void
time_head(struct page *p, int64_t at, int64_t step)
{
	time_t t = (time_t)(step == DAY ? at : at + case_ahead(p->zone, at));
	struct tm tm;
	char brief[16];

	gmtime_r(&t, &tm);
	strftime(brief, sizeof(brief), step == DAY ? "%m-%d" : "%H:%M", &tm);
	page_raw(p, "<th scope=\"row\" data-n=\"");
	page_text(p, brief);
	page_raw(p, "\">");
	if (step == DAY)
		zone_date(p, at);
	else
		layout_when(p, at);
	page_raw(p, "</th>");
}

static void
counts(struct page *p, const struct tallied *n)
{
	number(p, n->shares);
	number(p, n->declines);
	number(p, n->no_answers);
	number(p, n->unreads);
	number(p, n->undos);
}

void
dashboard_times(struct page *p, const struct tallies *t)
{
	static const char *const hours[] = { N_("Hour from"), N_("Shares"),
		N_("Declines"), N_("No answers"), N_("Badges not read"),
		N_("Taken back at once"), NULL };
	static const char *const days[] = { N_("Day"), N_("Shares"),
		N_("Declines"), N_("No answers"), N_("Badges not read"),
		N_("Taken back at once"), NULL };
	bool by_day = t->step == DAY;

	table_begin(p, by_day ? N_("Counts by day") : N_("Counts by hour"),
	    by_day ? days : hours);
	for (size_t i = t->times.n; i-- > 0;) {
		table_row(p);
		time_head(p, t->times.line[i].at, t->step);
		counts(p, &t->times.line[i].n);
	}
	table_end(p);
}

void
dashboard_names(struct page *p, const char *caption, const char *head,
    const struct tally_lines *l)
{
	const char *const heads[] = { head, N_("Shares"), N_("Declines"),
		N_("No answers"), N_("Badges not read"),
		N_("Taken back at once"), NULL };

	say_in(p, "h2", caption);
	table_begin(p, caption, heads);
	for (size_t i = 0; i < l->n; i++) {
		table_row(p);
		page_raw(p, "<th scope=\"row\">");
		page_value(p, l->line[i].name);
		page_raw(p, "</th>");
		counts(p, &l->line[i].n);
	}
	table_end(p);
}
