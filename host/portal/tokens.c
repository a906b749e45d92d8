// SPDX-License-Identifier: Apache-2.0
#include "host/portal/tokens.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/portal/form.h"
#include "host/portal/sponsor.h"

struct walk {
	struct page *p;
	struct call *c;
	bool team;		/* of one sponsor, in its team's page */
	bool any;
};

static const char *const heads_all[] = { N_("What for"), N_("Begins with"),
	N_("May"), N_("Sponsor"), N_("Made by"), N_("Until"),
	N_("Last used"), "", NULL };
static const char *const heads_team[] = { N_("What for"),
	N_("Begins with"), N_("May"), N_("Made by"), N_("Until"),
	N_("Last used"), "", NULL };

void
tokens_say_scopes(struct page *p, unsigned scopes)
{
	static const struct { unsigned scopes; const char *text; } said[] = {
		{ TOKEN_LEADS_READ | TOKEN_LEADS_WRITE,
		    N_("see leads and note on them") },
		{ TOKEN_LEADS_READ, N_("see leads") },
		{ TOKEN_LEADS_WRITE, N_("note on leads") },
		{ TOKEN_DEVICES_READ, N_("see devices") },
		{ TOKEN_LOGS_READ, N_("read logs, for an auditor") },
		{ TOKEN_METRICS_READ, N_("read metrics") },
		{ TOKEN_BADGES_WRITE, N_("be a writing station") },
	};
	const char *sep = "";

	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		if ((scopes & said[i].scopes) != said[i].scopes)
			continue;
		page_text(p, sep);
		say(p, said[i].text);
		sep = "; ";
		scopes &= ~said[i].scopes;
	}
}

static bw_err
made_by(struct walk *w, const struct token *t)
{
	struct account a;
	bw_err r;

	table_cell(w->p);
	if (t->account == 0) {
		say(w->p, N_("the command line"));
		return BW_OK;
	}
	if ((r = account_get(w->c->store, t->account, &a)) == BW_OK)
		page_value(w->p, a.mail);
	return r;
}

static bw_err
row(void *arg, const struct token *t)
{
	struct walk *w = arg;
	char to[64];
	bw_err r;

	/* What is good for nothing any more is in the audit. */
	if (t->revoked_at != 0 || t->expires_at <= w->c->now)
		return BW_OK;
	if (!w->any)
		table_begin(w->p, N_("API tokens"),
		    w->team ? heads_team : heads_all);
	w->any = true;
	table_row(w->p);
	table_value(w->p, t->name);
	table_cell(w->p);
	page_raw(w->p, "<code>");
	page_text(w->p, t->prefix);
	page_raw(w->p, "</code>");
	table_cell(w->p);
	tokens_say_scopes(w->p, t->scopes);
	if (!w->team)
		table_value(w->p, t->sponsor[0] != 0 ? t->sponsor : "–");
	if ((r = made_by(w, t)) != BW_OK)
		return r;
	table_cell(w->p);
	layout_when(w->p, t->expires_at);
	table_cell(w->p);
	if (t->last_used != 0)
		layout_when(w->p, t->last_used);
	else
		say(w->p, N_("never"));
	table_cell(w->p);
	snprintf(to, sizeof(to), "%s/tokens/%" PRIu64 "/revoke",
	    w->team ? "/team" : "", t->id);
	form_danger(w->p, w->c, to, N_("Revoke"), N_("Programs that use it "
	    "are refused from then on, and nothing brings it back."),
	    t->prefix);
	return w->p->r;
}

static void
table(struct walk *w, const char *sponsor, const char *none)
{
	bw_err r = token_each(w->c->store, 0, sponsor, row, w);

	if (w->any)
		table_end(w->p);
	else
		layout_empty(w->p, none, NULL, NULL);
	if (w->p->r == BW_OK)
		w->p->r = r;
}

void
tokens_list(struct call *c)
{
	struct page p;
	struct walk w = { .p = &p, .c = c };

	layout_begin(&p, c, 200, N_("API tokens"));
	table(&w, NULL, N_("There is none. Each makes tokens on the page of "
	    "the own account."));
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/people", N_("People"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}

void
tokens_of_team(struct page *p, struct call *c)
{
	struct walk w = { .p = p, .c = c, .team = true };

	say_in(p, "h2", N_("API tokens"));
	table(&w, sponsor_own(c), N_("No program reads your leads. A manager "
	    "makes a token for one on the page of the own account."));
}

/* sponsor: whose it must be; NULL: anybody's. */
static void
revoke(struct call *c, const char *sponsor, const char *back)
{
	struct token t;
	uint64_t id;
	bw_err r = layout_id(c, &id);

	if (r == BW_OK)
		r = token_get(c->store, id, &t);
	if (r == BW_OK && sponsor != NULL && strcmp(t.sponsor, sponsor) != 0)
		r = BW_ERR_NOTFOUND;
	if (r == BW_OK && !form_confirmed(c, t.prefix)) {
		form_unconfirmed(c, back, "word", NULL);
		return;
	}
	if (r == BW_OK)
		r = token_revoke(c->store, c->me->actor, id, c->now);
	if (r == BW_OK)
		layout_go(c, back, "revoked");
	else
		layout_failure(c, r);
}

void
tokens_revoke(struct call *c)
{
	revoke(c, NULL, "/tokens");
}

void
tokens_team_revoke(struct call *c)
{
	revoke(c, sponsor_own(c), "/team");
}
