/* SPDX-License-Identifier: Apache-2.0 */
/*
 * theme.h - the colours, twice: quiet, and with high contrast.
 *
 * Text is at least 4.5:1 on its ground, edges of controls, ticks and the focus
 * ring at least 3:1 (SCREEN.md); a test computes it from these numbers. There is
 * no green and no red: no colour may nudge.
 */
#ifndef KIOSK_THEME_H
#define KIOSK_THEME_H

#include <stdint.h>

struct theme {
	uint32_t ground;	/* behind everything */
	uint32_t bar, rule;	/* the head of the screen, the line under it */
	uint32_t ink, soft;	/* text, and text that matters less */
	uint32_t card, edge;	/* a box with fields, its edge */
	uint32_t fill, on_fill;	/* a full button, its words */
	uint32_t accent;	/* words and edges of a light button, ticks */
	uint32_t held, on_held;	/* a pressed button, its words */
	uint32_t track;		/* the empty part of the countdown */
	uint32_t ring;		/* the focus */
};

extern const struct theme theme_quiet, theme_contrast;

/* The contrast ratio of two colours as WCAG 2 computes it, times 100. */
unsigned theme_ratio(uint32_t a, uint32_t b);

#endif
