// SPDX-License-Identifier: Apache-2.0
/* The audit's rows and salts. */
#include "host/store_audit.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "host/store_db.h"

#define SALT 16

static bw_err
head_row(void *arg, struct db_query *q)
{
	struct audit_row *out = arg;

	out->id = db_uint(q, 0);
	return db_fixed(q, 1, out->hash, CRYPTO_HASH);
}

/* The last row's id and hash; zero for none. */
static bw_err
last(struct store *s, struct audit_row *out)
{
	static const char sql[] =
	    "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1";
	bw_err r;

	memset(out, 0, sizeof(*out));
	r = db_first(s, head_row, out, sql, "");
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

/* Nobody else writes between the look at the last row and this one: the
 * transaction is a writer's from its beginning. */
bw_err
audit_add(struct store *s, int64_t now, const char *actor, enum audit_act act,
    const char *object, const char *detail)
{
	static const char sql[] = "INSERT INTO audit "
	    "(id, at, actor, act, object, detail, hash) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
	struct audit_row row = { 0, now, actor, audit_act_name(act), object,
		detail, { 0 } };
	struct audit_row before;
	bw_err r;

	if ((r = db_writing(s)) != BW_OK)
		return r;
	if (!audit_row_ok(&row))
		return BW_ERR_ARG;
	if ((r = last(s, &before)) != BW_OK)
		return r;
	row.id = before.id + 1;
	if ((r = audit_row_hash(&row, before.hash, row.hash)) != BW_OK)
		return r;
	return db_write(s, NULL, sql, "uittttb", row.id, now, actor, row.act,
	    object, detail, row.hash, sizeof(row.hash));
}

bw_err
store_audit(struct store *s, int64_t now, const char *actor, enum audit_act act,
    const char *object)
{
	return audit_add(s, now, actor, act, object, "");
}

bw_err
audit_head(struct store *s, uint64_t *n, uint8_t hash[static CRYPTO_HASH])
{
	struct audit_row row;
	bw_err r = last(s, &row);

	*n = row.id;
	memcpy(hash, row.hash, CRYPTO_HASH);
	return r;
}

struct each {
	audit_cb cb;
	void *arg;
};

static bw_err
each_row(void *arg, struct db_query *q)
{
	const struct each *e = arg;
	struct audit_row row = { db_uint(q, 0), db_int(q, 1), db_text(q, 2),
		db_text(q, 3), db_text(q, 4), db_text(q, 5), { 0 } };
	bw_err r = db_fixed(q, 6, row.hash, CRYPTO_HASH);

	return r == BW_OK ? e->cb(e->arg, &row) : r;
}

#define ROWS "SELECT id, at, actor, act, object, detail, hash FROM audit "

bw_err
store_audit_all(struct store *s, audit_cb cb, void *arg)
{
	static const char sql[] = ROWS "ORDER BY id";
	struct each e = { cb, arg };

	return db_each(s, each_row, &e, sql, "");
}

bw_err
audit_each(struct store *s, uint64_t before, unsigned limit,
    const char *object, audit_cb cb, void *arg)
{
	static const char all[] = ROWS "WHERE id < ?1 "
	    "ORDER BY id DESC LIMIT ?2";
	static const char about[] = ROWS "WHERE object = ?3 AND id < ?1 "
	    "ORDER BY id DESC LIMIT ?2";
	int64_t below = before == 0 ? INT64_MAX : (int64_t)before;
	struct each e = { cb, arg };

	return object == NULL ?
	    db_each(s, each_row, &e, all, "ii", below, (int64_t)limit) :
	    db_each(s, each_row, &e, about, "iit", below, (int64_t)limit,
	    object);
}

/* All imports, by their index; their acts' names begin so. */
static bw_err
imports(struct store *s, int64_t below, unsigned limit, struct each *e)
{
	static const char sql[] = ROWS "INDEXED BY audit_import "
	    "WHERE act >= 'import.' AND act < 'import/' AND id < ?1 "
	    "ORDER BY id DESC LIMIT ?2";

	return db_each(s, each_row, e, sql, "ii", below, (int64_t)limit);
}

bw_err
audit_find(struct store *s, const struct audit_query *q, audit_cb cb,
    void *arg)
{
	static const char sql[] = ROWS "WHERE id < ?1 "
	    "AND (?2 = '' OR actor = ?2) "
	    "AND (?3 = '' OR instr(?3, '|' || act || '|') > 0) "
	    "ORDER BY id DESC LIMIT ?4";
	int64_t below = q->before == 0 ? INT64_MAX : (int64_t)q->before;
	struct each e = { cb, arg };
	char acts[AUDIT_FILTER_SIZE];

	if (q->actor[0] == 0 && strcmp(q->act, AUDIT_IMPORTS) == 0)
		return imports(s, below, q->limit, &e);
	audit_filter(q->act, acts);
	return db_each(s, each_row, &e, sql, "itti", below, q->actor, acts,
	    (int64_t)q->limit);
}

static bw_err
salt_row(void *arg, struct db_query *q)
{
	return db_fixed(q, 0, arg, SALT);
}

static bw_err
salt_of(struct store *s, const char *object, uint8_t salt[static SALT])
{
	static const char get[] =
	    "SELECT salt FROM audit_salt WHERE object = ?1";
	static const char put[] =
	    "INSERT INTO audit_salt (object, salt) VALUES (?1, ?2)";
	bw_err r = db_first(s, salt_row, salt, get, "t", object);

	if (r != BW_ERR_NOTFOUND)
		return r;
	if ((r = bw_random(salt, SALT)) != BW_OK)
		return r;
	return db_write(s, NULL, put, "tb", object, salt, (size_t)SALT);
}

bw_err
audit_commitment(struct store *s, const char *object, const void *value,
    size_t len, char out[static AUDIT_COMMITMENT_SIZE])
{
	const struct bw_part parts[] = {
		PART_STR0("badgeward/1 audit commitment"), { value, len }
	};
	uint8_t salt[SALT], mac[CRYPTO_HASH];
	bw_err r;

	out[0] = 0;
	if ((r = db_writing(s)) == BW_OK &&
	    (r = salt_of(s, object, salt)) == BW_OK &&
	    (r = crypto_hmac(salt, sizeof(salt), parts, 2, mac)) == BW_OK)
		text_hex(mac, (AUDIT_COMMITMENT_SIZE - 1) / 2, out);
	explicit_bzero(salt, sizeof(salt));
	return r;
}

bw_err
audit_forget(struct store *s, const char *object)
{
	static const char sql[] = "DELETE FROM audit_salt WHERE object = ?1";

	return db_write(s, NULL, sql, "t", object);
}
