// SPDX-License-Identifier: Apache-2.0
/* What was given to somebody because the law or an emergency asked for it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/case.h"
#include "host/export_answer.h"
#include "host/portal/disclosure_form.h"
#include "host/portal/disclosure_query.h"
#include "host/portal/duties.h"
#include "host/portal/zone.h"
#include "host/store_disclosure.h"

#define ROWS 50
#define HERE DISCLOSURES_PATH

struct rows {
	struct page *p;
	struct call *c;
	uint64_t n, last;
	bool more;
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

/* By the event's clocks a day begins or ends at that moment: staff typed it. */
static bool
midnight(struct page *p, const struct call *c, int64_t t)
{
	char zone[CASE_ZONE_MAX + 1];
	bw_err r = case_zone(c->store, zone);

	if (p->r == BW_OK)
		p->r = r;
	return r == BW_OK && (t + case_ahead(zone, t)) % 86400 == 0;
}

/* As it was typed: a day, of which end is the end, or a time. */
static void
moment(struct page *p, const struct call *c, int64_t t, bool end)
{
	if (midnight(p, c, t))
		page_day(p, end ? t - 1 : t);
	else
		page_time(p, t);
}

/* It is stored as the moment from which it may be told. */
static void
told(struct page *p, const struct call *c, int64_t secret)
{
	if (secret == 0) {
		say(p, N_("at once"));
		return;
	}
	if (midnight(p, c, secret)) {
		say(p, N_("after the end of"));
		page_raw(p, " ");
	}
	moment(p, c, secret, true);
}

/* Which it corrects, and by which it is corrected or could be. */
static void
correction(struct page *p, const struct disclosure *d)
{
	page_raw(p, "<br>");
	if (d->corrects != 0) {
		disclosure_number(p, N_("corrects number %s"), d->corrects);
		page_raw(p, "<br>");
	}
	if (d->corrected != 0) {
		page_raw(p, "<strong>");
		disclosure_number(p, N_("wrong: see number %s"), d->corrected);
		page_raw(p, "</strong>");
	} else {
		char to[64];

		snprintf(to, sizeof(to), HERE "?corrects=%" PRIu64 "#record",
		    d->id);
		layout_link(p, to, N_("Correct it"));
	}
}

static void
head(struct page *p, const struct disclosure *d)
{
	table_head(p);
	layout_number(p, d->id);
	correction(p, d);
	page_raw(p, "</th>");
}

static void
period(struct page *p, const struct call *c, const struct disclosure *d)
{
	if (d->since == 0 && d->until == 0)
		return;
	page_raw(p, "<br>");
	if (d->since != 0)
		moment(p, c, d->since, false);
	page_raw(p, " – ");
	if (d->until != 0)
		moment(p, c, d->until, true);
}

static bw_err
row(void *arg, const struct disclosure *d)
{
	static const char *const heads[] = { N_("Number"), N_("When"),
		N_("Basis"), N_("About"), N_("Fields"), N_("Who asked"),
		N_("Who decided"), N_("Why"), N_("May be told"), NULL };
	struct rows *w = arg;

	if ((w->more = w->n == ROWS))
		return BW_OK;
	if (w->n++ == 0)
		table_begin(w->p, N_("Disclosures"), heads);
	w->last = d->id;
	table_row(w->p);
	head(w->p, d);
	table_cell(w->p);
	moment(w->p, w->c, d->at, false);
	table_cell(w->p);
	say(w->p, disclosure_basis(d->basis));
	table_cell(w->p);
	about(w->p, d);
	period(w->p, w->c, d);
	table_cell(w->p);
	duties_fields(w->p, d->fields);
	table_value(w->p, d->asked);
	table_value(w->p, d->decided);
	table_value(w->p, d->reason);
	table_cell(w->p);
	told(w->p, w->c, d->secret_until);
	return w->p->r;
}

static void
none(struct page *p, const struct disclosure_asked *a)
{
	if (disclosure_filters(a))
		layout_empty(p, N_("No disclosure is like this."), HERE,
		    N_("Show all"));
	else
		layout_empty(p, N_("Nothing was disclosed."), NULL, NULL);
}

