// SPDX-License-Identifier: Apache-2.0
/* One case: what it is, what was done, how it is answered. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/case_erase.h"
#include "host/case_stop.h"
#include "host/not_me.h"
#include "host/portal/acts.h"
#include "host/portal/cases.h"
#include "host/portal/draft.h"
#include "host/store_device.h"

#define STEPS 500

static void
fact_left(struct page *p, struct call *c, const struct case_file *f)
{
	page_raw(p, "<dt>");
	say(p, N_("Due"));
	page_raw(p, "</dt>\n<dd>");
	page_time(p, f->due);
	if (case_is_open(f->state)) {
		page_raw(p, " · ");
		cases_left(p, f->due, c->now);
	}
	page_raw(p, "</dd>\n");
}

static void
fact_share(struct page *p, struct call *c, const struct case_file *f)
{
	struct store_device d;
	char id[TEXT_ID_MAX + 24];

	if (f->device == 0 ||
	    store_device_num(c->store, f->device, &d) != BW_OK)
		return;
	if (f->seq == 0)
		snprintf(id, sizeof(id), "%s", d.name);
	else
		snprintf(id, sizeof(id), "%s-%" PRIu64, d.name, f->seq);
	fact_value(p, f->seq == 0 ? N_("Device") : N_("Share"), id);
}

/* Whether what was asked for holds now, which the state of the case, and that
 * it was done, do not say. */
static void
in_force(struct page *p, struct call *c, const struct case_file *f)
{
	struct case_force force;
	bw_err r = case_force(c->store, f, &force);

	if (p->r == BW_OK)
		p->r = r;
	if (force.from == 0)
		return;
	fact_time(p, N_("In force since"), force.from);
	if (force.until != 0)
		fact_time(p, N_("No longer in force since"), force.until);
}

static void
facts(struct page *p, struct call *c, const struct case_file *f)
{
	static const char *const texts[CASE_TEXTS] = { N_("Why it takes "
	    "longer"), N_("Why it was refused"), N_("Fee"), N_("Outcome"),
	    N_("What the person asked for") };
	char num[24], who[ACCOUNT_MAIL_MAX + 1];

	if (strcmp(f->opened_by, "attendee") == 0)
		snprintf(who, sizeof(who), "%s", catalogue_find(p->w->lang,
		    N_("the attendee")));
	else
		layout_actor(c, f->opened_by, who);
	snprintf(num, sizeof(num), "%" PRIu64, f->registration);
	page_raw(p, "<dl class=\"facts\">\n");
	fact_value(p, N_("What"), catalogue_find(p->w->lang,
	    cases_type(f->type)));
	fact_value(p, N_("State"), catalogue_find(p->w->lang,
	    cases_state(f->state)));
	fact_left(p, c, f);
	fact_time(p, N_("Received"), f->received);
	in_force(p, c, f);
	if (f->extended_at != 0)
		fact_time(p, N_("Extended"), f->extended_at);
	fact_value(p, N_("Proved who it is"), catalogue_find(p->w->lang,
	    cases_proof(f->proof)));
	fact_value(p, N_("Registration"), f->registration != 0 ? num : "");
	fact_share(p, c, f);
	fact_value(p, N_("Language of the answer"), draft_language(p,
	    f->language));
	fact_value(p, N_("Taken in by"), who);
	if (f->closed_at != 0)
		fact_time(p, N_("Closed"), f->closed_at);
	for (int i = 0; i < CASE_TEXTS; i++)
		if (f->text[i][0] != 0)
			fact_value(p, texts[i], f->text[i]);
	page_raw(p, "</dl>\n");
}

struct steps {
	struct page *p;
	struct call *c;
};

/* The detail of what is said stands in the facts above. */
static bw_err
step(void *arg, const struct audit_row *a)
{
	const struct steps *w = arg;
	struct page *p = w->p;

	if (audit_did(a, DID_CASE_LOOK))
		return BW_OK;
	table_row(p);
	table_time(p, a->at);
	table_cell(p);
	acts_said(p, a);
	(void)acts_who(p, w->c, a->actor);
	return p->r;
}

