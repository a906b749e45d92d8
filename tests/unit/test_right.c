// SPDX-License-Identifier: Apache-2.0
/* What a person asks for, in the store and in what sponsors are given. */
#include "tests/support/rights.h"

#include <stdio.h>

#include "host/case.h"
#include "host/store_deleted.h"
#include "host/store_right.h"

static bw_err
keep_item(void *arg, const struct store_ack *a)
{
	*(struct store_ack *)arg = *a;
	return BW_OK;
}

static void
test_restrict_and_object(void **state)
{
	static struct leadlist_lead l;
	uint64_t seq = share(&b, 0, FIELDS), blocked, more;

	(void)state;
	send(&b);
	assert_true(shown(&b, seq));
	assert_ok(store_blocked_count(s.store, &blocked));
	assert_err(DO(right_lift(s.store, s.person[0], ME, 1)),
	    BW_ERR_EXISTS);
	assert_ok(DO(right_restrict(s.store, s.person[0], ME, LATER)));
	assert_err(DO(right_restrict(s.store, s.person[0], ME, LATER)),
	    BW_ERR_EXISTS);
	assert_false(shown(&b, seq));
	assert_ok(store_blocked_count(s.store, &more));
	assert_true(more > blocked);
	assert_int_equal(items("example-corp").n, 1);
	assert_int_equal(items("example-corp").kind, ACK_WITHHELD);
	assert_int_equal(items("example-corp").seq, seq);
	assert_int_equal(items("acme").n, 0);
	assert_ok(DO(right_object(s.store, s.person[0], ME, LATER + 1)));
	assert_int_equal(look(0).restricted, LATER);
	assert_int_equal(look(0).objected, LATER + 1);
	/* One reason goes, the other stays. */
	assert_ok(DO(right_lift(s.store, s.person[0], ME, LATER + 2)));
	assert_int_equal(status_of(0), REG_WITHHELD);
	assert_false(shown(&b, seq));
	assert_int_equal(items("example-corp").n, 1);
	assert_err(DO(right_lift(s.store, s.person[0], ME, LATER + 2)),
	    BW_ERR_EXISTS);
	assert_ok(DO(right_agree(s.store, s.person[0], true, ME,
	    LATER + 3)));
	assert_int_equal(status_of(0), REG_ATTENDING);
	assert_true(sees(&b, seq, &l));
	assert_int_equal(l.corrected_at, QUARTER_END);
	assert_int_equal(items("example-corp").n, 0);
}

/* Each time anew, whether the last one was acknowledged or not; nobody is told
 * of what staff withhold by themselves. */
static void
test_sponsors_are_told(void **state)
{
	struct store_ack first = { 0 }, open = { 0 };
	uint64_t seq = share(&b, 0, FIELDS);

	(void)state;
	share(&b, 1, FIELDS);
	send(&b);
	assert_ok(DO(right_withhold(s.store, s.person[0], RIGHT_STAFF, "", ME,
	    LATER)));
	assert_int_equal(items("example-corp").n, 0);
	assert_ok(DO(right_object(s.store, s.person[0], ME, LATER)));
	assert_int_equal(items("example-corp").n, 1);
	assert_int_equal(items("example-corp").seq, seq);
	assert_ok(store_ack_each(s.store, "example-corp", true, NULL, 1,
	    keep_item, &first));
	assert_ok(DO(right_agree(s.store, s.person[0], true, ME, LATER)));
	assert_int_equal(items("example-corp").n, 1);
	assert_ok(DO(right_release(s.store, s.person[0], ME, LATER)));
	assert_int_equal(items("example-corp").n, 0);
	assert_ok(DO(right_object(s.store, s.person[0], ME, LATER + 1)));
	assert_ok(store_ack_each(s.store, "example-corp", true, NULL, 1,
	    keep_item, &open));
	/* The first one's number names nothing any more. */
	assert_err(DO(store_ack_done(s.store, "example-corp", first.place.id,
	    1, ME, LATER + 1)), BW_ERR_NOTFOUND);
	assert_ok(DO(store_ack_done(s.store, "example-corp", open.place.id, 1,
	    ME, LATER + 1)));
	assert_int_equal(items("example-corp").n, 0);
	assert_ok(DO(right_agree(s.store, s.person[0], true, ME, LATER + 2)));
	assert_ok(DO(right_restrict(s.store, s.person[0], ME, LATER + 3)));
	assert_int_equal(items("example-corp").n, 1);
}

