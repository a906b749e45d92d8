/* SPDX-License-Identifier: Apache-2.0 */
/*
 * consent.h - the consent machine: what was asked, what was answered, and what
 * the kiosk has to do about it. Pure: no I/O, no clock, no memory of its own.
 *
 * The caller turns touches, keys, reader answers and the passing of time into
 * events, calls consent_step once for each, and carries out the actions that
 * it returns. Rules 1, 4 and 5 of the design live here:
 *   - ACT_READ_START is returned only by EV_SHARE in STATE_ASK, and within
 *     the time to hold the badge that began with that yes once more each time
 *     that the badge was taken away before it was read: `removed` says that the
 *     read is for that badge and no other, for the yes is not the next one's;
 *   - whatever is doubtful ends in a state that shares nothing;
 *   - STATE_STAFF is entered where nobody is being asked or served, only;
 *   - a badge that was shared here before is asked about once more, in
 *     STATE_AGAIN: ACT_RECORD_SHARE comes from EV_SHARE there, and else from a
 *     badge that is not known;
 *   - STATE_SHARED is entered only by EV_STORED, after ACT_RECORD_SHARE.
 *
 * All times are milliseconds of the kiosk's own clock, which never steps.
 */
#ifndef KIOSK_CONSENT_H
#define KIOSK_CONSENT_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/state.h"
#include "record/body.h"
#include "record/field.h"

/* How long each state waits before it ends by itself. */
#define CONSENT_ASK_MS 60000	/* again, too */
#define CONSENT_HOLD_MS 30000
#define CONSENT_READING_MS 5000
#define CONSENT_SHARED_MS 30000
#define CONSENT_BRIEF_MS 8000	/* declined, noanswer */
#define CONSENT_UNREAD_MS 15000
#define CONSENT_STAFF_MS 30000	/* without an input */
#define CONSENT_RESET_MS 30000	/* idle: back to the default language */
#define CONSENT_EXTENSIONS 12	/* how often "More time" is offered */
/* Who listens to a screen has the state's time after it was said: for so long
 * at most a state is put off by that; less where the radio field is on. */
#define CONSENT_LISTEN_MS 300000
#define CONSENT_LISTEN_HOLD_MS 60000

enum consent_event_kind {
	/* what a person does; dropped when the state's time is over */
	EV_START,
	EV_SHARE,		/* by_keys */
	EV_DECLINE,
	EV_MORE_TIME,
	EV_UNDO,
	EV_DONE,
	EV_FIELD,		/* field: tick or untick an optional one */
	EV_LANGUAGE_LIST,	/* open or close the list */
	EV_LANGUAGE,		/* lang: an index into the policy's list */
	EV_SIZE,
	EV_CONTRAST,
	EV_SPEECH,
	/* the screen is being said aloud just now; never because time passes */
	EV_LISTEN,
	EV_STAFF,		/* the way to the staff's screens was taken */
	EV_STAFF_USE,		/* a touch or a key there, of any kind */
	/* what the reader says; dropped unless read is the running one */
	EV_BADGE_SEEN,
	EV_BADGE_OK,		/* ours, verified, not blocked, opened */
	EV_BADGE_BAD,		/* reason: no usable badge */
	/* how the action ACT_RECORD_… just before ended */
	EV_STORED,
	EV_NOT_STORED,
	/* the world around */
	EV_TROUBLE,		/* trouble: the one that applies now, or none */
	EV_ENROLLED,
	EV_TICK			/* time passed, nothing else */
};
#define EV_COUNT 21

struct consent_event {
	enum consent_event_kind kind;
	bool seen;	/* a person's, made while the state was on the screen:
			 * it counts though the time is over by now */
	bool by_keys;
	enum field field;
	unsigned lang;
	unsigned read;
	bool known;	/* of EV_BADGE_OK: it was shared here before */
	enum unread_reason reason;
	enum trouble trouble;
};

/* What the caller does, in this order. At most one ACT_RECORD_… is in a
 * result; its outcome must be told at once by EV_STORED or EV_NOT_STORED. */
