// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "reader/session.h"
#include "tests/support/fake_tag.h"

static uint8_t message[200];
static struct fake fake;
static struct ipc_msg answer;
static struct tag_target held;
static int64_t now;
static int checks, deny_at, seen;
static size_t cancel_at;	/* after so many commands; SIZE_MAX: never */

static int64_t
on_now(void *ctx)
{
	(void)ctx;
	return now;
}

static bw_err
on_check(void *ctx)
{
	(void)ctx;
	return checks++ == deny_at || fake.n >= cancel_at ? BW_ERR_DENIED :
	    BW_OK;
}

static void
on_rest(void *ctx)
{
	(void)ctx;
	now += 5;
}

static void
on_seen(void *ctx)
{
	(void)ctx;
	seen++;
}

static int
setup(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(message); i++)
		message[i] = (uint8_t)(i * 7 + 1);
	fake_init(&fake);
	now = 1000;
	memset(&held, 0, sizeof(held));
	checks = seen = 0;
	deny_at = -1;
	cancel_at = SIZE_MAX;
	return 0;
}

static void
put(size_t i)
{
	fake_put(&fake, i, message, sizeof(message), true);
}

/* One read of one second. */
static bw_err
run(void)
{
	const struct tag_transport t = fake_transport(&fake);
	const struct session s = { &t, &held, NULL, on_now, on_check, on_rest,
		on_seen };

	memset(&answer, 0xff, sizeof(answer));
	return session_read(&s, now + 1000, &answer);
}

static void
ends_unread(enum unread_reason why)
{
	assert_ok(run());
	assert_int_equal(answer.type, IPC_UNREAD);
	assert_int_equal(answer.reason, why);
	assert_int_equal(answer.ndef[0], 0);
	assert_false(fake.field);
}

static void
ends_with_badge(size_t i)
{
	assert_ok(run());
	assert_int_equal(answer.type, IPC_BADGE);
	assert_memory_equal(answer.uid, fake.tag[i].target.uid, BADGE_UID);
	assert_int_equal(answer.ndef_len, sizeof(message));
	assert_memory_equal(answer.ndef, message, sizeof(message));
	assert_int_equal(seen, 1);
	assert_false(fake.field);
}

static void
reads_a_badge_that_lies_there(void **state)
{
	(void)state;
	put(0);
	ends_with_badge(0);
	assert_string_equal(fake.log, "+srfds-");
}

static void
reads_a_badge_that_comes(void **state)
{
	(void)state;
	put(0);
	fake.tag[0].present = false;
	fake.present_at = 10;
	ends_with_badge(0);
}

static void
pulses_the_field_while_it_waits(void **state)
{
	(void)state;
	ends_unread(UNREAD_NO_BADGE);
	assert_int_equal(now, 2000);
	assert_int_equal(seen, 0);
	assert_non_null(strstr(fake.log, "s-+s"));
	assert_non_null(strstr(fake.log, "s-"));
}

static void
refuses_two_badges(void **state)
{
	(void)state;
	put(0);
	put(1);
	ends_unread(UNREAD_MORE_THAN_ONE);
}

static void
refuses_a_foreign_tag(void **state)
{
	(void)state;
	put(0);
	fake.tag[0].target.sak = 0x20;
	ends_unread(UNREAD_NOT_OURS);
	assert_int_equal(seen, 1);
	put(0);
	fake.tag[0].target.sak = 0x20;
	put(1);	/* a telephone and a badge */
	ends_unread(UNREAD_MORE_THAN_ONE);
}

static void
a_removed_badge_is_removed(void **state)
{
	(void)state;
	for (size_t at = 2; at < 4; at++) {
		setup(state);
		put(0);
		fake.remove_at = at;	/* + s r f */
		ends_unread(UNREAD_REMOVED);
	}
	setup(state);
	put(0);
	fake.remove_at = 4;	/* it was whole already */
	ends_with_badge(0);
}

static void
an_exchanged_badge_is_more_than_one(void **state)
{
	(void)state;
	put(0);
	put(1);
	fake.tag[1].present = false;
	fake.swap_at = 3;
	ends_unread(UNREAD_MORE_THAN_ONE);
}

