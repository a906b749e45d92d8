// SPDX-License-Identifier: Apache-2.0
#include "host/store_account.h"

#include <string.h>

#include "host/store_db.h"
#include "host/store_redo.h"

#define ROWS "SELECT id, mail, name, role, sponsor, language, state, " \
	"CASE WHEN totp IS NULL THEN 0 ELSE 1 END, " \
	"(SELECT count(*) FROM recovery WHERE recovery.account = account.id), " \
	"created_at, last_login, " \
	"CASE WHEN invite IS NULL THEN 0 ELSE invite_until END FROM account "

static bw_err
fill(struct db_query *q, struct account *out)
{
	int64_t role = db_int(q, 3), state = db_int(q, 6);
	bw_err r;

	memset(out, 0, sizeof(*out));
	if (role < 0 || role >= ACCOUNT_ROLES || state < 0 ||
	    state > ACCOUNT_DISABLED)
		return BW_ERR_FORMAT;
	out->id = db_uint(q, 0);
	out->role = (enum account_role)role;
	out->state = (enum account_state)state;
	out->second = db_int(q, 7) != 0;
	out->recovery_left = (unsigned)db_int(q, 8);
	out->created_at = db_int(q, 9);
	out->last_login = db_int(q, 10);
	out->invited_until = db_int(q, 11);
	if ((r = db_copy(q, 1, out->mail, sizeof(out->mail))) != BW_OK ||
	    (r = db_copy(q, 2, out->name, sizeof(out->name))) != BW_OK ||
	    (r = db_copy(q, 4, out->sponsor, sizeof(out->sponsor))) != BW_OK)
		return r;
	return db_copy(q, 5, out->language, sizeof(out->language));
}

static bw_err
one(void *arg, struct db_query *q)
{
	return fill(q, arg);
}

bw_err
account_get(struct store *s, uint64_t id, struct account *out)
{
	static const char sql[] = ROWS "WHERE id = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, one, out, sql, "u", id);
}

bw_err
account_find(struct store *s, const char *mail, struct account *out)
{
	static const char sql[] = ROWS "WHERE mail = ?1";
	char low[ACCOUNT_MAIL_MAX + 1];
	size_t len = strlen(mail);

	memset(out, 0, sizeof(*out));
	if (len > ACCOUNT_MAIL_MAX)
		return BW_ERR_NOTFOUND;
	account_mail_lower(mail, low);
	return db_first(s, one, out, sql, "t", low);
}

bw_err
store_account_invited(struct store *s,
    const uint8_t hash[static ACCOUNT_HASH], struct account *out)
{
	static const char sql[] = ROWS "WHERE invite = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, one, out, sql, "b", hash, (size_t)ACCOUNT_HASH);
}

struct each {
	account_cb cb;
	void *arg;
};

static bw_err
each_row(void *arg, struct db_query *q)
{
	const struct each *e = arg;
	struct account a;
	bw_err r = fill(q, &a);

	return r == BW_OK ? e->cb(e->arg, &a) : r;
}

bw_err
account_each(struct store *s, const char *sponsor, account_cb cb, void *arg)
{
	static const char all[] = ROWS "ORDER BY mail";
	static const char some[] = ROWS "WHERE sponsor = ?1 ORDER BY mail";
	struct each e = { cb, arg };

	if (sponsor == NULL)
		return db_each(s, each_row, &e, all, "");
	return db_each(s, each_row, &e, some, "t", sponsor);
}

static bw_err
secret_row(void *arg, struct db_query *q)
{
	struct account_secret *out = arg;
	size_t len;
	bw_err r;

	if ((r = db_copy(q, 0, out->password,
	    sizeof(out->password))) != BW_OK ||
	    (r = db_fixed(q, 1, out->totp, sizeof(out->totp))) != BW_OK ||
	    (r = db_fixed(q, 2, out->next, sizeof(out->next))) != BW_OK)
		return r;
	(void)db_blob(q, 1, &len);
	out->has_totp = len != 0;
	(void)db_blob(q, 2, &len);
	out->has_next = len != 0;
	out->step = db_int(q, 3);
	return BW_OK;
}

bw_err
store_account_secret(struct store *s, uint64_t id, struct account_secret *out)
{
	static const char sql[] = "SELECT password, totp, totp_next, "
	    "totp_step FROM account WHERE id = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, secret_row, out, sql, "u", id);
}

bw_err
store_account_add(struct store *s, const struct account *in, uint64_t *id)
{
	static const char sql[] = "INSERT INTO account (mail, name, role, "
	    "sponsor, language, state, created_at) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
	bw_err r;

	*id = 0;
	r = db_write(s, NULL, sql, "ttittii", in->mail, in->name,
	    (int64_t)in->role, in->sponsor, in->language,
	    (int64_t)in->state, in->created_at);
	if (r == BW_OK)
		*id = (uint64_t)db_last_id(s);
	return r;
}

/* A statement that must have met a row. */
static bw_err
met(bw_err r, int64_t changed)
{
	if (r == BW_OK && changed == 0)
		return BW_ERR_NOTFOUND;
	return r;
}

