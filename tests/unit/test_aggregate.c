// SPDX-License-Identifier: Apache-2.0
/*
 * Aggregates say of no count under k what it is, whatever is subtracted from
 * what: two events that differ only there give the same report, byte by byte,
 * and so do reports before and after one share.
 */
#include "tests/support/summit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/aggregate.h"

#define DAY 86400
#define FIRST (SUMMIT_NOW / DAY * DAY)
#define DAYS 3
#define SPONSORS 2
#define ROUNDS 40
#define BOTH ((field_set)(FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_COMPANY)))
#define PEOPLE 50
#define LATER (FIRST + (DAYS + 4) * DAY)

/* An event's true counts; of the people so many gave the optional field. */
struct truth {
	unsigned people[DAYS][SPONSORS], ticked[DAYS][SPONSORS];
	unsigned declines[DAYS][SPONSORS];
};

static struct summit sum;
static struct booth booth[SPONSORS];

/* With other data than there can be: what no user can do. */
static void
run(const char *sql)
{
	char path[128];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/host.db", sum.dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* Editions 1001 and so on, of a person each; 2001 and so on, of the same. */
static void
put_people(void)
{
	static const char person[] = "INSERT INTO registration (id, key, "
	    "status, changed_at) VALUES (%d, 'p%d', 0, 0); "
	    "INSERT INTO badge VALUES (x'%04x', %d, 0)";
	static const char edition[] = "INSERT INTO edition (id, badge_id, "
	    "holder, edition, uid, type, on_badge, issued_at) "
	    "VALUES (%d, x'%04x', %d, %d, x'00', 'ntag215', 1, 0)";
	char sql[300];

	for (int i = 1001; i <= 1000 + PEOPLE; i++) {
		snprintf(sql, sizeof(sql), person, i, i, (unsigned)i, i);
		run(sql);
		for (int e = 0; e < 2; e++) {
			snprintf(sql, sizeof(sql), edition, i + e * 1000,
			    (unsigned)i, i, e);
			run(sql);
		}
	}
}

static int
setup(void **state)
{
	(void)state;
	summit_open(&sum, NULL);
	put_people();
	booth_open(&booth[0], &sum, "k01", "example-corp");
	booth_open(&booth[1], &sum, "k02", "acme");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	for (size_t i = 0; i < SPONSORS; i++)
		booth_close(&booth[i]);
	summit_close(&sum);
	return 0;
}

static void
add_lead(size_t b, uint64_t seq, uint64_t edition, int64_t time,
    field_set granted)
{
	struct store_lead l = { .device = booth[b].device.num, .seq = seq,
		.edition = edition, .granted = granted, .time = time, .language = "en" };

	memcpy(l.rh, &seq, sizeof(seq));
	l.rh[15] = (uint8_t)b;
	assert_ok(store_lead_add(sum.store, &l));
}

static void
put_declines(const struct truth *t)
{
	char sql[160];

	for (int d = 0; d < DAYS; d++)
		for (size_t b = 0; b < SPONSORS; b++) {
			snprintf(sql, sizeof(sql), "INSERT INTO tally VALUES "
			    "(%d, %lld, 0, %u, 0, 0, 0)",
			    (int)booth[b].device.num,
			    (long long)FIRST + d * DAY, t->declines[d][b]);
			run(sql);
		}
}

static void
put(const struct truth *t)
{
	uint64_t seq = 1;

	run("DELETE FROM lead; DELETE FROM tally; DELETE FROM aggregate; "
	    "UPDATE meta SET value = 0 WHERE key = 'aggregated'");
	put_declines(t);
	assert_ok(store_begin(sum.store));
	for (int d = 0; d < DAYS; d++)
		for (size_t b = 0; b < SPONSORS; b++)
			for (unsigned i = 0; i < t->people[d][b]; i++)
				add_lead(b, seq++, 1001 + i,
				    FIRST + d * DAY + (int64_t)i,
				    i < t->ticked[d][b] ? BOTH :
				    FIELD_BIT(FIELD_NAME));
	assert_ok(store_commit(sum.store));
}

/* The report with this k; the caller frees it. */
static char *
report(unsigned k, int64_t now)
{
	struct bw_buf csv = BW_BUF_INIT(1 << 20);
	struct aggregate a;
	char *out;

	assert_ok(aggregate_make(sum.store, k, now, &a));
	assert_ok(aggregate_csv(&a, &csv));
	out = strndup((const char *)csv.ptr, csv.len);
	assert_non_null(out);
	aggregate_free(&a);
	bw_buf_free(&csv);
	return out;
}

static unsigned
any(unsigned below)
{
	return (unsigned)rand() % below;
}

/* Another number that the same cell could have. */
static unsigned
other(unsigned n)
{
	return n / AGGREGATE_K * AGGREGATE_K + any(AGGREGATE_K);
}

static void
randomly(struct truth *t)
{
	for (int d = 0; d < DAYS; d++)
		for (size_t b = 0; b < SPONSORS; b++) {
			t->people[d][b] = any(any(2) != 0 ? 12 : 45);
			t->ticked[d][b] = any(t->people[d][b] + 1);
			t->declines[d][b] = any(30);
		}
}

/* All others at once; who ticked stays among those who shared. */
static void
differently(const struct truth *t, struct truth *o)
{
	for (int d = 0; d < DAYS; d++)
		for (size_t b = 0; b < SPONSORS; b++) {
			do {
				o->people[d][b] = other(t->people[d][b]);
				o->ticked[d][b] = other(t->ticked[d][b]);
			} while (o->ticked[d][b] > o->people[d][b]);
			o->declines[d][b] = other(t->declines[d][b]);
		}
}

static void
test_differences_tell_nothing(void **state)
{
	struct truth t, o;

	(void)state;
	srand(7);
	for (int round = 0; round < ROUNDS; round++) {
		unsigned k = AGGREGATE_K * (1 + any(3));
		char *a, *b, *also;

		randomly(&t);
		differently(&t, &o);
		put(&t);
		a = report(AGGREGATE_K, LATER);
		also = report(k, LATER);
		put(&o);
		b = report(AGGREGATE_K, LATER);
		assert_string_equal(a, b);
		free(b);
		b = report(k, LATER);
		assert_string_equal(also, b);
		free(a);
		free(b);
		free(also);
	}
}

/* The share comes into a day that was counted, or into one that was not. */
static void
test_one_share_shows_nowhere(void **state)
{
	struct truth t = { 0 };
	char *a, *b;

	(void)state;
	for (unsigned n = 0; n <= 20; n++) {
		t.people[0][0] = n;
		t.people[2][1] = n;
		put(&t);
		a = report(AGGREGATE_K, FIRST + 5 * DAY - 1);
		assert_ok(store_begin(sum.store));
		add_lead(0, 9001, 1001 + n, FIRST + 30, FIELD_BIT(FIELD_NAME));
		add_lead(1, 9002, 1001 + n, FIRST + 2 * DAY + 30,
		    FIELD_BIT(FIELD_NAME));
		assert_ok(store_commit(sum.store));
		b = report(AGGREGATE_K, FIRST + 5 * DAY - 1);
		assert_string_equal(a, b);
		free(a);
		free(b);
	}
}

/* Whatever a report has is a multiple of k, its totals are sums of its cells. */
static void
test_cells_and_totals(void **state)
{
	struct aggregate a;
	struct truth t = { .people = { { 34, 9 }, { 12, 10 }, { 3, 0 } },
		.ticked = { { 11, 9 }, { 9, 10 }, { 3, 0 } },
		.declines = { { 25, 0 }, { 0, 9 }, { 0, 0 } } };

	(void)state;
	put(&t);
	assert_ok(aggregate_make(sum.store, AGGREGATE_K, LATER, &a));
	assert_int_equal(a.nrows, 3 + 2 + 1);
	assert_int_equal(a.row[0].n[AGGREGATE_PEOPLE], 30);
	assert_int_equal(a.row[0].n[AGGREGATE_FIELD + FIELD_COMPANY], 10);
	assert_int_equal(a.row[0].n[AGGREGATE_DECLINES], 20);
	assert_string_equal(a.row[1].sponsor, "acme");
	assert_int_equal(a.row[2].n[AGGREGATE_FIELD + FIELD_COMPANY], 0);
	assert_int_equal(a.row[5].n[AGGREGATE_PEOPLE], 30 + 10 + 10);
	assert_int_equal(a.until, FIRST + (DAYS + 2) * DAY);
	aggregate_free(&a);
	assert_ok(aggregate_make(sum.store, 20, LATER, &a));
	assert_int_equal(a.nrows, 1 + 1 + 1);
	assert_int_equal(a.row[0].n[AGGREGATE_PEOPLE], 20);
	aggregate_free(&a);
	assert_int_equal(aggregate_make(sum.store, 5, LATER, &a), BW_ERR_ARG);
	assert_int_equal(aggregate_make(sum.store, 15, LATER, &a), BW_ERR_ARG);
}

static uint64_t
cell(enum aggregate_what what)
{
	struct aggregate a;
	uint64_t n;

	run("DELETE FROM aggregate; "
	    "UPDATE meta SET value = 0 WHERE key = 'aggregated'");
	assert_ok(aggregate_make(sum.store, AGGREGATE_K, LATER, &a));
	n = a.nrows == 0 ? 0 : a.row[0].n[what];
	aggregate_free(&a);
	return n;
}

/* Ten times the same person is no group of ten, by several editions of a badge
 * neither; and a badge that nobody knows makes none. */
static void
test_groups_are_of_people(void **state)
{
	struct truth t = { .people = { { 9 } }, .ticked = { { 9 } } };

	(void)state;
	put(&t);
	assert_ok(store_begin(sum.store));
	for (uint64_t i = 0; i < 30; i++) {
		add_lead(0, 100 + i, 1001 + i % 2 * 1000, FIRST, BOTH);
		add_lead(0, 200 + i, 0, FIRST, BOTH);
	}
	assert_ok(store_commit(sum.store));
	assert_int_equal(cell(AGGREGATE_PEOPLE), 0);
	assert_int_equal(cell(AGGREGATE_FIELD + FIELD_COMPANY), 0);
	assert_ok(store_begin(sum.store));
	add_lead(0, 300, 1010, FIRST, FIELD_BIT(FIELD_NAME));
	assert_ok(store_commit(sum.store));
	assert_int_equal(cell(AGGREGATE_PEOPLE), 10);
	assert_int_equal(cell(AGGREGATE_FIELD + FIELD_COMPANY), 0);
}

/* Who shares once more, other fields, shows nowhere. */
static void
test_sharing_again_shows_nowhere(void **state)
{
	struct truth t = { .people = { { 12 } }, .ticked = { { 10 } } };
	char *a, *b;

	(void)state;
	put(&t);
	a = report(AGGREGATE_K, LATER);
	put(&t);
	assert_ok(store_begin(sum.store));
	for (uint64_t i = 0; i < 40; i++)
		add_lead(0, 100 + i, 1012, FIRST, BOTH);
	assert_ok(store_commit(sum.store));
	b = report(AGGREGATE_K, LATER);
	assert_string_equal(a, b);
	free(a);
	free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_differences_tell_nothing,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(test_one_share_shows_nowhere,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(test_cells_and_totals, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_groups_are_of_people,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(
		    test_sharing_again_shows_nowhere, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
