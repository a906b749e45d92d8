// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <linux/input-event-codes.h>

#include "kiosk/drm_hands.h"

/* A panel of 1000 × 500, upside down: its middle is the image's. */
static const struct drm_turn turn = { .degrees = 180, .w = 1000, .h = 500,
	.panel_w = 1000, .panel_h = 500 };

struct hand {
	struct drm_hands h;
	struct screen_event e;
};

static bool
does(struct hand *s, enum drm_raw_kind kind, int finger, double x, int64_t at)
{
	const struct drm_raw raw = { .kind = kind, .finger = finger, .x = x,
		.y = 0.5, .at = at };

	return drm_hands_take(&s->h, &turn, &raw, &s->e);
}

static bool
press(struct hand *s, uint32_t code, int64_t at)
{
	const struct drm_raw raw = { .kind = DRM_RAW_KEY, .code = code,
		.at = at };

	return drm_hands_take(&s->h, &turn, &raw, &s->e);
}

static void
release(struct hand *s, uint32_t code)
{
	const struct drm_raw raw = { .kind = DRM_RAW_KEY_UP, .code = code };

	assert_false(drm_hands_take(&s->h, &turn, &raw, &s->e));
}

static void
said(const struct hand *s, enum screen_event_kind kind, int finger, int x,
    int64_t since)
{
	assert_int_equal(s->e.kind, kind);
	assert_int_equal(s->e.finger, finger);
	assert_int_equal(s->e.x, x);
	assert_int_equal(s->e.since, since);
}

/* Turned with the image, each with its own time; a release has no place of its
 * own. */
static void
test_a_tap(void **state)
{
	struct hand s = { 0 };

	(void)state;
	drm_hands_lit(&s.h, 100);
	assert_true(does(&s, DRM_RAW_DOWN, 3, 0.1, 200));
	said(&s, SCREEN_DOWN, 3, 899, 200);
	assert_int_equal(s.e.y, 249);
	assert_true(does(&s, DRM_RAW_MOVE, 3, 0.2, 210));
	said(&s, SCREEN_MOVE, 3, 799, 210);
	assert_true(does(&s, DRM_RAW_UP, 3, 0, 220));
	said(&s, SCREEN_UP, 3, 799, 220);
	assert_false(does(&s, DRM_RAW_UP, 3, 0, 230));
	/* A pen that does not touch is nowhere. */
	assert_false(does(&s, DRM_RAW_MOVE, 0, 0.5, 240));
	assert_false(does(&s, DRM_RAW_DOWN, DRM_FINGERS, 0.5, 250));
	assert_false(does(&s, DRM_RAW_DOWN, -1, 0.5, 250));
}

static void
test_a_cancelled_touch_ends_nowhere(void **state)
{
	struct hand s = { 0 };

	(void)state;
	drm_hands_lit(&s.h, 0);
	assert_true(does(&s, DRM_RAW_DOWN, 1, 0.1, 1));
	assert_true(does(&s, DRM_RAW_CANCEL, 1, 0, 2));
	said(&s, SCREEN_UP, 1, -1, 2);
	assert_false(does(&s, DRM_RAW_UP, 1, 0, 3));
}

static void
test_keys(void **state)
{
	static const struct { uint32_t code; enum screen_key key; } keys[] = {
		{ KEY_UP, SCREEN_KEY_UP }, { KEY_DOWN, SCREEN_KEY_DOWN },
		{ KEY_ENTER, SCREEN_KEY_OK }, { KEY_OK, SCREEN_KEY_OK },
		{ KEY_ESC, SCREEN_KEY_BACK }, { KEY_BACK, SCREEN_KEY_BACK },
	};
	struct hand s = { 0 };
	int n = 0;

	(void)state;
	drm_hands_lit(&s.h, 0);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		assert_true(press(&s, keys[i].code, 7));
		assert_int_equal(s.e.kind, SCREEN_KEY);
		assert_int_equal(s.e.key, keys[i].key);
		assert_int_equal(s.e.since, 7);
	}
	/* No other key of any keyboard does anything. */
	for (uint32_t code = 0; code < KEY_CNT; code++)
		n += press(&s, code, 8);
	assert_int_equal(n, sizeof(keys) / sizeof(keys[0]));
}

/* Two at once are told as that; also when one was pressed in the dark. */
static void
test_two_keys(void **state)
{
	struct hand s = { 0 };

	(void)state;
	assert_false(press(&s, KEY_UP, 1));
	drm_hands_lit(&s.h, 2);
	assert_true(press(&s, KEY_ENTER, 3));
	assert_true(s.e.chord);
	release(&s, KEY_UP);
	assert_true(press(&s, KEY_DOWN, 4));
	assert_true(s.e.chord);
	release(&s, KEY_ENTER);
	release(&s, KEY_DOWN);
	release(&s, KEY_A);
	assert_true(press(&s, KEY_ENTER, 5));
	assert_false(s.e.chord);
}

