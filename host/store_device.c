// SPDX-License-Identifier: Apache-2.0
#include "host/store_device.h"

#include <string.h>

#include "host/hostclock.h"
#include "host/store_db.h"
#include "host/store_health.h"
#include "host/store_redo.h"

const char *
device_state_name(enum device_state st)
{
	switch (st) {
	case DEVICE_INVITED:
		return "invited";
	case DEVICE_ACTIVE:
		return "active";
	case DEVICE_REVOKED:
		return "revoked";
	}
	return "unknown";
}

#define DEVICE_COLUMNS "device.num, device.name, device.sponsor, " \
	"device.origin, device.state, device.forked, log_spki, seal_spki, " \
	"identity_spki, added_at, enrolled_at, revoked_at, quarantine, " \
	"last_seen, size, root, booth, lost_at, code_until, held"
#define DEVICE_FROM " FROM device " \
	"LEFT JOIN seen ON seen.device = device.num " \
	"LEFT JOIN log ON log.device = device.num "
#define DEVICE "SELECT " DEVICE_COLUMNS DEVICE_FROM
#define DEVICE_NEXT 20		/* the first column behind these */

static bw_err
device_row(void *arg, struct db_query *q)
{
	struct store_device *out = arg;
	int64_t state = db_int(q, 4), held = db_int(q, 19);
	bw_err r;

	if (state < 0 || state > DEVICE_REVOKED || held < 0 ||
	    held > DEVICE_HELD_LESS)
		return BW_ERR_FORMAT;
	out->num = db_uint(q, 0);
	out->state = (enum device_state)state;
	out->forked = db_int(q, 5) != 0;
	out->held = (enum device_held)held;
	out->added_at = db_int(q, 9);
	out->enrolled_at = db_int(q, 10);
	out->enrolled = out->enrolled_at != 0;
	out->revoked_at = db_int(q, 11);
	out->quarantine = db_uint(q, 12);
	out->last_seen = db_int(q, 13);
	out->size = db_uint(q, 14);
	out->lost_at = db_int(q, 17);
	out->invited_until = db_int(q, 18);
	if ((r = db_copy(q, 1, out->name, sizeof(out->name))) != BW_OK ||
	    (r = db_copy(q, 2, out->sponsor, sizeof(out->sponsor))) != BW_OK ||
	    (r = db_copy(q, 3, out->origin, sizeof(out->origin))) != BW_OK ||
	    (r = db_copy(q, 16, out->booth, sizeof(out->booth))) != BW_OK ||
	    (r = db_fixed(q, 6, out->log_spki, CRYPTO_SPKI)) != BW_OK ||
	    (r = db_fixed(q, 7, out->seal_spki, CRYPTO_SPKI)) != BW_OK ||
	    (r = db_fixed(q, 8, out->identity_spki, CRYPTO_SPKI)) != BW_OK)
		return r;
	return db_fixed(q, 15, out->root, CRYPTO_HASH);
}

bw_err
store_device_add(struct store *s, const char *name, const char *sponsor,
    const char *origin, const uint8_t code[static ENROL_CODE], int64_t now,
    int64_t until)
{
	static const char sql[] = "INSERT INTO device (name, sponsor, origin, "
	    "added_at, enrol_id, code, code_until) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
	char id[ENROL_ID_HEX];
	bw_err r;

	if ((r = enrol_id(code, id)) != BW_OK ||
	    (r = db_redo_name(s, name, now)) != BW_OK)
		return r;
	return db_write(s, NULL, sql, "tttitbi", name, sponsor, origin, now,
	    id, code, (size_t)ENROL_CODE, until);
}

bw_err
store_device_renew(struct store *s, const char *name,
    const uint8_t code[static ENROL_CODE], int64_t until)
{
	static const char sql[] = "UPDATE device SET enrol_id = ?2, "
	    "code = ?3, code_until = ?4 WHERE name = ?1 AND state = 0";
	char id[ENROL_ID_HEX];
	int64_t changed;
	bw_err r;

	if ((r = enrol_id(code, id)) != BW_OK ||
	    (r = db_write(s, &changed, sql, "ttbi", name, id, code,
	    (size_t)ENROL_CODE, until)) != BW_OK)
		return r;
	return changed != 0 ? BW_OK : BW_ERR_NOTFOUND;
}

bw_err
store_device_close_codes(struct store *s, int64_t now)
{
	static const char sql[] = "UPDATE device SET code = NULL, "
	    "code_until = CASE WHEN code_until < ?1 THEN code_until "
	    "ELSE ?1 END WHERE code IS NOT NULL";

	return db_write(s, NULL, sql, "i", now);
}

bw_err
store_device_get(struct store *s, const char *name, struct store_device *out)
{
	static const char sql[] = DEVICE "WHERE device.name = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, device_row, out, sql, "t", name);
}

bw_err
store_device_num(struct store *s, uint64_t num, struct store_device *out)
{
	static const char sql[] = DEVICE "WHERE device.num = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, device_row, out, sql, "u", num);
}

struct walk {
	store_device_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct store_device d;
	bw_err r = device_row(&d, q);

	return r == BW_OK ? w->cb(w->arg, &d) : r;
}

