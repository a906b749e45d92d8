// SPDX-License-Identifier: Apache-2.0
/* Accepting an invitation. */
#include <string.h>

#include "host/portal/enter.h"
#include "host/portal/form.h"
#include "host/route.h"

#define PASSWORD_SIZE 600

static void
ask(struct call *c, const struct account *a, const char *error,
    const char *again)
{
	bool bad = error != NULL || again != NULL;
	struct page p;

	layout_begin(&p, c, bad ? 422 : 200, N_("Welcome"));
	page_raw(&p, "<p>");
	say_value(&p, N_("This account is for %s. Choose a password for it."),
	    a->mail);
	page_raw(&p, "</p>\n");
	form_begin(&p, c, c->in->path, false);
	/* Password managers want to know whose it is. */
	page_raw(&p, "<input type=\"hidden\" autocomplete=\"username\" "
	    "name=\"mail\" value=\"");
	page_text(&p, a->mail);
	page_raw(&p, "\">\n");
	form_input(&p, &(struct form_field){ .name = "password",
	    .type = "password", .label = N_("New password"), .error = error,
	    .hint = N_("At least 12 characters. Several words that only you "
	    "would put together are good."), .complete = "new-password" });
	form_input(&p, &(struct form_field){ .name = "again",
	    .type = "password", .label = N_("The same once more"),
	    .error = again, .complete = "new-password" });
	form_end(&p, N_("Set the password"));
	layout_end(&p, c);
}

/* A code that is not good. */
static void
no_good(struct call *c, bw_err r)
{
	struct page p;

	if (r != BW_ERR_NOTFOUND && r != BW_ERR_EXPIRED &&
	    r != BW_ERR_FORMAT && r != BW_ERR_ARG) {
		layout_failure(c, r);
		return;
	}
	layout_begin(&p, c, 404, N_("This link is not good any more"));
	say_in(&p, "p", N_("It was used, replaced by another one, or is too "
	    "old. An organiser can send you a new one."));
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/login", N_("Log in"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}

void
enter_invited(struct call *c)
{
	char code[STRICT_TARGET_MAX + 1];
	struct account a;
	bw_err r;

	route_part(c, 0, code);
	r = account_invitation(c->store, code, c->now, &a);
	if (r == BW_OK)
		ask(c, &a, NULL, NULL);
	else
		no_good(c, r);
	explicit_bzero(code, sizeof(code));
}

static void
take(struct call *c, const char *code, const char *password)
{
	const char *why = NULL;
	struct account a;
	bw_err r;

	r = account_accept(c->store, c->host->dir, code, password, c->now,
	    &why, &a);
	if (r == BW_ERR_DENIED && account_invitation(c->store, code, c->now,
	    &a) == BW_OK)
		ask(c, &a, why != NULL ? why : N_("Choose another one."),
		    NULL);
	else if (r == BW_OK)
		layout_go(c, "/login", "accepted");
	else
		no_good(c, r);
}

void
enter_accept(struct call *c)
{
	char code[STRICT_TARGET_MAX + 1];
	char password[PASSWORD_SIZE], again[PASSWORD_SIZE];
	struct account a;
	bw_err r;

	route_part(c, 0, code);
	r = account_invitation(c->store, code, c->now, &a);
	if (r != BW_OK)
		no_good(c, r);
	else if (http_form(c->in, "password", password,
	    sizeof(password)) != BW_OK ||
	    http_form(c->in, "again", again, sizeof(again)) != BW_OK ||
	    strcmp(password, again) != 0)
		ask(c, &a, NULL, N_("The two are not the same."));
	else
		take(c, code, password);
	explicit_bzero(code, sizeof(code));
	explicit_bzero(password, sizeof(password));
	explicit_bzero(again, sizeof(again));
}
