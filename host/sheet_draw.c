// SPDX-License-Identifier: Apache-2.0
#include "host/sheet_draw.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PT_PER_MM (72.0 / 25.4)
#define FONT "Noto Sans"
#define PAD 2.5			/* between a label's edge and what is on it */
#define CODE_MAX 28.0		/* the code's side, with the white around it */
#define CODE_PART 0.32		/* and of the label's width */
#define CODE_PAD 0.5
#define CODE_SIDE 100.0		/* of the drawing that is made smaller */
#define QUIET 4			/* modules of that white */
#define NAME_MAX_MM 14.0	/* sizes of letters */
#define NAME_MIN_MM 1.2
#define LINE_MAX_MM 5.0
#define LINE_MIN_MM 2.0
#define SMALLER 0.95		/* from one try to the next */
#define PARTS 3			/* name, company, job title */

struct sheet_pdf {
	const struct label_format *format;
	const char *title;
	bw_err (*put)(void *arg, const void *ptr, size_t len);
	void *arg;
	cairo_surface_t *surface;	/* NULL until something is drawn */
	cairo_t *cr;
	PangoLayout *layout[PARTS];	/* beside each other: each text is
					 * fitted once */
	cairo_surface_t *code;		/* the last one, or NULL */
	char *address;			/* that it holds */
	bw_err err;
};

struct area {
	double x, y, w, h;
};

static cairo_status_t
pass_on(void *arg, const unsigned char *ptr, unsigned len)
{
	struct sheet_pdf *p = arg;

	if (p->err == BW_OK)
		p->err = p->put(p->arg, ptr, len);
	return p->err == BW_OK ? CAIRO_STATUS_SUCCESS :
	    CAIRO_STATUS_WRITE_ERROR;
}

/* As large on paper as it says: nothing is moved to where pixels would be. */
static void
open_fonts(PangoLayout *l[static PARTS])
{
	PangoFontMap *map = pango_cairo_font_map_new();
	PangoContext *ctx = pango_font_map_create_context(map);
	cairo_font_options_t *o = cairo_font_options_create();

	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(ctx, o);
	pango_context_set_round_glyph_positions(ctx, FALSE);
	cairo_font_options_destroy(o);
	for (int i = 0; i < PARTS; i++) {
		l[i] = pango_layout_new(ctx);
		pango_layout_set_single_paragraph_mode(l[i], TRUE);
	}
	g_object_unref(ctx);
	g_object_unref(map);
}

bw_err
sheet_pdf_open(struct sheet_pdf **out, const struct label_format *f,
    const char *title, bw_err (*put)(void *arg, const void *ptr, size_t len),
    void *arg)
{
	struct sheet_pdf *p = calloc(1, sizeof(*p));

	*out = NULL;
	if (p == NULL)
		return BW_ERR_NOMEM;
	p->format = f;
	p->title = title;
	p->put = put;
	p->arg = arg;
	open_fonts(p->layout);
	*out = p;
	return BW_OK;
}

/* Not before there is something to print: it puts at once. */
static void
begin(struct sheet_pdf *p)
{
	const struct label_format *f = p->format;

	if (p->surface != NULL)
		return;
	p->surface = cairo_pdf_surface_create_for_stream(pass_on, p,
	    f->page_w / 1000.0 * PT_PER_MM, f->page_h / 1000.0 * PT_PER_MM);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE,
	    p->title);
	p->cr = cairo_create(p->surface);
	cairo_scale(p->cr, PT_PER_MM, PT_PER_MM);
	cairo_set_line_width(p->cr, 0.1);
}

bw_err
sheet_pdf_state(const struct sheet_pdf *p)
{
	if (p->err != BW_OK || p->cr == NULL)
		return p->err;
	return cairo_status(p->cr) == CAIRO_STATUS_SUCCESS ? BW_OK :
	    BW_ERR_NOMEM;
}

static void
forget_code(struct sheet_pdf *p)
{
	if (p->code != NULL)
		cairo_surface_destroy(p->code);
	p->code = NULL;
	free(p->address);
	p->address = NULL;
}