/* Under the same yes: the one that was lost is read, another is not, whether
 * it can be read or not. */
static void
a_lost_badge_is_the_only_one(void **state)
{
	(void)state;
	put(0);
	fake.remove_at = 2;
	ends_unread(UNREAD_REMOVED);
	assert_memory_equal(held.uid, fake.tag[0].target.uid, BADGE_UID);
	fake.remove_at = SIZE_MAX;
	put(1);
	ends_unread(UNREAD_MORE_THAN_ONE);
	assert_int_equal(seen, 1);
	fake.tag[1].target.sak = 0x20;
	ends_unread(UNREAD_MORE_THAN_ONE);
	fake.tag[1].present = false;
	fake.tag[0].present = true;
	seen = 0;
	ends_with_badge(0);
}

static void
one_bad_moment_is_forgiven(void **state)
{
	static const bw_err faults[] = { BW_ERR_GONE, BW_ERR_IO };

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (size_t at = 2; at < 4; at++) {
			setup(state);
			put(0);
			fake.fail = faults[i];
			fake.fail_at = at;
			ends_with_badge(0);
		}
}

static void
a_badge_that_never_reads_is_a_read_error(void **state)
{
	(void)state;
	put(0);
	fake.tag[0].deaf = true;
	ends_unread(UNREAD_READ_ERROR);
	assert_string_equal(fake.log, "+sr-+sr-+sr-+s-");
}

static void
a_cancel_ends_it_before_the_next_command(void **state)
{
	(void)state;
	for (deny_at = 0;; deny_at++) {
		checks = 0;
		fake_init(&fake);
		put(0);
		put(1);
		fake.tag[1].present = false;
		if (run() == BW_OK)
			break;
		assert_int_equal(checks, deny_at + 1);
		assert_int_equal(answer.type, 0);
		assert_false(fake.field);
	}
	assert_int_equal(deny_at, 5);	/* + s r f s */
}

/* Called off during any of its commands, or before the first: what is still
 * done is at most to switch the field off. */
static void
a_cancel_leaves_the_field_dark(void **state)
{
	for (int deaf = 0; deaf < 2; deaf++)
		for (size_t at = 0;; at++) {
			setup(state);
			if (deaf) {
				put(0);
				fake.tag[0].deaf = true;
			}
			cancel_at = at;
			if (run() == BW_OK)
				break;
			assert_null(strchr(fake.log + at, '+'));
			assert_false(fake.field);
		}
}

static void
a_broken_chip_is_told(void **state)
{
	static const bw_err faults[] = { BW_ERR_IO, BW_ERR_TIMEOUT };

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (size_t at = 0; at < 7; at++) {
			setup(state);
			put(0);
			fake.fail = faults[i];
			fake.fail_at = at;
			fake.fail_n = 1000;
			assert_err(run(), faults[i]);
			assert_int_equal(answer.ndef[0], 0);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(reads_a_badge_that_lies_there, setup),
		cmocka_unit_test_setup(reads_a_badge_that_comes, setup),
		cmocka_unit_test_setup(pulses_the_field_while_it_waits, setup),
		cmocka_unit_test_setup(refuses_two_badges, setup),
		cmocka_unit_test_setup(refuses_a_foreign_tag, setup),
		cmocka_unit_test_setup(a_removed_badge_is_removed, setup),
		cmocka_unit_test_setup(an_exchanged_badge_is_more_than_one,
		    setup),
		cmocka_unit_test_setup(a_lost_badge_is_the_only_one, setup),
		cmocka_unit_test_setup(one_bad_moment_is_forgiven, setup),
		cmocka_unit_test_setup(
		    a_badge_that_never_reads_is_a_read_error, setup),
		cmocka_unit_test_setup(
		    a_cancel_ends_it_before_the_next_command, setup),
		cmocka_unit_test_setup(a_cancel_leaves_the_field_dark, setup),
		cmocka_unit_test_setup(a_broken_chip_is_told, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
