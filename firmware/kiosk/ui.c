// SPDX-License-Identifier: Apache-2.0
#include "kiosk/ui.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/i18n.h"
#include "kiosk/scene.h"

#define CORNER_MM 120	/* tenths */

struct ui {
	struct canvas c;
	struct ui_image image;
	bool had_values;	/* the last frame showed some, or what staff
				 * typed */
	const char *fonts;	/* of the last frame, or NULL */
	bool had_list;		/* it had the list of languages */
	int64_t last_us;
};

int
ui_pitch(int w, int h)
{
	/* 10.1 and 7 inch across the diagonal. */
	if ((w == 800 && h == 480) || (w == 480 && h == 800))
		return 191;
	if ((w == 1024 && h == 600) || (w == 600 && h == 1024))
		return 216;
	return 221400 / (w > h ? w : h);
}

/* Metrics do not depend on where a glyph stands, and edges are grey, not
 * coloured: a frame is the same on every panel and in every test. */
static void
set_fonts(PangoContext *p)
{
	cairo_font_options_t *o = cairo_font_options_create();

	cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_SLIGHT);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_ON);
	pango_cairo_context_set_font_options(p, o);
	pango_cairo_context_set_resolution(p, 96);
	cairo_font_options_destroy(o);
}

/* A map of fonts of its own, with none in it yet; NULL: no memory. */
static PangoContext *
open_fonts(cairo_t *cr)
{
	PangoFontMap *m = pango_cairo_font_map_new();
	PangoContext *p;

	if (m == NULL)
		return NULL;
	p = pango_font_map_create_context(m);
	g_object_unref(m);
	if (p == NULL)
		return NULL;
	pango_cairo_update_context(cr, p);
	set_fonts(p);
	return p;
}

/* Nothing that was read of a script's fonts is given back while their map
 * lives. So another script begins with a new one, and so does the list of
 * languages, where all scripts come together, and what comes behind it. */
static bw_err
change_fonts(struct ui *u, const struct view *v)
{
	const char *fonts = i18n_fonts(v->lang != NULL ? v->lang : "en");
	bool same = u->fonts == NULL || (strcmp(fonts, u->fonts) == 0 &&
	    u->had_list == v->language_list);
	PangoContext *p;

	if (!same) {
		if ((p = open_fonts(u->c.cr)) == NULL)
			return BW_ERR_NOMEM;
		g_object_unref(u->c.pango);
		u->c.pango = p;
		(void)malloc_trim(0);
	}
	u->fonts = fonts;
	u->had_list = v->language_list;
	return BW_OK;
}

static bw_err
open_canvas(struct canvas *c, int w, int h, int pitch_um)
{
	c->w = w;
	c->h = h;
	c->pitch_um = pitch_um != 0 ? pitch_um : ui_pitch(w, h);
	c->words = BW_BUF_INIT(CANVAS_WORDS);
	c->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
	c->cr = cairo_create(c->surface);
	if (cairo_status(c->cr) != CAIRO_STATUS_SUCCESS)
		return BW_ERR_NOMEM;
	c->pango = open_fonts(c->cr);
	return c->pango != NULL ? BW_OK : BW_ERR_NOMEM;
}

static bw_err
find_font(const struct canvas *c)
{
	PangoFontDescription *d =
	    pango_font_description_from_string("Noto Sans 20");
	PangoFont *f = pango_context_load_font(c->pango, d);

	pango_font_description_free(d);
	if (f == NULL) {
		log_error("no fonts found: install fonts-noto-core");
		return BW_ERR_NOTFOUND;
	}
	g_object_unref(f);
	return BW_OK;
}

