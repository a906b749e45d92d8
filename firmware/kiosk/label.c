// SPDX-License-Identifier: Apache-2.0
#include "kiosk/label.h"

#include <string.h>

#include "kiosk/i18n.h"

/*
 * Fonts ask for more room above and below than letters take, some for half as
 * much again (Arabic), so that lines fall apart and words do not fit buttons
 * that they would. In parts of the font size: from one line to the next, above
 * the first baseline and below the last. Scripts with marks below get more.
 */
struct leading {
	float known;		/* what to multiply the font's own with; 0:
				 * look first, there are several fonts */
	double line, above, below;
};
static const struct leading latin = { 0.9f, 1.225, 0.965, 0.26 };
static const struct leading other = { 0, 1.45, 1.05, 0.42 };

static const struct leading *
leading(const struct canvas *c)
{
	return strchr(i18n_fonts(c->lang), ',') == NULL ? &latin : &other;
}

static PangoAlignment
alignment(const struct canvas *c, enum label_align a)
{
	if (a == LABEL_CENTRE)
		return PANGO_ALIGN_CENTER;
	return (a == LABEL_START) != c->rtl ? PANGO_ALIGN_LEFT :
	    PANGO_ALIGN_RIGHT;
}

/* Bring lines nearer to each other when they are farther apart than this. */
static void
close_up(PangoLayout *p, double most)
{
	PangoLayoutLine *first = pango_layout_get_line_readonly(p, 0);
	PangoRectangle r;

	if (first == NULL || pango_layout_get_line_count(p) < 2)
		return;
	pango_layout_line_get_extents(first, NULL, &r);
	if (r.height > most * PANGO_SCALE)
		pango_layout_set_line_spacing(p, (float)(most * PANGO_SCALE /
		    r.height));
}

/* An address that is broken must not gain a hyphen that is not in it. */
static void
no_hyphens(PangoLayout *p)
{
	PangoAttrList *list = pango_attr_list_new();

	pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
	pango_layout_set_attributes(p, list);
	pango_attr_list_unref(list);
}

