// SPDX-License-Identifier: Apache-2.0
/* The device's own screen: the kernel's graphics (drm_output.h) and input
 * devices (drm_input.h), without a desktop between. */
#include <libudev.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/drm_input.h"
#include "kiosk/drm_output.h"
#include "kiosk/screen.h"

/* In the dark, look this often for an output that came without a word, ms. */
#define LOOK_MS 2000

struct drm {
	struct screen screen;
	const struct screen_drm_options *o;
	struct udev *udev;
	struct udev_monitor *monitor;
	struct drm_output output;
	struct drm_turn turn;
	struct drm_input *input;
	struct drm_hands hands;
	bool resized, exposed;	/* to be told */
	int64_t look_at;	/* in the dark: not before, ms */
};

static struct drm *
of(struct screen *s)
{
	return (struct drm *)(void *)s;
}

static const struct drm *
of_const(const struct screen *s)
{
	return (const struct drm *)(const void *)s;
}

static void
close_drm(struct screen *screen)
{
	struct drm *s = of(screen);

	drm_input_close(&s->input);
	drm_output_close(&s->output);
	if (s->monitor != NULL)
		udev_monitor_unref(s->monitor);
	if (s->udev != NULL)
		udev_unref(s->udev);
	free(s);
}

static size_t
fds(const struct screen *screen, struct pollfd *out, size_t max)
{
	const struct drm *s = of_const(screen);

	if (max < 2)
		return 0;
	out[0] = (struct pollfd){ .fd = drm_input_fd(s->input),
		.events = POLLIN };
	out[1] = (struct pollfd){ .fd = udev_monitor_get_fd(s->monitor),
		.events = POLLIN };
	return 2;
}

static int
timeout(const struct screen *screen)
{
	const struct drm *s = of_const(screen);
	int64_t left = s->look_at - clock_mono_ms();

	if (s->output.lit)
		return -1;
	return left > 0 ? (int)left : 0;
}

/* The image of the kiosk fits into the output's mode, or the output is of no
 * use. */
static bw_err
fit(struct drm *s, bool loud)
{
	const drmModeModeInfo *m = &s->output.at.mode;
	int w = s->turn.w, h = s->turn.h;

	if (!drm_turn_fit(&s->turn, s->o->w, s->o->h, m->hdisplay,
	    m->vdisplay)) {
		if (loud)
			log_error("an image of %dx%d does not fit into the "
			    "screen's %dx%d", s->turn.w, s->turn.h,
			    m->hdisplay, m->vdisplay);
		drm_output_darken(&s->output);
		return BW_ERR_BOUND;
	}
	s->resized = w != 0 && (w != s->turn.w || h != s->turn.h);
	return BW_OK;
}

static void
go_dark(struct drm *s)
{
	drm_hands_dark(&s->hands);
	s->look_at = clock_mono_ms() + LOOK_MS;
}

/* The cable may have been pulled, or put in. */
static void
look(struct drm *s)
{
	bool was_lit = s->output.lit, changed;
	bw_err r = drm_output_look(&s->output, s->o->output, false, &changed);

	if (r == BW_OK && changed)
		r = fit(s, was_lit);
	s->exposed = was_lit || r == BW_OK;
	if (r != BW_OK && was_lit)
		log_warn("the screen is gone: nothing is asked until it is "
		    "back");
	/* Another picture is to be seen before anything counts. */
	if (r != BW_OK || changed)
		go_dark(s);
}

/* Throw away what the monitor says; true when there was something. */
static bool
is_plugged(struct drm *s)
{
	struct udev_device *d;
	bool any = false;

	while ((d = udev_monitor_receive_device(s->monitor)) != NULL) {
		udev_device_unref(d);
		any = true;
	}
	return any;
}

static bool
news(struct drm *s, struct screen_event *out)
{
	*out = (struct screen_event){ .kind = SCREEN_EXPOSE, .x = s->turn.w,
		.y = s->turn.h, .since = clock_mono_ms() };
	if (s->resized)
		out->kind = SCREEN_SIZE;
	else if (!s->exposed)
		return false;
	s->resized = s->exposed = false;
	return true;
}

static bool
next(struct screen *screen, struct screen_event *out)
{
	struct drm *s = of(screen);
	struct drm_raw raw;

	if (is_plugged(s) || (!s->output.lit &&
	    clock_mono_ms() >= s->look_at))
		look(s);
	if (drm_hands_lift(&s->hands, clock_mono_ms(), out) || news(s, out))
		return true;
	while (drm_input_next(s->input, &raw))
		if (drm_hands_take(&s->hands, &s->turn, &raw, out))
			return true;
	return false;
}

static bw_err
present(struct screen *screen, const struct ui_image *image)
{
	struct drm *s = of(screen);
	bw_err r;

	/* In the dark, or before the kiosk knows of another size. */
	if (!s->output.lit || image->w != s->turn.w || image->h != s->turn.h)
		return BW_OK;
	if ((r = drm_output_show(&s->output, &s->turn, image)) != BW_OK) {
		go_dark(s);
		s->exposed = true;
		return r;
	}
	if (!s->hands.lit)
		drm_hands_lit(&s->hands, clock_mono_ms());
	return BW_OK;
}

static bool
dark(const struct screen *screen)
{
	return !of_const(screen)->output.lit;
}

static const struct screen_ops ops = {
	.close = close_drm,
	.fds = fds,
	.timeout = timeout,
	.next = next,
	.present = present,
	.dark = dark,
};

static bw_err
listen_to_plugs(struct drm *s)
{
	if ((s->udev = udev_new()) == NULL)
		return BW_ERR_NOMEM;
	s->monitor = udev_monitor_new_from_netlink(s->udev, "udev");
	if (s->monitor == NULL ||
	    udev_monitor_filter_add_match_subsystem_devtype(s->monitor, "drm",
	    "drm_minor") < 0 || udev_monitor_enable_receiving(s->monitor) < 0)
		return BW_ERR_IO;
	return BW_OK;
}

/* The monitor first: nothing is missed between. */
static bw_err
open_drm(struct drm *s)
{
	bool changed;
	bw_err r;

	if ((r = listen_to_plugs(s)) != BW_OK ||
	    (r = drm_output_look(&s->output, s->o->output, true,
	    &changed)) != BW_OK || (r = fit(s, true)) != BW_OK)
		return r;
	return drm_input_open(&s->input, s->udev);
}

bw_err
screen_drm_open(struct screen **out, const struct screen_drm_options *o,
    int *w, int *h)
{
	struct drm *s = calloc(1, sizeof(*s));
	bw_err r;

	*out = NULL;
	*w = *h = 0;
	if (s == NULL)
		return BW_ERR_NOMEM;
	s->screen.ops = &ops;
	s->o = o;
	s->turn.degrees = o->rotate;
	drm_output_init(&s->output);
	if ((r = open_drm(s)) != BW_OK) {
		close_drm(&s->screen);
		return r;
	}
	*w = s->turn.w;
	*h = s->turn.h;
	*out = &s->screen;
	return BW_OK;
}
