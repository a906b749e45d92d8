// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/seal.h"

static void
the_example_goes_there_and_back(void **state)
{
	struct bw_cur in = vec_hex("field_keys/plain");
	struct bw_buf out = BW_BUF_INIT(300);
	struct field_keys k;

	(void)state;
	assert_ok(field_keys_decode(in.ptr, in.len, &k));
	assert_int_equal(k.have, FIELD_BIT(1) | FIELD_BIT(2) | FIELD_BIT(3));
	for (int f = 1; f <= 3; f++)
		assert_memory_equal(k.key[f],
		    vec_hex("badge/typical/fields/%d/field_key", f).ptr,
		    CRYPTO_KEY);
	assert_ok(field_keys_encode(&k, &out));
	assert_int_equal(out.len, in.len);
	assert_memory_equal(out.ptr, in.ptr, in.len);
	for (size_t n = 0; n < in.len; n++) {
		assert_err(field_keys_decode(in.ptr, n, &k), BW_ERR_FORMAT);
		assert_int_equal(k.have, 0);
	}
	bw_buf_free(&out);
}

static bw_err
decode(const uint8_t *head, size_t key_len)
{
	uint8_t bytes[80] = { 0 };
	struct field_keys k;

	memcpy(bytes, head, 4);
	bytes[3] = (uint8_t)key_len;
	return field_keys_decode(bytes, 4 + key_len, &k);
}

static void
odd_maps_are_refused(void **state)
{
	static const uint8_t two[] = { 0xa2, 0x01, 0x58, 0x20 };
	struct bw_cur in = vec_hex("field_keys/plain");
	struct field_keys k;
	uint8_t copy[200];

	(void)state;
	assert_ok(decode((const uint8_t[]){ 0xa1, 6, 0x58, 0 }, 32));
	assert_err(decode((const uint8_t[]){ 0xa1, 7, 0x58, 0 }, 32),
	    BW_ERR_BOUND);
	assert_err(decode((const uint8_t[]){ 0xa1, 0, 0x58, 0 }, 32),
	    BW_ERR_FORMAT);
	assert_err(decode((const uint8_t[]){ 0xa1, 1, 0x58, 0 }, 31),
	    BW_ERR_FORMAT);
	assert_err(decode(two, 32), BW_ERR_FORMAT);
	memcpy(copy, in.ptr, in.len);
	copy[36] = 1;			/* field 1 twice */
	assert_err(field_keys_decode(copy, in.len, &k), BW_ERR_FORMAT);
	copy[36] = 2;
	copy[in.len] = 0;
	assert_err(field_keys_decode(copy, in.len + 1, &k), BW_ERR_FORMAT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_goes_there_and_back),
		cmocka_unit_test(odd_maps_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
