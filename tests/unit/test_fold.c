// SPDX-License-Identifier: Apache-2.0
/* Text without regard to case: what is ASCII goes another way than the rest,
 * and comes to the same. */
#include "tests/support/unit.h"

#include "host/fold.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_every_script),
		cmocka_unit_test(what_has_no_room_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
