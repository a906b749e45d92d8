// SPDX-License-Identifier: Apache-2.0
#include "kiosk/widget.h"

#define EDGE 3		/* px of a button's line */
#define PAD_MM 25	/* tenths: from its edge to its words */
#define WIDE 10000	/* px: one line, however long */

struct look {
	uint32_t fill, edge, ink;
};

static struct look
look_of(const struct canvas *c, const struct widget *w)
{
	const struct theme *t = c->theme;

	if (canvas_is_pressed(c, w->name))
		return (struct look){ t->held, t->held, t->on_held };
	if (w->full || w->on)
		return (struct look){ t->fill, t->fill, t->on_fill };
	return (struct look){ t->card, t->accent, t->accent };
}

static void
ring(struct canvas *c, const char *name, struct ui_box b, int radius)
{
	const int line = WIDGET_RING - EDGE;

	if (canvas_is_focused(c, name))
		canvas_ring(c, box_inset(b, -WIDGET_RING, -WIDGET_RING),
		    radius + WIDGET_RING, c->theme->ring, line);
}

int
widget_pad(const struct canvas *c)
{
	return canvas_mm(c, PAD_MM) / 2;
}

static int
icon_side(const struct widget *w)
{
	return w->icon == ICON_NONE ? 0 : w->px * 11 / 10;
}

static int
icon_gap(const struct widget *w)
{
	return w->icon == ICON_NONE || w->text == NULL ? 0 : w->px * 3 / 10;
}

static struct label
words(const struct widget *w, const struct look *k)
{
	return (struct label){ .s = w->text, .lang = w->lang, .px = w->px,
		.bold = true, .align = LABEL_CENTRE, .colour = k->ink,
		.ground = k->fill };
}

static struct label
words_below(const struct widget *w, const struct look *k)
{
	return (struct label){ .s = w->below, .px = w->below_px,
		.align = LABEL_CENTRE, .colour = k->ink, .ground = k->fill };
}

int
widget_width(struct canvas *c, const struct widget *w)
{
	struct look k = look_of(c, w);
	struct label l = words(w, &k);
	int text = w->text != NULL ? label_size(c, &l, WIDE).w : 0;

	return 2 * canvas_mm(c, PAD_MM) + icon_side(w) + icon_gap(w) + text;
}

struct label_size
widget_below_size(struct canvas *c, const struct widget *w, int width)
{
	struct look k = look_of(c, w);
	struct label l = words_below(w, &k);

	if (w->below == NULL)
		return (struct label_size){ 0, 0 };
	return label_size(c, &l, width);
}

int
widget_height(struct canvas *c, const struct widget *w, int width)
{
	struct look k = look_of(c, w);
	struct label l = words(w, &k);

	return label_size(c, &l, width).h + widget_below_size(c, w, width -
	    2 * widget_pad(c)).h + canvas_mm(c, 22);
}

/* Icon and words as one group in the middle of b. */
static void
draw_line(struct canvas *c, const struct widget *w, const struct look *k,
    struct ui_box b)
{
	int icon = icon_side(w), gap = icon_gap(w), need;
	struct label l;

	if (w->text == NULL) {
		icon_draw(c, w->icon, box_centre(b, icon, icon), k->ink);
		return;
	}
	l = words(w, k);
	l.px = label_fit(c, &l, b.w - icon - gap, b.h, w->least);
	if (l.px < w->least)
		l.px = w->least;
	need = icon + gap + label_size(c, &l, b.w - icon - gap).w;
	b = box_centre(b, need, b.h);
	if (icon != 0)
		icon_draw(c, w->icon, box_start(&b, icon, gap), k->ink);
	label_draw(c, &l, b);
}

static void
draw_two_lines(struct canvas *c, const struct widget *w, const struct look *k,
    struct ui_box b)
{
	struct label first = words(w, k), second = words_below(w, k);
	int h1 = label_size(c, &first, b.w).h;
	int h2 = label_size(c, &second, b.w).h;

	b = box_centre(b, b.w, h1 + h2);
	draw_line(c, w, k, box_top(&b, h1, 0));
	label_draw(c, &second, b);
}

