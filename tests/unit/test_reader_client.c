// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "reader/reader_client.h"

static struct reader_client *c;
static struct reader_event ev;
static int64_t ahead;	/* the client is told that so much time has passed */

static int64_t
now(void)
{
	return clock_mono_ms() + ahead;
}

static void
open_as(const char *how)
{
	ahead = 0;
	assert_ok(reader_client_open(&c, how, now()));
}

/* Step as a main loop would, until there is an event. */
static bool
step_until(int64_t until)
{
	while (!reader_client_step(c, now(), &ev)) {
		struct pollfd p = { reader_client_fd(c), POLLIN, 0 };
		int64_t wake = reader_client_wake(c) - now();

		if (clock_mono_ms() >= until)
			return false;
		(void)poll(&p, 1, wake < 0 ? 0 : wake > 20 ? 20 : (int)wake);
	}
	return true;
}

static void
expect(enum reader_event_type type)
{
	assert_true(step_until(clock_mono_ms() + 5000));
	assert_int_equal(ev.type, type);
}

static int
teardown(void **state)
{
	(void)state;
	reader_client_close(&c);
	assert_null(c);
	return 0;
}

static void
reads_a_badge(void **state)
{
	(void)state;
	open_as("obey");
	assert_false(reader_client_ready(c));
	assert_err(reader_client_read(c, 1000, now()), BW_ERR_GONE);
	expect(READER_READY);
	assert_true(reader_client_ready(c));
	assert_err(reader_client_read(c, 0, now()), BW_ERR_ARG);
	for (int i = 0; i < 3; i++) {
		assert_ok(reader_client_read(c, 1000, now()));
		assert_err(reader_client_read(c, 1000, now()), BW_ERR_BUSY);
		expect(READER_SEEN);
		expect(READER_BADGE);
		assert_int_equal(ev.ndef_len, 5);
		assert_memory_equal(ev.ndef, "hello", 5);
		assert_memory_equal(ev.uid, "\4\1\2\3\4\5\6", 7);
	}
}

static void
a_cancelled_read_says_nothing_more(void **state)
{
	(void)state;
	open_as("obey");
	expect(READER_READY);
	assert_ok(reader_client_read(c, 1000, now()));
	reader_client_cancel(c, now());
	/* What was read in the meantime is not delivered either. */
	assert_false(step_until(clock_mono_ms() + 300));
	reader_client_cancel(c, now());
	assert_ok(reader_client_read(c, 1000, now()));
	expect(READER_SEEN);
	reader_client_cancel(c, now());	/* BADGE may wait in the socket */
	assert_false(step_until(clock_mono_ms() + 300));
	assert_true(reader_client_ready(c));
}

static void
a_read_may_follow_a_cancel_at_once(void **state)
{
	(void)state;
	open_as("wait");
	expect(READER_READY);
	for (int i = 0; i < 3; i++) {
		assert_ok(reader_client_read(c, 1000, now()));
		reader_client_cancel(c, now());
	}
	assert_false(step_until(clock_mono_ms() + 200));
	assert_true(reader_client_ready(c));
}

static void
a_crash_ends_the_read_and_is_mended_at_once(void **state)
{
	(void)state;
	open_as("crash");
	expect(READER_READY);
	for (int i = 0; i < 3; i++) {
		int64_t t = clock_mono_ms();

		assert_ok(reader_client_read(c, 1000, now()));
		expect(READER_UNREAD);
		assert_int_equal(ev.reason, UNREAD_READ_ERROR);
		expect(READER_MISSING);
		assert_int_equal(ev.cause, READER_CAUSE_CRASHED);
		assert_false(reader_client_ready(c));
		expect(READER_READY);
		assert_true(clock_mono_ms() - t < 1000);
	}
}

static void
nonsense_is_like_a_crash(void **state)
{
	static const char *const how[] = { "nonsense", "stranger" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		open_as(how[i]);
		expect(READER_READY);
		assert_ok(reader_client_read(c, 1000, now()));
		expect(READER_UNREAD);
		assert_int_equal(ev.reason, UNREAD_READ_ERROR);
		expect(READER_MISSING);
		expect(READER_READY);
		reader_client_close(&c);
	}
	open_as("obey");
}

static void
a_missed_deadline_kills(void **state)
{
	(void)state;
	open_as("deaf");
	expect(READER_READY);
	assert_ok(reader_client_read(c, 500, now()));
	assert_int_equal(reader_client_wake(c) <= now() + 500 +
	    READER_CLIENT_GRACE_MS, 1);
	assert_false(step_until(clock_mono_ms() + 150));
	ahead += 500 + READER_CLIENT_GRACE_MS;
	expect(READER_UNREAD);
	assert_int_equal(ev.reason, UNREAD_READ_ERROR);
	expect(READER_MISSING);
	expect(READER_READY);
	/* A cancel that is not heard as well. */
	assert_ok(reader_client_read(c, 60000, now()));
	reader_client_cancel(c, now());
	assert_false(step_until(clock_mono_ms() + 150));
	ahead += READER_CLIENT_CANCEL_MS;
	expect(READER_MISSING);
	expect(READER_READY);
}

