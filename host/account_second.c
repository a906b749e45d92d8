// SPDX-License-Identifier: Apache-2.0
/* The second factor of accounts: an app's codes, and recovery codes. */
#include <ctype.h>
#include <string.h>

#include "base/file.h"
#include "host/account_act.h"
#include "host/account_code.h"
#include "host/store_account.h"
#include "host/store_login.h"
#include "host/store_redo.h"

#define RECOVERY_BYTES 10	/* 80 bits: 16 characters and a hyphen */
#define RECOVERY_HALF 8

/* The secret that is not confirmed yet; a new one when there is none, or none
 * that this directory's key opens. */
static bw_err
next_secret(struct store *s, const struct hostdir *h, uint64_t id,
    uint8_t secret[static TOTP_SECRET], bool *fresh)
{
	uint8_t sealed[TOTP_SEALED];
	struct account_secret a;
	bw_err r;

	*fresh = false;
	if ((r = store_account_secret(s, id, &a)) != BW_OK)
		return r;
	if (a.has_next && totp_open(h, id, a.next, sizeof(a.next),
	    secret) == BW_OK)
		goto out;
	*fresh = true;
	if ((r = bw_random(secret, TOTP_SECRET)) == BW_OK &&
	    (r = totp_seal(h, id, secret, sealed)) == BW_OK)
		r = store_account_totp_next(s, id, sealed);
out:
	explicit_bzero(&a, sizeof(a));
	return r;
}

/* As text, and as what an app scans. */
static bw_err
say_secret(const struct hostdir *h, const struct account *a,
    const uint8_t raw[static TOTP_SECRET],
    char secret[static ACCOUNT_SECRET_SIZE], char uri[static ACCOUNT_URI_MAX])
{
	bw_err r = totp_text(raw, secret);

	return r != BW_OK ? r :
	    totp_uri(raw, h->config.event_name, a->mail, uri);
}

bw_err
account_second_pending(struct store *s, const struct hostdir *h, uint64_t id,
    char secret[static ACCOUNT_SECRET_SIZE], char uri[static ACCOUNT_URI_MAX])
{
	uint8_t raw[TOTP_SECRET] = { 0 };
	struct account_secret kept;
	struct account a;
	bw_err r;

	memset(secret, 0, ACCOUNT_SECRET_SIZE);
	memset(uri, 0, ACCOUNT_URI_MAX);
	if ((r = account_get(s, id, &a)) != BW_OK ||
	    (r = store_account_secret(s, id, &kept)) != BW_OK)
		return r;
	r = BW_ERR_NOTFOUND;
	if (kept.has_next && totp_open(h, id, kept.next, sizeof(kept.next),
	    raw) == BW_OK)
		r = say_secret(h, &a, raw, secret, uri);
	explicit_bzero(raw, sizeof(raw));
	explicit_bzero(&kept, sizeof(kept));
	return r;
}

bw_err
account_second_begin(struct store *s, const struct hostdir *h, uint64_t id,
    int64_t now, char secret[static ACCOUNT_SECRET_SIZE],
    char uri[static ACCOUNT_URI_MAX])
{
	uint8_t raw[TOTP_SECRET];
	struct account a;
	bool fresh = false;
	bw_err r;

	memset(secret, 0, ACCOUNT_SECRET_SIZE);
	memset(uri, 0, ACCOUNT_URI_MAX);
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = account_get(s, id, &a)) == BW_OK)
		r = next_secret(s, h, id, raw, &fresh);
	if (r == BW_OK && !fresh)
		store_rollback(s);
	else
		r = act_end(s, r, NULL, DID_ACCOUNT_SECOND_BEGIN, id, "", now);
	if (r == BW_OK)
		r = say_secret(h, &a, raw, secret, uri);
	explicit_bzero(raw, sizeof(raw));
	return r;
}

/* A code as it was typed: letters in lower case, digits and what is between
 * them left out. */
static void
plain(const char *code, char *out, size_t size)
{
	size_t n = 0;

	for (; *code != 0 && n + 1 < size; code++)
		if (isalnum((unsigned char)*code))
			out[n++] = (char)tolower((unsigned char)*code);
	out[n] = 0;
}

/* Ten new ones, in place of all others. */
static bw_err
recovery_make(struct store *s, uint64_t id,
    char out[static ACCOUNT_RECOVERY][ACCOUNT_RECOVERY_SIZE])
{
	uint8_t hash[ACCOUNT_HASH];
	bw_err r = store_recovery_drop(s, id);

	for (int i = 0; i < ACCOUNT_RECOVERY && r == BW_OK; i++) {
		char *word = out[i];

		if ((r = code_make32(RECOVERY_BYTES, word,
		    ACCOUNT_RECOVERY_SIZE - 1)) == BW_OK &&
		    (r = code_hash(CODE_RECOVERY, word, hash)) == BW_OK)
			r = store_recovery_add(s, id, hash);
		memmove(word + RECOVERY_HALF + 1, word + RECOVERY_HALF,
		    RECOVERY_HALF + 1);
		word[RECOVERY_HALF] = '-';
	}
	return r;
}

