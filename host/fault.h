/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fault.h - what is wrong with something that a person wrote, and where.
 *
 * A sentence part for staff, beginning in lower case, without a full stop. It
 * may name a line, a key or a column; it never holds a registration's value.
 */
#ifndef HOST_FAULT_H
#define HOST_FAULT_H

#include <stddef.h>

#include "base/err.h"

struct fault {
	size_t line;		/* from 1; 0: it concerns the whole */
	char text[400];
};

/* Say it, unless something was said before: the first fault counts. */
void fault_set(struct fault *f, size_t line, const char *fmt, ...)
    BW_PRINTF(3, 4);

/* Of these words the one that was probably meant; NULL when none is near. */
const char *fault_nearest(const char *word, const char *const *list, size_t n);

#endif
