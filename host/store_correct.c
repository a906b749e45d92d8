// SPDX-License-Identifier: Apache-2.0
/* Corrections: of a registration, and of the editions that its leads show. */
#include <string.h>

#include "base/file.h"
#include "host/store_db.h"
#include "host/store_deleted.h"
#include "host/store_link.h"
#include "host/store_right.h"

#define SALT 16

/* One statement per field: a column's name is no parameter. */
#define COLUMN(sets, f, rest) sets "v" #f " = ?2 " rest
#define COLUMNS(sets, rest) { NULL, COLUMN(sets, 1, rest), \
	COLUMN(sets, 2, rest), COLUMN(sets, 3, rest), COLUMN(sets, 4, rest), \
	COLUMN(sets, 5, rest), COLUMN(sets, 6, rest) }
#define OF_PERSON "edition.badge_id IN (SELECT badge_id FROM badge " \
	"WHERE registration = ?1)"
#define OTHER(f) "INSERT INTO correction (edition, field, at) " \
	"SELECT id, " #f ", ?3 FROM edition WHERE " OF_PERSON \
	" AND v" #f " IS NOT ?2 ON CONFLICT (edition, field) " \
	"DO UPDATE SET at = excluded.at"
#define TOLD(f) ACK_PERSON("AND edition.v" #f " IS NOT ?5")

static const char *
bound(const char *value)
{
	return value[0] != 0 ? value : NULL;
}

bw_err
store_edition_correct(struct store *s, uint64_t registration, enum field f,
    const char *value, int64_t now, int64_t *n)
{
	static const char *const other[] = { NULL, OTHER(1), OTHER(2),
		OTHER(3), OTHER(4), OTHER(5), OTHER(6) };
	static const char *const set[] =
	    COLUMNS("UPDATE edition SET ", "WHERE " OF_PERSON);
	static const char *const told[] = { NULL, TOLD(1), TOLD(2), TOLD(3),
		TOLD(4), TOLD(5), TOLD(6) };
	bw_err r;

	*n = 0;
	if ((unsigned)f - 1 >= FIELD_COUNT)
		return BW_ERR_ARG;
	if ((r = db_write(s, NULL, told[f], "uiiit", registration,
	    (int64_t)FIELD_BIT(f), (int64_t)ACK_CORRECTED, now,
	    bound(value))) != BW_OK ||
	    (r = db_write(s, n, other[f], "uti", registration, bound(value),
	    now)) != BW_OK)
		return r;
	return db_write(s, NULL, set[f], "ut", registration, bound(value));
}

/* Under the key that is not in the store: a value that few others can be would be
 * found by trying them all. */
static bw_err
mac_of(const struct store *s, const uint8_t salt[static SALT],
    const char *value, uint8_t out[static CRYPTO_HASH])
{
	const struct bw_part parts[] = {
		PART_STR0("badgeward/1 corrected"), { salt, SALT },
		{ value, strlen(value) }
	};
	const uint8_t *secret = db_deleted_key(s);

	return secret != NULL ?
	    crypto_hmac(secret, CRYPTO_KEY, parts, 3, out) : BW_ERR_KEY;
}

/* What the source said stays when it is corrected once more. */
static bw_err
source_put(struct store *s, const struct registration *had, enum field f)
{
	static const char sql[] = "INSERT INTO corrected "
	    "(registration, field, salt, source) VALUES (?1, ?2, ?3, ?4) "
	    "ON CONFLICT DO NOTHING";
	uint8_t salt[SALT], mac[CRYPTO_HASH];
	bw_err r;

	if ((r = bw_random(salt, sizeof(salt))) != BW_OK ||
	    (r = mac_of(s, salt, had->values.v[f], mac)) != BW_OK)
		return r;
	return db_write(s, NULL, sql, "uibb", had->id, (int64_t)f, salt,
	    sizeof(salt), mac, sizeof(mac));
}

static bw_err
source_row(void *arg, struct db_query *q)
{
	struct corrected_source *out = arg;
	bw_err r;

	if ((r = db_fixed(q, 0, out->salt, sizeof(out->salt))) != BW_OK ||
	    (r = db_fixed(q, 1, out->mac, sizeof(out->mac))) != BW_OK)
		return r;
	out->is_set = 1;
	return BW_OK;
}

bw_err
db_corrected_source_is(const struct store *s,
    const struct corrected_source *c, const char *value, bool *yes)
{
	uint8_t mac[CRYPTO_HASH];
	bw_err r = mac_of(s, c->salt, value, mac);

	*yes = r == BW_OK && c->is_set != 0 &&
	    crypto_equal(mac, c->mac, sizeof(mac));
	return r;
}

bw_err
db_corrected_source(struct store *s, uint64_t registration, enum field f,
    struct corrected_source *out)
{
	static const char sql[] = "SELECT salt, source FROM corrected "
	    "WHERE registration = ?1 AND field = ?2";
	bw_err r;

