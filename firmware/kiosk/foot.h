/* SPDX-License-Identifier: Apache-2.0 */
/*
 * foot.h - the lower end of a scene: one or two answers, and below them how
 * long there is, "More time" and the way to the next page. Inside kiosk_ui
 * only.
 *
 * Two answers have the same size, the same colours and the same size of
 * letters, side by side or, where that is too narrow, one above the other.
 */
#ifndef KIOSK_FOOT_H
#define KIOSK_FOOT_H

#include "kiosk/scene.h"

struct foot {
	const struct view *v;
	struct widget first, second;	/* name NULL: not there */
	const char *silence;	/* what the end of the time means; NULL: the
				 * bar alone is shown */
	unsigned pages;		/* 0 and 1: no way to a next page */
	bool read_on;		/* the second answer turns the page, see
				 * foot_read_on */

	/* filled by foot_plan */
	bool answers_stacked, row_stacked, page_brief;
	int answer, row, height;
};

/* An answer in its full size. */
struct widget foot_answer(const struct canvas *c, const char *name,
    const char *text, const char *below, enum icon icon);

/* The question goes on on another page: in the place of the answer that rests
 * on all of it stands the way there. The other answer is on every page. */
void foot_read_on(const struct canvas *c, struct foot *f, char text[static 80]);
/* The words of a way to the next page: which page of how many. */
void foot_page_text(const struct foot *f, bool brief, char text[static 80]);

/* Cut the foot, with the gap above it, off the bottom of a body that reaches
 * down to the edge of the screen. Returns its box. */
struct ui_box foot_plan(struct canvas *c, struct foot *f, struct ui_box *body);
void foot_draw(struct canvas *c, const struct foot *f, struct ui_box b);

#endif