static void
list(struct page *p, struct call *c, struct disclosure_asked *a)
{
	struct rows w = { .p = p, .c = c };
	char newest[STRICT_TARGET_MAX + 1], older[STRICT_TARGET_MAX + 1];
	bw_err r;

	a->q.limit = ROWS + 1;
	r = disclosure_find(c->store, &a->q, row, &w);
	if (w.n != 0)
		table_end(p);
	else
		none(p, a);
	disclosure_address(a, 0, newest);
	disclosure_address(a, w.last, older);
	layout_pager(p, a->q.before != 0 ? newest : NULL,
	    w.more ? older : NULL);
	if (w.n != 0)
		disclosure_file_form(p, c, a);
	if (p->r == BW_OK)
		p->r = r;
}

/* asked NULL: the form alone, with what is wrong in it. */
static void
show(struct call *c, unsigned status, struct disclosure_asked *asked,
    const struct disclosure_typed *t)
{
	struct page p;

	layout_begin(&p, c, status, N_("Disclosures"));
	if (asked != NULL)
		disclosure_search(&p, asked);
	if (asked != NULL && status == 200)
		list(&p, c, asked);
	disclosure_form(&p, c, t);
	layout_end(&p, c);
}

/* A correction begins with what the first one says. */
static bw_err
begin_correction(struct call *c, struct disclosure_typed *t)
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
	struct disclosure_typed t = { .basis = "" };
	struct disclosure_asked a;
	bool fine = disclosure_ask(c, false, &a);
	bw_err r = begin_correction(c, &t);

	if (r == BW_OK)
		show(c, fine ? 200 : 422, &a, &t);
	else
		layout_failure(c, r);
}

static void
take_fields(const struct call *c, struct disclosure_typed *t)
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
take_texts(const struct call *c, struct disclosure_typed *t, struct disclosure *d)
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
take_whose(const struct call *c, struct disclosure_typed *t, struct disclosure *d)
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
take_times(const struct call *c, struct disclosure_typed *t, struct disclosure *d)
{
	form_value(c, "at", t->at, sizeof(t->at));
	form_value(c, "secret", t->secret, sizeof(t->secret));
	t->at_fault = duties_past(c, "at", false, &d->at);
	if (!duties_time(c, "secret", true, &d->secret_until))
		t->secret_fault = N_("A day like 2026-06-01.");
	else if (d->secret_until != 0 && d->secret_until <= c->now)
		t->secret_fault = N_("A day that is not past: else leave it "
		    "empty.");
	form_value(c, "since", t->since, sizeof(t->since));
	form_value(c, "until", t->until, sizeof(t->until));
	if (!duties_time(c, "since", false, &d->since))
		t->since_fault = N_("A day like 2026-06-01.");
	if (!duties_time(c, "until", true, &d->until))
		t->until_fault = N_("A day like 2026-06-01.");
	else if (d->until != 0 && d->until <= d->since)
		t->until_fault = N_("The end must be after the beginning.");
	if (d->at == 0)
		d->at = c->now;
}

static void
take_sure(const struct call *c, struct disclosure_typed *t, struct disclosure *d)
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

/* What must not be told yet is not told by correcting it. */
static void
take_secret(const struct call *c, struct disclosure_typed *t,
    const struct disclosure *d)
{
	struct disclosure first;

	if (d->corrects != 0 && t->secret_fault == NULL &&
	    disclosure_get(c->store, d->corrects, &first) == BW_OK &&
	    first.secret_until > c->now &&
	    d->secret_until < first.secret_until)
		t->secret_fault = N_("What it corrects is secret for longer. "
		    "Only the command tells it sooner, with --force.");
}

static bool
take(struct call *c, struct disclosure_typed *t, struct disclosure *d)
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
	take_secret(c, t, d);
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
	struct disclosure_typed t = { .basis = "" };
	struct disclosure d;
	uint64_t id;
	bw_err r;

	if (!take(c, &t, &d)) {
		show(c, 422, NULL, &t);
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
		show(c, 422, NULL, &t);
	} else if (r != BW_OK)
		layout_failure(c, r);
	else
		layout_go(c, HERE, "recorded");
}

void
disclosures_file(struct call *c)
{
	struct disclosure_typed t = { .basis = "" };
	struct disclosure_asked a;
	bw_err r;

	if (!disclosure_ask(c, true, &a))
		show(c, 422, &a, &t);
	else if ((r = answer_disclosures(c, &a.q)) != BW_OK)
		layout_failure(c, r);
}
