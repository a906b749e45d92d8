// SPDX-License-Identifier: Apache-2.0
/* The machine as a whole: every state, every event. */
#include "tests/support/situation.h"

/* Every change of state and every action there is; what is not listed here
 * must change no state and ask for nothing. EV_TROUBLE stands for storage. */
static const struct {
	enum situation in;
	enum consent_event_kind event;
	enum kiosk_state to;
	unsigned act;
} table[] = {
	{ S_IDLE, EV_START, STATE_ASK, ACT_KEYS_OPEN },
	{ S_IDLE, EV_TROUBLE, STATE_TROUBLE, 0 },
	{ S_IDLE, EV_STAFF, STATE_STAFF, 0 },
	{ S_TROUBLE, EV_STAFF, STATE_STAFF, 0 },
	{ S_STAFF, EV_DONE, STATE_IDLE, ACT_STAFF_WIPE },

	{ S_ASK, EV_SHARE, STATE_HOLD, ACT_READ_START },
	{ S_ASK, EV_DECLINE, STATE_DECLINED,
	    ACT_KEYS_WIPE | ACT_RECORD_DECLINE },
	{ S_ASK_IN_TROUBLE, EV_SHARE, STATE_TROUBLE, ACT_KEYS_WIPE },
	{ S_ASK_IN_TROUBLE, EV_DECLINE, STATE_DECLINED,
	    ACT_KEYS_WIPE | ACT_RECORD_DECLINE },

	{ S_HOLD, EV_DECLINE, STATE_DECLINED,
	    ACT_READ_CANCEL | ACT_KEYS_WIPE | ACT_RECORD_DECLINE },
	{ S_HOLD, EV_BADGE_SEEN, STATE_READING, 0 },
	{ S_HOLD, EV_BADGE_OK, STATE_READING,
	    ACT_KEYS_WIPE | ACT_RECORD_SHARE },
	{ S_HOLD, EV_BADGE_BAD, STATE_UNREAD,
	    ACT_KEYS_WIPE | ACT_RECORD_UNREAD },
	{ S_HOLD, EV_TROUBLE, STATE_TROUBLE, ACT_READ_CANCEL | ACT_KEYS_WIPE },
	{ S_HOLD_IN_TROUBLE, EV_DECLINE, STATE_DECLINED,
	    ACT_READ_CANCEL | ACT_KEYS_WIPE | ACT_RECORD_DECLINE },
	{ S_HOLD_IN_TROUBLE, EV_BADGE_SEEN, STATE_READING, 0 },
	{ S_HOLD_IN_TROUBLE, EV_BADGE_OK, STATE_READING,
	    ACT_KEYS_WIPE | ACT_RECORD_SHARE },
	{ S_HOLD_IN_TROUBLE, EV_BADGE_BAD, STATE_UNREAD,
	    ACT_KEYS_WIPE | ACT_RECORD_UNREAD },
	{ S_HOLD_IN_TROUBLE, EV_TROUBLE, STATE_TROUBLE,
	    ACT_READ_CANCEL | ACT_KEYS_WIPE },

	{ S_READING, EV_DECLINE, STATE_DECLINED,
	    ACT_READ_CANCEL | ACT_KEYS_WIPE | ACT_RECORD_DECLINE },
	{ S_READING, EV_BADGE_OK, STATE_READING,
	    ACT_KEYS_WIPE | ACT_RECORD_SHARE },
	{ S_READING, EV_BADGE_BAD, STATE_UNREAD,
	    ACT_KEYS_WIPE | ACT_RECORD_UNREAD },
	{ S_READING, EV_TROUBLE, STATE_TROUBLE,
	    ACT_READ_CANCEL | ACT_KEYS_WIPE },

	/* The reader is not needed any more. */
	{ S_AGAIN, EV_SHARE, STATE_AGAIN, ACT_RECORD_SHARE },
	{ S_AGAIN, EV_DECLINE, STATE_DECLINED,
	    ACT_KEYS_WIPE | ACT_WIPE | ACT_RECORD_DECLINE },
	{ S_AGAIN_IN_TROUBLE, EV_SHARE, STATE_AGAIN, ACT_RECORD_SHARE },
	{ S_AGAIN_IN_TROUBLE, EV_DECLINE, STATE_DECLINED,
	    ACT_KEYS_WIPE | ACT_WIPE | ACT_RECORD_DECLINE },
	{ S_AGAIN_STORING, EV_STORED, STATE_SHARED, 0 },
	{ S_AGAIN_STORING, EV_NOT_STORED, STATE_TROUBLE, ACT_WIPE },

	{ S_STORING, EV_STORED, STATE_SHARED, 0 },
	{ S_STORING, EV_NOT_STORED, STATE_TROUBLE, ACT_WIPE },

	{ S_SHARED, EV_UNDO, STATE_SHARED, ACT_RECORD_UNDO },
	{ S_SHARED, EV_DONE, STATE_IDLE, ACT_WIPE | ACT_RELEASE },
	{ S_SHARED_IN_TROUBLE, EV_UNDO, STATE_SHARED, ACT_RECORD_UNDO },
	{ S_SHARED_IN_TROUBLE, EV_DONE, STATE_TROUBLE,
	    ACT_WIPE | ACT_RELEASE },
	{ S_UNDOING, EV_STORED, STATE_DECLINED, ACT_WIPE | ACT_RELEASE },
	{ S_UNDO_FAILED, EV_UNDO, STATE_SHARED, ACT_RECORD_UNDO },
	{ S_UNDO_FAILED, EV_DONE, STATE_TROUBLE, ACT_WIPE },

	{ S_DECLINED, EV_DONE, STATE_IDLE, 0 },
	{ S_NOANSWER, EV_DONE, STATE_IDLE, 0 },
	{ S_UNREAD, EV_DONE, STATE_IDLE, 0 },
	{ S_ENROL, EV_ENROLLED, STATE_IDLE, 0 },
};
#define TABLE (sizeof(table) / sizeof(table[0]))

