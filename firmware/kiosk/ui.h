/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ui.h - from a view to pixels, widgets and texts.
 *
 * ui_draw renders one view into an image in memory and lists what can be
 * touched and what can be read in it. It keeps nothing else of a view: the
 * texts of a frame are wiped before the next one is drawn, and so are the
 * pixels. SCREEN.md's rules on size, contrast, spacing and direction are kept here.
 *
 * Names of widgets, the same in every language:
 *   idle     start, speak size contrast, lang:xx or languages; speak only
 *            where there is a voice (view.can_speak)
 *   ask      share decline more-time field:N page, and idle's but for start
 *   hold     decline (the same answer, a little later)
 *   shared   undo done more-time page
 *   declined, noanswer, unread   done
 *   staff    as in staff.h
 *   enrol    as in first.h
 *   the list of languages        lang:xx cancel page
 * field:N of a required field is there, ticked, and not enabled. "page" shows
 * the next part of a text that is too long for one screen (view.page).
 */
#ifndef KIOSK_UI_H
#define KIOSK_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "kiosk/view.h"

/* The least and the largest screen, in pixels on a side. */
#define UI_SIDE_MIN 320
#define UI_SIDE_MAX 4096
#define UI_NAME_MAX 24	/* bytes of a widget's name, its zero included */

struct ui;

struct ui_box {
	int x, y, w, h;		/* pixels from the upper left corner */
};

struct ui_widget {
	char name[UI_NAME_MAX];
	struct ui_box box;
	bool enabled;		/* else it is shown, but cannot be used */
};

struct ui_text {
	const char *text;	/* without direction marks and zero-width
				 * spaces; until next draw */
	struct ui_box box;	/* its lines */
	struct ui_box ink;	/* where its glyphs leave a trace */
	uint32_t colour, ground;	/* 0x00RRGGBB, before antialiasing */
	int px;			/* font size in pixels */
	bool cut;		/* did not fit its place: a fault */
	int unknown;		/* glyphs that no font has: a fault */
};

/* One frame: 32-bit pixels 0x00RRGGBB in the machine's byte order. */
struct ui_image {
	uint32_t *px;
	int w, h;
	size_t stride;		/* in bytes */
};

/* A screen of w × h pixels that are pitch_um micrometres wide, 0 to take what
 * such a panel has (ui_pitch). Loads the fonts: BW_ERR_NOTFOUND when there
 * are none, BW_ERR_BOUND, BW_ERR_NOMEM. */
BW_MUST_USE bw_err ui_open(struct ui **out, int w, int h, int pitch_um);
void ui_close(struct ui **ui);
/* µm per pixel of the panels that the design is made for: 1024×600 at 10.1
 * inch and 800×480 at 7 inch; others are taken as 10.1 inch wide screens. */
int ui_pitch(int w, int h);

/* Draw a frame. On an error the frame is blank and has no widgets; the next
 * one is tried from the start. */
BW_MUST_USE bw_err ui_draw(struct ui *ui, const struct view *v);
/* A black frame without widgets and texts, for one that cannot be shown. */
void ui_blank(struct ui *ui);

const struct ui_image *ui_image(const struct ui *ui);
/* The widgets of the last frame in the order of the focus; the count. */
size_t ui_widgets(const struct ui *ui, const struct ui_widget **out);
/* The texts of the last frame in reading order; the count. */
size_t ui_texts(const struct ui *ui, const struct ui_text **out);

/* How many pages the last frame has (view.page); 1 without "page". */
unsigned ui_pages(const struct ui *ui);

/* A point in the corner where the sponsor's name begins (door.h). */
bool ui_in_corner(const struct ui *ui, int x, int y);

/* By name, enabled or not; NULL when the frame has none. */
const struct ui_widget *ui_find(const struct ui *ui, const char *name);
/* The enabled widget under a point, or NULL. */
const struct ui_widget *ui_hit(const struct ui *ui, int x, int y);
/* The enabled widget after or before this one (NULL, or gone: the first or
 * the last), going round; NULL when there is none. */
const char *ui_focus_next(const struct ui *ui, const char *name);
const char *ui_focus_prev(const struct ui *ui, const char *name);

/* Write the last frame as a PNG. BW_ERR_IO. */
BW_MUST_USE bw_err ui_shot(const struct ui *ui, const char *path);

/* The same, appended to a buffer. BW_ERR_BOUND, BW_ERR_NOMEM. */
BW_MUST_USE bw_err ui_png(const struct ui *ui, struct bw_buf *out);

/* Microseconds that the last ui_draw took. For the bench. */
int64_t ui_last_us(const struct ui *ui);

#endif
