// SPDX-License-Identifier: Apache-2.0
/* Faults in another language: sentences and parts are looked up, values are
 * kept as they are. */
#include "tests/support/unit.h"

#include <stdio.h>

#include "host/fault.h"

static const char *
find(const char *lang, const char *sentence)
{
	static const char *const de[][2] = {
		{ "it has %zu of %u, %.*s%c and %.3s: %d%%",
		    "es hat %zu von %u, %.*s%c und %.3s: %d%%" },
		{ "it is not %s%s", "das ist nicht %s%s" },
		{ " as the rest is", " wie der Rest" }, { "word", "WRONG" },
		{ "%s", "%s" }, { "it is a picture", "es ist ein Bild" },
	};

	if (strcmp(lang, "de") == 0)
		for (size_t i = 0; i < sizeof(de) / sizeof(de[0]); i++)
			if (strcmp(de[i][0], sentence) == 0)
				return de[i][1];
	return sentence;
}

static void
says(const struct fault *f, const char *en, const char *de)
{
	char out[FAULT_TEXT];

	assert_string_equal(f->text, en);
	fault_say(f, find, "en", out);
	assert_string_equal(out, en);
	fault_say(f, find, "de", out);
	assert_string_equal(out, de);
}

static void
a_fault_is_said_in_another_language(void **state)
{
	struct fault f = { 0 };

	(void)state;
	fault_set(&f, 3, "it has %zu of %u, %.*s%c and %.3s: %d%%", (size_t)7,
	    9u, 2, "abc", 'x', "defg", -1);
	says(&f, "it has 7 of 9, abx and def: -1%",
	    "es hat 7 von 9, abx und def: -1%");
	f = (struct fault){ 0 };
	fault_set(&f, 3, "it is not %s%s", "word", " as the rest is");
	says(&f, "it is not word as the rest is",
	    "das ist nicht word wie der Rest");
	f = (struct fault){ 0 };
	fault_set(&f, 0, "%s", "it is a picture");
	says(&f, "it is a picture", "es ist ein Bild");
	f = (struct fault){ 0 };
	fault_set(&f, 0, "this %s nobody knows", "sentence");
	says(&f, "this sentence nobody knows", "this sentence nobody knows");
}

static void
words_steer_no_terminal(void **state)
{
	static const char word[] = "a\033]0;b\a\177 \302\233 \342\200\256"
	    "\303\274\303";
	struct fault_list l = { 0 };
	struct fault f = { 0 };
	char out[FAULT_TEXT];

	(void)state;
	fault_set(&f, 3, "it is not %s%s", word, "");
	says(&f, "it is not a?]0;b?? ? ?\303\274?",
	    "das ist nicht a?]0;b?? ? ?\303\274?");
	fault_add(&l, 3, "it is not %.*s%c", 2, word, '\033');
	assert_string_equal(l.one[0].text, "it is not a??");
	fault_say(&l.one[0], find, "de", out);
	assert_string_equal(out, "it is not a??");
}

static void
what_is_too_long_is_cut(void **state)
{
	char value[2 * FAULT_TEXT], out[FAULT_TEXT];
	struct fault f = { 0 };

	(void)state;
	memset(value, 'v', sizeof(value));
	value[sizeof(value) - 1] = 0;
	fault_set(&f, 0, "it is not %s%s", value, value);
	assert_int_equal(strlen(f.text), FAULT_TEXT - 1);
	fault_say(&f, find, "de", out);
	assert_string_equal(out, f.text);
	f = (struct fault){ 0 };
	fault_set(&f, 0, "it is not %s%s", value, "");
	fault_say(&f, find, "de", out);
	assert_true(strlen(out) < FAULT_TEXT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fault_is_said_in_another_language),
		cmocka_unit_test(words_steer_no_terminal),
		cmocka_unit_test(what_is_too_long_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
