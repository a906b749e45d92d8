// SPDX-License-Identifier: Apache-2.0
/* Whoever could see a share is told what becomes of it, also while it is held
 * as somebody's who disowns it, and after. */
#include "tests/support/rights.h"

#include "host/not_me.h"
#include "host/store_about.h"

enum act { WITHDRAW, CORRECT, RESTRICT, OBJECT, ERASE, NONE };
enum when { BEFORE, DURING, AFTER, RELEASED };	/* during, then released */

static const enum ack_kind kind_of[] = { ACK_WITHDRAWN, ACK_CORRECTED,
	ACK_WITHHELD, ACK_WITHHELD, ACK_ERASED };

static uint64_t own, seq;	/* whose device it was, and one beside it */

static void
erase(void)
{
	struct right_done done;
	int64_t due;

	assert_ok(DO(right_erase_plan(s.store, s.person[0], 0, NULL, 0, ME,
	    LATER, &due)));
	assert_ok(right_erase_due(s.dir, s.store, LATER, LATER, &done));
	assert_int_equal(done.erased, 1);
}

static void
do_it(enum act act)
{
	bool moved;

	switch (act) {
	case WITHDRAW:
		assert_ok(DO(right_withdraw(s.store, b.device.num, seq, ME,
		    LATER, &moved)));
		assert_true(moved);
		break;
	case CORRECT:
		assert_ok(DO(right_correct(s.store, s.person[0], FIELD_NAME,
		    "Somebody Else", ME, LATER)));
		break;
	case RESTRICT:
		assert_ok(DO(right_restrict(s.store, s.person[0], ME, LATER)));
		break;
	case OBJECT:
		assert_ok(DO(right_object(s.store, s.person[0], ME, LATER)));
		break;
	case ERASE:
		erase();
		break;
	case NONE:
		break;
	}
}

static uint64_t of_case;	/* that holds */

static void
hold(void)
{
	const struct case_new in = { .type = CASE_NOT_ME, .proof = PROOF_DESK,
		.registration = s.person[1], .device = b.device.num,
		.seq = own };
	uint64_t n;

	assert_ok(DO(not_me_case(s.store, &in, ME, LATER, &of_case, &n)));
}

/* One that was withdrawn meanwhile is held no longer. */
static void
release(void)
{
	bw_err r = DO(not_me_release(s.store, b.device.num, seq, of_case, ME,
	    LATER));

	assert_true(r == BW_OK || (r == BW_ERR_EXISTS &&
	    state_of(&b, seq) == LEAD_WITHDRAWN));
}

/* The open items about the share, of one kind or of all. */
static size_t told[ACK_KINDS], all;

static bw_err
count(void *arg, const struct store_ack *a)
{
	(void)arg;
	if (a->seq == seq) {
		told[a->kind]++;
		all++;
	}
	return BW_OK;
}

/* What the store has of it, too, is its quarter hour and no more. */
static bw_err
on_told(void *arg, const struct about_told *t)
{
	(void)arg;
	assert_int_equal(t->at % 900, 0);
	assert_in_range(t->at, LATER - LATER % 900, LATER);
	return BW_OK;
}

static void
look_up(void)
{
	assert_ok(about_told(s.store, b.device.num, seq, on_told, NULL));
	memset(told, 0, sizeof(told));
	all = 0;
	assert_ok(store_ack_each(s.store, "example-corp", true, NULL, 100, count,
	    NULL));
}

/* served: it came, and could be seen, before it was held. */
static void
begin(bool served)
{
	own = share(&b, 1, FIELDS);
	if (!served) {
		send(&b);
		hold();
	}
	seq = share(&b, 0, FIELDS);
	send(&b);
}

static void
one(enum act act, enum when when, bool served)
{
	begin(served);
	if (when == BEFORE)
		do_it(act);
	if (served)
		hold();
	if (when == DURING || when == RELEASED)
		do_it(act);
	if (when == AFTER || when == RELEASED)
		release();
	if (when == AFTER)
		do_it(act);
	look_up();
}

/* One that may come back goes as the share ends, and as it is back. */
static void
expect(enum act act, enum when when, bool served)
{
	bool seen = served || when == AFTER;
	bool held = served && act == CORRECT && when != AFTER &&
	    when != RELEASED;

	one(act, when, served);
	assert_int_equal(told[kind_of[act]], seen);
	assert_int_equal(all, (size_t)seen + held);
}

static void
test_table(void **state)
{
	for (enum act act = WITHDRAW; act < NONE; act++)
		for (enum when when = BEFORE; when <= RELEASED; when++)
			for (int served = 0; served <= 1; served++) {
				/* It is there before the share then. */
				if (when == BEFORE && served == 0)
					continue;
				expect(act, when, served == 1);
				tear_down(state);
				set_up(state);
			}
}

