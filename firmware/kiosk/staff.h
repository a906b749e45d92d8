/* SPDX-License-Identifier: Apache-2.0 */
/*
 * staff.h - what the staff's screens hold, and where a tap on one leads. Pure:
 * the kiosk looks at PINs, stores notes and wipes all of it on leaving.
 *
 *	PIN -> home -> shares of the last hour -> card of one: rating, tags,
 *	the sponsor's questions, note -> sealed and stored
 *
 * Names of widgets, the same in every language:
 *   PIN      pin:0 … pin:9 pin:clear pin:ok done
 *   home     leads day done; anew in the place of day when over
 *   anew     anew:yes back
 *   shares   share:N page back		N: 0 is the newest
 *   card     rating tags ask:N note page save back
 *   rating   rate:1 … rate:5 back
 *   tags     tag:N back
 *   answer   choice:N back
 *   text     key:ROW.COLUMN key:shift key:symbols key:space key:erase back
 */
#ifndef KIOSK_STAFF_H
#define KIOSK_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/state.h"
#include "record/pin.h"
#include "record/policy.h"
#include "record/seal.h"

/* Shares that a note can still be put on. Nothing of a person: their values are
 * wiped when the attendee's screen clears, and stay so. */
#define STAFF_SHARES 64
#define STAFF_SHARE_MS 3600000
struct staff_share {
	uint64_t seq;
	int64_t since;		/* own clock, ms */
	char at[6];		/* "14:05", local time */
	bool noted;
};
struct staff_list {
	size_t n;
	struct staff_share share[STAFF_SHARES];	/* the newest first */
};
/* Take one in; the oldest makes room. */
void staff_list_add(struct staff_list *l, const struct staff_share *s);
void staff_list_drop(struct staff_list *l, uint64_t seq);
/* Forget those of more than an hour ago. */
void staff_list_age(struct staff_list *l, int64_t now);

#define STAFF_TAGS 6
/* "call-back", "send-information" …: what the sponsor reads. */
const char *staff_tag(size_t i);

enum staff_page { STAFF_PIN, STAFF_HOME, STAFF_LEADS, STAFF_CARD,
	STAFF_RATING, STAFF_TAGGING, STAFF_ANSWER, STAFF_TEXT, STAFF_ANEW };

/* How the device is; nothing about anyone. */
struct staff_facts {
	unsigned long today[3], all[3];	/* tally.h */
	unsigned long pending;		/* entries not yet with the host */
	bool reader;			/* it is there */
	enum clock_source clock;
	bool day_over;
	bool over;			/* it has to be enrolled anew */
	char device[TEXT_ID_MAX + 1];
	char policy[80];		/* "3, 2026-12-31 23:59 UTC" */
};

#define STAFF_NOTE POLICY_QUESTIONS	/* as a question: the note's text */
#define STAFF_ANSWER_MAX 200		/* bytes */
#define STAFF_TEXT_MAX 1000

struct staff {
	enum staff_page page;
	struct staff_facts facts;
	char pin[PIN_DIGITS_MAX + 1];
	bool wrong;			/* the last PIN was */

	struct staff_share share;	/* the card's */
	int rating;			/* 0: none */
	unsigned tags;			/* bits by number */
	unsigned question;		/* that is being answered */
	char text[POLICY_QUESTIONS + 1][STAFF_TEXT_MAX + 1];
	bool shift, symbols;		/* of the keyboard */
	bool failed;			/* the note could not be stored */
};

enum staff_want {
	STAFF_IGNORE,		/* there is no such thing here */
	STAFF_STAY,		/* the same page, changed */
	STAFF_TURN,		/* another page */
	STAFF_TRY_PIN,		/* look at s->pin */
	STAFF_SAVE,		/* store what the card says */
	STAFF_DAY,		/* end the day, or begin it */
	STAFF_ENROL,		/* give the device up, and enrol it anew */
	STAFF_LEAVE
};

/* A widget was used. p may be NULL; the list's ages are up to date. */
enum staff_want staff_use(struct staff *s, const struct staff_list *l,
    const struct policy *p, const char *lang, const char *widget);

/* Somebody said something on the card. */
bool staff_has_note(const struct staff *s);
/* The card as a note. */
void staff_note(const struct staff *s, const struct policy *p,
    struct note *out);

#endif
