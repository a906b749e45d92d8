// SPDX-License-Identifier: Apache-2.0
#include "host/store_db.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* A notice in a part's row: its hash, and its language with zeros behind. */
#define NOTICE_LANG (BODY_LANG_MAX + 1)
#define NOTICE_SIZE (CRYPTO_HASH + NOTICE_LANG)

static bw_err
part_insert(struct store *s, uint64_t policy, const struct policy *p,
    const struct bw_buf *payload)
{
	static const char sql[] =
	    "INSERT INTO part (policy, sponsor, name, payload, sha256, "
	    "required, optional, valid_from, valid_until, retain_days, "
	    "notices) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
	uint8_t notices[POLICY_LANGS * NOTICE_SIZE], *at = notices;

	for (size_t i = 0; i < p->nlangs; i++, at += NOTICE_SIZE) {
		memcpy(at, p->notice[i].sha256, CRYPTO_HASH);
		memcpy(at + CRYPTO_HASH, p->lang[i], NOTICE_LANG);
	}
	return db_write(s, NULL, sql, "uttbbiiuuub", policy, p->sponsor.id,
	    p->sponsor.name, payload->ptr, payload->len, p->sha256,
	    sizeof(p->sha256), (int64_t)p->required, (int64_t)p->optional,
	    p->valid_from, p->valid_until, p->retain_days, notices,
	    p->nlangs * NOTICE_SIZE);
}

/* Encoding and decoding again checks the part and fills in the hashes. */
static bw_err
part_add(struct store *s, uint64_t policy, const char *version,
    const struct policy *in)
{
	struct bw_buf payload = BW_BUF_INIT(POLICY_MAX);
	struct policy *p;
	bw_err r = BW_ERR_ARG;

	if ((p = calloc(1, sizeof(*p))) == NULL)
		return BW_ERR_NOMEM;
	if (in->serial != 1 || in->field_keys.len != 0 ||
	    in->blocked.len != 0 || strcmp(in->version, version) != 0)
		goto out;
	if ((r = policy_encode(in, &payload)) != BW_OK ||
	    (r = policy_decode((const char *)payload.ptr, payload.len,
	    p)) != BW_OK)
		goto out;
	r = part_insert(s, policy, p, &payload);
out:
	policy_free(p);
	free(p);
	bw_buf_free(&payload);
	return r;
}

bw_err
store_policy_install(struct store *s, const char *version, const char *source,
    size_t len, const struct policy *const *parts, size_t n, int64_t now)
{
	static const char sql[] = "INSERT INTO policy "
	    "(id, version, source, installed_at) "
	    "VALUES (nullif(?4, 0), ?1, ?2, ?3)";
	bw_err r;
	uint64_t id;

	/* The last is in force: one that was lost comes where it was. */
	if (text_number(version, strlen(version), INT64_MAX, &id) != BW_OK)
		id = 0;
	if ((r = db_write(s, NULL, sql, "tbiu", version, source, len, now,
	    id)) != BW_OK)
		return r;
	id = (uint64_t)db_last_id(s);
	for (size_t i = 0; i < n; i++)
		if ((r = part_add(s, id, version, parts[i])) != BW_OK)
			return r;
	return BW_OK;
}

static bw_err
policy_row(void *arg, struct db_query *q)
{
	struct store_policy *out = arg;

	out->installed_at = db_int(q, 1);
	return db_copy(q, 0, out->version, sizeof(out->version));
}

bw_err
store_policy_current(struct store *s, struct store_policy *out)
{
	static const char sql[] = "SELECT version, installed_at FROM policy "
	    "ORDER BY id DESC LIMIT 1";

	memset(out, 0, sizeof(*out));
	return db_first(s, policy_row, out, sql, "");
}

static bw_err
lacks_row(void *arg, struct db_query *q)
{
	struct store_lacks *out = arg;

	out->registrations = db_int(q, 0) == 0;
	out->devices = db_int(q, 1) == 0;
	return BW_OK;
}

