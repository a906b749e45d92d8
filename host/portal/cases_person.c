// SPDX-License-Identifier: Apache-2.0
/* The person of a case that is open: who it is, what there is of it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/case_share.h"
#include "host/hold.h"
#include "host/not_me.h"
#include "host/portal/cases.h"
#include "host/portal/registrations.h"
#include "host/right.h"
#include "host/store_registration.h"

#define HITS 20

/* ---- who it is ---- */

static void
hit(struct page *p, struct call *c, const struct case_file *f,
    const struct registration *r)
{
	char to[48], id[24];

	snprintf(to, sizeof(to), "/cases/%" PRIu64 "/match", f->num);
	snprintf(id, sizeof(id), "%" PRIu64, r->id);
	table_row(p);
	page_raw(p, "<th scope=\"row\">");
	page_text(p, id);
	page_raw(p, "</th>");
	table_cell(p);
	regs_who(p, r);
	table_value(p, r->values.v[2]);
	table_value(p, r->key);
	table_cell(p);
	form_begin(p, c, to, false);
	form_hidden(p, "registration", id);
	page_raw(p, "<button class=\"btn btn-outline-secondary btn-sm\">");
	say(p, N_("It is this one"));
	page_raw(p, "</button>\n</form>\n");
}

static bw_err
hits(struct page *p, struct call *c, const struct case_file *f,
    const char *search)
{
	static const char *const heads[] = { N_("Number"), N_("Name"),
		N_("Email"), N_("Key of the shop"), "", NULL };
	const struct reglist_query q = { .search = search, .status = -1 };
	struct registration *r = calloc(HITS, sizeof(*r));
	bool more = false;
	size_t n = 0;
	bw_err e = BW_ERR_NOMEM;

	if (r != NULL)
		e = store_reglist(c->store, &q, r, HITS, &n, &more);
	if (e == BW_OK && n == 0)
		layout_empty(p, N_("Nobody is found. Look for a part of the "
		    "name, the mail address, or the number."), NULL, NULL);
	if (e == BW_OK && n != 0) {
		table_begin(p, N_("Who it may be"), heads);
		for (size_t i = 0; i < n; i++)
			hit(p, c, f, &r[i]);
		table_end(p);
	}
	if (more)
		say_in(p, "p", N_("There are more: look for more of it."));
	if (r != NULL)
		explicit_bzero(r, HITS * sizeof(*r));
	free(r);
	return e;
}

/* Who took the request in could not see that the two numbers are not one
 * person's. */
static bw_err
said(struct page *p, struct call *c, const struct case_file *f)
{
	char n[24];
	uint64_t beside;
	bw_err r = not_me_beside(c->store, f->type, f->device, f->seq,
	    &beside);

	snprintf(n, sizeof(n), "%" PRIu64, f->said);
	page_raw(p, "<div class=\"note note-warning\"><p>");
	if (f->said == 0)
		say(p, N_("It was taken in for a registration that was erased "
		    "since, and the share was not that person's. With the "
		    "erasure, what was written in it went, what was asked "
		    "for too."));
	else
		say_value(p, N_("It was taken in for registration %s, and the "
		    "share is not that person's: one of the two numbers is "
		    "wrong, or somebody asks about another's share. If the "
		    "number of the share is wrong, take the request in again "
		    "with the right one and drop this case."), n);
	page_raw(p, "</p>\n");
	if (beside != 0) {
		snprintf(n, sizeof(n), "%" PRIu64, beside);
		page_raw(p, "<p>");
		say_value(p, N_("Once it is noted whose share it is, all that "
		    "its device recorded in the same quarter hour is held: "
		    "other shares, %s."), n);
		page_raw(p, "</p>\n");
	}
	page_raw(p, "</div>\n");
	return r;
}

static bw_err
unknown(struct page *p, struct call *c, const struct case_file *f,
    const char *search)
{
	char to[48];
	bw_err r = case_is_of_another(f) ? said(p, c, f) : BW_OK;

	if (r != BW_OK)
		return r;
	say_in(p, "p", N_("It is not known yet who it is. Find the person, "
	    "then ask for a proof."));
	snprintf(to, sizeof(to), "/cases/%" PRIu64 "/find", f->num);
	form_begin(p, c, to, false);
	form_input(p, &(struct form_field){ .name = "search",
	    .label = N_("Name, mail address, key or number"),
	    .value = search, .most = REGLIST_SEARCH_MAX });
	form_end(p, N_("Find"));
	return search[0] != 0 ? hits(p, c, f, search) : BW_OK;
}

