/* SPDX-License-Identifier: Apache-2.0 */
/*
 * situation.h - for test_consent*.c: every situation of the kiosk's state
 * machine, and how it is reached.
 */
#ifndef TESTS_SUPPORT_SITUATION_H
#define TESTS_SUPPORT_SITUATION_H

#include "tests/support/unit.h"

#include "kiosk/consent.h"

/* What is asked for. */
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
/* The state of each. */
extern const enum kiosk_state start_of[SITUATIONS];

/* A fresh machine, brought there. */
void reach(struct consent *c, enum situation s);

/* One event: what there is to do. */
unsigned step(struct consent *c, enum consent_event_kind kind, int64_t now);
unsigned trouble(struct consent *c, enum trouble t, int64_t now);
/* Several, one after the other, at NOW. */
void drive(struct consent *c, const enum consent_event_kind *events, size_t n);
#define DRIVE(c, ...)							\
	drive(c, (const enum consent_event_kind[]){ __VA_ARGS__ },	\
	    sizeof((const enum consent_event_kind[]){ __VA_ARGS__ }) /	\
	    sizeof(enum consent_event_kind))

/* The screen is being said. */
static inline unsigned
listen(struct consent *c, int64_t now)
{
	const struct consent_event e = { .kind = EV_LISTEN, .seen = true };

	return consent_step(c, &e, now);
}

#endif
