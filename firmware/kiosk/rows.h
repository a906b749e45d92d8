/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rows.h - names and values below each other, e.g. what was shared. Long
 * values go on over several lines. Inside kiosk_ui only.
 */
#ifndef KIOSK_ROWS_H
#define KIOSK_ROWS_H

#include "kiosk/scene.h"

#define ROWS_MAX 8

struct rows {
	size_t n;
	struct {
		const char *name, *value;
		bool phone;	/* reads from left to right everywhere */
	} row[ROWS_MAX];
	int px;			/* of values; names are a little smaller */
};

/* The height of row i in a width. */
int rows_height(struct canvas *c, const struct rows *r, size_t i, int w);
/* Set px to the largest from most down to least at which all rows fit;
 * false, and px is least, when none is small enough. */
bool rows_fit(struct canvas *c, struct rows *r, int w, int h, int most,
    int least);
/* Draw rows from first on, n of them. */
void rows_draw(struct canvas *c, const struct rows *r, size_t first, size_t n,
    struct ui_box b);

#endif
