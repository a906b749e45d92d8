// SPDX-License-Identifier: Apache-2.0
/*
 * Part of the suite that every store must pass (test_store.c): leads, which
 * of them are released, and their receipts.
 */
#include <sqlite3.h>
#include <stdio.h>

#include "host/store_receipt.h"
#include "host/store_settle.h"
#include "tests/support/summit.h"
#include "tests/support/unit.h"

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

struct released {
	size_t n;
	struct store_release last;
	char device[3][33];
	uint64_t seq[3];
};

static bw_err
collect(void *arg, const struct store_release *l)
{
	struct released *got = arg;

	assert_true(got->n < 3);
	strcpy(got->device[got->n], l->device);
	got->seq[got->n++] = l->seq;
	got->last = *l;
	return BW_OK;
}

static void
add_lead(const struct booth *b, uint64_t seq, size_t person,
    field_set granted)
{
	struct store_rules rules;
	struct store_edition_state st;
	struct store_lead l = { .device = b->device.num, .seq = seq,
		.granted = granted, .time = 1000 + (int64_t)seq,
		.language = "en" };

	assert_ok(store_rules_get(sum.store, b->device.sponsor,
	    b->policy->sha256, &rules));
	assert_ok(store_edition_state(sum.store, sum.badge[person], 1, &st));
	l.part = rules.part;
	l.edition = st.ref;
	l.rh[0] = (uint8_t)b->device.num;
	l.rh[1] = (uint8_t)seq;
	assert_ok(store_begin(sum.store));
	assert_ok(store_lead_add(sum.store, &l));
	assert_ok(store_commit(sum.store));
}

/* A log of so many entries, as ingest leaves it. */
static void
set_size(const struct booth *b, uint64_t size)
{
	const uint8_t leaf[CRYPTO_HASH] = { 1 };
	struct store_log log = { 0 };

	while (log.chain.tree.size < size)
		assert_ok(tree_append(&log.chain.tree, leaf));
	assert_ok(store_begin(sum.store));
	booth_last(b, size);
	assert_ok(store_log_put(sum.store, b->device.num, &log, "note", 4));
	assert_ok(store_commit(sum.store));
}

/* No later upload's entries get the time of an earlier one. */
static void
test_came_once(void **state)
{
	struct booth b;

	(void)state;
	booth_open(&b, &sum, "k07", "acme");
	set_size(&b, 3);
	assert_ok(store_begin(sum.store));
	assert_ok(store_log_came(sum.store, b.device.num, SUMMIT_NOW,
	    "note", 4));
	assert_err(store_log_came(sum.store, b.device.num, SUMMIT_NOW + 1,
	    "note", 4), BW_ERR_EXISTS);
	store_rollback(sum.store);
	booth_close(&b);
}

static enum lead_state
state_of(const struct booth *b, uint64_t seq)
{
	struct store_lead l;

	assert_ok(store_lead_get(sum.store, b->device.num, seq, &l));
	return l.state;
}

static bw_err
count_odd(void *arg, const struct store_odd *o)
{
	size_t *n = arg;

	assert_int_equal(o->reason, ODD_RECEIPT);
	++*n;
	return BW_OK;
}

/* A lead with this receipt, whatever else has it. */
static void
add_receipt(const struct booth *b, uint64_t seq, uint8_t receipt,
    enum lead_state state)
{
	struct store_lead l = { .device = b->device.num, .seq = seq,
		.granted = FIELD_ALL, .time = 1000, .language = "en",
		.rh = { receipt }, .state = state };

	assert_ok(store_begin(sum.store));
	assert_ok(store_lead_add(sum.store, &l));
	assert_ok(store_commit(sum.store));
}

/* The first that is indexed has a receipt; what was ended stays ended. */
static void
test_receipts(void **state)
{
	const uint8_t mine[RECEIPT_RH] = { 5 }, none[RECEIPT_RH] = { 5, 0, 0,
		0, 0, 0, 0, 0, 1 };
	struct store_receipt r;
	struct booth a, b;
	size_t n = 0;

	(void)state;
	booth_invite(&a, &sum, "k1", "example-corp");
	booth_invite(&b, &sum, "k2", "example-corp");
	add_receipt(&a, 1, 5, LEAD_LIVE);
	add_receipt(&a, 2, 6, LEAD_LIVE);
	assert_err(store_receipt_get(sum.store, mine, 9, STORE_WAIT_MS, &r),
	    BW_ERR_NOTFOUND);
	set_size(&a, 3);
	assert_ok(store_receipt_get(sum.store, mine, 9, STORE_WAIT_MS, &r));
	assert_int_equal(r.lead.seq, 1);
	assert_err(store_receipt_get(sum.store, none, 9, STORE_WAIT_MS, &r),
	    BW_ERR_NOTFOUND);
	add_receipt(&b, 1, 5, LEAD_LIVE);
	add_receipt(&b, 2, 5, LEAD_WITHDRAWN);
	add_receipt(&b, 3, 6, LEAD_QUARANTINED);
	add_receipt(&b, 4, 7, LEAD_LIVE);
	set_size(&b, 5);
	assert_ok(store_settle_all(sum.store, 9));
	assert_ok(store_settle_all(sum.store, 10));
	assert_int_equal(state_of(&b, 1), LEAD_HELD);
	assert_int_equal(state_of(&b, 2), LEAD_WITHDRAWN);
	assert_int_equal(state_of(&b, 3), LEAD_HELD);
	assert_int_equal(state_of(&b, 4), LEAD_LIVE);
	assert_int_equal(state_of(&a, 1), LEAD_LIVE);
	assert_ok(store_receipt_get(sum.store, mine, 9, STORE_WAIT_MS, &r));
	assert_string_equal(r.device.name, "k1");
	assert_ok(store_odd_each(sum.store, count_odd, &n));
	assert_int_equal(n, 3);
	booth_close(&a);
	booth_close(&b);
}

