// SPDX-License-Identifier: Apache-2.0
/* What one attendee has ticked and set, and the next one finds. */
#include "tests/support/situation.h"

static void
optional_fields_start_unticked_for_everyone(void **state)
{
	struct consent c;
	struct consent_event e = { .kind = EV_FIELD, .field = FIELD_COMPANY };

	(void)state;
	reach(&c, S_ASK);
	assert_int_equal(c.ticked, REQUIRED);
	consent_step(&c, &e, NOW);
	assert_int_equal(c.ticked, REQUIRED | OPTIONAL);
	consent_step(&c, &e, NOW);
	assert_int_equal(c.ticked, REQUIRED);
	consent_step(&c, &e, NOW);
	e.field = FIELD_NAME;		/* required: stays */
	consent_step(&c, &e, NOW);
	e.field = FIELD_WORK_PHONE;	/* not asked for */
	consent_step(&c, &e, NOW);
	assert_int_equal(c.ticked, REQUIRED | OPTIONAL);
	DRIVE(&c, EV_DECLINE, EV_DONE, EV_START);
	assert_int_equal(c.ticked, REQUIRED);
}

static void
settings_change_before_and_in_ask_only(void **state)
{
	struct consent c;

	(void)state;
	for (int s = 0; s < SITUATIONS; s++) {
		bool may = start_of[s] == STATE_IDLE ||
		    start_of[s] == STATE_ASK || s == S_AGAIN ||
		    s == S_AGAIN_IN_TROUBLE;

		reach(&c, (enum situation)s);
		DRIVE(&c, EV_SIZE, EV_CONTRAST, EV_SPEECH, EV_LANGUAGE_LIST);
		assert_int_equal(c.language_list, may);
		DRIVE(&c, EV_LANGUAGE);
		assert_int_equal(c.lang, may);
		assert_int_equal(c.large, may);
		assert_int_equal(c.contrast, may);
		assert_int_equal(c.speech, may);
		assert_false(c.language_list);
	}
}

static bool
is_as_set(const struct consent *c)
{
	return c->lang == 1 && c->large && c->contrast && c->speech;
}

static bool
is_as_found(const struct consent *c)
{
	return c->lang == 0 && !c->large && !c->contrast && !c->speech;
}

/* The next attendee does not learn what this one needed: it is gone as soon as
 * the booth is free. Only who says to have read why there was no share may
 * try again with it, for a while. */
static void
settings_go_with_the_attendee(void **state)
{
	static const struct {
		enum situation s;
		enum consent_event_kind e;
		bool kept;
	} ends[] = {
		{ S_DECLINED, EV_DONE, false }, { S_DECLINED, EV_TICK, false },
		{ S_SHARED, EV_DONE, false }, { S_SHARED, EV_TICK, false },
		{ S_NOANSWER, EV_TICK, false }, { S_NOANSWER, EV_DONE, true },
		{ S_UNREAD, EV_TICK, false }, { S_UNREAD, EV_DONE, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct consent c;

		reach(&c, ends[i].s);
		c.lang = 1;
		c.large = c.contrast = c.speech = true;
		step(&c, ends[i].e, ends[i].e == EV_TICK ? c.deadline : NOW);
		assert_int_equal(c.state, STATE_IDLE);
		assert_true(ends[i].kept ? is_as_set(&c) : is_as_found(&c));
		if (ends[i].kept) {
			step(&c, EV_TICK, NOW + CONSENT_RESET_MS);
			assert_true(is_as_found(&c));
		}
	}
}

static void
the_language_goes_back_to_the_default(void **state)
{
	struct consent c;
	struct consent_event e = { .kind = EV_LANGUAGE, .lang = 2 };

	(void)state;
	reach(&c, S_ASK);
	consent_step(&c, &e, NOW);		/* there is no such language */
	assert_int_equal(c.lang, 0);
	reach(&c, S_IDLE);
	DRIVE(&c, EV_LANGUAGE, EV_SIZE);
	assert_int_equal(c.state, STATE_IDLE);
	assert_int_equal(c.lang, 1);
	step(&c, EV_TICK, NOW + CONSENT_RESET_MS - 1);
	assert_int_equal(c.lang, 1);
	step(&c, EV_TICK, NOW + CONSENT_RESET_MS);
	assert_int_equal(c.lang, 0);
	assert_false(c.large);
	assert_int_equal(c.state, STATE_IDLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(optional_fields_start_unticked_for_everyone),
		cmocka_unit_test(settings_change_before_and_in_ask_only),
		cmocka_unit_test(settings_go_with_the_attendee),
		cmocka_unit_test(the_language_goes_back_to_the_default),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
