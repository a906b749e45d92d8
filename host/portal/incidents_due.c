// SPDX-License-Identifier: Apache-2.0
/* Incidents of which the authority must still be told, on the pages that staff
 * see first. */
#include "host/portal/duties.h"

void
incidents_hours(struct page *p, int64_t due, int64_t now)
{
	int64_t left = due - now;

	if (left < 0)
		say_count(p, N_("Over-due by %s hour"),
		    N_("Over-due by %s hours"), (uint64_t)(-left / 3600));
	else
		say_count(p, N_("%s hour left"), N_("%s hours left"),
		    (uint64_t)(left / 3600));
}

/* Whether there is one, for who may see it. */
static bool
look(struct page *p, struct call *c, struct incident_counts *n)
{
	bw_err r;

	if (!access_may(ACT_INCIDENTS, c->me->login.account.role))
		return false;
	r = incident_count(c->store, c->now, n);
	if (p->r == BW_OK)
		p->r = r;
	return r == BW_OK && n->untold != 0;
}

static void
sentence(struct page *p, struct call *c, const struct incident_counts *n)
{
	say_count(p, N_("The authority was not notified of one incident."),
	    N_("The authority was not notified of %s incidents."), n->untold);
	page_raw(p, " ");
	incidents_hours(p, n->due, c->now);
}

void
incidents_due(struct page *p, struct call *c)
{
	struct incident_counts n;

	live_begin(p, "incidents");
	if (look(p, c, &n)) {
		page_raw(p, n.over != 0 ? "<p class=\"note note-danger\">" :
		    "<p class=\"note note-warning\">");
		page_raw(p, "<a href=\"/duties/incidents\">");
		sentence(p, c, &n);
		page_raw(p, "</a></p>\n");
	}
	live_end(p);
}

void
incidents_due_beside(struct page *p, struct call *c)
{
	struct incident_counts n;

	if (!look(p, c, &n))
		return;
	page_raw(p, n.over != 0 ? ": <strong class=\"over\">" : ": <strong>");
	sentence(p, c, &n);
	page_raw(p, "</strong>");
}