/* Without a picture nothing counts, nor what was made before it came. */
static void
test_the_dark(void **state)
{
	struct hand s = { 0 };

	(void)state;
	assert_false(does(&s, DRM_RAW_DOWN, 1, 0.5, 10));
	assert_false(does(&s, DRM_RAW_UP, 1, 0, 11));
	assert_false(press(&s, KEY_ENTER, 12));
	drm_hands_lit(&s.h, 20);
	assert_false(does(&s, DRM_RAW_DOWN, 1, 0.5, 19));
	assert_false(does(&s, DRM_RAW_UP, 1, 0, 21));
	assert_false(press(&s, KEY_ENTER, 19));
	assert_true(press(&s, KEY_ENTER, 20));
	assert_true(does(&s, DRM_RAW_DOWN, 1, 0.5, 22));
}

/* Fingers that were down when it went dark are taken back, once each. */
static void
test_fingers_are_lifted(void **state)
{
	struct hand s = { 0 };

	(void)state;
	drm_hands_lit(&s.h, 0);
	assert_true(does(&s, DRM_RAW_DOWN, 0, 0.5, 1));
	assert_true(does(&s, DRM_RAW_DOWN, 2, 0.5, 2));
	assert_false(drm_hands_lift(&s.h, 3, &s.e));
	drm_hands_dark(&s.h);
	assert_true(drm_hands_lift(&s.h, 4, &s.e));
	said(&s, SCREEN_UP, 0, -1, 4);
	assert_true(drm_hands_lift(&s.h, 5, &s.e));
	said(&s, SCREEN_UP, 2, -1, 5);
	assert_false(drm_hands_lift(&s.h, 6, &s.e));
	assert_false(does(&s, DRM_RAW_UP, 0, 0, 7));
}

/* Of a finger that lay there in the dark the kiosk knows nothing: with it no
 * other one counts, as with any second finger. */
static void
test_a_finger_from_the_dark(void **state)
{
	struct hand s = { 0 };

	(void)state;
	assert_false(does(&s, DRM_RAW_DOWN, 1, 0.5, 1));
	drm_hands_lit(&s.h, 2);
	assert_false(does(&s, DRM_RAW_DOWN, 2, 0.5, 3));
	assert_false(does(&s, DRM_RAW_UP, 2, 0, 4));
	assert_false(does(&s, DRM_RAW_MOVE, 1, 0.6, 5));
	assert_false(does(&s, DRM_RAW_UP, 1, 0, 6));
	assert_true(does(&s, DRM_RAW_DOWN, 2, 0.5, 7));
	drm_hands_dark(&s.h);
	assert_true(drm_hands_lift(&s.h, 8, &s.e));
	drm_hands_lit(&s.h, 9);
	assert_false(does(&s, DRM_RAW_DOWN, 1, 0.5, 10));
	assert_false(does(&s, DRM_RAW_UP, 2, 0, 11));
	assert_false(does(&s, DRM_RAW_UP, 1, 0, 12));
	assert_true(does(&s, DRM_RAW_DOWN, 1, 0.5, 13));
}

/* They move one pointer. Pressed both, it is lifted beside everything, and
 * counts no more, nor does a touch, until both are released. */
static void
test_two_mice(void **state)
{
	struct hand s = { 0 };

	(void)state;
	drm_hands_lit(&s.h, 0);
	assert_true(does(&s, DRM_RAW_DOWN, 0, 0.5, 1));
	assert_true(does(&s, DRM_RAW_DOWN, 0, 0.5, 2));
	said(&s, SCREEN_UP, 0, -1, 2);
	assert_false(does(&s, DRM_RAW_DOWN, 0, 0.5, 3));
	assert_false(does(&s, DRM_RAW_UP, 0, 0, 4));
	assert_false(does(&s, DRM_RAW_UP, 0, 0, 5));
	assert_false(does(&s, DRM_RAW_MOVE, 0, 0.6, 6));
	assert_false(does(&s, DRM_RAW_DOWN, 1, 0.5, 7));
	assert_false(does(&s, DRM_RAW_UP, 1, 0, 8));
	assert_false(does(&s, DRM_RAW_UP, 0, 0, 9));
	assert_false(does(&s, DRM_RAW_UP, 0, 0, 10));
	assert_true(does(&s, DRM_RAW_DOWN, 0, 0.5, 11));
	assert_true(does(&s, DRM_RAW_UP, 0, 0, 12));
	said(&s, SCREEN_UP, 0, 499, 12);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_tap),
		cmocka_unit_test(test_a_cancelled_touch_ends_nowhere),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_two_keys),
		cmocka_unit_test(test_the_dark),
		cmocka_unit_test(test_fingers_are_lifted),
		cmocka_unit_test(test_a_finger_from_the_dark),
		cmocka_unit_test(test_two_mice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