static void
silence_kills(void **state)
{
	(void)state;
	open_as("silent");
	assert_false(step_until(clock_mono_ms() + 150));
	ahead += READER_CLIENT_SILENCE_MS;
	expect(READER_MISSING);
	assert_int_equal(ev.cause, READER_CAUSE_CRASHED);
}

static void
a_process_that_only_dies_is_spaced(void **state)
{
	int64_t gap, last = 0;

	(void)state;
	open_as("die");
	expect(READER_MISSING);		/* the first restart is at once */
	for (int i = 0; i < 12; i++) {
		expect(READER_MISSING);
		/* Time stands still until the process is gone. */
		for (int64_t t = now(), k = 0; k < 20; k++) {
			assert_false(reader_client_step(c, t, &ev));
			gap = reader_client_wake(c) - t;
			(void)poll(NULL, 0, 5);
		}
		assert_true(gap + 200 >= last);	/* this loop takes time */
		assert_true(gap <= READER_CLIENT_BACKOFF_MAX_MS);
		last = gap;
		ahead += gap;
	}
	assert_true(last + 200 >= READER_CLIENT_BACKOFF_MAX_MS);
}

static void
a_program_that_is_not_there_is_tried_again(void **state)
{
	char link[64];

	(void)state;
	snprintf(link, sizeof(link), "/tmp/badgeward-reader-%d",
	    (int)getpid());
	unlink(link);
	setenv("BADGEWARD_READER", link, 1);
	open_as("obey");
	setenv("BADGEWARD_READER", FAKE_READER, 1);
	expect(READER_MISSING);
	assert_int_equal(symlink(FAKE_READER, link), 0);
	ahead += READER_CLIENT_BACKOFF_MAX_MS;
	expect(READER_READY);
	unlink(link);
}

static void
a_missing_chip_is_told(void **state)
{
	(void)state;
	open_as("missing");
	expect(READER_MISSING);
	assert_int_equal(ev.cause, READER_CAUSE_ABSENT);
	assert_false(reader_client_ready(c));
	assert_err(reader_client_read(c, 1000, now()), BW_ERR_GONE);
}

static void
closing_waits_and_then_kills(void **state)
{
	int64_t t;

	(void)state;
	open_as("linger");
	expect(READER_READY);
	t = clock_mono_ms();
	reader_client_close(&c);
	assert_in_range(clock_mono_ms() - t, 1900, 4000);
	open_as("obey");
	expect(READER_READY);
	t = clock_mono_ms();
	reader_client_close(&c);
	assert_true(clock_mono_ms() - t < 1000);
}

static void
closing_outlives_a_sweep_that_hangs(void **state)
{
	(void)state;
	open_as("stuck");
	expect(READER_MISSING);
	alarm(60);		/* teardown closes */
}

static void
a_bad_connstring_is_refused(void **state)
{
	char longer[2000];

	(void)state;
	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	assert_err(reader_client_open(&c, "", 0), BW_ERR_ARG);
	assert_null(c);
	assert_err(reader_client_open(&c, longer, 0), BW_ERR_ARG);
	assert_null(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(reads_a_badge, teardown),
		cmocka_unit_test_teardown(a_cancelled_read_says_nothing_more,
		    teardown),
		cmocka_unit_test_teardown(a_read_may_follow_a_cancel_at_once,
		    teardown),
		cmocka_unit_test_teardown(
		    a_crash_ends_the_read_and_is_mended_at_once, teardown),
		cmocka_unit_test_teardown(nonsense_is_like_a_crash, teardown),
		cmocka_unit_test_teardown(a_missed_deadline_kills, teardown),
		cmocka_unit_test_teardown(silence_kills, teardown),
		cmocka_unit_test_teardown(a_process_that_only_dies_is_spaced,
		    teardown),
		cmocka_unit_test_teardown(
		    a_program_that_is_not_there_is_tried_again, teardown),
		cmocka_unit_test_teardown(a_missing_chip_is_told, teardown),
		cmocka_unit_test_teardown(closing_waits_and_then_kills,
		    teardown),
		cmocka_unit_test_teardown(closing_outlives_a_sweep_that_hangs,
		    teardown),
		cmocka_unit_test_teardown(a_bad_connstring_is_refused,
		    teardown),
	};

	setenv("BADGEWARD_READER", FAKE_READER, 1);
	log_open("test", LOG_LEVEL_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
