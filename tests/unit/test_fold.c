// SPDX-License-Identifier: Apache-2.0
/* Text without regard to case, and words without regard to marks: what is ASCII goes another way than the rest,
 * and comes to the same. */
#include "tests/support/unit.h"

#include "host/fold.h"
#include "host/search.h"

static void
folds_every_script(void **state)
{
	static const char *const texts[][2] = { { "", "" },
		{ "ADA Lovelace @[`{~ 42", "ada lovelace @[`{~ 42" },
		{ "Zoë MÜLLER", "zoë müller" }, { "STRASSE", "strasse" },
		{ "Straße", "strasse" }, { "ΣΊΣΥΦΟΣ", "σίσυφοσ" },
		{ "李雷 Ltd.", "李雷 ltd." }, { "\x7f\x01Z", "\x7f\x01z" } };
	char out[64];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		fold(texts[i][0], out, sizeof(out));
		assert_string_equal(out, texts[i][1]);
	}
}

static void
what_has_no_room_is_left_out(void **state)
{
	char out[5];

	(void)state;
	fold("ABCD", out, sizeof(out));
	assert_string_equal(out, "abcd");
	fold("ABCDE", out, sizeof(out));
	assert_string_equal(out, "abcd");
	fold("ABCDÉ", out, sizeof(out));
	assert_string_equal(out, "abcd");
	fold("ÄBCDE", out, sizeof(out));
	assert_string_equal(out, "äbc");
}

/* Each pair is a query and where it is found. */
static const char *const found[][2] = { { "", "Anna" }, { "  ", "" },
	{ "soren weiss", "Søren Weiß" }, { "SÖREN WEISS", "Søren Weiß" },
	{ "soeren", "Søren" }, { "lukasz", "Łukasz" }, { "Łukasz", "LUKASZ" },
	{ "angstrom", "Ångström" }, { "angstrom", "A\u030angstro\u0308m" },
	{ "muller", "Müller" }, { "mueller", "Müller" },
	{ "müller", "Mueller" }, { "MÜLLER", "muller" },
	{ "Müller, Łukasz", "Łukasz Müller" }, { "expert", "Videoexpert" },
	{ "isik", "Işık" }, { "istanbul", "İstanbul" }, { "dordevic", "Đorđević" },
	{ "oe", "Œuvre" }, { "aether", "Æther" }, { "ΕΛΕΝΗ", "Ελένη" },
	{ "киів", "Київ" }, { "o'neill", "O’Neill" }, { "acme", "ＡＣＭＥ" },
	{ "田太", "山田太郎" }, { "太郎 山田", "山田太郎" },
	{ "حداد", "ليلى حداد" }, { "김민", "김민준" } };

static const char *const lost[][2] = { { "weiss", "Weis" },
	{ "anna x", "Anna" }, { "anna", "Ana" }, { "田山", "山田太郎" },
	{ "a", "" }, { "حدادا", "ليلى حداد" } };

static bool
finds(const char *query, const char *text)
{
	static struct search s;
	bool yes;

	search_take(&s, query);
	search_begin(&s);
	yes = search_in(&s, text);
	search_wipe(&s);
	return yes;
}

static void
words_are_found_without_their_marks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(found) / sizeof(found[0]); i++)
		if (!finds(found[i][0], found[i][1]))
			fail_msg("no \"%s\" in \"%s\"", found[i][0],
			    found[i][1]);
	for (size_t i = 0; i < sizeof(lost) / sizeof(lost[0]); i++)
		if (finds(lost[i][0], lost[i][1]))
			fail_msg("\"%s\" in \"%s\"", lost[i][0],
			    lost[i][1]);
}

static void
words_may_be_in_several_texts(void **state)
{
	static struct search s;
	char many[2 * SEARCH_QUERY_MAX];

	(void)state;
	search_take(&s, "acme muller");
	for (int again = 0; again < 2; again++) {
		search_begin(&s);
		assert_false(search_in(&s, "Jo Müller"));
		assert_false(search_in(&s, ""));
		assert_true(search_in(&s, "ACME Ltd."));
	}
	search_begin(&s);
	assert_false(search_in(&s, "Jo Müller"));
	search_begin(&s);
	assert_false(search_in(&s, "ACME Ltd."));
	memset(many, 'a', sizeof(many));
	many[sizeof(many) - 1] = 0;
	for (size_t i = 1; i < sizeof(many) - 1; i += 2)
		many[i] = ' ';
	assert_true(finds(many, "a"));
	many[SEARCH_QUERY_MAX + 2] = 'b';
	assert_true(finds(many, "a"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_every_script),
		cmocka_unit_test(what_has_no_room_is_left_out),
		cmocka_unit_test(words_are_found_without_their_marks),
		cmocka_unit_test(words_may_be_in_several_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
