// SPDX-License-Identifier: Apache-2.0
/* What is kept longer, for a complaint or a lawsuit. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/hold.h"
#include "host/portal/cases.h"
#include "host/portal/zone.h"

struct asked {
	char scope[16], registration[24], sponsor[TEXT_ID_MAX + 1];
	/* As many characters as the form takes, maybe too many bytes. */
	char reason[3 * HOLD_REASON_MAX + 1];
	char reviewer[3 * HOLD_REVIEWER_MAX + 1];
	char review[24];
	const char *error;	/* on top; beside the fields: */
	const char *registration_fault, *sponsor_fault, *reason_fault;
	const char *reviewer_fault, *review_fault;
	bool both;		/* a person and a sponsor: of which is it? */
};

static const char *
scope_name(enum hold_scope s)
{
	static const char *const names[] = { N_("One person"),
		N_("One sponsor's shares"), N_("The whole event") };

	return (unsigned)s < 3 ? names[s] : "";
}

struct walk {
	struct page *p;
	struct call *c;
	bool lifted;		/* those that do not stand any more */
	unsigned n;
};

static void
whose(struct page *p, const struct hold *h)
{
	char id[24];

	say(p, scope_name(h->scope));
	page_raw(p, " ");
	snprintf(id, sizeof(id), "%" PRIu64, h->registration);
	if (h->scope == HOLD_PERSON)
		say_value(p, N_("(registration %s)"), id);
	else if (h->scope == HOLD_SPONSOR)
		page_value(p, h->sponsor);
}

void
holds_said(struct page *p, const char *text)
{
	if (strcmp(text, HOLD_RESTORED) == 0 ||
	    strcmp(text, HOLD_RESTORED_REVIEWER) == 0)
		say(p, text);
	else
		page_value(p, text);
}

static void
review(struct walk *w, const struct hold *h)
{
	table_cell(w->p);
	page_day(w->p, h->review_at);
	page_raw(w->p, " · ");
	holds_said(w->p, h->reviewer);
	if (h->lifted_at == 0 && h->review_at <= w->c->now) {
		page_raw(w->p, " <strong class=\"over\">");
		say(w->p, N_("look at it now"));
		page_raw(w->p, "</strong>");
	}
}

static bw_err
row(void *arg, const struct hold *h)
{
	static const char *const heads[] = { N_("Hold"), N_("Of what"),
		N_("Reason"), N_("To be looked at again"), N_("Since"), "",
		NULL };
	static const char *const old[] = { N_("Hold"), N_("Of what"),
		N_("Reason"), N_("To be looked at again"), N_("Since"),
		N_("Lifted"), NULL };
	struct walk *w = arg;
	char id[24], to[48];

	if ((h->lifted_at != 0) != w->lifted)
		return BW_OK;
	if (w->n++ == 0)
		table_begin(w->p, w->lifted ? N_("Lifted") : N_("Holds"),
		    w->lifted ? old : heads);
	snprintf(id, sizeof(id), "%" PRIu64, h->id);
	snprintf(to, sizeof(to), "/holds/%s/lift", id);
	table_row(w->p);
	page_raw(w->p, "<th scope=\"row\">");
	page_text(w->p, id);
	page_raw(w->p, "</th>");
	table_cell(w->p);
	whose(w->p, h);
	table_cell(w->p);
	holds_said(w->p, h->reason);
	review(w, h);
	table_time(w->p, h->added_at);
	table_cell(w->p);
	if (w->lifted)
		page_time(w->p, h->lifted_at);
	else
		form_danger(w->p, w->c, to, N_("Lift"), N_("What it keeps may "
		    "go then, unless another hold keeps it: an erasure that a "
		    "person asked for takes effect when the time to undo it "
		    "has run once more, which a letter says, any other within "
		    "seconds when its time has come, and what only this hold "
		    "has kept beyond its period is deleted by the next purge, "
		    "each night where its timer is on. A new hold brings nothing "
		    "back."), id);
	return w->p->r;
}

