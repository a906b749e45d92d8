// SPDX-License-Identifier: Apache-2.0
/* What a transaction does is noted before its commit. */
#include "host/store_redo_act.h"

#include <stdio.h>
#include <string.h>

#include "host/hostclock.h"
#include "host/store_db.h"
#include "host/store_deleted.h"

bw_err
redo_mac(struct store *s, uint64_t registration,
    uint8_t out[static DELETED_MAC])
{
	const uint8_t *secret = db_deleted_key(s);
	struct registration reg;
	bw_err r = BW_ERR_KEY;

	if (secret != NULL && (r = store_registration_get(s, registration,
	    &reg)) == BW_OK)
		r = deleted_mac_key(secret, reg.key, out);
	explicit_bzero(&reg, sizeof(reg));
	return r;
}

bw_err
db_redo_share(struct store *s, enum redo_kind kind,
    const uint8_t rh[static RECEIPT_RH], int64_t now)
{
	struct redo_act act = { .kind = kind, .at = now };

	memcpy(act.rh, rh, RECEIPT_RH);
	return redo_queue_add(s, &act);
}

static bool
is_noted(struct store *s)
{
	return db_redo(s)->dir[0] != 0;
}

static bw_err
note_person(struct store *s, struct redo_act *act)
{
	bw_err r;

	if (!is_noted(s))
		return BW_OK;
	r = redo_mac(s, act->st.registration, act->key_mac);
	return r == BW_OK ? redo_queue_add(s, act) : r;
}

bw_err
db_redo_all(struct store *s, uint64_t registration, int64_t now)
{
	struct redo_act act = { .kind = REDO_ALL, .at = now,
		.st = { .registration = registration } };

	return note_person(s, &act);
}

bw_err
db_redo_withheld(struct store *s, const struct right_state *st, int64_t now)
{
	struct redo_act act = { .kind = REDO_WITHHELD, .at = now, .st = *st };

	return note_person(s, &act);
}

bw_err
db_redo_daily(struct store *s, uint64_t registration, int64_t now)
{
	struct redo_act act = { .kind = REDO_DAILY, .at = now,
		.st = { .registration = registration } };

	return note_person(s, &act);
}

bw_err
db_redo_minor(struct store *s, uint64_t registration, bool minor,
    bool released, int64_t now)
{
	struct redo_act act = { .kind = REDO_MINOR, .at = now,
		.st = { .registration = registration }, .minor = minor,
		.released = released };

	return note_person(s, &act);
}

bw_err
db_redo_corrected(struct store *s, uint64_t registration, enum field f,
    const char *value, int64_t now)
{
	struct redo_act act = { .kind = REDO_CORRECTED, .at = now,
		.st = { .registration = registration }, .field = f };
	struct redo_value v = { 0 };
	bw_err r;

	if (!is_noted(s))
		return BW_OK;
	snprintf(v.value, sizeof(v.value), "%s", value);
	if ((r = db_corrected_source(s, registration, f, &v.source)) == BW_OK &&
	    (r = redo_mac(s, registration, act.key_mac)) == BW_OK &&
	    (r = redo_box_seal(s, &v, &act)) == BW_OK)
		r = redo_queue_add(s, &act);
	explicit_bzero(&v, sizeof(v));
	return r;
}

bw_err
db_redo_badge(struct store *s, uint64_t registration, int64_t now)
{
	struct redo_act act = { .kind = REDO_BADGE, .at = now,
		.st = { .registration = registration } };

	return note_person(s, &act);
}

bw_err
db_redo_written(struct store *s, uint64_t registration, int64_t now)
{
	struct redo_act act = { .kind = REDO_WRITTEN, .at = now,
		.st = { .registration = registration } };

	return note_person(s, &act);
}

