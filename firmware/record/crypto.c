// SPDX-License-Identifier: Apache-2.0
#include "record/crypto.h"

#include <string.h>

#include <mbedtls/ecp.h>
#include <mbedtls/bignum.h>
#include <mbedtls/cipher.h>
#include <mbedtls/hkdf.h>
#include <mbedtls/md.h>
#include <mbedtls/pkcs5.h>

#include "base/file.h"
#include "record/crypto_mbed.h"

#define INFO_MAX 255

bw_err
crypto_mbed_err(int r)
{
	if (r == 0)
		return BW_OK;
	if (r == MBEDTLS_ERR_MPI_ALLOC_FAILED ||
	    r == MBEDTLS_ERR_ECP_ALLOC_FAILED ||
	    r == MBEDTLS_ERR_MD_ALLOC_FAILED ||
	    r == MBEDTLS_ERR_CIPHER_ALLOC_FAILED)
		return BW_ERR_NOMEM;
	return BW_ERR_CRYPTO;
}

int
crypto_mbed_random(void *ctx, unsigned char *out, size_t len)
{
	(void)ctx;
	return bw_random(out, len) == BW_OK ? 0 : -1;
}

bw_err
crypto_sha256(const struct bw_part *parts, size_t n,
    uint8_t out[static CRYPTO_HASH])
{
	mbedtls_sha256_context ctx;
	int r;

	mbedtls_sha256_init(&ctx);
	r = mbed_sha256_starts(&ctx, 0);
	for (size_t i = 0; i < n && r == 0; i++)
		if (parts[i].len != 0)
			r = mbed_sha256_update(&ctx, parts[i].ptr,
			    parts[i].len);
	if (r == 0)
		r = mbed_sha256_finish(&ctx, out);
	if (r != 0)
		memset(out, 0, CRYPTO_HASH);
	mbedtls_sha256_free(&ctx);
	return crypto_mbed_err(r);
}

bw_err
crypto_hmac(const void *key, size_t keylen, const struct bw_part *parts,
    size_t n, uint8_t out[static CRYPTO_HASH])
{
	const mbedtls_md_info_t *md =
	    mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
	mbedtls_md_context_t ctx;
	int r;

	memset(out, 0, CRYPTO_HASH);
	mbedtls_md_init(&ctx);
	if ((r = mbedtls_md_setup(&ctx, md, 1)) == 0)
		r = mbedtls_md_hmac_starts(&ctx, key, keylen);
	for (size_t i = 0; i < n && r == 0; i++)
		if (parts[i].len != 0)
			r = mbedtls_md_hmac_update(&ctx, parts[i].ptr,
			    parts[i].len);
	if (r == 0)
		r = mbedtls_md_hmac_finish(&ctx, out);
	mbedtls_md_free(&ctx);
	return crypto_mbed_err(r);
}

bw_err
crypto_hkdf_extract(const void *salt, size_t saltlen, const void *ikm,
    size_t ikmlen, uint8_t prk[static CRYPTO_HASH])
{
	memset(prk, 0, CRYPTO_HASH);
	return crypto_mbed_err(mbedtls_hkdf_extract(
	    mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), salt, saltlen, ikm,
	    ikmlen, prk));
}

bw_err
crypto_hkdf_expand(const uint8_t prk[static CRYPTO_HASH],
    const struct bw_part *info, size_t n, void *out, size_t outlen)
{
	uint8_t joined[INFO_MAX];
	size_t len = 0;
	int r;

	memset(out, 0, outlen);
	for (size_t i = 0; i < n; i++) {
		if (info[i].len > sizeof(joined) - len)
			return BW_ERR_BOUND;
		memcpy(joined + len, info[i].ptr, info[i].len);
		len += info[i].len;
	}
	r = mbedtls_hkdf_expand(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256),
	    prk, CRYPTO_HASH, joined, len, out, outlen);
	explicit_bzero(joined, sizeof(joined));
	return crypto_mbed_err(r);
}

/* 3 takes the hash by its name, 2.28 a context that is set up for it. */
static int
pbkdf2(const void *secret, size_t len, const void *salt, size_t saltlen,
    unsigned iterations, uint8_t out[static CRYPTO_HASH])
{
#if MBEDTLS_VERSION_MAJOR >= 3
	return mbedtls_pkcs5_pbkdf2_hmac_ext(MBEDTLS_MD_SHA256, secret, len,
	    salt, saltlen, iterations, CRYPTO_HASH, out);
#else
	mbedtls_md_context_t ctx;
	int r;

	mbedtls_md_init(&ctx);
	if ((r = mbedtls_md_setup(&ctx,
	    mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 1)) == 0)
		r = mbedtls_pkcs5_pbkdf2_hmac(&ctx, secret, len, salt,
		    saltlen, iterations, CRYPTO_HASH, out);
	mbedtls_md_free(&ctx);
	return r;
#endif
}

bw_err
crypto_pbkdf2(const void *secret, size_t len, const void *salt,
    size_t saltlen, unsigned iterations, uint8_t out[static CRYPTO_HASH])
{
	int r = pbkdf2(secret, len, salt, saltlen, iterations, out);

	if (r != 0)
		explicit_bzero(out, CRYPTO_HASH);
	return crypto_mbed_err(r);
}

bool
crypto_equal(const void *a, const void *b, size_t n)
{
	const volatile uint8_t *p = a, *q = b;
	uint8_t diff = 0;

	for (size_t i = 0; i < n; i++)
		diff |= (uint8_t)(p[i] ^ q[i]);
	return diff == 0;
}

bw_err
crypto_kid(const uint8_t spki[static CRYPTO_SPKI],
    uint8_t out[static CRYPTO_KID])
{
	uint8_t hash[CRYPTO_HASH];
	bw_err r = crypto_sha256(&PART(spki, CRYPTO_SPKI), 1, hash);

	memcpy(out, hash, CRYPTO_KID);
	return r;
}
