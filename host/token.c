// SPDX-License-Identifier: Apache-2.0
#include "host/token.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/account_code.h"
#include "host/audit.h"
#include "host/store_token.h"

#define TOKEN_BYTES 24
#define USED_STEP 60		/* last used is written as often */
#define USED_WAIT_MS 20
#define OF_SPONSOR (TOKEN_LEADS_READ | TOKEN_LEADS_WRITE)
#define OF_EVENT (TOKEN_LOGS_READ | TOKEN_METRICS_READ | TOKEN_BADGES_WRITE)

static const char *const scopes_by_bit[TOKEN_SCOPES] = { "leads:read",
	"leads:write", "devices:read", "logs:read", "metrics:read",
	"badges:write" };

void
token_scopes_format(unsigned scopes, char out[static TOKEN_SCOPES_MAX])
{
	size_t n = 0;

	out[0] = 0;
	for (unsigned i = 0; i < TOKEN_SCOPES; i++)
		if ((scopes & 1u << i) != 0)
			n += (size_t)snprintf(out + n, TOKEN_SCOPES_MAX - n,
			    "%s%s", n != 0 ? "," : "", scopes_by_bit[i]);
}

/* One word; 0 when it is none. */
static unsigned
scope_of(const char *s, size_t len)
{
	for (unsigned i = 0; i < TOKEN_SCOPES; i++)
		if (strlen(scopes_by_bit[i]) == len &&
		    memcmp(scopes_by_bit[i], s, len) == 0)
			return 1u << i;
	return 0;
}

bw_err
token_scopes_parse(const char *s, unsigned *out)
{
	unsigned all = 0;

	*out = 0;
	for (;;) {
		size_t len = strcspn(s, ",");
		unsigned one = scope_of(s, len);

		if (one == 0 || (all & one) != 0)
			return BW_ERR_FORMAT;
		all |= one;
		if (s[len] == 0)
			break;
		s += len + 1;
	}
	*out = all;
	return BW_OK;
}

static bool
has(const char *s)
{
	return s != NULL && s[0] != 0;
}

const char *
token_new_fault(const struct token_new *in)
{
	size_t len = in->name == NULL ? 0 :
	    strnlen(in->name, TOKEN_NAME_MAX + 1);

	if (len == 0 || len > TOKEN_NAME_MAX || !text_is_plain(in->name, len))
		return "say in 1 to 80 characters what it is for";
	if (in->scopes == 0 || in->scopes >> TOKEN_SCOPES != 0)
		return "it needs a scope";
	if (in->days < 1 || in->days > TOKEN_DAYS_MAX)
		return "it is good for 1 to 400 days";
	if ((in->scopes & OF_SPONSOR) != 0 && !has(in->sponsor))
		return "leads are a sponsor's, and none is named";
	if ((in->scopes & OF_EVENT) != 0 && has(in->sponsor))
		return "logs, metrics and badges are the event's, not a "
		    "sponsor's";
	return NULL;
}

