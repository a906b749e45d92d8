// SPDX-License-Identifier: Apache-2.0
/*
 * How often editions are looked up, in runs of SQLite's statements, which no busy
 * computer changes; and that each has its own cells, kept or not.
 */
#include <stdio.h>

#include "host/leads_cells.h"
#include "host/store_sqlite.h"
#include "tests/support/summit.h"

#define EDITIONS 100u
#define THOUSANDS 1000u		/* of them are 100,000 people */

static struct summit s;
static struct person_keys keys;
static uint64_t first;		/* edition */

/* With values as long as those of a large event's report. */
static void
add_editions(void)
{
	struct store_edition e;

	assert_ok(store_edition_find(s.store, s.badge[0], 1, &e));
	strcpy(e.values.v[FIELD_COMPANY], "Lumen 99, Ltd.");
	strcpy(e.values.v[FIELD_JOB_TITLE], "Systems Engineer");
	strcpy(e.values.v[FIELD_WORK_PHONE], "+353 1 0099999");
	strcpy(e.values.v[FIELD_LOCATION], "Dublin, Ireland");
	assert_ok(store_begin(s.store));
	for (unsigned i = 0; i < EDITIONS; i++) {
		e.edition = (uint8_t)(2 + i);
		snprintf(e.values.v[FIELD_NAME], FIELD_VALUE_MAX,
		    "Ada%u Mårlowe", 99000 + i);
		snprintf(e.values.v[FIELD_EMAIL], FIELD_VALUE_MAX,
		    "ada%u@lumen.example", 99000 + i);
		assert_ok(store_edition_add(s.store, &e));
	}
	assert_ok(store_commit(s.store));
	assert_ok(store_edition_find(s.store, s.badge[0], 2, &e));
	first = e.ref;
}

static int
set_up(void **state)
{
	(void)state;
	summit_open(&s, getenv("STORE"));
	assert_ok(person_keys_load(s.store, "example-corp", &keys));
	add_editions();
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	person_keys_free(&keys);
	summit_close(&s);
	return 0;
}

/* Runs of all statements since the last call. */
static int
runs(void)
{
	int n = 0;

	for (size_t i = 0; i < QUERIES_MAX; i++)
		if (s.store->own.query[i].st != NULL)
			n += sqlite3_stmt_status(s.store->own.query[i].st,
			    SQLITE_STMTSTATUS_RUN, 1);
	return n;
}

static void
get_one(struct leads_cells *c, unsigned i)
{
	struct leads_cell_text t;
	char name[64];
	int n = snprintf(name, sizeof(name), ",Ada%u Mårlowe", 99000 + i);

	assert_ok(leads_cells_get(c, first + i, &t));
	assert_int_equal(t.end[1], n);
	assert_memory_equal(t.text, name, (size_t)n);
	assert_int_equal(t.end[LEADS_PERSON] - t.end[FIELD_COUNT],
	    PERSON_KEY_SIZE);
	assert_memory_equal(t.text + t.end[FIELD_COUNT], ",p", 2);
}

/* Runs for all editions, one after the other. */
static int
round_of(struct leads_cells *c)
{
	runs();
	for (unsigned i = 0; i < EDITIONS; i++)
		get_one(c, i);
	return runs();
}

static void
a_large_event_is_looked_up_once(void **state)
{
	struct leads_cells *c;

	(void)state;
	assert_ok(leads_cells_open(&c, s.store, false, &keys,
	    LEADS_CELLS_MAX / THOUSANDS));
	assert_in_range(round_of(c), 1, 3);
	assert_int_equal(round_of(c), 0);
	leads_cells_close(&c);
}

/* Of those that do not fit, each is looked up when it comes; the rest are not. */
static void
what_is_kept_stays(void **state)
{
	struct leads_cells *c;
	int kept;

	(void)state;
	assert_ok(leads_cells_open(&c, s.store, false, &keys,
	    LEADS_CELLS_LEAST));
	round_of(c);
	kept = (int)EDITIONS - round_of(c);
	assert_in_range(kept, EDITIONS / 2, EDITIONS - 1);
	assert_int_equal(round_of(c), (int)EDITIONS - kept);
	leads_cells_close(&c);
}

static void
what_is_not_there_is_told(void **state)
{
	struct leads_cell_text t;
	struct leads_cells *c;

	(void)state;
	assert_ok(leads_cells_open(&c, s.store, false, &keys,
	    LEADS_CELLS_LEAST));
	for (int i = 0; i < 2; i++) {
		assert_err(leads_cells_get(c, first + EDITIONS, &t),
		    BW_ERR_NOTFOUND);
		round_of(c);
	}
	leads_cells_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_large_event_is_looked_up_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_kept_stays, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(what_is_not_there_is_told,
		    set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
