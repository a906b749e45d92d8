// SPDX-License-Identifier: Apache-2.0
#include "host/store_restored.h"

#include "base/clock.h"
#include "host/readmit.h"
#include "host/store_db.h"
#include "host/store_device.h"
#include "host/store_login.h"
#include "host/totp.h"
#include "record/crypto.h"

#define YEAR_MS INT64_C(31557600000)

/* From a half of 2^bits to the whole. */
static bw_err
draw(unsigned bits, uint64_t *out)
{
	const uint64_t half = UINT64_C(1) << (bits - 1);
	bw_err r = bw_random(out, sizeof(*out));

	*out = half + *out % half;
	return r;
}

static bw_err
raise_number(struct store *s, const char *table, unsigned bits)
{
	static const char has[] = "INSERT INTO sqlite_sequence (name, seq) "
	    "SELECT ?1, 0 WHERE NOT EXISTS "
	    "(SELECT 1 FROM sqlite_sequence WHERE name = ?1)";
	static const char sql[] = "UPDATE sqlite_sequence "
	    "SET seq = seq + ?2 WHERE name = ?1";
	uint64_t by;
	bw_err r;

	if ((r = draw(bits, &by)) != BW_OK ||
	    (r = db_write(s, NULL, has, "t", table)) != BW_OK)
		return r;
	return db_write(s, NULL, sql, "tu", table, by);
}

/* JSON's numbers end at 2^53; people read those of 24 bits and less. */
static bw_err
raise_numbers(struct store *s)
{
	static const struct {
		const char *table;
		unsigned bits;
	} raised[] = { { "account", 24 }, { "casefile", 24 }, { "disclosure", 24 },
		{ "export", 24 }, { "hold", 24 },
		{ "incident", 24 }, { "login", 40 }, { "mail", 40 },
		{ "registration", 20 }, { "token", 24 } };
	static const char draft[] = "UPDATE draft SET rev = rev + ?1";
	static const char mark[] = "INSERT INTO meta (key, value) "
	    "VALUES ('mark', ?1) ON CONFLICT (key) "
	    "DO UPDATE SET value = value + excluded.value";
	const size_t n = sizeof(raised) / sizeof(raised[0]);
	uint64_t by;
	bw_err r = draw(40, &by);

	for (size_t i = 0; i < n && r == BW_OK; i++)
		r = raise_number(s, raised[i].table, raised[i].bits);
	if (r != BW_OK || (r = db_write(s, NULL, draft, "u", by)) != BW_OK)
		return r;
	return db_write(s, NULL, mark, "u", by >> 16);
}

/* Above the clock, not above the copy: one that is put back twice would have the
 * same ones again. A booth may have a later one than the copy: each gets its
 * policy anew. */
static bw_err
raise_serial(struct store *s)
{
	static const char sql[] = "UPDATE meta SET value = max(value, ?1) "
	    "WHERE key = 'serial'";
	static const char anew[] = "UPDATE issued SET version = ''";
	bw_err r = db_write(s, NULL, sql, "i", clock_wall_ms() + YEAR_MS);

	return r == BW_OK ? db_write(s, NULL, anew, "") : r;
}

bw_err
db_editions_end(struct store *s)
{
	static const char sql[] = "INSERT INTO meta (key, value) "
	    "SELECT 'edition', coalesce(max(id), 0) FROM edition WHERE true "
	    "ON CONFLICT (key) DO UPDATE SET value = excluded.value";

	return db_write(s, NULL, sql, "");
}

/* That nothing of it was done yet. */
static bw_err
put_back_set(struct store *s)
{
	static const char sql[] = "INSERT INTO meta (key, value) "
	    "VALUES ('restored', 1), ('unerased', 1) "
	    "ON CONFLICT (key) DO NOTHING";

	return db_write(s, NULL, sql, "");
}

/* A code is good for a step before and behind its own (totp.h). */
static bw_err
use_up_codes(struct store *s, int64_t now)
{
	static const char sql[] = "UPDATE account "
	    "SET totp_step = max(totp_step, ?1)";

	return db_write(s, NULL, sql, "i", totp_step(now) + TOTP_SKEW);
}

bw_err
db_restored(struct store *s, const char *dir, int64_t now)
{
	bw_err r;

	if ((r = put_back_set(s)) != BW_OK ||
	    (r = db_logins_end_all(s)) != BW_OK ||
	    (r = store_device_close_codes(s, now)) != BW_OK ||
	    (r = db_devices_put_back(s)) != BW_OK ||
	    (r = use_up_codes(s, now)) != BW_OK ||
	    (r = raise_numbers(s)) != BW_OK ||
	    (r = raise_serial(s)) != BW_OK ||
	    (r = readmit_all(dir, s)) != BW_OK)
		return r;
	return db_editions_end(s);
}

static bw_err
take_number(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

bw_err
store_edition_goes_on(struct store *s, uint64_t ref, bool *yes)
{
	static const char sql[] =
	    "SELECT value FROM meta WHERE key = 'edition'";
	uint64_t last = 0;
	bw_err r = db_first(s, take_number, &last, sql, "");

	*yes = ref > last;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
store_serial_named(struct store *s, uint64_t device, uint64_t serial)
{
	static const char raise[] = "UPDATE meta SET value = ?1 "
	    "WHERE key = 'serial' AND value < ?1";
	static const char anew[] =
	    "UPDATE issued SET version = '' WHERE device = ?1";
	bw_err r;

	if (serial > (uint64_t)(clock_wall_ms() + 100 * YEAR_MS))
		return BW_OK;
	if ((r = db_write(s, NULL, raise, "u", serial)) != BW_OK)
		return r;
	return db_write(s, NULL, anew, "u", device);
}

static bw_err
is_set(struct store *s, const char *key, bool *yes)
{
	static const char sql[] = "SELECT value FROM meta WHERE key = ?1";
	uint64_t n = 0;
	bw_err r = db_first(s, take_number, &n, sql, "t", key);

	*yes = n != 0;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
store_restored_is(struct store *s, bool *yes)
{
	return is_set(s, "restored", yes);
}

bw_err
store_unerased_is(struct store *s, bool *yes)
{
	return is_set(s, "unerased", yes);
}

/* One that was put back by hand is known by its acts alone; by one act it looks as
 * one commit that was cut off, so that erase_again looks behind that, too. */
bw_err
db_restored_done(struct store *s)
{
	static const char sql[] = "DELETE FROM meta WHERE key = 'restored'";
	bw_err r = put_back_set(s);

	return r == BW_OK ? db_write(s, NULL, sql, "") : r;
}

bw_err
db_unerased_done(struct store *s)
{
	static const char sql[] = "DELETE FROM meta WHERE key = 'unerased'";

	return db_write(s, NULL, sql, "");
}
