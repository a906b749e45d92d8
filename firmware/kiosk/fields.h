/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fields.h - the kinds of fields to tick: how many stand side by side, and how
 * high that is. Inside kiosk_ui only.
 */
#ifndef KIOSK_FIELDS_H
#define KIOSK_FIELDS_H

#include "kiosk/scene.h"

struct fields {
	field_set required, optional, ticked;
	int px, note_px;
	bool note_below;
	int columns, row, height;
};

/* Arrange them in a width with words of px or a little less: in as few rows
 * as that allows. height is 0 when there are no fields. */
void fields_plan(struct canvas *c, const struct view *v, int w, int px,
    struct fields *out);
void fields_draw(struct canvas *c, const struct fields *f, struct ui_box b);

#endif
