// SPDX-License-Identifier: Apache-2.0
/* Tickets that were handed on: whose shares, rights and badges are whose. */
#include "tests/support/handing.h"

#include "host/case.h"
#include "host/store_handed.h"
#include "host/store_receipt.h"

static enum lead_state
state_of(uint64_t seq)
{
	struct store_lead lead;

	assert_ok(store_lead_get(s.store, b.device.num, seq, &lead));
	return lead.state;
}

static bool
blocked(size_t person)
{
	uint8_t (*ids)[BADGE_ID];
	bool found = false;
	size_t n;

	assert_ok(store_blocked_list(s.store, &ids, &n));
	for (size_t i = 0; i < n; i++)
		found = found || memcmp(ids[i], s.badge[person],
		    BADGE_ID) == 0;
	free(ids);
	return found;
}

static bool
barred(uint64_t seq)
{
	struct store_receipt out;
	struct store_lead lead;

	assert_ok(store_lead_get(s.store, b.device.num, seq, &lead));
	assert_ok(store_receipt_get(s.store, lead.rh, LATER,
	    STORE_WAIT_MS, &out));
	return out.barred;
}

/* Who had it keeps all but the badge; who has it begins with nothing. */
static void
test_handed_on(void **state)
{
	struct registration was = get(s.person[0]), now;
	struct registration in = row(&was, "Bo Berg", "bo@berg.example");
	struct store_edition e;
	uint64_t seq = share(0), count, more, late, after;

	(void)state;
	send();
	late = share(0);
	assert_ok(store_blocked_count(s.store, &count));
	assert_int_equal(put(&in, LATER), STORE_HANDED);
	assert_int_not_equal(given, was.id);
	now = get(given);
	assert_string_equal(now.key, was.key);
	assert_int_equal(now.status, REG_ATTENDING);
	assert_string_equal(now.values.v[FIELD_EMAIL], "bo@berg.example");
	assert_err(store_edition_current(s.store, given, &e), BW_ERR_NOTFOUND);
	now = get(was.id);
	assert_int_equal(now.status, REG_HANDED);
	assert_string_not_equal(now.key, was.key);
	assert_string_equal(now.values.v[FIELD_NAME],
	    was.values.v[FIELD_NAME]);
	assert_string_equal(now.values.v[FIELD_EMAIL],
	    was.values.v[FIELD_EMAIL]);
	assert_true(blocked(0));
	assert_ok(store_blocked_count(s.store, &more));
	assert_true(more > count);
	assert_int_equal(released(), 1);
	assert_false(barred(seq));
	/* Doing it again changes nothing. */
	assert_int_equal(put(&in, LATER + 9), STORE_UNCHANGED);
	/* Shares from before, that a device still had; and from after it. */
	b.now = LATER + 60;
	after = share(0);
	send();
	assert_int_equal(state_of(late), LEAD_LIVE);
	assert_int_equal(state_of(after), LEAD_HELD);
	assert_int_equal(released(), 2);
}

/* A spelling or another address is the same person's. */
static void
test_one_of_both(void **state)
{
	struct registration was = get(s.person[0]), in;

	(void)state;
	in = row(&was, "Other Name", was.values.v[FIELD_EMAIL]);
	assert_int_equal(put(&in, LATER), STORE_CHANGED);
	assert_int_equal(given, was.id);
	in = row(&was, "other NAME", "new@mail.example");
	assert_int_equal(put(&in, LATER), STORE_CHANGED);
	in = row(&was, "Third Name", "NEW@mail.example");
	assert_int_equal(put(&in, LATER), STORE_CHANGED);
	assert_int_equal(given, was.id);
	/* The same domain, as it may be written too. */
	in = row(&was, "Third Name", "new@m\u00fcnchen.example");
	assert_int_equal(put(&in, LATER), STORE_CHANGED);
	in = row(&was, "Fourth Name", "new@xn--mnchen-3ya.example");
	assert_int_equal(put(&in, LATER), STORE_CHANGED);
	assert_int_equal(given, was.id);
	assert_false(blocked(0));
}

/* Of who has nothing yet nothing is kept, not that a row was cancelled. */
static void
test_nothing_yet(void **state)
{
	struct registration reg = get(s.person[0]), in;
	uint64_t id;

	(void)state;
	snprintf(reg.key, sizeof(reg.key), "another ticket");
	reg.status = REG_CANCELLED;
	assert_int_equal(put(&reg, LATER), STORE_ADDED);
	in = row(&reg, "Bo Berg", "bo@berg.example");
	id = given;
	assert_int_equal(put(&in, LATER), STORE_CHANGED);
	/* Its number was another's. */
	assert_int_not_equal(given, id);
	assert_err(store_registration_get(s.store, id, &reg), BW_ERR_NOTFOUND);
	reg = get(given);
	id = given;
	assert_int_equal(reg.status, REG_ATTENDING);
	/* A right is something. */
	assert_ok(DO(right_restrict(s.store, id, ME, LATER)));
	in = row(&reg, "Cy Cole", "cy@cole.example");
	assert_int_equal(put(&in, LATER), STORE_HANDED);
	assert_int_equal(get(id).status, REG_WITHHELD);
	assert_int_equal(get(given).status, REG_ATTENDING);
}