void
cases_find(struct call *c)
{
	char search[REGLIST_SEARCH_MAX + 1];
	struct cases_typed typed = { .find = search };
	struct case_file f;

	form_value(c, "search", search, sizeof(search));
	if (cases_open_one(c, &f))
		cases_page(c, 200, &f, &typed);
	explicit_bzero(&f, sizeof(f));
	explicit_bzero(search, sizeof(search));
}

/* Who it is was not the one whose share the case is about. */
static void
not_theirs(struct call *c, const struct case_file *f)
{
	char path[40];

	store_rollback(c->store);
	snprintf(path, sizeof(path), "/cases/%" PRIu64, f->num);
	layout_go(c, path, "case-other");
}

void
cases_match(struct call *c)
{
	struct case_file f;
	char text[24], how[16];
	enum case_proof proof;
	uint64_t id = 0;
	bw_err r = BW_ERR_NOTFOUND;

	form_value(c, "registration", text, sizeof(text));
	form_value(c, "shown", how, sizeof(how));
	if (cases_open_one(c, &f)) {
		if (case_proof_parse(how, &proof) != BW_OK)
			proof = f.proof;
		if (text_number(text, strlen(text), INT64_MAX, &id) == BW_OK &&
		    id != 0 && (r = store_begin(c->store)) == BW_OK)
			r = not_me_match(c->store, f.num, id, proof,
			    c->me->actor, c->now);
		if (r == BW_ERR_DENIED)
			not_theirs(c, &f);
		else
			cases_end(c, &f, r, "case-match");
	}
	explicit_bzero(&f, sizeof(f));
}

/* ---- its data ---- */

static void
values(struct page *p, const struct registration *r)
{
	page_raw(p, "<dl class=\"facts\">\n");
	for (int i = 1; i <= FIELD_COUNT; i++)
		fact_value(p, p->w->field[i], r->values.v[i]);
	fact_value(p, N_("Key of the shop"), r->key);
	fact_value(p, N_("Status"), catalogue_find(p->w->lang,
	    regs_status(r)));
	page_raw(p, "</dl>\n");
}

/* Nothing is chosen for whoever presses on, and each stands with what it is. */
static void
which_value(struct page *p, const struct registration *r,
    const struct cases_typed *typed)
{
	const struct form_field which = { .name = "field",
		.label = N_("Which value"),
		.value = typed != NULL ? typed->field : NULL,
		.error = typed != NULL ? typed->no_field : NULL };
	char n[CASES_FIELD_SIZE], text[FIELD_VALUE_MAX + 128];

	form_select_begin(p, &which);
	form_option(p, &which, "", catalogue_find(p->w->lang, N_("Choose")));
	for (int i = 1; i <= FIELD_COUNT; i++) {
		const char *value = r->values.v[i];

		/* Whatever its direction, it turns nothing beside it. */
		snprintf(text, sizeof(text), "%s: \u2068%s\u2069",
		    p->w->field[i], value[0] != 0 ? value : "–");
		snprintf(n, sizeof(n), "%d", i);
		form_option(p, &which, n, text);
	}
	form_select_end(p, &which);
	explicit_bzero(text, sizeof(text));
}

static void
correct(struct page *p, struct call *c, const struct case_file *f,
    const struct registration *r, const struct cases_typed *typed)
{
	bool again = typed != NULL && typed->field != NULL;
	char to[48];

	snprintf(to, sizeof(to), "/cases/%" PRIu64 "/correct", f->num);
	page_raw(p, again ? "<details class=\"step\" open>\n" :
	    "<details class=\"step\">\n");
	say_in(p, "summary", N_("Correct a value"));
	say_in(p, "p", N_("Leads show the new value from now on, and sponsors "
	    "that have had the old one are told. A badge that was made before "
	    "should be made anew."));
	form_begin(p, c, to, false);
	which_value(p, r, typed);
	form_input(p, &(struct form_field){ .name = "value",
	    .label = N_("New value"), .value = again ? typed->value : NULL,
	    .error = again ? typed->no_value : NULL, .unmarked = true,
	    .most = FIELD_VALUE_MAX });
	form_check(p, &(struct form_field){ .name = "empty",
	    .label = N_("Take the value away: it is empty from now on") },
	    "1", again && typed->empty);
	form_end(p, N_("Correct"));
	page_raw(p, "</details>\n");
}

