// SPDX-License-Identifier: Apache-2.0
#include "kiosk/drm_hands.h"

#include <linux/input-event-codes.h>

void
drm_hands_dark(struct drm_hands *h)
{
	h->lit = false;
}

void
drm_hands_lit(struct drm_hands *h, int64_t now_ms)
{
	h->lit = true;
	h->lit_at = now_ms;
}

static bool
tell(const struct drm_hands *h, enum screen_event_kind kind, int finger,
    int64_t at, struct screen_event *out)
{
	*out = (struct screen_event){ .kind = kind, .finger = finger,
		.x = h->finger[finger].x, .y = h->finger[finger].y,
		.since = at };
	return true;
}

/* It comes up where nothing is. */
static bool
cancel(struct drm_hands *h, int finger, int64_t at, struct screen_event *out)
{
	bool told = h->finger[finger].told;

	h->finger[finger].down = 0;
	h->finger[finger].told = false;
	h->finger[finger].x = h->finger[finger].y = -1;
	return told && tell(h, SCREEN_UP, finger, at, out);
}

bool
drm_hands_lift(struct drm_hands *h, int64_t now_ms, struct screen_event *out)
{
	unsigned down;

	for (int i = 0; !h->lit && i < DRM_FINGERS; i++) {
		if (!h->finger[i].told)
			continue;
		down = h->finger[i].down;
		cancel(h, i, now_ms, out);
		h->finger[i].down = down;
		return true;
	}
	return false;
}

static bool
counts(const struct drm_hands *h, int64_t at)
{
	return h->lit && at >= h->lit_at;
}

static bool
down(struct drm_hands *h, int finger, int64_t at, struct screen_event *out)
{
	unsigned already = h->finger[finger].down;
	bool alone = true;

	if (already > 0) {
		bool told = cancel(h, finger, at, out);

		h->finger[finger].down = already + 1;
		return told;
	}
	for (int i = 0; i < DRM_FINGERS; i++)
		if (h->finger[i].down > 0 && !h->finger[i].told)
			alone = false;
	h->finger[finger].down = 1;
	h->finger[finger].told = alone && counts(h, at);
	return h->finger[finger].told &&
	    tell(h, SCREEN_DOWN, finger, at, out);
}

static bool
up(struct drm_hands *h, int finger, int64_t at, struct screen_event *out)
{
	bool told = h->finger[finger].told;

	if (h->finger[finger].down > 0)
		h->finger[finger].down--;
	h->finger[finger].told = false;
	return told && tell(h, SCREEN_UP, finger, at, out);
}

/* Which of the four it is; false: none. */
static bool
key_of(uint32_t code, enum screen_key *out)
{
	switch (code) {
	case KEY_UP:
		*out = SCREEN_KEY_UP;
		return true;
	case KEY_DOWN:
		*out = SCREEN_KEY_DOWN;
		return true;
	case KEY_ENTER:
	case KEY_OK:
		*out = SCREEN_KEY_OK;
		return true;
	case KEY_ESC:
	case KEY_BACK:
		*out = SCREEN_KEY_BACK;
		return true;
	default:
		return false;
	}
}

static bool
key(struct drm_hands *h, const struct drm_raw *raw, struct screen_event *out)
{
	enum screen_key k;
	unsigned others;

	if (!key_of(raw->code, &k))
		return false;
	others = h->keys & ~(1u << k);
	h->keys = raw->kind == DRM_RAW_KEY ? others | 1u << k : others;
	*out = (struct screen_event){ .kind = SCREEN_KEY, .key = k,
		.chord = others != 0, .since = raw->at };
	return raw->kind == DRM_RAW_KEY && counts(h, raw->at);
}

static void
move(struct drm_hands *h, const struct drm_turn *t, const struct drm_raw *raw)
{
	drm_turn_point(t, (int)(raw->x * t->panel_w),
	    (int)(raw->y * t->panel_h), &h->finger[raw->finger].x,
	    &h->finger[raw->finger].y);
}

bool
drm_hands_take(struct drm_hands *h, const struct drm_turn *t,
    const struct drm_raw *raw, struct screen_event *out)
{
	int i = raw->finger;

	if (i < 0 || i >= DRM_FINGERS)
		return false;
	switch (raw->kind) {
	case DRM_RAW_DOWN:
		move(h, t, raw);
		return down(h, i, raw->at, out);
	case DRM_RAW_MOVE:
		move(h, t, raw);
		return h->finger[i].told &&
		    tell(h, SCREEN_MOVE, i, raw->at, out);
	case DRM_RAW_UP:
		return up(h, i, raw->at, out);
	case DRM_RAW_CANCEL:
		return cancel(h, i, raw->at, out);
	case DRM_RAW_KEY:
	case DRM_RAW_KEY_UP:
		return key(h, raw, out);
	}
	return false;
}
