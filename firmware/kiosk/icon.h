/* SPDX-License-Identifier: Apache-2.0 */
/*
 * icon.h - the few pictures, as lines: sharp at every size, no files.
 */
#ifndef KIOSK_ICON_H
#define KIOSK_ICON_H

#include "kiosk/canvas.h"

enum icon {
	ICON_NONE,
	ICON_CROSS,
	ICON_TICK,
	ICON_SPEAKER,
	ICON_CONTRAST,
	ICON_GLOBE,
	ICON_NEXT,	/* points on, mirrored with the language */
	ICON_BADGE,	/* a badge held to a reader */
	ICON_INFO,
	ICON_CLOCK,
	ICON_UNDO,
	ICON_CLOSED
};

/* In the middle of a box, as large as its shorter side. */
void icon_draw(struct canvas *c, enum icon icon, struct ui_box b,
    uint32_t colour);

#endif
