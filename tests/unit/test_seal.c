// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/seal.h"

static const struct example {
	const char *name, *recipient, *label;
} examples[] = {
	{ "sealed_note", "host_sealing", SEAL_NOTE },
	{ "field_keys", "device_sealing", SEAL_FIELD_KEYS },
	{ "blocked", "device_sealing", SEAL_BLOCKED },
};

static void
examples_go_there_and_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct example *x = &examples[i];
		struct bw_cur plain = vec_hex("%s/plain", x->name);
		struct bw_cur sealed = vec_hex("%s/sealed", x->name);
		struct crypto_key *eph = vec_key("%s/ephemeral", x->name);
		struct crypto_key *key = vec_key("keys/%s", x->recipient);
		struct bw_buf b = BW_BUF_INIT(1000);

		assert_string_equal(vec_str("%s/label", x->name), x->label);
		assert_ok(seal_box(vec_spki(x->recipient), x->label, eph,
		    plain.ptr, plain.len, &b));
		assert_int_equal(b.len, sealed.len);
		assert_int_equal(b.len, plain.len + SEAL_OVERHEAD);
		assert_memory_equal(b.ptr, sealed.ptr, b.len);
		bw_buf_reset(&b);
		assert_ok(seal_open(key, x->label, sealed.ptr, sealed.len,
		    &b));
		assert_int_equal(b.len, plain.len);
		assert_memory_equal(b.ptr, plain.ptr, b.len);
		bw_buf_free(&b);
		crypto_key_close(&eph);
		crypto_key_close(&key);
	}
}

static void
fresh_boxes_differ_and_open(void **state)
{
	struct crypto_key *key = vec_key("keys/host_sealing");
	struct bw_buf a = BW_BUF_INIT(200), b = a, plain = a;

	(void)state;
	assert_ok(seal_box(crypto_key_spki(key), SEAL_NOTE, NULL,
	    (const uint8_t *)"note", 4, &a));
	assert_ok(seal_box(crypto_key_spki(key), SEAL_NOTE, NULL,
	    (const uint8_t *)"note", 4, &b));
	assert_memory_not_equal(a.ptr, b.ptr, a.len);
	assert_ok(seal_open(key, SEAL_NOTE, a.ptr, a.len, &plain));
	assert_memory_equal(plain.ptr, "note", 4);
	/* An empty message is a message. */
	bw_buf_reset(&a);
	bw_buf_reset(&plain);
	assert_ok(seal_box(crypto_key_spki(key), SEAL_NOTE, NULL, NULL, 0,
	    &a));
	assert_ok(seal_open(key, SEAL_NOTE, a.ptr, a.len, &plain));
	assert_int_equal(plain.len, 0);
	bw_buf_free(&a);
	bw_buf_free(&b);
	bw_buf_free(&plain);
	crypto_key_close(&key);
}

static void
no_other_key_label_or_bit_opens(void **state)
{
	struct bw_cur sealed = vec_hex("sealed_note/sealed");
	struct crypto_key *key = vec_key("keys/host_sealing");
	struct crypto_key *other = vec_key("keys/device_sealing");
	struct bw_buf plain = BW_BUF_INIT(1000);
	uint8_t *copy = malloc(sealed.len);

	(void)state;
	assert_non_null(copy);
	assert_err(seal_open(other, SEAL_NOTE, sealed.ptr, sealed.len,
	    &plain), BW_ERR_KEY);
	assert_err(seal_open(key, SEAL_BLOCKED, sealed.ptr, sealed.len,
	    &plain), BW_ERR_KEY);
	memcpy(copy, sealed.ptr, sealed.len);
	for (size_t i = 0; i < sealed.len * 8; i += 3) {
		copy[i / 8] ^= (uint8_t)(1u << i % 8);
		assert_err(seal_open(key, SEAL_NOTE, copy, sealed.len,
		    &plain), BW_ERR_KEY);
		copy[i / 8] ^= (uint8_t)(1u << i % 8);
	}
	for (size_t n = 0; n < sealed.len; n++)
		assert_int_not_equal(seal_open(key, SEAL_NOTE, sealed.ptr, n,
		    &plain), BW_OK);
	assert_int_equal(plain.len, 0);
	free(copy);
	crypto_key_close(&key);
	crypto_key_close(&other);
	bw_buf_free(&plain);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_go_there_and_back),
		cmocka_unit_test(fresh_boxes_differ_and_open),
		cmocka_unit_test(no_other_key_label_or_bit_opens),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