/* Rights are the person's: they stay, and what they lift is no attendance. */
static void
test_rights_stay(void **state)
{
	struct registration was = get(s.person[0]);
	struct registration in = row(&was, "Bo Berg", "bo@berg.example");
	struct right_state st;
	uint64_t late;

	(void)state;
	share(0);
	send();
	late = share(0);
	assert_ok(DO(right_restrict(s.store, was.id, ME, LATER)));
	assert_int_equal(put(&in, LATER + 9), STORE_HANDED);
	assert_int_equal(get(was.id).status, REG_WITHHELD);
	assert_int_equal(get(given).status, REG_ATTENDING);
	assert_ok(right_look(s.store, given, &st));
	assert_false(right_of_person(&st));
	assert_int_equal(released(), 0);
	assert_ok(DO(right_lift(s.store, was.id, ME, LATER + 20)));
	assert_int_equal(get(was.id).status, REG_HANDED);
	assert_true(blocked(0));
	assert_int_equal(released(), 1);
	/* Restricted afterwards: away with those before, and back with them. */
	assert_ok(DO(right_restrict(s.store, was.id, ME, LATER + 30)));
	send();
	assert_int_equal(state_of(late), LEAD_LIVE);
	assert_int_equal(released(), 0);
	assert_ok(DO(right_lift(s.store, was.id, ME, LATER + 40)));
	assert_int_equal(get(was.id).status, REG_HANDED);
	assert_int_equal(released(), 2);
}

/* With an old file the one before is back, badge and all; and so is the other
 * with a new one: there are never more than these two. */
static void
test_comes_back(void **state)
{
	struct registration was = get(s.person[0]);
	struct registration in = row(&was, "Bo Berg", "bo@berg.example");
	uint64_t other;

	(void)state;
	assert_int_equal(put(&in, LATER), STORE_HANDED);
	other = given;
	assert_ok(DO(right_restrict(s.store, was.id, ME, LATER + 5)));
	assert_int_equal(put(&was, LATER + 10), STORE_HANDED);
	assert_int_equal(given, was.id);
	assert_int_equal(get(other).status, REG_HANDED);
	assert_string_equal(get(was.id).key, was.key);
	assert_int_equal(get(was.id).status, REG_WITHHELD);
	assert_ok(DO(right_lift(s.store, was.id, ME, LATER + 15)));
	assert_int_equal(get(was.id).status, REG_ATTENDING);
	assert_false(blocked(0));
	assert_int_equal(put(&was, LATER + 20), STORE_UNCHANGED);
	/* In other letters, and with another spelling of the name. */
	in = row(&was, "Bo B. Berg", "BO@berg.example");
	assert_int_equal(put(&in, LATER + 30), STORE_HANDED);
	assert_int_equal(given, other);
	assert_string_equal(get(other).values.v[FIELD_NAME], "Bo B. Berg");
	assert_int_equal(get(was.id).status, REG_HANDED);
	assert_true(blocked(0));
}

/* Its leads were held back and stay so; the next one is no minor by that. */
static void
test_minor_and_cancelled(void **state)
{
	struct registration was[2] = { get(s.person[0]), get(s.person[1]) };
	struct registration in;

	(void)state;
	share(0);
	share(1);
	send();
	assert_int_equal(released(), 2);
	assert_ok(DO(store_registration_status(s.store, was[0].id, REG_MINOR,
	    LATER)));
	assert_ok(DO(store_registration_status(s.store, was[1].id,
	    REG_CANCELLED, LATER)));
	in = row(&was[0], "Bo Berg", "bo@berg.example");
	assert_int_equal(put(&in, LATER), STORE_HANDED);
	assert_int_equal(get(given).status, REG_ATTENDING);
	assert_int_equal(get(was[0].id).status, REG_MINOR);
	in = row(&was[1], "Cy Cole", "cy@cole.example");
	assert_int_equal(put(&in, LATER), STORE_HANDED);
	assert_int_equal(get(was[1].id).status, REG_CANCELLED);
	assert_int_equal(released(), 0);
	/* Said to be no minor: the badge stays another's. */
	assert_ok(DO(store_registration_status(s.store, was[0].id,
	    REG_ATTENDING, LATER)));
	assert_int_equal(get(was[0].id).status, REG_HANDED);
	assert_true(blocked(0));
	assert_int_equal(released(), 1);
}

/* What was taken in for it is of it, though the share is another's. */
static void
test_named_in_a_case(void **state)
{
	struct registration was = get(s.person[0]);
	struct registration in = row(&was, "Bo Berg", "bo@berg.example");
	struct case_new asked = { .type = CASE_WITHDRAWAL,
		.device = b.device.num, .seq = share(0) };
	uint64_t num;
	bool has;

	(void)state;
	send();
	snprintf(in.key, sizeof(in.key), "new");
	assert_int_equal(put(&in, LATER), STORE_ADDED);
	assert_ok(handed_has_traces(s.store, given, &has));
	assert_false(has);
	asked.said = given;
	assert_ok(DO(case_open(s.store, &asked, ME, LATER, &num)));
	assert_ok(handed_has_traces(s.store, given, &has));
	assert_true(has);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handed_on),
		TEST(test_one_of_both),
		TEST(test_nothing_yet),
		TEST(test_rights_stay),
		TEST(test_comes_back),
		TEST(test_minor_and_cancelled),
		TEST(test_named_in_a_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
