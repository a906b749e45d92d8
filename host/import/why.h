/* SPDX-License-Identifier: Apache-2.0 */
/*
 * why.h - what an import says about a row, in the one place where its words
 * are: the command line and the portal show the same. Never a value.
 */
#ifndef HOST_IMPORT_WHY_H
#define HOST_IMPORT_WHY_H

#include <stdint.h>

#include "host/import/map.h"
#include "record/field.h"

enum why_code {
	WHY_NOTHING,
	WHY_NO_KEY,
	WHY_BAD_KEY,
	WHY_TWICE,		/* its key stands in the source before */
	WHY_STATUS,		/* arg: a word of status.h */
	WHY_STATUS_UNKNOWN,
	WHY_STATUS_NONE,
	WHY_PLACEHOLDER,
	WHY_ADDON,
	WHY_NO_NAME,
	WHY_EMAIL,
	WHY_LONG,		/* arg: an enum column; n: bytes */
	WHY_CONTROL,		/* arg: an enum column */
	WHY_AGE,
	WHY_BIRTH,
	WHY_ERASED,
	WHY_HANDED,		/* another name and address: another person */
	WHY_RETURNED		/* the same, and it had the ticket before */
};
#define WHY_CODES (WHY_RETURNED + 1)

struct why {
	uint8_t code;		/* enum why_code */
	uint8_t arg;
	uint32_t n;
};

enum why_lang { WHY_EN, WHY_DE };

/* A sentence part such as "its company is 161 bytes long, at most 160 fit". */
#define WHY_MAX 160
void why_text(const struct why *w, enum import_kind kind, enum why_lang lang,
    char out[static WHY_MAX]);

/* What an import would do or did: "added", "changed", … */
enum import_act {
	IMPORT_ADD,
	IMPORT_CHANGE,
	IMPORT_HAND,		/* the ticket is another person's now */
	IMPORT_SAME,
	IMPORT_SKIP
};
#define IMPORT_ACTS (IMPORT_SKIP + 1)
const char *why_act(enum import_act act, enum why_lang lang);
/* A field, a column, a reason of a mapping, for people. */
const char *why_field(enum field f, enum why_lang lang);
const char *why_column(enum column c, enum why_lang lang);
const char *why_map(enum map_why w, bool of_buyer, enum why_lang lang);

#endif
