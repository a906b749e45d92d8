// SPDX-License-Identifier: Apache-2.0
/* One's own API tokens. */
#include <stdio.h>
#include <string.h>

#include "host/portal/form.h"
#include "host/portal/self.h"
#include "host/portal/tokens.h"
#include "host/route.h"

struct tokens {
	struct page *p;
	struct call *c;
	bool any;
};

static const char *const heads[] = { N_("What for"), N_("Begins with"),
	N_("May"), N_("Until"), N_("Last used"), "", NULL };

static bw_err
token_row(void *arg, const struct token *t)
{
	struct tokens *w = arg;
	char action[48];

	if (t->revoked_at != 0)
		return BW_OK;
	if (!w->any)
		table_begin(w->p, N_("API tokens"), heads);
	w->any = true;
	snprintf(action, sizeof(action), "/me/tokens/%llu/revoke",
	    (unsigned long long)t->id);
	table_row(w->p);
	table_value(w->p, t->name);
	table_value(w->p, t->prefix);
	table_cell(w->p);
	tokens_say_scopes(w->p, t->scopes);
	table_time(w->p, t->expires_at);
	table_time(w->p, t->last_used);
	table_cell(w->p);
	form_danger(w->p, w->c, action, N_("Revoke"), N_("Programs that use "
	    "it are refused from then on, and nothing brings it back."),
	    t->prefix);
	return w->p->r;
}

/* What an account may let a token do, by its role. */
static const struct form_choice sponsor_scopes[] = {
	{ "leads:read", N_("see leads") },
	{ "leads:read,leads:write", N_("see leads and note on them") },
	{ "devices:read", N_("see devices") }, { NULL, NULL }
};
static const struct form_choice event_scopes[] = {
	{ "devices:read", N_("see devices") },
	{ "logs:read", N_("read logs, for an auditor") }, { NULL, NULL }
};
static const struct form_choice all_scopes[] = {
	{ "devices:read", N_("see devices") },
	{ "logs:read", N_("read logs, for an auditor") },
	{ "metrics:read", N_("read metrics") },
	{ "badges:write", N_("be a writing station") }, { NULL, NULL }
};
static const struct form_choice desk_scopes[] = {
	{ "badges:write", N_("be a writing station") }, { NULL, NULL }
};

static const struct form_choice *
scopes_of(const struct account *a)
{
	if (a->role == ROLE_MANAGER)
		return sponsor_scopes;
	if (a->role == ROLE_DESK)
		return desk_scopes;
	if (a->role == ROLE_ORGANISER)
		return all_scopes;
	return a->role == ROLE_PRIVACY ? event_scopes : NULL;
}

void
self_tokens(struct page *p, struct call *c)
{
	const struct account *a = &c->me->login.account;
	struct tokens w = { p, c, false };
	bw_err r;

	if (scopes_of(a) == NULL)
		return;
	say_in(p, "h2", N_("API tokens"));
	r = token_each(c->store, a->id, NULL, token_row, &w);
	if (w.any)
		table_end(p);
	else
		layout_empty(p, N_("You have none. A token lets a program do "
		    "what you choose, without your password."), NULL, NULL);
	page_raw(p, "<p class=\"no-paper\">");
	layout_link(p, "/me/tokens", N_("Make a token"));
	page_raw(p, "</p>\n");
	if (p->r == BW_OK)
		p->r = r;
}

/* The page that makes one, as it was typed. */
struct typed {
	char name[TOKEN_NAME_MAX + 1], scopes[TOKEN_SCOPES_MAX], days[8];
	const char *error;
	struct proof_faults proof;
};

static void
ask(struct call *c, unsigned status, const struct typed *t)
{
	const struct form_choice *scopes = scopes_of(&c->me->login.account);
	struct page p;

	if (scopes == NULL) {
		layout_failure(c, BW_ERR_NOTFOUND);
		return;
	}
	layout_begin(&p, c, status, N_("Make a token"));
	form_begin(&p, c, "/me/tokens", false);
	form_input(&p, &(struct form_field){ .name = "token",
	    .error = t->error, .value = t->name,
	    .label = N_("What is it for?"), .most = TOKEN_NAME_MAX });
	form_select(&p, &(struct form_field){ .name = "scopes",
	    .value = t->scopes, .label = N_("It may") }, scopes);
	form_input(&p, &(struct form_field){ .name = "days", .type = "number",
	    .label = N_("Days until it ends"), .value = t->days, .most = 3 });
	proof_fields(&p, c, &t->proof);
	form_end(&p, N_("Make a token"));
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/me", N_("Back to my account"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}

void
self_ask_token(struct call *c)
{
	ask(c, 200, &(struct typed){ .days = "30" });
}

static void
show(struct call *c, const char *text)
{
	struct page p;

	layout_begin(&p, c, 200, N_("Your new token"));
	say_in(&p, "p", N_("Copy it now: it is not shown again."));
	page_raw(&p, "<p><code class=\"secret\">");
	page_text(&p, text);
	page_raw(&p, "</code></p>\n<p>");
	layout_link(&p, "/me", N_("Back to my account"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
	c->shown_once = "/me";
}

/* Whether the role's list has these scopes. */
static bool
offered(const struct account *a, const char *scopes)
{
	const struct form_choice *s = scopes_of(a);

	for (; s != NULL && s->value != NULL; s++)
		if (strcmp(s->value, scopes) == 0)
			return true;
	return false;
}

/* What was typed as a token to make. */
static bool
taken(const struct account *a, struct typed *t, struct token_new *out)
{
	uint64_t n;

	*out = (struct token_new){ .name = t->name, .sponsor = a->sponsor,
		.account = a->id };
	if (!offered(a, t->scopes) ||
	    token_scopes_parse(t->scopes, &out->scopes) != BW_OK ||
	    text_number(t->days, strlen(t->days), TOKEN_DAYS_MAX, &n) != BW_OK)
		return false;
	out->days = (unsigned)n;
	return token_new_fault(out) == NULL;
}

static void
make(struct call *c, const struct token_new *in)
{
	char text[TOKEN_SIZE];
	uint64_t id;
	bw_err r = token_add(c->store, c->me->actor, in, c->now, &id, text);

	if (r == BW_OK)
		show(c, text);
	else
		layout_failure(c, r);
	explicit_bzero(text, sizeof(text));
}

void
self_token_add(struct call *c)
{
	struct token_new in;
	struct typed t = { .error = NULL };

	form_value(c, "token", t.name, sizeof(t.name));
	form_value(c, "scopes", t.scopes, sizeof(t.scopes));
	form_value(c, "days", t.days, sizeof(t.days));
	if (!taken(&c->me->login.account, &t, &in)) {
		t.error = N_("Say what it is for, and 1 to 400 days.");
		ask(c, 422, &t);
	} else if (proof_given(c, &t.proof))
		make(c, &in);
	else if (t.proof.password != NULL || t.proof.code != NULL)
		ask(c, 422, &t);
}

void
self_token_revoke(struct call *c)
{
	struct token t;
	uint64_t id;
	bw_err r = layout_id(c, &id);

	if (r == BW_OK)
		r = token_get(c->store, id, &t);
	if (r == BW_OK && t.account != c->me->login.account.id)
		r = BW_ERR_NOTFOUND;
	if (r == BW_OK && !form_confirmed(c, t.prefix)) {
		form_unconfirmed(c, "/me", "word", NULL);
		return;
	}
	if (r == BW_OK)
		r = token_revoke(c->store, c->me->actor, id, c->now);
	if (r == BW_OK)
		layout_go(c, "/me", "revoked");
	else
		layout_failure(c, r);
}
