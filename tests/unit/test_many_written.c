// SPDX-License-Identifier: Apache-2.0
/* What an erasure and a share cost when there is much of others, in steps of
 * SQLite's machine (test_many.c). */
#include <stdio.h>

#include "host/case.h"
#include "host/not_me.h"
#include "host/right.h"
#include "host/store_registration.h"
#include "host/store_sqlite.h"
#include "tests/support/many.h"

#define OURS "example-corp"
#define LATER (SUMMIT_NOW + 60)
#define FEW 60u

static struct summit sum;
static struct booth booth[2];

static int
set_up(void **state)
{
	(void)state;
	summit_open(&sum, getenv("STORE"));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	summit_close(&sum);
	return 0;
}

/* What all statements have taken since the last call. */
static int
spent(void)
{
	int n = 0;

	for (size_t i = 0; i < QUERIES_MAX; i++) {
		sqlite3_stmt *st = sum.store->own.query[i].st;

		if (st != NULL)
			n += sqlite3_stmt_status(st, SQLITE_STMTSTATUS_VM_STEP,
			    1);
	}
	return n;
}

/* What all statements that write have taken since the last call. */
static int
spent_writing(void)
{
	int n = 0;

	assert_ok(store_begin(sum.store));
	for (size_t i = 0; i < QUERIES_MAX; i++) {
		sqlite3_stmt *st = sum.store->conn->query[i].st;

		if (st != NULL)
			n += sqlite3_stmt_status(st, SQLITE_STMTSTATUS_VM_STEP,
			    1);
	}
	store_rollback(sum.store);
	return n;
}

/* Of somebody with a few leads beside `others` of other people, every third of
 * which is withdrawn, and not acknowledged. */
static int
erasure(unsigned others)
{
	bool moved, erased;
	uint64_t num;
	int64_t due;
	int n;

	summit_open(&sum, getenv("STORE"));
	booth_open(&booth[0], &sum, "k01", OURS);
	booth_open(&booth[1], &sum, "k02", OURS);
	many_fill(&sum, &booth[0], 0, 2, 1, others + 1);
	many_fill(&sum, &booth[1], 2, 1, 1, 11);
	num = booth[0].device.num;
	assert_ok(store_begin(sum.store));
	for (uint64_t seq = 1; seq <= others; seq += 3)
		assert_ok(store_lead_end(sum.store, num, seq, LEAD_WITHDRAWN,
		    LATER, &moved));
	assert_ok(right_erase_plan(sum.store, sum.person[2], 0, NULL, 0, "host",
	    LATER, &due));
	assert_ok(store_commit(sum.store));
	(void)spent_writing();
	assert_ok(right_erase_one(sum.dir, sum.store, sum.person[2], LATER,
	    &erased));
	assert_true(erased);
	n = spent_writing();
	booth_close(&booth[0]);
	booth_close(&booth[1]);
	summit_close(&sum);
	return n;
}

/* As much as the person has, whatever all others have. */
static void
an_erasure_walks_its_own_leads(void **state)
{
	int few = erasure(300), many = erasure(6000);

	(void)state;
	print_message("erasure: %d steps beside 300 leads, %d beside 6000\n",
	    few, many);
	assert_in_range(many, 1, few + few / 2);
}

/* A share that comes while `others` say "not me" of another device. */
static int
ingest_beside(unsigned others)
{
	struct case_new in = { .type = CASE_NOT_ME, .proof = PROOF_DESK };
	uint64_t num;
	bool waits;

	in.device = booth[0].device.num;
	in.seq = 3;			/* many_add: of the first */
	in.registration = sum.person[0];
	assert_ok(store_begin(sum.store));
	for (unsigned i = 0; i < others; i++)
		assert_ok(case_open(sum.store, &in, "cli:test", LATER, &num));
	assert_ok(store_commit(sum.store));
	assert_ok(not_me_waits(sum.store, booth[1].device.num, LATER, &waits));
	spent();
	assert_ok(not_me_waits(sum.store, booth[1].device.num, LATER, &waits));
	assert_false(waits);
	return spent();
}

static void
a_share_asks_for_its_devices_cases(void **state)
{
	int few, many;

	(void)state;
	booth_invite(&booth[0], &sum, "k07", OURS);
	booth_invite(&booth[1], &sum, "k08", OURS);
	many_fill(&sum, &booth[0], 0, 3, 1, FEW + 1);
	few = ingest_beside(1);
	many = ingest_beside(300);
	assert_in_range(many, 1, few + 5);
	booth_close(&booth[0]);
	booth_close(&booth[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_share_asks_for_its_devices_cases, set_up, tear_down),
		cmocka_unit_test(an_erasure_walks_its_own_leads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
