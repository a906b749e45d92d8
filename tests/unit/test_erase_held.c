// SPDX-License-Identifier: Apache-2.0
/* Erasures that a hold stops, and what the person is told of it. */
#include "tests/support/erasing.h"

#include "host/case.h"
#include "host/case_erase.h"
#include "host/erase_again.h"
#include "host/hold.h"
#include "host/store_mail.h"
#include "host/store_redo.h"

/* Its line is written, but the store could not be: no hold is promised that does
 * not keep, before and after that is taken up. */
static void
test_final_before_the_hold(void **state)
{
	struct hold h = { .scope = HOLD_PERSON, .registration = s.person[0],
		.reason = "a complaint", .reviewer = "anna",
		.review_at = DUE };
	const struct hold event = { .scope = HOLD_EVENT };
	struct registration reg = get(0);
	uint64_t id, n;

	(void)state;
	assert_ok(store_redo_to(s.store, s.dir));
	plan(0);
	append(&reg, DUE);
	for (int taken = 0; taken <= 1; taken++) {
		h.registration = s.person[0];
		assert_err(DO(hold_add(s.store, &h, ME, LATER, &id)),
		    BW_ERR_DENIED);
		assert_ok(hold_beyond(s.store, &event, &n));
		assert_int_equal(n, 1);
		h.registration = s.person[1];
		assert_ok(DO(hold_add(s.store, &h, ME, LATER, &id)));
		assert_ok(erase_again(s.dir, s.store, DUE));
	}
	assert_int_equal(run(DUE).erased, 1);
	assert_ok(hold_beyond(s.store, &event, &n));
	assert_int_equal(n, 0);
	h.registration = s.person[0];
	assert_err(DO(hold_add(s.store, &h, ME, LATER, &id)), BW_ERR_GONE);
}

static void
test_held(void **state)
{
	struct hold h = { .scope = HOLD_PERSON, .registration = s.person[0],
		.reason = "a complaint", .reviewer = "anna",
		.review_at = DUE };
	struct right_state st;
	int64_t since;
	uint64_t id;

	(void)state;
	plan(0);
	assert_ok(DO(hold_add(s.store, &h, ME, LATER, &id)));
	assert_int_equal(run(DUE).held, 1);
	assert_int_equal(run(DUE).erased, 0);
	assert_int_equal(lines(), 0);
	assert_ok(right_look(s.store, s.person[0], &st));
	assert_int_equal(st.held_at, DUE);
	assert_int_equal(get(0).status, REG_WITHHELD);
	assert_ok(right_held(s.store, &st, DUE, &since));
	assert_int_equal(since, DUE);
	/* It is not held from the moment on that the hold is lifted. */
	assert_ok(DO(hold_lift(s.store, id, ME, DUE)));
	assert_ok(right_held(s.store, &st, DUE, &since));
	assert_int_equal(since, 0);
	assert_int_equal(run(DUE).erased, 1);
	assert_int_equal(get(0).status, REG_DELETED);
	/* Planned under a hold it says so at once. */
	h.registration = s.person[1];
	assert_ok(DO(hold_add(s.store, &h, ME, LATER, &id)));
	plan(1);
	assert_ok(right_look(s.store, s.person[1], &st));
	assert_int_equal(st.held_at, LATER);
	/* Long due and held, it can be undone. */
	assert_ok(DO(right_erase_undo(s.store, s.person[1], ME, DUE + 9)));
}

static bw_err
take_letter(void *arg, const struct mail_row *m)
{
	struct mail *out = arg;

	if (out->kind == 0)
		*out = m->mail;
	return BW_OK;
}

/* The newest, to the first person. */
static struct mail
letter(void)
{
	const struct mail_query q = { .registration = s.person[0],
		.state = -1, .most = 9 };
	struct mail m = { .num = 0 };

	assert_ok(mail_each(s.store, &q, take_letter, &m));
	return m;
}

static uint64_t
hold_now(int64_t at)
{
	const struct hold h = { .scope = HOLD_EVENT, .reason = "a complaint",
		.reviewer = "anna", .review_at = at + 99 };
	uint64_t id;

	assert_ok(DO(hold_add(s.store, &h, ME, at, &id)));
	return id;
}

/* Who asked hears that it waits, well before it is due, and when it does no
 * more for when it is: with the whole time to undo it. The case is open. */
