// SPDX-License-Identifier: Apache-2.0
/* Values in rights-done, for nobody to read who has the file alone. */
#include "host/store_redo_act.h"

#include <string.h>

#include "host/store_deleted.h"

#define TAG 16
#define PLAIN_MAX (REDO_BOX_MAX - CRYPTO_CCM_NONCE - TAG)
#define SOURCE sizeof(struct corrected_source)

struct lock {
	uint8_t key[CRYPTO_KEY];
	uint8_t about[DELETED_MAC + 1];	/* whose box it is, and which field */
};

static bw_err
lock(struct store *s, const struct redo_act *act, struct lock *out)
{
	const struct bw_part label[] = {
		PART_STR0("badgeward/1 rights-done value") };
	const uint8_t *secret = db_deleted_key(s);

	memcpy(out->about, act->key_mac, DELETED_MAC);
	out->about[DELETED_MAC] = (uint8_t)act->field;
	return secret != NULL ?
	    crypto_hmac(secret, CRYPTO_KEY, label, 1, out->key) : BW_ERR_KEY;
}

static struct crypto_ccm
ccm(const struct lock *l, const uint8_t *nonce)
{
	return (struct crypto_ccm){ .key = l->key, .nonce = nonce,
		.aad = l->about, .aadlen = sizeof(l->about), .taglen = TAG };
}

bw_err
redo_box_seal(struct store *s, const struct redo_value *in,
    struct redo_act *act)
{
	uint8_t plain[PLAIN_MAX], *nonce = act->box.ptr;
	size_t len = strlen(in->value);
	struct crypto_ccm c;
	struct lock l;
	bw_err r = BW_ERR_BOUND;

	if (len > FIELD_VALUE_MAX)
		return r;
	memcpy(plain, &in->source, SOURCE);
	memcpy(plain + SOURCE, in->value, len);
	if ((r = lock(s, act, &l)) == BW_OK &&
	    (r = bw_random(nonce, CRYPTO_CCM_NONCE)) == BW_OK) {
		c = ccm(&l, nonce);
		r = crypto_ccm_seal(&c, plain, SOURCE + len,
		    nonce + CRYPTO_CCM_NONCE);
	}
	act->box.len = CRYPTO_CCM_NONCE + SOURCE + len + TAG;
	explicit_bzero(&l, sizeof(l));
	explicit_bzero(plain, sizeof(plain));
	return r;
}

bw_err
redo_box_open(struct store *s, const struct redo_act *act,
    struct redo_value *out)
{
	const struct redo_box *b = &act->box;
	uint8_t plain[PLAIN_MAX];
	struct crypto_ccm c;
	struct lock l;
	size_t len;
	bw_err r = BW_ERR_KEY;

	memset(out, 0, sizeof(*out));
	if (b->len < CRYPTO_CCM_NONCE + SOURCE + TAG)
		return r;
	len = b->len - CRYPTO_CCM_NONCE - SOURCE - TAG;
	if (len <= FIELD_VALUE_MAX && (r = lock(s, act, &l)) == BW_OK) {
		c = ccm(&l, b->ptr);
		r = crypto_ccm_open(&c, b->ptr + CRYPTO_CCM_NONCE,
		    b->len - CRYPTO_CCM_NONCE, plain);
		explicit_bzero(&l, sizeof(l));
	}
	if (r == BW_OK) {
		memcpy(&out->source, plain, SOURCE);
		memcpy(out->value, plain + SOURCE, len);
	}
	explicit_bzero(plain, sizeof(plain));
	return r;
}
