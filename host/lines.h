/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lines.h - a text of some lines, as staff write reasons and letters.
 */
#ifndef HOST_LINES_H
#define HOST_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* In place, of valid UTF-8: every line end is "\n", at most one empty line
 * stands between two others and none at the ends; in a line every run of blanks
 * is one space, and none are at its ends. Control characters and such as change
 * the direction of the text around them are left out. Never longer than before;
 * its bytes now. */
size_t lines_clean(char *s);

/* Valid UTF-8 without control characters but line ends ("\n"). */
bool lines_ok(const char *s);

#endif
