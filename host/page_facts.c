// SPDX-License-Identifier: Apache-2.0
#include "host/page_facts.h"

#include <stdio.h>

#include "host/page_row.h"

static void
row_kept(struct page *p, const struct policy *pol, int64_t from)
{
	char days[WORDS_DAY_MAX];

	row_begin(p, p->w->kept);
	words_count(pol->retain_days == 1 ? p->w->kept_day : p->w->kept_days,
	    pol->retain_days, days);
	page_text(p, days);
	page_day(p, from + (int64_t)pol->retain_days * 86400);
	page_text(p, p->w->kept_end);
	row_end(p);
}

void
page_facts(struct page *p, const struct store_receipt *r,
    const struct policy *pol)
{
	char id[TEXT_ID_MAX + 24];

	snprintf(id, sizeof(id), "%s-%llu", r->device.name,
	    (unsigned long long)r->lead.seq);
	page_raw(p, "<dl>\n");
	row_fields(p, p->w->what, r->lead.granted);
	row_begin(p, p->w->when);
	page_time(p, r->lead.time);
	row_end(p);
	if (pol != NULL) {
		row_purpose(p, pol, r->lead.language);
		row_kept(p, pol, r->kept_from);
		row_country(p, pol->sponsor.country);
		row_contact(p, p->w->contact, pol->sponsor.contact);
		row_url(p, p->w->privacy, pol->sponsor.privacy_url);
		row_text(p, p->w->event, pol->event.name);
		row_text(p, p->w->version, pol->version);
	}
	row_text(p, p->w->reference, id);
	page_raw(p, "</dl>\n");
}
