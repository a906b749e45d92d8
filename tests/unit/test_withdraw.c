// SPDX-License-Identifier: Apache-2.0
/* Shares that are withdrawn: one, and all of a person's. */
#include "tests/support/rights.h"

#include <stdio.h>
#include <string.h>

#include "host/audit.h"

static void
test_withdraw(void **state)
{
	uint64_t seq = share(&b, 0, FIELDS);
	bool moved;

	(void)state;
	send(&b);
	assert_ok(DO(right_withdraw(s.store, b.device.num, seq, ME, LATER,
	    &moved)));
	assert_true(moved);
	assert_ok(DO(right_withdraw(s.store, b.device.num, seq, ME,
	    LATER + 1, &moved)));
	assert_false(moved);
	assert_int_equal(items("example-corp").n, 1);
	assert_int_equal(items("example-corp").kind, ACK_WITHDRAWN);
	assert_err(DO(right_withdraw(s.store, b.device.num, 99, ME, LATER,
	    &moved)), BW_ERR_NOTFOUND);
}

struct said {
	unsigned each, all;
	char detail[AUDIT_TEXT_MAX + 1];
};

static bw_err
take_row(void *arg, const struct audit_row *row)
{
	struct said *w = arg;

	w->each += strcmp(row->act, "withdraw") == 0;
	if (strcmp(row->act, "withdraw.all") == 0) {
		w->all++;
		snprintf(w->detail, sizeof(w->detail), "%s", row->detail);
	}
	return BW_OK;
}

/* Rows side by side would say which shares are one person's: there is one, by
 * which the host can show which they were. */
static void
test_withdraw_all_is_one_row(void **state)
{
	uint64_t one = share(&b, 0, FIELDS), two = share(&other, 0, FIELDS), n;
	char ids[64], object[40], want[AUDIT_COMMITMENT_SIZE], detail[96];
	struct said w = { 0 };

	(void)state;
	send(&b);
	send(&other);
	assert_ok(DO(right_withdraw_all(s.store, s.person[0], ME, LATER,
	    &n)));
	assert_ok(audit_each(s.store, 0, 100, NULL, take_row, &w));
	assert_int_equal(w.each, 0);
	assert_int_equal(w.all, 1);
	snprintf(ids, sizeof(ids), "k07-%u\nk08-%u\n", (unsigned)one,
	    (unsigned)two);
	snprintf(object, sizeof(object), "registration %u",
	    (unsigned)s.person[0]);
	assert_ok(DO(audit_commitment(s.store, object, ids, strlen(ids),
	    want)));
	snprintf(detail, sizeof(detail), "shares 2 commitment %s", want);
	assert_string_equal(w.detail, detail);
}

static void
took(struct booth *at, uint64_t serial)
{
	struct body body = { .kind = ENTRY_POLICY, .u.policy.serial = serial };

	snprintf(body.u.policy.version, sizeof(body.u.policy.version), "%s",
	    at->policy->version);
	memcpy(body.u.policy.sha256, at->policy->sha256, CRYPTO_HASH);
	booth_add(at, &body);
}

/* The device was in touch: its log names a policy that was issued now. */
static void
in_touch(struct booth *at)
{
	struct store_issued in = { .jws = BW_BUF_INIT(64) };

	assert_ok(bw_buf_put_str(&in.jws, "a.b.c"));
	assert_ok(DO(store_serial_next(s.store, LATER * INT64_C(1000),
	    &in.serial)));
	assert_ok(DO(store_issued_put(s.store, at->device.num, &in)));
	took(at, in.serial);
	bw_buf_free(&in.jws);
}

/* All of one person and nobody else's, also what a device had still. */
static void
test_withdraw_all(void **state)
{
	uint64_t mine = share(&b, 0, FIELDS), theirs = share(&b, 1, FIELDS);
	uint64_t second = share(&other, 0, FIELDS), late, after, n;
	uint64_t blocked, more;

	(void)state;
	send(&b);
	send(&other);
	late = share(&other, 0, FIELDS);
	assert_ok(store_blocked_count(s.store, &blocked));
	assert_ok(DO(right_withdraw_all(s.store, s.person[0], ME,
	    (int64_t)other.now, &n)));
	assert_int_equal(n, 2);
	assert_ok(store_blocked_count(s.store, &more));
	assert_true(more > blocked);
	in_touch(&other);
	after = share(&other, 0, FIELDS);
	send(&other);
	assert_int_equal(state_of(&b, mine), LEAD_WITHDRAWN);
	assert_int_equal(state_of(&other, second), LEAD_WITHDRAWN);
	assert_int_equal(state_of(&other, late), LEAD_WITHDRAWN);
	assert_int_equal(state_of(&b, theirs), LEAD_LIVE);
	assert_int_equal(state_of(&other, after), LEAD_LIVE);
	/* The sponsor never had the late one. */
	assert_int_equal(items("acme").n, 1);
	assert_int_equal(items("acme").seq, second);
	assert_ok(DO(right_withdraw_all(s.store, s.person[0], ME, LATER,
	    &n)));
	assert_int_equal(n, 1);
	assert_err(DO(right_withdraw_all(s.store, 99, ME, LATER, &n)),
	    BW_ERR_NOTFOUND);
}

