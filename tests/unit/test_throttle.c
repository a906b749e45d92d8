// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>

#include "host/throttle.h"

static void
test_burst_then_one_at_a_time(void **state)
{
	static const struct throttle_rule rule = { 3, 10, 1000, 1 };
	struct throttle *t;
	unsigned wait;

	(void)state;
	assert_ok(throttle_open(&t, &rule));
	for (int i = 0; i < 3; i++)
		assert_true(throttle_take(t, "a", 1000, &wait));
	assert_false(throttle_take(t, "a", 1000, &wait));
	assert_int_equal(wait, 10);
	assert_true(throttle_take(t, "b", 1000, &wait));
	assert_false(throttle_ready(t, "a", 10999, &wait));
	assert_int_equal(wait, 1);
	assert_true(throttle_ready(t, "a", 11000, &wait));
	assert_true(throttle_take(t, "a", 11000, &wait));
	assert_false(throttle_take(t, "a", 11000, &wait));
	/* Rest long enough and the burst is whole again. */
	for (int i = 0; i < 3; i++)
		assert_true(throttle_take(t, "a", 100000, &wait));
	assert_false(throttle_take(t, "a", 100000, &wait));
	throttle_close(&t);
	assert_null(t);
}

/* Many keys share one bound, and memory does not grow with them. */
static void
test_all_together(void **state)
{
	static const struct throttle_rule rule = { 5, 10, 100, 1000 };
	struct throttle *t;
	char key[16];
	unsigned wait;
	int taken = 0;

	(void)state;
	assert_ok(throttle_open(&t, &rule));
	for (int i = 0; i < 100000; i++) {
		snprintf(key, sizeof(key), "%d", i);
		taken += throttle_take(t, key, 5000, &wait);
	}
	assert_int_equal(taken, 100);
	assert_false(throttle_take(t, "new", 5000, &wait));
	assert_true(throttle_take(t, "new", 6000, &wait));
	throttle_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_burst_then_one_at_a_time),
		cmocka_unit_test(test_all_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
