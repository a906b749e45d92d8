// SPDX-License-Identifier: Apache-2.0
/* Cases of "not me": whose they may be, and what becomes of them when their share
 * or their person is gone. */
#include "tests/support/disowning.h"

#include "host/case_share.h"
#include "host/store_retain.h"

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

/* Who takes it in learns nothing by it: what it would hold is the same whoever's
 * it is. Nothing is held before it is known whose it is, then all is, though a
 * case was there before; and nothing of it is left of who said so. */
static void
test_said_of_another(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1), next, late, num, n;
	struct case_new in = { .type = CASE_NOT_ME, .proof = PROOF_DESK,
		.registration = s.person[1], .device = a.device.num,
		.seq = own };
	struct case_file f;

	(void)state;
	next = share_at(&a, QUARTER + 2);
	send(&a);
	assert_ok(SUMMIT_KEPT(&s, not_me_take(s.store, &in, ME, LATER, &num,
	    &beside)));
	assert_int_equal(beside, 1);
	assert_false(waits(&a, own) || waits(&a, next));
	late = share_at(&a, QUARTER + 3);
	send(&a);
	assert_false(waits(&a, late));
	assert_ok(case_get(s.store, num, &f));
	assert_int_equal(f.registration, 0);
	assert_int_equal(f.said, s.person[1]);
	assert_int_equal(f.quarter, 0);
	assert_err(SUMMIT_KEPT(&s, not_me_match(s.store, num, s.person[1],
	    PROOF_DESK, ME, LATER)), BW_ERR_DENIED);
	assert_ok(not_me_beside(s.store, CASE_NOT_ME, a.device.num, own, &n));
	assert_int_equal(n, 2);
	assert_ok(SUMMIT_KEPT(&s, not_me_match(s.store, num, s.person[0],
	    PROOF_DESK, ME, LATER)));
	assert_true(waits(&a, own) && waits(&a, next) && waits(&a, late));
	assert_int_equal(left(num), 3);
	assert_ok(case_get(s.store, num, &f));
	assert_int_equal(f.registration, s.person[0]);
	assert_int_equal(f.said, 0);
}

/* Takes it in for one after the other, as who may not know whose it is, and
 * keeps nothing of it: how many others each of them is told of. */
static void
asked_in_vain(uint64_t seq, uint64_t others)
{
	struct case_new in = { .type = CASE_NOT_ME, .proof = PROOF_DESK,
		.device = a.device.num, .seq = seq };
	uint64_t num;

	for (int i = 0; i < 2; i++) {
		in.registration = s.person[i];
		assert_ok(store_begin(s.store));
		assert_ok(not_me_take(s.store, &in, ME, LATER, &num,
		    &beside));
		store_rollback(s.store);
		assert_int_equal(beside, others);
	}
}

/* Nor by asking once more, or of the shares beside it, when all of them are held
 * for the one whose it is, or were released. */
static void
test_tells_nothing_later(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1);
	uint64_t next = share_at(&a, QUARTER + 2), num;
	struct body body = booth_share(&a, 1, FIELDS);
	uint64_t other = booth_add(&a, &body);

	(void)state;
	send(&a);
	asked_in_vain(own, 2);
	num = say(CASE_NOT_ME, own);
	assert_true(waits(&a, own) && waits(&a, next) && waits(&a, other));
	asked_in_vain(own, 2);
	asked_in_vain(next, 2);
	asked_in_vain(other, 2);
	assert_ok(SUMMIT_KEPT(&s, not_me_release(s.store, a.device.num, next,
	    num, ME, LATER)));
	asked_in_vain(own, 2);
	asked_in_vain(next, 2);
}

/* The right share is held at once by the next who says it, though one that was
 * not of his has said it before. */
static void
test_said_before(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1), num;
	struct case_new in = { .type = CASE_NOT_ME, .proof = PROOF_DESK,
		.registration = s.person[1], .device = a.device.num,
		.seq = own };

	(void)state;
	send(&a);
	assert_ok(SUMMIT_KEPT(&s, not_me_take(s.store, &in, ME, LATER, &num,
	    &beside)));
	in.registration = s.person[0];
	assert_ok(SUMMIT_KEPT(&s, not_me_take(s.store, &in, ME, LATER,
	    &(uint64_t){ 0 }, &beside)));
	assert_true(waits(&a, own));
}

/* Who was named by a slip is erased: nothing of the case says who, and none of
 * its words are left; but the share's own person is still found, and heard. */
static void
test_slip_is_erased(void **state)
{
	uint64_t own = share_at(&a, QUARTER + 1), next, num;
	struct case_new in = { .type = CASE_NOT_ME, .proof = PROOF_DESK,
		.registration = s.person[1], .device = a.device.num,
		.seq = own };
	struct case_file f;
	int64_t due;
	bool erased;

	(void)state;
	next = share_at(&a, QUARTER + 2);
	send(&a);
	assert_ok(SUMMIT_KEPT(&s, not_me_take(s.store, &in, ME, LATER, &num,
	    &beside)));
	assert_ok(SUMMIT_KEPT(&s, case_wish(s.store, num, "not me", ME,
	    LATER)));
	assert_ok(SUMMIT_KEPT(&s, right_erase_plan(s.store, s.person[1], 0,
	    NULL, 0, ME, LATER, &due)));
	assert_ok(right_erase_one(s.dir, s.store, s.person[1], LATER,
	    &erased));
	assert_true(erased);
	assert_ok(case_get(s.store, num, &f));
	assert_int_equal(f.said + f.registration, 0);
	assert_string_equal(f.text[CASE_WISH], "");
	assert_int_equal(f.device, a.device.num);
	assert_int_equal(f.seq, own);
	assert_ok(SUMMIT_KEPT(&s, not_me_match(s.store, num, s.person[0],
	    PROOF_DESK, ME, LATER)));
	assert_true(waits(&a, own) && waits(&a, next));
	assert_int_equal(left(num), 2);
	assert_ok(case_get(s.store, num, &f));
	assert_int_equal(f.quarter, QUARTER / 900);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_outlives_its_share),
		TEST(test_outlives_its_person),
		TEST(test_waits_without_its_share),
		TEST(test_of_somebody_else),
		TEST(test_found_later),
		TEST(test_said_of_another),
		TEST(test_tells_nothing_later),
		TEST(test_said_before),
		TEST(test_slip_is_erased),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
