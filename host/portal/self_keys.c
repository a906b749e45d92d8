// SPDX-License-Identifier: Apache-2.0
/* One's own second factor and recovery codes: each begins with a page that asks
 * for the password again. */
#include "host/portal/form.h"
#include "host/portal/proof.h"
#include "host/portal/second.h"
#include "host/portal/self.h"

struct key_act {
	const char *path, *title, *happens, *button;
};

static const struct key_act set_up = { "/me/second/new",
	N_("Set up a second factor"),
	N_("An app on your phone then shows six digits, which are asked for "
	"besides the password. What is set up already is good until the new "
	"one is switched on."), N_("Go on") };
static const struct key_act take_away = { "/me/second/remove",
	N_("Remove the second factor"),
	N_("Your password alone will be enough to log in."),
	N_("Remove it") };
static const struct key_act renew = { "/me/recovery",
	N_("New recovery codes"),
	N_("The codes that you have now are good for nothing from then on."),
	N_("New recovery codes") };

static void
ask(struct call *c, const struct key_act *a, const struct proof_faults *f)
{
	bool bad = f->password != NULL || f->code != NULL;
	struct page p;

	layout_begin(&p, c, bad ? 422 : 200, a->title);
	say_in(&p, "p", a->happens);
	form_begin(&p, c, a->path, false);
	proof_fields(&p, c, f);
	form_end(&p, a->button);
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/me", N_("Back to my account"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}

static void
ask_first(struct call *c, const struct key_act *a)
{
	ask(c, a, &(struct proof_faults){ .password = NULL });
}

/* false: the answer is filled in. */
static bool
proven(struct call *c, const struct key_act *a)
{
	struct proof_faults f;

	if (proof_given(c, &f))
		return true;
	if (f.password != NULL || f.code != NULL)
		ask(c, a, &f);
	return false;
}

void
self_ask_second(struct call *c)
{
	ask_first(c, &set_up);
}

void
self_second_new(struct call *c)
{
	if (proven(c, &set_up))
		second_begin(c, "/me/second");
}

/* The code of a secret that nobody sees who has not given the password. */
void
self_second(struct call *c)
{
	second_take(c, "/me/second");
}

void
self_ask_second_remove(struct call *c)
{
	const struct account *a = &c->me->login.account;

	if (a->second && !account_role_needs_second(a->role))
		ask_first(c, &take_away);
	else
		http_go(c->out, "/me");
}

void
self_second_remove(struct call *c)
{
	bw_err r;

	if (account_role_needs_second(c->me->login.account.role)) {
		layout_failure(c, BW_ERR_DENIED);
		return;
	}
	if (!proven(c, &take_away))
		return;
	r = account_second_remove(c->store, c->me->login.account.id, c->now);
	if (r == BW_OK)
		layout_go(c, "/me", "unlocked");
	else
		layout_failure(c, r);
}

void
self_ask_recovery(struct call *c)
{
	if (c->me->login.account.second)
		ask_first(c, &renew);
	else
		http_go(c->out, "/me");
}

void
self_recovery(struct call *c)
{
	char recovery[ACCOUNT_RECOVERY][ACCOUNT_RECOVERY_SIZE];
	bw_err r;

	if (!proven(c, &renew))
		return;
	r = account_recovery_renew(c->store, c->me->login.account.id, c->now,
	    recovery);
	if (r == BW_OK)
		second_show_recovery(c, recovery);
	else
		layout_failure(c, r);
}
