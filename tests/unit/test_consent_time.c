// SPDX-License-Identifier: Apache-2.0
/* More time, for who asks for it or listens. */
#include "tests/support/situation.h"

static void
more_time_at_least_ten_times(void **state)
{
	struct consent c;
	int64_t now = NOW;
	unsigned n = 0;

	(void)state;
	reach(&c, S_ASK);
	assert_int_equal(consent_seconds_left(&c, now), 60);
	for (; consent_may_extend(&c) && n < 1000; n++) {
		now += CONSENT_ASK_MS - 1;
		assert_int_equal(consent_seconds_left(&c, now), 1);
		step(&c, EV_MORE_TIME, now);
		assert_int_equal(c.state, STATE_ASK);
		assert_int_equal(consent_seconds_left(&c, now), 60);
	}
	assert_in_range(n, 10, 100);
	step(&c, EV_MORE_TIME, now + 1000);	/* no longer offered */
	assert_int_equal(consent_seconds_left(&c, now + 1000), 59);
	step(&c, EV_TICK, now + CONSENT_ASK_MS);
	assert_int_equal(c.state, STATE_NOANSWER);
}

/* While a screen is said it does not end, and after it there is the full time;
 * then silence is what it always is. */
static void
listening_puts_the_end_off(void **state)
{
	static const struct {
		enum situation s;
		int64_t ms;
		enum kiosk_state then;
	} rows[] = {
		{ S_ASK, CONSENT_ASK_MS, STATE_NOANSWER },
		{ S_HOLD, CONSENT_HOLD_MS, STATE_UNREAD },
		{ S_AGAIN, CONSENT_ASK_MS, STATE_NOANSWER },
		{ S_SHARED, CONSENT_SHARED_MS, STATE_IDLE },
		{ S_DECLINED, CONSENT_BRIEF_MS, STATE_IDLE },
		{ S_NOANSWER, CONSENT_BRIEF_MS, STATE_IDLE },
		{ S_UNREAD, CONSENT_UNREAD_MS, STATE_IDLE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t now = NOW + rows[i].ms + 5000;
		struct consent c;

		reach(&c, rows[i].s);
		/* Even when the kiosk looks late. */
		assert_int_equal(listen(&c, now), 0);
		assert_int_equal(c.state, start_of[rows[i].s]);
		assert_int_equal(c.extensions, 0);
		step(&c, EV_TICK, now + rows[i].ms - 1);
		assert_int_equal(c.state, start_of[rows[i].s]);
		step(&c, EV_TICK, now + rows[i].ms);
		assert_int_equal(c.state, rows[i].then);
	}
}

static void
listening_has_an_end(void **state)
{
	struct consent c;
	int64_t end = NOW + CONSENT_LISTEN_MS;

	(void)state;
	reach(&c, S_ASK);
	for (int64_t now = NOW; now < end + 2 * CONSENT_ASK_MS; now += 1000) {
		listen(&c, now);
		step(&c, EV_TICK, now);
		if (now < end + CONSENT_ASK_MS - 1000)
			assert_int_equal(c.state, STATE_ASK);
	}
	assert_int_equal(c.state, STATE_NOANSWER);
	/* The field is on: less of it. */
	reach(&c, S_HOLD);
	for (int64_t now = NOW; now <= NOW + CONSENT_LISTEN_HOLD_MS +
	    CONSENT_HOLD_MS; now += 1000) {
		listen(&c, now);
		step(&c, EV_TICK, now);
	}
	assert_int_equal(c.state, STATE_UNREAD);
	/* And none at all for what is being read or stored. */
	for (int s = S_READING; s <= S_STORING; s++) {
		int64_t was;

		reach(&c, (enum situation)s);
		was = c.deadline;
		listen(&c, NOW + 1);
		assert_int_equal(c.deadline, was);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(more_time_at_least_ten_times),
		cmocka_unit_test(listening_puts_the_end_off),
		cmocka_unit_test(listening_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
