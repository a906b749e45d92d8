// SPDX-License-Identifier: Apache-2.0
#include "tests/support/summit.h"

#include "host/totp.h"

static const uint8_t secret[TOTP_SECRET] = "12345678901234567890";

/* RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
static void
test_rfc_6238(void **state)
{
	static const struct {
		int64_t at;
		const char *code;
	} vectors[] = {
		{ 59, "287082" }, { 1111111109, "081804" },
		{ 1111111111, "050471" }, { 1234567890, "005924" },
		{ 2000000000, "279037" }, { 20000000000, "353130" }
	};
	char code[TOTP_DIGITS + 1];
	int64_t step;

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		assert_ok(totp_code(secret, totp_step(vectors[i].at), code));
		assert_string_equal(code, vectors[i].code);
		assert_ok(totp_check(secret, code, vectors[i].at, 0, &step));
		assert_int_equal(step, totp_step(vectors[i].at));
	}
}

static void
test_window_and_once(void **state)
{
	const int64_t now = 1234567890;
	char code[TOTP_DIGITS + 1];
	int64_t step;

	(void)state;
	for (int64_t off = -3; off <= 3; off++) {
		assert_ok(totp_code(secret, totp_step(now) + off, code));
		assert_err(totp_check(secret, code, now, 0, &step),
		    off >= -1 && off <= 1 ? BW_OK : BW_ERR_DENIED);
	}
	assert_ok(totp_code(secret, totp_step(now), code));
	assert_err(totp_check(secret, code, now, totp_step(now), &step),
	    BW_ERR_DENIED);
	assert_ok(totp_check(secret, code, now, totp_step(now) - 1, &step));
	assert_err(totp_check(secret, "", now, 0, &step), BW_ERR_DENIED);
	assert_err(totp_check(secret, "0059240", now, 0, &step),
	    BW_ERR_DENIED);
}

static void
test_uri(void **state)
{
	char uri[ACCOUNT_URI_MAX], text[ACCOUNT_SECRET_SIZE];

	(void)state;
	assert_ok(totp_text(secret, text));
	assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	assert_ok(totp_uri(secret, "Fair: A & B", "a+b@x.example", uri));
	assert_string_equal(uri, "otpauth://totp/Fair%20%20A%20%26%20B:"
	    "a%2Bb%40x.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	    "&issuer=Fair%20%20A%20%26%20B&algorithm=SHA1&digits=6&period=30");
}

static void
test_sealed(void **state)
{
	uint8_t one[TOTP_SEALED], two[TOTP_SEALED], open[TOTP_SECRET];
	struct summit sum;

	(void)state;
	summit_open(&sum, NULL);
	assert_ok(totp_seal(sum.host, 7, secret, one));
	assert_ok(totp_seal(sum.host, 7, secret, two));
	assert_memory_not_equal(one, two, sizeof(one));
	assert_null(memmem(one, sizeof(one), secret, 4));
	assert_ok(totp_open(sum.host, 7, one, sizeof(one), open));
	assert_memory_equal(open, secret, sizeof(open));
	assert_err(totp_open(sum.host, 8, one, sizeof(one), open),
	    BW_ERR_KEY);
	one[20] ^= 1;
	assert_err(totp_open(sum.host, 7, one, sizeof(one), open),
	    BW_ERR_KEY);
	assert_err(totp_open(sum.host, 7, two, 4, open), BW_ERR_FORMAT);
	summit_close(&sum);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rfc_6238),
		cmocka_unit_test(test_window_and_once),
		cmocka_unit_test(test_uri),
		cmocka_unit_test(test_sealed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
