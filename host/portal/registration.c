// SPDX-License-Identifier: Apache-2.0
/* One registration: who, its badges, what staff may decide about it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/import/why.h"
#include "host/portal/acts.h"
#include "host/portal/mails.h"
#include "host/portal/registrations.h"
#include "host/right.h"
#include "host/store_handed.h"

const struct form_choice regs_withhold_reasons[] = {
	{ "", N_("Choose a reason") },
	{ "objection", N_("The person objected") },
	{ "restriction", N_("The data is restricted") },
	{ "not-coming", N_("The person does not come") },
	{ "mistake", N_("The registration is a mistake") },
	{ NULL, NULL } };
const struct form_choice regs_release_reasons[] = {
	{ "", N_("Choose a reason") },
	{ "settled", N_("What it was withheld for is settled") },
	{ "undo", N_("It was withheld by mistake") },
	{ NULL, NULL } };

/* A ticket that is another's now stands under its number here too. */
static void
key(struct page *p, const struct registration *r)
{
	char ticket[REG_KEY_MAX + 1];

	handed_ticket(r, ticket);
	fact_value(p, N_("Key of the shop"), ticket);
}

static void
facts(struct page *p, const struct registration *r)
{
	char id[24];

	snprintf(id, sizeof(id), "%" PRIu64, r->id);
	page_raw(p, "<dl class=\"facts\">\n");
	fact_value(p, N_("Number"), id);
	for (int f = 1; f <= FIELD_COUNT; f++)
		fact_value(p, p->w->field[f], r->values.v[f]);
	key(p, r);
	fact_value(p, N_("Status"), catalogue_find(p->w->lang, regs_status(r)));
	page_raw(p, "<dt>");
	say(p, N_("Changed"));
	page_raw(p, "</dt>\n<dd>");
	page_time(p, r->changed_at);
	page_raw(p, "</dd>\n</dl>\n");
}

/* Nobody types values here: how one is put right. */
static void
mistyped(struct page *p, const struct registration *r)
{
	if (r->status == REG_DELETED)
		return;
	page_raw(p, "<p class=\"hint no-paper\">");
	say(p, N_("What is mistyped is put right in the ticket shop, and comes "
	    "with the next import; or the person asks for a correction:"));
	page_raw(p, " ");
	layout_link(p, "/requests", N_("Take in a request"));
	page_raw(p, "</p>\n");
}

struct made {
	struct page *p;
	bool refused;			/* whoever's it is does not attend */
};

static bw_err
made_row(void *arg, const struct store_badge_made *m)
{
	const struct made *w = arg;
	struct page *p = w->p;

	table_row(p);
	table_number(p, m->issue);
	table_value(p, m->type);
	table_cell(p);
	if (m->on_badge != 0)
		regs_fields(p, m->on_badge);
	else
		say(p, N_("a badge without values"));
	table_time(p, m->issued_at);
	table_cell(p);
	if (m->retired_at == 0)
		say(p, w->refused ? N_("refused at every booth") : N_("good"));
	else {
		say(p, N_("blocked since"));
		page_raw(p, " ");
		page_time(p, m->retired_at);
	}
	return p->r;
}

static bw_err
badges(struct page *p, struct call *c, const struct registration *r)
{
	static const char *const heads[] = { N_("Issue"), N_("Kind of tag"),
		N_("On the badge"), N_("Made"), N_("State"), NULL };
	struct store_badge_state b;
	char href[STRICT_TARGET_MAX + 1], id[24];
	struct made w = { p, regs_no_badge(r->status) != NULL };
	bw_err e = store_badge_state(c->store, r->id, &b);

	say_in(p, "h2", N_("Badge"));
	if (e != BW_OK)
		return e;
	if (b.state == BADGE_STATE_NONE)
		say_in(p, "p", N_("None was made yet."));
	else {
		table_begin(p, N_("Badges that were made"), heads);
		e = store_badge_made_each(c->store, r->id, made_row, &w);
		table_end(p);
	}
	if (regs_no_badge(r->status) != NULL) {
		say_in(p, "p", regs_no_badge(r->status));
		return e;
	}
	snprintf(id, sizeof(id), "%" PRIu64, r->id);
	regs_link(href, "/badges", "registration", id, NULL);
	page_raw(p, "<p><a class=\"btn btn-primary\" href=\"");
	page_text(p, href);
	page_raw(p, "\">");
	say(p, N_("Write a badge"));
	page_raw(p, "</a></p>\n");
	say_in(p, "h3", N_("What fits on which tag"));
	regs_budget(p, c, &r->values, &b);
	return e;
}

