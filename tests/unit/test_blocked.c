// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/seal.h"

#define MANY 300

static void
the_example_is_read(void **state)
{
	struct bw_cur in = vec_hex("blocked/plain");
	struct blocked b;

	(void)state;
	assert_ok(blocked_decode(in.ptr, in.len, &b));
	assert_int_equal(b.n, 2);
	for (size_t i = 0; i < b.n; i++)
		assert_memory_equal(b.hash[i], in.ptr + 21 + 9 * i, 8);
	blocked_free(&b);
	assert_int_equal(b.n, 0);
	for (size_t n = 0; n < in.len; n++)
		assert_err(blocked_decode(in.ptr, n, &b), BW_ERR_FORMAT);
}

static void
who_is_in_is_found(void **state)
{
	const uint8_t salt[BLOCKED_SALT] = { 5 };
	uint8_t ids[MANY][BADGE_ID] = { { 0 } };
	struct bw_buf out = BW_BUF_INIT(10000);
	struct blocked b;

	(void)state;
	for (unsigned i = 0; i < MANY; i++) {
		ids[i][0] = (uint8_t)i;
		ids[i][1] = (uint8_t)(i >> 8);
	}
	memcpy(ids[7], ids[8], BADGE_ID);	/* one of them twice */
	assert_ok(blocked_encode(salt, (const uint8_t (*)[BADGE_ID])ids,
	    MANY, &out));
	assert_ok(blocked_decode(out.ptr, out.len, &b));
	assert_int_equal(b.n, MANY - 1);
	assert_memory_equal(b.salt, salt, BLOCKED_SALT);
	for (unsigned i = 0; i < MANY; i++) {
		assert_true(blocked_has(&b, ids[i]));
		ids[i][7] = 1;
		assert_false(blocked_has(&b, ids[i]));
	}
	blocked_free(&b);
	bw_buf_free(&out);
}

static void
nobody_is_a_list_too(void **state)
{
	const uint8_t salt[BLOCKED_SALT] = { 5 }, id[BADGE_ID] = { 1 };
	struct bw_buf out = BW_BUF_INIT(100);
	struct blocked b;

	(void)state;
	assert_ok(blocked_encode(salt, NULL, 0, &out));
	assert_int_equal(out.ptr[out.len - 1], 0x80);
	assert_ok(blocked_decode(out.ptr, out.len, &b));
	assert_false(blocked_has(&b, id));
	blocked_free(&b);
	assert_false(blocked_has(&b, id));
	assert_err(blocked_encode(salt, NULL, BLOCKED_MAX + 1, &out),
	    BW_ERR_BOUND);
	bw_buf_free(&out);
}

static void
order_and_counts_are_checked(void **state)
{
	struct bw_cur in = vec_hex("blocked/plain");
	uint8_t copy[100], swap[9];
	struct blocked b;

	(void)state;
	memcpy(copy, in.ptr, in.len);
	memcpy(swap, copy + 20, 9);
	memcpy(copy + 20, copy + 29, 9);
	assert_err(blocked_decode(copy, in.len, &b), BW_ERR_FORMAT);
	memcpy(copy + 29, swap, 9);
	assert_err(blocked_decode(copy, in.len, &b), BW_ERR_FORMAT);
	assert_null(b.hash);
	/* A count that no bytes are behind must not be allocated. */
	memcpy(copy, in.ptr, 19);
	memcpy(copy + 19, "\x99\x4e\x20", 3);
	assert_err(blocked_decode(copy, 22, &b), BW_ERR_FORMAT);
	memcpy(copy + 19, "\x99\x4e\x21", 3);
	assert_err(blocked_decode(copy, 22, &b), BW_ERR_BOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_is_read),
		cmocka_unit_test(who_is_in_is_found),
		cmocka_unit_test(nobody_is_a_list_too),
		cmocka_unit_test(order_and_counts_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
