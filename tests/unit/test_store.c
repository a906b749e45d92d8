// SPDX-License-Identifier: Apache-2.0
/*
 * The suite that every store must pass. It uses nothing but store.h and what
 * stands beside it; which store is opened says $STORE (SQLite in a temporary
 * directory without it).
 */
#include "tests/support/unit.h"

#include <stdio.h>
#include <unistd.h>

#include "host/store_receipt.h"
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
test_writes_need_a_transaction(void **state)
{
	enum store_change change;
	struct registration r = { .key = "k" };
	uint64_t id;

	(void)state;
	assert_err(store_registration_put(sum.store, &r, 1, &change, &id),
	    BW_ERR_ARG);
	assert_err(store_audit(sum.store, 1, "staff",
	    DID_LOGIN, "o"), BW_ERR_ARG);
	assert_err(store_commit(sum.store), BW_ERR_ARG);
	store_rollback(sum.store);
	assert_ok(store_begin(sum.store));
	assert_err(store_begin(sum.store), BW_ERR_ARG);
	store_rollback(sum.store);
	assert_ok(store_ping(sum.store));
}

static void
test_rollback_keeps_nothing(void **state)
{
	enum store_change change;
	struct registration r = { .key = "other/1" }, got;
	uint64_t id;

	(void)state;
	strcpy(r.values.v[FIELD_NAME], "Gone");
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_put(sum.store, &r, 1, &change, &id));
	store_rollback(sum.store);
	assert_err(store_registration_find(sum.store, "other/1", &got),
	    BW_ERR_NOTFOUND);
}

static void
test_registration_changes(void **state)
{
	enum store_change change;
	struct registration r, got;
	uint64_t id;

	(void)state;
	assert_ok(store_registration_get(sum.store, sum.person[0], &r));
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_put(sum.store, &r, 5, &change, &id));
	assert_int_equal(change, STORE_UNCHANGED);
	assert_int_equal(id, sum.person[0]);
	strcpy(r.values.v[FIELD_COMPANY], "Other Ltd.");
	assert_ok(store_registration_put(sum.store, &r, 6, &change, &id));
	assert_int_equal(change, STORE_CHANGED);
	assert_ok(store_commit(sum.store));
	assert_ok(store_registration_find(sum.store, r.key, &got));
	assert_string_equal(got.values.v[FIELD_COMPANY], "Other Ltd.");
	assert_int_equal(got.changed_at, 6);
	assert_string_equal(got.values.v[FIELD_WORK_PHONE],
	    r.values.v[FIELD_WORK_PHONE]);
}

static void
test_import_does_not_lift_what_staff_set(void **state)
{
	enum store_change change;
	struct registration r, got;
	uint64_t id;

	(void)state;
	assert_ok(store_registration_get(sum.store, sum.person[1], &r));
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_status(sum.store, r.id, REG_WITHHELD, 7));
	assert_ok(store_registration_put(sum.store, &r, 8, &change, &id));
	assert_int_equal(change, STORE_UNCHANGED);
	assert_ok(store_registration_get(sum.store, r.id, &got));
	assert_int_equal(got.status, REG_WITHHELD);
	assert_ok(store_commit(sum.store));
}

static void
test_erasure_takes_all_values(void **state)
{
	enum store_change change;
	struct registration r, got;
	struct store_edition e;
	uint64_t id;

	(void)state;
	assert_ok(store_registration_get(sum.store, sum.person[2], &r));
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_status(sum.store, r.id, REG_DELETED, 9));
	assert_ok(store_registration_put(sum.store, &r, 10, &change, &id));
	assert_int_equal(change, STORE_REFUSED);
	assert_err(store_registration_status(sum.store, r.id, REG_ATTENDING,
	    11), BW_ERR_NOTFOUND);
	assert_ok(store_commit(sum.store));
	assert_ok(store_registration_get(sum.store, r.id, &got));
	assert_ok(store_edition_find(sum.store, sum.badge[2], 1, &e));
	for (int f = 1; f <= FIELD_COUNT; f++) {
		assert_string_equal(got.values.v[f], "");
		assert_string_equal(e.values.v[f], "");
	}
}

