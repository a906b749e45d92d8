// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "uplink/backoff.h"

static void
waits_double_up_to_a_bound(void **state)
{
	struct backoff least = { 0 }, most = { 0 };
	int64_t expected = BACKOFF_FIRST_MS;

	(void)state;
	for (int i = 0; i < 100; i++) {
		assert_int_equal(backoff_fail(&least, 0, 0), expected / 2);
		assert_int_equal(backoff_fail(&most, UINT32_MAX, 0),
		    expected / 2 * 2);
		expected = expected * 2 < BACKOFF_MOST_MS ? expected * 2 :
		    BACKOFF_MOST_MS;
	}
	assert_int_equal(expected, BACKOFF_MOST_MS);
}

static void
jitter_spreads_between_the_half_and_the_whole(void **state)
{
	int64_t last = 0;

	(void)state;
	for (uint64_t random = 0; random <= UINT32_MAX; random += 0x11111111) {
		struct backoff b = { 7 };
		int64_t wait = backoff_fail(&b, (uint32_t)random, 0);

		assert_in_range(wait, 32000, 64000);
		assert_true(wait > last);
		last = wait;
	}
}

static void
a_success_begins_anew(void **state)
{
	struct backoff b = { 0 };

	(void)state;
	for (int i = 0; i < 5; i++)
		(void)backoff_fail(&b, 0, 0);
	backoff_ok(&b);
	assert_int_equal(backoff_fail(&b, 0, 0), BACKOFF_FIRST_MS / 2);
}

static void
what_the_host_asks_for_is_the_least(void **state)
{
	struct backoff b = { 0 };

	(void)state;
	assert_int_equal(backoff_fail(&b, 0, 120), 120000);
	b.failures = 20;
	assert_int_equal(backoff_fail(&b, 0, 120), BACKOFF_MOST_MS / 2);
	assert_int_equal(backoff_fail(&b, 0, 86400), BACKOFF_ASKED_MOST_MS);
	assert_int_equal(backoff_fail(&b, 0, UINT32_MAX),
	    BACKOFF_ASKED_MOST_MS);
}

static void
failures_are_counted_without_end(void **state)
{
	struct backoff b = { UINT32_MAX };

	(void)state;
	assert_int_equal(backoff_fail(&b, 0, 0), BACKOFF_MOST_MS / 2);
	assert_int_equal(b.failures, UINT32_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waits_double_up_to_a_bound),
		cmocka_unit_test(jitter_spreads_between_the_half_and_the_whole),
		cmocka_unit_test(a_success_begins_anew),
		cmocka_unit_test(what_the_host_asks_for_is_the_least),
		cmocka_unit_test(failures_are_counted_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