bw_err
ui_open(struct ui **out, int w, int h, int pitch_um)
{
	struct ui *u;
	bw_err r;

	*out = NULL;
	if (w < UI_SIDE_MIN || h < UI_SIDE_MIN || w > UI_SIDE_MAX ||
	    h > UI_SIDE_MAX)
		return BW_ERR_BOUND;
	if ((u = calloc(1, sizeof(*u))) == NULL)
		return BW_ERR_NOMEM;
	if (i18n_open() != BW_OK)
		log_warn("no translations found: the screen is in English");
	if ((r = open_canvas(&u->c, w, h, pitch_um)) != BW_OK ||
	    (r = find_font(&u->c)) != BW_OK) {
		ui_close(&u);
		return r;
	}
	cairo_surface_flush(u->c.surface);
	u->image = (struct ui_image){
		(uint32_t *)(void *)cairo_image_surface_get_data(u->c.surface),
		w, h, (size_t)cairo_image_surface_get_stride(u->c.surface) };
	*out = u;
	return BW_OK;
}

void
ui_close(struct ui **ui)
{
	struct ui *u = *ui;

	if (u == NULL)
		return;
	if (u->image.px != NULL)
		explicit_bzero(u->image.px, u->image.stride *
		    (size_t)u->image.h);
	if (u->c.pango != NULL)
		g_object_unref(u->c.pango);
	if (u->c.cr != NULL)
		cairo_destroy(u->c.cr);
	if (u->c.surface != NULL)
		cairo_surface_destroy(u->c.surface);
	bw_buf_free(&u->c.words);
	i18n_close();
	free(u);
	*ui = NULL;
}

static void
draw_scene(struct canvas *c, const struct view *v)
{
	if (v->language_list &&
	    (v->state == STATE_IDLE || v->state == STATE_ASK ||
	    v->state == STATE_AGAIN)) {
		scene_languages(c, v);
		return;
	}
	switch (v->state) {
	case STATE_IDLE:
		scene_idle(c, v);
		return;
	case STATE_ASK:
		scene_ask(c, v);
		return;
	case STATE_HOLD:
		scene_hold(c, v);
		return;
	case STATE_READING:
		scene_reading(c, v);
		return;
	case STATE_AGAIN:
		scene_again(c, v);
		return;
	case STATE_SHARED:
		scene_shared(c, v);
		return;
	case STATE_DECLINED:
		scene_declined(c, v);
		return;
	case STATE_NOANSWER:
		scene_noanswer(c, v);
		return;
	case STATE_UNREAD:
		scene_unread(c, v);
		return;
	case STATE_TROUBLE:
		scene_trouble(c, v);
		return;
	case STATE_STAFF:
		scene_staff(c, v);
		return;
	case STATE_ENROL:
		scene_enrol(c, v);
		return;
	}
}

/* A context that has failed once does nothing any more. */
static bw_err
revive(struct canvas *c)
{
	if (cairo_status(c->cr) == CAIRO_STATUS_SUCCESS)
		return BW_OK;
	cairo_destroy(c->cr);
	c->cr = cairo_create(c->surface);
	return cairo_status(c->cr) == CAIRO_STATUS_SUCCESS ? BW_OK :
	    BW_ERR_NOMEM;
}

static bw_err
draw(struct ui *ui, const struct view *v)
{
	struct canvas *c = &ui->c;
	bw_err r;

	if ((r = revive(c)) != BW_OK || (r = change_fonts(ui, v)) != BW_OK)
		return r;
	canvas_begin(c, v);
	i18n_begin(c->lang);
	draw_scene(c, v);
	i18n_end();
	canvas_end(c);
	if (c->err == BW_OK && cairo_status(c->cr) != CAIRO_STATUS_SUCCESS)
		c->err = BW_ERR_NOMEM;
	return c->err;
}

/* Not by cairo, which may have failed. */
void
ui_blank(struct ui *ui)
{
	canvas_clear(&ui->c);
	explicit_bzero(ui->image.px, ui->image.stride * (size_t)ui->image.h);
	cairo_surface_mark_dirty(ui->c.surface);
}