bw_err
store_lacks(struct store *s, struct store_lacks *out)
{
	static const char sql[] = "SELECT (SELECT count(*) FROM (SELECT 1 "
	    "FROM registration LIMIT 1) AS r), (SELECT count(*) FROM device)";

	memset(out, 0, sizeof(*out));
	return db_first(s, lacks_row, out, sql, "");
}

struct versions {
	store_policy_cb cb;
	void *arg;
};

static bw_err
give_version(void *arg, struct db_query *q)
{
	const struct versions *v = arg;
	struct store_policy p;
	bw_err r;

	return (r = policy_row(&p, q)) != BW_OK ? r : v->cb(v->arg, &p);
}

bw_err
store_policy_each(struct store *s, store_policy_cb cb, void *arg)
{
	static const char sql[] = "SELECT version, installed_at FROM policy "
	    "ORDER BY id DESC";
	struct versions v = { cb, arg };

	return db_each(s, give_version, &v, sql, "");
}

/* The first column, into a buffer. */
static bw_err
take_blob(void *arg, struct db_query *q)
{
	size_t len;
	const void *p = db_blob(q, 0, &len);

	return bw_buf_put(arg, p, len);
}

bw_err
store_policy_source(struct store *s, const char *version, struct bw_buf *out)
{
	static const char sql[] =
	    "SELECT source FROM policy WHERE version = ?1";

	return db_first(s, take_blob, out, sql, "t", version);
}

bw_err
store_policy_part(struct store *s, const char *version, const char *sponsor,
    struct bw_buf *out)
{
	static const char sql[] = "SELECT payload FROM part "
	    "JOIN policy ON policy.id = part.policy "
	    "WHERE sponsor = ?1 AND version = ?2";

	return db_first(s, take_blob, out, sql, "tt", sponsor, version);
}

static bw_err
take_notices(const uint8_t *p, size_t len, struct store_rules *out)
{
	if (len % NOTICE_SIZE != 0 || len / NOTICE_SIZE > POLICY_LANGS)
		return BW_ERR_FORMAT;
	for (; out->nnotices < len / NOTICE_SIZE; p += NOTICE_SIZE) {
		char *lang = out->lang[out->nnotices];

		memcpy(out->notice[out->nnotices], p, CRYPTO_HASH);
		memcpy(lang, p + CRYPTO_HASH, NOTICE_LANG);
		if (lang[NOTICE_LANG - 1] != 0)
			return BW_ERR_FORMAT;
		out->nnotices++;
	}
	return BW_OK;
}

static bw_err
rules_row(void *arg, struct db_query *q)
{
	struct store_rules *out = arg;
	const uint8_t *p;
	size_t len;
	bw_err r;

	out->part = db_uint(q, 0);
	if ((r = db_copy(q, 1, out->version, sizeof(out->version))) != BW_OK ||
	    (r = db_copy(q, 2, out->sponsor, sizeof(out->sponsor))) != BW_OK)
		return r;
	out->required = (field_set)db_int(q, 3);
	out->optional = (field_set)db_int(q, 4);
	out->valid_from = db_uint(q, 5);
	out->valid_until = db_uint(q, 6);
	p = db_blob(q, 7, &len);
	return take_notices(p, len, out);
}

#define RULES "SELECT part.id, version, sponsor, required, optional, " \
	"valid_from, valid_until, notices FROM part " \
	"JOIN policy ON policy.id = part.policy "

bw_err
store_rules_get(struct store *s, const char *sponsor,
    const uint8_t sha256[static CRYPTO_HASH], struct store_rules *out)
{
	static const char sql[] =
	    RULES "WHERE sponsor = ?1 AND sha256 = ?2";

	memset(out, 0, sizeof(*out));
	return db_first(s, rules_row, out, sql, "tb", sponsor, sha256,
	    (size_t)CRYPTO_HASH);
}

bw_err
store_rules_part(struct store *s, uint64_t part, struct store_rules *out)
{
	static const char sql[] = RULES "WHERE part.id = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, rules_row, out, sql, "u", part);
}

