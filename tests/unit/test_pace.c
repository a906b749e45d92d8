// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "base/pace.h"

static void
says_rate_and_time_left(void **state)
{
	struct pace p = { 0 };
	uint64_t rate, seconds;

	(void)state;
	assert_false(pace_says(&p, 100, 5000, &rate, &seconds));
	pace_start(&p, 5000);
	assert_false(pace_says(&p, 100, 5000, &rate, &seconds));
	pace_add(&p, 100, 6000);
	pace_start(&p, 6500);		/* it is at it */
	pace_add(&p, 100, 7000);
	assert_true(pace_says(&p, 250, 7000, &rate, &seconds));
	assert_int_equal(rate, 100);
	assert_int_equal(seconds, 3);
	assert_false(pace_says(&p, 0, 7000, &rate, &seconds));
}

/* Who was not there at the begin does not know how long the first ones took. */
static void
what_came_first_is_not_counted(void **state)
{
	struct pace p = { 0 };
	uint64_t rate, seconds;

	(void)state;
	pace_add(&p, 1000, 10000);
	assert_false(pace_says(&p, 100, 10000, &rate, &seconds));
	pace_add(&p, 50, 11000);
	assert_true(pace_says(&p, 100, 11000, &rate, &seconds));
	assert_int_equal(rate, 50);
	assert_int_equal(seconds, 2);
}

static void
an_old_pace_says_nothing(void **state)
{
	struct pace p = { 0 };
	uint64_t rate, seconds;
	int64_t later = 2000 + PACE_IDLE_MS;

	(void)state;
	pace_start(&p, 1000);
	pace_add(&p, 5, 2000);
	assert_true(pace_says(&p, 7, later, &rate, &seconds));
	assert_false(pace_says(&p, 7, later + 1, &rate, &seconds));
	pace_add(&p, 5, later + 1);
	assert_false(pace_says(&p, 7, later + 1, &rate, &seconds));
}

static void
slow_is_not_never(void **state)
{
	struct pace p = { 0 };
	uint64_t rate, seconds;

	(void)state;
	pace_start(&p, 1000);
	pace_add(&p, 1, 61000);
	assert_true(pace_says(&p, 10, 61000, &rate, &seconds));
	assert_int_equal(rate, 1);
	assert_int_equal(seconds, 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_rate_and_time_left),
		cmocka_unit_test(what_came_first_is_not_counted),
		cmocka_unit_test(an_old_pace_says_nothing),
		cmocka_unit_test(slow_is_not_never),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