static void
one(enum situation s, enum consent_event_kind event)
{
	struct consent c;
	struct consent_event e = { .kind = event, .reason = UNREAD_NOT_OURS,
		.field = FIELD_COMPANY, .lang = 1,
		.trouble = TROUBLE_STORAGE };
	enum kiosk_state to = start_of[s];
	unsigned act = 0, got;

	reach(&c, s);
	assert_int_equal(c.state, start_of[s]);
	for (size_t i = 0; i < TABLE; i++) {
		if (table[i].in == s && table[i].event == event) {
			to = table[i].to;
			act = table[i].act;
		}
	}
	e.read = c.read;
	got = consent_step(&c, &e, NOW);
	if (c.state != to || got != act)
		fail_msg("situation %d, event %d: %s, acts %#x", (int)s,
		    (int)event, consent_state_name(c.state), got);
}

static void
every_state_times_every_event(void **state)
{
	(void)state;
	for (int s = 0; s < SITUATIONS; s++)
		for (int e = 0; e < EV_COUNT; e++)
			one((enum situation)s, (enum consent_event_kind)e);
}

/* What the end of a state's time does, whatever event brings it to notice. */
static void
every_state_runs_out(void **state)
{
	static const struct {
		enum kiosk_state to;
		unsigned act;
	} after[SITUATIONS] = {
		[S_IDLE] = { STATE_IDLE, 0 },
		[S_ASK] = { STATE_NOANSWER,
		    ACT_KEYS_WIPE | ACT_RECORD_NO_ANSWER },
		[S_HOLD] = { STATE_UNREAD,
		    ACT_READ_CANCEL | ACT_KEYS_WIPE | ACT_RECORD_UNREAD },
		[S_READING] = { STATE_UNREAD,
		    ACT_READ_CANCEL | ACT_KEYS_WIPE | ACT_RECORD_UNREAD },
		[S_STORING] = { STATE_READING, 0 },
		[S_SHARED] = { STATE_IDLE, ACT_WIPE | ACT_RELEASE },
		[S_UNDOING] = { STATE_SHARED, 0 },
		[S_UNDO_FAILED] = { STATE_TROUBLE, ACT_WIPE },
		[S_DECLINED] = { STATE_IDLE, 0 },
		[S_NOANSWER] = { STATE_IDLE, 0 },
		[S_UNREAD] = { STATE_IDLE, 0 },
		[S_TROUBLE] = { STATE_TROUBLE, 0 },
		[S_STAFF] = { STATE_IDLE, ACT_STAFF_WIPE },
		[S_ENROL] = { STATE_ENROL, 0 },
		[S_ASK_IN_TROUBLE] = { STATE_NOANSWER,
		    ACT_KEYS_WIPE | ACT_RECORD_NO_ANSWER },
		[S_HOLD_IN_TROUBLE] = { STATE_UNREAD,
		    ACT_READ_CANCEL | ACT_KEYS_WIPE | ACT_RECORD_UNREAD },
		[S_SHARED_IN_TROUBLE] = { STATE_TROUBLE,
		    ACT_WIPE | ACT_RELEASE },
		[S_AGAIN] = { STATE_NOANSWER,
		    ACT_WIPE | ACT_RECORD_NO_ANSWER },
		[S_AGAIN_STORING] = { STATE_AGAIN, 0 },
		[S_AGAIN_IN_TROUBLE] = { STATE_NOANSWER,
		    ACT_WIPE | ACT_RECORD_NO_ANSWER },
	};
	const enum consent_event_kind late[] = { EV_TICK, EV_SHARE,
		EV_DECLINE, EV_MORE_TIME, EV_BADGE_SEEN, EV_BADGE_OK,
		EV_BADGE_BAD, EV_UNDO, EV_DONE, EV_SIZE };
	struct consent c;

	(void)state;
	for (int s = 0; s < SITUATIONS; s++) {
		for (size_t i = 0; i < sizeof(late) / sizeof(late[0]); i++) {
			unsigned act;

			reach(&c, (enum situation)s);
			if (late[i] != EV_TICK && (c.storing ||
			    c.deadline == 0))
				continue;
			act = step(&c, late[i], c.deadline != 0 ?
			    c.deadline : NOW + 86400000);
			if (c.state != after[s].to || act != after[s].act)
				fail_msg("situation %d, late event %d", s,
				    (int)late[i]);
		}
	}
}

