// SPDX-License-Identifier: Apache-2.0
#include <pthread.h>

#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "base/text.h"
#include "record/crypto.h"

static const char *const key_names[] = {
	"device_log", "registrar", "host", "device_sealing", "host_sealing"
};
#define NKEYS (sizeof(key_names) / sizeof(key_names[0]))

static void
keys_have_their_spki_and_kid(void **state)
{
	(void)state;
	for (size_t i = 0; i < NKEYS; i++) {
		struct crypto_key *key = vec_key("keys/%s", key_names[i]);
		const uint8_t *spki = vec_spki(key_names[i]);
		uint8_t kid[CRYPTO_KID], scalar[CRYPTO_KEY];

		assert_memory_equal(crypto_key_spki(key), spki, CRYPTO_SPKI);
		assert_ok(crypto_spki_check(spki, CRYPTO_SPKI));
		assert_ok(crypto_kid(spki, kid));
		assert_memory_equal(kid,
		    vec_hex("keys/%s/kid", key_names[i]).ptr, CRYPTO_KID);
		crypto_key_scalar(key, scalar);
		assert_memory_equal(scalar,
		    vec_hex("keys/%s/private_key", key_names[i]).ptr,
		    CRYPTO_KEY);
		crypto_key_close(&key);
		assert_null(key);
	}
}

static void
scalars_out_of_range_are_no_keys(void **state)
{
	/* The order of P-256, and the one below it, which is a key. */
	static const char order[] = "ffffffff00000000ffffffffffffffff"
	    "bce6faada7179e84f3b9cac2fc632551";
	uint8_t scalar[CRYPTO_KEY] = { 0 };
	struct crypto_key *key;

	(void)state;
	assert_err(crypto_key_open(&key, scalar), BW_ERR_KEY);
	assert_null(key);
	assert_ok(text_unhex(order, scalar, CRYPTO_KEY));
	assert_err(crypto_key_open(&key, scalar), BW_ERR_KEY);
	scalar[31]--;
	assert_ok(crypto_key_open(&key, scalar));
	crypto_key_close(&key);
	crypto_key_close(&key);
}

static void
points_off_the_curve_are_refused(void **state)
{
	uint8_t spki[CRYPTO_SPKI], x[CRYPTO_KEY];
	struct crypto_key *key = vec_key("keys/host");

	(void)state;
	memcpy(spki, vec_spki("host"), CRYPTO_SPKI);
	spki[CRYPTO_SPKI - 1] ^= 1;
	assert_err(crypto_spki_check(spki, CRYPTO_SPKI), BW_ERR_KEY);
	assert_err(crypto_ecdh(key, crypto_spki_pub(spki), x), BW_ERR_KEY);
	spki[CRYPTO_SPKI - 1] ^= 1;
	spki[26] = 2;
	assert_err(crypto_spki_check(spki, CRYPTO_SPKI), BW_ERR_KEY);
	spki[26] = 4;
	assert_err(crypto_spki_check(spki, CRYPTO_SPKI - 1), BW_ERR_FORMAT);
	spki[5] ^= 1;
	assert_err(crypto_spki_check(spki, CRYPTO_SPKI), BW_ERR_FORMAT);
	crypto_key_close(&key);
}

/* RFC 6979, A.2.5 with SHA-256: device_log is its key. */
static void
signs_as_rfc_6979(void **state)
{
	struct crypto_key *key = vec_key("keys/device_log");
	const struct bw_part parts[] = { PART_STR("sam"), PART_STR("ple") };
	uint8_t sig[CRYPTO_SIG], want[CRYPTO_SIG];

	(void)state;
	assert_ok(text_unhex("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf"
	    "991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9af"
	    "f4064dc4ab2f843acda8", want, sizeof(want)));
	assert_ok(crypto_sign(key, parts, 2, sig));
	assert_memory_equal(sig, want, CRYPTO_SIG);
	assert_ok(crypto_verify(crypto_key_spki(key), parts, 2, sig));
	crypto_key_close(&key);
}

static void
a_flipped_bit_never_verifies(void **state)
{
	struct crypto_key *key = vec_key("keys/host");
	uint8_t msg[4] = "mess", sig[CRYPTO_SIG];
	const uint8_t *spki = crypto_key_spki(key);

	(void)state;
	assert_ok(crypto_sign(key, &PART(msg, 4), 1, sig));
	for (unsigned i = 0; i < CRYPTO_SIG * 8; i += 5) {
		sig[i / 8] ^= (uint8_t)(1u << i % 8);
		assert_err(crypto_verify(spki, &PART(msg, 4), 1, sig),
		    BW_ERR_SIG);
		sig[i / 8] ^= (uint8_t)(1u << i % 8);
	}
	for (unsigned i = 0; i < 32; i++) {
		msg[i / 8] ^= (uint8_t)(1u << i % 8);
		assert_err(crypto_verify(spki, &PART(msg, 4), 1, sig),
		    BW_ERR_SIG);
		msg[i / 8] ^= (uint8_t)(1u << i % 8);
	}
	assert_err(crypto_verify(vec_spki("registrar"), &PART(msg, 4), 1,
	    sig), BW_ERR_SIG);
	memset(sig, 0, sizeof(sig));
	assert_err(crypto_verify(spki, &PART(msg, 4), 1, sig), BW_ERR_SIG);
	crypto_key_close(&key);
}

