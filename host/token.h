/* SPDX-License-Identifier: Apache-2.0 */
/*
 * token.h - API tokens for people and auditors: shown once, kept as a hash.
 *
 * "bw_" and 32 characters of base64url, of which the first six are its prefix,
 * which lists show. Writing functions are whole transactions, as in account.h.
 */
#ifndef HOST_TOKEN_H
#define HOST_TOKEN_H

#include "host/account.h"

enum token_scope {
	TOKEN_LEADS_READ = 1,		/* "leads:read" */
	TOKEN_LEADS_WRITE = 2,		/* "leads:write" */
	TOKEN_DEVICES_READ = 4,		/* "devices:read" */
	TOKEN_LOGS_READ = 8,		/* "logs:read", an auditor's */
	TOKEN_METRICS_READ = 16,	/* "metrics:read" */
	TOKEN_BADGES_WRITE = 32		/* "badges:write", a station's */
};
#define TOKEN_SCOPES 6
#define TOKEN_SCOPES_MAX 80		/* bytes of them all, as text */
/* "leads:read,devices:read", in the order above. */
void token_scopes_format(unsigned scopes, char out[static TOKEN_SCOPES_MAX]);
/* BW_ERR_FORMAT: one is not known, or stands twice, or there is none. */
BW_MUST_USE bw_err token_scopes_parse(const char *s, unsigned *out);

#define TOKEN_SIZE 36			/* its text, with its zero */
#define TOKEN_PREFIX 9			/* "bw_" and six */
#define TOKEN_NAME_MAX 80
#define TOKEN_DAYS_MAX 400

struct token {
	uint64_t id;
	char name[TOKEN_NAME_MAX + 1];		/* what it is for */
	char prefix[TOKEN_PREFIX + 1];
	unsigned scopes;
	char sponsor[TEXT_ID_MAX + 1];	/* "": of no sponsor */
	uint64_t account;		/* whose; 0: made by the CLI */
	int64_t created_at, expires_at, last_used, revoked_at;	/* 0: never */
	char actor[24];			/* "token:3", for audit.h */
};

struct token_new {
	const char *name;
	unsigned scopes;
	const char *sponsor;		/* NULL or "": none */
	uint64_t account;		/* 0: none */
	unsigned days;			/* 1 to TOKEN_DAYS_MAX */
};
/* What is wrong with it, an English sentence part (static); NULL: nothing.
 * Leads need a sponsor; logs, metrics and badges are the event's, and have
 * none. */
const char *token_new_fault(const struct token_new *in);
/* BW_ERR_ARG as that says, or no policy ever had the sponsor; BW_ERR_DENIED: an
 * account of a sponsor makes tokens of that sponsor only, one that is not
 * active none. */
BW_MUST_USE bw_err token_add(struct store *s, const char *by,
    const struct token_new *in, int64_t now, uint64_t *id,
    char text[static TOKEN_SIZE]);
/* Whose token this is; notes that it was used (at most once a minute, not
 * when the store is busy). BW_ERR_NOTFOUND for all that is not good: unknown,
 * revoked, over, of an account that is not active. */
BW_MUST_USE bw_err token_find(struct store *s, const char *text, int64_t now,
    struct token *out);
/* BW_OK while a token that was found is good, else BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err token_alive(struct store *s, uint64_t id, int64_t now);
static inline bool
token_may(const struct token *t, enum token_scope scope)
{
	return (t->scopes & (unsigned)scope) != 0;
}

BW_MUST_USE bw_err token_get(struct store *s, uint64_t id, struct token *out);
typedef bw_err (*token_cb)(void *arg, const struct token *t);
/* All by id, rising: of one account (0: all) and one sponsor (NULL: all). */
BW_MUST_USE bw_err token_each(struct store *s, uint64_t account,
    const char *sponsor, token_cb cb, void *arg);
/* BW_ERR_NOTFOUND; a second time is BW_OK and changes nothing. */
BW_MUST_USE bw_err token_revoke(struct store *s, const char *by, uint64_t id,
    int64_t now);

#endif
