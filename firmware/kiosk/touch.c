// SPDX-License-Identifier: Apache-2.0
#include "kiosk/touch.h"

#include <string.h>

static void
forget(struct touch *t)
{
	t->on = false;
	memset(t->name, 0, sizeof(t->name));
}

void
touch_init(struct touch *t)
{
	memset(t, 0, sizeof(*t));
}

void
touch_changed(struct touch *t, int64_t now_ms)
{
	t->deaf_until = now_ms + TOUCH_DEAF_MS;
	t->spoiled = t->fingers > 0;
	forget(t);
}

int64_t
touch_deaf_ms(const struct touch *t, int64_t now_ms)
{
	return t->deaf_until > now_ms ? t->deaf_until - now_ms : 0;
}

static void
down(struct touch *t, int finger, const char *hit, int64_t now_ms)
{
	t->fingers++;
	if (t->fingers > 1 || touch_deaf_ms(t, now_ms) > 0)
		t->spoiled = true;
	if (t->spoiled) {
		forget(t);
		return;
	}
	t->finger = finger;
	t->on = hit != NULL && strlen(hit) < sizeof(t->name);
	if (t->on)
		memcpy(t->name, hit, strlen(hit) + 1);
}

/* The finger is here now: is that still the widget where it went down? */
static void
follow(struct touch *t, int finger, const char *hit)
{
	if (t->spoiled || t->fingers == 0 || finger != t->finger)
		return;
	t->on = hit != NULL && t->name[0] != '\0' && strcmp(hit, t->name) == 0;
}

static bool
up(struct touch *t, int finger, const char *hit, char *out)
{
	bool tap;

	follow(t, finger, hit);
	tap = t->on && !t->spoiled && t->fingers == 1 && finger == t->finger;
	if (tap)
		memcpy(out, t->name, sizeof(t->name));
	if (t->fingers > 0)
		t->fingers--;
	if (t->fingers == 0) {
		t->spoiled = false;
		forget(t);
	}
	return tap;
}

bool
touch_step(struct touch *t, enum touch_kind kind, int finger, const char *hit,
    int64_t now_ms, char out[static UI_NAME_MAX])
{
	memset(out, 0, UI_NAME_MAX);
	switch (kind) {
	case TOUCH_DOWN:
		down(t, finger, hit, now_ms);
		return false;
	case TOUCH_MOVE:
		follow(t, finger, hit);
		return false;
	case TOUCH_UP:
		return up(t, finger, hit, out);
	}
	return false;
}

const char *
touch_pressed(const struct touch *t)
{
	return t->on ? t->name : NULL;
}
