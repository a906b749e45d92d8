// SPDX-License-Identifier: Apache-2.0
#include "host/store_link.h"

#include <ctype.h>
#include <string.h>

#include "host/account_code.h"
#include "host/store_db.h"

#define CODE_BYTES 16

/* The code as it was made, of what somebody typed or pasted. */
static bw_err
hash_of(const char *code, uint8_t out[static CRYPTO_HASH])
{
	char plain[LINK_CODE];
	size_t n = 0;
	bw_err r = BW_ERR_NOTFOUND;

	for (; *code != 0; code++) {
		if (*code == ' ' || *code == '-')
			continue;
		if (n == LINK_CODE - 1)
			goto out;
		plain[n++] = (char)toupper((unsigned char)*code);
	}
	if (n != LINK_CODE - 1)
		goto out;
	plain[n] = 0;
	r = code_hash("badgeward/1 link", plain, out);
out:
	explicit_bzero(plain, sizeof(plain));
	return r;
}

static bw_err
code_make(char code[static LINK_CODE])
{
	bw_err r = code_make32(CODE_BYTES, code, LINK_CODE);

	for (char *p = code; *p != 0; p++)
		*p = (char)toupper((unsigned char)*p);
	return r;
}

bw_err
link_add(struct store *s, const struct link *in, char code[static LINK_CODE])
{
	static const char sql[] = "INSERT INTO link (hash, registration, "
	    "purpose, num, until) VALUES (?1, ?2, ?3, ?4, ?5)";
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	if ((r = code_make(code)) != BW_OK ||
	    (r = hash_of(code, hash)) != BW_OK ||
	    (r = db_write(s, NULL, sql, "buiui", hash, sizeof(hash),
	    in->registration, (int64_t)in->purpose, in->num,
	    in->until)) != BW_OK)
		explicit_bzero(code, LINK_CODE);
	return r;
}

bw_err
link_make(struct store *s, uint64_t registration, enum link_purpose purpose,
    int64_t seconds, int64_t now, char code[static LINK_CODE])
{
	const struct link in = { registration, purpose, 0, now + seconds };

	return link_add(s, &in, code);
}

static bw_err
take(void *arg, struct db_query *q)
{
	struct link *out = arg;

	out->registration = db_uint(q, 0);
	out->purpose = (enum link_purpose)db_int(q, 1);
	out->num = db_uint(q, 2);
	out->until = db_int(q, 3);
	return BW_OK;
}

static bw_err
look(struct store *s, const uint8_t hash[static CRYPTO_HASH],
    enum link_purpose purpose, int64_t now, struct link *out)
{
	static const char sql[] = "SELECT registration, purpose, num, until "
	    "FROM link WHERE hash = ?1 AND purpose = ?2 AND until > ?3";

	return db_first(s, take, out, sql, "bii", hash, (size_t)CRYPTO_HASH,
	    (int64_t)purpose, now);
}

bw_err
link_look(struct store *s, const char *code, enum link_purpose purpose,
    int64_t now, struct link *out)
{
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = hash_of(code, hash)) != BW_OK)
		return r;
	return look(s, hash, purpose, now, out);
}

bw_err
link_take(struct store *s, const char *code, enum link_purpose purpose,
    int64_t now, struct link *out)
{
	static const char sql[] = "DELETE FROM link WHERE hash = ?1";
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = db_writing(s)) != BW_OK ||
	    (r = hash_of(code, hash)) != BW_OK ||
	    (r = look(s, hash, purpose, now, out)) != BW_OK)
		return r;
	return db_write(s, NULL, sql, "b", hash, sizeof(hash));
}

bw_err
link_forget(struct store *s, uint64_t registration)
{
	static const char sql[] = "DELETE FROM link WHERE registration = ?1";

	return db_write(s, NULL, sql, "u", registration);
}

bw_err
db_links_moved(struct store *s, const struct registration *had,
    const char *mail)
{
	return strcmp(had->values.v[FIELD_EMAIL], mail) == 0 ? BW_OK :
	    link_forget(s, had->id);
}

bw_err
link_purge(struct store *s, int64_t now)
{
	static const char sql[] = "DELETE FROM link WHERE until <= ?1";

	return db_write(s, NULL, sql, "i", now);
}
