// SPDX-License-Identifier: Apache-2.0
/* What was given to somebody because the law or an emergency asked for it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/case.h"
#include "host/portal/duties.h"
#include "host/portal/zone.h"
#include "host/store_disclosure.h"

#define ROWS 50
#define HERE "/duties/disclosures"

static const struct form_choice bases[] = {
	{ "", N_("Choose a basis") },
	{ "law", N_("A law demands it") },
	{ "court", N_("A court or an authority ordered it") },
	{ "emergency", N_("An emergency: to protect somebody") },
	{ "claim", N_("A legal claim") },
	{ NULL, NULL }
};

struct rows {
	struct page *p;
	struct call *c;
	uint64_t n, last;
};

static void
about(struct page *p, const struct disclosure *d)
{
	char id[24];

	snprintf(id, sizeof(id), "%" PRIu64, d->registration);
	if (d->registration != 0)
		say_value(p, N_("Registration %s"), id);
	else if (d->sponsor[0] != 0)
		page_value(p, d->sponsor);
	else
		say(p, N_("The whole event"));
}

/* It is stored as the moment from which it may be told; staff said the end of a
 * day by the event's clocks, and so it says. */
static void
told(struct page *p, const struct call *c, int64_t secret)
{
	char zone[CASE_ZONE_MAX + 1];
	bw_err r = case_zone(c->store, zone);
	int64_t wall;

	if (p->r == BW_OK)
		p->r = r;
	if (r != BW_OK)
		return;
	wall = secret + case_ahead(zone, secret);
	if (secret == 0)
		say(p, N_("at once"));
	else if (wall % 86400 != 0)
		page_time(p, secret);
	else {
		say(p, N_("after the end of"));
		page_raw(p, " ");
		page_day(p, wall - 86400);
	}
}

static void
number(struct page *p, const char *sentence, uint64_t id)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRIu64, id);
	say_value(p, sentence, text);
}

/* Its number, which it corrects, and by which it is corrected or could be. */
static void
head(struct page *p, const struct disclosure *d)
{
	table_head(p);
	layout_number(p, d->id);
	page_raw(p, "</th>");
	table_cell(p);
	if (d->corrects != 0) {
		number(p, N_("corrects number %s"), d->corrects);
		page_raw(p, "<br>");
	}
	if (d->corrected != 0) {
		page_raw(p, "<strong>");
		number(p, N_("wrong: see number %s"), d->corrected);
		page_raw(p, "</strong>");
	} else {
		char to[64];

		snprintf(to, sizeof(to), HERE "?corrects=%" PRIu64 "#record",
		    d->id);
		layout_link(p, to, N_("Correct it"));
	}
}

static void
period(struct page *p, const struct disclosure *d)
{
	if (d->since == 0 && d->until == 0)
		return;
	page_raw(p, "<br>");
	if (d->since != 0)
		page_time(p, d->since);
	page_raw(p, " – ");
	if (d->until != 0)
		page_time(p, d->until);
}

static bw_err
row(void *arg, const struct disclosure *d)
{
	static const char *const heads[] = { N_("Number"), N_("Correction"),
		N_("When"), N_("Basis"), N_("About"), N_("Fields"),
		N_("Who asked"), N_("Who decided"), N_("Why"),
		N_("May be told"), NULL };
	struct rows *w = arg;

	if (w->n++ == 0)
		table_begin(w->p, N_("Disclosures"), heads);
	w->last = d->id;
	table_row(w->p);
	head(w->p, d);
	table_time(w->p, d->at);
	table_cell(w->p);
	say(w->p, bases[d->basis].text);
	table_cell(w->p);
	about(w->p, d);
	period(w->p, d);
	table_cell(w->p);
	duties_fields(w->p, d->fields);
	table_value(w->p, d->asked);
	table_value(w->p, d->decided);
	table_value(w->p, d->reason);
	table_cell(w->p);
	told(w->p, w->c, d->secret_until);
	return w->p->r;
}

/* What was typed, to be shown again beside what is wrong with it; a text that
 * does not fit is shown from the request. */
struct typed {
	char basis[16], asked[DISCLOSURE_WHO_MAX + 1];
	char decided[DISCLOSURE_WHO_MAX + 1];
	char reason[DISCLOSURE_REASON_MAX + 1];
	char registration[24], sponsor[TEXT_ID_MAX + 1], at[40], secret[40];
	char since[40], until[40];
	field_set fields;
	bool none, sure;	/* no field; that it was checked */
	uint64_t corrects;
	const char *basis_fault, *asked_fault, *decided_fault, *reason_fault;
	const char *registration_fault, *sponsor_fault, *at_fault;
	const char *secret_fault, *since_fault, *until_fault;
	const char *fields_fault, *sure_fault;
	const struct call *typed;	/* NULL: nothing was typed yet */
};

