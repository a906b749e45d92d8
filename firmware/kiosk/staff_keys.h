/* SPDX-License-Identifier: Apache-2.0 */
/*
 * staff_keys.h - the letters of the keyboard on the screen.
 *
 * Three rows of at most eleven, twice: letters, then digits, accents and marks.
 * Complete for English, German, French and Spanish. For Japanese, Chinese,
 * Arabic and Hindi there are Latin letters and their own digits; an input
 * method for their scripts is missing.
 */
#ifndef KIOSK_STAFF_KEYS_H
#define KIOSK_STAFF_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#define STAFF_ROWS 3
#define STAFF_COLUMNS 11
#define STAFF_KEY_MAX 5		/* bytes of a letter, its zero included */

/* The letter of a key; false when there is none at that place. */
bool staff_key(const char *lang, bool symbols, bool shift, size_t row,
    size_t column, char out[static STAFF_KEY_MAX]);

#endif