enum consent_act {
	ACT_READ_CANCEL = 1 << 0,	/* end the read, field off */
	ACT_KEYS_WIPE = 1 << 1,		/* field keys out of memory */
	ACT_WIPE = 1 << 2,		/* values and receipt out of memory */
	ACT_RELEASE = 1 << 3,		/* the last share may go out */
	ACT_RECORD_SHARE = 1 << 4,
	ACT_RECORD_DECLINE = 1 << 5,
	ACT_RECORD_NO_ANSWER = 1 << 6,
	ACT_RECORD_UNREAD = 1 << 7,	/* with c->reason */
	ACT_RECORD_UNDO = 1 << 8,
	ACT_KEYS_OPEN = 1 << 9,		/* field keys into memory */
	ACT_READ_START = 1 << 10,	/* begin read number c->read */
	ACT_STAFF_WIPE = 1 << 11	/* what staff typed out of memory */
};
#define ACT_RECORD (ACT_RECORD_SHARE | ACT_RECORD_DECLINE |		\
	ACT_RECORD_NO_ANSWER | ACT_RECORD_UNREAD | ACT_RECORD_UNDO)

struct consent {
	enum kiosk_state state;
	int64_t deadline;	/* when the state ends by itself; 0: never */
	int64_t total;		/* ms that it was given, for the countdown */
	unsigned extensions;	/* how often "More time" was used */
	int64_t listen_until;	/* EV_LISTEN counts until then */

	/* the rules in force: consent_rules */
	field_set required, optional;
	unsigned nlangs, default_lang;

	/* this attendee */
	field_set ticked;	/* required ones always */
	unsigned lang;
	bool large, contrast, speech, language_list;
	bool by_keys;		/* how "Share" was said */
	int64_t asked;		/* when the question was shown */
	int64_t answered;	/* when "Share" was said, the last time */
	unsigned agreed_lang;	/* in which language all of it was shown */
	int64_t hold_deadline;	/* of the time to hold the badge, and its */
	int64_t hold_listen;	/* listen_until */
	bool removed;		/* the badge was taken away too early: the read
				 * that runs is for that one alone */
	bool again;		/* it was asked whether to share again */
	unsigned read;		/* number of the read; a new one each time */
	enum unread_reason reason;
	bool storing;		/* a share or an undo is being stored */
	bool undone;		/* declined: after an undo */
	bool undo_failed;	/* shared: the undo could not be stored */

	enum trouble trouble;	/* what keeps the booth closed, if anything */
};

/* Idle when the device is enrolled, else in STATE_ENROL. */
void consent_init(struct consent *c, bool enrolled);

/* The rules for the next attendee; default_lang is below nlangs. False, and nothing changed, while one is
 * being served: the question that was shown stays the question. */
bool consent_rules(struct consent *c, field_set required, field_set optional,
    unsigned nlangs, unsigned default_lang);

/* Take one event; returns the actions (enum consent_act, or-ed). A state whose
 * time is over ends first; a person's event that comes then is dropped. But
 * what is marked as seen is taken first, EV_SHARE excepted: silence is no. */
unsigned consent_step(struct consent *c, const struct consent_event *e,
    int64_t now);

/* Nobody is being served. */
bool consent_is_free(const struct consent *c);

/* True when an answer of this read would still be taken: the caller looks at
 * a badge only then. */
bool consent_wants_badge(const struct consent *c, unsigned read, int64_t now);

/* Whole seconds until the state ends by itself, rounded up; 0: it does not. */
unsigned consent_seconds_left(const struct consent *c, int64_t now);
/* "More time" is offered. */
bool consent_may_extend(const struct consent *c);

/* How long a state waits before it ends by itself, 0: for ever; and for how
 * long at most it is put off while it is being said. */
int64_t consent_time_of(enum kiosk_state s);
int64_t consent_listening_of(enum kiosk_state s);

/* The word of a state: "idle", "ask" … */
const char *consent_state_name(enum kiosk_state s);
/* "none", "reader", "policy" … */
const char *consent_trouble_name(enum trouble t);

#endif
