// SPDX-License-Identifier: Apache-2.0
/* Which leads wait because somebody says that a share is not his: those of the
 * same device and the same quarter hour, there already or brought later. */
#include <stdio.h>

#include "host/case_share.h"
#include "host/not_me.h"
#include "host/right.h"
#include "host/store_daily.h"
#include "host/store_mail.h"
#include "host/store_retain.h"
#include "host/store_settle.h"
#include "tests/support/summit.h"

#define FIELDS (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))
#define QUARTER (SUMMIT_NOW - SUMMIT_NOW % 900 + 900)
#define LATER (QUARTER + 7200)
#define ME "account:1"

static struct summit s;
static struct booth a, b;
static uint64_t beside;	/* others that the last case holds */

static int
set_up(void **state)
{
	(void)state;
	summit_open(&s, getenv("STORE"));
	booth_open(&a, &s, "k07", "example-corp");
	booth_open(&b, &s, "k08", "example-corp");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	booth_close(&a);
	booth_close(&b);
	summit_close(&s);
	return 0;
}

static uint64_t
share_at(struct booth *booth, uint64_t at)
{
	struct body body = booth_share(booth, 0, FIELDS);

	booth->now = at;
	return booth_add(booth, &body);
}

static void
send(struct booth *booth)
{
	struct ingest_out out;

	assert_ok(booth_send(booth, &out));
	bw_buf_free(&out.note);
}

/* The share waits for this, or is its sponsor's. */
static bool
waits(const struct booth *booth, uint64_t seq)
{
	struct store_lead l;

	assert_ok(store_lead_get(s.store, booth->device.num, seq, &l));
	if (l.state == LEAD_LIVE)
		return false;
	assert_int_equal(l.state, LEAD_HELD);
	assert_int_equal(l.reason, ODD_NOT_ME);
	return true;
}

static uint64_t
say(enum case_type type, uint64_t seq)
{
	const struct case_new in = { .type = type, .proof = PROOF_DESK,
		.registration = s.person[0], .device = a.device.num,
		.seq = seq };
	uint64_t num;

	assert_ok(SUMMIT_KEPT(&s, not_me_case(s.store, &in, ME, LATER, &num,
	    &beside)));
	return num;
}

/* From the first second of the quarter to its last, and no device but one. */
static void
test_what_is_there(void **state)
{
	uint64_t before = share_at(&a, QUARTER - 1);
	uint64_t first = share_at(&a, QUARTER);
	uint64_t own = share_at(&a, QUARTER + 450);
	uint64_t last = share_at(&a, QUARTER + 899);
	uint64_t after = share_at(&a, QUARTER + 900);
	uint64_t other = share_at(&b, QUARTER + 450);

	(void)state;
	send(&a);
	send(&b);
	say(CASE_OTHER, own);
	assert_false(waits(&a, own));
	say(CASE_NOT_ME, own);
	assert_int_equal(beside, 2);
	assert_true(waits(&a, first) && waits(&a, own) && waits(&a, last));
	assert_false(waits(&a, before));
	assert_false(waits(&a, after));
	assert_false(waits(&b, other));
}

/* The same of what is uploaded while the case is open: a log's time does not go
 * back. */
static void
test_what_comes_later(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 450);
	uint64_t last, after, other, num;

	(void)state;
	send(&a);
	num = say(CASE_NOT_ME, own);
	last = share_at(&a, QUARTER + 899);
	after = share_at(&a, QUARTER + 900);
	other = share_at(&b, QUARTER + 450);
	send(&a);
	send(&b);
	assert_true(waits(&a, last));
	assert_false(waits(&a, after));
	assert_false(waits(&b, other));
	assert_ok(SUMMIT_KEPT(&s, not_me_release(s.store, a.device.num, last,
	    num, ME, LATER)));
	assert_false(waits(&a, last));
}

/* With the receipt of another it is nobody's, and no answer frees it. */
static void
test_another_receipt(void **state)
{
	struct body body = booth_share(&a, 0, FIELDS);
	uint64_t own, twin, num;
	struct store_lead l;

	(void)state;
	a.now = QUARTER + 450;
	own = booth_add(&a, &body);
	send(&a);
	num = say(CASE_NOT_ME, own);
	twin = booth_add(&a, &body);
	send(&a);
	assert_true(waits(&a, twin));
	assert_ok(store_settle(s.store, LATER, 60000));
	assert_ok(store_lead_get(s.store, a.device.num, twin, &l));
	assert_int_equal(l.state, LEAD_HELD);
	assert_int_equal(l.reason, ODD_RECEIPT);
	assert_err(SUMMIT_KEPT(&s, not_me_release(s.store, a.device.num, twin,
	    num, ME, LATER)), BW_ERR_EXISTS);
}

