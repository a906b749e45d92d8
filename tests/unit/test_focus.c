// SPDX-License-Identifier: Apache-2.0
/* What is focused, in which order, and that it can be seen. */
#include "tests/support/frame.h"

#include <stdio.h>

#include "kiosk/theme.h"

/* Around the focused widget, and only there, is a ring that stands out from
 * what is next to it on both sides. */
static void
check_ring(struct frame *f, const struct ui_widget *w)
{
	int x = w->box.x + w->box.w / 2, low = w->box.y + w->box.h;
	uint32_t in = frame_pixel(f, x, low), ring = frame_pixel(f, x, low + 4);
	uint32_t out = frame_pixel(f, x, low + FRAME_RING);

	if (theme_ratio(ring, out) < 300 || theme_ratio(ring, in) < 300)
		frame_bad("%s: the ring of %s is %06x on %06x and %06x",
		    f->what, w->name, ring, out, in);
}

static void
test_focus_is_visible(void **state)
{
	static struct frame f;

	(void)state;
	for (int k = 0; k < VIEWS_COUNT * 4; k++) {
		const char *name = NULL;
		size_t n;

		if (!views_each())
			continue;
		f.w = k % 2 != 0 ? 800 : 1024;
		f.h = k % 2 != 0 ? 480 : 600;
		assert_ok(ui_open(&f.ui, f.w, f.h, 0));
		views_make(&f.s, k / 4, "en");
		f.s.view.contrast = k % 4 >= 2;
		f.s.view.pressed = f.s.view.focus = NULL;
		snprintf(f.what, sizeof(f.what), "%s %dx%d",
		    views_name(k / 4), f.w, f.h);
		frame_draw(&f);
		n = f.nwidgets;
		for (size_t i = 0; i < n; i++) {
			char next[UI_NAME_MAX] = "";

			if ((name = ui_focus_next(f.ui, name)) == NULL)
				break;
			memcpy(next, name, sizeof(next));
			f.s.view.focus = name = next;
			frame_draw(&f);
			check_ring(&f, ui_find(f.ui, next));
			f.s.view.focus = NULL;
			name = ui_find(f.ui, next)->name;
		}
		ui_close(&f.ui);
	}
}

static void
test_focus_goes_round(void **state)
{
	static struct frame f = { .w = 1024, .h = 600 };
	const char *first, *last;

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	views_make(&f.s, views_find("ask"), "en");
	frame_draw(&f);
	first = ui_focus_next(f.ui, NULL);
	last = ui_focus_prev(f.ui, NULL);
	/* Required fields are passed over. */
	assert_string_equal(first, "field:3");
	assert_string_equal(last, "lang:en");
	assert_string_equal(ui_focus_next(f.ui, last), first);
	assert_string_equal(ui_focus_prev(f.ui, first), last);
	assert_string_equal(ui_focus_next(f.ui, "gone"), first);
	assert_string_equal(ui_focus_next(f.ui, first), "decline");
	views_make(&f.s, views_find("reading"), "en");
	frame_draw(&f);
	assert_null(ui_focus_next(f.ui, NULL));
	assert_null(ui_hit(f.ui, 10, 10));
	ui_close(&f.ui);
	assert_err(ui_open(&f.ui, 100, 600, 0), BW_ERR_BOUND);
	assert_null(f.ui);
}

/* The other way round in Arabic, and the same in every other way. */
static void
test_mirrored(void **state)
{
	static struct frame f = { .w = 1024, .h = 600 };
	static const char *const order[] = { "field:3", "decline", "share",
		"more-time", "speak", "size", "contrast", "lang:de",
		"lang:en" };

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	for (int rtl = 0; rtl < 2; rtl++) {
		const char *at = NULL;

		views_make(&f.s, views_find("ask"), rtl ? "ar" : "en");
		frame_draw(&f);
		for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
			at = ui_focus_next(f.ui, at);
			assert_string_equal(at, order[i]);
		}
		assert_int_equal(ui_find(f.ui, "decline")->box.x >
		    ui_find(f.ui, "share")->box.x, rtl);
		assert_int_equal(ui_find(f.ui, "size")->box.x < f.w / 2, rtl);
		assert_int_equal(ui_find(f.ui, "field:1")->box.x >
		    ui_find(f.ui, "field:2")->box.x, rtl);
		assert_int_equal(ui_find(f.ui, "more-time")->box.x < f.w / 2,
		    rtl);
		/* But the digits stand as on every keypad. */
		views_make(&f.s, views_find("staff-pin"), rtl ? "ar" : "en");
		frame_draw(&f);
		assert_true(ui_find(f.ui, "pin:1")->box.x <
		    ui_find(f.ui, "pin:3")->box.x);
		/* The countdown runs out towards the end of the line. */
		views_make(&f.s, views_find("hold"), rtl ? "ar" : "en");
		frame_draw(&f);
		assert_int_equal(frame_pixel(&f, 2, f.h - 2) ==
		    theme_quiet.accent, !rtl);
		assert_int_equal(frame_pixel(&f, f.w - 2, f.h - 2) ==
		    theme_quiet.accent, rtl);
	}
	ui_close(&f.ui);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FRAME_TEST(test_focus_is_visible),
		FRAME_TEST(test_focus_goes_round),
		FRAME_TEST(test_mirrored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
