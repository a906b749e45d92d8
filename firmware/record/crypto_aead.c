// SPDX-License-Identifier: Apache-2.0
#include "record/crypto.h"

#include <string.h>

#include <mbedtls/ccm.h>
#include <mbedtls/gcm.h>

#include "record/crypto_mbed.h"

#define GCM_IV 12
#define GCM_TAG 16

/* What a failed open leaves behind: nothing. */
static bw_err
opened(int m, int mismatch, uint8_t *out, size_t len)
{
	if (m == 0)
		return BW_OK;
	if (len != 0)
		explicit_bzero(out, len);
	return m == mismatch ? BW_ERR_KEY : crypto_mbed_err(m);
}

bw_err
crypto_ccm_seal(const struct crypto_ccm *c, const uint8_t *plain, size_t len,
    uint8_t *out)
{
	mbedtls_ccm_context ctx;
	int m;

	if (c->taglen != 8 && c->taglen != 16)
		return BW_ERR_ARG;
	mbedtls_ccm_init(&ctx);
	if ((m = mbedtls_ccm_setkey(&ctx, MBEDTLS_CIPHER_ID_AES, c->key,
	    CRYPTO_KEY * 8)) == 0)
		m = mbedtls_ccm_encrypt_and_tag(&ctx, len, c->nonce,
		    CRYPTO_CCM_NONCE, c->aad, c->aadlen, plain, out,
		    out + len, c->taglen);
	mbedtls_ccm_free(&ctx);
	return crypto_mbed_err(m);
}

bw_err
crypto_ccm_open(const struct crypto_ccm *c, const uint8_t *sealed, size_t len,
    uint8_t *out)
{
	mbedtls_ccm_context ctx;
	int m;

	if (c->taglen != 8 && c->taglen != 16)
		return BW_ERR_ARG;
	if (len < c->taglen)
		return BW_ERR_KEY;
	len -= c->taglen;
	mbedtls_ccm_init(&ctx);
	if ((m = mbedtls_ccm_setkey(&ctx, MBEDTLS_CIPHER_ID_AES, c->key,
	    CRYPTO_KEY * 8)) == 0)
		m = mbedtls_ccm_auth_decrypt(&ctx, len, c->nonce,
		    CRYPTO_CCM_NONCE, c->aad, c->aadlen, sealed, out,
		    sealed + len, c->taglen);
	mbedtls_ccm_free(&ctx);
	return opened(m, MBEDTLS_ERR_CCM_AUTH_FAILED, out, len);
}

bw_err
crypto_gcm_seal(const uint8_t key[static CRYPTO_KEY],
    const uint8_t iv[static 12], const uint8_t *plain, size_t len,
    uint8_t *out)
{
	mbedtls_gcm_context ctx;
	int m;

	mbedtls_gcm_init(&ctx);
	if ((m = mbedtls_gcm_setkey(&ctx, MBEDTLS_CIPHER_ID_AES, key,
	    CRYPTO_KEY * 8)) == 0)
		m = mbedtls_gcm_crypt_and_tag(&ctx, MBEDTLS_GCM_ENCRYPT, len,
		    iv, GCM_IV, NULL, 0, plain, out, GCM_TAG, out + len);
	mbedtls_gcm_free(&ctx);
	return crypto_mbed_err(m);
}

bw_err
crypto_gcm_open(const uint8_t key[static CRYPTO_KEY],
    const uint8_t iv[static 12], const uint8_t *sealed, size_t len,
    uint8_t *out)
{
	mbedtls_gcm_context ctx;
	int m;

	if (len < GCM_TAG)
		return BW_ERR_KEY;
	len -= GCM_TAG;
	mbedtls_gcm_init(&ctx);
	if ((m = mbedtls_gcm_setkey(&ctx, MBEDTLS_CIPHER_ID_AES, key,
	    CRYPTO_KEY * 8)) == 0)
		m = mbedtls_gcm_auth_decrypt(&ctx, len, iv, GCM_IV, NULL, 0,
		    sealed + len, GCM_TAG, sealed, out);
	mbedtls_gcm_free(&ctx);
	return opened(m, MBEDTLS_ERR_GCM_AUTH_FAILED, out, len);
}