	memset(out, 0, sizeof(*out));
	r = db_first(s, source_row, out, sql, "ui", registration, (int64_t)f);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
db_corrected_source_put(struct store *s, uint64_t registration, enum field f,
    const struct corrected_source *in)
{
	static const char sql[] = "INSERT INTO corrected "
	    "(registration, field, salt, source) VALUES (?1, ?2, ?3, ?4) "
	    "ON CONFLICT (registration, field) DO UPDATE SET "
	    "salt = excluded.salt, source = excluded.source";

	if (in->is_set == 0)
		return BW_OK;
	return db_write(s, NULL, sql, "uibb", registration, (int64_t)f,
	    in->salt, sizeof(in->salt), in->mac, sizeof(in->mac));
}

bw_err
store_registration_correct(struct store *s, const struct registration *had,
    enum field f, const char *value, int64_t now)
{
	static const char *const set[] = COLUMNS("UPDATE registration SET "
	    "changed_at = ?3, ", "WHERE id = ?1");
	bw_err r;

	if ((unsigned)f - 1 >= FIELD_COUNT)
		return BW_ERR_ARG;
	if ((r = source_put(s, had, f)) != BW_OK || (f == FIELD_EMAIL &&
	    ((r = db_links_moved(s, had, value)) != BW_OK ||
	    (r = store_mail_moved(s, had, value, now)) != BW_OK)))
		return r;
	return db_write(s, NULL, set[f], "uti", had->id, bound(value), now);
}

bw_err
store_given_back(struct store *s, uint64_t registration, int64_t now)
{
	static const char sql[] = "INSERT INTO correction (edition, field, "
	    "at) SELECT id, 0, ?2 FROM edition WHERE " OF_PERSON
	    " ON CONFLICT (edition, field) DO UPDATE SET at = excluded.at";

	return db_write(s, NULL, sql, "ui", registration, now);
}

static bw_err
number_row(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

bw_err
store_corrected_at(struct store *s, uint64_t edition, field_set released,
    int64_t *at)
{
	static const char sql[] = "SELECT coalesce(max(at), 0) "
	    "FROM correction WHERE edition = ?1 "
	    "AND (field = 0 OR (?2 >> field) & 1 <> 0)";
	bw_err r;

	*at = 0;
	r = db_first(s, number_row, at, sql, "ui", edition, (int64_t)released);
	if (*at != 0)
		*at += ACK_QUARTER - 1 - *at % ACK_QUARTER;
	return r;
}

static bw_err
stale_row(void *arg, struct db_query *q)
{
	*(field_set *)arg |= FIELD_BIT(db_int(q, 0));
	return BW_OK;
}

bw_err
right_badge_stale(struct store *s, uint64_t registration, field_set *out)
{
	static const char sql[] = "SELECT field FROM correction JOIN edition "
	    "ON edition.id = correction.edition WHERE field <> 0 "
	    "AND edition.id = (SELECT max(e.id) FROM edition e "
	    "JOIN badge ON badge.badge_id = e.badge_id "
	    "WHERE registration = ?1 AND retired_at = 0) "
	    "AND (on_badge >> field) & 1 <> 0";

	*out = 0;
	return db_each(s, stale_row, out, sql, "u", registration);
}

struct kept {
	const struct store *s;
	const struct registration *had, *in;
	struct field_values *out;
};

/* Columns: field, salt, source. */
static bw_err
kept_row(void *arg, struct db_query *q)
{
	const struct kept *k = arg;
	int f = (int)db_int(q, 0);
	uint8_t salt[SALT], source[CRYPTO_HASH], mac[CRYPTO_HASH];
	bw_err r;

	if (f < 1 || f > FIELD_COUNT)
		return BW_ERR_FORMAT;
	if ((r = db_fixed(q, 1, salt, sizeof(salt))) != BW_OK ||
	    (r = db_fixed(q, 2, source, sizeof(source))) != BW_OK ||
	    (r = mac_of(k->s, salt, k->in->values.v[f], mac)) != BW_OK)
		return r;
	if (crypto_equal(mac, source, sizeof(mac)))
		memcpy(k->out->v[f], k->had->values.v[f],
		    sizeof(k->out->v[f]));
	return BW_OK;
}

bw_err
db_corrected_keep(struct store *s, const struct registration *had,
    const struct registration *in, struct field_values *out)
{
	static const char sql[] = "SELECT field, salt, source FROM corrected "
	    "WHERE registration = ?1";
	struct kept k = { s, had, in, out };

	*out = in->values;
	return db_each(s, kept_row, &k, sql, "u", had->id);
}

bw_err
db_corrected_drop(struct store *s, const struct registration *had,
    const struct field_values *gets)
{
	static const char sql[] = "DELETE FROM corrected "
	    "WHERE registration = ?1 AND field = ?2";
	bw_err r = BW_OK;

	for (int f = 1; f <= FIELD_COUNT && r == BW_OK; f++)
		if (strcmp(had->values.v[f], gets->v[f]) != 0)
			r = db_write(s, NULL, sql, "ui", had->id, (int64_t)f);
	return r;
}
