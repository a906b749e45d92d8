/* SPDX-License-Identifier: Apache-2.0 */
/*
 * status.h - the words by which ticket shops say who comes. They are the
 * shop's and not a person's, and so may be told.
 */
#ifndef HOST_IMPORT_STATUS_H
#define HOST_IMPORT_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "host/import/column.h"

/* Whether the word is known, in any of their languages; *attends, and *index
 * for status_word. */
bool status_find(enum import_kind kind, const char *word, bool *attends,
    uint8_t *index);
/* The word as it is shown; never NULL. */
const char *status_word(uint8_t index);

/* "Info Requested" in place of a name: nobody has said yet who comes. */
bool status_is_placeholder(const char *name);

#endif
