// SPDX-License-Identifier: Apache-2.0
/* What was given to somebody because the law or an emergency asked for it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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

static bw_err
row(void *arg, const struct disclosure *d)
{
	static const char *const heads[] = { N_("When"), N_("Basis"),
		N_("About"), N_("Fields"), N_("Who asked"), N_("Who decided"),
		N_("Why"), N_("May be told"), NULL };
	struct rows *w = arg;

	if (w->n++ == 0)
		table_begin(w->p, N_("Disclosures"), heads);
	w->last = d->id;
	table_row(w->p);
	table_time(w->p, d->at);
	table_cell(w->p);
	say(w->p, bases[d->basis].text);
	table_cell(w->p);
	about(w->p, d);
	table_cell(w->p);
	duties_fields(w->p, d->fields);
	table_value(w->p, d->asked);
	table_value(w->p, d->decided);
	table_value(w->p, d->reason);
	table_cell(w->p);
	if (d->secret_until != 0)
		/* To the end of it. */
		zone_day(w->p, w->c, d->secret_until - 1);
	else
		say(w->p, N_("at once"));
	return w->p->r;
}

/* What was typed, to be shown again beside what is wrong with it; a text that
 * does not fit is shown from the request. */
struct typed {
	char basis[16], asked[DISCLOSURE_WHO_MAX + 1];
	char decided[DISCLOSURE_WHO_MAX + 1];
	char reason[DISCLOSURE_REASON_MAX + 1];
	char registration[24], sponsor[TEXT_ID_MAX + 1], at[40], secret[40];
	field_set fields;
	const char *basis_fault, *asked_fault, *decided_fault, *reason_fault;
	const char *registration_fault, *sponsor_fault, *at_fault;
	const char *secret_fault;
	const struct call *typed;	/* NULL: nothing was typed yet */
};

static void
form(struct page *p, struct call *c, const struct typed *t)
{
	say_in(p, "h2", N_("Record a disclosure"));
	say_in(p, "p", N_("It cannot be changed or deleted afterwards, before "
	    "its period is over. The person finds it among all that the event "
	    "has, unless it must not be told until a day."));
	form_begin(p, c, HERE, false);
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
	form_input(p, &(struct form_field){ .name = "registration",
	    .label = N_("Number of the registration"), .optional = true,
	    .value = t->registration, .error = t->registration_fault,
	    .hint = N_("Empty: it is about a sponsor or the whole event.") });
	form_sponsor(p, c, &(struct form_field){ .name = "sponsor",
	    .label = N_("Sponsor"), .optional = true, .value = t->sponsor,
	    .error = t->sponsor_fault });
	page_raw(p, "<fieldset class=\"field\">\n<legend>");
	say(p, N_("Which fields"));
	page_raw(p, "</legend>\n");
	for (int f = 1; f <= FIELD_COUNT; f++)
		form_check(p, &(struct form_field){ .name = "field",
		    .label = duties_field((enum field)f) },
		    field_name((enum field)f),
		    (t->fields & FIELD_BIT(f)) != 0);
	page_raw(p, "</fieldset>\n");
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

void
disclosures_list(struct call *c)
{
	show(c, 200, &(struct typed){ .basis = "" });
}

static void
take_fields(const struct call *c, field_set *out)
{
	char name[16];

	for (size_t i = 0; i < FIELD_COUNT && http_form_at(c->in, "field", i,
	    name, sizeof(name)) == BW_OK; i++) {
		int f = field_from_name(name, strlen(name));

		if (f != 0)
			*out |= FIELD_BIT(f);
	}
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
	if (d->at == 0)
		d->at = c->now;
}

static bool
take(struct call *c, struct typed *t, struct disclosure *d)
{
	*d = (struct disclosure){ .at = 0 };
	t->typed = c;
	form_value(c, "basis", t->basis, sizeof(t->basis));
	if (disclosure_basis_parse(t->basis, &d->basis) != BW_OK)
		t->basis_fault = N_("Choose a basis.");
	take_fields(c, &t->fields);
	d->fields = t->fields;
	take_texts(c, t, d);
	take_whose(c, t, d);
	take_times(c, t, d);
	return t->basis_fault == NULL && t->asked_fault == NULL &&
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
	if (r == BW_ERR_NOTFOUND) {
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