/* Once somebody has answered, nothing more waits; nor for another case. */
static void
test_not_for_ever(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1), num, late;

	(void)state;
	send(&a);
	num = say(CASE_NOT_ME, own);
	say(CASE_OTHER, own);
	/* It cannot be closed over what it holds. */
	assert_err(SUMMIT_KEPT(&s, case_done(s.store, num, ME, LATER)),
	    BW_ERR_DENIED);
	assert_ok(SUMMIT_KEPT(&s, not_me_release(s.store, a.device.num, own,
	    num, ME, LATER)));
	assert_ok(SUMMIT_KEPT(&s, case_done(s.store, num, ME, LATER)));
	late = share_at(&a, QUARTER + 2);
	send(&a);
	assert_false(waits(&a, late));
}

/* What is withdrawn stays so, and an undo of what waits is one. */
static void
test_doubt_is_no(void **state)
{
	struct body undo = { .kind = ENTRY_UNDO };
	uint64_t own = share_at(&a, QUARTER + 1);
	struct store_lead l;
	bool moved;

	(void)state;
	send(&a);
	assert_ok(SUMMIT_KEPT(&s, store_lead_end(s.store, a.device.num, own,
	    LEAD_WITHDRAWN, LATER, &moved)));
	say(CASE_NOT_ME, own);
	assert_ok(store_lead_get(s.store, a.device.num, own, &l));
	assert_int_equal(l.state, LEAD_WITHDRAWN);
	undo.u.undo.share_seq = share_at(&a, QUARTER + 2);
	booth_add(&a, &undo);
	send(&a);
	assert_ok(store_lead_get(s.store, a.device.num, undo.u.undo.share_seq,
	    &l));
	assert_int_equal(l.state, LEAD_UNDONE);
}

/* Saying it once more holds nothing that staff have released. */
static void
test_said_again(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1);
	uint64_t next = share_at(&a, QUARTER + 2), num;

	(void)state;
	send(&a);
	num = say(CASE_NOT_ME, own);
	assert_int_equal(beside, 1);
	assert_true(waits(&a, next));
	assert_ok(SUMMIT_KEPT(&s, not_me_release(s.store, a.device.num,
	    next, num, ME, LATER)));
	say(CASE_NOT_ME, own);
	assert_int_equal(beside, 0);
	assert_false(waits(&a, next));
	assert_true(waits(&a, own));
}

/* What two cases hold one of them alone does not give back. */
static void
test_held_for_two(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1);
	uint64_t next = share_at(&a, QUARTER + 2), one, two, other;
	uint64_t device = a.device.num;

	(void)state;
	send(&a);
	one = say(CASE_NOT_ME, own);
	two = say(CASE_NOT_ME, next);
	assert_int_equal(beside, 0);
	assert_err(SUMMIT_KEPT(&s, not_me_release(s.store, device, own, one,
	    ME, LATER)), BW_ERR_DENIED);
	assert_err(SUMMIT_KEPT(&s, not_me_release(s.store, device, own, two,
	    ME, LATER)), BW_ERR_DENIED);
	assert_ok(not_me_other(s.store, device, QUARTER / 900, one, &other));
	assert_int_equal(other, two);
	assert_true(waits(&a, own) && waits(&a, next));
	assert_ok(SUMMIT_KEPT(&s, case_done(s.store, one, ME, LATER)));
	assert_ok(SUMMIT_KEPT(&s, not_me_release(s.store, device, own, two,
	    ME, LATER)));
	assert_false(waits(&a, own));
	assert_true(waits(&a, next));
}

/* What its person withdraws while it is held is not released with the others,
 * and who is erased meanwhile is nobody's when it is. */