void
sheet_pdf_close(struct sheet_pdf **p)
{
	if (*p == NULL)
		return;
	/* Nothing of what Cairo still has goes out. */
	if ((*p)->err == BW_OK)
		(*p)->err = BW_ERR_GONE;
	if ((*p)->cr != NULL)
		cairo_destroy((*p)->cr);
	if ((*p)->surface != NULL)
		cairo_surface_destroy((*p)->surface);
	forget_code(*p);
	for (int i = 0; i < PARTS; i++)
		g_object_unref((*p)->layout[i]);
	free(*p);
	*p = NULL;
}

bw_err
sheet_pdf_finish(struct sheet_pdf **p)
{
	bw_err r = sheet_pdf_state(*p);

	if (r == BW_OK && (*p)->surface != NULL) {
		cairo_show_page((*p)->cr);
		cairo_surface_finish((*p)->surface);
		r = (*p)->err;
		if (r == BW_OK && cairo_surface_status((*p)->surface) !=
		    CAIRO_STATUS_SUCCESS)
			r = BW_ERR_NOMEM;
	}
	sheet_pdf_close(p);
	return r;
}

void
sheet_pdf_next_page(struct sheet_pdf *p)
{
	if (p->cr != NULL)
		cairo_show_page(p->cr);
}

static struct area
place(const struct label_format *f, size_t at)
{
	int row = (int)at / f->columns, column = (int)at % f->columns;

	return (struct area){ (f->x + column * f->dx) / 1000.0,
		(f->y + row * f->dy) / 1000.0, f->w / 1000.0, f->h / 1000.0 };
}

static void
set_size(PangoLayout *l, double mm, bool bold)
{
	PangoFontDescription *d = pango_font_description_new();

	pango_font_description_set_family_static(d, FONT);
	if (bold)
		pango_font_description_set_weight(d, PANGO_WEIGHT_SEMIBOLD);
	pango_font_description_set_absolute_size(d, mm * PANGO_SCALE);
	pango_layout_set_font_description(l, d);
	pango_font_description_free(d);
}

bool
sheet_can_print(struct sheet_pdf *p, const char *name)
{
	if (name[strspn(name, " ")] == '\0')
		return false;
	pango_layout_set_width(p->layout[0], -1);
	pango_layout_set_text(p->layout[0], name, -1);
	set_size(p->layout[0], LINE_MAX_MM, true);
	return pango_layout_get_unknown_glyphs_count(p->layout[0]) == 0;
}

static bool
fits(PangoLayout *l, double w, double h, int lines)
{
	int lw, lh;

	pango_layout_get_size(l, &lw, &lh);
	return pango_layout_get_line_count(l) <= lines &&
	    lw <= w * PANGO_SCALE && lh <= h * PANGO_SCALE;
}

static double
smaller(double mm, int times)
{
	while (times-- > 0)
		mm *= SMALLER;
	return mm;
}

/* How many times smaller than `most` it fits, or is the least; halving what is
 * left, for each try lays the text out. */
