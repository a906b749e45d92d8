// SPDX-License-Identifier: Apache-2.0
#include "kiosk/icon.h"

#include <math.h>

/* Every picture is drawn in a square of 24 by 24, lines 2.4 wide. */
#define SIDE 24.0
#define LINE 2.4

static void
cross(cairo_t *cr)
{
	cairo_move_to(cr, 5, 5);
	cairo_line_to(cr, 19, 19);
	cairo_move_to(cr, 19, 5);
	cairo_line_to(cr, 5, 19);
	cairo_stroke(cr);
}

static void
tick(cairo_t *cr)
{
	cairo_move_to(cr, 4, 12.8);
	cairo_line_to(cr, 9.6, 18.4);
	cairo_line_to(cr, 20, 6.4);
	cairo_stroke(cr);
}

static void
speaker(cairo_t *cr)
{
	cairo_move_to(cr, 3, 9);
	cairo_line_to(cr, 7, 9);
	cairo_line_to(cr, 12, 4.5);
	cairo_line_to(cr, 12, 19.5);
	cairo_line_to(cr, 7, 15);
	cairo_line_to(cr, 3, 15);
	cairo_close_path(cr);
	cairo_fill(cr);
	cairo_set_line_width(cr, 2);
	cairo_new_sub_path(cr);
	cairo_arc(cr, 12, 12, 4.5, -0.9, 0.9);
	cairo_new_sub_path(cr);
	cairo_arc(cr, 12, 12, 8.8, -0.9, 0.9);
	cairo_stroke(cr);
}

static void
contrast(cairo_t *cr)
{
	cairo_arc(cr, 12, 12, 9, 0, 2 * M_PI);
	cairo_stroke(cr);
	cairo_arc(cr, 12, 12, 9, M_PI / 2, M_PI * 3 / 2);
	cairo_close_path(cr);
	cairo_fill(cr);
}

static void
ellipse(cairo_t *cr, double x, double y, double rx, double ry)
{
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_scale(cr, rx, ry);
	cairo_new_sub_path(cr);
	cairo_arc(cr, 0, 0, 1, 0, 2 * M_PI);
	cairo_restore(cr);
}

static void
globe(cairo_t *cr)
{
	cairo_set_line_width(cr, 1.8);
	ellipse(cr, 12, 12, 9, 9);
	ellipse(cr, 12, 12, 4, 9);
	cairo_move_to(cr, 3, 12);
	cairo_line_to(cr, 21, 12);
	cairo_stroke(cr);
}

static void
next(cairo_t *cr)
{
	cairo_move_to(cr, 9, 5);
	cairo_line_to(cr, 16, 12);
	cairo_line_to(cr, 9, 19);
	cairo_stroke(cr);
}

/* A card with a face on it, and waves that go to the reader beside it. */
static void
badge(cairo_t *cr)
{
	cairo_set_line_width(cr, 1.4);
	cairo_rectangle(cr, 2, 5.2, 10, 14.6);
	cairo_move_to(cr, 5.4, 2.6);
	cairo_line_to(cr, 7, 5.2);
	cairo_line_to(cr, 8.6, 2.6);
	cairo_move_to(cr, 4.6, 16.8);
	cairo_line_to(cr, 9.4, 16.8);
	cairo_stroke(cr);
	ellipse(cr, 7, 9.6, 1.5, 1.5);
	cairo_fill(cr);
	cairo_new_sub_path(cr);
	cairo_arc(cr, 7, 14.6, 2.7, M_PI, 2 * M_PI);
	cairo_close_path(cr);
	cairo_fill(cr);
	for (int i = 0; i < 3; i++) {
		cairo_new_sub_path(cr);
		cairo_arc(cr, 12.4, 12.5, 2.9 + 2.7 * i, -0.75, 0.75);
	}
	cairo_stroke(cr);
}

static void
info(cairo_t *cr)
{
	cairo_set_line_width(cr, 2);
	ellipse(cr, 12, 12, 9, 9);
	cairo_move_to(cr, 12, 11.4);
	cairo_line_to(cr, 12, 16.4);
	cairo_stroke(cr);
	ellipse(cr, 12, 7.8, 1.3, 1.3);
	cairo_fill(cr);
}

static void
clock_face(cairo_t *cr)
{
	cairo_set_line_width(cr, 2);
	ellipse(cr, 12, 12, 9, 9);
	cairo_move_to(cr, 12, 6.8);
	cairo_line_to(cr, 12, 12.4);
	cairo_line_to(cr, 15.8, 14.6);
	cairo_stroke(cr);
}

static void
undo(cairo_t *cr)
{
	cairo_new_sub_path(cr);
	cairo_arc(cr, 12.5, 13, 7, -M_PI * 0.78, M_PI * 0.62);
	cairo_move_to(cr, 3.8, 4.6);
	cairo_line_to(cr, 6.6, 10);
	cairo_line_to(cr, 12.4, 8.4);
	cairo_stroke(cr);
}

static void
closed(cairo_t *cr)
{
	cairo_set_line_width(cr, 2);
	ellipse(cr, 12, 12, 9, 9);
	cairo_move_to(cr, 7.4, 12);
	cairo_line_to(cr, 16.6, 12);
	cairo_stroke(cr);
}

static void
draw(cairo_t *cr, enum icon icon)
{
	switch (icon) {
	case ICON_NONE:
		return;
	case ICON_CROSS:
		cross(cr);
		return;
	case ICON_TICK:
		tick(cr);
		return;
	case ICON_SPEAKER:
		speaker(cr);
		return;
	case ICON_CONTRAST:
		contrast(cr);
		return;
	case ICON_GLOBE:
		globe(cr);
		return;
	case ICON_NEXT:
		next(cr);
		return;
	case ICON_BADGE:
		badge(cr);
		return;
	case ICON_INFO:
		info(cr);
		return;
	case ICON_CLOCK:
		clock_face(cr);
		return;
	case ICON_UNDO:
		undo(cr);
		return;
	case ICON_CLOSED:
		closed(cr);
		return;
	}
}

void
icon_draw(struct canvas *c, enum icon icon, struct ui_box b, uint32_t colour)
{
	int side = b.w < b.h ? b.w : b.h;
	cairo_t *cr = c->cr;

	b = canvas_mirror(c, box_centre(b, side, side));
	cairo_save(cr);
	cairo_translate(cr, b.x, b.y);
	cairo_scale(cr, side / SIDE, side / SIDE);
	if (c->rtl && icon == ICON_NEXT) {
		cairo_translate(cr, SIDE, 0);
		cairo_scale(cr, -1, 1);
	}
	cairo_set_source_rgb(cr, (colour >> 16 & 0xff) / 255.0,
	    (colour >> 8 & 0xff) / 255.0, (colour & 0xff) / 255.0);
	cairo_set_line_width(cr, LINE);
	cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
	cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
	cairo_new_path(cr);
	draw(cr, icon);
	cairo_restore(cr);
}