static void
reading_begins_only_with_a_yes(void **state)
{
	struct consent c;

	(void)state;
	for (int s = 0; s < SITUATIONS; s++) {
		for (int e = 0; e < EV_COUNT; e++) {
			unsigned act;

			reach(&c, (enum situation)s);
			act = step(&c, (enum consent_event_kind)e, NOW);
			if ((act & ACT_READ_START) != 0) {
				assert_int_equal(s, S_ASK);
				assert_int_equal(e, EV_SHARE);
			}
			if (c.state == STATE_SHARED &&
			    start_of[s] != STATE_SHARED) {
				assert_true(s == S_STORING ||
				    s == S_AGAIN_STORING);
				assert_int_equal(e, EV_STORED);
			}
		}
	}
}

/* Half a minute from the last input on; into the trouble that came meanwhile.
 * Nobody who is asked or served, and no Start, is interrupted or let in. */
static void
staff_leave_by_themselves(void **state)
{
	struct consent c;
	int64_t now = NOW;

	(void)state;
	reach(&c, S_STAFF);
	assert_false(consent_is_free(&c));
	for (int i = 0; i < 5; i++) {
		now += CONSENT_STAFF_MS - 1;
		assert_int_equal(step(&c, EV_STAFF_USE, now), 0);
		assert_int_equal(step(&c, EV_START, now), 0);
		assert_int_equal(c.state, STATE_STAFF);
	}
	trouble(&c, TROUBLE_DAY, now);
	assert_int_equal(c.state, STATE_STAFF);
	assert_false(c.speech);
	assert_int_equal(step(&c, EV_TICK, now + CONSENT_STAFF_MS),
	    ACT_STAFF_WIPE);
	assert_int_equal(c.state, STATE_TROUBLE);
}

