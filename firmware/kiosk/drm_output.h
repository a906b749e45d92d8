/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drm_output.h - one output of a graphics card with the kiosk's picture on it.
 *
 * Two buffers: a picture is written into the one that is not shown, shown by
 * setting the CRTC, which returns when it is, and then the other is wiped:
 * nothing stays of a picture that is not on the screen.
 */
#ifndef KIOSK_DRM_OUTPUT_H
#define KIOSK_DRM_OUTPUT_H

#include <stdbool.h>

#include "base/err.h"
#include "kiosk/drm_buffer.h"
#include "kiosk/drm_find.h"
#include "kiosk/drm_turn.h"

struct drm_output {
	struct drm_found at;	/* at.card stays open in the dark */
	drmModeCrtc *before;	/* what was there: the console */
	struct drm_buffer buf[2];
	int front;		/* the buffer that is shown */
	bool lit;		/* a picture can be shown */
};

/* Nothing is open. */
void drm_output_init(struct drm_output *o);

/* Find a connected output (drm_find.h, which says what the arguments are) and
 * make it ready; one that is ready stays as long as it is connected. changed:
 * it is another output or another mode now. An error: there is none, lit is
 * false. */
BW_MUST_USE bw_err drm_output_look(struct drm_output *o, const char *wanted,
    bool loud, bool *changed);

/* Show an image; t has this mode's size. After an error the output is dark,
 * and nothing of the image is left. */
BW_MUST_USE bw_err drm_output_show(struct drm_output *o,
    const struct drm_turn *t, const struct ui_image *image);

/* Show nothing, and keep nothing of what was shown. */
void drm_output_darken(struct drm_output *o);

/* Give the output back to the console, and close. */
void drm_output_close(struct drm_output *o);

#endif
