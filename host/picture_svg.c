// SPDX-License-Identifier: Apache-2.0
/* SVG, by librsvg. It is told no address of the file, so it follows none. */
#include <librsvg/rsvg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host/picture.h"

#define FINE 4u			/* times as large, for picture_shrink */
#define W (POLICY_LOGO_W * FINE)
#define H (POLICY_LOGO_H * FINE)

/* Only the proportions count: what can be drawn at any size is drawn as large
 * as there is room. */
static enum picture_why
size_of(RsvgHandle *svg, struct picture *out)
{
	gboolean has_w, has_h, has_box;
	RsvgLength w_, h_;
	RsvgRectangle box;
	double w, h, scale;

	if (!rsvg_handle_get_intrinsic_size_in_pixels(svg, &w, &h)) {
		rsvg_handle_get_intrinsic_dimensions(svg, &has_w, &w_, &has_h,
		    &h_, &has_box, &box);
		if (!has_box)
			return PICTURE_SVG_SIZE;
		w = box.width;
		h = box.height;
	}
	if (!isfinite(w) || !isfinite(h) || !(w > 0) || !(h > 0))
		return PICTURE_SVG_SIZE;
	scale = fmin(W / w, H / h);
	w = round(w * scale);
	h = round(h * scale);
	if (!(w >= POLICY_LOGO_MIN * FINE && w <= W) ||
	    !(h >= POLICY_LOGO_MIN * FINE && h <= H))
		return PICTURE_NARROW;
	out->w = (unsigned)w;
	out->h = (unsigned)h;
	return PICTURE_OK;
}

/* Cairo keeps a pixel in one number, its colours multiplied by alpha. */
static enum picture_why
take_pixels(cairo_surface_t *s, struct picture *out)
{
	const unsigned char *data = cairo_image_surface_get_data(s);
	size_t stride = (size_t)cairo_image_surface_get_stride(s);

	if ((out->rgba = malloc((size_t)out->w * out->h * 4)) == NULL)
		return PICTURE_NOMEM;
	for (unsigned y = 0; y < out->h; y++)
		for (unsigned x = 0; x < out->w; x++) {
			uint8_t *to = out->rgba +
			    4 * ((size_t)y * out->w + x);
			uint32_t px, a;

			memcpy(&px, data + y * stride + 4 * (size_t)x, 4);
			a = px >> 24;
			for (unsigned i = 0; i < 3; i++)
				to[i] = (uint8_t)(a == 0 ? 0 : ((px >>
				    (16 - 8 * i) & 0xff) * 255 + a / 2) / a);
			to[3] = (uint8_t)a;
		}
	return PICTURE_OK;
}

static enum picture_why
draw(RsvgHandle *svg, struct picture *out)
{
	const RsvgRectangle all = { 0, 0, out->w, out->h };
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
	    (int)out->w, (int)out->h);
	cairo_t *cr = cairo_create(s);
	enum picture_why why = PICTURE_SVG_DAMAGED;

	if (rsvg_handle_render_document(svg, cr, &all, NULL) &&
	    cairo_status(cr) == CAIRO_STATUS_SUCCESS) {
		cairo_surface_flush(s);
		why = take_pixels(s, out);
	}
	cairo_destroy(cr);
	cairo_surface_destroy(s);
	return why;
}

enum picture_why
picture_svg(const struct bw_buf *file, struct picture *out)
{
	RsvgHandle *svg = rsvg_handle_new_from_data(file->ptr, file->len,
	    NULL);
	enum picture_why why = PICTURE_SVG_DAMAGED;

	*out = (struct picture){ .rgba = NULL };
	if (svg == NULL)
		return why;
	rsvg_handle_set_dpi(svg, 96);
	if ((why = size_of(svg, out)) == PICTURE_OK)
		why = draw(svg, out);
	g_object_unref(svg);
	return why;
}
