// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <locale.h>
#include <stdio.h>

#include "kiosk/i18n.h"
#include "kiosk/isolate.h"

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

static const char *
left(unsigned long n)
{
	return i18n_count("%u second left.", "%u seconds left.", n);
}

/* Arabic counts none, one, two, a few, many, and a hundred. */
static void
test_arabic_counts(void **state)
{
	static const unsigned long n[] = { 0, 1, 2, 3, 11, 100 };

	(void)state;
	assert_ok(i18n_open());
	i18n_begin("ar");
	for (size_t i = 0; i < 5; i++)
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(left(n[i]), left(n[k]));
	assert_string_equal(left(3), left(10));
	assert_string_equal(left(11), left(60));
	assert_string_equal(left(103), left(3));
	i18n_begin("fr");
	assert_string_equal(left(0), left(1));
	i18n_begin("ja");
	assert_string_equal(left(1), left(2));
	i18n_end();
	i18n_close();
}

/* By their own names, and those that are not known last. */
static void
test_order(void **state)
{
	static const char *const in_order[] = { "de", "en", "es", "fr", "ar",
		"hi", "zh", "ja", "xx" };

	(void)state;
	for (size_t i = 1; i < sizeof(in_order) / sizeof(in_order[0]); i++)
		assert_true(i18n_rank(in_order[i - 1]) <
		    i18n_rank(in_order[i]));
	assert_string_equal(i18n_package("zh"), "fonts-noto-cjk");
	assert_string_equal(i18n_package("hi"), "fonts-noto-core");
}

/* A value keeps to itself: what it holds turns nothing around it. */
static void
test_isolate(void **state)
{
	char buf[64], tight[12];

	(void)state;
	assert_string_equal(isolate(buf, sizeof(buf), I18N_FSI, "Łódź"),
	    I18N_FSI "Łódź" I18N_PDI);
	assert_string_equal(isolate(buf, sizeof(buf), I18N_LRI,
	    "a\u202eb\u2069c\u2028d\u061c"), I18N_LRI "abcd" I18N_PDI);
	assert_string_equal(isolate(buf, sizeof(buf), I18N_FSI,
	    "Z\u0301\u0302\u0303\u0304x"), I18N_FSI "Z\u0301\u0302x" I18N_PDI);
	/* Cut at a whole character, and still closed. */
	assert_string_equal(isolate(tight, sizeof(tight), I18N_FSI, "日本語"),
	    I18N_FSI "日" I18N_PDI);
	assert_string_equal(isolate_in(buf, sizeof(buf), "A, or A?", "A"),
	    I18N_FSI "A" I18N_PDI ", or " I18N_FSI "A" I18N_PDI "?");
	assert_string_equal(isolate_in(buf, sizeof(buf), "none", "A"), "none");
	assert_string_equal(isolate_in(buf, sizeof(buf), "none", ""), "none");
	assert_int_equal(isolate_mark(I18N_ZWSP), 3);
	assert_int_equal(isolate_mark("x"), 0);
	assert_int_equal(isolate_mark(""), 0);
	/* The last two bytes of a letter are no mark. */
	assert_int_equal(isolate_mark(&"と"[1]), 0);
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
		cmocka_unit_test(test_arabic_counts),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_isolate),
		cmocka_unit_test(test_stays_inside),
		cmocka_unit_test(test_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
