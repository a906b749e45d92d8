// SPDX-License-Identifier: Apache-2.0
#include "host/store_login.h"

#include <string.h>

#include "host/store_db.h"

#define ROWS "SELECT num, account, second, created_at, seen_at, agent, " \
	"address FROM login "

static bw_err
fill(void *arg, struct db_query *q)
{
	struct store_login *out = arg;
	bw_err r;

	memset(out, 0, sizeof(*out));
	out->num = db_uint(q, 0);
	out->account = db_uint(q, 1);
	out->second = db_int(q, 2) != 0;
	out->created_at = db_int(q, 3);
	out->seen_at = db_int(q, 4);
	r = db_copy(q, 5, out->agent, sizeof(out->agent));
	return r == BW_OK ?
	    db_copy(q, 6, out->address, sizeof(out->address)) : r;
}

bw_err
store_login_add(struct store *s, const struct store_login *in,
    const uint8_t hash[static CRYPTO_HASH], uint64_t *num)
{
	static const char sql[] = "INSERT INTO login (hash, account, second, "
	    "created_at, seen_at, agent, address) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
	bw_err r;

	*num = 0;
	r = db_write(s, NULL, sql, "buiiitt", hash, (size_t)CRYPTO_HASH,
	    in->account, (int64_t)in->second, in->created_at, in->seen_at,
	    in->agent, in->address);
	if (r == BW_OK)
		*num = (uint64_t)db_last_id(s);
	return r;
}

bw_err
store_login_find(struct store *s, const uint8_t hash[static CRYPTO_HASH],
    struct store_login *out)
{
	static const char sql[] = ROWS "WHERE hash = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, fill, out, sql, "b", hash, (size_t)CRYPTO_HASH);
}

bw_err
store_login_get(struct store *s, uint64_t num, struct store_login *out)
{
	static const char sql[] = ROWS "WHERE num = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, fill, out, sql, "u", num);
}

struct each {
	store_login_cb cb;
	void *arg;
};

static bw_err
each_row(void *arg, struct db_query *q)
{
	const struct each *e = arg;
	struct store_login l;
	bw_err r = fill(&l, q);

	return r == BW_OK ? e->cb(e->arg, &l) : r;
}

bw_err
store_login_each(struct store *s, uint64_t account, store_login_cb cb,
    void *arg)
{
	static const char sql[] = ROWS "WHERE account = ?1 "
	    "ORDER BY seen_at DESC, num DESC";
	struct each e = { cb, arg };

	return db_each(s, each_row, &e, sql, "u", account);
}

bw_err
store_login_second(struct store *s, uint64_t num,
    const uint8_t hash[static CRYPTO_HASH], int64_t now)
{
	static const char sql[] = "UPDATE login SET hash = ?2, second = 1, "
	    "seen_at = ?3 WHERE num = ?1";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "ubi", num, hash,
	    (size_t)CRYPTO_HASH, now);

	return r == BW_OK && n == 0 ? BW_ERR_NOTFOUND : r;
}

bw_err
store_login_seen(struct store *s, uint64_t num, int64_t now)
{
	static const char sql[] =
	    "UPDATE login SET seen_at = ?2 WHERE num = ?1";

	return db_write(s, NULL, sql, "ui", num, now);
}

bw_err
store_login_end(struct store *s, uint64_t account, uint64_t num)
{
	static const char sql[] =
	    "DELETE FROM login WHERE account = ?1 AND num = ?2";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "uu", account, num);

	return r == BW_OK && n == 0 ? BW_ERR_NOTFOUND : r;
}

bw_err
store_logins_end(struct store *s, uint64_t account, uint64_t keep)
{
	static const char sql[] =
	    "DELETE FROM login WHERE account = ?1 AND num <> ?2";

	return db_write(s, NULL, sql, "uu", account, keep);
}

bw_err
db_logins_end_all(struct store *s)
{
	static const char staff[] = "DELETE FROM login";
	static const char mine[] = "DELETE FROM link WHERE purpose IN (1, 4)";
	bw_err r = db_write(s, NULL, staff, "");

	return r == BW_OK ? db_write(s, NULL, mine, "") : r;
}

bw_err
store_logins_trim(struct store *s, uint64_t account, unsigned n,
    int64_t began)
{
	static const char many[] = "DELETE FROM login WHERE account = ?1 "
	    "AND num NOT IN (SELECT num FROM login WHERE account = ?1 "
	    "ORDER BY num DESC LIMIT ?2)";
	static const char old[] = "DELETE FROM login WHERE created_at < ?1";
	static const char from[] = "DELETE FROM login_from WHERE at < ?1";
	bw_err r;

	if ((r = db_write(s, NULL, many, "ui", account,
	    (int64_t)n)) != BW_OK ||
	    (r = db_write(s, NULL, old, "i", began)) != BW_OK)
		return r;
	return db_write(s, NULL, from, "i", began);
}

bw_err
store_logins_note(struct store *s, uint64_t account, const char *address,
    int64_t now)
{
	static const char sql[] = "INSERT INTO login_from "
	    "(account, address, at) VALUES (?1, ?2, ?3) "
	    "ON CONFLICT (account, address) DO UPDATE SET at = ?3";

	return db_write(s, NULL, sql, "uti", account, address, now);
}

static bw_err
seen(void *arg, struct db_query *q)
{
	(void)arg;
	(void)q;
	return BW_OK;
}

bw_err
store_logins_noted(struct store *s, uint64_t account, const char *address,
    int64_t since)
{
	static const char sql[] = "SELECT at FROM login_from "
	    "WHERE account = ?1 AND address = ?2 AND at >= ?3";

	return db_first(s, seen, NULL, sql, "uti", account, address, since);
}

bw_err
store_logins_forget(struct store *s, uint64_t account)
{
	static const char sql[] = "DELETE FROM login_from WHERE account = ?1";

	return db_write(s, NULL, sql, "u", account);
}