/* Staff take back what they said, and nothing that the person did. */
static void
test_release(void **state)
{
	int64_t due;

	(void)state;
	assert_err(DO(right_release(s.store, s.person[0], ME, 1)),
	    BW_ERR_EXISTS);
	assert_ok(DO(right_withhold(s.store, s.person[0], RIGHT_STAFF, "", ME,
	    LATER)));
	assert_err(DO(right_lift(s.store, s.person[0], ME, LATER)),
	    BW_ERR_EXISTS);
	assert_int_equal(look(0).staff, LATER);
	assert_int_equal(status_of(0), REG_WITHHELD);
	assert_ok(DO(right_object(s.store, s.person[0], ME, LATER)));
	assert_err(DO(right_release(s.store, s.person[0], ME, LATER)),
	    BW_ERR_DENIED);
	assert_ok(DO(right_agree(s.store, s.person[0], true, ME, LATER)));
	assert_int_equal(status_of(0), REG_WITHHELD);
	assert_ok(DO(right_release(s.store, s.person[0], ME, LATER)));
	assert_int_equal(status_of(0), REG_ATTENDING);
	assert_ok(DO(right_restrict(s.store, s.person[0], ME, LATER)));
	assert_err(DO(right_release(s.store, s.person[0], ME, LATER)),
	    BW_ERR_DENIED);
	assert_ok(DO(right_lift(s.store, s.person[0], ME, LATER)));
	assert_ok(DO(right_erase_plan(s.store, s.person[0], 0, NULL, 72, ME,
	    LATER, &due)));
	assert_err(DO(right_release(s.store, s.person[0], ME, LATER)),
	    BW_ERR_DENIED);
}

/* For a case none is planned before it is known that it is this person's. */
static void
test_erasure_asks_who(void **state)
{
	struct case_new in = { .type = CASE_ERASURE,
		.registration = s.person[0] };
	uint64_t num, theirs;
	int64_t due;

	(void)state;
	assert_ok(DO(case_open(s.store, &in, ME, LATER, &num)));
	in.registration = s.person[1];
	in.proof = PROOF_DESK;
	assert_ok(DO(case_open(s.store, &in, ME, LATER, &theirs)));
	assert_err(DO(right_erase_plan(s.store, s.person[0], num, NULL, 72, ME,
	    LATER, &due)), BW_ERR_DENIED);
	assert_err(DO(right_erase_plan(s.store, s.person[0], theirs, NULL, 72,
	    ME, LATER, &due)), BW_ERR_DENIED);
	assert_err(DO(right_erase_plan(s.store, s.person[0], 99, NULL, 72, ME,
	    LATER, &due)), BW_ERR_DENIED);
	assert_int_equal(status_of(0), REG_ATTENDING);
	assert_ok(DO(case_match(s.store, num, s.person[0], PROOF_MAIL, ME,
	    LATER)));
	assert_ok(DO(right_erase_plan(s.store, s.person[0], num, NULL, 72, ME,
	    LATER, &due)));
	assert_int_equal(status_of(0), REG_WITHHELD);
}

/* Whoever had a lead hears at once that it is not to be used, though it is to be
 * erased only when that can no longer be undone; and not once more. */
static void
test_planned_erasure_is_told(void **state)
{
	uint64_t seq = share(&b, 0, FIELDS);
	struct right_done done;
	int64_t due;

	(void)state;
	send(&b);
	assert_ok(DO(right_erase_plan(s.store, s.person[0], 0, NULL, 72, ME,
	    LATER, &due)));
	assert_false(shown(&b, seq));
	assert_int_equal(items("example-corp").n, 1);
	assert_int_equal(items("example-corp").kind, ACK_WITHHELD);
	assert_ok(DO(right_object(s.store, s.person[0], ME, LATER)));
	assert_int_equal(items("example-corp").n, 1);
	assert_ok(DO(right_agree(s.store, s.person[0], true, ME, LATER)));
	assert_ok(DO(right_erase_undo(s.store, s.person[0], ME, LATER)));
	assert_true(shown(&b, seq));
	assert_int_equal(items("example-corp").n, 0);
	assert_ok(DO(right_erase_plan(s.store, s.person[0], 0, NULL, 72, ME,
	    LATER, &due)));
	assert_ok(right_erase_due(s.dir, s.store, due, due, &done));
	assert_int_equal(items("example-corp").n, 1);
	assert_int_equal(items("example-corp").kind, ACK_ERASED);
}

