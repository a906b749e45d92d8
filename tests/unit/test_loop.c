// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "reader/loop.h"
#include "tests/support/fake_tag.h"

/* A chip in memory, used by the loop's thread, looked at when it has ended. */
static struct fake fake;
static _Atomic int opens, closes, fail_opens;
static _Atomic int cause;
static int hang_up[2] = { -1, -1 };
static int ends[2];
static bool is_open;
static pthread_t thread;
static bw_err result;

static bw_err
chip_open(void *ctx, enum reader_cause *why)
{
	(void)ctx;
	opens++;
	if (fail_opens != 0) {
		fail_opens--;
		*why = (enum reader_cause)cause;
		return BW_ERR_IO;
	}
	is_open = true;
	if (opens > 1)	/* opening it again repairs it */
		fake.fail_at = SIZE_MAX;
	fake.field = false;
	return BW_OK;
}

static void
chip_close(void *ctx)
{
	(void)ctx;
	closes++;
	is_open = false;
}

static int
chip_watch(void *ctx)
{
	(void)ctx;
	return hang_up[0];
}

static void *
run(void *arg)
{
	const struct chip chip = { fake_transport(&fake), chip_open,
		chip_close, chip_watch };

	(void)arg;
	result = loop_run(ends[1], &chip);
	close(ends[1]);
	return NULL;
}

static int
setup(void **state)
{
	static const uint8_t message[] = "a message on a tag";

	(void)state;
	opens = closes = fail_opens = 0;
	is_open = false;
	fake_init(&fake);
	fake_put(&fake, 0, message, sizeof(message), true);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	assert_int_equal(pipe(hang_up), 0);
	return 0;
}

static void
begin(void)
{
	assert_int_equal(pthread_create(&thread, NULL, run, NULL), 0);
}

/* The kiosk closes; the loop must end, its chip closed and dark. */
static void
finish(void)
{
	close(ends[0]);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_false(is_open);
	assert_false(fake.field);
	close(hang_up[0]);
	if (hang_up[1] != -1)
		close(hang_up[1]);
}

static void
send_msg(enum ipc_type type, uint32_t id, uint32_t wait_ms)
{
	struct ipc_msg m;

	memset(&m, 0, sizeof(m));
	m.type = type;
	m.id = id;
	m.wait_ms = wait_ms;
	assert_ok(ipc_send(ends[0], &m));
}

/* The next message that is not ALIVE, within five seconds. */
static struct ipc_msg
next_msg(void)
{
	const int64_t until = clock_mono_ms() + 5000;
	struct pollfd p = { ends[0], POLLIN, 0 };
	struct ipc_msg m;
	bw_err r;

	while ((r = ipc_recv(ends[0], &m)) == BW_ERR_NOTFOUND ||
	    (r == BW_OK && m.type == IPC_ALIVE)) {
		assert_true(clock_mono_ms() < until);
		(void)poll(&p, 1, 100);
	}
	assert_ok(r);
	return m;
}

static void
expect(enum ipc_type type)
{
	const struct ipc_msg m = next_msg();

	assert_int_equal(m.type, type);
}

static void
reads_when_it_is_asked(void **state)
{
	struct ipc_msg m;

	(void)state;
	begin();
	expect(IPC_READY);
	send_msg(IPC_READ, 7, 1000);
	m = next_msg();
	assert_int_equal(m.type, IPC_SEEN);
	assert_int_equal(m.id, 7);
	m = next_msg();
	assert_int_equal(m.type, IPC_BADGE);
	assert_int_equal(m.id, 7);
	assert_string_equal((char *)m.ndef, "a message on a tag");
	send_msg(IPC_READ, 8, 1000);
	expect(IPC_SEEN);
	expect(IPC_BADGE);
	finish();
	assert_int_equal(result, BW_OK);
	assert_int_equal(opens, 1);
}

static void
the_field_is_off_without_a_read(void **state)
{
	(void)state;
	begin();
	expect(IPC_READY);
	finish();
	assert_null(strchr(fake.log, '+'));
	assert_null(strchr(fake.log, 's'));
}

