/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drm_find.h - the card, the output and the mode to show a picture with. Cards
 * have no fixed order: the first output that is connected is taken.
 */
#ifndef KIOSK_DRM_FIND_H
#define KIOSK_DRM_FIND_H

#include <stdbool.h>
#include <stdint.h>

#include <xf86drm.h>
#include <xf86drmMode.h>

#include "base/err.h"

#define DRM_NAME_MAX 32		/* "HDMI-A-1", its zero included */
#define DRM_PATH_MAX 272

struct drm_found {
	int card;		/* a descriptor; -1: none */
	char path[DRM_PATH_MAX];
	char name[DRM_NAME_MAX];
	uint32_t connector, crtc;
	drmModeModeInfo mode;
};

/* Pure: whether an output of this name will do. wanted may be NULL: any that is
 * connected. One that cannot tell does only when it is called by its name. */
bool drm_find_wants(const char *wanted, const char *name,
    drmModeConnection connection, int modes);
/* Pure: the preferred mode, or the first; NULL when there is none that the
 * screen can be drawn for. */
const drmModeModeInfo *drm_find_mode(const drmModeModeInfo *mode, int n);

/* Look through all cards. have is the one that is open already, or NULL; its
 * descriptor is used again for the same card and never closed. loud: say what
 * is wrong. BW_ERR_NOTFOUND when nothing is connected, BW_ERR_DENIED when no
 * card may be opened. */
BW_MUST_USE bw_err drm_find(const struct drm_found *have, const char *wanted,
    bool loud, struct drm_found *out);

/* The output that is used, as it is now. BW_ERR_NOTFOUND: it is not connected
 * any more. */
BW_MUST_USE bw_err drm_find_again(const struct drm_found *have,
    struct drm_found *out);

/* Be the one that shows pictures on this card. BW_ERR_BUSY with a sentence in
 * the log when another program is. */
BW_MUST_USE bw_err drm_find_master(const struct drm_found *f);

#endif
