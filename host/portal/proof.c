// SPDX-License-Identifier: Apache-2.0
#include "host/portal/proof.h"

#include <string.h>

#include "host/portal/enter.h"
#include "host/portal/form.h"

#define PASSWORD_SIZE 600

void
proof_fields(struct page *p, struct call *c, const struct proof_faults *f)
{
	form_input(p, &(struct form_field){ .name = "proof",
	    .type = "password", .label = N_("Your password"),
	    .error = f->password, .complete = "current-password",
	    .hint = N_("Once more, so that nobody else does this from your "
	    "open browser.") });
	if (c->me->login.account.second)
		form_input(p, &(struct form_field){ .name = "proof-code",
		    .label = N_("Six digits from the app"), .error = f->code,
		    .hint = N_("A new code: each is good once. Or one of your "
		    "recovery codes."),
		    .complete = "one-time-code", .most = 24 });
}

/* false: the answer is filled in when nothing else is said. */
static bool
password_fits(struct call *c, struct proof_faults *f)
{
	const struct account *a = &c->me->login.account;
	char password[PASSWORD_SIZE];
	struct account same;
	bw_err r;

	if (!enter_gate(c, GATE_PASSWORD, a->mail))
		return false;
	if (http_form(c->in, "proof", password, sizeof(password)) != BW_OK)
		password[0] = 0;
	r = account_password_check(c->store, a->mail, password, c->now,
	    &same);
	explicit_bzero(password, sizeof(password));
	if (r == BW_OK)
		login_gate_give(c->host->gate, GATE_PASSWORD, a->mail,
		    c->in->source);
	else if (r == BW_ERR_DENIED)
		f->password = N_("This is not your password.");
	else
		layout_failure(c, r);
	return r == BW_OK;
}

static bool
code_fits(struct call *c, struct proof_faults *f)
{
	const struct account *a = &c->me->login.account;
	char code[32];
	bw_err r;

	if (!enter_gate(c, GATE_CODE, a->mail))
		return false;
	form_value(c, "proof-code", code, sizeof(code));
	r = account_second_check(c->store, c->host->dir, a->id, code, c->wall);
	explicit_bzero(code, sizeof(code));
	if (r == BW_OK)
		login_gate_give(c->host->gate, GATE_CODE, a->mail,
		    c->in->source);
	else if (r == BW_ERR_DENIED)
		f->code = N_("This code is not good: it is wrong, over, or "
		    "was used already.");
	else
		layout_failure(c, r);
	return r == BW_OK;
}

bool
proof_given(struct call *c, struct proof_faults *f)
{
	*f = (struct proof_faults){ NULL, NULL };
	return password_fits(c, f) &&
	    (!c->me->login.account.second || code_fits(c, f));
}
