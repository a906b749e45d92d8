// SPDX-License-Identifier: Apache-2.0
/* Where taps lead on the screens of the first start, and what is wiped. */
#include "tests/support/unit.h"

#include <stdio.h>

#include "kiosk/first.h"

static struct first f;

static int
set_up(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	return 0;
}

/* Type it, whatever it takes. */
static void
type(const char *what)
{
	char name[16] = "";

	for (; *what != 0; what++) {
		char sign = *what >= 'A' && *what <= 'Z' ?
		    (char)(*what - 'A' + 'a') : *what;
		bool found = false;

		for (unsigned r = 0; r < FIRST_ROWS && !found; r++)
			for (unsigned c = 0; c < FIRST_COLUMNS && !found; c++)
				if (first_key(r, c) == sign) {
					snprintf(name, sizeof(name),
					    "key:%u.%u", r, c);
					found = true;
				}
		assert_true(found);
		assert_int_equal(first_use(&f, name), FIRST_STAY);
	}
}

static void
is_blank(void)
{
	static const struct first blank;

	assert_memory_equal(&f, &blank, sizeof(f));
}

static void
every_sign_once(void **state)
{
	static const char all[] = "abcdefghijklmnopqrstuvwxyz0123456789-.:/#";
	size_t n = 0;

	(void)state;
	for (size_t r = 0; r <= FIRST_ROWS; r++)
		for (size_t c = 0; c <= FIRST_COLUMNS; c++)
			if (first_key(r, c) != 0) {
				assert_non_null(strchr(all, first_key(r, c)));
				n++;
			}
	assert_int_equal(n, sizeof(all) - 1);
}

static void
typing_an_address(void **state)
{
	static const char code[] = "GAYTEMZUGU3DOOBZMFRGGZDFMY.AAAA";

	(void)state;
	assert_int_equal(first_use(&f, "type"), FIRST_TURN);
	assert_string_equal(f.typed, "https://");
	type("host.example:8443");
	assert_int_equal(first_use(&f, "key:path"), FIRST_STAY);
	type(code);
	assert_int_equal(first_use(&f, "key:erase"), FIRST_STAY);
	type("B");
	assert_int_equal(first_use(&f, "take"), FIRST_TRY);
	assert_string_equal(f.address,
	    "https://host.example:8443/enrol#GAYTEMZUGU3DOOBZMFRGGZDFMY.AAAB");
	assert_int_equal(f.step, ENROL_STEP_WAIT);
}

/* As long as an address may be, and back to nothing. */
static void
typing_has_bounds(void **state)
{
	(void)state;
	first_use(&f, "type");
	for (int i = 0; i < 2 * ENROL_ADDRESS_MAX; i++)
		type("a");
	first_use(&f, "key:path");
	assert_int_equal(strlen(f.typed), ENROL_ADDRESS_MAX);
	for (int i = 0; i < ENROL_ADDRESS_MAX; i++)
		assert_int_equal(first_use(&f, "key:erase"), FIRST_STAY);
	assert_string_equal(f.typed, "");
	assert_int_equal(first_use(&f, "key:erase"), FIRST_IGNORE);
}

static void
only_what_is_there_does_something(void **state)
{
	static const char *const names[] = { "", "start", "share", "page",
		"key:", "key:4.0", "key:0.10", "key:3.9", "key:0.0x", "done2" };

	(void)state;
	for (int step = 0; step <= ENROL_STEP_FAILED; step++)
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			f = (struct first){ .step = (enum enrol_step)step };
			assert_int_equal(first_use(&f, names[i]),
			    FIRST_IGNORE);
			assert_int_equal(f.step, step);
		}
	f = (struct first){ .step = ENROL_STEP_GOING };
	assert_int_equal(first_use(&f, "cancel"), FIRST_IGNORE);
	assert_int_equal(first_use(&f, "done"), FIRST_IGNORE);
}

/* Whoever leaves leaves nothing behind. */
static void
leaving_wipes(void **state)
{
	static const struct {
		enum enrol_step step;
		const char *way;
		enum first_want want;
	} ways[] = {
		{ ENROL_STEP_TYPE, "cancel", FIRST_TURN },
		{ ENROL_STEP_TAG, "cancel", FIRST_STOP },
		{ ENROL_STEP_WAIT, "cancel", FIRST_STOP },
		{ ENROL_STEP_CONFIRM, "cancel", FIRST_STOP },
		{ ENROL_STEP_FAILED, "done", FIRST_STOP },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		memset(&f, 'x', sizeof(f));
		f.step = ways[i].step;
		assert_int_equal(first_use(&f, ways[i].way), ways[i].want);
		is_blank();
	}
}

static void
fails(enum first_source source, enum enrol_why why)
{
	f = (struct first){ .source = source, .typed = "typed",
		.address = "address", .step = ENROL_STEP_WAIT };
	first_fail(&f, why);
	assert_int_equal(f.step, ENROL_STEP_FAILED);
}

/* A typed address is mended, a tag is read once more, a host asked again. */
static void
trying_again(void **state)
{
	(void)state;
	fails(FIRST_TYPED, WHY_NO_ADDRESS);
	assert_string_equal(f.address, "");
	assert_int_equal(first_use(&f, "retry"), FIRST_TURN);
	assert_int_equal(f.step, ENROL_STEP_TYPE);
	assert_string_equal(f.typed, "typed");
	fails(FIRST_TAG, WHY_UNKNOWN);
	assert_int_equal(first_use(&f, "retry"), FIRST_READ);
	assert_int_equal(f.step, ENROL_STEP_TAG);
	fails(FIRST_TAG, WHY_OTHER_TAG);
	assert_int_equal(first_use(&f, "retry"), FIRST_READ);
	for (int s = FIRST_NOWHERE; s <= FIRST_FILE; s++) {
		fails((enum first_source)s, WHY_NO_ANSWER);
		assert_int_equal(first_use(&f, "retry"), FIRST_TRY);
		assert_string_equal(f.address, "address");
	}
}

static void
where_it_cannot_help(void **state)
{
	static const enum enrol_why whys[] = { WHY_OTHER_KEYS, WHY_LOG_THERE,
		WHY_FILE, WHY_UNKNOWN };

	(void)state;
	for (size_t i = 0; i < sizeof(whys) / sizeof(whys[0]); i++) {
		fails(FIRST_FILE, whys[i]);
		assert_string_equal(f.address, "");
		assert_int_equal(first_use(&f, "retry"), FIRST_IGNORE);
		assert_int_equal(f.step, ENROL_STEP_FAILED);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_sign_once, set_up),
		cmocka_unit_test_setup(typing_an_address, set_up),
		cmocka_unit_test_setup(typing_has_bounds, set_up),
		cmocka_unit_test_setup(only_what_is_there_does_something,
		    set_up),
		cmocka_unit_test_setup(leaving_wipes, set_up),
		cmocka_unit_test_setup(trying_again, set_up),
		cmocka_unit_test_setup(where_it_cannot_help, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