static bw_err
until_row(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

bw_err
store_policy_until(struct store *s, const char *version, int64_t *until)
{
	static const char sql[] = "SELECT valid_until FROM part "
	    "JOIN policy ON policy.id = part.policy WHERE version = ?1 "
	    "ORDER BY valid_until DESC LIMIT 1";

	*until = 0;
	return db_first(s, until_row, until, sql, "t", version);
}

bw_err
store_sponsor_reach(struct store *s, const char *sponsor, int64_t now,
    field_set *fields, int64_t *until)
{
	static const char sql[] = "SELECT required, optional, valid_until "
	    "FROM part WHERE sponsor = ?1 AND valid_until > ?2 "
	    "ORDER BY valid_until";
	struct db_query *q;
	bw_err r;

	*fields = 0;
	*until = 0;
	if ((r = db_open(s, &q, sql, "ti", sponsor, now)) != BW_OK)
		return r;
	while ((r = db_row(q)) == BW_OK) {
		*fields |= (field_set)(db_int(q, 0) | db_int(q, 1));
		*until = db_int(q, 2);
	}
	db_done(&q);
	return r != BW_ERR_NOTFOUND || *until == 0 ? r : BW_OK;
}

struct walk {
	store_sponsor_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;

	return w->cb(w->arg, db_text(q, 0), db_text(q, 1));
}

bw_err
store_sponsor_each(struct store *s, store_sponsor_cb cb, void *arg)
{
	static const char sql[] = "SELECT sponsor, name FROM part "
	    "WHERE policy = (SELECT max(id) FROM policy) ORDER BY sponsor";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "");
}

bw_err
store_sponsor_known(struct store *s, const char *id)
{
	static const char sql[] =
	    "SELECT 1 FROM part WHERE sponsor = ?1 LIMIT 1";
	struct db_query *q;
	bw_err r;

	if ((r = db_open(s, &q, sql, "t", id)) != BW_OK)
		return r;
	r = db_row(q);
	db_done(&q);
	return r;
}

static bw_err
issued_row(void *arg, struct db_query *q)
{
	struct store_issued *out = arg;
	bw_err r;

	out->serial = db_uint(q, 2);
	out->blocked = db_uint(q, 3);
	if ((r = take_blob(&out->jws, q)) != BW_OK)
		return r;
	return db_copy(q, 1, out->version, sizeof(out->version));
}

bw_err
store_issued_get(struct store *s, uint64_t device, struct store_issued *out)
{
	static const char sql[] = "SELECT jws, version, serial, blocked "
	    "FROM issued WHERE device = ?1";

	memset(out, 0, sizeof(*out));
	out->jws = BW_BUF_INIT(POLICY_MAX);
	return db_first(s, issued_row, out, sql, "u", device);
}

bw_err
store_issued_put(struct store *s, uint64_t device,
    const struct store_issued *in)
{
	static const char sql[] = "INSERT INTO issued "
	    "(device, version, serial, blocked, jws) "
	    "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (device) DO UPDATE SET "
	    "version = excluded.version, serial = excluded.serial, "
	    "blocked = excluded.blocked, jws = excluded.jws";

	return db_write(s, NULL, sql, "utuub", device, in->version,
	    in->serial, in->blocked, in->jws.ptr, in->jws.len);
}

bw_err
store_serial_next(struct store *s, int64_t now_ms, uint64_t *out)
{
	static const char raise[] = "UPDATE meta SET value = 1 + "
	    "CASE WHEN value < ?1 THEN ?1 ELSE value END WHERE key = 'serial'";
	static const char get[] = "SELECT value FROM meta WHERE key = 'serial'";
	struct db_query *q;
	bw_err r;

	*out = 0;
	if ((r = db_write(s, NULL, raise, "i", now_ms)) != BW_OK ||
	    (r = db_open(s, &q, get, "")) != BW_OK)
		return r;
	if ((r = db_row(q)) == BW_OK)
		*out = db_uint(q, 0);
	db_done(&q);
	return r;
}
