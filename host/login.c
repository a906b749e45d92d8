// SPDX-License-Identifier: Apache-2.0
#include "host/login.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "host/account_code.h"
#include "host/audit.h"
#include "host/login_agent.h"
#include "host/store_account.h"
#include "host/store_login.h"

#define ID_BYTES 32
#define SEEN_WAIT_MS 20		/* for others who write */

static enum login_stage
stage_of(const struct account *a, bool second)
{
	if (a->second)
		return second ? LOGIN_FULL : LOGIN_SECOND;
	return account_role_needs_second(a->role) ? LOGIN_ENROL : LOGIN_FULL;
}

static int64_t
until(const struct login *l)
{
	bool strict = account_role_needs_second(l->account.role);
	int64_t whole = l->created_at +
	    (strict ? LOGIN_WHOLE_STRICT : LOGIN_WHOLE);
	int64_t idle = l->seen_at + (strict ? LOGIN_IDLE_STRICT : LOGIN_IDLE);

	if (l->stage != LOGIN_FULL)
		return l->created_at + LOGIN_HALF;
	return idle < whole ? idle : whole;
}

/* The row with its account, if both are good. */
static bw_err
fill(struct store *s, const struct store_login *row, int64_t now,
    struct login *out)
{
	bw_err r;

	out->num = row->num;
	out->created_at = row->created_at;
	out->seen_at = row->seen_at;
	snprintf(out->agent, sizeof(out->agent), "%s", row->agent);
	snprintf(out->address, sizeof(out->address), "%s", row->address);
	if ((r = account_get(s, row->account, &out->account)) != BW_OK)
		return r;
	if (out->account.state != ACCOUNT_ACTIVE)
		return BW_ERR_NOTFOUND;
	audit_actor(out->account.id, out->actor);
	out->stage = stage_of(&out->account, row->second);
	out->until = until(out);
	return now < out->until ? BW_OK : BW_ERR_NOTFOUND;
}

/* Its line names the login, for the list that people see. */
static bw_err
finish(struct store *s, bw_err r, const char *by, enum audit_act act,
    uint64_t account, uint64_t num, int64_t now)
{
	char self[AUDIT_ACTOR_SIZE], object[40], detail[40] = "";

	audit_actor(account, self);
	snprintf(object, sizeof(object), "account %" PRIu64, account);
	if (num != 0)
		snprintf(detail, sizeof(detail), "login %" PRIu64, num);
	return audit_finish(s, r, now, by != NULL ? by : self, act, object,
	    detail);
}

/* Everything that it needs was given. */
static bw_err
complete(struct store *s, uint64_t account, const char *address, int64_t now)
{
	bw_err r = store_account_logged_in(s, account, now);

	return r == BW_OK ? store_logins_note(s, account, address, now) : r;
}

static bw_err
make_id(char id[static LOGIN_ID_SIZE], uint8_t hash[static CRYPTO_HASH])
{
	bw_err r = code_make64(ID_BYTES, id, LOGIN_ID_SIZE);

	return r == BW_OK ? code_hash(CODE_LOGIN, id, hash) : r;
}

static bw_err
start(struct store *s, const struct account *given, struct store_login *row,
    const uint8_t hash[static CRYPTO_HASH])
{
	struct account a;
	bw_err r;

	/* It may have been disabled while its password was hashed. */
	if ((r = account_get(s, given->id, &a)) != BW_OK)
		return r;
	if (a.state != ACCOUNT_ACTIVE)
		return BW_ERR_DENIED;
	if ((r = store_logins_trim(s, a.id, LOGINS_MAX - 1,
	    row->created_at - LOGIN_WHOLE)) != BW_OK ||
	    (r = store_login_add(s, row, hash, &row->num)) != BW_OK ||
	    stage_of(&a, false) != LOGIN_FULL)
		return r;
	return complete(s, a.id, row->address, row->created_at);
}

bw_err
login_start(struct store *s, const struct account *a, const char *agent,
    const char *address, int64_t now, char id[static LOGIN_ID_SIZE])
{
	struct store_login row = { .account = a->id, .created_at = now,
		.seen_at = now };
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	memset(id, 0, LOGIN_ID_SIZE);
	login_agent(agent, row.agent);
	snprintf(row.address, sizeof(row.address), "%s", address);
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = make_id(id, hash)) == BW_OK)
		r = start(s, a, &row, hash);
	r = finish(s, r, NULL, DID_LOGIN, a->id, row.num, now);
	if (r != BW_OK)
		explicit_bzero(id, LOGIN_ID_SIZE);
	return r;
}

