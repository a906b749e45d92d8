// SPDX-License-Identifier: Apache-2.0
#include "kiosk/logo.h"

#define PAD 4		/* px of ground around it */
#define WHITE 0xffffff

int
logo_width(const struct view *v, int height)
{
	int h = height - 2 * PAD;

	if (v->policy == NULL || v->policy->logo.w == 0 || h < 8)
		return 0;
	return (int)v->policy->logo.w * h / (int)v->policy->logo.h + 2 * PAD;
}

int
logo_height(const struct canvas *c)
{
	return canvas_mm(c, 150);
}

/* As cairo wants it: alpha first in a word, and the colours multiplied. */
static cairo_surface_t *
surface_of(const struct policy *p)
{
	int w = (int)p->logo.w, h = (int)p->logo.h;
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
	    w, h);
	unsigned char *to = cairo_image_surface_get_data(s);
	int stride = cairo_image_surface_get_stride(s);

	if (to == NULL)
		return s;
	for (int i = 0; i < w * h; i++) {
		const uint8_t *px = p->logo.rgba.ptr + 4 * (size_t)i;
		uint32_t a = px[3];
		uint32_t *at = (uint32_t *)(void *)(to +
		    (ptrdiff_t)(i / w) * stride) + i % w;

		*at = a << 24 | px[0] * a / 255 << 16 | px[1] * a / 255 << 8 |
		    px[2] * a / 255;
	}
	cairo_surface_mark_dirty(s);
	return s;
}

void
logo_draw(struct canvas *c, const struct view *v, struct ui_box b)
{
	cairo_surface_t *s = surface_of(v->policy);
	double k = (double)(b.h - 2 * PAD) / (double)v->policy->logo.h;
	struct ui_box at = canvas_mirror(c, b);

	if (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS)
		c->err = BW_ERR_NOMEM;
	canvas_round(c, b, PAD, WHITE, WHITE, 0);
	cairo_save(c->cr);
	cairo_rectangle(c->cr, at.x + PAD, at.y + PAD, at.w - 2 * PAD,
	    at.h - 2 * PAD);
	cairo_clip(c->cr);
	cairo_translate(c->cr, at.x + PAD, at.y + PAD);
	cairo_scale(c->cr, k, k);
	cairo_set_source_surface(c->cr, s, 0, 0);
	cairo_paint(c->cr);
	cairo_restore(c->cr);
	cairo_surface_destroy(s);
	c->has_logo = true;
}
