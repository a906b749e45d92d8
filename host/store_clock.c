// SPDX-License-Identifier: Apache-2.0
#include "host/account.h"
#include "host/case.h"
#include "host/device_invite.h"
#include "host/hostclock.h"
#include "host/store_db.h"
#include "host/token.h"
#include "host/store_link.h"
#include "host/store_mail.h"

static bw_err
look_row(void *arg, struct db_query *q)
{
	struct hostclock_look *out = arg;

	out->wall = db_int(q, 0);
	out->boot = db_int(q, 1);
	out->moved = db_int(q, 3) != 0;
	return db_copy(q, 2, out->boot_id, sizeof(out->boot_id));
}

bw_err
store_clock_get(struct store *s, struct hostclock_look *out)
{
	static const char kept[] =
	    "SELECT wall, boot, boot_id, moved FROM hostclock";
	static const char audit[] = "SELECT at, 0, '', 0 FROM audit "
	    "ORDER BY id DESC LIMIT 1";
	bw_err r;

	*out = (struct hostclock_look){ 0 };
	r = db_first(s, look_row, out, kept, "");
	if (r == BW_ERR_NOTFOUND)
		r = db_first(s, look_row, out, audit, "");
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
undo_row(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

bw_err
store_clock_undo(struct store *s, int64_t *out)
{
	static const char sql[] = "SELECT min(erase_undo) FROM barrier "
	    "WHERE erase_due <> 0 AND erase_begun = 0 AND erase_undo > 0 "
	    "HAVING min(erase_undo) < ?1";
	bw_err r = db_first(s, undo_row, out, sql, "i",
	    (int64_t)HOSTCLOCK_START);

	if (r == BW_ERR_NOTFOUND)
		*out = HOSTCLOCK_START;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
store_clock_put(struct store *s, const struct hostclock_look *in)
{
	static const char sql[] = "INSERT INTO hostclock "
	    "(id, wall, boot, boot_id, moved) VALUES (1, ?1, ?2, ?3, ?4) "
	    "ON CONFLICT (id) DO UPDATE SET wall = excluded.wall, "
	    "boot = excluded.boot, boot_id = excluded.boot_id, "
	    "moved = excluded.moved";

	return db_write(s, NULL, sql, "iiti", in->wall, in->boot, in->boot_id,
	    (int64_t)in->moved);
}

/* ?1: now; ?2: later than what can have begun by now; ?3: how long it lasts. */
static const struct {
	const char *sql;
	int64_t lasts;
} mends[] = {
	{ "UPDATE barrier SET restricted = min(restricted, ?1), "
	    "objected = min(objected, ?1), staff = min(staff, ?1), "
	    "held_at = min(held_at, ?1), "
	    "erase_due = erase_due - max(0, erase_planned - ?1), "
	    "erase_planned = min(erase_planned, ?1) "
	    "WHERE max(erase_planned, restricted, objected, staff, "
	    "held_at) > ?2 + ?3", 0 },
	{ "UPDATE casefile SET received = min(received, ?1), opened_at = min(opened_at, ?1), "
	    "extended_at = min(extended_at, ?1), "
	    "closed_at = min(closed_at, ?1) WHERE max(received, opened_at, "
	    "extended_at, closed_at) > ?2 + ?3", 0 },
	{ "UPDATE login SET created_at = min(created_at, ?1), "
	    "seen_at = min(seen_at, ?1) "
	    "WHERE max(created_at, seen_at) > ?2 + ?3", 0 },
	/* When it was made stays: by that it is known (store_redo_out.c). */
	{ "UPDATE token SET expires_at = ?1 + ?3 WHERE expires_at > ?2 + ?3",
	    TOKEN_DAYS_MAX * INT64_C(86400) },
	{ "UPDATE account SET invite_until = ?1 + ?3 "
	    "WHERE invite_until > ?2 + ?3", ACCOUNT_INVITE_SECONDS },
	{ "UPDATE account SET totp_step = ?1 / 30 WHERE totp_step > "
	    "(?2 + ?3) / 30", 60 },
	{ "UPDATE device SET code_until = ?1 + ?3 "
	    "WHERE code_until > ?2 + ?3", DEVICE_INVITE_SECONDS },
	{ "UPDATE link SET until = ?1 + ?3 "
	    "WHERE purpose IN (1, 4) AND until > ?2 + ?3", LINK_ALL_SECONDS },
	{ "UPDATE link SET until = ?1 + ?3 "
	    "WHERE purpose = 2 AND until > ?2 + ?3", LINK_SHARES_SECONDS },
	{ "UPDATE link SET until = ?1 + ?3 "
	    "WHERE purpose = 3 AND until > ?2 + ?3", LINK_OPTOUT_SECONDS },
	{ "UPDATE mail SET next_try = ?1, queued_at = min(queued_at, ?1) "
	    "WHERE state = 0 AND next_try > ?2 + ?3", MAIL_TRY_MOST },
	{ "UPDATE pending SET since = ?1 WHERE since > ?2 + ?3", 0 },
};

struct late {
	uint64_t num;
	enum case_type type;
	bool extended;
};

static bw_err
late_row(void *arg, struct db_query *q)
{
	*(struct late *)arg = (struct late){ db_uint(q, 0),
		(enum case_type)db_int(q, 1), db_int(q, 2) != 0 };
	return BW_OK;
}

/* A case that counts as received now is due as one that is: by months, which
 * seconds are not. */
static bw_err
mend_due(struct store *s, int64_t now)
{
	static const char next[] = "SELECT num, type, extended_at "
	    "FROM casefile WHERE received > ?1 AND max(received, opened_at, "
	    "extended_at, closed_at) > ?2 LIMIT 1";
	static const char put[] =
	    "UPDATE casefile SET due = ?2, received = ?3 WHERE num = ?1";
	struct late c;
	int64_t due;
	bw_err r;

	while ((r = db_first(s, late_row, &c, next, "ii", now,
	    now + HOSTCLOCK_SLACK)) == BW_OK) {
		if ((r = case_due_of(s, c.type, now, c.extended, &due)) !=
		    BW_OK || (r = db_write(s, NULL, put, "uii", c.num, due,
		    now)) != BW_OK)
			return r;
	}
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
store_clock_mend(struct store *s, int64_t last, int64_t now)
{
	static const char pending[] =
	    "UPDATE pending SET since = ?2 WHERE since >= ?1";
	bw_err r = mend_due(s, now);

	for (size_t i = 0; i < sizeof(mends) / sizeof(mends[0]) &&
	    r == BW_OK; i++)
		r = db_write(s, NULL, mends[i].sql, "iii", now,
		    now + HOSTCLOCK_SLACK, mends[i].lasts);
	return r != BW_OK || last == 0 ? r :
	    db_write(s, NULL, pending, "ii", last, now);
}
