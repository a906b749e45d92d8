// SPDX-License-Identifier: Apache-2.0
#include "kiosk/label.h"

#include <string.h>

#include "kiosk/i18n.h"
#include "kiosk/isolate.h"

/*
 * Fonts ask for more room above and below than letters take, some for half as
 * much again (Arabic), so that lines fall apart and words do not fit buttons
 * that they would. In parts of the font size: from one line to the next, above
 * the first baseline and below the last. Scripts with marks below get more.
 */
struct leading {
	float known;		/* what to multiply the font's own with; 0:
				 * there are several fonts, line says it */
	double line, above, below;
};
static const struct leading latin = { 0.9f, 1.225, 0.965, 0.26 };
static const struct leading square = { 0, 1.28, 0.965, 0.26 };
static const struct leading arabic = { 0, 1.53, 1.0, 0.47 };
static const struct leading other = { 0, 1.45, 1.05, 0.42 };

static const struct leading *
leading(const struct canvas *c)
{
	const char *fonts = i18n_fonts(c->lang);

	if (strchr(fonts, ',') == NULL)
		return &latin;
	if (strstr(fonts, "CJK") != NULL)
		return &square;
	return strstr(fonts, "Arabic") != NULL ? &arabic : &other;
}

int
label_line(const struct canvas *c, int px)
{
	return (int)(px * leading(c)->line) + 1;
}

static PangoAlignment
alignment(const struct canvas *c, enum label_align a)
{
	if (a == LABEL_CENTRE)
		return PANGO_ALIGN_CENTER;
	return (a == LABEL_START) != c->rtl ? PANGO_ALIGN_LEFT :
	    PANGO_ALIGN_RIGHT;
}

/* No line ends inside of [from, to). */
static void
keep_together(PangoAttrList *list, const char *s, const char *from,
    const char *to)
{
	PangoAttribute *a = pango_attr_allow_breaks_new(FALSE);

	a->start_index = (guint)(from - s);
	a->end_index = (guint)(to - s);
	pango_attr_list_insert(list, a);
}

static bool
is(const char *s, const char *mark)
{
	return strncmp(s, mark, strlen(mark)) == 0;
}

/* Japanese has no spaces, and the engine would end a line after any letter of
 * it, inside words too. So sentences say themselves where one may end: after a
 * zero-width space. Values in them, between isolate marks, are as ever. */
static void
keep_phrases(PangoAttrList *list, const char *s)
{
	const char *from = s;
	int depth = 0;

	for (const char *p = s; *p != '\0'; p++) {
		if (is(p, I18N_FSI) || is(p, I18N_LRI)) {
			if (depth++ == 0)
				keep_together(list, s, from, p);
		} else if (is(p, I18N_PDI)) {
			if (depth > 0 && --depth == 0)
				from = p;
		} else if (depth == 0 && (is(p, I18N_ZWSP) || *p == ' ')) {
			size_t n = *p == ' ' ? 1 : sizeof(I18N_ZWSP) - 1;

			keep_together(list, s, from, p + n);
			from = p + n;
		}
	}
	if (depth == 0)
		keep_together(list, s, from, s + strlen(s));
}

static bool
has_value(const struct label *l)
{
	return strstr(l->s, I18N_FSI) != NULL;
}

/* Its language, and where lines may end. An address that is broken must not
 * gain a hyphen that is not in it; a value may be one word that is longer than
 * a line. */
static void
set_attributes(const struct canvas *c, PangoLayout *p, const struct label *l)
{
	PangoAttrList *list = pango_attr_list_new();
	bool anywhere = l->anywhere || (has_value(l) && !l->whole);

	pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
	/* A line of Latin letters is as high as its neighbours. */
	if (leading(c)->known <= 0)
		pango_attr_list_insert(list,
		    pango_attr_line_height_new_absolute((int)(l->px *
		    leading(c)->line * PANGO_SCALE)));
	/* The same sign looks different in Chinese and in Japanese. */
	if (l->lang != NULL)
		pango_attr_list_insert(list, pango_attr_language_new(
		    pango_language_from_string(l->lang)));
	if (!l->anywhere && strstr(l->s, I18N_ZWSP) != NULL)
		keep_phrases(list, l->s);
	pango_layout_set_attributes(p, list);
	pango_attr_list_unref(list);
	pango_layout_set_wrap(p, anywhere ? PANGO_WRAP_WORD_CHAR :
	    PANGO_WRAP_WORD);
}

static PangoLayout *
layout_new(struct canvas *c, const struct label *l, int w)
{
	PangoLayout *p = pango_layout_new(c->pango);
	PangoFontDescription *f = pango_font_description_new();

	pango_font_description_set_family_static(f, i18n_fonts(l->lang !=
	    NULL ? l->lang : c->lang));
	pango_font_description_set_absolute_size(f, l->px * PANGO_SCALE);
	pango_font_description_set_weight(f, l->bold ? PANGO_WEIGHT_BOLD :
	    PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(p, f);
	pango_font_description_free(f);
	pango_layout_set_auto_dir(p, FALSE);
	pango_layout_set_alignment(p, alignment(c, l->align));
	pango_layout_set_width(p, w < 0 ? -1 : w * PANGO_SCALE);
	set_attributes(c, p, l);
	pango_layout_set_text(p, l->s, -1);
	if (leading(c)->known > 0)
		pango_layout_set_line_spacing(p, leading(c)->known);
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

bool
label_has_glyphs(struct canvas *c, const struct label *l)
{
	PangoLayout *p = layout_new(c, l, -1);
	bool all = pango_layout_get_unknown_glyphs_count(p) == 0;

	g_object_unref(p);
	return all;
}

static bool
fits(struct canvas *c, struct label l, int px, int w, int h)
{
	struct label_size s;

	l.px = px;
	s = label_size(c, &l, w);
	return s.w <= w && s.h <= h;
}

static int
largest(struct canvas *c, const struct label *l, int w, int h, int least)
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

int
label_fit(struct canvas *c, const struct label *l, int w, int h, int least)
{
	struct label whole = *l;
	int px;

	/* Smaller letters are better than a name that is torn. */
	whole.whole = true;
	px = largest(c, &whole, w, h, least);
	return px >= least || !has_value(l) ? px : largest(c, l, w, h, least);
}

static bw_err
keep_words(struct canvas *c, const char *s)
{
	bw_err r;

	while (*s != '\0') {
		size_t n = 0;

		while (s[n] != '\0' && isolate_mark(s + n) == 0)
			n++;
		if ((r = bw_buf_put(&c->words, s, n)) != BW_OK)
			return r;
		s += n + isolate_mark(s + n);
	}
	return bw_buf_put_u8(&c->words, 0);
}

static void
list(struct canvas *c, const struct label *l, PangoLayout *p, struct ui_box b,
    struct ui_box at, int top, int height)
{
	struct ui_text *t = &c->text[c->ntexts];
	PangoRectangle ink, r;

	if (c->ntexts >= CANVAS_TEXTS) {
		c->err = BW_ERR_BOUND;
		return;
	}
	pango_layout_get_pixel_extents(p, &ink, &r);
	c->offset[c->ntexts] = c->words.len;
	t->box = box(at.x + r.x, at.y, r.width, height);
	t->ink = box(at.x + ink.x, at.y - top + ink.y, ink.width, ink.height);
	t->unknown = pango_layout_get_unknown_glyphs_count(p);
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
	list(c, l, p, b, at, top, s.h);
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
