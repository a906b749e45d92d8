// SPDX-License-Identifier: Apache-2.0
/* Incidents: the clock, whom they concern, what must be said to whom. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/breach.h"
#include "host/portal/duties.h"
#include "host/portal/zone.h"

#define HERE "/duties/incidents"
#define PATH_SIZE 64

/* What is left of the 72 hours, or what became of them. */
static void
clock_left(struct page *p, const struct incident *i, int64_t now)
{
	if (i->reported_at != 0)
		say(p, i->reported_at <= incident_due(i) ?
		    N_("Notified in time") : N_("Notified late"));
	else if (i->closed_at != 0)
		say(p, N_("Closed, not notified"));
	else
		incidents_hours(p, incident_due(i), now);
}

/* How many were written, and how many of them told nobody. */
static void
letters_cell(struct page *p, const struct incident *i)
{
	if (i->told_at == 0) {
		table_value(p, "–");
		return;
	}
	table_number(p, i->told);
	if (i->unreached == 0)
		return;
	page_raw(p, " <strong class=\"over\">");
	say_count(p, N_("%s not reached"), N_("%s not reached"),
	    i->unreached);
	page_raw(p, "</strong>");
}

struct rows {
	struct page *p;
	struct call *c;
	uint64_t n;
};

static bw_err
row(void *arg, const struct incident *i)
{
	static const char *const heads[] = { N_("Incident"), N_("About"),
		N_("Aware since"), N_("The 72 hours"), N_("Letters"),
		N_("Closed"), NULL };
	struct rows *w = arg;
	char href[PATH_SIZE];

	if (w->n++ == 0)
		table_begin(w->p, N_("Incidents"), heads);
	snprintf(href, sizeof(href), HERE "/%" PRIu64, i->id);
	table_row(w->p);
	page_raw(w->p, "<th scope=\"row\"><a href=\"");
	page_text(w->p, href);
	page_raw(w->p, "\">");
	layout_number(w->p, i->id);
	page_raw(w->p, "</a></th>");
	table_cell(w->p);
	incident_about(w->p, &i->scope);
	table_time(w->p, i->aware_at);
	table_cell(w->p);
	clock_left(w->p, i, w->c->now);
	if (i->reported_at != 0) {
		page_raw(w->p, ", ");
		page_day(w->p, i->reported_at);
	}
	letters_cell(w->p, i);
	table_cell(w->p);
	if (i->closed_at != 0)
		page_day(w->p, i->closed_at);
	else
		page_raw(w->p, "–");
	return w->p->r;
}

struct typed {
	char device[TEXT_ID_MAX + 1], sponsor[TEXT_ID_MAX + 1];
	char since[40], until[40], aware[40];
	char from[INCIDENT_TIME], to[INCIDENT_TIME];
	const char *from_fault, *to_fault;
	const char *scope_fault, *sponsor_fault, *since_fault, *until_fault;
	const char *aware_fault;
};

static void
open_form(struct page *p, struct call *c, const struct typed *t)
{
	page_raw(p, "<h2 id=\"open\">");
	say(p, N_("Open an incident"));
	page_raw(p, "</h2>\n");
	say_in(p, "p", N_("A device was lost or stolen, or data came into wrong "
	    "hands. From when you became aware of it there are 72 hours to "
	    "notify the authority."));
	form_begin(p, c, HERE, false);
	form_input(p, &(struct form_field){ .name = "device",
	    .label = N_("Name of the device"), .value = t->device,
	    .optional = true, .error = t->scope_fault,
	    .hint = N_("Empty: it is about all devices of a sponsor or of "
	    "the event.") });
	form_sponsor(p, c, &(struct form_field){ .name = "sponsor",
	    .label = N_("Sponsor"), .optional = true, .value = t->sponsor,
	    .error = t->sponsor_fault });
	form_input(p, &(struct form_field){ .name = "aware",
	    .label = N_("When you became aware of it"), .value = t->aware,
	    .error = t->aware_fault,
	    .hint = N_("A day, or like 2026-06-01 09:30, in the "
	    "event's time zone; 2026-06-01T09:30:00Z is UTC.") });
	incident_event_fields(p, t->from, t->to, t->from_fault, t->to_fault);
	form_day(p, &(struct form_field){ .name = "since",
	    .label = N_("Shares of which time: from"), .value = t->since,
	    .optional = true, .error = t->since_fault });
	form_day(p, &(struct form_field){ .name = "until",
	    .label = N_("until"), .value = t->until, .optional = true,
	    .error = t->until_fault });
	form_end(p, N_("Open the incident"));
}

