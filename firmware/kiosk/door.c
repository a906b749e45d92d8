// SPDX-License-Identifier: Apache-2.0
#include "kiosk/door.h"

static const enum screen_key chord[] = { SCREEN_KEY_BACK, SCREEN_KEY_UP,
	SCREEN_KEY_BACK, SCREEN_KEY_DOWN, SCREEN_KEY_BACK };
#define CHORD (sizeof(chord) / sizeof(chord[0]))

void
door_finger(struct door *d, enum touch_kind kind, bool corner, int64_t now)
{
	switch (kind) {
	case TOUCH_DOWN:
		d->fingers++;
		d->due = d->fingers == 1 && corner ? now + DOOR_MS : 0;
		return;
	case TOUCH_MOVE:
		if (!corner)
			d->due = 0;
		return;
	case TOUCH_UP:
		if (d->fingers > 0)
			d->fingers--;
		d->due = 0;
		return;
	}
}

bool
door_key(struct door *d, enum screen_key key, int64_t now)
{
	if (d->keys > 0 && now - d->first > DOOR_KEYS_MS)
		d->keys = 0;
	if (key != chord[d->keys])
		d->keys = 0;
	if (key != chord[d->keys])
		return false;
	if (d->keys == 0)
		d->first = now;
	if (++d->keys < CHORD)
		return false;
	d->keys = 0;
	return true;
}

bool
door_opens(struct door *d, int64_t now)
{
	if (d->due == 0 || now < d->due)
		return false;
	d->due = 0;
	return true;
}

void
door_close(struct door *d)
{
	d->due = 0;
	d->keys = 0;
}
