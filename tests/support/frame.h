/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frame.h - a drawn view, for the tests of what is drawn.
 *
 * One test looks at many frames and tells all their faults before it fails.
 */
#ifndef TESTS_FRAME_H
#define TESTS_FRAME_H

#include "tests/support/unit.h"

#include "kiosk/ui.h"
#include "tests/support/views.h"

#define FRAME_RING 7	/* pixels that the focus ring reaches out */

struct frame {
	struct ui *ui;
	struct views s;
	int w, h;
	char what[160];		/* what it shows, for the faults */
	bool pictures;		/* signs without a glyph are no fault */
	bool hostile;		/* nor are small letters; and not all of a text
				 * is shown as it is */
	const struct ui_widget *widget;	/* both valid until the next draw */
	const struct ui_text *text;
	size_t nwidgets, ntexts;
};

/* Draw f->s.view; the test fails when that cannot be done. */
void frame_draw(struct frame *f);
/* 0xRRGGBB of what was drawn. */
uint32_t frame_pixel(const struct frame *f, int x, int y);

/* Tell a fault, as printf does. */
extern int frame_faults;
#define frame_bad(...) \
	(frame_faults++, print_error(__VA_ARGS__), print_error("\n"))

/* A test that fails at its end when there were faults. */
int frame_begin(void **state);
int frame_end(void **state);
#define FRAME_TEST(f) \
	cmocka_unit_test_setup_teardown(f, frame_begin, frame_end)

#endif