/* One key and the shared curve, in the hands of several threads at once. */
static void *
sign_and_verify(void *ctx)
{
	const struct crypto_key *key = ctx;
	uint8_t sig[CRYPTO_SIG], msg = 0;
	uintptr_t good = 0;

	for (; msg < 8; msg++)
		good += crypto_sign(key, &PART(&msg, 1), 1, sig) == BW_OK &&
		    crypto_verify(crypto_key_spki(key), &PART(&msg, 1), 1,
		    sig) == BW_OK;
	return (void *)good;
}

static void
threads_share_keys(void **state)
{
	struct crypto_key *key = vec_key("keys/host");
	pthread_t thread[4];
	void *good;

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&thread[i], NULL,
		    sign_and_verify, key), 0);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(thread[i], &good), 0);
		assert_int_equal((uintptr_t)good, 8);
	}
	crypto_key_close(&key);
}

static void
der_goes_there_and_back(void **state)
{
	uint8_t sig[CRYPTO_SIG], der[CRYPTO_DER_MAX];
	size_t len;

	(void)state;
	for (int i = 1; i <= 6; i++) {
		struct bw_cur want = vec_hex("log/checkpoints/%d/sig_der", i);

		assert_ok(crypto_sig_from_der(want.ptr, want.len, sig));
		assert_ok(crypto_sig_to_der(sig, der, &len));
		assert_int_equal(len, want.len);
		assert_memory_equal(der, want.ptr, len);
		for (size_t n = 0; n < len; n++)
			assert_err(crypto_sig_from_der(der, n, sig),
			    BW_ERR_FORMAT);
	}
	/* Short halves lose their zeros and find them again. */
	memset(sig, 0, sizeof(sig));
	sig[31] = 0x80;
	sig[63] = 1;
	assert_ok(crypto_sig_to_der(sig, der, &len));
	assert_memory_equal(der, "\x30\x07\x02\x02\x00\x80\x02\x01\x01", len);
	assert_ok(crypto_sig_from_der(der, len, sig));
	assert_int_equal(sig[31], 0x80);
	assert_int_equal(sig[63], 1);
}

static void
other_der_is_refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
	} bad[] = {
		{ "\x30\x06\x02\x01\x00\x02\x01\x01", 8 },	/* r = 0 */
		{ "\x30\x06\x02\x01\x80\x02\x01\x01", 8 },	/* r < 0 */
		{ "\x30\x07\x02\x02\x00\x01\x02\x01\x01", 9 },	/* long */
		{ "\x30\x81\x06\x02\x01\x01\x02\x01\x01", 9 },	/* long */
		{ "\x30\x06\x02\x01\x01\x02\x01\x01\x00", 9 },	/* trail */
		{ "\x30\x07\x02\x01\x01\x02\x01\x01\x00", 9 },	/* trail */
		{ "\x31\x06\x02\x01\x01\x02\x01\x01", 8 },	/* a set */
		{ "\x30\x06\x02\x01\x01\x03\x01\x01", 8 },	/* bits */
		{ "\x30\x05\x02\x00\x02\x01\x01", 7 },		/* empty */
	};
	uint8_t sig[CRYPTO_SIG];

	(void)state;
	assert_ok(crypto_sig_from_der((const uint8_t *)
	    "\x30\x06\x02\x01\x01\x02\x01\x01", 8, sig));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_err(crypto_sig_from_der((const uint8_t *)bad[i].bytes,
		    bad[i].len, sig), BW_ERR_FORMAT);
}

