// SPDX-License-Identifier: Apache-2.0
#include "host/store_token.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/store_db.h"
#include "host/store_redo.h"

#define ROWS "SELECT id, name, prefix, scopes, sponsor, account, created_at, " \
	"expires_at, last_used, revoked_at FROM token "

static bw_err
fill(void *arg, struct db_query *q)
{
	struct token *out = arg;
	bw_err r;

	memset(out, 0, sizeof(*out));
	out->id = db_uint(q, 0);
	out->scopes = (unsigned)db_int(q, 3);
	out->account = db_uint(q, 5);
	out->created_at = db_int(q, 6);
	out->expires_at = db_int(q, 7);
	out->last_used = db_int(q, 8);
	out->revoked_at = db_int(q, 9);
	snprintf(out->actor, sizeof(out->actor), "token:%" PRIu64,
	    out->id % 1000000000000000u);
	if ((r = db_copy(q, 1, out->name, sizeof(out->name))) != BW_OK ||
	    (r = db_copy(q, 2, out->prefix, sizeof(out->prefix))) != BW_OK)
		return r;
	return db_copy(q, 4, out->sponsor, sizeof(out->sponsor));
}

bw_err
store_token_add(struct store *s, const struct token *in,
    const uint8_t hash[static CRYPTO_HASH], uint64_t *id)
{
	static const char sql[] = "INSERT INTO token (name, prefix, hash, "
	    "scopes, sponsor, account, created_at, expires_at) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, 0), ?7, ?8)";
	bw_err r;

	*id = 0;
	r = db_write(s, NULL, sql, "ttbituii", in->name, in->prefix, hash,
	    (size_t)CRYPTO_HASH, (int64_t)in->scopes, in->sponsor,
	    in->account, in->created_at, in->expires_at);
	if (r == BW_OK)
		*id = (uint64_t)db_last_id(s);
	return r;
}

bw_err
store_token_find(struct store *s, const uint8_t hash[static CRYPTO_HASH],
    struct token *out)
{
	static const char sql[] = ROWS "WHERE hash = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, fill, out, sql, "b", hash, (size_t)CRYPTO_HASH);
}

bw_err
token_get(struct store *s, uint64_t id, struct token *out)
{
	static const char sql[] = ROWS "WHERE id = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, fill, out, sql, "u", id);
}

struct each {
	token_cb cb;
	void *arg;
};

static bw_err
each_row(void *arg, struct db_query *q)
{
	const struct each *e = arg;
	struct token t;
	bw_err r = fill(&t, q);

	return r == BW_OK ? e->cb(e->arg, &t) : r;
}

bw_err
token_each(struct store *s, uint64_t account, const char *sponsor,
    token_cb cb, void *arg)
{
	static const char sql[] = ROWS "WHERE (?1 = 0 OR account = ?1) "
	    "AND (?2 IS NULL OR sponsor = ?2) ORDER BY id";
	struct each e = { cb, arg };

	return db_each(s, each_row, &e, sql, "ut", account, sponsor);
}

bw_err
store_token_used(struct store *s, uint64_t id, int64_t now)
{
	static const char sql[] =
	    "UPDATE token SET last_used = ?2 WHERE id = ?1";

	return db_write(s, NULL, sql, "ui", id, now);
}

bw_err
store_token_revoke(struct store *s, uint64_t id, int64_t now)
{
	static const char sql[] = "UPDATE token SET revoked_at = ?2 "
	    "WHERE id = ?1 AND revoked_at = 0";

	bw_err r = db_write(s, NULL, sql, "ui", id, now);

	return r == BW_OK ? db_redo_token(s, id, now) : r;
}

bw_err
store_tokens_revoke(struct store *s, uint64_t account, int64_t now)
{
	static const char sql[] = "UPDATE token SET revoked_at = ?2 "
	    "WHERE account = ?1 AND revoked_at = 0";
	bw_err r = db_redo_tokens(s, account, now);

	return r == BW_OK ? db_write(s, NULL, sql, "ui", account, now) : r;
}
