/* SPDX-License-Identifier: Apache-2.0 */
/*
 * login.h - a person's session in the browser: 256 random bits in a cookie, of
 * which the store keeps the hash; and how often a log-in may be tried.
 *
 * (session.h is the device's token.) Writing functions are whole transactions,
 * as in account.h. The id changes with each step of a log-in. An ended login
 * is found no more; pages that stream ask login_alive.
 */
#ifndef HOST_LOGIN_H
#define HOST_LOGIN_H

#include "host/account.h"

/* Since it was last seen, and since it began. Without both factors it is over
 * after LOGIN_HALF. */
#define LOGIN_HALF (15 * 60)
#define LOGIN_IDLE_STRICT (30 * 60)	/* organiser, privacy officer */
#define LOGIN_IDLE (12 * 3600)
#define LOGIN_WHOLE_STRICT (12 * 3600)
#define LOGIN_WHOLE (7 * 86400)
#define LOGIN_SEEN_STEP 60		/* last seen is written as often */
#define LOGINS_MAX 32			/* of an account; the oldest go */

#define LOGIN_ID_SIZE 44		/* base64url, with its zero */
#define LOGIN_AGENT_MAX 80
#define LOGIN_ADDRESS_MAX 64
#define LOGIN_CSRF_SIZE 44

enum login_stage {
	LOGIN_SECOND,	/* password given: the second factor is asked */
	LOGIN_ENROL,	/* it has none, and its role needs one: nothing but
			 * account_second_begin and _confirm is allowed */
	LOGIN_FULL
};

struct login {
	uint64_t num;			/* for lists and revoking; no secret */
	enum login_stage stage;
	int64_t created_at, seen_at;
	int64_t until;			/* over then, unless seen before */
	char agent[LOGIN_AGENT_MAX + 1];	/* "Firefox on Linux" */
	char address[LOGIN_ADDRESS_MAX + 1];
	struct account account;
	char actor[24];			/* "account:7", for audit.h */
};

/* After account_password_check. agent is the request's User-Agent (NULL
 * without), kept in short form. id is the cookie's value. */
BW_MUST_USE bw_err login_start(struct store *s, const struct account *a,
    const char *agent, const char *address, int64_t now,
    char id[static LOGIN_ID_SIZE]);
/* After account_second_check or _confirm: the login has both factors, and
 * another id; the old one is good for nothing. BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err login_second(struct store *s, uint64_t num, int64_t now,
    char id[static LOGIN_ID_SIZE]);
/* Whose cookie this is; notes that it was seen (not when the store is busy).
 * BW_ERR_NOTFOUND for all that is not good: unknown, ended, over, an account
 * that is not active. */
BW_MUST_USE bw_err login_find(struct store *s, const char *id, int64_t now,
    struct login *out);
/* The same, and nothing is noted: an open page asks by itself, and nobody need
 * be there. */
BW_MUST_USE bw_err login_look(struct store *s, const char *id, int64_t now,
    struct login *out);
/* BW_OK while a login is good; BW_ERR_NOTFOUND: end the stream. It writes
 * nothing: a stream alone keeps no login from being over. */
BW_MUST_USE bw_err login_alive(struct store *s, uint64_t num, int64_t now);

/* What a form of this login carries, 43 characters of base64url; it changes
 * with the id, of which it is an HMAC. */
BW_MUST_USE bw_err login_csrf(const char *id,
    char out[static LOGIN_CSRF_SIZE]);
/* In the same time for every wrong one; given may be NULL. */
bool login_csrf_ok(const char *id, const char *given);

typedef bw_err (*login_cb)(void *arg, const struct login *l);
/* An account's logins that are good, the one seen last first. */
BW_MUST_USE bw_err login_each(struct store *s, uint64_t account, int64_t now,
    login_cb cb, void *arg);
/* End one (logging out too): of this account only, BW_ERR_NOTFOUND else. */
BW_MUST_USE bw_err login_end(struct store *s, const char *by,
    uint64_t account, uint64_t num, int64_t now);
/* End all of an account but `keep` (0: none). */
BW_MUST_USE bw_err login_end_all(struct store *s, const char *by,
    uint64_t account, uint64_t keep, int64_t now);

/* ---- how often ---- */

/*
 * Tries by address, by account and address, and by account. Whoever tries for
 * an account from many addresses uses up the last only, and an address from
 * which the account has logged in within LOGIN_WHOLE does not need that one:
 * nobody is locked out by others' wrong tries. Each is a burst, then one in
 * so many seconds.
 */
#define GATE_ADDRESS_BURST 30
#define GATE_ADDRESS_SECONDS 5
#define GATE_PAIR_BURST 6
#define GATE_PAIR_SECONDS 20
#define GATE_ACCOUNT_BURST 30
#define GATE_ACCOUNT_SECONDS 20
/* Of codes, which are short: */
#define GATE_CODE_BURST 5
#define GATE_CODE_SECONDS 60

struct login_gate;
enum gate_kind { GATE_PASSWORD, GATE_CODE };
BW_MUST_USE bw_err login_gate_open(struct login_gate **out);
void login_gate_close(struct login_gate **g);
/* Take a try, for this mail as it was typed, whether or not it has an account,
 * or for account->mail. BW_ERR_DENIED: none is left, *wait is how many seconds
 * until there is (at least 1). Threads may call it. */
BW_MUST_USE bw_err login_gate_take(struct login_gate *g, struct store *s,
    enum gate_kind kind, const char *mail, const char *address, int64_t now_ms,
    unsigned *wait);
/* It was right: the try is given back. */
void login_gate_give(struct login_gate *g, enum gate_kind kind,
    const char *mail, const char *address);

#endif