static void
a_cancel_is_answered_and_what_follows_is_kept(void **state)
{
	struct ipc_msg m;

	(void)state;
	fake.tag[0].present = false;
	begin();
	expect(IPC_READY);
	send_msg(IPC_READ, 1, 60000);
	send_msg(IPC_CANCEL, 1, 0);
	send_msg(IPC_READ, 2, 50);
	send_msg(IPC_CANCEL, 1, 0);	/* comes too late: nobody minds */
	m = next_msg();
	assert_int_equal(m.type, IPC_CANCELLED);
	assert_int_equal(m.id, 1);
	m = next_msg();
	assert_int_equal(m.type, IPC_UNREAD);
	assert_int_equal(m.id, 2);
	assert_int_equal(m.reason, UNREAD_NO_BADGE);
	finish();
}

/* Within five seconds; the loop's thread switches it. */
static void
wait_for_field(void)
{
	const int64_t until = clock_mono_ms() + 5000;

	while (!*(volatile bool *)&fake.field) {
		assert_true(clock_mono_ms() < until);
		(void)poll(NULL, 0, 1);
	}
}

static void
a_kiosk_that_goes_leaves_no_field_on(void **state)
{
	(void)state;
	fake.tag[0].present = false;
	begin();
	expect(IPC_READY);
	send_msg(IPC_READ, 1, 60000);
	wait_for_field();
	finish();
	assert_int_equal(result, BW_OK);
}

static void
a_missing_chip_is_told_and_tried_again(void **state)
{
	struct ipc_msg m;

	(void)state;
	fail_opens = 2;
	cause = READER_CAUSE_IN_USE;
	begin();
	m = next_msg();
	assert_int_equal(m.type, IPC_MISSING);
	assert_int_equal(m.cause, READER_CAUSE_IN_USE);
	send_msg(IPC_READ, 3, 100);
	m = next_msg();
	assert_int_equal(m.type, IPC_UNREAD);
	assert_int_equal(m.id, 3);
	assert_int_equal(m.reason, UNREAD_READ_ERROR);
	expect(IPC_READY);
	finish();
	assert_int_equal(opens, 3);
}

static void
an_unplugged_chip_is_noticed(void **state)
{
	struct ipc_msg m;

	(void)state;
	begin();
	expect(IPC_READY);
	fail_opens = 1;
	cause = READER_CAUSE_ABSENT;
	close(hang_up[1]);
	hang_up[1] = -1;
	m = next_msg();
	assert_int_equal(m.type, IPC_MISSING);
	assert_int_equal(m.cause, READER_CAUSE_ABSENT);
	expect(IPC_READY);
	finish();
}

static void
a_chip_that_comes_back_keeps_the_read(void **state)
{
	(void)state;
	fake.fail = BW_ERR_TIMEOUT;
	fake.fail_at = 2;	/* the READ after + and s */
	fake.fail_n = 1000;
	begin();
	expect(IPC_READY);
	send_msg(IPC_READ, 1, 5000);
	expect(IPC_SEEN);
	expect(IPC_SEEN);
	expect(IPC_BADGE);
	finish();
	assert_int_equal(opens, 2);
}

static void
ends_unread(enum unread_reason why)
{
	const struct ipc_msg m = next_msg();

	assert_int_equal(m.type, IPC_UNREAD);
	assert_int_equal(m.reason, why);
}

/* Each of these reads loses the badge, which is + s r - + s s s - then. */
static void
lose_a_badge(void)
{
	fake.remove_at = 2;
	begin();
	expect(IPC_READY);
	send_msg(IPC_READ, 1, 5000);
	expect(IPC_SEEN);
	ends_unread(UNREAD_REMOVED);
}

static void
a_lost_badge_is_read_under_its_yes(void **state)
{
	(void)state;
	fake.present_at = 20;
	lose_a_badge();
	send_msg(IPC_READ_SAME, 2, 5000);
	expect(IPC_SEEN);
	expect(IPC_BADGE);
	send_msg(IPC_READ_SAME, 3, 5000);	/* it was read: that was all */
	ends_unread(UNREAD_READ_ERROR);
	finish();
}