static void
since(struct page *p, const char *sentence, int64_t at)
{
	page_raw(p, "<p>");
	say(p, sentence);
	page_raw(p, " ");
	page_time(p, at);
	page_raw(p, "</p>\n");
}

static void
copy(struct page *p, struct call *c, const struct case_file *f)
{
	char to[48];

	if (f->proof == PROOF_NONE)
		return;
	snprintf(to, sizeof(to), "/cases/%" PRIu64 "/copy", f->num);
	page_raw(p, "<div class=\"acts\">\n");
	cases_button(p, c, to, "copy", N_("A copy of everything, for the person"));
	page_raw(p, "</div>\n");
}

static bw_err
withheld(struct page *p, struct call *c, const struct case_file *f,
    const struct right_state *st)
{
	char to[48];

	snprintf(to, sizeof(to), "/cases/%" PRIu64 "/act", f->num);
	if (st->restricted != 0)
		since(p, N_("Restricted since"), st->restricted);
	if (st->objected != 0)
		since(p, N_("The person has objected, on"), st->objected);
	if (st->staff != 0)
		since(p, N_("Withheld by staff since"), st->staff);
	page_raw(p, "<div class=\"acts\">\n");
	if (st->restricted == 0)
		cases_button(p, c, to, "restrict", N_("Restrict"));
	else
		cases_button(p, c, to, "lift", N_("Lift the restriction"));
	if (st->objected == 0)
		cases_button(p, c, to, "object", N_("Take the objection"));
	else
		cases_button(p, c, to, "agree-leads", N_("The objection is "
		    "taken back, and earlier shares are back"));
	page_raw(p, "</div>\n");
	return st->objected == 0 ? BW_OK : cases_withdraw(p, c, f, "agree");
}

/* Nothing is given out before it is known who asks. */
static void
proof(struct page *p, struct call *c, const struct case_file *f)
{
	const struct form_field how = { .name = "shown",
		.label = N_("How did the person show who it is?") };
	char to[48], id[24];

	if (f->proof != PROOF_NONE)
		return;
	snprintf(to, sizeof(to), "/cases/%" PRIu64 "/match", f->num);
	snprintf(id, sizeof(id), "%" PRIu64, f->registration);
	layout_note(p, "warning", N_("It was not shown yet that who asks is "
	    "this person. Give nothing out before."));
	form_begin(p, c, to, false);
	form_hidden(p, "registration", id);
	form_select_begin(p, &how);
	form_option(p, &how, "", catalogue_find(p->w->lang, N_("Choose")));
	for (unsigned i = PROOF_RECEIPT; i < CASE_PROOFS; i++)
		form_option(p, &how, case_proof_name((enum case_proof)i),
		    catalogue_find(p->w->lang,
		    cases_proof((enum case_proof)i)));
	form_select_end(p, &how);
	form_end(p, N_("Note it"));
}

struct holding {
	struct page *p;
	struct call *c;
	const struct case_file *f;
};

/* One that stops an erasure of this person, by its number. */
static bw_err
hold(void *arg, const struct hold *h)
{
	const struct holding *w = arg;
	bool held = h->scope != HOLD_PERSON;
	char id[24];
	bw_err r = BW_OK;

	if (h->scope == HOLD_PERSON)
		held = h->registration == w->f->registration;
	else if (h->scope == HOLD_SPONSOR)
		r = case_share_with(w->c->store, w->f->registration,
		    h->sponsor, &held);
	if (r != BW_OK || !held)
		return r;
	snprintf(id, sizeof(id), "%" PRIu64, h->id);
	page_raw(w->p, "<p>");
	say_value(w->p, N_("Hold %s stops it."), id);
	page_raw(w->p, " ");
	holds_said(w->p, h->reason);
	page_raw(w->p, "</p>\n");
	return w->p->r;
}

