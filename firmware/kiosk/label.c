// SPDX-License-Identifier: Apache-2.0
#include "kiosk/label.h"

#include <string.h>

#include "kiosk/i18n.h"

/* Lines of Latin letters stand closer than the font asks for, and less room is
 * left above the first and below the last: the font thinks of marks that these
 * languages do not have. */
#define TIGHT 0.9f
#define TRIM 14		/* percent of the font size, above and below together */

static bool
is_latin(const struct canvas *c)
{
	return strchr(i18n_fonts(c->lang), ',') == NULL;
}

static PangoAlignment
alignment(const struct canvas *c, enum label_align a)
{
	if (a == LABEL_CENTRE)
		return PANGO_ALIGN_CENTER;
	return (a == LABEL_START) != c->rtl ? PANGO_ALIGN_LEFT :
	    PANGO_ALIGN_RIGHT;
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
	pango_layout_set_width(p, w * PANGO_SCALE);
	pango_layout_set_wrap(p, l->anywhere ? PANGO_WRAP_WORD_CHAR :
	    PANGO_WRAP_WORD);
	if (is_latin(c))
		pango_layout_set_line_spacing(p, TIGHT);
	pango_layout_set_text(p, l->s, -1);
	return p;
}

static int
trim(const struct canvas *c, const struct label *l)
{
	return is_latin(c) ? l->px * TRIM / 100 : 0;
}

static struct label_size
measure(struct canvas *c, const struct label *l, PangoLayout *p)
{
	PangoRectangle r;

	pango_layout_get_pixel_extents(p, NULL, &r);
	return (struct label_size){ r.width, r.height - trim(c, l) };
}

struct label_size
label_size(struct canvas *c, const struct label *l, int w)
{
	PangoLayout *p = layout_new(c, l, w);
	struct label_size s = measure(c, l, p);

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
    struct ui_box at)
{
	struct ui_text *t = &c->text[c->ntexts];
	PangoRectangle r;

	if (c->ntexts >= CANVAS_TEXTS) {
		c->err = BW_ERR_BOUND;
		return;
	}
	pango_layout_get_pixel_extents(p, NULL, &r);
	c->offset[c->ntexts] = c->words.len;
	r.height -= trim(c, l);
	t->box = box(at.x + r.x, at.y, r.width, r.height);
	t->colour = l->colour;
	t->ground = l->ground;
	t->px = l->px;
	t->cut = r.width > b.w || r.height > b.h;
	if (keep_words(c, l->s) != BW_OK)
		c->err = BW_ERR_BOUND;
	c->ntexts++;
}

void
label_draw(struct canvas *c, const struct label *l, struct ui_box b)
{
	PangoLayout *p = layout_new(c, l, b.w);
	struct label_size s = measure(c, l, p);
	struct ui_box at = canvas_mirror(c, b);

	if (!l->top)
		at.y += (b.h - s.h) / 2;
	cairo_set_source_rgb(c->cr, (l->colour >> 16 & 0xff) / 255.0,
	    (l->colour >> 8 & 0xff) / 255.0, (l->colour & 0xff) / 255.0);
	cairo_move_to(c->cr, at.x, at.y - trim(c, l) * 3 / 4);
	pango_cairo_show_layout(c->cr, p);
	list(c, l, p, b, at);
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
