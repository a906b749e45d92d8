// SPDX-License-Identifier: Apache-2.0
#include "kiosk/drm_output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

void
drm_output_init(struct drm_output *o)
{
	*o = (struct drm_output){ .at = { .card = -1 } };
}

static void
free_buffers(struct drm_output *o)
{
	for (int i = 0; i < 2; i++)
		drm_buffer_free(&o->buf[i], o->at.card);
}

void
drm_output_darken(struct drm_output *o)
{
	if (o->lit)
		drmModeSetCrtc(o->at.card, o->at.crtc, 0, 0, 0, NULL, 0, NULL);
	free_buffers(o);
	o->lit = false;
}

static void
leave_card(struct drm_output *o)
{
	if (o->at.card == -1)
		return;
	drm_output_darken(o);
	drmModeFreeCrtc(o->before);
	o->before = NULL;
	drmDropMaster(o->at.card);
	close(o->at.card);
	o->at.card = -1;
}

static bool
is_same(const struct drm_output *o, const struct drm_found *f)
{
	return o->lit && o->at.card == f->card && o->at.connector ==
	    f->connector && memcmp(&o->at.mode, &f->mode,
	    sizeof(f->mode)) == 0;
}

static bw_err
light(struct drm_output *o)
{
	int w = o->at.mode.hdisplay, h = o->at.mode.vdisplay;
	bw_err r;

	if ((r = drm_find_master(&o->at)) != BW_OK)
		return r;
	if (o->before == NULL)
		o->before = drmModeGetCrtc(o->at.card, o->at.crtc);
	if ((r = drm_buffer_make(&o->buf[0], o->at.card, w, h)) != BW_OK ||
	    (r = drm_buffer_make(&o->buf[1], o->at.card, w, h)) != BW_OK) {
		log_error("no buffer of %dx%d on %s: %s", w, h, o->at.path,
		    bw_strerror(r));
		free_buffers(o);
		return r;
	}
	o->front = 0;
	o->lit = true;
	log_info("the screen is %s of %s, %dx%d", o->at.name, o->at.path, w,
	    h);
	return BW_OK;
}

bw_err
drm_output_look(struct drm_output *o, const char *wanted, bool loud,
    bool *changed)
{
	struct drm_found f;
	bw_err r = BW_ERR_NOTFOUND;

	*changed = false;
	if (o->lit)
		r = drm_find_again(&o->at, &f);
	if (r != BW_OK)
		r = drm_find(&o->at, wanted, loud, &f);
	if (r != BW_OK) {
		drm_output_darken(o);
		return r;
	}
	if (is_same(o, &f))
		return BW_OK;
	*changed = true;
	drm_output_darken(o);
	if (f.card != o->at.card)
		leave_card(o);
	o->at = f;
	return light(o);
}

bw_err
drm_output_show(struct drm_output *o, const struct drm_turn *t,
    const struct ui_image *image)
{
	struct drm_buffer *b = &o->buf[1 - o->front];

	drm_turn_copy(t, image, b->px, b->stride);
	if (drmModeSetCrtc(o->at.card, o->at.crtc, b->fb, 0, 0,
	    &o->at.connector, 1, &o->at.mode) != 0) {
		log_error("output %s shows nothing: %s", o->at.name,
		    strerror(errno));
		drm_output_darken(o);
		return BW_ERR_IO;
	}
	drm_buffer_wipe(&o->buf[o->front]);
	o->front = 1 - o->front;
	return BW_OK;
}

/* As it was before: the console's own picture and mode. */
static void
restore(struct drm_output *o)
{
	drmModeCrtc *c = o->before;

	if (!o->lit || c == NULL || !c->mode_valid || c->buffer_id == 0 ||
	    drmModeSetCrtc(o->at.card, c->crtc_id, c->buffer_id, c->x, c->y,
	    &o->at.connector, 1, &c->mode) != 0)
		return;
	free_buffers(o);
	o->lit = false;
}

void
drm_output_close(struct drm_output *o)
{
	restore(o);
	leave_card(o);
}
