// SPDX-License-Identifier: Apache-2.0
#include "host/portal/zone.h"

#include <string.h>

#include "host/case.h"

/* A line is not broken within it. */
static void
put_clock(struct page *p, const char *zone, int64_t t)
{
	char text[CASE_CLOCK_SIZE];
	char *at = text, *dash;

	case_clock(zone, t, text);
	page_text(p, " (");
	for (; (dash = strchr(at, '-')) != NULL && dash < text + 10;
	    at = dash + 1) {
		*dash = 0;
		page_text(p, at);
		page_text(p, "\u2011");
	}
	page_text(p, at);
	page_text(p, ")");
}

void
zone_beside(struct page *p, const struct call *c, int64_t t)
{
	char zone[CASE_ZONE_MAX + 1];
	bw_err r = case_zone(c->store, zone);

	if (p->r == BW_OK)
		p->r = r;
	if (r == BW_OK && zone[0] != 0)
		put_clock(p, zone, t);
}

void
zone_fact(struct page *p, const struct call *c, const char *name, int64_t t)
{
	fact_begin(p, name);
	page_time(p, t);
	zone_beside(p, c, t);
	page_raw(p, "</dd>\n");
}

void
zone_day(struct page *p, const struct call *c, int64_t t)
{
	char zone[CASE_ZONE_MAX + 1];
	bw_err r = case_zone(c->store, zone);

	if (p->r == BW_OK)
		p->r = r;
	page_day(p, t + case_ahead(zone, t));
}

bw_err
zone_parse(const struct call *c, const char *text, bool end, int64_t *out)
{
	return case_typed(c->store, text, end, out);
}
