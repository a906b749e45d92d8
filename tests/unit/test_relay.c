// SPDX-License-Identifier: Apache-2.0
/* What is filled into blocks is taken whole and in order, or told why not. */
#include "tests/support/unit.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "host/relay.h"

#define BLOCK 64
#define MANY 10000

struct taken {
	unsigned n;		/* numbers that were taken, from 0 */
	bool order;
	unsigned fail_at;	/* 0: never */
	pthread_t by;		/* who took last */
};

static bw_err
take(void *arg, const uint8_t *ptr, size_t len)
{
	struct taken *t = arg;
	unsigned v;

	t->by = pthread_self();
	for (size_t i = 0; i < len; i += sizeof(v)) {
		memcpy(&v, ptr + i, sizeof(v));
		t->order = t->order && v == t->n++;
	}
	errno = ENOSPC;
	return t->fail_at != 0 && t->n >= t->fail_at ? BW_ERR_FULL : BW_OK;
}

/* The first failure, or that of the end. */
static bw_err
fill(struct relay *y, unsigned n)
{
	uint8_t *room;
	bw_err r;

	for (unsigned i = 0; i < n; i++) {
		if ((r = relay_room(y, sizeof(i), &room)) != BW_OK)
			return r;
		memcpy(room, &i, sizeof(i));
		relay_filled(y, sizeof(i));
	}
	return relay_flush(y);
}

static void
test_in_order(void **state)
{
	struct taken t = { .order = true };
	struct relay *y;

	(void)state;
	assert_ok(relay_open(&y, BLOCK, take, &t));
	assert_ok(fill(y, MANY));
	assert_int_equal(t.n, MANY);
	assert_true(t.order);
	assert_ok(relay_flush(y));	/* of nothing */
	assert_int_equal(t.n, MANY);
	relay_close(&y);
	assert_null(y);
}

/* What fits into one block has no thread. */
static void
test_short_has_no_thread(void **state)
{
	struct taken t = { .order = true };
	struct relay *y;

	(void)state;
	assert_ok(relay_open(&y, BLOCK, take, &t));
	assert_ok(fill(y, BLOCK / sizeof(unsigned)));
	assert_int_equal(t.n, BLOCK / sizeof(unsigned));
	assert_true(pthread_equal(t.by, pthread_self()));
	relay_close(&y);
}

/* The thread's failure comes back, with its errno, and nothing more is taken. */
static void
test_failure_is_told(void **state)
{
	struct taken t = { .order = true, .fail_at = MANY / 2 };
	struct relay *y;

	(void)state;
	assert_ok(relay_open(&y, BLOCK, take, &t));
	errno = 0;
	assert_err(fill(y, MANY), BW_ERR_FULL);
	assert_int_equal(errno, ENOSPC);
	assert_true(t.order);
	assert_in_range(t.n, MANY / 2, MANY / 2 + BLOCK);
	relay_close(&y);
}

/* Closing waits for the block that is being taken, and for no other. */
static void
test_closed_on_its_way(void **state)
{
	struct taken t = { .order = true };
	struct relay *y;
	uint8_t *room;

	(void)state;
	assert_ok(relay_open(&y, BLOCK, take, &t));
	for (unsigned i = 0; i < MANY; i++) {
		assert_ok(relay_room(y, sizeof(i), &room));
		memcpy(room, &i, sizeof(i));
		relay_filled(y, sizeof(i));
	}
	relay_close(&y);
	assert_true(t.order);
	assert_in_range(t.n, MANY - 2 * BLOCK / sizeof(unsigned), MANY);
}

static void
test_too_large(void **state)
{
	struct taken t = { .order = true };
	struct relay *y;
	uint8_t *room;

	(void)state;
	assert_ok(relay_open(&y, BLOCK, take, &t));
	assert_err(relay_room(y, BLOCK + 1, &room), BW_ERR_BOUND);
	assert_ok(relay_room(y, BLOCK, &room));
	assert_int_equal(relay_left(y), BLOCK);
	relay_close(&y);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_order),
		cmocka_unit_test(test_short_has_no_thread),
		cmocka_unit_test(test_failure_is_told),
		cmocka_unit_test(test_closed_on_its_way),
		cmocka_unit_test(test_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