bw_err
login_second(struct store *s, uint64_t num, int64_t now,
    char id[static LOGIN_ID_SIZE])
{
	uint8_t hash[CRYPTO_HASH];
	struct store_login row;
	struct login l;
	bw_err r;

	memset(id, 0, LOGIN_ID_SIZE);
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = store_login_get(s, num, &row)) == BW_OK &&
	    (r = fill(s, &row, now, &l)) == BW_OK &&
	    (r = make_id(id, hash)) == BW_OK &&
	    (r = store_login_second(s, num, hash, now)) == BW_OK)
		r = complete(s, row.account, row.address, now);
	r = finish(s, r, NULL, DID_LOGIN_SECOND, row.account, num, now);
	if (r != BW_OK)
		explicit_bzero(id, LOGIN_ID_SIZE);
	return r;
}

/* That nobody can write now is no reason to refuse anybody. */
static void
note_seen(struct store *s, struct login *l, int64_t now)
{
	if (now - l->seen_at < LOGIN_SEEN_STEP || l->stage != LOGIN_FULL ||
	    store_begin_within(s, SEEN_WAIT_MS) != BW_OK)
		return;
	if (store_login_seen(s, l->num, now) == BW_OK &&
	    store_commit(s) == BW_OK) {
		l->seen_at = now;
		l->until = until(l);
	}
	store_rollback(s);
}

bw_err
login_look(struct store *s, const char *id, int64_t now, struct login *out)
{
	uint8_t hash[CRYPTO_HASH];
	struct store_login row;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if (strlen(id) != LOGIN_ID_SIZE - 1)
		return BW_ERR_NOTFOUND;
	if ((r = code_hash(CODE_LOGIN, id, hash)) != BW_OK ||
	    (r = store_login_find(s, hash, &row)) != BW_OK)
		return r;
	return fill(s, &row, now, out);
}

bw_err
login_find(struct store *s, const char *id, int64_t now, struct login *out)
{
	bw_err r = login_look(s, id, now, out);

	if (r == BW_OK)
		note_seen(s, out, now);
	return r;
}

bw_err
login_alive(struct store *s, uint64_t num, int64_t now)
{
	struct store_login row;
	struct login l = { 0 };
	bw_err r = store_login_get(s, num, &row);

	return r == BW_OK ? fill(s, &row, now, &l) : r;
}

bw_err
login_csrf(const char *id, char out[static LOGIN_CSRF_SIZE])
{
	const struct bw_part part = PART_STR0("badgeward/1 csrf");
	struct bw_buf b = BW_BUF_INIT(LOGIN_CSRF_SIZE - 1);
	uint8_t mac[CRYPTO_HASH];
	bw_err r;

	memset(out, 0, LOGIN_CSRF_SIZE);
	if ((r = crypto_hmac(id, strlen(id), &part, 1, mac)) == BW_OK &&
	    (r = text_b64url(&b, mac, sizeof(mac))) == BW_OK)
		memcpy(out, b.ptr, b.len);
	explicit_bzero(mac, sizeof(mac));
	bw_buf_free(&b);
	return r;
}

bool
login_csrf_ok(const char *id, const char *given)
{
	char is[LOGIN_CSRF_SIZE];
	bool ok;

	if (login_csrf(id, is) != BW_OK || given == NULL ||
	    strlen(given) != LOGIN_CSRF_SIZE - 1)
		return false;
	ok = crypto_equal(is, given, LOGIN_CSRF_SIZE - 1);
	explicit_bzero(is, sizeof(is));
	return ok;
}

struct each {
	struct store *s;
	int64_t now;
	login_cb cb;
	void *arg;
};

static bw_err
each_row(void *arg, const struct store_login *row)
{
	const struct each *e = arg;
	struct login l = { 0 };
	bw_err r = fill(e->s, row, e->now, &l);

	if (r == BW_ERR_NOTFOUND)
		return BW_OK;
	return r == BW_OK ? e->cb(e->arg, &l) : r;
}

bw_err
login_each(struct store *s, uint64_t account, int64_t now, login_cb cb,
    void *arg)
{
	struct each e = { s, now, cb, arg };

	return store_login_each(s, account, each_row, &e);
}

bw_err
login_end(struct store *s, const char *by, uint64_t account, uint64_t num,
    int64_t now)
{
	bw_err r;

	if ((r = store_begin(s)) != BW_OK)
		return r;
	r = store_login_end(s, account, num);
	return finish(s, r, by, DID_LOGIN_END, account, num, now);
}

bw_err
login_end_all(struct store *s, const char *by, uint64_t account,
    uint64_t keep, int64_t now)
{
	bw_err r;

	if ((r = store_begin(s)) != BW_OK)
		return r;
	r = store_logins_end(s, account, keep);
	return finish(s, r, by, DID_LOGIN_END_ALL, account, 0, now);
}
