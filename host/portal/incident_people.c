// SPDX-License-Identifier: Apache-2.0
/* The registrations that an incident concerns, and who was not told. */
#include <inttypes.h>
#include <stdio.h>

#include "host/audit.h"
#include "host/portal/duties.h"
#include "host/portal/mails.h"

struct people {
	struct page *p;
	struct store *store;
	const struct incident *i;
	uint64_t n, failed;
};

/* What became of the letter to this person. */
static bw_err
letter_cell(struct people *w, const struct incident_person *who)
{
	struct mail_row m;
	bw_err r = mail_breach(w->store, w->i->id, who->registration, &m);

	table_cell(w->p);
	if (r == BW_ERR_NOTFOUND)
		page_raw(w->p, "–");
	else {
		w->failed += m.state == MAIL_FAILED;
		mails_became(w->p, &m);
	}
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
person_row(void *arg, const struct incident_person *who)
{
	static const char *const heads[] = { N_("Number"), N_("Shares"),
		N_("Fields that were shared there"), N_("First share"),
		N_("Last share"), NULL };
	static const char *const told[] = { N_("Number"), N_("Shares"),
		N_("Fields that were shared there"), N_("First share"),
		N_("Last share"), N_("Letter"), NULL };
	struct people *w = arg;
	bw_err r = BW_OK;

	if (w->n++ == 0)
		table_begin(w->p, N_("The registrations that it concerns"),
		    w->i->told_at != 0 ? told : heads);
	table_row(w->p);
	page_raw(w->p, "<th scope=\"row\">");
	if (who->registration != 0)
		layout_number(w->p, who->registration);
	else
		say(w->p, N_("not known"));
	page_raw(w->p, "</th>");
	table_number(w->p, who->shares);
	table_cell(w->p);
	duties_fields(w->p, who->fields);
	table_time(w->p, who->first);
	table_time(w->p, who->last);
	if (w->i->told_at != 0)
		r = letter_cell(w, who);
	return r != BW_OK ? r : w->p->r;
}

/* Who still has to be told, and where what failed is tried again. */
static void
people_end(const struct people *w)
{
	if (w->n != 0)
		table_end(w->p);
	else
		layout_empty(w->p, N_("It concerns nobody's share."),
		    "/duties/incidents", N_("Incidents"));
	if (w->failed == 0)
		return;
	page_raw(w->p, "<p class=\"no-paper\">");
	layout_link(w->p, "/mail?state=failed", N_("To the mails that failed, "
	    "to try again"));
	page_raw(w->p, "</p>\n");
}

/* Before the list is shown that it was looked at is in the audit. */
void
incidents_people(struct call *c)
{
	struct people w = { .store = c->store };
	struct incident i;
	struct page p;
	char object[40], back[48];
	bw_err r;

	if (!incident_find(c, &i))
		return;
	snprintf(object, sizeof(object), "incident %" PRIu64, i.id);
	r = store_begin(c->store);
	if (r == BW_OK)
		r = audit_finish(c->store, r, c->now, c->me->actor,
		    DID_BREACH_PEOPLE, object, "");
	if (r != BW_OK) {
		layout_failure(c, r);
		return;
	}
	layout_begin(&p, c, 200, N_("The registrations that it concerns"));
	snprintf(back, sizeof(back), "/duties/incidents/%" PRIu64, i.id);
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, back, N_("Back to the incident"));
	page_raw(&p, "</p>\n");
	w.p = &p;
	w.i = &i;
	r = incident_people(c->store, &i.scope, person_row, &w);
	people_end(&w);
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}
