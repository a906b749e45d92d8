// SPDX-License-Identifier: Apache-2.0
#include "kiosk/theme.h"

#include <math.h>

const struct theme theme_quiet = {
	.ground = 0xf5f7fa,
	.bar = 0xffffff,
	.rule = 0xd3dae3,
	.ink = 0x10161f,
	.soft = 0x3e4a5a,
	.card = 0xffffff,
	.edge = 0x6b7789,
	.fill = 0x123f6d,
	.on_fill = 0xffffff,
	.accent = 0x123f6d,
	.held = 0x0a2743,
	.on_held = 0xffffff,
	.track = 0xcbd4df,
	.ring = 0xb4470a,
};

const struct theme theme_contrast = {
	.ground = 0x000000,
	.bar = 0x000000,
	.rule = 0xffffff,
	.ink = 0xffffff,
	.soft = 0xffffff,
	.card = 0x000000,
	.edge = 0xffffff,
	.fill = 0xffffff,
	.on_fill = 0x000000,
	.accent = 0xffffff,
	.held = 0xffd83d,
	.on_held = 0x000000,
	.track = 0x4a4a4a,
	.ring = 0xffd83d,
};

static double
linear(uint32_t channel)
{
	double v = (double)channel / 255;

	return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double
luminance(uint32_t rgb)
{
	return 0.2126 * linear(rgb >> 16 & 0xff) +
	    0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
}

unsigned
theme_ratio(uint32_t a, uint32_t b)
{
	double la = luminance(a), lb = luminance(b);
	double more = la > lb ? la : lb, less = la > lb ? lb : la;

	return (unsigned)((more + 0.05) / (less + 0.05) * 100);
}
