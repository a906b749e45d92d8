/* SPDX-License-Identifier: Apache-2.0 */
/*
 * door.h - the way to the staff's screens that nobody takes by chance. Pure.
 *
 * One finger that stays for DOOR_MS in the corner where the sponsor's name
 * begins: the upper left one, in a right-to-left language the upper right. Or
 * the keys Back, Up, Back, Down, Back within DOOR_KEYS_MS: none of them chooses
 * anything.
 */
#ifndef KIOSK_DOOR_H
#define KIOSK_DOOR_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/screen.h"
#include "kiosk/touch.h"

#define DOOR_MS 2000
#define DOOR_KEYS_MS 5000

struct door {
	int fingers;		/* that are down */
	int64_t due;		/* own clock, ms: it opens then; 0: not held */
	unsigned keys;		/* how many of the chord were pressed */
	int64_t first;		/* when the first one was */
};

/* A finger moved; corner: it is in the corner now. */
void door_finger(struct door *d, enum touch_kind kind, bool corner,
    int64_t now);
/* True when this key completes the chord. */
bool door_key(struct door *d, enum screen_key key, int64_t now);
/* True once when the corner was held for long enough. */
bool door_opens(struct door *d, int64_t now);
/* The screen has changed: what was begun counts no more. */
void door_close(struct door *d);

#endif
