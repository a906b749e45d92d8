// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "host/clean.h"
#include "host/country.h"
#include "host/when.h"

static const struct {
	const char *in, *out;
	bw_err r;
} cases[] = {
	{ "", "", BW_OK },
	{ "   ", "", BW_OK },
	{ "Ada", "Ada", BW_OK },
	{ "  Ada \t Marlowe \r\n", "Ada Marlowe", BW_OK },
	{ "a\xc2\xa0\xe3\x80\x80z", "a z", BW_OK },	/* NBSP, wide blank */
	{ "e\xcc\x81", "\xc3\xa9", BW_OK },		/* composed */
	{ "\xe2\x84\xab", "\xc3\x85", BW_OK },		/* Angstrom sign */
	{ "\xef\xbb\xbfx\xe2\x80\x8b", "x", BW_OK },	/* marks at the ends */
	{ "\xe2\x80\x8f\xe2\x80\x8e", "", BW_OK },
	/* A joiner inside has a meaning. */
	{ "\xe0\xa4\x95\xe0\xa5\x8d\xe2\x80\x8d\xe0\xa4\xb7",
	    "\xe0\xa4\x95\xe0\xa5\x8d\xe2\x80\x8d\xe0\xa4\xb7", BW_OK },
	{ "a\x01z", "", BW_ERR_FORMAT },
	{ "a\x7fz", "", BW_ERR_FORMAT },
	{ "a\xc2\x9bz", "", BW_ERR_FORMAT },
	{ "a\xe2\x80\xaez", "", BW_ERR_FORMAT },	/* override */
	{ "a\xe2\x81\xa6z", "", BW_ERR_FORMAT },	/* isolate */
};

static void
test_cases(void **state)
{
	char out[FIELD_VALUE_MAX + 1];
	size_t len;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_err(clean_value(cases[i].in, out, &len), cases[i].r);
		assert_string_equal(out, cases[i].out);
		if (out[0] != 0)
			assert_true(field_value_ok(out, len));
	}
}

static void
test_length(void **state)
{
	char in[1000], out[FIELD_VALUE_MAX + 1];
	size_t len;

	(void)state;
	memset(in, 'x', sizeof(in));
	in[160] = 0;
	assert_ok(clean_value(in, out, &len));
	assert_int_equal(len, 160);
	in[160] = ' ';
	in[161] = 0;
	assert_ok(clean_value(in, out, &len));
	in[160] = 'y';
	assert_err(clean_value(in, out, &len), BW_ERR_BOUND);
	assert_int_equal(len, 161);
	assert_string_equal(out, "");
	/* 240 bytes that compose to 160 are whole. */
	for (size_t i = 0; i < 240; i += 3)
		memcpy(in + i, "e\xcc\x81", 3);
	in[240] = 0;
	assert_ok(clean_value(in, out, &len));
	assert_int_equal(len, 160);
}

static void
test_when(void **state)
{
	static const char *const wrong[] = { "", "2026", "2026-6-01",
	    "2026-13-01", "2026-00-01", "2026-01-00", "2026-01-32",
	    "2026-02-29", "2026-01-01T", "2026-01-01T00:00:00",
	    "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
	    "2026-01-01T00:00:60Z", "2026-01-01T00:00:00+2:00",
	    "2026-01-01T00:00:00+15:00", "2026-01-01 00:00:00Z",
	    "2026-01-01Z", "1999-01-01", "x026-01-01" };
	char text[WHEN_SIZE];
	uint64_t t;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_err(when_parse(wrong[i], false, &t), BW_ERR_FORMAT);
	assert_ok(when_parse("2028-02-29", true, &t));
	when_format((int64_t)t, text);
	assert_string_equal(text, "2028-03-01T00:00:00Z");
	assert_ok(when_parse("2026-06-01T09:30:15-05:30", true, &t));
	when_format((int64_t)t, text);
	assert_string_equal(text, "2026-06-01T15:00:15Z");
}

static void
test_country(void **state)
{
	char out[COUNTRY_NAME_MAX];

	(void)state;
	assert_ok(country_name("DE", "de", out));
	assert_string_equal(out, "Deutschland");
	assert_ok(country_name("JP", "ar", out));
	assert_string_equal(out, "اليابان");
	assert_err(country_name("XX", "en", out), BW_ERR_NOTFOUND);
	assert_err(country_name("de", "en", out), BW_ERR_NOTFOUND);
	assert_err(country_name("DEU", "en", out), BW_ERR_NOTFOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_when),
		cmocka_unit_test(test_country),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
