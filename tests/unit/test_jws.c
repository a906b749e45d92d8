// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/jws.h"

static void
the_example_agrees(void **state)
{
	const char *want = vec_str("jws/jws"), *payload = vec_str("jws/payload");
	struct crypto_key *key = vec_key("keys/host");
	struct bw_buf b = BW_BUF_INIT(2000);
	char kid[TEXT_ID_MAX + 1];
	const char *s;

	(void)state;
	assert_ok(jws_sign(key, "919c1773", JWS_POLICY_TYP,
	    (const uint8_t *)payload, strlen(payload), &b));
	assert_ok(bw_buf_cstr(&b, &s));
	assert_string_equal(s, want);
	bw_buf_reset(&b);
	assert_ok(jws_kid(want, strlen(want), kid));
	assert_string_equal(kid, "919c1773");
	assert_ok(jws_verify(want, strlen(want), crypto_key_spki(key),
	    JWS_POLICY_TYP, &b));
	assert_ok(bw_buf_cstr(&b, &s));
	assert_string_equal(s, payload);
	assert_err(jws_sign(key, "no id", JWS_POLICY_TYP, NULL, 0, &b),
	    BW_ERR_ARG);
	bw_buf_free(&b);
	crypto_key_close(&key);
}

static void
a_changed_token_is_refused(void **state)
{
	const char *jws = vec_str("jws/jws");
	const uint8_t *spki = vec_spki("host");
	size_t len = strlen(jws);
	struct bw_buf b = BW_BUF_INIT(2000);
	char *copy = strdup(jws);

	(void)state;
	assert_non_null(copy);
	for (size_t i = 0; i < len; i++) {
		assert_int_not_equal(jws_verify(jws, i, spki, JWS_POLICY_TYP,
		    &b), BW_OK);
		copy[i] = copy[i] == 'A' ? 'B' : 'A';
		assert_int_not_equal(jws_verify(copy, len, spki,
		    JWS_POLICY_TYP, &b), BW_OK);
		copy[i] = jws[i];
	}
	assert_int_equal(b.len, 0);
	assert_err(jws_verify(jws, len, spki, JWS_REQUEST_TYP, &b),
	    BW_ERR_FORMAT);
	assert_err(jws_verify(jws, len, vec_spki("registrar"),
	    JWS_POLICY_TYP, &b), BW_ERR_SIG);
	free(copy);
	bw_buf_free(&b);
}

/* A token with any header, rightly signed. */
static bw_err
verify_header(const char *header)
{
	struct crypto_key *key = vec_key("keys/host");
	struct bw_buf b = BW_BUF_INIT(2000), out = b;
	uint8_t sig[CRYPTO_SIG];
	bw_err r;

	assert_ok(text_b64url(&b, header, strlen(header)));
	assert_ok(bw_buf_put_str(&b, ".e30"));
	assert_ok(crypto_sign(key, &PART(b.ptr, b.len), 1, sig));
	assert_ok(bw_buf_put_u8(&b, '.'));
	assert_ok(text_b64url(&b, sig, CRYPTO_SIG));
	r = jws_verify((char *)b.ptr, b.len, crypto_key_spki(key), "t", &out);
	crypto_key_close(&key);
	bw_buf_free(&b);
	bw_buf_free(&out);
	return r;
}