static void
test_ended_while_held(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1);
	uint64_t next = share_at(&a, QUARTER + 2), num;
	struct body body = booth_share(&a, 1, FIELDS);
	uint64_t other = booth_add(&a, &body);
	struct store_lead lead;
	bool moved, erased;
	int64_t due;

	(void)state;
	send(&a);
	num = say(CASE_NOT_ME, own);
	assert_int_equal(beside, 2);
	assert_ok(SUMMIT_KEPT(&s, right_withdraw(s.store, a.device.num, next,
	    "attendee", LATER, &moved)));
	assert_true(moved);
	assert_ok(SUMMIT_KEPT(&s, right_erase_plan(s.store, s.person[1], 0,
	    NULL, 0, ME, LATER, &due)));
	assert_ok(right_erase_one(s.dir, s.store, s.person[1], LATER,
	    &erased));
	assert_true(erased);
	assert_err(SUMMIT_KEPT(&s, not_me_release(s.store, a.device.num, next,
	    num, ME, LATER)), BW_ERR_EXISTS);
	assert_ok(store_lead_get(s.store, a.device.num, next, &lead));
	assert_int_equal(lead.state, LEAD_WITHDRAWN);
	assert_ok(SUMMIT_KEPT(&s, not_me_release(s.store, a.device.num, other,
	    num, ME, LATER)));
	assert_ok(store_lead_get(s.store, a.device.num, other, &lead));
	assert_int_equal(lead.edition, 0);
}

/* What was released before an older store was put back is so again, whatever
 * cases that one has open. */
static void
test_done_again(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1);
	uint64_t next = share_at(&a, QUARTER + 2);
	struct store_lead lead;
	bool moved;

	(void)state;
	send(&a);
	say(CASE_NOT_ME, own);
	say(CASE_NOT_ME, next);
	assert_ok(store_lead_get(s.store, a.device.num, next, &lead));
	assert_ok(SUMMIT_KEPT(&s, not_me_free_again(s.store, &lead, LATER,
	    &moved)));
	assert_true(moved);
	assert_false(waits(&a, next));
	assert_true(waits(&a, own));
}

/* The share that a case names is dropped before the case is answered. */
static void
test_outlives_its_share(void **state)
{
	static const struct retain_at all = { .cut = INT64_MAX / 2 };
	struct retain_gone gone;
	uint64_t own = share_at(&a, QUARTER + 1), num, n;
	struct case_file f;
	size_t step = 0;

	(void)state;
	send(&a);
	num = say(CASE_NOT_ME, own);
	while (store_retain_class(step) != RETAIN_LEADS)
		step++;
	assert_ok(SUMMIT_KEPT(&s, store_retain_drop(s.store, step, &all, 9,
	    &gone, &n)));
	assert_int_equal(n, 1);
	assert_ok(SUMMIT_KEPT(&s, case_extend(s.store, num, "much to do", ME,
	    LATER)));
	assert_ok(SUMMIT_KEPT(&s, case_done_as(s.store, num, "looked at", ME,
	    LATER)));
	assert_ok(case_get(s.store, num, &f));
	assert_int_equal(f.state, CASE_DONE);
}

static bw_err
count(void *arg, const struct case_share *h)
{
	(void)h;
	++*(uint64_t *)arg;
	return BW_OK;
}

static uint64_t
left(uint64_t num)
{
	uint64_t n;

	assert_ok(not_me_left(s.store, num, &n));
	return n;
}

/* Who disowned it is erased: nothing says which share it was or whose, but what
 * its device recorded beside it waits, also what comes later, and is released in
 * the case, which then can be closed. */
static void
test_outlives_its_person(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1);
	struct body body = booth_share(&a, 1, FIELDS);
	uint64_t next, late, num, n = 0;
	struct case_file f;
	int64_t due;
	bool erased;

	(void)state;
	a.now = QUARTER + 2;
	next = booth_add(&a, &body);
	send(&a);
	num = say(CASE_NOT_ME, own);
	assert_ok(SUMMIT_KEPT(&s, right_erase_plan(s.store, s.person[0], 0,
	    NULL, 0, ME, LATER, &due)));
	assert_ok(right_erase_one(s.dir, s.store, s.person[0], LATER,
	    &erased));
	assert_true(erased);
	assert_ok(case_get(s.store, num, &f));
	assert_int_equal(f.registration + f.seq, 0);
	assert_true(case_is_open(f.state));
	late = booth_add(&a, &body);
	send(&a);
	assert_true(waits(&a, next) && waits(&a, late));
	assert_ok(case_share_beside(s.store, f.device, f.quarter, f.seq,
	    count, &n));
	assert_int_equal(n, left(num));
	assert_err(SUMMIT_KEPT(&s, case_drop_as(s.store, num, "looked at", ME,
	    LATER)), BW_ERR_DENIED);
	for (uint64_t seq = own; seq <= late; seq++)
		if (seq == own || seq == next || seq == late)
			assert_ok(SUMMIT_KEPT(&s, not_me_release(s.store,
			    a.device.num, seq, num, ME, LATER)));
	assert_false(waits(&a, next) || waits(&a, late));
	assert_int_equal(left(num), 0);
	assert_ok(SUMMIT_KEPT(&s, case_drop_as(s.store, num, "looked at", ME,
	    LATER)));
}

