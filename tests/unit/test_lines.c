// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>

#include "host/lines.h"

static const struct {
	const char *in, *out;
} cases[] = {
	{ "", "" },
	{ " \r\n\t\n ", "" },
	{ "One.", "One." },
	{ "One.\r\nTwo.", "One.\nTwo." },
	{ "One.\rTwo.\nThree.", "One.\nTwo.\nThree." },
	{ "One.\r\n\r\nTwo.", "One.\n\nTwo." },
	{ "\n\n One. \n \n\t\n\nTwo.\n\n", "One.\n\nTwo." },
	{ "a  b\t c", "a b c" },
	{ "a\n.\n..b", "a\n.\n..b" },		/* mail has its own way */
	{ "a\xe2\x80\xa8z\xe2\x80\xa9y\xc2\x85x", "a\nz\ny\nx" },
	{ "a\x01\x1b[1mz\x7f", "a[1mz" },
	{ "a\xc2\x9bz", "az" },
	{ "a\xe2\x80\xaez\xe2\x81\xa6y", "azy" },	/* override, isolate */
	/* A blank that keeps words together, a mark, a joiner. */
	{ "10\xc2\xa0\xe2\x82\xac\xe2\x80\x8f", "10\xc2\xa0\xe2\x82\xac"
	    "\xe2\x80\x8f" },
	{ "\xe0\xa4\x95\xe2\x80\x8d", "\xe0\xa4\x95\xe2\x80\x8d" },
};

static void
test_clean(void **state)
{
	char text[64];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(text, sizeof(text), "%s", cases[i].in);
		assert_int_equal(lines_clean(text), strlen(cases[i].out));
		assert_string_equal(text, cases[i].out);
		assert_true(lines_ok(text));
		lines_clean(text);
		assert_string_equal(text, cases[i].out);
	}
}

static void
test_ok(void **state)
{
	(void)state;
	assert_true(lines_ok(""));
	assert_true(lines_ok("a\n\nb\n"));
	assert_false(lines_ok("a\r\nb"));
	assert_false(lines_ok("a\tb"));
	assert_false(lines_ok("a\nb\xff"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_ok),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