static void
recovery_wipe(char out[static ACCOUNT_RECOVERY][ACCOUNT_RECOVERY_SIZE])
{
	explicit_bzero(out, (size_t)ACCOUNT_RECOVERY * ACCOUNT_RECOVERY_SIZE);
}

static bw_err
confirm(struct store *s, const struct hostdir *h, uint64_t id,
    const char *code, int64_t now)
{
	uint8_t raw[TOTP_SECRET] = { 0 };
	struct account_secret a;
	char typed[32];
	int64_t step;
	bw_err r;

	plain(code, typed, sizeof(typed));
	if ((r = store_account_secret(s, id, &a)) != BW_OK)
		return r;
	r = BW_ERR_NOTFOUND;
	if (a.has_next && (r = totp_open(h, id, a.next, sizeof(a.next),
	    raw)) == BW_OK &&
	    (r = totp_check(raw, typed, now, 0, &step)) == BW_OK)
		r = store_account_totp_confirm(s, id, step);
	explicit_bzero(raw, sizeof(raw));
	explicit_bzero(&a, sizeof(a));
	explicit_bzero(typed, sizeof(typed));
	return r;
}

bw_err
account_second_confirm(struct store *s, const struct hostdir *h, uint64_t id,
    const char *code, uint64_t keep, int64_t now,
    char recovery[static ACCOUNT_RECOVERY][ACCOUNT_RECOVERY_SIZE])
{
	bw_err r;

	recovery_wipe(recovery);
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = confirm(s, h, id, code, now)) == BW_OK &&
	    (r = store_logins_end(s, id, keep)) == BW_OK)
		r = recovery_make(s, id, recovery);
	r = act_end(s, r, NULL, DID_ACCOUNT_SECOND, id, "", now);
	if (r != BW_OK)
		recovery_wipe(recovery);
	return r;
}

static bw_err
use_totp(struct store *s, const struct hostdir *h, uint64_t id,
    const char *typed, int64_t now)
{
	uint8_t raw[TOTP_SECRET] = { 0 };
	struct account_secret a;
	int64_t step;
	bw_err r;

	if ((r = store_account_secret(s, id, &a)) != BW_OK)
		return r;
	r = BW_ERR_DENIED;
	if (a.has_totp && (r = totp_open(h, id, a.totp, sizeof(a.totp),
	    raw)) == BW_OK &&
	    (r = totp_check(raw, typed, now, a.step, &step)) == BW_OK)
		r = store_account_totp_use(s, id, step);
	explicit_bzero(raw, sizeof(raw));
	explicit_bzero(&a, sizeof(a));
	return r == BW_ERR_NOTFOUND ? BW_ERR_DENIED : r;
}

static bw_err
use_recovery(struct store *s, uint64_t id, const char *typed)
{
	uint8_t hash[ACCOUNT_HASH];
	bw_err r;

	if ((r = code_hash(CODE_RECOVERY, typed, hash)) == BW_OK)
		r = store_recovery_use(s, id, hash);
	return r == BW_ERR_NOTFOUND ? BW_ERR_DENIED : r;
}

bw_err
account_second_check(struct store *s, const struct hostdir *h, uint64_t id,
    const char *code, int64_t now)
{
	char typed[32];
	bool by_app;
	bw_err r;

	plain(code, typed, sizeof(typed));
	by_app = strlen(typed) == TOTP_DIGITS;
	if ((r = store_begin(s)) != BW_OK)
		goto out;
	r = by_app ? use_totp(s, h, id, typed, now) :
	    use_recovery(s, id, typed);
	r = act_end(s, r, NULL, by_app ? DID_ACCOUNT_SECOND_CODE :
	    DID_ACCOUNT_RECOVERY_USE, id, "", now);
out:
	explicit_bzero(typed, sizeof(typed));
	return r;
}

bw_err
account_recovery_renew(struct store *s, uint64_t id, int64_t now,
    char recovery[static ACCOUNT_RECOVERY][ACCOUNT_RECOVERY_SIZE])
{
	struct account a;
	bw_err r;

	recovery_wipe(recovery);
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = account_get(s, id, &a)) == BW_OK)
		r = a.second ? recovery_make(s, id, recovery) :
		    BW_ERR_NOTFOUND;
	/* Over an older store its codes, which somebody may have seen, are good
	 * for nothing: the person begins anew. */
	if (r == BW_OK)
		r = db_redo_account(s, id, ACCOUNT_INVITED);
	r = act_end(s, r, NULL, DID_ACCOUNT_RECOVERY, id, "", now);
	if (r != BW_OK)
		recovery_wipe(recovery);
	return r;
}

bw_err
account_second_remove(struct store *s, uint64_t id, int64_t now)
{
	struct account a;
	bw_err r;

	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = account_get(s, id, &a)) == BW_OK)
		r = account_role_needs_second(a.role) ? BW_ERR_DENIED :
		    store_account_totp_drop(s, id);
	return act_end(s, r, NULL, DID_ACCOUNT_SECOND_REMOVE, id, "", now);
}