static int
tries(PangoLayout *l, bool bold, double w, double h, double most,
    double least, int lines)
{
	int low = 0, high = 0;

	while (smaller(most, high) > least)
		high++;
	while (low < high) {
		int mid = (low + high) / 2;

		set_size(l, smaller(most, mid), bold);
		if (fits(l, w, h, lines))
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

/* The layout becomes this text, as large as it can be in so many lines; where
 * it is too long even for the least letters its end is left out. The height
 * that it takes. */
static double
fit(PangoLayout *l, const char *text, bool bold, double w, double h,
    double most, double least, int lines)
{
	int got;

	pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_NONE);
	pango_layout_set_height(l, -1);
	pango_layout_set_wrap(l, PANGO_WRAP_WORD);
	pango_layout_set_width(l, (int)(w * PANGO_SCALE));
	pango_layout_set_text(l, text, -1);
	set_size(l, smaller(most, tries(l, bold, w, h, most, least, lines)),
	    bold);
	if (!fits(l, w, h, lines)) {
		pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
		pango_layout_set_height(l, -lines);
		pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
	}
	pango_layout_get_size(l, NULL, &got);
	return (double)got / PANGO_SCALE;
}

static double
text_height(struct sheet_pdf *p, const struct sheet_label *l, int part,
    const struct area *a)
{
	bool more = l->company[0] != '\0' || l->job_title[0] != '\0';

	switch (part) {
	case 0:
		return fit(p->layout[0], l->name, true, a->w,
		    a->h * (more ? 0.6 : 1), NAME_MAX_MM, NAME_MIN_MM, 2);
	case 1:
		return l->company[0] == '\0' ? 0 : fit(p->layout[1],
		    l->company, false, a->w, a->h * 0.2, LINE_MAX_MM,
		    LINE_MIN_MM, 1);
	default:
		return l->job_title[0] == '\0' ? 0 : fit(p->layout[2],
		    l->job_title, false, a->w, a->h * 0.18,
		    LINE_MAX_MM * 0.85, LINE_MIN_MM, 1);
	}
}

/* One above the other, in the middle of the label's height. */
static void
draw_text(struct sheet_pdf *p, const struct sheet_label *l,
    const struct area *a)
{
	double y = a->y, h = 0, part[PARTS];

	for (int i = 0; i < PARTS; i++)
		h += part[i] = text_height(p, l, i, a);
	if (h < a->h)
		y += (a->h - h) / 2;
	for (int i = 0; i < PARTS; i++) {
		if (part[i] <= 0)
			continue;
		cairo_move_to(p->cr, a->x, y);
		pango_cairo_show_layout(p->cr, p->layout[i]);
		y += part[i];
		/* It is somebody's. */
		pango_layout_set_text(p->layout[i], "", 0);
	}
}

/* All of it in one path: between two that meet a printer would leave a line. */
static void
draw_modules(cairo_t *cr, const QRcode *q)
{
	for (int i = 0; i < q->width * q->width; i++)
		if ((q->data[i] & 1) != 0)
			cairo_rectangle(cr, i % q->width, i / q->width, 1, 1);
	cairo_fill(cr);
}

/* The code of an address, its side CODE_SIDE. One that is drawn again is in
 * the file once: 20,000 labels with the same need no more than one. */
static bw_err
take_code(struct sheet_pdf *p, const char *address)
{
	const cairo_rectangle_t all = { 0, 0, CODE_SIDE, CODE_SIDE };
	QRcode *q;
	cairo_t *cr;

	if (p->address != NULL && strcmp(p->address, address) == 0)
		return BW_OK;
	forget_code(p);
	if ((p->address = strdup(address)) == NULL)
		return BW_ERR_NOMEM;
	q = QRcode_encodeString(address, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (q == NULL) {
		forget_code(p);
		return BW_ERR_BOUND;
	}
	p->code = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA,
	    &all);
	cr = cairo_create(p->code);
	cairo_scale(cr, CODE_SIDE / (q->width + 2 * QUIET),
	    CODE_SIDE / (q->width + 2 * QUIET));
	cairo_translate(cr, QUIET, QUIET);
	draw_modules(cr, q);
	cairo_destroy(cr);
	QRcode_free(q);
	return BW_OK;
}

static bw_err
draw_code(struct sheet_pdf *p, const char *address, const struct area *a)
{
	bw_err r = take_code(p, address);

	if (r != BW_OK)
		return r;
	cairo_save(p->cr);
	cairo_translate(p->cr, a->x, a->y);
	cairo_scale(p->cr, a->w / CODE_SIDE, a->h / CODE_SIDE);
	cairo_set_source_surface(p->cr, p->code, 0, 0);
	cairo_paint(p->cr);
	cairo_restore(p->cr);
	return BW_OK;
}

static void
draw_outline(struct sheet_pdf *p, const struct area *a)
{
	double r = p->format->round / 1000.0;

	cairo_new_sub_path(p->cr);
	cairo_arc(p->cr, a->x + a->w - r, a->y + r, r, -G_PI_2, 0);
	cairo_arc(p->cr, a->x + a->w - r, a->y + a->h - r, r, 0, G_PI_2);
	cairo_arc(p->cr, a->x + r, a->y + a->h - r, r, G_PI_2, G_PI);
	cairo_arc(p->cr, a->x + r, a->y + r, r, G_PI, 3 * G_PI_2);
	cairo_close_path(p->cr);
	cairo_stroke(p->cr);
}

bw_err
sheet_label_draw(struct sheet_pdf *p, size_t at, const struct sheet_label *l)
{
	struct area a = place(p->format, at), text = a, code = a;
	double side = a.h - 2 * CODE_PAD;

	begin(p);
	if (l->outline)
		draw_outline(p, &a);
	if (side > a.w * CODE_PART)
		side = a.w * CODE_PART;
	if (side > CODE_MAX)
		side = CODE_MAX;
	code.x += a.w - CODE_PAD - side;
	code.y += (a.h - side) / 2;
	code.w = code.h = side;
	text.x += PAD;
	text.y += PAD;
	text.w -= PAD + CODE_PAD + side;
	text.h -= 2 * PAD;
	draw_text(p, l, &text);
	return draw_code(p, l->address, &code);
}

/* A line from each corner outwards, as printers mark where to cut. */
static void
crop_marks(struct sheet_pdf *p, const struct area *a)
{
	const double from = 0.8, to = 2.2;

	for (int i = 0; i < 4; i++) {
		double x = a->x + (i % 2 != 0 ? a->w : 0);
		double y = a->y + (i / 2 != 0 ? a->h : 0);
		double sx = i % 2 != 0 ? 1 : -1, sy = i / 2 != 0 ? 1 : -1;

		cairo_move_to(p->cr, x + sx * from, y);
		cairo_line_to(p->cr, x + sx * to, y);
		cairo_move_to(p->cr, x, y + sy * from);
		cairo_line_to(p->cr, x, y + sy * to);
	}
	cairo_stroke(p->cr);
}

static void
say(struct sheet_pdf *p, const char *text, double x, double y, double mm)
{
	int w, h;

	pango_layout_set_ellipsize(p->layout[0], PANGO_ELLIPSIZE_NONE);
	pango_layout_set_width(p->layout[0], -1);
	pango_layout_set_text(p->layout[0], text, -1);
	set_size(p->layout[0], mm, false);
	pango_layout_get_size(p->layout[0], &w, &h);
	cairo_move_to(p->cr, x - (double)w / PANGO_SCALE / 2,
	    y - (double)h / PANGO_SCALE / 2);
	pango_cairo_show_layout(p->cr, p->layout[0]);
}

void
sheet_label_test(struct sheet_pdf *p, size_t at)
{
	struct area a = place(p->format, at);
	char text[24];

	begin(p);
	draw_outline(p, &a);
	crop_marks(p, &a);
	snprintf(text, sizeof(text), "%zu", at + 1);
	say(p, text, a.x + a.w / 2, a.y + a.h / 2, 8);
}

void
sheet_ruler(struct sheet_pdf *p)
{
	double w = p->format->page_w / 1000.0, h = p->format->page_h / 1000.0;
	int mm = w > 120 ? 100 : 50;
	double x = (w - mm) / 2, y = h - 4.5;
	char text[64];

	begin(p);
	for (int i = 0; i <= mm; i += 10) {
		cairo_move_to(p->cr, x + i, y);
		cairo_line_to(p->cr, x + i, y - (i % 50 == 0 ? 2.5 : 1.5));
	}
	cairo_move_to(p->cr, x, y);
	cairo_line_to(p->cr, x + mm, y);
	cairo_stroke(p->cr);
	snprintf(text, sizeof(text), "%s: this line is %d mm long",
	    p->format->name, mm);
	say(p, text, w / 2, y + 2, 2.2);
}
