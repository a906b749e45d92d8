/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drm_turn.h - how the image lies on the panel: turned clockwise by a number
 * of degrees, in the middle. Pure.
 *
 * The panel is what the mode scans out, panel_w × panel_h pixels; touches come
 * in its coordinates. The image is w × h pixels in its own orientation.
 */
#ifndef KIOSK_DRM_TURN_H
#define KIOSK_DRM_TURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/ui.h"

struct drm_turn {
	int degrees;		/* 0, 90, 180 or 270 */
	int w, h;
	int panel_w, panel_h;
};

/* Give it the panel's size and take, for w and h of 0, the image that fills
 * it. False when the image does not fit, or cannot be drawn (UI_SIDE_MIN). */
bool drm_turn_fit(struct drm_turn *t, int w, int h, int panel_w, int panel_h);

/* From a pixel of the panel to the image's; beyond its edges when the point is
 * beside it. */
void drm_turn_point(const struct drm_turn *t, int px, int py, int *x, int *y);

/* Copy an image of w × h pixels to the panel's; stride in bytes. What is
 * beside the image is left alone; nothing is read from there. */
void drm_turn_copy(const struct drm_turn *t, const struct ui_image *image,
    uint8_t *panel, size_t stride);

#endif
