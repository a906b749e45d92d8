// SPDX-License-Identifier: Apache-2.0
/* Part of the suite that every store must pass (test_store.c): several handles. */
#include "tests/support/unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "tests/support/summit.h"

static struct summit sum;

static int
setup(void **state)
{
	(void)state;
	summit_open(&sum, getenv("STORE"));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	summit_close(&sum);
	return 0;
}

static void
test_two_handles(void **state)
{
	struct store *other;
	struct registration r = { .key = "two/1" }, got;
	enum store_change change;
	uint64_t id;

	(void)state;
	assert_ok(store_share(sum.store, &other));
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_put(sum.store, &r, 1, &change, &id));
	assert_err(store_registration_find(other, "two/1", &got),
	    BW_ERR_NOTFOUND);
	assert_ok(store_commit(sum.store));
	assert_ok(store_registration_find(other, "two/1", &got));
	store_close(&other);
	assert_null(other);
}

struct writing {
	struct store *store;
	atomic_bool enough;
};

/* One name after the other, as fast as they are kept. */
static void *
write_on(void *arg)
{
	struct writing *w = arg;
	struct registration r = { .key = "one/1" };
	enum store_change change;
	uint64_t id;

	for (unsigned i = 0; !atomic_load(&w->enough); i++) {
		snprintf(r.values.v[FIELD_NAME], FIELD_VALUE_MAX, "%u", i);
		assert_ok(store_begin(w->store));
		assert_ok(store_registration_put(w->store, &r, 1, &change,
		    &id));
		assert_ok(store_commit(w->store));
	}
	return NULL;
}

static void
see_the_same(struct store *a, struct store *b)
{
	static struct registration x, y;

	assert_ok(store_snapshot_both(a, b));
	assert_ok(store_registration_find(a, "one/1", &x));
	assert_ok(store_registration_find(b, "one/1", &y));
	assert_string_equal(x.values.v[FIELD_NAME], y.values.v[FIELD_NAME]);
	store_snapshot_end(a);
	store_snapshot_end(b);
}

/* Whatever another writes meanwhile. */
static void
test_two_handles_see_one_state(void **state)
{
	struct registration r = { .key = "one/1" };
	struct writing w = { 0 };
	enum store_change change;
	struct store *b;
	pthread_t thread;
	uint64_t id;

	(void)state;
	assert_ok(store_share(sum.store, &b));
	assert_ok(store_share(sum.store, &w.store));
	assert_ok(store_begin(sum.store));
	assert_err(store_snapshot_both(sum.store, b), BW_ERR_ARG);
	assert_ok(store_registration_put(sum.store, &r, 1, &change, &id));
	assert_ok(store_commit(sum.store));
	assert_int_equal(pthread_create(&thread, NULL, write_on, &w), 0);
	for (int i = 0; i < 1000; i++)
		see_the_same(sum.store, b);
	atomic_store(&w.enough, true);
	assert_int_equal(pthread_join(thread, NULL), 0);
	store_close(&b);
	store_close(&w.store);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_two_handles),
		TEST(test_two_handles_see_one_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
