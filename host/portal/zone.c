// SPDX-License-Identifier: Apache-2.0
#include "host/portal/zone.h"

#include <string.h>

#include "host/case.h"

void
zone_date(struct page *p, int64_t day)
{
	char zone[CASE_ZONE_MAX + 1];

	memcpy(zone, p->zone, sizeof(zone));
	p->zone[0] = 0;
	page_day(p, day);
	memcpy(p->zone, zone, sizeof(zone));
}

bw_err
zone_parse(const struct call *c, const char *text, bool end, int64_t *out)
{
	return case_typed(c->store, text, end, out);
}
