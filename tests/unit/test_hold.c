// SPDX-License-Identifier: Apache-2.0
/* What a hold is on, and what is no hold. */
#include "host/hold.h"

#include <stdio.h>

#include "tests/support/rights.h"

static struct hold
on(enum hold_scope scope, uint64_t registration, const char *sponsor)
{
	struct hold h = { .scope = scope, .registration = registration,
		.reason = "lawsuit 7", .reviewer = "account:2",
		.review_at = LATER + 86400 };

	snprintf(h.sponsor, sizeof(h.sponsor), "%s", sponsor);
	return h;
}

static bool
held(uint64_t registration, const char *sponsor)
{
	bool yes;

	assert_ok(hold_any(s.store, registration, sponsor, &yes));
	return yes;
}

static void
test_holds(void **state)
{
	struct hold h = on(HOLD_SPONSOR, 0, "acme");
	uint64_t id;

	(void)state;
	share(&other, 0, FIELDS);
	send(&other);
	assert_false(held(s.person[0], NULL));
	assert_ok(DO(hold_add(s.store, &h, ME, LATER, &id)));
	assert_true(held(0, "acme"));
	assert_true(held(s.person[0], NULL));
	assert_false(held(s.person[1], NULL));
	assert_false(held(s.person[0], "example-corp"));
	assert_ok(DO(hold_lift(s.store, id, ME, LATER)));
	assert_err(DO(hold_lift(s.store, id, ME, LATER)), BW_ERR_EXISTS);
	assert_false(held(s.person[0], NULL));
	h = on(HOLD_PERSON, s.person[1], "");
	assert_ok(DO(hold_add(s.store, &h, ME, LATER, &id)));
	assert_true(held(s.person[1], "acme"));
	assert_false(held(s.person[0], "acme"));
	h = on(HOLD_EVENT, 0, "");
	assert_ok(DO(hold_add(s.store, &h, ME, LATER, &id)));
	assert_true(held(0, NULL));
}

static void
put(struct registration *reg, const char *name, const char *mail,
    enum store_change is, uint64_t *id)
{
	enum store_change change;

	snprintf(reg->values.v[FIELD_NAME], sizeof(reg->values.v[0]), "%s",
	    name);
	snprintf(reg->values.v[FIELD_EMAIL], sizeof(reg->values.v[0]), "%s",
	    mail);
	assert_ok(DO(store_registration_put(s.store, reg, LATER, &change,
	    id)));
	assert_int_equal(change, is);
}

/* While the event is held, an import that hands a ticket on takes nothing of who
 * had it, though nothing hangs on that registration. */
static void
test_handed_on_while_held(void **state)
{
	struct hold h = on(HOLD_EVENT, 0, "");
	struct registration in = { .key = "a ticket",
		.status = REG_ATTENDING }, had;
	uint64_t hold, ada, bo;

	(void)state;
	put(&in, "Ada Ash", "ada@ash.example", STORE_ADDED, &ada);
	assert_ok(DO(hold_add(s.store, &h, ME, LATER, &hold)));
	put(&in, "Bo Berg", "bo@berg.example", STORE_HANDED, &bo);
	assert_ok(store_registration_get(s.store, ada, &had));
	assert_string_equal(had.values.v[FIELD_EMAIL], "ada@ash.example");
	assert_int_equal(had.status, REG_HANDED);
	assert_ok(DO(hold_lift(s.store, hold, ME, LATER)));
	put(&in, "Cy Cole", "cy@cole.example", STORE_CHANGED, &ada);
	assert_err(store_registration_get(s.store, bo, &had),
	    BW_ERR_NOTFOUND);
}

static void
test_hold_refuses(void **state)
{
	struct hold h = on(HOLD_PERSON, 0, "");
	uint64_t id;

	(void)state;
	assert_err(DO(hold_add(s.store, &h, ME, LATER, &id)), BW_ERR_ARG);
	h = on(HOLD_EVENT, 0, "acme");
	assert_err(DO(hold_add(s.store, &h, ME, LATER, &id)), BW_ERR_ARG);
	h = on(HOLD_SPONSOR, 0, "nobody");
	assert_err(DO(hold_add(s.store, &h, ME, LATER, &id)),
	    BW_ERR_NOTFOUND);
	h = on(HOLD_PERSON, 99, "");
	assert_err(DO(hold_add(s.store, &h, ME, LATER, &id)),
	    BW_ERR_NOTFOUND);
	h = on(HOLD_EVENT, 0, "");
	h.review_at = LATER;
	assert_err(DO(hold_add(s.store, &h, ME, LATER, &id)), BW_ERR_ARG);
	h.review_at++;
	h.reason[0] = 0;
	assert_err(DO(hold_add(s.store, &h, ME, LATER, &id)), BW_ERR_ARG);
	assert_err(DO(hold_lift(s.store, 99, ME, LATER)), BW_ERR_NOTFOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_holds),
		TEST(test_handed_on_while_held),
		TEST(test_hold_refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