static void
another_is_read_under_a_yes_of_its_own(void **state)
{
	(void)state;
	fake_put(&fake, 1, (const uint8_t *)"another's", 9, true);
	fake.tag[1].present = false;
	fake.swap_at = 20;
	lose_a_badge();
	send_msg(IPC_READ_SAME, 2, 5000);
	ends_unread(UNREAD_MORE_THAN_ONE);
	send_msg(IPC_READ_SAME, 3, 5000);
	ends_unread(UNREAD_READ_ERROR);
	send_msg(IPC_READ, 4, 5000);
	expect(IPC_SEEN);
	expect(IPC_BADGE);
	finish();
}

static void
a_chip_that_comes_back_reads_no_other(void **state)
{
	(void)state;
	fake_put(&fake, 1, (const uint8_t *)"another's", 9, true);
	fake.tag[1].present = false;
	fake.fail = BW_ERR_TIMEOUT;
	fake.fail_at = fake.swap_at = 2;
	begin();
	expect(IPC_READY);
	send_msg(IPC_READ, 1, 5000);
	expect(IPC_SEEN);
	ends_unread(UNREAD_MORE_THAN_ONE);
	finish();
	assert_int_equal(opens, 2);
}

static void
whose_yes_it_is_must_be_known(void **state)
{
	(void)state;
	begin();
	expect(IPC_READY);
	send_msg(IPC_READ_SAME, 1, 5000);
	ends_unread(UNREAD_READ_ERROR);
	finish();
	assert_null(strchr(fake.log, '+'));
}

static void
a_chip_that_stays_away_ends_the_read(void **state)
{
	struct ipc_msg m;

	(void)state;
	fake.fail = BW_ERR_IO;
	fake.fail_at = 0;
	fake.fail_n = 1000;
	begin();
	expect(IPC_READY);
	fail_opens = 1;
	cause = READER_CAUSE_NO_ANSWER;
	send_msg(IPC_READ, 1, 5000);
	m = next_msg();
	assert_int_equal(m.type, IPC_UNREAD);
	assert_int_equal(m.reason, UNREAD_READ_ERROR);
	m = next_msg();
	assert_int_equal(m.type, IPC_MISSING);
	assert_int_equal(m.cause, READER_CAUSE_NO_ANSWER);
	expect(IPC_READY);
	finish();
}

static void
nonsense_ends_it(void **state)
{
	(void)state;
	begin();
	expect(IPC_READY);
	assert_int_equal(send(ends[0], "\1\177", 2, 0), 2);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(result, BW_ERR_FORMAT);
	assert_false(is_open);
	close(ends[0]);
	close(hang_up[0]);
	close(hang_up[1]);
}

static void
it_says_that_it_is_alive(void **state)
{
	struct pollfd p;
	struct ipc_msg m;

	(void)state;
	begin();
	expect(IPC_READY);
	p = (struct pollfd){ ends[0], POLLIN, 0 };
	assert_int_equal(poll(&p, 1, 3 * IPC_ALIVE_MS), 1);
	assert_ok(ipc_recv(ends[0], &m));
	assert_int_equal(m.type, IPC_ALIVE);
	finish();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(reads_when_it_is_asked, setup),
		cmocka_unit_test_setup(the_field_is_off_without_a_read, setup),
		cmocka_unit_test_setup(
		    a_cancel_is_answered_and_what_follows_is_kept, setup),
		cmocka_unit_test_setup(a_kiosk_that_goes_leaves_no_field_on,
		    setup),
		cmocka_unit_test_setup(a_missing_chip_is_told_and_tried_again,
		    setup),
		cmocka_unit_test_setup(an_unplugged_chip_is_noticed, setup),
		cmocka_unit_test_setup(a_chip_that_comes_back_keeps_the_read,
		    setup),
		cmocka_unit_test_setup(a_lost_badge_is_read_under_its_yes,
		    setup),
		cmocka_unit_test_setup(another_is_read_under_a_yes_of_its_own,
		    setup),
		cmocka_unit_test_setup(a_chip_that_comes_back_reads_no_other,
		    setup),
		cmocka_unit_test_setup(whose_yes_it_is_must_be_known, setup),
		cmocka_unit_test_setup(a_chip_that_stays_away_ends_the_read,
		    setup),
		cmocka_unit_test_setup(nonsense_ends_it, setup),
		cmocka_unit_test_setup(it_says_that_it_is_alive, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
