// SPDX-License-Identifier: Apache-2.0
/* What was done for people's rights waits for its person, and is nobody else's who
 * gets the number or the ticket. */
#include "tests/support/redoing.h"

#include <pthread.h>
#include <stdio.h>

#include "host/store_handed.h"
#include "host/store_receipt.h"
#include "host/store_restored.h"

#define SWEEPS 20

/* Of another who got the number, nothing; with the key again, all. */
static void
test_waits_for_the_person(void **state)
{
	struct redo_act act = person(REDO_WITHHELD, 0);
	struct registration reg = get(1);

	(void)state;
	act.st.restricted = LATER;
	assert_ok(deleted_mac_key(s.host->deleted, "to come", act.key_mac));
	cut_off(&act, 1);
	assert_ok(store_redo_run(s.store, LATER));
	assert_int_equal(get(0).status, REG_ATTENDING);
	assert_int_equal(stands(), REDO_SAME);
	assert_ok(store_redo_forget(s.store, LATER));
	assert_int_equal(import(&reg, "another"), STORE_ADDED);
	assert_ok(store_registration_find(s.store, "another", &reg));
	assert_int_equal(reg.status, REG_ATTENDING);
	assert_int_equal(import(&reg, "to come"), STORE_ADDED);
	assert_ok(store_registration_find(s.store, "to come", &reg));
	assert_int_equal(reg.status, REG_WITHHELD);
}

/* The ticket of `had` is another's now: its new registration. */
static struct registration
hand_on(const struct registration *had, const char *name, const char *mail)
{
	struct registration reg = *had, out;

	snprintf(reg.values.v[FIELD_NAME], FIELD_VALUE_MAX, "%s", name);
	snprintf(reg.values.v[FIELD_EMAIL], FIELD_VALUE_MAX, "%s", mail);
	assert_int_equal(import(&reg, had->key), STORE_HANDED);
	assert_ok(store_registration_find(s.store, had->key, &out));
	assert_int_not_equal(out.id, had->id);
	return out;
}

/* Nothing was ever asked for it. */
static void
has_no_traces(uint64_t id)
{
	bool has;

	assert_ok(handed_has_traces(s.store, id, &has));
	assert_false(has);
}

/* What waited is done once: whoever gets the ticket next asked for nothing. And an
 * erasure is nobody's but whose it was, which a ticket does not say. */
static void
test_waits_for_one_person(void **state)
{
	struct redo_act act = person(REDO_WITHHELD, 0);
	struct right_state st;
	struct registration ann = get(1), bob;

	(void)state;
	act.st.registration = 4711;
	act.st.objected = act.st.erase_planned = LATER;
	act.st.erase_due = LATER + 3600;
	assert_ok(deleted_mac_key(s.host->deleted, "to come", act.key_mac));
	cut_off(&act, 1);
	assert_ok(store_redo_run(s.store, LATER));
	assert_int_equal(import(&ann, "to come"), STORE_ADDED);
	assert_ok(store_registration_find(s.store, "to come", &ann));
	assert_ok(right_look(s.store, ann.id, &st));
	assert_int_equal(st.objected, LATER);
	assert_int_not_equal(st.staff, 0);
	assert_int_equal(st.erase_due, 0);
	bob = hand_on(&ann, "Bo Berg", "bo@berg.example");
	assert_int_equal(bob.status, REG_ATTENDING);
	has_no_traces(bob.id);
}

/* Nobody has a right done who did not ask for it: of a ticket that is handed on
 * the key is the same. */
static void
test_nothing_of_who_had_the_ticket(void **state)
{
	struct registration first = get(0), next, last;
	uint64_t n;

	(void)state;
	assert_ok(DO(right_object(s.store, first.id, ME, LATER)));
	assert_ok(DO(right_withdraw_all(s.store, first.id, ME, LATER, &n)));
	plan(0);
	next = hand_on(&first, "Bo Berg", "bo@berg.example");
	has_no_traces(next.id);
	assert_ok(store_redo_forget(s.store, LATER));
	assert_ok(DO(right_object(s.store, next.id, ME, LATER)));
	last = hand_on(&next, "Cy Cole", "cy@cole.example");
	has_no_traces(last.id);
	/* Theirs stay, while they are there. */
	assert_int_equal(acts(), 4);
	assert_ok(store_redo_forget(s.store, LATER + (int64_t)
	    (STORE_PENDING_DAYS + 1) * 86400));
	assert_int_equal(acts(), 4);
}