static void
list(struct call *c, unsigned status, const struct typed *t)
{
	struct rows w = { .c = c };
	struct page p;
	bw_err r;

	layout_begin(&p, c, status, N_("Incidents"));
	w.p = &p;
	if (status == 200) {
		r = incident_each(c->store, row, &w);
		if (w.n != 0)
			table_end(&p);
		else
			layout_empty(&p, N_("There was none."), NULL, NULL);
		if (p.r == BW_OK)
			p.r = r;
	}
	open_form(&p, c, t);
	layout_end(&p, c);
}

void
incidents_list(struct call *c)
{
	struct typed t = { .device = "" };

	/* From a device's page. */
	if (http_param(c->in, "device", t.device, sizeof(t.device)) != BW_OK)
		t.device[0] = 0;
	list(c, 200, &t);
}

/* One device, all of a sponsor, or all. */
static void
take_whose(const struct call *c, struct typed *t,
    struct incident_scope *scope)
{
	if (!form_value(c, "device", t->device, sizeof(t->device)))
		t->scope_fault = N_("There is no such device.");
	if (!form_value(c, "sponsor", t->sponsor, sizeof(t->sponsor)))
		t->sponsor_fault = N_("The policy in force has no such "
		    "sponsor.");
	if (t->device[0] != 0 && t->sponsor[0] != 0)
		t->scope_fault = N_("A device alone, or a sponsor.");
	memcpy(scope->device, t->device, sizeof(scope->device));
	memcpy(scope->sponsor, t->sponsor, sizeof(scope->sponsor));
}

static bool
take(struct call *c, struct typed *t, struct incident *in)
{
	struct incident_scope *scope = &in->scope;
	bool event = incident_take_event(c, &in->event, t->from, t->to,
	    &t->from_fault, &t->to_fault);

	form_value(c, "since", t->since, sizeof(t->since));
	form_value(c, "until", t->until, sizeof(t->until));
	form_value(c, "aware", t->aware, sizeof(t->aware));
	take_whose(c, t, scope);
	t->aware_fault = duties_past(c, "aware", false,
	    &in->aware_at);
	if (t->aware_fault == NULL && in->aware_at == 0)
		t->aware_fault = N_("A day or a time that is past.");
	if (!duties_time(c, "since", false, &scope->since))
		t->since_fault = N_("A day like 2026-06-01.");
	t->until_fault = duties_past(c, "until", true, &scope->until);
	if (t->until_fault == NULL && scope->until != 0 &&
	    scope->until <= scope->since)
		t->until_fault = N_("The end must be after the beginning.");
	return event && t->scope_fault == NULL && t->sponsor_fault == NULL &&
	    t->aware_fault == NULL && t->since_fault == NULL &&
	    t->until_fault == NULL;
}

void
incidents_open(struct call *c)
{
	struct typed t = { .device = "" };
	struct incident in = { 0 };
	char path[PATH_SIZE];
	uint64_t id = 0;
	bw_err r;

	if (!take(c, &t, &in)) {
		list(c, 422, &t);
		return;
	}
	if ((r = store_begin(c->store)) == BW_OK && (r = incident_open(
	    c->store, &in, c->me->actor, c->now, &id)) == BW_OK)
		r = store_commit(c->store);
	store_rollback(c->store);
	snprintf(path, sizeof(path), HERE "/%" PRIu64, id);
	if (r == BW_ERR_NOTFOUND) {
		if (in.scope.sponsor[0] != 0)
			t.sponsor_fault = N_("The policy in force has no such "
			    "sponsor.");
		else
			t.scope_fault = N_("There is no such device.");
		list(c, 422, &t);
	} else if (r != BW_OK)
		layout_failure(c, r);
	else
		layout_go(c, path, "saved");
}

