// SPDX-License-Identifier: Apache-2.0
/* Which leads wait because somebody says that a share is not his: those of the
 * same device and the same quarter hour, there already or brought later. */
#include "tests/support/disowning.h"

#include "host/store_daily.h"
#include "host/store_mail.h"
#include "host/store_settle.h"

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
		TEST(test_what_is_there),
		TEST(test_what_comes_later),
		TEST(test_another_receipt),
		TEST(test_not_for_ever),
		TEST(test_doubt_is_no),
		TEST(test_said_again),
		TEST(test_held_for_two),
		TEST(test_ended_while_held),
		TEST(test_done_again),
		TEST(test_told_when_lifted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
