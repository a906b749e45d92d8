/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drm_hands.h - which fingers and keys count. Pure: no clock, no device.
 *
 * Nobody agrees to what cannot be seen: while there is no picture, and until
 * the time at which the first one after that was shown, what is touched or
 * pressed is dropped. A finger that was down then is dropped until it is up
 * again, and with it every other one: two fingers never count, and no more do
 * two mice.
 */
#ifndef KIOSK_DRM_HANDS_H
#define KIOSK_DRM_HANDS_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/drm_turn.h"
#include "kiosk/screen.h"

#define DRM_FINGERS 17	/* the pointer, then the touches' slots */

enum drm_raw_kind { DRM_RAW_DOWN, DRM_RAW_MOVE, DRM_RAW_UP, DRM_RAW_CANCEL,
	DRM_RAW_KEY, DRM_RAW_KEY_UP };

/* What a device says. */
struct drm_raw {
	enum drm_raw_kind kind;
	int finger;		/* 0: the pointer */
	double x, y;		/* of the panel, 0 to 1; of DOWN and MOVE */
	uint32_t code;		/* of KEY, KEY_UP: linux/input-event-codes.h */
	int64_t at;		/* CLOCK_MONOTONIC ms */
};

struct drm_hands {
	bool lit;
	int64_t lit_at;		/* when the first picture was shown, ms */
	unsigned keys;		/* those that are down, a bit each */
	struct {
		unsigned down;	/* by so many: mice share the pointer */
		bool told;	/* the kiosk knows */
		int x, y;
	} finger[DRM_FINGERS];
};

/* There is no picture any more. */
void drm_hands_dark(struct drm_hands *h);
/* There is one again, since now. */
void drm_hands_lit(struct drm_hands *h, int64_t now_ms);

/* In the dark: take back a finger that the kiosk still believes to be down, by
 * an UP beside everything. False when there is none; call it until then. */
bool drm_hands_lift(struct drm_hands *h, int64_t now_ms,
    struct screen_event *out);

/* What the kiosk is told of it; false: nothing. */
bool drm_hands_take(struct drm_hands *h, const struct drm_turn *t,
    const struct drm_raw *raw, struct screen_event *out);

#endif
