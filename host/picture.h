/* SPDX-License-Identifier: Apache-2.0 */
/*
 * picture.h - a picture that somebody sent in, made into a few pixels: by
 * badgeward-picture, which can do nothing else when it begins to decode.
 */
#ifndef HOST_PICTURE_H
#define HOST_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "record/policy.h"

#define PICTURE_FILE_MAX (512u * 1024)
#define PICTURE_SVG_MAX (64u * 1024)
#define PICTURE_SIDE 2048u		/* pixels of a PNG, either way */

/* How badgeward-picture exits; what else it exits with, it was ended. */
enum picture_why {
	PICTURE_OK = 0,
	PICTURE_UNGUARDED = 10,
	PICTURE_KIND,
	PICTURE_PNG_SIZE,
	PICTURE_PNG_DAMAGED,
	PICTURE_NARROW,
	PICTURE_NOTHING,
	PICTURE_NOMEM,
	PICTURE_SVG_LONG,
	PICTURE_SVG_PACKED,
	PICTURE_SVG_OUTSIDE,
	PICTURE_SVG_ENTITY,
	PICTURE_SVG_DAMAGED,
	PICTURE_SVG_SIZE,
	PICTURE_SVG_TEXT,
	PICTURE_ENDED
};

/* Pixels of 4 bytes, red first, not multiplied by alpha. */
struct picture {
	unsigned w, h;
	uint8_t *rgba;		/* NULL or malloc's */
};

/* --- in badgeward-picture --- */

bool picture_is_png(const struct bw_buf *file);
/* At the size that it has. */
enum picture_why picture_png(const struct bw_buf *file, struct picture *out);
/* What can be seen without parsing: it is packed, too long, or of what it refers
 * to not all is in it. The parser finds nothing outside anyway; this is for the
 * sentence. */
enum picture_why picture_svg_look(const struct bw_buf *file);
/* Does it seem to have letters, for which fonts are needed? */
bool picture_svg_has_text(const struct bw_buf *file);
/* In its own proportions, four times as large as a logo may be. */
enum picture_why picture_svg(const struct bw_buf *file, struct picture *out);
/* Append to out how wide and high it is, two numbers of 32 bits, and its pixels:
 * as large as a logo may be and never larger than it is. */
enum picture_why picture_shrink(const struct picture *p, struct bw_buf *out);

/* --- in the staff's tool --- */

/* What is wrong: the end of a sentence about the picture. */
const char *picture_says(enum picture_why why);
/* Take the answer of badgeward-picture, which may be anybody's by now; logo is
 * as before unless BW_OK. BW_ERR_FORMAT, BW_ERR_NOMEM. */
BW_MUST_USE bw_err picture_take(const struct bw_buf *answer,
    struct policy_logo *logo);
/* Have badgeward-picture ($BADGEWARD_PICTURE, else beside this program) make the
 * logo of the file's bytes. */
enum picture_why picture_run(const struct bw_buf *file,
    struct policy_logo *logo);

#endif