/* secure_delete: the file itself holds an erased value no more. */
static void
test_erased_values_leave_the_file(void **state)
{
	static const char needle[] = "zoe@mail.example";
	struct bw_buf b = BW_BUF_INIT(64u << 20);

	(void)state;
	if (getenv("STORE") != NULL)
		skip();
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_status(sum.store, sum.person[1],
	    REG_DELETED, 9));
	assert_ok(store_commit(sum.store));
	store_close(&sum.store);	/* the last one empties the WAL */
	assert_ok(file_read(sum.host->db_path, &b));
	assert_null(memmem(b.ptr, b.len, needle, sizeof(needle) - 1));
	assert_non_null(memmem(b.ptr, b.len, "ada@mail.example", 16));
	bw_buf_free(&b);
	assert_ok(store_open(&sum.store, sum.host->db_path));
}

static bw_err
count_reg(void *arg, const struct registration *r)
{
	uint64_t *n = arg;

	assert_int_equal(r->id, sum.person[(*n)++]);
	return *n == SUMMIT_PEOPLE ? BW_ERR_NOTFOUND : BW_OK;
}

static void
test_walks_end_as_the_callback_says(void **state)
{
	uint64_t n = 0;

	(void)state;
	assert_err(store_registration_each(sum.store, count_reg, &n),
	    BW_ERR_NOTFOUND);
	assert_int_equal(n, SUMMIT_PEOPLE);
}

static void
test_editions(void **state)
{
	struct store_edition e, got;

	(void)state;
	assert_ok(store_edition_current(sum.store, sum.person[0], &e));
	assert_int_equal(e.edition, 1);
	assert_ok(store_begin(sum.store));
	assert_err(store_edition_add(sum.store, &e), BW_ERR_EXISTS);
	e.edition = 3;
	assert_err(store_edition_add(sum.store, &e), BW_ERR_EXISTS);
	e.edition = 2;
	strcpy(e.values.v[FIELD_COMPANY], "New");
	assert_ok(store_edition_add(sum.store, &e));
	assert_ok(store_commit(sum.store));
	assert_ok(store_edition_current(sum.store, sum.person[0], &got));
	assert_int_equal(got.edition, 2);
	assert_string_equal(got.values.v[FIELD_COMPANY], "New");
	assert_ok(store_edition_find(sum.store, sum.badge[0], 1, &got));
	assert_string_equal(got.values.v[FIELD_COMPANY], "Engines, Ltd.");
	e.registration = sum.person[1];
	e.edition = 3;
	assert_ok(store_begin(sum.store));
	assert_err(store_edition_add(sum.store, &e), BW_ERR_EXISTS);
	store_rollback(sum.store);
}

static void
test_blocked_list(void **state)
{
	uint8_t (*ids)[BADGE_ID];
	uint64_t before, after;
	struct store_edition e;
	size_t n;

	(void)state;
	assert_ok(store_blocked_count(sum.store, &before));
	assert_ok(store_blocked_list(sum.store, &ids, &n));
	assert_int_equal(n, 0);
	free(ids);
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_status(sum.store, sum.person[1],
	    REG_MINOR, 3));
	assert_ok(store_badge_retire(sum.store, sum.badge[0], 4));
	assert_err(store_badge_retire(sum.store, sum.badge[0], 5),
	    BW_ERR_NOTFOUND);
	assert_ok(store_commit(sum.store));
	assert_ok(store_blocked_count(sum.store, &after));
	assert_true(after >= before + 2);
	assert_ok(store_blocked_list(sum.store, &ids, &n));
	assert_int_equal(n, 2);
	free(ids);
	assert_err(store_edition_current(sum.store, sum.person[0], &e),
	    BW_ERR_NOTFOUND);
	assert_ok(store_edition_find(sum.store, sum.badge[0], 1, &e));
	assert_int_equal(e.retired_at, 4);
}