static bw_err
history_row(void *arg, const struct audit_row *a)
{
	struct page *p = ((void **)arg)[0];
	bool *any = ((void **)arg)[1];
	struct call *c = ((void **)arg)[2];
	static const char *const heads[] = { N_("When"), N_("What"),
		N_("Who"), N_("Detail"), NULL };

	if (!*any) {
		say_in(p, "h2", N_("What was decided"));
		table_begin(p, N_("What was decided"), heads);
	}
	*any = true;
	table_row(p);
	table_time(p, a->at);
	table_cell(p);
	acts_said(p, a);
	(void)acts_who(p, c, a->actor);
	table_cell(p);
	acts_detail(p, a->detail);
	return p->r;
}

static bw_err
history(struct page *p, struct call *c, const struct registration *r)
{
	char object[40];
	bool any = false;
	void *arg[] = { p, &any, c };
	bw_err e;

	snprintf(object, sizeof(object), "registration %" PRIu64, r->id);
	e = audit_each(c->store, 0, 20, object, history_row, arg);
	if (any)
		table_end(p);
	return e;
}

static void
since(struct page *p, const char *sentence, int64_t at)
{
	if (at == 0)
		return;
	page_raw(p, "<p>");
	say(p, sentence);
	page_raw(p, " ");
	page_time(p, at);
	page_raw(p, "</p>\n");
}

/* No case asks for it: staff decided it, on the command line. */
static bool
erased_by_staff(const struct right_state *st)
{
	return st->erase_due != 0 && st->erase_case == 0 &&
	    st->restricted == 0 && st->objected == 0;
}

/* Withheld for a right: only the person's word takes that back. */
static bool
of_person(struct page *p, struct call *c, const struct registration *r)
{
	struct right_state st;
	bw_err e = right_look(c->store, r->id, &st);

	if (e != BW_OK && p->r == BW_OK)
		p->r = e;
	if (e != BW_OK || !right_of_person(&st))
		return false;
	layout_note(p, "info", erased_by_staff(&st) ? N_("The privacy officer "
	    "has decided to erase it; nobody had asked for that. Until it takes "
	    "effect the privacy officer can take it back.") :
	    N_("The person objected, had the data "
	    "restricted or asked for the erasure. Only the person can take "
	    "that back: on its own page, or with a request that you take in "
	    "and the privacy officer carries out."));
	since(p, N_("The person has objected, on"), st.objected);
	since(p, N_("Restricted since"), st.restricted);
	since(p, N_("Its erasure is planned, for"), st.erase_due);
	page_raw(p, "<p class=\"no-paper\">");
	layout_link(p, "/requests", N_("Take in a request"));
	page_raw(p, "</p>\n");
	return true;
}

static void
decide(struct page *p, struct call *c, const struct registration *r,
    const char *error)
{
	bool release = r->status == REG_WITHHELD;
	char to[64];

	if (r->status == REG_DELETED || (release && of_person(p, c, r)))
		return;
	snprintf(to, sizeof(to), "/registrations/%" PRIu64 "/%s", r->id,
	    release ? "release" : "withhold");
	page_raw(p, error != NULL ? "<details class=\"danger\" open>\n" :
	    "<details class=\"danger\">\n");
	say_in(p, "summary", release ? N_("Release") : N_("Withhold"));
	say_in(p, "p", release ? N_("Badges may be made again, and those that "
	    "are good are taken again by all devices. Its leads are in "
	    "exports again.") : N_("No badge is made, those there are "
	    "blocked on every device, and its leads are left out of exports. "
	    "Imports do not lift it. You can release it here again, unless the "
	    "person objected or had the data restricted."));
	form_begin(p, c, to, false);
	form_select(p, &(struct form_field){ .name = "reason",
	    .label = N_("Reason"), .error = error, .hint = N_("It goes into "
	    "the audit.") }, release ? regs_release_reasons :
	    regs_withhold_reasons);
	form_end(p, release ? N_("Release") : N_("Withhold"));
	page_raw(p, "</details>\n");
}

