// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "kiosk/consent.h"

#define REQUIRED (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))
#define OPTIONAL FIELD_BIT(FIELD_COMPANY)

/* The time at which every situation below is met by its event. */
#define NOW 1000

/* Where the machine stands: each state, and each state in which something
 * more is going on. */
enum situation {
	S_IDLE, S_ASK, S_HOLD, S_READING, S_STORING, S_SHARED, S_UNDOING,
	S_UNDO_FAILED, S_DECLINED, S_NOANSWER, S_UNREAD, S_TROUBLE, S_STAFF,
	S_ENROL, S_ASK_IN_TROUBLE, S_HOLD_IN_TROUBLE, S_SHARED_IN_TROUBLE,
	S_AGAIN, S_AGAIN_STORING, S_AGAIN_IN_TROUBLE
};
#define SITUATIONS 20

static unsigned
step(struct consent *c, enum consent_event_kind kind, int64_t now)
{
	struct consent_event e = { .kind = kind, .read = c->read,
		.reason = UNREAD_NOT_OURS, .field = FIELD_COMPANY, .lang = 1,
		.seen = kind == EV_SHARE /* counts no more for that */ };

	return consent_step(c, &e, now);
}

static unsigned
trouble(struct consent *c, enum trouble t, int64_t now)
{
	struct consent_event e = { .kind = EV_TROUBLE, .trouble = t };

	return consent_step(c, &e, now);
}

static void
drive(struct consent *c, const enum consent_event_kind *events, size_t n)
{
	for (size_t i = 0; i < n; i++)
		step(c, events[i], NOW);
}
#define DRIVE(c, ...)							\
	drive(c, (const enum consent_event_kind[]){ __VA_ARGS__ },	\
	    sizeof((const enum consent_event_kind[]){ __VA_ARGS__ }) /	\
	    sizeof(enum consent_event_kind))

/* A badge that was shared here before. */
static void
known_badge(struct consent *c)
{
	struct consent_event e = { .kind = EV_BADGE_OK, .known = true };

	DRIVE(c, EV_START, EV_SHARE, EV_BADGE_SEEN);
	e.read = c->read;
	consent_step(c, &e, NOW);
}

static void
reach(struct consent *c, enum situation s)
{
	consent_init(c, s != S_ENROL);
	assert_true(consent_rules(c, REQUIRED, OPTIONAL, 2, 0));
	switch (s) {
	case S_IDLE:
	case S_ENROL:
		break;
	case S_ASK:
	case S_ASK_IN_TROUBLE:
		DRIVE(c, EV_START);
		break;
	case S_HOLD:
	case S_HOLD_IN_TROUBLE:
		DRIVE(c, EV_START, EV_SHARE);
		break;
	case S_READING:
		DRIVE(c, EV_START, EV_SHARE, EV_BADGE_SEEN);
		break;
	case S_STORING:
		DRIVE(c, EV_START, EV_SHARE, EV_BADGE_OK);
		break;
	case S_SHARED:
	case S_SHARED_IN_TROUBLE:
		DRIVE(c, EV_START, EV_SHARE, EV_BADGE_OK, EV_STORED);
		break;
	case S_UNDOING:
		DRIVE(c, EV_START, EV_SHARE, EV_BADGE_OK, EV_STORED, EV_UNDO);
		break;
	case S_UNDO_FAILED:
		DRIVE(c, EV_START, EV_SHARE, EV_BADGE_OK, EV_STORED, EV_UNDO,
		    EV_NOT_STORED);
		break;
	case S_DECLINED:
		DRIVE(c, EV_START, EV_DECLINE, EV_STORED);
		break;
	case S_NOANSWER:
		step(c, EV_START, NOW - CONSENT_ASK_MS);
		DRIVE(c, EV_TICK, EV_STORED);
		break;
	case S_UNREAD:
		DRIVE(c, EV_START, EV_SHARE, EV_BADGE_BAD, EV_STORED);
		break;
	case S_TROUBLE:
		trouble(c, TROUBLE_READER, NOW);
		break;
	case S_STAFF:
		DRIVE(c, EV_STAFF);
		break;
	case S_AGAIN:
	case S_AGAIN_IN_TROUBLE:
		known_badge(c);
		break;
	case S_AGAIN_STORING:
		known_badge(c);
		DRIVE(c, EV_SHARE);
		break;
	}
	if (s == S_ASK_IN_TROUBLE || s == S_HOLD_IN_TROUBLE ||
	    s == S_SHARED_IN_TROUBLE || s == S_AGAIN_IN_TROUBLE)
		trouble(c, TROUBLE_READER, NOW);
}

