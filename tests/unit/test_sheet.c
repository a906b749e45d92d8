// SPDX-License-Identifier: Apache-2.0
/* Who is left out of a sheet is known before any of it is drawn, and whoever
 * asked may end it there. */
#include "tests/support/summit.h"

#include "host/sheet.h"

static struct summit s;

static int
set_up(void **state)
{
	(void)state;
	summit_open(&s, NULL);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	summit_close(&s);
	return 0;
}

struct told {
	size_t bytes, left, found, left_then;
	bw_err answer;
};

static bw_err
put(void *arg, const void *ptr, size_t len)
{
	struct told *t = arg;

	(void)ptr;
	t->bytes += len;
	return BW_OK;
}

static void
leave(void *arg, uint64_t registration, enum sheet_why why)
{
	struct told *t = arg;

	assert_int_equal(registration, 999);
	assert_int_equal(why, SHEET_NOT_THERE);
	t->left++;
}

static bw_err
found(void *arg, size_t badges)
{
	struct told *t = arg;

	t->found = badges;
	t->left_then = t->left;
	return t->answer;
}

static bw_err
make(struct told *t, struct sheet_done *done)
{
	const uint64_t only[] = { s.person[0], 999, s.person[1] };
	const struct sheet_order order = { .format = label_format_find("card"),
		.start = 1, .only = only, .n = 3, .found = found };
	struct fault f = { 0 };

	assert_non_null(order.format);
	return sheet_make(s.store, s.host, &order, put, leave, t, done, &f);
}

static void
asks_before_it_draws(void **state)
{
	struct told t = { .answer = BW_ERR_EXISTS };
	struct sheet_done done;

	(void)state;
	assert_err(make(&t, &done), BW_ERR_EXISTS);
	assert_int_equal(t.found, 2);
	assert_int_equal(t.left_then, 1);
	assert_int_equal(t.bytes, 0);
	assert_int_equal(done.badges, 0);
	t = (struct told){ .answer = BW_OK };
	assert_ok(make(&t, &done));
	assert_int_equal(done.badges, 2);
	assert_true(t.bytes > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(asks_before_it_draws, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
