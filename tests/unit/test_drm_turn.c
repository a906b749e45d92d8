// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <string.h>

#include "kiosk/drm_turn.h"

/* An image of another size than any panel, each pixel a number of its own. */
#define W 320
#define H 400
static uint32_t px[W * H];
static const struct ui_image image = { px, W, H, W * 4 };

static void
test_fits(void **state)
{
	static const struct {
		int degrees, w, h, panel_w, panel_h, got_w, got_h;
		bool fits;
	} cases[] = {
		{ 0, 0, 0, 1024, 600, 1024, 600, true },
		{ 180, 0, 0, 1024, 600, 1024, 600, true },
		{ 90, 0, 0, 1024, 600, 600, 1024, true },
		{ 270, 0, 0, 1024, 600, 600, 1024, true },
		{ 0, 800, 480, 1920, 1080, 800, 480, true },
		{ 90, 480, 800, 800, 480, 480, 800, true },
		{ 90, 800, 480, 800, 480, 800, 480, false },
		{ 0, 1024, 600, 800, 600, 1024, 600, false },
		{ 0, 0, 0, 5120, 2880, UI_SIDE_MAX, 2880, true },
		{ 0, 0, 0, 640, 200, 640, 200, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct drm_turn t = { .degrees = cases[i].degrees };

		assert_int_equal(drm_turn_fit(&t, cases[i].w, cases[i].h,
		    cases[i].panel_w, cases[i].panel_h), cases[i].fits);
		assert_int_equal(t.w, cases[i].got_w);
		assert_int_equal(t.h, cases[i].got_h);
	}
}

/* The corners of an upright image in a wide panel, by hand. */
static void
test_corners(void **state)
{
	static const struct {
		int degrees, px, py;	/* where its upper left pixel is */
	} cases[] = {
		{ 0, 100, 50 }, { 90, 60 + 399, 90 }, { 180, 100 + 319, 449 },
		{ 270, 60, 90 + 319 },
	};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct drm_turn t = { .degrees = cases[i].degrees };
		int x, y;

		assert_true(drm_turn_fit(&t, W, H, 520, 500));
		drm_turn_point(&t, cases[i].px, cases[i].py, &x, &y);
		assert_int_equal(x, 0);
		assert_int_equal(y, 0);
		drm_turn_point(&t, 0, 0, &x, &y);
		assert_true(x < 0 || x >= W || y < 0 || y >= H);
	}
}

/* Each pixel of the panel is the image's under that point, and all that is
 * beside the image is as it was. */
static void
check_copy(int degrees)
{
	enum { PANEL_W = 420, PANEL_H = 410, STRIDE = PANEL_W + 6 };
	static uint32_t panel[STRIDE * PANEL_H];
	struct drm_turn t = { .degrees = degrees };
	int seen = 0, x, y;

	assert_true(drm_turn_fit(&t, W, H, PANEL_W, PANEL_H));
	memset(panel, 0xee, sizeof(panel));
	drm_turn_copy(&t, &image, (uint8_t *)panel, STRIDE * 4);
	for (int i = 0; i < STRIDE * PANEL_H; i++) {
		drm_turn_point(&t, i % STRIDE, i / STRIDE, &x, &y);
		if (x >= 0 && x < W && y >= 0 && y < H &&
		    i % STRIDE < PANEL_W) {
			assert_int_equal(panel[i], px[y * W + x]);
			seen++;
		} else
			assert_int_equal(panel[i], 0xeeeeeeee);
	}
	assert_int_equal(seen, W * H);
}

static void
test_copies(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < W * H; i++)
		px[i] = i;
	for (int degrees = 0; degrees < 360; degrees += 90)
		check_copy(degrees);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fits),
		cmocka_unit_test(test_corners),
		cmocka_unit_test(test_copies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
