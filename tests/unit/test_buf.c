// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "base/buf.h"

static void
grows_and_keeps(void **state)
{
	struct bw_buf b = BW_BUF_INIT(1000);
	const char *s;

	(void)state;
	for (int i = 0; i < 100; i++)
		assert_ok(bw_buf_printf(&b, "%d,", i % 10));
	assert_int_equal(b.len, 200);
	assert_memory_equal(b.ptr + 198, "9,", 2);
	assert_ok(bw_buf_cstr(&b, &s));
	assert_int_equal(strlen(s), 200);
	bw_buf_free(&b);
	assert_null(b.ptr);
}

static void
keeps_its_bound(void **state)
{
	struct bw_buf b = BW_BUF_INIT(4);

	(void)state;
	assert_ok(bw_buf_put(&b, "abc", 3));
	assert_err(bw_buf_put(&b, "de", 2), BW_ERR_BOUND);
	assert_ok(bw_buf_put_u8(&b, 'd'));
	assert_err(bw_buf_put_u8(&b, 'e'), BW_ERR_BOUND);
	assert_err(bw_buf_put(&b, "", SIZE_MAX), BW_ERR_BOUND);
	assert_memory_equal(b.ptr, "abcd", 4);
	bw_buf_free(&b);
}

static void
reset_wipes(void **state)
{
	struct bw_buf b = BW_BUF_INIT(64);

	(void)state;
	assert_ok(bw_buf_put_str(&b, "secret"));
	bw_buf_reset(&b);
	for (size_t i = 0; i < b.cap; i++)
		assert_int_equal(b.ptr[i], 0);
	bw_buf_free(&b);
}

static void
numbers_go_there_and_back(void **state)
{
	struct bw_buf b = BW_BUF_INIT(64);
	struct bw_cur c;
	uint8_t v8;
	uint16_t v16;
	uint32_t v32;
	uint64_t v64;

	(void)state;
	assert_ok(bw_buf_put_u8(&b, 0xab));
	assert_ok(bw_buf_put_be16(&b, 0x1234));
	assert_ok(bw_buf_put_be32(&b, 0xdeadbeef));
	assert_ok(bw_buf_put_be64(&b, 0x0123456789abcdef));
	c = (struct bw_cur){ b.ptr, b.len };
	assert_ok(bw_cur_u8(&c, &v8));
	assert_ok(bw_cur_be16(&c, &v16));
	assert_ok(bw_cur_be32(&c, &v32));
	assert_ok(bw_cur_be64(&c, &v64));
	assert_int_equal(v8, 0xab);
	assert_int_equal(v16, 0x1234);
	assert_int_equal(v32, 0xdeadbeef);
	assert_true(v64 == 0x0123456789abcdef);
	assert_err(bw_cur_u8(&c, &v8), BW_ERR_FORMAT);
	bw_buf_free(&b);
}

static void
a_cstr_holds_no_zero(void **state)
{
	struct bw_buf b = BW_BUF_INIT(8);
	const char *s;

	(void)state;
	assert_ok(bw_buf_put(&b, "a\0b", 3));
	assert_err(bw_buf_cstr(&b, &s), BW_ERR_FORMAT);
	assert_null(s);
	bw_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows_and_keeps),
		cmocka_unit_test(keeps_its_bound),
		cmocka_unit_test(reset_wipes),
		cmocka_unit_test(numbers_go_there_and_back),
		cmocka_unit_test(a_cstr_holds_no_zero),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