/* A PIN that is typed is not said aloud. */
static void
staff_are_not_heard(void **state)
{
	struct consent c;

	(void)state;
	reach(&c, S_IDLE);
	step(&c, EV_SPEECH, NOW);
	assert_true(c.speech);
	step(&c, EV_STAFF, NOW);
	assert_int_equal(c.state, STATE_STAFF);
	assert_false(c.speech);
}

/* What cannot be seen is not asked, and no read goes on behind it. */
static void
a_screen_that_fails_ends_the_question(void **state)
{
	static const struct {
		enum situation in;
		enum kiosk_state to;
		unsigned act;
	} cases[] = {
		{ S_IDLE, STATE_TROUBLE, 0 },
		{ S_ASK, STATE_TROUBLE, ACT_KEYS_WIPE },
		{ S_ASK_IN_TROUBLE, STATE_TROUBLE, ACT_KEYS_WIPE },
		{ S_HOLD, STATE_TROUBLE, ACT_READ_CANCEL | ACT_KEYS_WIPE },
		{ S_READING, STATE_TROUBLE, ACT_READ_CANCEL | ACT_KEYS_WIPE },
		{ S_STORING, STATE_READING, 0 },
		{ S_AGAIN, STATE_TROUBLE, ACT_WIPE },
		{ S_AGAIN_STORING, STATE_AGAIN, 0 },
		{ S_SHARED, STATE_SHARED, 0 },
		{ S_DECLINED, STATE_DECLINED, 0 },
	};
	struct consent_event e = { .kind = EV_TROUBLE,
		.trouble = TROUBLE_SCREEN };
	struct consent c;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		reach(&c, cases[i].in);
		assert_int_equal(consent_step(&c, &e, NOW), cases[i].act);
		assert_int_equal(c.state, cases[i].to);
	}
}

static void
rules_change_between_attendees_only(void **state)
{
	struct consent c;

	(void)state;
	for (int s = 0; s < SITUATIONS; s++) {
		bool may = start_of[s] == STATE_IDLE ||
		    start_of[s] == STATE_TROUBLE || start_of[s] == STATE_ENROL;

		reach(&c, (enum situation)s);
		assert_int_equal(consent_rules(&c, OPTIONAL, FIELD_ALL, 1,
		    0), may);
		assert_int_equal(c.required, may ? OPTIONAL : REQUIRED);
	}
}

static void
trouble_shows_between_attendees(void **state)
{
	struct consent c;

	(void)state;
	reach(&c, S_SHARED_IN_TROUBLE);
	step(&c, EV_DONE, NOW);
	assert_int_equal(c.state, STATE_TROUBLE);
	trouble(&c, TROUBLE_CLOCK, NOW);	/* another one */
	assert_int_equal(c.trouble, TROUBLE_CLOCK);
	trouble(&c, TROUBLE_NONE, NOW);
	assert_int_equal(c.state, STATE_IDLE);
	/* It comes and goes while someone is asked: no harm. */
	reach(&c, S_ASK);
	trouble(&c, TROUBLE_READER, NOW);
	trouble(&c, TROUBLE_NONE, NOW);
	assert_int_equal(step(&c, EV_SHARE, NOW), ACT_READ_START);
	/* The end of a state and a trouble in one event. */
	reach(&c, S_DECLINED);
	trouble(&c, TROUBLE_POLICY, c.deadline);
	assert_int_equal(c.state, STATE_TROUBLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_times_every_event),
		cmocka_unit_test(every_state_runs_out),
		cmocka_unit_test(reading_begins_only_with_a_yes),
		cmocka_unit_test(staff_leave_by_themselves),
		cmocka_unit_test(staff_are_not_heard),
		cmocka_unit_test(a_screen_that_fails_ends_the_question),
		cmocka_unit_test(rules_change_between_attendees_only),
		cmocka_unit_test(trouble_shows_between_attendees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