/* Of a share that is gone, too. */
static void
test_waits_without_its_share(void **state)
{
	static const struct retain_at all = { .cut = INT64_MAX / 2 };
	struct retain_gone gone;
	uint64_t own = share_at(&a, QUARTER + 1), late, num, n;
	size_t step = 0;

	(void)state;
	send(&a);
	num = say(CASE_NOT_ME, own);
	while (store_retain_class(step) != RETAIN_LEADS)
		step++;
	assert_ok(SUMMIT_KEPT(&s, store_retain_drop(s.store, step, &all, 9,
	    &gone, &n)));
	late = share_at(&a, QUARTER + 3);
	send(&a);
	assert_true(waits(&a, late));
	assert_int_equal(left(num), 1);
}

/* Of a share of somebody else nothing is taken in, nor of nobody's. */
static void
test_of_somebody_else(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1), num;
	struct case_new in = { .type = CASE_NOT_ME, .proof = PROOF_DESK,
		.registration = s.person[1], .device = a.device.num,
		.seq = own };

	(void)state;
	send(&a);
	assert_err(SUMMIT_KEPT(&s, not_me_case(s.store, &in, ME, LATER, &num,
	    &beside)),
	    BW_ERR_DENIED);
	assert_int_equal(num, 0);
	in.type = CASE_WITHDRAWAL;
	assert_err(SUMMIT_KEPT(&s, not_me_case(s.store, &in, ME, LATER, &num,
	    &beside)),
	    BW_ERR_DENIED);
	in.type = CASE_NOT_ME;
	in.registration = 0;
	assert_err(SUMMIT_KEPT(&s, not_me_case(s.store, &in, ME, LATER, &num,
	    &beside)),
	    BW_ERR_DENIED);
	assert_false(waits(&a, own));
	say(CASE_NOT_ME, own);
	assert_true(waits(&a, own));
}

/* Who asked and named a share is found later: the one whose share it is. */
static void
test_found_later(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1), num;
	struct case_new in = { .type = CASE_WITHDRAWAL,
		.device = a.device.num, .seq = own };
	struct case_file f;

	(void)state;
	send(&a);
	assert_ok(SUMMIT_KEPT(&s, not_me_case(s.store, &in, ME, LATER, &num,
	    &beside)));
	assert_err(SUMMIT_KEPT(&s, case_match(s.store, num, s.person[1],
	    PROOF_DESK, ME, LATER)), BW_ERR_DENIED);
	assert_ok(case_get(s.store, num, &f));
	assert_int_equal(f.registration, 0);
	assert_ok(SUMMIT_KEPT(&s, case_match(s.store, num, s.person[0],
	    PROOF_NONE, ME, LATER)));
	assert_ok(SUMMIT_KEPT(&s, case_match(s.store, num, s.person[0],
	    PROOF_DESK, ME, LATER)));
}

/* Sends all that waits; whether a daily mail about this share was among it. */
static bool
is_told(uint64_t seq)
{
	struct mail_row row;
	bool told = false;

	assert_ok(daily_collect(s.store, LATER));
	assert_ok(store_begin(s.store));
	while (mail_take(s.store, LATER, &row) == BW_OK) {
		told = told || (row.mail.kind == MAIL_SHARES &&
		    daily_has(s.store, row.id, a.device.num, seq) == BW_OK);
		assert_ok(mail_sent(s.store, row.id, 250, LATER));
	}
	assert_ok(store_commit(s.store));
	return told;
}

/* Passed on again while its holder is withheld for another reason, which goes:
 * then it is passed on, and that is told. */
static void
test_told_when_lifted(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1);
	uint64_t num;

	(void)state;
	send(&a);
	num = say(CASE_NOT_ME, own);
	assert_true(is_told(own));
	assert_ok(SUMMIT_KEPT(&s, right_restrict(s.store, s.person[0], ME,
	    LATER)));
	assert_ok(SUMMIT_KEPT(&s, not_me_release(s.store, a.device.num, own,
	    num, ME, LATER)));
	assert_false(is_told(own));
	assert_ok(SUMMIT_KEPT(&s, right_lift(s.store, s.person[0], ME,
	    LATER)));
	assert_true(is_told(own));
	assert_false(is_told(own));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_what_is_there, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_what_comes_later, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_another_receipt, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_not_for_ever, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_doubt_is_no, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_said_again, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_held_for_two, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_ended_while_held, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_done_again, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_outlives_its_share,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_outlives_its_person,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_waits_without_its_share,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_of_somebody_else, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_found_later, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_told_when_lifted, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
