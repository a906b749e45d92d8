// SPDX-License-Identifier: Apache-2.0
#include "host/portal/zone.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "host/case.h"
#include "host/when.h"

void
zone_beside(struct page *p, const struct call *c, int64_t t)
{
	char zone[CASE_ZONE_MAX + 1], text[40];
	bw_err r = case_zone(c->store, zone);
	time_t there = (time_t)(t + case_ahead(zone, t));
	struct tm tm;

	if (p->r == BW_OK)
		p->r = r;
	if (r != BW_OK || zone[0] == 0 || gmtime_r(&there, &tm) == NULL)
		return;
	strftime(text, sizeof(text), " (%Y\u2011%m\u2011%d %H:%M, ", &tm);
	page_text(p, text);
	page_text(p, zone);
	page_text(p, ")");
}

/* "2026-06-01 09:30" as when_parse has it, by clocks of UTC. */
static bool
by_clock(const char *text, char out[static WHEN_SIZE])
{
	if (strlen(text) != 16 || (text[10] != ' ' && text[10] != 'T'))
		return false;
	snprintf(out, WHEN_SIZE, "%.10sT%.5s:00Z", text, text + 11);
	return true;
}

bw_err
zone_parse(const struct call *c, const char *text, bool end, int64_t *out)
{
	char zone[CASE_ZONE_MAX + 1] = "", clock[WHEN_SIZE];
	bool wall = by_clock(text, clock) || strlen(text) == 10;
	uint64_t t;
	bw_err r = BW_OK;

	*out = 0;
	if (wall)
		r = case_zone(c->store, zone);
	if (r != BW_OK || (r = when_parse(strlen(text) == 16 && wall ? clock :
	    text, end, &t)) != BW_OK)
		return r;
	*out = wall ? case_moment(zone, (int64_t)t) : (int64_t)t;
	return BW_OK;
}