static void
way(struct page *p, const struct incident *i, const char *to,
    const char *sentence)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), HERE "/%" PRIu64 "%s", i->id, to);
	page_raw(p, "<li>");
	layout_link(p, path, sentence);
	page_raw(p, "</li>\n");
}

/* The steps, each with a page of its own (incident_words.h, incident_acts.c);
 * of a closed one what there is to see. */
static void
steps(struct page *p, struct call *c, const struct incident *i,
    const struct breach *b)
{
	bool open = i->closed_at == 0;

	page_raw(p, "<section class=\"no-paper\">\n");
	if (open)
		say_in(p, "h2", N_("What is to be done"));
	page_raw(p, "<ul>\n");
	if (access_may(ACT_CASE, c->me->login.account.role))
		way(p, i, "/people", N_("The registrations that it concerns"));
	if (i->told_at != 0)
		way(p, i, "/letter", N_("The letter to those concerned"));
	else if (open && b->people != 0)
		way(p, i, "/letter", N_("Write the letter to those concerned"));
	if (open) {
		way(p, i, "/draft", N_("Fill in what the draft leaves to you"));
		if (i->reported_at == 0)
			way(p, i, "/reported", N_("The authority was notified"));
		way(p, i, "/close", N_("Close the incident"));
	}
	page_raw(p, "</ul>\n<p class=\"hint\">");
	say(p, N_("Print this page for the draft of the notification alone."));
	page_raw(p, "</p>\n</section>\n");
}

bool
incident_find(struct call *c, struct incident *i)
{
	uint64_t id;
	bw_err r = layout_id(c, &id);

	if (r == BW_OK)
		r = incident_get(c->store, id, i);
	if (r != BW_OK)
		layout_failure(c, r);
	return r == BW_OK;
}

void
incident_letters(struct page *p, const struct incident *i)
{
	if (i->told_at == 0)
		return;
	fact_begin(p, N_("Letters to those concerned"));
	layout_number(p, i->told);
	page_raw(p, " · ");
	page_time(p, i->told_at);
	page_raw(p, "</dd>\n");
	if (i->waiting != 0) {
		fact_begin(p, N_("Of them not sent yet"));
		layout_number(p, i->waiting);
		page_raw(p, "</dd>\n");
	}
	if (i->unreached != 0) {
		fact_begin(p, N_("Of them not reached"));
		layout_number(p, i->unreached);
		page_raw(p, "</dd>\n");
	}
}

/* Who can do it, and where. */
static void
not_revoked(struct page *p, const struct incident *i)
{
	char href[TEXT_ID_MAX + 16];

	snprintf(href, sizeof(href), "/devices/%s", i->scope.device);
	page_raw(p, "<p class=\"no-paper\">");
	say(p, N_("The device is not revoked yet: an organiser does that on "
	    "its page."));
	page_raw(p, " ");
	layout_link(p, href, N_("To the device's page"));
	page_raw(p, "</p>\n");
}

static void
show(struct call *c, const struct incident *i)
{
	struct breach b;
	struct page p;
	bw_err r = breach_look(c->store, &i->scope, c->now, &b);

	if (r != BW_OK) {
		layout_failure(c, r);
		return;
	}
	layout_begin(&p, c, 200, N_("Incident"));
	page_raw(&p, "<dl class=\"no-paper\">\n");
	fact_time(&p, N_("Aware since"), i->aware_at);
	fact_begin(&p, N_("To be notified until"));
	page_time(&p, incident_due(i));
	page_raw(&p, " · <strong>");
	clock_left(&p, i, c->now);
	page_raw(&p, "</strong></dd>\n");
	if (i->reported_at != 0)
		fact_time(&p, N_("The authority was notified"),
		    i->reported_at);
	incident_letters(&p, i);
	if (i->closed_at != 0)
		fact_time(&p, N_("Closed"), i->closed_at);
	page_raw(&p, "</dl>\n");
	if (i->scope.device[0] != 0 && !b.device_revoked)
		not_revoked(&p, i);
	steps(&p, c, i, &b);
	incident_draft(&p, c, i, &b);
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, HERE, N_("All incidents"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}

void
incidents_show(struct call *c)
{
	struct incident i;

	if (incident_find(c, &i))
		show(c, &i);
}
