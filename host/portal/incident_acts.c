// SPDX-License-Identifier: Apache-2.0
/* What staff say of an incident, each on a page of its own which keeps what was
 * typed: what its draft leaves to them, that the authority was notified, and why
 * it is closed. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/portal/cases.h"
#include "host/portal/duties.h"

#define PATH_SIZE 64
#define LOOKED_AT 50		/* rows of the audit about an incident */

/* An act's page: what stands in its fields, and what is wrong with it. */
struct acting {
	struct incident i;
	struct incident_said said;
	char at[INCIDENT_TIME], from[INCIDENT_TIME], to[INCIDENT_TIME];
	bool all_the_same;
	bool unfilled, unfilled_yes;	/* the draft; told all the same */
	const char *fault[INCIDENT_SAYINGS];
	const char *at_fault, *from_fault, *to_fault, *waiting_fault,
	    *unfilled_fault;
	const struct call *typed;	/* NULL: nothing was typed yet */
	char seen[INCIDENT_SEEN_SIZE];	/* the draft that is being filled in */
	const struct incident_said *other;	/* which it is by now, or NULL */
};

static const struct {
	const char *name, *label, *hint;
} saying[INCIDENT_SAYINGS] = {
	[INCIDENT_CONSEQUENCES] = { "consequences",
	    N_("Likely consequences"), N_("Such as: unwanted contact, or "
	    "somebody posing as the event or the sponsor.") },
	[INCIDENT_PROPOSED] = { "proposed", N_("Measures taken or proposed"),
	    N_("Such as: badges reissued without values; those concerned "
	    "told.") },
	[INCIDENT_LATE] = { "late",
	    N_("Reasons for the delay (GDPR 33(1))"),
	    N_("Why the authority is notified later than 72 hours after you "
	    "became aware of it.") },
	[INCIDENT_NO_NOTICE] = { "no-notice",
	    N_("Why the authority was not notified (GDPR 33(1))"),
	    N_("Such as: a risk to people is unlikely, and why.") },
	[INCIDENT_NO_LETTER] = { "no-letter",
	    N_("Why those concerned were not told (GDPR 34)"),
	    N_("Such as: the risk to them is not high, and why.") },
	[INCIDENT_EFFECTS] = { "effects",
	    N_("Effects of the incident (GDPR 33(5))"), NULL },
	[INCIDENT_REMEDY] = { "remedy",
	    N_("What was done against them (GDPR 33(5))"), NULL },
};

const char *
incident_saying(enum incident_saying what)
{
	return saying[what].label;
}

static void
path_of(const struct acting *a, const char *what, char out[static PATH_SIZE])
{
	snprintf(out, PATH_SIZE, "/duties/incidents/%" PRIu64 "%s", a->i.id,
	    what);
}

static void
area(struct page *p, const struct acting *a, enum incident_saying k,
    bool optional)
{
	form_area(p, &(struct form_field){ .name = saying[k].name,
	    .label = saying[k].label, .hint = saying[k].hint,
	    .value = a->said.text[k], .error = a->fault[k],
	    .optional = optional, .room = INCIDENT_TEXT_MAX, .lines = true,
	    .typed = a->typed }, 4);
}

/* A text of the form; false: it is too long or no text. */
static bool
take_text(const struct call *c, struct acting *a, enum incident_saying k)
{
	bool empty;
	char any[2];

	empty = http_form(c->in, saying[k].name, any, sizeof(any)) == BW_OK &&
	    any[0] == 0;
	if (cases_text(c, saying[k].name, a->said.text[k]) || empty)
		return true;
	a->fault[k] = N_("Write it in a few sentences.");
	return false;
}

/* The reasons, which a form asks for only when it is late; false as above. */
static bool
take_late(const struct call *c, struct acting *a)
{
	char any[2];

	return http_form(c->in, saying[INCIDENT_LATE].name, any,
	    sizeof(any)) == BW_ERR_NOTFOUND || take_text(c, a, INCIDENT_LATE);
}

/* The incident of the path while it is open; else the answer goes to it. */
static bool
find_open(struct call *c, struct acting *a)
{
	char path[PATH_SIZE];
	bw_err r;

	memset(a, 0, sizeof(*a));
	if (!incident_find(c, &a->i))
		return false;
	path_of(a, "", path);
	if (a->i.closed_at != 0) {
		layout_go(c, path, "otherwise");
		return false;
	}
	if ((r = incident_unfilled(c, a->i.id, &a->unfilled)) != BW_OK)
		layout_failure(c, r);
	return r == BW_OK;
}