/* Not to be used until it was looked at; and back again. */
static void
test_held_and_back(void **state)
{
	static struct leadlist_lead l;

	(void)state;
	one(NONE, DURING, true);
	assert_int_equal(told[ACK_WITHHELD], 1);
	assert_int_equal(all, 1);
	release();
	look_up();
	assert_int_equal(all, 0);
	assert_true(sees(&b, seq, &l));
	assert_int_equal(l.corrected_at, QUARTER_END);
}

struct numbers {
	size_t n;
	uint64_t id[9];
};

static bw_err
on_number(void *arg, const struct store_ack *a)
{
	struct numbers *l = arg;

	l->id[l->n++] = a->place.id;
	return BW_OK;
}

static void
acknowledge(void)
{
	struct numbers open = { 0 };

	assert_ok(store_ack_each(s.store, "example-corp", true, NULL, 9,
	    on_number, &open));
	for (size_t i = 0; i < open.n; i++)
		assert_ok(DO(store_ack_done(s.store, "example-corp",
		    open.id[i], 1, ME, LATER)));
	look_up();
	assert_int_equal(all, 0);
}

/* What was acknowledged meanwhile is as true as what is open. */
static void
test_acknowledged(void **state)
{
	(void)state;
	one(NONE, DURING, true);
	acknowledge();
	do_it(RESTRICT);
	do_it(WITHDRAW);
	look_up();
	assert_int_equal(told[ACK_WITHDRAWN], 1);
	assert_int_equal(all, 1);
}

/* Whoever has acknowledged that it was withheld is told that it is back; whoever
 * has not needs not. It stands once, and not while it is withheld again. */
static void
test_told_that_it_is_back(void **state)
{
	(void)state;
	one(RESTRICT, BEFORE, true);
	release();
	acknowledge();
	assert_ok(DO(right_lift(s.store, s.person[0], ME, LATER)));
	look_up();
	assert_int_equal(told[ACK_RETURNED], 1);
	assert_int_equal(all, 1);
	do_it(OBJECT);
	look_up();
	assert_int_equal(told[ACK_WITHHELD], 1);
	assert_int_equal(all, 1);
	assert_ok(DO(right_agree(s.store, s.person[0], true, ME, LATER)));
	look_up();
	assert_int_equal(told[ACK_RETURNED], 1);
	assert_int_equal(all, 1);
	acknowledge();
	do_it(OBJECT);
	assert_ok(DO(right_agree(s.store, s.person[0], true, ME, LATER)));
	look_up();
	assert_int_equal(all, 0);
	/* What is withdrawn with it is not. */
	do_it(OBJECT);
	acknowledge();
	assert_ok(DO(right_agree(s.store, s.person[0], false, ME, LATER)));
	look_up();
	assert_int_equal(told[ACK_WITHDRAWN], 1);
	assert_int_equal(all, 1);
}

/* What the person's source says. */
static void
import(enum reg_status status)
{
	struct registration reg;
	enum store_change change;
	uint64_t id;

	assert_ok(store_registration_get(s.store, s.person[0], &reg));
	reg.status = status;
	assert_ok(DO(store_registration_put(s.store, &reg, LATER, &change,
	    &id)));
	assert_int_equal(id, s.person[0]);
}

/* The reason goes while the ticket is cancelled, or its holder a minor: it is
 * back when an import, or staff, say that this is over. */
static void
test_told_whatever_brings_it_back(void **state)
{
	(void)state;
	for (int staff = 0; staff <= 1; staff++) {
		one(RESTRICT, BEFORE, true);
		if (staff != 0)
			assert_ok(DO(store_registration_status(s.store,
			    s.person[0], REG_MINOR, LATER)));
		else
			import(REG_CANCELLED);
		assert_ok(DO(right_lift(s.store, s.person[0], ME, LATER)));
		acknowledge();
		release();
		look_up();
		assert_int_equal(all, 0);
		if (staff != 0)
			assert_ok(DO(store_registration_status(s.store,
			    s.person[0], REG_ATTENDING, LATER)));
		else
			import(REG_ATTENDING);
		look_up();
		assert_int_equal(told[ACK_RETURNED], 1);
		assert_int_equal(all, 1);
		tear_down(state);
		set_up(state);
	}
}

/* The same of one that was held for review. */
static void
test_told_that_it_is_released(void **state)
{
	(void)state;
	one(NONE, DURING, true);
	acknowledge();
	release();
	look_up();
	assert_int_equal(told[ACK_RETURNED], all);
	assert_true(all >= 1);
}

static bw_err
on_held(void *arg, const struct store_ack *a)
{
	if (a->seq == seq)
		*(bool *)arg = a->held;
	return BW_OK;
}

/* What its item says; and the count of those that are open. */
static bool
is_held(bool open)
{
	bool held = false;
	uint64_t n;

	assert_ok(store_ack_each(s.store, "example-corp", open, NULL, 100,
	    on_held, &held));
	assert_ok(store_ack_held(s.store, "example-corp", &n));
	if (open)
		assert_int_equal(n > 1, held);	/* own is one */
	return held;
}

