// SPDX-License-Identifier: Apache-2.0
/*
 * A sponsor's logo: from a file that somebody sent in to a few pixels.
 *
 * This is the only place that decodes it; a device gets pixels. PNG alone: it
 * refers to nothing outside, and its size stands at its beginning.
 */
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "host/policyfile.h"

#define LOGO_BYTES (512u * 1024)	/* of the file */
#define LOGO_SIDE 2048u			/* pixels, either way */

struct picture {
	unsigned w, h;
	uint8_t *rgba;
};

/* NULL, or what is wrong with it. */
static const char *
decode(const struct bw_buf *file, struct picture *out)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	const char *why = "is no PNG file; other pictures can be converted";

	if (png_image_begin_read_from_memory(&image, file->ptr,
	    file->len) == 0)
		goto out;
	why = "must be 8 to 2048 pixels wide and high";
	if (image.width < POLICY_LOGO_MIN || image.width > LOGO_SIDE ||
	    image.height < POLICY_LOGO_MIN || image.height > LOGO_SIDE)
		goto out;
	why = "is a damaged PNG file";
	image.format = PNG_FORMAT_RGBA;
	out->w = image.width;
	out->h = image.height;
	if ((out->rgba = malloc(PNG_IMAGE_SIZE(image))) == NULL ||
	    png_image_finish_read(&image, NULL, out->rgba, 0, NULL) == 0 ||
	    PNG_IMAGE_FAILED(image))
		goto out;
	why = NULL;
out:
	png_image_free(&image);
	return why;
}

/* The mean of the pixels that fall on one, weighted by how opaque they are. */
static void
mean(const struct picture *p, const unsigned at[static 4], uint8_t out[4])
{
	uint64_t sum[3] = { 0 }, alpha = 0, n = 0;

	for (unsigned y = at[1]; y < at[3]; y++)
		for (unsigned x = at[0]; x < at[2]; x++, n++) {
			const uint8_t *px = p->rgba +
			    4 * ((size_t)y * p->w + x);

			for (int i = 0; i < 3; i++)
				sum[i] += (uint64_t)px[i] * px[3];
			alpha += px[3];
		}
	for (int i = 0; i < 3; i++)
		out[i] = (uint8_t)(alpha != 0 ? sum[i] / alpha : 0);
	out[3] = (uint8_t)(n != 0 ? alpha / n : 0);
}

/* Small enough, in its own proportions; never larger than it is. */
static const char *
shrink(const struct picture *p, struct policy *o)
{
	unsigned w = p->w, h = p->h;

	if (w > POLICY_LOGO_W) {
		h = h * POLICY_LOGO_W / w;
		w = POLICY_LOGO_W;
	}
	if (h > POLICY_LOGO_H) {
		w = w * POLICY_LOGO_H / h;
		h = POLICY_LOGO_H;
	}
	if (w < POLICY_LOGO_MIN || h < POLICY_LOGO_MIN)
		return "is too narrow for its length";
	o->logo.rgba = BW_BUF_INIT(POLICY_LOGO_W * POLICY_LOGO_H * 4);
	for (unsigned i = 0; i < w * h; i++) {
		unsigned x = i % w, y = i / w;
		const unsigned at[4] = { x * p->w / w, y * p->h / h,
			(x + 1) * p->w / w, (y + 1) * p->h / h };
		uint8_t px[4];

		mean(p, at, px);
		if (bw_buf_put(&o->logo.rgba, px, sizeof(px)) != BW_OK)
			return "finds no memory";
	}
	o->logo.w = w;
	o->logo.h = h;
	return NULL;
}

static const char *
read_one(const char *dir, const char *name, struct policy *o)
{
	struct bw_buf file = BW_BUF_INIT(LOGO_BYTES);
	struct picture p = { .rgba = NULL };
	char path[FILE_PATH_MAX];
	const char *why;
	bw_err r;

	if ((r = file_path(path, dir, name)) == BW_OK)
		r = file_read(path, &file);
	if (r == BW_ERR_BOUND)
		why = "is over 512 KiB";
	else if (r != BW_OK)
		why = "cannot be read; it must lie beside the policy file";
	else if ((why = decode(&file, &p)) == NULL)
		why = shrink(&p, o);
	free(p.rgba);
	bw_buf_free(&file);
	return why;
}

bw_err
policyfile_logos(struct policyfile *p, const char *dir, struct fault_list *f)
{
	bw_err r = BW_OK;

	for (size_t i = 0; i < p->n; i++) {
		const struct policyfile_logo *l = &p->logo[i];
		const char *why = NULL;

		if (l->name[0] != '\0')
			why = read_one(dir, l->name, p->part[i]);
		if (why == NULL)
			continue;
		fault_add(f, l->line, "the logo %s %s", l->name, why);
		r = BW_ERR_FORMAT;
	}
	return r;
}
