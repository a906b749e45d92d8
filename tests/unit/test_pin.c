// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "record/crypto.h"
#include "record/pin.h"
#include "tests/support/sample.h"

#define HEAD "pbkdf2-sha256:200000:"
#define SALT "AAECAwQFBgcICQoLDA0ODw=="
#define HASH "5KZY0nouF4Ri8hkveOkNnllXUDIJQZOj0hKUVlefud8="
#define PIN HEAD SALT ":" HASH	/* of 314159, by Python's hashlib */

static const uint8_t salt[PIN_SALT] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
	12, 13, 14, 15 };

/* RFC 7914, section 11: its first 32 bytes, of one iteration. */
static void
is_the_function_of_the_rfc(void **state)
{
	static const uint8_t want[CRYPTO_HASH] = { 0x55, 0xac, 0x04, 0x6e, 0x56, 0xe3, 0x08, 0x9f,
		0xec, 0x16, 0x91, 0xc2, 0x25, 0x44, 0xb6, 0x05,
		0xf9, 0x41, 0x85, 0x21, 0x6d, 0xde, 0x04, 0x65,
		0xe6, 0x8b, 0x9d, 0x57, 0xc2, 0x0d, 0xac, 0xbc };
	uint8_t out[CRYPTO_HASH];

	(void)state;
	assert_ok(crypto_pbkdf2("passwd", 6, "salt", 4, 1, out));
	assert_memory_equal(out, want, sizeof(want));
}

static void
makes_and_knows_a_pin(void **state)
{
	char text[PIN_TEXT_MAX + 1];
	bool same;

	(void)state;
	assert_ok(pin_make("314159", 6, salt, text));
	assert_string_equal(text, PIN);
	assert_ok(pin_matches(PIN, "314159", 6, &same));
	assert_true(same);
	assert_ok(pin_matches(PIN, "314158", 6, &same));
	assert_false(same);
	assert_ok(pin_matches(PIN, "31415", 5, &same));
	assert_false(same);
	assert_err(pin_make("31415", 5, salt, text), BW_ERR_ARG);
	assert_err(pin_make("31415a", 6, salt, text), BW_ERR_ARG);
	assert_err(pin_make("1234567890123", 13, salt, text), BW_ERR_ARG);
	assert_string_equal(text, "");
}

static void
has_one_spelling(void **state)
{
	static const char *const bad[] = {
		"", "314159", "pbkdf2-sha256:", "PBKDF2" PIN,
		"pbkdf2-sha1:200000:" SALT ":" HASH,
		"pbkdf2-sha256:0200000:" SALT ":" HASH,
		"pbkdf2-sha256:99999:" SALT ":" HASH,
		"pbkdf2-sha256:1000001:" SALT ":" HASH,
		"pbkdf2-sha256:-100000:" SALT ":" HASH,
		"pbkdf2-sha256:18446744073709751616:" SALT ":" HASH,
		"pbkdf2-sha256::" SALT ":" HASH,
		HEAD SALT "." HASH, HEAD HASH ":" SALT, PIN "=", PIN " ",
		HEAD "AAECAwQFBgcICQoLDA0ODy==:" HASH,	/* spare bits */
	};

	(void)state;
	assert_ok(pin_check(PIN, strlen(PIN)));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (pin_check(bad[i], strlen(bad[i])) != BW_ERR_FORMAT)
			fail_msg("taken: %s", bad[i]);
	for (size_t n = 0; n < strlen(PIN); n++)
		assert_err(pin_check(PIN, n), BW_ERR_FORMAT);
}

/* In a policy: there and back, not in its hash, and never a PIN in clear. */
static void
stands_in_a_policy(void **state)
{
	static struct policy p, q;
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	uint8_t without[CRYPTO_HASH];

	(void)state;
	sample_policy(&p);
	assert_ok(policy_sha256(&p, without));
	strcpy(p.staff_pin, PIN);
	assert_ok(policy_encode(&p, &json));
	assert_ok(policy_decode((char *)json.ptr, json.len, &q));
	assert_string_equal(q.staff_pin, PIN);
	assert_memory_equal(q.sha256, without, CRYPTO_HASH);
	policy_free(&q);
	bw_buf_reset(&json);
	strcpy(p.staff_pin, "314159");
	assert_err(policy_encode(&p, &json), BW_ERR_FORMAT);
	memset(p.staff_pin, '1', sizeof(p.staff_pin));
	assert_err(policy_encode(&p, &json), BW_ERR_FORMAT);
	policy_free(&p);
	bw_buf_free(&json);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_function_of_the_rfc),
		cmocka_unit_test(makes_and_knows_a_pin),
		cmocka_unit_test(has_one_spelling),
		cmocka_unit_test(stands_in_a_policy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
