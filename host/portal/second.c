// SPDX-License-Identifier: Apache-2.0
#include "host/portal/second.h"

#include <string.h>

#include "host/portal/enter.h"
#include "host/portal/form.h"

static void
instructions(struct page *p, const char *secret, const char *uri)
{
	say_in(p, "p", N_("Scan this with an authenticator app on your phone, "
	    "then type the six digits that it shows."));
	qr_put(p, N_("QR code for an authenticator app"), uri);
	page_raw(p, "<details><summary>");
	say(p, N_("I cannot scan it"));
	page_raw(p, "</summary><p>");
	say(p, N_("Type this secret into the app:"));
	page_raw(p, "</p><p><code class=\"secret\">");
	page_text(p, secret);
	page_raw(p, "</code></p></details>\n");
}

static void
ask_code(struct page *p, struct call *c, const char *action,
    const char *error)
{
	form_begin(p, c, action, false);
	form_input(p, &(struct form_field){ .name = "code",
	    .label = N_("Six digits from the app"), .error = error,
	    .complete = "one-time-code", .most = 12 });
	form_end(p, N_("Switch it on"));
}

static void
show(struct call *c, const char *action, const char *error,
    const char *secret, const char *uri)
{
	struct page p;

	layout_begin(&p, c, error != NULL ? 422 : 200,
	    N_("Set up a second factor"));
	if (c->me->login.stage == LOGIN_ENROL)
		layout_note(&p, "info", N_("Your role needs a second factor "
		    "besides the password. You can go on once it is set up."));
	instructions(&p, secret, uri);
	ask_code(&p, c, action, error);
	layout_end(&p, c);
}

void
second_begin(struct call *c, const char *action)
{
	char secret[ACCOUNT_SECRET_SIZE], uri[ACCOUNT_URI_MAX];
	bw_err r = account_second_begin(c->store, c->host->dir,
	    c->me->login.account.id, c->now, secret, uri);

	if (r == BW_OK)
		show(c, action, NULL, secret, uri);
	else
		layout_failure(c, r);
	explicit_bzero(secret, sizeof(secret));
	explicit_bzero(uri, sizeof(uri));
}

/* None was begun, or not with this host's key: a button that does. */
static void
offer(struct call *c, const char *action)
{
	struct page p;

	layout_begin(&p, c, 200, N_("Set up a second factor"));
	say_in(&p, "p", N_("Your role needs a second factor besides the "
	    "password. You can go on once it is set up."));
	form_begin(&p, c, action, false);
	form_end(&p, N_("Set up a second factor"));
	layout_end(&p, c);
}

void
second_ask(struct call *c, const char *action, const char *error)
{
	char secret[ACCOUNT_SECRET_SIZE], uri[ACCOUNT_URI_MAX];
	bw_err r = account_second_pending(c->store, c->host->dir,
	    c->me->login.account.id, secret, uri);

	if (r == BW_OK)
		show(c, action, error, secret, uri);
	else if (r == BW_ERR_NOTFOUND)
		offer(c, action);
	else
		layout_failure(c, r);
	explicit_bzero(secret, sizeof(secret));
	explicit_bzero(uri, sizeof(uri));
}

/* Without the secret: whoever has only the cookie does not get to see it. */
static void
ask_again(struct call *c, const char *action, const char *error)
{
	struct page p;

	layout_begin(&p, c, 422, N_("Set up a second factor"));
	ask_code(&p, c, action, error);
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, action, N_("Show the QR code again"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}

void
second_show_recovery(struct call *c,
    char recovery[static ACCOUNT_RECOVERY][ACCOUNT_RECOVERY_SIZE])
{
	struct page p;

	layout_begin(&p, c, 200, N_("Your recovery codes"));
	say_in(&p, "p", N_("If you lose your phone, each of these codes lets "
	    "you in once in place of the six digits. Print them or write them "
	    "down now: they are not shown again."));
	page_raw(&p, "<ul class=\"codes\">\n");
	for (size_t i = 0; i < ACCOUNT_RECOVERY; i++) {
		page_raw(&p, "<li><code>");
		page_text(&p, recovery[i]);
		page_raw(&p, "</code></li>\n");
	}
	page_raw(&p, "</ul>\n<p>");
	layout_link(&p, "/start", N_("I have kept them: go on"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
	c->shown_once = "/me";
	explicit_bzero(recovery, ACCOUNT_RECOVERY * ACCOUNT_RECOVERY_SIZE);
}

void
second_take(struct call *c, const char *action)
{
	char recovery[ACCOUNT_RECOVERY][ACCOUNT_RECOVERY_SIZE];
	char code[24], id[LOGIN_ID_SIZE];
	const struct account *a = &c->me->login.account;
	bw_err r;

	if (!enter_gate(c, GATE_CODE, a->mail))
		return;
	form_value(c, "code", code, sizeof(code));
	r = account_second_confirm(c->store, c->host->dir, a->id, code,
	    c->me->login.num, c->wall, recovery);
	explicit_bzero(code, sizeof(code));
	if (r == BW_ERR_DENIED) {
		(c->me->login.stage == LOGIN_ENROL ? second_ask : ask_again)(c,
		    action, N_("This is not the code of now. Wait for the "
		    "next one and type that."));
		return;
	}
	if (r == BW_ERR_NOTFOUND && c->me->login.stage == LOGIN_ENROL) {
		second_begin(c, action);
		return;
	}
	if (r == BW_OK)
		login_gate_give(c->host->gate, GATE_CODE, a->mail,
		    c->in->source);
	if (r == BW_OK)
		r = login_second(c->store, c->me->login.num, c->now, id);
	if (enter_cookie(c, r, id)) {
		c->me->login.stage = LOGIN_FULL;
		second_show_recovery(c, recovery);
	}
	explicit_bzero(recovery, sizeof(recovery));
}
