/* SPDX-License-Identifier: Apache-2.0 */
/*
 * view.h - everything that a frame shows, as plain data.
 *
 * The kiosk fills a view and hands it to the drawing; drawing keeps nothing of
 * it. Values and the receipt stand in it only in STATE_SHARED, what staff
 * type only in STATE_STAFF and STATE_ENROL; the kiosk wipes them when it leaves that state.
 */
#ifndef KIOSK_VIEW_H
#define KIOSK_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/first.h"
#include "kiosk/staff.h"
#include "kiosk/state.h"
#include "record/body.h"
#include "record/field.h"
#include "record/policy.h"

struct view {
	enum kiosk_state state;
	const char *lang;		/* of the screen, e.g. "de" */
	bool large, contrast;		/* large text, high contrast */
	bool can_speak;			/* a speak button makes sense */
	bool language_list;		/* the list of languages is open (ask) */
	const struct policy *policy;	/* NULL when there is none */
	const struct policy_notice *notice;	/* in this language, or NULL */

	field_set ticked;		/* ask: required ones always ticked */
	unsigned seconds_left, seconds_total;	/* of the state's time-out; 0 */
	bool may_extend;		/* "More time" is offered */
	unsigned page;			/* rises with each tap on "page"; 0 first */
	bool speaking;			/* the screen is being read out */

	const struct field_values *values;	/* shared: those on the badge */
	field_set granted;			/* shared: which fields go */
	const char *receipt_url;		/* shared: in the QR */
	bool undo_failed;			/* shared: undo was not stored */

	bool removed;			/* hold: a badge was, too early */
	bool again;			/* noanswer: to the question of */
	int64_t shared_day, today;	/* again: see repeat_day */
	enum unread_reason reason;	/* unread */
	bool undone;			/* declined: after an undo */
	enum trouble trouble;
	enum enrol_step enrol_step;
	const char *enrol_event, *enrol_sponsor, *enrol_device;
	const char *enrol_typed;	/* so far of a secret address, or NULL */
	enum enrol_why enrol_why;	/* failed */
	bool enrol_retry;		/* failed: trying again may help */

	const struct staff *staff;	/* staff: what stands on its screens */
	const struct staff_list *shares;	/* staff */
	unsigned staff_wait;		/* staff: minutes until a PIN may be
					 * tried; 0: now */

	const char *focus;		/* name of the focused widget, or NULL */
	const char *pressed;		/* name of the pressed widget, or NULL */
};

#endif
