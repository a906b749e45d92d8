/* SPDX-License-Identifier: Apache-2.0 */
/*
 * touch.h - what counts as a tap. Pure: no clock, no drawing.
 *
 * A tap is one finger that goes down on a widget and comes up on the same
 * one. It acts on release; dragging off cancels it, coming back on before
 * the release takes it up again. For TOUCH_DEAF_MS after the screen changed
 * nothing counts, so that a second tap meant for the old screen cannot say yes
 * on the new one. Once two fingers are down nothing counts until all are up.
 */
#ifndef KIOSK_TOUCH_H
#define KIOSK_TOUCH_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/ui.h"

#define TOUCH_DEAF_MS 700

enum touch_kind { TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP };

struct touch {
	int64_t deaf_until;		/* ms */
	int fingers;			/* that are down */
	int finger;			/* the one that began */
	bool spoiled;			/* nothing counts until all are up */
	bool on;			/* the finger is on its widget now */
	char name[UI_NAME_MAX];		/* where it went down; "": nowhere */
};

/* Nothing is touched, everything counts. */
void touch_init(struct touch *t);
/* Another screen is shown now: a finger that is down counts no more. */
void touch_changed(struct touch *t, int64_t now_ms);
/* How long nothing will count, in ms; 0: taps count. */
int64_t touch_deaf_ms(const struct touch *t, int64_t now_ms);

/* Take one movement of a finger; hit is the name of the enabled widget under
 * it, or NULL. True when it was a tap: its widget is then in out. */
bool touch_step(struct touch *t, enum touch_kind kind, int finger,
    const char *hit, int64_t now_ms, char out[static UI_NAME_MAX]);

/* The widget to draw as pressed, or NULL. */
const char *touch_pressed(const struct touch *t);

#endif