bw_err
store_account_invite(struct store *s, uint64_t id,
    const uint8_t hash[static ACCOUNT_HASH], int64_t until, uint64_t by)
{
	static const char sql[] = "UPDATE account SET invite = ?2, "
	    "invite_until = ?3, invited_by = ?4 WHERE id = ?1";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "ubiu", id, hash,
	    (size_t)ACCOUNT_HASH, until, by);

	return met(r, n);
}

#define UNINVITE "UPDATE account SET invite = NULL, invite_until = 0, " \
	"invited_by = 0 WHERE "

bw_err
store_account_uninvite(struct store *s, uint64_t id)
{
	static const char sql[] = UNINVITE "id = ?1";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "u", id);

	return met(r, n);
}

bw_err
store_account_uninvite_by(struct store *s, uint64_t by)
{
	static const char sql[] = UNINVITE "invited_by = ?1";

	return db_write(s, NULL, sql, "u", by);
}

bw_err
store_account_state(struct store *s, uint64_t id, enum account_state state)
{
	static const char sql[] = "UPDATE account SET state = ?2 "
	    "WHERE id = ?1";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "ui", id, (int64_t)state);

	r = met(r, n);
	return r == BW_OK ? db_redo_account(s, id, state) : r;
}

bw_err
store_account_role(struct store *s, uint64_t id, enum account_role role,
    const char *sponsor)
{
	static const char sql[] = "UPDATE account SET role = ?2, "
	    "sponsor = ?3 WHERE id = ?1";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "uit", id, (int64_t)role, sponsor);

	r = met(r, n);
	return r == BW_OK ? db_redo_role(s, id, role, sponsor) : r;
}

bw_err
store_account_profile(struct store *s, uint64_t id, const char *name,
    const char *language)
{
	static const char sql[] = "UPDATE account SET name = ?2, "
	    "language = ?3 WHERE id = ?1";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "utt", id, name, language);

	return met(r, n);
}

bw_err
store_account_logged_in(struct store *s, uint64_t id, int64_t now)
{
	static const char sql[] = "UPDATE account SET last_login = ?2 "
	    "WHERE id = ?1";

	return db_write(s, NULL, sql, "ui", id, now);
}

bw_err
store_account_password(struct store *s, uint64_t id, const char *encoded)
{
	static const char sql[] = "UPDATE account SET password = ?2 "
	    "WHERE id = ?1";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "ut", id, encoded);

	r = met(r, n);
	return r == BW_OK ? db_redo_account(s, id, ACCOUNT_INVITED) : r;
}

bw_err
store_account_password_swap(struct store *s, uint64_t id, const char *old,
    const char *encoded)
{
	static const char sql[] = "UPDATE account SET password = ?3 "
	    "WHERE id = ?1 AND password = ?2";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "utt", id, old, encoded);

	return met(r, n);
}

bw_err
store_account_totp_next(struct store *s, uint64_t id, const uint8_t *sealed)
{
	static const char sql[] = "UPDATE account SET totp_next = ?2 "
	    "WHERE id = ?1";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "ub", id, sealed,
	    (size_t)TOTP_SEALED);

	return met(r, n);
}

bw_err
store_account_totp_confirm(struct store *s, uint64_t id, int64_t step)
{
	static const char sql[] = "UPDATE account SET totp = totp_next, "
	    "totp_next = NULL, totp_step = ?2 "
	    "WHERE id = ?1 AND totp_next IS NOT NULL";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "ui", id, step);

	r = met(r, n);
	return r == BW_OK ? db_redo_account(s, id, ACCOUNT_INVITED) : r;
}

bw_err
store_account_totp_use(struct store *s, uint64_t id, int64_t step)
{
	static const char sql[] = "UPDATE account SET totp_step = ?2 "
	    "WHERE id = ?1 AND totp_step < ?2 AND totp IS NOT NULL";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "ui", id, step);

	return met(r, n);
}

bw_err
store_account_totp_drop(struct store *s, uint64_t id)
{
	static const char sql[] = "UPDATE account SET totp = NULL, "
	    "totp_next = NULL WHERE id = ?1";
	bw_err r = db_write(s, NULL, sql, "u", id);

	return r == BW_OK ? store_recovery_drop(s, id) : r;
}

bw_err
store_recovery_add(struct store *s, uint64_t id,
    const uint8_t hash[static ACCOUNT_HASH])
{
	static const char sql[] =
	    "INSERT INTO recovery (account, hash) VALUES (?1, ?2)";

	return db_write(s, NULL, sql, "ub", id, hash, (size_t)ACCOUNT_HASH);
}

bw_err
store_recovery_use(struct store *s, uint64_t id,
    const uint8_t hash[static ACCOUNT_HASH])
{
	static const char sql[] =
	    "DELETE FROM recovery WHERE account = ?1 AND hash = ?2";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "ub", id, hash,
	    (size_t)ACCOUNT_HASH);

	r = met(r, n);
	return r == BW_OK ? db_redo_recovery(s, id, hash) : r;
}

bw_err
store_recovery_drop(struct store *s, uint64_t id)
{
	static const char sql[] = "DELETE FROM recovery WHERE account = ?1";

	return db_write(s, NULL, sql, "u", id);
}
