/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drm_input.h - touch screens, absolute pointers and keys of seat0 through
 * libinput, as they come and go. libinput itself obeys
 * LIBINPUT_CALIBRATION_MATRIX. A mouse has no effect: there is no arrow that
 * would say where it is.
 */
#ifndef KIOSK_DRM_INPUT_H
#define KIOSK_DRM_INPUT_H

#include <stdbool.h>

#include "base/err.h"
#include "kiosk/drm_hands.h"

struct udev;
struct drm_input;

/* Devices that can type are taken for the kiosk alone: the console behind the
 * picture must not hear what is typed. */
BW_MUST_USE bw_err drm_input_open(struct drm_input **out, struct udev *udev);
void drm_input_close(struct drm_input **in);

int drm_input_fd(const struct drm_input *in);
/* The next thing that a device said, without waiting. */
bool drm_input_next(struct drm_input *in, struct drm_raw *out);

#endif