static void
test_release(void **state)
{
	const field_set name = FIELD_BIT(FIELD_NAME);
	struct store_left_out left;
	struct released got = { 0 };
	struct booth k2, k1, other;
	bool moved;

	(void)state;
	booth_invite(&k2, &sum, "k2", "example-corp");
	booth_invite(&k1, &sum, "k1", "example-corp");
	booth_invite(&other, &sum, "k3", "acme");
	add_lead(&k2, 1, 0, FIELD_ALL);
	add_lead(&k1, 9, 1, name);
	add_lead(&other, 1, 0, name);
	set_size(&k2, 2);
	set_size(&k1, 10);
	set_size(&other, 2);
	assert_ok(store_release_each(sum.store, NULL, "example-corp", 2000,
	    collect, &got, &left));
	assert_int_equal(got.n, 2);
	assert_int_equal(left.n[REG_WITHHELD], 0);
	assert_string_equal(got.device[0], "k1");
	assert_int_equal(got.seq[0], 9);
	assert_string_equal(got.device[1], "k2");
	/* Granted more than the policy allows: only that is released. */
	assert_int_equal(got.last.released, name | FIELD_BIT(FIELD_EMAIL) |
	    FIELD_BIT(FIELD_COMPANY));
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_status(sum.store, sum.person[1],
	    REG_WITHHELD, 3));
	assert_ok(store_lead_end(sum.store, k2.device.num, 1, LEAD_WITHDRAWN,
	    4, &moved));
	assert_true(moved);
	assert_ok(store_lead_end(sum.store, k2.device.num, 1, LEAD_UNDONE, 4,
	    &moved));
	assert_false(moved);
	assert_err(store_lead_end(sum.store, k2.device.num, 2, LEAD_UNDONE, 4,
	    &moved), BW_ERR_NOTFOUND);
	assert_ok(store_commit(sum.store));
	memset(&got, 0, sizeof(got));
	assert_ok(store_release_each(sum.store, NULL, "example-corp", 2000,
	    collect, &got, &left));
	assert_int_equal(got.n, 0);
	assert_int_equal(left.n[REG_WITHHELD], 1);
	assert_int_equal(left.n[REG_ATTENDING], 0);
	assert_err(store_release_each(sum.store, NULL, "nobody", 2000, collect,
	    &got, NULL), BW_ERR_NOTFOUND);
	booth_close(&k1);
	booth_close(&k2);
	booth_close(&other);
}

static bw_err
on_values(void *arg, uint64_t ref, uint64_t holder,
    const char *const v[static FIELD_COUNT + 1])
{
	(void)holder;
	(void)v;
	*(uint64_t *)arg = ref;
	return BW_ERR_DENIED;
}

/* Another walk within, which ends at its first row, and then this one. */
static bw_err
collect_one(void *arg, const struct store_release *l)
{
	uint64_t ref = 0;
	bw_err r = collect(arg, l);

	assert_err(store_edition_values(sum.store, l->edition, UINT32_MAX,
	    on_values, &ref), BW_ERR_DENIED);
	assert_int_equal(ref, l->edition);
	return l->seq == 2 ? BW_ERR_GONE : r;
}

static void
test_a_walk_ends_when_it_is_told(void **state)
{
	struct released got = { 0 };
	struct booth k;

	(void)state;
	booth_invite(&k, &sum, "k1", "example-corp");
	for (uint64_t seq = 1; seq <= 3; seq++)
		add_lead(&k, seq, 0, FIELD_ALL);
	set_size(&k, 4);
	assert_err(store_release_each(sum.store, NULL, "example-corp", 2000,
	    collect_one, &got, NULL), BW_ERR_GONE);
	assert_int_equal(got.n, 2);
	assert_int_equal(got.seq[1], 2);
	memset(&got, 0, sizeof(got));
	assert_ok(store_release_each(sum.store, NULL, "example-corp", 2000,
	    collect, &got, NULL));
	assert_int_equal(got.n, 3);
	booth_close(&k);
}

static void
sql(const char *text)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(sum.host->db_path, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* What no program of ours wrote: callers have tables by state and reason. */
static void
test_damaged(void **state)
{
	static const char *const leads[] = { "state = -1", "state = 5",
		"reason = -1", "reason = 99", "state = 1 << 40" };
	static const char *const devices[] = { "state = -1", "state = 3" };
	struct store_device d;
	struct store_lead l;
	struct booth k;
	char text[80];

	(void)state;
	booth_open(&k, &sum, "k07", "example-corp");
	add_lead(&k, 0, 0, FIELD_BIT(FIELD_NAME));
	assert_ok(store_lead_get(sum.store, k.device.num, 0, &l));
	for (size_t i = 0; i < 5; i++) {
		snprintf(text, sizeof(text), "UPDATE lead SET state = 0, "
		    "reason = 0; UPDATE lead SET %s", leads[i]);
		sql(text);
		assert_err(store_lead_get(sum.store, k.device.num, 0, &l),
		    BW_ERR_FORMAT);
	}
	for (size_t i = 0; i < 2; i++) {
		snprintf(text, sizeof(text), "UPDATE device SET %s",
		    devices[i]);
		sql(text);
		assert_err(store_device_get(sum.store, "k07", &d),
		    BW_ERR_FORMAT);
	}
	booth_close(&k);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_came_once),
		TEST(test_receipts),
		TEST(test_release),
		TEST(test_a_walk_ends_when_it_is_told),
		TEST(test_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