/* What is wrong with boxes, below them. */
static void
wrong(struct page *p, const char *fault)
{
	if (fault == NULL)
		return;
	page_raw(p, "<p class=\"error\">");
	say(p, fault);
	page_raw(p, "</p>\n");
}

static void
fields(struct page *p, const struct typed *t)
{
	page_raw(p, "<fieldset class=\"field\">\n<legend>");
	say(p, N_("Which fields"));
	page_raw(p, "</legend>\n");
	for (int f = 1; f <= FIELD_COUNT; f++)
		form_check(p, &(struct form_field){ .name = "field",
		    .label = duties_field((enum field)f) },
		    field_name((enum field)f),
		    (t->fields & FIELD_BIT(f)) != 0);
	form_check(p, &(struct form_field){ .name = "field",
	    .label = N_("none: only that there was a share") }, "none",
	    t->none);
	wrong(p, t->fields_fault);
	page_raw(p, "</fieldset>\n");
}

static void
form_head(struct page *p, const struct typed *t)
{
	page_raw(p, "<h2 id=\"record\">");
	if (t->corrects == 0)
		say(p, N_("Record a disclosure"));
	else
		number(p, N_("Correct disclosure number %s"), t->corrects);
	page_raw(p, "</h2>\n");
	say_in(p, "p", N_("It cannot be changed or deleted afterwards, before "
	    "its period is over; what was wrong is corrected by another. The "
	    "person finds it among all that the event "
	    "has, unless it must not be told until a day."));
}

static void
form_who(struct page *p, const struct typed *t)
{
	form_select(p, &(struct form_field){ .name = "basis",
	    .label = N_("Basis"), .value = t->basis,
	    .error = t->basis_fault }, bases);
	form_input(p, &(struct form_field){ .name = "asked",
	    .label = N_("Who asked for it"), .value = t->asked,
	    .error = t->asked_fault, .most = DISCLOSURE_WHO_CHARS,
	    .room = DISCLOSURE_WHO_MAX, .typed = t->typed });
	form_input(p, &(struct form_field){ .name = "decided",
	    .label = N_("Who decided that it is given"),
	    .value = t->decided, .error = t->decided_fault,
	    .most = DISCLOSURE_WHO_CHARS, .room = DISCLOSURE_WHO_MAX,
	    .typed = t->typed });
}

static void
form_scope(struct page *p, struct call *c, const struct typed *t)
{
	form_input(p, &(struct form_field){ .name = "registration",
	    .label = N_("Number of the registration"), .optional = true,
	    .value = t->registration, .error = t->registration_fault,
	    .hint = N_("Empty: it is about a sponsor or the whole event.") });
	form_sponsor(p, c, &(struct form_field){ .name = "sponsor",
	    .label = N_("Sponsor"), .optional = true, .value = t->sponsor,
	    .error = t->sponsor_fault });
	fields(p, t);
	form_input(p, &(struct form_field){ .name = "since",
	    .label = N_("Data of which time: from"), .value = t->since,
	    .optional = true, .error = t->since_fault });
	form_input(p, &(struct form_field){ .name = "until",
	    .label = N_("until"), .value = t->until, .optional = true,
	    .error = t->until_fault });
}

static void
form_given(struct page *p, const struct typed *t)
{
	form_input(p, &(struct form_field){ .name = "at",
	    .label = N_("When it was given"), .value = t->at,
	    .optional = true, .error = t->at_fault,
	    .hint = N_("Like 2026-06-01, or 2026-06-01 09:30, in "
	    "the event's time zone; empty: now.") });
	form_input(p, &(struct form_field){ .name = "reason",
	    .label = N_("Why, such as the number of the order"),
	    .optional = true, .value = t->reason, .error = t->reason_fault,
	    .most = DISCLOSURE_REASON_CHARS, .room = DISCLOSURE_REASON_MAX,
	    .typed = t->typed });
	form_day(p, &(struct form_field){ .name = "secret",
	    .label = N_("The person must not be told before the end of"),
	    .value = t->secret, .optional = true, .error = t->secret_fault });
	form_check(p, &(struct form_field){ .name = "sure",
	    .label = N_("I have checked it: it cannot be changed afterwards") },
	    "yes", t->sure);
	wrong(p, t->sure_fault);
}

