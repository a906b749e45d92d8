// SPDX-License-Identifier: Apache-2.0
#include "kiosk/drm_buffer.h"

#include <sys/mman.h>

#include <string.h>

#include <xf86drm.h>
#include <xf86drmMode.h>

#define DEPTH 24
#define BPP 32

static bw_err
map(struct drm_buffer *b, int card)
{
	uint64_t offset;
	void *p;

	if (drmModeMapDumbBuffer(card, b->handle, &offset) != 0)
		return BW_ERR_IO;
	p = mmap(NULL, b->size, PROT_READ | PROT_WRITE, MAP_SHARED, card,
	    (off_t)offset);
	if (p == MAP_FAILED)
		return BW_ERR_NOMEM;
	b->px = p;
	return BW_OK;
}

bw_err
drm_buffer_make(struct drm_buffer *b, int card, int w, int h)
{
	uint32_t stride;
	uint64_t size;
	bw_err r = BW_ERR_NOMEM;

	*b = (struct drm_buffer){ 0 };
	if (drmModeCreateDumbBuffer(card, (uint32_t)w, (uint32_t)h, BPP, 0,
	    &b->handle, &stride, &size) != 0)
		return BW_ERR_NOMEM;
	b->stride = stride;
	b->size = size;
	if ((r = map(b, card)) == BW_OK && drmModeAddFB(card, (uint32_t)w,
	    (uint32_t)h, DEPTH, BPP, stride, b->handle, &b->fb) != 0)
		r = BW_ERR_IO;
	if (r != BW_OK)
		drm_buffer_free(b, card);
	else
		drm_buffer_wipe(b);
	return r;
}

void
drm_buffer_wipe(struct drm_buffer *b)
{
	if (b->px != NULL)
		explicit_bzero(b->px, b->size);
}

void
drm_buffer_free(struct drm_buffer *b, int card)
{
	drm_buffer_wipe(b);
	if (b->fb != 0)
		drmModeRmFB(card, b->fb);
	if (b->px != NULL)
		munmap(b->px, b->size);
	if (b->handle != 0)
		drmModeDestroyDumbBuffer(card, b->handle);
	*b = (struct drm_buffer){ 0 };
}
