// SPDX-License-Identifier: Apache-2.0
/* PNG: it refers to nothing outside, and its size stands at its beginning. */
#include <png.h>
#include <stdlib.h>

#include "host/picture.h"

#define SIGNATURE 8

bool
picture_is_png(const struct bw_buf *file)
{
	return file->len >= SIGNATURE && png_sig_cmp(file->ptr, 0,
	    SIGNATURE) == 0;
}

enum picture_why
picture_png(const struct bw_buf *file, struct picture *out)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	enum picture_why why = PICTURE_PNG_DAMAGED;

	*out = (struct picture){ .rgba = NULL };
	if (png_image_begin_read_from_memory(&image, file->ptr,
	    file->len) == 0)
		goto out;
	why = PICTURE_PNG_SIZE;
	if (image.width < POLICY_LOGO_MIN || image.width > PICTURE_SIDE ||
	    image.height < POLICY_LOGO_MIN || image.height > PICTURE_SIDE)
		goto out;
	why = PICTURE_PNG_DAMAGED;
	image.format = PNG_FORMAT_RGBA;
	out->w = image.width;
	out->h = image.height;
	if ((out->rgba = malloc(PNG_IMAGE_SIZE(image))) == NULL ||
	    png_image_finish_read(&image, NULL, out->rgba, 0, NULL) == 0 ||
	    PNG_IMAGE_FAILED(image))
		goto out;
	why = PICTURE_OK;
out:
	png_image_free(&image);
	return why;
}
