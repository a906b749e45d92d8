// SPDX-License-Identifier: Apache-2.0
/* Who was kept out since stays out: accounts, tokens, devices. */
#include "host/store_redo_act.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/store_account.h"
#include "host/store_device.h"
#include "host/store_health.h"
#include "host/store_login.h"
#include "host/store_token.h"

static bw_err
record(struct redo_run *u, const char *what, uint64_t id)
{
	char object[40];

	u->done++;
	snprintf(object, sizeof(object), "%s %" PRIu64, what, id);
	return audit_add(u->s, u->now, "host", DID_RIGHT_REDO, object, "");
}

/* Who has no password is to be invited anew. */
static bw_err
state_again(struct store *s, const struct account *a, uint64_t state)
{
	struct account_secret secret;
	bool has;
	bw_err r = store_account_secret(s, a->id, &secret);

	has = secret.password[0] != 0;
	explicit_bzero(&secret, sizeof(secret));
	if (r != BW_OK)
		return r;
	if (state == ACCOUNT_INVITED &&
	    ((r = store_account_password(s, a->id, NULL)) != BW_OK ||
	    (r = store_account_totp_drop(s, a->id)) != BW_OK))
		return r;
	if (state != ACCOUNT_ACTIVE &&
	    ((r = store_account_uninvite(s, a->id)) != BW_OK ||
	    (r = store_account_uninvite_by(s, a->id)) != BW_OK))
		return r;
	return store_account_state(s, a->id, state != ACCOUNT_ACTIVE ?
	    (enum account_state)state : has ? ACCOUNT_ACTIVE :
	    ACCOUNT_INVITED);
}

static bw_err
role_again(struct store *s, const struct account *a,
    const struct redo_act *act)
{
	bw_err r;

	if (act->role >= ACCOUNT_ROLES)
		return BW_ERR_FORMAT;
	if ((uint64_t)a->role != act->role ||
	    strcmp(a->sponsor, act->name) != 0) {
		if ((r = store_account_uninvite(s, a->id)) != BW_OK ||
		    (r = store_account_uninvite_by(s, a->id)) != BW_OK)
			return r;
	}
	return store_account_role(s, a->id, (enum account_role)act->role,
	    act->name);
}

static bw_err
account(struct redo_run *u, const struct redo_act *act)
{
	struct account a;
	bw_err r = account_get(u->s, act->id, &a);

	if (r != BW_OK || a.created_at != act->made)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	if (act->kind == REDO_ACCOUNT && act->state != ACCOUNT_INVITED &&
	    act->state == (uint64_t)a.state)
		return BW_OK;
	if (act->kind == REDO_ACCOUNT)
		r = act->state > ACCOUNT_DISABLED ? BW_ERR_FORMAT :
		    state_again(u->s, &a, act->state);
	else
		r = role_again(u->s, &a, act);
	return r == BW_OK ? record(u, "account", a.id) : r;
}

/* One that is not there is used up. */
static bw_err
recovery(struct redo_run *u, const struct redo_act *act)
{
	struct account a;
	bw_err r = account_get(u->s, act->id, &a);

	if (r == BW_OK && a.created_at != act->made)
		return BW_OK;
	if (r == BW_OK &&
	    (r = store_recovery_use(u->s, a.id, act->code)) == BW_OK)
		r = record(u, "account", a.id);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
token(struct redo_run *u, const struct redo_act *act)
{
	struct token t;
	bw_err r = token_get(u->s, act->id, &t);

	if (r != BW_OK || t.created_at != act->made || t.revoked_at != 0)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	r = store_token_revoke(u->s, t.id, act->at);
	return r == BW_OK ? record(u, "token", t.id) : r;
}

/* What it has sent since the copy is kept apart, too: nobody can tell it from
 * what whoever has it now makes up. */
static bw_err
device(struct redo_run *u, const struct redo_act *act)
{
	struct store_device d;
	bw_err r = store_device_get(u->s, act->name, &d);

	if (r != BW_OK || d.added_at != act->made ||
	    (d.state == DEVICE_REVOKED && d.lost_at == act->lost))
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	if ((r = store_device_revoke(u->s, d.name, act->at)) != BW_OK ||
	    (r = store_device_lost(u->s, d.name, act->lost)) != BW_OK)
		return r;
	u->done++;
	return audit_add(u->s, u->now, "host", DID_RIGHT_REDO, d.name, "");
}

bw_err
redo_out(struct redo_run *u, const struct redo_act *act)
{
	switch ((int)act->kind) {
	case REDO_ACCOUNT:
	case REDO_ROLE:
		return account(u, act);
	case REDO_RECOVERY:
		return recovery(u, act);
	case REDO_TOKEN:
		return token(u, act);
	case REDO_DEVICE:
		return device(u, act);
	}
	return BW_OK;
}