static void
form(struct page *p, struct call *c, const struct typed *t)
{
	char corrects[24];

	form_head(p, t);
	form_begin(p, c, HERE, false);
	if (t->corrects != 0) {
		snprintf(corrects, sizeof(corrects), "%" PRIu64, t->corrects);
		form_hidden(p, "corrects", corrects);
	}
	form_who(p, t);
	form_scope(p, c, t);
	form_given(p, t);
	form_end(p, N_("Record it"));
}

static void
show(struct call *c, unsigned status, const struct typed *t)
{
	struct rows w = { .c = c };
	uint64_t before = 0;
	char text[24], older[64];
	struct page p;
	bw_err r;

	if (http_param(c->in, "before", text, sizeof(text)) == BW_OK &&
	    text_number(text, strlen(text), INT64_MAX, &before) != BW_OK)
		before = 0;
	layout_begin(&p, c, status, N_("Disclosures"));
	w.p = &p;
	w.c = c;
	if (status == 200) {
		r = disclosure_each(c->store, before, ROWS, row, &w);
		if (w.n != 0)
			table_end(&p);
		else
			layout_empty(&p, N_("Nothing was disclosed."), NULL,
			    NULL);
		snprintf(older, sizeof(older), HERE "?before=%" PRIu64,
		    w.last);
		layout_pager(&p, before != 0 ? HERE : NULL,
		    w.n == ROWS ? older : NULL);
		if (p.r == BW_OK)
			p.r = r;
	}
	form(&p, c, t);
	layout_end(&p, c);
}

/* A correction begins with what the first one says. */
static bw_err
begin_correction(struct call *c, struct typed *t)
{
	struct disclosure d;
	uint64_t id;
	char text[24];
	bw_err r;

	if (http_param(c->in, "corrects", text, sizeof(text)) != BW_OK ||
	    text_number(text, strlen(text), INT64_MAX, &id) != BW_OK)
		return BW_OK;
	if ((r = disclosure_get(c->store, id, &d)) != BW_OK)
		return r;
	t->corrects = id;
	t->fields = d.fields;
	t->none = d.fields == 0;
	snprintf(t->basis, sizeof(t->basis), "%s",
	    disclosure_basis_name(d.basis));
	if (d.registration != 0)
		snprintf(t->registration, sizeof(t->registration), "%" PRIu64,
		    d.registration);
	memcpy(t->sponsor, d.sponsor, sizeof(t->sponsor));
	memcpy(t->asked, d.asked, sizeof(t->asked));
	memcpy(t->decided, d.decided, sizeof(t->decided));
	memcpy(t->reason, d.reason, sizeof(t->reason));
	if ((r = duties_typed(c, d.at, false, t->at)) != BW_OK ||
	    (r = duties_typed(c, d.since, false, t->since)) != BW_OK ||
	    (r = duties_typed(c, d.until, true, t->until)) != BW_OK)
		return r;
	return d.secret_until <= c->now ? BW_OK :
	    duties_typed(c, d.secret_until, true, t->secret);
}

void
disclosures_list(struct call *c)
{
	struct typed t = { .basis = "" };
	bw_err r = begin_correction(c, &t);

	if (r == BW_OK)
		show(c, 200, &t);
	else
		layout_failure(c, r);
}

static void
take_fields(const struct call *c, struct typed *t)
{
	char name[16];

	for (size_t i = 0; i <= FIELD_COUNT && http_form_at(c->in, "field", i,
	    name, sizeof(name)) == BW_OK; i++) {
		int f = field_from_name(name, strlen(name));

		if (f != 0)
			t->fields |= FIELD_BIT(f);
		else if (strcmp(name, "none") == 0)
			t->none = true;
	}
	if (t->none == (t->fields != 0))
		t->fields_fault = N_("Tick which fields, or none alone.");
}

/* What is wrong with a text, or NULL; missing: what to say to none. */
static const char *
take_text(const struct call *c, const char *name, const char *missing,
    char *typed, size_t size, char *out)
{
	if (!form_value(c, name, typed, size))
		return N_("This is too long or no plain text.");
	memcpy(out, typed, strlen(typed) + 1);
	return typed[0] == 0 ? missing : NULL;
}

static void
take_texts(const struct call *c, struct typed *t, struct disclosure *d)
{
	t->asked_fault = take_text(c, "asked", N_("Say who asked."), t->asked,
	    sizeof(t->asked), d->asked);
	t->decided_fault = take_text(c, "decided", N_("Say who decided."),
	    t->decided, sizeof(t->decided), d->decided);
	t->reason_fault = take_text(c, "reason", NULL, t->reason,
	    sizeof(t->reason), d->reason);
}

