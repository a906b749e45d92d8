/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_account.h - the rows of accounts (account.h), as store.h keeps others:
 * writing demands an open transaction and audits nothing.
 */
#ifndef HOST_STORE_ACCOUNT_H
#define HOST_STORE_ACCOUNT_H

#include "host/account.h"
#include "host/password.h"
#include "host/totp.h"

#define ACCOUNT_HASH CRYPTO_HASH	/* of a one-time code */

/* What account_get does not tell. Wipe it. */
struct account_secret {
	char password[PASSWORD_ENCODED_MAX + 1];	/* "": none */
	uint8_t totp[TOTP_SEALED], next[TOTP_SEALED];
	bool has_totp, has_next;
	int64_t step;			/* the last one used */
};
BW_MUST_USE bw_err store_account_secret(struct store *s, uint64_t id,
    struct account_secret *out);

/* A mail as the user name it is: ASCII letters in lower case; cut to the
 * bound. */
void account_mail_lower(const char *mail,
    char out[static ACCOUNT_MAIL_MAX + 1]);
/* in: all but id, second, recovery_left, last_login. BW_ERR_EXISTS. */
BW_MUST_USE bw_err store_account_add(struct store *s,
    const struct account *in, uint64_t *id);
/* Whose open code has this hash. */
BW_MUST_USE bw_err store_account_invited(struct store *s,
    const uint8_t hash[static ACCOUNT_HASH], struct account *out);
/* The open code's hash, in place of the last, and the account that made it (0:
 * none did). */
BW_MUST_USE bw_err store_account_invite(struct store *s, uint64_t id,
    const uint8_t hash[static ACCOUNT_HASH], int64_t until, uint64_t by);
/* No code of it is open. */
BW_MUST_USE bw_err store_account_uninvite(struct store *s, uint64_t id);
/* None is open that this account made. */
BW_MUST_USE bw_err store_account_uninvite_by(struct store *s, uint64_t by);
BW_MUST_USE bw_err store_account_state(struct store *s, uint64_t id,
    enum account_state state);
BW_MUST_USE bw_err store_account_role(struct store *s, uint64_t id,
    enum account_role role, const char *sponsor);
BW_MUST_USE bw_err store_account_profile(struct store *s, uint64_t id,
    const char *name, const char *language);
BW_MUST_USE bw_err store_account_logged_in(struct store *s, uint64_t id,
    int64_t now);

/* encoded NULL: none. */
BW_MUST_USE bw_err store_account_password(struct store *s, uint64_t id,
    const char *encoded);
/* The same in place of `old` only; BW_ERR_NOTFOUND when it is another now. */
BW_MUST_USE bw_err store_account_password_swap(struct store *s, uint64_t id,
    const char *old, const char *encoded);

/* A secret that is not confirmed; NULL: none. */
BW_MUST_USE bw_err store_account_totp_next(struct store *s, uint64_t id,
    const uint8_t *sealed);
/* It is in force, its step used. */
BW_MUST_USE bw_err store_account_totp_confirm(struct store *s, uint64_t id,
    int64_t step);
/* Use a step up; BW_ERR_NOTFOUND unless it is later than the last one. */
BW_MUST_USE bw_err store_account_totp_use(struct store *s, uint64_t id,
    int64_t step);
/* Neither secret nor recovery code is left. */
BW_MUST_USE bw_err store_account_totp_drop(struct store *s, uint64_t id);

BW_MUST_USE bw_err store_recovery_add(struct store *s, uint64_t id,
    const uint8_t hash[static ACCOUNT_HASH]);
/* Use one up. BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err store_recovery_use(struct store *s, uint64_t id,
    const uint8_t hash[static ACCOUNT_HASH]);
BW_MUST_USE bw_err store_recovery_drop(struct store *s, uint64_t id);

#endif