static void
test_told_of_a_hold(void **state)
{
	const struct case_new in = { .type = CASE_ERASURE, .proof = PROOF_DESK,
		.registration = s.person[0] };
	static struct case_file f;
	uint64_t num, id;
	int64_t due;

	(void)state;
	assert_ok(DO(case_open(s.store, &in, ME, LATER, &num)));
	assert_ok(DO(case_erase(s.store, s.person[0], num, HOURS, ME, LATER,
	    &due)));
	assert_int_equal(letter().letter, LETTER_ERASE_PLANNED);
	id = hold_now(LATER);
	assert_int_equal(run(LATER + 1).held, 0);
	assert_int_equal(letter().letter, LETTER_ERASE_HELD);
	assert_int_equal(letter().num, num);
	assert_ok(DO(hold_lift(s.store, id, ME, DUE + 5)));
	assert_int_equal(run(DUE + 5).erased, 0);
	assert_int_equal(letter().letter, LETTER_ERASE_PLANNED);
	assert_int_equal(letter().day, DUE + 5 + HOURS * 3600);
	assert_ok(case_get(s.store, num, &f));
	assert_int_equal(f.state, CASE_OPEN);
	assert_int_equal(run(letter().day - 1).erased, 0);
	assert_int_equal(run(letter().day).erased, 1);
	assert_ok(case_get(s.store, num, &f));
	assert_int_equal(f.state, CASE_DONE);
}

/* Asked for while held: that it waits is the first that one hears. */
static void
test_asked_while_held(void **state)
{
	const struct case_new in = { .type = CASE_ERASURE, .proof = PROOF_DESK,
		.registration = s.person[0] };
	uint64_t num, id = hold_now(LATER);
	int64_t due;

	(void)state;
	assert_ok(DO(case_open(s.store, &in, ME, LATER, &num)));
	assert_ok(DO(case_erase(s.store, s.person[0], num, HOURS, ME, LATER,
	    &due)));
	assert_int_equal(letter().letter, LETTER_ERASE_HELD);
	/* A second hold stops it still. */
	hold_now(LATER);
	assert_ok(DO(hold_lift(s.store, id, ME, LATER + 5)));
	assert_int_equal(run(LATER + 6).erased, 0);
	assert_int_equal(letter().letter, LETTER_ERASE_HELD);
}

#define HELD_BY .reason = "a suit", .reviewer = "anna", .review_at = DUE + 9

/* A sponsor's keeps whom it has a share of, the event's everybody. */
static void
test_held_by_all_it_is_about(void **state)
{
	struct hold h[] = {
		{ .scope = HOLD_SPONSOR, .sponsor = "acme", HELD_BY },
		{ .scope = HOLD_SPONSOR, .sponsor = "example-corp", HELD_BY },
		{ .scope = HOLD_EVENT, HELD_BY },
	};
	const unsigned held[] = { 0, 1, 1 };
	uint64_t id;

	(void)state;
	for (size_t i = 0; i < SUMMIT_PEOPLE; i++)
		share(i);
	send();
	for (size_t i = 0; i < SUMMIT_PEOPLE; i++) {
		plan(i);
		assert_ok(DO(hold_add(s.store, &h[i], ME, LATER, &id)));
		assert_int_equal(run(DUE).held, held[i]);
		assert_int_equal(get(i).status, held[i] ? REG_WITHHELD :
		    REG_DELETED);
		assert_ok(DO(hold_lift(s.store, id, ME, DUE)));
		assert_int_equal(run(DUE).erased, held[i]);
		assert_int_equal(get(i).status, REG_DELETED);
	}
}

/* One that is placed while erasures go on, whose time was taken before; or by a
 * clock that was ahead and is set right. */
static void
test_held_meanwhile(void **state)
{
	struct hold h = { .scope = HOLD_PERSON, .registration = s.person[0],
		.reason = "a complaint", .reviewer = "anna",
		.review_at = DUE + 99 };
	uint64_t id;

	(void)state;
	plan(0);
	assert_ok(DO(hold_add(s.store, &h, ME, DUE + 5, &id)));
	assert_int_equal(run(DUE).held, 1);
	assert_int_equal(lines(), 0);
	assert_int_equal(get(0).status, REG_WITHHELD);
	assert_ok(DO(hold_lift(s.store, id, ME, DUE + 9)));
	assert_int_equal(run(DUE).erased, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_final_before_the_hold),
		TEST(test_held),
		TEST(test_held_by_all_it_is_about),
		TEST(test_told_of_a_hold),
		TEST(test_asked_while_held),
		TEST(test_held_meanwhile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
