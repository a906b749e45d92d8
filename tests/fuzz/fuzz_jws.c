// SPDX-License-Identifier: Apache-2.0
/*
 * Tokens, as if every signature were right: what stands behind a signature
 * must be read as carefully as what stands before it.
 */
#include "tests/fuzz/fuzz.h"

#include "record/jws.h"

bw_err __wrap_crypto_verify(const uint8_t *spki, const struct bw_part *parts,
    size_t n, const uint8_t *sig);

bw_err
__wrap_crypto_verify(const uint8_t *spki, const struct bw_part *parts,
    size_t n, const uint8_t *sig)
{
	(void)spki;
	(void)parts;
	(void)n;
	(void)sig;
	return BW_OK;
}

static void
try_request(const char *jws, size_t len)
{
	static const uint8_t spki[CRYPTO_SPKI];
	struct request_claims c;

	if (request_verify(jws, len, spki, &c) != BW_OK) {
		CHECK(c.iat == 0 && c.htu[0] == 0);
		return;
	}
	CHECK(strlen(c.jti) == 32 && c.htu[0] == '/' && c.htm[0] != 0);
	CHECK(memchr(c.htu, 0, sizeof(c.htu)) != NULL);
}

/* A token that was taken is the one spelling of its header and payload. */
static void
try_policy(const char *jws, size_t len)
{
	static const uint8_t spki[CRYPTO_SPKI];
	struct bw_buf payload = BW_BUF_INIT(len + 1);
	struct bw_buf again = BW_BUF_INIT(2 * len + 64);
	const char *dot = memchr(jws, '.', len);

	if (jws_verify(jws, len, spki, JWS_POLICY_TYP, &payload) == BW_OK) {
		CHECK(text_b64url(&again, payload.ptr, payload.len) == BW_OK);
		CHECK(again.len == 0 || memcmp(dot + 1, again.ptr,
		    again.len) == 0);
		CHECK((size_t)(dot - jws) + 1 + again.len + 1 + 86 == len);
	} else {
		CHECK(payload.len == 0);
	}
	bw_buf_free(&payload);
	bw_buf_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *jws = (const char *)data;
	char kid[TEXT_ID_MAX + 1];

	if (len == 0)
		return 0;
	if (jws_kid(jws, len, kid) == BW_OK)
		CHECK(text_is_id(kid, strlen(kid)));
	else
		CHECK(kid[0] == 0);
	try_request(jws, len);
	try_policy(jws, len);
	return 0;
}