/* A clock that is ahead by a day keeps nothing alive, in however many uploads
 * it comes; who was in touch since keeps what is given anew, in later uploads
 * too, whatever its clock says. */
static void
test_withdraw_all_by_no_clock(void **state)
{
	uint64_t first, second, again, theirs, n;

	(void)state;
	b.now += 86400;
	first = share(&b, 0, FIELDS);
	second = share(&b, 0, FIELDS);
	assert_ok(DO(right_withdraw_all(s.store, s.person[0], ME, LATER,
	    &n)));
	send(&b);
	assert_int_equal(state_of(&b, first), LEAD_WITHDRAWN);
	assert_int_equal(state_of(&b, second), LEAD_WITHDRAWN);
	/* Not in touch: in doubt it is withdrawn; another's is not. */
	again = share(&b, 0, FIELDS);
	theirs = share(&b, 1, FIELDS);
	send(&b);
	assert_int_equal(state_of(&b, again), LEAD_WITHDRAWN);
	assert_int_equal(state_of(&b, theirs), LEAD_LIVE);
	in_touch(&b);
	send(&b);
	again = share(&b, 0, FIELDS);
	send(&b);
	assert_int_equal(state_of(&b, again), LEAD_LIVE);
}

static bw_err
count_odd(void *arg, const struct store_odd *o)
{
	*(int *)arg += o->reason == ODD_SERIAL;
	return BW_OK;
}

/* A serial that the host never issued to this device raises none. */
static void
test_withdraw_all_by_no_claim(void **state)
{
	uint64_t first, again, n;
	int odd = 0;

	(void)state;
	took(&b, UINT64_C(1) << 52);
	first = share(&b, 0, FIELDS);
	assert_ok(DO(right_withdraw_all(s.store, s.person[0], ME, LATER,
	    &n)));
	send(&b);
	assert_int_equal(state_of(&b, first), LEAD_WITHDRAWN);
	in_touch(&other);	/* what another got is not this one's */
	took(&b, UINT64_C(1) << 51);
	again = share(&b, 0, FIELDS);
	send(&b);
	assert_int_equal(state_of(&b, again), LEAD_WITHDRAWN);
	assert_ok(store_odd_each(s.store, count_odd, &odd));
	assert_int_equal(odd, 2);
	in_touch(&b);
	again = share(&b, 0, FIELDS);
	send(&b);
	assert_int_equal(state_of(&b, again), LEAD_LIVE);
}

/* The store was put back from a backup, and within the same second somebody
 * withdraws: so is what was shared under the policies that it lacks. */
static void
test_withdraw_all_after_a_backup(void **state)
{
	uint64_t lost, late, after, n;

	(void)state;
	assert_ok(store_begin(s.store));
	for (int i = 0; i < 3; i++)
		assert_ok(store_serial_next(s.store, LATER * INT64_C(1000) +
		    i, &lost));
	store_rollback(s.store);
	took(&b, lost);
	late = share(&b, 0, FIELDS);
	assert_ok(DO(right_withdraw_all(s.store, s.person[0], ME, LATER,
	    &n)));
	send(&b);
	assert_int_equal(state_of(&b, late), LEAD_WITHDRAWN);
	in_touch(&b);
	after = share(&b, 0, FIELDS);
	send(&b);
	assert_int_equal(state_of(&b, after), LEAD_LIVE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_withdraw),
		TEST(test_withdraw_all),
		TEST(test_withdraw_all_is_one_row),
		TEST(test_withdraw_all_by_no_clock),
		TEST(test_withdraw_all_by_no_claim),
		TEST(test_withdraw_all_after_a_backup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
