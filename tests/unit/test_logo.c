// SPDX-License-Identifier: Apache-2.0
/* Where the sponsor's logo stands: beside the words, and at no cost to them. */
#include "tests/support/frame.h"

#include <stdio.h>
#include <string.h>

#define INK 0x1030b0	/* of the logo in views.c */

static bool
in_a_text(const struct frame *f, int x, int y)
{
	for (size_t i = 0; i < f->ntexts; i++) {
		const struct ui_box *b = &f->text[i].box;

		if (x >= b->x && x < b->x + b->w && y >= b->y &&
		    y < b->y + b->h)
			return true;
	}
	for (size_t i = 0; i < f->nwidgets; i++) {
		const struct ui_box *b = &f->widget[i].box;

		if (x >= b->x && x < b->x + b->w && y >= b->y &&
		    y < b->y + b->h)
			return true;
	}
	return false;
}

/* Its pixels; none of them in a text or control. */
static int
look(struct frame *f)
{
	int n = 0;

	for (int y = 0; y < f->h; y++)
		for (int x = 0; x < f->w; x++)
			if ((frame_pixel(f, x, y) & 0xffffff) == INK) {
				n++;
				if (in_a_text(f, x, y))
					frame_bad("%s: it is over something",
					    f->what);
			}
	return n;
}

static char said[128][700];
static int px[128];

static void
same_words(const struct frame *f, size_t n)
{
	assert_int_equal(f->ntexts, n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(f->text[i].text, said[i]) != 0 ||
		    f->text[i].px != px[i])
			frame_bad("%s: \"%s\" is %d, was %d", f->what,
			    f->text[i].text, f->text[i].px, px[i]);
}

static int
one(struct frame *f, const char *view, const char *lang, bool contrast)
{
	char with[40];
	size_t n;

	snprintf(with, sizeof(with), "%s-logo", view);
	snprintf(f->what, sizeof(f->what), "%s %s %dx%d", with, lang, f->w,
	    f->h);
	views_make(&f->s, views_find(view), lang);
	f->s.view.contrast = contrast;
	frame_draw(f);
	assert_int_equal(look(f), 0);
	n = f->ntexts;
	for (size_t i = 0; i < n; i++) {
		px[i] = f->text[i].px;
		snprintf(said[i], sizeof(said[i]), "%s", f->text[i].text);
	}
	views_make(&f->s, views_find(with), lang);
	f->s.view.contrast = contrast;
	frame_draw(f);
	same_words(f, n);
	return look(f);
}

static void
test_logo_takes_no_room(void **state)
{
	static const int sizes[][2] = { { 1024, 600 }, { 800, 480 },
		{ 600, 1024 }, { 480, 800 } };
	static const char *const langs[] = { "en", "de", "ja", "ar" };
	static struct frame f;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		f.w = sizes[i][0];
		f.h = sizes[i][1];
		assert_ok(ui_open(&f.ui, f.w, f.h, 0));
		/* All four languages, or the one whose turn it is. */
		for (size_t k = unit_first() % 4; k < 4; k += unit_step()) {
			int idle = one(&f, "idle", langs[k], k % 2 != 0);
			int ask = one(&f, "ask", langs[k], k % 2 == 0);

			/* In the narrowest there is room on some alone. */
			if (i < 3 && (idle < 100 || ask < 100))
				frame_bad("%s: it is not there (%d, %d)",
				    f.what, idle, ask);
		}
		ui_close(&f.ui);
	}
	assert_int_equal(frame_faults, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_logo_takes_no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
