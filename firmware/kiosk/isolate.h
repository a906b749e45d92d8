/* SPDX-License-Identifier: Apache-2.0 */
/*
 * isolate.h - values inside the screen's own sentences.
 *
 * A value is what somebody else wrote: a sponsor's name, an address, what
 * stands on a badge. It keeps its own direction, and nothing in it reaches out
 * of it: it stands between an isolate mark and PDI; characters that would set
 * directions or end lines by themselves are left out, and so are marks that
 * would pile up over a letter.
 */
#ifndef KIOSK_ISOLATE_H
#define KIOSK_ISOLATE_H

#include <stddef.h>

/* mark (I18N_FSI or I18N_LRI), value, PDI. buf has size bytes, 8 at least; a
 * value that is too long for it ends at a whole character. */
const char *isolate(char *buf, size_t size, const char *mark,
    const char *value);

/* The sentence with the name isolated wherever it stands in it. What does not
 * fit into buf is left as it is: all of the sentence is there when size is
 * twice its length and more. */
const char *isolate_in(char *buf, size_t size, const char *sentence,
    const char *name);

/* Bytes of a mark at s: one that sets a direction, or the zero-width space
 * that stands between phrases. 0: it is none. */
size_t isolate_mark(const char *s);

#endif
