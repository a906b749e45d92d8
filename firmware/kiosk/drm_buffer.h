/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drm_buffer.h - memory of a card that it can scan out: a "dumb" buffer of
 * 32-bit pixels 0x00RRGGBB, black when it is made.
 */
#ifndef KIOSK_DRM_BUFFER_H
#define KIOSK_DRM_BUFFER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct drm_buffer {
	uint32_t fb;		/* 0: there is none */
	uint32_t handle;
	uint8_t *px;
	size_t stride, size;	/* bytes */
};

BW_MUST_USE bw_err drm_buffer_make(struct drm_buffer *b, int card, int w,
    int h);
/* All black again. */
void drm_buffer_wipe(struct drm_buffer *b);
/* Wipe it and give it back; one that is not there is accepted. */
void drm_buffer_free(struct drm_buffer *b, int card);

#endif
