// SPDX-License-Identifier: Apache-2.0
#include "kiosk/code.h"

#define GAP_MM 10	/* tenths, between the code and its words */

static struct label
caption(const struct canvas *c, const struct code *k, enum label_align a)
{
	return (struct label){ .s = k->caption, .px = k->px, .bold = true,
		.top = true, .align = a, .colour = c->theme->ink,
		.ground = c->theme->ground };
}

static struct label
address(const struct canvas *c, const struct code *k, enum label_align a)
{
	return (struct label){ .s = k->address != NULL ? k->address : "",
		.px = k->px, .top = true, .anywhere = true, .align = a,
		.colour = c->theme->soft, .ground = c->theme->ground };
}

static int
side_of(const struct code *k, int side)
{
	return k->qr != NULL ? qr_side(k->qr, side) : 0;
}

static int
words_height(struct canvas *c, const struct code *k, int w)
{
	struct label a = caption(c, k, LABEL_START);
	struct label b = address(c, k, LABEL_START);
	int h = label_size(c, &a, w).h;

	return k->address != NULL ? h + label_size(c, &b, w).h : h;
}

static void
words_draw(struct canvas *c, const struct code *k, struct ui_box b,
    enum label_align align)
{
	struct label l = caption(c, k, align);

	label_draw(c, &l, box_top(&b, label_size(c, &l, b.w).h, 0));
	if (k->address == NULL)
		return;
	l = address(c, k, align);
	label_draw(c, &l, b);
}

int
code_column_side(struct canvas *c, const struct code *k, int w, int h)
{
	int left = h - canvas_mm(c, GAP_MM) - words_height(c, k, w);

	return side_of(k, left < w ? left : w);
}

bool
code_fits(struct canvas *c, const struct code *k, int w, int h)
{
	int side = code_column_side(c, k, w, h);
	struct label l = caption(c, k, LABEL_START);

	return side <= w && label_size(c, &l, w).w <= w && side + canvas_mm(c, GAP_MM) +
	    words_height(c, k, w) <= h;
}

void
code_draw(struct canvas *c, const struct code *k, struct ui_box b)
{
	int side = code_column_side(c, k, b.w, b.h);
	struct ui_box top = box_top(&b, side, canvas_mm(c, GAP_MM));

	if (k->qr != NULL)
		qr_draw(c, k->qr, box_centre(top, side, side));
	words_draw(c, k, b, LABEL_CENTRE);
}

static int
words_width(struct canvas *c, const struct code *k, int w, int side)
{
	return w - side_of(k, side) - canvas_mm(c, 3 * GAP_MM);
}

int
code_flat_height(struct canvas *c, const struct code *k, int w, int side)
{
	int h = words_height(c, k, words_width(c, k, w, side));

	return h > side_of(k, side) ? h : side_of(k, side);
}

void
code_flat_draw(struct canvas *c, const struct code *k, struct ui_box b,
    int side)
{
	int h = words_height(c, k, words_width(c, k, b.w, side));
	struct ui_box at = box_start(&b, side_of(k, side),
	    canvas_mm(c, 3 * GAP_MM));

	if (k->qr != NULL)
		qr_draw(c, k->qr, at);
	words_draw(c, k, box_centre(b, b.w, h < b.h ? h : b.h), LABEL_START);
}
