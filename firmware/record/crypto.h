/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crypto.h - the primitives of FORMATS.md, and the only door to mbedtls.
 *
 * SHA-256, HMAC, HKDF, ECDSA P-256 with RFC 6979 nonces, ECDH P-256,
 * AES-256 as it is, -CCM and -GCM. Messages come as parts, so nothing is joined.
 */
#ifndef RECORD_CRYPTO_H
#define RECORD_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define CRYPTO_HASH 32		/* a SHA-256 hash */
#define CRYPTO_KEY 32		/* a private scalar, an AES-256 key, a K_f */
#define CRYPTO_PUB 65		/* an uncompressed point, 04 || x || y */
#define CRYPTO_SPKI 91		/* SubjectPublicKeyInfo DER of a P-256 key */
#define CRYPTO_SIG 64		/* r || s */
#define CRYPTO_DER_MAX 72	/* an ECDSA signature in DER */
#define CRYPTO_KID 4		/* SHA-256(SPKI)[0:4] */

#define PART(p, n) ((struct bw_part){ (p), (n) })
#define PART_STR(s) ((struct bw_part){ (s), sizeof(s) - 1 })	/* a literal */
#define PART_STR0(s) ((struct bw_part){ (s), sizeof(s) })	/* ... || 00 */

BW_MUST_USE bw_err crypto_sha256(const struct bw_part *parts, size_t n,
    uint8_t out[static CRYPTO_HASH]);
BW_MUST_USE bw_err crypto_hmac(const void *key, size_t keylen,
    const struct bw_part *parts, size_t n, uint8_t out[static CRYPTO_HASH]);
BW_MUST_USE bw_err crypto_hkdf_extract(const void *salt, size_t saltlen,
    const void *ikm, size_t ikmlen, uint8_t prk[static CRYPTO_HASH]);
/* info is at most 255 bytes once joined (BW_ERR_BOUND), out at most 255*32. */
BW_MUST_USE bw_err crypto_hkdf_expand(const uint8_t prk[static CRYPTO_HASH],
    const struct bw_part *info, size_t n, void *out, size_t outlen);

/* PBKDF2-HMAC-SHA-256 (RFC 8018) of one block: slow, for PINs. */
BW_MUST_USE bw_err crypto_pbkdf2(const void *secret, size_t len,
    const void *salt, size_t saltlen, unsigned iterations,
    uint8_t out[static CRYPTO_HASH]);

/* Constant-time comparison. */
bool crypto_equal(const void *a, const void *b, size_t n);

/* A P-256 private key with its public key. Closing wipes it. */
struct crypto_key;
/* BW_ERR_KEY when the scalar is 0 or not below the group order. */
BW_MUST_USE bw_err crypto_key_open(struct crypto_key **out,
    const uint8_t scalar[static CRYPTO_KEY]);
BW_MUST_USE bw_err crypto_key_generate(struct crypto_key **out);
void crypto_key_close(struct crypto_key **key);
void crypto_key_scalar(const struct crypto_key *key,
    uint8_t out[static CRYPTO_KEY]);
/* The key's SPKI, CRYPTO_SPKI bytes, living as long as the key. */
const uint8_t *crypto_key_spki(const struct crypto_key *key);

/* The exact 26-byte prefix of a P-256 SPKI and a point on the curve, or
 * BW_ERR_FORMAT / BW_ERR_KEY. */
BW_MUST_USE bw_err crypto_spki_check(const uint8_t *spki, size_t len);
/* The point inside an SPKI: spki + 26. */
const uint8_t *crypto_spki_pub(const uint8_t spki[static CRYPTO_SPKI]);
BW_MUST_USE bw_err crypto_kid(const uint8_t spki[static CRYPTO_SPKI],
    uint8_t out[static CRYPTO_KID]);

/* ECDSA over SHA-256 of the joined parts; nonces per RFC 6979. */
BW_MUST_USE bw_err crypto_sign(const struct crypto_key *key,
    const struct bw_part *parts, size_t n, uint8_t sig[static CRYPTO_SIG]);
BW_MUST_USE bw_err crypto_verify(const uint8_t spki[static CRYPTO_SPKI],
    const struct bw_part *parts, size_t n,
    const uint8_t sig[static CRYPTO_SIG]);
/* r||s as DER and back; the way back refuses any but the one DER encoding. */
BW_MUST_USE bw_err crypto_sig_to_der(const uint8_t sig[static CRYPTO_SIG],
    uint8_t der[static CRYPTO_DER_MAX], size_t *len);
BW_MUST_USE bw_err crypto_sig_from_der(const uint8_t *der, size_t len,
    uint8_t sig[static CRYPTO_SIG]);

/* x coordinate of the shared point. BW_ERR_KEY when pub is not on the curve. */
BW_MUST_USE bw_err crypto_ecdh(const struct crypto_key *key,
    const uint8_t pub[static CRYPTO_PUB], uint8_t x[static CRYPTO_KEY]);

/* AES-256-CCM with a 13-byte nonce and a tag of 8 or 16 bytes. Seal writes
 * len + taglen bytes to out; open writes len - taglen, BW_ERR_KEY when the tag
 * does not match (out wiped). */
#define CRYPTO_CCM_NONCE 13
struct crypto_ccm {
	const uint8_t *key, *nonce;	/* CRYPTO_KEY, CRYPTO_CCM_NONCE */
	const uint8_t *aad;
	size_t aadlen, taglen;
};
BW_MUST_USE bw_err crypto_ccm_seal(const struct crypto_ccm *c,
    const uint8_t *plain, size_t len, uint8_t *out);
BW_MUST_USE bw_err crypto_ccm_open(const struct crypto_ccm *c,
    const uint8_t *sealed, size_t len, uint8_t *out);

/* AES-256 of single blocks under one key, for what is many small things and is
 * not opened again. Closing wipes; it accepts NULL and nulls. */
#define CRYPTO_BLOCK 16
struct crypto_block;
BW_MUST_USE bw_err crypto_block_open(struct crypto_block **out,
    const uint8_t key[static CRYPTO_KEY]);
BW_MUST_USE bw_err crypto_block_put(struct crypto_block *c,
    const uint8_t in[static CRYPTO_BLOCK], uint8_t out[static CRYPTO_BLOCK]);
void crypto_block_close(struct crypto_block **c);

/* AES-256-GCM, 12-byte iv, 16-byte tag, no additional data. */
BW_MUST_USE bw_err crypto_gcm_seal(const uint8_t key[static CRYPTO_KEY],
    const uint8_t iv[static 12], const uint8_t *plain, size_t len,
    uint8_t *out);
BW_MUST_USE bw_err crypto_gcm_open(const uint8_t key[static CRYPTO_KEY],
    const uint8_t iv[static 12], const uint8_t *sealed, size_t len,
    uint8_t *out);

#endif
