// SPDX-License-Identifier: Apache-2.0
/* What is known of an incident, as the draft of its notification. */
#include "host/breach.h"
#include "host/portal/duties.h"

void
incident_about(struct page *p, const struct incident_scope *scope)
{
	if (scope->device[0] != 0)
		say_value(p, N_("Device %s"), scope->device);
	else if (scope->sponsor[0] != 0)
		say_value(p, N_("All devices of %s"), scope->sponsor);
	else
		say(p, N_("The whole event, the host and all devices"));
}

/* What a finder can and cannot read. */
static void
reach(struct page *p, const struct breach *b)
{
	say_in(p, "p", N_("A device keeps no values: its journal holds "
	    "commitments, and shares by a badge's random number."));
	if (b->sponsor[0] == 0)
		return;
	if (b->reach_until == 0) {
		say_in(p, "p", N_("No policy that it can have is valid any "
		    "more: it opens no badge."));
		return;
	}
	page_raw(p, "<dl>\n");
	fact_begin(p, N_("It opens, of any badge held to its reader"));
	duties_fields(p, b->reach);
	page_raw(p, "</dd>\n");
	fact_begin(p, N_("Until"));
	page_time(p, b->reach_until);
	page_raw(p, "</dd>\n");
	fact_begin(p, N_("It cannot open"));
	duties_fields(p, FIELD_ALL & ~b->reach);
	page_raw(p, "</dd>\n");
	fact_begin(p, N_("Badges with values on them"));
	layout_number(p, b->badges);
	page_raw(p, "</dd>\n");
	fact_begin(p, N_("Badges without values, which give it nothing"));
	layout_number(p, b->pointers);
	page_raw(p, "</dd>\n</dl>\n");
}

static void
numbers(struct page *p, const struct incident_scope *scope,
    const struct breach *b)
{
	page_raw(p, "<dl>\n");
	fact_begin(p, N_("Attendees"));
	layout_number(p, b->people);
	page_raw(p, "</dd>\n");
	fact_begin(p, N_("Shares"));
	layout_number(p, b->shares);
	page_raw(p, "</dd>\n");
	fact_begin(p, N_("Of them by badges not known, or erased since"));
	layout_number(p, b->unknown);
	page_raw(p, "</dd>\n");
	fact_begin(p, incident_whole(scope) ?
	    N_("Fields that the host holds") :
	    N_("Fields that were shared there"));
	duties_fields(p, b->fields);
	page_raw(p, "</dd>\n");
	if (b->first != 0) {
		fact_begin(p, N_("The first and the last share"));
		page_time(p, b->first);
		page_raw(p, " – ");
		page_time(p, b->last);
		page_raw(p, "</dd>\n");
	}
	page_raw(p, "</dl>\n");
}

static void
contact_point(struct page *p, struct call *c)
{
	char contact[BREACH_CONTACT_SIZE];
	bw_err r = breach_contact(c->store, contact);

	if (r != BW_OK && p->r == BW_OK)
		p->r = r;
	if (contact[0] == 0)
		say_in(p, "p", N_("[Name and contact details: the policy says "
		    "neither who answers for the event nor where.]"));
	else {
		page_raw(p, "<p>");
		page_value(p, contact);
		page_raw(p, "</p>\n");
	}
}

/* Art. 34(3)(c): who has no address that works must be told all the same. */
static void
unreached(struct page *p, const struct incident *i)
{
	page_raw(p, "<p>");
	say_count(p, N_("%s letter told nobody: there is no address, its "
	    "server did not take the mail, or the person was erased before it "
	    "went out."), N_("%s letters told nobody: there is no address, its "
	    "server did not take the mail, or the person was erased before it "
	    "went out."), i->unreached);
	page_raw(p, " ");
	say(p, N_("These people must be told in another way that reaches them "
	    "as well: a public announcement, on the event's site and at its "
	    "entrances (GDPR 34(3)(c))."));
	page_raw(p, "</p>\n");
}

void
incident_when(struct page *p, const struct incident_event *e)
{
	fact_begin(p, N_("When it happened"));
	if (e->from == 0)
		say(p, N_("not known"));
	else
		page_time(p, e->from);
	if (e->to != 0) {
		page_raw(p, " – ");
		page_time(p, e->to);
	}
	page_raw(p, "</dd>\n");
}