void
widget_button(struct canvas *c, const struct widget *w, struct ui_box b)
{
	struct look k = look_of(c, w);
	struct ui_box in = box_inset(b, w->tight ? EDGE + 1 : widget_pad(c),
	    EDGE);
	int radius = canvas_mm(c, 22);

	ring(c, w->name, b, radius);
	canvas_widget(c, w->name, b, true);
	canvas_round(c, b, radius, k.fill, k.edge, EDGE);
	if (w->below != NULL)
		draw_two_lines(c, w, &k, in);
	else
		draw_line(c, w, &k, in);
}

static int
tick_side(const struct canvas *c)
{
	return canvas_mm(c, 66);
}

static int
tick_pad(const struct canvas *c)
{
	return canvas_mm(c, 20);
}

static struct label
tick_words(const struct canvas *c, const struct widget_tick *w)
{
	return (struct label){ .s = w->text, .px = w->px, .bold = true,
		.colour = c->theme->ink, .ground = c->theme->card };
}

static struct label
tick_note(const struct canvas *c, const struct widget_tick *w)
{
	return (struct label){ .s = w->note, .px = w->note_px,
		.colour = c->theme->soft, .ground = c->theme->card };
}

struct label_size
widget_tick_size(struct canvas *c, const struct widget_tick *w)
{
	struct label a = tick_words(c, w), b = tick_note(c, w);
	struct label_size s = label_size(c, &a, WIDE);
	struct label_size n = label_size(c, &b, WIDE);
	int pad = tick_pad(c);

	if (w->note_below) {
		s.w = s.w > n.w ? s.w : n.w;
		s.h += n.h;
	} else {
		s.w += pad + n.w;
		s.h = s.h > n.h ? s.h : n.h;
	}
	if (s.h < tick_side(c))
		s.h = tick_side(c);
	return (struct label_size){ s.w + tick_side(c) + 3 * pad,
		s.h + 2 * EDGE };
}

/* The square: full with a tick in it, or empty with an edge. One that cannot
 * be changed has the colour of the soft text. */
static void
draw_square(struct canvas *c, const struct widget_tick *w, struct ui_box b)
{
	const struct theme *t = c->theme;
	uint32_t colour = w->enabled ? t->accent : t->soft;
	int radius = canvas_mm(c, 12);

	if (!w->ticked) {
		canvas_round(c, b, radius, t->card, t->accent, EDGE);
		return;
	}
	canvas_round(c, b, radius, colour, colour, 0);
	icon_draw(c, ICON_TICK, box_inset(b, b.w / 8, b.h / 8), t->card);
}

static void
draw_tick_words(struct canvas *c, const struct widget_tick *w,
    struct ui_box b)
{
	struct label a = tick_words(c, w), n = tick_note(c, w);
	struct label_size size = label_size(c, &a, WIDE);

	if (w->note_below) {
		struct label_size below = label_size(c, &n, WIDE);

		b = box_centre(b, b.w, size.h + below.h);
		label_draw(c, &a, box_top(&b, size.h, 0));
	} else {
		label_draw(c, &a, box_start(&b, size.w, tick_pad(c)));
		n.align = LABEL_END;
	}
	label_draw(c, &n, b);
}

void
widget_tick(struct canvas *c, const struct widget_tick *w, struct ui_box b)
{
	const struct theme *t = c->theme;
	int side = tick_side(c), pad = tick_pad(c), radius = canvas_mm(c, 18);
	struct ui_box in = box_inset(b, pad, 2);

	ring(c, w->name, b, radius);
	canvas_widget(c, w->name, b, w->enabled);
	if (w->enabled)
		canvas_round(c, b, radius, t->card,
		    canvas_is_pressed(c, w->name) ? t->ring : t->edge,
		    canvas_is_pressed(c, w->name) ? EDGE + 1 : 2);
	else
		canvas_round(c, b, radius, t->card, t->rule, 2);
	draw_square(c, w, box_centre(box_start(&in, side, pad), side, side));
	draw_tick_words(c, w, in);
}