static void
only_one_header_is_taken(void **state)
{
	static const char *const bad[] = {
		"{\"alg\":\"none\",\"kid\":\"k\",\"typ\":\"t\"}",
		"{\"alg\":\"HS256\",\"kid\":\"k\",\"typ\":\"t\"}",
		"{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"u\"}",
		"{\"alg\":\"ES256\",\"kid\":\"\",\"typ\":\"t\"}",
		"{\"alg\":\"ES256\",\"kid\":\"a b\",\"typ\":\"t\"}",
		"{\"alg\":\"ES256\",\"kid\":1,\"typ\":\"t\"}",
		"{\"alg\":\"ES256\",\"typ\":\"t\"}",
		"{\"alg\":\"ES256\",\"kid\":\"k\"}",
		"{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"kid\":\"k\","
		    "\"typ\":\"t\"}",
		"{\"alg\":\"none\",\"alg\":\"ES256\",\"kid\":\"k\","
		    "\"typ\":\"t\"}",
		"{\"kid\":\"k\",\"alg\":\"ES256\",\"typ\":\"t\"}",
		"{\"alg\": \"ES256\",\"kid\":\"k\",\"typ\":\"t\"}",
		"{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"t\"} ",
		"{\"alg\":\"ES256\",\"kid\":\"\\u006b\",\"typ\":\"t\"}",
		"[]", "", "\"ES256\"", "{"
	};

	(void)state;
	assert_ok(verify_header(
	    "{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"t\"}"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_err(verify_header(bad[i]), BW_ERR_FORMAT);
}

static struct request_claims
claims(void)
{
	struct request_claims c = { .iat = 1778573400 };

	strcpy(c.jti, "000102030405060708090a0b0c0d0e0f");
	strcpy(c.htm, "POST");
	strcpy(c.htu, "/v1/device/log?from=7");
	memset(c.bsh, 0xfb, CRYPTO_HASH);
	return c;
}

static void
requests_go_there_and_back(void **state)
{
	struct crypto_key *key = vec_key("enrol/identity");
	struct request_claims c = claims(), back;
	struct bw_buf b = BW_BUF_INIT(JWS_REQUEST_MAX);
	char kid[TEXT_ID_MAX + 1];

	(void)state;
	assert_ok(request_sign(key, "k07", &c, &b));
	assert_ok(jws_kid((char *)b.ptr, b.len, kid));
	assert_string_equal(kid, "k07");
	assert_ok(request_verify((char *)b.ptr, b.len, crypto_key_spki(key),
	    &back));
	assert_int_equal(back.iat, c.iat);
	assert_string_equal(back.jti, c.jti);
	assert_string_equal(back.htm, c.htm);
	assert_string_equal(back.htu, c.htu);
	assert_memory_equal(back.bsh, c.bsh, CRYPTO_HASH);
	assert_err(request_verify((char *)b.ptr, b.len, vec_spki("host"),
	    &back), BW_ERR_SIG);
	assert_int_equal(back.iat, 0);
	bw_buf_reset(&b);
	c.jti[0] = 'A';
	assert_err(request_sign(key, "k07", &c, &b), BW_ERR_ARG);
	c = claims();
	c.htu[0] = 'x';
	assert_err(request_sign(key, "k07", &c, &b), BW_ERR_ARG);
	bw_buf_free(&b);
	crypto_key_close(&key);
}

static bw_err
verify_claims(const char *payload)
{
	struct crypto_key *key = vec_key("enrol/identity");
	struct bw_buf b = BW_BUF_INIT(4096);
	struct request_claims back;
	bw_err r;

	assert_ok(jws_sign(key, "k07", JWS_REQUEST_TYP,
	    (const uint8_t *)payload, strlen(payload), &b));
	r = request_verify((char *)b.ptr, b.len, crypto_key_spki(key), &back);
	bw_buf_free(&b);
	crypto_key_close(&key);
	return r;
}

#define BSH "\"bsh\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\""
#define HTM ",\"htm\":\"GET\""
#define HTU ",\"htu\":\"/x\""
#define IAT ",\"iat\":5"
#define JTI ",\"jti\":\"000102030405060708090a0b0c0d0e0f\""

static void
odd_claims_are_refused(void **state)
{
	static const char *const bad[] = {
		"{" BSH HTM HTU IAT "}",
		"{" BSH HTM HTU IAT JTI ",\"x\":1}",
		"{" BSH HTM HTU IAT JTI JTI "}",
		"{" BSH HTM HTU ",\"iat\":5.0" JTI "}",
		"{" BSH HTM HTU ",\"iat\":-1" JTI "}",
		"{" BSH HTM HTU ",\"iat\":9007199254740992" JTI "}",
		"{" BSH HTM HTU ",\"iat\":\"5\"" JTI "}",
		"{" BSH HTM HTU IAT ",\"jti\":\"00\"}",
		"{" BSH HTM ",\"htu\":\"x\"" IAT JTI "}",
		"{" BSH HTM ",\"htu\":\"/\\n\"" IAT JTI "}",
		"{" BSH ",\"htm\":\"\"" HTU IAT JTI "}",
		"{\"bsh\":\"AA\"" HTM HTU IAT JTI "}",
		"[]", "", "{}"
	};

	(void)state;
	assert_ok(verify_claims("{" BSH HTM HTU IAT JTI "}"));
	assert_ok(verify_claims("{ " BSH JTI HTU IAT HTM "}"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_err(verify_claims(bad[i]), BW_ERR_FORMAT);
	assert_err(verify_claims("{" BSH ",\"htm\":\"LONGLONG\"" HTU IAT JTI
	    "}"), BW_ERR_BOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_agrees),
		cmocka_unit_test(a_changed_token_is_refused),
		cmocka_unit_test(only_one_header_is_taken),
		cmocka_unit_test(requests_go_there_and_back),
		cmocka_unit_test(odd_claims_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