static void
add_form(struct page *p, struct call *c, const struct asked *a)
{
	static const struct form_choice scopes[] = {
		{ "person", N_("One person") },
		{ "sponsor", N_("One sponsor's shares") },
		{ "event", N_("The whole event") }, { NULL, NULL } };

	const struct call *typed = a->error != NULL ? c : NULL;

	say_in(p, "h2", N_("Add a hold"));
	form_begin(p, c, "/holds", false);
	form_select(p, &(struct form_field){ .name = "scope",
	    .label = N_("Of what"), .value = a->scope }, scopes);
	form_input(p, &(struct form_field){ .name = "registration",
	    .label = N_("Number of the registration"),
	    .hint = N_("For one person; it stands in the person's case, "
	    "where it is found by name, mail address or the shop's key"),
	    .value = a->registration, .error = a->registration_fault,
	    .unmarked = true, .most = 20 });
	form_sponsor(p, c, &(struct form_field){ .name = "sponsor",
	    .label = N_("Sponsor"), .hint = N_("For one sponsor's shares"),
	    .value = a->sponsor, .error = a->sponsor_fault,
	    .unmarked = true });
	form_input(p, &(struct form_field){ .name = "reason",
	    .label = N_("Reason"), .hint = N_("The complaint or lawsuit, by "
	    "its number. No names."), .value = a->reason,
	    .error = a->reason_fault,
	    .most = HOLD_REASON_CHARS, .room = HOLD_REASON_MAX,
	    .typed = typed });
	form_input(p, &(struct form_field){ .name = "reviewer",
	    .label = N_("Who looks at it again"), .value = a->reviewer,
	    .error = a->reviewer_fault,
	    .most = HOLD_REVIEWER_CHARS, .room = HOLD_REVIEWER_MAX,
	    .typed = typed });
	form_day(p, &(struct form_field){ .name = "review",
	    .label = N_("On which day"), .value = a->review,
	    .error = a->review_fault });
	form_end(p, N_("Add it"));
}

/* Those that the record of the deleted has, and the store not yet. */
static bw_err
beyond(struct page *p, struct call *c)
{
	const struct hold event = { .scope = HOLD_EVENT };
	uint64_t n;
	bw_err r = hold_beyond(c->store, &event, &n);

	if (r != BW_OK)		/* no reason to hide the holds */
		layout_note(p, "danger", N_("The record of the deleted "
		    "members cannot be read: whether an erasure is final "
		    "already is not known. badgeward-host(8) says what to "
		    "do."));
	if (r != BW_OK || n == 0)
		return p->r;
	page_raw(p, "<div class=\"note note-warning\">\n<p>");
	say_count(p, N_("%s erasure is final, and is being done: no hold keeps "
	    "anything of it any more."), N_("%s erasures are final, and are "
	    "being done: no hold keeps anything of them any more."), n);
	page_raw(p, "</p>\n</div>\n");
	return p->r;
}

static void
show(struct call *c, unsigned status, const struct asked *a)
{
	struct page p;
	struct walk w = { &p, c, false, 0 };
	bw_err r;

	layout_begin(&p, c, status, N_("Holds"));
	if (a->error != NULL)
		layout_note(&p, "danger", a->error);
	say_in(&p, "p", N_("While a hold stands, no erasure and no retention "
	    "period takes what it is on. Lift it as soon as its reason is "
	    "gone."));
	say_in(&p, "p", N_("A correction still changes it: where a value "
	    "itself is the evidence, export it first."));
	if ((r = beyond(&p, c)) == BW_OK)
		r = hold_each(c->store, false, row, &w);
	if (w.n != 0)
		table_end(&p);
	else
		layout_empty(&p, N_("Nothing is held."), NULL, NULL);
	add_form(&p, c, a);
	w = (struct walk){ &p, c, true, 0 };
	if (r == BW_OK) {
		say_in(&p, "h2", N_("Lifted"));
		r = hold_each(c->store, true, row, &w);
	}
	if (w.n != 0)
		table_end(&p);
	else
		say_in(&p, "p", N_("None was lifted yet."));
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}

void
holds_list(struct call *c)
{
	const struct asked a = { .scope = "person" };

	show(c, 200, &a);
}

/* Whether what is given is of another scope than what is chosen. */
static bool
other_scope(const struct asked *a)
{
	return (a->registration[0] != 0 && strcmp(a->scope, "person") != 0) ||
	    (a->sponsor[0] != 0 && strcmp(a->scope, "sponsor") != 0);
}

