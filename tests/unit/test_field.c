// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/field.h"

static bool
ok(const char *s)
{
	return field_value_ok(s, strlen(s));
}

static void
names_go_there_and_back(void **state)
{
	(void)state;
	for (int f = 1; f <= FIELD_COUNT; f++) {
		const char *name = field_name((enum field)f);

		assert_int_equal(field_from_name(name, strlen(name)), f);
	}
	assert_null(field_name((enum field)0));
	assert_null(field_name((enum field)7));
	assert_int_equal(field_from_name("name", 3), 0);
	assert_int_equal(field_from_name("phone", 5), 0);
	assert_int_equal(field_from_name("", 0), 0);
}

static void
values_of_all_scripts_pass(void **state)
{
	static const char *const badges[] = {
		"typical", "long_tag16", "world"
	};
	size_t seen = 0;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (int f = 1; f <= FIELD_COUNT; f++) {
			json_t *v = json_object_get(vec("badge/%s/fields",
			    badges[i]), (const char[]){ (char)('0' + f), 0 });

			if (v == NULL)
				continue;
			seen++;
			assert_true(ok(json_string_value(json_object_get(v,
			    "value"))));
		}
	assert_true(seen > 15);
	assert_true(ok("\xc3\xa9"));			/* é */
	assert_true(ok("\xea\xb0\x81"));		/* 각 */
	assert_true(ok("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac"));
}

static void
what_is_not_nfc_is_refused(void **state)
{
	(void)state;
	assert_false(ok("e\xcc\x81"));			/* e + acute */
	assert_false(ok("\xe1\x84\x80\xe1\x85\xa1"));	/* two jamo */
	assert_false(ok("\xe2\x84\xab"));		/* ANGSTROM SIGN */
	assert_false(ok("a\xcc\xa7\xcc\x81\xcc\xa7"));	/* wrong order */
}

static void
bounds_and_controls(void **state)
{
	char s[FIELD_VALUE_MAX + 2];

	(void)state;
	memset(s, 'a', sizeof(s));
	assert_true(field_value_ok(s, FIELD_VALUE_MAX));
	assert_false(field_value_ok(s, FIELD_VALUE_MAX + 1));
	assert_false(field_value_ok(s, 0));
	/* The longest decomposition: three bytes become four points. */
	for (size_t i = 0; i + 3 <= FIELD_VALUE_MAX; i += 3)
		memcpy(s + i, "\xe1\xbe\x82", 3);
	assert_true(field_value_ok(s, 159));
	assert_false(ok("a\nb"));
	assert_false(ok("\x7f"));
	assert_false(ok("\xc2\x85"));
	assert_false(field_value_ok("a\0b", 3));
	assert_false(ok("\xff"));
	assert_false(ok("\xed\xa0\x80"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_go_there_and_back),
		cmocka_unit_test(values_of_all_scripts_pass),
		cmocka_unit_test(what_is_not_nfc_is_refused),
		cmocka_unit_test(bounds_and_controls),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
