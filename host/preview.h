/* SPDX-License-Identifier: Apache-2.0 */
/*
 * preview.h - the consent screen as attendees will see it, made by the kiosk's
 * own drawing: badgeward-preview(1), which is run as a child for each set of
 * pictures. What was drawn lately is kept.
 *
 *	preview_open(&p, NULL)
 *	preview_draw(p, part, len, &want, &pages)
 *	... pages.n PNGs in pages.page ...
 *	preview_free(&pages)
 *	preview_close(&p)
 *
 * Threads may share a handle.
 */
#ifndef HOST_PREVIEW_H
#define HOST_PREVIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "record/body.h"

#define PREVIEW_PAGES 16
#define PREVIEW_MS 30000	/* that a child has */
#define PREVIEW_MAX ((size_t)16 << 20)	/* bytes of one set */

struct previewer;

/* program: its path; NULL: badgeward-preview beside the running program.
 * BW_ERR_NOMEM, BW_ERR_IO. */
BW_MUST_USE bw_err preview_open(struct previewer **out, const char *program);
void preview_close(struct previewer **p);

struct preview_want {
	char lang[BODY_LANG_MAX + 1];	/* empty: the policy's first */
	int w, h;			/* each from 320 to 4096 */
	bool idle;			/* not the question */
	bool large, contrast;
	bool mute;			/* of a device that cannot speak */
};
/* "800x480" and the like; false: it is none. */
bool preview_size(const char *s, struct preview_want *w);

struct preview {
	size_t n;			/* pages, from 1 on */
	struct bw_buf page[PREVIEW_PAGES];	/* a PNG each */
};
/* part: a sponsor's, as canonical JSON (store_policy_part, policy_encode).
 * BW_ERR_FORMAT when it is none, has no such language, or cannot be drawn (the
 * child says why on standard error); BW_ERR_TIMEOUT, BW_ERR_NOTFOUND (no such
 * program), BW_ERR_BOUND, BW_ERR_NOMEM, BW_ERR_IO. Free in any case. */
BW_MUST_USE bw_err preview_draw(struct previewer *p, const void *part,
    size_t len, const struct preview_want *want, struct preview *out);
void preview_free(struct preview *pages);

#endif