static void
test_policy_versions(void **state)
{
	struct bw_buf b = BW_BUF_INIT(POLICY_MAX);
	struct policy *p = summit_part(&sum, "acme", "v2");
	const struct policy *parts[1] = { p };
	struct store_policy now;
	struct store_rules rules;

	(void)state;
	assert_ok(store_policy_current(sum.store, &now));
	assert_string_equal(now.version, SUMMIT_VERSION);
	assert_ok(store_begin(sum.store));
	assert_err(store_policy_install(sum.store, SUMMIT_VERSION, "x", 1,
	    parts, 1, 1), BW_ERR_EXISTS);
	store_rollback(sum.store);
	assert_ok(store_begin(sum.store));
	assert_ok(store_policy_install(sum.store, "v2", "text", 4, parts, 1,
	    77));
	assert_ok(store_commit(sum.store));
	assert_ok(store_policy_current(sum.store, &now));
	assert_string_equal(now.version, "v2");
	assert_int_equal(now.installed_at, 77);
	assert_ok(store_policy_source(sum.store, "v2", &b));
	assert_memory_equal(b.ptr, "text", 4);
	assert_ok(store_rules_get(sum.store, "acme", p->sha256, &rules));
	assert_string_equal(rules.version, "v2");
	assert_int_equal(rules.nnotices, 2);
	assert_memory_equal(rules.notice[1], p->notice[1].sha256, CRYPTO_HASH);
	assert_int_equal(rules.required | rules.optional, FIELD_ALL);
	assert_err(store_rules_get(sum.store, "example-corp", p->sha256,
	    &rules), BW_ERR_NOTFOUND);
	assert_ok(store_sponsor_known(sum.store, "example-corp"));
	assert_err(store_sponsor_known(sum.store, "nobody"), BW_ERR_NOTFOUND);
	bw_buf_free(&b);
	policy_free(p);
	free(p);
}

static void
test_devices(void **state)
{
	struct booth b;
	struct store_enrol e;
	char id[ENROL_ID_HEX];

	(void)state;
	booth_invite(&b, &sum, "k07", "acme");
	assert_int_equal(b.device.state, DEVICE_INVITED);
	assert_ok(enrol_id(b.code, id));
	assert_ok(store_enrol_get(sum.store, id, &e));
	assert_true(e.open);
	assert_memory_equal(e.code, b.code, ENROL_CODE);
	bw_buf_free(&e.answer);
	assert_ok(store_begin(sum.store));
	assert_err(store_device_add(sum.store, "k07", "acme", "o/e/k07",
	    (const uint8_t *)"0123456789abcdef", 1, 2), BW_ERR_EXISTS);
	assert_ok(store_device_revoke(sum.store, "k07", 50));
	assert_ok(store_device_revoke(sum.store, "k07", 60));
	assert_err(store_device_revoke(sum.store, "k99", 60),
	    BW_ERR_NOTFOUND);
	assert_ok(store_device_seen(sum.store, b.device.num, 70, "{}", 2));
	assert_ok(store_commit(sum.store));
	booth_look(&b);
	assert_int_equal(b.device.state, DEVICE_REVOKED);
	assert_int_equal(b.device.revoked_at, 50);
	assert_int_equal(b.device.last_seen, 70);
	assert_ok(store_enrol_get(sum.store, id, &e));
	assert_false(e.open);
	bw_buf_free(&e.answer);
	booth_close(&b);
}