static void
begin(struct page *p, struct call *c, const struct acting *a,
    const char *title)
{
	layout_begin(p, c, a->typed != NULL ? 422 : 200, title);
	page_raw(p, "<p>");
	incident_about(p, &a->i.scope);
	page_raw(p, "</p>\n");
}

static void
end(struct page *p, struct call *c, const struct acting *a)
{
	char back[PATH_SIZE];

	path_of(a, "", back);
	page_raw(p, "<p class=\"no-paper\">");
	layout_link(p, back, N_("Back to the incident"));
	page_raw(p, "</p>\n");
	layout_end(p, c);
}

static void
finish(struct call *c, const struct acting *a, bw_err r)
{
	char path[PATH_SIZE];

	if (r == BW_OK)
		r = store_commit(c->store);
	store_rollback(c->store);
	path_of(a, "", path);
	if (r == BW_OK || r == BW_ERR_EXISTS)
		layout_go(c, path, r == BW_OK ? "saved" : "otherwise");
	else
		layout_failure(c, r);
}

static bw_err
take_actor(void *arg, const struct audit_row *row)
{
	char *who = arg;

	if (who[0] == 0 && audit_did(row, DID_INCIDENT_DRAFT))
		snprintf(who, AUDIT_TEXT_MAX + 1, "%s", row->actor);
	return BW_OK;
}

static void
changed_by(struct page *p, struct call *c, const struct acting *a)
{
	char object[40], who[AUDIT_TEXT_MAX + 1] = "";
	char mail[ACCOUNT_MAIL_MAX + 1];
	bw_err r;

	snprintf(object, sizeof(object), "incident %" PRIu64, a->i.id);
	r = audit_each(c->store, 0, LOOKED_AT, object, take_actor, who);
	if (p->r == BW_OK)
		p->r = r;
	layout_actor(c, who, mail);
	page_raw(p, "<div class=\"note note-warning\" role=\"alert\"><p>");
	say_value(p, N_("The draft was changed meanwhile by %s. Nothing of yours "
	    "is saved yet: it stands below. Save it again, and it takes the "
	    "place of what is there now:"), mail);
	page_raw(p, "</p>\n");
}

/* What somebody else has saved since the page was shown. */
static void
meanwhile(struct page *p, struct call *c, const struct acting *a)
{
	changed_by(p, c, a);
	page_raw(p, "<dl>\n");
	incident_when(p, &a->i.event);
	for (int k = INCIDENT_CONSEQUENCES; k <= INCIDENT_LATE; k++)
		if (a->other->text[k][0] != 0) {
			fact_begin(p, saying[k].label);
			page_raw(p, "<span class=\"lines\">");
			page_value(p, a->other->text[k]);
			page_raw(p, "</span></dd>\n");
		}
	page_raw(p, "</dl></div>\n");
}

static void
draft_page(struct call *c, struct acting *a)
{
	char to[PATH_SIZE];
	struct page p;

	begin(&p, c, a, N_("What the draft leaves to you"));
	if (a->other != NULL)
		meanwhile(&p, c, a);
	path_of(a, "/draft", to);
	form_begin(&p, c, to, false);
	form_hidden(&p, "seen", a->seen);
	incident_event_fields(&p, a->from, a->to, a->from_fault, a->to_fault);
	area(&p, a, INCIDENT_CONSEQUENCES, true);
	area(&p, a, INCIDENT_PROPOSED, true);
	if (incident_late(&a->i, c->now) || a->said.text[INCIDENT_LATE][0] != 0)
		area(&p, a, INCIDENT_LATE, true);
	form_end(&p, N_("Save"));
	end(&p, c, a);
}

/* Two have filled it in at once: both texts, to be made one. */
static void
draft_clash(struct call *c, struct acting *a)
{
	struct incident_said now;
	bw_err r;

	if ((r = incident_get(c->store, a->i.id, &a->i)) != BW_OK ||
	    (r = incident_said_get(c->store, a->i.id, &now)) != BW_OK ||
	    (r = incident_draft_seen(c->store, a->i.id, a->seen)) != BW_OK) {
		layout_failure(c, r);
		return;
	}
	a->other = &now;
	draft_page(c, a);
	a->other = NULL;
}