/* Whoever makes it may see what it opens. */
static bw_err
may(struct store *s, const struct token_new *in)
{
	struct account a;
	bw_err r;

	if (has(in->sponsor) &&
	    (r = store_sponsor_known(s, in->sponsor)) != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_ERR_ARG : r;
	if (in->account == 0)
		return BW_OK;
	if ((r = account_get(s, in->account, &a)) != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_ERR_DENIED : r;
	if (a.state != ACCOUNT_ACTIVE)
		return BW_ERR_DENIED;
	if (a.sponsor[0] != 0 && (!has(in->sponsor) ||
	    strcmp(a.sponsor, in->sponsor) != 0))
		return BW_ERR_DENIED;
	return BW_OK;
}

static bw_err
finish(struct store *s, bw_err r, const char *by, enum audit_act act,
    uint64_t id, const char *detail, int64_t now)
{
	char object[40];

	snprintf(object, sizeof(object), "token %" PRIu64, id);
	return audit_finish(s, r, now, by, act, object, detail);
}

static bw_err
add(struct store *s, struct token *t, char text[static TOKEN_SIZE])
{
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	strcpy(text, "bw_");
	if ((r = code_make64(TOKEN_BYTES, text + 3, TOKEN_SIZE - 3)) != BW_OK ||
	    (r = code_hash(CODE_TOKEN, text, hash)) != BW_OK)
		return r;
	memcpy(t->prefix, text, TOKEN_PREFIX);
	return store_token_add(s, t, hash, &t->id);
}

bw_err
token_add(struct store *s, const char *by, const struct token_new *in,
    int64_t now, uint64_t *id, char text[static TOKEN_SIZE])
{
	struct token t = { .scopes = in->scopes, .account = in->account,
		.created_at = now, .expires_at = now + in->days * 86400LL };
	char detail[AUDIT_TEXT_MAX + 1], scopes[TOKEN_SCOPES_MAX];
	bw_err r;

	*id = 0;
	memset(text, 0, TOKEN_SIZE);
	if (token_new_fault(in) != NULL)
		return BW_ERR_ARG;
	snprintf(t.name, sizeof(t.name), "%s", in->name);
	snprintf(t.sponsor, sizeof(t.sponsor), "%s",
	    in->sponsor ? in->sponsor : "");
	token_scopes_format(in->scopes, scopes);
	snprintf(detail, sizeof(detail), "%s%s%s, %u days", scopes,
	    t.sponsor[0] != 0 ? " of " : "", t.sponsor, in->days);
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = may(s, in)) == BW_OK)
		r = add(s, &t, text);
	r = finish(s, r, by, DID_TOKEN_ADD, t.id, detail, now);
	if (r != BW_OK)
		explicit_bzero(text, TOKEN_SIZE);
	else
		*id = t.id;
	return r;
}

static bw_err
is_good(struct store *s, const struct token *t, int64_t now)
{
	struct account a;
	bw_err r;

	if (t->revoked_at != 0 || now >= t->expires_at)
		return BW_ERR_NOTFOUND;
	if (t->account == 0)
		return BW_OK;
	if ((r = account_get(s, t->account, &a)) != BW_OK)
		return r;
	return a.state == ACCOUNT_ACTIVE ? BW_OK : BW_ERR_NOTFOUND;
}

static void
note_used(struct store *s, struct token *t, int64_t now)
{
	if (now - t->last_used < USED_STEP ||
	    store_begin_within(s, USED_WAIT_MS) != BW_OK)
		return;
	if (store_token_used(s, t->id, now) == BW_OK &&
	    store_commit(s) == BW_OK)
		t->last_used = now;
	store_rollback(s);
}

bw_err
token_find(struct store *s, const char *text, int64_t now, struct token *out)
{
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	memset(out, 0, sizeof(*out));
	if (strlen(text) != TOKEN_SIZE - 1)
		return BW_ERR_NOTFOUND;
	if ((r = code_hash(CODE_TOKEN, text, hash)) != BW_OK ||
	    (r = store_token_find(s, hash, out)) != BW_OK ||
	    (r = is_good(s, out, now)) != BW_OK)
		return r;
	note_used(s, out, now);
	return BW_OK;
}

bw_err
token_alive(struct store *s, uint64_t id, int64_t now)
{
	struct token t;
	bw_err r = token_get(s, id, &t);

	return r == BW_OK ? is_good(s, &t, now) : r;
}

bw_err
token_revoke(struct store *s, const char *by, uint64_t id, int64_t now)
{
	struct token t;
	bw_err r;

	if ((r = store_begin(s)) != BW_OK)
		return r;
	r = token_get(s, id, &t);
	if (r == BW_OK && t.revoked_at != 0) {
		store_rollback(s);
		return BW_OK;
	}
	if (r == BW_OK)
		r = store_token_revoke(s, id, now);
	return finish(s, r, by, DID_TOKEN_REVOKE, id, "", now);
}
