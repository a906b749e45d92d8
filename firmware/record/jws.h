/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jws.h - JWS compact serialisation, ES256 only (RFC 7515), and the request
 * token that a device proves itself with (FORMATS.md, Device and host).
 */
#ifndef RECORD_JWS_H
#define RECORD_JWS_H

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "record/crypto.h"

#define JWS_POLICY_TYP "badgeward-policy+jws"
#define JWS_REQUEST_TYP "badgeward-request+jwt"
#define JWS_REQUEST_MAX 2048	/* bytes of a request token */

/* header {"alg":"ES256","kid":kid,"typ":typ}, payload any bytes. */
BW_MUST_USE bw_err jws_sign(const struct crypto_key *key, const char *kid,
    const char *typ, const uint8_t *payload, size_t len, struct bw_buf *out);
/* The key id of a token, unverified, to look the key up. */
BW_MUST_USE bw_err jws_kid(const char *jws, size_t len,
    char kid[static TEXT_ID_MAX + 1]);
/* Verify: the header must be exactly the three members, alg ES256, this typ;
 * the payload is appended to out. BW_ERR_FORMAT or BW_ERR_SIG. */
BW_MUST_USE bw_err jws_verify(const char *jws, size_t len,
    const uint8_t spki[static CRYPTO_SPKI], const char *typ,
    struct bw_buf *out);

/* The claims of a request token. */
struct request_claims {
	uint64_t iat;			/* unix seconds */
	char jti[33];			/* 16 random bytes in hex */
	char htm[8];			/* "GET", "POST" */
	char htu[512];			/* path with query, as sent */
	uint8_t bsh[CRYPTO_HASH];	/* SHA-256 of the body */
};
BW_MUST_USE bw_err request_sign(const struct crypto_key *identity,
    const char *device, const struct request_claims *c, struct bw_buf *out);
BW_MUST_USE bw_err request_verify(const char *jws, size_t len,
    const uint8_t spki[static CRYPTO_SPKI], struct request_claims *out);

#endif
