// SPDX-License-Identifier: Apache-2.0
/* What a registration stands for, and what follows when that changes. */
#include "host/store_registration.h"

#include <inttypes.h>
#include <stdio.h>

#include "host/audit.h"
#include "host/case.h"
#include "host/store_db.h"
#include "host/store_mail.h"
#include "host/store_redo.h"
#include "host/store_right.h"

/* The blocked list changes with a registration that has a badge. */
static bw_err
blocked_raise(struct store *s, uint64_t registration)
{
	static const char sql[] = "UPDATE meta SET value = value + 1 "
	    "WHERE key = 'blocked' AND EXISTS "
	    "(SELECT 1 FROM badge WHERE registration = ?1)";

	return db_write(s, NULL, sql, "u", registration);
}

bw_err
db_registration_changed(struct store *s, uint64_t registration,
    enum reg_status to, int64_t now)
{
	bw_err r = blocked_raise(s, registration);

	if (r == BW_OK && reg_releases(to))
		r = store_ack_back(s, registration, now);
	return r != BW_OK || to != REG_ATTENDING ? r :
	    store_given_back(s, registration, now);
}

static bw_err
id_row(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

static bw_err
erase(struct store *s, uint64_t id)
{
	static const char reg[] = "UPDATE registration SET v1 = NULL, "
	    "v2 = NULL, v3 = NULL, v4 = NULL, v5 = NULL, v6 = NULL, "
	    "minor_age = -1, minor = 0, cancelled = 0, released = 0 "
	    "WHERE id = ?1";
	static const char editions[] = "UPDATE edition SET v1 = NULL, "
	    "v2 = NULL, v3 = NULL, v4 = NULL, v5 = NULL, v6 = NULL "
	    "WHERE badge_id IN "
	    "(SELECT badge_id FROM badge WHERE registration = ?1)";
	char object[40];
	bw_err r;

	snprintf(object, sizeof(object), "registration %" PRIu64, id);
	if ((r = db_write(s, NULL, reg, "u", id)) != BW_OK ||
	    (r = audit_forget(s, object)) != BW_OK ||
	    (r = db_notes_erase(s, id)) != BW_OK ||
	    (r = mail_forget(s, id)) != BW_OK ||
	    (r = case_forget(s, id)) != BW_OK)
		return r;
	return db_write(s, NULL, editions, "u", id);
}

struct minor {
	bool is, released;
	uint64_t status;
};

static bw_err
minor_row(void *arg, struct db_query *q)
{
	*(struct minor *)arg = (struct minor){ db_int(q, 0) != 0,
		db_int(q, 1) != 0, db_uint(q, 2) };
	return BW_OK;
}

static bw_err
minor_get(struct store *s, uint64_t id, struct minor *out)
{
	static const char sql[] = "SELECT minor, released, status "
	    "FROM registration WHERE id = ?1";

	return db_first(s, minor_row, out, sql, "u", id);
}

/* What a status stands for is so from now on; attending takes away what the
 * status says now. */
static bw_err
facts(struct store *s, uint64_t id, enum reg_status st, int64_t now)
{
	static const char sql[] = "UPDATE registration SET changed_at = ?3, "
	    "minor = (minor AND NOT (?2 = 0 AND status = 3)) OR ?2 = 3, "
	    "cancelled = (cancelled AND NOT (?2 = 0 AND status = 1)) "
	    "OR ?2 = 1, released = released OR (?2 = 0 AND status = 3) "
	    "WHERE id = ?1 AND status <> 4";
	struct minor had, has;
	int64_t changed;
	bw_err r;

	if ((r = minor_get(s, id, &had)) != BW_OK ||
	    (r = db_write(s, &changed, sql, "uii", id, (int64_t)st,
	    now)) != BW_OK || (r = minor_get(s, id, &has)) != BW_OK)
		return r;
	if (changed == 0)
		return BW_ERR_NOTFOUND;
	return had.is == has.is && had.released == has.released ? BW_OK :
	    db_redo_minor(s, id, has.is, has.released, now);
}

static bw_err
state(struct store *s, uint64_t id, enum reg_status st, int64_t now)
{
	static const char follows[] = "UPDATE registration SET status = "
	    "CASE WHEN ?2 IN (2, 4) THEN ?2 ELSE " REG_BENEATH " END "
	    "WHERE id = ?1";
	bw_err r = facts(s, id, st, now);

	return r == BW_OK ?
	    db_write(s, NULL, follows, "ui", id, (int64_t)st) : r;
}

bw_err
db_registration_minor(struct store *s, uint64_t id, bool minor,
    bool released, int64_t now, bool *changed)
{
	static const char sql[] = "UPDATE registration SET changed_at = ?4, "
	    "minor = ?2, released = ?3 WHERE id = ?1";
	static const char follows[] = "UPDATE registration SET status = "
	    REG_BENEATH " WHERE id = ?1 AND status NOT IN (2, 4)";
	struct minor had, has;
	bw_err r;

	*changed = false;
	if ((r = minor_get(s, id, &had)) != BW_OK ||
	    had.status == REG_DELETED ||
	    (had.is == minor && had.released == released))
		return r;
	*changed = true;
	if ((r = db_write(s, NULL, sql, "uiii", id, (int64_t)minor,
	    (int64_t)released, now)) != BW_OK ||
	    (r = db_write(s, NULL, follows, "u", id)) != BW_OK ||
	    (r = db_redo_minor(s, id, minor, released, now)) != BW_OK ||
	    (r = minor_get(s, id, &has)) != BW_OK ||
	    has.status == had.status)
		return r;
	return db_registration_changed(s, id, (enum reg_status)has.status, now);
}

bw_err
store_registration_status(struct store *s, uint64_t id, enum reg_status st,
    int64_t now)
{
	static const char status[] =
	    "SELECT status FROM registration WHERE id = ?1";
	uint64_t counts = 0;
	bw_err r;

	if ((r = state(s, id, st, now)) != BW_OK)
		return r;
	if (st == REG_DELETED && (r = erase(s, id)) != BW_OK)
		return r;
	r = db_first(s, id_row, &counts, status, "u", id);
	return r == BW_OK ?
	    db_registration_changed(s, id, (enum reg_status)counts, now) : r;
}

bw_err
registration_target(const struct registration *reg, enum reg_status to,
    enum reg_status *out)
{
	*out = reg->status;
	if (reg->status == to)
		return BW_ERR_EXISTS;
	if (reg->status == REG_DELETED)
		return BW_ERR_GONE;
	if (to == REG_ATTENDING && reg->status != REG_WITHHELD &&
	    reg->status != REG_MINOR)
		return BW_ERR_DENIED;
	*out = to;
	return BW_OK;
}
