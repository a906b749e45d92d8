/* SPDX-License-Identifier: Apache-2.0 */
/*
 * label_format.h - the sheets of labels that name badges are printed on.
 *
 * Micrometres, so that nothing is rounded; the sheet's upper left corner is 0.
 * Labels count from 1, row by row.
 */
#ifndef HOST_LABEL_FORMAT_H
#define HOST_LABEL_FORMAT_H

#include <stddef.h>

struct label_format {
	const char *name;	/* "avery-l4785" */
	const char *about;	/* for people */
	int page_w, page_h;
	int w, h;		/* of a label */
	int columns, rows;
	int x, y;		/* of the first label */
	int dx, dy;		/* from one to the next */
	int round;		/* the radius of its corners; 0: cut square */
};

/* By name; NULL: there is none. */
const struct label_format *label_format_find(const char *name);
/* All of them; the count. */
size_t label_format_all(const struct label_format **out);

static inline size_t
label_format_per_page(const struct label_format *f)
{
	return (size_t)f->columns * (size_t)f->rows;
}

#endif