static bw_err
holds(struct page *p, struct call *c, const struct case_file *f)
{
	struct holding w = { p, c, f };
	bool held = false;
	bw_err r = hold_any(c->store, f->registration, NULL, &held);

	if (r != BW_OK || !held)
		return r;
	layout_note(p, "warning", N_("A hold stands on this person's data: "
	    "nothing is erased before it is lifted."));
	page_raw(p, "<p class=\"no-paper\">");
	layout_link(p, "/holds", N_("To the holds"));
	page_raw(p, "</p>\n");
	return hold_each(c->store, false, hold, &w);
}

/* Which hold stops it stands above. */
static void
planned(struct page *p, struct call *c, const struct right_state *st,
    const char *to)
{
	int64_t held;
	bw_err r = right_held(c->store, st, c->now, &held);

	if (p->r == BW_OK)
		p->r = r;
	if (held != 0)
		since(p, N_("The erasure is planned, and a hold stops it "
		    "since"), held);
	else
		since(p, N_("All is erased on"), st->erase_due);
	if (!right_can_undo(st)) {
		say_in(p, "p", N_("It is being erased: that can no longer be "
		    "undone."));
		return;
	}
	if (c->now >= st->erase_due && held == 0)
		say_in(p, "p", N_("Its time has come, and nothing is erased "
		    "yet: that happens within minutes, or once the clock is "
		    "no longer in doubt (Duties). Until then it can be "
		    "undone."));
	cases_button(p, c, to, "erase-undo", N_("Undo the erasure"));
}

static void
erasure(struct page *p, struct call *c, const struct case_file *f,
    const struct right_state *st, const struct proof_faults *faults)
{
	static const struct proof_faults none = { NULL, NULL };
	char to[48];

	snprintf(to, sizeof(to), "/cases/%" PRIu64 "/act", f->num);
	if (st->erase_planned != 0) {
		planned(p, c, st, to);
		return;
	}
	if (f->proof == PROOF_NONE) {
		say_in(p, "p", N_("An erasure can be planned when it is noted "
		    "above how the person showed who it is."));
		return;
	}
	page_raw(p, faults != NULL ? "<details class=\"danger\" open>\n" :
	    "<details class=\"danger\">\n");
	say_in(p, "summary", N_("Erase this person"));
	say_in(p, "p", N_("Badges are blocked and shares are out of lists and "
	    "exports at once. All is erased later, on the day that the person "
	    "is told, and can be undone until then."));
	form_begin(p, c, to, false);
	form_hidden(p, "do", "erase");
	proof_fields(p, c, faults != NULL ? faults : &none);
	form_end(p, N_("Plan the erasure"));
	page_raw(p, "</details>\n");
}

bw_err
cases_person(struct page *p, struct call *c, const struct case_file *f,
    const struct cases_typed *typed)
{
	struct right_state st;
	struct registration r;
	bw_err e = BW_OK;

	if (f->quarter != 0)
		e = cases_beside(p, c, f);
	if (e == BW_OK && f->quarter != 0 && f->seq == 0)
		return BW_OK;
	say_in(p, "h2", N_("The person"));
	if (e != BW_OK || f->registration == 0)
		return e != BW_OK ? e : unknown(p, c, f, typed != NULL &&
		    typed->find != NULL ? typed->find : "");
	if ((e = store_registration_get(c->store, f->registration, &r)) ==
	    BW_OK && (e = right_look(c->store, f->registration, &st)) ==
	    BW_OK) {
		proof(p, c, f);
		values(p, &r);
		e = holds(p, c, f);
		if (e == BW_OK && r.status != REG_DELETED) {
			copy(p, c, f);
			correct(p, c, f, &r, typed);
			e = withheld(p, c, f, &st);
			erasure(p, c, f, &st, typed != NULL ? typed->erase :
			    NULL);
		}
		if (e == BW_OK)
			e = cases_shares(p, c, f);
	}
	explicit_bzero(&r, sizeof(r));
	return e;
}
