// SPDX-License-Identifier: Apache-2.0
/* The portal's sentences in German, and catalogues that are broken. */
#include "tests/support/unit.h"

#include "host/password.h"
#include "host/portal/cases.h"
#include "host/portal/catalogue.h"
#include "host/words_my.h"

static void
finds(void **state)
{
	(void)state;
	assert_string_equal(catalogue_find("de", "Log in"), "Einloggen");
	assert_string_equal(catalogue_find("en", "Log in"), "Log in");
	assert_string_equal(catalogue_find("de", "nobody says this"),
	    "nobody says this");
}

/* What stands elsewhere and is said by the portal. */
static void
has_others_sentences(void **state)
{
	(void)state;
	for (size_t i = 0; i < PASSWORD_FAULTS; i++)
		assert_string_not_equal(catalogue_find("de",
		    password_faults[i]), password_faults[i]);
}

/* The person and staff read the same words of a case. */
static void
says_of_cases_what_my_says(void **state)
{
	(void)state;
	for (int st = 0; st < CASE_STATES; st++) {
		const char *said = cases_state((enum case_state)st);

		assert_string_equal(words_my_en.case_state[st], said);
		assert_string_equal(words_my_de.case_state[st],
		    catalogue_find("de", said));
	}
	for (int t = CASE_ACCESS; t <= CASE_OTHER; t++) {
		const char *said = cases_type((enum case_type)t);

		/* In quotes there; and nobody asks for a breach. */
		if (t == CASE_NOT_ME || t == CASE_BREACH)
			continue;
		assert_string_equal(words_my_en.case_type[t], said);
		assert_string_equal(words_my_de.case_type[t],
		    catalogue_find("de", said));
	}
}

static void
bears_broken_ones(void **state)
{
	/* One text, "a" to "b", from byte 28 on. */
	static const uint8_t good[] = { 0xde, 0x12, 0x04, 0x95, 0, 0, 0, 0,
		1, 0, 0, 0, 20, 0, 0, 0, 28, 0, 0, 0, 1, 0, 0, 0, 36, 0, 0, 0,
		1, 0, 0, 0, 38, 0, 0, 0, 'a', 0, 'b', 0 };
	uint8_t bad[sizeof(good)];

	(void)state;
	assert_string_equal(catalogue_in(good, sizeof(good), "a"), "b");
	assert_null(catalogue_in(good, sizeof(good), "c"));
	for (size_t n = 0; n < sizeof(good); n++)
		catalogue_in(good, n, "a");
	for (size_t i = 0; i < sizeof(good); i++)
		for (unsigned v = 0; v < 256; v += 51) {
			memcpy(bad, good, sizeof(good));
			bad[i] = (uint8_t)v;
			catalogue_in(bad, sizeof(bad), "a");
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds),
		cmocka_unit_test(has_others_sentences),
		cmocka_unit_test(says_of_cases_what_my_says),
		cmocka_unit_test(bears_broken_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