static const enum kiosk_state start_of[SITUATIONS] = {
	STATE_IDLE, STATE_ASK, STATE_HOLD, STATE_READING, STATE_READING,
	STATE_SHARED, STATE_SHARED, STATE_SHARED, STATE_DECLINED,
	STATE_NOANSWER, STATE_UNREAD, STATE_TROUBLE, STATE_STAFF, STATE_ENROL,
	STATE_ASK, STATE_HOLD, STATE_SHARED, STATE_AGAIN, STATE_AGAIN,
	STATE_AGAIN
};

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
an_answer_of_an_earlier_read_is_dropped(void **state)
{
	struct consent c;
	struct consent_event e = { .kind = EV_BADGE_OK };

	(void)state;
	reach(&c, S_HOLD);
	e.read = c.read;
	step(&c, EV_DECLINE, NOW);
	assert_int_equal(consent_step(&c, &e, NOW), 0);
	assert_int_equal(c.state, STATE_DECLINED);
	DRIVE(&c, EV_STORED, EV_DONE, EV_START, EV_SHARE);
	assert_false(consent_wants_badge(&c, e.read, NOW));
	assert_true(consent_wants_badge(&c, c.read, NOW));
	assert_int_equal(consent_step(&c, &e, NOW), 0);
	assert_int_equal(c.state, STATE_HOLD);
}

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
more_time_at_least_ten_times(void **state)
{
	struct consent c;
	int64_t now = NOW;
	unsigned n = 0;

	(void)state;
	reach(&c, S_ASK);
	assert_int_equal(consent_seconds_left(&c, now), 60);
	for (; consent_may_extend(&c) && n < 1000; n++) {
		now += CONSENT_ASK_MS - 1;
		assert_int_equal(consent_seconds_left(&c, now), 1);
		step(&c, EV_MORE_TIME, now);
		assert_int_equal(c.state, STATE_ASK);
		assert_int_equal(consent_seconds_left(&c, now), 60);
	}
	assert_in_range(n, 10, 100);
	step(&c, EV_MORE_TIME, now + 1000);	/* no longer offered */
	assert_int_equal(consent_seconds_left(&c, now + 1000), 59);
	step(&c, EV_TICK, now + CONSENT_ASK_MS);
	assert_int_equal(c.state, STATE_NOANSWER);
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

static unsigned
listen(struct consent *c, int64_t now)
{
	const struct consent_event e = { .kind = EV_LISTEN, .seen = true };

	return consent_step(c, &e, now);
}

/* While a screen is said it does not end, and after it there is the full time;
 * then silence is what it always is. */
static void
listening_puts_the_end_off(void **state)
{
	static const struct {
		enum situation s;
		int64_t ms;
		enum kiosk_state then;
	} rows[] = {
		{ S_ASK, CONSENT_ASK_MS, STATE_NOANSWER },
		{ S_HOLD, CONSENT_HOLD_MS, STATE_UNREAD },
		{ S_AGAIN, CONSENT_ASK_MS, STATE_NOANSWER },
		{ S_SHARED, CONSENT_SHARED_MS, STATE_IDLE },
		{ S_DECLINED, CONSENT_BRIEF_MS, STATE_IDLE },
		{ S_NOANSWER, CONSENT_BRIEF_MS, STATE_IDLE },
		{ S_UNREAD, CONSENT_UNREAD_MS, STATE_IDLE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t now = NOW + rows[i].ms + 5000;
		struct consent c;

		reach(&c, rows[i].s);
		/* Even when the kiosk looks late. */
		assert_int_equal(listen(&c, now), 0);
		assert_int_equal(c.state, start_of[rows[i].s]);
		assert_int_equal(c.extensions, 0);
		step(&c, EV_TICK, now + rows[i].ms - 1);
		assert_int_equal(c.state, start_of[rows[i].s]);
		step(&c, EV_TICK, now + rows[i].ms);
		assert_int_equal(c.state, rows[i].then);
	}
}

static void
listening_has_an_end(void **state)
{
	struct consent c;
	int64_t end = NOW + CONSENT_LISTEN_MS;

	(void)state;
	reach(&c, S_ASK);
	for (int64_t now = NOW; now < end + 2 * CONSENT_ASK_MS; now += 1000) {
		listen(&c, now);
		step(&c, EV_TICK, now);
		if (now < end + CONSENT_ASK_MS - 1000)
			assert_int_equal(c.state, STATE_ASK);
	}
	assert_int_equal(c.state, STATE_NOANSWER);
	/* The field is on: less of it. */
	reach(&c, S_HOLD);
	for (int64_t now = NOW; now <= NOW + CONSENT_LISTEN_HOLD_MS +
	    CONSENT_HOLD_MS; now += 1000) {
		listen(&c, now);
		step(&c, EV_TICK, now);
	}
	assert_int_equal(c.state, STATE_UNREAD);
	/* And none at all for what is being read or stored. */
	for (int s = S_READING; s <= S_STORING; s++) {
		int64_t was;

		reach(&c, (enum situation)s);
		was = c.deadline;
		listen(&c, NOW + 1);
		assert_int_equal(c.deadline, was);
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

static void
how_and_when_share_was_said(void **state)
{
	struct consent c;
	struct consent_event e = { .kind = EV_SHARE, .by_keys = true };

	(void)state;
	reach(&c, S_ASK);
	consent_step(&c, &e, NOW + 4321);
	assert_true(c.by_keys);
	assert_int_equal(c.answered - c.asked, 4321);
	DRIVE(&c, EV_DECLINE, EV_DONE, EV_START, EV_SHARE);
	assert_false(c.by_keys);
}

static void
unread_says_why(void **state)
{
	struct consent c;

	(void)state;
	reach(&c, S_UNREAD);
	assert_int_equal(c.reason, UNREAD_NOT_OURS);
	reach(&c, S_HOLD);
	step(&c, EV_TICK, c.deadline);
	assert_int_equal(c.reason, UNREAD_NO_BADGE);
	reach(&c, S_READING);
	step(&c, EV_TICK, c.deadline);
	assert_int_equal(c.reason, UNREAD_READ_ERROR);
}

/* No yes but a new one, made there and fresh, stores anything; what was ticked
 * stays as it was agreed to, and the notice that counts is the one shown. */
static void
a_known_badge_is_asked_about_again(void **state)
{
	struct consent_event field = { .kind = EV_FIELD,
		.field = FIELD_COMPANY };
	struct consent c;

	(void)state;
	reach(&c, S_AGAIN);
	assert_string_equal(consent_state_name(c.state), "ask");
	assert_true(c.again);
	assert_false(consent_wants_badge(&c, c.read, NOW));
	assert_int_equal(consent_seconds_left(&c, NOW), 60);
	consent_step(&c, &field, NOW);
	assert_int_equal(c.ticked, REQUIRED);
	step(&c, EV_LANGUAGE, NOW);
	assert_int_equal(c.lang, 1);
	assert_int_equal(c.agreed_lang, 0);
	step(&c, EV_MORE_TIME, NOW + 1000);
	assert_int_equal(consent_seconds_left(&c, NOW + 1000), 60);
	assert_int_equal(step(&c, EV_SHARE, NOW + 2000), ACT_RECORD_SHARE);
	assert_int_equal(c.answered - c.asked, 2000);
	DRIVE(&c, EV_STORED, EV_UNDO, EV_STORED, EV_DONE);
	assert_int_equal(c.state, STATE_IDLE);
	assert_false(c.again);
}

static unsigned
bad_badge(struct consent *c, enum unread_reason why, int64_t now)
{
	struct consent_event e = { .kind = EV_BADGE_BAD, .read = c->read,
		.reason = why };

	return consent_step(c, &e, now);
}

/* The yes still stands, for the rest of its own time and no longer. Nothing
 * else is tried again: a second badge least of all. */
static void
a_badge_taken_away_is_read_once_more(void **state)
{
	struct consent c;
	int64_t end = NOW + CONSENT_HOLD_MS;
	unsigned read;

	(void)state;
	for (int r = UNREAD_NO_BADGE; r <= UNREAD_MORE_THAN_ONE; r++) {
		bool more = r == UNREAD_REMOVED;

		reach(&c, S_READING);
		read = c.read;
		assert_int_equal(bad_badge(&c, (enum unread_reason)r, NOW + 9),
		    more ? ACT_READ_START : ACT_KEYS_WIPE | ACT_RECORD_UNREAD);
		assert_int_equal(c.state, more ? STATE_HOLD : STATE_UNREAD);
		assert_int_equal(c.read, more ? read + 1 : read);
	}
	/* As often as there is time, which does not get more. */
	reach(&c, S_HOLD);
	for (int64_t now = NOW + 1000; now < end; now += 1000) {
		step(&c, EV_BADGE_SEEN, now);
		assert_int_equal(c.state, STATE_READING);
		assert_int_equal(bad_badge(&c, UNREAD_REMOVED, now + 10),
		    ACT_READ_START);
		assert_int_equal(c.state, STATE_HOLD);
		assert_int_equal(c.deadline, end);
		assert_true(c.removed);
	}
	assert_int_equal(step(&c, EV_TICK, end),
	    ACT_READ_CANCEL | ACT_KEYS_WIPE | ACT_RECORD_UNREAD);
	assert_int_equal(c.reason, UNREAD_REMOVED);
	/* Over while it was read. */
	reach(&c, S_HOLD);
	step(&c, EV_BADGE_SEEN, end - 10);
	assert_int_equal(bad_badge(&c, UNREAD_REMOVED, end),
	    ACT_KEYS_WIPE | ACT_RECORD_UNREAD);
	DRIVE(&c, EV_STORED, EV_DONE, EV_START);
	assert_false(c.removed);
}

/* Nor does who listens get more than a hold has, or a booth that is to be
 * closed one read more. */
static void
a_badge_taken_away_puts_nothing_off(void **state)
{
	struct consent c;

	(void)state;
	reach(&c, S_HOLD);
	for (int64_t now = NOW; now <= NOW + CONSENT_LISTEN_HOLD_MS +
	    CONSENT_HOLD_MS; now += 1000) {
		listen(&c, now);
		step(&c, EV_BADGE_SEEN, now);
		bad_badge(&c, UNREAD_REMOVED, now);
	}
	assert_int_equal(c.state, STATE_UNREAD);
	reach(&c, S_HOLD_IN_TROUBLE);
	assert_int_equal(bad_badge(&c, UNREAD_REMOVED, NOW),
	    ACT_KEYS_WIPE | ACT_RECORD_UNREAD);
}

/* Of what came meanwhile: what would keep a share out ends it, at the yes. */
static void
trouble_ends_the_second_question(void **state)
{
	static const struct {
		enum trouble t;
		unsigned act;
	} rows[] = {
		{ TROUBLE_POLICY, ACT_WIPE }, { TROUBLE_CLOCK, ACT_WIPE },
		{ TROUBLE_STORAGE, ACT_WIPE }, { TROUBLE_REVOKED, ACT_WIPE },
		{ TROUBLE_READER, ACT_RECORD_SHARE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct consent c;

		reach(&c, S_AGAIN);
		assert_int_equal(trouble(&c, rows[i].t, NOW), 0);
		assert_int_equal(c.state, STATE_AGAIN);
		assert_int_equal(step(&c, EV_SHARE, NOW), rows[i].act);
		assert_int_equal(c.state, rows[i].act == ACT_WIPE ?
		    STATE_TROUBLE : STATE_AGAIN);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_known_badge_is_asked_about_again),
		cmocka_unit_test(trouble_ends_the_second_question),
		cmocka_unit_test(a_badge_taken_away_is_read_once_more),
		cmocka_unit_test(a_badge_taken_away_puts_nothing_off),
		cmocka_unit_test(every_state_times_every_event),
		cmocka_unit_test(every_state_runs_out),
		cmocka_unit_test(reading_begins_only_with_a_yes),
		cmocka_unit_test(staff_leave_by_themselves),
		cmocka_unit_test(staff_are_not_heard),
		cmocka_unit_test(a_screen_that_fails_ends_the_question),
		cmocka_unit_test(an_answer_of_an_earlier_read_is_dropped),
		cmocka_unit_test(optional_fields_start_unticked_for_everyone),
		cmocka_unit_test(more_time_at_least_ten_times),
		cmocka_unit_test(settings_change_before_and_in_ask_only),
		cmocka_unit_test(settings_go_with_the_attendee),
		cmocka_unit_test(listening_puts_the_end_off),
		cmocka_unit_test(listening_has_an_end),
		cmocka_unit_test(the_language_goes_back_to_the_default),
		cmocka_unit_test(rules_change_between_attendees_only),
		cmocka_unit_test(trouble_shows_between_attendees),
		cmocka_unit_test(how_and_when_share_was_said),
		cmocka_unit_test(unread_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
