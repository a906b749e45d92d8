/* SPDX-License-Identifier: Apache-2.0 */
/*
 * canvas.h - what the scenes draw on: an image with its colours, its sizes and
 * the lists of what was put on it. Inside kiosk_ui only.
 *
 * Scenes lay out from the left to the right; in a right-to-left language the
 * canvas mirrors every box (not the pictures in it). A failure sticks in err
 * and ui_draw returns it.
 */
#ifndef KIOSK_CANVAS_H
#define KIOSK_CANVAS_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "base/buf.h"
#include "kiosk/i18n.h"
#include "kiosk/theme.h"
#include "kiosk/ui.h"

#define CANVAS_WIDGETS 48
#define CANVAS_TEXTS 128
#define CANVAS_WORDS ((size_t)64 * 1024)	/* bytes of text in one frame */

struct canvas {
	int w, h, pitch_um;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoContext *pango;
	const struct theme *theme;
	const char *lang;
	bool rtl, large;
	bool has_logo;		/* it is in the frame already */
	/* By i18n_rank: whether there is a font for a language. It does not
	 * change while this runs. */
	enum canvas_font { FONT_UNTRIED, FONT_FOUND, FONT_MISSING }
	    font[I18N_LANGUAGES];
	const char *focus, *pressed;	/* of the view */

	struct ui_widget widget[CANVAS_WIDGETS];
	size_t nwidgets;
	unsigned pages;		/* that the view has in all */
	struct ui_text text[CANVAS_TEXTS];
	size_t offset[CANVAS_TEXTS];	/* of each text in words */
	size_t ntexts;
	struct bw_buf words;
	bw_err err;
};

/* No widgets, no texts, the words of the last frame wiped. */
void canvas_clear(struct canvas *c);
/* Empty it for the next frame of a view: blank pixels, no widgets, no texts,
 * the words of the last one wiped. */
void canvas_begin(struct canvas *c, const struct view *v);
/* The frame is whole: texts get their pointers. */
void canvas_end(struct canvas *c);

/* Pixels for tenths of a millimetre, rounded up: a target is never smaller
 * than it says. */
int canvas_mm(const struct canvas *c, int tenths);
/* The font size in pixels whose capitals are hundredths of a degree high for
 * an eye 400 mm away, rounded up. */
int canvas_degrees(const struct canvas *c, int hundredths);

/* Boxes, before mirroring. */
static inline struct ui_box
box(int x, int y, int w, int h)
{
	return (struct ui_box){ x, y, w, h };
}

/* Cut h off the top (bottom) of b, and a gap beside it. */
struct ui_box box_top(struct ui_box *b, int h, int gap);
struct ui_box box_bottom(struct ui_box *b, int h, int gap);
/* Cut w off the start (end) of b, and a gap beside it. */
struct ui_box box_start(struct ui_box *b, int w, int gap);
struct ui_box box_end(struct ui_box *b, int w, int gap);
/* Part i of n equal ones side by side, or one above the other. */
struct ui_box box_column(struct ui_box b, int i, int n, int gap);
struct ui_box box_row(struct ui_box b, int i, int n, int gap);
struct ui_box box_inset(struct ui_box b, int dx, int dy);
/* w × h in the middle of b. */
struct ui_box box_centre(struct ui_box b, int w, int h);

/* The same box as it is on the screen. */
struct ui_box canvas_mirror(const struct canvas *c, struct ui_box b);

/* Shapes; boxes before mirroring. */
void canvas_fill(struct canvas *c, struct ui_box b, uint32_t colour);
/* A rounded box: filled, with a line inside its edge; line 0: none. */
void canvas_round(struct canvas *c, struct ui_box b, int radius,
    uint32_t fill, uint32_t edge, int line);

/* A rounded line around b, inside its edge; what is in b stays. */
void canvas_ring(struct canvas *c, struct ui_box b, int radius,
    uint32_t colour, int line);

/* Say that something can be touched here. */
void canvas_widget(struct canvas *c, const char *name, struct ui_box b,
    bool enabled);
bool canvas_is_focused(const struct canvas *c, const char *name);
bool canvas_is_pressed(const struct canvas *c, const char *name);

#endif
