// SPDX-License-Identifier: Apache-2.0
/* workers.c: in order, side by side, and none forgotten. */
#include "tests/support/unit.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>

#include "host/workers.h"

#define MANY 1000

struct job {
	struct work work;
	int n;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int done[MANY];
static int ndone;

static void
write_down(struct work *w)
{
	pthread_mutex_lock(&lock);
	done[ndone++] = ((struct job *)w)->n;
	pthread_mutex_unlock(&lock);
}

static void
add_many(struct workers *w, struct job *jobs)
{
	ndone = 0;
	for (int i = 0; i < MANY; i++) {
		jobs[i].n = i;
		workers_add(w, &jobs[i].work, false);
	}
}

static void
test_in_order(void **state)
{
	static struct job jobs[MANY];
	struct workers *w;

	(void)state;
	assert_ok(workers_start(&w, 1, write_down));
	add_many(w, jobs);
	workers_stop(&w);
	assert_null(w);
	assert_int_equal(ndone, MANY);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(done[i], i);
}

static void
test_each_once(void **state)
{
	static struct job jobs[MANY];
	bool seen[MANY] = { false };
	struct workers *w;

	(void)state;
	assert_ok(workers_start(&w, 4, write_down));
	add_many(w, jobs);
	workers_stop(&w);
	assert_int_equal(ndone, MANY);
	for (int i = 0; i < MANY; i++) {
		assert_false(seen[done[i]]);
		seen[done[i]] = true;
	}
}

static pthread_barrier_t met;

static void
meet(struct work *w)
{
	(void)w;
	pthread_barrier_wait(&met);
}

/* Three jobs that end only together need three threads at once. */
static void
test_side_by_side(void **state)
{
	struct job jobs[3];
	struct workers *w;

	(void)state;
	pthread_barrier_init(&met, NULL, 3);
	assert_ok(workers_start(&w, 3, meet));
	for (int i = 0; i < 3; i++)
		workers_add(w, &jobs[i].work, false);
	workers_stop(&w);
	pthread_barrier_destroy(&met);
}

static sem_t bell;

static void
wait_or_ring(struct work *w)
{
	if (((struct job *)w)->n != 0)
		sem_wait(&bell);
	else
		for (int i = 0; i < 3; i++)
			sem_post(&bell);
}

/* What slow ones wait for comes last, and is done all the same. */
static void
test_slow_leave_one(void **state)
{
	struct job jobs[4];
	struct workers *w;

	(void)state;
	sem_init(&bell, 0, 0);
	assert_ok(workers_start(&w, 2, wait_or_ring));
	for (int i = 0; i < 4; i++) {
		jobs[i].n = 3 - i;
		workers_add(w, &jobs[i].work, i < 3);
	}
	workers_stop(&w);
	sem_destroy(&bell);
}

static void
test_nothing_to_do(void **state)
{
	struct workers *w = NULL;

	(void)state;
	workers_stop(&w);
	assert_ok(workers_start(&w, 2, meet));
	workers_stop(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_order),
		cmocka_unit_test(test_each_once),
		cmocka_unit_test(test_side_by_side),
		cmocka_unit_test(test_slow_leave_one),
		cmocka_unit_test(test_nothing_to_do)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
