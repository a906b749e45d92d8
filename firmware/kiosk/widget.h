/* SPDX-License-Identifier: Apache-2.0 */
/*
 * widget.h - what can be touched: drawn, listed, with its focus ring.
 */
#ifndef KIOSK_WIDGET_H
#define KIOSK_WIDGET_H

#include "kiosk/icon.h"
#include "kiosk/label.h"

/* From the edge of a widget to the outside of its focus ring. Two widgets are
 * never nearer to each other than twice what is left of the gap then. */
#define WIDGET_RING 7

struct widget {
	const char *name;
	const char *text;	/* may be NULL */
	const char *lang;	/* of the text; NULL: that of the screen */
	const char *below;	/* a smaller second line, may be NULL */
	enum icon icon;
	int px, below_px, least;	/* font sizes; least for both */
	bool tight;		/* a key: its words may come near its edge */
	bool full;		/* in the fill colour, else only its edge */
	bool on;		/* of several it is the one that holds */
};

/* A button: icon and text side by side in the middle, as large as fits. */
void widget_button(struct canvas *c, const struct widget *w, struct ui_box b);
/* The width that its text and icon need in one line. */
int widget_width(struct canvas *c, const struct widget *w);
/* The height that it needs in a width, for both its lines. */
int widget_height(struct canvas *c, const struct widget *w, int width);
/* What its second line needs, in lines of at most width. */
struct label_size widget_below_size(struct canvas *c, const struct widget *w,
    int width);
/* From its edge to its words. */
int widget_pad(const struct canvas *c);

/* A box to tick: with words, and a smaller word beside or below them. */
struct widget_tick {
	const char *name, *text, *note;
	int px, note_px;
	bool ticked, enabled, note_below;
};
void widget_tick(struct canvas *c, const struct widget_tick *w,
    struct ui_box b);
/* What it needs to show its words at their size. */
struct label_size widget_tick_size(struct canvas *c,
    const struct widget_tick *w);

#endif