/* Unless the person says so, what was before the objection stays away. */
static void
test_agree_without_leads(void **state)
{
	uint64_t seq = share(&b, 0, FIELDS);

	(void)state;
	send(&b);
	assert_ok(DO(right_object(s.store, s.person[0], ME, LATER)));
	assert_ok(DO(right_agree(s.store, s.person[0], false, ME, LATER)));
	assert_int_equal(status_of(0), REG_ATTENDING);
	assert_int_equal(state_of(&b, seq), LEAD_WITHDRAWN);
	assert_false(shown(&b, seq));
	assert_int_equal(items("example-corp").n, 1);
	assert_int_equal(items("example-corp").kind, ACK_WITHDRAWN);
}

/* What was made before, and comes while the person is withheld for a right, is
 * away and comes back as what was there; what was made since is held. */
static void
test_comes_meanwhile(void **state)
{
	uint64_t early, late, last, then;
	int64_t due;

	(void)state;
	early = share(&b, 0, FIELDS);
	then = ++b.now;
	late = share(&b, 0, FIELDS);
	assert_ok(DO(right_restrict(s.store, s.person[0], ME,
	    (int64_t)then)));
	send(&b);
	assert_int_equal(state_of(&b, early), LEAD_LIVE);
	assert_int_equal(state_of(&b, late), LEAD_HELD);
	assert_false(shown(&b, early));
	assert_ok(DO(right_lift(s.store, s.person[0], ME, LATER)));
	assert_true(shown(&b, early));
	assert_false(shown(&b, late));
	/* The same while an erasure can be undone. */
	then = ++b.now;
	last = share(&b, 0, FIELDS);
	assert_ok(DO(right_erase_plan(s.store, s.person[0], 0, NULL, 72, ME,
	    (int64_t)then + 1, &due)));
	send(&b);
	assert_false(shown(&b, last));
	assert_ok(DO(right_erase_undo(s.store, s.person[0], ME,
	    (int64_t)then + 2)));
	assert_true(shown(&b, last));
}

/* What came while its holder was withheld, and ends before that does, is
 * nothing that its sponsor has to say that it saw. */
static void
test_never_released(void **state)
{
	uint64_t never = share(&b, 0, FIELDS), seen = share(&b, 0, FIELDS);
	int64_t then = (int64_t)b.now + 1;
	bool moved;

	(void)state;
	assert_ok(DO(right_restrict(s.store, s.person[0], ME, then)));
	b.now += 2;
	send(&b);
	assert_int_equal(state_of(&b, never), LEAD_LIVE);
	/* Another reason comes, and the first one goes. */
	assert_ok(DO(right_object(s.store, s.person[0], ME, LATER)));
	assert_ok(DO(right_lift(s.store, s.person[0], ME, LATER)));
	assert_ok(DO(right_correct(s.store, s.person[0], FIELD_EMAIL,
	    "right@new.example", ME, LATER)));
	assert_ok(DO(right_withdraw(s.store, b.device.num, never, ME, LATER,
	    &moved)));
	assert_true(moved);
	assert_int_equal(items("example-corp").n, 0);
	/* The other one is given back, and then ends as it did. */
	assert_ok(DO(right_agree(s.store, s.person[0], true, ME, LATER)));
	assert_true(shown(&b, seen));
	assert_ok(DO(right_restrict(s.store, s.person[0], ME, LATER + 1)));
	assert_ok(DO(right_withdraw(s.store, b.device.num, seen, ME,
	    LATER + 2, &moved)));
	assert_int_equal(items("example-corp").n, 1);
	assert_int_equal(items("example-corp").kind, ACK_WITHDRAWN);
	assert_int_equal(items("example-corp").seq, seen);
}

