// SPDX-License-Identifier: Apache-2.0
#include "host/portal/enter.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "host/portal/form.h"
#include "host/portal/second.h"
#include "host/route.h"

#define PASSWORD_SIZE 600	/* 128 characters of UTF-8, and more */

bool
enter_gate(struct call *c, enum gate_kind kind, const char *mail)
{
	char text[16];
	unsigned wait;
	struct page p;
	bw_err r;

	r = login_gate_take(c->host->gate, c->store, kind, mail,
	    c->in->source, clock_mono_ms(), &wait);
	if (r == BW_OK)
		return true;
	if (r != BW_ERR_DENIED) {
		layout_failure(c, r);
		return false;
	}
	snprintf(text, sizeof(text), "%u", wait);
	layout_begin(&p, c, 429, N_("Too many tries"));
	page_raw(&p, "<p>");
	say_value(&p, N_("Wait %s seconds, then try again."), text);
	page_raw(&p, "</p>\n<p>");
	layout_link(&p, c->in->path, N_("Back"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
	c->out->retry_after = wait;
	return false;
}

bool
enter_cookie(struct call *c, bw_err r, char id[static LOGIN_ID_SIZE])
{
	if (r == BW_OK)
		r = person_cookie(c, id);
	if (r == BW_OK) {
		/* Forms of this very answer carry the new one's secret. */
		memcpy(c->me->id, id, LOGIN_ID_SIZE);
		r = login_csrf(id, c->me->csrf);
	}
	explicit_bzero(id, LOGIN_ID_SIZE);
	if (r == BW_OK)
		return true;
	c->out->cookies = 0;
	layout_failure(c, r);
	return false;
}

void
enter_start(struct call *c)
{
	http_go(c->out, layout_first(c->me->login.account.role));
}

static void
ask(struct call *c, unsigned status, const char *mail, const char *error)
{
	struct page p;

	layout_begin(&p, c, status, N_("Log in"));
	if (error != NULL)
		layout_note(&p, "danger", error);
	form_begin(&p, c, "/login", false);
	form_input(&p, &(struct form_field){ .name = "mail", .type = "email",
	    .label = N_("Mail address"), .value = mail,
	    .complete = "username", .most = ACCOUNT_MAIL_MAX });
	form_input(&p, &(struct form_field){ .name = "password",
	    .type = "password", .label = N_("Password"),
	    .complete = "current-password" });
	form_end(&p, N_("Log in"));
	page_raw(&p, "<p class=\"hint\">");
	say(&p, N_("No account, or the password forgotten? An organiser can "
	    "send you a link."));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}

void
enter_ask(struct call *c)
{
	if (c->me->who.login != NULL)
		http_go(c->out, "/start");
	else
		ask(c, 200, NULL, NULL);
}

static void
begin(struct call *c, const struct account *a)
{
	char secret[ACCOUNT_SECRET_SIZE], uri[ACCOUNT_URI_MAX];
	char id[LOGIN_ID_SIZE] = "";
	bw_err r = BW_OK;

	/* Here, so that the page which shows it writes nothing. */
	if (!a->second && account_role_needs_second(a->role)) {
		r = account_second_begin(c->store, c->host->dir, a->id,
		    c->now, secret, uri);
		explicit_bzero(secret, sizeof(secret));
		explicit_bzero(uri, sizeof(uri));
	}
	if (r == BW_OK)
		r = login_start(c->store, a, strict_value(c->in->head,
		    "User-Agent"), c->in->source, c->now, id);
	if (enter_cookie(c, r, id))
		http_go(c->out, "/start");
}

void
enter_password(struct call *c)
{
	char mail[ACCOUNT_MAIL_MAX + 1], password[PASSWORD_SIZE];
	struct account a;
	bw_err r;

	form_value(c, "mail", mail, sizeof(mail));
	if (!enter_gate(c, GATE_PASSWORD, mail))
		return;
	if (http_form(c->in, "password", password, sizeof(password)) != BW_OK)
		password[0] = 0;
	r = account_password_check(c->store, mail, password, c->now, &a);
	explicit_bzero(password, sizeof(password));
	if (r == BW_OK) {
		login_gate_give(c->host->gate, GATE_PASSWORD, mail,
		    c->in->source);
		begin(c, &a);
	} else if (r == BW_ERR_DENIED)
		ask(c, 403, mail, N_("Mail address and password do not fit "
		    "together."));
	else
		layout_failure(c, r);
}

static void
ask_second(struct call *c, const char *error)
{
	struct page p;

	layout_begin(&p, c, error != NULL ? 422 : 200,
	    N_("Your second factor"));
	form_begin(&p, c, "/login/second", false);
	form_input(&p, &(struct form_field){ .name = "code",
	    .label = N_("Six digits from the app"), .error = error,
	    .hint = N_("Or one of your recovery codes."),
	    .complete = "one-time-code", .most = 24 });
	form_end(&p, N_("Go on"));
	layout_end(&p, c);
}

void
enter_ask_second(struct call *c)
{
	if (c->me->login.stage != LOGIN_SECOND)
		http_go(c->out, "/start");
	else
		ask_second(c, NULL);
}

void
enter_second(struct call *c)
{
	const struct account *a = &c->me->login.account;
	char code[32], id[LOGIN_ID_SIZE];
	bw_err r;

	if (c->me->login.stage != LOGIN_SECOND) {
		http_go(c->out, "/start");
		return;
	}
	if (!enter_gate(c, GATE_CODE, a->mail))
		return;
	form_value(c, "code", code, sizeof(code));
	r = account_second_check(c->store, c->host->dir, a->id, code, c->wall);
	explicit_bzero(code, sizeof(code));
	if (r == BW_ERR_DENIED) {
		ask_second(c, N_("This code is not good: it is wrong, over, or "
		    "was used already."));
		return;
	}
	if (r == BW_OK) {
		login_gate_give(c->host->gate, GATE_CODE, a->mail,
		    c->in->source);
		r = login_second(c->store, c->me->login.num, c->now, id);
	}
	if (enter_cookie(c, r, id))
		http_go(c->out, "/start");
}

void
enter_ask_enrol(struct call *c)
{
	if (c->me->login.stage != LOGIN_ENROL)
		http_go(c->out, "/start");
	else
		second_ask(c, "/login/enrol", NULL);
}

void
enter_enrol(struct call *c)
{
	if (c->me->login.stage != LOGIN_ENROL)
		http_go(c->out, "/start");
	else
		second_take(c, "/login/enrol");
}

void
enter_log_out(struct call *c)
{
	bw_err r;

	r = login_end(c->store, c->me->actor, c->me->login.account.id,
	    c->me->login.num, c->now);
	if (r == BW_OK || r == BW_ERR_NOTFOUND)
		r = person_cookie(c, NULL);
	if (r == BW_OK)
		layout_go(c, "/login", "out");
	else
		layout_failure(c, r);
}
