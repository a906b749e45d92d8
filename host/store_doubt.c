// SPDX-License-Identifier: Apache-2.0
#include "host/store_doubt.h"

#include "host/store_db.h"

/* Live ones of device ?1 from the time ?3 to ?4, without the one itself. */
#define BESIDE "id >= (?1 << 32) AND id < ((?1 + 1) << 32) AND id <> ?2 " \
	"AND state = 0 AND time >= ?3 AND time < ?4"

bw_err
doubt_beside(struct store *s, uint64_t device, uint64_t seq, int64_t now,
    uint64_t *n)
{
	static const char odd[] = "INSERT INTO odd (id, reason, found_at) "
	    "SELECT id, ?5, ?6 FROM lead WHERE " BESIDE
	    " ON CONFLICT DO NOTHING";
	static const char hold[] =
	    "UPDATE lead SET state = 3, reason = ?5 WHERE " BESIDE;
	struct store_lead l;
	int64_t from, held = 0;
	bw_err r;

	*n = 0;
	if ((r = store_lead_get(s, device, seq, &l)) != BW_OK)
		return r;
	from = l.time - l.time % DOUBT_SECONDS;
	r = db_write(s, NULL, odd, "uuiiii", device, db_key(device, seq),
	    from, from + DOUBT_SECONDS, (int64_t)ODD_NOT_ME, now);
	if (r == BW_OK)
		r = db_write(s, &held, hold, "uuiii", device,
		    db_key(device, seq), from, from + DOUBT_SECONDS,
		    (int64_t)ODD_NOT_ME);
	*n = (uint64_t)held;
	return r;
}

bw_err
doubt_release(struct store *s, uint64_t device, uint64_t seq)
{
	static const char live[] = "UPDATE lead SET state = 0, reason = 0 "
	    "WHERE id = ?1 AND state = 3 AND reason = ?2";
	static const char odd[] =
	    "DELETE FROM odd WHERE id = ?1 AND reason = ?2";
	int64_t changed;
	bw_err r;

	if (seq > STORE_SEQ_MAX)
		return BW_ERR_NOTFOUND;
	r = db_write(s, &changed, live, "ui", db_key(device, seq),
	    (int64_t)ODD_NOT_ME);
	if (r != BW_OK || changed == 0)
		return r != BW_OK ? r : BW_ERR_NOTFOUND;
	return db_write(s, NULL, odd, "ui", db_key(device, seq),
	    (int64_t)ODD_NOT_ME);
}
