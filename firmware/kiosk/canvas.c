// SPDX-License-Identifier: Apache-2.0
#include "kiosk/canvas.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/i18n.h"

/* From the eye to the screen, in µm (SCREEN.md). */
#define EYE_UM 400000
/* Height of Noto Sans's capitals over its font size. */
#define CAPITALS 0.714

static void
set_colour(cairo_t *cr, uint32_t rgb)
{
	cairo_set_source_rgb(cr, (rgb >> 16 & 0xff) / 255.0,
	    (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}

static void
speak_language(struct canvas *c)
{
	PangoDirection dir = c->rtl ? PANGO_DIRECTION_RTL :
	    PANGO_DIRECTION_LTR;

	pango_context_set_language(c->pango,
	    pango_language_from_string(c->lang));
	pango_context_set_base_dir(c->pango, dir);
}

void
canvas_clear(struct canvas *c)
{
	bw_buf_reset(&c->words);
	memset(c->widget, 0, sizeof(c->widget));
	memset(c->text, 0, sizeof(c->text));
	c->nwidgets = c->ntexts = 0;
	c->pages = 1;
	c->has_logo = false;
}

void
canvas_begin(struct canvas *c, const struct view *v)
{
	canvas_clear(c);
	c->err = BW_OK;
	c->lang = v->lang != NULL ? v->lang : "en";
	c->rtl = i18n_rtl(c->lang);
	c->large = v->large;
	c->theme = v->contrast ? &theme_contrast : &theme_quiet;
	c->focus = v->focus;
	c->pressed = v->pressed;
	speak_language(c);
	canvas_fill(c, box(0, 0, c->w, c->h), c->theme->ground);
}

void
canvas_end(struct canvas *c)
{
	for (size_t i = 0; i < c->ntexts; i++)
		c->text[i].text = (const char *)c->words.ptr + c->offset[i];
	c->focus = c->pressed = NULL;
}

int
canvas_mm(const struct canvas *c, int tenths)
{
	return (tenths * 100 + c->pitch_um - 1) / c->pitch_um;
}

int
canvas_degrees(const struct canvas *c, int hundredths)
{
	double high = EYE_UM * tan(hundredths / 100.0 * M_PI / 180);

	return (int)ceil(high / CAPITALS / c->pitch_um);
}

struct ui_box
box_top(struct ui_box *b, int h, int gap)
{
	struct ui_box r = box(b->x, b->y, b->w, h);

	b->y += h + gap;
	b->h -= h + gap;
	return r;
}

struct ui_box
box_bottom(struct ui_box *b, int h, int gap)
{
	b->h -= h + gap;
	return box(b->x, b->y + b->h + gap, b->w, h);
}

struct ui_box
box_start(struct ui_box *b, int w, int gap)
{
	struct ui_box r = box(b->x, b->y, w, b->h);

	b->x += w + gap;
	b->w -= w + gap;
	return r;
}

struct ui_box
box_end(struct ui_box *b, int w, int gap)
{
	b->w -= w + gap;
	return box(b->x + b->w + gap, b->y, w, b->h);
}

struct ui_box
box_column(struct ui_box b, int i, int n, int gap)
{
	int w = (b.w - (n - 1) * gap) / n;

	return box(b.x + i * (w + gap), b.y, w, b.h);
}

struct ui_box
box_row(struct ui_box b, int i, int n, int gap)
{
	int h = (b.h - (n - 1) * gap) / n;

	return box(b.x, b.y + i * (h + gap), b.w, h);
}

struct ui_box
box_inset(struct ui_box b, int dx, int dy)
{
	return box(b.x + dx, b.y + dy, b.w - 2 * dx, b.h - 2 * dy);
}

struct ui_box
box_centre(struct ui_box b, int w, int h)
{
	return box(b.x + (b.w - w) / 2, b.y + (b.h - h) / 2, w, h);
}

struct ui_box
canvas_mirror(const struct canvas *c, struct ui_box b)
{
	if (c->rtl)
		b.x = c->w - b.x - b.w;
	return b;
}

void
canvas_fill(struct canvas *c, struct ui_box b, uint32_t colour)
{
	b = canvas_mirror(c, b);
	set_colour(c->cr, colour);
	cairo_rectangle(c->cr, b.x, b.y, b.w, b.h);
	cairo_fill(c->cr);
}

static void
round_path(cairo_t *cr, double x, double y, double w, double h, double r)
{
	cairo_new_path(cr);
	cairo_arc(cr, x + w - r, y + r, r, -M_PI / 2, 0);
	cairo_arc(cr, x + w - r, y + h - r, r, 0, M_PI / 2);
	cairo_arc(cr, x + r, y + h - r, r, M_PI / 2, M_PI);
	cairo_arc(cr, x + r, y + r, r, M_PI, M_PI * 3 / 2);
	cairo_close_path(cr);
}

void
canvas_ring(struct canvas *c, struct ui_box b, int radius, uint32_t colour,
    int line)
{
	double half = line / 2.0;

	b = canvas_mirror(c, b);
	set_colour(c->cr, colour);
	cairo_set_line_width(c->cr, line);
	round_path(c->cr, b.x + half, b.y + half, b.w - line, b.h - line,
	    radius > line ? radius - half : half);
	cairo_stroke(c->cr);
}

void
canvas_round(struct canvas *c, struct ui_box b, int radius, uint32_t fill,
    uint32_t edge, int line)
{
	struct ui_box at = canvas_mirror(c, b);

	set_colour(c->cr, fill);
	round_path(c->cr, at.x, at.y, at.w, at.h, radius);
	cairo_fill(c->cr);
	if (line != 0)
		canvas_ring(c, b, radius, edge, line);
}

void
canvas_widget(struct canvas *c, const char *name, struct ui_box b,
    bool enabled)
{
	struct ui_widget *w = &c->widget[c->nwidgets];

	if (c->nwidgets >= CANVAS_WIDGETS) {
		c->err = BW_ERR_BOUND;
		return;
	}
	snprintf(w->name, sizeof(w->name), "%s", name);
	w->box = canvas_mirror(c, b);
	w->enabled = enabled;
	c->nwidgets++;
}

bool
canvas_is_focused(const struct canvas *c, const char *name)
{
	return c->focus != NULL && strcmp(c->focus, name) == 0;
}

bool
canvas_is_pressed(const struct canvas *c, const char *name)
{
	return c->pressed != NULL && strcmp(c->pressed, name) == 0;
}
