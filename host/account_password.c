// SPDX-License-Identifier: Apache-2.0
/*
 * Passwords of accounts. Hashing takes long: never inside a transaction.
 */
#include <string.h>

#include "host/account_act.h"
#include "host/account_code.h"
#include "host/store_account.h"
#include "host/store_login.h"

static bw_err
checked(const char *password, const struct account *a,
    const struct hostdir *h, const char **why)
{
	*why = password_fault(password, a->mail, h->config.event_name);
	return *why == NULL ? BW_OK : BW_ERR_DENIED;
}

bw_err
account_accept(struct store *s, const struct hostdir *h, const char *code,
    const char *password, int64_t now, const char **why, struct account *out)
{
	char encoded[PASSWORD_ENCODED_MAX + 1];
	struct account again;
	bw_err r;

	*why = NULL;
	if ((r = account_invitation(s, code, now, out)) != BW_OK ||
	    (r = checked(password, out, h, why)) != BW_OK ||
	    (r = password_hash(password, encoded)) != BW_OK)
		return r;
	if ((r = store_begin(s)) != BW_OK)
		goto out;
	/* It may have been used or replaced meanwhile. */
	if ((r = account_invitation(s, code, now, &again)) == BW_OK &&
	    (r = store_account_uninvite(s, out->id)) == BW_OK &&
	    (r = store_account_password(s, out->id, encoded)) == BW_OK)
		r = store_account_state(s, out->id, ACCOUNT_ACTIVE);
	r = act_end(s, r, NULL, DID_ACCOUNT_ACCEPT, out->id, "", now);
	if (r == BW_OK)
		r = account_get(s, out->id, out);
out:
	explicit_bzero(encoded, sizeof(encoded));
	return r;
}

/* With today's parameters. That it cannot be kept now is no reason to refuse
 * whoever gave the right password. */
static void
rehash(struct store *s, uint64_t id, const char *old, const char *password)
{
	char encoded[PASSWORD_ENCODED_MAX + 1];

	if (password_hash(password, encoded) == BW_OK &&
	    store_begin(s) == BW_OK &&
	    store_account_password_swap(s, id, old, encoded) == BW_OK)
		(void)!store_commit(s);
	store_rollback(s);
	explicit_bzero(encoded, sizeof(encoded));
}

/* The password of an account that may log in, NULL of one that may not. */
static bw_err
check(struct store *s, const struct account *a, const char *password)
{
	struct account_secret secret = { 0 };
	const char *encoded = NULL;
	bool again;
	bw_err r = BW_OK;

	if (a != NULL && a->state == ACCOUNT_ACTIVE &&
	    (r = store_account_secret(s, a->id, &secret)) == BW_OK &&
	    secret.password[0] != 0)
		encoded = secret.password;
	if (r == BW_OK &&
	    (r = password_check(encoded, password, &again)) == BW_OK && again &&
	    a != NULL)
		rehash(s, a->id, encoded, password);
	explicit_bzero(&secret, sizeof(secret));
	return r;
}

bw_err
account_password_check(struct store *s, const char *mail,
    const char *password, int64_t now, struct account *out)
{
	struct account a;
	bw_err r = account_find(s, mail, &a);

	(void)now;
	memset(out, 0, sizeof(*out));
	if (r != BW_OK && r != BW_ERR_NOTFOUND)
		return r;
	r = check(s, r == BW_OK ? &a : NULL, password);
	if (r == BW_OK)
		*out = a;
	return r;
}

bw_err
account_password_change(struct store *s, const struct hostdir *h, uint64_t id,
    const char *old, const char *password, uint64_t keep, int64_t now,
    const char **why)
{
	char encoded[PASSWORD_ENCODED_MAX + 1];
	struct account a;
	bw_err r;

	*why = NULL;
	if ((r = account_get(s, id, &a)) != BW_OK ||
	    (r = check(s, &a, old)) != BW_OK ||
	    (r = checked(password, &a, h, why)) != BW_OK ||
	    (r = password_hash(password, encoded)) != BW_OK)
		return r;
	if ((r = store_begin(s)) == BW_OK) {
		/* It may have been ended or begun anew meanwhile. */
		if ((r = account_get(s, id, &a)) == BW_OK &&
		    a.state != ACCOUNT_ACTIVE)
			r = BW_ERR_DENIED;
		if (r == BW_OK &&
		    (r = store_account_password(s, id, encoded)) == BW_OK)
			r = store_logins_end(s, id, keep);
		r = act_end(s, r, NULL, DID_ACCOUNT_PASSWORD, id, "", now);
	}
	explicit_bzero(encoded, sizeof(encoded));
	return r;
}