static void
minor(struct page *p, struct call *c, const struct registration *r)
{
	char href[48];

	if (access_may(ACT_MINORS, c->me->login.account.role) &&
	    (r->status == REG_ATTENDING || r->status == REG_CANCELLED)) {
		snprintf(href, sizeof(href), "/minors/%" PRIu64, r->id);
		page_raw(p, "<p class=\"no-paper\">");
		layout_link(p, href, N_("It is a minor's"));
		page_raw(p, "</p>\n");
	}
	if (r->status != REG_MINOR)
		return;
	layout_note(p, "warning", N_("By the report this is a minor. No badge "
	    "is made, and one that was made before is blocked."));
	page_raw(p, "<p>");
	snprintf(href, sizeof(href), "/minors/%" PRIu64, r->id);
	if (access_may(ACT_MINORS, c->me->login.account.role))
		layout_link(p, href, N_("If the age is a mistake, release "
		    "it"));
	else
		say(p, N_("If the age is a mistake, an organiser or the "
		    "privacy officer can release it."));
	page_raw(p, "</p>\n");
}

static void
show(struct call *c, unsigned status, const struct registration *r,
    const char *error)
{
	struct page p;
	bw_err e;

	layout_begin(&p, c, status, N_("Registration"));
	if (error != NULL)
		layout_note(&p, "danger", N_("Nothing was changed: what is "
		    "wrong stands below, beside its field."));
	minor(&p, c, r);
	mails_sign(&p, c, r->id);
	facts(&p, r);
	mistyped(&p, r);
	decide(&p, c, r, error);
	if ((e = badges(&p, c, r)) == BW_OK)
		e = history(&p, c, r);
	if (p.r == BW_OK)
		p.r = e;
	layout_end(&p, c);
}

void
registration_show(struct call *c)
{
	struct registration r;

	if (regs_find(c, 0, &r))
		show(c, 200, &r, NULL);
	explicit_bzero(&r, sizeof(r));
}

static void
changed(struct call *c, uint64_t id, bw_err e, const char *done)
{
	char path[48];

	snprintf(path, sizeof(path), "/registrations/%" PRIu64, id);
	if (e == BW_OK)
		layout_go(c, path, done);
	else if (e == BW_ERR_EXISTS || e == BW_ERR_GONE)
		layout_go(c, path, "otherwise");
	else
		layout_failure(c, e);
}

void
registration_withhold(struct call *c)
{
	struct registration r;
	char reason[24];

	if (!regs_find(c, 0, &r))
		return;
	if (!regs_reason(c, regs_withhold_reasons, reason))
		show(c, 422, &r, N_("Choose a reason."));
	else
		changed(c, r.id, regs_change(c, &r, REG_WITHHELD,
		    DID_REGISTRATION_WITHHOLD, reason), regs_of_person(reason) ?
		    "withheld-wish" : "withheld");
	explicit_bzero(&r, sizeof(r));
}

void
registration_release(struct call *c)
{
	struct registration r;
	char reason[24];
	bw_err e;

	if (!regs_find(c, 0, &r))
		return;
	/* A minor is released elsewhere, by others. */
	if (r.status != REG_WITHHELD)
		changed(c, r.id, BW_ERR_GONE, NULL);
	else if (!regs_reason(c, regs_release_reasons, reason))
		show(c, 422, &r, N_("Choose a reason."));
	else if ((e = regs_change(c, &r, REG_ATTENDING,
	    DID_REGISTRATION_RELEASE, reason)) == BW_ERR_DENIED)
		show(c, 409, &r, NULL);
	else
		changed(c, r.id, e, "released");
	explicit_bzero(&r, sizeof(r));
}
