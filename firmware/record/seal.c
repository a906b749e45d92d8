// SPDX-License-Identifier: Apache-2.0
#include "record/seal.h"

#include <string.h>

#define GCM_IV 12
#define GCM_TAG 16

/* key32 || iv12 from the shared secret. */
static bw_err
derive(const uint8_t x[static CRYPTO_KEY], const uint8_t *eph_pub,
    const uint8_t *recipient_pub, const char *label,
    uint8_t okm[static CRYPTO_KEY + GCM_IV])
{
	uint8_t salt[2 * CRYPTO_PUB], prk[CRYPTO_HASH];
	const struct bw_part info = PART(label, strlen(label) + 1);
	bw_err r;

	memcpy(salt, eph_pub, CRYPTO_PUB);
	memcpy(salt + CRYPTO_PUB, recipient_pub, CRYPTO_PUB);
	r = crypto_hkdf_extract(salt, sizeof(salt), x, CRYPTO_KEY, prk);
	if (r == BW_OK)
		r = crypto_hkdf_expand(prk, &info, 1, okm,
		    CRYPTO_KEY + GCM_IV);
	explicit_bzero(prk, sizeof(prk));
	return r;
}

static bw_err
seal_with(const struct crypto_key *eph, const uint8_t *pub, const char *label,
    const uint8_t *plain, size_t len, struct bw_buf *out)
{
	const uint8_t *eph_pub = crypto_spki_pub(crypto_key_spki(eph));
	uint8_t x[CRYPTO_KEY], okm[CRYPTO_KEY + GCM_IV];
	struct bw_buf box = BW_BUF_INIT(out->max);
	bw_err r;

	if ((r = crypto_ecdh(eph, pub, x)) != BW_OK ||
	    (r = derive(x, eph_pub, pub, label, okm)) != BW_OK ||
	    (r = bw_buf_put(&box, eph_pub, CRYPTO_PUB)) != BW_OK ||
	    (r = bw_buf_put(&box, plain, len)) != BW_OK ||
	    (r = bw_buf_put(&box, (uint8_t[GCM_TAG]){ 0 },
	    GCM_TAG)) != BW_OK ||
	    (r = crypto_gcm_seal(okm, okm + CRYPTO_KEY, plain, len,
	    box.ptr + CRYPTO_PUB)) != BW_OK)
		goto out;
	r = bw_buf_put(out, box.ptr, box.len);
out:
	explicit_bzero(x, sizeof(x));
	explicit_bzero(okm, sizeof(okm));
	bw_buf_free(&box);
	return r;
}

bw_err
seal_box(const uint8_t recipient_spki[static CRYPTO_SPKI], const char *label,
    const struct crypto_key *eph, const uint8_t *plain, size_t len,
    struct bw_buf *out)
{
	const uint8_t *pub = crypto_spki_pub(recipient_spki);
	struct crypto_key *fresh = NULL;
	bw_err r;

	if (eph != NULL)
		return seal_with(eph, pub, label, plain, len, out);
	if ((r = crypto_key_generate(&fresh)) == BW_OK)
		r = seal_with(fresh, pub, label, plain, len, out);
	crypto_key_close(&fresh);
	return r;
}

bw_err
seal_open(const struct crypto_key *key, const char *label,
    const uint8_t *box, size_t len, struct bw_buf *plain)
{
	const uint8_t *pub = crypto_spki_pub(crypto_key_spki(key));
	uint8_t x[CRYPTO_KEY], okm[CRYPTO_KEY + GCM_IV];
	struct bw_buf b = BW_BUF_INIT(plain->max);
	size_t n;
	bw_err r = BW_ERR_FORMAT;

	if (len < SEAL_OVERHEAD)
		goto out;
	n = len - SEAL_OVERHEAD;
	if ((r = bw_buf_put(&b, box + CRYPTO_PUB, n)) != BW_OK ||
	    (r = crypto_ecdh(key, box, x)) != BW_OK ||
	    (r = derive(x, box, pub, label, okm)) != BW_OK ||
	    (r = crypto_gcm_open(okm, okm + CRYPTO_KEY, box + CRYPTO_PUB,
	    n + GCM_TAG, b.ptr)) != BW_OK)
		goto out;
	r = bw_buf_put(plain, b.ptr, n);
out:
	explicit_bzero(x, sizeof(x));
	explicit_bzero(okm, sizeof(okm));
	bw_buf_free(&b);
	return r;
}
