// SPDX-License-Identifier: Apache-2.0
/* A sponsor's own people, for their manager. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/portal/form.h"
#include "host/portal/people.h"
#include "host/portal/sponsor.h"
#include "host/portal/tokens.h"

struct typed {
	struct people_who who;
	char role[24];
	const char *role_fault;
	struct proof_faults proof;
};

struct walk {
	struct page *p;
	struct call *c;
};

#define LOOKED_AT 50		/* rows of the audit about an account */

static bw_err
on_row(void *arg, const struct audit_row *row)
{
	uint64_t *by = arg;

	if (*by != UINT64_MAX || !audit_did(row, DID_ACCOUNT_DISABLE))
		return BW_OK;
	*by = audit_account(row->actor);
	return BW_OK;
}

/* Whom the sponsor's own people have disabled, they enable again. What an
 * organiser has ended is for an organiser to begin. */
static bw_err
may_enable(struct call *c, const struct account *a, bool *yes)
{
	uint64_t by = UINT64_MAX;	/* not found yet */
	char object[40];
	struct account who;
	bw_err r;

	*yes = false;
	snprintf(object, sizeof(object), "account %" PRIu64, a->id);
	if ((r = audit_each(c->store, 0, LOOKED_AT, object, on_row,
	    &by)) != BW_OK || by == 0 || by == UINT64_MAX)
		return r;
	if ((r = account_get(c->store, by, &who)) == BW_OK)
		*yes = strcmp(who.sponsor, sponsor_own(c)) == 0;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static void
enabling(struct walk *w, const struct account *a, const char *to)
{
	bool yes;
	bw_err r = may_enable(w->c, a, &yes);

	if (w->p->r == BW_OK)
		w->p->r = r;
	if (yes)
		form_button(w->p, w->c, to, N_("Enable"));
	else
		say(w->p, N_("Disabled by the organisers."));
}

static void
acts(struct walk *w, const struct account *a)
{
	char to[64];
	int n = snprintf(to, sizeof(to), "/team/%" PRIu64 "/", a->id);
	char *end = to + n;

	table_cell(w->p);
	if (a->id == w->c->me->login.account.id)
		return;
	if (a->state == ACCOUNT_DISABLED) {
		strcpy(end, "enable");
		enabling(w, a, to);
		return;
	}
	if (account_is_new(a)) {
		strcpy(end, "link");
		page_raw(w->p, "<p class=\"no-paper\">");
		layout_link(w->p, to, N_("Make a new link"));
		page_raw(w->p, "</p>\n");
	} else if (a->state == ACCOUNT_ACTIVE) {
		strcpy(end, "logins");
		form_danger(w->p, w->c, to, N_("End all logins"),
		    N_("The person has to log in again, on all devices."),
		    NULL);
	}
	strcpy(end, "disable");
	form_danger(w->p, w->c, to, N_("Disable"), N_("The person is logged "
	    "out at once and cannot log in until you enable the account again. "
	    "Its tokens end, and so do invitations that it made: they do not "
	    "come back with it. What it noted on leads and acknowledged "
	    "stays, with its name."), NULL);
}

static bw_err
row(void *arg, const struct account *a)
{
	struct walk *w = arg;
	struct page *p = w->p;

	table_row(p);
	page_raw(p, "<th scope=\"row\">");
	page_value(p, a->name[0] != 0 ? a->name : a->mail);
	if (a->name[0] != 0) {
		page_raw(p, "<br><span class=\"quiet\">");
		page_value(p, a->mail);
		page_raw(p, "</span>");
	}
	page_raw(p, "</th>");
	table_cell(p);
	say(p, layout_role(a->role));
	table_cell(p);
	say(p, people_state(a->state));
	table_cell(p);
	say(p, a->second ? N_("yes") : N_("no"));
	table_time(p, a->last_login);
	acts(w, a);
	return p->r;
}

static void
invite_form(struct page *p, struct call *c, const struct typed *t)
{
	static const struct form_choice roles[] = {
		{ "sponsor-scanner", N_("Scanner: counts and notes, no names, "
		    "no export") },
		{ "sponsor-manager", N_("Manager: leads, export and team") },
		{ NULL, NULL } };

	say_in(p, "h2", N_("Invite somebody"));
	form_begin(p, c, "/team", false);
	people_who_fields(p, &t->who);
	form_select(p, &(struct form_field){ .name = "role",
	    .label = N_("Role"), .value = t->role, .error = t->role_fault },
	    roles);
	proof_fields(p, c, &t->proof);
	form_end(p, N_("Make the link"));
}

static void
list(struct call *c, unsigned status, const struct typed *t)
{
	static const char *const heads[] = { N_("Person"), N_("Role"),
		N_("State"), N_("Second factor"), N_("Last login"), "", NULL };
	struct page p;
	struct walk w = { &p, c };
	bw_err r;

	layout_begin(&p, c, status, N_("Team"));
	table_begin(&p, N_("Team"), heads);
	r = account_each(c->store, sponsor_own(c), row, &w);
	table_end(&p);
	invite_form(&p, c, t);
	tokens_of_team(&p, c);
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}

void
team_list(struct call *c)
{
	list(c, 200, &(struct typed){ .role = "" });
}

/* What was typed, and that who typed it is who it seems: last, so that no code
 * is used up for what is refused. false: the answer is filled in. */
static bool
taken(struct call *c, struct typed *t, struct account_new *in)
{
	bool who = people_who_take(c, &t->who);

	form_value(c, "role", t->role, sizeof(t->role));
	if (account_role_parse(t->role, &in->role) != BW_OK ||
	    !account_role_has_sponsor(in->role))
		t->role_fault = N_("Choose one of these.");
	else if (who && proof_given(c, &t->proof))
		return true;
	if (!who || t->role_fault != NULL || t->proof.password != NULL ||
	    t->proof.code != NULL)
		list(c, 422, t);
	return false;
}

void
team_invite(struct call *c)
{
	char code[ACCOUNT_CODE_SIZE];
	struct typed t = { .role = "" };
	struct account_new in = { t.who.mail, t.who.name, ROLE_SCANNER,
		sponsor_own(c), NULL };
	uint64_t id;
	bw_err r;

	if (!taken(c, &t, &in))
		return;
	r = account_invite(c->store, c->me->actor, &in, c->now, &id, code);
	if (r == BW_OK)
		people_link(c, t.who.mail, code, "/team");
	else if (r == BW_ERR_EXISTS) {
		t.who.mail_fault = N_("This address has an account already.");
		list(c, 422, &t);
	} else
		layout_failure(c, r);
	explicit_bzero(code, sizeof(code));
}

/* One of the own people, and not oneself; false: the answer is filled in. */
static bool
another(struct call *c, struct account *a)
{
	uint64_t id;
	bw_err r = layout_id(c, &id);

	if (r == BW_OK)
		r = account_get(c->store, id, a);
	if (r == BW_OK && strcmp(a->sponsor, sponsor_own(c)) != 0)
		r = BW_ERR_NOTFOUND;
	if (r == BW_OK && a->id == c->me->login.account.id)
		r = BW_ERR_DENIED;
	if (r != BW_OK)
		layout_failure(c, r);
	return r == BW_OK;
}

static void
done(struct call *c, bw_err r, const char *word)
{
	if (r == BW_OK)
		layout_go(c, "/team", word);
	else
		layout_failure(c, r);
}

void
team_disable(struct call *c)
{
	struct account a;

	if (another(c, &a))
		done(c, account_disable(c->store, c->me->actor, a.id,
		    c->now), "disabled");
}

void
team_enable(struct call *c)
{
	struct account a;
	bw_err r = BW_OK;
	bool yes;

	if (!another(c, &a))
		return;
	if (a.state == ACCOUNT_DISABLED &&
	    (r = may_enable(c, &a, &yes)) == BW_OK && !yes)
		r = BW_ERR_DENIED;
	if (r == BW_OK)
		r = account_enable(c->store, c->me->actor, a.id, c->now);
	done(c, r, "enabled");
}

void
team_logins(struct call *c)
{
	struct account a;

	if (another(c, &a))
		done(c, login_end_all(c->store, c->me->actor, a.id, 0,
		    c->now), "logins");
}

/* For who was invited and has not come; whoever has been in asks an organiser,
 * so that no manager can step into another's account. false: the answer is
 * filled in. */
static bool
newcomer(struct call *c, struct account *a)
{
	if (!another(c, a))
		return false;
	if (!account_is_new(a))
		layout_failure(c, BW_ERR_DENIED);
	return account_is_new(a);
}

static void
ask_link(struct call *c, const struct account *a,
    const struct proof_faults *f)
{
	people_ask_link(c, a, N_("The earlier link is good for nothing from "
	    "then on."), "/team", f);
}

void
team_ask_link(struct call *c)
{
	struct account a;

	if (newcomer(c, &a))
		ask_link(c, &a, &(struct proof_faults){ NULL, NULL });
}

void
team_link(struct call *c)
{
	char code[ACCOUNT_CODE_SIZE];
	struct proof_faults f;
	struct account a;
	bw_err r;

	if (!newcomer(c, &a))
		return;
	if (!proof_given(c, &f)) {
		if (f.password != NULL || f.code != NULL)
			ask_link(c, &a, &f);
		return;
	}
	r = account_invite_again(c->store, c->me->actor, a.id, c->now, code);
	if (r == BW_OK)
		people_link(c, a.mail, code, "/team");
	else
		layout_failure(c, r);
	explicit_bzero(code, sizeof(code));
}
