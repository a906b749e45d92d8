// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "base/text.h"
#include "record/cbor.h"

static void
integers_have_one_encoding(void **state)
{
	static const uint64_t values[] = {
		0, 1, 23, 24, 255, 256, 65535, 65536, UINT32_MAX,
		(uint64_t)UINT32_MAX + 1, UINT64_MAX
	};
	static const size_t lengths[] = { 1, 1, 1, 2, 2, 3, 3, 5, 5, 9, 9 };
	uint64_t v;

	(void)state;
	for (size_t i = 0; i < 11; i++) {
		struct bw_buf b = BW_BUF_INIT(16);
		struct bw_cur c;

		assert_ok(cbor_put_uint(&b, values[i]));
		assert_int_equal(b.len, lengths[i]);
		c = (struct bw_cur){ b.ptr, b.len };
		assert_ok(cbor_get_uint(&c, UINT64_MAX, &v));
		assert_true(v == values[i]);
		assert_ok(cbor_end(&c));
		for (size_t n = 0; n < b.len; n++) {
			c = (struct bw_cur){ b.ptr, n };
			assert_err(cbor_get_uint(&c, UINT64_MAX, &v),
			    BW_ERR_FORMAT);
			assert_int_equal(c.len, n);
		}
		bw_buf_free(&b);
	}
}

static bw_err
skips(const char *hex)
{
	uint8_t bytes[64];
	struct bw_cur c = { bytes, strlen(hex) / 2 };
	bw_err r;

	assert_ok(text_unhex(hex, bytes, c.len));
	if ((r = cbor_skip(&c, 3)) == BW_OK)
		r = cbor_end(&c);
	return r;
}

static void
what_is_not_deterministic_is_refused(void **state)
{
	static const char *const bad[] = {
		"1817", "1900ff", "1a0000ffff", "1b00000000ffffffff",
		"5801ff", "7801" "61", "9801" "00", "b80100" "00",
		"9f00ff", "5f41aaff", "7f6161ff", "bf0000ff",	/* endless */
		"1c", "1d", "1e", "1f", "ff",
		"20", "c000", "f4", "f5", "f7", "f97e00", "fb0000000000000000",
		"a201000000", "a201000100",	/* keys not rising */
		"a2190100000500",		/* by encoded bytes */
		"61ff", "62c080", "8200", "a100", "4200", "00" "00", "",
		"5bffffffffffffffff00", "9bffffffffffffffff00"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_err(skips(bad[i]), BW_ERR_FORMAT);
	assert_ok(skips("a2" "0500" "190100" "f6"));
	assert_ok(skips("a2" "00" "820102" "6161" "a0"));
	assert_ok(skips("818180"));
	assert_err(skips("81818180"), BW_ERR_BOUND);
}

static void
getters_ask_for_type_and_bound(void **state)
{
	struct bw_cur c = { (const uint8_t *)"\x42\xaa\xbb\x63" "abc", 7 };
	const uint8_t *p;
	const char *s;
	uint64_t v;
	size_t len;

	(void)state;
	assert_err(cbor_get_uint(&c, UINT64_MAX, &v), BW_ERR_FORMAT);
	assert_err(cbor_get_text(&c, 9, &s, &len), BW_ERR_FORMAT);
	assert_err(cbor_get_array(&c, 2), BW_ERR_FORMAT);
	assert_err(cbor_get_bytes(&c, 1, &p, &len), BW_ERR_BOUND);
	assert_false(cbor_get_null(&c));
	assert_int_equal(c.len, 7);
	assert_ok(cbor_get_bytes(&c, 2, &p, &len));
	assert_memory_equal(p, "\xaa\xbb", 2);
	assert_err(cbor_end(&c), BW_ERR_FORMAT);
	assert_err(cbor_get_text(&c, 2, &s, &len), BW_ERR_BOUND);
	assert_ok(cbor_get_text(&c, 3, &s, &len));
	assert_memory_equal(s, "abc", 3);
	assert_ok(cbor_end(&c));
	c = (struct bw_cur){ (const uint8_t *)"\x83\xa2\xf6", 3 };
	assert_err(cbor_get_array_max(&c, 2, &v), BW_ERR_BOUND);
	assert_err(cbor_get_array(&c, 2), BW_ERR_FORMAT);
	assert_ok(cbor_get_array(&c, 3));
	assert_err(cbor_get_map(&c, 1, &v), BW_ERR_BOUND);
	assert_ok(cbor_get_map(&c, 2, &v));
	assert_int_equal(v, 2);
	assert_true(cbor_get_null(&c));
	assert_false(cbor_get_null(&c));
}

static void
texts_must_be_utf8(void **state)
{
	struct bw_buf b = BW_BUF_INIT(16);
	struct bw_cur c = { (const uint8_t *)"\x62\xc3\x28", 3 };
	const char *s;
	size_t len;

	(void)state;
	assert_err(cbor_put_text(&b, "\xc3\x28", 2), BW_ERR_FORMAT);
	assert_int_equal(b.len, 0);
	assert_err(cbor_get_text(&c, 9, &s, &len), BW_ERR_FORMAT);
	assert_null(s);
	bw_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_have_one_encoding),
		cmocka_unit_test(what_is_not_deterministic_is_refused),
		cmocka_unit_test(getters_ask_for_type_and_bound),
		cmocka_unit_test(texts_must_be_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
