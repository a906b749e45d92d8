// SPDX-License-Identifier: Apache-2.0
#include "tests/support/situation.h"

unsigned
step(struct consent *c, enum consent_event_kind kind, int64_t now)
{
	struct consent_event e = { .kind = kind, .read = c->read,
		.reason = UNREAD_NOT_OURS, .field = FIELD_COMPANY, .lang = 1,
		.seen = kind == EV_SHARE /* counts no more for that */ };

	return consent_step(c, &e, now);
}

unsigned
trouble(struct consent *c, enum trouble t, int64_t now)
{
	struct consent_event e = { .kind = EV_TROUBLE, .trouble = t };

	return consent_step(c, &e, now);
}

void
drive(struct consent *c, const enum consent_event_kind *events, size_t n)
{
	for (size_t i = 0; i < n; i++)
		step(c, events[i], NOW);
}

/* A badge that was shared here before. */
static void
known_badge(struct consent *c)
{
	struct consent_event e = { .kind = EV_BADGE_OK, .known = true };

	DRIVE(c, EV_START, EV_SHARE, EV_BADGE_SEEN);
	e.read = c->read;
	consent_step(c, &e, NOW);
}

void
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

const enum kiosk_state start_of[SITUATIONS] = {
	STATE_IDLE, STATE_ASK, STATE_HOLD, STATE_READING, STATE_READING,
	STATE_SHARED, STATE_SHARED, STATE_SHARED, STATE_DECLINED,
	STATE_NOANSWER, STATE_UNREAD, STATE_TROUBLE, STATE_STAFF, STATE_ENROL,
	STATE_ASK, STATE_HOLD, STATE_SHARED, STATE_AGAIN, STATE_AGAIN,
	STATE_AGAIN
};
