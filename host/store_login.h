/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_login.h - the rows of logins (login.h): writing demands an open
 * transaction and audits nothing. What is over is for the caller to see.
 */
#ifndef HOST_STORE_LOGIN_H
#define HOST_STORE_LOGIN_H

#include "host/login.h"

struct store_login {
	uint64_t num, account;
	bool second;			/* both factors were given */
	int64_t created_at, seen_at;
	char agent[LOGIN_AGENT_MAX + 1];
	char address[LOGIN_ADDRESS_MAX + 1];
};
BW_MUST_USE bw_err store_login_add(struct store *s,
    const struct store_login *in, const uint8_t hash[static CRYPTO_HASH],
    uint64_t *num);
BW_MUST_USE bw_err store_login_find(struct store *s,
    const uint8_t hash[static CRYPTO_HASH], struct store_login *out);
BW_MUST_USE bw_err store_login_get(struct store *s, uint64_t num,
    struct store_login *out);
typedef bw_err (*store_login_cb)(void *arg, const struct store_login *l);
/* The one seen last first. */
BW_MUST_USE bw_err store_login_each(struct store *s, uint64_t account,
    store_login_cb cb, void *arg);
/* Another id, both factors given. BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err store_login_second(struct store *s, uint64_t num,
    const uint8_t hash[static CRYPTO_HASH], int64_t now);
BW_MUST_USE bw_err store_login_seen(struct store *s, uint64_t num,
    int64_t now);
/* BW_ERR_NOTFOUND unless it is this account's. */
BW_MUST_USE bw_err store_login_end(struct store *s, uint64_t account,
    uint64_t num);
/* All of an account but `keep` (0: none). */
BW_MUST_USE bw_err store_logins_end(struct store *s, uint64_t account,
    uint64_t keep);
/* All there are, over a store that was put back; attendees' sessions too, and
 * links that begin one: it may have been used. */
BW_MUST_USE bw_err db_logins_end_all(struct store *s);
/* All but the newest n of an account, and all that began before a time. */
BW_MUST_USE bw_err store_logins_trim(struct store *s, uint64_t account,
    unsigned n, int64_t began);

/* An account has logged in from an address, with all that it needs. */
BW_MUST_USE bw_err store_logins_note(struct store *s, uint64_t account,
    const char *address, int64_t now);
/* Whether one has from there since a time; BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err store_logins_noted(struct store *s, uint64_t account,
    const char *address, int64_t since);
/* Forget those of an account. */
BW_MUST_USE bw_err store_logins_forget(struct store *s, uint64_t account);

#endif