void
incidents_draft(struct call *c)
{
	struct acting a;
	bw_err r;

	if (!find_open(c, &a))
		return;
	if ((r = duties_typed(c, a.i.event.from, false, a.from)) == BW_OK &&
	    (r = duties_typed(c, a.i.event.to, true, a.to)) == BW_OK &&
	    (r = incident_said_get(c->store, a.i.id, &a.said)) == BW_OK &&
	    (r = incident_draft_seen(c->store, a.i.id, a.seen)) == BW_OK)
		draft_page(c, &a);
	else
		layout_failure(c, r);
}

void
incident_event_fields(struct page *p, const char *from, const char *to,
    const char *from_fault, const char *to_fault)
{
	form_input(p, &(struct form_field){ .name = "from",
	    .label = N_("When it happened: from"), .value = from,
	    .error = from_fault, .optional = true,
	    .hint = N_("Empty: it is not known, and the draft and the letters "
	    "say so.") });
	form_input(p, &(struct form_field){ .name = "to",
	    .label = N_("When it happened: until"), .value = to, .error = to_fault,
	    .optional = true });
}

bool
incident_take_event(const struct call *c, struct incident_event *out,
    char from[static INCIDENT_TIME], char to[static INCIDENT_TIME],
    const char **from_fault, const char **to_fault)
{
	form_value(c, "from", from, INCIDENT_TIME);
	form_value(c, "to", to, INCIDENT_TIME);
	*from_fault = duties_past(c, "from", false, &out->from);
	*to_fault = duties_past(c, "to", true, &out->to);
	if (*to_fault == NULL && *from_fault == NULL &&
	    !incident_event_ok(out, c->now))
		*to_fault = N_("The end must be after the beginning.");
	return *from_fault == NULL && *to_fault == NULL;
}

void
incidents_draft_save(struct call *c)
{
	struct incident_event event;
	struct acting a;
	bool fine;
	bw_err r;

	if (!find_open(c, &a))
		return;
	a.typed = c;
	fine = incident_take_event(c, &event, a.from, a.to, &a.from_fault,
	    &a.to_fault);
	fine &= take_text(c, &a, INCIDENT_CONSEQUENCES);
	fine &= take_text(c, &a, INCIDENT_PROPOSED);
	fine &= take_late(c, &a);
	form_value(c, "seen", a.seen, sizeof(a.seen));
	if (!fine) {
		draft_page(c, &a);
		return;
	}
	if ((r = store_begin(c->store)) == BW_OK)
		r = incident_draft_set(c->store, a.i.id, a.seen, &event,
		    &a.said, c->me->actor, c->now);
	if (r == BW_ERR_OLD) {
		store_rollback(c->store);
		draft_clash(c, &a);
	} else
		finish(c, &a, r);
}

static void
fault_of(struct page *p, const char *fault)
{
	if (fault == NULL)
		return;
	page_raw(p, "<p class=\"error\">");
	say(p, fault);
	page_raw(p, "</p>\n");
}

/* That the draft is not whole, and that it may have gone out all the same. */
static void
unfilled(struct page *p, const struct acting *a)
{
	incident_say_unfilled(p);
	form_check(p, &(struct form_field){ .name = "unfilled",
	    .label = N_("It was notified all the same") }, "yes",
	    a->unfilled_yes);
	fault_of(p, a->unfilled_fault);
}

static bool
take_unfilled(const struct call *c, struct acting *a)
{
	char yes[8];

	form_value(c, "unfilled", yes, sizeof(yes));
	a->unfilled_yes = strcmp(yes, "yes") == 0;
	if (a->unfilled && !a->unfilled_yes)
		a->unfilled_fault = N_("Say that it was notified all the "
		    "same.");
	return a->unfilled_fault == NULL;
}

static void
notified_page(struct call *c, struct acting *a)
{
	char to[PATH_SIZE];
	struct page p;

	begin(&p, c, a, N_("The authority was notified"));
	path_of(a, "/reported", to);
	form_begin(&p, c, to, false);
	form_input(&p, &(struct form_field){ .name = "at",
	    .label = N_("When it was notified"), .value = a->at,
	    .error = a->at_fault, .optional = true,
	    .hint = N_("Empty: now. Else a day, or like 2026-06-01 09:30, in "
	    "the event's time zone.") });
	if (incident_late(&a->i, c->now))
		area(&p, a, INCIDENT_LATE, true);
	if (a->unfilled)
		unfilled(&p, a);
	form_end(&p, N_("The authority was notified"));
	end(&p, c, a);
}

