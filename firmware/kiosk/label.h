/* SPDX-License-Identifier: Apache-2.0 */
/*
 * label.h - text: how large it is, and putting it on the canvas.
 *
 * Nothing is cut off: a text that does not fit its box is drawn all the same
 * and marked (ui_text.cut), which the tests take as a fault; scenes look for
 * the size that fits before they draw. Layouts live for one call only, so that
 * no value stays in memory behind a frame.
 */
#ifndef KIOSK_LABEL_H
#define KIOSK_LABEL_H

#include "kiosk/canvas.h"

enum label_align { LABEL_START, LABEL_CENTRE, LABEL_END };

struct label {
	const char *s;		/* UTF-8; marks (isolate.h) are not shown.
				 * A value in it, from FSI to PDI, breaks inside
				 * a word that is longer than a line. */
	const char *lang;	/* NULL: that of the screen */
	int px;			/* font size */
	bool bold;
	bool anywhere;		/* may break inside words: addresses, values */
	bool whole;		/* not even a value in it may */
	bool top;		/* at the top of its box, else in the middle */
	enum label_align align;
	uint32_t colour, ground;
};

struct label_size {
	int w, h;
};

/* What it needs when lines are at most w pixels wide. */
struct label_size label_size(struct canvas *c, const struct label *l, int w);

/* From one line to the next, in letters of px. */
int label_line(const struct canvas *c, int px);

/* The largest font size from l->px down to least that fits into w × h; less
 * than least when even that does not fit. */
int label_fit(struct canvas *c, const struct label *l, int w, int h,
    int least);

/* Every letter of it has a glyph in some font. */
bool label_has_glyphs(struct canvas *c, const struct label *l);

/* Draw it into a box (before mirroring) and list it as visible text. */
void label_draw(struct canvas *c, const struct label *l, struct ui_box b);

/* Draw with the largest size that fits the box, from l->px down to least. */
void label_draw_fit(struct canvas *c, const struct label *l, struct ui_box b,
    int least);

/* Overwrite what the shaping engine keeps of the texts drawn before: it has a
 * table of the letters, later glyphs, of the longest text so far, and fills it
 * only as far as the next one goes. */
void label_scrub(struct canvas *c);

#endif