static PangoLayout *
layout_new(struct canvas *c, const struct label *l, int w)
{
	PangoLayout *p = pango_layout_new(c->pango);
	PangoFontDescription *f = pango_font_description_new();

	pango_font_description_set_family_static(f, i18n_fonts(c->lang));
	pango_font_description_set_absolute_size(f, l->px * PANGO_SCALE);
	pango_font_description_set_weight(f, l->bold ? PANGO_WEIGHT_BOLD :
	    PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(p, f);
	pango_font_description_free(f);
	pango_layout_set_auto_dir(p, FALSE);
	pango_layout_set_alignment(p, alignment(c, l->align));
	pango_layout_set_width(p, w < 0 ? -1 : w * PANGO_SCALE);
	pango_layout_set_wrap(p, l->anywhere ? PANGO_WRAP_WORD_CHAR :
	    PANGO_WRAP_WORD);
	no_hyphens(p);
	pango_layout_set_text(p, l->s, -1);
	if (leading(c)->known > 0)
		pango_layout_set_line_spacing(p, leading(c)->known);
	else
		close_up(p, l->px * leading(c)->line);
	return p;
}

/* The box that counts: without the room that no letter takes. top is what
 * was left out above. */
static struct label_size
measure(struct canvas *c, const struct label *l, PangoLayout *p, int *top)
{
	const struct leading *k = leading(c);
	PangoLayoutIter *i = pango_layout_get_iter(p);
	int above = pango_layout_iter_get_baseline(i) / PANGO_SCALE, below;
	PangoRectangle r;

	while (pango_layout_iter_next_line(i))
		;
	pango_layout_get_pixel_extents(p, NULL, &r);
	below = r.height - pango_layout_iter_get_baseline(i) / PANGO_SCALE;
	pango_layout_iter_free(i);
	above -= (int)(l->px * k->above);
	below -= (int)(l->px * k->below);
	*top = above > 0 ? above : 0;
	return (struct label_size){ r.width, r.height - *top -
		(below > 0 ? below : 0) };
}

struct label_size
label_size(struct canvas *c, const struct label *l, int w)
{
	PangoLayout *p = layout_new(c, l, w);
	int top;
	struct label_size s = measure(c, l, p, &top);

	g_object_unref(p);
	return s;
}

static bool
fits(struct canvas *c, struct label l, int px, int w, int h)
{
	struct label_size s;

	l.px = px;
	s = label_size(c, &l, w);
	return s.w <= w && s.h <= h;
}

int
label_fit(struct canvas *c, const struct label *l, int w, int h, int least)
{
	int no = l->px + 1, yes = least - 1;

	if (fits(c, *l, l->px, w, h))
		return l->px;
	while (no - yes > 1) {
		int mid = yes + (no - yes) / 2;

		if (fits(c, *l, mid, w, h))
			yes = mid;
		else
			no = mid;
	}
	return yes;
}

/* U+2066 to U+2069: they set the direction and have no glyphs. */
static bool
is_mark(const char *s)
{
	return s[0] == '\xe2' && s[1] == '\x81' && s[2] >= '\xa6' &&
	    s[2] <= '\xa9';
}

static bw_err
keep_words(struct canvas *c, const char *s)
{
	bw_err r;

	while (*s != '\0') {
		size_t n = 0;

		while (s[n] != '\0' && !is_mark(s + n))
			n++;
		if ((r = bw_buf_put(&c->words, s, n)) != BW_OK)
			return r;
		s += s[n] != '\0' ? n + 3 : n;
	}
	return bw_buf_put_u8(&c->words, 0);
}

static void
list(struct canvas *c, const struct label *l, PangoLayout *p, struct ui_box b,
    struct ui_box at, int height)
{
	struct ui_text *t = &c->text[c->ntexts];
	PangoRectangle r;

	if (c->ntexts >= CANVAS_TEXTS) {
		c->err = BW_ERR_BOUND;
		return;
	}
	pango_layout_get_pixel_extents(p, NULL, &r);
	c->offset[c->ntexts] = c->words.len;
	t->box = box(at.x + r.x, at.y, r.width, height);
	t->colour = l->colour;
	t->ground = l->ground;
	t->px = l->px;
	t->cut = r.width > b.w || height > b.h;
	if (keep_words(c, l->s) != BW_OK)
		c->err = BW_ERR_BOUND;
	c->ntexts++;
}

/* Centred lines of about the same length, instead of a last one of one word:
 * the least width that takes no more lines. */
static int
balanced(struct canvas *c, const struct label *l, int w)
{
	int no = 0, yes = w, high = label_size(c, l, w).h;

	if (l->align != LABEL_CENTRE || high < l->px * 2)
		return w;
	while (yes - no > 8) {
		int mid = no + (yes - no) / 2;
		struct label_size s = label_size(c, l, mid);

		if (s.h <= high && s.w <= mid)
			yes = mid;
		else
			no = mid;
	}
	return yes;
}

void
label_draw(struct canvas *c, const struct label *l, struct ui_box b)
{
	int w = balanced(c, l, b.w);
	PangoLayout *p = layout_new(c, l, w);
	int top;
	struct label_size s = measure(c, l, p, &top);
	struct ui_box at = canvas_mirror(c, box(b.x + (b.w - w) / 2, b.y, w,
	    b.h));

	if (!l->top)
		at.y += (b.h - s.h) / 2;
	cairo_set_source_rgb(c->cr, (l->colour >> 16 & 0xff) / 255.0,
	    (l->colour >> 8 & 0xff) / 255.0, (l->colour & 0xff) / 255.0);
	cairo_move_to(c->cr, at.x, at.y - top);
	pango_cairo_show_layout(c->cr, p);
	list(c, l, p, b, at, s.h);
	g_object_unref(p);
}

void
label_draw_fit(struct canvas *c, const struct label *l, struct ui_box b,
    int least)
{
	struct label fit = *l;

	fit.px = label_fit(c, l, b.w, b.h, least);
	if (fit.px < least)
		fit.px = least;
	label_draw(c, &fit, b);
}

void
label_scrub(struct canvas *c)
{
	/* Longer than any value. */
	char blank[4 * FIELD_VALUE_MAX];
	struct label l = { .s = blank, .px = 20, .bold = true };

	memset(blank, 'm', sizeof(blank));
	blank[sizeof(blank) - 1] = '\0';
	(void)label_size(c, &l, -1);
	l.bold = false;
	(void)label_size(c, &l, -1);
}
