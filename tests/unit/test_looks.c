// SPDX-License-Identifier: Apache-2.0
/* Colours, sizes of letters, and whose values are shown at all. */
#include "tests/support/frame.h"

#include <stdio.h>

#include "kiosk/theme.h"

static void
check_theme(const struct theme *t)
{
	assert_true(theme_ratio(t->ink, t->ground) >= 450);
	assert_true(theme_ratio(t->ink, t->bar) >= 450);
	assert_true(theme_ratio(t->ink, t->card) >= 450);
	assert_true(theme_ratio(t->soft, t->card) >= 450);
	assert_true(theme_ratio(t->soft, t->ground) >= 450);
	assert_true(theme_ratio(t->on_fill, t->fill) >= 450);
	assert_true(theme_ratio(t->on_held, t->held) >= 450);
	assert_true(theme_ratio(t->accent, t->card) >= 450);
	/* Controls, ticks and the focus. */
	assert_true(theme_ratio(t->edge, t->ground) >= 300);
	assert_true(theme_ratio(t->edge, t->card) >= 300);
	assert_true(theme_ratio(t->fill, t->ground) >= 300);
	assert_true(theme_ratio(t->ring, t->ground) >= 300);
	assert_true(theme_ratio(t->ring, t->bar) >= 300);
	assert_true(theme_ratio(t->accent, t->track) >= 300);
}

/* High contrast is more than enough contrast: 7:1 for words, and 4.5 for what
 * else tells controls apart. */
static void
check_high(const struct theme *t)
{
	assert_true(theme_ratio(t->ink, t->ground) >= 700);
	assert_true(theme_ratio(t->ink, t->bar) >= 700);
	assert_true(theme_ratio(t->ink, t->card) >= 700);
	assert_true(theme_ratio(t->soft, t->card) >= 700);
	assert_true(theme_ratio(t->soft, t->ground) >= 700);
	assert_true(theme_ratio(t->on_fill, t->fill) >= 700);
	assert_true(theme_ratio(t->on_held, t->held) >= 700);
	assert_true(theme_ratio(t->accent, t->card) >= 700);
	assert_true(theme_ratio(t->edge, t->ground) >= 450);
	assert_true(theme_ratio(t->ring, t->ground) >= 450);
}

static void
test_themes(void **state)
{
	(void)state;
	assert_int_equal(theme_ratio(0x000000, 0xffffff), 2100);
	assert_int_equal(theme_ratio(0x777777, 0xffffff), 447);
	check_theme(&theme_quiet);
	check_theme(&theme_contrast);
	check_high(&theme_contrast);
}

/* Nobody is nudged by green or red. */
static void
check_hues(struct frame *f)
{
	for (int y = 0; y < f->h; y += 2)
		for (int x = 0; x < f->w; x += 2) {
			uint32_t p = frame_pixel(f, x, y);
			int r = p >> 16 & 0xff, g = p >> 8 & 0xff;
			int b = p & 0xff;

			if (g > r + 40 && g > b + 40)
				frame_bad("%s: green at %d,%d", f->what, x, y);
			if (r > g + 120 && r > b + 120)
				frame_bad("%s: red at %d,%d", f->what, x, y);
		}
}

static void
test_no_colour_nudges(void **state)
{
	static struct frame f = { .w = 1024, .h = 600 };

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	for (int i = 0; i < VIEWS_COUNT * 2; i++) {
		if (!views_each())
			continue;
		views_make(&f.s, i / 2, "en");
		f.s.view.contrast = i % 2 != 0;
		f.s.view.focus = f.s.view.pressed = NULL;
		snprintf(f.what, sizeof(f.what), "%s", views_name(i / 2));
		frame_draw(&f);
		check_hues(&f);
	}
	ui_close(&f.ui);
}

/* Large mode is larger: on every screen, for every text that is in both. */
static void
test_large_is_larger(void **state)
{
	static struct frame f;
	static int px[128];
	static char text[128][700];

	(void)state;
	for (int k = 0; k < VIEWS_COUNT * 2; k++) {
		size_t n;

		if (!views_each())
			continue;
		f.w = k % 2 != 0 ? 800 : 1024;
		f.h = k % 2 != 0 ? 480 : 600;
		assert_ok(ui_open(&f.ui, f.w, f.h, 0));
		views_make(&f.s, k / 2, "en");
		frame_draw(&f);
		n = f.ntexts;
		for (size_t i = 0; i < n; i++) {
			px[i] = f.text[i].px;
			snprintf(text[i], sizeof(text[i]), "%s",
			    f.text[i].text);
		}
		f.s.view.large = true;
		frame_draw(&f);
		for (size_t i = 0; i < f.ntexts; i++)
			for (size_t j = 0; j < n; j++)
				if (strcmp(f.text[i].text, text[j]) == 0 &&
				    f.text[i].px < px[j])
					frame_bad("%s %dx%d: \"%s\" is %d, "
					    "large %d", views_name(k / 2), f.w,
					    f.h, text[j], px[j],
					    f.text[i].px);
		ui_close(&f.ui);
	}
}

/* Values are on no screen but that of what was shared. */
static void
check_values(struct frame *f)
{
	for (size_t i = 0; i < f->ntexts; i++)
		for (int k = FIELD_NAME; k <= FIELD_LOCATION; k++)
			if (f->s.values.v[k][0] != '\0' &&
			    f->s.view.state != STATE_SHARED &&
			    strstr(f->text[i].text, f->s.values.v[k]) != NULL)
				frame_bad("%s: shows a value", f->what);
}

static void
test_values_only_when_shared(void **state)
{
	static struct frame f = { .w = 1024, .h = 600 };

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	for (int i = 0; i < VIEWS_COUNT; i++) {
		views_make(&f.s, i, "en");
		f.s.view.values = &f.s.values;
		f.s.view.granted = FIELD_ALL;
		snprintf(f.what, sizeof(f.what), "%s", views_name(i));
		frame_draw(&f);
		check_values(&f);
	}
	ui_close(&f.ui);
}

/* With high contrast nothing moves: the end of the time stands in words only,
 * whose steps are the kiosk's. */
static void
test_contrast_is_still(void **state)
{
	static struct frame f = { .w = 1024, .h = 600 };

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	for (int i = 0; i < VIEWS_COUNT; i++) {
		views_make(&f.s, i, "en");
		if (f.s.view.seconds_total == 0)
			continue;
		for (int k = 0; k < 2; k++) {
			uint32_t left, right;

			f.s.view.contrast = k != 0;
			frame_draw(&f);
			left = frame_pixel(&f, 2, f.h - 2);
			right = frame_pixel(&f, f.w - 2, f.h - 2);
			if ((left != right) != (k == 0))
				frame_bad("%s: a bar with%s high contrast",
				    views_name(i), k != 0 ? "" : "out");
		}
	}
	ui_close(&f.ui);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FRAME_TEST(test_themes),
		FRAME_TEST(test_no_colour_nudges),
		FRAME_TEST(test_large_is_larger),
		FRAME_TEST(test_values_only_when_shared),
		FRAME_TEST(test_contrast_is_still),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