static bw_err
steps(struct page *p, struct call *c, const struct case_file *f)
{
	static const char *const heads[] = { N_("When"), N_("What"),
		N_("Who"), NULL };
	char object[32];
	bw_err r;

	snprintf(object, sizeof(object), "case %" PRIu64, f->num);
	say_in(p, "h2", N_("Letters to the person"));
	if ((r = cases_letters(p, c, f)) != BW_OK)
		return r;
	say_in(p, "h2", N_("Steps"));
	table_begin(p, N_("Steps"), heads);
	r = audit_each(c->store, 0, STEPS, object, step,
	    &(struct steps){ p, c });
	table_end(p);
	say_in(p, "p", N_("Each look at this page is in the audit too."));
	return r;
}

struct way {
	const char *act, *title, *says, *name, *label, *button;
	enum case_text text;
};

static const struct way ways[] = {
	{ "done", N_("Answer it: done"), N_("What was asked for is done. The "
	    "letter says so with your words, and the case is closed."),
	    "outcome", N_("What was done, in the person's language"),
	    N_("Show the letter"), CASE_OUTCOME },
	{ "extend", N_("Extend it"), N_("Up to three months from receipt, if "
	    "the request is complex or there are many. The letter with the "
	    "reason goes at once."), "why_longer",
	    N_("Why it takes longer, in the person's language"),
	    N_("Show the letter"), CASE_WHY_LONGER },
	{ "refuse", N_("Refuse it"), N_("Only for a reason in law. The letter "
	    "gives the reason, and says that the person may complain to the "
	    "authority and go to court. The case is closed."), "why_refused",
	    N_("Why it is refused, in the person's language"),
	    N_("Show the letter"), CASE_WHY_REFUSED },
	{ "drop", N_("Drop it"), N_("The person took the request back, or it was "
	    "opened by mistake. The letter says so with your words, and the "
	    "case is closed."), "why_dropped",
	    N_("Why it is dropped, in the person's language"),
	    N_("Show the letter"), CASE_OUTCOME },
	{ "fee", N_("Note a fee"), N_("Answers are free. A fee is allowed only "
	    "for requests that are plainly unfounded or excessive, and that "
	    "must be shown. No letter goes: tell the person yourself, before "
	    "you go on."), "fee", N_("What fee, and why"), N_("Save"),
	    CASE_FEE },
};

static void
way(struct page *p, struct call *c, const struct case_file *f,
    const struct way *w, const struct cases_typed *typed)
{
	bool mine = typed != NULL && typed->act != NULL &&
	    strcmp(typed->act, w->act) == 0;
	const char *error = mine ? typed->error[w->text] : NULL;
	const char *text = mine ? typed->text[w->text] : "";
	char to[48];

	snprintf(to, sizeof(to), "/cases/%" PRIu64 "/answer", f->num);
	page_raw(p, w->text == CASE_WHY_REFUSED ?
	    "<details class=\"danger\"" : "<details class=\"step\"");
	page_raw(p, error != NULL || text[0] != 0 ? " open>\n" : ">\n");
	say_in(p, "summary", w->title);
	say_in(p, "p", w->says);
	form_begin(p, c, to, false);
	form_hidden(p, "do", w->act);
	form_area(p, &(struct form_field){ .name = w->name,
	    .label = w->label, .value = text, .error = error,
	    .hint = N_("It is kept with the case and wiped with it, or when "
	    "the person is erased; the audit does not have it."),
	    .room = CASE_TEXT_MAX, .lines = true,
	    .typed = error != NULL ? c : NULL }, 4);
	form_end(p, w->button);
	page_raw(p, "</details>\n");
}

/* An erasure that is planned: the case closes with it, and until then either it
 * is on its way or staff owe an answer. */