bw_err
db_redo_hold(struct store *s, const struct hold *h)
{
	bool lifted = h->lifted_at != 0;
	struct redo_act act = { .at = lifted ? h->lifted_at : h->added_at,
		.st = { .registration = h->registration },
		.made = h->added_at };

	if (h->scope == HOLD_PERSON) {
		act.kind = lifted ? REDO_LIFT : REDO_HOLD;
		return note_person(s, &act);
	}
	act.kind = lifted ? REDO_LIFT_OF : REDO_HOLD_OF;
	snprintf(act.name, sizeof(act.name), "%s", h->sponsor);
	return redo_queue_add(s, &act);
}

static bw_err
made_row(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

static bw_err
note_account(struct store *s, struct redo_act *act)
{
	static const char sql[] =
	    "SELECT created_at FROM account WHERE id = ?1";
	bw_err r = db_first(s, made_row, &act->made, sql, "u", act->id);

	if (r == BW_OK)
		r = hostclock_now(s, &act->at);
	return r == BW_OK ? redo_queue_add(s, act) : r;
}

bw_err
db_redo_account(struct store *s, uint64_t id, enum account_state state)
{
	struct redo_act act = { .kind = REDO_ACCOUNT, .id = id,
		.state = state };

	return note_account(s, &act);
}

bw_err
db_redo_role(struct store *s, uint64_t id, enum account_role role,
    const char *sponsor)
{
	struct redo_act act = { .kind = REDO_ROLE, .id = id, .role = role };

	snprintf(act.name, sizeof(act.name), "%s", sponsor);
	return note_account(s, &act);
}

bw_err
db_redo_recovery(struct store *s, uint64_t id,
    const uint8_t hash[static CRYPTO_HASH])
{
	struct redo_act act = { .kind = REDO_RECOVERY, .id = id };

	memcpy(act.code, hash, CRYPTO_HASH);
	return note_account(s, &act);
}

/* Columns: id, created_at. */
static bw_err
token_row(void *arg, struct db_query *q)
{
	struct redo_run *u = arg;
	const struct redo_act act = { .kind = REDO_TOKEN, .at = u->now,
		.id = db_uint(q, 0), .made = db_int(q, 1) };

	return redo_queue_add(u->s, &act);
}

bw_err
db_redo_token(struct store *s, uint64_t id, int64_t now)
{
	static const char sql[] =
	    "SELECT id, created_at FROM token WHERE id = ?1";
	struct redo_run u = { .s = s, .now = now };

	return db_each(s, token_row, &u, sql, "u", id);
}

bw_err
db_redo_tokens(struct store *s, uint64_t account, int64_t now)
{
	static const char sql[] = "SELECT id, created_at FROM token "
	    "WHERE account = ?1 AND revoked_at = 0";
	struct redo_run u = { .s = s, .now = now };

	return db_each(s, token_row, &u, sql, "u", account);
}

/* Columns: name, added_at, lost_at. */
static bw_err
device_row(void *arg, struct db_query *q)
{
	struct redo_run *u = arg;
	struct redo_act act = { .kind = REDO_DEVICE, .at = u->now,
		.made = db_int(q, 1), .lost = db_int(q, 2) };
	bw_err r = db_copy(q, 0, act.name, sizeof(act.name));

	return r == BW_OK ? redo_queue_add(u->s, &act) : r;
}

bw_err
db_redo_device(struct store *s, const char *name, int64_t now)
{
	static const char sql[] = "SELECT name, added_at, lost_at "
	    "FROM device WHERE name = ?1";
	struct redo_run u = { .s = s, .now = now };

	return db_each(s, device_row, &u, sql, "t", name);
}

bw_err
db_redo_name(struct store *s, const char *name, int64_t now)
{
	struct redo_act act = { .kind = REDO_NAME, .at = now };
	bool has;
	bw_err r;

	if (!is_noted(s))
		return BW_OK;
	snprintf(act.name, sizeof(act.name), "%s", name);
	if ((r = redo_has_name(db_redo(s)->dir, name, &has)) != BW_OK)
		return r;
	return has ? BW_ERR_EXISTS : redo_queue_add(s, &act);
}