/* One registration, the shares of one sponsor, or the whole event. */
static void
take_whose(const struct call *c, struct typed *t, struct disclosure *d)
{
	bool number = form_value(c, "registration", t->registration,
	    sizeof(t->registration));

	if (!form_value(c, "sponsor", t->sponsor, sizeof(t->sponsor)))
		t->sponsor_fault = N_("The policy in force has no such "
		    "sponsor.");
	memcpy(d->sponsor, t->sponsor, sizeof(d->sponsor));
	if (!number || (t->registration[0] != 0 && (t->sponsor[0] != 0 ||
	    text_number(t->registration, strlen(t->registration), INT64_MAX,
	    &d->registration) != BW_OK)))
		t->registration_fault = N_("A number alone, or a sponsor.");
}

static void
take_times(const struct call *c, struct typed *t, struct disclosure *d)
{
	form_value(c, "at", t->at, sizeof(t->at));
	form_value(c, "secret", t->secret, sizeof(t->secret));
	if (!duties_time(c, "at", false, &d->at) || d->at > c->now)
		t->at_fault = N_("A day or a time that is past.");
	if (!duties_time(c, "secret", true, &d->secret_until))
		t->secret_fault = N_("A day like 2026-06-01.");
	else if (d->secret_until != 0 && d->secret_until <= c->now)
		t->secret_fault = N_("A day that is not past: else leave it "
		    "empty.");
	form_value(c, "since", t->since, sizeof(t->since));
	form_value(c, "until", t->until, sizeof(t->until));
	if (!duties_time(c, "since", false, &d->since))
		t->since_fault = N_("A day like 2026-06-01.");
	if (!duties_time(c, "until", true, &d->until) ||
	    (d->until != 0 && d->until <= d->since))
		t->until_fault = N_("A day behind the first.");
	if (d->at == 0)
		d->at = c->now;
}

static void
take_sure(const struct call *c, struct typed *t, struct disclosure *d)
{
	char text[24];

	form_value(c, "sure", text, sizeof(text));
	t->sure = strcmp(text, "yes") == 0;
	if (!t->sure)
		t->sure_fault = N_("Check what is typed, then say so here.");
	form_value(c, "corrects", text, sizeof(text));
	if (text_number(text, strlen(text), INT64_MAX, &t->corrects) != BW_OK)
		t->corrects = 0;
	d->corrects = t->corrects;
}

static bool
take(struct call *c, struct typed *t, struct disclosure *d)
{
	*d = (struct disclosure){ .at = 0 };
	t->typed = c;
	form_value(c, "basis", t->basis, sizeof(t->basis));
	if (disclosure_basis_parse(t->basis, &d->basis) != BW_OK)
		t->basis_fault = N_("Choose a basis.");
	take_fields(c, t);
	d->fields = t->fields;
	take_texts(c, t, d);
	take_whose(c, t, d);
	take_times(c, t, d);
	take_sure(c, t, d);
	return t->sure_fault == NULL && t->fields_fault == NULL &&
	    t->since_fault == NULL && t->until_fault == NULL &&
	    t->basis_fault == NULL && t->asked_fault == NULL &&
	    t->decided_fault == NULL && t->reason_fault == NULL &&
	    t->registration_fault == NULL && t->sponsor_fault == NULL &&
	    t->at_fault == NULL && t->secret_fault == NULL;
}

void
disclosures_add(struct call *c)
{
	struct typed t = { .basis = "" };
	struct disclosure d;
	uint64_t id;
	bw_err r;

	if (!take(c, &t, &d)) {
		show(c, 422, &t);
		return;
	}
	if ((r = store_begin(c->store)) == BW_OK &&
	    (r = disclosure_add(c->store, &d, c->me->actor, c->now,
	    &id)) == BW_OK)
		r = store_commit(c->store);
	store_rollback(c->store);
	if (r == BW_ERR_EXISTS)
		layout_go(c, HERE, "otherwise");
	else if (r == BW_ERR_NOTFOUND) {
		if (d.sponsor[0] != 0)
			t.sponsor_fault = N_("The policy in force has no such "
			    "sponsor.");
		else
			t.registration_fault = N_("There is none of this "
			    "number.");
		show(c, 422, &t);
	} else if (r != BW_OK)
		layout_failure(c, r);
	else
		layout_go(c, HERE, "recorded");
}