/* As staff wrote it, or what they have to write. */
static void
said(struct page *p, const struct incident_said *s, enum incident_saying what,
    const char *must)
{
	if (s->text[what][0] == 0) {
		say_in(p, "p", must);
		return;
	}
	page_raw(p, "<p class=\"lines\">");
	page_value(p, s->text[what]);
	page_raw(p, "</p>\n");
}

/* Art. 33(1), 33(5) and 34: what was said when it was closed. */
static void
record(struct page *p, const struct incident *i, const struct incident_said *s)
{
	if (i->closed_at == 0)
		return;
	say_in(p, "h2", N_("Record of the incident (GDPR 33(5))"));
	for (int k = INCIDENT_NO_NOTICE; k < INCIDENT_SAYINGS; k++)
		if (s->text[k][0] != 0) {
			say_in(p, "h3", incident_saying((enum
			    incident_saying)k));
			said(p, s, (enum incident_saying)k, "");
		}
}

/* Art. 33(3)(d). */
static void
measures(struct page *p, const struct incident *i, const struct breach *b,
    const struct incident_said *s)
{
	say_in(p, "h3", N_("Measures taken or proposed"));
	if (i->scope.device[0] != 0)
		say_in(p, "p", b->device_revoked ? N_("The device is revoked: "
		    "it gets no policy any more, and what it sends is kept "
		    "apart and never exported.") : N_("The device is not "
		    "revoked yet."));
	if (i->told_at != 0) {
		page_raw(p, "<dl>\n");
		incident_letters(p, i);
		page_raw(p, "</dl>\n");
	}
	if (i->unreached != 0)
		unreached(p, i);
	said(p, s, INCIDENT_PROPOSED, N_("[Badges reissued without values; "
	    "those concerned told; what else was done.]"));
}

bw_err
incident_unfilled(struct call *c, uint64_t id, bool *yes)
{
	char contact[BREACH_CONTACT_SIZE];
	struct incident_said s;
	bw_err r;

	*yes = false;
	if ((r = incident_said_get(c->store, id, &s)) == BW_OK &&
	    (r = breach_contact(c->store, contact)) == BW_OK)
		*yes = s.text[INCIDENT_CONSEQUENCES][0] == 0 ||
		    s.text[INCIDENT_PROPOSED][0] == 0 || contact[0] == 0;
	return r;
}

void
incident_say_unfilled(struct page *p)
{
	page_raw(p, "<p class=\"note note-warning\">");
	say(p, N_("The draft of the notification still has places in square "
	    "brackets, which are left to you. Once the incident is closed "
	    "nobody can fill them in."));
	page_raw(p, "</p>\n");
}

/* Art. 33(3): what is known, and what somebody has to write. */
void
incident_draft(struct page *p, struct call *c, const struct incident *i,
    const struct breach *b)
{
	struct incident_said s;
	bw_err r = incident_said_get(c->store, i->id, &s);

	if (p->r == BW_OK)
		p->r = r;
	say_in(p, "h2", N_("Draft of the notification (GDPR 33(3))"));
	page_element(p, "p", c->host->dir->config.event_name);
	say_in(p, "h3", N_("Nature of the breach"));
	page_raw(p, "<p>");
	incident_about(p, &i->scope);
	page_raw(p, "</p>\n");
	page_raw(p, "<dl>\n");
	incident_when(p, &i->event);
	fact_time(p, N_("Aware since"), i->aware_at);
	page_raw(p, "</dl>\n");
	reach(p, b);
	say_in(p, "h3", N_("Categories and approximate numbers"));
	numbers(p, &i->scope, b);
	say_in(p, "h3", N_("Contact point"));
	contact_point(p, c);
	say_in(p, "h3", N_("Likely consequences"));
	said(p, &s, INCIDENT_CONSEQUENCES, N_("[Whoever holds a badge to the "
	    "device may learn the fields above: unwanted contact, or somebody "
	    "posing as the event or the sponsor.]"));
	measures(p, i, b, &s);
	if (incident_late(i, c->now)) {
		say_in(p, "h3", incident_saying(INCIDENT_LATE));
		said(p, &s, INCIDENT_LATE, N_("[Why it is notified later than "
		    "72 hours after you became aware of it.]"));
	}
	record(p, i, &s);
}
