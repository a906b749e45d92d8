// SPDX-License-Identifier: Apache-2.0
#include "host/policy_issue.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "record/jws.h"
#include "record/seal.h"

/* Sign a payload with the host key. */
static bw_err
sign(const struct hostdir *h, const struct policy *p, struct bw_buf *jws)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	char kid[TEXT_HEX_SIZE(CRYPTO_KID)];
	uint8_t id[CRYPTO_KID];
	bw_err r;

	if ((r = crypto_kid(crypto_key_spki(h->host), id)) != BW_OK ||
	    (r = policy_encode(p, &json)) != BW_OK)
		goto out;
	text_hex(id, sizeof(id), kid);
	r = jws_sign(h->host, kid, JWS_POLICY_TYP, json.ptr, json.len, jws);
out:
	bw_buf_free(&json);
	return r;
}

static void
part_drop(struct policy **p)
{
	if (*p == NULL)
		return;
	policy_free(*p);
	free(*p);
	*p = NULL;
}

static bw_err
part_load(struct store *s, const char *version, const char *sponsor,
    struct policy **out)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	bw_err r;

	if ((*out = calloc(1, sizeof(**out))) == NULL)
		return BW_ERR_NOMEM;
	if ((r = store_policy_part(s, version, sponsor, &json)) == BW_OK)
		r = policy_decode((const char *)json.ptr, json.len, *out);
	if (r != BW_OK)
		part_drop(out);
	bw_buf_free(&json);
	return r;
}

bw_err
policy_offer(struct store *s, const struct hostdir *h,
    const struct store_device *d, struct bw_buf *jws)
{
	struct store_policy now;
	struct policy *p = NULL;
	bw_err r;

	if ((r = store_policy_current(s, &now)) == BW_OK &&
	    (r = part_load(s, now.version, d->sponsor, &p)) == BW_OK) {
		p->staff_pin[0] = 0;
		r = sign(h, p, jws);
	}
	part_drop(&p);
	return r;
}

/* The keys of the fields that this sponsor may ever get, and no other. */
static bw_err
put_field_keys(const struct hostdir *h, const struct store_device *d,
    struct policy *p)
{
	struct bw_buf plain = BW_BUF_INIT(1024);
	struct field_keys k = { .have = p->required | p->optional };
	bw_err r = BW_OK;

	for (enum field f = FIELD_NAME; f <= FIELD_COUNT && r == BW_OK; f++)
		if ((k.have & FIELD_BIT(f)) != 0)
			r = badge_field_key(h->event_id16, h->master, f,
			    k.key[f]);
	if (r == BW_OK && (r = field_keys_encode(&k, &plain)) == BW_OK)
		r = seal_box(d->seal_spki, SEAL_FIELD_KEYS, NULL, plain.ptr,
		    plain.len, &p->field_keys);
	explicit_bzero(&k, sizeof(k));
	bw_buf_free(&plain);
	return r;
}

static bw_err
put_blocked(struct store *s, const struct store_device *d, struct policy *p)
{
	struct bw_buf plain = BW_BUF_INIT(BLOCKED_MAX * 10 + 64);
	uint8_t salt[BLOCKED_SALT];
	uint8_t (*ids)[BADGE_ID] = NULL;
	size_t n;
	bw_err r;

	if ((r = bw_random(salt, sizeof(salt))) != BW_OK ||
	    (r = store_blocked_list(s, &ids, &n)) != BW_OK ||
	    (r = blocked_encode(salt, (const uint8_t (*)[BADGE_ID])ids, n,
	    &plain)) != BW_OK)
		goto out;
	r = seal_box(d->seal_spki, SEAL_BLOCKED, NULL, plain.ptr, plain.len,
	    &p->blocked);
out:
	free(ids);
	bw_buf_free(&plain);
	return r;
}

/* Fill in what is this device's, sign, and keep what was issued. */
static bw_err
issue(struct store *s, const struct hostdir *h, const struct store_device *d,
    struct policy *p, struct store_issued *out)
{
	bw_err r;

	bw_buf_reset(&out->jws);
	p->field_keys = BW_BUF_INIT(POLICY_MAX);
	p->blocked = BW_BUF_INIT(POLICY_MAX);
	memcpy(out->version, p->version, sizeof(p->version));
	if ((r = store_serial_next(s, clock_wall_ms(), &p->serial)) != BW_OK ||
	    (r = store_blocked_count(s, &out->blocked)) != BW_OK ||
	    (r = put_field_keys(h, d, p)) != BW_OK ||
	    (r = put_blocked(s, d, p)) != BW_OK ||
	    (r = sign(h, p, &out->jws)) != BW_OK)
		return r;
	out->serial = p->serial;
	return store_issued_put(s, d->num, out);
}

/* Whether what was issued still holds. */
static bw_err
still_good(struct store *s, const struct store_device *d,
    const struct store_policy *now, struct store_issued *had, bool *good)
{
	uint64_t blocked;
	bw_err r;

	*good = false;
	if ((r = store_issued_get(s, d->num, had)) == BW_ERR_NOTFOUND)
		return BW_OK;
	if (r != BW_OK || (r = store_blocked_count(s, &blocked)) != BW_OK)
		return r;
	*good = strcmp(had->version, now->version) == 0 &&
	    had->blocked == blocked;
	return BW_OK;
}

bw_err
policy_issue(struct store *s, const struct hostdir *h,
    const struct store_device *d, struct bw_buf *jws, uint64_t *serial,
    bool *fresh)
{
	struct store_issued had = { .jws = BW_BUF_INIT(POLICY_MAX) };
	struct store_policy now;
	struct policy *p = NULL;
	bool good;
	bw_err r;

	*fresh = false;
	*serial = 0;
	if ((r = store_policy_current(s, &now)) != BW_OK ||
	    (r = still_good(s, d, &now, &had, &good)) != BW_OK)
		goto out;
	if (!good) {
		if ((r = part_load(s, now.version, d->sponsor, &p)) != BW_OK ||
		    (r = issue(s, h, d, p, &had)) != BW_OK)
			goto out;
		*fresh = true;
	}
	*serial = had.serial;
	r = bw_buf_put(jws, had.jws.ptr, had.jws.len);
out:
	part_drop(&p);
	bw_buf_free(&had.jws);
	return r;
}
