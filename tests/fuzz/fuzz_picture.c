// SPDX-License-Identifier: Apache-2.0
/* A picture as far as our own code looks at it, and what a decoder that was
 * taken over may answer. The SVG parser itself is kept in by limits of time and
 * memory that a fuzz target cannot have. */
#include "tests/fuzz/fuzz.h"

#include "host/picture.h"

static void
check_png(const struct bw_buf *file)
{
	struct bw_buf out = BW_BUF_INIT(8 + POLICY_LOGO_W * POLICY_LOGO_H * 4);
	struct policy_logo logo = { .w = 0 };
	struct picture p;
	enum picture_why why = picture_png(file, &p);

	if (why == PICTURE_OK)
		why = picture_shrink(&p, &out);
	if (why == PICTURE_OK)
		CHECK(picture_take(&out, &logo) == BW_OK);
	free(p.rgba);
	bw_buf_free(&logo.rgba);
	bw_buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bw_buf file = BW_BUF_INIT(PICTURE_FILE_MAX);
	struct policy_logo logo = { .w = 0 };

	if (bw_buf_put(&file, data, len) != BW_OK)
		return 0;
	if (picture_is_png(&file))
		check_png(&file);
	else if (picture_svg_look(&file) == PICTURE_OK)
		CHECK(len <= PICTURE_SVG_MAX);
	if (picture_take(&file, &logo) == BW_OK)
		CHECK(logo.w >= POLICY_LOGO_MIN && logo.h <= POLICY_LOGO_H &&
		    logo.rgba.len == logo.w * logo.h * 4);
	else
		CHECK(logo.rgba.ptr == NULL && logo.w == 0);
	bw_buf_free(&logo.rgba);
	bw_buf_free(&file);
	return 0;
}
