/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fault.h - what is wrong with something that a person wrote, and where.
 *
 * A sentence part for staff, beginning in lower case, without a full stop. It
 * may name a line, a key or a column; it never holds a registration's value, nor
 * what steers a terminal: in a word of the file that is a question mark.
 */
#ifndef HOST_FAULT_H
#define HOST_FAULT_H

#include <stddef.h>

#include "base/err.h"

#define FAULT_TEXT 400

struct fault {
	size_t line;		/* from 1; 0: it concerns the whole */
	char text[FAULT_TEXT];	/* in English */
	const char *sentence;	/* what text was made of, a literal */
	char arg[FAULT_TEXT];	/* what stands in it, a zero behind each */
};

/* Marks a part of a sentence that is given as a value, for xgettext. */
#define FAULT_PART(s) s

/* Say it, unless something was said before: the first fault counts. */
void fault_set(struct fault *f, size_t line, const char *fmt, ...)
    BW_PRINTF(3, 4);

/* All that is wrong with a file, by line; what concerns the whole comes last.
 * Only the first of them are kept, more says how many are not. */
#define FAULT_LIST_MAX 100
struct fault_list {
	size_t n, more;
	struct fault one[FAULT_LIST_MAX];
};
/* Add one, unless the same was said of this line. */
void fault_add(struct fault_list *l, size_t line, const char *fmt, ...)
    BW_PRINTF(3, 4);

/* It in another language: find has its sentences and parts, and gives what it
 * has not back. */
void fault_say(const struct fault *f,
    const char *(*find)(const char *lang, const char *sentence),
    const char *lang, char out[static FAULT_TEXT]);

/* Of these words the one that was probably meant; NULL when none is near. */
const char *fault_nearest(const char *word, const char *const *list, size_t n);

#endif
