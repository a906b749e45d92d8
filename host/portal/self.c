// SPDX-License-Identifier: Apache-2.0
#include "host/portal/self.h"

#include <stdio.h>
#include <string.h>

#include "host/password.h"
#include "host/portal/form.h"
#include "host/portal/proof.h"
#include "host/route.h"

#define PASSWORD_SIZE 600

static const struct form_choice languages[] = {
	{ "", N_("As the browser says") }, { "en", "English" },
	{ "de", "Deutsch" }, { NULL, NULL }
};

static void
profile(struct page *p, struct call *c, const char *error)
{
	const struct account *a = &c->me->login.account;

	say_in(p, "h2", N_("Name and language"));
	form_begin(p, c, "/me/profile", false);
	form_input(p, &(struct form_field){ .name = "name", .error = error,
	    .label = N_("Name"), .value = a->name, .complete = "name",
	    .optional = true, .most = ACCOUNT_NAME_MAX,
	    .hint = N_("As colleagues see it.") });
	form_select(p, &(struct form_field){ .name = "language",
	    .label = N_("Language"), .value = a->language, .optional = true },
	    languages);
	form_end(p, N_("Save"));
}

static void
password(struct page *p, struct call *c, const struct self_faults *f)
{
	say_in(p, "h2", N_("Password"));
	form_begin(p, c, "/me/password", false);
	form_input(p, &(struct form_field){ .name = "password",
	    .type = "password", .label = N_("New password"),
	    .error = f->password, .complete = "new-password",
	    .hint = N_("At least 12 characters. Your other logins end.") });
	form_input(p, &(struct form_field){ .name = "again",
	    .type = "password", .label = N_("The same once more"),
	    .error = f->again, .complete = "new-password" });
	proof_fields(p, c, &f->proof);
	form_end(p, N_("Change the password"));
}

static void
second(struct page *p, const struct call *c)
{
	const struct account *a = &c->me->login.account;

	say_in(p, "h2", N_("Second factor"));
	if (!a->second) {
		say_in(p, "p", N_("There is none: whoever learns your password "
		    "can log in."));
		page_raw(p, "<p class=\"no-paper\">");
		layout_link(p, "/me/second", N_("Set up a second factor"));
		page_raw(p, "</p>\n");
		return;
	}
	page_raw(p, "<p>");
	say_count(p, N_("It is on, and one recovery code is left."),
	    N_("It is on, and %s recovery codes are left."),
	    a->recovery_left);
	page_raw(p, "</p>\n<p>");
	layout_link(p, "/me/recovery", N_("New recovery codes"));
	page_raw(p, "</p>\n<p>");
	layout_link(p, "/me/second", N_("Move to another phone"));
	if (!account_role_needs_second(a->role)) {
		page_raw(p, "</p>\n<p>");
		layout_link(p, "/me/second/remove",
		    N_("Remove the second factor"));
	}
	page_raw(p, "</p>\n");
}

struct logins {
	struct page *p;
	struct call *c;
};

static bw_err
login_row(void *arg, const struct login *l)
{
	struct logins *w = arg;
	char action[48];

	table_row(w->p);
	table_value(w->p, l->agent);
	table_value(w->p, l->address);
	table_time(w->p, l->seen_at);
	table_time(w->p, l->created_at);
	table_cell(w->p);
	if (l->num == w->c->me->login.num) {
		say(w->p, N_("this one"));
		return w->p->r;
	}
	snprintf(action, sizeof(action), "/me/logins/%llu/end",
	    (unsigned long long)l->num);
	form_button(w->p, w->c, action, N_("End it"));
	return w->p->r;
}

static void
logins(struct page *p, struct call *c)
{
	static const char *const heads[] = { N_("Browser"), N_("Address"),
		N_("Last seen"), N_("Since"), "", NULL };
	struct logins w = { p, c };
	bw_err r;

	say_in(p, "h2", N_("Where you are logged in"));
	table_begin(p, N_("Where you are logged in"), heads);
	r = login_each(c->store, c->me->login.account.id, c->now, login_row,
	    &w);
	table_end(p);
	if (p->r == BW_OK)
		p->r = r;
}

void
self_page(struct call *c, unsigned status, const struct self_faults *f)
{
	struct page p;

	layout_begin(&p, c, status, N_("My account"));
	page_raw(&p, "<p>");
	page_value(&p, c->me->login.account.mail);
	page_raw(&p, " · ");
	say(&p, layout_role(c->me->login.account.role));
	page_raw(&p, "</p>\n");
	profile(&p, c, f->name);
	password(&p, c, f);
	second(&p, c);
	logins(&p, c);
	self_tokens(&p, c);
	layout_end(&p, c);
}

void
self_show(struct call *c)
{
	self_page(c, 200, &(struct self_faults){ .name = NULL });
}

void
self_profile(struct call *c)
{
	char name[ACCOUNT_NAME_MAX + 1], language[ACCOUNT_LANG_MAX + 1];
	bw_err r = BW_ERR_ARG;

	if (form_value(c, "name", name, sizeof(name)) &&
	    form_value(c, "language", language, sizeof(language)))
		r = account_profile(c->store, c->me->login.account.id, name,
		    language, c->now);
	if (r == BW_OK)
		layout_go(c, "/me", "saved");
	else if (r == BW_ERR_ARG)
		self_page(c, 422, &(struct self_faults){
		    .name = N_("This name is too long or no clean text.") });
	else
		layout_failure(c, r);
}

static void
change(struct call *c, const char *old, const char *new)
{
	const struct account *a = &c->me->login.account;
	struct self_faults f = { .password = password_fault(new, a->mail,
	    c->host->dir->config.event_name) };
	bw_err r;

	/* First, so that no code is used up for it. */
	if (f.password == NULL && proof_given(c, &f.proof)) {
		r = account_password_change(c->store, c->host->dir, a->id,
		    old, new, c->me->login.num, c->now, &f.password);
		if (r == BW_OK)
			layout_go(c, "/me", "password");
		else
			layout_failure(c, r);
	} else if (f.password != NULL || f.proof.password != NULL ||
	    f.proof.code != NULL)
		self_page(c, 422, &f);
}

void
self_password(struct call *c)
{
	char old[PASSWORD_SIZE], new[PASSWORD_SIZE], again[PASSWORD_SIZE];

	if (http_form(c->in, "proof", old, sizeof(old)) != BW_OK)
		old[0] = 0;
	if (http_form(c->in, "password", new, sizeof(new)) != BW_OK ||
	    http_form(c->in, "again", again, sizeof(again)) != BW_OK ||
	    strcmp(new, again) != 0)
		self_page(c, 422, &(struct self_faults){
		    .again = N_("The two are not the same.") });
	else
		change(c, old, new);
	explicit_bzero(old, sizeof(old));
	explicit_bzero(new, sizeof(new));
	explicit_bzero(again, sizeof(again));
}

void
self_login_end(struct call *c)
{
	uint64_t num;
	bw_err r = layout_id(c, &num);

	if (r == BW_OK)
		r = login_end(c->store, c->me->actor,
		    c->me->login.account.id, num, c->now);
	if (r == BW_OK)
		layout_go(c, "/me", "ended");
	else
		layout_failure(c, r);
}