/* RFC 4231, case 2; RFC 5869, A.1. */
static void
hmac_and_hkdf_agree_with_their_rfcs(void **state)
{
	const struct bw_part parts[] = {
		PART_STR("what do ya want "), PART_STR("for nothing?")
	};
	uint8_t out[CRYPTO_HASH], ikm[22], salt[13], info[10], okm[42];
	char hex[TEXT_HEX_SIZE(42)];

	(void)state;
	assert_ok(crypto_hmac("Jefe", 4, parts, 2, out));
	text_hex(out, 32, hex);
	assert_string_equal(hex, "5bdcc146bf60754e6a042426089575c7"
	    "5a003f089d2739839dec58b964ec3843");
	memset(ikm, 0x0b, sizeof(ikm));
	for (uint8_t i = 0; i < 13; i++)
		salt[i] = i;
	for (uint8_t i = 0; i < 10; i++)
		info[i] = (uint8_t)(0xf0 + i);
	assert_ok(crypto_hkdf_extract(salt, 13, ikm, 22, out));
	assert_ok(crypto_hkdf_expand(out, &PART(info, 10), 1, okm, 42));
	text_hex(okm, 42, hex);
	assert_string_equal(hex, "3cb25f25faacd57a90434f64d0362f2a2d2d0a90"
	    "cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
}

static void
expand_keeps_its_bound(void **state)
{
	uint8_t prk[CRYPTO_HASH] = { 1 }, long_info[256] = { 0 }, out[32];

	(void)state;
	assert_ok(crypto_hkdf_expand(prk, &PART(long_info, 255), 1, out, 32));
	assert_err(crypto_hkdf_expand(prk, &PART(long_info, 256), 1, out, 32),
	    BW_ERR_BOUND);
}

static void
ecdh_agrees_both_ways(void **state)
{
	struct crypto_key *a, *b;
	uint8_t x[CRYPTO_KEY], y[CRYPTO_KEY];

	(void)state;
	assert_ok(crypto_key_generate(&a));
	assert_ok(crypto_key_generate(&b));
	assert_memory_not_equal(crypto_key_spki(a), crypto_key_spki(b),
	    CRYPTO_SPKI);
	assert_ok(crypto_ecdh(a, crypto_spki_pub(crypto_key_spki(b)), x));
	assert_ok(crypto_ecdh(b, crypto_spki_pub(crypto_key_spki(a)), y));
	assert_memory_equal(x, y, CRYPTO_KEY);
	crypto_key_close(&a);
	crypto_key_close(&b);
}

static void
aead_opens_only_what_it_sealed(void **state)
{
	const uint8_t key[CRYPTO_KEY] = { 7 }, nonce[13] = { 9 };
	struct crypto_ccm c = { key, nonce, (const uint8_t *)"ad", 2, 8 };
	uint8_t sealed[5 + 16], plain[5];

	(void)state;
	for (c.taglen = 8; c.taglen <= 16; c.taglen += 8) {
		size_t len = 5 + c.taglen;

		assert_ok(crypto_ccm_seal(&c, (const uint8_t *)"hello", 5,
		    sealed));
		assert_ok(crypto_ccm_open(&c, sealed, len, plain));
		assert_memory_equal(plain, "hello", 5);
		for (size_t i = 0; i < len * 8; i++) {
			sealed[i / 8] ^= (uint8_t)(1u << i % 8);
			assert_err(crypto_ccm_open(&c, sealed, len, plain),
			    BW_ERR_KEY);
			assert_memory_equal(plain, "\0\0\0\0\0", 5);
			sealed[i / 8] ^= (uint8_t)(1u << i % 8);
		}
		assert_err(crypto_ccm_open(&c, sealed, 7, plain), BW_ERR_KEY);
	}
	c.taglen = 4;
	assert_err(crypto_ccm_seal(&c, sealed, 5, plain), BW_ERR_ARG);
	assert_ok(crypto_gcm_seal(key, nonce, (const uint8_t *)"hello", 5,
	    sealed));
	assert_ok(crypto_gcm_open(key, nonce, sealed, 21, plain));
	assert_memory_equal(plain, "hello", 5);
	sealed[20] ^= 1;
	assert_err(crypto_gcm_open(key, nonce, sealed, 21, plain),
	    BW_ERR_KEY);
	assert_err(crypto_gcm_open(key, nonce, sealed, 15, plain),
	    BW_ERR_KEY);
}

/* FIPS 197, appendix C.3. */
static void
a_block_agrees_with_its_standard(void **state)
{
	static const uint8_t want[CRYPTO_BLOCK] = { 0x8e, 0xa2, 0xb7, 0xca,
		0x51, 0x67, 0x45, 0xbf, 0xea, 0xfc, 0x49, 0x90, 0x4b, 0x49,
		0x60, 0x89 };
	uint8_t key[CRYPTO_KEY], in[CRYPTO_BLOCK], out[CRYPTO_BLOCK];
	struct crypto_block *c;

	(void)state;
	for (uint8_t i = 0; i < CRYPTO_KEY; i++)
		key[i] = i;
	for (uint8_t i = 0; i < CRYPTO_BLOCK; i++)
		in[i] = (uint8_t)(i << 4 | i);
	assert_ok(crypto_block_open(&c, key));
	for (int i = 0; i < 2; i++) {
		assert_ok(crypto_block_put(c, in, out));
		assert_memory_equal(out, want, sizeof(want));
	}
	crypto_block_close(&c);
	assert_null(c);
	crypto_block_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_have_their_spki_and_kid),
		cmocka_unit_test(scalars_out_of_range_are_no_keys),
		cmocka_unit_test(points_off_the_curve_are_refused),
		cmocka_unit_test(signs_as_rfc_6979),
		cmocka_unit_test(a_flipped_bit_never_verifies),
		cmocka_unit_test(threads_share_keys),
		cmocka_unit_test(der_goes_there_and_back),
		cmocka_unit_test(other_der_is_refused),
		cmocka_unit_test(hmac_and_hkdf_agree_with_their_rfcs),
		cmocka_unit_test(expand_keeps_its_bound),
		cmocka_unit_test(ecdh_agrees_both_ways),
		cmocka_unit_test(aead_opens_only_what_it_sealed),
		cmocka_unit_test(a_block_agrees_with_its_standard),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