/* Two reasons: what its holder asked for is what is said, and it is back when
 * the last of them has gone. */
static void
test_two_reasons(void **state)
{
	(void)state;
	one(RESTRICT, DURING, true);
	assert_int_equal(all, 1);
	assert_false(is_held(true));
	assert_ok(DO(right_lift(s.store, s.person[0], ME, LATER)));
	look_up();
	assert_int_equal(told[ACK_WITHHELD], 1);
	assert_true(is_held(true));
	release();
	look_up();
	assert_int_equal(all, 0);
}

/* After all that was told of who was erased. */
static void
erased_for_good(void)
{
	struct store_lead l;

	erase();
	look_up();
	assert_int_equal(told[ACK_ERASED], 1);
	assert_int_equal(all, 1);
	acknowledge();
	assert_ok(store_lead_get(s.store, b.device.num, seq, &l));
	assert_int_equal(l.edition, 0);
}

static void
told_of_no_return(void)
{
	look_up();
	assert_int_equal(told[ACK_RETURNED], 0);
	assert_int_equal(all, 0);
}

/* What was held as its holder was erased is released for nobody: by staff, by
 * an act that is done again over a backup. Nor is its withdrawal told. */
static void
test_erased_does_not_return(void **state)
{
	static const enum act before[] = { NONE, RESTRICT, OBJECT };
	struct store_lead l;
	bool moved;

	for (size_t i = 0; i < 3 * sizeof(before) / sizeof(before[0]); i++) {
		begin(true);
		do_it(before[i / 3]);
		hold();
		acknowledge();
		erased_for_good();
		assert_int_equal(state_of(&b, seq), LEAD_HELD);
		assert_ok(store_lead_get(s.store, b.device.num, seq, &l));
		if (i % 3 == 0)
			release();
		else if (i % 3 == 1)
			assert_ok(DO(not_me_free_again(s.store, &l, LATER,
			    &moved)));
		else
			assert_ok(DO(not_me_withdraw(s.store, b.device.num,
			    seq, ME, LATER)));
		assert_int_equal(state_of(&b, seq),
		    i % 3 == 2 ? LEAD_WITHDRAWN : LEAD_LIVE);
		told_of_no_return();
		tear_down(state);
		set_up(state);
	}
}

/* Nor is one held beside another's, with which it is counted for staff. */
static void
test_erased_is_not_held(void **state)
{
	uint64_t n;

	(void)state;
	begin(true);
	do_it(OBJECT);
	acknowledge();
	erased_for_good();
	hold();
	assert_int_equal(state_of(&b, own), LEAD_HELD);
	assert_int_equal(state_of(&b, seq), LEAD_LIVE);
	assert_ok(not_me_held(s.store, "example-corp", &n));
	assert_int_equal(n, 1);
	told_of_no_return();
}

/* Of a sponsor's are counted those that come back with the case. */
static void
test_withheld_are_not_counted(void **state)
{
	uint64_t n;

	(void)state;
	begin(true);
	do_it(RESTRICT);
	hold();
	assert_int_equal(state_of(&b, own), LEAD_HELD);
	assert_int_equal(state_of(&b, seq), LEAD_HELD);
	assert_ok(not_me_held(s.store, NULL, &n));
	assert_int_equal(n, 2);
	assert_ok(not_me_held(s.store, "example-corp", &n));
	assert_int_equal(n, 1);
}

/* What was acknowledged says what was read then, whatever has come since. */
static void
test_acknowledged_as_it_was(void **state)
{
	(void)state;
	begin(true);
	do_it(RESTRICT);
	acknowledge();
	hold();
	assert_ok(DO(right_lift(s.store, s.person[0], ME, LATER)));
	assert_false(is_held(false));
	tear_down(state);
	set_up(state);
	one(NONE, DURING, true);
	assert_true(is_held(true));
	acknowledge();
	release();
	assert_true(is_held(false));
}

/* What came while it was held is withdrawn, and nobody had it. */
static void
test_withdrawn_unseen(void **state)
{
	(void)state;
	begin(false);
	assert_ok(DO(not_me_withdraw(s.store, b.device.num, seq, ME, LATER)));
	look_up();
	assert_int_equal(all, 0);
	assert_ok(DO(not_me_withdraw(s.store, b.device.num, own, ME, LATER)));
	seq = own;
	look_up();
	assert_int_equal(told[ACK_WITHDRAWN], 1);
	assert_int_equal(all, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_table),
		TEST(test_held_and_back),
		TEST(test_acknowledged),
		TEST(test_told_that_it_is_back),
		TEST(test_told_whatever_brings_it_back),
		TEST(test_told_that_it_is_released),
		TEST(test_two_reasons),
		TEST(test_erased_does_not_return),
		TEST(test_erased_is_not_held),
		TEST(test_withheld_are_not_counted),
		TEST(test_acknowledged_as_it_was),
		TEST(test_withdrawn_unseen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
