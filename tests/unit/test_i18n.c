// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <locale.h>
#include <stdio.h>

#include "kiosk/i18n.h"

static void
test_switches_at_run_time(void **state)
{
	(void)state;
	assert_ok(i18n_open());
	for (int i = 0; i < 3; i++) {
		i18n_begin("de");
		assert_string_equal(_("No thanks"), "Nein danke");
		i18n_end();
		i18n_begin("en");
		assert_string_equal(_("No thanks"), "No thanks");
		i18n_end();
	}
	/* A region falls back to its language, what is missing to English. */
	i18n_begin("de-AT");
	assert_string_equal(_("No thanks"), "Nein danke");
	i18n_begin("xx");
	assert_string_equal(_("No thanks"), "No thanks");
	assert_string_equal(_("no such word"), "no such word");
	i18n_end();
	i18n_close();
}

static void
test_counts(void **state)
{
	(void)state;
	assert_ok(i18n_open());
	i18n_begin("de");
	assert_string_equal(i18n_count("%u second left.", "%u seconds left.",
	    1), "Noch %u Sekunde.");
	assert_string_equal(i18n_count("%u second left.", "%u seconds left.",
	    0), "Noch %u Sekunden.");
	i18n_end();
	assert_string_equal(i18n_count("%u second left.", "%u seconds left.",
	    1), "%u second left.");
	i18n_close();
}

/* Outside, everything is as in "C": log lines and numbers do not change with
 * the attendee. */
static void
test_stays_inside(void **state)
{
	char number[16];

	(void)state;
	assert_ok(i18n_open());
	i18n_begin("de");
	snprintf(number, sizeof(number), "%.1f", 1.5);
	assert_string_equal(number, "1.5");
	i18n_end();
	assert_string_equal(_("No thanks"), "No thanks");
	assert_string_equal(setlocale(LC_ALL, NULL), "C");
	assert_null(getenv("LOCPATH"));
	i18n_close();
	/* Closed, or never opened: English. */
	i18n_begin("de");
	assert_string_equal(_("No thanks"), "No thanks");
	i18n_end();
}

static void
test_languages(void **state)
{
	char buf[8];

	(void)state;
	assert_true(i18n_rtl("ar"));
	assert_true(i18n_rtl("he-IL"));
	assert_false(i18n_rtl("de"));
	assert_false(i18n_rtl("a"));
	assert_string_equal(i18n_name("de"), "Deutsch");
	assert_string_equal(i18n_name("pt-BR"), "Português");
	assert_string_equal(i18n_name("xx"), "xx");
	assert_string_equal(i18n_short_name("de", buf), "DE");
	assert_string_equal(i18n_short_name("gsw-CH", buf), "GSW");
	assert_non_null(strstr(i18n_fonts("ja"), "CJK JP"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_switches_at_run_time),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_stays_inside),
		cmocka_unit_test(test_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
