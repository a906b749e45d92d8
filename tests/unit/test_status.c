// SPDX-License-Identifier: Apache-2.0
/*
 * The status that counts follows from two things: what the source says of the
 * ticket, and what withholds its holder. Neither makes the other forgotten.
 */
#include "tests/support/rights.h"

#include <stdio.h>

enum {
	RESTRICT = 1, OBJECT = 2, ERASE = 4, STAFF = 8, MINOR = 16, REASONS = 32
};

/* The source says so, or says nothing. */
enum said { SILENT, CANCELS, RESTORES };

/* What it says before, while, and again while the holder is withheld. */
static const enum said story[][3] = {
	{ SILENT, SILENT, SILENT },
	{ SILENT, CANCELS, SILENT },
	{ SILENT, CANCELS, RESTORES },
	{ CANCELS, SILENT, SILENT },
	{ CANCELS, RESTORES, SILENT },
	{ CANCELS, RESTORES, CANCELS },
};

static struct registration
get(void)
{
	struct registration reg;

	assert_ok(store_registration_get(s.store, s.person[0], &reg));
	return reg;
}

/* As an import does; what was changed is said to be. */
static void
say(enum said what)
{
	struct registration in = get();
	bool cancels = what == CANCELS, changes = in.cancelled != cancels;
	enum store_change change;
	uint64_t id;

	if (what == SILENT)
		return;
	in.status = cancels ? REG_CANCELLED : REG_ATTENDING;
	assert_ok(DO(store_registration_put(s.store, &in, LATER, &change,
	    &id)));
	assert_int_equal(change, changes ? STORE_CHANGED : STORE_UNCHANGED);
	assert_int_equal(get().cancelled, cancels);
}

static void
begin(unsigned why)
{
	int64_t due;

	if ((why & MINOR) != 0)
		assert_ok(DO(store_registration_status(s.store, s.person[0],
		    REG_MINOR, LATER)));
	if ((why & RESTRICT) != 0)
		assert_ok(DO(right_restrict(s.store, s.person[0], ME, LATER)));
	if ((why & OBJECT) != 0)
		assert_ok(DO(right_object(s.store, s.person[0], ME, LATER)));
	if ((why & STAFF) != 0)
		assert_ok(DO(right_withhold(s.store, s.person[0], RIGHT_STAFF,
		    "", ME, LATER)));
	if ((why & ERASE) != 0)
		assert_ok(DO(right_erase_plan(s.store, s.person[0], 0, NULL,
		    72, ME, LATER, &due)));
}

/* All that withholds it ends, one after the other. */
static void
end(unsigned why)
{
	if ((why & RESTRICT) != 0)
		assert_ok(DO(right_lift(s.store, s.person[0], ME, LATER)));
	if ((why & OBJECT) != 0)
		assert_ok(DO(right_agree(s.store, s.person[0], true, ME,
		    LATER)));
	if ((why & ERASE) != 0)
		assert_ok(DO(right_erase_undo(s.store, s.person[0], ME,
		    LATER)));
	if ((why & STAFF) != 0)
		assert_ok(DO(right_release(s.store, s.person[0], ME, LATER)));
	if ((why & MINOR) != 0) {
		assert_int_equal(status_of(0), REG_MINOR);
		assert_ok(DO(store_registration_status(s.store, s.person[0],
		    REG_ATTENDING, LATER)));
	}
}

static void
tell(unsigned why, const enum said says[static 3], uint64_t lead)
{
	enum reg_status withheld = why == MINOR ? REG_MINOR : REG_WITHHELD;
	uint64_t new;
	bool cancelled;

	say(says[0]);
	begin(why);
	assert_int_equal(status_of(0), withheld);
	say(says[1]);
	say(says[2]);
	assert_int_equal(status_of(0), withheld);
	assert_false(shown(&b, lead));
	cancelled = get().cancelled;
	end(why);
	assert_int_equal(status_of(0), cancelled ? REG_CANCELLED :
	    REG_ATTENDING);
	assert_int_equal(shown(&b, lead), !cancelled);
	new = share(&b, 0, FIELDS);
	send(&b);
	assert_int_equal(state_of(&b, new), cancelled ? LEAD_HELD : LEAD_LIVE);
	say(RESTORES);
	assert_int_equal(status_of(0), REG_ATTENDING);
	assert_true(shown(&b, lead));
}

static void
test_source_and_rights(void **state)
{
	uint64_t lead = share(&b, 0, FIELDS);

	(void)state;
	send(&b);
	for (unsigned why = 1; why < REASONS; why++)
		for (size_t i = 0; i < sizeof(story) / sizeof(story[0]); i++)
			tell(why, story[i], lead);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_source_and_rights) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
