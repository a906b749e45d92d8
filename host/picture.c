// SPDX-License-Identifier: Apache-2.0
#include "host/picture.h"

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

static bool
is_blank(const struct picture *p)
{
	for (size_t i = 0; i < (size_t)p->w * p->h; i++)
		if (p->rgba[4 * i + 3] != 0)
			return false;
	return true;
}

static bw_err
put_pixels(const struct picture *p, unsigned w, unsigned h, struct bw_buf *out)
{
	bw_err r;

	if ((r = bw_buf_put_be32(out, w)) != BW_OK)
		return r;
	r = bw_buf_put_be32(out, h);
	for (unsigned i = 0; i < w * h && r == BW_OK; i++) {
		unsigned x = i % w, y = i / w;
		const unsigned at[4] = { x * p->w / w, y * p->h / h,
			(x + 1) * p->w / w, (y + 1) * p->h / h };
		uint8_t px[4];

		mean(p, at, px);
		r = bw_buf_put(out, px, sizeof(px));
	}
	return r;
}

enum picture_why
picture_shrink(const struct picture *p, struct bw_buf *out)
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
		return PICTURE_NARROW;
	if (is_blank(p))
		return PICTURE_NOTHING;
	return put_pixels(p, w, h, out) == BW_OK ? PICTURE_OK : PICTURE_NOMEM;
}
