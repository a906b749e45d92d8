// SPDX-License-Identifier: Apache-2.0
/* The yes and the badge that it is for, the second question included. */
#include "tests/support/situation.h"

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
		cmocka_unit_test(an_answer_of_an_earlier_read_is_dropped),
		cmocka_unit_test(how_and_when_share_was_said),
		cmocka_unit_test(unread_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