/* By the order in which things came, whatever the clock said then. */
static void
test_told_after_a_jump(void **state)
{
	uint64_t seq = share(&b, 0, FIELDS);
	bool moved;

	(void)state;
	b.now += 20 * 86400;
	send(&b);
	b.now -= 20 * 86400;
	assert_true(shown(&b, seq));
	assert_ok(DO(right_restrict(s.store, s.person[0], ME, LATER)));
	assert_ok(DO(right_withdraw(s.store, b.device.num, seq, ME, LATER,
	    &moved)));
	assert_int_equal(items("example-corp").n, 1);
	assert_int_equal(items("example-corp").kind, ACK_WITHDRAWN);
	assert_int_equal(items("example-corp").seq, seq);
}

/* An import of this value, and age. */
static void
put(size_t person, enum field f, const char *value, int age)
{
	struct registration reg;
	enum store_change change;
	uint64_t id;

	assert_ok(store_registration_get(s.store, s.person[person], &reg));
	if (f != 0)
		snprintf(reg.values.v[f], sizeof(reg.values.v[f]), "%s",
		    value);
	reg.age = age;
	if (age != REG_AGE_NONE)
		reg.status = REG_MINOR;
	assert_ok(DO(store_registration_put(s.store, &reg, LATER, &change,
	    &id)));
}

/* What it was before is what it is again. */
static void
test_lift_gives_back_what_was(void **state)
{
	(void)state;
	assert_ok(DO(store_registration_status(s.store, s.person[1],
	    REG_CANCELLED, 1)));
	assert_ok(DO(right_restrict(s.store, s.person[1], ME, LATER)));
	assert_ok(DO(right_lift(s.store, s.person[1], ME, LATER)));
	assert_int_equal(status_of(1), REG_CANCELLED);
	/* An import has found meanwhile that it is a minor's. */
	assert_ok(DO(right_object(s.store, s.person[2], ME, LATER)));
	put(2, (enum field)0, NULL, 16);
	assert_ok(DO(right_agree(s.store, s.person[2], true, ME, LATER)));
	assert_int_equal(status_of(2), REG_MINOR);
	/* Withheld by an older way, without a reason. */
	assert_ok(DO(store_registration_status(s.store, s.person[0],
	    REG_WITHHELD, 1)));
	assert_ok(DO(right_lift(s.store, s.person[0], ME, LATER)));
	assert_int_equal(status_of(0), REG_ATTENDING);
}

/* Whoever attends again, by an import or as no minor, has its leads back: as
 * those that a right gives back, they are new to who asks. */
static void
test_attends_again(void **state)
{
	static struct leadlist_lead l;
	uint64_t seq = share(&b, 0, FIELDS), id;
	enum store_change change;
	struct registration reg;

	(void)state;
	send(&b);
	assert_ok(DO(store_registration_status(s.store, s.person[0],
	    REG_CANCELLED, LATER)));
	assert_false(shown(&b, seq));
	assert_ok(store_registration_get(s.store, s.person[0], &reg));
	reg.status = REG_ATTENDING;
	assert_ok(DO(store_registration_put(s.store, &reg, LATER + 1, &change,
	    &id)));
	assert_true(sees(&b, seq, &l));
	assert_int_equal(l.corrected_at, QUARTER_END);
	assert_ok(DO(store_registration_status(s.store, s.person[0],
	    REG_MINOR, LATER + 2)));
	assert_false(shown(&b, seq));
	assert_ok(DO(store_registration_status(s.store, s.person[0],
	    REG_ATTENDING, LATER + 3)));
	assert_true(sees(&b, seq, &l));
	assert_int_equal(l.corrected_at, QUARTER_END);
}