/* Nor while acts wait for somebody else; nor of one who was erased. */
static void
test_nothing_while_others_wait(void **state)
{
	struct redo_act act = person(REDO_WITHHELD, 1);
	struct registration first = get(0), next;

	(void)state;
	act.st.restricted = LATER;
	assert_ok(deleted_mac_key(s.host->deleted, "to come", act.key_mac));
	cut_off(&act, 1);
	assert_ok(store_redo_run(s.store, LATER));
	assert_ok(DO(right_object(s.store, first.id, ME, LATER)));
	next = hand_on(&first, "Bo Berg", "bo@berg.example");
	has_no_traces(next.id);
	assert_ok(DO(right_object(s.store, next.id, ME, LATER)));
	plan(0);
	first = get(0);
	/* Without the sweep, which forgets its lines. */
	assert_ok(DO(store_erase(s.store, &first, LATER)));
	next = hand_on(&next, "Cy Cole", "cy@cole.example");
	has_no_traces(next.id);
	assert_int_equal(acts(), 4);
	assert_ok(store_redo_forget(s.store, LATER));
	/* Of who is to come, of the second, and the number. */
	assert_int_equal(acts(), 3);
}

/* The erasure of who has the ticket takes no line of who had it. */
static void
test_keeps_who_had_the_ticket(void **state)
{
	struct registration first = get(0), next;

	(void)state;
	assert_ok(DO(right_object(s.store, first.id, ME, LATER)));
	next = hand_on(&first, "Bo Berg", "bo@berg.example");
	assert_ok(DO(right_object(s.store, next.id, ME, LATER)));
	assert_ok(DO(store_erase(s.store, &next, LATER)));
	assert_ok(store_redo_forget(s.store, LATER));
	assert_int_equal(acts(), 2);	/* the first one's, and the number */
}

/* What was asked for goes with an erasure, and the file is written anew; so does
 * another at the same time, and neither fails. */
struct other {
	struct store *store;
	struct registration reg[SWEEPS];
	bw_err r;
};

static bw_err
erase_one(struct store *st, const struct registration *reg)
{
	bool erased = false;
	int64_t due;
	bw_err r;

	if ((r = store_begin(st)) != BW_OK ||
	    (r = right_object(st, reg->id, ME, LATER)) != BW_OK ||
	    (r = right_erase_plan(st, reg->id, 0, NULL, 0, ME, LATER,
	    &due)) != BW_OK || (r = store_commit(st)) != BW_OK) {
		store_rollback(st);
		return r;
	}
	r = right_erase_one(s.dir, st, reg->id, LATER, &erased);
	return r == BW_OK && !erased ? BW_ERR_NOTFOUND : r;
}

static void *
erase_beside(void *arg)
{
	struct other *o = arg;

	for (size_t i = 0; i < SWEEPS && o->r == BW_OK; i++)
		o->r = erase_one(o->store, &o->reg[i]);
	return NULL;
}

static void
bring(struct registration *reg, const char *whose, size_t i)
{
	char key[32];

	*reg = get(1);
	snprintf(key, sizeof(key), "%s/%zu", whose, i);
	snprintf(reg->values.v[FIELD_EMAIL], FIELD_VALUE_MAX,
	    "%zu@%s.example", i, whose);
	assert_int_equal(import(reg, key), STORE_ADDED);
	assert_ok(store_registration_find(s.store, key, reg));
}

static bw_err
of_nobody(void *arg, const struct redo_act *act)
{
	(void)arg;
	return act->kind == REDO_NONE ? BW_OK : BW_ERR_EXISTS;
}

static void
test_two_erase_at_once(void **state)
{
	static struct registration mine[SWEEPS];
	static struct other o;
	pthread_t thread;
	size_t line;

	(void)state;
	o = (struct other){ .r = BW_OK };
	for (size_t i = 0; i < SWEEPS; i++) {
		bring(&mine[i], "mine", i);
		bring(&o.reg[i], "theirs", i);
	}
	assert_ok(store_share(s.store, &o.store));
	assert_int_equal(pthread_create(&thread, NULL, erase_beside, &o), 0);
	for (size_t i = 0; i < SWEEPS; i++)
		assert_ok(erase_one(s.store, &mine[i]));
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_ok(o.r);
	store_close(&o.store);
	run(LATER);
	assert_ok(redo_each(s.dir, of_nobody, NULL, &line));
}

/* A sweep that began before an erasure is none for that one. */
static void
test_sweep_is_of_what_it_saw(void **state)
{
	struct registration reg[2] = { get(0), get(1) };
	uint64_t saw, now;

	(void)state;
	assert_ok(DO(store_erase(s.store, &reg[0], LATER)));
	assert_ok(store_sweep_get(s.store, &saw));
	assert_ok(DO(store_erase(s.store, &reg[1], LATER)));
	assert_ok(DO(store_sweep_done(s.store, saw)));
	assert_ok(store_sweep_get(s.store, &now));
	assert_int_not_equal(now, 0);
	assert_ok(DO(store_sweep_done(s.store, now)));
	/* One that began earlier and ends now. */
	assert_ok(DO(store_sweep_done(s.store, saw)));
	assert_ok(store_sweep_get(s.store, &now));
	assert_int_equal(now, 0);
}

/* The badge that the store has was lost since: its shares from then on are of
 * nobody known. */