bw_err
ui_draw(struct ui *ui, const struct view *v)
{
	int64_t began = clock_mono_us();
	bw_err r = draw(ui, v);

	if (r != BW_OK)
		ui_blank(ui);
	if (ui->had_values && v->values == NULL)
		label_scrub(&ui->c);
	ui->had_values = v->values != NULL || v->state == STATE_STAFF ||
	    v->enrol_typed != NULL;
	cairo_surface_flush(ui->c.surface);
	ui->last_us = clock_mono_us() - began;
	return r;
}

const struct ui_image *
ui_image(const struct ui *ui)
{
	return &ui->image;
}

size_t
ui_widgets(const struct ui *ui, const struct ui_widget **out)
{
	*out = ui->c.widget;
	return ui->c.nwidgets;
}

size_t
ui_texts(const struct ui *ui, const struct ui_text **out)
{
	*out = ui->c.text;
	return ui->c.ntexts;
}

unsigned
ui_pages(const struct ui *ui)
{
	return ui->c.pages;
}

const struct ui_widget *
ui_find(const struct ui *ui, const char *name)
{
	for (size_t i = 0; i < ui->c.nwidgets; i++)
		if (strcmp(ui->c.widget[i].name, name) == 0)
			return &ui->c.widget[i];
	return NULL;
}

bool
ui_in_corner(const struct ui *ui, int x, int y)
{
	int side = canvas_mm(&ui->c, CORNER_MM);

	return (ui->c.rtl ? ui->c.w - 1 - x : x) < side && y < side;
}

const struct ui_widget *
ui_hit(const struct ui *ui, int x, int y)
{
	for (size_t i = 0; i < ui->c.nwidgets; i++) {
		const struct ui_widget *w = &ui->c.widget[i];

		if (w->enabled && x >= w->box.x && x < w->box.x + w->box.w &&
		    y >= w->box.y && y < w->box.y + w->box.h)
			return w;
	}
	return NULL;
}

/* From the place of name, step by step in a direction, to an enabled one. */
static const char *
focus_from(const struct ui *ui, const char *name, size_t step)
{
	size_t n = ui->c.nwidgets, at;
	const struct ui_widget *w = name != NULL ? ui_find(ui, name) : NULL;

	/* One before the first, or (going back) one after the last. */
	at = w != NULL ? (size_t)(w - ui->c.widget) : step == 1 ? n - 1 : 0;
	for (size_t i = 0; i < n; i++) {
		at = (at + step) % n;
		if (ui->c.widget[at].enabled)
			return ui->c.widget[at].name;
	}
	return NULL;
}

const char *
ui_focus_next(const struct ui *ui, const char *name)
{
	return ui->c.nwidgets == 0 ? NULL : focus_from(ui, name, 1);
}

const char *
ui_focus_prev(const struct ui *ui, const char *name)
{
	size_t n = ui->c.nwidgets;

	return n == 0 ? NULL : focus_from(ui, name, n - 1);
}

bw_err
ui_shot(const struct ui *ui, const char *path)
{
	return cairo_surface_write_to_png(ui->c.surface, path) ==
	    CAIRO_STATUS_SUCCESS ? BW_OK : BW_ERR_IO;
}

static cairo_status_t
put_png(void *arg, const unsigned char *ptr, unsigned len)
{
	bw_err *r = ((void **)arg)[1];

	*r = bw_buf_put(((void **)arg)[0], ptr, len);
	return *r == BW_OK ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

bw_err
ui_png(const struct ui *ui, struct bw_buf *out)
{
	bw_err r = BW_ERR_NOMEM;
	void *arg[] = { out, &r };

	if (cairo_surface_write_to_png_stream(ui->c.surface, put_png, arg) ==
	    CAIRO_STATUS_SUCCESS)
		return BW_OK;
	return r != BW_OK ? r : BW_ERR_NOMEM;
}

int64_t
ui_last_us(const struct ui *ui)
{
	return ui->last_us;
}