static void
test_purge(void **state)
{
	static const uint8_t rh[RECEIPT_RH] = { 9 };
	const int64_t days = STORE_PENDING_DAYS;
	struct booth b;
	struct store_enrol e;
	char id[ENROL_ID_HEX];
	bool any;

	(void)state;
	booth_invite(&b, &sum, "k07", "acme");
	assert_ok(enrol_id(b.code, id));
	assert_ok(store_begin(sum.store));
	assert_ok(store_pending_add(sum.store, rh, SUMMIT_NOW));
	assert_ok(store_pending_add(sum.store, rh, SUMMIT_NOW + 5));
	assert_ok(store_purge(sum.store, SUMMIT_NOW + 60));
	assert_ok(store_pending_any(sum.store, &any));
	assert_true(any);
	assert_ok(store_purge(sum.store, SUMMIT_NOW + days * 86400 + 1));
	assert_ok(store_pending_any(sum.store, &any));
	assert_false(any);
	assert_ok(store_commit(sum.store));
	assert_ok(store_enrol_get(sum.store, id, &e));
	assert_false(e.open);
	bw_buf_free(&e.answer);
	booth_close(&b);
}

static void
test_pending(void **state)
{
	uint8_t rh[RECEIPT_RH] = { 7 };
	struct store_pending had;

	(void)state;
	assert_ok(store_begin(sum.store));
	assert_ok(store_pending_add(sum.store, rh, 100));
	assert_ok(store_pending_add(sum.store, rh, 200));
	assert_ok(store_pending_take(sum.store, rh, &had));
	assert_int_equal(had.since, 100);
	assert_int_equal(had.why, PENDING_ASKED);
	assert_err(store_pending_take(sum.store, rh, &had),
	    BW_ERR_NOTFOUND);
	assert_ok(store_commit(sum.store));
}

static void
test_issued(void **state)
{
	struct store_issued in = { .version = "v9", .serial = 4, .blocked = 2,
		.jws = BW_BUF_INIT(64) }, out;
	struct booth b;
	uint64_t one, two;

	(void)state;
	booth_invite(&b, &sum, "k07", "acme");
	assert_ok(bw_buf_put_str(&in.jws, "a.b.c"));
	assert_err(store_issued_get(sum.store, b.device.num, &out),
	    BW_ERR_NOTFOUND);
	assert_ok(store_begin(sum.store));
	assert_ok(store_issued_put(sum.store, b.device.num, &in));
	assert_ok(store_issued_put(sum.store, b.device.num, &in));
	assert_ok(store_serial_next(sum.store, SUMMIT_NOW, &one));
	assert_ok(store_serial_next(sum.store, SUMMIT_NOW, &two));
	assert_ok(store_commit(sum.store));
	assert_true(two > one);
	/* Put back from a backup, moments later. */
	assert_ok(store_begin(sum.store));
	for (int i = 1; i < 5; i++)
		assert_ok(store_serial_next(sum.store, SUMMIT_NOW + i, &one));
	store_rollback(sum.store);
	assert_ok(store_begin(sum.store));
	assert_ok(store_serial_next(sum.store, SUMMIT_NOW + 99, &two));
	assert_ok(store_commit(sum.store));
	assert_true(two > one);
	assert_ok(store_issued_get(sum.store, b.device.num, &out));
	assert_string_equal(out.version, "v9");
	assert_int_equal(out.serial, 4);
	assert_int_equal(out.jws.len, 5);
	bw_buf_free(&out.jws);
	bw_buf_free(&in.jws);
	booth_close(&b);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_writes_need_a_transaction),
		TEST(test_rollback_keeps_nothing),
		TEST(test_registration_changes),
		TEST(test_import_does_not_lift_what_staff_set),
		TEST(test_erasure_takes_all_values),
		TEST(test_erased_values_leave_the_file),
		TEST(test_walks_end_as_the_callback_says),
		TEST(test_editions),
		TEST(test_blocked_list),
		TEST(test_policy_versions),
		TEST(test_devices),
		TEST(test_purge),
		TEST(test_pending),
		TEST(test_issued),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