static void
test_blocks_the_badge(void **state)
{
	struct redo_act act = person(REDO_BADGE, 0);
	struct store_edition had;

	(void)state;
	assert_ok(store_edition_current(s.store, s.person[0], &had));
	cut_off(&act, 1);
	assert_ok(store_redo_run(s.store, LATER + 60));
	assert_int_equal(acts(), 1);
	assert_ok(store_edition_get(s.store, had.ref, &had));
	assert_int_equal(had.retired_at, LATER);
	/* Who has none needs none blocked. */
	cut_off(&act, 1);
	assert_ok(store_redo_run(s.store, LATER + 60));
}

static int64_t
retired(uint64_t ref)
{
	struct store_edition e;

	assert_ok(store_edition_get(s.store, ref, &e));
	return e.retired_at;
}

/* A badge whose next edition came to nothing is worn and good; that edition is
 * not given out all the same. */
static void
test_written_to_no_tag(void **state)
{
	struct redo_act act = person(REDO_WRITTEN, 0);
	struct store_edition had;
	bool yes;

	(void)state;
	assert_ok(store_edition_current(s.store, s.person[0], &had));
	cut_off(&act, 1);
	assert_ok(store_redo_run(s.store, LATER + 60));
	assert_int_equal(stands(), REDO_SAME);
	assert_int_equal(retired(had.ref), 0);
	assert_ok(store_edition_goes_on(s.store, had.ref, &yes));
	assert_false(yes);
}

/* Over a copy it is on a tag, whether one act is behind or more. */
static void
test_written_since(void **state)
{
	struct redo_act act[2] = { person(REDO_WRITTEN, 0),
		person(REDO_WRITTEN, 1) };
	struct store_edition had[2];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_ok(store_edition_current(s.store, s.person[i],
		    &had[i]));
		cut_off(&act[i], 1);
	}
	assert_ok(store_redo_run(s.store, LATER + 60));
	assert_int_equal(retired(had[0].ref), LATER);
	assert_int_equal(retired(had[1].ref), LATER);
	assert_ok(store_edition_current(s.store, s.person[2], &had[0]));
	assert_ok(DO(db_restored(s.store, s.dir, LATER)));
	act[0] = person(REDO_WRITTEN, 2);
	cut_off(act, 1);
	assert_ok(store_redo_run(s.store, LATER + 60));
	assert_int_equal(retired(had[0].ref), LATER);
}

/* What is cut off behind a copy that is whole again is no copy. */
static void
test_written_after_a_copy(void **state)
{
	struct redo_act act = person(REDO_WRITTEN, 0);
	struct store_edition had;

	(void)state;
	assert_ok(store_edition_current(s.store, s.person[0], &had));
	assert_ok(DO(db_restored(s.store, s.dir, LATER)));
	assert_ok(store_redo_run(s.store, LATER));
	cut_off(&act, 1);
	assert_ok(store_redo_run(s.store, LATER + 60));
	assert_int_equal(retired(had.ref), 0);
}

static bw_err
kind_of(void *arg, const struct redo_act *act)
{
	*(enum redo_kind *)arg = act->kind;
	return BW_OK;
}

static enum redo_kind
last_kind(void)
{
	enum redo_kind k = REDO_NONE;
	size_t line;

	assert_ok(redo_each(s.dir, kind_of, &k, &line));
	return k;
}

/* And there is a line of each that is blocked, or written anew. */
static void
test_notes_the_badge(void **state)
{
	struct store_edition e;

	(void)state;
	assert_ok(store_edition_current(s.store, s.person[0], &e));
	e.edition++;
	assert_ok(DO(store_edition_add(s.store, &e)));
	assert_int_equal(acts(), 1);
	assert_int_equal(last_kind(), REDO_WRITTEN);
	assert_ok(DO(store_badge_retire(s.store, e.badge_id, LATER)));
	assert_int_equal(acts(), 2);
	assert_int_equal(last_kind(), REDO_BADGE);
	assert_ok(store_edition_current(s.store, s.person[1], &e));
	assert_ok(DO(store_badge_over(s.store, e.badge_id, LATER)));
	assert_int_equal(last_kind(), REDO_WRITTEN);
	assert_ok(DO(store_badge_retire_all(s.store, s.person[2], LATER)));
	assert_int_equal(last_kind(), REDO_BADGE);
	assert_int_equal(acts(), 4);
	assert_int_equal(stands(), REDO_SAME);
}

#undef TEST
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_waits_for_the_person),
		TEST(test_waits_for_one_person),
		TEST(test_nothing_of_who_had_the_ticket),
		TEST(test_nothing_while_others_wait),
		TEST(test_keeps_who_had_the_ticket),
		TEST(test_two_erase_at_once),
		TEST(test_sweep_is_of_what_it_saw),
		TEST(test_blocks_the_badge),
		TEST(test_written_to_no_tag),
		TEST(test_written_since),
		TEST(test_written_after_a_copy),
		TEST(test_notes_the_badge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
