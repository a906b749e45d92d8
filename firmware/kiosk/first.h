/* SPDX-License-Identifier: Apache-2.0 */
/*
 * first.h - the first start: what the screens of a device hold that is not
 * enrolled, and where a tap on one leads. Pure: the kiosk asks the host, has
 * tags read and wipes all of it.
 *
 *	address -> (typed | tag) -> wait -> confirm -> going -> enrolled
 *	                             any of them -> failed, with why
 *
 * Names of widgets, the same in every language:
 *   address  type tag
 *   typed    key:ROW.COLUMN key:path key:erase cancel take
 *   tag      cancel
 *   wait     cancel
 *   confirm  confirm cancel
 *   failed   done, and retry where that may help
 */
#ifndef KIOSK_FIRST_H
#define KIOSK_FIRST_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/enrol_why.h"
#include "record/enrol.h"

enum enrol_step {
	ENROL_STEP_ADDRESS,	/* how to give an address */
	ENROL_STEP_TYPE,	/* it is being typed */
	ENROL_STEP_TAG,		/* a tag is being read, or waited for */
	ENROL_STEP_WAIT,	/* asking the host; nothing was made yet */
	ENROL_STEP_CONFIRM,	/* event, sponsor, device: confirm or not */
	ENROL_STEP_GOING,	/* keys are made and the host takes them */
	ENROL_STEP_FAILED	/* with a sentence why */
};

/* The keyboard has all that can stand in an address, each in one place; the
 * letters behind the # are capitals, whichever are pressed. */
#define FIRST_ROWS 4
#define FIRST_COLUMNS 11
/* The sign of a key; 0 when there is none at that place. */
char first_key(size_t row, size_t column);

enum first_source { FIRST_NOWHERE, FIRST_TYPED, FIRST_TAG, FIRST_FILE };

struct first {
	enum enrol_step step;
	enum enrol_why why;		/* failed */
	enum first_source source;	/* of the address */
	char typed[ENROL_ADDRESS_MAX + 1];
	char address[ENROL_ADDRESS_MAX + 1];	/* that is tried; "": none */
};

enum first_want {
	FIRST_IGNORE,		/* there is no such thing here */
	FIRST_STAY,		/* the same screen, changed */
	FIRST_TURN,		/* another screen */
	FIRST_READ,		/* read a tag */
	FIRST_STOP,		/* stop reading, or asking the host */
	FIRST_TRY,		/* enrol with f->address, or go on without */
	FIRST_CONFIRM		/* what the host offers is right */
};

/* A widget was used. */
enum first_want first_use(struct first *f, const char *widget);
/* Something failed: to the screen that says so. What is of no use any more is
 * wiped. */
void first_fail(struct first *f, enum enrol_why why);
/* Trying again may help. */
bool first_may_retry(const struct first *f);

#endif
