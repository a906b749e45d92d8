// SPDX-License-Identifier: Apache-2.0
/*
 * The receipt on a page of A4. It does not hold the code, neither in letters
 * nor as a QR: a paper is shown and passed on, and who has the code can
 * withdraw.
 */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <string.h>

#include "host/case.h"
#include "host/country.h"
#include "host/page_share.h"

#define WIDTH 595.28		/* points, as all here */
#define HEIGHT 841.89
#define EDGE 51.0
#define LABEL 130.0		/* the column of names */
#define GAP 14.0
#define LETTERS 10.5
#define SMALLEST 5.0
#define FONT "Noto Sans"

struct paper {
	const struct words *w;
	char zone[CASE_ZONE_MAX + 1];	/* as in page.h */
	cairo_t *cr;
	PangoContext *ctx;
	PangoLayout *layout;
	double size, y;		/* of letters; where the next goes */
	bool draw;		/* else it is measured only */
};

static void
set_font(struct paper *p, double scale, bool bold)
{
	PangoFontDescription *d = pango_font_description_new();

	pango_font_description_set_family_static(d, FONT);
	pango_font_description_set_weight(d, bold ? PANGO_WEIGHT_SEMIBOLD :
	    PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(d, p->size * scale *
	    PANGO_SCALE);
	pango_layout_set_font_description(p->layout, d);
	pango_font_description_free(d);
}

/* From U+3000 on: signs whose font Cairo 1.16 may put into a PDF with strokes
 * missing. */
static bool
has_cjk(const char *text)
{
	for (; *text != 0; text++)
		if ((unsigned char)*text >= 0xe3)
			return true;
	return false;
}

/* Such signs are drawn as outlines, over letters in white that can be found and
 * read aloud. */
static void
show(struct paper *p, const char *text, double x)
{
	bool outline = has_cjk(text);

	if (outline)
		cairo_set_source_rgb(p->cr, 1, 1, 1);
	cairo_move_to(p->cr, x, p->y);
	pango_cairo_show_layout(p->cr, p->layout);
	cairo_set_source_rgb(p->cr, 0, 0, 0);
	if (!outline)
		return;
	cairo_move_to(p->cr, x, p->y);
	pango_cairo_layout_path(p->cr, p->layout);
	cairo_fill(p->cr);
}

/* A text from `from` over `width`, counted from where the page's language
 * begins; the height that it takes. w: the language that it is in. */
static double
put(struct paper *p, const struct words *w, const char *text, double from,
    double width, double scale, bool bold)
{
	double x = p->w->rtl ? WIDTH - from - width : from;
	int h;

	pango_context_set_language(p->ctx, pango_language_from_string(
	    w->lang));
	pango_context_set_base_dir(p->ctx, w->rtl ? PANGO_DIRECTION_RTL :
	    PANGO_DIRECTION_LTR);
	pango_layout_context_changed(p->layout);
	pango_layout_set_alignment(p->layout, w->rtl ? PANGO_ALIGN_RIGHT :
	    PANGO_ALIGN_LEFT);
	set_font(p, scale, bold);
	pango_layout_set_width(p->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_text(p->layout, text, -1);
	pango_layout_get_size(p->layout, NULL, &h);
	if (p->draw)
		show(p, text, x);
	return (double)h / PANGO_SCALE;
}

/* Over the whole width, with room behind it. */
static void
paragraph(struct paper *p, const char *text, double scale, bool bold)
{
	p->y += put(p, p->w, text, EDGE, WIDTH - 2 * EDGE, scale, bold) +
	    p->size * 0.5;
}

static void
row(struct paper *p, const char *name, const char *text)
{
	double h = put(p, p->w, name, EDGE, LABEL, 1, true);
	double t = put(p, p->w, text, EDGE + LABEL + GAP,
	    WIDTH - 2 * EDGE - LABEL - GAP, 1, false);

	p->y += (h > t ? h : t) + p->size * 0.45;
}

static void
row_time(struct paper *p, const char *name, int64_t t)
{
	char day[WORDS_DAY_MAX], text[WORDS_DAY_MAX + CASE_ZONE_MAX + 32];
	int64_t there = t + case_ahead(p->zone, t);
	int minute = (int)(there / 60 % 1440);

	words_day(p->w, there, day);
	snprintf(text, sizeof(text), "%s, %02d:%02d %s", day, minute / 60,
	    minute % 60, p->zone[0] != 0 ? p->zone : "UTC");
	row(p, name, text);
}

static void
row_fields(struct paper *p, field_set granted)
{
	char text[FIELD_COUNT * 160] = "";
	size_t n = 0;

	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((granted & FIELD_BIT(f)) != 0 && n < sizeof(text))
			n += (size_t)snprintf(text + n, sizeof(text) - n,
			    "%s%s", n != 0 ? "\n" : "", p->w->field[f]);
	row(p, p->w->what, text);
}

static void
row_kept(struct paper *p, const struct share_facts *f)
{
	char days[WORDS_DAY_MAX], day[WORDS_DAY_MAX];
	char text[WORDS_DAY_MAX * 3];

	words_count(f->pol->retain_days == 1 ? p->w->kept_day :
	    p->w->kept_days, f->pol->retain_days, days);
	words_day(p->w, share_until(f) + case_ahead(p->zone,
	    share_until(f)), day);
	snprintf(text, sizeof(text), "%s%s%s", days, day, p->w->kept_end);
	row(p, p->w->kept, text);
}

static const char *
purpose(const struct share_facts *f, const char *lang)
{
	for (size_t i = 0; i < f->pol->sponsor.npurposes; i++)
		if (strcmp(f->pol->sponsor.purpose[i].lang, lang) == 0)
			return f->pol->sponsor.purpose[i].text;
	return NULL;
}

static void
facts(struct paper *p, const struct share_facts *f)
{
	const struct policy *pol = f->pol;
	const char *why = purpose(f, p->w->lang);
	char country[COUNTRY_NAME_MAX], id[SHARE_ID_MAX];

	if (why == NULL)
		why = purpose(f, f->r.lead.language);
	if (country_name(pol->sponsor.country, p->w->lang, country) != BW_OK)
		snprintf(country, sizeof(country), "%s",
		    pol->sponsor.country);
	share_id(f, id);
	row_fields(p, f->r.lead.granted);
	row_time(p, p->w->when, f->r.lead.time);
	if (why != NULL)
		row(p, p->w->purpose, why);
	row_kept(p, f);
	row(p, p->w->country, country);
	row(p, p->w->contact, pol->sponsor.contact);
	row(p, p->w->privacy, pol->sponsor.privacy_url);
	row(p, p->w->event, pol->event.name);
	if (f->who.controller[0] != 0)
		row(p, p->w->pub_controller, f->who.controller);
	if (f->who.contact[0] != 0)
		row(p, p->w->pub_contact, f->who.contact);
	if (f->who.complaint[0] != 0)
		row(p, p->w->pub_complaint, f->who.complaint);
	row(p, p->w->version, pol->version);
	row(p, p->w->reference, id);
}

/* Word for word, in the language that it was shown in. */
static void
what_was_read(struct paper *p, const struct policy_notice *n)
{
	const struct words *w = n != NULL ? words_named(n->lang) : NULL;
	const char *text[] = { p->w->read_lost, NULL, NULL, NULL, NULL };

	p->y += p->size * 0.5;
	paragraph(p, p->w->read_title, 1.15, true);
	if (n != NULL) {
		text[0] = n->title;
		text[1] = n->purpose;
		text[2] = n->retention;
		text[3] = n->withdraw;
		text[4] = n->silence;
	}
	for (size_t i = 0; i < 5 && text[i] != NULL; i++)
		p->y += put(p, w != NULL ? w : p->w, text[i], EDGE + GAP,
		    WIDTH - 2 * EDGE - GAP, 1, false) + p->size * 0.25;
}

static void
how_to_withdraw(struct paper *p, struct call *c)
{
	char address[ENROL_BASE_MAX + 8], text[1024];
	const char *words = p->w->paper_code;
	size_t before = strcspn(words, "%");

	snprintf(address, sizeof(address), "%s/r/",
	    c->host->dir->config.base_url);
	snprintf(text, sizeof(text), "%.*s\u2066%s\u2069%s", (int)before,
	    words, address, words + before + 2);
	p->y += p->size;
	paragraph(p, text, 0.95, false);
}

/* All of it, from the top. */
static void
write_all(struct paper *p, struct call *c, const struct share_facts *f)
{
	char with[SHARE_WITH_MAX];

	p->y = EDGE;
	share_with(p->w, f, with);
	paragraph(p, p->w->paper_title, 1, false);
	paragraph(p, with, 1.8, true);
	row(p, p->w->paper_state, share_state(p->w, f, c->now));
	if (share_is_ended(f))
		row_time(p, "", f->r.lead.ended_at);
	row_time(p, p->w->paper_made, c->now);
	p->y += p->size * 0.5;
	facts(p, f);
	what_was_read(p, f->read);
	if (!share_is_ended(f))
		how_to_withdraw(p, c);
}

static cairo_status_t
take(void *arg, const unsigned char *ptr, unsigned len)
{
	return bw_buf_put(arg, ptr, len) == BW_OK ? CAIRO_STATUS_SUCCESS :
	    CAIRO_STATUS_WRITE_ERROR;
}

/* As large as one page allows: then drawn. */
static void
fit(struct paper *p, struct call *c, const struct share_facts *f)
{
	p->size = LETTERS;
	write_all(p, c, f);
	while (p->y > HEIGHT - EDGE && p->size > SMALLEST) {
		p->size *= 0.95;
		write_all(p, c, f);
	}
	p->draw = true;
	write_all(p, c, f);
	cairo_show_page(p->cr);
}

bw_err
receipt_paper(struct call *c, const struct share_facts *f, struct bw_buf *out)
{
	struct paper p = { .w = words_for_share(c->in, f->r.lead.language) };
	cairo_surface_t *s = cairo_pdf_surface_create_for_stream(take, out,
	    WIDTH, HEIGHT);
	PangoFontMap *map = pango_cairo_font_map_new();
	bw_err zone = case_zone(c->store, p.zone), r;

	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE,
	    p.w->paper_title);
	p.cr = cairo_create(s);
	p.ctx = pango_font_map_create_context(map);
	p.layout = pango_layout_new(p.ctx);
	pango_layout_set_auto_dir(p.layout, FALSE);
	pango_layout_set_wrap(p.layout, PANGO_WRAP_WORD_CHAR);
	fit(&p, c, f);
	r = cairo_status(p.cr) == CAIRO_STATUS_SUCCESS ? zone : BW_ERR_NOMEM;
	cairo_surface_finish(s);
	if (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS)
		r = BW_ERR_NOMEM;
	g_object_unref(p.layout);
	g_object_unref(p.ctx);
	g_object_unref(map);
	cairo_destroy(p.cr);
	cairo_surface_destroy(s);
	return r;
}
