// SPDX-License-Identifier: Apache-2.0
/*
 * kiosk_tells - badgeward-kiosk as it is, which also tells on standard error
 * which state it enters on the DRM screen: the product logs that nowhere, and a
 * picture says it only when it is there.
 */
#include <stdio.h>

#include "kiosk/screen.h"

bw_err __real_screen_drm_open(struct screen **out,
    const struct screen_drm_options *o, int *w, int *h);
bw_err __wrap_screen_drm_open(struct screen **out,
    const struct screen_drm_options *o, int *w, int *h);

static struct screen_ops ops;

static void
entered(struct screen *screen, const char *state)
{
	(void)screen;
	fprintf(stderr, "-> %s\n", state);
}

bw_err
__wrap_screen_drm_open(struct screen **out, const struct screen_drm_options *o,
    int *w, int *h)
{
	bw_err r = __real_screen_drm_open(out, o, w, h);

	if (r == BW_OK) {
		ops = *(*out)->ops;
		ops.entered = entered;
		(*out)->ops = &ops;
	}
	return r;
}
