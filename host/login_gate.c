// SPDX-License-Identifier: Apache-2.0
/* How often a log-in may be tried; login.h says by whom. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/hostclock.h"
#include "host/login.h"
#include "host/store_account.h"
#include "host/store_login.h"
#include "host/throttle.h"

#define KEY_MAX (ACCOUNT_MAIL_MAX + LOGIN_ADDRESS_MAX + 2)

/* Over all keys there is always enough for the machine to be the bound: its
 * bound on hashing (password.h) holds. */
#define ALL .burst_all = 1000, .ms_all = 20

static const struct throttle_rule by_address = {
	.burst = GATE_ADDRESS_BURST, .seconds = GATE_ADDRESS_SECONDS, ALL
};
static const struct throttle_rule by_pair[] = {
	[GATE_PASSWORD] = { .burst = GATE_PAIR_BURST,
	    .seconds = GATE_PAIR_SECONDS, ALL },
	[GATE_CODE] = { .burst = GATE_CODE_BURST,
	    .seconds = GATE_CODE_SECONDS, ALL }
};
static const struct throttle_rule by_account = {
	.burst = GATE_ACCOUNT_BURST, .seconds = GATE_ACCOUNT_SECONDS, ALL
};

struct login_gate {
	struct throttle *address;
	struct throttle *pair[2], *account[2];	/* by kind */
};

bw_err
login_gate_open(struct login_gate **out)
{
	struct login_gate *g;
	bw_err r;

	*out = NULL;
	if ((g = calloc(1, sizeof(*g))) == NULL)
		return BW_ERR_NOMEM;
	r = throttle_open(&g->address, &by_address);
	for (int i = 0; i < 2 && r == BW_OK; i++)
		if ((r = throttle_open(&g->pair[i], &by_pair[i])) == BW_OK)
			r = throttle_open(&g->account[i], &by_account);
	if (r != BW_OK)
		login_gate_close(&g);
	*out = g;
	return r;
}

void
login_gate_close(struct login_gate **g)
{
	if (*g == NULL)
		return;
	throttle_close(&(*g)->address);
	for (int i = 0; i < 2; i++) {
		throttle_close(&(*g)->pair[i]);
		throttle_close(&(*g)->account[i]);
	}
	free(*g);
	*g = NULL;
}

static void
keys(const char *mail, const char *address, char low[static
    ACCOUNT_MAIL_MAX + 1], char pair[static KEY_MAX])
{
	account_mail_lower(mail, low);
	snprintf(pair, KEY_MAX, "%.64s %s", address, low);
}

/* Whether the account has come from there lately. The same work for an
 * account that there is not. */
static bool
is_known(struct store *s, const char *mail, const char *address)
{
	struct account a;
	bw_err r = account_find(s, mail, &a);
	int64_t now;

	if (hostclock_now(s, &now) != BW_OK)
		return false;
	return store_logins_noted(s, r == BW_OK ? a.id : 0, address,
	    now - LOGIN_WHOLE) == BW_OK;
}

bw_err
login_gate_take(struct login_gate *g, struct store *s, enum gate_kind kind,
    const char *mail, const char *address, int64_t now_ms, unsigned *wait)
{
	char low[ACCOUNT_MAIL_MAX + 1], pair[KEY_MAX];

	keys(mail, address, low, pair);
	if (!throttle_take(g->address, address, now_ms, wait))
		return BW_ERR_DENIED;
	if (!throttle_take(g->pair[kind], pair, now_ms, wait)) {
		throttle_give(g->address, address);
		return BW_ERR_DENIED;
	}
	if (!is_known(s, mail, address) &&
	    !throttle_take(g->account[kind], low, now_ms, wait)) {
		throttle_give(g->address, address);
		throttle_give(g->pair[kind], pair);
		return BW_ERR_DENIED;
	}
	*wait = 0;
	return BW_OK;
}

void
login_gate_give(struct login_gate *g, enum gate_kind kind, const char *mail,
    const char *address)
{
	char low[ACCOUNT_MAIL_MAX + 1], pair[KEY_MAX];

	keys(mail, address, low, pair);
	throttle_give(g->address, address);
	throttle_give(g->pair[kind], pair);
	throttle_give(g->account[kind], low);
}