bw_err
store_device_each(struct store *s, store_device_cb cb, void *arg)
{
	static const char sql[] = DEVICE "ORDER BY device.name";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "");
}

bw_err
store_device_revoke(struct store *s, const char *name, int64_t now)
{
	static const char sql[] = "UPDATE device SET state = 2, "
	    "revoked_at = ?2, code = NULL, quarantine = coalesce("
	    "(SELECT size FROM log WHERE log.device = device.num), 0) "
	    "WHERE name = ?1 AND state <> 2";
	struct store_device d;
	int64_t changed;
	bw_err r;

	if ((r = db_write(s, &changed, sql, "ti", name, now)) != BW_OK)
		return r;
	return changed != 0 ? db_redo_device(s, name, now) :
	    store_device_get(s, name, &d);
}

bw_err
store_device_booth(struct store *s, const char *name, const char *booth)
{
	static const char sql[] = "UPDATE device SET booth = ?2 "
	    "WHERE name = ?1";
	int64_t changed;
	bw_err r;

	if ((r = db_write(s, &changed, sql, "tt", name, booth)) != BW_OK)
		return r;
	return changed != 0 ? BW_OK : BW_ERR_NOTFOUND;
}

bw_err
store_device_lost(struct store *s, const char *name, int64_t at)
{
	static const char sql[] = "UPDATE device SET lost_at = ?2 "
	    "WHERE name = ?1 AND state = 2";
	int64_t changed, now;
	bw_err r;

	if ((r = hostclock_now(s, &now)) != BW_OK ||
	    (r = db_write(s, &changed, sql, "ti", name, at)) != BW_OK)
		return r;
	return changed != 0 ? db_redo_device(s, name, now) :
	    BW_ERR_NOTFOUND;
}

bw_err
store_device_seen(struct store *s, uint64_t num, int64_t now,
    const char *health, size_t len)
{
	static const char sql[] = "INSERT INTO seen "
	    "(device, last_seen, health) VALUES (?1, ?2, ?3) "
	    "ON CONFLICT (device) DO UPDATE SET "
	    "last_seen = excluded.last_seen, "
	    "health = coalesce(excluded.health, seen.health)";

	return db_write(s, NULL, sql, "uib", num, now, health, len);
}

bw_err
db_devices_put_back(struct store *s)
{
	static const char sql[] = "UPDATE log SET held = ?1";

	return db_write(s, NULL, sql, "i", (int64_t)DEVICE_HELD_UNSURE);
}

bw_err
store_device_held_less(struct store *s, uint64_t num)
{
	static const char sql[] = "UPDATE log SET held = ?2 WHERE device = ?1";

	return db_write(s, NULL, sql, "ui", num, (int64_t)DEVICE_HELD_LESS);
}

static bw_err
enrol_row(void *arg, struct db_query *q)
{
	struct store_enrol *out = arg;
	const void *p;
	size_t len;
	bw_err r;

	if ((r = device_row(&out->device, q)) != BW_OK ||
	    (r = db_fixed(q, DEVICE_NEXT, out->code, ENROL_CODE)) != BW_OK ||
	    (r = db_fixed(q, DEVICE_NEXT + 2, out->post,
	    CRYPTO_HASH)) != BW_OK)
		return r;
	out->open = db_blob(q, DEVICE_NEXT, &len) != NULL;
	out->until = db_int(q, DEVICE_NEXT + 1);
	out->answer_until = db_int(q, DEVICE_NEXT + 4);
	p = db_blob(q, DEVICE_NEXT + 3, &len);
	return bw_buf_put(&out->answer, p, len);
}

bw_err
store_enrol_get(struct store *s, const char *id, struct store_enrol *out)
{
	static const char sql[] = "SELECT " DEVICE_COLUMNS
	    ", code, code_until, post, answer, answer_until"
	    DEVICE_FROM "WHERE enrol_id = ?1";

	memset(out, 0, sizeof(*out));
	out->answer = BW_BUF_INIT(POLICY_MAX * 2);
	return db_first(s, enrol_row, out, sql, "t", id);
}

bw_err
store_enrol_finish(struct store *s, const char *id,
    const struct enrol_post *keys, const uint8_t post[static CRYPTO_HASH],
    const struct bw_buf *answer, int64_t now, int64_t answer_until)
{
	static const char sql[] = "UPDATE device SET state = 1, "
	    "log_spki = ?2, seal_spki = ?3, identity_spki = ?4, post = ?5, "
	    "answer = ?6, enrolled_at = ?7, answer_until = ?8, code = NULL "
	    "WHERE enrol_id = ?1 AND state = 0";
	int64_t changed;
	bw_err r;

	if ((r = db_write(s, &changed, sql, "tbbbbbii", id, keys->log_spki,
	    sizeof(keys->log_spki), keys->seal_spki, sizeof(keys->seal_spki),
	    keys->identity_spki, sizeof(keys->identity_spki), post,
	    (size_t)CRYPTO_HASH, answer->ptr, answer->len, now,
	    answer_until)) != BW_OK)
		return r;
	return changed != 0 ? BW_OK : BW_ERR_NOTFOUND;
}
