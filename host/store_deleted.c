// SPDX-License-Identifier: Apache-2.0
#include "host/store_deleted.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/store_db.h"
#include "host/store_handed.h"
#include "host/store_right.h"

static bw_err
any_row(void *arg, struct db_query *q)
{
	(void)arg;
	(void)q;
	return BW_OK;
}

/* Whether a query has a row. */
static bw_err
judge(bw_err r, bool *yes)
{
	*yes = r == BW_OK;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
store_deleted_knows(struct store *s, const uint8_t mac[static DELETED_MAC],
    bool *yes)
{
	static const char sql[] = "SELECT 1 FROM deleted WHERE mac = ?1";

	return judge(db_first(s, any_row, NULL, sql, "b", mac,
	    (size_t)DELETED_MAC), yes);
}

bw_err
store_deleted_has(struct store *s, const char *key, const char *mail,
    bool *has)
{
	static const char any[] = "SELECT 1 FROM deleted LIMIT 1";
	const uint8_t *secret = db_deleted_key(s);
	uint8_t mac[DELETED_MAC];
	bw_err r = judge(db_first(s, any_row, NULL, any, ""), has);

	if (r != BW_OK || !*has)
		return r;
	if (secret == NULL)
		return BW_ERR_KEY;
	if ((r = deleted_mac_key(secret, key, mac)) != BW_OK ||
	    (r = store_deleted_knows(s, mac, has)) != BW_OK || *has ||
	    mail[0] == 0)
		return r;
	if ((r = deleted_mac_mail(secret, mail, mac)) != BW_OK)
		return r;
	return store_deleted_knows(s, mac, has);
}

bw_err
store_deleted_put(struct store *s, const uint8_t mac[static DELETED_MAC],
    uint64_t registration)
{
	static const char sql[] = "INSERT INTO deleted (mac, registration) "
	    "VALUES (?1, ?2) ON CONFLICT DO NOTHING";

	return db_write(s, NULL, sql, "bu", mac, (size_t)DELETED_MAC,
	    registration);
}

bw_err
store_deleted_drop(struct store *s, const uint8_t mac[static DELETED_MAC])
{
	static const char sql[] = "DELETE FROM deleted WHERE mac = ?1";

	return db_write(s, NULL, sql, "b", mac, (size_t)DELETED_MAC);
}

bw_err
store_deleted_drop_unknown(struct store *s)
{
	static const char sql[] = "DELETE FROM deleted WHERE registration = 0";

	return db_write(s, NULL, sql, "");
}

/* A share is nobody's. The second in which it ended stands in the audit too, with
 * a number where all were withdrawn at once: its day is left, but nothing that is
 * before the share. */
#define OF_NOBODY "UPDATE lead SET edition = 0, ended_at = CASE " \
	"WHEN ended_at = 0 THEN 0 " \
	"ELSE max(time, ended_at - ended_at % 86400) END "

#define OF_PERSON "(SELECT edition.id FROM edition JOIN badge " \
	"ON badge.badge_id = edition.badge_id WHERE registration = ?1)"

bw_err
store_deleted_put_all(struct store *s,
    const uint8_t key_mac[static DELETED_MAC],
    const struct deleted_mails *mails, uint64_t registration)
{
	bw_err r = store_deleted_put(s, key_mac, registration);

	for (size_t i = 0; i < mails->n && r == BW_OK; i++)
		r = store_deleted_put(s, mails->mac[i], registration);
	return r;
}

struct known {
	const uint8_t *secret;
	struct deleted_mails *out;
};

static bw_err
add_mail(const struct known *k, const char *mail)
{
	uint8_t mac[DELETED_MAC];
	bw_err r;

	if (mail[0] == 0)
		return BW_OK;
	if ((r = deleted_mac_mail(k->secret, mail, mac)) == BW_OK)
		deleted_mails_add(k->out, mac);
	return r;
}

static bw_err
mail_row(void *arg, struct db_query *q)
{
	return add_mail(arg, db_text(q, 0));
}

static bw_err
mac_row(void *arg, struct db_query *q)
{
	const struct known *k = arg;
	uint8_t mac[DELETED_MAC];
	bw_err r = db_fixed(q, 0, mac, sizeof(mac));

	if (r == BW_OK)
		deleted_mails_add(k->out, mac);
	return r;
}

bw_err
store_deleted_mails(struct store *s, const struct registration *reg,
    struct deleted_mails *out)
{
	static const char editions[] = "SELECT DISTINCT v2 FROM edition "
	    "JOIN badge ON badge.badge_id = edition.badge_id "
	    "WHERE registration = ?1 AND v2 IS NOT NULL";
	static const char former[] = "SELECT mac FROM former_mail "
	    "WHERE registration = ?1 ORDER BY at DESC";
	struct known k = { db_deleted_key(s), out };
	bw_err r;

	*out = (struct deleted_mails){ 0 };
	if (k.secret == NULL)
		return BW_ERR_KEY;
	if ((r = add_mail(&k, reg->values.v[FIELD_EMAIL])) != BW_OK ||
	    (r = db_each(s, mail_row, &k, editions, "u", reg->id)) != BW_OK)
		return r;
	return db_each(s, mac_row, &k, former, "u", reg->id);
}

bw_err
store_mail_moved(struct store *s, const struct registration *had,
    const char *mail, int64_t now)
{
	static const char sql[] = "INSERT INTO former_mail "
	    "(registration, mac, at) VALUES (?1, ?2, ?3) "
	    "ON CONFLICT DO NOTHING";
	const char *was = had->values.v[FIELD_EMAIL];
	const uint8_t *secret = db_deleted_key(s);
	uint8_t mac[DELETED_MAC];
	bw_err r;

	if (secret == NULL || was[0] == 0 || strcmp(was, mail) == 0)
		return BW_OK;
	if ((r = deleted_mac_mail(secret, was, mac)) != BW_OK)
		return r;
	return db_write(s, NULL, sql, "ubi", had->id, mac, sizeof(mac), now);
}

bw_err
store_mail_forget(struct store *s, uint64_t registration)
{
	static const char sql[] =
	    "DELETE FROM former_mail WHERE registration = ?1";

	return db_write(s, NULL, sql, "u", registration);
}

static bw_err
macs_put(struct store *s, const struct registration *reg)
{
	const uint8_t *secret = db_deleted_key(s);
	struct deleted_mails mails;
	uint8_t mac[DELETED_MAC];
	bw_err r;

	if (secret == NULL)
		return BW_ERR_KEY;
	if ((r = store_deleted_mails(s, reg, &mails)) != BW_OK ||
	    (r = deleted_mac_key(secret, reg->key, mac)) != BW_OK)
		return r;
	return store_deleted_put_all(s, mac, &mails, reg->id);
}

/* What points to a person besides its values. */
static bw_err
traces_erase(struct store *s, uint64_t id)
{
	static const char bodies[] = "UPDATE entry SET body = NULL WHERE id "
	    "IN (SELECT id FROM lead WHERE edition IN " OF_PERSON
	    " UNION SELECT id FROM outlived WHERE edition IN " OF_PERSON ")";
	static const char outlived[] =
	    "DELETE FROM outlived WHERE edition IN " OF_PERSON;
	/* Last of all that goes by it: whose shares they were. */
	static const char shares[] =
	    OF_NOBODY "WHERE edition IN " OF_PERSON;
	static const char tags[] = "UPDATE edition SET uid = zeroblob(7) "
	    "WHERE id IN " OF_PERSON;
	static const char changes[] =
	    "DELETE FROM correction WHERE edition IN " OF_PERSON;
	static const char sources[] =
	    "DELETE FROM corrected WHERE registration = ?1";
	static const char all[] =
	    "DELETE FROM withdrawn WHERE registration = ?1";
	static const char barrier[] =
	    "DELETE FROM barrier WHERE registration = ?1";
	static const char holds[] = "UPDATE hold SET reason = '-', "
	    "reviewer = '-' WHERE registration = ?1";
	bw_err r;

	if ((r = db_write(s, NULL, bodies, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, outlived, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, tags, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, changes, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, sources, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, all, "u", id)) != BW_OK ||
	    (r = handed_forget(s, id)) != BW_OK ||
	    (r = store_mail_forget(s, id)) != BW_OK ||
	    (r = db_write(s, NULL, barrier, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, shares, "u", id)) != BW_OK)
		return r;
	return db_write(s, NULL, holds, "u", id);
}

static bw_err
key_erase(struct store *s, uint64_t id)
{
	static const char sql[] =
	    "UPDATE registration SET key = ?2 WHERE id = ?1";
	char key[40];

	snprintf(key, sizeof(key), "erased %" PRIu64, id);
	return db_write(s, NULL, sql, "ut", id, key);
}

bw_err
store_erase(struct store *s, const struct registration *reg, int64_t now)
{
	static const char sweep[] =
	    "UPDATE meta SET value = value + 1 WHERE key = 'sweep'";
	bw_err r;

	if ((r = store_ack_erased(s, reg->id, now)) != BW_OK ||
	    (r = macs_put(s, reg)) != BW_OK ||
	    (r = store_registration_status(s, reg->id, REG_DELETED,
	    now)) != BW_OK ||
	    (r = traces_erase(s, reg->id)) != BW_OK ||
	    (r = key_erase(s, reg->id)) != BW_OK)
		return r;
	return db_write(s, NULL, sweep, "");
}

bw_err
store_erased_drop(struct store *s, uint64_t device, uint64_t seq)
{
	static const char cut[] = OF_NOBODY
	    "WHERE id = ?1 AND EXISTS (SELECT 1 FROM edition "
	    "JOIN badge ON badge.badge_id = edition.badge_id "
	    "JOIN registration ON registration.id = badge.registration "
	    "WHERE edition.id = lead.edition AND status = 4)";
	static const char body[] =
	    "UPDATE entry SET body = NULL WHERE id = ?1";
	int64_t erased;
	bw_err r = db_write(s, &erased, cut, "u", db_key(device, seq));

	return r != BW_OK || erased == 0 ? r :
	    db_write(s, NULL, body, "u", db_key(device, seq));
}

static bw_err
number_row(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

bw_err
store_sweep_get(struct store *s, uint64_t *wanted)
{
	static const char sql[] = "SELECT CASE WHEN sweep.value > swept.value "
	    "THEN sweep.value ELSE 0 END FROM meta AS sweep "
	    "JOIN meta AS swept ON swept.key = 'swept' "
	    "WHERE sweep.key = 'sweep'";

	*wanted = 0;
	return db_first(s, number_row, wanted, sql, "");
}

bw_err
store_sweep_done(struct store *s, uint64_t wanted)
{
	static const char sql[] = "UPDATE meta SET value = max(value, ?1) "
	    "WHERE key = 'swept'";

	return db_write(s, NULL, sql, "u", wanted);
}