void
incidents_notified(struct call *c)
{
	struct acting a;
	bw_err r;

	if (!find_open(c, &a))
		return;
	if ((r = incident_said_get(c->store, a.i.id, &a.said)) == BW_OK)
		notified_page(c, &a);
	else
		layout_failure(c, r);
}

void
incidents_reported(struct call *c)
{
	struct acting a;
	int64_t at = 0;
	bool read;
	bw_err r;

	if (!find_open(c, &a))
		return;
	a.typed = c;
	form_value(c, "at", a.at, sizeof(a.at));
	read = duties_time(c, "at", false, &at);
	if (at == 0)
		at = c->now;
	/* A day begins before the moment of it in which staff knew. */
	if (read && at < a.i.aware_at && at + 86400 > a.i.aware_at &&
	    strchr(a.at, ':') == NULL)
		at = a.i.aware_at;
	if (!read || at > c->now || at < a.i.aware_at)
		a.at_fault = N_("A time that is past, and not before you "
		    "became aware of it.");
	read = take_late(c, &a);
	if (!take_unfilled(c, &a) || !read || a.at_fault != NULL) {
		notified_page(c, &a);
		return;
	}
	if ((r = store_begin(c->store)) == BW_OK)
		r = incident_report(c->store, a.i.id, at,
		    a.said.text[INCIDENT_LATE], c->me->actor, c->now);
	if (r == BW_ERR_DENIED) {
		store_rollback(c->store);
		a.fault[INCIDENT_LATE] = N_("Write it in a few sentences.");
		notified_page(c, &a);
	} else
		finish(c, &a, r);
}

/* That letters still wait, and that it may be closed all the same. */
static void
waiting(struct page *p, const struct acting *a)
{
	page_raw(p, "<p class=\"note note-warning\">");
	say_count(p, N_("%s letter to those concerned is not sent yet."),
	    N_("%s letters to those concerned are not sent yet."),
	    a->i.waiting);
	page_raw(p, "</p>\n");
	form_check(p, &(struct form_field){ .name = "waiting",
	    .label = N_("Close it all the same: they still go out") }, "yes",
	    a->all_the_same);
	fault_of(p, a->waiting_fault);
}

static void
close_page(struct call *c, struct acting *a)
{
	char to[PATH_SIZE];
	struct page p;

	begin(&p, c, a, N_("Close the incident"));
	say_in(&p, "p", N_("Its period of retention begins. What is said here "
	    "is kept with it and cannot be changed afterwards."));
	if (a->unfilled && a->i.reported_at != 0)
		incident_say_unfilled(&p);
	path_of(a, "/close", to);
	form_begin(&p, c, to, false);
	for (int k = INCIDENT_NO_NOTICE; k < INCIDENT_SAYINGS; k++)
		if (incident_must_say(&a->i, (enum incident_saying)k))
			area(&p, a, (enum incident_saying)k, false);
	if (a->i.waiting != 0)
		waiting(&p, a);
	form_end(&p, N_("Close the incident"));
	end(&p, c, a);
}

void
incidents_closing(struct call *c)
{
	struct acting a;

	if (find_open(c, &a))
		close_page(c, &a);
}

static bool
take_close(struct call *c, struct acting *a)
{
	char yes[8];
	bool fine = true;

	a->typed = c;
	for (int k = INCIDENT_NO_NOTICE; k < INCIDENT_SAYINGS; k++) {
		if (!incident_must_say(&a->i, (enum incident_saying)k))
			continue;
		take_text(c, a, (enum incident_saying)k);
		if (a->said.text[k][0] == 0) {
			a->fault[k] = N_("Write it in a few sentences.");
			fine = false;
		}
	}
	form_value(c, "waiting", yes, sizeof(yes));
	a->all_the_same = strcmp(yes, "yes") == 0;
	if (a->i.waiting != 0 && !a->all_the_same) {
		a->waiting_fault = N_("Say that it is closed all the same.");
		fine = false;
	}
	return fine;
}

void
incidents_close(struct call *c)
{
	struct acting a;
	bw_err r;

	if (!find_open(c, &a))
		return;
	if (!take_close(c, &a)) {
		close_page(c, &a);
		return;
	}
	if ((r = store_begin(c->store)) == BW_OK)
		r = incident_close(c->store, a.i.id, &a.said, c->me->actor,
		    c->now);
	finish(c, &a, r);
}