static void
test_correct(void **state)
{
	static struct leadlist_lead l;
	struct registration had, now;
	uint64_t name = share(&b, 0, FIELDS), late;
	uint64_t bare = share(&other, 0, FIELD_BIT(FIELD_NAME));
	field_set stale;

	(void)state;
	send(&b);
	send(&other);
	assert_ok(store_registration_get(s.store, s.person[0], &had));
	late = share(&b, 0, FIELDS);
	assert_err(DO(right_correct(s.store, s.person[0], FIELD_EMAIL,
	    had.values.v[FIELD_EMAIL], ME, LATER)), BW_ERR_EXISTS);
	assert_err(DO(right_correct(s.store, s.person[0], FIELD_EMAIL,
	    "no address", ME, LATER)), BW_ERR_ARG);
	/* Nobody is without a name or an address; a company is no must. */
	assert_err(DO(right_correct(s.store, s.person[0], FIELD_NAME, "", ME,
	    LATER)), BW_ERR_ARG);
	assert_err(DO(right_correct(s.store, s.person[0], FIELD_EMAIL, "", ME,
	    LATER)), BW_ERR_ARG);
	assert_err(DO(right_correct(s.store, s.person[0], (enum field)7, "x",
	    ME, LATER)), BW_ERR_ARG);
	assert_ok(DO(right_correct(s.store, s.person[0], FIELD_EMAIL,
	    "right@new.example", ME, LATER)));
	send(&b);
	assert_true(sees(&b, name, &l));
	assert_string_equal(l.values.v[FIELD_EMAIL], "right@new.example");
	assert_int_equal(l.corrected_at, QUARTER_END);
	/* The old edition's later share too. */
	assert_true(sees(&b, late, &l));
	assert_string_equal(l.values.v[FIELD_EMAIL], "right@new.example");
	/* Who had not that field is not told, and has nothing new. */
	assert_int_equal(items("example-corp").n, 1);
	assert_int_equal(items("example-corp").kind, ACK_CORRECTED);
	assert_int_equal(items("acme").n, 0);
	assert_true(sees(&other, bare, &l));
	assert_int_equal(l.corrected_at, 0);
	assert_ok(right_badge_stale(s.store, s.person[0], &stale));
	assert_int_equal(stale, FIELD_BIT(FIELD_EMAIL));
	/* The source says what it said: it is not believed again. */
	put(0, FIELD_EMAIL, had.values.v[FIELD_EMAIL], REG_AGE_NONE);
	assert_ok(store_registration_get(s.store, s.person[0], &now));
	assert_string_equal(now.values.v[FIELD_EMAIL], "right@new.example");
	/* It says something new. */
	put(0, FIELD_EMAIL, "newer@new.example", REG_AGE_NONE);
	put(0, FIELD_EMAIL, had.values.v[FIELD_EMAIL], REG_AGE_NONE);
	assert_ok(store_registration_get(s.store, s.person[0], &now));
	assert_string_equal(now.values.v[FIELD_EMAIL],
	    had.values.v[FIELD_EMAIL]);
	assert_true(sees(&b, name, &l));
	assert_string_equal(l.values.v[FIELD_EMAIL], "right@new.example");
}

/* What the source said is not to be had from the store alone, by trying values. */
static void
test_source_needs_the_key(void **state)
{
	static const uint8_t wrong[CRYPTO_KEY] = { 1 };
	struct corrected_source kept;
	struct registration had;
	bool yes;

	(void)state;
	assert_ok(store_registration_get(s.store, s.person[0], &had));
	assert_ok(DO(right_correct(s.store, s.person[0], FIELD_EMAIL,
	    "right@new.example", ME, LATER)));
	assert_ok(db_corrected_source(s.store, s.person[0], FIELD_EMAIL,
	    &kept));
	assert_ok(db_corrected_source_is(s.store, &kept,
	    had.values.v[FIELD_EMAIL], &yes));
	assert_true(yes);
	assert_ok(db_corrected_source_is(s.store, &kept, "right@new.example",
	    &yes));
	assert_false(yes);
	store_deleted_key(s.store, wrong);
	assert_ok(db_corrected_source_is(s.store, &kept,
	    had.values.v[FIELD_EMAIL], &yes));
	assert_false(yes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_restrict_and_object),
		TEST(test_sponsors_are_told),
		TEST(test_release),
		TEST(test_erasure_asks_who),
		TEST(test_planned_erasure_is_told),
		TEST(test_agree_without_leads),
		TEST(test_comes_meanwhile),
		TEST(test_never_released),
		TEST(test_told_after_a_jump),
		TEST(test_lift_gives_back_what_was),
		TEST(test_attends_again),
		TEST(test_correct),
		TEST(test_source_needs_the_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
