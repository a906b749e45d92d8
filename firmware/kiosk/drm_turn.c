// SPDX-License-Identifier: Apache-2.0
#include "kiosk/drm_turn.h"

#include <string.h>

static bool
is_upright(const struct drm_turn *t)
{
	return t->degrees == 90 || t->degrees == 270;
}

static int
fill(int wanted, int there)
{
	if (wanted != 0)
		return wanted;
	return there < UI_SIDE_MAX ? there : UI_SIDE_MAX;
}

bool
drm_turn_fit(struct drm_turn *t, int w, int h, int panel_w, int panel_h)
{
	bool upright = is_upright(t);
	int room_w = upright ? panel_h : panel_w;
	int room_h = upright ? panel_w : panel_h;

	t->panel_w = panel_w;
	t->panel_h = panel_h;
	t->w = fill(w, room_w);
	t->h = fill(h, room_h);
	return t->w <= room_w && t->h <= room_h && t->w >= UI_SIDE_MIN &&
	    t->h >= UI_SIDE_MIN;
}

/* Where the image's upper left pixel on the panel is. */
static void
corner(const struct drm_turn *t, int *px, int *py)
{
	bool upright = is_upright(t);

	*px = (t->panel_w - (upright ? t->h : t->w)) / 2;
	*py = (t->panel_h - (upright ? t->w : t->h)) / 2;
}

void
drm_turn_point(const struct drm_turn *t, int px, int py, int *x, int *y)
{
	int left, top;

	corner(t, &left, &top);
	px -= left;
	py -= top;
	*x = px;
	*y = py;
	if (t->degrees == 90) {
		*x = py;
		*y = t->h - 1 - px;
	} else if (t->degrees == 180) {
		*x = t->w - 1 - px;
		*y = t->h - 1 - py;
	} else if (t->degrees == 270) {
		*x = t->w - 1 - py;
		*y = px;
	}
}

/* One line of the panel: n pixels, in the image step bytes apart. */
static void
copy_line(uint8_t *to, const uint8_t *from, ptrdiff_t step, int n)
{
	if (step == 4) {
		memcpy(to, from, (size_t)n * 4);
		return;
	}
	for (int i = 0; i < n; i++, to += 4, from += step)
		memcpy(to, from, 4);
}

void
drm_turn_copy(const struct drm_turn *t, const struct ui_image *image,
    uint8_t *panel, size_t stride)
{
	const uint8_t *px = (const uint8_t *)image->px;
	ptrdiff_t line = (ptrdiff_t)image->stride;
	ptrdiff_t step = t->degrees == 0 ? 4 : t->degrees == 180 ? -4 :
	    t->degrees == 90 ? -line : line;
	bool upright = is_upright(t);
	int lines = upright ? t->w : t->h, n = upright ? t->h : t->w;
	int left, top, x, y;

	corner(t, &left, &top);
	for (int i = 0; i < lines; i++) {
		drm_turn_point(t, left, top + i, &x, &y);
		copy_line(panel + (size_t)(top + i) * stride +
		    (size_t)left * 4, px + y * line + (ptrdiff_t)x * 4, step,
		    n);
	}
}
