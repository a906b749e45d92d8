// SPDX-License-Identifier: Apache-2.0
#include "host/store_handed.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/deleted.h"
#include "host/fold.h"
#include "host/hold.h"
#include "host/mail_address.h"
#include "host/store_db.h"

#define FOLDED (4 * FIELD_VALUE_MAX + 1)

static bool
same_by(void (*how)(const char *, char *, size_t), const char *a,
    const char *b)
{
	char x[FOLDED], y[FOLDED];
	bool yes;

	how(a, x, sizeof(x));
	how(b, y, sizeof(y));
	yes = strcmp(x, y) == 0;
	explicit_bzero(x, sizeof(x));
	explicit_bzero(y, sizeof(y));
	return yes;
}

static bool
same(const char *a, const char *b)
{
	return same_by(fold, a, b);
}

static bool
same_mail(const char *a, const char *b)
{
	return same_by(mail_address_fold, a, b);
}

bool
handed_other(const struct field_values *had, const struct field_values *in)
{
	return !same_mail(had->v[FIELD_EMAIL], in->v[FIELD_EMAIL]) &&
	    !same(had->v[FIELD_NAME], in->v[FIELD_NAME]);
}

/* What stands behind the ticket in a key of one whose ticket is another's. */
#define END_SIZE 48
static size_t
key_end(uint64_t id, char out[static END_SIZE])
{
	return (size_t)snprintf(out, END_SIZE, " handed on %" PRIu64, id);
}

bw_err
handed_key(const char *key, uint64_t id, char out[static REG_KEY_MAX + 1])
{
	char end[END_SIZE];
	int n;

	(void)key_end(id, end);
	n = snprintf(out, REG_KEY_MAX + 1, "%s%s", key, end);
	return n < 0 || n > REG_KEY_MAX ? BW_ERR_BOUND : BW_OK;
}

void
handed_ticket(const struct registration *r, char out[static REG_KEY_MAX + 1])
{
	char end[END_SIZE];
	size_t n = strlen(r->key), len = key_end(r->id, end);

	memcpy(out, r->key, n + 1);
	if (n > len && strcmp(out + n - len, end) == 0)
		out[n - len] = 0;
}

bw_err
handed_keys(const uint8_t secret[static CRYPTO_KEY],
    const struct registration *r, struct handed_keys *out)
{
	char ticket[REG_KEY_MAX + 1], handed[REG_KEY_MAX + 1];
	bw_err err;

	handed_ticket(r, ticket);
	if ((err = deleted_mac_key(secret, ticket, out->ticket)) != BW_OK)
		goto out;
	memcpy(out->handed, out->ticket, sizeof(out->handed));
	err = handed_key(ticket, r->id, handed);
	err = err == BW_ERR_BOUND ? BW_OK : err != BW_OK ? err :
	    deleted_mac_key(secret, handed, out->handed);
out:
	explicit_bzero(ticket, sizeof(ticket));
	explicit_bzero(handed, sizeof(handed));
	return err;
}

static bw_err
any_row(void *arg, struct db_query *q)
{
	(void)arg;
	(void)q;
	return BW_OK;
}

#define HAS(table) "EXISTS (SELECT 1 FROM " table " WHERE registration = ?1)"

bw_err
handed_has_traces(struct store *s, uint64_t registration, bool *has)
{
	static const char sql[] = "SELECT 1 WHERE " HAS("badge")
	    " OR " HAS("barrier") " OR " HAS("withdrawn") " OR " HAS("optout")
	    " OR " HAS("corrected") " OR " HAS("casefile") " OR " HAS("hold")
	    " OR " HAS("disclosure") " OR " HAS("mail") " OR EXISTS (SELECT 1 "
	    "FROM registration WHERE id = ?1 AND status IN (2, 3)) "
	    "OR EXISTS (SELECT 1 FROM casefile WHERE said = ?1)";
	bw_err r = db_first(s, any_row, NULL, sql, "u", registration);

	*has = r == BW_OK;
	/* Of the whole event: of a sponsor's shares there is a badge. */
	return r == BW_ERR_NOTFOUND ? hold_any(s, registration, NULL, has) : r;
}

struct search {
	const struct field_values *in;
	uint64_t id;
};

/* Columns: id, name, address. Rows come with the last one first. */
static bw_err
former_row(void *arg, struct db_query *q)
{
	struct search *f = arg;
	const char *mail = db_text(q, 2);

	if (f->id == 0 && same_mail(mail, f->in->v[FIELD_EMAIL]) &&
	    (mail[0] != 0 || same(db_text(q, 1), f->in->v[FIELD_NAME])))
		f->id = db_uint(q, 0);
	return BW_OK;
}

bw_err
handed_former(struct store *s, const char *ticket,
    const struct field_values *in, struct registration *out)
{
	static const char sql[] = "SELECT registration, v1, v2 FROM handed "
	    "JOIN registration ON registration.id = handed.registration "
	    "WHERE ticket = ?1 ORDER BY at DESC, registration DESC";
	struct search f = { .in = in };
	bw_err r = db_each(s, former_row, &f, sql, "t", ticket);

	memset(out, 0, sizeof(*out));
	if (r != BW_OK)
		return r;
	return f.id == 0 ? BW_ERR_NOTFOUND :
	    store_registration_get(s, f.id, out);
}

static bw_err
number_row(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

bw_err
handed_since(struct store *s, uint64_t edition, int64_t *at)
{
	static const char sql[] = "SELECT handed.at FROM handed "
	    "JOIN badge ON badge.registration = handed.registration "
	    "JOIN edition ON edition.badge_id = badge.badge_id "
	    "WHERE edition.id = ?1";
	bw_err r;

	*at = 0;
	r = db_first(s, number_row, at, sql, "u", edition);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
handed_to(struct store *s, uint64_t registration, uint64_t *id)
{
	static const char sql[] = "SELECT registration.id FROM handed "
	    "JOIN registration ON registration.key = handed.ticket "
	    "WHERE handed.registration = ?1";
	int64_t n = 0;
	bw_err r = db_first(s, number_row, &n, sql, "u", registration);

	*id = (uint64_t)n;
	return r;
}

bw_err
handed_on(struct store *s, const struct registration *had, int64_t now)
{
	static const char rename[] =
	    "UPDATE registration SET key = ?2, changed_at = ?3 WHERE id = ?1";
	static const char put[] = "INSERT INTO handed "
	    "(registration, ticket, at) VALUES (?1, ?2, ?3)";
	char key[REG_KEY_MAX + 1];
	bw_err r;

	if ((r = handed_key(had->key, had->id, key)) != BW_OK ||
	    (r = db_write(s, NULL, rename, "uti", had->id, key,
	    now)) != BW_OK ||
	    (r = db_write(s, NULL, put, "uti", had->id, had->key,
	    now)) != BW_OK || had->status != REG_ATTENDING)
		return r;
	return store_registration_status(s, had->id, REG_HANDED, now);
}

bw_err
handed_back(struct store *s, const char *ticket, uint64_t registration)
{
	static const char rename[] =
	    "UPDATE registration SET key = ?2 WHERE id = ?1";
	bw_err r = handed_forget(s, registration);

	return r != BW_OK ? r :
	    db_write(s, NULL, rename, "ut", registration, ticket);
}

bw_err
handed_forget(struct store *s, uint64_t registration)
{
	static const char sql[] = "DELETE FROM handed WHERE registration = ?1";

	return db_write(s, NULL, sql, "u", registration);
}