/* False: something is missing or wrong. */
static bool
read_form(const struct call *c, struct asked *a, struct hold *h)
{
	form_value(c, "scope", a->scope, sizeof(a->scope));
	form_value(c, "registration", a->registration,
	    sizeof(a->registration));
	form_value(c, "sponsor", a->sponsor, sizeof(a->sponsor));
	form_value(c, "reason", a->reason, sizeof(a->reason));
	form_value(c, "reviewer", a->reviewer, sizeof(a->reviewer));
	form_value(c, "review", a->review, sizeof(a->review));
	if (text_number(a->registration, strlen(a->registration), INT64_MAX,
	    &h->registration) != BW_OK)
		h->registration = 0;
	if (zone_parse(c, a->review, false, &h->review_at) != BW_OK ||
	    (a->both = other_scope(a)))
		return false;
	if (strlen(a->reason) > HOLD_REASON_MAX ||
	    strlen(a->reviewer) > HOLD_REVIEWER_MAX)
		return false;
	memcpy(h->reason, a->reason, sizeof(h->reason));
	memcpy(h->reviewer, a->reviewer, sizeof(h->reviewer));
	if (strcmp(a->scope, "event") == 0) {
		h->scope = HOLD_EVENT;
		return true;
	}
	if (strcmp(a->scope, "sponsor") == 0) {
		h->scope = HOLD_SPONSOR;
		memcpy(h->sponsor, a->sponsor, sizeof(h->sponsor));
		return true;
	}
	h->scope = HOLD_PERSON;
	return h->registration != 0;
}

/* Of what the hold is to be: what lacks, or belongs to another choice. */
static void
whose_fault(struct asked *a, const struct hold *h, bw_err r)
{
	static const char other[] = N_("Leave this empty, or choose it above.");
	bool person = strcmp(a->scope, "person") == 0;
	bool sponsor = strcmp(a->scope, "sponsor") == 0;
	bool its = r == BW_ERR_NOTFOUND || r == BW_ERR_GONE ||
	    r == BW_ERR_DENIED;

	if (!person && a->registration[0] != 0)
		a->registration_fault = other;
	if (!sponsor && a->sponsor[0] != 0)
		a->sponsor_fault = other;
	if (person && r == BW_ERR_ARG && h->registration == 0)
		a->registration_fault = N_("The number of a registration.");
	if (sponsor && r == BW_ERR_ARG && a->sponsor[0] == 0)
		a->sponsor_fault = N_("Choose the sponsor.");
	if (person && its)
		a->registration_fault = a->error;
	if (sponsor && its)
		a->sponsor_fault = a->error;
}

/* A text that is too long says so itself (form.h). */
static void
find_faults(const struct call *c, struct asked *a, const struct hold *h,
    bw_err r)
{
	whose_fault(a, h, r);
	if (a->reason[0] == 0)
		a->reason_fault = N_("Say why.");
	if (a->reviewer[0] == 0)
		a->reviewer_fault = N_("Say who.");
	if (h->review_at <= c->now)
		a->review_fault = N_("Give a day that is to come.");
}

void
holds_add(struct call *c)
{
	struct asked a = { 0 };
	struct hold h = { 0 };
	uint64_t id;
	bw_err r = BW_ERR_ARG;

	if (read_form(c, &a, &h) && (r = store_begin(c->store)) == BW_OK)
		r = hold_add(c->store, &h, c->me->actor, c->now, &id);
	if (r == BW_OK)
		r = store_commit(c->store);
	if (r == BW_OK) {
		layout_go(c, "/holds", "saved");
		return;
	}
	store_rollback(c->store);
	a.error = a.both ? N_("A registration is for one person, a sponsor "
	    "for one sponsor's shares: give only what belongs to your "
	    "choice.") : r == BW_ERR_ARG ? N_("Say of what it is, why, who looks at "
	    "it again and on which day to come.") : r == BW_ERR_NOTFOUND ?
	    N_("There is no such registration or sponsor.") :
	    r == BW_ERR_GONE ? N_("This person was erased already.") :
	    r == BW_ERR_DENIED ? N_("This person's erasure is final, and is "
	    "being done: no hold keeps anything of it any more.") :
	    hold_beyond(c->store, &h, &id) != BW_OK ? N_("No hold was placed: "
	    "the record of the deleted members cannot be read.") : NULL;
	if (a.error != NULL) {
		find_faults(c, &a, &h, r);
		show(c, 422, &a);
	} else
		layout_failure(c, r);
}

void
holds_lift(struct call *c)
{
	uint64_t id;
	char word[24];
	bw_err r = layout_id(c, &id);

	snprintf(word, sizeof(word), "%" PRIu64, id);
	if (r == BW_OK && !form_confirmed(c, word)) {
		form_unconfirmed(c, "/holds", "word", NULL);
		return;
	}
	if (r == BW_OK && (r = store_begin(c->store)) == BW_OK)
		r = hold_lift(c->store, id, c->me->actor, c->now);
	if (r == BW_OK)
		r = store_commit(c->store);
	if (r != BW_OK)
		store_rollback(c->store);
	if (r == BW_OK || r == BW_ERR_EXISTS)
		layout_go(c, "/holds", r == BW_OK ? "hold-lifted" :
		    "otherwise");
	else
		layout_failure(c, r);
}