static bw_err
erasure(struct page *p, struct call *c, const struct case_file *f, bool *waits)
{
	struct right_state st;
	int64_t held;
	bw_err r;

	if ((r = case_erase_waits(c->store, f, waits)) != BW_OK || !*waits ||
	    (r = right_look(c->store, f->registration, &st)) != BW_OK ||
	    (r = right_held(c->store, &st, c->now, &held)) != BW_OK)
		return r;
	if (held != 0)
		layout_note(p, "warning", N_("A hold stops the erasure, and the "
		    "time of this case runs on. The person is told by a letter "
		    "that it waits. Extend the case, or refuse it when the hold "
		    "will stand for longer: then the person has the reason and "
		    "the right to complain. When the hold is lifted another "
		    "letter says for when the erasure is."));
	else
		layout_note(p, "info", N_("The erasure is planned and not "
		    "done. When it takes effect, the case that it was planned "
		    "for is closed by itself as done; a letter to its person "
		    "says for when."));
	return BW_OK;
}

/* What a "not me" holds would wait for ever when its case is closed. */
static bw_err
undecided(struct page *p, struct call *c, const struct case_file *f,
    bool *left)
{
	uint64_t n;
	bw_err r = not_me_left(c->store, f->num, &n);

	*left = n != 0;
	if (n != 0)
		layout_note(p, "info", N_("Shares are held for this case and "
		    "for no other: release or withdraw each of them, then the "
		    "case can be closed."));
	return r;
}

static bw_err
answer(struct page *p, struct call *c, const struct case_file *f,
    const struct cases_typed *typed)
{
	bool waits = false, left = false;
	bw_err r;
	bool may = f->state == CASE_OPEN && c->now <= f->due &&
	    f->type != CASE_BREACH;

	page_raw(p, "<section class=\"no-paper\">\n");
	say_in(p, "h2", N_("Answer"));
	if ((r = erasure(p, c, f, &waits)) == BW_OK)
		r = undecided(p, c, f, &left);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if ((ways[i].text != CASE_WHY_LONGER || may) &&
		    (strcmp(ways[i].act, "done") != 0 || !waits) &&
		    (!left || ways[i].text == CASE_WHY_LONGER ||
		    ways[i].text == CASE_FEE))
			way(p, c, f, &ways[i], typed);
	if (f->state == CASE_OPEN && !may)
		say_in(p, "p", N_("It can no longer be extended: that is "
		    "allowed within the first month only."));
	page_raw(p, "</section>\n");
	return r;
}

void
cases_page(struct call *c, unsigned status, const struct case_file *f,
    const struct cases_typed *typed)
{
	struct page p;
	char num[24];
	bw_err r = BW_OK;

	snprintf(num, sizeof(num), "%" PRIu64, f->num);
	layout_begin(&p, c, status, N_("Case"));
	if (status == 422)
		layout_note(&p, "danger", N_("Nothing was changed: what is "
		    "wrong stands below, beside its field."));
	page_raw(&p, "<p>");
	say_value(&p, N_("Case %s"), num);
	page_raw(&p, "<span class=\"no-paper\"> · ");
	layout_link(&p, "/cases", N_("All cases"));
	page_raw(&p, "</span></p>\n");
	facts(&p, c, f);
	if (case_is_open(f->state)) {
		r = cases_person(&p, c, f, typed);
		if (r == BW_OK)
			r = answer(&p, c, f, typed);
	} else
		layout_note(&p, "info", N_("This case is closed: the person's "
		    "data are not shown here any more."));
	if (r == BW_OK)
		r = steps(&p, c, f);
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}

/* Who looks is written before anything is shown. */
static bw_err
looked(struct call *c, uint64_t num)
{
	bw_err r = store_begin(c->store);

	if (r == BW_OK)
		r = case_step(c->store, num, DID_CASE_LOOK, "", c->me->actor,
		    c->now);
	if (r == BW_OK)
		return store_commit(c->store);
	store_rollback(c->store);
	return r == BW_ERR_GONE ? BW_OK : r;
}

void
cases_show(struct call *c)
{
	struct case_file f;
	uint64_t num;
	bw_err r = layout_id(c, &num);

	memset(&f, 0, sizeof(f));
	if (r == BW_OK && (r = looked(c, num)) == BW_OK)
		r = case_get(c->store, num, &f);
	if (r == BW_OK)
		cases_page(c, 200, &f, NULL);
	else
		layout_failure(c, r);
	explicit_bzero(&f, sizeof(f));
}
